//! One claim: what was corrected, the answer, each side in its words, what is possible; the picture with what would be if.

use super::act::{Deed, changes, deed, list, same_or_not};
use super::{GONE_THROUGH, Page};
use crate::asked::Asked;
use crate::failure::Failure;
use crate::frame::{as_of_form, bare, counted, page, source, standing};
use crate::site::Site;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use sayso::harmless::{in_address, line};
use sayso::report::{self, Answered, Places, day};
use sayso::{AsOf, ClaimAnswer, ClaimShift, Consequences, Desk, History, Sort, Speaker, Wanted};
use sayso_record::{ActKind, ClaimId, Subject};
use std::collections::BTreeSet;
use std::sync::Arc;

/// So many sources can be ticked.
const TICKED: usize = 60;
/// So many dates of its history are told.
const DATES: usize = 50;

pub(crate) fn claim_id(desk: &Desk, asked: &str) -> Result<ClaimId, Failure> {
    match desk.subject(asked, &[Sort::Claim])? {
        Subject::Claim(id) => Ok(id),
        _ => Err(Failure::missing("there is no such claim")),
    }
}

/// The acts by which these sources would no longer be believed.
pub(crate) fn without(sources: &[String]) -> Vec<Wanted> {
    let discredit = |name: &String| Wanted {
        act: ActKind::Discredit,
        on: Subject::Source(name.clone()),
        with: None,
        by: "nobody".to_owned(),
        because: "only tried".to_owned(),
    };
    sources.iter().map(discredit).collect()
}

struct Found {
    id: ClaimId,
    answer: Option<ClaimAnswer>,
    /// The answer if the sources that were ticked were not believed.
    without: Option<ClaimAnswer>,
    compared: Option<ClaimAnswer>,
    history: Option<History>,
    what_if: Option<WhatIf>,
}

/// What would be if the sources that were ticked were not believed.
enum WhatIf {
    /// In the whole ledger.
    Everywhere(Consequences),
    /// To the claim alone: the sources are heard so often that going through all that hangs on them is to be asked for.
    Here(Option<ClaimShift>),
}

pub(super) async fn show(State(site): State<Arc<Site>>, Path(id): Path<String>, asked: Asked) -> Page {
    let as_of = asked.as_of()?;
    let compares = asked.one("then").or(asked.one("then_known")).is_some();
    let then = asked.as_of_named("then", "then_known")?;
    let ticked: Vec<String> = asked.all("without").take(TICKED).map(str::to_owned).collect();
    let tried = ticked.clone();
    let whole = asked.one("whole").is_some();
    let Found { id, answer, without, compared, history, what_if } = site
        .desks
        .read(move |desk| {
            let id = claim_id(desk, &id)?;
            let what_if = if tried.is_empty() {
                None
            } else if whole || desk.heard_in(&tried)? <= GONE_THROUGH {
                Some(WhatIf::Everywhere(desk.what_if(without(&tried))?))
            } else {
                Some(WhatIf::Here(desk.claim_without(id, &tried, as_of)?))
            };
            let without = if tried.is_empty() { None } else { desk.claim_if_without(id, as_of, &tried)? };
            Ok(Found {
                id,
                answer: desk.claim(id, as_of)?,
                without,
                compared: if compares { desk.claim(id, then)? } else { None },
                history: desk.history(id, AsOf::NOW)?,
                what_if,
            })
        })
        .await?;
    let address = format!("/claims/{id}");
    let title = history.as_ref().map_or("A claim", |history| &history.title).to_owned();
    let moment = moment(&asked, "as_of", "known_by");
    Ok(page(
        &title,
        html! {
            @match &answer {
                Some(answer) => {
                    @let answered = Answered::from(answer);
                    (report::head(&answered, moment.as_deref(), Places::Served))
                    (certificate(answer))
                    @if compares { (comparison(answer, compared.as_ref(), &asked)) }
                    (report::sides(&answered, Places::Served))
                    (report::possible(&answered, Places::Served, &|chain| same_or_not(chain.suggestion, &address)))
                    @let what_if = what_if.as_ref();
                    @let shown = without.as_ref().map_or_else(|| answered.clone(), Answered::from);
                    (report::passed_on(&shown, Places::Served, &ticked, ticking(answer, &address, &asked, &ticked, what_if)))
                    @if let Some(what_if) = what_if { (would_change(&ticked, what_if)) }
                    (report::times(&answered, Places::Served))
                }
                None => { h1 { bdi { (line(&title)) } } p role="status" { "Nothing had been said of this claim by then." } }
            }
            section {
                h2 { "As of another day" }
                (as_of_form(&address, &[], asked.one("as_of"), asked.one("known_by")))
                form class="dates" action=(address) {
                    label { "Beside what had been published by " input type="date" name="then" value=[asked.one("then")]; }
                    label { "and was known here by " input type="date" name="then_known" value=[asked.one("then_known")]; }
                    button { "Compare with now" }
                }
            }
            @if let Some(history) = &history { (over_time(history)) }
            section {
                h2 { "Say something to this" }
                p class="soft" { "Whoever is spoken of here has a right of reply: it stands in the log." }
                (deed(&Deed { act: ActKind::Note, on: &Subject::Claim(id), button: "Reply, or add a note", tries: false }))
                (deed(&Deed { act: ActKind::Rule, on: &Subject::Claim(id), button: "Rule that the denials carry it", tries: true }))
            }
            p {
                @if let Some(answer) = &answer {
                    a href={ "/search?q=" (in_address(&answer.words)) } { "Ask this of everything that was read" } " · "
                    a href={ "/trace?q=" (in_address(&super::trace::traceable(&answer.words))) } { "Where its words stood first, and who changed them" } " · "
                }
                a href={ (address) "/report" } { "This page by itself, to keep or to send" } " · "
                a href={ "/feeds/claims/" (id) } { "Follow its changes (Atom)" } " · "
                a href={ "/api/v1/claims/" (id) } { "As JSON" }
            }
            details {
                summary { "Show the answer in another page" }
                label class="deed" {
                    "To be put into that page "
                    textarea readonly rows="4" { "<iframe src=\"" (site.base()) (address) "/embed\" title=\"sayso\" width=\"640\" height=\"320\"></iframe>" }
                }
            }
        },
    ))
}

