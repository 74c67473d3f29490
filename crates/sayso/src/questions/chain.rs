//! One chain followed down to its origins, across documents, with why each link stands or does not.

use crate::questions::claim::{Because, PageOf, Speaker, Telling};
use crate::questions::title::title;
use crate::time::AsOf;
use crate::weighing::cone::{Cone, bases};
use crate::weighing::decisions::Decisions;
use crate::{Desk, LedgerError};
use sayso_ledger::{ClaimKey, Ledger, Link, NodeKey};
use sayso_record::{ClaimId, Manner, Stance, StatementId, SuggestionId};
use sayso_weigh::{Standing, Truth, Weighing};
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// A statement's chain, down to the origins.
#[derive(Clone, Debug, Serialize)]
pub struct ChainAnswer {
    /// The statement.
    pub statement: StatementId,
    /// Its words.
    pub words: String,
    /// How its source stands to them.
    pub stance: Stance,
    /// How they are rendered.
    pub manner: Manner,
    /// The words that tell that somebody speaks.
    pub cue: String,
    /// How sure the reader is of it, 0 to 1.
    pub confidence: f32,
    /// The claim that it makes.
    pub claim: ClaimId,
    /// The words that founded that claim.
    pub claim_words: String,
    /// The claim's title: who said so first, and what, as a sentence.
    pub claim_title: String,
    /// Whether it is for the claim.
    pub for_it: bool,
    /// That claim's standing.
    pub standing: Standing,
    /// Whether the page's report of the statement stands.
    pub stands: Truth,
    /// Where it stands.
    pub page: PageOf,
    /// Every link that it hangs on. The first is the page's report; the others are named by their place in this list.
    pub links: Vec<ChainLink>,
}

/// A link of a chain, with what it rests on.
#[derive(Clone, Debug, Serialize)]
pub struct ChainLink {
    /// Who says so.
    pub source: Speaker,
    /// In which statement.
    pub statement: StatementId,
    /// How many steps it is from the source of that statement.
    pub step: u8,
    /// In which document.
    pub page: PageOf,
    /// The words of the statement.
    pub words: String,
    /// Whether we hold the text itself.
    pub held: bool,
    /// Whether it stands.
    pub stands: Truth,
    /// Why, or why not.
    pub why: WhyLink,
    /// What it rests on: any one of these, each a list of links that are needed together.
    pub rests_on: Vec<Vec<Need>>,
}

/// A link on which another rests.
#[derive(Clone, Debug, Serialize)]
pub struct Need {
    /// Its place in the list of links.
    pub link: usize,
    /// How we know, where the words were taken from another statement; empty where the page says so.
    pub because: String,
    /// The suggestion that they were, where the page does not say so itself. A person may reject it.
    pub suggestion: Option<SuggestionId>,
}

/// Why a link stands, or does not.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum WhyLink {
    /// It stands: said at first hand.
    FirstHand,
    /// It stands on what it rests on.
    Rests,
    /// It does not stand: it was not there yet.
    NotYet,
    /// It does not stand: acts took it away.
    TakenAway {
        /// Which.
        acts: Vec<Because>,
    },
    /// It does not stand: nothing is known on which it rests.
    NoGround,
    /// It does not stand: nothing on which it rests does.
    NothingBelow,
    /// It does not stand: it rests on itself alone, by however many hands.
    Loop,
    /// It is open: it hangs on statements that undercut each other.
    Open,
}

impl Desk {
    /// A statement's chain as of a time. Nothing where there is no such statement, or it was not there then.
    pub fn chain(&self, id: StatementId, as_of: AsOf) -> Result<Option<ChainAnswer>, LedgerError> {
        let (Some(ledger), Some(decisions)) = (&self.ledger, self.decisions(as_of)?) else { return Ok(None) };
        let links = ledger.links_of_statement(id, as_of.known_by)?;
        let Some(report) = links.last().filter(|link| link.report) else { return Ok(None) };
        let claim = decisions.claim_of(report);
        let cone = Cone::below(ledger, &decisions, [claim], as_of)?;
        let weighing = Weighing::new(&cone.graph, as_of.moment());
        let Some(number) = cone.place(report.node).filter(|&number| weighing.is_present(number)) else {
            return Ok(None);
        };
        let telling = Telling::new(ledger, &decisions, &cone, &weighing, as_of);
        Following { ledger, decisions: &decisions, cone: &cone, weighing: &weighing, telling }
            .follow(claim, number)
    }
}

struct Following<'a> {
    ledger: &'a Ledger,
    decisions: &'a Decisions,
    cone: &'a Cone,
    weighing: &'a Weighing<'a>,
    telling: Telling<'a>,
}

