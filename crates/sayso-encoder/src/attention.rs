//! Attention: every row takes up a mean of all rows, each by how well it answers what the row asks (Vaswani and others, 2017).

use crate::by_element::softmax;
use crate::rows::Rows;
use pulp::Arch;

/// Rows are filled up to a multiple of this, so that vectors divide them.
const FILL: usize = 16;
/// Less than any score, for places that are not there.
const NOTHING: f32 = -1e9;

/// Every row of `asked` (query, key and value side by side, each split into heads), over the rows of its own text; texts
/// are so many rows each, one after the other.
pub(crate) fn attend(asked: &Rows, texts: &[usize], heads: usize) -> Rows {
    let width = asked.width / 3;
    let mut out = Rows::zeros(asked.count(), width);
    let mut start = 0;
    for &count in texts {
        let from = &asked.values[start * asked.width..][..count * asked.width];
        let to = &mut out.values[start * width..][..count * width];
        Arch::new().dispatch(
            #[inline(always)]
            || {
                for head in 0..heads {
                    one_head(from, to, width, head, width / heads);
                }
            },
        );
        start += count;
    }
    out
}

#[inline(always)]
fn one_head(asked: &[f32], out: &mut [f32], width: usize, head: usize, own: usize) {
    let all = width * 3;
    let count = asked.len() / all;
    let filled = count.next_multiple_of(FILL);
    // Keys turned round, so that a query goes along them.
    let mut keys = vec![0.0; own * filled];
    for (at, row) in asked.chunks_exact(all).enumerate() {
        let key = &row[width + head * own..][..own];
        key.iter().enumerate().for_each(|(of, &key)| keys[of * filled + at] = key);
    }
    let by = 1.0 / (own as f32).sqrt();
    let mut scores = vec![0.0; filled];
    for (row, out) in asked.chunks_exact(all).zip(out.chunks_exact_mut(width)) {
        let query = &row[head * own..][..own];
        scores.fill(0.0);
        for (query, keys) in query.iter().zip(keys.chunks_exact(filled)) {
            scores.iter_mut().zip(keys).for_each(|(score, key)| *score += query * key);
        }
        scores[count..].fill(NOTHING);
        softmax(&mut scores, by);
        let out = &mut out[head * own..][..own];
        for (share, row) in scores.iter().zip(asked.chunks_exact(all)) {
            let value = &row[2 * width + head * own..][..own];
            out.iter_mut().zip(value).for_each(|(out, value)| *out += share * value);
        }
    }
}