/// "As things stood ...", in words.
pub(super) fn moment(asked: &Asked, published: &str, known: &str) -> Option<String> {
    let published = asked.one(published).map(|date| format!("in what had been published by {date}"));
    let known = asked.one(known).map(|date| format!("in what this ledger knew by {date}"));
    let parts: Vec<String> = published.into_iter().chain(known).collect();
    (!parts.is_empty()).then(|| parts.join(", and "))
}

/// Which sources would have to fall together.
fn certificate(answer: &ClaimAnswer) -> Markup {
    html! {
        @if answer.cut.len() > 1 {
            p class="certificate" {
                "To end what stands for it, "
                @if answer.cut.len() == 2 { "these two would both have to fall: " }
                @else { "these " (answer.cut.len()) " would all have to fall: " }
                @for (number, speaker) in answer.cut.iter().enumerate() {
                    @if number > 0 { "; " }
                    (source(speaker))
                }
                "."
            }
        }
    }
}

fn comparison(now: &ClaimAnswer, then: Option<&ClaimAnswer>, asked: &Asked) -> Markup {
    let when = moment(asked, "then", "then_known").unwrap_or_default();
    let names = |answer: &ClaimAnswer| -> BTreeSet<Speaker> { answer.origins.iter().cloned().collect() };
    let row = |what: &str, then: String, now: String| {
        html! { tr class=[(then != now).then_some("differs")] {
            th scope="row" { (what) } td data-label="Then" { (then) } td data-label="Now" { (now) }
        } }
    };
    html! {
        section {
            h2 { "Then and now" }
            @match then {
                None => p { "Nothing had been said of it " (when) "." },
                Some(then) => {
                    table {
                        caption { "Then: " (when) }
                        thead { tr { td {} th scope="col" { "Then" } th scope="col" { "Now" } } }
                        tbody {
                            (row("Standing", then.standing.name().to_owned(), now.standing.name().to_owned()))
                            (row("Independent origins for it", then.independence_for.0.to_string(), now.independence_for.0.to_string()))
                            (row("Independent origins against it", then.independence_against.0.to_string(), now.independence_against.0.to_string()))
                            (row("Documents that say so", then.documents.to_string(), now.documents.to_string()))
                            (row("Statements taken back", then.withdrawn.to_string(), now.withdrawn.to_string()))
                        }
                    }
                    @let (before, after) = (names(then), names(now));
                    @for gone in before.difference(&after) { p { "No longer an origin: " (source(gone)) } }
                    @for new in after.difference(&before) { p { "An origin since: " (source(new)) } }
                }
            }
        }
    }
}

