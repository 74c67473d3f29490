//! Whom a page no longer trusts by its notice: suggestions to discredit a source, for a person to decide.

use crate::chain::{is_own, loses_faith};
use crate::grounds::sentences;
use crate::linker::{Linked, Suggested, Suggestion};
use crate::sources::{Name, SourceLink, mentions, place_name};
use crate::undercut::called_false;
use crate::words;
use sayso_record::{Document, Statement, StatementId};
use std::collections::{BTreeMap, BTreeSet};

/// Words for those who speak for a state or a body, in offices and descriptions of unnamed sources.
const SPEAKS: &[&str] = &[
    "admiral",
    "adviser",
    "advisor",
    "ambassador",
    "attorney",
    "chief",
    "colonel",
    "commander",
    "commissioner",
    "consul",
    "deputy",
    "diplomat",
    "diplomats",
    "director",
    "envoy",
    "general",
    "governor",
    "inspector",
    "minister",
    "ministers",
    "officer",
    "officers",
    "official",
    "officials",
    "premier",
    "president",
    "secretary",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "undersecretary",
];
/// What a body is called that speaks for whatever is named before it.
const BODIES: &[&str] = &["administration", "army", "government", "ministry", "military"];

impl Linked {
    /// Where a notice takes back the faith that the page put in a source it quotes, or calls somebody's claims false:
    /// the source, with the statements of the page that it makes, or that are made by those who speak for it.
    pub(crate) fn distrust(&mut self, document: &Document, statements: &[Statement], notices: &[usize]) {
        for &notice in notices {
            for sentence in sentences(&document.text, document.blocks[notice].span) {
                let words = sentence.of(&document.text);
                let mut found: BTreeMap<&str, Vec<StatementId>> = BTreeMap::new();
                let whose = called_false(words);
                if let Some(whose) = whose.as_deref() {
                    found.insert(whose, self.said_for(document, statements, whose));
                }
                let lost = loses_faith(words);
                for (statement, links) in statements.iter().zip(&self.sources) {
                    let of_false = |link: &SourceLink| {
                        let same = |whose: &str| Name::of(whose).key() == Name::of(&link.name).key();
                        whose.as_deref().is_some_and(same)
                    };
                    let named = links.iter().filter(|link| {
                        !link.unnamed && (of_false(link) || (lost && words.contains(&link.name)))
                    });
                    for link in named.filter(|_| !is_own(statement)) {
                        let said = found.entry(&link.name).or_default();
                        if !said.contains(&statement.id) {
                            said.push(statement.id);
                        }
                    }
                }
                for (source, statements) in found {
                    self.suggestions.push(Suggestion {
                        what: Suggested::Distrust { source: source.to_owned(), statements },
                        because: words.to_owned(),
                        document: document.id,
                        confidence: 0.5,
                    });
                }
            }
        }
    }

    /// The statements of a page that are credited to a body or, as their titles tell, to those who speak for it: "U.S.
    /// Defense Secretary Robert Gates" for the United States government.
    fn said_for(&self, document: &Document, statements: &[Statement], body: &str) -> Vec<StatementId> {
        let Some(place) = of_whom(body) else { return Vec::new() };
        let speaks = |statement: &Statement| {
            mentions(statement).any(|mention| {
                let spans = mention.spans.iter().map(|span| span.of(&document.text));
                spans.chain([mention.name.as_str()]).any(|called| speaks_for(called, &place))
            })
        };
        let credited: Vec<usize> = (0..statements.len()).filter(|&at| !is_own(&statements[at])).collect();
        // Whoever is called by the title once is meant by "he" too.
        let names: BTreeSet<&str> = credited
            .iter()
            .filter(|&&at| speaks(&statements[at]))
            .filter_map(|&at| self.sources[at].first())
            .filter(|link| !link.unnamed)
            .map(|link| link.name.as_str())
            .collect();
        let is_meant = |at: &usize| {
            let by_name = |link: &SourceLink| !link.unnamed && names.contains(link.name.as_str());
            speaks(&statements[*at]) || self.sources[*at].iter().any(by_name)
        };
        credited.into_iter().filter(is_meant).map(|at| statements[at].id).collect()
    }
}

/// For whom a body speaks: the name before "government", as words that are compared.
fn of_whom(body: &str) -> Option<Vec<String>> {
    let words = compared(body);
    let (last, name) = words.split_last()?;
    (BODIES.contains(&last.as_str()) && !name.is_empty()).then(|| name.to_vec())
}

/// Whether a description or an office names a body's place, and a word for one who speaks for it.
fn speaks_for(called: &str, place: &[String]) -> bool {
    let words = compared(called);
    let office =
        words.iter().position(|word| SPEAKS.contains(&word.as_str()) || BODIES.contains(&word.as_str()));
    let Some(office) = office else { return false };
    // "The Castrian envoy to Ulmark" speaks for Castria.
    let end = words[office..].iter().position(|word| word == "to").map_or(words.len(), |at| office + at);
    words[..end].windows(place.len()).any(|some| some == place)
}

/// The words of a name in lower case, those for a place and its people as the place's.
fn compared(name: &str) -> Vec<String> {
    let plain =
        name.replace("U.S.", "America").replace("US ", "America ").replace("United States", "America");
    let plain = plain.replace("U.K.", "Britain").replace("United Kingdom", "Britain");
    let lower = words::spans(&plain).map(|span| span.of(&plain).to_lowercase());
    let lower = lower.filter(|word| word != "the" && word != "s");
    lower.map(|word| place_name(&word).map_or(word.clone(), str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::{of_whom, speaks_for};

    #[test]
    fn titles_tell_for_whom_somebody_speaks() {
        let place = of_whom("Castrian government").expect("a body");
        for speaker in [
            "Castrian Defence Secretary Mara Voss",
            "Ilse Marwick, the Castrian ambassador to Ulmark",
            "a senior Castrian official",
            "the Castrian government",
        ] {
            assert!(speaks_for(speaker, &place), "{speaker}");
        }
        for other in [
            "the official",
            "Hanne Ostrick, a Castrian mussel gatherer",
            "the Ulmark envoy to Castrian waters",
        ] {
            assert!(!speaks_for(other, &place), "{other}");
        }
        assert_eq!(of_whom("Robert Vance"), None);
        assert_eq!(of_whom("United States government"), of_whom("the U.S. government"));
    }
}
