//! Word stems, remembered: the same words come up again and again.

use rust_stemmers::{Algorithm, Stemmer as Snowball};
use std::borrow::Cow;

/// English stems by the Snowball algorithm (Porter 2001), of words in lower case.
pub struct Stemmer(Snowball);

impl Default for Stemmer {
    fn default() -> Stemmer {
        Stemmer(Snowball::create(Algorithm::English))
    }
}

impl std::fmt::Debug for Stemmer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Stemmer")
    }
}

impl Stemmer {
    /// The stem of a word in lower case.
    pub fn stem<'a>(&self, word: &'a str) -> Cow<'a, str> {
        self.0.stem(word)
    }
}
