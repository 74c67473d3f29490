//! What a sentence says is not so: the part of it that somebody denies, and pages that call their own story untrue.
//!
//! The judge compares words, and a denial holds nearly all the words of what it denies: "claims that she had sold the pier
//! were false" looks to it like "she sold the pier". So what is denied is found by the grammar of denying, and the judge is
//! asked about that part alone: where the part says it, the sentence denies it.

use std::ops::Range;

/// A part of a sentence that somebody in it says is not so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Denied {
    /// Where the part stands in the sentence, in bytes.
    pub(super) part: Range<usize>,
    /// Whether the sentence has somebody else say it: "..., a claim that the harbour office denied".
    pub(super) is_said_too: bool,
}

/// Verbs of which each form says that something is not so, by their beginnings.
const DENY: &[&str] = &["deny", "denie"];
const DISPUTE: &[&str] = &["dismiss", "reject", "refut", "rebut", "disput", "debunk", "disavow", "repudiat"];
/// The same in two words: the verb by its beginning, and what belongs to it.
const IN_TWO: &[(&str, &str)] = &[
    ("shot", "down"),
    ("shoot", "down"),
    ("knock", "down"),
    ("bat", "down"),
    ("swat", "down"),
    ("push", "back"),
    ("brush", "off"),
    ("brush", "aside"),
    ("laugh", "off"),
    ("scoff", "at"),
];

/// What can be said not to be so, and has a clause behind it.
const SAYINGS: &[&str] = &[
    "accusation",
    "accusations",
    "allegation",
    "allegations",
    "article",
    "assertion",
    "assertions",
    "assumption",
    "charge",
    "charges",
    "claim",
    "claims",
    "contention",
    "criticism",
    "idea",
    "insinuation",
    "insinuations",
    "narrative",
    "notion",
    "perception",
    "report",
    "reports",
    "rumor",
    "rumors",
    "rumour",
    "rumours",
    "speculation",
    "story",
    "stories",
    "suggestion",
    "suggestions",
    "theory",
];

/// What stands between such a word and its clause.
const INTRODUCES: &[&str] =
    &["that", "claiming", "saying", "alleging", "suggesting", "stating", "of", "about", "regarding"];

/// What a thing is that is not so.
const FALSE: &[&str] = &[
    "absurd",
    "baseless",
    "bogus",
    "debunked",
    "fabricated",
    "fabrication",
    "fake",
    "false",
    "fiction",
    "fictional",
    "groundless",
    "hoax",
    "inaccurate",
    "incorrect",
    "invented",
    "lie",
    "lies",
    "misleading",
    "myth",
    "nonsense",
    "preposterous",
    "ridiculous",
    "rubbish",
    "unfounded",
    "unsubstantiated",
    "untrue",
    "wrong",
];

const NEGATIONS: &[&str] =
    &["not", "never", "nor", "neither", "nobody", "without", "cannot", "declined", "refused", "refusing"];
const COPULAS: &[&str] = &["is", "are", "was", "were", "as", "be"];
const AUXILIARIES: &[&str] = &[
    "are", "could", "did", "does", "ever", "had", "has", "have", "is", "knew", "made", "said", "took", "was",
    "were", "will", "would",
];
/// What goes on with something else behind a comma.
const GOES_ON: &[&str] = &[
    "according",
    "adding",
    "although",
    "and",
    "as",
    "but",
    "calling",
    "he",
    "insisting",
    "it",
    "saying",
    "she",
    "telling",
    "they",
    "though",
    "which",
    "while",
    "who",
];
/// So many words may stand between a verb and what it denies.
const BETWEEN: usize = 9;
/// So long is a clause before it is said that it is false.
const CLAUSE: usize = 28;

/// A word and where it stands.
struct Word {
    lower: String,
    place: Range<usize>,
}

/// A sentence in words, to be asked what it denies.
pub(super) struct Words<'t> {
    text: &'t str,
    all: Vec<Word>,
}

