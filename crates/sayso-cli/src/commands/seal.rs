//! `sayso seal`: how far the ledger goes, signed.

use crate::failure::{Done, Ended, Failure};
use crate::session::Session;
use crate::{checkpoint, ledger};
use serde_json::json;

/// Print a signed checkpoint of the ledger, by which `sayso verify --against` sees later whether it was changed
///
/// The checkpoint holds how many transactions added something and the hash of all that they added, and is signed with
/// Ed25519, as a signed note. Keep it where whoever may write to the ledger cannot: send it to somebody, or publish it. The
/// key is made the first time, and kept in LEDGER.seal.key; its public half is told on standard error.
#[derive(Debug, clap::Args)]
pub(crate) struct Seal {}

impl Seal {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let desk = ledger::open(session)?;
        let Some(checkpoint) = desk.checkpoint().map_err(ledger::failed)? else {
            return Err(Failure::usage("there is nothing in the ledger yet"));
        };
        let (note, signer) = checkpoint::signed(session.ledger(), &checkpoint)?;
        if session.json() {
            session
                .print_json(&json!({ "additions": checkpoint.additions, "note": note, "signer": signer }))?;
        } else {
            session.print(&note)?;
        }
        session.say(&format!("signed by {signer}"));
        Ok(Done::Whole)
    }
}
