//! Whether words are a sentence by themselves: a main clause with its subject and a finite verb.
//!
//! No tree is built. Words are read from the left: whatever opens a clause inside the subject ("who", "that", "if", a
//! subject right behind a noun: "the experts I met") is owed a finite verb, and the first finite verb that is owed to nobody
//! is that of the main clause.

use super::word::Word;

/// A main clause as it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clause {
    /// Where the sentence starts, behind "that", "and" and the like.
    pub(super) start: usize,
    /// The first word of the subject.
    pub(super) subject: usize,
    /// The finite verb.
    pub(super) verb: usize,
}

/// Words that a sentence may open with and does without.
const OPENING: &[&str] = &["and", "but", "or", "so", "nor", "yet", "then", "that"];

/// Conjunctions that always open a clause.
const OPENS_CLAUSE: &[&str] =
    &["if", "because", "although", "though", "unless", "whereas", "lest", "while", "when"];

/// Conjunctions that open a clause, and prepositions where only a noun follows.
const MAY_OPEN_CLAUSE: &[&str] =
    &["as", "since", "after", "before", "until", "till", "than", "once", "like", "where", "for", "except"];

/// Pronouns that can only be subjects, or stand as one at the start of a clause.
const SUBJECTS: &[&str] =
    &["i", "he", "she", "we", "they", "it", "you", "there", "everyone", "everybody", "nobody"];

/// Nouns of time, which may stand before a subject without a preposition ("last year he won").
const TIMES: &[&str] = &[
    "year",
    "years",
    "month",
    "months",
    "week",
    "weeks",
    "day",
    "days",
    "night",
    "morning",
    "evening",
    "time",
    "today",
    "tomorrow",
    "yesterday",
    "tonight",
    "moment",
    "minute",
    "now",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "spring",
    "summer",
    "autumn",
    "winter",
    "fall",
];

/// Words after which something must follow: where a text ends in one, it was cut off.
const UNFINISHED: &[&str] =
    &["the", "a", "an", "and", "or", "but", "to", "of", "their", "whose", "because", "if", "than"];

/// The main clause of words that are a sentence, if they are one.
pub(super) fn clause(words: &[Word]) -> Option<Clause> {
    let mut start = words.iter().position(|word| word.is_word)?;
    // "that" in "that is false" is the subject; before any other subject it only joins.
    while OPENING.contains(&words[start].lower.as_str()) {
        let next = next_word(words, start + 1)?;
        if words[start].lower == "that"
            && (is_finite(words, next) || is_noun(words, next) && !begins_subject(words, next))
        {
            break;
        }
        start = next;
    }
    let last = words.iter().rfind(|word| word.is_word)?;
    let question = words.iter().rev().take_while(|word| !word.is_word).any(|mark| mark.lower == "?");
    if question || UNFINISHED.contains(&last.lower.as_str()) || words[start].lower == "whether" {
        return None;
    }
    Reading { words, at: start, owed: 0, subject: None, closed: false }.main(start)
}

fn next_word(words: &[Word], from: usize) -> Option<usize> {
    (from..words.len()).find(|&at| words[at].is_word)
}

/// Whether a subject can begin here.
fn begins_subject(words: &[Word], at: usize) -> bool {
    words.get(at).is_some_and(|word| {
        SUBJECTS.contains(&word.lower.as_str())
            || matches!(word.tag, "name" | "determiner" | "possessive" | "pronoun" | "nouns")
    })
}

fn is_noun(words: &[Word], at: usize) -> bool {
    words.get(at).is_some_and(|word| matches!(word.tag, "noun" | "nouns" | "name"))
}

