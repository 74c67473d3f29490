//! One claim answered: what is left of it, who says so, through whom, who denies it, what was taken back.

use crate::questions::pending::{Pending, pending};
use crate::questions::sentence::sentence;
use crate::questions::title::title;
use crate::time::{AsOf, seconds};
use crate::weighing::cone::{Cone, bases};
use crate::weighing::decisions::{Decisions, What};
use crate::{Desk, LedgerError};
use sayso_ledger::{ClaimKey, DocumentKey, Ledger, LinkedSourceKey};
use sayso_link::sources::Name;
use sayso_record::{Act, ActKind, ClaimId, Document, DocumentId, StatementId, Subject, SuggestionId};
use sayso_weigh::{Standing, Truth, Weighing};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// A claim with its answer.
#[derive(Clone, Debug, Serialize)]
pub struct ClaimAnswer {
    /// Its id.
    pub id: ClaimId,
    /// Who said so first, and what, as a sentence.
    pub title: String,
    /// The words that founded it.
    pub words: String,
    /// What is left of it.
    pub standing: Standing,
    /// What would be left of it if all that is possible were so, where that is something else.
    pub possible_standing: Option<Standing>,
    /// The answer in one sentence or two.
    pub sentence: String,
    /// Whether a statement for it stands.
    pub pro: Truth,
    /// Whether a statement against it stands.
    pub con: Truth,
    /// How many sources have to fall to end what stands for it: at least, at most.
    pub independence_for: (u32, u32),
    /// The same for what stands against it.
    pub independence_against: (u32, u32),
    /// The sources at the ends of the chains that stand for it.
    pub origins: Vec<Speaker>,
    /// For whom all of these speak, where there are several.
    pub all_speak_for: Option<String>,
    /// For whom those speak who are heard in its chains, as far as that is known.
    pub speaks_for: Vec<SpeaksFor>,
    /// The sources whose fall alone would end what stands for it.
    pub single_points: Vec<Speaker>,
    /// Sources whose fall together would, as few as were found.
    pub cut: Vec<Speaker>,
    /// Source sets of proofs that show that no fewer would do.
    pub proofs: Vec<Vec<String>>,
    /// How many documents say so.
    pub documents: usize,
    /// How many sources say so, those who pass it on included.
    pub sources: usize,
    /// Who denies it, where the denial stands.
    pub denied_by: Vec<Speaker>,
    /// How many statements of it were taken back.
    pub withdrawn: usize,
    /// What notices suggest of whom or what it rests on, and nobody has decided: it changes nothing yet.
    pub pending: Vec<Pending>,
    /// Every chain of it, those for it first, each in the order in which it was stored.
    pub chains: Vec<Chain>,
}

/// A source as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Speaker {
    /// Its name; for an unnamed source its description and the outlet.
    pub name: String,
    /// Whether nobody names it.
    pub unnamed: bool,
}

/// A source with those for whom it speaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SpeaksFor {
    /// The source's name.
    pub name: String,
    /// The organisations.
    pub organisations: Vec<String>,
}

/// A statement's chain.
#[derive(Clone, Debug, Serialize)]
pub struct Chain {
    /// The statement.
    pub statement: StatementId,
    /// Whether it is for the claim.
    pub for_it: bool,
    /// Whether it is only possible that it speaks of the claim, so that it has no weight.
    pub possible: bool,
    /// The suggestion that it does, where it is only possible: to be confirmed or rejected.
    pub suggestion: Option<SuggestionId>,
    /// Whether the page's report of it stands.
    pub stands: Truth,
    /// Its words.
    pub words: String,
    /// The document in which it stands.
    pub page: PageOf,
    /// Who says so: from the source to the page.
    pub steps: Vec<Step>,
    /// Why it does not stand, where it does not: the acts on it, on a source of it or on its document.
    pub because: Vec<Because>,
}

/// What is shown of a document beside a statement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PageOf {
    /// Its id.
    pub id: DocumentId,
    /// Its title.
    pub title: Option<String>,
    /// Its outlet.
    pub site: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// When it was published, as it says.
    pub published: Option<String>,
}

impl PageOf {
    pub(crate) fn of(document: &Document) -> PageOf {
        PageOf {
            id: document.id,
            title: document.title.clone(),
            site: document.site.clone(),
            url: document.url.clone(),
            published: document.published.as_ref().map(|stamp| stamp.at.clone()),
        }
    }
}

