//! Vectors of whole sentences, by a model that somebody else has opened, with those that were asked for lately kept.

use rustc_hash::FxHashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// So many vectors are kept at most; of a model with 384 numbers, that is 50 MB.
const KEPT: usize = 32_768;

/// Gives sentences vectors of length 1, near to each other for sentences of like meaning.
pub trait Sentences: fmt::Debug + Send + Sync {
    /// The vector of a sentence.
    fn vector(&self, sentence: &str) -> Vec<f32>;
    /// How many numbers a vector has.
    fn width(&self) -> usize;
    /// Tells this model from others.
    fn digits(&self) -> &str;
}

/// A model of sentences, and the vectors that it gave lately.
#[derive(Debug)]
pub struct Senses {
    model: Box<dyn Sentences>,
    kept: Mutex<Kept>,
}

/// Two generations: what is not asked for while the younger fills up is forgotten with the older.
#[derive(Default)]
struct Kept {
    younger: FxHashMap<Box<str>, Arc<[f32]>>,
    older: FxHashMap<Box<str>, Arc<[f32]>>,
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kept").field("vectors", &(self.younger.len() + self.older.len())).finish()
    }
}

impl Kept {
    fn get(&mut self, sentence: &str) -> Option<Arc<[f32]>> {
        if let Some(vector) = self.younger.get(sentence) {
            return Some(Arc::clone(vector));
        }
        let vector = self.older.remove(sentence)?;
        self.keep(sentence, Arc::clone(&vector));
        Some(vector)
    }

    fn keep(&mut self, sentence: &str, vector: Arc<[f32]>) {
        if self.younger.len() >= KEPT / 2 {
            self.older = std::mem::take(&mut self.younger);
        }
        self.younger.insert(sentence.into(), vector);
    }
}

impl Senses {
    /// With no vectors yet.
    pub fn new(model: Box<dyn Sentences>) -> Senses {
        Senses { model, kept: Mutex::default() }
    }

    /// The vector of a sentence.
    pub fn of(&self, sentence: &str) -> Arc<[f32]> {
        // Another thread that panicked has left the vectors whole.
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept().get(sentence);
        known.unwrap_or_else(|| {
            let vector: Arc<[f32]> = self.model.vector(sentence).into();
            kept().keep(sentence, Arc::clone(&vector));
            vector
        })
    }

    /// How many numbers a vector has.
    pub fn width(&self) -> usize {
        self.model.width()
    }

    /// Tells the model from others.
    pub fn digits(&self) -> &str {
        self.model.digits()
    }
}

#[cfg(test)]
mod tests {
    use super::{KEPT, Senses, Sentences};

    #[derive(Debug)]
    struct Lengths;

    impl Sentences for Lengths {
        fn vector(&self, sentence: &str) -> Vec<f32> {
            vec![sentence.len() as f32]
        }

        fn width(&self) -> usize {
            1
        }

        fn digits(&self) -> &str {
            "lengths"
        }
    }

    #[test]
    fn what_is_kept_is_bounded_and_what_was_forgotten_is_made_again() {
        let senses = Senses::new(Box::new(Lengths));
        for number in 0..2 * KEPT {
            assert_eq!(senses.of(&number.to_string())[0], number.to_string().len() as f32);
        }
        let kept = senses.kept.lock().unwrap();
        assert!(kept.younger.len() + kept.older.len() <= KEPT);
        drop(kept);
        assert_eq!(senses.of("0")[0], 1.0);
    }
}
