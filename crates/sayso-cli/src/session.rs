//! One run of the program: where its output goes, how wide the terminal is, and which ledger is meant.

use crate::failure::Failure;
use crate::harmless;
use crate::options::Global;
use anstream::{AutoStream, ColorChoice, adapter::strip_str};
use anstyle::{AnsiColor, Style};
use serde::Serialize;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

/// The ledger that is meant where none is named, in the current folder.
const DEFAULT_LEDGER: &str = "sayso.db";

/// Lines for people are wrapped here where nobody tells how wide the terminal is, and are never wider than `WIDEST`.
const USUAL_COLUMNS: usize = 100;
const WIDEST_COLUMNS: usize = 120;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default().bold();

/// What a command is given to work with.
pub(crate) struct Session {
    global: Global,
    out: io::BufWriter<io::Stdout>,
    colours: bool,
}

impl Session {
    pub(crate) fn new(global: Global) -> Session {
        let colours = AutoStream::choice(&io::stdout()) != ColorChoice::Never;
        Session { global, out: io::BufWriter::new(io::stdout()), colours }
    }

    /// Whether JSON is wanted.
    pub(crate) fn json(&self) -> bool {
        self.global.json
    }

    /// The ledger that is meant.
    pub(crate) fn ledger(&self) -> &Path {
        self.named_ledger().unwrap_or(Path::new(DEFAULT_LEDGER))
    }

    /// The ledger, where the user named one.
    pub(crate) fn named_ledger(&self) -> Option<&Path> {
        self.global.ledger.as_deref()
    }

    /// How many columns lines for people may have.
    pub(crate) fn columns(&self) -> usize {
        let told = || std::env::var("COLUMNS").ok()?.parse().ok();
        let seen = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        told().or_else(seen).unwrap_or(USUAL_COLUMNS).clamp(40, WIDEST_COLUMNS)
    }

    /// Whether standard error is a terminal, so that progress may be drawn on it.
    pub(crate) fn shows_progress(&self) -> bool {
        io::stderr().is_terminal()
    }

    /// Prints text for people; colours are taken out unless a terminal shows them.
    pub(crate) fn print(&mut self, text: &str) -> io::Result<()> {
        let printed = if self.colours {
            self.out.write_all(text.as_bytes())
        } else {
            write!(self.out, "{}", strip_str(text))
        };
        printed.map_err(unprintable)
    }

    /// Prints one line of JSON. Characters that a terminal would obey are escaped; the value is the same.
    pub(crate) fn print_json(&mut self, value: &impl Serialize) -> io::Result<()> {
        let line = serde_json::to_string(value).map_err(io::Error::other)?;
        writeln!(self.out, "{}", harmless::json(&line)).map_err(unprintable)
    }

    /// Says something to the person at the terminal, on standard error.
    pub(crate) fn say(&self, text: &str) {
        // Nobody can be told that nobody listens.
        let _ = writeln!(anstream::stderr(), "{text}");
    }

    /// Says why the command failed, and what can be done about it.
    pub(crate) fn complain(&self, failure: &Failure) {
        let error = &failure.error;
        self.say(&format!("{ERROR}error:{ERROR:#} {error:#}"));
        if let Some(hint) = &failure.hint {
            self.say(&format!("{HINT}hint:{HINT:#} {hint}"));
        }
    }

    /// The same for those that print as they go.
    pub(crate) fn flush_printed(&mut self) -> io::Result<()> {
        self.out.flush().map_err(unprintable)
    }

    /// Hands everything printed so far to whoever reads it.
    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        Ok(self.flush_printed()?)
    }
}

/// Says what it is that cannot be written; the kind stays, for a broken pipe is no fault.
fn unprintable(error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("standard output cannot be written: {error}"))
}
