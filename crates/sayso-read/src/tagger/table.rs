//! Weights of features, laid out for look-up in place: nearly all the time that reading takes is spent waiting for them.
//!
//! A row is `[weight: i8; labels]`, and in its last two bytes a mark: 16 bits of the feature's hash. One look-up in some
//! thirty thousand finds a row that is not its own, which costs less accuracy than the room that whole hashes would take.
//! Rows are as wide as a power of two, so that none straddles two lines of the processor's cache.
//!
//! Few features are most of what a text has. Those that training saw most often stand in a first part that is small
//! enough to stay in the cache: one slot a hash, looked up without a branch. The rest stand in an open-addressing table
//! behind a filter of single bits.

use std::borrow::Cow;

/// How many bytes the first part takes at most, as a power of two.
const FIRST_BITS: u32 = 18;

/// How many features are looked up at once; their weights must not overflow 16 bits.
const BATCH: usize = 256;

/// Feature hash to a row of weights, one a label.
#[derive(Clone, Debug)]
pub struct Table {
    labels: usize,
    /// The first part has this many slots, as a power of two.
    first_bits: u32,
    /// The filter has this many bits, as a power of two.
    filter_bits: u32,
    /// How many slots the open-addressing part has.
    slots: u32,
    scale: f32,
    /// The first part, the filter, the open-addressing part.
    bytes: Cow<'static, [u8]>,
}

impl Table {
    /// A table of these rows, those that are asked for most often first. A weight takes one byte, scaled by the largest.
    pub fn new(labels: usize, rows: &[(u32, &[f32])]) -> Table {
        let most = rows.iter().flat_map(|row| row.1).fold(0.0f32, |most, weight| most.max(weight.abs()));
        let scale = if most > 0.0 { most / 127.0 } else { 1.0 };
        let fitting = FIRST_BITS - stride(labels).trailing_zeros();
        let first_bits = rows.len().next_power_of_two().trailing_zeros().clamp(1, fitting);
        let mut table =
            Table { labels, first_bits, filter_bits: 0, slots: 0, scale, bytes: Cow::Borrowed(&[]) };
        let mut taken = vec![false; 1 << first_bits];
        let (first, rest): (Vec<_>, Vec<_>) =
            rows.iter().partition(|row| !std::mem::replace(&mut taken[table.first_slot(row.0)], true));
        // A quarter of the slots stays free: fuller, a row is sought through dozens of others.
        table.slots = rest.len() as u32 * 4 / 3 + 1;
        table.filter_bits = (rest.len() * 4).next_power_of_two().trailing_zeros().max(3);
        let mut bytes = vec![0; table.size().unwrap_or(0)];
        for &(hash, weights) in first {
            table.write(&mut bytes, table.first_slot(hash) * stride(labels), hash, weights);
        }
        for &(hash, weights) in rest {
            let bit = table.bit(hash);
            bytes[table.filter_at() + bit / 8] |= 1 << (bit % 8);
            let mut slot = table.home(hash);
            while mark_of(&bytes[table.at(slot)..][..stride(labels)]) != 0 {
                slot = (slot + 1) % table.slots;
            }
            table.write(&mut bytes, table.at(slot), hash, weights);
        }
        table.bytes = Cow::Owned(bytes);
        table
    }

    fn write(&self, bytes: &mut [u8], at: usize, hash: u32, weights: &[f32]) {
        let row = &mut bytes[at..][..stride(self.labels)];
        for (byte, weight) in row.iter_mut().zip(weights) {
            *byte = (weight / self.scale).round() as i8 as u8;
        }
        let end = row.len();
        row[end - 2..].copy_from_slice(&mark(hash).to_le_bytes());
    }

