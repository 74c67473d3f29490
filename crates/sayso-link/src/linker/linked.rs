//! What linking a page gives: its links, grounds, withdrawals, and what is only suggested.

use crate::chain::{ChainLink, LinkId, Origin};
use crate::claims::ClaimNumber;
use crate::copies::CopyPair;
use crate::grounds::{Ground, GroundKind};
use crate::notice::taken_back;
use crate::sources::{AffiliationKind, Appearance, Reason, SourceLink, Why, affiliations, mentions};
use crate::words::Wordings;
use rustc_hash::FxHashMap;
use sayso_record::{Document, DocumentId, Span, Statement, StatementId};
use serde::Serialize;

/// A statement that joined its claim with less confidence than this may make it: it has no weight until a person confirms it.
pub const SURE_OF_CLAIM: f32 = 0.8;

/// All links of a document.
#[derive(Clone, Debug, Default)]
pub struct Linked {
    /// The name its outlet goes by.
    pub outlet: String,
    /// Who its own words are by.
    pub author: String,
    /// For each statement its source, then those who passed it on, nearest to the source first.
    pub sources: Vec<Vec<SourceLink>>,
    /// For each statement the claim that it makes or denies; none for own-voice sentences that join no claim.
    pub claims: Vec<Option<ClaimLink>>,
    /// Words that were kept, for later statements to be compared with.
    pub exemplars: Vec<Exemplar>,
    /// The links of all chains.
    pub links: Vec<ChainLink>,
    /// Where words were taken from: this document's, and those of earlier ones that turn out to have taken from it.
    pub origins: Vec<Origin>,
    /// Pages with which it shares words of their own, so that the one may be a copy of the other.
    pub copies: Vec<CopyPair>,
    /// Reasons and rival accounts between its statements.
    pub grounds: Vec<GroundLink>,
    /// Statements that the page takes back.
    pub withdrawn: Vec<Withdrawal>,
    /// What a person should decide.
    pub suggestions: Vec<Suggestion>,
    /// What is new of the roles and years in which people are heard, for [`Linker::remember_appearance`](crate::Linker::remember_appearance).
    pub appearances: Vec<Appearance>,
    /// For whom its sources speak: each source and organisation once.
    pub affiliations: Vec<SpeaksFor>,
    /// Fingerprints of its text, for [`Linker::remember_text`](crate::Linker::remember_text).
    pub fingerprints: Vec<u64>,
}

/// For whom a source speaks, or whose office it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeaksFor {
    /// The source.
    pub source: SourceLink,
    /// The organisation.
    pub organisation: String,
    /// The words of the page on which this rests.
    pub words: String,
}

/// The claim of a statement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClaimLink {
    /// The claim.
    pub claim: ClaimNumber,
    /// Whether it is for it.
    pub for_it: bool,
    /// How sure we are, 0 to 1.
    pub confidence: f32,
    /// Whether this statement founded the claim.
    pub founded: bool,
}

/// Words of a claim that later statements are compared with.
#[derive(Clone, Debug, PartialEq)]
pub struct Exemplar {
    /// Place of the statement whose words they are.
    pub statement: usize,
    /// The claim.
    pub claim: ClaimNumber,
    /// Whether the words are for it.
    pub for_it: bool,
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

impl GroundLink {
    pub(crate) fn is_reason(&self) -> bool {
        self.kind == GroundKind::Reason
    }
}

/// A statement that its own page takes back.
#[derive(Clone, Debug, PartialEq)]
pub struct Withdrawal {
    /// The statement.
    pub statement: StatementId,
    /// The words of the notice.
    pub because: String,
    /// The date of the notice, where it gives one.
    pub published: Option<String>,
}

/// Something that a person should decide.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Suggestion {
    /// What is suggested.
    pub what: Suggested,
    /// The words that made us suggest it.
    pub because: String,
    /// The document in which they stand.
    pub document: DocumentId,
    /// How sure we are, 0 to 1.
    pub confidence: f32,
}

/// What may be suggested.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Suggested {
    /// No longer to believe a source.
    Distrust {
        /// The source.
        source: String,
        /// The statements of the page that it makes.
        statements: Vec<StatementId>,
    },
    /// That words were taken from an earlier page, which the later one does not name.
    Origin {
        /// The later page's report.
        of: LinkId,
        /// The earlier page's.
        original: LinkId,
    },
    /// That a mention stands for a source whose name is written in another way.
    SameSource {
        /// Where it is mentioned.
        link: LinkId,
        /// What it is called there.
        written: String,
        /// The source.
        source: String,
    },
    /// That a statement makes the claim that others make in other words.
    SameClaim {
        /// The statement.
        statement: StatementId,
        /// The claim.
        claim: ClaimNumber,
    },
    /// That a notice of the page takes a statement back.
    Withdrawal {
        /// The statement.
        statement: StatementId,
    },
    /// That a statement calls the words of another unreliable, which do not stand while it does.
    Undercut {
        /// The statement that undercuts.
        by: StatementId,
        /// The statement that is undercut.
        undercuts: StatementId,
    },
}

