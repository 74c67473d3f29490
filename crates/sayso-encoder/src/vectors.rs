//! Loops for the widest vectors that the processor has.

use pulp::{Arch, Simd, WithSimd};

/// Runs loops as they were compiled for the widest vectors of this processor. The closure, and all that it calls, must be
/// `#[inline(always)]`: what is not stands outside of what is compiled so.
#[inline(always)]
pub(crate) fn widest<R>(work: impl FnMut() -> R) -> R {
    arch().dispatch(Widest(work))
}

#[cfg(not(test))]
#[inline(always)]
fn arch() -> Arch {
    Arch::new()
}

#[cfg(test)]
thread_local!(static PLAIN: std::cell::Cell<bool> = const { std::cell::Cell::new(false) });

#[cfg(test)]
fn arch() -> Arch {
    if PLAIN.get() { Arch::Scalar } else { Arch::new() }
}

/// Runs something as on a processor without vectors.
#[cfg(test)]
pub(crate) fn plainly<R>(work: impl FnOnce() -> R) -> R {
    PLAIN.set(true);
    let done = work();
    PLAIN.set(false);
    done
}

struct Widest<F>(F);

impl<R, F: FnMut() -> R> WithSimd for Widest<F> {
    type Output = R;

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, _: S) -> R {
        // As `FnMut`, which is inlined; a call as `FnOnce` would go through a function between.
        (self.0)()
    }
}
