//! Feeds that are no sound XML, as people write them: a bare "&" or "<", the entities of HTML, an end that is missing.
//!
//! Sound XML comes out as it went in. What cannot be read even so may hold markup that nobody escaped ([`Depth::Words`]).

use crate::document::html;
use std::borrow::Cow;
use std::collections::HashMap;

/// Elements that hold words, which may be markup that nobody escaped.
const WORDS: [&str; 12] = [
    "title",
    "description",
    "summary",
    "content",
    "content:encoded",
    "subtitle",
    "dc:creator",
    "dc:title",
    "dc:description",
    "name",
    "author",
    "category",
];

/// A feed, mended.
pub(super) struct Mended<'t> {
    pub(super) text: Cow<'t, str>,
    pub(super) is_changed: bool,
    /// Whether the end of the feed is missing.
    pub(super) is_cut: bool,
}

impl<'t> Mended<'t> {
    /// A text with which nothing is wrong.
    pub(super) fn sound(text: &'t str) -> Mended<'t> {
        Mended { text: Cow::Borrowed(text), is_changed: false, is_cut: false }
    }
}

/// The feed without its XML declaration: the text is decoded already, whatever it says of its bytes.
pub(super) fn without_declaration(text: &str) -> &str {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    match start.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")) {
        Some((declaration, rest)) if !declaration.contains('<') => rest.trim_start(),
        _ => start,
    }
}

/// How much is mended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    /// Signs that no sound XML has.
    Signs,
    /// Also all markup within the words of a feed, which is then words itself.
    Words,
}

/// Mends what can be mended without knowing what was meant.
pub(super) fn mend(text: &str, depth: Depth) -> Mended<'_> {
    let edges = match depth {
        Depth::Signs => Vec::new(),
        Depth::Words => edges(text),
    };
    let mut mender = Mender { text, depth, at: 0, kept: 0, out: String::new(), edges, ends: HashMap::new() };
    mender.run();
    let is_changed = !mender.out.is_empty();
    let kept = mender.kept;
    let mended = if is_changed {
        let mut out = mender.out;
        out.push_str(&text[kept..]);
        Cow::Owned(out)
    } else {
        Cow::Borrowed(text)
    };
    let end = text.trim_end();
    let is_cut = !["</rss>", "</feed>", "</rdf:RDF>"].iter().any(|tag| end.contains(tag))
        && ["<rss", "<feed", "<rdf:RDF"].iter().any(|tag| end.contains(tag));
    Mended { text: mended, is_changed, is_cut }
}

struct Mender<'t> {
    text: &'t str,
    at: usize,
    /// How much of the text has been written to `out`, which holds nothing as long as nothing was mended.
    kept: usize,
    out: String,
    depth: Depth,
    /// Where entries begin and end.
    edges: Vec<usize>,
    /// Where each element ends next, as far as it has been sought; the length of the text where it does not.
    ends: HashMap<&'static str, usize>,
}

/// Where entries begin and end, in order.
fn edges(text: &str) -> Vec<usize> {
    let tags = text.match_indices(['<']).map(|(at, _)| at);
    let is_edge = |&at: &usize| {
        let rest = &text.as_bytes()[at + 1..];
        let rest = rest.strip_prefix(b"/").unwrap_or(rest);
        [&b"item"[..], b"entry"].iter().any(|name| {
            rest.strip_prefix(*name)
                .and_then(<[u8]>::first)
                .is_some_and(|&byte| byte == b'>' || byte.is_ascii_whitespace())
        })
    };
    tags.filter(is_edge).collect()
}

