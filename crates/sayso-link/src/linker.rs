//! Links documents as they come in: each to the sources, claims and documents that are known already.

use crate::Models;
use crate::claims::{ClaimNumber, Claims};
use crate::derivation::{Original, Sign, direction};
use crate::grounds::{Ground, GroundKind, grounds};
use crate::reuse::{Overlap, ReuseIndex, Shingles, compare};
use crate::sources::{Everyone, SourceLink, mentions};
use sayso_record::{Document, Manner, Span, Stance, Statement};

/// The least number of shared fingerprints that makes two documents worth comparing.
const SHARED_FINGERPRINTS: u32 = 2;

/// What may be chosen.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Whether a page's own sentences may found claims; otherwise they only join those that others made.
    pub own_voice_founds: bool,
}

/// A document with all its links.
#[derive(Clone, Debug)]
pub struct Linked {
    /// The document.
    pub document: Document,
    /// Its statements.
    pub statements: Vec<Statement>,
    /// For each statement its source, then those who passed it on, nearest to the source first.
    pub sources: Vec<Vec<SourceLink>>,
    /// For each statement the claim that it makes or denies; none for own-voice sentences that join no claim.
    pub claims: Vec<Option<ClaimLink>>,
    /// What it shares with documents that came before it.
    pub derived: Vec<Derived>,
    /// Reasons and rival accounts between its statements.
    pub grounds: Vec<GroundLink>,
}

/// The claim of a statement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClaimLink {
    /// The claim, as numbered when it was linked; [`Claims::place`] knows of merges since.
    pub claim: ClaimNumber,
    /// Whether it is for it.
    pub for_it: bool,
    /// How sure we are, 0 to 1.
    pub confidence: f32,
}

/// What a document shares with an earlier one.
#[derive(Clone, Debug, PartialEq)]
pub struct Derived {
    /// The other document's place among all.
    pub other: usize,
    /// The overlap: `a` is the other document, `b` this one.
    pub overlap: Overlap,
    /// Which is the original: the other is the first.
    pub original: Original,
    /// By what sign.
    pub sign: Sign,
}

/// A ground between two statements of a document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GroundLink {
    /// Place of the reason, or of the favoured account.
    pub reason: usize,
    /// Place of the conclusion, or of the account that is put aside.
    pub conclusion: usize,
    /// Which sort.
    pub kind: GroundKind,
    /// The words that say so.
    pub cue: Span,
}

/// Links documents one at a time. Earlier documents are not read again, save the few that share a passage.
#[derive(Debug)]
pub struct Linker<'m> {
    models: &'m Models,
    options: Options,
    everyone: Everyone,
    claims: Claims,
    reuse: ReuseIndex,
    shingles: Vec<Shingles>,
    linked: Vec<Linked>,
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
            shingles: Vec::new(),
            linked: Vec::new(),
        }
    }

    /// Adds a document and gives its links.
    pub fn add(&mut self, document: Document, statements: Vec<Statement>) -> &Linked {
        self.everyone.learn_document(&statements);
        let sources = statements
            .iter()
            .map(|one| {
                mentions(one).map(|mention| self.everyone.source(mention, &document, &statements)).collect()
            })
            .collect();
        let claims = statements.iter().map(|statement| self.claim(&document, statement)).collect();
        let derived = self.derived(&document);
        let grounds = ground_links(&statements, grounds(&document));
        self.linked.push(Linked { document, statements, sources, claims, derived, grounds });
        self.linked.last().expect("one was pushed just now")
    }

    /// All documents in the order in which they came.
    pub fn linked(&self) -> &[Linked] {
        &self.linked
    }

    /// All claims, for a person to merge and split.
    pub fn claims_mut(&mut self) -> &mut Claims {
        &mut self.claims
    }

    /// All claims.
    pub fn claims(&self) -> &Claims {
        &self.claims
    }

    fn claim(&mut self, document: &Document, statement: &Statement) -> Option<ClaimLink> {
        // A question claims nothing.
        if statement.stance == Stance::Asks {
            return None;
        }
        let may_found = statement.manner != Manner::OwnVoice || self.options.own_voice_founds;
        let denies = statement.stance == Stance::Denies;
        let joined = self.claims.add(&document.words(&statement.content), denies, may_found, self.models)?;
        Some(ClaimLink { claim: joined.claim, for_it: joined.for_it, confidence: joined.confidence })
    }

    fn derived(&mut self, document: &Document) -> Vec<Derived> {
        let shingles = Shingles::of(&document.text);
        let prints = shingles.fingerprints();
        let candidates = self.reuse.candidates(&prints, SHARED_FINGERPRINTS);
        let derived = candidates
            .into_iter()
            .filter_map(|candidate| {
                let other = candidate.text as usize;
                let overlap = compare(&self.shingles[other], &shingles);
                let (original, sign) = direction(&self.linked[other].document, document, &overlap);
                (!overlap.passages.is_empty()).then_some(Derived { other, overlap, original, sign })
            })
            .collect();
        self.reuse.add(self.shingles.len() as u32, &prints);
        self.shingles.push(shingles);
        derived
    }
}

/// Grounds between spans as grounds between the statements that hold those spans best.
fn ground_links(statements: &[Statement], grounds: Vec<Ground>) -> Vec<GroundLink> {
    let shared = |statement: &Statement, span: Span| -> usize {
        let own = statement.content.iter().filter(|own| own.overlaps(span));
        own.map(|own| (own.end.min(span.end) - own.start.max(span.start)) as usize).sum()
    };
    // Shared bytes by all bytes of both, so that a quoted article is not taken for each of its sentences.
    let fit = |statement: &Statement, span: Span| -> usize {
        let own: usize = statement.content.iter().map(|span| span.len()).sum();
        2000 * shared(statement, span) / (own + span.len()).max(1)
    };
    let holder = |span: Span| -> Option<usize> {
        let best = (0..statements.len()).max_by_key(|&at| (fit(&statements[at], span), usize::MAX - at))?;
        // A third of the span, so that a statement that merely touches it is not taken for it.
        (shared(&statements[best], span) * 3 >= span.len()).then_some(best)
    };
    let mut links: Vec<GroundLink> = grounds
        .into_iter()
        .filter_map(|ground| {
            let (reason, conclusion) = (holder(ground.reason)?, holder(ground.conclusion)?);
            let link = GroundLink { reason, conclusion, kind: ground.kind, cue: ground.cue };
            (reason != conclusion).then_some(link)
        })
        .collect();
    links.dedup_by_key(|link| (link.reason, link.conclusion));
    links
}
