//! What happened when: who said it, who denied it, what was taken back.

use super::words::{Places, day, done};
use crate::harmless::line;
use crate::questions::claim::Chain;
use crate::time::seconds;
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

/// So many pages of one day are named; more are counted.
const NAMED: usize = 4;
/// So many days are told.
const DAYS: usize = 60;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Says,
    Denies,
    Act,
}

struct Event {
    shown: String,
    text: Markup,
}

/// The timeline: a day a line, and a line for each sort of thing that happened on it. What has no date comes last.
pub(super) fn timeline(chains: &[Chain], places: Places) -> Markup {
    let mut days: BTreeMap<(bool, String, Sort), (i64, Vec<Event>)> = BTreeMap::new();
    let mut add = |at: Option<&str>, sort: Sort, text: Markup| {
        let shown = at.map(line).unwrap_or_default();
        let date = shown.get(..10).unwrap_or(&shown).to_owned();
        let entry = days.entry((at.is_none(), date, sort)).or_default();
        entry.0 = at.map(seconds).unwrap_or_default();
        entry.1.push(Event { shown, text });
    };
    let mut pages = BTreeSet::new();
    let mut acts = BTreeSet::new();
    for chain in chains {
        if pages.insert((chain.page.id, chain.for_it)) {
            let sort = if chain.for_it { Sort::Says } else { Sort::Denies };
            add(chain.page.published.as_deref(), sort, page(chain, places));
        }
        for because in &chain.because {
            if acts.insert(because.act) {
                let what = html! {
                    (done(because.kind)) " by " bdi { (line(&because.by)) } ": " bdi { (line(&because.because)) }
                };
                add(Some(&because.at), Sort::Act, what);
            }
        }
    }
    html! {
        ol class="time" {
            @for ((undated, _, sort), (_, events)) in days.iter().take(DAYS) {
                li class=[match sort { Sort::Says => None, Sort::Denies => Some("con"), Sort::Act => Some("act") }] {
                    @if *undated { span class="when" { "date unknown" } } @else { (day(&events[0].shown)) }
                    " "
                    @match sort { Sort::Says => "said in ", Sort::Denies => "denied in ", Sort::Act => "" }
                    @for (number, event) in events.iter().take(NAMED).enumerate() {
                        @if number > 0 { "; " }
                        (event.text)
                    }
                    @if events.len() > NAMED { "; and " (events.len() - NAMED) " more" }
                }
            }
            @if days.len() > DAYS { li { "and " (days.len() - DAYS) " more days" } }
        }
    }
}

fn page(chain: &Chain, places: Places) -> Markup {
    let name = chain.page.site.as_deref().or(chain.page.title.as_deref());
    let name = name.map_or_else(|| format!("document {}", chain.page.id.short()), line);
    html! {
        @match places {
            Places::Here => bdi { (name) },
            Places::Served | Places::Asked => a href={ "/documents/" (chain.page.id) } { bdi { (name) } },
        }
    }
}
