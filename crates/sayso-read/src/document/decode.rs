//! The bytes of a page to its characters: byte order marks, declared encodings, and a guess where both are missing.

use encoding_rs::Encoding;
use sayso_record::{Note, NoteKind};
use std::borrow::Cow;

/// Pages longer than this many bytes are cut here; no article comes near it.
pub(crate) const CAP_BYTES: usize = 64 << 20;

/// Paragraphs beyond these are joined to the last: the longest books have a quarter of them, and each takes more memory
/// than the one letter that it may consist of.
pub(crate) const CAP_PARAGRAPHS: usize = 100_000;

/// Says that a page has more paragraphs than are kept apart.
pub(crate) fn too_many(paragraphs: usize) -> Option<Note> {
    (paragraphs > CAP_PARAGRAPHS).then(|| {
        let text =
            format!("there are {paragraphs} paragraphs; those after {CAP_PARAGRAPHS} were joined to one");
        Note::new(NoteKind::Truncated, text)
    })
}

/// How far into a page a `<meta charset>` is looked for, in bytes. The standard says 1024; real pages are laxer.
const PRESCAN_BYTES: usize = 4096;

/// How many bytes the detector is shown; beyond this its mind is made up.
const GUESS_BYTES: usize = 256 << 10;

/// Decodes a page. What was guessed, cut or unreadable is said in the notes.
pub(crate) fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>, notes: &mut Vec<Note>) -> Cow<'a, str> {
    let bytes = if bytes.len() > CAP_BYTES {
        let text = format!("only the first {} MiB of {} were read", CAP_BYTES >> 20, bytes.len());
        notes.push(Note::new(NoteKind::Truncated, text));
        &bytes[..CAP_BYTES]
    } else {
        bytes
    };
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return with(encoding, &bytes[mark..], notes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    // A cap, or a broken download, may end in the middle of a character; that alone makes no text foreign.
    if let Err(error) = std::str::from_utf8(bytes)
        && error.error_len().is_none()
        && error.valid_up_to() > 0
    {
        return with(encoding_rs::UTF_8, &bytes[..error.valid_up_to()], notes);
    }
    if let Some(encoding) = content_type.and_then(charset_of_type).or_else(|| charset_of_meta(bytes))
        && encoding != encoding_rs::UTF_8
    {
        return with(encoding, bytes, notes);
    }
    // Mostly sound UTF-8 with a few broken bytes is a damaged UTF-8 page, not a page in some other encoding.
    let lossy = String::from_utf8_lossy(bytes);
    let broken = lossy.matches('\u{FFFD}').count();
    let foreign = lossy.chars().filter(|c| !c.is_ascii() && *c != '\u{FFFD}').count();
    if broken * 4 < foreign {
        notes
            .push(Note::new(NoteKind::Encoding, format!("{broken} places were no UTF-8 and cannot be read")));
        return lossy;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(GUESS_BYTES)], true);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Deny);
    notes.push(Note::new(
        NoteKind::Encoding,
        format!("the encoding was not declared; {} is a guess", encoding.name()),
    ));
    with(encoding, bytes, notes)
}

/// Whether the bytes are no text in any encoding: pictures, archives, programs.
pub(crate) fn is_binary(bytes: &[u8]) -> bool {
    if Encoding::for_bom(bytes).is_some() {
        return false;
    }
    const MAGIC: [&[u8]; 11] = [
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"PK\x03\x04",
        b"\x7fELF",
        b"\x1f\x8b",
        b"BZh",
        b"RIFF",
        b"OggS",
        b"ID3\x03",
        b"\xfd7zXZ",
    ];
    if MAGIC.iter().any(|magic| bytes.starts_with(magic)) {
        return true;
    }
    let head = &bytes[..bytes.len().min(8192)];
    let odd = head
        .iter()
        .filter(|&&byte| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b))
        .count();
    // UTF-16 without its mark has a zero in every other byte; anything else with zeros is no text.
    odd * 20 > head.len()
}

fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8], notes: &mut Vec<Note>) -> Cow<'a, str> {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    if broken {
        let text = format!("some bytes were no {} and cannot be read", encoding.name());
        notes.push(Note::new(NoteKind::Encoding, text));
    }
    text
}

/// The encoding that a MIME type names: `text/html; charset=iso-8859-1`.
fn charset_of_type(content_type: &str) -> Option<&'static Encoding> {
    let at = find_ascii(content_type.as_bytes(), b"charset=")? + "charset=".len();
    label_at(content_type.as_bytes(), at)
}

/// The encoding that a `<meta>` near the top of the page, or an XML declaration, names.
fn charset_of_meta(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(PRESCAN_BYTES)];
    let key: &[u8] = if head.starts_with(b"<?xml") { b"encoding=" } else { b"charset=" };
    let at = find_ascii(head, key)? + key.len();
    match label_at(head, at) {
        // A page that could be searched for this label byte by byte is no UTF-16, whatever it says.
        Some(encoding) if !encoding.is_ascii_compatible() => Some(encoding_rs::UTF_8),
        found => found,
    }
}

fn label_at(bytes: &[u8], at: usize) -> Option<&'static Encoding> {
    let rest = bytes[at..].iter().copied().skip_while(|byte| matches!(byte, b'"' | b'\'' | b' '));
    let label: Vec<u8> = rest
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.'))
        .collect();
    Encoding::for_label(&label)
}

fn find_ascii(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window.eq_ignore_ascii_case(needle))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], content_type: Option<&str>) -> (String, Vec<NoteKind>) {
        let mut notes = Vec::new();
        let text = decode(bytes, content_type, &mut notes).into_owned();
        (text, notes.into_iter().map(|note| note.kind).collect())
    }

    #[test]
    fn encodings_are_found_in_order_of_trust() {
        assert_eq!(read("naïve".as_bytes(), Some("text/html; charset=latin1")), ("naïve".into(), vec![]));
        assert_eq!(read(b"na\xefve", Some("text/html; charset=iso-8859-1")), ("naïve".into(), vec![]));
        assert_eq!(
            read(b"<meta charset='windows-1251'>\xcf\xf0\xe8", None).0,
            "<meta charset='windows-1251'>При"
        );
        assert_eq!(read(b"\xef\xbb\xbfhello", None), ("hello".into(), vec![]));
        assert_eq!(read(b"\xff\xfeh\0i\0", None), ("hi".into(), vec![]));
        assert_eq!(read(b"caf\xe9 society is here to stay", None).1, vec![NoteKind::Encoding]);
    }

    #[test]
    fn a_character_cut_in_two_is_left_out() {
        assert_eq!(read(&"naïve…".as_bytes()[..7], None), ("naïve".into(), vec![]));
    }

    #[test]
    fn pictures_and_programs_are_binary() {
        assert!(is_binary(b"\x89PNG\r\n\x1a\n rest"));
        assert!(is_binary(&[0, 1, 2, 3, 4, 5]));
        assert!(!is_binary(b"plain words\r\n\twith tabs"));
        assert!(!is_binary(b"\xff\xfeh\0i\0"));
    }
}