/// A link of a chain as it is shown.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    /// Who.
    pub source: Speaker,
    /// Whether we hold the text itself.
    pub held: bool,
    /// Whether it stands.
    pub stands: Truth,
    /// The statements on which it rests beyond its own chain: where its words were taken from, or its reasons.
    pub rests_on: Vec<RestsOn>,
}

/// A statement of another chain on which a link rests.
#[derive(Clone, Debug, Serialize)]
pub struct RestsOn {
    /// The statement.
    pub statement: StatementId,
    /// How we know; empty for a reason that the page gives.
    pub because: String,
    /// The suggestion that it is, where the page does not say so itself.
    pub suggestion: Option<SuggestionId>,
}

/// An act that keeps a statement from standing.
#[derive(Clone, Debug, Serialize)]
pub struct Because {
    /// The act.
    pub act: sayso_record::ActId,
    /// Which.
    pub kind: ActKind,
    /// On what.
    pub on: Subject,
    /// Who did it.
    pub by: String,
    /// Why, in their words.
    pub because: String,
    /// When it was published, or else done.
    pub at: String,
}

impl Desk {
    /// A claim with its answer, as of a time. Nothing where there is no such claim, or nothing was said of it by then.
    pub fn claim(&self, id: ClaimId, as_of: AsOf) -> Result<Option<ClaimAnswer>, LedgerError> {
        let (Some(ledger), Some(decisions)) = (&self.ledger, self.decisions(as_of)?) else { return Ok(None) };
        let Some(claim) = ledger.claim_by_id(id)? else { return Ok(None) };
        answer(ledger, &decisions, decisions.claim(claim.key), as_of)
    }

    /// The same if some sources were not believed. Only what the claim rests on is looked at.
    pub fn claim_if_without(
        &self,
        id: ClaimId,
        as_of: AsOf,
        names: &[String],
    ) -> Result<Option<ClaimAnswer>, LedgerError> {
        let (Some(ledger), Some(decisions)) = (&self.ledger, self.decisions(as_of)?) else { return Ok(None) };
        let Some(claim) = ledger.claim_by_id(id)? else { return Ok(None) };
        let mut without = Vec::with_capacity(names.len());
        for name in names {
            without.extend(ledger.linked_source_named(name)?.map(|source| decisions.source(source.key)));
        }
        answer_without(ledger, &decisions, decisions.claim(claim.key), as_of, &without)
    }

    /// The claims after `after`, at most a hundred, in the order in which they were founded.
    pub fn claims(&self, after: Option<ClaimId>) -> Result<Vec<ClaimId>, LedgerError> {
        let Some(ledger) = &self.ledger else { return Ok(Vec::new()) };
        let after = after.map_or(Ok(None), |id| ledger.claim_by_id(id))?;
        let mut ids = Vec::new();
        for key in ledger.claims_after(after.map(|claim| claim.key), 100)? {
            ids.extend(ledger.claim(key)?.map(|claim| claim.id));
        }
        Ok(ids)
    }

    /// The claims whose id starts with these digits, at most ten.
    pub fn claims_starting(&self, digits: &str) -> Result<Vec<ClaimId>, LedgerError> {
        self.ledger.as_ref().map_or(Ok(Vec::new()), |ledger| ledger.claims_starting(digits, 10))
    }
}

/// A claim's answer.
pub(crate) fn answer(
    ledger: &Ledger,
    decisions: &Decisions,
    claim: ClaimKey,
    as_of: AsOf,
) -> Result<Option<ClaimAnswer>, LedgerError> {
    answer_without(ledger, decisions, claim, as_of, &[])
}

