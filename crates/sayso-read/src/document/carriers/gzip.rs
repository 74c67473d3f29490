//! Gzip files, whole or member by member.

use flate2::bufread::GzDecoder;
use std::io::Read;

pub(super) fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b, 8])
}

/// The first bytes of the first member.
pub(super) fn first(bytes: &[u8], count: u64) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    GzDecoder::new(bytes).take(count).read_to_end(&mut out).ok()?;
    Some(out)
}

/// Everything in the file, cut at `most` bytes; a file that breaks off gives what came before.
pub(super) fn all(bytes: &[u8], most: usize) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let read = flate2::bufread::MultiGzDecoder::new(bytes).take(most as u64).read_to_end(&mut out);
    match read {
        Err(error) if out.is_empty() => Err(format!("cannot be unpacked: {error}")),
        _ => Ok(out),
    }
}

/// Each member by itself. After a damaged one, reading goes on at the next that begins like a member.
pub(super) fn members(bytes: &[u8], most: usize) -> impl Iterator<Item = Result<Vec<u8>, String>> {
    let mut rest = bytes;
    let mut left = most;
    std::iter::from_fn(move || {
        if rest.is_empty() || left == 0 {
            return None;
        }
        let mut out = Vec::new();
        let mut decoder = GzDecoder::new(rest);
        let read = decoder.by_ref().take(left as u64).read_to_end(&mut out);
        left -= out.len().min(left);
        match read {
            Ok(_) => {
                rest = decoder.into_inner();
                Some(Ok(out))
            }
            Err(error) => {
                rest = next_member(&rest[1..]);
                Some(Err(format!("cannot be unpacked: {error}")))
            }
        }
    })
}

fn next_member(bytes: &[u8]) -> &[u8] {
    memchr::memmem::find(bytes, &[0x1f, 0x8b, 8]).map_or(&[], |at| &bytes[at..])
}
