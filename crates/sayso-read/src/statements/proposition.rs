//! Which words are a proposition: a clause that can be true or not. Noun phrases, infinitives and relative clauses are none.

use crate::tagger::model::Model;
use crate::tagger::paragraph::Paragraph;

/// Words that open no clause that could stand by itself.
const OPENS_NONE: &[&str] = &[
    "about", "as", "because", "for", "how", "if", "of", "to", "what", "when", "where", "whether", "which",
    "while", "who", "whom", "whose", "why", "with",
];

/// Nouns of which the clause behind them tells the whole: "the notion that ...".
const NOTIONS: &[&str] = &[
    "accusation",
    "allegation",
    "argument",
    "assertion",
    "charge",
    "claim",
    "fact",
    "idea",
    "notion",
    "report",
    "rumor",
    "rumour",
    "suggestion",
    "view",
];

/// Past forms that the tagger takes for nouns and adjectives now and then.
const PASTS: &[&str] = &[
    "bought", "broke", "brought", "built", "came", "cut", "drew", "drove", "fell", "flew", "fought", "found",
    "gave", "got", "grew", "held", "hit", "kept", "knew", "laid", "led", "left", "lost", "made", "met",
    "paid", "put", "ran", "rose", "said", "sank", "saw", "sent", "set", "shot", "shut", "sold", "spent",
    "spoke", "stole", "stood", "struck", "swam", "swore", "threw", "told", "took", "went", "won", "wore",
    "wrote",
];

/// Words cut into tokens with their parts of speech.
struct Cut<'a> {
    words: &'a str,
    paragraph: Paragraph,
}

impl Cut<'_> {
    fn tag(&self, at: usize) -> &'static str {
        self.paragraph.part_of_speech(at)
    }

    fn word(&self, at: usize) -> String {
        self.paragraph.tokens[at].of(self.words).to_lowercase()
    }

    fn is_noun(&self, at: usize) -> bool {
        matches!(self.tag(at), "noun" | "nouns" | "name")
    }

    fn is_verb(&self, at: usize) -> bool {
        matches!(self.tag(at), "past" | "present" | "modal") || self.may_be_past(at)
    }

    /// "The mill burned down" may be taken for a mill that was burned.
    fn may_be_past(&self, at: usize) -> bool {
        let form = self.word(at);
        let past = self.tag(at) == "participle"
            || PASTS.contains(&form.as_str())
            || form.len() > 4 && form.ends_with("ed") && self.tag(at) != "adjective";
        past && at > 0
            && !matches!(
                self.tag(at - 1),
                "past" | "present" | "modal" | "verb" | "determiner" | "possessive" | "to" | "preposition"
            )
            && (at + 1 == self.paragraph.len() || self.word(at + 1) != "by")
    }
}

fn cut<'a>(model: &Model, words: &'a str) -> Cut<'a> {
    Cut { words, paragraph: model.cut(words, 0..words.len()) }
}

/// Whether some words are a clause, or a question of one: a finite verb with what it is said of.
pub(super) fn is_clause(model: &Model, words: &str) -> bool {
    let cut = cut(model, words);
    let all = || 0..cut.paragraph.len();
    let is_finite = |at: usize| matches!(cut.tag(at), "past" | "present" | "modal");
    let is_subject = |at: usize| cut.is_noun(at) || matches!(cut.tag(at), "pronoun" | "wh");
    cut.paragraph.len() > 2 && all().any(is_finite) && all().any(is_subject)
}

/// Whether some words are a clause with its subject and its verb.
pub(super) fn is_proposition(model: &Model, words: &str) -> bool {
    // "That" at the beginning is often taken for a determiner, and the verb behind it for its noun.
    let words = words.trim_start_matches(|c: char| !c.is_alphanumeric());
    let words = words.strip_prefix("that ").unwrap_or(words);
    let cut = cut(model, words);
    let all = 0..cut.paragraph.len();
    let Some(start) = all.clone().find(|&at| cut.paragraph.tokens[at].is_word()) else { return false };
    if OPENS_NONE.contains(&cut.word(start).as_str()) || matches!(cut.tag(start), "to" | "gerund") {
        return false;
    }
    let Some(verb) = (start + 1..all.end).find(|&at| cut.is_verb(at)) else { return false };
    if !(start..verb).any(|at| cut.is_noun(at) || cut.tag(at) == "pronoun") {
        return false;
    }
    // "The notion that the pier was sold" is what it is a notion of.
    let is_notion = |at: usize| NOTIONS.contains(&cut.word(at).trim_end_matches('s'));
    let is_relative =
        |at: usize| cut.tag(at) == "wh" || matches!(cut.word(at).as_str(), "that" | "which" | "who");
    let opens =
        (start + 1..verb).find(|&at| is_relative(at) || cut.tag(at) == "pronoun" && cut.is_noun(at - 1));
    // In "questions he did not like" and "the faith that we hold" the one verb is of the clause within.
    opens.is_none_or(|opens| {
        cut.word(opens) == "that" && is_notion(opens - 1)
            || (verb + 1..all.end).any(|at| cut.is_verb(at) && cut.tag(at - 1) != "modal")
    })
}

#[cfg(test)]
mod tests {
    use crate::Reader;

    #[test]
    fn propositions_have_their_subject_and_their_verb() {
        let reader = Reader::new();
        for words in [
            "that the board sold the pier in May",
            "Anna Lund has never seen the barrels",
            "the notion that the harbour was poisoned",
            "they were opened at night",
            "that nine barrels of solvent stood open on the north quay of Tarn",
            "The old mill burned down in the night,",
            "that Brandt’s account was fabricated from beginning to end",
            "The harbour dam of Ostmark held through the flood",
        ] {
            assert!(reader.is_proposition(words), "{words}");
        }
        for words in [
            "to requests for comment",
            "yes",
            "the criticism",
            "which was sold in May",
            "whether the pier was sold",
            "a request for more money",
            "questions he did not like",
        ] {
            assert!(!reader.is_proposition(words), "{words}");
        }
        assert!(reader.is_clause("Did the board sell the pier?"));
        assert!(!reader.is_clause("fresh evidence"));
    }
}