fn words(text: &str) -> Vec<Word> {
    let is_of_word = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '.');
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, is_of_word(c)) {
            (None, true) if c.is_alphanumeric() => start = Some(at),
            (Some(from), false) => {
                let own = text[from..at].trim_end_matches(['\'', '’', '-', '.']);
                words.push(Word { lower: own.to_lowercase(), place: from..from + own.len() });
                start = None;
            }
            _ => {}
        }
    }
    words
}

impl<'t> Words<'t> {
    pub(super) fn of(text: &'t str) -> Words<'t> {
        Words { text, all: words(text) }
    }

    /// A word in lower case; nothing behind the last.
    fn word(&self, at: usize) -> &str {
        self.all.get(at).map_or("", |word| word.lower.as_str())
    }

    /// The parts of a sentence that somebody says are not so.
    pub(super) fn denied(&self) -> Vec<Denied> {
        let mut parts = Vec::new();
        for at in 0..self.all.len() {
            let found = self.behind_verb(at).or_else(|| self.called_false(at));
            parts.extend(found.map(|part| Denied { part, is_said_too: false }));
            parts.extend(self.before_denial(at).map(|part| Denied { part, is_said_too: true }));
        }
        parts.dedup_by(|a, b| a.part.end == b.part.end);
        parts
    }

    /// How many words of a denial start here.
    fn denial(&self, at: usize) -> Option<usize> {
        let word = self.all[at].lower.as_str();
        let starts = |list: &[&str]| list.iter().any(|start| word.starts_with(start));
        if starts(DENY) || starts(DISPUTE) {
            return Some(1);
        }
        let next = self.all.get(at + 1)?.lower.as_str();
        IN_TWO.iter().any(|(verb, rest)| word.starts_with(verb) && next == *rest).then_some(2)
    }

    /// "Never denied that", "refused to deny", "would not confirm or deny": nobody says that it is not so.
    fn is_negated(&self, at: usize) -> bool {
        self.all[at.saturating_sub(4)..at].iter().any(|word| {
            NEGATIONS.contains(&word.lower.as_str())
                || word.lower.ends_with("n't")
                || word.lower.ends_with("n’t")
        })
    }

    /// "Denied that ...", "denies taking ...", "shot down a report claiming ...", "rejected critics who said ...".
    fn behind_verb(&self, at: usize) -> Option<Range<usize>> {
        let first = at + self.denial(at)?;
        if self.is_negated(at) {
            return None;
        }
        if DENY.iter().any(|start| self.all[at].lower.starts_with(start)) {
            let first = first + usize::from(matches!(self.word(first), "ever" | "even" | "having"));
            let is_gerund = self.word(first).len() > 4
                && self.word(first).ends_with("ing")
                && self.word(first) != "anything";
            let has_that = (first..first + BETWEEN).any(|at| self.word(at) == "that");
            let is_clause =
                !has_that && (first + 1..first + 6).any(|at| AUXILIARIES.contains(&self.word(at)));
            if is_gerund
                || is_clause
                    && !INTRODUCES.contains(&self.word(first))
                    && !SAYINGS.contains(&self.word(first))
            {
                let is_saying = (first..first + 4).any(|at| SAYINGS.contains(&self.word(at)));
                if is_gerund || !is_saying {
                    return self.clause(first);
                }
            }
        }
        for next in first..self.all.len().min(first + BETWEEN) {
            if self.ends(next) {
                return None;
            }
            let own = self.word(next);
            if own == "that" && !SAYINGS.contains(&self.word(next + 1)) {
                return self.clause(next + 1);
            }
            if SAYINGS.contains(&own)
                && let Some(intro) = (next + 1..next + 5).find(|&at| INTRODUCES.contains(&self.word(at)))
            {
                // Who disputes a story about his own claim does not dispute the claim.
                let is_own = matches!(self.word(intro + 1), "his" | "her" | "its" | "their")
                    && SAYINGS.contains(&self.word(intro + 2));
                if is_own {
                    return None;
                }
                return self.clause(intro + 1);
            }
            if matches!(own, "who" | "which")
                && let Some(said) = (next + 1..next + 3).find(|&at| says(self.word(at)))
            {
                return self.clause(said + 1 + usize::from(self.word(said + 1) == "that"));
            }
        }
        None
    }

    /// "Claims that ... were false": the clause between.
    fn called_false(&self, at: usize) -> Option<Range<usize>> {
        if !SAYINGS.contains(&self.word(at)) {
            return None;
        }
        let intro = (at + 1..at + 4).find(|&at| INTRODUCES.contains(&self.word(at)))?;
        for verb in intro + 3..self.all.len().min(intro + CLAUSE) {
            if COPULAS.contains(&self.word(verb)) && self.is_false(verb + 1) {
                return Some(self.all[intro + 1].place.start..self.all[verb - 1].place.end);
            }
            if self.ends(verb) {
                return None;
            }
        }
        None
    }

    /// Whether it goes on with "false", "not true", "categorically false", "nothing more than a hoax".
    fn is_false(&self, at: usize) -> bool {
        let is_not = NEGATIONS.contains(&self.word(at));
        if is_not {
            return matches!(self.word(at + 1), "true" | "so" | "supported" | "real");
        }
        let filler = |at: usize| {
            self.word(at).ends_with("ly")
                || matches!(
                    self.word(at),
                    "a" | "an"
                        | "the"
                        | "just"
                        | "in"
                        | "fact"
                        | "nothing"
                        | "more"
                        | "than"
                        | "all"
                        | "total"
                        | "simple"
                        | "complete"
                        | "old"
                )
        };
        (at..at + 5).find(|&at| !filler(at)).is_some_and(|at| FALSE.contains(&self.word(at)))
    }

    /// "..., something the mayor has denied", "... – a claim that the clinic calls false": what stands before.
    fn before_denial(&self, at: usize) -> Option<Range<usize>> {
        const LEAST: usize = 4;
        if at < LEAST {
            return None;
        }
        let gap = &self.text[self.all[at - 1].place.end..self.all[at].place.start];
        let noun = match self.word(at) {
            "something" | "which" => at,
            "a" | "an" => (at + 1..at + 3).find(|&at| SAYINGS.contains(&self.word(at)))?,
            own if SAYINGS.contains(&own) => at,
            _ => return None,
        };
        if !gap.contains([',', '–', '—', '-']) {
            return None;
        }
        let until = self.all.len().min(noun + 8);
        let denies = (noun + 1..until).find(|&at| {
            self.denial(at).is_some()
                || self.word(at).starts_with("call") && (at + 1..at + 3).any(|at| self.is_false(at))
        })?;
        let is_apart = (noun + 1..denies).any(|at| self.ends(at));
        (!is_apart && !self.is_negated(denies)).then(|| self.all[0].place.start..self.all[at - 1].place.end)
    }

    /// Whether a sentence or a clause ends before a word.
    fn ends(&self, at: usize) -> bool {
        let gap = &self.text[self.all[at - 1].place.end..self.all[at].place.start];
        gap.contains([';', '–', '—', '!', '?', ':']) || gap.contains("--")
    }

    /// From a word on to the end of its clause, where it has two words or more.
    fn clause(&self, first: usize) -> Option<Range<usize>> {
        let start = self.all.get(first)?.place.start;
        let mut last = first;
        while let Some(next) = self.all.get(last + 1) {
            let gap = &self.text[self.all[last].place.end..next.place.start];
            let own = next.lower.as_str();
            let goes_on = gap.contains(',')
                && (GOES_ON.contains(&own) || own.starts_with(|c: char| c.is_ascii_digit()));
            let says_more = own == "and"
                && self.all.get(last + 2).is_some_and(|word| {
                    says(&word.lower)
                        || self.denial(last + 2).is_some()
                        || word.lower == "also"
                        || word.lower == "called"
                });
            if self.ends(last + 1) || goes_on || says_more {
                break;
            }
            last += 1;
        }
        (last > first).then(|| start..self.all[last].place.end)
    }

    /// Whether a sentence says that the story it stands in, or what was just told, is not so: "the story is a hoax", "the claims
    /// in the report are untrue", "the video turned out to be fake".
    pub(super) fn is_of_untrue_story(&self) -> bool {
        const TOLD: &[&str] = &[
            "account",
            "article",
            "claim",
            "claims",
            "image",
            "images",
            "news",
            "photo",
            "photograph",
            "photos",
            "picture",
            "post",
            "posting",
            "quote",
            "report",
            "reports",
            "rumor",
            "rumors",
            "rumour",
            "rumours",
            "story",
            "stories",
            "tale",
            "video",
        ];
        let is_definite = |at: usize| {
            (at.saturating_sub(3)..at).any(|at| {
                matches!(self.word(at), "the" | "this" | "that" | "these" | "those" | "entire" | "whole")
            })
        };
        (0..self.all.len()).any(|at| {
            TOLD.contains(&self.word(at)) && (is_definite(at) || at == 0) && {
                let until = self.all.len().min(at + 9);
                let clause = (at + 1..until).take_while(|&next| !self.ends(next));
                // A clause of its own behind it is another claim, and has its own rule.
                let mut clause =
                    clause.take_while(|&next| self.word(next) != "that" && !says(self.word(next)));
                clause.any(|next| {
                    let is_verb = COPULAS.contains(&self.word(next))
                        || matches!(
                            self.word(next),
                            "appears"
                                | "seems"
                                | "proved"
                                | "proven"
                                | "turned"
                                | "outed"
                                | "exposed"
                                | "revealed"
                                | "declared"
                        );
                    let skip = (next + 1..next + 4).find(|&at| {
                        !matches!(
                            self.word(at),
                            "out"
                                | "to"
                                | "be"
                                | "as"
                                | "have"
                                | "been"
                                | "outed"
                                | "exposed"
                                | "declared"
                                | "revealed"
                        )
                    });
                    is_verb && self.word(next) != "as" && skip.is_some_and(|at| self.is_false(at))
                })
            }
        })
    }

    /// Whether a sentence denies what was told just before it: "denied the allegations", "has disputed it".
    pub(super) fn denies_what_was_told(&self) -> bool {
        const POINTS_BACK: &[&str] =
            &["all", "any", "both", "his", "her", "such", "that", "the", "their", "these", "this", "those"];
        (0..self.all.len()).any(|at| {
            let Some(first) = self.denial(at).map(|length| at + length) else { return false };
            if self.is_negated(at) || self.behind_verb(at).is_some() {
                return false;
            }
            // "Pushed back hard on that suggestion".
            let skipped = |at: &usize| {
                matches!(self.word(*at), "on" | "against" | "at" | "hard") || self.word(*at).ends_with("ly")
            };
            let first = first + (first..first + 2).take_while(skipped).count();
            let it = matches!(self.word(first), "it" | "this" | "that" | "them");
            let of_saying = (first + 1..first + 4).find(|&at| SAYINGS.contains(&self.word(at)));
            let is_whole = of_saying.is_some_and(|at| !INTRODUCES.contains(&self.word(at + 1)));
            it && DENY.iter().any(|start| self.all[at].lower.starts_with(start))
                || POINTS_BACK.contains(&self.word(first)) && is_whole
        })
    }
}

fn says(word: &str) -> bool {
    ["claim", "said", "say", "alleg", "argu", "accus", "suggest", "insist", "contend", "report", "assert"]
        .iter()
        .any(|start| word.starts_with(start))
}

/// Whether a text is itself about something that is not so, or about who denies it.
pub(super) fn is_about_untruth(text: &str) -> bool {
    words(text).iter().any(|word| {
        let own = word.lower.as_str();
        FALSE.contains(&own)
            || ["hoax", "spoof", "satir", "fake"]
                .iter()
                .chain(DENY)
                .chain(DISPUTE)
                .any(|start| own.starts_with(start))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<(&str, bool)> {
        Words::of(text).denied().into_iter().map(|one| (&text[one.part], one.is_said_too)).collect()
    }

    #[test]
    fn what_is_denied_is_found_by_its_grammar() {
        for (text, part) in [
            (
                "Marwick denied to the Courier that she had ever sold the pier, calling it absurd.",
                "she had ever sold the pier",
            ),
            ("The clerk “flatly denies” carrying barrels to her barn.", "carrying barrels to her barn"),
            (
                "Lund shot down a Courier report claiming the pier was closed; nobody asked why.",
                "the pier was closed",
            ),
            (
                "Orme replied that allegations that he had robbed the toll house were false.",
                "he had robbed the toll house",
            ),
            (
                "and rejected suggestions that the rule barred dogs from the beach",
                "the rule barred dogs from the beach",
            ),
            (
                "The office pushed back against critics like Mr. Orme who said the rule amounted to a ban.",
                "the rule amounted to a ban",
            ),
            (
                "The suggestion that barrels were landed at night is categorically false, he wrote.",
                "barrels were landed at night",
            ),
            ("The man also denied there was a truce, and denounced Orme.", "there was a truce"),
            (
                "He disputed the notion that the dye works would close and said so twice.",
                "the dye works would close",
            ),
        ] {
            assert_eq!(parts(text), [(part, false)], "{text}");
        }
    }

    #[test]
    fn what_somebody_says_and_another_denies_is_both() {
        for text in [
            "Orme said that Lund had called him a thief – something Lund has denied.",
            "Two clerks said the ledger was burnt, a claim that the harbour office calls false.",
        ] {
            let parts = parts(text);
            assert!(parts.len() == 1 && parts[0].1, "{text}: {parts:?}");
        }
    }

    #[test]
    fn what_is_not_denied_is_left() {
        for text in [
            "He did not deny that he was there.",
            "The office would neither confirm nor deny that barrels were found.",
            "The council rejected the budget on Monday.",
            "Reports of barrels came in all night, and the beach was closed.",
            "She refused to dismiss the idea that the pier could be saved.",
            "The charges were dropped.",
        ] {
            assert_eq!(parts(text), [], "{text}");
        }
    }

    #[test]
    fn a_denial_of_what_was_told_before() {
        for text in [
            "Lund and the harbour office rejected the allegation.",
            "Her lawyer has vigorously denied the smuggling claims, pointing to the log.",
            "He has always denied it.",
            "The ferrymen pushed back hard on that suggestion.",
        ] {
            assert!(Words::of(text).denies_what_was_told(), "{text}");
        }
        for text in [
            "Lund rejected the offer.",
            "She denied the claim that barrels were landed.",
            "He did not dispute the report.",
            "He denied having been there.",
        ] {
            assert!(!Words::of(text).denies_what_was_told(), "{text}");
        }
    }

    #[test]
    fn a_story_that_is_not_so() {
        for text in [
            "Yet the tale is nothing more than a fabrication.",
            "The claims in that article about eels are untrue.",
            "The letter writer says the photograph was exposed as fake in May.",
            "It now appears that the whole account seems to be fiction",
            "This video turned out to be fake.",
            "The rumour proved to be nonsense.",
        ] {
            assert!(Words::of(text).is_of_untrue_story(), "{text}");
        }
        for text in [
            "The story is told in Pellam to this day.",
            "The claims that dye is harmless are false.",
            "A fake report went round.",
            "The story is not a hoax.",
            "The council called the report long.",
        ] {
            assert!(!Words::of(text).is_of_untrue_story(), "{text}");
        }
    }
}
