//! The tool `corrections`: what was taken back or changed, and how much rests on it.

use super::{Tool, Wish, limit, second, takes};
use crate::failure::Failure;
use crate::mcp::shown;
use sayso::{Correction, CorrectionKind, Downstream, Told, first_second};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const TOOL: Tool = Tool {
    name: "corrections",
    title: "What was taken back or changed",
    description: "Notices, withdrawals and silent changes of quoted words, the newest first, each with what it takes back \
        and the statements elsewhere that still rest on that.",
    acts: false,
    takes: takes::<Takes>,
    answer,
};

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Takes {
    /// Only what the ledger has known of since this day (2026-11-23).
    since: Option<String>,
    /// At most so many of each list, 50 at most.
    limit: Option<usize>,
}

fn answer(mut wish: Wish) -> Result<Value, Failure> {
    let Takes { since, limit: count } = wish.arguments()?;
    let since = since.map_or(Ok(0), |date| second(&date, first_second))?;
    let limit = limit(count);
    let part = wish.desk.corrections_part(since, None, limit, limit)?;
    let more = part.next.is_some() || part.lines.len() > limit;
    let shown: Value = part.lines.iter().take(limit).map(|one| in_short(one, limit)).collect();
    Ok(json!({ "corrections": shown, "there_are_more": more }))
}

fn in_short(correction: &Correction, limit: usize) -> Value {
    let kind = match correction.kind {
        CorrectionKind::Notice => "notice",
        CorrectionKind::Withdrawal => "withdrawal",
        CorrectionKind::Change => "change",
        CorrectionKind::SilentChange => "silent change",
    };
    let mut shown =
        json!({ "kind": kind, "known_since": correction.known, "page": shown::page(&correction.page) });
    if !correction.words.is_empty() {
        shown::quote(&mut shown, &correction.words);
    }
    if let Some(revision) = &correction.revision {
        let pair = |(before, after): &(Told, Told)| json!({ "was": told(before), "is": told(after) });
        shown["changed"] = shown::some(&revision.changed, limit, pair).0;
        shown["removed"] = shown::some(&revision.removed, limit, told).0;
    }
    let lists = [("takes_back", shown::some(&correction.withdrawn, limit, told))];
    for (key, (list, left_out)) in lists {
        shown[key] = list;
        if left_out > 0 {
            shown[format!("{key}_left_out")] = json!(left_out);
        }
    }
    if !correction.suggested.is_empty() {
        let names = correction.suggested.iter().take(limit).map(|one| {
            let decided = match one.confirmed {
                None => "not decided",
                Some(true) => "confirmed",
                Some(false) => "rejected",
            };
            json!({ "source": shown::name(&one.source), "decided": decided })
        });
        shown["says_that_these_should_not_have_been_believed"] = names.collect();
    }
    let (list, left_out) = shown::some(&correction.downstream, limit, downstream);
    shown["rests_on_it_still"] = list;
    if left_out > 0 || correction.downstream_at_least {
        shown["more_rests_on_it"] = json!(true);
    }
    shown
}

fn told(told: &Told) -> Value {
    let source = if told.source.is_empty() { "nobody by name" } else { &told.source };
    let mut shown = json!({ "statement": told.statement.short(), "source": shown::name(source) });
    shown::quote(&mut shown, &told.words);
    shown
}

fn downstream(one: &Downstream) -> Value {
    let mut shown = told(&one.told);
    shown["hops"] = json!(one.path.len().saturating_sub(1));
    shown["claim"] = json!(one.claim.short());
    shown["claim_standing"] = json!(one.standing);
    shown["document"] = json!(one.page.id.short());
    shown
}
