//! Makes words from pages safe to print, as the desk does wherever it shows any.

pub(crate) use sayso::harmless::{acts, json, line};
