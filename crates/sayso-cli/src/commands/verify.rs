//! `sayso verify`: whether the ledger is whole.

use crate::checkpoint;
use crate::failure::{self, Done, Ended, Failure};
use crate::progress::Parts;
use crate::session::Session;
use crate::{harmless, ledger};
use sayso::{Part, Verdict};
use std::path::PathBuf;

/// Check the ledger: the log, every content hash, the database, and that claims weigh what is kept
///
/// The log is a chain: each act is hashed together with the one before it, so that none can be changed or left out
/// unseen. So is what else was stored: every row, whatever it says, is hashed together with all that was added before it.
/// Documents and statements are named by hashes of their content, which are made again. A thousand claims are weighed
/// anew, spread over the ledger, or all with --deep.
///
/// Whoever may write to the file can make all of these hashes anew as well, or cut off its end. A checkpoint that is kept
/// elsewhere (`sayso seal`) shows that: --against holds the ledger to it.
///
/// The exit code is 3 where anything is wrong.
#[derive(Debug, clap::Args)]
pub(crate) struct Verify {
    /// Weigh every claim anew, and count anew how often sources are heard
    #[arg(long, alias = "all")]
    deep: bool,
    /// Hold the ledger to a checkpoint that `sayso seal` wrote
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// The key that signed the checkpoint, as `sayso seal` told it [default: the one kept beside the ledger]
    #[arg(long, value_name = "KEY", requires = "against")]
    signer: Option<String>,
}

impl Verify {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let desk = ledger::open(session)?;
        let mut parts = Parts::new(session);
        let checked =
            desk.verify(self.deep, &mut |part: Part, done, of| parts.step(&part.to_string(), done, of));
        parts.finish();
        let mut verdict = checked.map_err(ledger::failed)?;
        if let Some(path) = &self.against {
            let told = checkpoint::read(session, path, self.signer.as_deref())?;
            verdict.faults.extend(desk.faults_against(&told).map_err(ledger::failed)?);
        }
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
    let Verdict { additions, acts, documents, statements, claims, claims_held, .. } = verdict;
    let claims = if claims == claims_held {
        format!("all {claims} claims")
    } else {
        format!("{claims} of {claims_held} claims")
    };
    text + &format!(
        "checked the database, what {additions} transactions added, the chain of {acts} acts, the hashes of {documents} documents and {statements} \
         statements, and what {claims} weigh\n"
    )
}
