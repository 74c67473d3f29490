//! One source: what they said and when, what of that was taken back, what rests on them, what would fall; and the list
//! of all. Figures and words only.

use super::Page;
use super::act::{Deed, deed, list as shifts};
use crate::asked::Asked;
use crate::failure::Failure;
use crate::frame::{as_of_form, page, page_line, source, source_named, standing, your_name};
use crate::site::Site;
use axum::extract::State;
use maud::{Markup, html};
use sayso::harmless::{in_address, line};
use sayso::report::{self, day, done};
use sayso::{Affiliation, Sort, SourceAnswer, SourcePart, Speaker};
use sayso_record::{ActKind, Subject};
use std::sync::Arc;

/// So many statements are shown.
const SHOWN: usize = 50;
/// Of a source that is heard in more statements than this, what it said last is shown, and the rest gone through when
/// somebody asks for it.
pub(crate) const GONE_THROUGH: usize = 150;
/// So many sources are on a page of the list.
const LISTED: usize = 100;

pub(super) async fn show(State(site): State<Arc<Site>>, asked: Asked) -> Page {
    let as_of = asked.as_of()?;
    let name = asked.must("name", "the source's name")?.to_owned();
    let most = if asked.one("whole").is_some() { usize::MAX } else { GONE_THROUGH };
    let answer = site
        .desks
        .read(move |desk| {
            let Subject::Source(name) = desk.subject(&format!("source:{name}"), &[Sort::Source])? else {
                return Err(Failure::missing("there is no such source"));
            };
            desk.source_within(&name, as_of, SHOWN, most)?
                .ok_or_else(|| Failure::missing("that source had said nothing by then"))
        })
        .await?;
    let on = Subject::Source(answer.name.clone());
    Ok(page(
        &answer.name,
        html! {
            (report::pending(&answer.pending))
            header {
                h1 { span class="kicker" { @if answer.unnamed { "An unnamed source" } @else { "A source" } } bdi { (line(&answer.name)) } }
                @if answer.whole { (called(&answer)) }
                (affiliations("Speaks for ", &answer.speaks_for))
                (affiliations("For it speak: ", &answer.speaking_for_it))
                p {
                    @if answer.whole {
                        (answer.withdrawn.len()) " of " (answer.heard.statements()) " statements later taken back. "
                    }
                    "It says " (answer.heard.said) " by others' account and "
                    (answer.heard.own_voice) " in its own voice, and passes on " (answer.heard.passed_on) ", in "
                    (answer.heard.documents) " documents."
                }
                @if answer.whole { p { (answer.rests_on_it) " claims hang on it." } }
                @else {
                    p role="status" {
                        "That is more than can be gone through while you wait: here is what was linked last. "
                        a href={ "/source?whole=1&name=" (in_address(&answer.name)) } { "Go through all of it" }
                        ", with what was taken back and what would fall."
                    }
                }
            }
            @for because in &answer.discredited {
                p { strong { (done(because.kind)) } " by " bdi { (line(&because.by)) } ", " (day(&because.at)) ": " bdi { (line(&because.because)) } }
            }
            @if answer.whole { (fall(&answer)) (taken_back(&answer)) }
            (said(&answer))
            section {
                h2 { "As of another day" }
                (as_of_form("/source", &[("name", &answer.name)], asked.one("as_of"), asked.one("known_by")))
            }
            section {
                h2 { "Decide, or reply" }
                p class="soft" { "Whoever is spoken of here has a right of reply: it stands in the log." }
                (deed(&Deed { act: ActKind::Note, on: &on, button: "Reply, or add a note", tries: false }))
                (deed(&Deed { act: ActKind::Discredit, on: &on, button: "It should not be believed", tries: true }))
                (deed(&Deed { act: ActKind::Restore, on: &on, button: "It should be believed after all", tries: true }))
                (merge(&answer))
            }
            p { a href={ "/feeds/source?name=" (in_address(&answer.name)) } { "Follow what is said (Atom)" } }
        },
    ))
}

fn affiliations(said: &str, others: &[Affiliation]) -> Markup {
    html! {
        @if !others.is_empty() {
            p {
                (said)
                @for (number, one) in others.iter().take(SHOWN).enumerate() {
                    @if number > 0 { "; " }
                    (source_named(&one.name, one.unnamed))
                    @match &one.words {
                        Some(words) => { " (" q { bdi { (line(words)) } } ")" }
                        None => { " (as a person decided)" }
                    }
                }
                @if others.len() > SHOWN { "; and " (others.len() - SHOWN) " more" }
                "."
            }
        }
    }
}

