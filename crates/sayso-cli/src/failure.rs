//! How a command ends: done, done in part, or failed, with the exit code and the word of advice that go with it.

use std::fmt;
use std::io;

/// Exit code: something that was asked for could not be done, and the rest was.
pub(crate) const PART: u8 = 1;
/// Exit code: the command was called wrongly. Clap uses the same.
pub(crate) const USAGE: u8 = 2;
/// Exit code: the ledger could not be opened, read or written.
pub(crate) const LEDGER: u8 = 3;

/// What a command gives back.
pub(crate) type Ended = Result<Done, Failure>;

/// A command that ran to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Done {
    /// Everything asked for was done.
    Whole,
    /// Some of it could not be done, and the command has said what.
    Part,
}

/// A command that could not go on.
#[derive(Debug)]
pub(crate) struct Failure {
    /// The exit code of the program.
    pub(crate) exit: u8,
    /// What is wrong, and where.
    pub(crate) error: anyhow::Error,
    /// What the user can do about it.
    pub(crate) hint: Option<String>,
}

impl Failure {
    /// A failure with one of the exit codes above.
    pub(crate) fn new(exit: u8, error: impl Into<anyhow::Error>) -> Failure {
        Failure { exit, error: error.into(), hint: None }
    }

    /// The call itself was wrong.
    pub(crate) fn usage(what: impl fmt::Display) -> Failure {
        Failure::new(USAGE, anyhow::anyhow!("{what}"))
    }

    /// Adds what the user can do about it.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Failure {
        self.hint = Some(hint.into());
        self
    }

    /// Whether all that went wrong is that nobody reads our output any more.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        self.error
            .chain()
            .filter_map(|cause| cause.downcast_ref::<io::Error>())
            .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Failure {
        Failure::new(PART, error)
    }
}
