//! A claim review as a document: its fields one under the other, and who says what in them.

use super::json_ld::{each, is, name_of, number, text};
use sayso_record::{
    Block, BlockKind, Document, Link, Manner, Mention, Note, NoteKind, NoticeKind, Proposition, SourceKind,
    Span, Stamp, StampOrigin, Stance, Statement,
};
use serde_json::Value;

/// The reader under whose name such documents are kept.
pub(super) const READER: &str = "claim review import 1";

/// Reads a claim review; the reason where there is nothing to read.
pub(super) fn read(review: &Value) -> Result<(Document, Vec<Statement>), String> {
    let item = each(review, "itemReviewed").first().unwrap_or(&Value::Null);
    let claim = text(review, &["claimReviewed"]).or_else(|| text(item, &["text", "name", "description"]));
    let claim = claim.ok_or("it does not say which claim it reviews")?;
    let authors: Vec<&Value> =
        each(review, "author").iter().filter(|author| name_of(author).is_some()).collect();
    let publisher = each(review, "publisher").first().and_then(name_of);
    let organisation = authors.iter().find(|author| is(author, "Organization"));
    let mut made = Making::default();
    if let Some(title) = text(review, &["headline", "name"]) {
        made.block(BlockKind::Heading { level: 1 }, title);
    }
    let claimant = each(item, "author").iter().find_map(|author| Some((author, name_of(author)?)));
    let (source, content, block) = match claimant {
        Some((author, name)) => {
            let (block, span) = made.block(BlockKind::Paragraph, &format!("{}: {claim}", one_line(name)));
            let name = Span::new(span.start as usize, span.start as usize + one_line(name).len());
            let content = Span::new(name.end as usize + 2, span.end as usize);
            (claimant_mention(author, name, &made.text), content, block)
        }
        None => {
            let (block, span) = made.block(BlockKind::Paragraph, claim);
            (Mention { spans: Vec::new(), kind: SourceKind::Nobody, name: String::new() }, span, block)
        }
    };
    let mut statements =
        vec![statement(block, source, Vec::new(), content, Stance::Asserts, Manner::Indirect)];
    let reviewer = Mention {
        spans: Vec::new(),
        kind: SourceKind::Author,
        name: authors.first().and_then(|author| name_of(author)).or(publisher).unwrap_or_default().to_owned(),
    };
    let own =
        |block, span, stance, cue| statement(block, reviewer.clone(), cue, span, stance, Manner::OwnVoice);
    for rating in each(review, "reviewRating") {
        let Some(words) = rating_words(rating) else { continue };
        let (block, span) = made.block(BlockKind::Paragraph, &format!("Rating: {words}"));
        let words = Span::new(span.start as usize + "Rating: ".len(), span.end as usize);
        statements.push(match verdict(rating) {
            // The reviewer speaks of the claim itself; what makes it a statement are the words of the rating.
            Some(stance) => statement_of(block, &reviewer, words, content, stance),
            None => own(block, words, Stance::Asserts, Vec::new()),
        });
        if let Some(why) = text(rating, &["ratingExplanation"]) {
            let (block, span) = made.block(BlockKind::Paragraph, why);
            statements.push(own(block, span, Stance::Asserts, Vec::new()));
        }
    }
    for paragraph in text(review, &["reviewBody", "description"]).into_iter().flat_map(str::lines) {
        if !paragraph.trim().is_empty() {
            let (block, span) = made.block(BlockKind::Paragraph, paragraph);
            statements.push(own(block, span, Stance::Asserts, Vec::new()));
        }
    }
    made.appearances(item);
    made.corrections(review);
    let published = made.stamp(text(review, &["datePublished", "dateCreated"]));
    let modified = made.stamp(text(review, &["dateModified"]));
    let mut notes = made.notes;
    notes.push(Note::new(NoteKind::Other, "made of the fields of a claim review, not of a page"));
    let document = Document {
        url: text(review, &["url", "mainEntityOfPage"]).map(str::to_owned),
        site: publisher.or_else(|| organisation.and_then(|author| name_of(author))).map(str::to_owned),
        title: text(review, &["headline", "name"]).map(one_line),
        bylines: authors.iter().filter_map(|author| name_of(author)).map(str::to_owned).collect(),
        published,
        modified,
        language: text(review, &["inLanguage"]).map(str::to_owned),
        text: made.text,
        blocks: made.blocks,
        notes,
        ..Document::default()
    }
    .seal();
    // A reviewer writes a claim as a sentence by itself: that is what the field is for.
    let seal = |statement: Statement| {
        let text = document.words(&statement.content);
        let proposition = Some(Proposition { text, needs_context: false });
        Statement { document: document.id, proposition, ..statement }.seal()
    };
    let statements = statements.into_iter().map(seal).collect();
    Ok((document, statements))
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn claimant_mention(author: &Value, span: Span, text: &str) -> Mention {
    let kind = if is(author, "Organization") { SourceKind::Organisation } else { SourceKind::Person };
    Mention { spans: vec![span], kind, name: span.of(text).to_owned() }
}

fn statement(
    block: u32,
    source: Mention,
    cue: Vec<Span>,
    content: Span,
    stance: Stance,
    manner: Manner,
) -> Statement {
    Statement {
        id: Default::default(),
        document: Default::default(),
        block,
        source,
        via: Vec::new(),
        within: None,
        cue,
        content: vec![content],
        stance,
        manner,
        confidence: 1.0,
        proposition: None,
    }
}

fn statement_of(block: u32, reviewer: &Mention, cue: Span, content: Span, stance: Stance) -> Statement {
    statement(block, reviewer.clone(), vec![cue], content, stance, Manner::OwnVoice)
}

/// What a rating is called; its figure where it has no name.
fn rating_words(rating: &Value) -> Option<String> {
    let named = text(rating, &["alternateName", "name"]).map(one_line);
    let figure = || {
        let value = number(rating, "ratingValue")?;
        Some(match number(rating, "bestRating") {
            Some(best) => format!("{value} of {best}"),
            None => value.to_string(),
        })
    };
    named.or_else(figure)
}

/// Whether a rating says that the claim is so, or that it is not: by its figure where that is at an end of its scale,
/// by its name where that is the word itself. Anything between says neither.
fn verdict(rating: &Value) -> Option<Stance> {
    let scale = ["ratingValue", "worstRating", "bestRating"].map(|member| number(rating, member));
    if let [Some(value), Some(worst), Some(best)] = scale
        && worst < best
    {
        return match value {
            value if value <= worst => Some(Stance::Denies),
            value if value >= best => Some(Stance::Asserts),
            _ => None,
        };
    }
    match text(rating, &["alternateName", "name"])?.to_lowercase().trim_matches(|c: char| !c.is_alphabetic())
    {
        "false" => Some(Stance::Denies),
        "true" => Some(Stance::Asserts),
        _ => None,
    }
}

/// A document in the making.
#[derive(Default)]
struct Making {
    text: String,
    blocks: Vec<Block>,
    notes: Vec<Note>,
}

impl Making {
    /// Adds a block of words on one line.
    fn block(&mut self, kind: BlockKind, words: &str) -> (u32, Span) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        self.text += &one_line(words);
        let span = Span::new(start, self.text.len());
        self.blocks.push(Block { span, kind, within: None, links: Vec::new() });
        (self.blocks.len() as u32 - 1, span)
    }

    /// Where the claim was made, as links.
    fn appearances(&mut self, item: &Value) {
        for work in each(item, "firstAppearance").iter().chain(each(item, "appearance")) {
            let Some(href) = super::json_ld::plain(work).or_else(|| text(work, &["url", "@id", "id"])) else {
                continue;
            };
            let (block, span) = self.block(BlockKind::Paragraph, &format!("Appeared at {href}"));
            let span = Span::new(span.start as usize + "Appeared at ".len(), span.end as usize);
            let href = span.of(&self.text).to_owned();
            self.blocks[block as usize].links.push(Link { span, href });
        }
    }

    fn corrections(&mut self, review: &Value) {
        for correction in each(review, "correction") {
            let words =
                super::json_ld::plain(correction).or_else(|| text(correction, &["text", "description"]));
            let Some(words) = words else { continue };
            let date = self.stamp(text(correction, &["datePublished", "dateCreated"]));
            let kind = BlockKind::Notice { notice: NoticeKind::Correction, date };
            let (holder, span) = self.block(kind, words);
            let within = Some(holder);
            self.blocks.push(Block { span, kind: BlockKind::Paragraph, within, links: Vec::new() });
        }
    }

    /// A time, where it is one.
    fn stamp(&mut self, at: Option<&str>) -> Option<Stamp> {
        let at = at?;
        if sayso_weigh::first_second(at).is_none() {
            let shown: String = at.chars().take(60).collect();
            self.notes.push(Note::new(NoteKind::Other, format!("{shown:?} is no date, and was left out")));
            return None;
        }
        Some(Stamp { at: at.to_owned(), words: at.to_owned(), origin: StampOrigin::JsonLd })
    }
}
