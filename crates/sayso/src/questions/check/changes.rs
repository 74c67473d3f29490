//! What has become of a cited page: notices that it bears, and revisions that it has had.

use crate::intake::revisions::notices;
use sayso_record::{BlockKind, Document, NoticeKind};

/// So much of a notice is told.
const CHARACTERS: usize = 160;

/// The corrections that a page bears, in a few words each. An update that only adds something is none.
pub(super) fn noticed(document: &Document) -> Vec<String> {
    let kinds = document.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Notice { notice, .. } => Some(*notice),
        _ => None,
    });
    let of = |kind: NoticeKind, words: String| {
        let word = match kind {
            NoticeKind::Correction => "corrected",
            NoticeKind::Clarification => "clarified",
            NoticeKind::Apology => "apologised for",
            NoticeKind::Retraction => "retracted",
            NoticeKind::Update => "updated",
            NoticeKind::EditorsNote => "noted by its editors",
        };
        format!("{word}: “{}”", shortened(&words))
    };
    kinds.zip(notices(document)).map(|(kind, words)| of(kind, words)).collect()
}

/// That a page has had several revisions.
pub(super) fn revised(revisions: usize) -> Option<String> {
    (revisions > 1).then(|| format!("changed since: the ledger holds {revisions} revisions of it"))
}

fn shortened(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= CHARACTERS {
        return words;
    }
    let cut: String = words.chars().take(CHARACTERS).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole))
}
