//! Whether speech that is told of was made at all. "Did not say that", "if he says that", "will say that", "nobody said
//! that" assert nothing, and "withdrew his claim that" takes back. What is found here goes before the stance that the
//! cue has by itself.

use super::draft::Draft;
use super::patterns::{BE, lower, sentence};
use crate::tagger::paragraph::Paragraph;
use sayso_record::{BlockKind, Document, Span, Stance};
use std::ops::Range;

/// What the words around a cue tell of the saying.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Saying {
    /// A stance that goes before that of the cue.
    pub(super) stance: Option<Stance>,
    /// Whether a "not" belongs to the cue's verb.
    pub(super) negated: bool,
}

/// Nobody at all.
const NOBODY: &[&str] = &["nobody", "no-one", "none", "neither"];

/// What makes an auxiliary of something that has not been said (yet).
const UNDONE: &[&str] = &["will", "shall", "should", "may", "might", "must", "ought"];

/// Before a subject: what follows is only supposed.
const SUPPOSING: &[&str] = &[
    "if",
    "unless",
    "whether",
    "lest",
    "supposing",
    "suppose",
    "assuming",
    "hopes",
    "hope",
    "wish",
    "wishes",
];

/// Auxiliaries that, before their subject, ask or suppose.
const INVERTED: &[&str] = &[
    "did", "does", "do", "has", "have", "had", "will", "would", "could", "can", "is", "was", "are", "were",
    "should",
];

/// Stems of what comes before "to say" where nothing has been said: it is asked for, planned, awaited, or refused.
const ASKED_FOR: &[&str] = &[
    "want",
    "ask",
    "urg",
    "press",
    "order",
    "expect",
    "plan",
    "intend",
    "hop",
    "prepar",
    "need",
    "beg",
    "wish",
    "invit",
    "encourag",
    "challeng",
    "due",
    "likely",
    "unlikely",
    "ready",
    "about",
    "going",
    "reluctant",
    "unwilling",
    "hesita",
    "afraid",
    "declin",
    "refus",
    "fail",
    "unable",
    "suppose",
    "scheduled",
    "demand",
    "told",
    "tell",
    "call",
    "implor",
    "instruct",
    "dar",
    "free",
    "aim",
    "mean",
    "wait",
    "decid",
    "threat",
];

/// Stems of refusing, which may also stand in the cue itself.
const REFUSING: &[&str] =
    &["declin", "refus", "unable", "avoid", "refrain", "reluctan", "unwilling", "hesitat"];

/// Stems of what, denied, says it all the more.
const ALL_THE_MORE: &[&str] = &["resist", "tire", "tiring", "missed", "hesitat", "fail", "refrain", "help"];

/// Stems of verbs that take back.
const RETRACTING: &[&str] =
    &["retract", "withdrew", "withdraw", "recant", "backtrack", "backpedal", "disown"];

/// Of words that say that somebody spoke, as a page names them when it takes back its own.
const SPEAKING: &[&str] = &[
    "say",
    "saying",
    "said",
    "claim",
    "claiming",
    "claims",
    "claimed",
    "suggest",
    "suggesting",
    "alleg",
    "alleging",
    "report",
    "reporting",
    "stat",
    "stating",
    "implying",
    "imply",
    "calling",
    "statement",
    "accusation",
    "accusing",
    "allegation",
    "remark",
    "words",
];

/// How a page says that it was wrong itself.
const WRONGLY: &[&str] = &[
    "incorrectly",
    "wrongly",
    "mistakenly",
    "erroneously",
    "inaccurately",
    "falsely",
    "misstated",
    "misreported",
];

/// What a page calls itself, or what stood on it.
const PAGE: &[&str] = &[
    "version", "versions", "article", "story", "post", "headline", "caption", "column", "report", "we",
    "tweet", "piece",
];

