//! The `sayso` program: reads its arguments, runs one command, and turns the end of it into an exit code.

mod account;
mod checkpoint;
mod commands;
mod failure;
mod fetch;
mod harmless;
mod ledger;
mod options;
mod progress;
mod reader;
mod sentences;
mod session;
mod whole_file;

use clap::Parser;
use failure::Done;
use options::Options;
use session::Session;
use std::process::ExitCode;

/// Reading makes and drops many small things on several threads at once, which this does at half the cost of glibc's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let options = Options::parse();
    let mut session = Session::new(options.global);
    let ended = options.command.run(&mut session).and_then(|done| session.flush().map(|()| done));
    match ended {
        Ok(Done::Whole) => ExitCode::SUCCESS,
        Ok(Done::Part) => ExitCode::from(failure::PART),
        // Whoever read our output has seen enough; that is no fault.
        Err(failure) if failure.is_broken_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            session.complain(&failure);
            ExitCode::from(failure.exit)
        }
    }
}
