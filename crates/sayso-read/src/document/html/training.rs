//! What the trainer of the block models needs to see: runs, their features, and which are chosen.

use super::choose::{Choice, ELSE, HOPELESS};
use super::context::Context;
use super::{archive, comments, features, is_caption, meta, runs, tree};

/// A run of words as the models see it.
pub struct Example {
    /// Its words.
    pub words: String,
    /// Its features, in the first model's order; none where rules decide: a comment, the headline.
    pub features: Option<Vec<f32>>,
    /// Whether its words stand under a picture, and so not in the body.
    pub caption: bool,
}

/// The runs of a page.
pub fn examples(html: &str) -> Vec<Example> {
    look(html, |runs, choice, page, tree| {
        let mut out: Vec<Example> = (runs.runs.iter())
            .map(|run| Example {
                words: runs.words(run).to_owned(),
                features: None,
                caption: is_caption(tree, runs, run),
            })
            .collect();
        choice.asked().iter().for_each(|&index| out[index].features = Some(page.features(index).to_vec()));
        out
    })
}

/// The features of each run in the second model's order, by the first model's scores; none where it is not asked.
pub fn again(html: &str, scores: &[Option<f32>]) -> Vec<Option<Vec<f32>>> {
    let scores: Vec<f32> = scores.iter().map(|score| score.unwrap_or(ELSE)).collect();
    look(html, |runs, choice, page, tree| {
        let context = Context::of(tree, runs, page, &scores);
        let mut out = vec![None; runs.runs.len()];
        for &index in choice.asked().iter().filter(|&&index| scores[index] >= HOPELESS) {
            out[index] = Some(context.features(index, &page.features(index)).to_vec());
        }
        out
    })
}

/// The runs that are the article by these scores, and by the rules that follow.
pub fn chosen(html: &str, scores: &[Option<f32>]) -> Vec<usize> {
    let scores: Vec<f32> = scores.iter().map(|score| score.unwrap_or(ELSE)).collect();
    look(html, |_, choice, _, _| choice.runs(&scores))
}

fn look<T>(
    html: &str,
    see: impl FnOnce(&runs::Runs, &Choice<'_>, &features::Page<'_>, &tree::Tree) -> T,
) -> T {
    let mut tree = tree::Tree::parse(html);
    archive::take_off(&mut tree, None);
    let runs = runs::Runs::of(&tree);
    let meta = meta::read(&tree, &runs, None);
    let thread = comments::read(&tree, &runs);
    let page = features::Page::of(&tree, &runs, &meta.said());
    let choice = Choice::of(&tree, &runs, &meta, &thread, &page);
    see(&runs, &choice, &page, &tree)
}
