//! HTML to a document: elements, runs of words, the choice among them, blocks.

mod archive;
mod assemble;
mod authors;
mod choose;
mod comments;
mod context;
mod cues;
mod embeds;
mod features;
mod fields;
mod forest;
mod marks;
mod meta;
mod order;
mod post_page;
mod posts;
mod runs;
mod struck;
mod stub;
mod tags;
mod told;
#[cfg(feature = "train")]
pub mod training;
mod tree;

use crate::document::{address, decode, notice, stamp};
use assemble::{Role, Writer};
use runs::{Run, Runs};
use rustc_hash::FxHashMap;
use sayso_record::{Document, Note, NoteKind, Stamp, StampOrigin};
use tags::{Attribute, Tag};
use tree::{Place, Tree};

/// Whether a decoded page is HTML, judged by its first characters.
pub(crate) fn is_html(text: &str) -> bool {
    let head = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let end = head.char_indices().nth(2000).map_or(head.len(), |(at, _)| at);
    let lower = head[..end].to_ascii_lowercase();
    if !lower.starts_with('<') {
        // Banners and stray words before the markup.
        return lower.contains("<!doctype html") || lower.contains("<html") || lower.contains("<body");
    }
    const ELEMENTS: [&str; 26] = [
        "<!doctype",
        "<html",
        "<head",
        "<body",
        "<!--",
        "<title",
        "<meta",
        "<div",
        "<p>",
        "<p ",
        "<article",
        "<h1",
        "<h2",
        "<table",
        "<span",
        "<ul",
        "<ol",
        "<a ",
        "<b>",
        "<br",
        "<center",
        "<font",
        "<script",
        "<section",
        "<main",
        "<blockquote",
    ];
    ELEMENTS.iter().any(|element| lower.starts_with(element))
        || (lower.starts_with("<?xml") && lower.contains("<html"))
}

/// Reads a decoded page, which came from `url`. Sets everything of the document but its id.
pub(crate) fn read(html: &str, url: Option<&str>) -> Document {
    let mut tree = Tree::parse(html);
    let copy = archive::take_off(&mut tree, url);
    let runs = Runs::of(&tree);
    let mut meta = meta::read(&tree, &runs);
    if let Some(copy) = &copy {
        archive::settle(&mut meta, copy);
    }
    // An archive's address is not the page's.
    let url = match (&copy, url) {
        (Some(copy), Some(own)) if address::is_archive(own) || address::original(own).is_some() => {
            Some(copy.url.as_str()).filter(|url| !url.is_empty())
        }
        (_, url) => url,
    };
    let base = base(url, &meta).map(|base| match address::original(&base) {
        Some(original) if copy.is_some() => original.url,
        _ => base,
    });
    let mut thread = comments::read(&tree, &runs);
    let post = post_page::read(&tree, &runs);
    if let Some(content) = post.as_ref().and_then(|post| post.content) {
        thread.leave_out(&tree, content);
    }
    let page = features::Page::of(&tree, &runs, &meta.said());

    let mut document = Document { notes: Vec::new(), ..Document::default() };
    if tree.cut {
        document.notes.push(Note::new(
            NoteKind::Nesting,
            "elements were nested too deep, or too many; some were read as if side by side",
        ));
    }
    if tree.flooded {
        let text = "an element has hundreds of attributes; double quotation marks were read as single ones";
        document.notes.push(Note::new(NoteKind::Other, text));
    }
    document.notes.extend(decode::too_many(runs.count));
    document.notes.extend(copy.as_ref().map(address::ArchiveCopy::note));
    document.notes.extend(tree.struck.note());
    document.notes.extend(tree.letters.note());
    if let Some(service) = thread.elsewhere {
        let text = format!("the comments are kept by {service} and are no part of the page");
        document.notes.push(Note::new(NoteKind::CommentsElsewhere, text));
    }
    let choice = choose::Choice::of(&tree, &runs, &meta, &thread, &page);
    let chosen = match post.as_ref().and_then(|post| post.content) {
        Some(content) => {
            (0..runs.runs.len()).filter(|&index| tree.holds(content, runs.runs[index].nodes.start)).collect()
        }
        None => choice.runs(&choice.scores()),
    };
    // Large, and of no more use.
    drop(page);
    let telling = std::mem::take(&mut meta.telling);
    let mut writer = Writer::new(&tree, &runs, base.as_deref(), copy.is_some());
    if let Some(title) = &mut meta.title {
        if let Some(found) = notice::of_title(title) {
            *title = title[found.title].to_owned();
        }
        if post.as_ref().is_none_or(|post| !post.is_title) {
            writer.title(title, meta.label.as_ref());
        }
    }
    for &index in &chosen {
        let run = &runs.runs[index];
        let role = if is_caption(&tree, &runs, run) { Role::Caption } else { Role::Words };
        writer.run(run, role, &quotations(&tree, run, Tree::PAGE));
    }
    writer.entries(&telling.entries);
    writer.corrections(&telling.corrections);
    let mut written = Vec::with_capacity(thread.comments.len());
    for comment in &thread.comments {
        let held: FxHashMap<usize, Vec<Place>> = comment
            .runs
            .iter()
            .map(|&index| (index, quotations(&tree, &runs.runs[index], comment.place)))
            .collect();
        let block = writer.comment(comment, &written, &held);
        written.push(block);
    }
    writer.told(&telling.comments);
    (document.text, document.blocks) = writer.finish();
    if let Some(stub) = stub::read(html, &tree, &runs, &meta, &document) {
        document.notes.push(stub);
    }
    if meta.published.is_none()
        && let Some(address) = url.or(meta.url.as_deref())
    {
        meta.published = dated_address(address);
    }
    document.url = url.map(str::to_owned).or(meta.url);
    document.title = meta.title;
    document.site = meta.site;
    document.section = meta.section;
    document.bylines = meta.bylines;
    if let Some(post) = post {
        document.bylines = vec![post.author];
    }
    document.published = meta.published;
    document.modified = meta.modified;
    document.language = meta.language;
    document
}

