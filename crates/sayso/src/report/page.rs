//! The page: the answer first, then the picture with the same in a table, the words, the timeline, what was done.

use super::drawing::{Flow, draw, title};
use super::picture::{Fold, Left, Picture, Voice};
use super::timeline::timeline;
use super::words::{day, done, named, tag, words};
use crate::harmless::line;
use crate::questions::claim::{Because, ClaimAnswer, Speaker};
use crate::questions::pending::Pending;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sayso_weigh::Standing;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The look of the page, and of others that show the same.
pub const STYLE: &str = include_str!("style.css");

/// So many names of sources that are drawn as one are listed; the rest can be opened.
const LISTED: usize = 6;

/// A claim's answer as a page of HTML. `moment` tells in words as of when, where that is not now.
pub fn page(answer: &ClaimAnswer, moment: Option<&str>) -> String {
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        STANDARD.encode(Sha256::digest(STYLE.as_bytes()))
    );
    let title: String = line(&answer.title).chars().take(120).collect();
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="generator" content="sayso";
                title { (answer.standing.name()) ": " (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    (head(answer, moment))
                    (body(answer, Places::Here))
                }
                footer {
                    "Made by sayso, which says who said what, on whose word, and what is left of it; never what is true. "
                    "Claim " code { (answer.id) }
                }
            }
        }
    }
    .into_string()
}

/// Where the links of what is shown lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Places {
    /// To other parts of the page, which stands by itself.
    Here,
    /// To the pages of a server besides: `/statements/ID`, `/documents/ID` and `/source?name=NAME`.
    Served,
}

/// Who says so and who denies it, as pictures, tables and words; the timeline; what was done.
pub fn body(answer: &ClaimAnswer, places: Places) -> Markup {
    html! {
        (side(answer, true, places))
        (side(answer, false, places))
        section {
            h2 { "When" }
            (timeline(answer))
        }
        (acts(answer))
    }
}

/// The claim, its answer in a sentence, its standing, and the sources that matter most.
pub fn head(answer: &ClaimAnswer, moment: Option<&str>) -> Markup {
    html! {
        (pending(&answer.pending))
        header {
            h1 { span class="kicker" { "The claim" } bdi { (line(&answer.title)) } }
            p class="answer" { (line(&answer.sentence)) }
            p {
                span class={ "standing " (answer.standing.name()) } { (answer.standing.name()) }
                " " span class="soft" { (meaning(answer.standing)) }
            }
            @if let Some(moment) = moment { p class="soft" { "As things stood " (line(moment)) "." } }
            dl class="facts" {
                (fact("Independent sources for it", &range(answer.independence_for)))
                (fact("Independent sources against it", &range(answer.independence_against)))
                (sources("Where it comes from", &answer.origins))
                (sources("Falls if one of these falls", &answer.single_points))
                (sources("Denied by", &answer.denied_by))
            }
        }
    }
}

/// What notices suggest and nobody has decided, as a band above the rest.
pub fn pending(pending: &[Pending]) -> Markup {
    html! {
        @for one in pending {
            p class="pending" role="note" {
                strong { "Pending: " } bdi { (one.sentence()) } ": “" bdi { (line(&one.because)) } "” "
                span class="soft" { "(not decided)" }
            }
        }
    }
}

fn fact(name: &str, value: &str) -> Markup {
    html! { div { dt { (name) } dd { (value) } } }
}

fn range((least, most): (u32, u32)) -> String {
    if least == most { least.to_string() } else { format!("{least} to {most}") }
}

/// Names under a heading; nothing where there are none.
fn sources(name: &str, speakers: &[Speaker]) -> Markup {
    if speakers.is_empty() {
        return html! {};
    }
    html! {
        div {
            dt { (name) }
            dd {
                @for (number, speaker) in speakers.iter().take(LISTED).enumerate() {
                    @if number > 0 { "; " }
                    bdi class=[speaker.unnamed.then_some("who-unnamed")] { (line(&speaker.name)) }
                    @if speaker.unnamed { " (unnamed)" }
                }
                @if speakers.len() > LISTED { "; and " (speakers.len() - LISTED) " more" }
            }
        }
    }
}

/// What a standing says, in a clause.
fn meaning(standing: Standing) -> &'static str {
    match standing {
        Standing::Unresolved => "statements that undercut each other leave it open",
        Standing::Contested => "something stands for it, and something against it",
        Standing::SingleSourced => "it stands, and the fall of one source would end that",
        Standing::Corroborated => "it stands, whichever one source falls",
        Standing::Refuted => {
            "only denials stand, and no one source’s fall would end that, or a person ruled so"
        }
        Standing::Denied => "only denials stand",
        Standing::Withdrawn => "nothing stands, because statements were taken back",
        Standing::Fallen => "nothing stands, because statements were taken back, discredited or undercut",
        Standing::Circular => "nothing stands: what is said of it rests only on itself",
        Standing::Unsourced => "nothing stands, and nothing ever gave it a ground",
    }
}

