//! `train attributions`: the two taggers that find who said what.
//!
//! The second tagger learns from what the first one makes of documents it was not trained on (a model a fold), since
//! that is all it will ever see.

mod corpus;
pub(crate) mod examples;
mod gradient;
mod treebank;

use crate::train::card;
use anyhow::{Context as _, Result, bail};
use clap::Parser;
use corpus::{Corpus, CueCounts, Labelled, mark};
use gradient::{Example, Recipe, Weights};
use rustc_hash::FxHashMap;
use sayso_read::tagger::crf::Transitions;
use sayso_read::tagger::features::{CLASSES, Context, features};
use sayso_read::tagger::frame::{Frame, Opinion};
use sayso_read::tagger::labels;
use sayso_read::tagger::model::{Layer, Leanings, Model};
use sayso_read::tagger::paragraph::{GROUPINGS, WordGroups, hash};
use sayso_read::tagger::speech;
use sayso_read::tagger::table::Table;
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
    /// Sentences with parts of speech and dependencies, CoNLL-U, gzipped or not.
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    treebank: Vec<PathBuf>,
    /// Groups of like words: lines of a word and its groups.
    #[arg(long, value_name = "FILE")]
    word_groups: PathBuf,
    /// Where the model goes.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Features seen less often than this are left out.
    #[arg(long, default_value_t = 2)]
    least_count: u32,
    /// How many features each tagger may keep; those whose weights count for most stay.
    #[arg(long, default_value_t = 320_000)]
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
    /// How many models with seeds of their own each tagger is the mean of.
    #[arg(long, default_value_t = 3)]
    members: usize,
    /// Seed of everything random.
    #[arg(long, default_value_t = 7)]
    seed: u64,
}

const LEANINGS: Leanings = Leanings { cue: 1.25, content: 1.5, source: 1.0, least: 0.0 };

/// How many features the tagger of parts of speech keeps.
const SPEECH_KEEP: usize = 52_000;

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
    let speech = train_speech(&arguments, &groups)?;
    let mut corpus = corpus::read(&paths, &groups)?;
    for labelled in &mut corpus.paragraphs {
        labelled.paragraph.speech = speech::tag(&speech, &labelled.paragraph);
    }
    let model = train(&corpus, groups, speech, &arguments);
    let bytes = model.to_bytes();
    std::fs::write(&arguments.out, &bytes)
        .with_context(|| format!("cannot write {}", arguments.out.display()))?;
    let sources: Vec<&Path> =
        paths.into_iter().chain(arguments.treebank.iter().map(PathBuf::as_path)).collect();
    println!("{}", card::facts(&arguments.out, &bytes, &sources)?);
    Ok(())
}

fn word_groups(path: &Path) -> Result<WordGroups> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut groups = FxHashMap::default();
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

/// The tagger of parts of speech.
fn train_speech(arguments: &Arguments, groups: &WordGroups) -> Result<Layer> {
    let mut table = Features::default();
    let mut examples = Vec::new();
    for path in &arguments.treebank {
        for (paragraph, tags) in treebank::read(path, groups)? {
            let mut example =
                table.example(0..paragraph.len(), |at, out| speech::features(&paragraph, at, out));
            example.classes = speech::classes(&paragraph);
            example.labels = tags;
            examples.push(example);
        }
    }
    // Every twentieth sentence is held back to see how well the tagger does.
    table.keep_frequent(arguments.least_count, &mut examples);
    let (held, own): (Vec<_>, Vec<_>) = examples.iter().enumerate().partition(|(index, _)| index % 20 == 0);
    let own: Vec<&Example> = own.into_iter().map(|(_, example)| example).collect();
    let recipe = Recipe { epochs: 6, rate: 0.1, shrink: 0.002, drop: 0.1, seed: arguments.seed };
    let weights = gradient::train(&own, speech::TAGS.len(), speech::CLASSES, table.hashes.len(), recipe);
    let (mut right, mut all) = (0, 0);
    for (_, example) in held {
        let tags = weights.transitions.best(&weights.scores(example), &example.classes);
        right += tags.iter().zip(&example.labels).filter(|(a, b)| a == b).count();
        all += tags.len();
    }
    let layer = table.layer(&weights, SPEECH_KEEP);
    eprintln!(
        "parts of speech: {} features, {:.2}% of {all} tokens right",
        table.hashes.len(),
        100.0 * right as f64 / all as f64
    );
    Ok(layer)
}

