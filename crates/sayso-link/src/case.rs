//! From links to the case that is weighed: who says what, on whose word, and what was taken back.
//!
//! A statement of a page becomes a chain: the source's own words (which we do not hold, but for the page's own), a
//! link for each go-between, and the page's report of it, which we hold. Copies rest on their original, so that one
//! story in many copies has one origin.

use crate::derivation::{Original, passage_at};
use crate::grounds::GroundKind;
use crate::linker::{ClaimLink, Derived, Linked};
use crate::reuse::Passage;
use crate::sources::{Name, SourceLink, author, outlet};
use sayso_record::{Block, BlockKind, Manner, Mention, NoticeKind, SourceKind, Span, Statement};
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// A case in the form that `sayso-weigh` reads.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Case {
    /// Who said what, on whose word.
    pub statements: Vec<CaseStatement>,
    /// What is known of the sources.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sources: BTreeMap<String, CaseSource>,
    /// Statements that their own page took back.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub withdrawn: Vec<String>,
}

/// A statement of a case.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CaseStatement {
    /// Its name: the statement's id, with the place in the chain behind a slash.
    pub id: String,
    /// Who says so.
    pub source: String,
    /// The document in which we hold it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// What it speaks of.
    pub claim: String,
    /// `+` or `-`.
    pub polarity: char,
    /// Whether we have the text itself.
    pub held: bool,
    /// On what it rests.
    pub basis: Basis,
    /// When its page was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Its words.
    pub text: String,
}

/// On what a statement rests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Basis {
    /// At first hand.
    First,
    /// On any one of these, each a list of what is needed together.
    Alternatives(Vec<Vec<String>>),
}

impl Serialize for Basis {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Basis::First => serializer.serialize_str("first"),
            Basis::Alternatives(alternatives) => alternatives.serialize(serializer),
        }
    }
}

/// What is known of a source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CaseSource {
    /// Nobody names it.
    pub unnamed: bool,
}

/// Something that a person should decide.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Suggestion {
    /// What is suggested.
    pub what: Suggested,
    /// The words that made us suggest it.
    pub because: String,
    /// The document in which they stand.
    pub document: String,
}

/// What may be suggested.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Suggested {
    /// No longer to believe a source.
    Distrust {
        /// The source.
        source: String,
        /// The statements of the page that say so on its word, as the chains' first links.
        statements: Vec<String>,
    },
    /// That a statement rests on an earlier page, which it does not name.
    Basis {
        /// The later page's report.
        statement: String,
        /// The earlier page's.
        original: String,
    },
}

/// The case that some documents make, and what a person should decide about it.
pub fn case(linked: &[Linked], claim_name: impl Fn(u32) -> u32) -> (Case, Vec<Suggestion>) {
    let mut builder = CaseBuilder { linked, case: Case::default(), suggestions: Vec::new() };
    for at in 0..linked.len() {
        builder.add(at, &claim_name);
    }
    (builder.case, builder.suggestions)
}

struct CaseBuilder<'a> {
    linked: &'a [Linked],
    case: Case,
    suggestions: Vec<Suggestion>,
}

impl<'a> CaseBuilder<'a> {
    fn add(&mut self, at: usize, claim_name: &impl Fn(u32) -> u32) {
        let linked = &self.linked[at];
        let takes_back = linked.document.blocks.iter().any(|block| takes_back(block, &linked.document.text));
        for (place, statement) in linked.statements.iter().enumerate() {
            let Some(claim) = linked.claims[place] else { continue };
            let named = format!("c{}", claim_name(claim.claim));
            self.chain(at, place, statement, claim, &named);
            if takes_back && is_own(statement) && !in_notice(linked, statement) {
                self.case.withdrawn.push(statement.id.short());
            }
        }
        self.distrust(linked);
    }

