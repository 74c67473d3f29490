//! `train attributions`: the two taggers that find who said what.
//!
//! The second tagger learns from what the first one makes of documents it was not trained on (a model a fold), since
//! that is all it will ever see.

mod corpus;
mod gradient;

use crate::train::card;
use anyhow::{Context as _, Result, bail};
use clap::Parser;
use corpus::{Corpus, CueCounts, Labelled, mark};
use gradient::{Example, Recipe, Weights};
use sayso_read::tagger::crf::Transitions;
use sayso_read::tagger::features::{CLASSES, Context, features};
use sayso_read::tagger::frame::{Frame, Opinion};
use sayso_read::tagger::labels;
use sayso_read::tagger::model::{Layer, Leanings, Model, Table};
use sayso_read::tagger::paragraph::{GROUPINGS, WordGroups, hash};
use sayso_read::tagger::tagging::{frame_classes, opinion};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Trains the taggers that find who said what, and writes the model and the figures for its card.
#[derive(Debug, Parser)]
#[command(name = "attributions")]
struct Arguments {
    /// Labelled news: lines `{id, text, attributions}`. Several files are joined, so that a desk can add its own.
    #[arg(required = true)]
    corpora: Vec<PathBuf>,
    /// Groups of like words: lines of a word and its groups.
    #[arg(long, value_name = "FILE")]
    word_groups: PathBuf,
    /// Where the model goes.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Features seen less often than this are left out.
    #[arg(long, default_value_t = 2)]
    least_count: u32,
    /// How many features each tagger may keep; those with the largest weights stay.
    #[arg(long, default_value_t = 209_000)]
    keep: usize,
    /// How many parts the corpus is cut into for training the second tagger.
    #[arg(long, default_value_t = 4)]
    folds: usize,
    /// Passes of the first tagger over the corpus.
    #[arg(long, default_value_t = 6)]
    epochs: usize,
    /// Passes of the second tagger.
    #[arg(long, default_value_t = 4)]
    frame_epochs: usize,
    /// Seed of everything random.
    #[arg(long, default_value_t = 7)]
    seed: u64,
}

const LEANINGS: Leanings = Leanings { cue: 2.0, content: 1.0, source: 0.5, least: 0.4 };

/// Runs the task.
pub(super) fn run(rest: &[String]) -> Result<()> {
    let arguments =
        Arguments::parse_from(std::iter::once("attributions").chain(rest.iter().map(String::as_str)));
    if arguments.folds < 2 {
        bail!(
            "--folds must be 2 or more: the second tagger learns from documents that the first one did not see"
        );
    }
    let groups = word_groups(&arguments.word_groups)?;
    let paths: Vec<&Path> = arguments.corpora.iter().map(PathBuf::as_path).collect();
    let corpus = corpus::read(&paths, &groups)?;
    let model = train(&corpus, groups, &arguments);
    let bytes = model.to_bytes();
    std::fs::write(&arguments.out, &bytes)
        .with_context(|| format!("cannot write {}", arguments.out.display()))?;
    println!("{}", card::facts(&arguments.out, &bytes, &paths)?);
    Ok(())
}

fn word_groups(path: &Path) -> Result<WordGroups> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut groups = HashMap::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        let mut fields = line.split(' ');
        let word = fields.next().unwrap_or_default();
        let mut own = [0; GROUPINGS];
        for group in &mut own {
            let field = fields.next().and_then(|field| field.parse::<u16>().ok());
            // Group 0 is kept for words that are in none.
            *group =
                1 + field.with_context(|| format!("{}, line {}: no group", path.display(), number + 1))?;
        }
        groups.insert(hash(word.as_bytes()), own);
    }
    Ok(WordGroups::new(groups))
}

/// The two taggers of one corpus.
fn train(corpus: &Corpus, groups: WordGroups, arguments: &Arguments) -> Model {
    let counts = CueCounts::of(corpus);
    let mut first = Features::default();
    let contexts: Vec<Context> = corpus
        .paragraphs
        .iter()
        .map(|labelled| {
            let text = &corpus.texts[labelled.document];
            Context::new(text, &labelled.paragraph, |word| counts.bucket_without(labelled.document, word))
        })
        .collect();
    let mut examples: Vec<Example> = corpus
        .paragraphs
        .iter()
        .zip(&contexts)
        .map(|(labelled, context)| {
            let tokens = 0..labelled.paragraph.len();
            let mut example =
                first.example(tokens, |at, emit| features(&labelled.paragraph, context, at, emit));
            example.classes.clone_from(&context.classes);
            example.labels = labelled.labels();
            example
        })
        .collect();
    first.keep_frequent(arguments.least_count, &mut examples);
    eprintln!("paragraph tagger: {} paragraphs, {} features", examples.len(), first.hashes.len());
    let recipe =
        Recipe { epochs: arguments.epochs, rate: 0.02, shrink: 0.02, drop: 0.1, seed: arguments.seed };
    let weights = by_fold(corpus, &examples, &first, arguments.folds, recipe);
    let (whole, folds) = weights.split_last().expect("the last is trained on everything");

    let mut second = Features::default();
    let mut frames = Vec::new();
    for ((labelled, context), example) in corpus.paragraphs.iter().zip(&contexts).zip(&examples) {
        if labelled.paragraph.is_empty() {
            continue;
        }
        let weights = &folds[labelled.document % arguments.folds];
        let layer = Layer::new(Table::new(labels::paragraph::COUNT, &[]), weights.transitions.clone());
        let opinion = opinion(&layer, weights.scores(example), &context.classes, LEANINGS.cue);
        frames.extend(
            (0..opinion.cues.len())
                .map(|index| frame_example(&mut second, labelled, context, &opinion, index)),
        );
    }
    second.keep_frequent(arguments.least_count, &mut frames);
    eprintln!("frame tagger: {} cues, {} features", frames.len(), second.hashes.len());
    let recipe = Recipe { epochs: arguments.frame_epochs, ..recipe };
    let frame = gradient::train(
        &frames.iter().collect::<Vec<_>>(),
        labels::frame::COUNT,
        CLASSES + 1,
        second.hashes.len(),
        recipe,
    );
    Model {
        groups,
        lexicon: counts.lexicon(),
        paragraph: first.layer(whole, arguments.keep),
        frame: second.layer(&frame, arguments.keep),
        leanings: LEANINGS,
    }
}

