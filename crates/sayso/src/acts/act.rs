//! Acts: what a person or a notice does to the record, what it changes, and taking it back.

use crate::lengths::{BECAUSE_CHARS, BY_CHARS, NAME_CHARS, WORDS_CHARS, is_over};
use crate::name::source_name;
use crate::questions::understood::Asks;
use crate::time::{AsOf, seconds};
use crate::weighing::cone::claims_above;
use crate::weighing::decisions::{Decisions, What};
use crate::weighing::weights::{ClaimShift, Shifted, reweigh};
use crate::{Desk, LedgerError};
use sayso_ledger::{Cause, ClaimKey, Ledger};
use sayso_record::{Act, ActId, ActKind, ClaimId, StatementId, Subject};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// An act that somebody wants to do.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// What.
    pub act: ActKind,
    /// To what.
    pub on: Subject,
    /// With what.
    pub with: Option<Subject>,
    /// Who wants it.
    pub by: String,
    /// Why.
    pub because: String,
}

impl Wanted {
    fn at(self, at: &str) -> Act {
        Act {
            id: ActId::default(),
            previous: None,
            act: self.act,
            on: self.on,
            with: self.with,
            by: self.by,
            because: self.because,
            at: at.to_owned(),
            published: None,
            notice: None,
        }
    }
}

/// Why an act was not done.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// The ledger could not be read or written.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The ledger holds no such thing.
    #[error("the ledger holds no {0}")]
    NothingThere(Subject),
    /// This act cannot be done to that.
    #[error("{} cannot be done to {on}", act.word())]
    CannotBeDone {
        /// The act.
        act: ActKind,
        /// To what.
        on: Subject,
    },
    /// It was undone before.
    #[error("that act was undone before, by act {}", by.short())]
    UndoneBefore {
        /// The act that did.
        by: ActId,
    },
    /// The same question is kept already.
    #[error("that question is kept already, by act {}", by.short())]
    KeptBefore {
        /// The act that keeps it.
        by: ActId,
    },
    /// It is no question whether something is so.
    #[error("only a question whether something is so can be kept, and this is none: {0:?}")]
    NoQuestion(String),
    /// More was said than can be shown beside everything that it concerns.
    #[error("{what} has at most {most} characters")]
    TooLong {
        /// What is too long.
        what: &'static str,
        /// So long it may be.
        most: usize,
    },
    /// There was nothing to do.
    #[error("no act is given")]
    NothingWanted,
    /// It was only tried; carries what it would have done.
    #[error("it was only tried")]
    OnlyTried(Box<Consequences>),
}

/// An act as the log shows it.
#[derive(Clone, Debug, Serialize)]
pub struct Logged {
    /// The act.
    #[serde(flatten)]
    pub act: Act,
    /// The act that took it back; none while it is in force.
    pub undone_by: Option<ActId>,
}

/// What an act did, or would do.
#[derive(Clone, Debug, Serialize)]
pub struct Consequences {
    /// The act. Where it was only tried, it is in no log.
    pub act: Act,
    /// Claims that no longer have a statement for them that stands.
    pub fell: Vec<ClaimShift>,
    /// Claims that have one again.
    pub revived: Vec<ClaimShift>,
    /// Claims that changed in some other way.
    pub changed: Vec<ClaimShift>,
}

impl Desk {
    /// Does an act, or only tries it: then nothing is changed, and the answer is what doing it would have given.
    pub fn act(&mut self, wanted: Wanted, only_try: bool) -> Result<Consequences, ActError> {
        self.do_acts(vec![wanted], only_try).map(|(consequences, _)| consequences)
    }

    /// Does several acts together, all of them or none, and gives the id of each.
    pub fn act_together(&mut self, wanted: Vec<Wanted>) -> Result<(Consequences, Vec<ActId>), ActError> {
        self.do_acts(wanted, false)
    }

    /// What several acts, one after another, would come to together. Nothing is changed. The act that is told of is the
    /// last of them.
    pub fn what_if(&mut self, wanted: Vec<Wanted>) -> Result<Consequences, ActError> {
        self.do_acts(wanted, true).map(|(consequences, _)| consequences)
    }

