//! The words themselves, with the places where they stand: the same words once, however many pages print them.

use super::answered::Answered;
use super::picture::Left;
use crate::harmless::{in_address, line};
use crate::questions::claim::{Because, Chain};
use crate::time::{month_name, seconds};
use maud::{Markup, html};
use std::collections::HashMap;

/// So many words are shown of a side; the rest can be opened, up to a limit.
const WORDS: usize = 5;
const WORDS_OPENED: usize = 40;
/// So many places of the same words are shown; the rest can be opened, up to a limit.
const SHOWN: usize = 2;
const OPENED: usize = 20;
/// So many possible ones are shown.
const POSSIBLE: usize = 30;

/// Where the links of what is shown lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Places {
    /// To other parts of the page, which stands by itself.
    Here,
    /// To the pages of a server besides: `/statements/ID`, `/documents/ID` and `/source?name=NAME`.
    Served,
    /// The same for a question. Whom its answer names need not be a source by that very name: names are searched for.
    Asked,
}

/// One side: its words, the earliest first.
pub(super) fn column(
    heading: &str,
    class: &str,
    nobody: &str,
    chains: &[&Chain],
    answered: &Answered,
    places: Places,
) -> Markup {
    let groups = by_words(chains);
    html! {
        section class={ "side " (class) } {
            h2 { (heading) }
            @if groups.is_empty() { p class="soft" { (nobody) } }
            @else {
                ol class="words" { @for group in groups.iter().take(WORDS) { (same_words(group, answered, places)) } }
                @if groups.len() > WORDS {
                    details {
                        summary { (groups.len() - WORDS) " more, in other words" }
                        ol class="words" {
                            @for group in groups.iter().skip(WORDS).take(WORDS_OPENED) { (same_words(group, answered, places)) }
                        }
                        @if groups.len() > WORDS + WORDS_OPENED {
                            p class="soft" { "And " (groups.len() - WORDS - WORDS_OPENED) " more that are not shown here." }
                        }
                    }
                }
            }
        }
    }
}

/// Chains with the same words together, the earliest first.
fn by_words<'a>(chains: &[&'a Chain]) -> Vec<(String, Vec<&'a Chain>)> {
    let mut groups: Vec<(String, Vec<&Chain>)> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for &chain in chains {
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
    groups
}

fn same_words((words, chains): &(String, Vec<&Chain>), answered: &Answered, places: Places) -> Markup {
    html! {
        li class=[chains.iter().all(|chain| !chain.because.is_empty()).then_some("gone-words")] {
            blockquote { bdi { (words) } }
            ul class="places" { @for chain in chains.iter().take(SHOWN) { (place(chain, left(chain), answered, places)) } }
            @if chains.len() > SHOWN {
                details {
                    summary {
                        "The same words in " (chains.len() - SHOWN)
                        @if chains.len() == SHOWN + 1 { " more place" } @else { " more places" }
                    }
                    ul class="places" {
                        @for chain in chains.iter().skip(SHOWN).take(OPENED) { (place(chain, left(chain), answered, places)) }
                        @if chains.len() > SHOWN + OPENED { li { "and " (chains.len() - SHOWN - OPENED) " more" } }
                    }
                }
            }
        }
    }
}

/// What is only possible: a line each, with the way to decide it.
pub(super) fn unsure(answered: &Answered, places: Places, decide: &dyn Fn(&Chain) -> Markup) -> Markup {
    html! {
        ol class="words" {
            @for (for_it, chain) in answered.possible.iter().take(POSSIBLE) {
                li {
                    blockquote { bdi { (line(&chain.words)) } }
                    @let may = match for_it {
                        Some(true) => "may say so",
                        Some(false) => "may deny it",
                        None => "may doubt it",
                    };
                    ul class="places" { (place(chain, html! { span class="tag" { (may) } }, answered, places)) }
                    (decide(chain))
                }
            }
        }
        @if answered.possible.len() > POSSIBLE { p class="soft" { "And " (answered.possible.len() - POSSIBLE) " more." } }
    }
}

/// By when it was published; what has no date comes last.
fn date(chain: &Chain) -> (bool, i64) {
    let published = chain.page.published.as_deref();
    (published.is_none(), published.map(seconds).unwrap_or_default())
}

fn place(chain: &Chain, left: Markup, answered: &Answered, places: Places) -> Markup {
    html! {
        li id={ "s-" (chain.statement) } {
            span class="chainline" {
                @for (number, step) in chain.steps.iter().enumerate() {
                    @if number > 0 { " → " }
                    (named(&step.source.name, step.source.unnamed, places))
                    @if step.source.unnamed { small { " (unnamed)" } }
                }
            }
            " " (left)
            div { (on_page(chain)) }
            @for because in &chain.because { (why(because)) }
            @match places {
                Places::Here => code { (chain.statement.short()) },
                Places::Served | Places::Asked => @if answered.sentences.contains(&chain.statement) {
                    a href={ "/documents/" (chain.page.id) } { "in its page" }
                } @else {
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
            Places::Asked => {
                a class=[class] href={ "/search?in=statements&source=" (in_address(name)) } { bdi { (line(name)) } }
            },
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
        @if let Some(published) = &page.published { ", " (day(published)) } @else { ", date unknown" }
    }
}

/// Only addresses of the web become links; a page may name others.
pub(super) fn is_web(url: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| url.starts_with(scheme))
}

/// The day of a time in words, with the whole of it for programs.
pub fn day(at: &str) -> Markup {
    let at = line(at);
    html! { time datetime=(at) { (in_words(&at)) } }
}

/// "4 June 2019"; "June 2019" and "2019" where no more is told; what is no date as it is.
pub fn in_words(at: &str) -> String {
    let mut parts = at.get(..10).unwrap_or(at).splitn(3, '-');
    let year = parts.next().unwrap_or_default();
    let month = parts.next().and_then(|month| month.parse::<i8>().ok());
    let Some(month) = month.and_then(month_name) else {
        return at.get(..10).unwrap_or(at).to_owned();
    };
    match parts.next().map(str::parse::<u8>) {
        Some(Ok(day)) => format!("{day} {month} {year}"),
        _ => format!("{month} {year}"),
    }
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

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn dates_are_told_in_words() {
        for (at, words) in [
            ("2019-06-04T17:05:00+01:00", "4 June 2019"),
            ("2019-12-31", "31 December 2019"),
            ("2019-06", "June 2019"),
            ("2019", "2019"),
            ("yesterday", "yesterday"),
            ("2019-13-01", "2019-13-01"),
            ("2019-00-01", "2019-00-01"),
        ] {
            assert_eq!(in_words(at), words);
        }
    }
}
