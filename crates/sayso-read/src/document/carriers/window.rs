//! A stream seen through a window that can be made as long as a record is.

use std::io::{self, Read};

const CHUNK_BYTES: usize = 64 << 10;

/// The bytes of a stream from some place on.
pub(super) struct Window<R> {
    inner: R,
    bytes: Vec<u8>,
    at: usize,
    is_over: bool,
    trouble: Option<io::Error>,
}

impl<R: Read> Window<R> {
    pub(super) fn new(inner: R) -> Window<R> {
        Window { inner, bytes: Vec::new(), at: 0, is_over: false, trouble: None }
    }

    /// What comes next: `count` bytes or more, or fewer where the stream ends or breaks off.
    pub(super) fn ahead(&mut self, count: usize) -> &[u8] {
        if self.bytes.len() - self.at < count && self.at > 0 {
            self.bytes.drain(..self.at);
            self.at = 0;
        }
        while self.bytes.len() - self.at < count && !self.is_over && self.trouble.is_none() {
            let want = (count - self.bytes.len()).max(CHUNK_BYTES) as u64;
            match self.inner.by_ref().take(want).read_to_end(&mut self.bytes) {
                Ok(read) => self.is_over = (read as u64) < want,
                Err(error) => self.trouble = Some(error),
            }
        }
        &self.bytes[self.at..]
    }

    /// Goes on, within what has been seen.
    pub(super) fn skip(&mut self, count: usize) {
        self.at = (self.at + count).min(self.bytes.len());
    }

    /// Goes on past everything, as far as that can be had.
    pub(super) fn skip_far(&mut self, count: u64) {
        let seen = (self.bytes.len() - self.at) as u64;
        self.skip(count.min(seen) as usize);
        if count > seen && self.trouble.is_none() {
            self.trouble = io::copy(&mut self.inner.by_ref().take(count - seen), &mut io::sink()).err();
        }
    }

    /// Why the stream broke off, where it did. What was seen of the record that it broke off in is dropped, and reading
    /// goes on behind the damage, or is over where nothing can be read any more.
    pub(super) fn take_trouble(&mut self) -> Option<io::Error> {
        let trouble = self.trouble.take()?;
        self.at = self.bytes.len();
        self.is_over |= trouble.kind() != io::ErrorKind::InvalidData;
        Some(trouble)
    }
}
