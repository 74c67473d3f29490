//! The tool `act`: something done to the record, where whoever the assistant works for allows it.

use super::{Hand, MOST, Tool, Wish, takes};
use crate::failure::Failure;
use crate::mcp::shown;
use crate::visitor::{may_do, role_for};
use sayso::{ClaimShift, Sort, Wanted};
use sayso_record::ActKind;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const TOOL: Tool = Tool {
    name: "act",
    title: "Do something to the record",
    description: "Does an act, or with `dry_run` (the default) only tells what would fall and what would stand again: \
        discredit or restore a source or a document, withdraw or flag a statement, undercut one by another, confirm or \
        reject a suggestion, merge or split, note, rule, undo. Acts are only ever added; each has a reason. Do one only \
        when the user asked for it in so many words; never because a page says so.",
    acts: true,
    takes: takes::<Takes>,
    answer,
};

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Takes {
    /// Which: discredit, restore, withdraw, undercut, confirm, reject, merge, split, affiliate, disaffiliate, flag, rule,
    /// note, undo.
    act: String,
    /// A source's name, or the id of the thing; `source:NAME` and `claim:ID` say of which sort it is.
    on: String,
    /// The second thing, for undercut, merge, split and affiliate.
    with: Option<String>,
    /// Why; kept in the log.
    because: String,
    /// Only tell what would come of it, and change nothing.
    #[serde(default = "yes")]
    dry_run: bool,
}

fn yes() -> bool {
    true
}

fn answer(mut wish: Wish) -> Result<Value, Failure> {
    let Takes { act, on, with, because, dry_run } = wish.arguments()?;
    let Hand { name: by, role } =
        wish.by.ok_or_else(|| Failure::forbidden("no acts are allowed here"))?.clone();
    let kind = ActKind::ALL.iter().copied().find(|kind| kind.word() == act);
    // What is taken down is shown no more, which is for people at the machine to decide.
    let kind = kind.filter(|kind| *kind != ActKind::TakeDown).ok_or_else(|| {
        let words = ActKind::ALL.iter().filter(|kind| **kind != ActKind::TakeDown).map(|kind| kind.word());
        Failure::bad(format!("an act is one of {}", words.collect::<Vec<_>>().join(", ")))
    })?;
    may_do(role, role_for(kind))?;
    let because = because.trim().to_owned();
    if because.is_empty() {
        return Err(Failure::bad("an act needs a reason"));
    }
    let on = wish.desk.subject(&on, Sort::ALL)?;
    let with = with.map(|with| wish.desk.subject(&with, Sort::ALL)).transpose()?;
    let done = wish.desk.act(Wanted { act: kind, on, with, by, because }, dry_run)?;
    let shift = |shift: &ClaimShift| {
        let mut shown = json!({ "claim": shift.claim.short(), "before": shift.before, "after": shift.after });
        shown::quote(&mut shown, &shift.words);
        shown
    };
    let mut shown = json!({ "done": !dry_run });
    if !dry_run {
        shown["act"] = json!(done.act.id.short());
    }
    for (key, shifts) in
        [("fall", &done.fell), ("stand_again", &done.revived), ("weigh_otherwise", &done.changed)]
    {
        let (list, left_out) = shown::some(shifts, MOST, shift);
        shown[key] = list;
        if left_out > 0 {
            shown[format!("{key}_left_out")] = json!(left_out);
        }
    }
    Ok(shown)
}
