//! The tool `document`: one page of the ledger, with who says what in it, or its text.

use super::{Tool, Wish, limit, takes};
use crate::failure::Failure;
use crate::mcp::shown;
use sayso::{PageOf, Record, Sort};
use sayso_record::{Document, Statement, Subject};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const TOOL: Tool = Tool {
    name: "document",
    title: "One page",
    description: "One page by its id, or by the id of a statement in it: where and when it was published, and who says \
        what in it. With `text`, its own words instead, a part at a time.",
    acts: false,
    takes: takes::<Takes>,
    answer,
};

/// So many characters of a page are given at a time.
const TEXT: usize = 6_000;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Takes {
    /// The id of the document or of a statement in it, or its first digits.
    id: String,
    /// The page's own words, instead of who says what in it.
    #[serde(default)]
    text: bool,
    /// Where to go on: the `next` of the part before.
    #[serde(default)]
    from: usize,
    /// At most so many statements, 50 at most.
    limit: Option<usize>,
}

fn answer(mut wish: Wish) -> Result<Value, Failure> {
    let Takes { id, text, from, limit: count } = wish.arguments()?;
    let found = match wish.desk.subject(&id, &[Sort::Document, Sort::Statement])? {
        Subject::Document(id) => wish.desk.document(id),
        Subject::Statement(id) => wish.desk.document_of(id),
        _ => unreachable!("only documents and statements were asked for"),
    };
    let gone = || Failure::missing(format!("{} cannot be found again", shown::name(&id)));
    let Record { document, statements, .. } = found?.ok_or_else(gone)?;
    let mut shown = json!({ "page": shown::page(&page_of(&document)) });
    if !document.bylines.is_empty() {
        shown["by"] = document.bylines.iter().take(10).map(|name| json!(shown::name(name))).collect();
    }
    for note in document.notes.iter().take(3) {
        shown["note"] = json!(shown::name(&note.text));
    }
    let next = if text {
        let part: String = document.text.chars().skip(from).take(TEXT).collect();
        let end = from + part.chars().count();
        shown["quote"] = json!(shown::verbatim(&part));
        (end < document.text.chars().count()).then_some(end)
    } else {
        let limit = limit(count);
        let rest = statements.get(from..).unwrap_or_default();
        let (list, left_out) = shown::some(rest, limit, |statement| said(&document, statement));
        shown["statements"] = list;
        (left_out > 0).then_some(from + limit)
    };
    if let Some(next) = next {
        shown["next"] = json!(next);
    }
    Ok(shown)
}

fn page_of(document: &Document) -> PageOf {
    PageOf {
        id: document.id,
        title: document.title.clone(),
        site: document.site.clone(),
        url: document.url.clone(),
        published: document.published.as_ref().map(|stamp| stamp.at.clone()),
    }
}

fn said(document: &Document, statement: &Statement) -> Value {
    let named = |name: &str| if name.is_empty() { "nobody by name".to_owned() } else { shown::name(name) };
    let mut chain = named(&statement.source.name);
    for via in &statement.via {
        chain += &format!(" <- {}", named(&via.name));
    }
    let mut shown = json!({
        "statement": statement.id.short(),
        "chain": chain + " <- this page",
        "stance": statement.stance.verb(),
        "manner": statement.manner,
    });
    shown::quote(&mut shown, &document.words(&statement.content));
    shown
}
