//! Origins that a page names: the outlet "reported", and its own page is held.

use crate::chain::{LinkId, Origin, OriginSign};
use crate::claims::{ClaimNumber, covered};
use crate::linker::{Known, Linked, ToldLink};
use crate::sources::Name;
use crate::words::Wordings;
use sayso_record::{Document, Statement, StatementId};
use std::collections::HashMap;

/// So much of the shorter of two reports must be in the other, and so much of the longer, by rarity: of pages of the
/// named outlet that speak of the same matter, few are the one that is meant.
const SHORTER: f32 = 0.6;
const LONGER: f32 = 0.35;

impl Linked {
    /// Where a source is an outlet whose own page we hold: that page's report of the same claim, where it says the same
    /// and did not come later. And the other way round: links of earlier pages whose source is this page's outlet.
    pub(crate) fn named_origins<K: Known>(
        &mut self,
        document: &Document,
        statements: &[Statement],
        wordings: &Wordings,
        known: &K,
    ) -> Result<(), K::Error> {
        let here: HashMap<StatementId, ToldLink> = statements
            .iter()
            .map(|one| {
                let published = document.published.as_ref().map(|stamp| stamp.at.clone());
                (one.id, ToldLink { words: document.words(&one.content), published })
            })
            .collect();
        let others = |ids: Vec<LinkId>| -> Result<Vec<(LinkId, ToldLink)>, K::Error> {
            let mut told = Vec::new();
            for id in ids.into_iter().filter(|id| !here.contains_key(&id.statement)) {
                told.extend(known.told(id)?.map(|one| (id, one)));
            }
            Ok(told)
        };
        let mut answered: Vec<(ClaimNumber, bool, &str)> = Vec::new();
        for link in &self.links {
            // Nothing was said before of a claim that is new.
            if link.claim.founded {
                continue;
            }
            let Some(own) = here.get(&link.id.statement) else { continue };
            let (claim, for_it, key) = (link.claim.claim, link.claim.for_it, Name::of(&link.source).key());
            if !link.of_page {
                let originals = others(known.reports(claim, for_it, &key)?)?;
                let originals = originals.into_iter().filter(|(_, one)| may_be_origin(one, own, wordings));
                self.origins.extend(originals.map(|(original, _)| Origin {
                    of: link.id,
                    original,
                    known_by: OriginSign::Named,
                }));
            } else if !answered.contains(&(claim, for_it, &link.source)) {
                answered.push((claim, for_it, &link.source));
                let relays = others(known.relays(claim, for_it, &key)?)?;
                let relays = relays.into_iter().filter(|(_, one)| may_be_origin(own, one, wordings));
                self.origins.extend(relays.map(|(of, _)| Origin {
                    of,
                    original: link.id,
                    known_by: OriginSign::Named,
                }));
            }
        }
        Ok(())
    }
}

/// Whether what was said on one page may be what another passes on: it did not come later, and it says the same.
fn may_be_origin(original: &ToldLink, relay: &ToldLink, wordings: &Wordings) -> bool {
    let day = |told: &ToldLink| told.published.as_deref().map(|at| at.get(..10).unwrap_or(at).to_owned());
    if let (Some(original), Some(relay)) = (day(original), day(relay))
        && original > relay
    {
        return false;
    }
    let (a, b) = covered(&wordings.of(&original.words), &wordings.of(&relay.words), wordings);
    a.max(b) >= SHORTER && a.min(b) >= LONGER
}
