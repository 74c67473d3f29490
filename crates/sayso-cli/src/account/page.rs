//! The account of one page.

use super::notice::notices;
use super::place::Places;
use super::said::{Layout, said, wrapped};
use super::{FAINT, TITLE};
use crate::harmless;
use sayso_record::{Document, Manner, Statement};

/// The account of a page: what it is, what it says of its own faults, and who says what in it. `beside` stands beside
/// its id.
pub(crate) fn page(document: &Document, statements: &[Statement], beside: &str, layout: Layout) -> String {
    let mut account = heading(document, beside, layout.columns);
    for note in &document.notes {
        let note = format!("note: {}", harmless::line(&note.text));
        account += &wrapped(&note, "  ", layout.columns);
    }
    account += &notices(document, layout.columns);
    let is_shown = |statement: &&Statement| layout.own_voice || statement.manner != Manner::OwnVoice;
    let places = Places::of(document);
    for statement in statements.iter().filter(is_shown) {
        account += "\n";
        account += &said(document, &places, statement, layout);
    }
    let shown = statements.iter().filter(is_shown).count();
    account + &rest(shown, statements.len() - shown)
}

/// What is to be said of statements that are not printed.
fn rest(shown: usize, own_voice: usize) -> String {
    let own_voice = match own_voice {
        0 if shown == 0 => "nobody says anything".to_owned(),
        0 => return "\n".to_owned(),
        1 => "and 1 statement in its own voice or a commenter's".to_owned(),
        count => format!("and {count} statements in its own voice or its commenters'"),
    };
    format!("\n  {FAINT}{own_voice}{FAINT:#}\n\n")
}

/// Title, outlet, section, date, authors, id.
pub(crate) fn heading(document: &Document, beside: &str, columns: usize) -> String {
    let title = document.title.as_deref().map_or_else(|| "(no title)".to_owned(), harmless::line);
    let title: String =
        wrapped(&title, "", columns).lines().map(|line| format!("{TITLE}{line}{TITLE:#}\n")).collect();
    let date = document.published.as_ref().map(|stamp| stamp.at.as_str());
    let mut facts: Vec<String> = [document.site.as_deref(), document.section.as_deref(), date]
        .into_iter()
        .flatten()
        .map(harmless::line)
        .collect();
    if !document.bylines.is_empty() {
        facts.push(format!("by {}", harmless::line(&document.bylines.join(", "))));
    }
    facts.push(format!("document {}", document.id.short()));
    facts.push(beside.to_owned());
    let facts = facts.join(" · ");
    format!("{title}{FAINT}{}{FAINT:#}\n", wrapped(&facts, "  ", columns).trim_end())
}
