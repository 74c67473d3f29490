//! MIME messages: pages that a browser saved as MHTML, and newsletters as they came by mail.

use super::{Carrier, Page};
use mail_parser::{HeaderName, MessageParser, MessagePart, MimeHeaders, PartType};
use sayso_record::{Stamp, StampOrigin};

/// So many lines at the beginning of a file are looked at to see whether it is a message.
const LINES: usize = 40;

/// Whether a file begins as messages do: with the fields of a head, among them one that only these have.
pub(super) fn is_message(head: &str, name: Option<&str>) -> bool {
    let name = name.unwrap_or_default().to_ascii_lowercase();
    let name = name.trim_end_matches(".gz");
    let named = [".eml", ".mhtml", ".mht"].iter().any(|ending| name.ends_with(ending));
    // What was pasted as text is read as text, head and all.
    if name.ends_with(".txt") {
        return false;
    }
    let mut fields = head.lines().take(LINES).take_while(|line| !line.trim().is_empty());
    let Some(first) = fields.next() else { return false };
    if !is_field(first) {
        return false;
    }
    let says_so = |line: &str| {
        let line = line.to_ascii_lowercase();
        ["mime-version:", "message-id:", "snapshot-content-location:", "received:"]
            .iter()
            .any(|field| line.starts_with(field))
    };
    named || says_so(first) || fields.any(says_so)
}

/// `Name: value`.
fn is_field(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, _)| {
        (2..=76).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    })
}

/// The page that a message is.
pub(super) fn page(bytes: &[u8]) -> Result<Page, String> {
    let message = MessageParser::default().parse(bytes).ok_or("the message cannot be read")?;
    let told = |field: &'static str| {
        message.header(HeaderName::Other(field.into())).and_then(|value| value.as_text()).map(str::to_owned)
    };
    // A browser puts the page first, and its frames and pictures after it.
    let is_words = |part: &&MessagePart| matches!(part.body, PartType::Html(_) | PartType::Text(_));
    let html = message.html_bodies().find(|part| matches!(part.body, PartType::Html(_)));
    let part = html.or_else(|| message.text_bodies().find(is_words)).ok_or("the message has no words")?;
    let (words, kind) = match &part.body {
        PartType::Html(words) => (words.as_bytes(), "text/html; charset=utf-8"),
        PartType::Text(words) => (words.as_bytes(), "text/plain; charset=utf-8"),
        _ => return Err("the message has no words".to_owned()),
    };
    let location = told("Snapshot-Content-Location").or_else(|| part.content_location().map(str::to_owned));
    let is_web = |url: &String| url.starts_with("http://") || url.starts_with("https://");
    let url = location.map(|url| url.trim().to_owned()).filter(is_web);
    let is_saved = url.is_some() || told("Snapshot-Content-Location").is_some();
    // When a page was saved, and by which browser, says nothing of when it was published, and by whom.
    let sender = message.from().and_then(|from| from.first()).filter(|_| !is_saved);
    let name = sender.and_then(|sender| sender.name()).map(|name| name.trim().to_owned());
    let host = sender
        .and_then(|sender| sender.address())
        .and_then(|address| address.rsplit_once('@'))
        .map(|(_, host)| host.to_owned());
    let published = message.date().filter(|date| !is_saved && date.is_valid()).map(|date| {
        let at = date.to_rfc3339();
        Stamp { words: at.clone(), at, origin: StampOrigin::Carrier }
    });
    Ok(Page {
        place: 1,
        carrier: Carrier { url, content_type: Some(kind.into()) },
        bytes: words.to_vec(),
        title: message.subject().map(|title| title.trim().to_owned()).filter(|title| !title.is_empty()),
        site: name.clone().filter(|name| !name.is_empty()).or(host),
        published,
        ..Page::default()
    })
}