impl Linked {
    /// For whom the sources of its chains speak. Who is only close to somebody does not speak for them.
    pub(super) fn affiliate(&mut self, document: &Document, statements: &[Statement]) {
        let place: FxHashMap<StatementId, usize> =
            statements.iter().enumerate().map(|(at, statement)| (statement.id, at)).collect();
        for found in affiliations(document, statements) {
            if found.kind == AffiliationKind::CloseTo {
                continue;
            }
            let source =
                place.get(&found.statement).and_then(|&at| self.sources[at].get(usize::from(found.step)));
            let Some(source) = source.filter(|source| source.name != found.organisation) else { continue };
            let known = self
                .affiliations
                .iter()
                .any(|one| one.source.name == source.name && one.organisation == found.organisation);
            if !known {
                let (source, organisation) = (source.clone(), found.organisation);
                let words = document.words(&found.words);
                self.affiliations.push(SpeaksFor { source, organisation, words });
            }
        }
    }

    /// The page's own words that its notices take back, those that they may take back, and whom they no longer trust.
    pub(super) fn take_back(
        &mut self,
        document: &Document,
        statements: &[Statement],
        notices: &[usize],
        wordings: &Wordings,
    ) {
        let back = taken_back(document, statements, document, wordings);
        self.withdrawn = back.withdrawn;
        let possible = back.possible.into_iter().map(|one| Suggestion {
            what: Suggested::Withdrawal { statement: one.statement },
            because: one.because,
            document: document.id,
            confidence: one.confidence,
        });
        self.suggestions.extend(possible);
        self.distrust(document, statements, notices);
    }

    /// Everything else in the links that rests on our judgement and not on what the page says.
    pub(super) fn suggest(&mut self, document: &Document, statements: &[Statement]) {
        let mut suggest = |what: Suggested, because: String, confidence: f32| {
            self.suggestions.push(Suggestion { what, because, document: document.id, confidence });
        };
        for origin in self.origins.iter().filter(|origin| !origin.known_by.is_stated()) {
            let what = Suggested::Origin { of: origin.of, original: origin.original };
            suggest(what, origin.known_by.because(), 0.7);
        }
        for (statement, links) in statements.iter().zip(&self.sources) {
            for (step, (link, mention)) in links.iter().zip(mentions(statement)).enumerate() {
                let Some((because, confidence)) = link.why.doubt() else { continue };
                let id = LinkId { statement: statement.id, step: step.min(usize::from(u8::MAX)) as u8 };
                let (written, source) = (mention.name.clone(), link.name.clone());
                suggest(Suggested::SameSource { link: id, written, source }, because.to_owned(), confidence);
            }
        }
        for (statement, link) in statements.iter().zip(&self.claims) {
            let Some(link) = link.filter(|link| !link.founded && link.confidence < SURE_OF_CLAIM) else {
                continue;
            };
            let what = Suggested::SameClaim { statement: statement.id, claim: link.claim };
            suggest(what, document.words(&statement.content), link.confidence);
        }
    }
}

impl Why {
    /// Where this is our judgement: the reason as a clause for a person, and how sure we are.
    fn doubt(self) -> Option<(&'static str, f32)> {
        match self {
            Why::Author | Why::Signed | Why::Described => None,
            Why::Introduced => Some(("the page names who is described so", 0.9)),
            Why::Holder => Some(("the page names the holder of the office", 0.9)),
            Why::HolderThen => Some(("a table names the holder of the office on the day of the page", 0.85)),
            Why::Name(Reason::Written | Reason::Document | Reason::Form) => None,
            Why::Name(Reason::MostHeard) => {
                Some(("nobody else of that surname is heard nearly as often", 0.85))
            }
            Why::Name(Reason::OtherName) => Some(("it is another name of the same place or body", 0.95)),
            Why::Name(Reason::Initials) => Some(("its letters are the initials of that name", 0.85)),
            Why::Name(Reason::Ledger) => Some(("it is the only known name that this can be short for", 0.8)),
        }
    }
}

/// Grounds between spans as grounds between the statements that hold those spans best.
pub(super) fn ground_links(statements: &[Statement], grounds: Vec<Ground>) -> Vec<GroundLink> {
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
