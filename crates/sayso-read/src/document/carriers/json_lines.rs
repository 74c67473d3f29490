//! Pages as lines of JSON.

use super::{Carrier, Fault, Page};
use crate::document::letters::seen;
use crate::document::{decode, stamp};
use sayso_record::{Stamp, StampOrigin};
use serde_json::Value;
use std::io::{self, BufRead, Read as _};

/// The page of each line; `html` is read as HTML, `text` as plain text. `url`, `title`, `site` and `published` are what the
/// carrier knows of it. Empty lines are passed over, and a line of more than `most` bytes is a fault.
pub(super) fn pages<R: BufRead>(mut stream: R, most: usize) -> impl Iterator<Item = Result<Page, Fault>> {
    let mut place = 0;
    let mut is_over = false;
    std::iter::from_fn(move || {
        while !is_over {
            place += 1;
            match line(&mut stream, most) {
                Ok(None) => return None,
                Ok(Some(line)) if line.trim_ascii().is_empty() => {}
                Ok(Some(line)) => {
                    let page = page(&line).map(|page| Page { place, ..page });
                    return Some(page.map_err(|reason| Fault { place, reason }));
                }
                Err(error) => {
                    // What comes behind damage begins anywhere in a line, and goes on with whole ones.
                    is_over = error.kind() != io::ErrorKind::InvalidData;
                    return Some(Err(Fault { place, reason: error.to_string() }));
                }
            }
        }
        None
    })
}

fn line<R: BufRead>(stream: &mut R, most: usize) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    if stream.by_ref().take(most as u64).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.len() == most && line.last() != Some(&b'\n') {
        stream.skip_until(b'\n')?;
        let why = format!("it is longer than {} MiB", most >> 20);
        return Err(io::Error::new(io::ErrorKind::InvalidData, why));
    }
    Ok(Some(line))
}

fn page(line: &[u8]) -> Result<Page, String> {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    let mut notes = Vec::new();
    // A line may be in the encoding of an old program, whatever the standard says.
    let decoded = decode::decode(line, None, &mut notes);
    let value: Value = serde_json::from_str(&decoded).map_err(|error| format!("it is no JSON: {error}"))?;
    let field = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let (words, kind) = match (field("html"), field("text")) {
        (Some(html), _) => (html, "text/html; charset=utf-8"),
        (None, Some(text)) => (text, "text/plain; charset=utf-8"),
        (None, None) => return Err("it has neither \"html\" nor \"text\"".into()),
    };
    let carrier = Carrier { url: field("url"), content_type: Some(kind.into()) };
    let told = |name: &str| field(name).filter(|words| !words.trim().is_empty());
    // A time that cannot be read is worth no more than none.
    let published = told("published")
        .and_then(|words| Some(Stamp { at: stamp::read(&words)?, words, origin: StampOrigin::Carrier }));
    let title = field("title").map(|title| seen(&title).into_owned());
    let site = told("site");
    Ok(Page { carrier, bytes: words.into_bytes(), title, published, site, notes, ..Page::default() })
}
