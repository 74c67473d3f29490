//! Pronouns of a sentence, told by name in square brackets as journalists do.

use super::super::mention::phrase;
use super::super::passage::Passage;
use super::super::resolve::{Gender, gender_of};
use super::clause::Clause;
use super::people::People;
use super::render;
use super::word::Word;
use sayso_record::{Document, Manner, SourceKind, Span, Statement};

/// A sentence of a statement with all that is needed to tell it.
pub(super) struct Telling<'a> {
    pub(super) document: &'a Document,
    pub(super) statement: &'a Statement,
    pub(super) people: &'a People<'a>,
    pub(super) passage: &'a Passage,
    pub(super) words: &'a [Word<'a>],
    pub(super) clause: Clause,
}

/// Subjects that say nothing by themselves.
const BARE: &[&str] = &[
    "i", "my", "you", "he", "she", "it", "they", "his", "her", "their", "its", "this", "that", "these",
    "those",
];

impl Telling<'_> {
    /// The text of the sentence, and whether its subject is a pronoun of which nobody is known.
    pub(super) fn sentence(&self) -> (String, bool) {
        let words = &self.words[self.clause.start..];
        let mut told: Vec<Option<String>> = words.iter().map(|word| Some(word.written.to_owned())).collect();
        let subject = self.clause.subject - self.clause.start;
        let mut known = false;
        for at in 0..words.len() {
            let Some(name) = self.name_for(at + self.clause.start) else { continue };
            known |= at == subject;
            self.tell(words, &mut told, at, &name);
        }
        let leans = !known && self.leans(words, subject);
        (render::finished(&render::told(words, |at| told[at].clone())), leans)
    }

    /// Puts the name in the place of a pronoun, and mends the verb that is clipped to it.
    fn tell(&self, words: &[Word], told: &mut [Option<String>], at: usize, name: &str) {
        let lower = words[at].lower.as_str();
        let possessive = matches!(lower, "my" | "our" | "his" | "its" | "their")
            || lower == "her" && words[at].tag == "possessive";
        told[at] = Some(if possessive { format!("[{name}’s]") } else { format!("[{name}]") });
        let plural = matches!(lower, "we" | "they");
        let clipped = words.get(at + 2).filter(|word| word.apostrophe_before).map(|word| word.lower.as_str());
        let verb = match clipped {
            Some("m") => Some("is"),
            Some("s") if !possessive => {
                Some(if words.get(at + 3).is_some_and(|word| matches!(word.tag, "participle" | "past")) {
                    "has"
                } else {
                    "is"
                })
            }
            Some("re") => Some("are"),
            Some("ve") => Some(if plural { "have" } else { "has" }),
            Some("ll") => Some("will"),
            _ => None,
        };
        if let Some(verb) = verb {
            told[at + 1] = Some(format!(" {verb}"));
            told[at + 2] = None;
        } else if lower == "i"
            && let Some(next) = words.get(at + 1)
        {
            match next.lower.as_str() {
                "am" => told[at + 1] = Some("is".to_owned()),
                "have" => told[at + 1] = Some("has".to_owned()),
                "don" => told[at + 1] = Some("doesn".to_owned()),
                _ => {}
            }
        }
    }

    /// Whom the word at this place of the content stands for, where it is a pronoun and that is known.
    fn name_for(&self, at: usize) -> Option<String> {
        let word = &self.words[at];
        let spoken = match self.statement.manner {
            Manner::Direct | Manner::Mixed | Manner::Indirect => word.quoted,
            Manner::BlockQuote | Manner::OwnVoice => true,
        };
        let source = &self.statement.source;
        let named = !source.name.is_empty() && source.kind != SourceKind::Nobody;
        match word.lower.as_str() {
            // "I" is a letter too ("World War I"), and nobody is called by it in small letters.
            "i" if word.tag == "name" => None,
            "i" | "me" | "my" if spoken && named => Some(source.name.clone()),
            "we" | "us" | "our" if spoken && named && (self.speaks_as_body() || self.binds(at)) => {
                Some(source.name.clone())
            }
            "he" | "him" | "his" => self.person(at, Gender::He, spoken),
            "she" | "her" => self.person(at, Gender::She, spoken),
            "it" | "its"
                if at == self.clause.subject && !spoken && source.kind == SourceKind::Organisation =>
            {
                (!self.expletive(at)).then(|| source.name.clone())
            }
            "they" | "their" if at == self.clause.subject && !spoken && named && self.is_many() => {
                Some(source.name.clone())
            }
            _ => None,
        }
    }

    fn is_many(&self) -> bool {
        let source = &self.statement.source;
        source.kind == SourceKind::Organisation || phrase(&source.name).plural
    }

    /// "we" of an organisation, or of several, is the source; that of a person may be anybody's.
    fn speaks_as_body(&self) -> bool {
        self.is_many() || self.statement.source.kind == SourceKind::Office
    }

    /// "We will build it": whoever binds others binds himself.
    fn binds(&self, at: usize) -> bool {
        let next = |by: usize| self.words.get(at + by).map_or("", |word| word.lower.as_str());
        self.words[at].lower == "we"
            && (matches!(next(1), "will" | "won" | "shall")
                || next(2) == "ll"
                || matches!((next(2), next(3)), ("re", "going"))
                || (next(1), next(2)) == ("are", "going"))
    }

    /// Whom "he" or "she" stands for; none where nobody is found, or more than one, or who was named in the same sentence.
    fn person(&self, at: usize, gender: Gender, spoken: bool) -> Option<String> {
        let start = self.words[self.clause.start].start;
        let place = self.words[at].start;
        let text = &self.document.text;
        let span = |from: u32, to: u32| Span { start: from, end: to.max(from) };
        if !self.people.within(span(start, place), gender).is_empty() {
            return None;
        }
        let source = &self.statement.source;
        let (own, before) = self.sentences_before(place);
        let person = matches!(source.kind, SourceKind::Person | SourceKind::Office | SourceKind::Unnamed);
        let is_source = |name: &&str| {
            **name == *source.name || source.name.ends_with(*name) || name.ends_with(source.name.as_str())
        };
        if !spoken
            && person
            && !source.name.is_empty()
            && !phrase(&source.name).plural
            && self.statement.manner != Manner::OwnVoice
        {
            let of_mention = self
                .statement
                .source
                .spans
                .first()
                .and_then(|span| gender_of(span.of(text), phrase(span.of(text)).pronoun));
            let own_gender = of_mention.or_else(|| gender_of(&source.name, None));
            if own_gender.is_none_or(|own| own == gender) {
                let rivals = self.people.within(span(own, start), gender);
                return rivals.iter().all(is_source).then(|| source.name.clone());
            }
        }
        // Who speaks is not who is spoken of.
        let mut named = self.people.within(span(own, start), gender);
        named.retain(|name| !is_source(name));
        if named.is_empty() {
            named = self.people.within(span(before, start), gender);
            named.retain(|name| !is_source(name));
        }
        match named[..] {
            [only] => Some(only.to_owned()),
            _ => None,
        }
    }

    /// Where the page's sentence that holds this place starts, and the one before it within the paragraph.
    fn sentences_before(&self, place: u32) -> (u32, u32) {
        let paragraph = &self.passage.paragraph;
        let token = paragraph.tokens.partition_point(|token| token.start < place).min(paragraph.len() - 1);
        let number = paragraph.sentence[token] as usize;
        let start = |number: usize| {
            paragraph.sentences.get(number).map_or(0, |range| paragraph.tokens[range.start].start)
        };
        (start(number), start(number.saturating_sub(1)))
    }

    /// Whether the subject says nothing without what came before.
    fn leans(&self, words: &[Word], subject: usize) -> bool {
        let lower = words[subject].lower.as_str();
        if !BARE.contains(&lower) || words[subject].tag == "name" {
            return false;
        }
        match lower {
            // "this bridge"
            "this" | "that" | "these" | "those" => {
                let next = words.get(subject + 1).map_or("", |word| word.tag);
                let whose = words[subject..].iter().take(3).any(|word| word.tag == "wh");
                !matches!(next, "noun" | "nouns" | "name" | "adjective" | "number" | "gerund") && !whose
            }
            "it" => !self.expletive(subject + self.clause.start),
            // "You can’t just show up": anybody.
            "you" => !words.get(subject + 1).is_some_and(|word| {
                word.tag == "modal" || matches!(word.lower.as_str(), "can" | "don" | "have" | "won")
            }),
            _ => true,
        }
    }

    /// "It is clear that", "it was time to": it stands for what follows.
    fn expletive(&self, at: usize) -> bool {
        let rest = || {
            self.words[at + 1..].iter().filter(|word| word.is_word).map(|word| word.lower.as_str()).take(9)
        };
        let verb = rest().next().unwrap_or_default();
        let being = matches!(
            verb,
            "is" | "was"
                | "s"
                | "would"
                | "will"
                | "has"
                | "may"
                | "might"
                | "isn"
                | "wasn"
                | "seems"
                | "seemed"
                | "appears"
                | "appeared"
                | "looks"
                | "takes"
                | "took"
                | "became"
        );
        let opens = rest()
            .skip(1)
            .any(|word| matches!(word, "that" | "to" | "whether" | "if" | "who" | "how" | "when"));
        let told = rest().any(|word| {
            matches!(
                word,
                "clear"
                    | "unclear"
                    | "time"
                    | "likely"
                    | "unlikely"
                    | "possible"
                    | "impossible"
                    | "true"
                    | "important"
                    | "unfair"
                    | "fair"
                    | "difficult"
                    | "hard"
                    | "easy"
                    | "wrong"
                    | "right"
                    | "necessary"
                    | "obvious"
                    | "known"
                    | "said"
                    | "seems"
                    | "appears"
                    | "seemed"
                    | "appeared"
                    | "takes"
                    | "took"
                    | "better"
                    | "best"
                    | "odd"
                    | "strange"
                    | "vital"
                    | "crucial"
                    | "raining"
                    | "up"
                    | "not"
                    | "illegal"
                    | "legal"
                    | "unknown"
                    | "ironic"
                    | "no"
                    | "remains"
                    | "remained"
                    | "was"
                    | "is"
                    | "believed"
                    | "hoped"
                    | "feared"
                    | "turns"
            )
        });
        being && opens && told
    }
}
