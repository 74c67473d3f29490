//! Sets of small numbers: a plain bit set, and one that gives back its least member.

/// A set of `u32`, one bit each, that grows as needed and knows how many it holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bits {
    words: Vec<u64>,
    len: usize,
}

impl Bits {
    pub(crate) fn contains(&self, member: u32) -> bool {
        self.words.get(member as usize / 64).is_some_and(|word| word >> (member % 64) & 1 == 1)
    }

    /// Puts `member` in or takes it out; says whether that changed anything.
    pub(crate) fn set(&mut self, member: u32, present: bool) -> bool {
        if self.contains(member) == present {
            return false;
        }
        let at = member as usize / 64;
        if at >= self.words.len() {
            self.words.resize(at + 1, 0);
        }
        self.words[at] ^= 1 << (member % 64);
        if present {
            self.len += 1;
        } else {
            self.len -= 1;
        }
        true
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.len == 0
    }
}

/// Work to be done in increasing order, each item once: a bit set under a tree of summaries, so that taking the
/// least item costs a handful of steps whatever the size.
#[derive(Clone, Debug)]
pub(crate) struct Agenda {
    /// `levels[0]` has a bit per item, `levels[k + 1]` a bit per word of `levels[k]`.
    levels: Vec<Vec<u64>>,
}

impl Agenda {
    pub(crate) fn new(items: usize) -> Agenda {
        let mut levels = Vec::new();
        let mut size = items.max(1);
        loop {
            size = size.div_ceil(64);
            levels.push(vec![0; size]);
            if size == 1 {
                return Agenda { levels };
            }
        }
    }

    pub(crate) fn insert(&mut self, item: u32) {
        let mut at = item as usize;
        for level in &mut self.levels {
            let word = &mut level[at / 64];
            let filled = *word != 0;
            *word |= 1 << (at % 64);
            if filled {
                return;
            }
            at /= 64;
        }
    }

    /// Takes an item out; says whether it was there.
    pub(crate) fn remove(&mut self, item: u32) -> bool {
        let at = item as usize;
        let there = self.levels[0][at / 64] >> (at % 64) & 1 == 1;
        if there {
            self.clear(at);
        }
        there
    }

    /// Takes the least item of a range out.
    pub(crate) fn pop_within(&mut self, range: &std::ops::Range<u32>) -> Option<u32> {
        let item = self.least_from(range.start as usize).filter(|&item| item < range.end as usize)?;
        self.clear(item);
        Some(item as u32)
    }

    fn least_from(&self, mut at: usize) -> Option<usize> {
        for (depth, level) in self.levels.iter().enumerate() {
            let left = level.get(at / 64)? >> (at % 64);
            if left != 0 {
                at += left.trailing_zeros() as usize;
                // Down again, to the least item under it.
                for level in self.levels[..depth].iter().rev() {
                    at = at * 64 + level[at].trailing_zeros() as usize;
                }
                return Some(at);
            }
            at = at / 64 + 1;
        }
        None
    }

    fn clear(&mut self, mut at: usize) {
        for level in &mut self.levels {
            level[at / 64] &= !(1 << (at % 64));
            if level[at / 64] != 0 {
                break;
            }
            at /= 64;
        }
    }

    /// Takes the least item out, if it is less than `limit`.
    pub(crate) fn pop_below(&mut self, limit: u32) -> Option<u32> {
        let mut at = 0;
        if self.levels.last()?[0] == 0 {
            return None;
        }
        for level in self.levels.iter().rev() {
            at = at * 64 + level[at].trailing_zeros() as usize;
        }
        let item = at as u32;
        if item >= limit {
            return None;
        }
        self.clear(at);
        Some(item)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn an_agenda_is_an_ordered_set(items in prop::collection::vec(prop_oneof![0u32..300_000, 69_990u32..70_010], 0..200)) {
            let mut agenda = Agenda::new(300_000);
            items.iter().for_each(|&item| agenda.insert(item));
            for item in items.iter().filter(|item| item.is_multiple_of(5)) {
                agenda.remove(*item);
            }
            prop_assert!(!agenda.remove(5));
            let middle: Vec<u32> = std::iter::from_fn(|| agenda.pop_within(&(70_000..200_000))).collect();
            let in_middle = |item: &u32| !item.is_multiple_of(5) && (70_000..200_000).contains(item);
            let expected: BTreeSet<u32> = items.iter().copied().filter(in_middle).collect();
            prop_assert_eq!(&middle, &expected.into_iter().collect::<Vec<_>>());
            middle.iter().for_each(|&item| agenda.insert(item));
            let low: Vec<u32> = std::iter::from_fn(|| agenda.pop_below(1_000)).collect();
            prop_assert!(low.iter().all(|&item| item < 1_000));
            let high = std::iter::from_fn(|| agenda.pop_below(u32::MAX));
            let taken: Vec<u32> = low.into_iter().chain(high).collect();
            let expected: Vec<u32> = items.into_iter().filter(|item| !item.is_multiple_of(5)).collect::<BTreeSet<_>>().into_iter().collect();
            prop_assert_eq!(taken, expected);
        }
    }
}
