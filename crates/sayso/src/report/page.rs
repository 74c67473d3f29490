//! The page of an answer: what was corrected, the answer, each side in its words, what is only possible, who passed it on
//! to whom, in a picture and a table, and when.

use super::alone::alone;
use super::answered::Answered;
use super::drawing::{draw, title};
use super::picture::{Fold, Left, Picture, Voice};
use super::timeline::timeline;
use super::words::{Places, column, day, done, named, tag, unsure};
use crate::harmless::line;
use crate::questions::claim::{Because, Chain, ClaimAnswer, Speaker};
use crate::questions::pending::Pending;
use maud::{Markup, html};
use sayso_weigh::Standing;
use std::collections::BTreeMap;

/// The look of the page, and of others that show the same.
pub const STYLE: &str = include_str!("style.css");

/// So many names of sources are listed; the rest are counted.
const LISTED: usize = 6;
/// So many names of sources that are drawn as one can be opened.
const OPENED: usize = 100;
/// So many corrections stand above the answer; the rest can be opened.
const ABOVE: usize = 3;
/// So many of these at most.
const CORRECTIONS: usize = 40;

/// A claim's answer as a page of HTML. `moment` tells in words as of when, where that is not now.
pub fn page(answer: &ClaimAnswer, moment: Option<&str>) -> String {
    let title: String = line(&answer.title).chars().take(120).collect();
    let answered = Answered::from(answer);
    let main = html! {
        (head(&answered, moment, Places::Here))
        (sides(&answered, Places::Here))
        (possible(&answered, Places::Here, &|_| html! {}))
        (passed_on(&answered, Places::Here, &[], html! {}))
        (times(&answered, Places::Here))
    };
    let footer = html! {
        "Made by sayso, which says who said what, on whose word, and what is left of it; never what is true. "
        "Claim " code { (answer.id) }
    };
    alone(&format!("{}: {title}", answer.standing.name()), STYLE, &main, &footer)
}

/// What was corrected and what waits to be decided, in a band; then the answer with its origins.
pub fn head(answered: &Answered, moment: Option<&str>, places: Places) -> Markup {
    html! {
        (pending(&answered.pending))
        (corrections(answered))
        header {
            h1 { span class="kicker" { (answered.kicker) } bdi { (line(&answered.title)) } }
            p class="answer" { (line(&answered.sentence)) }
            p {
                @match answered.standing {
                    Some(standing) => {
                        span class={ "standing " (standing.name()) } { (standing.name()) }
                        " " span class="soft" { (meaning(standing)) "." }
                    }
                    None => span class="standing nobody" { "nobody says so" },
                }
                @if let Some(standing) = answered.possible_standing {
                    " " span class="soft" { "If all that is possible were so: " (standing.name()) "." }
                }
            }
            @if let Some(moment) = moment { p class="soft" { "As things stood " (line(moment)) "." } }
            dl class="facts" {
                (origins("Origins for it", answered.independence_for, &answered.origins_for, answered, places))
                (origins("Origins against it", answered.independence_against, &answered.origins_against, answered, places))
                @if !answered.single_points.is_empty() {
                    div {
                        dt { "It falls if one of these falls" }
                        dd { (listed(&answered.single_points, answered, places)) }
                    }
                }
            }
        }
    }
}

/// How many independent origins there are, and who they are.
fn origins(
    name: &str,
    (least, most): (u32, u32),
    speakers: &[Speaker],
    answered: &Answered,
    places: Places,
) -> Markup {
    html! {
        div {
            dt { (name) }
            dd {
                strong {
                    @match (least, most) {
                        (0, 0) => "none that stands",
                        (least, most) if least == most => (least),
                        (least, most) => { (least) " to " (most) }
                    }
                }
                @if !speakers.is_empty() { ": " (listed(speakers, answered, places)) }
            }
        }
    }
}