/// What the words around the cue of a draft tell. `paragraph` is the one that holds the cue.
pub(super) fn saying(document: &Document, block: usize, paragraph: &Paragraph, draft: &Draft) -> Saying {
    let text = &document.text;
    let (Some(first), Some(last)) = (draft.cue.first(), draft.cue.last()) else { return Saying::default() };
    let cue = paragraph.tokens_in(Span { start: first.start, end: last.end });
    if cue.is_empty() {
        return Saying::default();
    }
    let sentence = sentence(paragraph, cue.start);
    let source = draft.source.first().map(|&span| paragraph.tokens_in(span));
    let source = source.filter(|source| !source.is_empty() && sentence.contains(&source.start));
    Around { text, paragraph, cue, sentence, source }
        .saying(in_notice(document, block), &document.words(&draft.content))
}

fn in_notice(document: &Document, block: usize) -> bool {
    let is_notice = |at: usize| {
        matches!(document.blocks.get(at).map(|block| &block.kind), Some(BlockKind::Notice { .. }))
    };
    is_notice(block) || document.enclosing(block).any(|(outer, _)| is_notice(outer))
}

struct Around<'a> {
    text: &'a str,
    paragraph: &'a Paragraph,
    cue: Range<usize>,
    sentence: Range<usize>,
    source: Option<Range<usize>>,
}

