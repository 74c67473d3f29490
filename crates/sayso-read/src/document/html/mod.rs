//! HTML to a document: elements, runs of words, the choice among them, blocks.

mod apart;
mod archive;
mod assemble;
mod authors;
mod choose;
mod comments;
mod context;
mod country;
mod cues;
mod embeds;
mod features;
mod fields;
mod forest;
mod headline;
mod marks;
mod meta;
mod order;
mod post_page;
mod posts;
mod runs;
mod signed;
mod struck;
mod structured;
mod stub;
pub(crate) mod tags;
mod told;
#[cfg(feature = "train")]
pub mod training;
pub(crate) mod tree;

use crate::document::{address, decode, notice, stamp};
use assemble::{Role, Writer};
use runs::{Run, Runs};
use rustc_hash::FxHashMap;
use sayso_record::{BlockKind, Document, Note, NoteKind, Stamp, StampOrigin};
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
    // An archive's address is not the page's.
    let url = match (&copy, url) {
        (Some(copy), Some(own)) if address::is_archive(own) || address::original(own).is_some() => {
            Some(copy.url.as_str()).filter(|url| !url.is_empty())
        }
        (_, url) => url,
    };
    let mut meta = meta::read(&tree, &runs, url);
    if let Some(copy) = &copy {
        archive::settle(&mut meta, copy);
    }
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
    if let Some(post) = post.as_ref().filter(|post| chosen.is_empty() && !post.told.is_empty()) {
        writer.paragraph(&post.told);
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
    by_thread(&mut meta, &thread, &document);
    published(&mut meta, url, &mut document.notes);
    document.url = url.map(str::to_owned).or(meta.url);
    document.title = meta.title;
    document.site = meta.site;
    document.section = meta.section;
    document.bylines = meta.bylines;
    // Those who post in a thread have not written the page.
    let posts = |name: &String| {
        document
            .blocks
            .iter()
            .any(|block| matches!(&block.kind, BlockKind::Comment { author: Some(own), .. } if own == name))
    };
    if document.bylines.len() > 1 && document.bylines.iter().all(posts) {
        document.bylines.clear();
    }
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

/// A thread's first post tells when its page was published, and in which order the page puts day and month.
fn by_thread(meta: &mut meta::Meta, thread: &comments::Thread, document: &Document) {
    let dates = || thread.comments.iter().filter_map(|comment| comment.published.as_ref());
    let day = |at: &str| at.get(..10).map(str::to_owned);
    let has = |at: &str| dates().any(|stamp| day(&stamp.at) == day(at));
    if let (Some(either), Some(published)) = (&meta.either, &mut meta.published)
        && has(&either.or)
        && !has(&either.read)
    {
        published.at = either.or.clone();
        meta.either = None;
    }
    let only_posts = (0..document.blocks.len()).all(|at| {
        let kind = &document.blocks[at].kind;
        kind.is_apart() || matches!(kind, BlockKind::Heading { .. }) || document.stands_apart(at)
    });
    let first = thread.comments.first().and_then(|comment| comment.published.as_ref());
    let later = |own: &Stamp| {
        thread
            .comments
            .iter()
            .skip(1)
            .any(|comment| comment.published.as_ref().is_some_and(|at| at.at == own.at))
    };
    if let Some(first) = first
        && only_posts
        && meta.published.as_ref().is_none_or(later)
    {
        meta.published = Some(first.clone());
        meta.either = None;
    }
}

/// Asks the address for what the page does not say of its date: which of two days it means, or the date itself.
fn published(meta: &mut meta::Meta, url: Option<&str>, notes: &mut Vec<Note>) {
    let by_address = url.or(meta.url.as_deref()).and_then(dated_address);
    if let Some(either) = meta.either.take() {
        let day = |at: &str| at.get(..10).map(str::to_owned);
        let told = by_address.as_ref().and_then(|stamp| day(&stamp.at));
        match &mut meta.published {
            Some(published) if published.at == either.read && told.is_some() && told == day(&either.or) => {
                published.at = either.or;
            }
            _ if told.is_some() && told == day(&either.read) => {}
            _ => notes.push(Note::new(
                NoteKind::Other,
                format!(
                    "nothing tells whether \u{201c}{}\u{201d} puts the day or the month first; it was read as {}, and may be {}",
                    either.words, either.read, either.or
                ),
            )),
        }
    }
    // A date far from the headline may be another page's; that of the address is this one's.
    let elsewhere = meta
        .published_elsewhere
        .take()
        .filter(|elsewhere| by_address.as_ref().is_none_or(|stamp| elsewhere.at.starts_with(&stamp.at)));
    meta.published = meta.published.take().or(elsewhere).or(by_address);
}

/// The date in an address: ".../2011/07/14/...", "...-2011-07-14-...", "...-20110714/".
fn dated_address(address: &str) -> Option<Stamp> {
    let path = address.split_once("://").map_or(address, |(_, rest)| rest);
    let parts: Vec<&str> = path.split(['/', '?', '#']).collect();
    let number =
        |part: &str, digits: usize| part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
    let words = parts.windows(3).find_map(|part| {
        let [year, month, day] = part else { return None };
        let day: &str = day.split(['-', '_', '.']).next()?;
        let fits = number(year, 4)
            && (number(month, 2) || number(month, 1) || month.len() == 3)
            && (number(day, 2) || number(day, 1));
        fits.then(|| format!("{year}/{month}/{day}"))
    });
    let stamp = |words: String| Some(Stamp { at: stamp::read(&words)?, words, origin: StampOrigin::Url });
    if let Some(stamp) = words.and_then(stamp) {
        return Some(stamp);
    }
    // A date inside the last parts of the path, with no other digit beside it.
    parts.iter().skip(1).find_map(|part| {
        let runs: Vec<&str> = part.split(|c: char| !c.is_ascii_digit()).collect();
        // Other numbers of eight digits are only sometimes dates.
        let whole = runs.iter().find(|run| {
            run.len() == 8 && matches!(run.get(..3), Some("199" | "200" | "201" | "202" | "203"))
        });
        let whole = whole.map(|run| (*run).to_owned());
        let three = runs.windows(3).find(|run| number(run[0], 4) && number(run[1], 2) && number(run[2], 2));
        stamp(three.map(|run| run.join("-")).or(whole)?)
    })
}