/// The two taggers of one corpus.
fn train(corpus: &Corpus, groups: WordGroups, speech: Layer, arguments: &Arguments) -> Model {
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
                first.example(tokens, |at, out| features(&labelled.paragraph, context, at, out));
            example.classes.clone_from(&context.classes);
            example.labels = labelled.labels();
            example
        })
        .collect();
    first.keep_frequent(arguments.least_count, &mut examples);
    eprintln!("paragraph tagger: {} paragraphs, {} features", examples.len(), first.hashes.len());
    let recipe =
        Recipe { epochs: arguments.epochs, rate: 0.02, shrink: 0.02, drop: 0.1, seed: arguments.seed };
    let weights = by_fold(corpus, &examples, &first, arguments, recipe);
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
    let shape = (labels::frame::COUNT, CLASSES + 1, second.hashes.len());
    let frame = gradient::train_mean(&frames.iter().collect::<Vec<_>>(), shape, recipe, arguments.members);
    Model {
        groups,
        lexicon: counts.lexicon(),
        speech,
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
    arguments: &Arguments,
    recipe: Recipe,
) -> Vec<Weights> {
    let folds = arguments.folds;
    (0..=folds)
        .map(|fold| {
            let own: Vec<&Example> = corpus
                .paragraphs
                .iter()
                .zip(examples)
                .filter(|(labelled, _)| fold == folds || labelled.document % folds != fold)
                .map(|(_, example)| example)
                .collect();
            let shape = (labels::paragraph::COUNT, CLASSES, features.hashes.len());
            gradient::train_mean(&own, shape, recipe, arguments.members)
        })
        .collect()
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
    let mut example = features.example(window.clone(), |at, out| frame.features(at, out));
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
        features: impl Fn(usize, &mut Vec<u32>),
    ) -> Example {
        let mut example = Example { offsets: vec![0], ..Example::default() };
        let mut hashes = Vec::new();
        for at in tokens {
            hashes.clear();
            features(at, &mut hashes);
            for &hash in &hashes {
                let row = *self.rows.entry(hash).or_insert_with(|| {
                    self.hashes.push(hash);
                    self.counts.push(0);
                    self.hashes.len() as u32 - 1
                });
                self.counts[row as usize] += 1;
                example.rows.push(row);
            }
            example.offsets.push(example.rows.len() as u32);
        }
        example
    }

    /// Forgets features seen less than `least` times, in the table and in the examples.
    fn keep_frequent(&mut self, least: u32, examples: &mut [Example]) {
        let mut hashes = Vec::new();
        let mut counts = Vec::new();
        let moved: Vec<Option<u32>> = self
            .hashes
            .iter()
            .zip(&self.counts)
            .map(|(hash, count)| {
                (*count >= least).then(|| {
                    hashes.push(*hash);
                    counts.push(*count);
                    hashes.len() as u32 - 1
                })
            })
            .collect();
        (self.hashes, self.counts) = (hashes, counts);
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
        // A weight counts for as much as it is used, but what was seen twenty times is no rarer than the rest.
        let worth = |row: usize| {
            let own = &weights.emission[row * labels..][..labels];
            let most = own.iter().fold(0.0f32, |most, weight| most.max(weight.abs()));
            most * (self.counts[row].min(20) as f32).sqrt()
        };
        let mut order: Vec<(f32, u32, usize)> =
            self.hashes.iter().enumerate().map(|(row, hash)| (worth(row), *hash, row)).collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        order.truncate(keep);
        order.sort_by_key(|&(_, hash, row)| (std::cmp::Reverse(self.counts[row]), hash));
        let rows: Vec<(u32, &[f32])> =
            order.iter().map(|(_, hash, row)| (*hash, &weights.emission[row * labels..][..labels])).collect();
        Layer::new(Table::new(labels, &rows), weights.transitions.clone())
    }
}