/// What a named reference of HTML stands for (`nbsp`), where it stands for anything.
pub(crate) fn entity(name: &str) -> Option<String> {
    let reference = format!("&{name};");
    let tree = Tree::parse(&reference);
    let words: String = (0..tree.nodes.len() as Place).map(|at| tree.characters(at)).collect();
    (words != reference).then_some(words)
}

/// The address that the page's links are relative to.
fn base(url: Option<&str>, meta: &meta::Meta) -> Option<String> {
    let own = url.or(meta.url.as_deref());
    match &meta.base {
        Some(base) => Some(address::resolve(own, base)),
        None => own.map(str::to_owned),
    }
}

/// Whether a run only repeats the headline, which has been written.
fn is_title(tree: &Tree, run: &Run, words: &str, meta: &meta::Meta) -> bool {
    if let Some(at) = meta.title_at
        && tree.holds(at, run.holder)
    {
        return true;
    }
    tree.tag(run.holder).heading().is_some() && meta.title.as_deref() == Some(words)
}

fn is_caption(tree: &Tree, runs: &Runs, run: &Run) -> bool {
    std::iter::once(run.holder).chain(tree.above(run.holder)).take(3).any(|place| {
        matches!(tree.tag(place), Tag::Figcaption | Tag::Figure)
            || (runs.own[place as usize] & marks::CAPTION != 0 && run.words < 80)
    })
}

/// The quotations that hold a run, outermost first, up to but without `stop`.
fn quotations(tree: &Tree, run: &Run, stop: Place) -> Vec<Place> {
    let mut out: Vec<Place> = std::iter::once(run.holder)
        .chain(tree.above(run.holder))
        .take_while(|&place| place != stop && place != Tree::PAGE)
        .filter(|&place| is_quotation(tree, place))
        .take(16)
        .collect();
    out.reverse();
    out
}

fn is_quotation(tree: &Tree, place: Place) -> bool {
    match tree.tag(place) {
        // Some forums write every post into a block quote of its own.
        Tag::Blockquote => fields::content_rank(tree, place).is_none_or(|rank| rank < 3),
        // The quotations of one forum bear no name, only a frame.
        Tag::Td if tree.attribute(place, Attribute::Class) == Some("alt2") => {
            tree.attribute(place, Attribute::Style).is_some_and(|style| style.contains("border"))
        }
        Tag::Div | Tag::P | Tag::Dd | Tag::Table | Tag::Td => {
            tree.attribute(place, Attribute::Class).is_some_and(|class| {
                class.split_whitespace().any(|word| {
                    matches!(
                        word,
                        "quote"
                            | "blockquote"
                            | "quotecontent"
                            | "quote_body"
                            | "quoted"
                            | "quote-body"
                            | "bbcode_quote"
                            | "blockquotenews"
                            | "alt2quote"
                    )
                })
            })
        }
        _ => false,
    }
}

/// The date in an address: ".../2011/07/14/...".
fn dated_address(address: &str) -> Option<Stamp> {
    let path = address.split_once("://").map_or(address, |(_, rest)| rest);
    let parts: Vec<&str> = path.split(['/', '?', '#']).collect();
    let number =
        |part: &str, digits: usize| part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
    let words = parts.windows(3).find_map(|part| {
        let fits =
            number(part[0], 4) && (number(part[1], 2) || part[1].len() == 3) && number(part[2].get(..2)?, 2);
        fits.then(|| format!("{}/{}/{}", part[0], part[1], &part[2][..2]))
    });
    let words = words.or_else(|| {
        let name = parts.iter().find(|part| {
            part.len() >= 10 && part.is_char_boundary(10) && stamp::read(&part[..10]).is_some()
        })?;
        Some(name[..10].to_owned())
    })?;
    Some(Stamp { at: stamp::read(&words)?, words, origin: StampOrigin::Url })
}
