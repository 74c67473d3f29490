//! Notices: where a page speaks of its own faults. They stand above all that it says.

use super::NOTICE;
use super::said::wrapped;
use crate::harmless;
use sayso_record::{Block, BlockKind, Document, NoticeKind};

/// Every notice of a page.
pub(super) fn notices(document: &Document, columns: usize) -> String {
    document.blocks.iter().filter_map(|block| notice(document, block, columns)).collect()
}

fn notice(document: &Document, block: &Block, columns: usize) -> Option<String> {
    let BlockKind::Notice { notice, date } = &block.kind else { return None };
    let date = date.as_ref().map(|date| format!(" of {}", harmless::line(&date.at))).unwrap_or_default();
    let words = wrapped(&harmless::line(block.span.of(&document.text)), "      ", columns);
    Some(format!("  {NOTICE}{}{date}{NOTICE:#}\n{words}", kind(*notice)))
}

fn kind(notice: NoticeKind) -> &'static str {
    match notice {
        NoticeKind::Update => "Update",
        NoticeKind::Correction => "Correction",
        NoticeKind::Clarification => "Clarification",
        NoticeKind::Apology => "Apology",
        NoticeKind::Retraction => "Retraction",
        NoticeKind::EditorsNote => "Editor's note",
    }
}