    /// Opens a table that was written as its [`head`](Table::head) and [`bytes`](Table::bytes); nothing where they do not
    /// fit together.
    pub fn open(head: &[u8], bytes: Cow<'static, [u8]>) -> Option<Table> {
        let mut numbers = head.as_chunks::<4>().0.iter().map(|bytes| u32::from_le_bytes(*bytes));
        let mut next = || numbers.next();
        let table = Table {
            labels: next().filter(|labels| (1..=32).contains(labels))? as usize,
            first_bits: next().filter(|bits| (1..=24).contains(bits))?,
            filter_bits: next().filter(|bits| (3..=30).contains(bits))?,
            slots: next().filter(|&slots| slots > 0)?,
            scale: f32::from_bits(next()?),
            bytes,
        };
        (table.size() == Some(table.bytes.len())).then_some(table)
    }

    /// The shape of the table.
    pub fn head(&self) -> Vec<u8> {
        [self.labels as u32, self.first_bits, self.filter_bits, self.slots, self.scale.to_bits()]
            .into_iter()
            .flat_map(u32::to_le_bytes)
            .collect()
    }

    /// The rows.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How many labels a row has weights for.
    pub fn labels(&self) -> usize {
        self.labels
    }

    /// What one unit of a sum is worth.
    pub fn scale(&self) -> f32 {
        self.scale
    }

    /// How many bytes the table takes; nothing where that is no sane number.
    fn size(&self) -> Option<usize> {
        (self.slots as usize).checked_mul(stride(self.labels))?.checked_add(self.slots_at())
    }

    /// Where the filter starts.
    fn filter_at(&self) -> usize {
        stride(self.labels) << self.first_bits
    }

    /// Where the open-addressing part starts.
    fn slots_at(&self) -> usize {
        self.filter_at() + (1 << (self.filter_bits - 3))
    }

    /// Where a slot of the open-addressing part starts.
    fn at(&self, slot: u32) -> usize {
        self.slots_at() + slot as usize * stride(self.labels)
    }

    fn first_slot(&self, hash: u32) -> usize {
        (hash.wrapping_mul(0xC2B2_AE35) >> (32 - self.first_bits)) as usize
    }

    fn bit(&self, hash: u32) -> usize {
        (hash.wrapping_mul(0x85EB_CA6B) >> (32 - self.filter_bits)) as usize
    }

    fn home(&self, hash: u32) -> u32 {
        ((u64::from(hash.wrapping_mul(0x9E37_79B1)) * u64::from(self.slots)) >> 32) as u32
    }

    /// Adds the weights of all features in `hashes`, which it uses up, to `sums`, in units of [`Table::scale`].
    pub fn add_all(&self, hashes: &mut [u32], sums: &mut [i32]) {
        // A width that the compiler knows lets it add a row at once.
        for hashes in hashes.chunks_mut(BATCH) {
            match stride(self.labels) {
                8 => self.add::<8>(hashes, sums),
                16 => self.add::<16>(hashes, sums),
                32 => self.add::<32>(hashes, sums),
                _ => self.add::<64>(hashes, sums),
            }
        }
    }

    fn add<const STRIDE: usize>(&self, hashes: &mut [u32], sums: &mut [i32]) {
        let mut own = [0i16; STRIDE];
        let (first, rest) = self.bytes.split_at(self.filter_at());
        let (filter, slots) = rest.split_at(1 << (self.filter_bits - 3));
        let (first, slots) = (first.as_chunks::<STRIDE>().0, slots.as_chunks::<STRIDE>().0);
        // Without branches, since whether a feature is there is a toss-up.
        let mut left = 0;
        for at in 0..hashes.len() {
            let hash = hashes[at];
            let row = &first[self.first_slot(hash)];
            let here = mark_of(row) == mark(hash);
            let mask = -i8::from(here);
            for (sum, weight) in own.iter_mut().zip(row) {
                *sum = sum.wrapping_add(i16::from(*weight as i8 & mask));
            }
            hashes[left] = hash;
            left += usize::from(!here);
        }
        let mut known = 0;
        for at in 0..left {
            let hash = hashes[at];
            hashes[known] = hash;
            let bit = self.bit(hash);
            known += usize::from(filter[bit / 8] >> (bit % 8) & 1);
        }
        let hashes = &hashes[..known];
        // All first slots are asked for before any is compared, so that the waits for memory overlap.
        let mut marks = [0u16; BATCH];
        for (mark, &hash) in marks.iter_mut().zip(hashes) {
            *mark = mark_of(&slots[self.home(hash) as usize]);
        }
        for (&found, &hash) in marks.iter().zip(hashes) {
            let home = self.home(hash) as usize;
            let row = if found == mark(hash) { Some(&slots[home]) } else { sought(slots, home, hash) };
            let Some(row) = row else { continue };
            for (sum, weight) in own.iter_mut().zip(row) {
                *sum = sum.wrapping_add(i16::from(*weight as i8));
            }
        }
        sums.iter_mut().zip(own).for_each(|(sum, own)| *sum += i32::from(own));
    }
}

