//! Undercuts: statements that call somebody's words unreliable, without speaking for or against what these words say.

use crate::chain::{in_notice, is_own};
use crate::claims::covered_least;
use crate::linker::{Known, Linked, Suggested, Suggestion};
use crate::sources::Name;
use crate::words::Wordings;
use sayso_record::{Document, Span, Stance, Statement, StatementId};

/// So many blocks before it at most is what a statement means by "the report".
const NEAR: u32 = 2;

/// So many statements on other pages are said at most to be undercut by one.
const ELSEWHERE: usize = 4;

/// Beginnings of words that call something said unreliable.
const UNRELIABLE: &[&str] = &[
    "fraudulent",
    "false",
    "falsehood",
    "fabricat",
    "untrue",
    "bogus",
    "deceptive",
    "invented",
    "invention",
    "discredited",
    "forged",
    "forgery",
    "fake",
    "hoax",
    "debunked",
    "unreliable",
    "staged",
];
/// The same in several words.
const UNRELIABLE_PHRASES: &[&str] = &[
    "made up",
    "not credible",
    "cast doubt on",
    "casts doubt on",
    "call into question",
    "called into question",
];
/// What may be said of somebody after a form of "be".
const MISTAKEN: &[&str] = &["wrong", "mistaken", "misinformed", "misled", "lying", "unreliable"];
/// Of what was said: whoever is meant never said so.
const NEVER_SAID: &[&str] = &[
    "misquoted",
    "never said",
    "had not said",
    "did not say",
    "denied saying",
    "denied having said",
    "denied ever saying",
    "out of context",
];
/// What words of somebody are called.
const WORDS: &[&str] = &[
    "claim",
    "claims",
    "statement",
    "statements",
    "account",
    "accounts",
    "allegation",
    "allegations",
    "assertion",
    "assertions",
    "story",
    "stories",
    "report",
    "reports",
    "testimony",
    "article",
    "remarks",
];
/// What a body is called that is named by a name before it.
const BODIES: &[&str] =
    &["government", "administration", "ministry", "army", "police", "office", "company", "board"];

/// Whose words are called unreliable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Whose {
    /// Those of somebody who is named, as written.
    Named(String),
    /// The speaker's own, which were passed on wrongly.
    Own,
    /// "The report", "these claims": those last told of.
    Last,
}

/// Whose words the words of a statement call unreliable, if anybody's.
pub(crate) fn undermined(words: &str) -> Option<Whose> {
    let lower = words.to_lowercase();
    let tokens = tokens(words);
    if NEVER_SAID.iter().any(|sign| lower.contains(sign)) {
        return Some(never_said(&tokens));
    }
    let named_mistaken = || {
        (2..tokens.len())
            .filter(|&at| MISTAKEN.contains(&tokens[at]))
            .filter(|&at| matches!(tokens[at - 1], "is" | "was" | "are" | "were" | "been"))
            .find_map(|at| {
                name_before(&tokens, at - 1 - usize::from(matches!(tokens[at - 2], "has" | "had" | "have")))
            })
            .map(Whose::Named)
    };
    if !calls_unreliable(&lower) {
        return named_mistaken();
    }
    let named = said(&tokens).find_map(|at| owner(&tokens, at)).map(Whose::Named);
    let told_of = || {
        let of_something = |at: usize| {
            let one = tokens[at.checked_sub(1)?].to_lowercase();
            matches!(one.as_str(), "the" | "that" | "this" | "these" | "those" | "such" | "both")
                .then_some(Whose::Last)
        };
        said(&tokens).find_map(of_something)
    };
    named.or_else(named_mistaken).or_else(told_of)
}

/// Whose sentence calls words false ("the fraudulent history of the harbour board's claims"), as written there.
pub(crate) fn called_false(sentence: &str) -> Option<String> {
    let tokens = tokens(sentence);
    let whose = || said(&tokens).find_map(|at| owner(&tokens, at));
    if calls_unreliable(&sentence.to_lowercase()) { whose() } else { None }
}

/// The words of a text without the marks around them.
fn tokens(text: &str) -> Vec<&str> {
    text.split_whitespace()
        .map(|token| token.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|token| !token.is_empty())
        .collect()
}

/// Where among some words something is called said.
fn said<'t>(tokens: &'t [&str]) -> impl Iterator<Item = usize> + 't {
    (0..tokens.len()).filter(|&at| WORDS.contains(&tokens[at].to_lowercase().as_str()))
}

pub(crate) fn calls_unreliable(lower: &str) -> bool {
    let begins = |word: &str| UNRELIABLE.iter().any(|sign| word.starts_with(sign));
    UNRELIABLE_PHRASES.iter().any(|phrase| lower.contains(phrase))
        || lower.split(|c: char| !c.is_alphanumeric()).any(begins)
}

