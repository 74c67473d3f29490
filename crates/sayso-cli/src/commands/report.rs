//! `sayso report`: a claim's answer as a page to look at.

use super::deed::subject;
use crate::failure::{Done, Ended, Failure};
use crate::session::Session;
use crate::whole_file::Output;
use crate::{harmless, ledger};
use sayso::{AsOf, Sort};
use sayso_record::Subject;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Write a claim's answer as a page to look at
///
/// The answer first; then who says so and who denies it, each as a picture, in a table, and in their own words with the
/// places where they stand; then the timeline, and everything that was done. The page needs nothing but itself: no
/// network and no script.
#[derive(Debug, clap::Args)]
pub(crate) struct Report {
    /// The id of the claim, or its first digits
    #[arg(value_name = "CLAIM")]
    claim: String,
    /// The file to write; - for standard output
    #[arg(long, value_name = "FILE")]
    html: PathBuf,
    /// Only what had been published by this date (2011-07-14, or a time with its offset)
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Only what this ledger knew by this date
    #[arg(long, value_name = "DATE")]
    known_by: Option<String>,
}

impl Report {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let as_of = AsOf::parse(self.as_of.as_deref(), self.known_by.as_deref()).ok_or_else(|| {
            Failure::usage("--as-of and --known-by take a date")
                .hint("write 2011-07-14 or 2011-07-14T09:30:00+02:00")
        })?;
        let desk = ledger::open(session)?;
        let Subject::Claim(id) = subject(&desk, (&self.claim, &[Sort::Claim]))? else {
            return Err(Failure::usage("a claim is needed"));
        };
        let answer = desk.claim(id, as_of).map_err(ledger::failed)?.ok_or_else(|| {
            Failure::from(anyhow::anyhow!("nothing was said of claim {} by then", id.short()))
                .hint("leave out --as-of and --known-by, or name a later date")
        })?;
        let page = sayso::report::page(&answer, self.moment().as_deref());
        let mut output = Output::to(Some(&self.html))?;
        output.write_all(page.as_bytes())?;
        output.finish()?;
        if self.html != Path::new("-") {
            session.say(&format!(
                "{}: {}",
                harmless::line(&self.html.display().to_string()),
                answer.sentence
            ));
        }
        Ok(Done::Whole)
    }

    fn moment(&self) -> Option<String> {
        let published = self.as_of.as_ref().map(|date| format!("in what had been published by {date}"));
        let known = self.known_by.as_ref().map(|date| format!("in what this ledger knew by {date}"));
        let parts: Vec<String> = published.into_iter().chain(known).collect();
        (!parts.is_empty()).then(|| parts.join(", and "))
    }
}
