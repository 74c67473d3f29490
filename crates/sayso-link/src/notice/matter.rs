//! What a notice says was wrong, read off its sentences.

use crate::chain::loses_faith;
use crate::grounds::sentences;
use crate::undercut::calls_unreliable;
use sayso_record::{BlockKind, Document, NoticeKind};

/// What a notice takes back.
#[derive(Clone, Debug)]
pub(super) enum Taken {
    /// The whole page.
    Whole,
    /// Something, with the words that say so (none where these admit nothing); they do not say what.
    Unsaid(String),
    /// What was wrong, and the sentences that say that somebody should not have been believed.
    Matters { matters: Vec<Matter>, lost_faith: Vec<String> },
}

/// Something that a notice says was wrong.
#[derive(Clone, Debug)]
pub(super) struct Matter {
    /// The words that say what.
    pub(super) words: String,
    /// The sentence of the notice.
    pub(super) sentence: String,
    /// Whether it is what the author learnt since, and not what the page said.
    pub(super) learnt: bool,
    /// Whether the page was put right, so that it says this no longer.
    pub(super) put_right: bool,
}

/// Signs that a sentence admits something.
const ADMITS: &[&str] = &[
    "apolog",
    "baseless",
    "error",
    "inaccura",
    "incorrect",
    "misidentif",
    "misled",
    "mislead",
    "misreport",
    "misrepresent",
    "misstate",
    "mistake",
    "no longer stand by",
    "not accurate",
    "not correct",
    "not true",
    "regret",
    "retract",
    "should never have",
    "should not have",
    "shouldn't have",
    "shouldn’t have",
    "sorry for",
    "take back",
    "takes back",
    "unfounded",
    "untrue",
    "withdraw",
    "withdrew",
    "wrong",
    "we take it back",
];
/// What a page calls itself.
const PAGES: &[&str] =
    &["article", "story", "post", "page", "report", "piece", "column", "item", "entry", "paper", "study"];
/// Words before what a notice is about.
const ABOUT: &[&str] = &[
    " concerning ",
    " regarding ",
    " about ",
    " with regard to ",
    " in regard to ",
    " relating to ",
    " account of ",
    " accounts of ",
    " description of ",
    " report on ",
    " reports on ",
    " article on ",
    " story on ",
    " post on ",
    " claim that ",
    " claims that ",
    " statement that ",
    " statements that ",
    " assertion that ",
    " allegation that ",
    " allegations that ",
    " accusation that ",
    " suggestion that ",
    " report that ",
    " reports that ",
    " wrong to say ",
    " wrong to write ",
    " wrong to claim ",
    " wrong to report ",
    " wrong to suggest ",
    " mistaken to say ",
    " wrong that ",
];
/// Verbs by which a page says something.
const SAYING: &[&str] = &[
    "accused",
    "accusing",
    "alleged",
    "alleging",
    "asserted",
    "called",
    "claimed",
    "claiming",
    "described",
    "gave",
    "identified",
    "implied",
    "misidentified",
    "misreported",
    "misrepresented",
    "misstated",
    "named",
    "reported",
    "reporting",
    "repeated",
    "repeating",
    "said",
    "saying",
    "stated",
    "stating",
    "suggested",
    "suggesting",
    "writing",
    "wrote",
];
/// Who says so in these, or before what.
const SELF: &[&str] = &["i", "we", "version", "versions", "headline", "it", "blog", "for"];
/// What is said of what was wrong.
const WRONG: &[&str] = &[
    " was wrong",
    " were wrong",
    " is wrong",
    " are wrong",
    " was false",
    " were false",
    " is false",
    " was incorrect",
    " were incorrect",
    " is incorrect",
    " was untrue",
    " were untrue",
    " is untrue",
    " is not true",
    " was not true",
    " were not true",
    " was inaccurate",
    " were inaccurate",
    " was a mistake",
    " was an error",
    " was in error",
    " were in error",
    " was unfounded",
    " were unfounded",
    " was made up",
    " were made up",
    " was invented",
    " was mistaken",
];
/// Words before what has been learnt.
const LEARNT: &[&str] = &[
    " learned that ",
    " learnt that ",
    " realised that ",
    " realized that ",
    " discovered that ",
    " found out that ",
    " turns out that ",
    " turned out that ",
];
/// Where the words that say what was wrong end.
const ENDS: &[&str] = &[
    ";",
    " (",
    " — ",
    " – ",
    ", and ",
    ", which ",
    ", but ",
    ", as ",
    " as if ",
    " as though ",
    " without any ",
    " without asking",
    " without checking",
    " without confirm",
    " without evidence",
    " without proof",
    " without verif",
    " because ",
    ", nor ",
    ", so ",
    ", when in fact ",
    " when in fact ",
    " and i ",
    " and we ",
    ", in fact ",
    ", for which ",
];
/// Signs that the page has been put right.
const PUT_RIGHT: &[&str] = &[
    "earlier version",
    "previous version",
    "original version",
    "earlier versions",
    "previous versions",
    "prior version",
    "been corrected",
    "been amended",
    "was corrected",
    "now corrected",
    "have corrected",
    "originally said",
    "originally stated",
    "originally reported",
    "initially said",
    "initially stated",
];

