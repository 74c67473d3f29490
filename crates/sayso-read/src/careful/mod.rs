//! The careful reader: a small encoder that finds attributions, slower than the taggers and surer.
//!
//! It stands in their place: a paragraph goes in, with what they think of it, and what was [found](Found) comes out. Each
//! paragraph is read by itself, so that what is found in it depends neither on its neighbours nor on the number of
//! threads. `training/careful.py` makes the weights.

mod decode;
mod network;
mod pieces;

use crate::tagger::paragraph::Paragraph;
use crate::tagger::phrases;
use crate::tagger::tagging::{FirstLook, Found, keep_apart};
use network::Network;
use pieces::parts;
use sayso_encoder::{EncoderError, Pieces, Weights, log_softmax};

/// Labels of cues, and of one cue's source and content, as [`labels`](crate::tagger::labels) has them.
const CUES: usize = 3;
const ROLES: usize = crate::tagger::labels::frame::COUNT;

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CarefulError {
    /// The bytes are no model of the careful reader.
    #[error("this is no model of the careful reader: {0}")]
    Another(String),
    /// They were one, and something is missing or not as it was written.
    #[error("the model of the careful reader is damaged: {0}")]
    Damaged(String),
}

impl From<EncoderError> for CarefulError {
    fn from(error: EncoderError) -> CarefulError {
        match error {
            EncoderError::Another(why) => CarefulError::Another(why),
            EncoderError::Damaged(why) => CarefulError::Damaged(why),
        }
    }
}

/// The careful reader's model. Make one and share it between threads.
#[derive(Debug)]
pub struct Careful {
    pieces: Pieces,
    network: Network,
    digits: String,
}

impl Careful {
    /// The model out of the bytes of a file, as `training/careful.py export` writes it.
    pub fn from_bytes(bytes: &[u8]) -> Result<Careful, CarefulError> {
        let mut weights = Weights::from_safetensors(bytes)?;
        weights.told("sha256")?;
        Ok(Careful {
            pieces: Pieces::new(weights.told("tokenizer")?.as_bytes(), network::SHAPE.vocabulary)?,
            digits: weights.digits().to_owned(),
            network: Network::new(&mut weights)?,
        })
    }

    /// The first digits of the SHA-256 of its weights.
    pub fn digits(&self) -> &str {
        &self.digits
    }

    /// Every attribution in a paragraph, in the order of their cues. What the taggers think at their `first` look counts
    /// for a fifth: they know few words and many rules of the page, the encoder the other way round.
    pub(crate) fn find(&self, text: &str, paragraph: &Paragraph, mut first: FirstLook<'_>) -> Vec<Found> {
        let mut looks = Vec::new();
        let mut all_cues = Vec::new();
        for part in parts(&self.pieces, text, paragraph) {
            let looked = self.network.words(&part);
            let mut scores = self.network.cues(&looked);
            log_softmax(&mut scores, CUES);
            for (scores, shares) in scores.chunks_exact_mut(CUES).zip(first.cues().skip(part.start)) {
                let torn = libm::expf(scores[0]) < TORN && shares[1] > SURE;
                blend(scores, &shares);
                scores[1] += if torn { TORN_LEANING } else { CUE_LEANING };
            }
            let cues: Vec<_> = decode::CUES.best(&scores).into_iter().map(|(_, range)| range).collect();
            all_cues.extend(cues.iter().map(|cue| cue.start + part.start..cue.end + part.start));
            looks.push((part, looked, cues));
        }
        first.take(all_cues);
        let mut found = Vec::new();
        let mut index = 0..;
        for (part, looked, cues) in looks.iter().filter(|(_, _, cues)| !cues.is_empty()) {
            let mut scores = self.network.roles(looked, cues);
            log_softmax(&mut scores, ROLES);
            for (cue, scores) in cues.iter().zip(scores.chunks_exact_mut(part.words() * ROLES)) {
                let (window, shares) = first.roles(index.next().expect("numbers do not end"));
                for (at, scores) in (part.start..).zip(scores.chunks_exact_mut(ROLES)) {
                    if window.contains(&at) {
                        blend(scores, &shares[(at - window.start) * ROLES..][..ROLES]);
                    }
                }
                found.extend(decode::found(scores, cue.clone(), part.start));
            }
        }
        told_by_another(paragraph, &mut found);
        decode::close_appositions(text, paragraph, &mut found);
        keep_apart(&mut found);
        found
    }
}

/// Takes away what nothing but a "this" says, where somebody says it too: "This suggests, say the sources, that ...".
fn told_by_another(paragraph: &Paragraph, found: &mut Vec<Found>) {
    let bare =
        |found: &Found| matches!(&found.source[..], [source] if phrases::is_demonstrative(paragraph, source));
    let content = |found: &Found| found.content.last().map(|range| range.end);
    let others: Vec<_> = found.iter().filter(|found| !bare(found)).map(content).collect();
    found.retain(|found| !bare(found) || !others.contains(&content(found)));
}

/// How much the opinion of the taggers counts, of one.
const TAGGERS: f32 = 0.2;
/// What is added to the score of starting a cue: they are marked where people marked none more often than the other way
/// round.
const CUE_LEANING: f32 = -0.1;
/// Where the encoder is not so sure that no cue stands, and the taggers are so sure that one starts, theirs is taken: they
/// read "say the sources" in the middle of a sentence better.
const TORN: f32 = 0.7;
const SURE: f32 = 0.8;
const TORN_LEANING: f32 = 1.5;

/// Weighs the taggers' shares in with the logarithms of the encoder's.
fn blend(scores: &mut [f32], shares: &[f32]) {
    for (score, share) in scores.iter_mut().zip(shares) {
        *score = (1.0 - TAGGERS) * *score + TAGGERS * libm::logf(share + 1e-4);
    }
}
