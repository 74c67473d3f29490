//! Pages as lines of JSON.

use super::{Carrier, Fault, Page};
use serde_json::Value;

/// The page of each line; `html` is read as HTML, `text` as plain text. Empty lines are passed over.
pub(super) fn pages(bytes: &[u8]) -> impl Iterator<Item = Result<Page, Fault>> {
    bytes
        .split(|&byte| byte == b'\n')
        .enumerate()
        .filter(|(_, line)| !line.trim_ascii().is_empty())
        .map(|(at, line)| page(line).map_err(|reason| Fault { place: at + 1, reason }))
}

fn page(line: &[u8]) -> Result<Page, String> {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    let value: Value = serde_json::from_slice(line).map_err(|error| format!("it is no JSON: {error}"))?;
    let field = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let (words, kind) = match (field("html"), field("text")) {
        (Some(html), _) => (html, "text/html; charset=utf-8"),
        (None, Some(text)) => (text, "text/plain; charset=utf-8"),
        (None, None) => return Err("it has neither \"html\" nor \"text\"".into()),
    };
    let carrier = Carrier { url: field("url"), content_type: Some(kind.into()) };
    Ok(Page { carrier, bytes: words.into_bytes(), title: field("title"), ..Page::default() })
}
