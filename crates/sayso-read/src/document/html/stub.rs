//! Pages that are no article: error pages, requests for money or a browser, lists of other pages.

use super::features::is_frame;
use super::meta::Meta;
use super::runs::Runs;
use super::tags::Tag;
use super::tree::{Place, Tree};
use sayso_record::{BlockKind, Document, Note, NoteKind};

/// Fewer words of article than this, and what the page asks for outweighs what it says.
const FEW: usize = 120;

/// Says why a page is no article, where it is none.
pub(crate) fn read(html: &str, tree: &Tree, runs: &Runs, meta: &Meta, document: &Document) -> Option<Note> {
    let own = document.blocks.iter().enumerate().filter(|(index, block)| {
        let comment =
            document.enclosing(*index).any(|(_, outer)| matches!(outer.kind, BlockKind::Comment { .. }));
        !block.kind.holds_blocks() && block.kind != (BlockKind::Heading { level: 1 }) && !comment
    });
    let (mut words, mut letters) = (0, 0);
    for (_, block) in own {
        let own = block.span.of(&document.text);
        words += own.split_whitespace().count();
        letters += own.chars().filter(|c| c.is_alphabetic()).count();
    }
    let note = |text: &str| Some(Note::new(NoteKind::Stub, text));
    let title = document.title.as_deref().unwrap_or_default().to_lowercase();
    const GONE: [&str; 9] = [
        "404",
        "page not found",
        "not found",
        "page can\u{2019}t be found",
        "page cannot be found",
        "no longer available",
        "error 403",
        "access denied",
        "seite nicht gefunden",
    ];
    if words < 200 && GONE.iter().any(|sign| title.contains(sign)) {
        return note("the page says that what was asked for is not there");
    }
    // From here on only pages with little text are suspected, and only by what stands anywhere on them.
    let all = || runs.runs.iter().take(400).map(|run| runs.words(run).to_lowercase());
    let says =
        |signs: &[&str]| all().any(|text| text.len() < 600 && signs.iter().any(|sign| text.contains(sign)));
    if words < FEW {
        const SCRIPT: [&str; 6] = [
            "enable javascript",
            "javascript is disabled",
            "requires javascript",
            "turn on javascript",
            "checking your browser",
            "verify you are human",
        ];
        if says(&SCRIPT) {
            return note("the page only asks for a browser that runs its scripts");
        }
        if says(&GONE[1..5]) {
            return note("the page says that what was asked for is not there");
        }
    }
    const PAY: [&str; 12] = [
        "subscribe to continue",
        "to continue reading",
        "subscribers only",
        "for subscribers",
        "already a subscriber",
        "become a member to read",
        "log in to read",
        "sign in to read",
        "continue reading your article",
        "this content is reserved",
        "unlock this article",
        "to read the full",
    ];
    if words < 2 * FEW && (meta.paywalled || says(&PAY)) {
        return note("the page shows only the beginning of its article to those who do not pay");
    }
    let collection =
        meta.kinds.iter().any(|kind| matches!(kind.as_str(), "CollectionPage" | "SearchResultsPage"));
    let linked: u32 = runs
        .runs
        .iter()
        .filter(|run| run.linked * 2 > run.words && !is_frame(runs, run))
        .map(|run| run.words)
        .sum();
    if (collection && words < 4 * FEW) || (words < 40 && linked > 400) {
        return note("the page is a list of other pages");
    }
    // Fragments may be as short as they like; a whole page that says nothing is none.
    let is_whole = || {
        (1..tree.nodes.len().min(100) as Place)
            .any(|at| matches!(tree.tag(at), Tag::Html | Tag::Head | Tag::Body))
    };
    let comments = || document.blocks.iter().any(|block| matches!(block.kind, BlockKind::Comment { .. }));
    if letters >= FEW_IN_SCRIPT || !is_whole() || comments() {
        return None;
    }
    let scripted = words_in_scripts(html);
    if scripted >= MANY_IN_SCRIPT && scripted > 2 * words {
        return note("the page holds no article text: its words are in a script");
    }
    if letters < FEW_LETTERS && !document.blocks.is_empty() {
        if asks_for_scripts(html) {
            return note("the page holds no article text: its words are in a script");
        }
        return note("the page holds nearly no text");
    }
    None
}

/// Whether a page says to those without scripts that it is nothing without them.
fn asks_for_scripts(html: &str) -> bool {
    let bytes = html.as_bytes();
    let mut at = 0;
    while let Some(found) = memchr::memmem::find(&bytes[at..], b"<noscript") {
        let start = at + found;
        let end = memchr::memmem::find(&bytes[start..], b"</noscript").map_or(bytes.len(), |end| start + end);
        let words = String::from_utf8_lossy(&bytes[start..end.min(start + 2000)]).to_lowercase();
        if words.contains("javascript")
            && ["enable", "requires", "need", "run this app"].iter().any(|word| words.contains(word))
        {
            return true;
        }
        at = end;
    }
    false
}

/// Fewer letters than this are no article ...
const FEW_LETTERS: usize = 100;
/// ... nor are so few, where a script holds so many words.
const FEW_IN_SCRIPT: usize = 150;
const MANY_IN_SCRIPT: usize = 40;

/// How many words stand in the scripts of a page in sentences: eight or more on end, with single spaces between them.
fn words_in_scripts(html: &str) -> usize {
    const ON_END: usize = 8;
    let bytes = html.as_bytes();
    let (mut at, mut count) = (0, 0);
    while let Some(found) = memchr::memmem::find(&bytes[at..], b"<script") {
        let start = at + found;
        let end = memchr::memmem::find(&bytes[start..], b"</script").map_or(bytes.len(), |end| start + end);
        let (mut on_end, mut letters) = (0, 0);
        for &byte in &bytes[start..end] {
            match byte {
                b' ' if letters > 0 => (on_end, letters) = (on_end + 1, 0),
                b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => letters += 1,
                b',' | b'.' | b'\'' | b'-' | b'0'..=b'9' if letters > 0 || byte.is_ascii_digit() => {
                    letters += 1
                }
                _ => {
                    count += if on_end >= ON_END { on_end } else { 0 };
                    (on_end, letters) = (0, 0);
                }
            }
        }
        count += if on_end >= ON_END { on_end } else { 0 };
        at = end;
    }
    count
}
