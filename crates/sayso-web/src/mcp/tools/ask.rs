//! The tool `ask`: a question answered from what the pages say.

use super::search::found_in_short;
use super::{Tool, When, Wish, limit, takes};
use crate::failure::Failure;
use crate::mcp::shown;
use sayso::{Answer, ClaimAnswer, Filters, Question, Reply};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const TOOL: Tool = Tool {
    name: "ask",
    title: "Who says so?",
    description: "Answers a question or a sentence (\"Did the council sell the pier?\") from what the pages of the \
        ledger say: who says so, who says otherwise, on how many independent origins, and whether it still stands; then \
        the claims that match its words. That nobody says so is an answer. Ask in a whole sentence.",
    acts: false,
    takes: takes::<Takes>,
    answer,
};

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Takes {
    /// The question, as a sentence.
    question: String,
    /// Answer from what had been published by this date (2011-07-14).
    as_of: Option<String>,
    /// Answer from what the ledger knew by this date.
    known_by: Option<String>,
    /// At most so many of each list, 50 at most.
    limit: Option<usize>,
}

fn answer(mut wish: Wish) -> Result<Value, Failure> {
    let Takes { question, as_of, known_by, limit: count } = wish.arguments()?;
    let as_of = When { as_of, known_by }.parse()?;
    let limit = limit(count);
    let desk = wish.desk;
    let question =
        Question { words: question, filters: Filters::default(), standings: Vec::new(), as_of, limit };
    let answered = desk.reply(&question)?;
    let asked = desk.ask(&question)?;
    let mut shown = match &answered {
        Some(Reply::Answer(answer)) => answered_in_short(answer, limit),
        Some(Reply::MayAnswer(answer)) => may_answer_in_short(answer, limit),
        Some(Reply::Sayings(sayings)) => json!({
            "sentence": format!("What {} says; nothing is weighed.", shown::name(&sayings.of)),
            "statements": sayings.statements.iter().map(found_in_short).collect::<Value>(),
            "more": sayings.more,
        }),
        Some(Reply::Source(source)) => json!({
            "sentence": "A source of this ledger; the tool `source` tells all of it.",
            "source": shown::name(&source.name),
            "heard_in_documents": source.heard.documents,
        }),
        None => {
            json!({ "sentence": "This is no sentence that anybody could have said; these are claims with its words." })
        }
    };
    shown["claims"] = asked.found.iter().map(claim_in_short).collect();
    if !asked.all_words && !asked.found.is_empty() {
        shown["claims_note"] = json!("no claim has all the words; these have some of them");
    }
    Ok(shown)
}

fn answered_in_short(answer: &Answer, limit: usize) -> Value {
    let mut shown = json!({
        "sentence": shown::verbatim(&answer.sentence),
        "standing": answer.in_a_word(),
        "count": shown::count(shown::once(&answer.says).len(), answer.origins_for.len(), answer.independence_for),
        "independent": answer.independence_for,
        "origins": shown::speakers(&answer.origins_for),
    });
    if !answer.denies.is_empty() {
        let (denies, origins) = (shown::once(&answer.denies).len(), answer.origins_against.len());
        shown["count_against"] = json!(shown::count(denies, origins, answer.independence_against));
        shown["independent_against"] = json!(answer.independence_against);
        shown["origins_against"] = json!(shown::speakers(&answer.origins_against));
    }
    if let Some(possibly) = answer.possibly() {
        shown["standing_if_all_that_is_possible_were_so"] = json!(possibly.name());
    }
    let sides = [
        ("says_so", &answer.says),
        ("says_otherwise", &answer.denies),
        ("not_sure", &answer.doubts),
        ("may_speak_of_it_and_does_not_count", &answer.possible),
    ];
    for (key, lines) in sides {
        let lines = shown::once(lines);
        let (list, left_out) = shown::some(&lines, limit, |line| shown::line(line));
        if !lines.is_empty() {
            shown[key] = list;
        }
        if left_out > 0 {
            shown[format!("{key}_left_out")] = json!(left_out);
        }
    }
    shown
}

/// What may answer a question that is not whether something is so. It has no standing: nothing was weighed together.
fn may_answer_in_short(answer: &Answer, limit: usize) -> Value {
    let lines = shown::once(answer.lines());
    let (list, left_out) = shown::some(&lines, limit, |line| shown::line(line));
    json!({ "sentence": answer.not_weighed(), "may_answer": list, "may_answer_left_out": left_out })
}

/// A claim without its chains.
pub(super) fn claim_in_short(claim: &ClaimAnswer) -> Value {
    let statements = claim.chains.iter().filter(|chain| chain.for_it).count();
    json!({
        "claim": claim.id.short(),
        "title": shown::name(&claim.title),
        "standing": claim.standing.name(),
        "sentence": shown::verbatim(&claim.sentence),
        "count": shown::count(statements, claim.origins.len(), claim.independence_for),
        "independent": claim.independence_for,
    })
}
