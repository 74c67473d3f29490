//! "Dorn withdrew her statement that the mayor had burned the ledgers": what she said before is suggested for withdrawal, on this
//! page and on others.

use crate::claims::{Claims, JoinBy};
use crate::linker::{Known, Linked, Suggested, Suggestion};
use crate::models::Models;
use crate::sources::Name;
use sayso_record::{Document, Stance, Statement, StatementId};

/// So many statements of one source are suggested for one retraction, at most.
const MOST: usize = 20;
/// How sure we are that a retraction means an earlier statement of the same source on the same claim.
const CONFIDENCE: f32 = 0.6;

impl Linked {
    /// Suggests to withdraw what a source that takes something back has said before.
    pub(crate) fn retractions<K: Known>(
        &mut self,
        document: &Document,
        statements: &[Statement],
        claims: &Claims,
        by: JoinBy,
        models: &Models,
        known: &K,
    ) -> Result<(), K::Error> {
        let takes_back = |at: &usize| statements[*at].stance == Stance::Retracts;
        for at in (0..statements.len()).filter(takes_back) {
            let Some(source) =
                self.sources[at].first().filter(|source| !source.unnamed && !source.name.is_empty())
            else {
                continue;
            };
            let key = Name::of(&source.name).key();
            let words = document.words(&statements[at].content);
            let Some(found) = claims.find(what(&words), by, models) else { continue };
            let here = (0..statements.len()).filter(|&other| {
                other != at
                    && self.claims[other]
                        .is_some_and(|link| link.claim == found.claim && link.for_it == found.for_it)
                    && self.sources[other].first().is_some_and(|link| Name::of(&link.name).key() == key)
            });
            let mut said: Vec<StatementId> = here.map(|other| statements[other].id).collect();
            let elsewhere = known.relays(found.claim, found.for_it, &key)?.into_iter();
            said.extend(
                elsewhere.chain(known.reports(found.claim, found.for_it, &key)?).map(|link| link.statement),
            );
            said.sort_unstable();
            said.dedup();
            said.truncate(MOST);
            let because = document.words(&[&statements[at].cue[..], &statements[at].content[..]].concat());
            self.suggestions.extend(said.into_iter().map(|statement| Suggestion {
                what: Suggested::Withdrawal { statement },
                because: because.clone(),
                document: document.id,
                confidence: CONFIDENCE,
            }));
        }
        Ok(())
    }
}

/// What is taken back: "her statement that the mayor lied" is that the mayor lied.
fn what(words: &str) -> &str {
    const LEAD_BYTES: usize = 40;
    match words.find("that ") {
        Some(at) if at <= LEAD_BYTES => &words[at..],
        _ => words,
    }
}