/// A claim's answer, if some sources were not believed.
fn answer_without(
    ledger: &Ledger,
    decisions: &Decisions,
    claim: ClaimKey,
    as_of: AsOf,
    without: &[LinkedSourceKey],
) -> Result<Option<ClaimAnswer>, LedgerError> {
    let Some(stored) = ledger.claim(claim)? else { return Ok(None) };
    let cone = Cone::below_without(ledger, decisions, [claim], as_of, without)?;
    let weighing = Weighing::new(&cone.graph, as_of.moment());
    let number = cone.claims.number(claim).expect("the root of a cone is numbered");
    if !weighing.is_said(number) {
        return Ok(None);
    }
    let detail = weighing.detail(number);
    let speaker = |source: &u32| cone.speaker(*source);
    let speakers = |sources: &[u32]| {
        let mut speakers: Vec<Speaker> = sources.iter().map(speaker).collect();
        speakers.sort_unstable();
        speakers
    };
    let mut telling = Telling::new(ledger, decisions, &cone, &weighing, as_of);
    let chains = telling.chains(claim)?;
    let sure = || chains.iter().filter(|chain| !chain.possible);
    let for_it = || sure().filter(|chain| chain.for_it);
    let documents: BTreeSet<DocumentId> = for_it().map(|chain| chain.page.id).collect();
    let sources: BTreeSet<&Speaker> =
        for_it().flat_map(|chain| chain.steps.iter().map(|step| &step.source)).collect();
    let denied_by: BTreeSet<Speaker> = sure()
        .filter(|chain| !chain.for_it && chain.stands.is_true())
        .filter_map(|chain| chain.steps.first().map(|step| step.source.clone()))
        .collect();
    let withdrawn =
        sure().filter(|chain| chain.because.iter().any(|why| why.kind == ActKind::Withdraw)).count();
    let mut answer = ClaimAnswer {
        id: stored.id,
        title: title(ledger, decisions, &stored)?,
        words: stored.words,
        standing: detail.weight.standing,
        possible_standing: detail.weight.other_possible_standing(),
        sentence: String::new(),
        pro: detail.weight.pro,
        con: detail.weight.con,
        independence_for: detail.weight.independence_for,
        independence_against: detail.weight.independence_against,
        origins: speakers(&detail.origins),
        all_speak_for: cone.organisation_of_all(&detail.origins).map(str::to_owned),
        speaks_for: cone.speaks_for(),
        single_points: speakers(&detail.pro.single_points),
        cut: speakers(&detail.pro.cut),
        proofs: detail
            .pro
            .proofs
            .iter()
            .map(|proof| speakers(proof).into_iter().map(|speaker| speaker.name).collect())
            .collect(),
        documents: documents.len(),
        sources: sources.len(),
        denied_by: denied_by.into_iter().collect(),
        withdrawn,
        pending: cone.pending(ledger, decisions, as_of)?,
        chains: Vec::new(),
    };
    answer.sentence = sentence(&answer, &chains);
    answer.chains = chains;
    Ok(Some(answer))
}

impl Cone {
    /// What notices suggest of the sources and statements in the cone, and nobody has decided.
    fn pending(
        &self,
        ledger: &Ledger,
        decisions: &Decisions,
        as_of: AsOf,
    ) -> Result<Vec<Pending>, LedgerError> {
        let keys: HashSet<String> =
            self.named.iter().filter(|one| !one.unnamed).map(|one| Name::of(&one.name).key()).collect();
        let here: HashSet<StatementId> = self.links.iter().map(|link| link.place.statement).collect();
        pending(ledger, decisions, as_of, |what| match what {
            What::Distrust { source, statements } => {
                keys.contains(&Name::of(source).key()) || statements.iter().any(|one| here.contains(one))
            }
            What::Withdrawal { statement } => here.contains(statement),
            _ => false,
        })
    }

    /// For whom its sources speak, those that are known to speak for anybody.
    fn speaks_for(&self) -> Vec<SpeaksFor> {
        let named = self.named.iter().zip(&self.organisations);
        let mut speaks_for: Vec<SpeaksFor> = named
            .filter(|(_, organisations)| !organisations.is_empty())
            .map(|(source, organisations)| SpeaksFor {
                name: source.name.clone(),
                organisations: organisations.iter().map(|one| one.name.clone()).collect(),
            })
            .collect();
        speaks_for.sort_by(|a, b| a.name.cmp(&b.name));
        speaks_for
    }

    /// A source of the cone as it is shown.
    pub(crate) fn speaker(&self, source: u32) -> Speaker {
        let named = &self.named[source as usize];
        Speaker { name: named.name.clone(), unnamed: named.unnamed }
    }
}

/// What is needed to tell the chains of a cone.
pub(crate) struct Telling<'a> {
    pub(crate) ledger: &'a Ledger,
    pub(crate) decisions: &'a Decisions,
    pub(crate) cone: &'a Cone,
    pub(crate) weighing: &'a Weighing<'a>,
    pub(crate) as_of: AsOf,
    /// Whether any document was ever discredited, so that their ids are looked up for nothing only rarely.
    are_documents_discredited: bool,
    /// Documents by key, without their blocks: a claim's chains often stand in the same few.
    pages: BTreeMap<DocumentKey, Document>,
}

