//! Checking a ledger against itself: the database, the chain of the log, every content hash, and the standings.

use crate::time::AsOf;
use crate::weighing::cone::Cone;
use crate::weighing::decisions::Decisions;
use crate::weighing::weights::stored;
use crate::{Desk, LedgerError};
use sayso_ledger::{ClaimKey, DocumentKey, Ledger, StoredWeight};
use sayso_record::{Act, ActId};
use sayso_weigh::Weighing;
use serde::Serialize;
use std::fmt;

/// So many claims are weighed anew where not all are wanted, spread evenly over the ledger.
const SAMPLE: usize = 1_000;
/// So many claims are weighed in one cone.
const AT_ONCE: usize = 512;

/// What is being checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The database itself.
    Database,
    /// What each transaction added, in whatever table.
    Additions,
    /// The log of acts.
    Log,
    /// Documents and their statements.
    Documents,
    /// What claims weigh.
    Standings,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Part::Database => "the database",
            Part::Additions => "what was added",
            Part::Log => "the log",
            Part::Documents => "documents and statements",
            Part::Standings => "standings",
        })
    }
}

/// Something in a ledger that contradicts itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Contradiction {
    /// Where.
    pub part: Part,
    /// What.
    pub what: String,
}

/// What was checked, and what was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Transactions of which it was checked that what they added is as they added it.
    pub additions: usize,
    /// Acts whose place in the chain was checked.
    pub acts: usize,
    /// Documents whose content was hashed.
    pub documents: usize,
    /// Statements of all readings whose content was hashed.
    pub statements: usize,
    /// Claims that were weighed anew.
    pub claims: usize,
    /// Claims that there are.
    pub claims_held: usize,
    /// Everything that is wrong; empty where the ledger is whole.
    pub faults: Vec<Contradiction>,
}

impl Verdict {
    fn fault(&mut self, part: Part, what: impl Into<String>) {
        self.faults.push(Contradiction { part, what: what.into() });
    }
}

impl Desk {
    /// Checks the ledger: SQLite's own check, that every row is as it was added, the chain of the log, the hash of every
    /// document and statement, and that claims weigh what is stored (some of them). Where it goes `deep`, all claims are
    /// weighed anew, and who is heard is counted anew. `progress` is told the part, how much of it is done, and how much
    /// there is.
    pub fn verify(
        &self,
        deep: bool,
        progress: &mut dyn FnMut(Part, usize, usize),
    ) -> Result<Verdict, LedgerError> {
        let Some(ledger) = &self.ledger else { return Ok(Verdict::default()) };
        // What somebody adds meanwhile would look as if no transaction had added it.
        ledger.at_one_moment(|ledger| verify(ledger, deep, progress))
    }
}

fn verify(
    ledger: &Ledger,
    deep: bool,
    progress: &mut dyn FnMut(Part, usize, usize),
) -> Result<Verdict, LedgerError> {
    let mut verdict = Verdict::default();
    progress(Part::Database, 0, 1);
    for fault in ledger.database_faults()?.into_iter().chain(ledger.schema_faults()?) {
        verdict.fault(Part::Database, fault);
    }
    for fault in ledger.addition_faults(&mut |done, of| progress(Part::Additions, done, of))? {
        verdict.fault(Part::Additions, fault);
    }
    for fault in ledger.derived_faults(deep)? {
        verdict.fault(Part::Additions, fault);
    }
    verdict.additions = ledger.head()?.additions as usize;
    log(ledger, &mut verdict, progress);
    steps(ledger, &mut verdict);
    documents(ledger, &mut verdict, progress)?;
    standings(ledger, deep, &mut verdict, progress)?;
    Ok(verdict)
}

fn log(ledger: &Ledger, verdict: &mut Verdict, progress: &mut dyn FnMut(Part, usize, usize)) {
    let acts = match ledger.acts_as_logged(None) {
        Ok(acts) => acts,
        Err(error) => return verdict.fault(Part::Log, format!("the log cannot be read: {error}")),
    };
    let mut last: Option<ActId> = None;
    for (done, (_, act)) in acts.iter().enumerate() {
        if done % 1_000 == 0 {
            progress(Part::Log, done, acts.len());
        }
        if let Some(what) = broken(act, last) {
            verdict.fault(Part::Log, what);
        }
        last = Some(act.id);
    }
    verdict.acts = acts.len();
}