/// How many bytes a row takes.
fn stride(labels: usize) -> usize {
    (labels + 2).next_power_of_two().max(8)
}

/// The bits of a hash that tell rows of one slot apart; never zero, which means that a slot is free.
fn mark(hash: u32) -> u16 {
    (hash as u16).max(1)
}

/// The mark of a row, in its last two bytes.
#[inline]
fn mark_of(row: &[u8]) -> u16 {
    row.last_chunk::<2>().map_or(0, |bytes| u16::from_le_bytes(*bytes))
}

/// The row of a feature, from its first slot on.
fn sought<const STRIDE: usize>(slots: &[[u8; STRIDE]], home: usize, hash: u32) -> Option<&[u8; STRIDE]> {
    // Bounded, so that a damaged model without a free slot cannot keep us here.
    let (before, after) = slots.split_at(home);
    let next = after
        .iter()
        .chain(before)
        .find(|row| matches!(mark_of(&row[..]), found if found == 0 || found == mark(hash)))?;
    (mark_of(next) != 0).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tagger::mix;
    use std::collections::HashMap;

    /// Every row is found in either part, and what is in none adds nothing.
    #[test]
    fn sums_are_those_of_a_map() {
        for (labels, count) in [(5, 60_000u32), (11, 40_000), (24, 20_000), (3, 1), (32, 500)] {
            let hashes: Vec<u32> = (0..count).map(|at| mix(at, 77)).collect();
            let weights =
                |hash: u32| (0..labels).map(|at| (mix(hash, at as u32) % 255) as f32 - 127.0).collect();
            let known: HashMap<u32, Vec<f32>> = hashes.iter().map(|&hash| (hash, weights(hash))).collect();
            let rows: Vec<(u32, &[f32])> = hashes.iter().map(|hash| (*hash, &known[hash][..])).collect();
            let made = Table::new(labels, &rows);
            let table =
                Table::open(&made.head(), Cow::Owned(made.bytes().to_vec())).expect("it was just made");
            for start in (0..count).step_by(997) {
                let mut asked: Vec<u32> = (start..start + 300).map(|at| mix(at, 77)).collect();
                let mut right = vec![0i32; labels];
                for row in asked.iter().filter_map(|hash| known.get(hash)) {
                    right
                        .iter_mut()
                        .zip(row)
                        .for_each(|(sum, weight)| *sum += (weight / table.scale()).round() as i32);
                }
                let mut sums = vec![0; labels];
                table.add_all(&mut asked, &mut sums);
                assert_eq!(sums, right, "{labels} labels, from {start}");
            }
        }
    }

    #[test]
    fn what_does_not_fit_is_not_opened() {
        let made = Table::new(5, &[(1, &[1.0; 5]), (2, &[2.0; 5])]);
        let (head, bytes) = (made.head(), made.bytes().to_vec());
        assert!(Table::open(&head, Cow::Owned(bytes.clone())).is_some());
        assert!(Table::open(&head, Cow::Owned(bytes[1..].to_vec())).is_none());
        assert!(Table::open(&head[..16], Cow::Owned(bytes.clone())).is_none());
        for place in 0..4 {
            for value in [0, u32::MAX, 1 << 25] {
                let mut head = head.clone();
                head[4 * place..][..4].copy_from_slice(&u32::to_le_bytes(value));
                assert!(Table::open(&head, Cow::Owned(bytes.clone())).is_none(), "number {place} as {value}");
            }
        }
    }
}
