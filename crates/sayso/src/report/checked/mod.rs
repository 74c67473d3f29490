//! A page's citations, checked, as a report: for a browser, for a wiki, for whatever shows Markdown.

mod html;
mod markdown;
mod wikitext;

pub use html::{STYLE, body, page};
pub use markdown::markdown;
pub use wikitext::wikitext;
