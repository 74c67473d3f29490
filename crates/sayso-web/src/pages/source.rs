//! One source: what they said and when, what of that was taken back, what rests on them, what would fall; and the list
//! of all. Figures and words only.

use super::Page;
use super::act::{Deed, deed, list as shifts};
use crate::asked::Asked;
use crate::failure::Failure;
use crate::frame::{as_of_form, counted, csv_page, page, page_line, source_named, standing, your_name};
use crate::site::Site;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use maud::{Markup, html};
use sayso::harmless::{in_address, line};
use sayso::report::{self, day, done};
use sayso::{Affiliation, KnownSource, Sort, SourceAnswer, SourcePart};
use sayso_record::{ActKind, Subject};
use serde_json::json;
use std::sync::Arc;

/// So many statements are shown.
const SHOWN: usize = 50;
/// Of a source that is heard in more statements than this, what it said last is shown, and the rest gone through when
/// somebody asks for it.
pub(crate) const GONE_THROUGH: usize = 150;
/// So many sources are on a page of the list.
const LISTED: usize = 50;
/// So many organisations are named for whom one speaks.
const NAMED: usize = 3;

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
                (affiliations("Who speaks for them: ", &answer.speaking_for_it))
                p {
                    "Heard on " (counted(answer.heard.documents, "page")) ": " (counted(answer.heard.said, "statement"))
                    " by others’ account, " (answer.heard.own_voice) " on their own page, " (answer.heard.passed_on) " passed on."
                    @if answer.whole {
                        " " (answer.withdrawn.len()) " of these " (counted(answer.heard.statements(), "statement"))
                        @if answer.withdrawn.len() == 1 { " was" } @else { " were" } " taken back later."
                    }
                }
                @if answer.whole {
                    p { (counted(answer.rests_on_it, "claim")) @if answer.rests_on_it == 1 { " hangs" } @else { " hang" } " on them." }
                }
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
                (deed(&Deed { act: ActKind::Discredit, on: &on, button: "They should not be believed", tries: true }))
                (deed(&Deed { act: ActKind::Restore, on: &on, button: "They should be believed after all", tries: true }))
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
            "Pages call them "
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
            h2 { "If they were not believed" }
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
            h2 { "What they say" }
            ol class="words" {
                @for said in &answer.statements {
                    li {
                        blockquote { a href={ "/statements/" (said.id) } { bdi { (line(&said.words)) } } }
                        p {
                            @match said.part { SourcePart::Said => "said", SourcePart::OwnVoice => "on their own page", SourcePart::PassedOn => "passed on" }
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
            summary { "They are the same as another source" }
            form action="/acts" method="post" {
                input type="hidden" name="act" value="merge";
                input type="hidden" name="on" value=(Subject::Source(answer.name.clone()));
                input type="hidden" name="try" value="1";
                label { "The other source, as " code { "source:NAME" } " " input name="with" required value="source:"; }
                (your_name())
                label { "Why " textarea name="because" required rows="2" {} }
                button { "Show what would change" }
            }
        }
    }
}

pub(super) async fn list(State(site): State<Arc<Site>>, asked: Asked) -> Page {
    let after = asked.after()?;
    let part = site.desks.read(move |desk| Ok(desk.sources_known(after, LISTED)?)).await?;
    match asked.one("as") {
        Some("csv") => {
            return Ok(csv_page("sources", &COLUMNS, &part.lines.iter().map(cells).collect::<Vec<_>>()));
        }
        Some("json") => return Ok(Json(json!({ "sources": part.lines, "next": part.next })).into_response()),
        _ => {}
    }
    let here = asked.one("after").map(|after| format!("after={}&", in_address(after))).unwrap_or_default();
    Ok(page(
        "Sources",
        html! {
            h1 { "Sources" }
            p { "Those who are heard most come first." }
            @if part.lines.is_empty() { p role="status" { "Nobody was heard yet." } }
            @else { table class="list-table" {
                thead { tr {
                    th scope="col" { "Source" } th scope="col" { "What they are" } th scope="col" { "Speaks for" }
                    th scope="col" { "Pages" } th scope="col" { "Said" } th scope="col" { "On their own page" }
                    th scope="col" { "Passed on" } th scope="col" { "Taken back" }
                } }
                tbody { @for known in &part.lines { (known_line(known)) } }
            } }
            @if let Some(next) = part.next { p { a rel="next" href={ "/sources?after=" (next) } { "More of them" } } }
            @if !part.lines.is_empty() {
                p class="soft" {
                    "What is shown here: " a href={ "/sources?" (here) "as=csv" } { "as CSV" } ", "
                    a href={ "/sources?" (here) "as=json" } { "as JSON" } "."
                }
            }
        },
    ))
}

fn known_line(known: &KnownSource) -> Markup {
    let one = &known.source;
    html! {
        tr {
            td data-label="Source" { (source_named(&one.name, one.unnamed)) }
            td data-label="What they are" { (kind_in_words(known)) }
            td data-label="Speaks for" {
                @for (number, name) in known.speaks_for.iter().take(NAMED).enumerate() {
                    @if number > 0 { "; " }
                    (source_named(name, false))
                }
                @if known.speaks_for.len() > NAMED { "; and " (known.speaks_for.len() - NAMED) " more" }
            }
            td class="short" data-label="Pages" { (one.heard.documents) }
            td class="short" data-label="Said" { (one.heard.said) }
            td class="short" data-label="On their own page" { (one.heard.own_voice) }
            td class="short" data-label="Passed on" { (one.heard.passed_on) }
            td class="short" data-label="Taken back" { @if known.taken_back > 0 { (known.taken_back) } }
        }
    }
}

fn kind_in_words(known: &KnownSource) -> &'static str {
    match known.kind.as_deref() {
        Some("person") => "a person",
        Some("organisation") => "an organisation",
        Some("office") => "an office",
        Some("author") => "an author",
        Some("commenter") => "a commenter",
        _ if known.source.unnamed => "not named",
        // Whoever is only heard by publishing.
        _ => "an outlet",
    }
}

const COLUMNS: [&str; 8] =
    ["source", "unnamed", "kind", "speaks_for", "pages", "said", "passed_on", "taken_back"];

fn cells(known: &KnownSource) -> Vec<String> {
    let one = &known.source;
    let (heard, taken_back) = (one.heard, known.taken_back);
    vec![
        one.name.clone(),
        one.unnamed.to_string(),
        known.kind.clone().unwrap_or_default(),
        known.speaks_for.join("; "),
        heard.documents.to_string(),
        (heard.said + heard.own_voice).to_string(),
        heard.passed_on.to_string(),
        taken_back.to_string(),
    ]
}