fn called(answer: &SourceAnswer) -> Markup {
    html! {
        p {
            "Pages call it "
            @for (number, called) in answer.called.iter().enumerate() {
                @if number > 0 { "; " }
                bdi { (line(&called.name)) } " (" (called.times) ")"
            }
            @if answer.called.is_empty() { "nothing" }
            "."
        }
        @if !answer.merged.is_empty() {
            p { "The same, as a person decided: " @for name in &answer.merged { (source_named(name, false)) " " } }
        }
    }
}

fn fall(answer: &SourceAnswer) -> Markup {
    html! {
        section {
            h2 { "If it were not believed" }
            @if answer.would_fall.is_empty() && answer.would_weaken.is_empty() { p { "No claim would weigh anything else." } }
            @if !answer.would_fall.is_empty() { h3 { "Would fall: " (answer.would_fall.len()) } (shifts(&answer.would_fall)) }
            @if !answer.would_weaken.is_empty() { h3 { "Would stand on less: " (answer.would_weaken.len()) } (shifts(&answer.would_weaken)) }
        }
    }
}

fn taken_back(answer: &SourceAnswer) -> Markup {
    html! {
        @if !answer.withdrawn.is_empty() {
            section {
                h2 { "Taken back" }
                ol class="words" {
                    @for withdrawn in &answer.withdrawn {
                        li {
                            blockquote { a href={ "/statements/" (withdrawn.id) } { bdi { (line(&withdrawn.words)) } } }
                            p { (page_line(&withdrawn.page)) }
                            @let why = &withdrawn.because;
                            p class="why" { (day(&why.at)) " " bdi { (line(&why.by)) } ": " bdi { (line(&why.because)) } }
                        }
                    }
                }
            }
        }
    }
}

fn said(answer: &SourceAnswer) -> Markup {
    html! {
        section {
            h2 { "What it says" }
            ol class="words" {
                @for said in &answer.statements {
                    li {
                        blockquote { a href={ "/statements/" (said.id) } { bdi { (line(&said.words)) } } }
                        p {
                            @match said.part { SourcePart::Said => "said", SourcePart::OwnVoice => "in its own voice", SourcePart::PassedOn => "passed on" }
                            " · " (page_line(&said.page)) " · "
                            @if said.for_it { "for " } @else { "against " } a href={ "/claims/" (said.claim) } { "a claim" } " "
                            (standing(said.standing.name()))
                        }
                    }
                }
            }
            @if answer.statements.len() == SHOWN { p class="soft" { "The newest " (SHOWN) "; search for more." } }
        }
    }
}

fn merge(answer: &SourceAnswer) -> Markup {
    html! {
        details class="deed" {
            summary { "It is the same as another source" }
            form action="/acts" method="post" {
                input type="hidden" name="act" value="merge";
                input type="hidden" name="on" value=(Subject::Source(answer.name.clone()));
                input type="hidden" name="try" value="1";
                label { "The other source, as " code { "source:NAME" } " " input name="with" required value="source:"; }
                (your_name(""))
                label { "Why " textarea name="because" required rows="2" {} }
                button { "Show what would change" }
            }
        }
    }
}

pub(super) async fn list(State(site): State<Arc<Site>>, asked: Asked) -> Page {
    let after = asked.after()?;
    let part = site.desks.read(move |desk| Ok(desk.sources_part(after, LISTED)?)).await?;
    Ok(page(
        "Sources",
        html! {
            h1 { "Sources" }
            p { "Those that are heard most come first." }
            table {
                thead { tr {
                    th scope="col" { "Source" } th scope="col" { "Says" } th scope="col" { "In its own voice" }
                    th scope="col" { "Passes on" } th scope="col" { "Documents" }
                } }
                tbody {
                    @for line in &part.lines {
                        tr {
                            td data-label="Source" { (source(&Speaker { name: line.name.clone(), unnamed: line.unnamed })) }
                            td data-label="Says" { (line.heard.said) }
                            td data-label="In its own voice" { (line.heard.own_voice) }
                            td data-label="Passes on" { (line.heard.passed_on) }
                            td data-label="Documents" { (line.heard.documents) }
                        }
                    }
                }
            }
            @if let Some(next) = part.next { p { a rel="next" href={ "/sources?after=" (next) } { "More of them" } } }
        },
    ))
}
