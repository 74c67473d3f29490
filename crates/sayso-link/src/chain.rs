//! From the statements of one document to links of chains: who says what, on whose word, and what was taken back.
//!
//! A statement of a page becomes a chain: the source's own words (which we do not hold, but for the page's own), a
//! link for each go-between, and the page's report of it, which we hold. What a link rests on by the page's own
//! account is fixed when the page is linked. That it was taken from somewhere else, from a page read before or after
//! it, is an [`Origin`] beside it, so that linking one more page never changes what is there.

use crate::derivation::Sign;
use crate::linker::{ClaimLink, GroundLink};
use crate::sources::SourceLink;
use sayso_record::{
    Block, BlockKind, Document, Manner, Mention, NoticeKind, SourceKind, Statement, StatementId,
};
use serde::Serialize;

/// A place in a chain: a statement, and how many steps it is from its source. 0 is the source itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct LinkId {
    /// The statement.
    pub statement: StatementId,
    /// Steps from the source.
    pub step: u8,
}

/// One link of a chain.
#[derive(Clone, Debug, PartialEq)]
pub struct ChainLink {
    /// Where it stands.
    pub id: LinkId,
    /// Who says so here.
    pub source: String,
    /// Whether nobody names that source.
    pub unnamed: bool,
    /// The claim, and the side.
    pub claim: ClaimLink,
    /// Whether we hold the text itself.
    pub held: bool,
    /// Whether it is the page's report, the last link of its chain.
    pub report: bool,
    /// Whether the page itself speaks: its author or its outlet.
    pub of_page: bool,
    /// On what it rests by the page's own account.
    pub basis: Basis,
}

/// On what a link rests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Basis {
    /// At first hand.
    First,
    /// On any one of these, each a list of what is needed together.
    Alternatives(Vec<Vec<LinkId>>),
}

/// Says that one link's words were taken from another. A link with origins rests on any one of them, and no longer on
/// its own basis.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// The link whose words were taken.
    pub of: LinkId,
    /// Where they were taken from.
    pub original: LinkId,
    /// How we know.
    pub known_by: OriginSign,
}

/// How the origin of words is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OriginSign {
    /// The link names an outlet as its source, and we hold that outlet's own page.
    Named,
    /// The same words stand in both; so many, and this sign tells which was first.
    Copied {
        /// How many words.
        words: u32,
        /// What tells the direction.
        sign: Sign,
    },
}

impl OriginSign {
    /// Whether the page states its origin itself. Where it does not, the origin is a suggestion.
    pub fn is_stated(self) -> bool {
        match self {
            OriginSign::Named => true,
            OriginSign::Copied { sign, .. } => sign.is_stated(),
        }
    }

    /// A clause for a person.
    pub fn because(self) -> String {
        match self {
            OriginSign::Named => "it is named as the source, and its own page was read".to_owned(),
            OriginSign::Copied { words, sign } => {
                format!("{words} words are the same, and {}", sign.because())
            }
        }
    }
}

/// The links of a statement's chain, from its source to the page.
pub(crate) fn chain(
    document: &Document,
    statements: &[Statement],
    place: usize,
    sources: &[SourceLink],
    claims: &[Option<ClaimLink>],
    grounds: &[GroundLink],
) -> Vec<ChainLink> {
    let statement = &statements[place];
    let Some(claim) = claims[place] else { return Vec::new() };
    let last = usize::from(report_of(document, statement).step);
    // The author's words are the page's, and so are those of the outlet that prints them; a reader's are not.
    let spoken = if ends_here(statement) { sources.len() - 1 } else { sources.len() };
    let page_from = if by_reader(statement) { usize::MAX } else { spoken };
    let link = |step: usize, by: &SourceLink, basis: Basis| ChainLink {
        id: LinkId { statement: statement.id, step: step.min(usize::from(u8::MAX)) as u8 },
        source: by.name.clone(),
        unnamed: by.unnamed,
        claim,
        held: step == last,
        report: step == last,
        of_page: step >= page_from,
        basis,
    };
    let first = reasons(document, statements, place, claims, grounds).unwrap_or(Basis::First);
    let before = |step: usize| {
        let before = LinkId { statement: statement.id, step: (step - 1).min(usize::from(u8::MAX)) as u8 };
        Basis::Alternatives(vec![vec![before]])
    };
    let mut speakers: Vec<SourceLink> = sources.to_vec();
    if !ends_here(statement) {
        speakers.push(SourceLink::author(document));
    }
    if speakers.len() == last {
        speakers.push(SourceLink::outlet(document));
    }
    debug_assert_eq!(speakers.len(), last + 1);
    let of_step = |(step, by): (usize, &SourceLink)| {
        let basis = if step == 0 { first.clone() } else { before(step) };
        link(step, by, basis)
    };
    speakers.iter().enumerate().map(of_step).collect()
}

