//! Claims in lists: narrowed down by standing, outlet, source and month; as a page, CSV or JSON.

use super::Page;
use super::search::standings;
use crate::asked::Asked;
use crate::failure::Failure;
use crate::frame::{counted, csv_page, page, standing};
use crate::site::Site;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use maud::{Markup, html};
use sayso::harmless::{in_address, line};
use sayso::report::{day, in_words};
use sayso::{AsOf, ClaimFacets, ClaimFilter, ClaimOrder, ClaimsWanted, Desk, ListPlace, SeenClaim, Standing};
use serde_json::json;
use std::sync::Arc;

/// So many claims are on a page.
const SHOWN: usize = 50;
/// So many outlets of a claim are named.
const OUTLETS: usize = 3;

/// What narrows the list down, as the address names it.
const NARROWS: [&str; 8] =
    ["standing", "outlet", "source", "month", "order", "changed_since", "as_of", "known_by"];

/// The orders, as the address names them.
const ORDERS: [(&str, &str, ClaimOrder); 3] = [
    ("newest", "newest first", ClaimOrder::Newest),
    ("oldest", "oldest first", ClaimOrder::Oldest),
    ("changed", "changed last first", ClaimOrder::Changed),
];

/// Which claims a program asks for.
pub(crate) fn wanted(asked: &Asked) -> Result<ClaimFilter, Failure> {
    let since = match asked.one("changed_since") {
        Some(date) => Some(sayso::first_second(date).ok_or_else(|| Failure::bad("this is no date"))?),
        None => None,
    };
    Ok(ClaimFilter { standings: standings(asked)?, changed_since: since, as_of: asked.as_of()? })
}

fn narrowed(asked: &Asked) -> Result<ClaimsWanted, Failure> {
    let text = |name: &str| asked.one(name).map(str::to_owned);
    let order = match asked.one("order") {
        None => ClaimOrder::Newest,
        Some(name) => {
            ORDERS.iter().find(|order| order.0 == name).map(|order| order.2).ok_or_else(|| {
                Failure::bad(format!("{name} is no order")).hint("newest, oldest or changed")
            })?
        }
    };
    let month = text("month");
    if month
        .as_ref()
        .is_some_and(|month| month.len() != 7 || sayso::first_second(&format!("{month}-01")).is_none())
    {
        return Err(Failure::bad("this is no month").hint("write 2019-06"));
    }
    Ok(ClaimsWanted {
        standing: standings(asked)?.first().copied(),
        outlet: text("outlet"),
        source: text("source"),
        month,
        order,
    })
}

/// What an address asks for: to look through claims, or a list as of a time or since a change.
enum Listed {
    LookedThrough(ClaimsWanted, Option<ListPlace<1>>),
    Dated(ClaimFilter, Option<ListPlace<2>>),
}

/// A part of a list, and where the next begins.
struct Part {
    lines: Vec<SeenClaim>,
    next: Option<String>,
}

impl Listed {
    fn of(asked: &Asked) -> Result<Listed, Failure> {
        let filter = wanted(asked)?;
        let is_dated = filter.as_of != AsOf::NOW || filter.changed_since.is_some();
        if is_dated || filter.standings.len() > 1 {
            return Ok(Listed::Dated(filter, asked.after()?));
        }
        Ok(Listed::LookedThrough(narrowed(asked)?, asked.after()?))
    }

    fn part(self, desk: &Desk) -> Result<Part, Failure> {
        Ok(match self {
            Listed::LookedThrough(wanted, after) => {
                let part = desk.claims_seen(&wanted, after, SHOWN)?;
                Part { lines: part.lines, next: part.next.map(|next| next.to_string()) }
            }
            Listed::Dated(wanted, after) => {
                let part = desk.claims_part(&wanted, after, SHOWN)?;
                Part { lines: desk.with_seen(part.lines)?, next: part.next.map(|next| next.to_string()) }
            }
        })
    }
}

pub(super) async fn show(State(site): State<Arc<Site>>, asked: Asked) -> Page {
    let listed = Listed::of(&asked)?;
    let (part, facets) = site.desks.read(move |desk| Ok((listed.part(desk)?, desk.claim_facets()?))).await?;
    match asked.one("as") {
        Some("csv") => return Ok(as_csv(&part.lines)),
        Some("json") => return Ok(Json(json!({ "claims": part.lines, "next": part.next })).into_response()),
        _ => {}
    }
    let chosen = asked.one("standing").unwrap_or_default();
    let heading = if chosen.is_empty() { "Claims".to_owned() } else { format!("Claims: {chosen}") };
    let here = format!("/claims?{}", kept(&asked, &NARROWS, true));
    Ok(page(
        &heading,
        html! {
            h1 { (heading) }
            (by_standing(&asked, &facets))
            (narrowing(&asked, &facets))
            @if asked.one("as_of").or(asked.one("known_by")).is_some() {
                p class="soft" { "As things stood by then. " a href="/claims" { "As they stand now" } }
            }
            (list(&part))
            @if let Some(next) = &part.next {
                p { a rel="next" href={ "/claims?" (kept(&asked, &NARROWS, false)) "after=" (next) } { "More of them" } }
            }
            @if !part.lines.is_empty() {
                p class="soft" {
                    "What is shown here: " a href={ (here) "as=csv" } { "as CSV" } ", " a href={ (here) "as=json" } { "as JSON" }
                    ". All of it, in other forms: " code { "sayso export" } "."
                }
            }
        },
    ))
}

