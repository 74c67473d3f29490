//! Checks of the whole crate: fast ways against naive ones, models against damage, the example story against the case
//! that it should make.

mod claims;
mod grounds;
mod reuse;
mod sentences;
mod sources;
mod story;
