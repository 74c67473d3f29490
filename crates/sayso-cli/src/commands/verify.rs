//! `sayso verify`: whether the ledger is whole.

use crate::failure::{self, Done, Ended, Failure};
use crate::progress::Parts;
use crate::session::Session;
use crate::{harmless, ledger};
use sayso::{Part, Verdict};

/// Check the ledger: the log, every content hash, the database, and that claims weigh what is kept
///
/// The log is a chain: each act is hashed together with the one before it, so that none can be changed or left out
/// unseen. Documents and statements are named by hashes of their content, which are made again. A thousand claims are
/// weighed anew, spread over the ledger, or all with --all.
///
/// The exit code is 3 where anything is wrong.
#[derive(Debug, clap::Args)]
pub(crate) struct Verify {
    /// Weigh every claim anew
    #[arg(long)]
    all: bool,
}

impl Verify {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let desk = ledger::open(session)?;
        let mut parts = Parts::new(session);
        let checked =
            desk.verify(self.all, &mut |part: Part, done, of| parts.step(&part.to_string(), done, of));
        parts.finish();
        let verdict = checked.map_err(ledger::failed)?;
        if session.json() {
            session.print_json(&verdict)?;
        } else {
            session.print(&in_words(&verdict))?;
        }
        session.flush()?;
        match verdict.faults.len() {
            0 => Ok(Done::Whole),
            faults => {
                let plural = if faults == 1 { "" } else { "s" };
                let path = harmless::line(&session.ledger().display().to_string());
                let what = anyhow::anyhow!("{path} has {faults} fault{plural}");
                Err(Failure::new(failure::LEDGER, what)
                    .hint("go back to a backup that `sayso verify` finds whole"))
            }
        }
    }
}

fn in_words(verdict: &Verdict) -> String {
    let mut text = String::new();
    for fault in &verdict.faults {
        text += &format!("fault in {}: {}\n", fault.part, harmless::line(&fault.what));
    }
    let Verdict { acts, documents, statements, claims, claims_held, .. } = verdict;
    let claims = if claims == claims_held {
        format!("all {claims} claims")
    } else {
        format!("{claims} of {claims_held} claims")
    };
    text + &format!(
        "checked the database, the chain of {acts} acts, the hashes of {documents} documents and {statements} \
         statements, and what {claims} weigh\n"
    )
}
