//! `sayso log`: every act, the newest first.

use super::deed::subject;
use crate::account::{self, FAINT, NOTICE};
use crate::failure::{Done, Ended, Failure};
use crate::session::Session;
use crate::{harmless, ledger};
use sayso::{Logged, Sort};
use sayso_record::{ActId, ActKind, Subject};
use sayso_weigh::{first_second, last_second};
use std::collections::HashSet;

/// List the acts, the newest first: who did what, when, and why
///
/// Acts are never changed or removed: one that was taken back is shown as undone. Each is chained to the one before
/// it by a hash; `sayso verify` checks the chain.
#[derive(Debug, clap::Args)]
pub(crate) struct Log {
    /// Only acts of this sort: discredit, withdraw, undo ...
    #[arg(long, value_name = "ACT", value_parser = kind)]
    act: Option<ActKind>,
    /// Only acts by this person or page
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Only acts on this, with this, and their undoing: a name, or the first digits of an id
    #[arg(long, value_name = "SUBJECT")]
    on: Option<String>,
    /// Only acts put into the ledger on this day or later
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Only acts put into the ledger on this day or earlier
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// Only acts that are in force
    #[arg(long)]
    in_force: bool,
    /// At most so many
    #[arg(long, value_name = "COUNT")]
    limit: Option<usize>,
}

fn kind(word: &str) -> Result<ActKind, String> {
    let all = || ActKind::ALL.iter().copied();
    all().find(|kind| kind.word() == word).ok_or_else(|| {
        let words: Vec<&str> = all().map(ActKind::word).collect();
        format!("one of {} is needed", words.join(", "))
    })
}

impl Log {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let second = |date: &Option<String>, of: fn(&str) -> Option<i64>| match date {
            Some(date) => of(date).map(Some).ok_or_else(|| {
                let what = format!("{} is no date", harmless::line(date));
                Failure::usage(what).hint("write a day as 2026-11-23, or a time as 2026-11-23T08:00:00Z")
            }),
            None => Ok(None),
        };
        let (since, until) = (second(&self.since, first_second)?, second(&self.until, last_second)?);
        let desk = ledger::open(session)?;
        let on = self.on.as_deref().map(|on| subject(&desk, (on, Sort::ALL))).transpose()?;
        let log = desk.log().map_err(ledger::failed)?;
        let about = on.map(|on| about(&log, &on));
        let is_wanted = |logged: &&Logged| {
            let act = &logged.act;
            let at = first_second(&act.at);
            self.act.is_none_or(|kind| act.act == kind)
                && self.by.as_ref().is_none_or(|by| act.by.eq_ignore_ascii_case(by))
                && about.as_ref().is_none_or(|about| about.contains(&act.id))
                && since.is_none_or(|since| at >= Some(since))
                && until.is_none_or(|until| at <= Some(until))
                && (!self.in_force || logged.undone_by.is_none())
        };
        let mut shown = 0;
        for logged in log.iter().rev().filter(is_wanted).take(self.limit.unwrap_or(usize::MAX)) {
            shown += 1;
            if session.json() {
                session.print_json(logged)?;
            } else {
                session.print(&in_words(logged, session.columns()))?;
            }
        }
        if shown == 0 {
            session.say(if log.is_empty() { "nothing was done yet" } else { "no such act was done" });
        }
        Ok(Done::Whole)
    }
}

/// The acts on a subject or with it, and the undoing of these.
fn about(log: &[Logged], subject: &Subject) -> HashSet<ActId> {
    let mut about = HashSet::new();
    for Logged { act, .. } in log {
        let of_one = matches!(&act.on, Subject::Act(id) if about.contains(id));
        if act.on == *subject || act.with.as_ref() == Some(subject) || of_one {
            about.insert(act.id);
        }
    }
    about
}

fn in_words(logged: &Logged, columns: usize) -> String {
    let act = &logged.act;
    let (id, at) = (act.id.short(), harmless::line(&act.at));
    let mut facts = vec![format!("act {id}"), at];
    facts
        .extend(act.published.as_deref().map(|published| format!("published {}", harmless::line(published))));
    facts.extend(act.notice.map(|notice| format!("by the notice on document {}", notice.short())));
    let undone = logged.undone_by.map(|by| format!("  {NOTICE}undone by act {}{NOTICE:#}\n", by.short()));
    let facts = facts.join(" · ");
    format!("{}  {FAINT}{facts}{FAINT:#}\n{}\n", account::act(act, columns), undone.unwrap_or_default())
}