/// Those who say so, or those who say that it is not so: both get the same.
fn side(answer: &ClaimAnswer, for_it: bool, places: Places) -> Markup {
    let (heading, prefix) =
        if for_it { ("Who says so", "for") } else { ("Who says that it is not so", "against") };
    let picture = Picture::of(answer, for_it);
    let label = format!("{heading}: from the sources to those who pass it on");
    html! {
        section class={ "side " (prefix) } {
            h2 { (heading) }
            @if picture.voices.is_empty() {
                p { @if for_it { "Nobody in this ledger says so." } @else { "Nobody in this ledger denies it." } }
            } @else {
                p class="soft" {
                    "Each took its words from those that point to it. Every box leads to its line in the table."
                }
                div class="scroll" tabindex="0" role="region" aria-label=(label) {
                    (draw(&picture, Flow::Right, prefix, &label))
                    (draw(&picture, Flow::Down, prefix, &label))
                }
                (key(&picture))
                (table(answer, &picture, prefix, places))
                h3 { "The words, and where they stand" }
                (words(answer, for_it, places))
            }
        }
    }
}

/// What the shapes mean, as far as they are there.
fn key(picture: &Picture) -> Markup {
    let is_gone = |voice: &Voice| voice.left != Left::Stands;
    html! {
        ul class="key" {
            li { i {} "named" }
            @if picture.voices.iter().any(|voice| voice.unnamed) { li { i class="u" {} "unnamed" } }
            @if picture.voices.iter().any(is_gone) { li { i class="g" {} "does not stand" } }
            @if picture.voices.iter().any(|voice| voice.names.len() > 1) { li { i class="f" {} "several, drawn as one" } }
        }
    }
}

/// The same as the picture, in lines.
fn table(answer: &ClaimAnswer, picture: &Picture, prefix: &str, places: Places) -> Markup {
    let (from, to) = picture.neighbours();
    let links = |others: &[usize]| {
        html! {
            @for (number, &other) in others.iter().enumerate() {
                @if number > 0 { ", " }
                a href={ "#" (prefix) "-" (other) } { bdi { (title(&picture.voices[other])) } }
            }
        }
    };
    html! {
        table {
            thead { tr {
                th scope="col" { "Who" } th scope="col" { "On whose word" } th scope="col" { "Passed on by" }
                th scope="col" { "Places" } th scope="col" { "First" } th scope="col" { "What is left" }
            } }
            tbody {
                @for (number, voice) in picture.voices.iter().enumerate() {
                    tr id={ (prefix) "-" (number) } {
                        td data-label="Who" { (who(voice, places)) }
                        td data-label="On whose word" {
                            @if from[number].is_empty() { "its own" } @else { (links(&from[number])) }
                        }
                        td data-label="Passed on by" { (links(&to[number])) }
                        td class="short" data-label="Places" { (heard_in(answer, voice)) }
                        td class="short" data-label="First" { (first(answer, voice)) }
                        td data-label="What is left" { (tag(voice.left)) }
                    }
                }
            }
        }
    }
}

fn who(voice: &Voice, places: Places) -> Markup {
    html! {
        @if let [name] = voice.names.as_slice() {
            (named(name, voice.unnamed, places))
            @if voice.unnamed { small { " (unnamed)" } }
        } @else {
            details {
                summary {
                    (title(voice))
                    @match voice.fold { Fold::Row => ", one after another", Fold::Rest => ", drawn as one", _ => "" }
                }
                ul { @for name in &voice.names { li { (named(name, voice.unnamed, places)) } } }
            }
        }
    }
}

/// In how many places it is heard, each a link where they are few.
fn heard_in(answer: &ClaimAnswer, voice: &Voice) -> Markup {
    html! {
        @for (number, &chain) in voice.chains.iter().take(LISTED).enumerate() {
            @if number > 0 { ", " }
            a href={ "#s-" (answer.chains[chain].statement) } { (answer.chains[chain].statement.short()) }
        }
        @if voice.chains.len() > LISTED { " and " (voice.chains.len() - LISTED) " more" }
    }
}

/// When it was first heard, where any of its pages tells.
fn first(answer: &ClaimAnswer, voice: &Voice) -> Markup {
    let dates = voice.chains.iter().filter_map(|&chain| answer.chains[chain].page.published.as_deref());
    html! { @if let Some(first) = dates.min_by_key(|date| crate::time::seconds(date)) { (day(first)) } }
}

/// Everything that was done about it, each act once.
fn acts(answer: &ClaimAnswer) -> Markup {
    let mut acts: BTreeMap<(i64, sayso_record::ActId), (&Because, Vec<usize>)> = BTreeMap::new();
    for (number, chain) in answer.chains.iter().enumerate() {
        for because in &chain.because {
            let key = (crate::time::seconds(&because.at), because.act);
            acts.entry(key).or_insert_with(|| (because, Vec::new())).1.push(number);
        }
    }
    html! {
        section {
            h2 { "Corrections, and what was done" }
            @if acts.is_empty() { p { "Nothing was taken back, discredited or undercut." } }
            @else {
                ol class="words" {
                    @for (because, chains) in acts.values() {
                        li {
                            (day(&because.at)) " "
                            strong { (done(because.kind)) } " by " bdi { (line(&because.by)) }
                            @if let sayso_record::Subject::Source(name) = &because.on { ": " bdi { (line(name)) } }
                            blockquote { bdi { (line(&because.because)) } }
                            small {
                                "Concerns "
                                @for (number, &chain) in chains.iter().take(LISTED).enumerate() {
                                    @if number > 0 { ", " }
                                    a href={ "#s-" (answer.chains[chain].statement) } { (answer.chains[chain].statement.short()) }
                                }
                                @if chains.len() > LISTED { " and " (chains.len() - LISTED) " more" }
                                ". Act " code { (because.act.short()) }
                            }
                        }
                    }
                }
            }
        }
    }
}
