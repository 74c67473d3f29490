//! What was read, as an account for people: who says what, on whose word, and where it stands.
//!
//! Everything taken from a page goes through [`harmless`](crate::harmless) on its way out.

mod answer;
mod chain;
mod chain_down;
mod check;
mod consequences;
mod found;
mod json;
mod notice;
mod page;
mod place;
mod question;
mod said;
mod source;
mod trace;

pub(crate) use answer::{ClaimDetail, claim, outlet_and_date, page_in_words, speakers, titled};
pub(crate) use chain::{chain, kind};
pub(crate) use chain_down::chain_down;
pub(crate) use check::check;
pub(crate) use consequences::{JsonConsequences, act, consequences, in_words, subject};
pub(crate) use found::found;
pub(crate) use json::JsonDocument;
pub(crate) use page::page;
pub(crate) use question::reply;
pub(crate) use said::{Layout, wrapped};
pub(crate) use source::source;
pub(crate) use trace::trace;

use anstyle::{AnsiColor, Style};

/// How the parts of an account look on a terminal.
pub(crate) const TITLE: Style = Style::new().bold();
pub(crate) const SOURCE: Style = AnsiColor::Cyan.on_default();
pub(crate) const STANCE: Style = AnsiColor::Yellow.on_default();
pub(crate) const NOTICE: Style = AnsiColor::Red.on_default().bold();
pub(crate) const FAINT: Style = Style::new().dimmed();
