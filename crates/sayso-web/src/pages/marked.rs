//! A document's text with its statements marked in place. A mark is a number that leads to a note beside the text, so
//! that nothing hangs on colour.

use maud::{Markup, PreEscaped, html};
use sayso::Placed;
use sayso::harmless::line;
use sayso_record::{Block, BlockKind, Document, Manner, SourceKind, Span, Stance, Statement};
use std::collections::BTreeSet;
use std::ops::Range;

/// Quotations deeper than this are shown at this depth.
const DEPTH: usize = 12;

/// A statement with the number of its mark.
struct Mark<'a> {
    number: usize,
    statement: &'a Statement,
    placed: Option<&'a Placed>,
}

/// The text of a document, block by block, each with the notes on its statements and what else stands beside it; and the statements whose words could
/// not be placed.
pub(super) fn text(
    document: &Document,
    statements: &[Statement],
    placed: &[Placed],
    beside: &dyn Fn(u32) -> Markup,
) -> Markup {
    let marks: Vec<Mark> = statements
        .iter()
        .enumerate()
        .map(|(at, statement)| Mark {
            number: at + 1,
            statement,
            placed: placed.iter().find(|placed| placed.statement == statement.id),
        })
        .collect();
    let mut shown: BTreeSet<usize> = BTreeSet::new();
    let mut out = String::new();
    let mut open: Vec<(u32, &'static str)> = Vec::new();
    for (at, block) in document.blocks.iter().enumerate() {
        while let Some(&(outer, close)) = open.last()
            && Some(outer) != block.within
        {
            out += close;
            open.pop();
        }
        if block.kind.holds_blocks() {
            let (start, close) = if open.len() < DEPTH { container(block) } else { (html! {}, "") };
            out += &start.into_string();
            open.push((at as u32, close));
            continue;
        }
        let range = block.span.range();
        let own: Vec<&Mark> = marks.iter().filter(|mark| mark.begins_in(&range)).collect();
        shown.extend(own.iter().map(|mark| mark.number));
        out += &leaf(document, block, &marks, &own, &beside(at as u32)).into_string();
    }
    for (_, close) in open.iter().rev() {
        out += close;
    }
    let lost: Vec<&Mark> = marks.iter().filter(|mark| !shown.contains(&mark.number)).collect();
    html! {
        div class="text" { (PreEscaped(out)) }
        @if !lost.is_empty() {
            section class="lost" {
                h2 { "Statements whose words could not be placed" }
                ul class="notes" { @for mark in lost { (mark.note(document)) } }
            }
        }
    }
}

/// How a block that holds others begins, and how it ends.
fn container(block: &Block) -> (Markup, &'static str) {
    match &block.kind {
        BlockKind::Quotation { .. } => {
            (PreEscaped("<blockquote class=\"quotation\">".to_owned()), "</blockquote>")
        }
        BlockKind::Notice { notice, date } => {
            let date = date.as_ref().map(|date| line(&date.words)).unwrap_or_default();
            let label = format!("{notice:?}").replace("EditorsNote", "Editor’s note");
            let start = html! { p class="label" { "The page’s own notice: " (label) " " bdi { (date) } } };
            (PreEscaped(format!("<aside class=\"notice\">{}", start.into_string())), "</aside>")
        }
        BlockKind::Comment { author, published, .. } => {
            let author = author.as_deref().map_or_else(|| "somebody".to_owned(), line);
            let date = published.as_ref().map(|date| line(&date.words)).unwrap_or_default();
            let start = html! { p class="label" { "A comment by " bdi { (author) } " " bdi { (date) } } };
            (PreEscaped(format!("<article class=\"comment\">{}", start.into_string())), "</article>")
        }
        _ => (html! {}, ""),
    }
}

fn leaf(document: &Document, block: &Block, marks: &[Mark], own: &[&Mark], beside: &Markup) -> Markup {
    let words = marked(document, block, marks);
    let body = match block.kind {
        BlockKind::Heading { level: 1 } => html! { h2 { (words) } },
        BlockKind::Heading { .. } => html! { h3 { (words) } },
        BlockKind::Caption => html! { p class="caption" { (words) } },
        _ => html! { p { (words) } },
    };
    html! {
        div class="block" {
            (body)
            div {
                @if !own.is_empty() { ul class="notes" { @for mark in own { (mark.note(document)) } } }
                (beside)
            }
        }
    }
}

/// The words of a block, cut wherever a statement or a link begins or ends.
fn marked(document: &Document, block: &Block, marks: &[Mark]) -> Markup {
    let range = block.span.range();
    let over = |span: &Span| {
        let span = span.range();
        let cut = span.start.max(range.start)..span.end.min(range.end);
        (cut.start < cut.end).then_some(cut)
    };
    let spans: Vec<(Range<usize>, &Mark)> = marks
        .iter()
        .flat_map(|mark| mark.statement.content.iter().filter_map(over).map(move |span| (span, mark)))
        .collect();
    let links: Vec<(Range<usize>, &str)> = block
        .links
        .iter()
        .filter(|link| ["http://", "https://"].iter().any(|scheme| link.href.starts_with(scheme)))
        .filter_map(|link| Some((over(&link.span)?, link.href.as_str())))
        .collect();
    let mut cuts: BTreeSet<usize> = [range.start, range.end].into();
    cuts.extend(spans.iter().flat_map(|(span, _)| [span.start, span.end]));
    cuts.extend(links.iter().flat_map(|(span, _)| [span.start, span.end]));
    let cuts: Vec<usize> = cuts.into_iter().filter(|&at| document.text.is_char_boundary(at)).collect();
    let mut begun: BTreeSet<usize> = BTreeSet::new();
    html! {
        @for piece in cuts.windows(2) {
            @let (start, end) = (piece[0], piece[1]);
            @let words = document.text.get(start..end).unwrap_or_default();
            @let link = links.iter().find(|(span, _)| span.start <= start && end <= span.end).map(|(_, href)| *href);
            @let on: Vec<&Mark> = spans.iter().filter(|(span, _)| span.start <= start && end <= span.end).map(|(_, mark)| *mark).collect();
            @for mark in &on {
                @if begun.insert(mark.number) && mark.begins_in(&range) {
                    a class="number" id={ "s-" (mark.statement.id) } href={ "#n-" (mark.statement.id) } { "[" (mark.number) "]" }
                }
            }
            @if on.is_empty() { (piece_of(words, link)) }
            @else {
                mark class=[on.iter().all(|mark| mark.statement.manner == Manner::OwnVoice).then_some("own")] { (piece_of(words, link)) }
            }
        }
    }
}

fn piece_of(words: &str, link: Option<&str>) -> Markup {
    let shown = harmless(words);
    html! {
        @match link {
            Some(href) => a href=(href) rel="noopener noreferrer nofollow" { (shown) },
            None => (shown),
        }
    }
}

/// Words that do nothing; a gap before or after them stays one.
fn harmless(words: &str) -> String {
    let gap = |is_there: bool| if is_there { " " } else { "" };
    let inner = line(words);
    if inner.is_empty() {
        return gap(!words.is_empty()).to_owned();
    }
    gap(words.starts_with(char::is_whitespace)).to_owned()
        + &inner
        + gap(words.ends_with(char::is_whitespace))
}

impl Mark<'_> {
    fn begins_in(&self, range: &Range<usize>) -> bool {
        self.statement.content.first().is_some_and(|span| range.contains(&span.range().start))
    }

    /// The note: who says it, how, and what has become of it.
    fn note(&self, document: &Document) -> Markup {
        let statement = self.statement;
        let by = |name: &str, kind: SourceKind| {
            let name = line(name);
            match kind {
                SourceKind::Nobody => "nobody by name".to_owned(),
                SourceKind::Author if name.is_empty() => "the author".to_owned(),
                SourceKind::Author => format!("{name} (the author)"),
                SourceKind::Commenter if name.is_empty() => "a commenter".to_owned(),
                SourceKind::Commenter => format!("{name} (a commenter)"),
                SourceKind::Unnamed if name.is_empty() => "somebody who is not named".to_owned(),
                SourceKind::Unnamed => format!("{name} (unnamed)"),
                _ => name,
            }
        };
        html! {
            li id={ "n-" (statement.id) } {
                a href={ "#s-" (statement.id) } aria-label={ "To the words of statement " (self.number) } { "[" (self.number) "]" } " "
                bdi class="chainline" { (by(&statement.source.name, statement.source.kind)) }
                @for via in &statement.via { " → " bdi { (by(&via.name, via.kind)) } }
                @if statement.stance != Stance::Asserts { " " em { (stance(statement.stance)) } }
                @if statement.manner == Manner::OwnVoice { " " small { "in their own voice" } }
                @if statement.content.is_empty() { " " bdi { (line(&document.words(&statement.content))) } }
                " "
                @if let Some(placed) = self.placed {
                    @if let Some(claim) = &placed.claim {
                        a href={ "/claims/" (claim) } { "the claim" } " "
                        @if let Some(name) = &placed.standing { (crate::frame::standing(name)) " " }
                    }
                }
                a href={ "/statements/" (statement.id) } { "its chain" }
            }
        }
    }
}

/// What a source does to words, where it does not just say them.
fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::Asserts => "says so",
        Stance::Denies => "denies it",
        Stance::Doubts => "doubts it",
        Stance::Believes => "believes it",
        Stance::Asks => "asks it",
        Stance::Predicts => "predicts it",
        Stance::Promises => "promises it",
        Stance::Agrees => "agrees to it",
        Stance::NotSaid => "does not say it",
        Stance::Retracts => "takes it back",
    }
}
