//! Word vectors: how near in meaning two words are, each by itself.

use crate::learned::ModelError;
use rustc_hash::FxHashMap;

/// A table of unit vectors, one a word.
#[derive(Clone, Debug, Default)]
pub struct Vectors {
    places: FxHashMap<String, u32>,
    width: usize,
    values: Vec<f32>,
    rarities: Vec<f32>,
}

/// A word's rarity is kept in steps of this.
const RARITY_STEP: f32 = 1.0 / 20.0;
/// The rarity of a word that the table lacks.
pub const UNKNOWN_RARITY: f32 = 10.0;

impl Vectors {
    /// Reads a table: the line `sayso-words 1 WIDTH COUNT`, a line for each word, then for each word a byte of
    /// rarity, then for each as many signed bytes as a vector is wide.
    pub fn read(bytes: &[u8]) -> Result<Vectors, ModelError> {
        let wrong = ModelError::Vectors;
        let mut lines = bytes.split(|&byte| byte == b'\n');
        let text =
            |line: Option<&[u8]>| line.and_then(|line| std::str::from_utf8(line).ok().map(str::to_owned));
        let head = text(lines.next()).ok_or(wrong("no first line"))?;
        let fields: Vec<&str> = head.split(' ').collect();
        let &["sayso-words", "1", width, count] = fields.as_slice() else {
            return Err(wrong("another first line"));
        };
        let (Ok(width), Ok(count)) = (width.parse::<usize>(), count.parse::<usize>()) else {
            return Err(wrong("no size in the first line"));
        };
        let mut at = head.len() + 1;
        let mut places = FxHashMap::default();
        for place in 0..count {
            let word = text(lines.next()).ok_or(wrong("too few words"))?;
            at += word.len() + 1;
            places.insert(word, place as u32);
        }
        let raw = bytes.get(at..).unwrap_or_default();
        if width == 0 || Some(raw.len()) != (width + 1).checked_mul(count) {
            return Err(wrong("another number of values than its first line says"));
        }
        let (rarities, raw) = raw.split_at(count);
        let rarities = rarities.iter().map(|&steps| f32::from(steps) * RARITY_STEP).collect();
        let values = raw.chunks(width).flat_map(unit).collect();
        Ok(Vectors { places, width, values, rarities })
    }

    /// The place of a word in lower case.
    pub fn place(&self, word: &str) -> Option<u32> {
        self.places.get(word).copied()
    }

    /// Every word with its rarity: the logarithm of how many sentences there are to one that holds it.
    pub fn rarities(&self) -> impl Iterator<Item = (&str, f32)> {
        self.places.iter().map(|(word, &place)| (word.as_str(), self.rarities[place as usize]))
    }

    /// The vector at a place that [`Vectors::place`] gave.
    pub fn at(&self, place: u32) -> &[f32] {
        let start = place as usize * self.width;
        &self.values[start..start + self.width]
    }

    /// How near two words are, -1 to 1.
    pub fn nearness(&self, a: u32, b: u32) -> f32 {
        if a == b { 1.0 } else { dot(self.at(a), self.at(b)) }
    }

    /// Numbers in a vector; 0 for an empty table.
    pub fn width(&self) -> usize {
        self.width
    }
}

/// The sum of products.
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0f32; 8];
    for (x, y) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        for lane in 0..8 {
            lanes[lane] += x[lane] * y[lane];
        }
    }
    let rest = a.chunks_exact(8).remainder().iter().zip(b.chunks_exact(8).remainder());
    lanes.iter().sum::<f32>() + rest.map(|(x, y)| x * y).sum::<f32>()
}

fn unit(raw: &[u8]) -> Vec<f32> {
    let values: Vec<f32> = raw.iter().map(|&byte| f32::from(byte as i8)).collect();
    let length = dot(&values, &values).sqrt().max(1.0);
    values.into_iter().map(|value| value / length).collect()
}
