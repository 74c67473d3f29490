//! How much work reading was: words that were looked at, and candidates that were gone through. Tests hold it to the
//! length of what is read, which a clock cannot; builds without debug assertions count nothing.

use std::cell::Cell;

thread_local! {
    static TAKEN: Cell<u64> = const { Cell::new(0) };
}

/// Counts so many steps of this thread.
#[inline]
pub(crate) fn take(steps: usize) {
    if cfg!(debug_assertions) {
        TAKEN.set(TAKEN.get() + steps as u64);
    }
}

/// The steps that this thread has taken since this was last asked.
pub fn taken() -> u64 {
    TAKEN.replace(0)
}