/// Whether a finite verb stands here: by its tag, or as the clipped verb of "he's" and "isn't".
pub(super) fn is_finite(words: &[Word], at: usize) -> bool {
    let Some(word) = words.get(at) else { return false };
    if word.apostrophe_before {
        let after_subject = at >= 2
            && (words[at - 2].tag == "pronoun"
                || SUBJECTS.contains(&words[at - 2].lower.as_str())
                || matches!(words[at - 2].lower.as_str(), "who" | "that" | "what" | "here" | "this"));
        return match word.lower.as_str() {
            "re" | "ve" | "ll" | "m" => true,
            "s" | "d" => after_subject,
            _ => false,
        };
    }
    const CLIPPED: &[&str] = &[
        "isn", "aren", "wasn", "weren", "don", "doesn", "didn", "won", "wouldn", "can", "couldn", "shouldn",
        "haven", "hasn", "hadn", "ain", "mustn",
    ];
    let negated = CLIPPED.contains(&word.lower.as_str())
        && words.get(at + 2).is_some_and(|next| next.lower == "t" && next.apostrophe_before);
    const SURE: &[&str] = &[
        "is", "are", "was", "were", "am", "has", "had", "does", "did", "will", "would", "can", "could",
        "should", "must", "cannot", "shall",
    ];
    negated
        || SURE.contains(&word.lower.as_str()) && word.tag != "name"
        || matches!(word.tag, "past" | "present" | "modal") && !participle(words, at)
}

/// Whether what is tagged as a past tense stands behind "has", "was" or their like, or before "by": a participle.
fn participle(words: &[Word], at: usize) -> bool {
    if words[at].tag != "past" {
        return false;
    }
    let next = words.get(at + 1).map_or("", |word| word.lower.as_str());
    let ends_as = words[at].lower.ends_with("ed") || words[at].lower.ends_with("en");
    next == "by" && ends_as
}

/// The state of reading a sentence from the left.
struct Reading<'w> {
    words: &'w [Word<'w>],
    at: usize,
    /// How many clauses were opened whose verb has not come.
    owed: usize,
    /// The first word of the phrase that is the subject if a verb comes.
    subject: Option<usize>,
    /// Whether the last clause inside the subject has its verb, so that "and built" belongs to it.
    closed: bool,
}

