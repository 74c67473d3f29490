//! What is printed of each that was drawn: the words, and where they stand.

use anyhow::{Context, Result};
use sayso::{Chain, Desk, Record};
use sayso_record::{ClaimId, DocumentId, Manner, Span, Stance, Statement, StatementId};
use serde::Serialize;

/// So many bytes are shown on each side of a statement.
const CONTEXT_BYTES: usize = 150;

/// Something that was drawn.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Sampled {
    /// By which its verdict is known.
    pub(super) id: String,
    /// The claim.
    pub(super) claim: ClaimId,
    /// The words that founded the claim.
    pub(super) words: String,
    /// What the program made of it.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub(super) made: Option<Made>,
    /// Where it is said.
    pub(super) statements: Vec<Told>,
}

/// What the program made of a claim.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Made {
    /// What the sample is counted by.
    pub(super) stratum: String,
    pub(super) standing: &'static str,
    pub(super) independence_for: (u32, u32),
    pub(super) independence_against: (u32, u32),
    /// The sources at the ends of the chains for it.
    pub(super) origins: Vec<String>,
}

/// A statement, for somebody to judge.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Told {
    url: Option<String>,
    document: DocumentId,
    published: Option<String>,
    /// Bytes of the page's text.
    content_spans: Vec<Span>,
    words: String,
    /// Who says so: from the source to the page.
    chain: Vec<String>,
    context_span: Span,
    context: String,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    made: Option<MadeOfStatement>,
}

/// What the program made of a statement.
#[derive(Clone, Debug, Serialize)]
struct MadeOfStatement {
    statement: StatementId,
    for_it: bool,
    stance: Stance,
    manner: Manner,
    source_spans: Vec<Span>,
    cue_spans: Vec<Span>,
    /// How sure the reader is that somebody says this, 0 to 1.
    confidence: f32,
}

/// A form to be filled in: where to look, and no words of the page.
#[derive(Debug, Serialize)]
pub(super) struct VerdictForm {
    id: String,
    statements: Vec<Place>,
    right: Option<bool>,
    note: String,
}

#[derive(Debug, Serialize)]
struct Place {
    url: Option<String>,
    content_spans: Vec<Span>,
}

impl Sampled {
    /// The same without what the program made of it. Statements stand by address, so that their order tells nothing.
    pub(super) fn blind(&self) -> Sampled {
        let mut statements: Vec<Told> =
            self.statements.iter().map(|told| Told { made: None, ..told.clone() }).collect();
        statements.sort_by(|a, b| (&a.url, &a.content_spans).cmp(&(&b.url, &b.content_spans)));
        Sampled { made: None, statements, ..self.clone() }
    }

    /// The form for its verdict.
    pub(super) fn form(&self) -> VerdictForm {
        let place = |told: Told| Place { url: told.url, content_spans: told.content_spans };
        let statements = self.blind().statements.into_iter().map(place).collect();
        VerdictForm { id: self.id.clone(), statements, right: None, note: String::new() }
    }
}

impl Told {
    /// The statement at the end of a chain.
    pub(super) fn of(desk: &Desk, chain: &Chain) -> Result<Told> {
        let record = super::still_there(desk.document(chain.page.id))?;
        let found = record.statements.iter().find(|statement| statement.id == chain.statement);
        let statement = found.with_context(|| {
            format!("{} was read again, and no longer has the statement {}", chain.page.id, chain.statement)
        })?;
        Ok(Told::in_document(&record, statement, chain))
    }

    fn in_document(record: &Record, statement: &Statement, chain: &Chain) -> Told {
        let text = &record.document.text;
        let context_span = around(text, &statement.content);
        let made = MadeOfStatement {
            statement: statement.id,
            for_it: chain.for_it,
            stance: statement.stance,
            manner: statement.manner,
            source_spans: statement.source.spans.clone(),
            cue_spans: statement.cue.clone(),
            confidence: statement.confidence,
        };
        Told {
            url: chain.page.url.clone(),
            document: chain.page.id,
            published: chain.page.published.clone(),
            content_spans: statement.content.clone(),
            words: chain.words.clone(),
            chain: chain.steps.iter().map(|step| step.source.name.clone()).collect(),
            context_span,
            context: context_span.of(text).to_owned(),
            made: Some(made),
        }
    }
}

/// The spans with what stands around them, whole words only.
fn around(text: &str, spans: &[Span]) -> Span {
    let Some(cover) = spans.iter().copied().reduce(Span::cover) else { return Span::default() };
    let cover = cover.range();
    let is_edge = |at: &usize| text.is_char_boundary(*at);
    let first = (0..=cover.start.saturating_sub(CONTEXT_BYTES)).rev().find(is_edge).unwrap_or(0);
    let last = ((cover.end + CONTEXT_BYTES).min(text.len())..text.len()).find(is_edge).unwrap_or(text.len());
    let before = text.get(first..cover.start).unwrap_or_default();
    let after = text.get(cover.end..last).unwrap_or_default();
    let cut_word = if first == 0 { 0 } else { before.find(char::is_whitespace).unwrap_or(before.len()) };
    let kept = if last == text.len() { after.len() } else { after.rfind(char::is_whitespace).unwrap_or(0) };
    Span::new(first + cut_word, cover.end + kept).trim(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_context_is_whole_words_on_both_sides() {
        let side = "Ångström ".repeat(40);
        let text = format!("{side}the dam held {side}");
        let at = side.len();
        let context =
            around(&text, &[Span::new(at, at + 7), Span::new(at + 8, at + 12)]).of(&text).to_owned();
        assert!(context.starts_with("Ångström ") && context.ends_with(" Ångström"), "{context}");
        assert!(context.contains("the dam held") && (250..320).contains(&context.len()), "{context}");
        assert_eq!(around("It held.", &[Span::new(3, 7)]).of("It held."), "It held.");
        assert_eq!(around("It held.", &[]), Span::default());
    }
}