impl<'a> Telling<'a> {
    pub(crate) fn new(
        ledger: &'a Ledger,
        decisions: &'a Decisions,
        cone: &'a Cone,
        weighing: &'a Weighing<'a>,
        as_of: AsOf,
    ) -> Telling<'a> {
        let are_documents_discredited =
            decisions.acts.iter().any(|(_, act)| matches!(act.on, Subject::Document(_)));
        Telling {
            ledger,
            decisions,
            cone,
            weighing,
            as_of,
            are_documents_discredited,
            pages: BTreeMap::new(),
        }
    }

    /// The chains of a claim, those for it first.
    pub(crate) fn chains(&mut self, claim: ClaimKey) -> Result<Vec<Chain>, LedgerError> {
        let mut by_statement: Vec<(StatementId, Vec<u32>)> = Vec::new();
        let mut places: HashMap<StatementId, usize> = HashMap::new();
        for (number, link) in self.cone.links_of(self.decisions, claim) {
            if !self.weighing.is_present(number) {
                continue;
            }
            let place = *places.entry(link.place.statement).or_insert(by_statement.len());
            match by_statement.get_mut(place) {
                Some((_, links)) => links.push(number),
                None => by_statement.push((link.place.statement, vec![number])),
            }
        }
        let mut chains = Vec::with_capacity(by_statement.len());
        for (statement, mut links) in by_statement {
            links.sort_by_key(|&number| self.cone.links[number as usize].place.step);
            chains.extend(self.chain(statement, &links)?);
        }
        chains.sort_by_key(|chain| !chain.for_it);
        Ok(chains)
    }

    fn chain(&mut self, statement: StatementId, links: &[u32]) -> Result<Option<Chain>, LedgerError> {
        let report = &self.cone.links[*links.last().expect("a chain has links") as usize];
        let Some(found) = self.ledger.statement(statement)? else { return Ok(None) };
        let steps = links.iter().map(|&number| self.step(number)).collect();
        let because = self.because(links)?;
        let (for_it, stands) = (report.for_it, self.weighing.statement(*links.last().expect("it has links")));
        let key = report.document;
        let possible = self.decisions.is_possible(report);
        let suggestion = if possible { self.suggestion(key, statement)? } else { None };
        let document = self.page(key)?;
        let words = document.words(&found.content);
        let page = PageOf::of(document);
        Ok(Some(Chain { statement, for_it, possible, suggestion, stands, words, page, steps, because }))
    }

    /// The suggestion that a statement makes the claim to which it was linked.
    fn suggestion(
        &self,
        document: DocumentKey,
        statement: StatementId,
    ) -> Result<Option<SuggestionId>, LedgerError> {
        let suggested = self.ledger.suggestions_in(document)?;
        let is_it = |what| matches!(what, What::SameClaim { statement: one, .. } if one == statement);
        let mut found = suggested.iter().rev().filter(|one| What::of(one).is_some_and(is_it));
        Ok(found.next().map(|one| one.id))
    }

    pub(crate) fn page(&mut self, key: DocumentKey) -> Result<&Document, LedgerError> {
        if !self.pages.contains_key(&key) {
            let gone = || self.ledger.damaged("a linked document is gone");
            self.pages.insert(key, self.ledger.bare_document(key)?.ok_or_else(gone)?);
        }
        Ok(&self.pages[&key])
    }

    fn step(&self, number: u32) -> Step {
        let link = &self.cone.links[number as usize];
        let source = self.cone.sources.number(self.decisions.source_of(link)).expect("it was arranged");
        let mut rests_on = Vec::new();
        for node in bases(self.decisions, link, |node| self.cone.place(node).is_some()).into_iter().flatten()
        {
            let Some(below) = self.cone.place(node).map(|place| &self.cone.links[place as usize]) else {
                continue;
            };
            if below.place.statement == link.place.statement {
                continue;
            }
            let origin = link.origins.iter().find(|origin| origin.original == node);
            rests_on.push(RestsOn {
                statement: below.place.statement,
                because: origin.map(|origin| origin.because.clone()).unwrap_or_default(),
                suggestion: origin.and_then(|origin| origin.suggestion),
            });
        }
        Step {
            source: self.cone.speaker(source),
            held: link.held,
            stands: self.weighing.statement(number),
            rests_on,
        }
    }

    /// The acts on a chain that keep it from standing.
    fn because(&self, links: &[u32]) -> Result<Vec<Because>, LedgerError> {
        let mut because: Vec<Because> = Vec::new();
        for &number in links {
            for act in self.against(number)? {
                if because.iter().all(|known| known.act != act.act) {
                    because.push(act);
                }
            }
        }
        Ok(because)
    }

    /// The acts that keep one link from standing whatever it rests on: on its statement, its source, its document, and
    /// undercuts by what stands.
    pub(crate) fn against(&self, number: u32) -> Result<Vec<Because>, LedgerError> {
        let link = &self.cone.links[number as usize];
        let in_force_here = |subject: &Subject| in_force(self.decisions, subject, self.as_of);
        let mut against = Vec::new();
        let taken_back = Subject::Statement(link.place.statement);
        against.extend(in_force_here(&taken_back).map(|act| Because::taken_back(act, &taken_back)));
        let source = self.decisions.source_of(link);
        let number = self.cone.sources.number(source).expect("it was arranged");
        let organisations = self.cone.organisations[number as usize].iter().map(|one| one.key);
        let all = std::iter::once(source).chain(organisations);
        against.extend(against_sources(self.ledger, self.decisions, all, self.as_of)?);
        if link.held
            && self.are_documents_discredited
            && let Some(id) = self.ledger.document_id(link.document)?
        {
            against.extend(in_force_here(&Subject::Document(id)).map(Because::of));
        }
        against.extend(self.undercuts(link.place.statement).into_iter().map(Because::of));
        Ok(against)
    }

    /// The undercuts in force on a statement by statements that stand.
    fn undercuts(&self, statement: StatementId) -> Vec<&Act> {
        let mut by: BTreeMap<StatementId, Vec<&Act>> = BTreeMap::new();
        for (act, with, _) in self.decisions.undercuts_on(statement) {
            by.entry(with).or_default().push(act);
        }
        let is_standing = |statement: StatementId| {
            let mut links = self.cone.links.iter().enumerate();
            links.any(|(number, link)| {
                let of_it = link.report && link.place.statement == statement;
                of_it && self.weighing.statement(number as u32).is_true()
            })
        };
        let last =
            by.into_iter().filter_map(|(with, acts)| Some((with, last(acts.into_iter(), self.as_of)?)));
        last.filter(|(with, act)| act.act != ActKind::Restore && is_standing(*with))
            .map(|(_, act)| act)
            .collect()
    }
}

