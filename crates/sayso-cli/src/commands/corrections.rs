//! `sayso corrections`: what was taken back or changed, and everything downstream of it.

use crate::account::{self, FAINT, NOTICE, SOURCE, TITLE};
use crate::failure::{Done, Ended, Failure};
use crate::session::Session;
use crate::{harmless, ledger};
use sayso::{Correction, CorrectionKind, Downstream, PageOf, Revision, Told};
use std::fmt::Write as _;

/// So many statements are shown of each list; `--json` has all of them.
const SHOWN: usize = 25;

/// List notices, withdrawals and silent changes, with everything that rests on what they correct
///
/// A notice withdraws its page's own words, in all its revisions; what it says about others waits in `sayso review`.
/// Where a page was read more than once under one address, its revisions are compared: quoted words that changed or
/// went while no notice says so are a silent change.
///
/// Under each correction stand the statements that rest on what was corrected, over any number of hops, with the path.
#[derive(Debug, clap::Args)]
pub(crate) struct Corrections {
    /// Only what this ledger has known of since this day or time
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
}

impl Corrections {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let since = match &self.since {
            None => 0,
            Some(date) => sayso_weigh::first_second(date).ok_or_else(|| {
                let what = format!("{} is no date", harmless::line(date));
                Failure::usage(what).hint("write a day as 2026-11-23, or a time as 2026-11-23T08:00:00Z")
            })?,
        };
        let corrections = ledger::open(session)?.corrections(since).map_err(ledger::failed)?;
        for correction in &corrections {
            if session.json() {
                session.print_json(correction)?;
            } else {
                session.print(&in_words(correction, session.columns()))?;
            }
        }
        if corrections.is_empty() {
            session.say("nothing was corrected");
        }
        Ok(Done::Whole)
    }
}

fn in_words(correction: &Correction, columns: usize) -> String {
    let kind = match correction.kind {
        CorrectionKind::Notice => "Notice",
        CorrectionKind::Withdrawal => "Withdrawal",
        CorrectionKind::Change => "Change",
        CorrectionKind::SilentChange => "Silent change",
    };
    let mut text = format!("{NOTICE}{kind}{NOTICE:#} on {}\n", page(&correction.page));
    if !correction.words.is_empty() {
        text += &account::wrapped(&harmless::line(&correction.words), "    ", columns);
    }
    if let Some(revision) = &correction.revision {
        text += &revised(revision, columns);
    }
    let listed: Vec<String> = correction.withdrawn.iter().map(|told| self::told(told, columns)).collect();
    text += &list("takes back", &listed);
    for suggested in &correction.suggested {
        let decided = match suggested.confirmed {
            None => "for a person to decide: sayso review",
            Some(true) => "confirmed",
            Some(false) => "rejected",
        };
        let (source, id) = (harmless::line(&suggested.source), suggested.suggestion.short());
        let _ = writeln!(
            text,
            "  says that {SOURCE}{source}{SOURCE:#} should not have been believed ({decided})  {FAINT}suggestion {id}{FAINT:#}"
        );
    }
    let listed: Vec<String> = correction.downstream.iter().map(|one| downstream(one, columns)).collect();
    text += &list("downstream", &listed);
    text + "\n"
}

/// A heading with how many there are, and the first of them.
fn list(heading: &str, listed: &[String]) -> String {
    if listed.is_empty() {
        return String::new();
    }
    let plural = if listed.len() == 1 { "" } else { "s" };
    let mut text = format!("  {TITLE}{heading}: {} statement{plural}{TITLE:#}\n", listed.len());
    text.extend(listed.iter().take(SHOWN).map(String::as_str));
    if listed.len() > SHOWN {
        let _ = writeln!(text, "    and {} more; --json lists all", listed.len() - SHOWN);
    }
    text
}

fn revised(revision: &Revision, columns: usize) -> String {
    let Revision { kept, changed, removed, added, .. } = revision;
    let mut text = format!(
        "  {FAINT}document {} after {}: {kept} statements kept, {} changed, {} removed, {} added{FAINT:#}\n",
        revision.later.short(),
        revision.earlier.short(),
        changed.len(),
        removed.len(),
        added.len(),
    );
    for (before, after) in changed {
        text += &marked("was", before, columns);
        text += &marked("is ", after, columns);
    }
    for gone in removed {
        text += &marked("gone", gone, columns);
    }
    for new in added {
        text += &marked("new", new, columns);
    }
    for notice in &revision.gone_notices {
        text += &account::wrapped(&format!("notice gone: {}", harmless::line(notice)), "    ", columns);
    }
    text
}

fn marked(mark: &str, told: &Told, columns: usize) -> String {
    let quoted = if told.quoted { " (quoted)" } else { "" };
    let (source, words) = (harmless::line(&told.source), harmless::line(&told.words));
    let source = if source.is_empty() { "nobody by name".to_owned() } else { source };
    account::wrapped(&format!("{mark}{quoted}: {source}: {words}"), "    ", columns)
}

fn told(told: &Told, columns: usize) -> String {
    let words = account::wrapped(&harmless::line(&told.words), "      ", columns);
    format!("    {}\n{words}", who(told))
}

fn who(told: &Told) -> String {
    let source = harmless::line(&told.source);
    let source = if source.is_empty() { "nobody by name".to_owned() } else { source };
    format!("{SOURCE}{source}{SOURCE:#}  {FAINT}statement {}{FAINT:#}", told.statement.short())
}

fn downstream(one: &Downstream, columns: usize) -> String {
    let standing = one.standing.as_deref().map(|standing| format!(", now {standing}")).unwrap_or_default();
    let hops = one.path.len().saturating_sub(1);
    let plural = if hops == 1 { "" } else { "s" };
    let path: Vec<String> = one
        .path
        .iter()
        .map(|hop| {
            let (source, page) = (harmless::line(&hop.source), harmless::line(&hop.page));
            let source = if source.is_empty() { "nobody by name".to_owned() } else { source };
            format!("{source} in {page} ({})", hop.statement.short())
        })
        .collect();
    let words = account::wrapped(&harmless::line(&one.told.words), "      ", columns);
    let path = account::wrapped(&path.join(" <- "), "      ", columns);
    format!(
        "    {}  {hops} hop{plural}, claim {}{standing}\n{words}{path}",
        who(&one.told),
        one.claim.short()
    )
}

/// A page: its outlet, its title, its id.
pub(super) fn page(page: &PageOf) -> String {
    let parts: Vec<String> =
        [page.site.as_deref(), page.title.as_deref()].into_iter().flatten().map(harmless::line).collect();
    let name = if parts.is_empty() { "a page without a name".to_owned() } else { parts.join(", ") };
    let published = page.published.as_deref().map(|at| format!(" of {}", harmless::line(at)));
    format!("{name}{}  {FAINT}document {}{FAINT:#}", published.unwrap_or_default(), page.id.short())
}
