//! A chain followed down to its origins: each link under the one that rests on it, with why it stands or does not.

use super::answer::{because, outlet_and_date, page_in_words, quoted, speaker};
use super::said::wrapped;
use super::{FAINT, NOTICE, SOURCE, TITLE};
use crate::harmless;
use sayso::{ChainAnswer, ChainLink, Need, WhyLink};

/// Links further down than this are set no further to the right.
const DEEPEST_INDENT: usize = 16;

/// A statement, and its chain down to the origins.
pub(crate) fn chain_down(answer: &ChainAnswer, columns: usize) -> String {
    let mut text = quoted(&answer.words, columns);
    let cue = harmless::line(&answer.cue);
    let cue = if cue.is_empty() { "no cue".to_owned() } else { format!("cue \"{cue}\"") };
    let manner = serde_json::to_value(answer.manner).unwrap_or_default();
    let manner = manner.as_str().unwrap_or_default();
    let sure = (answer.confidence * 100.0).round();
    let stance = answer.stance.verb();
    let id = answer.statement;
    text += &wrapped(&format!("{stance}, {manner}, {cue}, {sure}% sure · statement {id}"), "  ", columns);
    text += &wrapped(&page_in_words(&answer.page), "  ", columns);
    let side = if answer.for_it { "for" } else { "against" };
    let claim = format!("{side} claim {}: {}", answer.claim.short(), answer.standing);
    text += &format!("  {TITLE}{claim}{TITLE:#}\n");
    if answer.claim_words != answer.words {
        text += &wrapped(&format!("\"{}\"", harmless::line(&answer.claim_words)), "      ", columns);
    }
    text += "\n";
    text + &Down { answer, columns, told: vec![false; answer.links.len()] }.tell()
}

struct Down<'a> {
    answer: &'a ChainAnswer,
    columns: usize,
    told: Vec<bool>,
}

/// A link that is still to be told: how deep, and how it comes to be rested on.
type Waiting<'a> = (usize, usize, Option<&'a Need>, Option<usize>);

impl<'a> Down<'a> {
    /// Depth first, with the links that wait in a list: a chain may be deeper than any stack.
    fn tell(mut self) -> String {
        let mut text = String::new();
        let mut waiting: Vec<Waiting<'a>> = vec![(0, 0, None, None)];
        while let Some((at, depth, need, above)) = waiting.pop() {
            let answer = self.answer;
            let link = &answer.links[at];
            text += &self.link(link, depth, need, above.map(|above| &answer.links[above]));
            if std::mem::replace(&mut self.told[at], true) {
                continue;
            }
            let needs = link.rests_on.iter().flatten();
            let below: Vec<Waiting> =
                needs.map(|need| (need.link, depth + 1, Some(need), Some(at))).collect();
            waiting.extend(below.into_iter().rev());
        }
        text
    }

    fn link(&self, link: &ChainLink, depth: usize, need: Option<&Need>, above: Option<&ChainLink>) -> String {
        let indent = " ".repeat(2 * depth.min(DEEPEST_INDENT) + 2);
        let mut text = String::new();
        if let Some(need) = need.filter(|need| !need.because.is_empty()) {
            let suggestion = need.suggestion.map(|id| format!(" (suggestion {})", id.short()));
            let from = format!(
                "taken from here: {}{}",
                harmless::line(&need.because),
                suggestion.unwrap_or_default()
            );
            text += &wrapped(&from, &indent, self.columns);
        }
        let mut facts = Vec::new();
        // Links of one statement stand on one page.
        if above.is_none_or(|above| above.statement != link.statement) {
            facts.push(outlet_and_date(&link.page));
            facts.push(format!("statement {}", link.statement.short()));
        }
        if !link.held {
            facts.push("by the account above".to_owned());
        }
        let facts = facts.join(" · ");
        text += &format!("{indent}{SOURCE}{}{SOURCE:#}  {FAINT}{facts}{FAINT:#}\n", speaker(&link.source));
        if above.is_some_and(|above| above.statement != link.statement && above.words != link.words) {
            let words = format!("\"{}\"", harmless::line(&link.words));
            text += &wrapped(&words, &format!("{indent}    "), self.columns);
        }
        text + &self.why(link, &format!("{indent}    "))
    }

    fn why(&self, link: &ChainLink, indent: &str) -> String {
        let is_told = self
            .answer
            .links
            .iter()
            .position(|other| std::ptr::eq(other, link))
            .is_some_and(|at| self.told[at]);
        if is_told {
            return format!("{indent}as told above\n");
        }
        let ways = link.rests_on.len();
        let on = match (ways, link.rests_on.first().map_or(0, Vec::len)) {
            (1, 1) => "on this",
            (1, _) => "on these together",
            _ => "on any of these",
        };
        match &link.why {
            WhyLink::FirstHand => format!("{indent}stands: said at first hand\n"),
            WhyLink::Rests => format!("{indent}stands {on}:\n"),
            WhyLink::NotYet => format!("{indent}{NOTICE}does not stand{NOTICE:#}: was not there yet\n"),
            WhyLink::NoGround => {
                format!("{indent}{NOTICE}does not stand{NOTICE:#}: nothing is known on which it rests\n")
            }
            WhyLink::NothingBelow => {
                format!("{indent}{NOTICE}does not stand{NOTICE:#}: nothing on which it rests does:\n")
            }
            WhyLink::Loop => format!("{indent}{NOTICE}does not stand{NOTICE:#}: it rests on itself alone:\n"),
            WhyLink::Open => {
                format!("{indent}{NOTICE}open{NOTICE:#}: it hangs on statements that undercut each other\n")
            }
            WhyLink::TakenAway { acts } => {
                let acts: String =
                    acts.iter().map(|act| because(act, &format!("{indent}  "), self.columns)).collect();
                format!("{indent}{NOTICE}does not stand{NOTICE:#}:\n{acts}")
            }
        }
    }
}