impl<'t> Mender<'t> {
    fn run(&mut self) {
        while let Some(found) = memchr::memchr2(b'<', b'&', &self.text.as_bytes()[self.at..]) {
            self.at += found;
            if self.text.as_bytes()[self.at] == b'&' {
                self.reference();
            } else {
                self.tag();
            }
        }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// Writes `new` instead of the next `length` bytes.
    fn replace(&mut self, length: usize, new: &str) {
        self.out.push_str(&self.text[self.kept..self.at]);
        self.out.push_str(new);
        self.at += length;
        self.kept = self.at;
    }

    /// Goes past what begins here, up to and with `end`.
    fn pass(&mut self, end: &str) {
        match self.rest().find(end) {
            Some(found) => self.at += found + end.len(),
            None => self.at = self.text.len(),
        }
    }

    /// A "&": of a reference, or a bare one.
    fn reference(&mut self) {
        const LONGEST: usize = 34;
        let rest = &self.rest()[1..];
        let end = rest.bytes().take(LONGEST).position(|byte| byte == b';');
        let name = end.map(|end| &rest[..end]).unwrap_or_default();
        let number = name.strip_prefix('#').map(|number| match number.strip_prefix(['x', 'X']) {
            Some(number) => u32::from_str_radix(number, 16),
            None => number.parse(),
        });
        let is_sound = match number {
            Some(number) => {
                number.is_ok_and(|code| char::from_u32(code).is_some_and(|c| c >= ' ' || c == '\n'))
            }
            None => matches!(name, "amp" | "lt" | "gt" | "quot" | "apos"),
        };
        if is_sound {
            self.at += 1 + name.len() + 1;
            return;
        }
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        match is_name.then(|| html::entity(name)).flatten() {
            Some(words) => {
                let length = name.len() + 2;
                let words = words.replace('&', "&amp;").replace('<', "&lt;");
                self.replace(length, &words);
            }
            None => self.replace(1, "&amp;"),
        }
    }

    /// A "<": of a tag, or a bare one.
    fn tag(&mut self) {
        let rest = self.rest();
        for (start, end) in [("<![CDATA[", "]]>"), ("<!--", "-->"), ("<?", "?>"), ("<!", ">")] {
            if rest.starts_with(start) {
                self.pass(end);
                return;
            }
        }
        let Some(length) = tag_length(rest) else {
            self.replace(1, "&lt;");
            return;
        };
        let tag = &rest[..length];
        let name =
            tag[1..].split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next().unwrap_or_default();
        let holds_markup = tag.contains("xhtml");
        let words = WORDS.iter().find(|&&words| words == name).copied();
        let is_empty = tag.ends_with("/>");
        self.at += length;
        if let Some(words) = words
            && self.depth == Depth::Words
            && !is_empty
            && !holds_markup
        {
            self.words(words);
        }
    }

    /// The words of an element: all markup in them is words too.
    fn words(&mut self, name: &'static str) {
        let known = self.ends.get(name).copied().filter(|&end| end >= self.at);
        let end = known.unwrap_or_else(|| {
            let close = format!("</{name}>");
            end_of_words(self.rest(), &close).map_or(self.text.len(), |end| self.at + end)
        });
        self.ends.insert(name, end);
        // What holds the edge of an entry is not words: the end of some element is missing.
        let edge = self.edges.get(self.edges.partition_point(|&edge| edge < self.at));
        if end == self.text.len() || edge.is_some_and(|&edge| edge < end) {
            return;
        }
        // An author's name may stand in an element of its own.
        if matches!(name, "author" | "content") && is_markup_of_feeds(&self.text[self.at..end]) {
            return;
        }
        while let Some(found) = memchr::memchr2(b'<', b'&', &self.text.as_bytes()[self.at..end]) {
            self.at += found;
            if self.rest().starts_with("<![CDATA[") {
                self.pass("]]>");
            } else if self.rest().starts_with('<') {
                self.replace(1, "&lt;");
            } else {
                self.reference();
            }
            if self.at >= end {
                return;
            }
        }
        self.at = end;
    }
}

/// Whether markup is that of the feed itself: names of authors, films.
fn is_markup_of_feeds(inner: &str) -> bool {
    let inner = inner.trim_start();
    ["<name", "<uri", "<email", "<media:", "<div", "<xhtml:"].iter().any(|tag| inner.starts_with(tag))
}

/// How long the tag is that begins a text; nothing where it is none.
fn tag_length(text: &str) -> Option<usize> {
    /// No tag of a feed is longer.
    const LONGEST: usize = 16 << 10;
    let bytes = text.as_bytes();
    let bytes = &bytes[..bytes.len().min(LONGEST)];
    let first = *bytes.get(1)?;
    let name_at = if first == b'/' { 2 } else { 1 };
    if !bytes.get(name_at).is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b':')) {
        return None;
    }
    let mut quote = None;
    for (at, &byte) in bytes.iter().enumerate().skip(name_at) {
        match (quote, byte) {
            (Some(open), byte) if byte == open => quote = None,
            (None, b'>') => return Some(at + 1),
            (_, b'<') => return None,
            (None, b'"' | b'\'') if bytes[at - 1] == b'=' || bytes[at - 1] == b' ' => quote = Some(byte),
            _ => {}
        }
    }
    None
}

