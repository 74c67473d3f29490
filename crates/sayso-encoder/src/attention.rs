//! Attention: every row takes up a mean of all rows, each by how well it answers what the row asks (Vaswani and others, 2017).

use crate::by_element::{LANES, softmax};
use crate::rows::Rows;
use crate::vectors::widest;

/// So many rows are gone through at once, so that what each key and value is loaded for is used more than once.
const AT_ONCE: usize = 4;
/// Less than any score, for places that are not there.
const NOTHING: f32 = -1e9;

/// Every row of `asked` (query, key and value side by side, each split into heads), over the rows of its own text; texts
/// are so many rows each, one after the other. Heads are a multiple of [`LANES`] wide.
pub(crate) fn attend(asked: &Rows, texts: &[usize], heads: usize, out: &mut Rows) {
    let width = asked.width / 3;
    out.shape(asked.count(), width);
    let mut scratch = Scratch::default();
    let mut start = 0;
    for &count in texts {
        let from = &asked.values[start * asked.width..][..count * asked.width];
        let to = &mut out.values[start * width..][..count * width];
        widest(
            #[inline(always)]
            || {
                for head in 0..heads {
                    one_head(from, to, [width, head * (width / heads), width / heads], &mut scratch);
                }
            },
        );
        start += count;
    }
}

/// Room that is used again for each head.
#[derive(Default)]
struct Scratch {
    keys: Vec<f32>,
    scores: Vec<f32>,
}

/// One head of a width, that starts at a place in rows of a width.
#[inline(always)]
fn one_head(asked: &[f32], out: &mut [f32], [width, place, own]: [usize; 3], scratch: &mut Scratch) {
    let all = width * 3;
    let count = asked.len() / all;
    let filled = count.next_multiple_of(LANES);
    // Keys turned round, so that a query goes along them.
    let keys = &mut scratch.keys;
    keys.clear();
    keys.resize(own * filled, 0.0);
    for (at, row) in asked.chunks_exact(all).enumerate() {
        let key = &row[width + place..][..own];
        key.iter().enumerate().for_each(|(of, &key)| keys[of * filled + at] = key);
    }
    let by = 1.0 / (own as f32).sqrt();
    let scores = &mut scratch.scores;
    scores.clear();
    scores.resize(AT_ONCE * filled, 0.0);
    for start in (0..count).step_by(AT_ONCE) {
        // The last row stands in for those that are not there.
        let at: [usize; AT_ONCE] = std::array::from_fn(|of| (start + of).min(count - 1));
        let queries = at.map(|at| &asked[at * all + place..][..own]);
        for block in (0..filled).step_by(LANES) {
            let mut sums = [[0.0f32; LANES]; AT_ONCE];
            for of in 0..own {
                let keys: &[f32; LANES] =
                    keys[of * filled + block..].first_chunk().expect("keys are filled up");
                for (sums, query) in sums.iter_mut().zip(&queries) {
                    let query = query[of];
                    for lane in 0..LANES {
                        sums[lane] += query * keys[lane];
                    }
                }
            }
            for (of, sums) in sums.iter().enumerate() {
                scores[of * filled + block..][..LANES].copy_from_slice(sums);
            }
        }
        for scores in scores.chunks_exact_mut(filled) {
            scores[count..].fill(NOTHING);
            softmax(scores, by);
        }
        for block in (0..own).step_by(LANES) {
            let mut sums = [[0.0f32; LANES]; AT_ONCE];
            for (row, values) in asked.chunks_exact(all).enumerate() {
                let values: &[f32; LANES] =
                    values[2 * width + place + block..].first_chunk().expect("heads are whole lanes");
                for (of, sums) in sums.iter_mut().enumerate() {
                    let share = scores[of * filled + row];
                    for lane in 0..LANES {
                        sums[lane] += share * values[lane];
                    }
                }
            }
            for (at, sums) in at.iter().zip(&sums) {
                out[at * width + place + block..][..LANES].copy_from_slice(sums);
            }
        }
    }
}
