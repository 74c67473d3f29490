//! Links documents as they come in: each to the sources, claims and documents that are known already.

mod denied_clause;
mod known;
mod linked;
mod recent;

pub use known::{Known, Page, ToldLink};
pub use linked::{
    ClaimLink, Exemplar, GroundLink, Linked, SURE_OF_CLAIM, SpeaksFor, Suggested, Suggestion, Withdrawal,
};

use crate::Models;
use crate::chain::{ChainLink, chain, in_notice, taking_back};
use crate::claims::{ClaimNumber, Claims, JoinBy, Joined};
use crate::grounds::grounds;
use crate::reuse::{ReuseIndex, Shingles};
use crate::sources::{Appearance, Everyone, SourceLink, author, mentions, outlet};
use denied_clause::is_denied_clause;
use linked::ground_links;
use recent::Recent;
use rustc_hash::FxHashSet;
use sayso_record::{BlockKind, Document, Manner, Stance, Statement, StatementId};

/// What may be chosen.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Whether a page's own sentences may found claims; otherwise they only join those that others made, unless the
    /// page takes them back.
    pub own_voice_founds: bool,
    /// What decides whether two statements make one claim.
    pub join_by: JoinBy,
    /// Whether some words are a proposition: what is none founds no claim and joins none.
    pub is_proposition: fn(&str) -> bool,
}

impl Default for Options {
    fn default() -> Options {
        Options { own_voice_founds: false, join_by: JoinBy::default(), is_proposition: |_| true }
    }
}

/// Links documents one at a time. It keeps what is needed to find earlier documents, not the documents.
#[derive(Debug)]
pub struct Linker<'m> {
    models: &'m Models,
    options: Options,
    everyone: Everyone,
    claims: Claims,
    pub(crate) reuse: ReuseIndex,
    pub(crate) recent: Recent,
}

impl<'m> Linker<'m> {
    /// A linker that knows nothing yet.
    pub fn new(models: &'m Models, options: Options) -> Linker<'m> {
        Linker {
            models,
            options,
            everyone: Everyone::default(),
            claims: Claims::new(),
            reuse: ReuseIndex::default(),
            recent: Recent::default(),
        }
    }

    /// Takes up a name that stood in an earlier document.
    pub fn remember_name(&mut self, is_person: bool, written: &str) {
        self.everyone.remember(is_person, written);
    }

    /// Takes up in how many earlier documents a person was heard, besides the one for which
    /// [`Linker::remember_name`] counts: a bare surname stands for whom it is heard of by far the most.
    pub fn remember_heard(&mut self, written: &str, documents: u32) {
        self.everyone.remember_heard(written, documents);
    }

    /// Takes up in what role and year somebody was heard in an earlier document.
    pub fn remember_appearance(&mut self, appearance: &Appearance) {
        self.everyone.remember_appearance(appearance);
    }

    /// Takes up the fingerprints of an earlier document, under the number by which [`Known::page`] gives it.
    pub fn remember_text(&mut self, number: u32, fingerprints: &[u64]) {
        self.reuse.add(number, fingerprints);
    }

    /// Takes up the words of a claim, as [`Claims::remember`].
    pub fn remember_claim(&mut self, words: &str, claim: ClaimNumber, for_it: bool) {
        self.claims.remember(words, claim, for_it, self.models);
    }

    /// All claims.
    pub fn claims(&self) -> &Claims {
        &self.claims
    }

    /// Links a document, and takes it up under `number` if it is not known by that already. New claims are numbered
    /// from [`Claims::len`] on.
    pub fn add<K: Known>(
        &mut self,
        number: u32,
        document: &Document,
        statements: &[Statement],
        known: &K,
    ) -> Result<Linked, K::Error> {
        let appearances = self.everyone.learn_document(document, statements);
        let sources: Vec<Vec<SourceLink>> = statements
            .iter()
            .map(|one| {
                mentions(one).map(|mention| self.everyone.source(mention, document, statements)).collect()
            })
            .collect();
        let notices = taking_back(document);
        // What is quoted at length claims what is said within it, each on its own.
        let wholes: FxHashSet<StatementId> = statements.iter().filter_map(|one| one.within).collect();
        let mut exemplars = Vec::new();
        let mut claims: Vec<Option<ClaimLink>> = Vec::with_capacity(statements.len());
        for (place, statement) in statements.iter().enumerate() {
            let joined = match wholes.contains(&statement.id) {
                true => None,
                false => self.claim(document, statement, !notices.is_empty()),
            };
            if let Some(exemplar) = joined.and_then(|joined| joined.kept) {
                let claim = joined.expect("it was kept").claim;
                exemplars.push(Exemplar { statement: place, claim, for_it: exemplar });
            }
            claims.push(joined.map(|joined| ClaimLink {
                claim: joined.claim,
                for_it: joined.for_it,
                confidence: joined.confidence,
                founded: joined.founded,
            }));
        }
        let grounds = ground_links(statements, grounds(document));
        let links: Vec<ChainLink> = (0..statements.len())
            .flat_map(|place| chain(document, statements, place, &sources[place], &claims, &grounds))
            .collect();
        let mut linked = Linked {
            outlet: outlet(document),
            author: author(document),
            sources,
            claims,
            exemplars,
            links,
            grounds,
            appearances,
            fingerprints: Shingles::of(&document.text).fingerprints(),
            ..Linked::default()
        };
        linked.named_origins(document, statements, &self.models.wordings, known)?;
        self.copied_origins(number, document, statements, &mut linked, known)?;
        linked.take_back(document, statements, &notices, &self.models.wordings);
        linked.retractions(document, statements, &self.claims, self.options.join_by, self.models, known)?;
        linked.undercuts(document, statements, &self.models.wordings, known)?;
        linked.suggest(document, statements);
        linked.affiliate(document, statements);
        if !self.reuse.holds(number) {
            self.reuse.add(number, &linked.fingerprints);
        }
        Ok(linked)
    }

    fn claim(&mut self, document: &Document, statement: &Statement, taken_back: bool) -> Option<Joined> {
        if !statement.stance.takes_a_side() {
            return None;
        }
        let own_founds = self.options.own_voice_founds || (taken_back && !in_notice(document, statement));
        // What stands over a text is said again in it, and often only names its matter.
        let heads = matches!(
            document.blocks.get(statement.block as usize).map(|block| &block.kind),
            Some(BlockKind::Heading { .. })
        );
        let may_found = statement.manner != Manner::OwnVoice || (own_founds && !heads);
        let denies = statement.stance == Stance::Denies;
        let words = document.words(&statement.content);
        if !taken_back && !(self.options.is_proposition)(&words) {
            return None;
        }
        if denies && !is_denied_clause(&words) {
            return None;
        }
        self.claims.add(&words, denies, may_found, self.options.join_by, self.models)
    }
}
