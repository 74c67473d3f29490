//! Tables: one sort of record, a row each, with the columns that a table can hold. Lists are written as JSON.

use super::records::Walk;
use super::{ExportError, What};
use serde::Serialize;
use serde_json::Value;

/// What a column holds. Every column may be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text; lists and objects as JSON.
    Text,
    /// A whole number.
    Number,
    /// A number.
    Real,
    /// True or false.
    Flag,
}

/// A column: its name, where in the JSON of the record it stands, and what it holds.
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) pointer: &'static str,
    pub(super) kind: Kind,
}

const fn column(name: &'static str, pointer: &'static str, kind: Kind) -> Column {
    Column { name, pointer, kind }
}

use Kind::{Flag, Number, Real, Text};

const DOCUMENTS: &[Column] = &[
    column("id", "/id", Text),
    column("url", "/url", Text),
    column("site", "/site", Text),
    column("title", "/title", Text),
    column("section", "/section", Text),
    column("bylines", "/bylines", Text),
    column("published", "/published/at", Text),
    column("modified", "/modified/at", Text),
    column("language", "/language", Text),
    column("reader", "/reader", Text),
    column("first_read_at", "/first_read_at", Text),
    column("first_found_at", "/first_found_at", Text),
    column("notes", "/notes", Text),
    column("text", "/text", Text),
];

const STATEMENTS: &[Column] = &[
    column("id", "/id", Text),
    column("document", "/document", Text),
    column("claim", "/claim", Text),
    column("for_it", "/for_it", Flag),
    column("source", "/source/name", Text),
    column("source_kind", "/source/kind", Text),
    column("unnamed", "/unnamed", Flag),
    column("chain", "/chain", Text),
    column("stance", "/stance", Text),
    column("manner", "/manner", Text),
    column("words", "/words", Text),
    column("content", "/content", Text),
    column("cue", "/cue", Text),
    column("block", "/block", Number),
    column("within", "/within", Text),
    column("confidence", "/confidence", Real),
    column("site", "/site", Text),
    column("title", "/title", Text),
    column("url", "/url", Text),
    column("published", "/published", Text),
];

const CLAIMS: &[Column] = &[
    column("id", "/id", Text),
    column("words", "/words", Text),
    column("standing", "/standing", Text),
    column("independence_for_least", "/independence_for/0", Number),
    column("independence_for_most", "/independence_for/1", Number),
    column("independence_against_least", "/independence_against/0", Number),
    column("independence_against_most", "/independence_against/1", Number),
    column("statements_for", "/statements_for", Number),
    column("statements_against", "/statements_against", Number),
    column("documents", "/documents", Number),
    column("known", "/known", Number),
    column("weighs_so_since", "/weighs_so_since", Number),
    column("part_of", "/part_of", Text),
];

const SOURCES: &[Column] = &[
    column("name", "/name", Text),
    column("unnamed", "/unnamed", Flag),
    column("statements", "/statements", Number),
    column("part_of", "/part_of", Text),
];

const ACTS: &[Column] = &[
    column("id", "/id", Text),
    column("previous", "/previous", Text),
    column("act", "/act", Text),
    column("on", "/on", Text),
    column("with", "/with", Text),
    column("by", "/by", Text),
    column("because", "/because", Text),
    column("at", "/at", Text),
    column("published", "/published", Text),
    column("notice", "/notice", Text),
    column("undone_by", "/undone_by", Text),
];

/// The columns of a sort of record.
pub(super) fn columns(what: What) -> &'static [Column] {
    match what {
        What::Documents => DOCUMENTS,
        What::Statements => STATEMENTS,
        What::Claims => CLAIMS,
        What::Sources => SOURCES,
        What::Acts => ACTS,
    }
}

/// A cell, as its column's kind has it; `Value::Null` where it is empty.
pub(super) fn cell(record: &Value, column: &Column) -> Value {
    match record.pointer(column.pointer) {
        None | Some(Value::Null) => Value::Null,
        Some(list @ (Value::Array(_) | Value::Object(_))) => Value::String(list.to_string()),
        Some(value) => value.clone(),
    }
}

/// Hands over every record of a sort as JSON.
pub(super) fn rows(
    walk: &mut Walk,
    what: What,
    put: &mut dyn FnMut(&Value) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    fn json(record: &impl Serialize) -> Value {
        serde_json::to_value(record).expect("records are plain data")
    }
    match what {
        What::Documents => walk.pages(false, &mut |_, page| put(&json(&page.record()))),
        What::Statements => walk.pages(true, &mut |walk, page| {
            for (statement, links) in &page.statements {
                put(&json(&walk.statement(page, statement, links)?))?;
            }
            Ok(())
        }),
        What::Claims => walk.claims(&mut |walk, key| put(&json(&walk.claim(key)?))),
        What::Sources => walk.sources(&mut |walk, source| put(&json(&walk.source(source)?))),
        What::Acts => walk.acts(&mut |_, act| put(&json(&act))),
    }
}