impl Around<'_> {
    fn saying(&self, in_notice: bool, content: &str) -> Saying {
        let group = self.verb_group();
        let negated = group.iter().enumerate().any(|(at, word)| {
            let only = matches!(group.get(at + 1).map(String::as_str), Some("only" | "just" | "merely"));
            matches!(word.as_str(), "not" | "never" | "nor" | "cannot") && !only
        });
        // "Could not resist saying", "never tired of saying", "did not fail to say": it is said all the more.
        let all_the_more = group.iter().any(|word| ALL_THE_MORE.iter().any(|stem| word.starts_with(stem)));
        if negated && all_the_more {
            return Saying::default();
        }
        let stance = if self.takes_back(&group, in_notice, content) {
            // Who has not withdrawn it stands by it.
            Some(if negated || self.asked_for() { Stance::Asserts } else { Stance::Retracts })
        } else if self.by_nobody()
            || self.supposed()
            || self.not_yet(&group)
            || self.asked_for()
            || self.asks_for_words(&group, content)
            || self.stopped_short(&group, content)
        {
            Some(Stance::NotSaid)
        } else {
            None
        };
        Saying { stance, negated }
    }

    fn word(&self, at: usize) -> String {
        if self.sentence.contains(&at) {
            lower(self.text, self.paragraph, at).replace('’', "'")
        } else {
            String::new()
        }
    }

    /// Whether the speaker stands before the verb, as in "he said".
    fn subject(&self) -> Option<&Range<usize>> {
        self.source.as_ref().filter(|source| source.end <= self.cue.start)
    }

    /// The words from the speaker to the end of the cue, without those that belong to a verb before it.
    fn verb_group(&self) -> Vec<String> {
        const MOST: usize = 7;
        let after_subject = self.subject().map_or(self.sentence.start, |source| source.end);
        let mut start = self.cue.start;
        while start > after_subject && self.cue.start - start < MOST {
            let word = self.word(start - 1);
            let stops =
                matches!(word.as_str(), "and" | "but" | "or" | "that" | "who" | "which" | "as" | "because")
                    || !self.paragraph.tokens[start - 1].is_word() && word != "'";
            if stops {
                break;
            }
            start -= 1;
        }
        // "hasn't" is three tokens.
        let contracted = |at: usize| at > start && self.word(at - 1) == "'";
        (start..self.cue.end)
            .map(|at| match self.word(at).as_str() {
                "t" if contracted(at) => "not".to_owned(),
                "ll" if contracted(at) => "will".to_owned(),
                word => word.to_owned(),
            })
            .collect()
    }

    /// "Nobody said", "none of the officials has said".
    fn by_nobody(&self) -> bool {
        let Some(source) = &self.source else { return false };
        let (first, second) = (self.word(source.start), self.word(source.start + 1));
        // "No 10" is Downing Street.
        NOBODY.contains(&first.as_str()) || first == "no" && source.len() > 1 && second != "10"
    }

    /// "If he says", "whether she had said", "did she say ...?", "had he said".
    fn supposed(&self) -> bool {
        let Some(source) = self.subject().filter(|source| self.cue.start - source.end <= 6) else {
            return false;
        };
        let asks = self
            .sentence
            .clone()
            .next_back()
            .is_some_and(|last| (self.cue.end..=last).rev().take(3).any(|at| self.word(at) == "?"));
        let first = self.word(source.start);
        if asks
            && matches!(first.as_str(), "who" | "anybody" | "anyone")
            && source.start <= self.sentence.start + 2
        {
            return true;
        }
        let Some(before) = source.start.checked_sub(1).filter(|at| self.sentence.contains(at)) else {
            return false;
        };
        let word = self.word(before);
        let earlier = before.checked_sub(1).map(|at| self.word(at)).unwrap_or_default();
        let opens = before == self.sentence.start
            || matches!(earlier.as_str(), "," | "“" | "\"" | "and" | "but" | ";" | "—");
        SUPPOSING.contains(&word.as_str()) && earlier != "as"
            || word == "that"
                && matches!(earlier.as_str(), "hope" | "hopes" | "hoped" | "wish" | "wishes" | "wished")
            || INVERTED.contains(&word.as_str()) && asks && opens
            || matches!(word.as_str(), "had" | "should") && opens && !asks
    }

    /// "Will say", "may have said": not in the first person, where "I must say" says it.
    fn not_yet(&self, group: &[String]) -> bool {
        let first_person =
            self.source.as_ref().is_some_and(|source| matches!(self.word(source.start).as_str(), "i" | "we"));
        let undone = group.iter().rev().take(4).any(|word| UNDONE.contains(&word.as_str()));
        undone && !first_person
    }

    /// "Wants him to say", "is expected to say", "without saying".
    fn asked_for(&self) -> bool {
        let from = self.cue.start.saturating_sub(1).max(self.sentence.start);
        // Who declines to confirm it doubts it.
        if (self.cue.clone()).any(|at| self.word(at).starts_with("confirm"))
            && self.word(self.cue.start) != "to"
        {
            return false;
        }
        if self.word(from) == "without" || self.word(self.cue.start) == "without" {
            return true;
        }
        // "Went on to say" says it.
        let goes_on = |to: usize| to > self.sentence.start && self.word(to - 1) == "on";
        let mut places =
            (from..self.cue.end.saturating_sub(1)).filter(|&at| self.word(at) == "to" && !goes_on(at));
        places.any(|to| {
            let words =
                (self.sentence.start..to).rev().take(6).take_while(|&at| self.paragraph.tokens[at].is_word());
            words.map(|at| self.word(at)).any(|word| ASKED_FOR.iter().any(|stem| word.starts_with(stem)))
        })
    }

    /// "Wants: the minister to say that ...": what is asked for is that somebody speaks.
    fn asks_for_words(&self, group: &[String], content: &str) -> bool {
        let asks = group.last().is_some_and(|word| ASKED_FOR.iter().any(|stem| word.starts_with(stem)));
        let words: Vec<&str> = content.split_whitespace().take(8).collect();
        asks && words.windows(2).any(|pair| {
            pair[0] == "to"
                && (SPEAKING.contains(&pair[1])
                    || matches!(
                        pair[1],
                        "admit"
                            | "acknowledge"
                            | "declare"
                            | "confirm"
                            | "tell"
                            | "announce"
                            | "argue"
                            | "warn"
                            | "reveal"
                            | "testify"
                            | "propose"
                            | "insist"
                            | "deny"
                    ))
        })
    }

    /// "Stopped short of saying", "declined to say".
    fn stopped_short(&self, group: &[String], content: &str) -> bool {
        let pair = |one: &str, two: &str| group.windows(2).any(|pair| pair[0] == one && pair[1] == two);
        let says = group.iter().any(|word| {
            SPEAKING.contains(&word.as_str())
                || matches!(
                    word.as_str(),
                    "comment"
                        | "answer"
                        | "explain"
                        | "disclose"
                        | "specify"
                        | "elaborate"
                        | "discuss"
                        | "predict"
                        | "speculate"
                )
        });
        let refuses = |word: &String| REFUSING.iter().any(|stem| word.starts_with(stem));
        let opens = content.trim_start();
        let silent = opens.starts_with("to comment") || opens.starts_with("comment");
        pair("short", "of")
            || silent && group.last().is_some_and(refuses)
            || says && group.iter().any(refuses)
    }

    /// "Withdrew his claim that", "apologised for saying", "no longer says", "an earlier version said".
    fn takes_back(&self, group: &[String], in_notice: bool, content: &str) -> bool {
        let starts = |stem: &str| group.iter().any(|word| word.starts_with(stem));
        // The noun of what is taken back may stand behind the cue, or open the content.
        let after: Vec<String> =
            (self.cue.end..self.sentence.end.min(self.cue.end + 5)).map(|at| self.word(at)).collect();
        let speaking = |word: &String| SPEAKING.contains(&word.as_str());
        let near = || group.iter().chain(&after);
        let pair =
            |one: &str, two: &str| group.windows(2).any(|pair| pair[0].starts_with(one) && pair[1] == two);
        let backs = pair("walk", "back")
            || pair("took", "back")
            || pair("take", "back")
            || pair("back", "away")
            || pair("row", "back");
        if RETRACTING.iter().any(|stem| starts(stem)) || backs {
            return near().any(speaking)
                || near().any(|word| {
                    matches!(
                        word.as_str(),
                        "it" | "charge" | "charges" | "story" | "comment" | "comments" | "that"
                    )
                });
        }
        if starts("apologi") || starts("regret") {
            return near().take(group.len() + 4).any(speaking);
        }
        if pair("no", "longer") {
            return true;
        }
        let words: Vec<String> =
            content.to_lowercase().split_whitespace().take(9).map(str::to_owned).collect();
        let wrong = words.windows(3).any(|run| {
            BE.contains(&run[0].as_str())
                && matches!(run[1].as_str(), "wrong" | "mistaken" | "incorrect")
                && matches!(run[2].as_str(), "to" | "in" | "when" | "about")
        });
        let own = words
            .iter()
            .take(2)
            .any(|word| matches!(word.as_str(), "he" | "she" | "they" | "it" | "i" | "we"));
        if wrong && own {
            return true;
        }
        let source = self
            .source
            .clone()
            .map(|source| source.map(|at| self.word(at)).collect::<Vec<_>>())
            .unwrap_or_default();
        let of_page = in_notice || source.iter().any(|word| PAGE.contains(&word.as_str()));
        let earlier =
            source.iter().any(|word| matches!(word.as_str(), "earlier" | "previous" | "original" | "older"))
                && source.iter().any(|word| word.starts_with("version"));
        // "an earlier version of this article said": the taggers may take "this article" for all of the source.
        let from = self.source.as_ref().map_or(self.cue.start, |source| source.start);
        let before: Vec<String> =
            (from.saturating_sub(5).max(self.sentence.start)..from).map(|at| self.word(at)).collect();
        let earlier = earlier
            || before.windows(3).any(|run| {
                matches!(run[0].as_str(), "earlier" | "previous" | "original" | "older")
                    && run[1] == "version"
                    && run[2] == "of"
            });
        earlier || of_page && group.iter().any(|word| WRONGLY.contains(&word.as_str()))
    }
}