/// What a notice takes back.
pub(super) fn taken(noticed: &Document, notice: usize) -> Taken {
    let block = &noticed.blocks[notice];
    let is_retraction = matches!(&block.kind, BlockKind::Notice { notice: NoticeKind::Retraction, .. });
    let words = block.span.of(&noticed.text).to_ascii_lowercase();
    let put_right = PUT_RIGHT.iter().any(|sign| words.contains(sign));
    let (mut matters, mut lost_faith, mut admission) = (Vec::new(), Vec::new(), String::new());
    for span in sentences(&noticed.text, block.span) {
        let sentence = span.of(&noticed.text);
        let lower = format!(" {} ", sentence.to_ascii_lowercase());
        if retracts_whole(&lower) {
            return Taken::Whole;
        }
        if loses_faith(sentence) {
            lost_faith.push(sentence.to_owned());
        }
        let mut add = |from: usize, to: usize, learnt: bool| {
            // The sentence stands one byte on in `lower`.
            let words = sentence.get(from.saturating_sub(1)..to.saturating_sub(1).min(sentence.len()));
            let words = words.unwrap_or_default().trim().to_owned();
            matters.push(Matter { words, sentence: sentence.to_owned(), learnt, put_right });
        };
        for cue in LEARNT {
            if let Some(at) = lower.find(cue) {
                add(at + cue.len(), end(&lower, at + cue.len()), true);
            }
        }
        if !ADMITS.iter().any(|sign| lower.contains(sign)) && !calls_unreliable(&lower) {
            continue;
        }
        if admission.is_empty() {
            admission = sentence.to_owned();
        }
        for (from, to) in spoken_of(&lower) {
            add(from, to, false);
        }
    }
    matters.retain(|matter| matter.words.chars().any(char::is_alphanumeric));
    match (matters.is_empty() && lost_faith.is_empty(), is_retraction) {
        (false, _) => Taken::Matters { matters, lost_faith },
        // "Retraction", with no word on what is retracted, stands for all of it.
        (true, true) => Taken::Whole,
        (true, false) => Taken::Unsaid(admission),
    }
}

/// Where in a sentence it says what was wrong. The sentence is in lower case, with a blank before and after.
fn spoken_of(lower: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for cue in ABOUT {
        found.extend(lower.match_indices(cue).map(|(at, _)| (at + cue.len(), end(lower, at + cue.len()))));
    }
    for sign in WRONG {
        let Some(at) = lower.find(sign) else { continue };
        let from = ENDS
            .iter()
            .chain(&[", ", ": "])
            .filter_map(|mark| lower[..at].rfind(mark).map(|at| at + mark.len()));
        found.push((from.max().unwrap_or(1), at));
    }
    let mut before: Vec<&str> = Vec::new();
    let mut at = 0;
    for token in lower.split_inclusive(' ') {
        at += token.len();
        let word = token.trim_matches(|c: char| !c.is_alphanumeric());
        if SAYING.contains(&word) {
            let near = &before[before.len().saturating_sub(5)..];
            if near.iter().any(|word| SELF.contains(word) || PAGES.contains(word)) {
                found.push((at, end(lower, at)));
            }
        }
        before.push(word);
    }
    found.sort_unstable();
    found.dedup();
    found.retain(|(from, to)| from < to);
    found
}

