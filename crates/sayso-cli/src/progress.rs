//! A progress bar on standard error, where that is a terminal.

use crate::session::Session;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How far reading has come; shows nothing where nobody watches.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// A bar for so many inputs. One input alone needs none.
    pub(crate) fn new(session: &Session, inputs: usize) -> Progress {
        if !session.shows_progress() || inputs < 2 {
            return Progress(ProgressBar::hidden());
        }
        let bar = ProgressBar::with_draw_target(Some(inputs as u64), ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template("{bar:30} {pos} of {len} read, {eta} to go");
        Progress(bar.with_style(style.expect("the template is a constant")))
    }

    /// Another one is done. A file may turn out to hold many.
    pub(crate) fn step(&self) {
        self.0.inc(1);
        if self.0.length().is_some_and(|length| length < self.0.position()) {
            self.0.set_length(self.0.position());
        }
    }

    /// Does something that prints, without the bar in the way.
    pub(crate) fn aside<T>(&self, print: impl FnOnce() -> T) -> T {
        self.0.suspend(print)
    }

    pub(crate) fn finish(&self) {
        self.0.finish_and_clear();
    }
}

/// How far something that has several parts has come; shows nothing where nobody watches.
pub(crate) struct Parts {
    bar: ProgressBar,
    part: String,
}

impl Parts {
    pub(crate) fn new(session: &Session) -> Parts {
        let bar = if session.shows_progress() {
            ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr())
        } else {
            ProgressBar::hidden()
        };
        let style = ProgressStyle::with_template("{bar:30} {msg}: {pos} of {len}");
        Parts { bar: bar.with_style(style.expect("the template is a constant")), part: String::new() }
    }

    /// So much of a part is done.
    pub(crate) fn step(&mut self, part: &str, done: usize, of: usize) {
        if self.part != part {
            part.clone_into(&mut self.part);
            self.bar.set_message(self.part.clone());
            self.bar.reset();
        }
        self.bar.set_length(of as u64);
        self.bar.set_position(done as u64);
    }

    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
