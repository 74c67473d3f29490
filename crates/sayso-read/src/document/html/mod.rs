//! HTML to a document: elements, runs of words, the choice among them, blocks.

mod assemble;
mod comments;
mod features;
mod fields;
mod forest;
mod marks;
mod meta;
mod runs;
mod stub;
mod tags;
mod told;
#[cfg(feature = "train")]
pub mod training;
mod tree;

use crate::document::{address, decode, notice, stamp};
use assemble::{Role, Writer};
use runs::{Run, Runs};
use rustc_hash::{FxHashMap, FxHashSet};
use sayso_record::{Document, Note, NoteKind, Stamp, StampOrigin};
use tags::{Attribute, Tag};
use tree::{Place, Tree};

/// Runs whose score is at least this belong to the article: chosen by cross-validation (see `models/blocks.md`).
const KEPT: f32 = 0.5;

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

/// Reads a decoded page. Sets everything of the document but its id.
pub(crate) fn read(html: &str, url: Option<&str>) -> Document {
    let tree = Tree::parse(html);
    let runs = Runs::of(&tree);
    let mut meta = meta::read(&tree, &runs);
    let base = base(url, &meta);
    let thread = comments::read(&tree, &runs);
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
    if let Some(service) = thread.elsewhere {
        let text = format!("the comments are kept by {service} and are no part of the page");
        document.notes.push(Note::new(NoteKind::CommentsElsewhere, text));
    }
    let chosen = choose(&tree, &runs, &meta, &thread, &page);
    // Large, and of no more use.
    drop(page);
    let telling = std::mem::take(&mut meta.telling);
    let mut writer = Writer::new(&tree, &runs, base.as_deref());
    if let Some(title) = &meta.title {
        writer.title(title);
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
    if let Some(stub) = stub::read(&tree, &runs, &meta, &document) {
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
    document.published = meta.published;
    document.modified = meta.modified;
    document.language = meta.language;
    document
}

/// The runs that are the article, in order.
fn choose(
    tree: &Tree,
    runs: &Runs,
    meta: &meta::Meta,
    thread: &comments::Thread,
    page: &features::Page<'_>,
) -> Vec<usize> {
    let forest = forest::Forest::built_in();
    // A comment that the markup does not call one, but the structured data does.
    let told: FxHashSet<String> = meta
        .telling
        .comments
        .iter()
        .flat_map(|comment| &comment.paragraphs)
        .map(|words| told::letters(words))
        .collect();
    let is_told = |run: &Run| {
        !told.is_empty() && {
            let letters = told::letters(runs.words(run));
            !letters.is_empty() && told.contains(&letters)
        }
    };
    let mut scored: Vec<(usize, f32)> = (0..runs.runs.len())
        .filter(|&index| {
            let run = &runs.runs[index];
            !thread.holds(run) && !is_title(tree, run, runs.words(run), meta) && !is_told(run)
        })
        .map(|index| (index, forest.score(&page.features(index))))
        .collect();
    // A page that is nothing like those the model has seen still has a likeliest part.
    let best = scored.iter().map(|(_, score)| *score).fold(f32::MIN, f32::max);
    let bar = if best < KEPT { best - 0.5 } else { KEPT };
    let words = |index: usize| runs.words(&runs.runs[index]);
    // What introduces a chosen quotation is chosen too.
    for at in 0..scored.len().saturating_sub(1) {
        let (lead, quoted) = (scored[at], scored[at + 1]);
        let quote = |index: usize| quotations(tree, &runs.runs[index], Tree::PAGE).last().copied();
        if lead.1 < bar
            && quoted.1 >= bar
            && words(lead.0).trim_end().ends_with(':')
            && quote(quoted.0).is_some_and(|quotation| {
                tree.node(quotation).parent == tree.node(runs.runs[lead.0].holder).parent
            })
        {
            scored[at].1 = bar;
        }
    }
    // A heading belongs to the text below it, and the words under a picture to the text around it.
    for at in (0..scored.len()).rev() {
        let run = &runs.runs[scored[at].0];
        let within = || tree.holds(page.best(), run.holder) && !features::is_frame(runs, run);
        let below = scored.get(at + 1).is_some_and(|next| next.1 >= bar);
        let heading = below
            && at > 0
            && scored[at].1 > bar - 3.0
            && tree.tag(run.holder).heading().is_some()
            && run.linked == 0;
        if scored[at].1 < bar && (heading || is_caption(tree, runs, run)) && within() {
            scored[at].1 = bar;
        }
    }
    // What the page says of itself may stand alone, far from the text that it corrects.
    const NEAR: f32 = 5.0;
    for (index, score) in &mut scored {
        let run = &runs.runs[*index];
        if *score < bar
            && *score > bar - NEAR
            && tree.holds(page.best(), run.holder)
            && notice::recognise(words(*index)).is_some()
        {
            *score = bar;
        }
    }
    scored.retain(|(_, score)| *score >= bar);
    // A page that says a long thing twice says it once.
    let mut said: FxHashSet<&str> = FxHashSet::default();
    scored.retain(|&(index, _)| runs.runs[index].words < 8 || said.insert(words(index)));
    scored.into_iter().map(|(index, _)| index).collect()
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
        Tag::Blockquote => true,
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
