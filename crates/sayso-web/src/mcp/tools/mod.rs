//! The tools: one file each, and one table that puts them in order.

mod act;
mod ask;
mod chain;
mod claim;
mod corrections;
mod document;
mod search;
mod source;

pub(super) use claim::in_full as claim;

use crate::failure::Failure;
use crate::users::Role;
use rmcp::handler::server::common::schema_for_input;
use rmcp::model::{self, JsonObject, ToolAnnotations};
use sayso::{AsOf, Desk};
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::any::Any;
use std::sync::Arc;

/// A tool that an assistant may call.
pub(super) struct Tool {
    /// Its name, which is that of the command that does the same.
    pub(super) name: &'static str,
    title: &'static str,
    description: &'static str,
    /// Whether it adds to the record.
    pub(super) acts: bool,
    takes: fn() -> Arc<JsonObject>,
    /// Answers a call.
    pub(super) answer: fn(Wish) -> Result<Value, Failure>,
}

/// A call of a tool.
pub(super) struct Wish<'d> {
    pub(super) desk: &'d mut Desk,
    pub(super) arguments: Value,
    /// Who does acts; nobody where none are allowed.
    pub(super) by: Option<&'d Hand>,
}

/// Whose assistant does acts.
#[derive(Clone, Debug)]
pub(super) struct Hand {
    /// The name that the log keeps.
    pub(super) name: String,
    pub(super) role: Role,
}

/// In the order in which an assistant sees them.
pub(super) const TOOLS: &[Tool] = &[
    ask::TOOL,
    claim::TOOL,
    chain::TOOL,
    source::TOOL,
    document::TOOL,
    search::TOOL,
    corrections::TOOL,
    act::TOOL,
];

impl Tool {
    /// The tool as the protocol describes it.
    pub(super) fn described(&self) -> model::Tool {
        let hints = ToolAnnotations::with_title(self.title)
            .read_only(!self.acts)
            // Acts only add to the record, and can be undone.
            .destructive(false)
            .idempotent(!self.acts)
            .open_world(false);
        model::Tool::new(self.name, self.description, (self.takes)()).with_annotations(hints)
    }
}

impl Wish<'_> {
    /// The arguments as the tool takes them.
    fn arguments<T: DeserializeOwned>(&mut self) -> Result<T, Failure> {
        serde_json::from_value(self.arguments.take())
            .map_err(|error| Failure::bad(format!("the arguments do not fit: {error}")))
    }
}

/// The schema of what a tool takes.
fn takes<T: JsonSchema + Any>() -> Arc<JsonObject> {
    schema_for_input::<T>().expect("what tools take is an object")
}

/// As of when a question is meant.
#[derive(Debug, Default, Deserialize, JsonSchema)]
struct When {
    /// Answer from what had been published by this date (2011-07-14).
    as_of: Option<String>,
    /// Answer from what the ledger knew by this date.
    known_by: Option<String>,
}

impl When {
    fn parse(&self) -> Result<AsOf, Failure> {
        AsOf::parse(self.as_of.as_deref(), self.known_by.as_deref())
            .ok_or_else(|| Failure::bad("as_of and known_by take a date").hint("write 2011-07-14"))
    }
}

/// The second that a date stands for.
fn second(date: &str, of: fn(&str) -> Option<i64>) -> Result<i64, Failure> {
    of(date).ok_or_else(|| {
        Failure::bad(format!("{date} is no date"))
            .hint("write a day as 2026-11-23, or a time as 2026-11-23T08:00:00Z")
    })
}

/// So many things of a list are given at most, and where nobody says how many.
const MOST: usize = 50;
const USUAL: usize = 10;

fn limit(wanted: Option<usize>) -> usize {
    wanted.unwrap_or(USUAL).clamp(1, MOST)
}
