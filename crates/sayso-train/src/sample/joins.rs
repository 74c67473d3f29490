//! `sample joins LEDGER`: statements, each beside the founder of its claim in another document.

use super::draw::draw;
use super::standings::made;
use super::told::{Sampled, Told};
use super::{Draw, still_there};
use anyhow::{Context, Result};
use sayso::{AsOf, Chain, ClaimAnswer, ClaimFilter, Desk};
use sayso_record::{ClaimId, StatementId};
use std::collections::HashMap;
use std::ops::ControlFlow;

#[derive(clap::Args)]
pub(super) struct Options {
    #[command(flatten)]
    draw: Draw,
    /// Draw those that are only possible, and do not count, in the place of those that do.
    #[arg(long)]
    possible: bool,
}

pub(super) fn run(options: &Options) -> Result<()> {
    let desk = options.draw.open()?;
    let pairs = pairs(&desk, options.possible)?;
    let drawn = draw(pairs.keys().map(String::as_str), options.draw.seed, options.draw.count);
    let how = if options.possible { "may have joined" } else { "joined" };
    eprintln!("{} of {} statements that {how} a claim of another document", drawn.len(), pairs.len());
    let sample = drawn.into_iter().map(|id| told(&desk, id, pairs[id])).collect::<Result<Vec<_>>>()?;
    options.draw.print(&sample)
}

/// Every statement that stands in another document than the founder of its claim, with the claim: those that count, or
/// those that are only possible.
fn pairs(desk: &Desk, possible: bool) -> Result<HashMap<String, ClaimId>> {
    let filter = ClaimFilter { standings: Vec::new(), changed_since: None, as_of: AsOf::NOW };
    let mut claims = Vec::new();
    desk.claims_that(&filter, &mut |line| {
        claims.push(line.id);
        ControlFlow::Continue(())
    })?;
    let mut pairs = HashMap::new();
    for claim in claims {
        let answer = still_there(desk.claim(claim, AsOf::NOW))?;
        let Some(founder) = founder(&answer) else { continue };
        let elsewhere = answer
            .chains
            .iter()
            .filter(|chain| chain.page.id != founder.page.id && chain.possible == possible);
        pairs.extend(elsewhere.map(|chain| (chain.statement.to_string(), claim)));
    }
    Ok(pairs)
}

/// The statement whose words the claim has; where a person has merged that away, the first.
fn founder(answer: &ClaimAnswer) -> Option<&Chain> {
    answer.chains.iter().find(|chain| chain.words == answer.words).or(answer.chains.first())
}

fn told(desk: &Desk, id: &str, claim: ClaimId) -> Result<Sampled> {
    let statement: StatementId = id.parse().ok().context("a statement's id is an id")?;
    let answer = still_there(desk.claim(claim, AsOf::NOW))?;
    let pair = founder(&answer).zip(answer.chains.iter().find(|chain| chain.statement == statement));
    let (founder, joined) = still_there(Ok(pair))?;
    let statements = vec![Told::of(desk, founder)?, Told::of(desk, joined)?];
    let stratum = if founder.for_it == joined.for_it { "on one side" } else { "on opposite sides" };
    let made = Some(made(&answer, stratum));
    Ok(Sampled { id: id.to_owned(), claim, words: answer.words.clone(), made, statements })
}
