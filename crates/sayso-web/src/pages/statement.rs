//! A statement with its chain, followed down to where it begins.

use super::Page;
use super::act::{Deed, deed};
use crate::asked::Asked;
use crate::failure::Failure;
use crate::frame::{as_of_form, page, page_line, source, standing};
use crate::site::Site;
use axum::extract::{Path, State};
use maud::{Markup, html};
use sayso::Truth;
use sayso::harmless::line;
use sayso::report::{day, done};
use sayso::{ChainAnswer, Sort, WhyLink};
use sayso_record::{ActKind, Subject};
use std::sync::Arc;

pub(super) async fn show(State(site): State<Arc<Site>>, Path(id): Path<String>, asked: Asked) -> Page {
    let as_of = asked.as_of()?;
    let (id, chain, document) = site
        .desks
        .read(move |desk| {
            let Subject::Statement(id) = desk.subject(&id, &[Sort::Statement])? else {
                return Err(Failure::missing("there is no such statement"));
            };
            let document = desk.document_of(id)?.map(|record| record.document.id);
            Ok((id, desk.chain(id, as_of)?, document))
        })
        .await?;
    let address = format!("/statements/{id}");
    let on = Subject::Statement(id);
    let title = chain.as_ref().map_or("A statement", |chain| &chain.words).to_owned();
    Ok(page(
        &title,
        html! {
            @match &chain {
                Some(chain) => (told(chain)),
                None => {
                    h1 { "A statement that makes no claim, or that was not there yet" }
                    @if let Some(document) = document {
                        p { a href={ "/documents/" (document) "#s-" (id) } { "In its place" } }
                    }
                }
            }
            (as_of_form(&address, &[], asked.one("as_of"), asked.one("known_by")))
            section {
                h2 { "Something is wrong here" }
                (deed(&Deed { act: ActKind::Flag, on: &on, button: "Ask for it to be looked at", tries: false }))
                (deed(&Deed { act: ActKind::Withdraw, on: &on, button: "It was taken back", tries: true }))
                (deed(&Deed { act: ActKind::Reject, on: &on, button: "Nobody says this here: it was misread", tries: true }))
                (deed(&Deed { act: ActKind::Split, on: &on, button: "It does not belong to this claim", tries: true }))
                (deed(&Deed { act: ActKind::Restore, on: &on, button: "It stands after all", tries: true }))
            }
        },
    ))
}

fn told(chain: &ChainAnswer) -> Markup {
    html! {
        header {
            h1 { span class="kicker" { "A statement" } bdi { (line(&chain.words)) } }
            p {
                (page_line(&chain.page)) " · "
                a href={ "/documents/" (chain.page.id) "#s-" (chain.statement) } { "in its place" } " · "
                a href={ "/statements/" (chain.statement) "/trace" } { "where these words stood first" }
            }
            p {
                @if chain.for_it { "For" } @else { "Against" } " the claim "
                a href={ "/claims/" (chain.claim) } { bdi { (line(&chain.claim_title)) } } " "
                (standing(chain.standing.name()))
            }
        }
        section {
            h2 { "On whose word" }
            ol class="words" {
                @for (number, link) in chain.links.iter().enumerate() {
                    li id={ "link-" (number) } {
                        p class="chainline" { (source(&link.source)) " " (left(link.stands)) }
                        @if link.words != chain.words { blockquote { bdi { (line(&link.words)) } } }
                        p { (page_line(&link.page)) }
                        (why(&link.why))
                        @for needs in &link.rests_on {
                            p {
                                "Rests on "
                                @for (at, need) in needs.iter().enumerate() {
                                    @if at > 0 { ", together with " }
                                    a href={ "#link-" (need.link) } { bdi { (line(&chain.links[need.link].source.name)) } }
                                    @if !need.because.is_empty() { ": " bdi { (line(&need.because)) } }
                                    @if need.suggestion.is_some() { " (a suggestion: see " a href="/review" { "review" } ")" }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn left(stands: Truth) -> Markup {
    let (class, word) = match stands {
        Truth::True => ("stands", "stands"),
        Truth::Undefined => ("open", "open"),
        Truth::False => ("groundless", "does not stand"),
    };
    html! { span class={ "tag " (class) } { (word) } }
}

fn why(why: &WhyLink) -> Markup {
    html! {
        p class="soft" {
            @match why {
                WhyLink::FirstHand => "Said at first hand.",
                WhyLink::Rests => "Stands on what it rests on.",
                WhyLink::NotYet => "It was not there yet.",
                WhyLink::TakenAway { acts } => {
                    @for act in acts {
                        (done(act.kind)) " by " bdi { (line(&act.by)) } ", " (day(&act.at)) ": " bdi { (line(&act.because)) } " "
                    }
                }
                WhyLink::NoGround => "Nothing is known on which it rests.",
                WhyLink::NothingBelow => "Nothing on which it rests stands.",
                WhyLink::Loop => "It rests on itself alone, by however many hands.",
                WhyLink::Open => "It hangs on statements that undercut each other.",
            }
        }
    }
}
