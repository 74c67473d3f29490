//! What the trainer of the block model needs to see: runs, their features, and which are chosen by rule.

use super::{comments, features, is_caption, is_title, meta, runs, tree};

/// A run of words as the model sees it.
pub struct Example {
    /// Its words.
    pub words: String,
    /// Its features, in the model's order.
    pub features: Vec<f32>,
    /// Whether rules decide on it already: a comment, the headline, a caption.
    pub decided: bool,
}

/// The runs of a page.
pub fn examples(html: &str) -> Vec<Example> {
    let tree = tree::Tree::parse(html);
    let runs = runs::Runs::of(&tree);
    let meta = meta::read(&tree, &runs);
    let thread = comments::read(&tree, &runs);
    let page = features::Page::of(&tree, &runs, &meta.said());
    let example = |(index, run): (usize, &runs::Run)| {
        let words = runs.words(run);
        let decided =
            thread.holds(run) || is_title(&tree, run, words, &meta) || is_caption(&tree, &runs, run);
        Example { words: words.to_owned(), features: page.features(index).to_vec(), decided }
    };
    runs.runs.iter().enumerate().map(example).collect()
}