impl Following<'_> {
    fn follow(mut self, claim: ClaimKey, report: u32) -> Result<Option<ChainAnswer>, LedgerError> {
        let link = &self.cone.links[report as usize];
        let id = link.place.statement;
        let (Some(statement), Some(stored)) = (self.ledger.statement(id)?, self.ledger.claim(claim)?) else {
            return Ok(None);
        };
        let number = self.cone.claims.number(claim).expect("the root of a cone is numbered");
        let document = self.telling.page(link.document)?;
        let (words, cue) = (document.words(&statement.content), document.words(&statement.cue));
        let page = PageOf::of(document);
        // Breadth first, so that what is nearest is told first.
        let mut order = vec![report];
        let mut places: HashMap<u32, usize> = HashMap::from([(report, 0)]);
        let mut at = 0;
        while at < order.len() {
            for need in self.below(&self.cone.links[order[at] as usize]).into_iter().flatten() {
                if let Some(need) = self.cone.place(need) {
                    places.entry(need).or_insert_with(|| {
                        order.push(need);
                        order.len() - 1
                    });
                }
            }
            at += 1;
        }
        let links = order.iter().map(|&number| self.link(number, &places)).collect::<Result<_, _>>()?;
        Ok(Some(ChainAnswer {
            statement: id,
            words,
            stance: statement.stance,
            manner: statement.manner,
            cue,
            confidence: statement.confidence,
            claim: stored.id,
            claim_title: title(self.ledger, self.decisions, &stored)?,
            claim_words: stored.words,
            for_it: link.for_it,
            standing: self.weighing.weight(number).standing,
            stands: self.weighing.statement(report),
            page,
            links,
        }))
    }

    fn below(&self, link: &Link) -> Vec<Vec<NodeKey>> {
        bases(self.decisions, link, |node| self.cone.place(node).is_some())
    }

    fn link(&mut self, number: u32, places: &HashMap<u32, usize>) -> Result<ChainLink, LedgerError> {
        let link = &self.cone.links[number as usize];
        let need = |node: &NodeKey| -> Option<Need> {
            let origin = link.origins.iter().find(|origin| origin.original == *node);
            Some(Need {
                link: *places.get(&self.cone.place(*node)?)?,
                because: origin.map(|origin| origin.because.clone()).unwrap_or_default(),
                suggestion: origin.and_then(|origin| origin.suggestion),
            })
        };
        let rests_on = self.below(link).iter().map(|needs| needs.iter().filter_map(need).collect()).collect();
        let source = self.cone.sources.number(self.decisions.source_of(link)).expect("it was arranged");
        let why = self.why(number)?;
        let statement = self.ledger.statement(link.place.statement)?;
        let document = self.telling.page(link.document)?;
        Ok(ChainLink {
            source: self.cone.speaker(source),
            statement: link.place.statement,
            step: link.place.step,
            page: PageOf::of(document),
            words: statement.map(|statement| document.words(&statement.content)).unwrap_or_default(),
            held: link.held,
            stands: self.weighing.statement(number),
            why,
            rests_on,
        })
    }

    fn why(&self, number: u32) -> Result<WhyLink, LedgerError> {
        let link = &self.cone.links[number as usize];
        let is_first_hand = link.first && self.below(link).is_empty();
        Ok(match self.weighing.statement(number) {
            Truth::True if is_first_hand => WhyLink::FirstHand,
            Truth::True => WhyLink::Rests,
            Truth::Undefined => WhyLink::Open,
            Truth::False => match self.blocked(number)? {
                Some(why) => why,
                None if self.is_loop(number)? => WhyLink::Loop,
                None => WhyLink::NothingBelow,
            },
        })
    }

    /// Why a link cannot stand whatever becomes of what it rests on.
    fn blocked(&self, number: u32) -> Result<Option<WhyLink>, LedgerError> {
        if !self.weighing.is_present(number) {
            return Ok(Some(WhyLink::NotYet));
        }
        let acts = self.telling.against(number)?;
        if !acts.is_empty() {
            return Ok(Some(WhyLink::TakenAway { acts }));
        }
        let link = &self.cone.links[number as usize];
        Ok((!link.first && self.below(link).is_empty()).then_some(WhyLink::NoGround))
    }

    /// Whether nothing below a link that does not stand is blocked: then all of it rests on itself.
    fn is_loop(&self, number: u32) -> Result<bool, LedgerError> {
        let mut seen: HashSet<u32> = HashSet::from([number]);
        let mut waiting = vec![number];
        while let Some(number) = waiting.pop() {
            for node in self.below(&self.cone.links[number as usize]).into_iter().flatten() {
                let Some(need) = self.cone.place(node) else { return Ok(false) };
                if self.weighing.statement(need).is_false() && seen.insert(need) {
                    if self.blocked(need)?.is_some() {
                        return Ok(false);
                    }
                    waiting.push(need);
                }
            }
        }
        Ok(true)
    }
}