/// The standings with how many claims have each.
fn by_standing(asked: &Asked, facets: &ClaimFacets) -> Markup {
    let chosen = asked.one("standing").unwrap_or_default();
    let others = kept(asked, &["outlet", "source", "month", "order"], false);
    html! {
        ul class="facets" aria-label="Standings" {
            li { a href={ "/claims?" (others) } aria-current=[chosen.is_empty().then_some("true")] { "all" } }
            @for (name, count) in &facets.standings {
                li {
                    a href={ "/claims?" (others) "standing=" (name) } aria-current=[(name == chosen).then_some("true")] {
                        (name)
                    }
                    " " small { (count) @if *count == ClaimFacets::COUNTED { " or more" } }
                }
            }
        }
    }
}

fn narrowing(asked: &Asked, facets: &ClaimFacets) -> Markup {
    let chosen = |name: &str| asked.one(name).unwrap_or_default().to_owned();
    let (standing, order, month) = (chosen("standing"), chosen("order"), chosen("month"));
    html! {
        form class="filters" action="/claims" {
            label { "Standing " select name="standing" {
                option value="" { "any" }
                @for one in Standing::ALL {
                    option value=(one.name()) selected[one.name() == standing] { (one.name()) }
                }
            } }
            label { "Outlet " input name="outlet" list="outlets" value=(chosen("outlet")); }
            datalist id="outlets" { @for (name, _) in &facets.outlets { option value=(line(name)) {} } }
            label { "Source " input name="source" list="sources" value=(chosen("source")); }
            datalist id="sources" { @for name in &facets.sources { option value=(line(name)) {} } }
            label { "First seen in " select name="month" {
                option value="" { "any month" }
                @if !month.is_empty() && facets.months.iter().all(|(name, _)| *name != month) {
                    option value=(month) selected { (in_words(&month)) }
                }
                @for (name, _) in &facets.months {
                    option value=(name) selected[*name == month] { (in_words(name)) }
                }
            } }
            label { "Order " select name="order" {
                @for (name, words, _) in ORDERS { option value=(name) selected[name == order] { (words) } }
            } }
            button { "Show" }
        }
    }
}

fn list(part: &Part) -> Markup {
    html! {
        @if part.lines.is_empty() {
            p role="status" {
                @if part.next.is_some() { "None so far; there is more to go through." } @else { "There are none." }
            }
        } @else {
            p role="status" {
                (counted(part.lines.len(), "claim")) " on this page"
                @if part.next.is_some() { "; there are more" }
                "."
            }
            table class="list-table" {
                thead { tr {
                    th scope="col" { "Claim" } th scope="col" { "Standing" } th scope="col" { "Origins" }
                    th scope="col" { "Outlets" } th scope="col" { "First seen" } th scope="col" { "Last seen" }
                } }
                tbody { @for claim in &part.lines { (row(claim)) } }
            }
        }
    }
}

fn row(seen: &SeenClaim) -> Markup {
    let claim = &seen.claim;
    let (least, most) = claim.independence_for;
    let date =
        |date: &Option<String>| html! { @match date { Some(date) => (day(date)), None => "date unknown" } };
    html! {
        tr {
            td data-label="Claim" { a href={ "/claims/" (claim.id) } { bdi { (line(&claim.title)) } } }
            td data-label="Standing" { (standing(&claim.standing)) }
            td class="short" data-label="Origins" {
                (least) @if most != least { " to " (most) }
                @if claim.independence_against.0 > 0 { ", " (claim.independence_against.0) " against" }
            }
            td data-label="Outlets" {
                (seen.outlets.len()) ": "
                @for (number, outlet) in seen.outlets.iter().take(OUTLETS).enumerate() {
                    @if number > 0 { ", " }
                    bdi { (line(outlet)) }
                }
                @if seen.outlets.len() > OUTLETS { " and " (seen.outlets.len() - OUTLETS) " more" }
                @if seen.at_least { " or more" }
            }
            td class="short" data-label="First seen" { (date(&seen.first)) }
            td class="short" data-label="Last seen" { (date(&seen.last)) }
        }
    }
}

fn as_csv(claims: &[SeenClaim]) -> axum::response::Response {
    let columns = [
        "id",
        "claim",
        "standing",
        "origins_least",
        "origins_most",
        "against_least",
        "against_most",
        "pages",
        "outlets",
        "first_seen",
        "last_seen",
    ];
    let rows: Vec<Vec<String>> = claims
        .iter()
        .map(|seen| {
            let SeenClaim { claim, documents, outlets, first, last, .. } = seen;
            let (for_it, against) = (claim.independence_for, claim.independence_against);
            let mut row = vec![claim.id.to_string(), claim.title.clone(), claim.standing.clone()];
            row.extend([for_it.0, for_it.1, against.0, against.1, *documents].map(|count| count.to_string()));
            row.extend([
                outlets.join("; "),
                first.clone().unwrap_or_default(),
                last.clone().unwrap_or_default(),
            ]);
            row
        })
        .collect();
    csv_page("claims", &columns, &rows)
}

/// The values of an address that a way onward keeps.
fn kept(asked: &Asked, names: &[&str], with_place: bool) -> String {
    let mut kept = String::new();
    let place: &[&str] = if with_place { &["after"] } else { &[] };
    for name in names.iter().chain(place) {
        for value in asked.all(name) {
            kept += &format!("{name}={}&", in_address(value));
        }
    }
    kept
}
