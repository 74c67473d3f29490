//! Passages that a page shares with pages linked before: which was taken from which, and which pages may be copies.

use crate::chain::{Origin, OriginSign, report_of};
use crate::claims::ClaimNumber;
use crate::derivation::{Original, Sign, direction, passage_at};
use crate::linker::{Known, Linked, Linker};
use crate::quoted::{Voices, is_third_partys};
use crate::reuse::{Passage, Shingles, compare};
use sayso_record::{Document, DocumentId, Span, Statement};

/// The least number of shared fingerprints that makes two documents worth comparing.
const SHARED_FINGERPRINTS: u32 = 2;
/// So many documents are compared with a new one at most. A story that stands in more pages than that has its first
/// copies among them.
const COMPARED: usize = 16;
/// Pages that share so many words of their own share their quotations too because the one is a copy.
const COPIED_WORDS: u32 = 60;

/// Two pages that share words which are no third party's, so that they may be copies. Whichever came first, they are
/// not two origins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyPair {
    /// The page that was linked before.
    pub document_a: DocumentId,
    /// The page that was just linked.
    pub document_b: DocumentId,
    /// The one that was first, where something tells; then [`Linked::origins`] has what was taken.
    pub first: Option<DocumentId>,
    /// How many words are the same.
    pub words: u32,
    /// The shared passages: where each stands in the one page, and where in the other.
    pub passages: Vec<(Span, Span)>,
}

/// One side of an overlap.
struct Side<'a> {
    text: &'a Document,
    statements: &'a [Statement],
    claims: &'a [Option<ClaimNumber>],
}

impl Linker<'_> {
    /// Where the same words stand in documents that were linked before.
    pub(crate) fn copied_origins<K: Known>(
        &mut self,
        number: u32,
        document: &Document,
        statements: &[Statement],
        linked: &mut Linked,
        known: &K,
    ) -> Result<(), K::Error> {
        let mut candidates = self.reuse.candidates(&linked.fingerprints, SHARED_FINGERPRINTS);
        candidates.retain(|candidate| candidate.text != number);
        candidates.sort_by_key(|candidate| (std::cmp::Reverse(candidate.shared), candidate.text));
        candidates.truncate(COMPARED);
        if candidates.is_empty() {
            return Ok(());
        }
        let own: Vec<Option<ClaimNumber>> =
            linked.claims.iter().map(|link| link.map(|link| link.claim)).collect();
        let here = Side { text: document, statements, claims: &own };
        let shingles = Shingles::of(&document.text);
        for candidate in candidates {
            let other = self.recent.page(candidate.text, known)?;
            let (other, other_shingles) = &*other;
            let there = Side { text: &other.document, statements: &other.statements, claims: &other.claims };
            // A revision of a page is no copy of it by somebody else.
            if there.text.url.is_some() && there.text.url == here.text.url {
                continue;
            }
            let overlap = compare(other_shingles, &shingles);
            let (original, sign) = direction(&other.document, document, &overlap);
            let passages = taken(&there, &here, overlap.passages, sign);
            if passages.is_empty() {
                continue;
            }
            let sign = |passage: &Passage| OriginSign::Copied { words: passage.words, sign };
            let first = match original {
                Original::First => {
                    copied(&here, &there, &passages, |p| p.b, |p| p.a, sign, &mut linked.origins);
                    Some(there.text.id)
                }
                Original::Second => {
                    copied(&there, &here, &passages, |p| p.a, |p| p.b, sign, &mut linked.origins);
                    Some(here.text.id)
                }
                Original::Unknown => None,
            };
            linked.copies.push(CopyPair {
                document_a: there.text.id,
                document_b: here.text.id,
                first,
                words: passages.iter().map(|passage| passage.words).sum(),
                passages: passages.iter().map(|passage| (passage.a, passage.b)).collect(),
            });
        }
        Ok(())
    }
}

/// The shared passages that tell of copying: not those that are a third party's words, unless a page says that it
/// quotes the other, or the pages share much else.
fn taken(a: &Side, b: &Side, passages: Vec<Passage>, sign: Sign) -> Vec<Passage> {
    // An outlet that prints a quotation once more took it from its own page.
    let same_outlet = a.text.site.is_some() && a.text.site == b.text.site;
    if same_outlet || matches!(sign, Sign::QuotationLink | Sign::LeadIn) {
        return passages;
    }
    let voices_a = Voices::of(a.text, a.statements, b.text);
    let voices_b = Voices::of(b.text, b.statements, a.text);
    let own: Vec<Passage> =
        passages.iter().copied().filter(|one| !is_third_partys(one, &voices_a, &voices_b)).collect();
    let words: u32 = own.iter().map(|passage| passage.words).sum();
    if words >= COPIED_WORDS { passages } else { own }
}

/// For each statement of a copy that stands in a shared passage, the report in the original of the same claim.
fn copied(
    copy: &Side,
    original: &Side,
    passages: &[Passage],
    of_copy: impl Fn(&Passage) -> Span,
    of_original: impl Fn(&Passage) -> Span,
    sign: impl Fn(&Passage) -> OriginSign,
    origins: &mut Vec<Origin>,
) {
    for (statement, claim) in copy.statements.iter().zip(copy.claims) {
        let (Some(span), Some(claim)) = (statement.content.first(), claim) else { continue };
        let Some(passage) = passage_at(passages, *span, &of_copy) else { continue };
        let there = of_original(&passage);
        let found = original.statements.iter().zip(original.claims).find(|(other, other_claim)| {
            **other_claim == Some(*claim) && other.content.iter().any(|span| span.overlaps(there))
        });
        if let Some((other, _)) = found {
            let (of, original) = (report_of(copy.text, statement), report_of(original.text, other));
            origins.push(Origin { of, original, known_by: sign(&passage) });
        }
    }
}
