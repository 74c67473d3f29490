//! The append-only store of everything read.