    fn do_acts(
        &mut self,
        wanted: Vec<Wanted>,
        only_try: bool,
    ) -> Result<(Consequences, Vec<ActId>), ActError> {
        wanted.iter().try_for_each(is_short)?;
        wanted.iter().try_for_each(|wanted| self.is_question(wanted))?;
        let at = (self.clock)();
        let acts: Vec<Act> = wanted.into_iter().map(|wanted| wanted.at(&at)).collect();
        let Some(first) = acts.first() else { return Err(ActError::NothingWanted) };
        let (Some(ledger), Some(decisions)) = (&self.ledger, self.decisions(AsOf::NOW)?) else {
            return Err(ActError::NothingThere(first.on.clone()));
        };
        let done = ledger.atomically(|ledger| {
            let (consequences, ids) = do_acts(ledger, Decisions::clone(&decisions), acts)?;
            // Trying is doing it and going back, so that the two can never differ.
            if only_try { Err(ActError::OnlyTried(Box::new(consequences))) } else { Ok((consequences, ids)) }
        });
        match done {
            Err(ActError::OnlyTried(consequences)) => Ok((*consequences, Vec::new())),
            done => done,
        }
    }

    /// What is kept must be a question that can be answered by whether something is so: others have no standing.
    fn is_question(&self, wanted: &Wanted) -> Result<(), ActError> {
        let Subject::Question(words) = &wanted.on else { return Ok(()) };
        let reader = &self.reader;
        match Asks::of(words, |words| reader.is_clause(words)) {
            Some(Asks::Whether { .. }) => Ok(()),
            _ => Err(ActError::NoQuestion(words.clone())),
        }
    }

    /// Every act, in the order of the log.
    pub fn log(&self) -> Result<Vec<Logged>, LedgerError> {
        self.log_part(0..usize::MAX).map(|(acts, _)| acts)
    }

    /// The acts with these numbers, counted from 0 in the order of the log, and how many there are in all.
    pub fn log_part(&self, numbers: Range<usize>) -> Result<(Vec<Logged>, usize), LedgerError> {
        let Some(decisions) = self.decisions(AsOf::NOW)? else { return Ok((Vec::new(), 0)) };
        let logged =
            |act: &Act| Logged { undone_by: decisions.undone.get(&act.id).copied(), act: act.clone() };
        let total = decisions.acts.len();
        let (start, end) = (numbers.start.min(total), numbers.end.min(total));
        let acts = decisions.acts[start..end.max(start)].iter().map(|(_, act)| logged(act));
        Ok((acts.collect(), total))
    }
}

/// Whether what an act says is no longer than may be.
fn is_short(wanted: &Wanted) -> Result<(), ActError> {
    let within = |what: &'static str, said: &str, most: usize| {
        if is_over(said, most) { Err(ActError::TooLong { what, most }) } else { Ok(()) }
    };
    within("a reason", &wanted.because, BECAUSE_CHARS)?;
    within("the name of whoever does it", &wanted.by, BY_CHARS)?;
    std::iter::once(&wanted.on).chain(&wanted.with).try_for_each(|subject| match subject {
        Subject::Source(name) => within("a source's name", name, NAME_CHARS),
        Subject::Question(words) => within("a question", words, WORDS_CHARS),
        _ => Ok(()),
    })
}

fn do_acts(
    ledger: &Ledger,
    mut decisions: Decisions,
    acts: Vec<Act>,
) -> Result<(Consequences, Vec<ActId>), ActError> {
    // Somebody may have been first.
    decisions.catch_up(ledger)?;
    let mut affected: BTreeMap<ClaimKey, Cause> = BTreeMap::new();
    let (mut last, mut ids) = (None, Vec::with_capacity(acts.len()));
    for act in acts {
        check(ledger, &decisions, &act)?;
        make_room(ledger, &act)?;
        let mut claims = self::affected(ledger, &decisions, &act)?;
        let (key, act) = ledger.log(act)?;
        decisions.catch_up(ledger)?;
        if regroups(ledger, &act)? {
            // What belongs together is another now, and so is what hangs on it.
            claims.extend(self::affected(ledger, &decisions, &act)?);
        }
        affected.extend(claims.into_iter().map(|claim| (claim, Cause::Act(key))));
        ids.push(act.id);
        last = Some(act);
    }
    let act = last.ok_or(ActError::NothingWanted)?;
    let shifted = reweigh(ledger, &decisions, affected, seconds(&act.at))?;
    Ok((consequences(ledger, act, shifted)?, ids))
}