/// Where the words of an element end: CDATA may hold what looks like it.
fn end_of_words(text: &str, close: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        at += memchr::memchr(b'<', &text.as_bytes()[at..])?;
        if text[at..].starts_with(close) {
            return Some(at);
        }
        at += if text[at..].starts_with("<![CDATA[") { text[at..].find("]]>")? } else { 1 };
    }
}

/// The entries of a feed as they stand in its text.
pub(super) struct Entries<'t> {
    /// The feed's own name.
    pub(super) name: Option<String>,
    /// Empty where an entry has no end.
    pub(super) all: Vec<&'t str>,
    /// Whether the last one breaks off.
    pub(super) is_cut: bool,
    is_atom: bool,
}

/// Namespaces that feeds use, so that an entry is sound by itself.
const NAMESPACES: &str = "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
    xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:media=\"http://search.yahoo.com/mrss/\" \
    xmlns:atom=\"http://www.w3.org/2005/Atom\" xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\"";

impl Entries<'_> {
    /// A feed that holds one entry.
    pub(super) fn alone(&self, entry: &str) -> String {
        if self.is_atom {
            format!("<feed xmlns=\"http://www.w3.org/2005/Atom\" {NAMESPACES}>{entry}</feed>")
        } else {
            format!("<rss version=\"2.0\" {NAMESPACES}><channel>{entry}</channel></rss>")
        }
    }
}

/// Finds the entries of a feed without reading what is around them.
pub(super) fn entries(text: &str) -> Option<Entries<'_>> {
    let is_start = |rest: &str, tag: &str| {
        rest.strip_prefix(tag).is_some_and(|rest| rest.starts_with(|c: char| c == '>' || c.is_whitespace()))
    };
    let first = |tag: &str| text.match_indices(tag).map(|(at, _)| at).find(|&at| is_start(&text[at..], tag));
    let (start, close, from) = match (first("<item"), first("<entry")) {
        (Some(item), Some(entry)) if entry < item => ("<entry", "</entry>", entry),
        (Some(item), _) => ("<item", "</item>", item),
        (None, Some(entry)) => ("<entry", "</entry>", entry),
        (None, None) => return None,
    };
    let mut entries =
        Entries { name: name(&text[..from]), all: Vec::new(), is_cut: false, is_atom: start == "<entry" };
    let mut at = from;
    loop {
        let Some(end) = end_of_words(&text[at..], close) else {
            entries.is_cut = true;
            break;
        };
        let end = at + end + close.len();
        // Of an entry that never ends, the next one is still whole.
        let entry = &text[at..end];
        let begins = |at: &usize| is_start(&entry[*at..], start);
        let starts: Vec<usize> = entry.match_indices(start).map(|(at, _)| at).filter(begins).collect();
        let last = starts.last().copied().unwrap_or(0);
        entries.all.extend(starts.iter().skip(1).map(|_| ""));
        entries.all.push(&entry[last..]);
        match text[end..]
            .match_indices(start)
            .map(|(at, _)| end + at)
            .find(|&at| is_start(&text[at..], start))
        {
            Some(next) => at = next,
            None => break,
        }
    }
    Some(entries)
}

/// The feed's name, as its head gives it.
fn name(head: &str) -> Option<String> {
    let rest = head.split_once("<title")?.1.split_once('>')?.1;
    let words = rest.split_once("</title>")?.0.trim();
    let words = words.trim_start_matches("<![CDATA[").trim_end_matches("]]>").trim();
    let words = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
        .iter()
        .fold(words.to_owned(), |words, (escaped, plain)| words.replace(escaped, plain));
    (!words.is_empty() && words.len() <= 200).then_some(words)
}
