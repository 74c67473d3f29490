//! The words themselves, with the places where they stand: the same words once, however many pages print them.

use super::page::Places;
use super::picture::Left;
use crate::harmless::{in_address, line};
use crate::questions::claim::{Because, Chain, ClaimAnswer};
use crate::time::seconds;
use maud::{Markup, html};
use std::collections::HashMap;

/// So many places of the same words are shown; the rest can be opened.
const SHOWN: usize = 5;

/// The words of one side, the earliest first.
pub(super) fn words(answer: &ClaimAnswer, for_it: bool, places: Places) -> Markup {
    let mut groups: Vec<(String, Vec<&Chain>)> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for chain in answer.chains.iter().filter(|chain| chain.for_it == for_it) {
        let words = line(&chain.words);
        let at = *known.entry(words.to_lowercase()).or_insert_with(|| {
            groups.push((words, Vec::new()));
            groups.len() - 1
        });
        groups[at].1.push(chain);
    }
    for (_, chains) in &mut groups {
        chains.sort_by_cached_key(|chain| date(chain));
    }
    groups.sort_by_cached_key(|(_, chains)| date(chains[0]));
    html! {
        ol class="words" {
            @for (words, chains) in &groups {
                li class=[chains.iter().all(|chain| !chain.because.is_empty()).then_some("gone-words")] {
                    blockquote { bdi { (words) } }
                    ul class="places" { @for chain in chains.iter().take(SHOWN) { (place(chain, places)) } }
                    @if chains.len() > SHOWN {
                        details {
                            summary { "The same words in " (chains.len() - SHOWN) " more places" }
                            ul class="places" { @for chain in chains.iter().skip(SHOWN) { (place(chain, places)) } }
                        }
                    }
                }
            }
        }
    }
}

/// By when it was published; what has no date comes last.
fn date(chain: &Chain) -> (bool, i64) {
    let published = chain.page.published.as_deref();
    (published.is_none(), published.map(seconds).unwrap_or_default())
}

fn place(chain: &Chain, places: Places) -> Markup {
    html! {
        li id={ "s-" (chain.statement) } {
            span class="chainline" {
                @for (number, step) in chain.steps.iter().enumerate() {
                    @if number > 0 { " → " }
                    (named(&step.source.name, step.source.unnamed, places))
                    @if step.source.unnamed { small { " (unnamed)" } }
                }
            }
            " " (left(chain))
            div { (on_page(chain)) }
            @for because in &chain.because { (why(because)) }
            @match places {
                Places::Here => code { (chain.statement.short()) },
                Places::Served => {
                    a href={ "/documents/" (chain.page.id) "#s-" (chain.statement) } { "in its place" }
                    ", " a href={ "/statements/" (chain.statement) } { "its chain" }
                },
            }
        }
    }
}

/// A source's name.
pub(super) fn named(name: &str, unnamed: bool, places: Places) -> Markup {
    let class = unnamed.then_some("who-unnamed");
    html! {
        @match places {
            Places::Here => bdi class=[class] { (line(name)) },
            Places::Served => a class=[class] href={ "/source?name=" (in_address(name)) } { bdi { (line(name)) } },
        }
    }
}

/// Where it stands: title, outlet, date, address.
fn on_page(chain: &Chain) -> Markup {
    let page = &chain.page;
    let title = page.title.as_deref().map_or_else(|| format!("document {}", page.id.short()), line);
    html! {
        @match page.url.as_deref().filter(|url| is_web(url)) {
            Some(url) => a href=(url) rel="noopener noreferrer nofollow" { bdi { (title) } },
            None => bdi { (title) },
        }
        @if let Some(site) = &page.site { ", " bdi { (line(site)) } }
        @if let Some(published) = &page.published { ", " (day(published)) } @else { ", no date" }
        @if let Some(url) = &page.url { br; small { bdi { (line(url)) } } }
    }
}

/// Only addresses of the web become links; a page may name others.
fn is_web(url: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| url.starts_with(scheme))
}

/// The day of a time, for people, with the whole of it for programs.
pub fn day(at: &str) -> Markup {
    let at = line(at);
    let shown = at.get(..10).unwrap_or(&at);
    html! { time datetime=(at) { (shown) } }
}

fn left(chain: &Chain) -> Markup {
    let left = match (chain.stands, chain.because.iter().any(is_withdrawal)) {
        (sayso_weigh::Truth::True, _) => Left::Stands,
        (sayso_weigh::Truth::Undefined, _) => Left::Open,
        (_, true) => Left::Withdrawn,
        (_, false) if !chain.because.is_empty() => Left::Fallen,
        _ => Left::Groundless,
    };
    tag(left)
}

fn is_withdrawal(because: &Because) -> bool {
    because.kind == sayso_record::ActKind::Withdraw
}

/// What is left of something, as a word in a frame.
pub(super) fn tag(left: Left) -> Markup {
    let class = match left {
        Left::Stands => "stands",
        Left::Open => "open",
        Left::Withdrawn => "withdrawn",
        Left::Fallen => "fallen",
        Left::Groundless => "groundless",
    };
    html! { span class={ "tag " (class) } { (left.word()) } }
}

fn why(because: &Because) -> Markup {
    html! {
        span class="why" {
            (done(because.kind)) " by " bdi { (line(&because.by)) } ", " (day(&because.at)) ": "
            bdi { (line(&because.because)) }
        }
    }
}

/// What was done, as a page says it.
pub fn done(kind: sayso_record::ActKind) -> &'static str {
    use sayso_record::ActKind;
    match kind {
        ActKind::Withdraw => "taken back",
        ActKind::Discredit => "discredited",
        ActKind::Undercut => "undercut",
        ActKind::Confirm => "no longer trusted",
        other => other.word(),
    }
}