/// Whether an act changes which statements belong together, or which rests on which, and not only which are believed.
fn regroups(ledger: &Ledger, act: &Act) -> Result<bool, LedgerError> {
    Ok(match (act.act, &act.on) {
        (
            ActKind::Affiliate
            | ActKind::Disaffiliate
            | ActKind::Merge
            | ActKind::Split
            | ActKind::Confirm
            | ActKind::Reject
            | ActKind::Undercut,
            _,
        ) => true,
        (ActKind::Undo, Subject::Act(id)) => match ledger.acts_starting(&id.to_string(), 1)?.pop() {
            Some((_, undone)) => regroups(ledger, &undone)?,
            None => false,
        },
        _ => false,
    })
}

/// Sorts claims by what became of them.
fn consequences(ledger: &Ledger, act: Act, shifted: Vec<Shifted>) -> Result<Consequences, LedgerError> {
    let mut consequences = Consequences { act, fell: Vec::new(), revived: Vec::new(), changed: Vec::new() };
    for shift in shifted {
        let Some(claim) = ledger.claim(shift.claim)? else { continue };
        let stood = shift.before.as_ref().is_some_and(|before| before.pro == 1);
        let stands = shift.after.pro == 1;
        let list = match (stood, stands) {
            (true, false) => &mut consequences.fell,
            (false, true) => &mut consequences.revived,
            _ => &mut consequences.changed,
        };
        list.push(ClaimShift {
            claim: claim.id,
            words: claim.words,
            before: shift.before.as_ref().map(|before| before.standing.clone()),
            after: shift.after.standing,
            independence_before: shift.before.map(|before| before.independence_for),
            independence_after: shift.after.independence_for,
        });
    }
    Ok(consequences)
}

/// Whether the act can be done at all.
fn check(ledger: &Ledger, decisions: &Decisions, act: &Act) -> Result<(), ActError> {
    // An organisation need not have been heard itself.
    let with = act.with.iter().filter(|_| act.act != ActKind::Affiliate);
    for subject in std::iter::once(&act.on).chain(with) {
        if !is_there(ledger, subject)? {
            return Err(ActError::NothingThere(subject.clone()));
        }
    }
    use ActKind::{
        Affiliate, Confirm, Disaffiliate, Discredit, Flag, Keep, Merge, Note, Reject, Restore, Rule, Split,
        TakeDown, Undercut, Undo, Withdraw,
    };
    use Subject::{Act as Acted, Claim, Document, Question, Source, Statement, Suggestion};
    let fits = match (act.act, &act.on, &act.with) {
        (Withdraw | Flag | Split, Statement(_), None)
        | (Discredit, Source(_) | Document(_), None)
        | (Restore, Statement(_) | Source(_) | Document(_) | Claim(_), None)
        | (Restore | Undercut, Statement(_), Some(Statement(_)))
        | (Merge, Claim(_), Some(Claim(_)))
        | (Merge | Affiliate | Disaffiliate, Source(_), Some(Source(_)))
        | (Split, Statement(_), Some(Source(_)))
        | (Confirm | Reject, Suggestion(_) | Statement(_), None)
        | (Rule, Claim(_), None)
        | (TakeDown, Document(_), None)
        | (Note, Statement(_) | Source(_) | Document(_) | Claim(_) | Suggestion(_) | Acted(_), None) => true,
        (Keep, Question(words), None) => match decisions.kept.iter().find(|kept| kept.words == *words) {
            Some(kept) => return Err(ActError::KeptBefore { by: kept.id }),
            None => true,
        },
        (Undo, Acted(id), None) => {
            if let Some(&by) = decisions.undone.get(id) {
                return Err(ActError::UndoneBefore { by });
            }
            true
        }
        _ => false,
    };
    if fits { Ok(()) } else { Err(ActError::CannotBeDone { act: act.act, on: act.on.clone() }) }
}

fn is_there(ledger: &Ledger, subject: &Subject) -> Result<bool, LedgerError> {
    Ok(match subject {
        Subject::Statement(id) => ledger.statement(*id)?.is_some(),
        Subject::Source(name) => ledger.linked_source_named(name)?.is_some(),
        Subject::Document(id) => ledger.document_key(*id)?.is_some(),
        Subject::Claim(id) => ledger.claim_by_id(*id)?.is_some(),
        Subject::Suggestion(id) => !ledger.suggestions_starting(&id.to_string(), 1)?.is_empty(),
        Subject::Act(id) => !ledger.acts_starting(&id.to_string(), 1)?.is_empty(),
        Subject::Question(_) => true,
    })
}

