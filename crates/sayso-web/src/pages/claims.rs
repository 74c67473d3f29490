//! Claims in lists: by standing, or by when they changed.

use super::Page;
use super::search::standings;
use crate::asked::Asked;
use crate::failure::Failure;
use crate::frame::{claim_line, page};
use crate::site::Site;
use axum::extract::State;
use maud::html;
use sayso::Standing;
use sayso::{AsOf, ClaimFilter, ClaimLine, Desk};
use std::ops::ControlFlow;
use std::sync::Arc;

/// So many claims are on a page.
const SHOWN: usize = 50;
/// So many are gone through to reach a place far down the list.
const MOST_BEFORE: usize = 10_000;

/// A part of a list, and where the next begins.
pub(crate) struct Part {
    pub(crate) claims: Vec<ClaimLine>,
    pub(crate) next: Option<usize>,
}

/// A part of the claims that an address asks for, which begins after `after` of them.
pub(crate) fn part(desk: &Desk, wanted: &ClaimFilter, after: usize, count: usize) -> Result<Part, Failure> {
    let mut part = Part { claims: Vec::new(), next: None };
    let mut passed = 0;
    desk.claims_that(wanted, &mut |line| {
        if passed < after {
            passed += 1;
            return ControlFlow::Continue(());
        }
        if part.claims.len() == count {
            part.next = Some(after + count);
            return ControlFlow::Break(());
        }
        part.claims.push(line);
        ControlFlow::Continue(())
    })?;
    Ok(part)
}

/// Which claims an address asks for.
pub(crate) fn wanted(asked: &Asked) -> Result<ClaimFilter, Failure> {
    let since = match asked.one("changed_since") {
        Some(date) => Some(sayso::first_second(date).ok_or_else(|| Failure::bad("this is no date"))?),
        None => None,
    };
    Ok(ClaimFilter { standings: standings(asked)?, changed_since: since, as_of: asked.as_of()? })
}

/// Where in a list an address asks for.
pub(crate) fn after(asked: &Asked) -> Result<usize, Failure> {
    let Some(after) = asked.one("after") else { return Ok(0) };
    let after: usize = after.parse().map_err(|_| Failure::bad("the place in the list is no number"))?;
    if after > MOST_BEFORE {
        return Err(Failure::bad("that is too far down the list")
            .hint("narrow it by standing or by date, or export everything: sayso export"));
    }
    Ok(after)
}

pub(super) async fn show(State(site): State<Arc<Site>>, asked: Asked) -> Page {
    let (wanted, after) = (wanted(&asked)?, after(&asked)?);
    let newest = asked.one("changed").is_some() && wanted.as_of == AsOf::NOW;
    let part = site
        .desks
        .read(move |desk| {
            if newest {
                return Ok(Part { claims: desk.lately(SHOWN as u32)?.changed, next: None });
            }
            self::part(desk, &wanted, after, SHOWN)
        })
        .await?;
    let chosen = asked.one("standing").unwrap_or_default();
    let heading = match chosen {
        "" if newest => "Claims that changed lately".to_owned(),
        "" => "Claims".to_owned(),
        chosen => format!("Claims: {chosen}"),
    };
    Ok(page(
        &heading,
        html! {
            h1 { (heading) }
            form class="filters" action="/claims" {
                label { "Standing " select name="standing" {
                    option value="" { "any" }
                    @for standing in Standing::ALL {
                        option value=(standing.name()) selected[standing.name() == chosen] { (standing.name()) }
                    }
                } }
                label { "Changed since " input type="date" name="changed_since" value=[asked.one("changed_since")]; }
                label { "As of " input type="date" name="as_of" value=[asked.one("as_of")]; }
                label { "Known here by " input type="date" name="known_by" value=[asked.one("known_by")]; }
                button { "Show" }
            }
            @if part.claims.is_empty() { p role="status" { "There are none." } }
            ol class="list" start=(after + 1) { @for claim in &part.claims { (claim_line(claim)) } }
            @if let Some(next) = part.next {
                p { a rel="next" href={ "/claims?" (kept(&asked)) "after=" (next) } { "The next " (SHOWN) } }
            }
        },
    ))
}

/// The values of an address that the way onward keeps.
fn kept(asked: &Asked) -> String {
    let mut kept = String::new();
    for name in ["standing", "changed_since", "as_of", "known_by"] {
        for value in asked.all(name) {
            kept += &format!("{name}={}&", sayso::harmless::in_address(value));
        }
    }
    kept
}
