//! Verdicts that were given lately: a person asks the same twice, and a page is linked anew.

use super::{Passage, Verdict};
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};
use std::sync::{Mutex, PoisonError};

/// So many verdicts are kept at most, in 10 MB.
const KEPT: usize = 262_144;

/// Two generations: what is not asked for while the younger fills up is forgotten with the older.
#[derive(Default)]
pub(super) struct Kept(Mutex<Generations>);

#[derive(Default)]
struct Generations {
    younger: FxHashMap<u128, Verdict>,
    older: FxHashMap<u128, Verdict>,
}

/// What tells one question from every other: two hashes that start from different states.
pub(super) fn key(proposition: &str, passage: Passage<'_>) -> u128 {
    let hash = |start: u64| {
        let mut hasher = FxHasher::default();
        start.hash(&mut hasher);
        (proposition, passage).hash(&mut hasher);
        u128::from(hasher.finish())
    };
    hash(1) << 64 | hash(2)
}

impl Kept {
    pub(super) fn get(&self, key: u128) -> Option<Verdict> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.younger.get(&key).or_else(|| kept.older.get(&key)).copied()
    }

    pub(super) fn keep(&self, key: u128, verdict: Verdict) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.younger.len() >= KEPT / 2 {
            kept.older = std::mem::take(&mut kept.younger);
        }
        kept.younger.insert(key, verdict);
    }
}
