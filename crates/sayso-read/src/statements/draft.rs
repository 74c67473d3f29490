//! A statement while it is being made: spans first, then who it is, then who passed it on.

use super::passage::Passage;
use sayso_record::{Manner, Mention, SourceKind, Span};

/// An attribution with what is known of it so far.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// Index of the passage that holds its cue, or its first words where it has none.
    pub(super) passage: usize,
    /// Index of the voice in whose words it stands.
    pub(super) voice: usize,
    pub(super) source: Vec<Span>,
    pub(super) cue: Vec<Span>,
    pub(super) content: Vec<Span>,
    pub(super) confidence: f32,
    /// Set where the form is not to be seen from quotation marks.
    pub(super) manner: Option<Manner>,
    /// Index of the draft whose speaker goes on in this one.
    pub(super) carried: Option<usize>,
    /// Who it stands for; filled in by [`resolve`](super::resolve).
    pub(super) speaker: Mention,
    /// Who passed it on, besides the voices it stands in.
    pub(super) go_betweens: Vec<Mention>,
}

impl Draft {
    /// Where it starts in the text.
    pub(super) fn start(&self) -> u32 {
        [&self.source, &self.cue, &self.content]
            .into_iter()
            .flatten()
            .map(|span| span.start)
            .min()
            .unwrap_or(0)
    }

    /// All its spans.
    pub(super) fn spans(&self) -> impl Iterator<Item = Span> {
        [&self.source, &self.cue, &self.content].into_iter().flatten().copied()
    }
}

/// A mention of nobody.
pub(super) fn nobody() -> Mention {
    Mention { spans: Vec::new(), kind: SourceKind::Nobody, name: String::new() }
}

/// The places of the drafts of each passage, in order.
pub(super) fn by_passage(passages: &[Passage], drafts: &[Draft]) -> Vec<Vec<usize>> {
    let mut out = vec![Vec::new(); passages.len()];
    crate::steps::take(drafts.len());
    for (at, draft) in drafts.iter().enumerate() {
        out[draft.passage].push(at);
    }
    out
}
