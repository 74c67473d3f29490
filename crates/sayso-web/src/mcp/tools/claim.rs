//! The tool `claim`: one claim with all that is said of it.

use super::ask::claim_in_short;
use super::{Tool, When, Wish, limit, takes};
use crate::failure::Failure;
use crate::mcp::shown;
use sayso::{Chain, ClaimAnswer, Sort};
use sayso_record::Subject;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const TOOL: Tool = Tool {
    name: "claim",
    title: "One claim",
    description: "One claim by its id: what is left of it, who says so and through whom, who denies it, what was taken \
        back, whose fall alone would end it, and what waits for a person to decide.",
    acts: false,
    takes: takes::<Takes>,
    answer,
};

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Takes {
    /// The id of the claim, or its first digits.
    id: String,
    /// Answer from what had been published by this date (2011-07-14).
    as_of: Option<String>,
    /// Answer from what the ledger knew by this date.
    known_by: Option<String>,
    /// At most so many statements of each side, 50 at most.
    limit: Option<usize>,
}

fn answer(mut wish: Wish) -> Result<Value, Failure> {
    let Takes { id, as_of, known_by, limit: count } = wish.arguments()?;
    let as_of = When { as_of, known_by }.parse()?;
    let Subject::Claim(id) = wish.desk.subject(&id, &[Sort::Claim])? else {
        unreachable!("only claims were asked for")
    };
    let found = wish.desk.claim(id, as_of)?;
    let unsaid = || Failure::missing(format!("nothing had been said of claim {} by then", id.short()));
    Ok(in_full(&found.ok_or_else(unsaid)?, limit(count)))
}

/// A claim with its chains.
pub(in crate::mcp) fn in_full(claim: &ClaimAnswer, limit: usize) -> Value {
    let mut shown = claim_in_short(claim);
    shown["origins"] = json!(shown::speakers(&claim.origins));
    shown["would_fall_with_any_of"] = json!(shown::speakers(&claim.single_points));
    if let Some(organisation) = &claim.all_speak_for {
        shown["all_speak_for"] = json!(shown::name(organisation));
    }
    for (key, for_it) in [("said_by", true), ("denied_by", false)] {
        let chains: Vec<&Chain> = claim.chains.iter().filter(|chain| chain.for_it == for_it).collect();
        let (list, left_out) = shown::some(&chains, limit, |chain| shown::said(chain));
        if !chains.is_empty() {
            shown[key] = list;
        }
        if left_out > 0 {
            shown[format!("{key}_left_out")] = json!(left_out);
        }
    }
    if !claim.pending.is_empty() {
        let pending = claim.pending.iter().take(limit);
        shown["not_decided"] = pending.map(|pending| json!(shown::verbatim(&pending.sentence()))).collect();
    }
    shown
}