/// The steps on rival hypotheses are chained as acts are.
fn steps(ledger: &Ledger, verdict: &mut Verdict) {
    let steps = match ledger.steps() {
        Ok(steps) => steps,
        Err(error) => return verdict.fault(Part::Log, format!("the steps cannot be read: {error}")),
    };
    let mut last = None;
    for step in steps {
        let (id, previous) = (step.id, step.previous);
        if step.seal().id != id {
            verdict.fault(Part::Log, format!("step {id} does not say what its id is the hash of"));
        }
        if previous != last {
            verdict.fault(Part::Log, format!("step {id} does not follow the step before it"));
        }
        last = Some(id);
    }
}

/// What is wrong with an act that comes after the one with this id.
fn broken(act: &Act, last: Option<ActId>) -> Option<String> {
    if act.clone().seal().id != act.id {
        return Some(format!("act {} does not say what its id is the hash of", act.id));
    }
    if act.previous != last {
        let named = |id: Option<ActId>| id.map_or("none".to_owned(), |id| id.to_string());
        let (named, last) = (named(act.previous), named(last));
        return Some(format!("act {} follows {named} by its own account, and {last} in the log", act.id));
    }
    None
}

fn documents(
    ledger: &Ledger,
    verdict: &mut Verdict,
    progress: &mut dyn FnMut(Part, usize, usize),
) -> Result<(), LedgerError> {
    let count = ledger.document_count()?;
    for number in 0..count {
        progress(Part::Documents, number as usize, count as usize);
        let Some(id) = ledger.document_id(DocumentKey::from_number(number))? else {
            verdict.fault(Part::Documents, format!("document number {} of {count} is gone", number + 1));
            continue;
        };
        // One that cannot even be read must not keep the others from being checked.
        match ledger.document_as_stored(id) {
            Ok(Some(document)) if document.clone().seal().id == id => {}
            Ok(Some(_)) => {
                verdict.fault(
                    Part::Documents,
                    format!("document {id} does not hold what its id is the hash of"),
                );
            }
            Ok(None) => verdict.fault(Part::Documents, format!("document {id} has no reading")),
            Err(error) => verdict.fault(Part::Documents, format!("document {id} cannot be read: {error}")),
        }
        verdict.documents += 1;
        match ledger.statements_ever_in(id) {
            Ok(statements) => {
                verdict.statements += statements.len();
                for statement in statements {
                    let is = statement.id;
                    if statement.seal().id != is {
                        let what = format!("statement {is} does not stand where its id is the hash of");
                        verdict.fault(Part::Documents, what);
                    }
                }
            }
            Err(error) => {
                let what = format!("the statements of document {id} cannot be read: {error}");
                verdict.fault(Part::Documents, what);
            }
        }
    }
    Ok(())
}

fn standings(
    ledger: &Ledger,
    every_claim: bool,
    verdict: &mut Verdict,
    progress: &mut dyn FnMut(Part, usize, usize),
) -> Result<(), LedgerError> {
    let decisions = Decisions::known_by(ledger, i64::MAX)?;
    verdict.claims_held = ledger.claim_count()? as usize;
    let stride = if every_claim { 1 } else { verdict.claims_held.div_ceil(SAMPLE).max(1) };
    let claims: Vec<ClaimKey> =
        (0..verdict.claims_held as u32).step_by(stride).map(ClaimKey::from_number).collect();
    for claim in claims.iter().copied() {
        if verdict.claims.is_multiple_of(AT_ONCE) {
            progress(Part::Standings, verdict.claims, claims.len());
        }
        let cone = Cone::below(ledger, &decisions, [claim], AsOf::NOW)?;
        let weighing = Weighing::new(&cone.graph, AsOf::NOW.moment());
        let number = cone.claims.number(claim).expect("the root of a cone is numbered");
        let kept = ledger.weight(claim)?.map(|change| change.weight);
        let fresh = (weighing.is_said(number) || kept.is_some()).then(|| stored(weighing.weight(number)));
        if fresh != kept {
            let id = ledger.claim(claim)?.map(|claim| claim.id.to_string()).unwrap_or_default();
            let word = |weight: &Option<StoredWeight>| {
                weight.as_ref().map_or("nothing".to_owned(), |weight| weight.standing.clone())
            };
            let (kept, fresh) = (word(&kept), word(&fresh));
            verdict.fault(Part::Standings, format!("claim {id} is kept as {kept}, and weighs {fresh} anew"));
        }
        verdict.claims += 1;
    }
    Ok(())
}
