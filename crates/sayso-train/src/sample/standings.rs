//! `sample standings LEDGER --standing NAME`: claims of some standings, so many of each.

use super::draw::{draw, place};
use super::told::{Made, Sampled, Told};
use super::{Draw, still_there};
use anyhow::{Context, Result};
use clap::builder::PossibleValuesParser;
use sayso::{AsOf, ClaimAnswer, ClaimFilter, Desk, Standing};
use std::ops::ControlFlow;

#[derive(clap::Args)]
pub(super) struct Options {
    #[command(flatten)]
    draw: Draw,
    /// Of which standing; several may be given, and --count holds for each.
    #[arg(long, required = true, value_delimiter = ',',
          value_parser = PossibleValuesParser::new(Standing::ALL.map(Standing::name)))]
    standing: Vec<String>,
}

pub(super) fn run(options: &Options) -> Result<()> {
    let desk = options.draw.open()?;
    let mut sample = Vec::new();
    for standing in Standing::ALL
        .into_iter()
        .filter(|standing| options.standing.iter().any(|name| name == standing.name()))
    {
        let all = claims(&desk, standing)?;
        let drawn = draw(all.iter().map(String::as_str), options.draw.seed, options.draw.count);
        eprintln!("{standing}: {} of {} claims", drawn.len(), all.len());
        for id in drawn {
            sample.push(told(&desk, id)?);
        }
    }
    // Claims of one standing do not stand together, which would give it away.
    sample.sort_by_key(|row: &Sampled| place(options.draw.seed, row.id.as_bytes()));
    options.draw.print(&sample)
}

/// The ids of every claim of a standing.
fn claims(desk: &Desk, standing: Standing) -> Result<Vec<String>> {
    let filter = ClaimFilter { standings: vec![standing], changed_since: None, as_of: AsOf::NOW };
    let mut ids = Vec::new();
    desk.claims_that(&filter, &mut |line| {
        ids.push(line.id.to_string());
        ControlFlow::Continue(())
    })?;
    Ok(ids)
}

fn told(desk: &Desk, id: &str) -> Result<Sampled> {
    let claim = id.parse().ok().context("a claim's id is an id")?;
    let answer = still_there(desk.claim(claim, AsOf::NOW))?;
    let statements = answer.chains.iter().map(|chain| Told::of(desk, chain)).collect::<Result<_>>()?;
    let made = Some(made(&answer, answer.standing.name()));
    Ok(Sampled { id: id.to_owned(), claim, words: answer.words, made, statements })
}

/// What the program made of a claim, counted in this stratum.
pub(super) fn made(answer: &ClaimAnswer, stratum: &str) -> Made {
    Made {
        stratum: stratum.to_owned(),
        standing: answer.standing.name(),
        independence_for: answer.independence_for,
        independence_against: answer.independence_against,
        origins: answer.origins.iter().map(|origin| origin.name.clone()).collect(),
    }
}