    /// Adds a statement's chain: source, go-betweens, page.
    fn chain(&mut self, at: usize, place: usize, statement: &Statement, claim: ClaimLink, named: &str) {
        let linked = &self.linked[at];
        let id = statement.id.short();
        let polarity = if claim.for_it { '+' } else { '-' };
        let text = linked.document.words(&statement.content);
        let published = linked.document.published.as_ref().map(|stamp| stamp.at.clone());
        let own = is_own(statement);
        let node = |id: String, source: &str, held: bool, basis: Basis| CaseStatement {
            id,
            source: source.to_owned(),
            document: held.then(|| linked.document.id.short()),
            claim: named.to_owned(),
            polarity,
            held,
            basis,
            published: published.clone(),
            text: text.clone(),
        };
        let links = &linked.sources[place];
        links.iter().for_each(|link| self.know(link));
        let reported = self.copied_from(at, place);
        let first = self.grounds_of(linked, place).unwrap_or(Basis::First);
        if own {
            self.case.statements.push(node(id, &links[0].name, true, reported.unwrap_or(first)));
            return;
        }
        let mut last = id.clone();
        if reported.is_none() {
            let basis = self.page_of(at, &links[0], claim).unwrap_or(first);
            self.case.statements.push(node(id.clone(), &links[0].name, false, basis));
            for (step, link) in links[1..].iter().enumerate() {
                let basis = self.page_of(at, link, claim);
                let basis = basis.unwrap_or_else(|| Basis::Alternatives(vec![vec![last.clone()]]));
                last = format!("{id}/{}", step + 1);
                let held = step + 1 == statement.via.len() && stands_here(&statement.via[step]);
                self.case.statements.push(node(last.clone(), &link.name, held, basis));
            }
            if last == report_name(statement) {
                return;
            }
        }
        let basis = reported.unwrap_or(Basis::Alternatives(vec![vec![last]]));
        let reporter = links.last().filter(|_| statement.via.last().is_some_and(stands_here));
        let reporter = reporter.map_or_else(|| author(&linked.document), |link| link.name.clone());
        self.case.statements.push(node(report_name(statement), &reporter, true, basis));
    }

    fn know(&mut self, link: &SourceLink) {
        if link.unnamed {
            self.case.sources.insert(link.name.clone(), CaseSource { unnamed: true });
        }
    }

    /// Where another page is the original of a copied passage: its report of the statement that stands there.
    fn copied_from(&mut self, at: usize, place: usize) -> Option<Basis> {
        let statement = &self.linked[at].statements[place];
        let span = *statement.content.first()?;
        let mut alternatives = Vec::new();
        for (other, overlap_first, derived) in self.originals(at) {
            let copy_side = |passage: &Passage| if overlap_first { passage.b } else { passage.a };
            let Some(passage) = passage_at(&derived.overlap.passages, span, copy_side) else { continue };
            let there = if overlap_first { passage.a } else { passage.b };
            let Some(original) = self.report_in(other, there, place, at) else { continue };
            if !derived.sign.is_stated() {
                let statement = report_name(statement);
                let what = Suggested::Basis { statement, original: original.clone() };
                let because = format!("{} words are the same, and it was published later", passage.words);
                let document = self.linked[at].document.id.short();
                self.suggestions.push(Suggestion { what, because, document });
            }
            alternatives.push(vec![original]);
        }
        (!alternatives.is_empty()).then_some(Basis::Alternatives(alternatives))
    }

    /// The documents from which one took passages: their places, whether they are the overlap's first side, the
    /// overlap.
    fn originals(&self, at: usize) -> Vec<(usize, bool, &'a Derived)> {
        let linked: &'a [Linked] = self.linked;
        let before = linked[at].derived.iter().filter(|derived| derived.original == Original::First);
        let after = linked.iter().enumerate().skip(at + 1).flat_map(|(later, linked)| {
            let here = linked.derived.iter();
            here.filter(|derived| derived.other == at && derived.original == Original::Second)
                .map(move |d| (later, d))
        });
        before
            .map(|derived| (derived.other, true, derived))
            .chain(after.map(|(later, d)| (later, false, d)))
            .collect()
    }

    /// The report, in a document, of the statement with the same claim in or around a passage.
    fn report_in(&self, document: usize, passage: Span, place: usize, at: usize) -> Option<String> {
        let claim = self.linked[at].claims[place]?.claim;
        let original = &self.linked[document];
        let same = |found: usize| original.claims[found].is_some_and(|link| link.claim == claim);
        let inside =
            |found: usize| original.statements[found].content.iter().any(|span| span.overlaps(passage));
        let found = (0..original.statements.len()).find(|&found| same(found) && inside(found))?;
        Some(report_name(&original.statements[found]))
    }

