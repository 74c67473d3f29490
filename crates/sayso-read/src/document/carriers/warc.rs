//! Web archives (WARC, ISO 28500): the HTML and text responses in them.

use super::{Carrier, Fault, Page};

/// The pages of an archive's records; what is no page (requests, images) is passed over.
pub(super) fn pages(bytes: &[u8]) -> impl Iterator<Item = Result<Page, Fault>> {
    let mut rest = bytes;
    let mut place = 0;
    std::iter::from_fn(move || {
        loop {
            let start = memchr::memmem::find(rest, b"WARC/")?;
            rest = &rest[start..];
            place += 1;
            match record(rest) {
                Ok((used, page)) => {
                    rest = &rest[used..];
                    if let Some(page) = page {
                        return Some(Ok(page));
                    }
                }
                Err(reason) => {
                    rest = &rest[5..];
                    return Some(Err(Fault { place, reason }));
                }
            }
        }
    })
}

/// How many bytes a record takes, and the page in it.
fn record(bytes: &[u8]) -> Result<(usize, Option<Page>), String> {
    let (head, body_at) = split_head(bytes).ok_or("its head has no end")?;
    let field = |name: &str| field(&head, name);
    let length: usize =
        field("content-length").and_then(|length| length.parse().ok()).ok_or("it gives no length")?;
    let end = body_at
        .checked_add(length)
        .filter(|&end| end <= bytes.len())
        .ok_or("it breaks off before its end")?;
    let body = &bytes[body_at..end];
    let kind = field("warc-type").unwrap_or_default();
    let url = field("warc-target-uri").map(|url| url.trim_matches(['<', '>']).to_owned());
    let page = match kind {
        "response" => response(body)?,
        "resource" | "conversion" => Some((body.to_vec(), field("content-type").map(str::to_owned))),
        _ => None,
    };
    // WARC-Date is when the page was fetched, not when it was published, so it is not passed on.
    let page = page.filter(|(_, kind)| kind.as_deref().is_none_or(is_text)).map(|(bytes, content_type)| {
        Page { carrier: Carrier { url, content_type }, bytes, ..Page::default() }
    });
    Ok((end, page))
}

fn is_text(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    kind.starts_with("text/html") || kind.starts_with("text/plain") || kind.contains("xhtml")
}

/// The bytes of a record's page, and their type.
type Body = (Vec<u8>, Option<String>);

/// The body and type of an HTTP response, unpacked; `None` where it was no success.
fn response(bytes: &[u8]) -> Result<Option<Body>, String> {
    let Some((head, at)) = split_head(bytes) else { return Err("its response has no head".into()) };
    let status = head.lines().next().and_then(|line| line.split_whitespace().nth(1)).unwrap_or_default();
    if !status.starts_with('2') {
        return Ok(None);
    }
    let mut body = bytes[at..].to_vec();
    if field(&head, "transfer-encoding").is_some_and(|coding| coding.eq_ignore_ascii_case("chunked")) {
        body = unchunk(&body);
    }
    if super::gzip::is_gzip(&body) {
        body = super::gzip::all(&body, crate::document::decode::CAP_BYTES)?;
    }
    Ok(Some((body, field(&head, "content-type").map(str::to_owned))))
}

/// The lines up to the first empty one, and where the rest begins.
fn split_head(bytes: &[u8]) -> Option<(String, usize)> {
    // No head is longer than this; a lost one must not be sought through gigabytes.
    let window = &bytes[..bytes.len().min(64 << 10)];
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
