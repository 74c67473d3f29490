//! What somebody wants to know who asks in words: whether something is so, what somebody says, or something else.

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Asks {
    /// Whether something is so, or who says or denies that it is.
    Whether {
        /// What is to be so; the question itself where it holds no clause of its own.
        proposition: String,
    },
    /// What somebody says.
    Sayings {
        /// Who, in the asker's words.
        of: String,
        /// Of what; empty where everything is asked for.
        about: String,
        /// Whether only what they deny is asked for.
        denials: bool,
    },
    /// What, when, where, why, how: something that can be answered differently, so that no answer is so or not so.
    What,
}

/// Verbs by which somebody has a clause behind "who": to say, and to say that it is not so.
const SAY: &[&str] = &[
    "alleges",
    "alleged",
    "argues",
    "argued",
    "asserts",
    "asserted",
    "believes",
    "believed",
    "claims",
    "claimed",
    "confirms",
    "confirmed",
    "contends",
    "contended",
    "insists",
    "insisted",
    "maintains",
    "reported",
    "reports",
    "said",
    "say",
    "says",
    "states",
    "stated",
    "thinks",
    "thought",
];
const DENY: &[&str] =
    &["denied", "denies", "deny", "disputed", "disputes", "doubted", "doubts", "questions", "rejects"];
/// The plain forms behind "what did X".
const SAYS_PLAIN: &[&str] = &[
    "allege",
    "announce",
    "argue",
    "believe",
    "claim",
    "confirm",
    "declare",
    "deny",
    "dispute",
    "predict",
    "promise",
    "reject",
    "say",
    "think",
    "write",
    "said",
    "claimed",
    "promised",
    "denied",
    "saying",
    "claiming",
    "written",
    "announced",
];
const DENIES_PLAIN: &[&str] = &["denied", "deny", "dispute", "reject"];
const AUXILIARIES: &[&str] = &["did", "do", "does", "had", "has", "have", "is", "are", "was", "were"];
const ABOUT: &[&str] = &["about", "concerning", "of", "on", "regarding"];
const ASK_WHAT: &[&str] = &["how", "what", "when", "where", "which", "who", "whom", "whose", "why"];
/// Questions whether something is so, by their first words; the clause follows.
const WHETHER: &[&str] = &[
    "is it true that",
    "is it so that",
    "is it right that",
    "is it correct that",
    "is there evidence that",
    "is there any evidence that",
    "is there proof that",
    "is there any proof that",
    "what evidence is there that",
    "what is the evidence that",
    "what's the evidence that",
    "what is the evidence for the claim that",
    "what is the proof that",
    "what is the source for the claim that",
    "where does it come from that",
    "where does the claim come from that",
];

impl Asks {
    /// What is asked by some words. `is_clause` tells whether words hold a subject and a verb.
    pub(crate) fn of(words: &str, is_clause: impl Fn(&str) -> bool) -> Option<Asks> {
        let asked = words.trim().trim_end_matches(['?', ' ']);
        let lower = asked.to_lowercase();
        // Lower case can be of another length; then nothing is cut off by it.
        let rest = |prefix: &str| {
            let same = lower.len() == asked.len() && lower.starts_with(prefix);
            same.then(|| asked[prefix.len()..].trim()).filter(|rest| is_clause(rest))
        };
        let whether = |proposition: &str| Some(Asks::Whether { proposition: proposition.to_owned() });
        if let Some(clause) = WHETHER.iter().find_map(|prefix| rest(prefix)) {
            return whether(clause);
        }
        let own: Vec<&str> = asked.split_whitespace().collect();
        let word = |at: usize| own.get(at).map(|word| word.to_lowercase()).unwrap_or_default();
        let from = |at: usize| own.get(at..).unwrap_or_default().join(" ");
        if word(0) == "who" && (SAY.contains(&&*word(1)) || DENY.contains(&&*word(1))) {
            let clause = from(2 + usize::from(word(2) == "that"));
            return if is_clause(&clause) { whether(&clause) } else { Some(Asks::What) };
        }
        if word(0) == "what" && AUXILIARIES.contains(&&*word(1)) {
            let said = (3..own.len()).find(|&at| SAYS_PLAIN.contains(&&*word(at)));
            let ends = |at: usize| at + 1 == own.len() || ABOUT.contains(&&*word(at + 1));
            if let Some(said) = said.filter(|&at| ends(at)) {
                let of = own[2..said].join(" ").replace("'s ", " ").replace("’s ", " ");
                let of = of.strip_prefix("the ").unwrap_or(&of).to_owned();
                let (about, denials) = (from(said + 2), DENIES_PLAIN.contains(&&*word(said)));
                return Some(Asks::Sayings { of, about, denials });
            }
        }
        if ASK_WHAT.contains(&&*word(0)) {
            return is_clause(asked).then_some(Asks::What);
        }
        if is_clause(asked) || is_like_a_sentence(&own) { whether(words) } else { None }
    }
}

/// Whether words look like a sentence of which the verb was not found: "Aster plans to split into two" has it in a word that is a
/// noun as well. Nobody who only looks for words writes so many with small ones between.
fn is_like_a_sentence(words: &[&str]) -> bool {
    const LEAST_WORDS: usize = 5;
    const SMALL: &[&str] = &[
        "a", "an", "as", "at", "by", "for", "from", "her", "his", "in", "into", "its", "of", "off", "on",
        "out", "over", "that", "the", "their", "to", "with",
    ];
    let is_capital = words.first().is_some_and(|first| first.starts_with(char::is_uppercase));
    is_capital && words.len() >= LEAST_WORDS && words[1..].iter().any(|word| SMALL.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(words: &str) -> Option<Asks> {
        Asks::of(words, |words| words.split_whitespace().count() > 2)
    }

    #[test]
    fn whether_something_is_so() {
        for (words, proposition) in [
            ("Who says that the council sold the pier?", "the council sold the pier"),
            ("Who denies the council sold the pier?", "the council sold the pier"),
            ("What is the evidence that Ulmark landed the barrels?", "Ulmark landed the barrels"),
            ("Is it true that the pier was sold?", "the pier was sold"),
            ("Did the council sell the pier?", "Did the council sell the pier?"),
            ("The council sold the pier.", "The council sold the pier."),
            ("Aster plans to split into two companies", "Aster plans to split into two companies"),
        ] {
            assert_eq!(asks(words), Some(Asks::Whether { proposition: proposition.to_owned() }), "{words}");
        }
    }

    #[test]
    fn what_somebody_says() {
        for (words, of, about, denials) in [
            ("What did Ilse Marwick say about the barrels?", "Ilse Marwick", "the barrels", false),
            ("What does the harbour office's spokesman deny?", "harbour office spokesman", "", true),
            ("What has the ministry said on the pier?", "ministry", "the pier", false),
        ] {
            let (of, about) = (of.to_owned(), about.to_owned());
            assert_eq!(asks(words), Some(Asks::Sayings { of, about, denials }), "{words}");
        }
    }

    #[test]
    fn what_can_be_answered_differently() {
        for words in ["When was the pier sold?", "Who sold the pier?", "What did Marwick say to whom?"] {
            assert_eq!(asks(words), Some(Asks::What), "{words}");
        }
        assert_eq!(asks("barrels pier"), None);
        assert_eq!(Asks::of("barrels empty in the harbour", |_| false), None);
        assert!(Asks::of("Aster plans to split into two", |_| false).is_some());
        assert_eq!(asks("Marwick"), None);
    }
}
