//! A claim's answer as one page to look at, that needs nothing but itself: no script, no network.
//!
//! [`Answered`] is what the answer to a claim and that to a question have in common; [`picture`] turns it into who passed words on to whom, [`layout`] gives that its places, [`drawing`] draws it,
//! and [`mod@page`] puts it beside the words, their places, the timeline and the acts.

mod alone;
mod answered;
pub mod checked;
pub mod drawing;
pub mod layout;
mod page;
pub mod picture;
mod timeline;
mod words;

pub use answered::Answered;
pub use page::{STYLE, head, page, passed_on, pending, possible, sides, times};
pub use words::{Places, day, done, in_words};
