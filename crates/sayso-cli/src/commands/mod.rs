//! The commands: one file each, and one table that puts them in order.

mod acts;
mod anew;
mod ask;
mod asking;
mod backup;
mod chain;
mod check;
mod claim;
mod claims;
mod corrections;
mod deed;
mod demo;
mod document;
mod export;
mod history;
mod hypotheses;
mod import;
mod index;
mod kept;
mod listed;
mod log;
mod mcp;
mod read;
mod report;
mod review;
mod seal;
mod search;
mod serve;
mod shell;
mod source;
mod sources;
mod trace;
mod users;
mod verify;
mod webhooks;
mod weigh;
mod what_if;

use crate::failure::Ended;
use crate::session::Session;

/// Makes the table: each command is a `clap::Args` struct whose doc comment is its help, with
/// `run(self, &mut Session) -> Ended`.
macro_rules! commands {
    ($($module:ident::$command:ident,)*) => {
        #[derive(Debug, clap::Subcommand)]
        pub(crate) enum Command {
            $($command($module::$command),)*
        }

        impl Command {
            /// Runs the command.
            pub(crate) fn run(self, session: &mut Session) -> Ended {
                match self {
                    $(Command::$command(command) => command.run(session),)*
                }
            }
        }
    };
}

// In the order in which `sayso help` lists them.
commands! {
    read::Read,
    ask::Ask,
    kept::Keep,
    kept::Kept,
    claim::Claim,
    chain::Chain,
    check::Check,
    trace::Trace,
    source::Source,
    document::Document,
    claims::Claims,
    sources::Sources,
    history::History,
    search::Search,
    index::Index,
    acts::Discredit,
    acts::Restore,
    acts::Withdraw,
    acts::Undercut,
    acts::Confirm,
    acts::Reject,
    acts::Merge,
    acts::Split,
    acts::Affiliate,
    acts::Flag,
    acts::Rule,
    acts::Note,
    acts::TakeDown,
    acts::Undo,
    log::Log,
    corrections::Corrections,
    review::Review,
    hypotheses::Hypotheses,
    verify::Verify,
    seal::Seal,
    backup::Backup,
    anew::Relink,
    anew::Reread,
    report::Report,
    export::Export,
    import::Import,
    serve::Serve,
    mcp::Mcp,
    users::Users,
    webhooks::Webhooks,
    weigh::Weigh,
    what_if::WhatIf,
    demo::Demo,
    shell::Completions,
    shell::Man,
}
