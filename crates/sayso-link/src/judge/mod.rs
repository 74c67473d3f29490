//! Does this text say that? One judge for whoever joins statements to claims and whoever answers questions.
//!
//! It is a cross-encoder (Nogueira and Cho, 2019): proposition and text go through a small encoder side by side, so that it
//! sees who does what to whom, numbers and negations, which vectors of each alone lose. `training/judge.py` makes the
//! weights; the card beside them tells from what.

mod kept;

use kept::Kept;
use sayso_encoder::{Encoder, EncoderError, Head, Pieces, Shape, Weights, log_softmax};
use std::fmt;

const WIDTH: usize = 384;
const SHAPE: Shape = Shape {
    width: WIDTH,
    layers: 6,
    heads: 12,
    inner: 1_536,
    places: 512,
    vocabulary: 30_522,
    kinds: 2,
    epsilon: 1e-12,
};
/// Pieces of everything together, of the proposition, and of what stands before the text: as it was trained.
const PIECES: usize = 192;
const OF_PROPOSITION: usize = 64;
const OF_BEFORE: usize = 56;
/// No more of a text is looked at, so that cutting it into pieces takes a bounded time.
const MOST_BYTES: usize = 2_000;

/// What a text does to a proposition, as shares of one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Verdict {
    /// Somebody in the text says that it is so.
    pub says: f32,
    /// Somebody says that it is not so.
    pub denies: f32,
    /// Somebody is not sure of it, and nobody says or denies it.
    pub doubts: f32,
}

impl Verdict {
    /// None of these.
    pub fn neither(&self) -> f32 {
        1.0 - self.says - self.denies - self.doubts
    }
}

/// A text to be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Passage<'a> {
    /// What stands before it and tells of whom it speaks: the title and the sentences before. May be empty.
    pub before: &'a str,
    /// The text.
    pub text: &'a str,
}

/// The judge. Make one and share it between threads.
pub struct Judge {
    pieces: Pieces,
    encoder: Encoder,
    pool: Head,
    head: Head,
    digits: String,
    kept: Kept,
}

impl fmt::Debug for Judge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Judge").field("digits", &self.digits).finish_non_exhaustive()
    }
}

impl Judge {
    /// The judge that is built in.
    pub fn built_in() -> Judge {
        const MODEL: &[u8] = include_bytes!("../../models/judge.safetensors");
        Judge::from_bytes(MODEL).expect("the model that is built in was opened by the tests")
    }

    /// A judge out of the bytes of a file, as `training/judge.py export` writes it.
    pub fn from_bytes(bytes: &[u8]) -> Result<Judge, EncoderError> {
        let mut weights = Weights::from_safetensors(bytes)?;
        weights.told("sha256")?;
        Ok(Judge {
            pieces: Pieces::new(weights.told("tokenizer")?.as_bytes(), SHAPE.vocabulary)?,
            digits: weights.digits().to_owned(),
            encoder: Encoder::new(&mut weights, &SHAPE)?,
            pool: weights.head("pool", WIDTH, WIDTH)?,
            head: weights.head("head", WIDTH, 4)?,
            kept: Kept::default(),
        })
    }

    /// The first digits of the SHA-256 of its weights.
    pub fn digits(&self) -> &str {
        &self.digits
    }

    /// What a passage does to a proposition, which may be put as a question.
    pub fn verdict(&self, proposition: &str, passage: Passage<'_>) -> Verdict {
        let key = kept::key(proposition, passage);
        self.kept.get(key).unwrap_or_else(|| {
            let verdict = self.look(proposition, passage);
            self.kept.keep(key, verdict);
            verdict
        })
    }

    fn look(&self, proposition: &str, passage: Passage<'_>) -> Verdict {
        let mut asked = self.pieces.of_part(beginning(proposition));
        asked.truncate(OF_PROPOSITION);
        let mut text = self.pieces.of_part(beginning(passage.text));
        text.truncate(PIECES - asked.len() - 4);
        let mut before = self.pieces.of_part(end(passage.before));
        let room = OF_BEFORE.min(PIECES - asked.len() - text.len() - 4);
        before.drain(..before.len().saturating_sub(room));
        let mut all = vec![self.pieces.first];
        all.extend(asked);
        all.push(self.pieces.last);
        if !before.is_empty() {
            all.extend(before);
            all.push(self.pieces.last);
        }
        let second = all.len();
        all.extend(text);
        all.push(self.pieces.last);
        let rows = self.encoder.of_kinds(&all, |at| usize::from(at >= second), |_, _| {});
        let mut pooled = self.pool.of(&rows.select([0]));
        pooled.values.iter_mut().for_each(|x| *x = libm::tanhf(*x));
        let mut scores = self.head.of(&pooled).values;
        log_softmax(&mut scores, 4);
        let share = |at: usize| libm::expf(scores[at]);
        Verdict { says: share(0), denies: share(1), doubts: share(2) }
    }
}

/// So much of the beginning of a text as is looked at.
fn beginning(text: &str) -> &str {
    let end = (0..=MOST_BYTES.min(text.len())).rev().find(|&at| text.is_char_boundary(at));
    &text[..end.unwrap_or_default()]
}

/// The same of its end.
fn end(text: &str) -> &str {
    let start = (text.len().saturating_sub(MOST_BYTES)..=text.len()).find(|&at| text.is_char_boundary(at));
    &text[start.unwrap_or_default()..]
}
