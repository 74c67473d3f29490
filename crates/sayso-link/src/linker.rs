//! Links documents as they come in: each to the sources, claims and documents that are known already.

use crate::Models;
use crate::chain::{ChainLink, LinkId, Origin, chain, in_notice, taking_back};
use crate::claims::{ClaimNumber, Claims, JoinBy, Joined};
use crate::copies::CopyPair;
use crate::grounds::{Ground, GroundKind, grounds};
use crate::notice::taken_back;
use crate::reuse::{ReuseIndex, Shingles};
use crate::sources::{Appearance, Everyone, Reason, SourceLink, Why, author, mentions, outlet};
use crate::words::Wordings;
use rustc_hash::{FxHashMap, FxHashSet};
use sayso_record::{BlockKind, Document, DocumentId, Manner, Span, Stance, Statement, StatementId};
use serde::Serialize;
use std::sync::Arc;

/// So many pages that were compared are kept at hand.
const RECENT: usize = 512;
/// A statement that joined its claim with less confidence than this may make it: it has no weight until a person confirms it.
pub const SURE_OF_CLAIM: f32 = 0.8;

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

/// What was linked before, as far as a new document needs it. The linker itself keeps no documents.
pub trait Known {
    /// Why it could not be looked up.
    type Error;

    /// A page by the number under which it was linked.
    fn page(&self, number: u32) -> Result<Page, Self::Error>;

    /// The links of one side of a claim in which a page itself speaks, where its author or outlet has this
    /// [key](crate::sources::Name::key): the first of each page.
    fn reports(&self, claim: ClaimNumber, for_it: bool, key: &str) -> Result<Vec<LinkId>, Self::Error>;

    /// What was said in a link, and on which page; none where it is no longer known.
    fn told(&self, link: LinkId) -> Result<Option<ToldLink>, Self::Error>;

    /// The links of one side of a claim in which somebody with this key speaks on another's page.
    fn relays(&self, claim: ClaimNumber, for_it: bool, key: &str) -> Result<Vec<LinkId>, Self::Error>;
}

/// What was said in a link of a page that was linked before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldLink {
    /// The words of its statement.
    pub words: String,
    /// When the page was published, as it says.
    pub published: Option<String>,
}

/// A page that was linked before.
#[derive(Clone, Debug)]
pub struct Page {
    /// The document.
    pub document: Document,
    /// Its statements.
    pub statements: Vec<Statement>,
    /// The claim of each.
    pub claims: Vec<Option<ClaimNumber>>,
}

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
    /// What is new of the roles and years in which people are heard, for [`Linker::remember_appearance`].
    pub appearances: Vec<Appearance>,
    /// Fingerprints of its text, for [`Linker::remember_text`].
    pub fingerprints: Vec<u64>,
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

/// The pages that were compared last: copies come in flocks.
#[derive(Debug, Default)]
pub(crate) struct Recent {
    pages: FxHashMap<u32, (Arc<(Page, Shingles)>, u64)>,
    turn: u64,
}

impl Recent {
    pub(crate) fn page<K: Known>(
        &mut self,
        number: u32,
        known: &K,
    ) -> Result<Arc<(Page, Shingles)>, K::Error> {
        self.turn += 1;
        if let Some((page, last)) = self.pages.get_mut(&number) {
            *last = self.turn;
            return Ok(Arc::clone(page));
        }
        let page = known.page(number)?;
        let shingles = Shingles::of(&page.document.text);
        let page = Arc::new((page, shingles));
        self.keep(number, Arc::clone(&page));
        Ok(page)
    }

    fn keep(&mut self, number: u32, page: Arc<(Page, Shingles)>) {
        if self.pages.len() >= RECENT {
            // Half at once, so that this is rare.
            let mut turns: Vec<u64> = self.pages.values().map(|(_, last)| *last).collect();
            let (_, &mut middle, _) = turns.select_nth_unstable(RECENT / 2);
            self.pages.retain(|_, (_, last)| *last > middle);
        }
        self.pages.insert(number, (page, self.turn));
    }
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

/// Whether what somebody denies is a clause and no thing: "that the pier was sold", "he was there", "the claim that ...";
/// and not "a rule that counts no votes", "remarks about the mayor".
fn is_denied_clause(words: &str) -> bool {
    const CLAUSES: &[&str] = &[
        "accusation",
        "accusations",
        "allegation",
        "allegations",
        "charge",
        "charges",
        "claim",
        "claims",
        "idea",
        "notion",
        "report",
        "reports",
        "rumours",
        "rumors",
        "suggestion",
        "suggestions",
    ];
    const AUXILIARIES: &[&str] =
        &["are", "can", "could", "did", "does", "had", "has", "have", "is", "was", "were", "will", "would"];
    let lower = words.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(8).collect();
    let that = words.iter().position(|word| *word == "that");
    that == Some(0)
        || that.is_some_and(|that| CLAUSES.contains(&words[that - 1]))
        || words.iter().skip(1).take(4).any(|word| AUXILIARIES.contains(word))
}

impl Linked {
    /// The page's own words that its notices take back, those that they may take back, and whom they no longer trust.
    fn take_back(
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
    fn suggest(&mut self, document: &Document, statements: &[Statement]) {
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
