//! A limit of time for work that goes on step by step on a thread of its own. A timer of the server's tells when it is over,
//! so that nobody reads a clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::task::JoinHandle;

/// Begins when it is made.
#[derive(Debug)]
pub(crate) struct TimeLimit {
    over: Arc<AtomicBool>,
    timer: JoinHandle<()>,
}

impl TimeLimit {
    /// So much time from now on. Must be made where the server's timers run.
    pub(crate) fn of(within: Duration) -> TimeLimit {
        let over = Arc::new(AtomicBool::new(false));
        let ends = Arc::clone(&over);
        let timer = tokio::spawn(async move {
            tokio::time::sleep(within).await;
            ends.store(true, Ordering::Relaxed);
        });
        TimeLimit { over, timer }
    }

    /// Whether time is left.
    pub(crate) fn is_left(&self) -> bool {
        !self.over.load(Ordering::Relaxed)
    }
}

impl Drop for TimeLimit {
    fn drop(&mut self) {
        self.timer.abort();
    }
}
