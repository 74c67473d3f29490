//! Web archives (WARC, ISO 28500): the HTML and text responses in them.

use super::window::Window;
use super::{Carrier, Fault, Page};
use std::io::Read;

/// No head is longer than this; a lost one must not be sought through gigabytes.
const HEAD_BYTES: usize = 64 << 10;

/// The pages of an archive's records, each with the number of its record; what is no page (requests, images) is passed
/// over, and so is what is longer than `most` bytes.
pub(super) fn pages<R: Read>(stream: R, most: usize) -> impl Iterator<Item = Result<Page, Fault>> {
    let mut window = Window::new(stream);
    let mut place = 0;
    std::iter::from_fn(move || {
        loop {
            let ahead = window.ahead(HEAD_BYTES);
            let Some(start) = memchr::memmem::find(ahead, b"WARC/") else {
                let seen = ahead.len();
                if let Some(error) = window.take_trouble() {
                    return Some(Err(Fault { place: place + 1, reason: error.to_string() }));
                }
                if seen == 0 {
                    return None;
                }
                // The mark may be cut in two, unless this is the end.
                window.skip(if seen < HEAD_BYTES { seen } else { seen - 4 });
                continue;
            };
            window.skip(start);
            place += 1;
            match record(&mut window, most) {
                Ok(Ok(None)) => {}
                Ok(Ok(Some(page))) => return Some(Ok(Page { place, ..page })),
                Ok(Err(reason)) => return Some(Err(Fault { place, reason })),
                Err(reason) => {
                    let damage = window.take_trouble().map(|error| error.to_string());
                    if damage.is_none() {
                        window.skip(5);
                    }
                    return Some(Err(Fault { place, reason: damage.unwrap_or_else(|| reason.to_owned()) }));
                }
            }
        }
    })
}

/// The record that comes next, which is passed, and the page in it; an error where nobody knows where the record ends,
/// and it is not passed.
fn record<R: Read>(
    window: &mut Window<R>,
    most: usize,
) -> Result<Result<Option<Page>, String>, &'static str> {
    let (head, body_at) = split_head(window.ahead(HEAD_BYTES)).ok_or("its head has no end")?;
    let length: u64 =
        field(&head, "content-length").and_then(|length| length.parse().ok()).ok_or("it gives no length")?;
    let is_page = matches!(field(&head, "warc-type"), Some("response" | "resource" | "conversion"));
    if !is_page || length > most as u64 {
        window.skip_far((body_at as u64).saturating_add(length));
        return Ok(if is_page { Err(format!("it is longer than {} MiB", most >> 20)) } else { Ok(None) });
    }
    let end = body_at + length as usize;
    let body = window.ahead(end).get(body_at..end).ok_or("it breaks off before its end")?;
    let page = page(&head, body, most);
    window.skip(end);
    Ok(page)
}

fn page(head: &str, body: &[u8], most: usize) -> Result<Option<Page>, String> {
    let url = field(head, "warc-target-uri").map(|url| url.trim_matches(['<', '>']).to_owned());
    let page = match field(head, "warc-type").unwrap_or_default() {
        "response" => response(body, most)?,
        _ => Some(Body {
            bytes: body.to_vec(),
            kind: field(head, "content-type").map(str::to_owned),
            damage: None,
        }),
    };
    // WARC-Date is when the page was fetched, not when it was published, so it is not passed on.
    let page = page.filter(|body| body.kind.as_deref().is_none_or(is_text));
    Ok(page.map(|body| Page {
        carrier: Carrier { url, content_type: body.kind },
        bytes: body.bytes,
        notes: body.damage.map(super::broken_off).into_iter().collect(),
        ..Page::default()
    }))
}

fn is_text(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    kind.starts_with("text/html") || kind.starts_with("text/plain") || kind.contains("xhtml")
}

/// The bytes of a record's page.
struct Body {
    bytes: Vec<u8>,
    kind: Option<String>,
    /// Why it breaks off, where it does.
    damage: Option<String>,
}

/// The body and type of an HTTP response, unpacked; `None` where it was no success.
fn response(bytes: &[u8], most: usize) -> Result<Option<Body>, String> {
    let Some((head, at)) = split_head(bytes) else { return Err("its response has no head".into()) };
    let status = head.lines().next().and_then(|line| line.split_whitespace().nth(1)).unwrap_or_default();
    if !status.starts_with('2') {
        return Ok(None);
    }
    let mut body = bytes[at..].to_vec();
    if field(&head, "transfer-encoding").is_some_and(|coding| coding.eq_ignore_ascii_case("chunked")) {
        body = unchunk(&body);
    }
    let mut damage = None;
    if super::gzip::is_gzip(&body) {
        (body, damage) = super::gzip::all(&body, most)?;
    }
    Ok(Some(Body { bytes: body, kind: field(&head, "content-type").map(str::to_owned), damage }))
}

/// The lines up to the first empty one, and where the rest begins.
fn split_head(bytes: &[u8]) -> Option<(String, usize)> {
    let window = &bytes[..bytes.len().min(HEAD_BYTES)];
    let (at, gap) = memchr::memmem::find(window, b"\r\n\r\n")
        .map(|at| (at, 4))
        .or_else(|| memchr::memmem::find(window, b"\n\n").map(|at| (at, 2)))?;
    Some((String::from_utf8_lossy(&bytes[..at]).into_owned(), at + gap))
}

fn field<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().skip(1).find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

/// A body in chunks as one. Bodies that archives have put together already come back as they are.
fn unchunk(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(line_end) = memchr::memchr(b'\n', rest) {
        let line = String::from_utf8_lossy(&rest[..line_end]);
        let size = line.split(';').next().unwrap_or_default().trim();
        let Ok(size) = usize::from_str_radix(size, 16) else {
            return if out.is_empty() { bytes.to_vec() } else { out };
        };
        rest = &rest[line_end + 1..];
        if size == 0 {
            break;
        }
        out.extend_from_slice(&rest[..size.min(rest.len())]);
        rest = rest.get(size..).unwrap_or_default();
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
    out
}
