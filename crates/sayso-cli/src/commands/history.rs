//! `sayso history`: what a claim weighed when.

use super::asking::When;
use super::deed::subject;
use crate::account::{self, FAINT, TITLE, wrapped};
use crate::failure::{Done, Ended, Failure};
use crate::session::Session;
use crate::{harmless, ledger};
use sayso::{Changed, History as Told, Sort};
use sayso_record::Subject;
use sayso_weigh::show_range;

/// Tell a claim's standing over time: by what had been published, and by what this ledger knew
#[derive(Debug, clap::Args)]
pub(crate) struct History {
    /// The id of the claim, or its first digits
    #[arg(value_name = "CLAIM")]
    id: String,
    #[command(flatten)]
    when: When,
}

impl History {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let as_of = self.when.parse()?;
        let desk = ledger::open(session)?;
        let Subject::Claim(id) = subject(&desk, (&self.id, &[Sort::Claim]))? else {
            unreachable!("only claims were asked for")
        };
        let gone = || Failure::from(anyhow::anyhow!("claim {} cannot be found again", id.short()));
        let history = desk.history(id, as_of).map_err(ledger::failed)?.ok_or_else(gone)?;
        if session.json() {
            session.print_json(&history)?;
        } else {
            session.print(&in_words(&history, session.columns()))?;
        }
        Ok(Done::Whole)
    }
}

fn in_words(history: &Told, columns: usize) -> String {
    let mut text = account::titled(&history.title, columns);
    text += &format!("  {FAINT}claim {}{FAINT:#}\n\n", history.id.short());
    text += &format!("  {TITLE}By what had been published{TITLE:#}\n");
    for stretch in &history.published {
        let since = stretch.since.as_deref().unwrap_or("from the start");
        let standing = stretch.standing.map_or("nothing was said of it", |standing| standing.name());
        text += &format!("    {since:20}  {standing}\n");
    }
    text += &format!("\n  {TITLE}By what this ledger knew{TITLE:#}\n");
    for known in &history.known {
        let mut weight = known.standing.clone();
        if known.independence_for != (0, 0) {
            weight += &format!(", independence {}", show_range(known.independence_for));
        }
        if known.independence_against != (0, 0) {
            weight += &format!(", denied by {}", show_range(known.independence_against));
        }
        text += &format!("    {:20}  {weight}\n", known.since);
        let because = match &known.because {
            Changed::Anew => "the ledger was weighed anew".to_owned(),
            Changed::Document(page) => format!("read: {}", account::page_in_words(page)),
            Changed::Act(act) => format!(
                "{} {} by {}: {}",
                act.act.word(),
                account::in_words(act),
                harmless::line(&act.by),
                harmless::line(&act.because)
            ),
        };
        let because = wrapped(&because, "                          ", columns);
        text += &format!("{FAINT}{}{FAINT:#}\n", because.trim_end_matches('\n'));
    }
    text
}
