//! The tool `chain`: one statement, followed down to its origins.

use super::{MOST, Tool, When, Wish, takes};
use crate::failure::Failure;
use crate::mcp::shown;
use sayso::{ChainAnswer, ChainLink, Sort, WhyLink};
use sayso_record::Subject;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const TOOL: Tool = Tool {
    name: "chain",
    title: "A statement followed to its origins",
    description: "Follows a statement, by its id, down to its origins across pages: each link with who says so, where, \
        whether its text is held, whether it stands and why. `rests_on` names links by their number in the list.",
    acts: false,
    takes: takes::<Takes>,
    answer,
};

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Takes {
    /// The id of the statement, or its first digits.
    statement: String,
    /// Answer from what had been published by this date (2011-07-14).
    as_of: Option<String>,
    /// Answer from what the ledger knew by this date.
    known_by: Option<String>,
}

fn answer(mut wish: Wish) -> Result<Value, Failure> {
    let Takes { statement, as_of, known_by } = wish.arguments()?;
    let as_of = When { as_of, known_by }.parse()?;
    let Subject::Statement(id) = wish.desk.subject(&statement, &[Sort::Statement])? else {
        unreachable!("only statements were asked for")
    };
    match wish.desk.chain(id, as_of)? {
        Some(chain) => Ok(followed(&chain)),
        // It makes no claim, or was not there then; that is an answer, and no failure.
        None => Ok(json!({ "statement": id.short(), "chain": "lineage not recorded" })),
    }
}

fn followed(chain: &ChainAnswer) -> Value {
    let mut shown = json!({
        "statement": chain.statement.short(),
        "stance": chain.stance.verb(),
        "claim": chain.claim.short(),
        "claim_title": shown::name(&chain.claim_title),
        "side": if chain.for_it { "for" } else { "against" },
        "standing": chain.standing.name(),
        "page": shown::page(&chain.page),
    });
    shown::quote(&mut shown, &chain.words);
    let (links, left_out) = shown::some(&chain.links, MOST, link);
    shown["links"] = links;
    if left_out > 0 {
        shown["links_left_out"] = json!(left_out);
    }
    shown
}

fn link(link: &ChainLink) -> Value {
    let why = match &link.why {
        WhyLink::FirstHand => "said at first hand".to_owned(),
        WhyLink::Rests => "stands on what it rests on".to_owned(),
        WhyLink::NotYet => "was not there yet".to_owned(),
        WhyLink::TakenAway { acts } => {
            let acts: Vec<String> = acts
                .iter()
                .map(|act| format!("{}: {}", act.kind.word(), shown::name(&act.because)))
                .collect();
            acts.join("; ")
        }
        WhyLink::NoGround => "lineage not recorded".to_owned(),
        WhyLink::NothingBelow => "nothing on which it rests stands".to_owned(),
        WhyLink::Loop => "rests on itself alone".to_owned(),
        WhyLink::Open => "hangs on statements that undercut each other".to_owned(),
    };
    let rests_on: Vec<Vec<Value>> = link
        .rests_on
        .iter()
        .map(|together| {
            let need = |need: &sayso::Need| match need.because.as_str() {
                "" => json!({ "link": need.link }),
                because => json!({ "link": need.link, "because": shown::name(because) }),
            };
            together.iter().map(need).collect()
        })
        .collect();
    let mut shown = json!({
        "source": shown::speaker(&link.source),
        "statement": link.statement.short(),
        "document": link.page.id.short(),
        "text_is_held": link.held,
        "stands": shown::stands(link.stands).unwrap_or("yes"),
        "why": why,
    });
    if !rests_on.is_empty() {
        shown["rests_on"] = json!(rests_on);
    }
    shown
}
