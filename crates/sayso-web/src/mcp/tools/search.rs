//! The tool `search`: statements or pages by their words.

use super::{Tool, When, Wish, limit, second, takes};
use crate::failure::Failure;
use crate::mcp::shown;
use sayso::{Filters, FoundStatement, Question, Standing, first_second, last_second};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const TOOL: Tool = Tool {
    name: "search",
    title: "Statements and pages by their words",
    description: "Finds statements, or with `documents` whole pages, by their words, source, outlet, time or standing, the \
        best match first. \"Words in quotation marks\" must stand side by side; a word with a minus before it must not be \
        there. For a question, use `ask`.",
    acts: false,
    takes: takes::<Takes>,
    answer,
};

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Takes {
    /// The words to look for; without any, all that the filters let through.
    #[serde(default)]
    words: String,
    /// Whole pages, titles first, in the place of statements.
    #[serde(default)]
    documents: bool,
    /// Only where this source speaks, or passes on what others say.
    source: Option<String>,
    /// Only in this outlet: the name of the site, or of its host.
    outlet: Option<String>,
    /// Only what was published on this day or later.
    from: Option<String>,
    /// Only what was published on this day or earlier.
    until: Option<String>,
    /// Only statements whose claim has one of these standings: single-sourced, corroborated, contested, denied, refuted,
    /// withdrawn, fallen, circular, unsourced, unresolved.
    #[serde(default)]
    standings: Vec<String>,
    /// Answer from what had been published by this date (2011-07-14).
    as_of: Option<String>,
    /// Answer from what the ledger knew by this date.
    known_by: Option<String>,
    /// At most so many, 50 at most.
    limit: Option<usize>,
}

fn answer(mut wish: Wish) -> Result<Value, Failure> {
    let takes: Takes = wish.arguments()?;
    let of = |date: &Option<String>, of| date.as_deref().map(|date| second(date, of)).transpose();
    let question = Question {
        filters: Filters {
            source: takes.source,
            outlet: takes.outlet,
            from: of(&takes.from, first_second)?,
            until: of(&takes.until, last_second)?,
        },
        standings: takes.standings.iter().map(|word| standing(word)).collect::<Result<_, _>>()?,
        as_of: When { as_of: takes.as_of, known_by: takes.known_by }.parse()?,
        words: takes.words,
        limit: limit(takes.limit),
    };
    if takes.documents && !question.standings.is_empty() {
        return Err(Failure::bad("documents have no standing"));
    }
    let (found, all_words, more) = if takes.documents {
        let found = wish.desk.search_documents(&question)?;
        let list: Value = found
            .found
            .iter()
            .map(|one| json!({ "page": shown::page(&one.page), "statements": one.statements }))
            .collect();
        (list, found.all_words, found.more)
    } else {
        let found = wish.desk.search_statements(&question)?;
        (found.found.iter().map(found_in_short).collect(), found.all_words, found.more)
    };
    let mut shown = json!({ "found": found, "there_are_more": more });
    if !all_words {
        shown["note"] = json!("nothing has all the words; these have some of them");
    }
    Ok(shown)
}

fn standing(word: &str) -> Result<Standing, Failure> {
    Standing::ALL.into_iter().find(|standing| standing.name() == word).ok_or_else(|| {
        let words: Vec<&str> = Standing::ALL.iter().map(|standing| standing.name()).collect();
        Failure::bad(format!("a standing is one of {}", words.join(", ")))
    })
}

/// A statement that was found.
pub(super) fn found_in_short(found: &FoundStatement) -> Value {
    let mut shown = json!({
        "statement": found.id.short(),
        "chain": shown::chain(&found.chain),
        "stance": found.stance.verb(),
        "page": shown::page(&found.page),
    });
    shown::quote(&mut shown, &found.words);
    if let (Some((claim, for_it)), Some(standing)) = (found.claim, found.standing) {
        shown["claim"] = json!(claim.short());
        shown["side"] = json!(if for_it { "for" } else { "against" });
        shown["claim_standing"] = json!(standing.name());
    }
    if let Some(stands) = found.stands.and_then(shown::stands) {
        shown["stands"] = json!(stands);
    }
    shown
}