impl Reading<'_> {
    fn main(mut self, start: usize) -> Option<Clause> {
        let first = self.words[start].lower.as_str();
        let tag = self.words[start].tag;
        // "which he denied", "to comment": neither begins a sentence of its own, unless a comma and a subject follow.
        let fragment = matches!(first, "which" | "who" | "whom" | "whose" | "where" | "how" | "why")
            || tag == "to"
            || tag == "verb" && !is_finite(self.words, start);
        if fragment {
            let comma = (start..self.words.len()).find(|&at| self.words[at].tag == "comma")?;
            let next = next_word(self.words, comma + 1)?;
            if tag != "to" || !SUBJECTS.contains(&self.words[next].lower.as_str()) {
                return None;
            }
            self.at = next;
        }
        // "What we need is a bridge": the question word is the subject, and its own clause comes first.
        if matches!(first, "what" | "whatever" | "whoever") {
            self.subject = Some(start);
            self.owed = 1;
            self.at = start + 1;
        }
        // "because they are poor" stands for a sentence; "if they are poor" does not.
        if first == "because"
            && next_word(self.words, start + 1).is_some_and(|next| self.words[next].lower != "of")
        {
            self.at = start + 1;
        }
        let mut previous_verb = None;
        while self.at < self.words.len() {
            let at = self.at;
            self.at += 1;
            let word = &self.words[at];
            if !word.is_word {
                if matches!(word.lower.as_str(), ";" | ":") && self.subject.is_some() && self.owed > 0 {
                    return None;
                }
                continue;
            }
            if is_finite(self.words, at) && !(is_noun(self.words, at + 1) && self.is_reduced_name(at)) {
                let joined = previous_verb.is_some() && self.closed && self.is_joined(at);
                if self.owed > 0 {
                    self.owed -= 1;
                    self.closed = true;
                } else if !joined {
                    let subject = self.subject?;
                    return Some(Clause { start, subject, verb: at });
                }
                previous_verb = Some(at);
                continue;
            }
            self.read(at);
        }
        None
    }

    /// A capitalised word that the tagger takes for a verb, inside a name.
    fn is_reduced_name(&self, at: usize) -> bool {
        self.words[at].capital && at > 0 && self.words[at - 1].tag == "name" && self.words[at].tag != "modal"
    }

    /// "who came and won": whether a verb is joined to the one before by "and" or "or".
    fn is_joined(&self, at: usize) -> bool {
        let before = (0..at).rev().find(|&at| !matches!(self.words[at].tag, "adverb" | "comma" | "negation"));
        before.is_some_and(|before| self.words[before].tag == "conjunction")
    }

    fn read(&mut self, at: usize) {
        let word = &self.words[at];
        let lower = word.lower.as_str();
        if OPENS_CLAUSE.contains(&lower) && self.clause_follows(at + 1, true)
            || MAY_OPEN_CLAUSE.contains(&lower) && self.clause_follows(at + 1, false)
        {
            self.owed += 1;
            self.closed = false;
            return;
        }
        let relative = word.tag == "wh" && lower != "when" && lower != "where"
            || lower == "that" && self.subject.is_some() && self.behind_noun(at);
        if relative && self.subject.is_some() {
            self.owed += 1;
            self.closed = false;
            return;
        }
        let own = self.behind_noun(at) && self.owed == 0 && self.subject.is_some_and(|subject| subject < at);
        if own && self.is_new_subject(at) && !self.is_time(at) {
            // "the experts I met"
            self.owed += 1;
            self.closed = false;
            return;
        }
        let nominal = SUBJECTS.contains(&lower)
            || matches!(
                word.tag,
                "noun" | "nouns" | "name" | "pronoun" | "determiner" | "possessive" | "number" | "gerund"
            )
            || word.tag == "adjective" && at > 0 && self.words[at - 1].tag == "determiner";
        if nominal
            && self.owed == 0
            && (self.subject.is_none() || self.anew(at))
            && !self.in_prepositional(at)
        {
            self.subject = Some(at);
        }
    }

    /// Whether the subject starts anew: behind a comma, or a pronoun behind a phrase of time.
    fn anew(&self, at: usize) -> bool {
        let before = self.words[at - 1].tag;
        let pronoun = SUBJECTS.contains(&self.words[at].lower.as_str());
        before == "comma" && (pronoun || self.closed) || pronoun && self.is_time(at)
    }

    fn behind_noun(&self, at: usize) -> bool {
        at > 0
            && (is_noun(self.words, at - 1)
                || matches!(
                    self.words[at - 1].lower.as_str(),
                    "everything" | "something" | "anything" | "nothing" | "all" | "one" | "those"
                ))
    }

    fn is_new_subject(&self, at: usize) -> bool {
        let lower = self.words[at].lower.as_str();
        let pronoun = SUBJECTS.contains(&lower) && lower != "there";
        let article =
            matches!(lower, "the" | "a" | "an" | "his" | "her" | "their" | "this" | "these" | "our" | "my");
        pronoun || article
    }

    fn is_time(&self, at: usize) -> bool {
        at > 0 && TIMES.contains(&self.words[at - 1].lower.as_str())
    }

    /// Whether a noun belongs to a preposition: nothing but parts of one noun phrase stands between.
    fn in_prepositional(&self, at: usize) -> bool {
        let part = |tag: &str| {
            matches!(
                tag,
                "noun" | "nouns" | "name" | "determiner" | "possessive" | "number" | "adjective" | "adverb"
            )
        };
        let pronoun = SUBJECTS.contains(&self.words[at].lower.as_str());
        let before = (0..at).rev().find(|&before| pronoun || !part(self.words[before].tag));
        before.is_some_and(|before| self.words[before].tag == "preposition" && !(pronoun && before + 1 < at))
    }

    /// Whether a clause follows: a subject and its verb before the next comma.
    fn clause_follows(&self, from: usize, surely: bool) -> bool {
        let Some(first) = self.words.get(from) else { return false };
        if SUBJECTS.contains(&first.lower.as_str()) {
            return true;
        }
        let end = (from..self.words.len())
            .find(|&at| {
                !self.words[at].is_word
                    && self.words[at].tag != "quote"
                    && self.words[at].lower != "’"
                    && self.words[at].lower != "'"
            })
            .unwrap_or(self.words.len());
        let verb = (from..end.min(from + if surely { 14 } else { 7 })).find(|&at| is_finite(self.words, at));
        verb.is_some_and(|verb| {
            verb > from && (surely || (from..verb).all(|at| !matches!(self.words[at].tag, "wh" | "comma")))
        })
    }
}
