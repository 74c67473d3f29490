//! Checks of the whole crate.
