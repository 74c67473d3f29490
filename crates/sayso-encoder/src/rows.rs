//! Rows of numbers, all of one width: one row a piece of text.

/// Rows of numbers, one after the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    /// Numbers in a row.
    pub width: usize,
    /// All rows, one after the other.
    pub values: Vec<f32>,
}

impl Rows {
    /// Rows of zeros.
    pub fn zeros(count: usize, width: usize) -> Rows {
        Rows { width, values: vec![0.0; count * width] }
    }

    /// Makes room for other rows; what stands in them is what stood there before, or zeros.
    pub(crate) fn shape(&mut self, count: usize, width: usize) {
        self.width = width;
        self.values.resize(count * width, 0.0);
    }

    /// How many rows there are.
    pub fn count(&self) -> usize {
        self.values.len() / self.width.max(1)
    }

    /// One of the rows.
    pub fn row(&self, at: usize) -> &[f32] {
        &self.values[at * self.width..][..self.width]
    }

    /// The rows in order.
    pub fn iter(&self) -> impl Iterator<Item = &[f32]> {
        self.values.chunks_exact(self.width.max(1))
    }

    /// The rows in order, to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut [f32]> {
        self.values.chunks_exact_mut(self.width.max(1))
    }

    /// Some of the rows, in the order of their numbers.
    pub fn select(&self, rows: impl IntoIterator<Item = usize>) -> Rows {
        let mut values = Vec::new();
        for at in rows {
            values.extend_from_slice(self.row(at));
        }
        Rows { width: self.width, values }
    }
}
