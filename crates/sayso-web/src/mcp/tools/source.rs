//! The tool `source`: all that is known of one source.

use super::{Tool, When, Wish, limit, takes};
use crate::failure::Failure;
use crate::mcp::shown;
use sayso::{Affiliation, ClaimShift, Sort, SourceAnswer, SourcePart, SourceStatement};
use sayso_record::Subject;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const TOOL: Tool = Tool {
    name: "source",
    title: "One source",
    description: "What one source said, for whom it speaks, what of that was taken back, and which claims would no longer \
        stand if nobody believed it. By its whole name or the last words of it.",
    acts: false,
    takes: takes::<Takes>,
    answer,
};

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Takes {
    /// A name, a surname, or a description ("senior official").
    name: String,
    /// Answer from what had been published by this date (2011-07-14).
    as_of: Option<String>,
    /// Answer from what the ledger knew by this date.
    known_by: Option<String>,
    /// At most so many of each list, 50 at most.
    limit: Option<usize>,
}

fn answer(mut wish: Wish) -> Result<Value, Failure> {
    let Takes { name, as_of, known_by, limit: count } = wish.arguments()?;
    let as_of = When { as_of, known_by }.parse()?;
    let limit = limit(count);
    let Subject::Source(name) = wish.desk.subject(&name, &[Sort::Source])? else {
        unreachable!("only sources were asked for")
    };
    let found = wish.desk.source(&name, as_of, limit)?;
    let unheard = || Failure::missing(format!("{} had not been heard by then", shown::name(&name)));
    Ok(in_short(&found.ok_or_else(unheard)?, limit))
}

fn in_short(source: &SourceAnswer, limit: usize) -> Value {
    let names = |others: &[Affiliation]| -> Vec<String> {
        others.iter().take(limit).map(|other| shown::name(&other.name)).collect()
    };
    let shift = |shift: &ClaimShift| {
        let mut shown = json!({
            "claim": shift.claim.short(), "standing_now": shift.before, "standing_without_it": shift.after,
        });
        shown::quote(&mut shown, &shift.words);
        shown
    };
    let (would_fall, left_out) = shown::some(&source.would_fall, limit, shift);
    let (said, _) = shown::some(&source.statements, limit, said);
    let mut shown = json!({
        "name": shown::name(&source.name),
        "unnamed": source.unnamed,
        "heard": source.heard,
        "speaks_for": names(&source.speaks_for),
        "speaking_for_it": names(&source.speaking_for_it),
        "claims_that_rest_on_it": source.rests_on_it,
        "would_fall_without_it": would_fall,
        "statements": said,
    });
    if left_out > 0 {
        shown["would_fall_left_out"] = json!(left_out);
    }
    if !source.whole {
        shown["note"] = json!("heard too often to go through all of it; what would fall was not looked at");
    }
    if !source.discredited.is_empty() {
        let why = source.discredited.iter().take(limit);
        shown["not_believed_because"] = why.map(|why| json!(shown::name(&why.because))).collect();
    }
    if !source.withdrawn.is_empty() {
        let taken_back = |one: &sayso::Withdrawn| {
            let mut shown = json!({
                "statement": one.id.short(), "because": shown::name(&one.because.because),
            });
            shown::quote(&mut shown, &one.words);
            shown
        };
        shown["taken_back"] = shown::some(&source.withdrawn, limit, taken_back).0;
    }
    if !source.pending.is_empty() {
        let pending = source.pending.iter().take(limit);
        shown["not_decided"] = pending.map(|pending| json!(shown::verbatim(&pending.sentence()))).collect();
    }
    shown
}

fn said(statement: &SourceStatement) -> Value {
    let part = match statement.part {
        SourcePart::Said => "another says that it said so",
        SourcePart::OwnVoice => "says so itself",
        SourcePart::PassedOn => "passes on what another said",
    };
    let mut shown = json!({
        "statement": statement.id.short(),
        "part": part,
        "claim": statement.claim.short(),
        "side": if statement.for_it { "for" } else { "against" },
        "claim_standing": statement.standing.name(),
        "page": shown::page(&statement.page),
    });
    shown::quote(&mut shown, &statement.words);
    if let Some(stands) = shown::stands(statement.stands) {
        shown["stands"] = json!(stands);
    }
    shown
}
