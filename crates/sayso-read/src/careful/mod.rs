//! The careful reader: a small encoder that finds attributions, slower than the taggers and surer.
//!
//! It stands in their place: a paragraph goes in, and what was [found](Found) comes out. Each paragraph is read by itself,
//! so that what is found in it depends neither on its neighbours nor on the number of threads. `training/careful.py` makes
//! the weights.

mod decode;
mod network;
mod pieces;
mod weights;

use crate::tagger::paragraph::Paragraph;
use crate::tagger::tagging::{Found, keep_apart};
use decode::{best, log_softmax};
use network::Network;
use pieces::Pieces;
pub use weights::CarefulError;

/// Labels of cues, and of one cue's source and content, as [`labels`](crate::tagger::labels) has them.
const CUES: usize = 3;
const ROLES: usize = crate::tagger::labels::frame::COUNT;

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
        let weights = weights::Weights::from_bytes(bytes)?;
        Ok(Careful {
            pieces: Pieces::new(&weights.tokenizer)?,
            digits: weights.digits.clone(),
            network: Network::new(weights)?,
        })
    }

    /// The first digits of the SHA-256 of its weights.
    pub fn digits(&self) -> &str {
        &self.digits
    }

    /// Every attribution in a paragraph, in the order of their cues.
    pub(crate) fn find(&self, text: &str, paragraph: &Paragraph) -> Vec<Found> {
        let mut found = Vec::new();
        for part in self.pieces.parts(text, paragraph) {
            // All shapes were checked when the model was opened.
            let looked = self.network.words(&part).expect("the shapes of the model fit");
            let mut scores = self.network.cues(&looked).expect("the shapes of the model fit");
            log_softmax(&mut scores, CUES);
            let cues: Vec<_> = best::<CUES>(&scores).into_iter().map(|(_, range)| range).collect();
            if cues.is_empty() {
                continue;
            }
            let mut scores = self.network.roles(&looked, &cues).expect("the shapes of the model fit");
            log_softmax(&mut scores, ROLES);
            for (cue, scores) in cues.iter().zip(scores.chunks_exact(part.words() * ROLES)) {
                found.extend(decode::found(scores, cue.clone(), part.start));
            }
        }
        keep_apart(&mut found);
        found
    }
}