/// Who never said so: somebody named before that, else whoever speaks.
fn never_said(tokens: &[&str]) -> Whose {
    let at = tokens
        .iter()
        .position(|token| matches!(*token, "misquoted" | "never" | "had" | "did" | "denied" | "taken"));
    let before =
        at.map(|at| at - usize::from(at > 0 && matches!(tokens[at - 1], "was" | "were" | "been" | "had")));
    before.and_then(|at| name_before(tokens, at)).map_or(Whose::Own, Whose::Named)
}

/// Whose the words at a place are: "Brandt's account", "the Northwire report", "the report by Northwire".
fn owner(tokens: &[&str], at: usize) -> Option<String> {
    let before = at.checked_sub(1)?;
    let last = tokens[before];
    if let Some(owner) = ["\u{2019}s", "'s"].iter().find_map(|end| last.strip_suffix(end)) {
        let mut name: Vec<&str> = run_before(tokens, before);
        name.push(owner);
        return named(name);
    }
    if is_capitalised(last) && before > 0 {
        return name_before(tokens, at);
    }
    let by = tokens.get(at + 1).is_some_and(|word| matches!(*word, "by" | "from" | "of"));
    let from = at + 2 + usize::from(tokens.get(at + 2).is_some_and(|word| *word == "the"));
    if by && from < tokens.len() {
        let name = tokens[from..].iter().copied().take_while(|token| is_capitalised(token)).collect();
        return named(name);
    }
    None
}

fn name_before(tokens: &[&str], end: usize) -> Option<String> {
    named(run_before(tokens, end))
}

/// The words of a name that end before a place.
fn run_before<'t>(tokens: &[&'t str], end: usize) -> Vec<&'t str> {
    let mut run: Vec<&str> = tokens[..end]
        .iter()
        .rev()
        .copied()
        .take_while(|token| is_capitalised(token) || BODIES.contains(token))
        .collect();
    run.reverse();
    run
}

fn named(mut name: Vec<&str>) -> Option<String> {
    while name.first().is_some_and(|first| matches!(*first, "The" | "That" | "This" | "But" | "And" | "If")) {
        name.remove(0);
    }
    let is_name = |word: &&str| is_capitalised(word) && !PRONOUNS.contains(word);
    name.iter().any(is_name).then(|| name.join(" "))
}

const PRONOUNS: &[&str] =
    &["He", "She", "They", "It", "We", "You", "I", "His", "Her", "Their", "Its", "My", "Our"];

fn is_capitalised(token: &str) -> bool {
    token.starts_with(char::is_uppercase)
}

/// What a statement says and with what verb, as one text.
fn words_of(document: &Document, statement: &Statement) -> String {
    let mut spans: Vec<Span> = statement.cue.iter().chain(&statement.content).copied().collect();
    spans.sort_unstable_by_key(|span| span.start);
    let words: Vec<&str> = spans.iter().map(|span| span.of(&document.text)).collect();
    words.join(" ")
}

impl Linked {
    /// Suggests which statements each statement of a page undercuts: of those on the page, the one by whoever is meant
    /// that has most words in common with it, or was last told of; and what the same is known to say of that on other pages.
    pub(crate) fn undercuts<K: Known>(
        &mut self,
        document: &Document,
        statements: &[Statement],
        wordings: &Wordings,
        known: &K,
    ) -> Result<(), K::Error> {
        for (by, statement) in statements.iter().enumerate() {
            // What makes no claim cannot stand, and what asks or takes back undercuts nothing.
            if self.claims[by].is_none() || statement.stance == Stance::Asks || in_notice(document, statement)
            {
                continue;
            }
            let words = words_of(document, statement);
            let Some(whose) = undermined(&words) else { continue };
            let here = self.undercut_here(document, statements, by, &whose, wordings);
            let mut undercut: Vec<StatementId> = here.map(|at| statements[at].id).into_iter().collect();
            undercut.extend(self.undercut_elsewhere(statements, by, here, &whose, known)?);
            for target in undercut {
                self.suggestions.push(Suggestion {
                    what: Suggested::Undercut { by: statement.id, undercuts: target },
                    because: words.clone(),
                    document: document.id,
                    confidence: 0.5,
                });
            }
        }
        Ok(())
    }