/// Names, each with those for whom they speak.
fn listed(speakers: &[Speaker], answered: &Answered, places: Places) -> Markup {
    html! {
        @for (number, speaker) in speakers.iter().take(LISTED).enumerate() {
            @if number > 0 { "; " }
            (named(&speaker.name, speaker.unnamed, places))
            @if speaker.unnamed { small { " (unnamed)" } }
            @if let [first, rest @ ..] = answered.organisations_of(&speaker.name) {
                small { ", for " bdi { (line(first)) } @if !rest.is_empty() { " and " (rest.len()) " more" } }
            }
        }
        @if speakers.len() > LISTED { "; and " (speakers.len() - LISTED) " more" }
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

/// Everything that was taken back, discredited or undercut, each act once, as a band above the rest.
fn corrections(answered: &Answered) -> Markup {
    let mut acts: BTreeMap<(i64, sayso_record::ActId), (&Because, usize)> = BTreeMap::new();
    for because in answered.chains.iter().flat_map(|chain| &chain.because) {
        acts.entry((crate::time::seconds(&because.at), because.act)).or_insert((because, 0)).1 += 1;
    }
    let told = |(because, times): &(&Because, usize)| {
        html! {
            li {
                strong {
                    @if let sayso_record::Subject::Source(name) = &because.on { bdi { (line(name)) } " " }
                    (done(because.kind))
                }
                " by " bdi { (line(&because.by)) } ", " (day(&because.at)) ": “" bdi { (line(&because.because)) } "” "
                span class="soft" { "(" (count(*times, "statement")) ")" }
            }
        }
    };
    html! {
        @if !acts.is_empty() {
            section class="corrected" aria-label="Corrections" {
                ul { @for act in acts.values().take(ABOVE) { (told(act)) } }
                @if acts.len() > ABOVE {
                    details {
                        summary { "And " (acts.len() - ABOVE) " more" }
                        ul { @for act in acts.values().skip(ABOVE).take(CORRECTIONS) { (told(act)) } }
                    }
                }
            }
        }
    }
}

fn count(number: usize, word: &str) -> String {
    crate::questions::sentence::count(number, word)
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

/// Those who say so, those who say that it is not so, and those who doubt it, side by side with the same room.
pub fn sides(answered: &Answered, places: Places) -> Markup {
    let side = |for_it: bool| -> Vec<&Chain> {
        answered.chains.iter().filter(|chain| chain.for_it == for_it).collect()
    };
    html! {
        div class="sides" {
            (column("Says so", "for", "Nobody here says so.", &side(true), answered, places))
            (column("Says that it is not so", "against", "Nobody here denies it.", &side(false), answered, places))
            @if let Some(doubts) = &answered.doubts {
                (column("Doubts it", "doubts", "Nobody here doubts it.", &doubts.iter().collect::<Vec<_>>(), answered, places))
            }
        }
    }
}

/// What is only possible, apart and pale. `decide` gives the way to say whether it is the same.
pub fn possible(answered: &Answered, places: Places, decide: &dyn Fn(&Chain) -> Markup) -> Markup {
    html! {
        @if !answered.possible.is_empty() {
            section class="possible" {
                h2 { "Possible, and not counted: " (answered.possible.len()) }
                p class="soft" { "The machine is not sure that these speak of it. They change nothing until a person says so." }
                (unsure(answered, places, decide))
            }
        }
    }
}

/// Who passed it on to whom: a picture of each side that has anything to pass on, `beside` them, and one table of all.
/// `without` are the names of those who are not believed for once.
pub fn passed_on(answered: &Answered, places: Places, without: &[String], beside: Markup) -> Markup {
    let sides = [("for", true, "Says so"), ("against", false, "Says that it is not so")];
    let pictures: Vec<(&str, Picture, &str)> = sides
        .into_iter()
        .map(|(prefix, for_it, says)| {
            let mut picture = Picture::of(&answered.chains, for_it, &answered.speaks_for);
            picture.without(without);
            (prefix, picture, says)
        })
        .filter(|(_, picture, _)| !picture.voices.is_empty())
        .collect();
    if pictures.is_empty() {
        return beside;
    }
    html! {
        section class="passed-on" {
            h2 { "On whose word" }
            p class="soft" { "Each took its words from those that point to it. Every box leads to its line in the table." }
            div class="beside" {
                div {
                    @for (prefix, picture, says) in &pictures {
                        @let label = format!("{says}: from the sources to those who pass it on");
                        figure class={ "side " (prefix) } {
                            @if pictures.len() > 1 { figcaption { (says) } }
                            div class="scroll" tabindex="0" role="region" aria-label=(label) { (draw(picture, prefix, &label)) }
                        }
                    }
                    (key(&pictures))
                }
                (beside)
            }
            (table(answered, &pictures, places))
        }
    }
}

/// What the shapes mean, as far as they are there.
fn key(pictures: &[(&str, Picture, &str)]) -> Markup {
    let any = |is_so: &dyn Fn(&Voice) -> bool| {
        pictures.iter().any(|(_, picture, _)| picture.voices.iter().any(is_so))
    };
    html! {
        ul class="key" {
            li { i {} "named" }
            @if any(&|voice| voice.unnamed) { li { i class="u" {} "unnamed" } }
            @if any(&|voice| voice.left != Left::Stands) { li { i class="g" {} "does not stand" } }
            @if any(&|voice| voice.names.len() > 1) { li { i class="f" {} "several, drawn as one" } }
            @if pictures.iter().any(|(_, picture, _)| !picture.speaks_for.is_empty()) { li { i class="a" {} "speak for the same" } }
        }
    }
}

/// The same as the pictures, in lines.
fn table(answered: &Answered, pictures: &[(&str, Picture, &str)], places: Places) -> Markup {
    html! {
        table {
            thead { tr {
                th scope="col" { "Who" } th scope="col" { "Says" } th scope="col" { "On whose word" }
                th scope="col" { "Passed on by" } th scope="col" { "Places" } th scope="col" { "First" }
                th scope="col" { "What is left" }
            } }
            tbody {
                @for (prefix, picture, _) in pictures {
                    @let (from, to) = picture.neighbours();
                    @let links = |others: &[usize]| html! {
                        @for (number, &other) in others.iter().enumerate() {
                            @if number > 0 { ", " }
                            a href={ "#" (prefix) "-" (other) } { bdi { (title(&picture.voices[other])) } }
                        }
                    };
                    @for (number, voice) in picture.voices.iter().enumerate() {
                        tr id={ (prefix) "-" (number) } class={ "side " (prefix) } {
                            td data-label="Who" { (who(voice, answered, places)) }
                            td data-label="Says" { @if *prefix == "for" { "so" } @else { "otherwise" } }
                            td data-label="On whose word" {
                                @if from[number].is_empty() { "their own" } @else { (links(&from[number])) }
                            }
                            td data-label="Passed on by" { (links(&to[number])) }
                            td class="short" data-label="Places" { (voice.chains.len()) }
                            td class="short" data-label="First" { (first(answered, voice)) }
                            td data-label="What is left" { (tag(voice.left)) }
                        }
                    }
                }
            }
        }
    }
}

fn who(voice: &Voice, answered: &Answered, places: Places) -> Markup {
    html! {
        @if let [name] = voice.names.as_slice() {
            (named(name, voice.unnamed, places))
            @if voice.unnamed { small { " (unnamed)" } }
            @for organisation in answered.organisations_of(name).iter().take(2) { small { ", for " bdi { (line(organisation)) } } }
        } @else {
            details {
                summary {
                    (title(voice))
                    @match voice.fold { Fold::Row => ", one after another", Fold::Rest => ", drawn as one", _ => "" }
                }
                ul {
                    @for name in voice.names.iter().take(OPENED) { li { (named(name, voice.unnamed, places)) } }
                    @if voice.names.len() > OPENED { li { "and " (voice.names.len() - OPENED) " more" } }
                }
            }
        }
    }
}

/// When it was first heard, where any of its pages tells.
fn first(answered: &Answered, voice: &Voice) -> Markup {
    let dates = voice.chains.iter().filter_map(|&chain| answered.chains[chain].page.published.as_deref());
    html! { @if let Some(first) = dates.min_by_key(|date| crate::time::seconds(date)) { (day(first)) } }
}

/// What happened when, by publication.
pub fn times(answered: &Answered, places: Places) -> Markup {
    html! {
        @if !answered.chains.is_empty() {
            section { h2 { "When" } (timeline(&answered.chains, places)) }
        }
    }
}
