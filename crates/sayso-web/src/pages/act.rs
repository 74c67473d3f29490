//! Acts: what would change is shown before anything is done, and what was done can be undone.

use super::log::what;
use super::{Page, address};
use crate::asked::Asked;
use crate::failure::Failure;
use crate::frame::{page, standing, your_name};
use crate::known_name::remembering;
use crate::site::Site;
use crate::visitor::{Visitor, role_for};
use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use sayso::harmless::line;
use sayso::{ClaimShift, Consequences, Wanted};
use sayso_record::{ActKind, Subject, SuggestionId};
use std::sync::Arc;

/// So many claims are told of each sort; the rest are counted.
const TOLD: usize = 100;

/// A form that does something.
pub(super) struct Deed<'a> {
    pub(super) act: ActKind,
    pub(super) on: &'a Subject,
    pub(super) button: &'a str,
    /// Whether what would change is shown first.
    pub(super) tries: bool,
}

/// A form for an act, folded away until it is wanted.
pub(super) fn deed(deed: &Deed) -> Markup {
    html! {
        details class="deed" {
            summary { (deed.button) }
            form action="/acts" method="post" {
                input type="hidden" name="act" value=(deed.act.word());
                input type="hidden" name="on" value=(deed.on);
                @if deed.tries { input type="hidden" name="try" value="1"; }
                (who_and_why())
                button { @if deed.tries { "Show what would change" } @else { (deed.button) } }
            }
        }
    }
}

/// Two buttons that say whether what was suggested is so, for those who may decide it. `back` is the page to go on from.
pub(super) fn same_or_not(suggestion: Option<SuggestionId>, back: &str) -> Markup {
    let may = Visitor::now().role >= role_for(ActKind::Confirm);
    html! {
        @if let Some(suggestion) = suggestion.filter(|_| may) {
            form action="/acts" method="post" class="decide" {
                input type="hidden" name="on" value=(Subject::Suggestion(suggestion));
                input type="hidden" name="because" value="decided on the page of the claim";
                input type="hidden" name="back" value=(back);
                (your_name())
                button name="act" value="confirm" { "Same" }
                button name="act" value="reject" class="other" { "Not the same" }
            }
        }
    }
}

fn who_and_why() -> Markup {
    html! {
        (your_name())
        label { "Why " textarea name="because" required rows="2" {} }
    }
}

/// The act that a form asks for.
pub(crate) fn wanted(asked: &Asked) -> Result<Wanted, Failure> {
    let kind = asked.must("act", "the act")?;
    let act = ActKind::ALL.iter().copied().find(|act| act.word() == kind);
    let act = act.ok_or_else(|| Failure::bad(format!("{kind} is no act")))?;
    let visitor = Visitor::now();
    visitor.must_be(role_for(act))?;
    let subject = |name: &str| {
        let text = asked.one(name);
        let parsed =
            text.map(|text| text.parse::<Subject>().map_err(|error| Failure::bad(error.to_string())));
        parsed.transpose()
    };
    Ok(Wanted {
        act,
        on: subject("on")?.ok_or_else(|| Failure::bad("what the act is about is missing"))?,
        with: subject("with")?,
        by: visitor.does(asked)?,
        because: asked.must("because", "the reason")?.to_owned(),
    })
}

pub(super) async fn act(State(site): State<Arc<Site>>, form: Bytes) -> Page {
    let asked = Asked::parse(&form);
    let wanted = wanted(&asked)?;
    let tries = asked.one("try").is_some();
    let back = asked.one("back").filter(|back| is_ours(back)).map(str::to_owned);
    let shown = wanted.clone();
    let (consequences, on) = site
        .desks
        .write(move |desk| {
            let on = desk.in_words(&wanted.on)?;
            Ok((desk.act(wanted, tries)?, on))
        })
        .await?;
    let heading = if tries { "What would change" } else { "Done" };
    let back = back.unwrap_or_else(|| address(&shown.on));
    let shown_page = page(
        heading,
        html! {
            h1 { (heading) }
            p {
                a href=(address(&shown.on)) { bdi { (line(&on)) } } ": " strong { (what(shown.act)) }
                @if let Some(with) = &shown.with { " " bdi { (line(&with.to_string())) } }
                ", by " bdi { (line(&shown.by)) } ": " bdi { (line(&shown.because)) }
            }
            (changes(&consequences, tries))
            @if tries {
                form action="/acts" method="post" {
                    input type="hidden" name="act" value=(shown.act.word());
                    input type="hidden" name="on" value=(shown.on);
                    @if let Some(with) = &shown.with { input type="hidden" name="with" value=(with); }
                    input type="hidden" name="by" value=(shown.by);
                    input type="hidden" name="because" value=(shown.because);
                    input type="hidden" name="back" value=(back);
                    button { "Do it" }
                    " " a href=(back) { "Leave it" }
                }
                p class="soft" { "Nothing has been done. What is done stands in the log under your name, and can be undone." }
            } @else {
                (undo(&Subject::Act(consequences.act.id)))
                p { a href=(back) { "Back" } " · " a href="/log" { "The log" } }
            }
        },
    );
    Ok(remembering(&shown.by, shown_page))
}

/// A page that says what was done changed.
pub(super) fn done_page(by: &str, told: Markup) -> Response {
    remembering(by, page("Done", html! { h1 { "Done" } (told) }))
}

/// Whether an address leads to a page of this server.
pub(super) fn is_ours(address: &str) -> bool {
    // A browser leaves out tabs and line ends: "/\t/evil.example" would be another's.
    let is_odd = |sign: char| sign == '\\' || sign.is_control();
    address.starts_with('/') && !address.starts_with("//") && !address.contains(is_odd)
}

/// A button that takes an act back.
pub(super) fn undo(act: &Subject) -> Markup {
    html! {
        details class="deed" {
            summary { "Undo" }
            form action="/acts" method="post" {
                input type="hidden" name="act" value="undo";
                input type="hidden" name="on" value=(act);
                (your_name())
                label { "Why " input name="because" value="it was a mistake" required; }
                button { "Undo it" }
            }
        }
    }
}

/// What an act changes, the gravest first.
pub(super) fn changes(consequences: &Consequences, tries: bool) -> Markup {
    let Consequences { fell, revived, changed, .. } = consequences;
    let sorts = if tries {
        [("Would fall", fell), ("Would stand again", revived), ("Would change otherwise", changed)]
    } else {
        [("Fell", fell), ("Stand again", revived), ("Changed otherwise", changed)]
    };
    html! {
        @if fell.is_empty() && revived.is_empty() && changed.is_empty() { p role="status" { "No claim weighs anything else." } }
        @for (heading, shifts) in sorts {
            @if !shifts.is_empty() { section { h2 { (heading) ": " (shifts.len()) } (list(shifts)) } }
        }
    }
}

pub(super) fn list(shifts: &[ClaimShift]) -> Markup {
    html! {
        ul class="list" {
            @for shift in shifts.iter().take(TOLD) {
                li {
                    a href={ "/claims/" (shift.claim) } { bdi { (line(&shift.words)) } } " "
                    @if let Some(before) = &shift.before { (standing(before)) " → " }
                    (standing(&shift.after))
                    @if let Some(before) = shift.independence_before {
                        @if before != shift.independence_after {
                            " " small { "independent origins " (before.0) " → " (shift.independence_after.0) }
                        }
                    }
                }
            }
        }
        @if shifts.len() > TOLD { p { "And " (shifts.len() - TOLD) " more." } }
    }
}