/// Makes the claim or the source that a statement is given to by this act, where there is none yet.
fn make_room(ledger: &Ledger, act: &Act) -> Result<(), LedgerError> {
    let own_claim = |statement: StatementId| -> Result<(), LedgerError> {
        let Some(found) = ledger.statement(statement)? else { return Ok(()) };
        let Some(document) = ledger.document_as_stored(found.document)? else { return Ok(()) };
        ledger.found_claim(
            ClaimId::founded_by(statement),
            &document.words(&found.content),
            seconds(&act.at),
        )?;
        Ok(())
    };
    match (act.act, &act.on, &act.with) {
        (ActKind::Split, Subject::Statement(statement), None) => own_claim(*statement),
        (ActKind::Affiliate, _, Some(Subject::Source(organisation))) => {
            ledger.linked_source_key(&source_name(organisation, false)).map(|_| ())
        }
        (ActKind::Reject, Subject::Suggestion(id), None) => {
            let suggestion = ledger.suggestions_starting(&id.to_string(), 1)?.pop();
            match suggestion.as_ref().and_then(What::of) {
                Some(What::SameClaim { statement, .. }) => own_claim(statement),
                Some(What::SameSource { written, .. }) => {
                    ledger.linked_source_key(&source_name(&written, false)).map(|_| ())
                }
                _ => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

/// The claims that an act on these subjects may change.
fn affected(ledger: &Ledger, decisions: &Decisions, act: &Act) -> Result<BTreeSet<ClaimKey>, LedgerError> {
    if matches!(act.act, ActKind::Flag | ActKind::Keep | ActKind::Note | ActKind::TakeDown) {
        return Ok(BTreeSet::new());
    }
    let mut claims = BTreeSet::new();
    let mut statements: Vec<StatementId> = Vec::new();
    // For whom one speaks changes nothing of what others say for it.
    let is_about_one = matches!(act.act, ActKind::Affiliate | ActKind::Disaffiliate);
    if let (true, Subject::Source(name)) = (is_about_one, &act.on) {
        statements.extend(decisions.said_by(ledger, name)?);
    }
    for subject in std::iter::once(&act.on).chain(&act.with).filter(|_| !is_about_one) {
        match subject {
            Subject::Statement(id) => statements.push(*id),
            Subject::Source(name) => statements.extend(decisions.said_by_or_for(ledger, name)?),
            Subject::Document(id) => {
                let Some(key) = ledger.document_key(*id)? else { continue };
                statements.extend(ledger.statements_linked_in(key)?);
            }
            Subject::Claim(id) => {
                let Some(claim) = ledger.claim_by_id(*id)? else { continue };
                claims.insert(claim.key);
                claims.insert(decisions.claim(claim.key));
            }
            Subject::Suggestion(id) => {
                let suggestion = ledger.suggestions_starting(&id.to_string(), 1)?.pop();
                // What is suggested counts already, but for a distrust, which counts when it is confirmed.
                match (suggestion.as_ref().and_then(What::of), act.act) {
                    (Some(What::Distrust { source, .. }), ActKind::Confirm) => {
                        statements.extend(decisions.said_by_or_for(ledger, &source)?);
                    }
                    // So does an undercut.
                    (Some(What::Undercut { by, undercuts }), ActKind::Confirm) => {
                        statements.extend([by, undercuts]);
                    }
                    // And what a notice may take back.
                    (Some(What::Withdrawal { statement }), ActKind::Confirm) => statements.push(statement),
                    // And that a statement makes a claim.
                    (Some(What::SameClaim { statement, .. }), ActKind::Confirm) => statements.push(statement),
                    (Some(What::Distrust { .. } | What::Undercut { .. } | What::Withdrawal { .. }), _)
                    | (_, ActKind::Confirm)
                    | (None, _) => {}
                    (Some(What::Origin { of, .. }), _) => statements.push(of.statement),
                    (Some(What::SameClaim { statement, .. }), _) => statements.push(statement),
                    (Some(What::SameSource { link, .. }), _) => statements.push(link.statement),
                }
            }
            Subject::Act(id) => {
                if let Some((_, undone)) = ledger.acts_starting(&id.to_string(), 1)?.pop() {
                    claims.extend(affected(ledger, decisions, &undone)?);
                }
            }
            Subject::Question(_) => {}
        }
    }
    statements.sort_unstable();
    statements.dedup();
    claims.extend(claims_above(ledger, decisions, statements)?);
    Ok(claims)
}
