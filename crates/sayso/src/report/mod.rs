//! A claim's answer as one page to look at, that needs nothing but itself: no script, no network.
//!
//! [`picture`] turns the answer into who passed words on to whom, [`layout`] gives that its places, [`drawing`] draws it,
//! and [`mod@page`] puts it beside the words, their places, the timeline and the acts.

pub mod checked;
pub mod drawing;
pub mod layout;
mod page;
pub mod picture;
mod timeline;
mod words;

pub use page::{Places, STYLE, body, head, page, pending};
pub use words::{day, done};