/// The link that is the page's own report of a statement: its outlet's, or, where the page names none, its author's.
/// A reader's comment is reported by nobody but the reader.
pub(crate) fn report_of(document: &Document, statement: &Statement) -> LinkId {
    let own = statement.via.len() + usize::from(!ends_here(statement));
    let by_outlet = document.site.is_some() && !document.bylines.is_empty() && !by_reader(statement);
    let step = own + usize::from(by_outlet);
    LinkId { statement: statement.id, step: step.min(usize::from(u8::MAX)) as u8 }
}

/// Whether a reader of the page says so, or passes it on.
fn by_reader(statement: &Statement) -> bool {
    statement.via.last().unwrap_or(&statement.source).kind == SourceKind::Commenter
}

/// Whether the last one whom a statement names is the author of the page, or a reader who comments on it.
fn ends_here(statement: &Statement) -> bool {
    is_own(statement) || statement.via.last().is_some_and(stands_here)
}

/// The statements of the page that are given as reasons for one, each enough by itself.
fn reasons(
    document: &Document,
    statements: &[Statement],
    place: usize,
    claims: &[Option<ClaimLink>],
    grounds: &[GroundLink],
) -> Option<Basis> {
    let own = claims[place]?.claim;
    let reasons: Vec<Vec<LinkId>> = grounds
        .iter()
        .filter(|ground| ground.is_reason() && ground.conclusion == place)
        // A claim is no reason for itself.
        .filter(|ground| claims[ground.reason].is_some_and(|reason| reason.claim != own))
        .map(|ground| vec![report_of(document, &statements[ground.reason])])
        .collect();
    (!reasons.is_empty()).then_some(Basis::Alternatives(reasons))
}

/// Whether a go-between's words stand on the page itself: those of its author and of its readers.
fn stands_here(mention: &Mention) -> bool {
    matches!(mention.kind, SourceKind::Author | SourceKind::Commenter)
}

/// Whether the words are those of the page's author or of a commenter, so that we hold them at first hand.
pub fn is_own(statement: &Statement) -> bool {
    statement.manner == Manner::OwnVoice
        || (statement.via.is_empty()
            && matches!(statement.source.kind, SourceKind::Author | SourceKind::Commenter))
}

/// The page's own words, which its notices may take back: not those of its commenters, nor the notices themselves.
pub fn own_words<'a>(
    document: &'a Document,
    statements: &'a [Statement],
) -> impl Iterator<Item = &'a Statement> {
    let is_comment = |statement: &Statement| statement.source.kind == SourceKind::Commenter;
    let own = statements.iter().filter(move |statement| is_own(statement) && !is_comment(statement));
    own.filter(|statement| !in_notice(document, statement))
}

/// The notices in which a page takes its own words back, as places of blocks.
pub fn taking_back(document: &Document) -> Vec<usize> {
    let notices = document.blocks.iter().enumerate();
    notices.filter(|(_, block)| takes_back(block, &document.text)).map(|(at, _)| at).collect()
}

/// Whether a block is a notice in which the page takes its own words back. An update counts where it says so.
fn takes_back(block: &Block, text: &str) -> bool {
    let BlockKind::Notice { notice, .. } = &block.kind else { return false };
    let says_so = || {
        let words = block.span.of(text).to_lowercase();
        ["apologi", "retract", "take back", "was wrong", "were wrong", "i regret", "we regret"]
            .iter()
            .any(|sign| words.contains(sign))
    };
    match notice {
        NoticeKind::Apology | NoticeKind::Retraction => true,
        NoticeKind::Update | NoticeKind::Correction | NoticeKind::EditorsNote => says_so(),
        NoticeKind::Clarification => false,
    }
}

/// Whether a statement stands in one of the page's notices.
pub(crate) fn in_notice(document: &Document, statement: &Statement) -> bool {
    let notice = |block: &&Block| matches!(block.kind, BlockKind::Notice { .. });
    let inside = |block: &Block| statement.content.iter().any(|span| block.span.contains(*span));
    document.blocks.iter().filter(notice).any(inside)
}

/// Whether a sentence says that somebody should not have been believed.
pub(crate) fn loses_faith(sentence: &str) -> bool {
    let words = sentence.to_lowercase();
    let faith = ["faith", "trust", "believ", "relied", "rely", "taken the word", "credence", "repeated"];
    let not =
        ["should not have", "shouldn't have", "shouldn’t have", "wrong to", "regret", "no longer", "mistake"];
    not.iter().any(|sign| words.contains(sign)) && faith.iter().any(|sign| words.contains(sign))
}
