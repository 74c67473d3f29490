//! Loops for the widest vectors that the processor has.

use pulp::{Arch, Simd, WithSimd};

/// Runs loops as they were compiled for the widest vectors of this processor. The closure, and all that it calls, must be
/// `#[inline(always)]`: what is not stands outside of what is compiled so.
#[inline(always)]
pub(crate) fn widest<R>(work: impl FnMut() -> R) -> R {
    Arch::new().dispatch(Widest(work))
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