/// The acts that discredit some sources, under any of their names.
pub(crate) fn against_sources(
    ledger: &Ledger,
    decisions: &Decisions,
    sources: impl IntoIterator<Item = LinkedSourceKey>,
    as_of: AsOf,
) -> Result<Vec<Because>, LedgerError> {
    let mut against = Vec::new();
    for part in sources.into_iter().flat_map(|source| decisions.source_parts(source)) {
        if let Some(named) = ledger.linked_source(part)? {
            against.extend(in_force(decisions, &Subject::Source(named.name), as_of).map(Because::of));
        }
    }
    Ok(against)
}

/// The act in force that takes away a subject: of those published by the time, the one published last.
pub(crate) fn in_force<'d>(decisions: &'d Decisions, subject: &Subject, as_of: AsOf) -> Option<&'d Act> {
    let is_about_standing = |act: &&Act| match act.act {
        ActKind::Withdraw | ActKind::Discredit | ActKind::Restore => act.with.is_none(),
        // A source that a page no longer trusts, and a person neither.
        ActKind::Confirm => match subject {
            Subject::Source(_) => true,
            // A notice that speaks of it, and not that it was read rightly.
            Subject::Statement(_) => matches!(act.on, Subject::Suggestion(_)),
            _ => false,
        },
        _ => false,
    };
    let acts = decisions.on(subject).map(|(_, act)| act).filter(is_about_standing);
    last(acts, as_of).filter(|act| act.act != ActKind::Restore)
}

/// Of some acts, in the order of the log, the one published last by the time.
fn last<'d>(acts: impl Iterator<Item = &'d Act>, as_of: AsOf) -> Option<&'d Act> {
    let published = |act: &Act| seconds(act.published.as_deref().unwrap_or(&act.at));
    acts.filter(|act| published(act) <= as_of.published_by).max_by_key(|act| published(act))
}

impl Because {
    /// An act that takes a statement back: by itself, or by confirming that a notice does.
    pub(crate) fn taken_back(act: &Act, statement: &Subject) -> Because {
        Because { kind: ActKind::Withdraw, on: statement.clone(), ..Because::of(act) }
    }

    pub(crate) fn of(act: &Act) -> Because {
        Because {
            act: act.id,
            kind: act.act,
            on: act.on.clone(),
            by: act.by.clone(),
            because: act.because.clone(),
            at: act.published.clone().unwrap_or_else(|| act.at.clone()),
        }
    }
}