    /// Where a source is an outlet whose own page we hold: that page's report of the same claim.
    fn page_of(&self, at: usize, link: &SourceLink, claim: ClaimLink) -> Option<Basis> {
        let wanted = Name::of(&link.name).key();
        let reports = self.linked.iter().enumerate().filter(|(other, linked)| {
            let same = |name: String| Name::of(&name).key() == wanted;
            *other != at && (same(outlet(&linked.document)) || same(author(&linked.document)))
        });
        let found: Vec<Vec<String>> = reports
            .filter_map(|(_, linked)| {
                let same = |place: &usize| {
                    linked.claims[*place]
                        .is_some_and(|own| own.claim == claim.claim && own.for_it == claim.for_it)
                };
                let place = (0..linked.statements.len()).find(same)?;
                Some(vec![report_name(&linked.statements[place])])
            })
            .collect();
        (!found.is_empty()).then_some(Basis::Alternatives(found))
    }

    /// The claims that are given as reasons for a statement, each enough by itself.
    fn grounds_of(&self, linked: &Linked, place: usize) -> Option<Basis> {
        let own = linked.claims[place]?.claim;
        let reasons: Vec<Vec<String>> = linked
            .grounds
            .iter()
            .filter(|ground| ground.kind == GroundKind::Reason && ground.conclusion == place)
            // A claim is no reason for itself.
            .filter(|ground| linked.claims[ground.reason].is_some_and(|reason| reason.claim != own))
            .map(|ground| vec![report_name(&linked.statements[ground.reason])])
            .collect();
        (!reasons.is_empty()).then_some(Basis::Alternatives(reasons))
    }

    /// Where a notice takes back the faith that the page put in a source it quotes.
    fn distrust(&mut self, linked: &Linked) {
        let document = &linked.document;
        for block in document.blocks.iter().filter(|block| takes_back(block, &document.text)) {
            for sentence in crate::grounds::sentences(&document.text, block.span) {
                let words = sentence.of(&document.text);
                if !loses_faith(words) {
                    continue;
                }
                let mut found: BTreeMap<&str, Vec<String>> = BTreeMap::new();
                for (place, statement) in linked.statements.iter().enumerate() {
                    for link in linked.sources[place]
                        .iter()
                        .filter(|link| !link.unnamed && words.contains(&link.name))
                    {
                        if !is_own(statement) {
                            found.entry(&link.name).or_default().push(statement.id.short());
                        }
                    }
                }
                for (source, statements) in found {
                    let what = Suggested::Distrust { source: source.to_owned(), statements };
                    let because = words.to_owned();
                    self.suggestions.push(Suggestion { what, because, document: document.id.short() });
                }
            }
        }
    }
}

/// The name of a page's own report of a statement.
fn report_name(statement: &Statement) -> String {
    let id = statement.id.short();
    match statement.via.last() {
        _ if is_own(statement) => id,
        Some(last) if stands_here(last) => format!("{id}/{}", statement.via.len()),
        _ => format!("{id}/page"),
    }
}

/// Whether a go-between's words stand on the page itself: those of its author and of its readers.
fn stands_here(mention: &Mention) -> bool {
    matches!(mention.kind, SourceKind::Author | SourceKind::Commenter)
}

/// Whether the words are those of the page's author or of a commenter, so that we hold them at first hand.
fn is_own(statement: &Statement) -> bool {
    statement.manner == Manner::OwnVoice
        || (statement.via.is_empty()
            && matches!(statement.source.kind, SourceKind::Author | SourceKind::Commenter))
}

fn in_notice(linked: &Linked, statement: &Statement) -> bool {
    let notice = |block: &&Block| matches!(block.kind, BlockKind::Notice { .. });
    let inside = |block: &Block| statement.content.iter().any(|span| block.span.contains(*span));
    linked.document.blocks.iter().filter(notice).any(inside)
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

/// Whether a sentence says that somebody should not have been believed.
fn loses_faith(sentence: &str) -> bool {
    let words = sentence.to_lowercase();
    let faith = ["faith", "trust", "believ", "relied", "rely", "taken the word", "credence", "repeated"];
    let not =
        ["should not have", "shouldn't have", "shouldn’t have", "wrong to", "regret", "no longer", "mistake"];
    not.iter().any(|sign| words.contains(sign)) && faith.iter().any(|sign| words.contains(sign))
}
