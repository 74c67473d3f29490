//! Gzip streams: all members one after the other, as if they were one.

use flate2::bufread::GzDecoder;
use std::io::{self, BufRead, Read};

/// A stream may always unpack to this many bytes ...
const FREE_BYTES: u64 = 256 << 20;
/// ... and beyond that to so many times what it takes up packed. Pages come to ten or twenty times, bombs to a thousand.
const MOST_TIMES: u64 = 100;
/// How far back a damaged member is sought through for the next one.
const KEPT_BYTES: usize = 4 << 20;
const CHUNK_BYTES: usize = 64 << 10;

pub(super) fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

/// How every member begins.
const MAGIC: [u8; 3] = [0x1f, 0x8b, 8];

/// Everything in the bytes, cut at `most`; what breaks off gives what came before, and why.
pub(super) fn all(bytes: &[u8], most: usize) -> Result<(Vec<u8>, Option<String>), String> {
    let mut out = Vec::new();
    match Unpacked::new(bytes).take(most as u64).read_to_end(&mut out) {
        Err(error) if out.is_empty() => Err(error.to_string()),
        Err(error) => Ok((out, Some(error.to_string()))),
        Ok(_) => Ok((out, None)),
    }
}

/// What the members unpack to. A damaged one gives an error of the kind [`io::ErrorKind::InvalidData`] once; whoever
/// reads on has what unpacks after it. Any other error comes again.
pub(super) struct Unpacked<R> {
    /// Taken away only while a member follows another.
    member: Option<GzDecoder<Recent<R>>>,
    out_bytes: u64,
}

impl<R: Read> Unpacked<R> {
    pub(super) fn new(packed: R) -> Unpacked<R> {
        let recent = Recent { inner: packed, bytes: Vec::new(), at: 0, is_whole: true, in_bytes: 0 };
        Unpacked { member: Some(GzDecoder::new(recent)), out_bytes: 0 }
    }

    fn next_member(&mut self, mut recent: Recent<R>) -> io::Result<bool> {
        recent.forget();
        let more = recent.fill_buf().map(|bytes| !bytes.is_empty());
        self.member = more.as_ref().is_ok_and(|more| *more).then(|| GzDecoder::new(recent));
        more
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            let Some(mut member) = self.member.take() else { return Ok(0) };
            match member.read(out) {
                Ok(0) if !out.is_empty() => {
                    if !self.next_member(member.into_inner())? {
                        return Ok(0);
                    }
                }
                Ok(count) => {
                    self.out_bytes += count as u64;
                    if self.out_bytes > FREE_BYTES.saturating_add(MOST_TIMES * member.get_ref().in_bytes) {
                        let why = format!("it unpacks to more than {MOST_TIMES} times its size");
                        return Err(io::Error::other(why));
                    }
                    self.member = Some(member);
                    return Ok(count);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => self.member = Some(member),
                Err(error) => {
                    let mut recent = member.into_inner();
                    if recent.seek_member()? {
                        self.next_member(recent)?;
                    }
                    return Err(io::Error::new(
                        io::ErrorKind::InvalidData,
                        format!("cannot be unpacked: {error}"),
                    ));
                }
            }
        }
    }
}

/// Packed bytes, of which the last ones can be read again: a damaged member may have swallowed the beginning of the next.
struct Recent<R> {
    inner: R,
    bytes: Vec<u8>,
    at: usize,
    /// Whether `bytes` begins where the member does.
    is_whole: bool,
    in_bytes: u64,
}

impl<R: Read> Recent<R> {
    /// What comes now is the beginning of a member.
    fn forget(&mut self) {
        self.bytes.drain(..self.at);
        self.at = 0;
        self.is_whole = true;
    }

    /// Goes to the next place after the beginning of the member that looks like the beginning of one.
    fn seek_member(&mut self) -> io::Result<bool> {
        self.at = if self.is_whole { 1.min(self.bytes.len()) } else { 0 };
        loop {
            if let Some(found) = memchr::memmem::find(&self.bytes[self.at..], &MAGIC) {
                self.at += found;
                return Ok(true);
            }
            // The beginning may be cut in two.
            self.bytes.drain(..self.bytes.len().saturating_sub(MAGIC.len() - 1));
            self.at = 0;
            if !self.more()? {
                return Ok(false);
            }
        }
    }

    fn more(&mut self) -> io::Result<bool> {
        let count = self.inner.by_ref().take(CHUNK_BYTES as u64).read_to_end(&mut self.bytes)?;
        self.in_bytes += count as u64;
        Ok(count > 0)
    }
}

impl<R: Read> Read for Recent<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(out)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: Read> BufRead for Recent<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.bytes.len() {
            if self.at > KEPT_BYTES {
                self.forget();
                self.is_whole = false;
            }
            self.more()?;
        }
        Ok(&self.bytes[self.at..])
    }

    fn consume(&mut self, count: usize) {
        self.at += count;
    }
}