    fn undercut_here(
        &self,
        document: &Document,
        statements: &[Statement],
        by: usize,
        whose: &Whose,
        wordings: &Wordings,
    ) -> Option<usize> {
        let speaker = &self.sources[by].first()?.name;
        let says = |at: usize, name: &str| self.sources[at].iter().any(|link| is_called(&link.name, name));
        let is_meant = |at: usize| match whose {
            Whose::Named(name) => says(at, name),
            Whose::Own => says(at, speaker),
            Whose::Last => {
                !is_own(&statements[at]) && !says(at, speaker) && statements[at].block <= statements[by].block
            }
        };
        let meant = (0..statements.len())
            .filter(|&at| at != by && statements[at].within != Some(statements[by].id))
            .filter(|&at| statements[by].within != Some(statements[at].id) && is_meant(at));
        if *whose == Whose::Last {
            let near = |at: &usize| statements[by].block - statements[*at].block <= NEAR;
            return meant.filter(|&at| at < by).rfind(near);
        }
        let own = wordings.of(&words_of(document, &statements[by]));
        let shared = |at: usize| {
            let other = wordings.of(&words_of(document, &statements[at]));
            (covered_least(&own, &other, wordings) * 100.0) as u32
        };
        meant.max_by_key(|&at| (shared(at), at < by, at))
    }

    /// Statements on other pages, by whoever is meant: of the claim that is undercut on this page, else of one that is
    /// spoken of right before.
    fn undercut_elsewhere<K: Known>(
        &self,
        statements: &[Statement],
        by: usize,
        here: Option<usize>,
        whose: &Whose,
        known: &K,
    ) -> Result<Vec<StatementId>, K::Error> {
        let key = match (here.map(|at| &self.sources[at][0]), whose) {
            // What nobody is named for on one page is not what nobody is named for on another.
            (Some(source), _) if source.unnamed => return Ok(Vec::new()),
            (Some(source), _) => Name::of(&source.name).key(),
            (None, Whose::Named(name)) => Name::of(name).key(),
            (None, Whose::Own) => Name::of(&self.sources[by][0].name).key(),
            (None, Whose::Last) => return Ok(Vec::new()),
        };
        let near = |at: &usize| {
            let (block, last) = (statements[*at].block, statements[by].block);
            block <= last && last - block <= NEAR
        };
        let places: Vec<usize> = here.map_or_else(|| (0..=by).rev().filter(near).collect(), |at| vec![at]);
        for claim in places.into_iter().filter_map(|at| self.claims[at]) {
            let mut said: Vec<StatementId> = Vec::new();
            for for_it in [true, false] {
                let links = known.reports(claim.claim, for_it, &key)?.into_iter();
                said.extend(links.chain(known.relays(claim.claim, for_it, &key)?).map(|link| link.statement));
            }
            said.sort_unstable();
            said.dedup();
            said.retain(|one| statements.iter().all(|own| own.id != *one));
            said.truncate(ELSEWHERE);
            if !said.is_empty() {
                return Ok(said);
            }
        }
        Ok(Vec::new())
    }
}

/// Whether somebody of this name is meant by a name: it, its surname, or the name of an outlet without "the".
fn is_called(full: &str, written: &str) -> bool {
    let (full, written) = (Name::of(full), Name::person(written));
    full.key() == written.key() || (!written.place && written.shortens(&full))
}

#[cfg(test)]
mod tests {
    use super::{Whose, called_false, undermined};

    #[test]
    fn whose_words_are_called_false_is_read_off_the_sentence() {
        let whose = |sentence| called_false(sentence).unwrap_or_else(|| "nobody".to_owned());
        assert_eq!(
            whose("I saw how false the Pellam Harbour Board’s claims of clean water were."),
            "Pellam Harbour Board"
        );
        assert_eq!(
            whose("We learnt of the fabricated history of the Castrian government's statements."),
            "Castrian government"
        );
        assert_eq!(whose("The Castrian government's statements were printed here in full."), "nobody");
        assert_eq!(whose("The false bottom of the man's stories"), "nobody");
    }

    #[test]
    fn an_undercut_says_whose_words_are_not_to_be_relied_on() {
        let named = |name: &str| Some(Whose::Named(name.to_owned()));
        assert_eq!(undermined("the Northwire report was fabricated"), named("Northwire"));
        assert_eq!(undermined("that Rennick was mistaken about the barrels"), named("Rennick"));
        assert_eq!(undermined("a hoax, as was the story by Radio Ulmark"), named("Radio Ulmark"));
        assert_eq!(undermined("Tobias Rennick had been misled"), named("Tobias Rennick"));
        assert_eq!(undermined("dismissed the report as bogus"), Some(Whose::Last));
        assert_eq!(undermined("he had been misquoted"), Some(Whose::Own));
        assert_eq!(undermined("that Rennick never said so"), named("Rennick"));
        assert_eq!(undermined("the barrels were the wrong size"), None);
        assert_eq!(undermined("the alarm was false"), None);
        assert_eq!(undermined("the report was published on Monday"), None);
    }
}
