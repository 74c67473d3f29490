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
use sayso::{AsOf, ClaimFilter, ListPart};
use std::sync::Arc;

/// So many claims are on a page.
const SHOWN: usize = 50;

/// Which claims an address asks for.
pub(crate) fn wanted(asked: &Asked) -> Result<ClaimFilter, Failure> {
    let since = match asked.one("changed_since") {
        Some(date) => Some(sayso::first_second(date).ok_or_else(|| Failure::bad("this is no date"))?),
        None => None,
    };
    Ok(ClaimFilter { standings: standings(asked)?, changed_since: since, as_of: asked.as_of()? })
}

pub(super) async fn show(State(site): State<Arc<Site>>, asked: Asked) -> Page {
    let (wanted, after) = (wanted(&asked)?, asked.after()?);
    let newest = asked.one("changed").is_some() && wanted.as_of == AsOf::NOW;
    let part = site
        .desks
        .read(move |desk| {
            if newest {
                return Ok(ListPart { lines: desk.lately(SHOWN as u32)?.changed, next: None });
            }
            Ok(desk.claims_part(&wanted, after, SHOWN)?)
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
            @if part.lines.is_empty() {
                p role="status" { @if part.next.is_some() { "None so far; there is more to go through." } @else { "There are none." } }
            }
            ul class="list" { @for claim in &part.lines { (claim_line(claim)) } }
            @if let Some(next) = part.next {
                p { a rel="next" href={ "/claims?" (kept(&asked)) "after=" (next) } { "More of them" } }
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
