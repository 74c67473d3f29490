//! What was read, as an account for people: who says what, on whose word, and where it stands.
//!
//! Everything taken from a page goes through [`harmless`](crate::harmless) on its way out.

mod chain;
mod consequences;
mod json;
mod notice;
mod page;
mod place;
mod said;

pub(crate) use chain::{chain, kind};
pub(crate) use consequences::{JsonConsequences, act, consequences};
pub(crate) use json::{JsonDocument, JsonStatement};
pub(crate) use page::{heading, page};
pub(crate) use place::Places;
pub(crate) use said::{Layout, said, wrapped};

use anstyle::{AnsiColor, Style};

/// How the parts of an account look on a terminal.
pub(crate) const TITLE: Style = Style::new().bold();
pub(crate) const SOURCE: Style = AnsiColor::Cyan.on_default();
pub(crate) const STANCE: Style = AnsiColor::Yellow.on_default();
pub(crate) const NOTICE: Style = AnsiColor::Red.on_default().bold();
pub(crate) const FAINT: Style = Style::new().dimmed();
