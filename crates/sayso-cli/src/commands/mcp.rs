//! `sayso mcp`: the ledger for assistants, by the Model Context Protocol over standard input and output.

use super::deed::Hand;
use crate::failure::{Done, Ended, Failure};
use crate::ledger;
use crate::session::Session;
use rmcp::ServiceExt;
use sayso_web::mcp::Server;

/// Answer an assistant (Claude, an editor, any program that speaks the Model Context Protocol)
///
/// Speaks over standard input and output until the other side closes them; an assistant starts it by itself once it is
/// told the command: sayso mcp --ledger PATH. It offers the tools ask, claim, chain, source, document, search and
/// corrections, and claims and pages as resources. Answers are short, with ids, quotations word for word, and how many
/// origins there are; what comes from pages is marked as such. Nothing is fetched, and nothing is changed unless
/// --allow-acts is said.
///
/// `sayso serve` answers assistants too, at /mcp under its address: of a ledger with users, those that bring a token
/// (`sayso users token`), and with the tool `act` where the token is good for writing.
#[derive(Debug, clap::Args)]
pub(crate) struct Mcp {
    /// Offer the tool `act` too: what assistants do to the record is kept in the log as any act is, and can be undone
    #[arg(long)]
    allow_acts: bool,
    #[command(flatten)]
    hand: Hand,
}

impl Mcp {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let desk = ledger::open(session)?;
        let by = self.allow_acts.then(|| self.hand.name()).transpose()?;
        let server = Server::of(desk, by);
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let served = runtime.block_on(async {
            let running = server.serve(rmcp::transport::io::stdio_pipes()).await;
            match running {
                Ok(running) => running.waiting().await.map(drop).map_err(anyhow::Error::new),
                // Whoever hangs up before the first word wanted nothing.
                Err(rmcp::service::ServerInitializeError::ConnectionClosed(_)) => Ok(()),
                Err(error) => Err(anyhow::Error::new(error).context("the assistant speaks another protocol")),
            }
        });
        // A read of standard input cannot be called off where that is no pipe.
        runtime.shutdown_background();
        served.map_err(Failure::from).map(|()| Done::Whole)
    }
}
