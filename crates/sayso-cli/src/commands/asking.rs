//! What questions take on the command line: as of when, which pages, which standings.

use crate::failure::Failure;
use crate::harmless;
use crate::session::Session;
use sayso::{AsOf, Desk, Filters};
use sayso_weigh::{Standing, first_second, last_second};

/// As of when a question is meant.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct When {
    /// Answer from what had been published by this date (2011-07-14, or a time with its offset)
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Answer from what this ledger knew by this date
    #[arg(long, value_name = "DATE")]
    known_by: Option<String>,
}

impl When {
    pub(super) fn parse(&self) -> Result<AsOf, Failure> {
        AsOf::parse(self.as_of.as_deref(), self.known_by.as_deref()).ok_or_else(|| {
            Failure::usage("--as-of and --known-by take a date")
                .hint("write 2011-07-14 or 2011-07-14T09:30:00+02:00")
        })
    }

    /// " by then", where a time is asked about.
    pub(super) fn by_then(&self) -> &'static str {
        if self.as_of.is_some() || self.known_by.is_some() { " by then" } else { "" }
    }
}

/// Which pages a search goes through.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct Which {
    /// Only where this source speaks, or passes on what others say
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// Only in this outlet: the name of the site, or of its host
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// Only what was published on this day or later
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// Only what was published on this day or earlier
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
}

impl Which {
    pub(super) fn parse(&self) -> Result<Filters, Failure> {
        let second = |date: &Option<String>, of| date.as_deref().map(|date| second(date, of)).transpose();
        Ok(Filters {
            source: self.source.clone(),
            outlet: self.outlet.clone(),
            from: second(&self.from, first_second)?,
            until: second(&self.until, last_second)?,
        })
    }
}

/// The second that a date of the command line stands for.
pub(super) fn second(date: &str, of: fn(&str) -> Option<i64>) -> Result<i64, Failure> {
    of(date).ok_or_else(|| {
        let what = format!("{} is no date", harmless::line(date));
        Failure::usage(what).hint("write a day as 2026-11-23, or a time as 2026-11-23T08:00:00Z")
    })
}

/// Which standings are wanted.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Standings (any of those that are named)")]
pub(super) struct Standings {
    /// It stands, and the fall of one source would end that
    #[arg(long)]
    single_sourced: bool,
    /// It stands, whichever one source falls
    #[arg(long)]
    corroborated: bool,
    /// Something stands for it, and something against it
    #[arg(long)]
    contested: bool,
    /// Only denials stand
    #[arg(long)]
    denied: bool,
    /// Only denials stand, and no one source's fall would end that, or a person ruled so
    #[arg(long)]
    refuted: bool,
    /// Nothing stands, because statements were taken back
    #[arg(long)]
    withdrawn: bool,
    /// Nothing stands, because of what was taken back, discredited or undercut
    #[arg(long)]
    fallen: bool,
    /// Nothing stands: what is said of it rests on itself
    #[arg(long)]
    circular: bool,
    /// Nothing stands, and nothing ever gave it a ground
    #[arg(long)]
    unsourced: bool,
    /// Statements that undercut each other leave it open
    #[arg(long)]
    unresolved: bool,
}

impl Standings {
    pub(super) fn wanted(&self) -> Vec<Standing> {
        let all = [
            (self.single_sourced, Standing::SingleSourced),
            (self.corroborated, Standing::Corroborated),
            (self.contested, Standing::Contested),
            (self.denied, Standing::Denied),
            (self.refuted, Standing::Refuted),
            (self.withdrawn, Standing::Withdrawn),
            (self.fallen, Standing::Fallen),
            (self.circular, Standing::Circular),
            (self.unsourced, Standing::Unsourced),
            (self.unresolved, Standing::Unresolved),
        ];
        all.into_iter().filter(|(is_wanted, _)| *is_wanted).map(|(_, standing)| standing).collect()
    }
}

/// Brings the search index up to date before a question, with a bar where that takes a while.
pub(super) fn ready(session: &Session, desk: &mut Desk, anew: bool) -> Result<(), Failure> {
    let mut parts = crate::progress::Parts::new(session);
    let done = desk.index(anew, &mut |done, of| {
        parts.step("pages indexed", done as usize, of as usize);
    });
    parts.finish();
    done.map_err(crate::ledger::failed)
}

/// Says what there is to say about the search index.
pub(super) fn say_notes(session: &Session, desk: &mut Desk) {
    for note in desk.search_notes() {
        session.say(&harmless::line(&note.to_string()));
    }
}

/// Says what a person should know about how the findings came about.
pub(super) fn say_how_found(session: &Session, words: &str, found: usize, all_words: bool, more: bool) {
    if !all_words && found > 0 {
        session.say(&format!("nothing has all of {:?}; these have some of the words", harmless::line(words)));
    }
    if more {
        session.say("there are more; --limit COUNT shows more of them");
    }
}