/// One tagger for each fold, trained on the others, and as the last one that of the whole corpus.
fn by_fold(
    corpus: &Corpus,
    examples: &[Example],
    features: &Features,
    folds: usize,
    recipe: Recipe,
) -> Vec<Weights> {
    let one = |fold: usize| {
        let own: Vec<&Example> = corpus
            .paragraphs
            .iter()
            .zip(examples)
            .filter(|(labelled, _)| fold == folds || labelled.document % folds != fold)
            .map(|(_, example)| example)
            .collect();
        gradient::train(&own, labels::paragraph::COUNT, CLASSES, features.hashes.len(), recipe)
    };
    let mut weights: Vec<Option<Weights>> = (0..=folds).map(|_| None).collect();
    // Two at a time: each holds its weights twice over, and the machines this is run on have two cores.
    for (pair, out) in weights.chunks_mut(2).enumerate() {
        std::thread::scope(|scope| {
            for (place, slot) in out.iter_mut().enumerate() {
                let one = &one;
                scope.spawn(move || *slot = Some(one(pair * 2 + place)));
            }
        });
    }
    weights.into_iter().map(|weights| weights.expect("every fold was trained")).collect()
}

fn frame_example(
    features: &mut Features,
    labelled: &Labelled,
    context: &Context,
    opinion: &Opinion,
    index: usize,
) -> Example {
    let frame = Frame::new(&labelled.paragraph, opinion, &context.classes, index);
    let window = frame.window();
    let mut example = features.example(window.clone(), |at, emit| frame.features(at, emit));
    example.classes = frame_classes(&frame, &context.classes);
    let mut own = vec![labels::frame::OUTSIDE; labelled.paragraph.len()];
    if let Some([sources, _, contents]) = labelled.with_cue(&opinion.cues[index]) {
        sources.iter().for_each(|range| mark(&mut own, range, labels::frame::SOURCE));
        contents.iter().for_each(|range| mark(&mut own, range, labels::frame::CONTENT));
    }
    example.labels = own[window].to_vec();
    example
}

/// Feature hashes and the rows of weights they have in training.
#[derive(Default)]
struct Features {
    rows: HashMap<u32, u32>,
    hashes: Vec<u32>,
    counts: Vec<u32>,
}

impl Features {
    /// An example with the features of these tokens; labels and classes are left to the caller.
    fn example(
        &mut self,
        tokens: std::ops::Range<usize>,
        features: impl Fn(usize, &mut dyn FnMut(u32)),
    ) -> Example {
        let mut example = Example { offsets: vec![0], ..Example::default() };
        for at in tokens {
            features(at, &mut |hash| {
                let row = *self.rows.entry(hash).or_insert_with(|| {
                    self.hashes.push(hash);
                    self.counts.push(0);
                    self.hashes.len() as u32 - 1
                });
                self.counts[row as usize] += 1;
                example.rows.push(row);
            });
            example.offsets.push(example.rows.len() as u32);
        }
        example
    }

    /// Forgets features seen less than `least` times, in the table and in the examples.
    fn keep_frequent(&mut self, least: u32, examples: &mut [Example]) {
        let mut hashes = Vec::new();
        let moved: Vec<Option<u32>> = self
            .hashes
            .iter()
            .zip(&self.counts)
            .map(|(hash, count)| {
                (*count >= least).then(|| {
                    hashes.push(*hash);
                    hashes.len() as u32 - 1
                })
            })
            .collect();
        self.hashes = hashes;
        self.rows = HashMap::new();
        for example in examples {
            let mut rows = Vec::with_capacity(example.rows.len());
            let mut offsets = vec![0];
            for pair in example.offsets.windows(2) {
                let own = &example.rows[pair[0] as usize..pair[1] as usize];
                rows.extend(own.iter().filter_map(|&row| moved[row as usize]));
                offsets.push(rows.len() as u32);
            }
            rows.shrink_to_fit();
            (example.rows, example.offsets) = (rows, offsets);
        }
    }

    /// The `keep` features with the largest weights, as a layer of the model.
    fn layer(&self, weights: &Weights, keep: usize) -> Layer {
        let Transitions { labels, .. } = weights.transitions;
        let mut rows: Vec<(u32, &[f32])> =
            self.hashes.iter().copied().zip(weights.emission.chunks_exact(labels)).collect();
        let size = |row: &[f32]| row.iter().fold(0.0f32, |most, weight| most.max(weight.abs()));
        rows.sort_by(|a, b| size(b.1).total_cmp(&size(a.1)).then(a.0.cmp(&b.0)));
        rows.truncate(keep);
        Layer::new(Table::new(labels, &rows), weights.transitions.clone())
    }
}