/// Which of its sources are not to be believed for once.
fn ticking(
    answer: &ClaimAnswer,
    address: &str,
    asked: &Asked,
    ticked: &[String],
    what_if: Option<&WhatIf>,
) -> Markup {
    let mut speakers: BTreeSet<&Speaker> = BTreeSet::new();
    speakers.extend(answer.chains.iter().flat_map(|chain| chain.steps.iter().map(|step| &step.source)));
    let hidden = speakers.len().saturating_sub(TICKED);
    html! {
        aside id="what-if" aria-label="What if" {
            form action={ (address) "#what-if" } {
                @for name in ["as_of", "known_by"] {
                    @if let Some(value) = asked.one(name) { input type="hidden" name=(name) value=(value); }
                }
                fieldset {
                    legend { "What if these were not believed?" }
                    div class="ticks" {
                        @for speaker in speakers.into_iter().take(TICKED) {
                            label class="tick" {
                                input type="checkbox" name="without" value=(speaker.name) checked[ticked.contains(&speaker.name)];
                                " " bdi class=[speaker.unnamed.then_some("who-unnamed")] { (line(&speaker.name)) }
                            }
                        }
                    }
                    @if hidden > 0 { p class="soft" { "And " (hidden) " more, each with a what-if on their own page." } }
                }
                button { "Show what would change" }
                @if matches!(what_if, Some(WhatIf::Here(_))) {
                    " " button name="whole" value="1" { "Show it for the whole ledger" }
                }
                @if !ticked.is_empty() { " " a href=(address) { "Believe all again" } }
            }
            @if !ticked.is_empty() {
                p role="status" {
                    "If " (ticked.join(", ")) " were not believed, "
                    @match what_if {
                        Some(WhatIf::Here(_)) => "for this claim:",
                        _ => "in this whole ledger:",
                    }
                    " picture and table show this claim as it would be; "
                    a href="#would-change" { "what would change" } " is below. Nothing has been done."
                }
            }
        }
    }
}

/// What would be if some of its sources were not believed.
fn would_change(ticked: &[String], what_if: &WhatIf) -> Markup {
    html! {
        section id="would-change" {
            h2 { "Without " bdi { (line(&ticked.join(", "))) } }
            @match what_if {
                WhatIf::Everywhere(consequences) => (changes(consequences, true)),
                WhatIf::Here(shift) => {
                    @match shift {
                        Some(shift) => (list(std::slice::from_ref(shift))),
                        None => p { "This claim would weigh what it weighs." },
                    }
                    p class="soft" {
                        "They are heard in more than " (counted(GONE_THROUGH, "statement")) ", so that only this claim was gone through."
                    }
                }
            }
        }
    }
}

fn over_time(history: &History) -> Markup {
    html! {
        section {
            h2 { "Its standing over time" }
            table {
                thead { tr {
                    th scope="col" { "Since" } th scope="col" { "Standing" } th scope="col" { "Independent origins" } th scope="col" { "By" }
                } }
                tbody {
                    @for published in history.published.iter().take(DATES) {
                        tr {
                            td data-label="Since" { @match &published.since { Some(since) => (day(since)), None => "date unknown" } }
                            td data-label="Standing" {
                                @match published.standing { Some(name) => (standing(name.name())), None => "nothing had been said" }
                            }
                            td data-label="Independent origins" {}
                            td data-label="By" { "what had been published" }
                        }
                    }
                    @for known in history.known.iter().take(DATES) {
                        tr {
                            td data-label="Since" { (day(&known.since)) }
                            td data-label="Standing" { (standing(&known.standing)) }
                            td data-label="Independent origins" { (known.independence_for.0) }
                            td data-label="By" { "what this ledger knew" }
                        }
                    }
                }
            }
        }
    }
}

/// The answer alone, to be shown in a frame on pages elsewhere: it holds nothing that can be done.
pub(super) async fn embed(State(site): State<Arc<Site>>, Path(id): Path<String>) -> Page {
    const FRAMED: &str =
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *";
    let answer = site.desks.read(move |desk| {
        let id = claim_id(desk, &id)?;
        desk.claim(id, AsOf::NOW)?.ok_or_else(|| Failure::missing("there is no such claim"))
    });
    let answer = answer.await?;
    let body = html! {
        (report::head(&Answered::from(&answer), None, Places::Here))
        p { a href={ (site.base()) "/claims/" (answer.id) } target="_blank" rel="noopener" { "Who says so, on whose word" } }
    };
    Ok(([(header::CONTENT_SECURITY_POLICY, FRAMED)], bare(&answer.title, body)).into_response())
}

/// The report as `sayso report` writes it: a page by itself, with its own style inside.
pub(super) async fn report(State(site): State<Arc<Site>>, Path(id): Path<String>, asked: Asked) -> Page {
    let as_of = asked.as_of()?;
    let answer = site.desks.read(move |desk| {
        let id = claim_id(desk, &id)?;
        desk.claim(id, as_of)?.ok_or_else(|| Failure::missing("nothing had been said of this claim by then"))
    });
    let answer = answer.await?;
    let page = report::page(&answer, moment(&asked, "as_of", "known_by").as_deref());
    let name = format!("attachment; filename=\"claim-{}.html\"", answer.id.short());
    Ok(([(header::CONTENT_DISPOSITION, name)], Html(page)).into_response())
}