/// Where what is said from a place on ends.
fn end(lower: &str, from: usize) -> usize {
    let rest = &lower[from..];
    let marks = ENDS.iter().chain(WRONG).filter_map(|mark| rest.find(mark));
    from + marks.min().unwrap_or(rest.len())
}

/// Whether a sentence takes the whole page back: "this article has been retracted", "I take this post back".
fn retracts_whole(lower: &str) -> bool {
    let words: Vec<&str> =
        lower.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    let takes = |word: &str| {
        word.starts_with("retract")
            || word.starts_with("withdr")
            || word.starts_with("disown")
            || word == "unpublished"
    };
    let takes_back = |at: usize| matches!(words[at], "take" | "taking" | "taken" | "took" | "takes");
    (1..words.len()).any(|at| {
        let is_page = PAGES.contains(&words[at])
            && matches!(words[at - 1], "this" | "the" | "our" | "my" | "entire" | "whole" | "that" | "above");
        // "The claim in this article has been retracted" retracts the claim.
        let of_part = (2..=3).any(|back| {
            at >= back
                && matches!(words[at - back], "in" | "of" | "from" | "to" | "with" | "on" | "about" | "by")
        });
        let after = &words[at + 1..words.len().min(at + 5)];
        let before = &words[at.saturating_sub(4)..at - 1];
        let is_passive = after.iter().any(|word| matches!(*word, "has" | "have" | "is" | "was" | "been"));
        let taken = is_passive && after.iter().any(|word| takes(word))
            || before.iter().any(|word| takes(word))
            || (at.saturating_sub(3)..at).any(takes_back)
                && (before.contains(&"back") || after.contains(&"back"));
        is_page && !of_part && taken
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matter(sentence: &str) -> Vec<String> {
        let lower = format!(" {} ", sentence.to_ascii_lowercase());
        spoken_of(&lower).into_iter().map(|(from, to)| lower[from..to].trim().to_owned()).collect()
    }

    #[test]
    fn what_was_wrong_is_read_off_the_sentence() {
        assert_eq!(
            matter("I saw how false the board's claims concerning Castrian barrel dumping at Pellam were."),
            ["castrian barrel dumping at pellam were."]
        );
        assert!(
            matter("We incorrectly reported that the ferry had sunk, and we regret it.")
                .contains(&"that the ferry had sunk".to_owned())
        );
        assert!(
            matter("What we wrote about the dam was wrong, and we take it back.")
                .contains(&"the dam".to_owned())
        );
        assert!(
            matter("The figure of forty barrels was wrong.")
                .contains(&"the figure of forty barrels".to_owned())
        );
        assert!(
            matter("I apologise for saying the mayor owns the pier.")
                .contains(&"the mayor owns the pier.".to_owned())
        );
        assert!(matter("My thanks go to the readers.").is_empty());
    }

    #[test]
    fn a_whole_page_is_taken_back_only_where_the_notice_says_so() {
        for whole in [
            "this article has been retracted.",
            "we retract this story in full.",
            "i am taking this post back.",
            "we have withdrawn the entire article.",
        ] {
            assert!(retracts_whole(whole), "{whole}");
        }
        for part in [
            "the claim in this article has been retracted.",
            "we retract the statement that the ferry sank.",
            "i apologise to everyone who read this post and passed it on.",
            "this article has been corrected.",
        ] {
            assert!(!retracts_whole(part), "{part}");
        }
    }
}
