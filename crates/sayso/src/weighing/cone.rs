//! What some claims rest on, out of the ledger: their links, what these rest on, and so on down; arranged for weighing.
//!
//! A ledger may hold millions of statements, and a claim hangs on a few of them. So each question loads what it
//! hangs on, and nothing is kept in memory between questions.

use crate::time::{AsOf, seconds};
use crate::weighing::decisions::Decisions;
use crate::weighing::one_mouth::{self, Mouth};
use rustc_hash::{FxHashMap, FxHashSet};
use sayso_ledger::{
    ClaimKey, DocumentKey, Ledger, LedgerError, Link, LinkedSource, LinkedSourceKey, NodeKey,
};
use sayso_record::{Act, ActKind, StatementId, Subject};
use sayso_weigh::{ALWAYS, Act as WeighAct, Builder, Graph, Need, Said, Side, Target};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;

/// A few claims with everything below them.
pub(crate) struct Cone {
    /// Its links; the place of each is its number in the graph.
    pub(crate) links: Vec<Link>,
    places: FxHashMap<NodeKey, u32>,
    /// The claims by their numbers in the graph.
    pub(crate) claims: Numbered<ClaimKey>,
    /// The sources by their numbers in the graph.
    pub(crate) sources: Numbered<LinkedSourceKey>,
    /// What is known of each source, by number.
    pub(crate) named: Vec<LinkedSource>,
    /// For whom each source speaks, by number.
    pub(crate) organisations: Vec<Vec<LinkedSource>>,
    documents: Numbered<DocumentKey>,
    /// Arranged for weighing.
    pub(crate) graph: Graph,
}

/// Keys numbered in the order of their appearance.
#[derive(Clone, Debug)]
pub(crate) struct Numbered<K> {
    /// The keys by number.
    pub(crate) keys: Vec<K>,
    numbers: FxHashMap<K, u32>,
}

impl<K: Copy + Eq + Hash> Numbered<K> {
    fn new() -> Numbered<K> {
        Numbered { keys: Vec::new(), numbers: FxHashMap::default() }
    }

    fn add(&mut self, key: K) -> u32 {
        *self.numbers.entry(key).or_insert_with(|| {
            self.keys.push(key);
            self.keys.len() as u32 - 1
        })
    }

    pub(crate) fn number(&self, key: K) -> Option<u32> {
        self.numbers.get(&key).copied()
    }
}

impl Cone {
    /// The cone below some claims, as it was known by a time.
    pub(crate) fn below(
        ledger: &Ledger,
        decisions: &Decisions,
        roots: impl IntoIterator<Item = ClaimKey>,
        as_of: AsOf,
    ) -> Result<Cone, LedgerError> {
        Cone::below_without(ledger, decisions, roots, as_of, &[])
    }

    /// The same if some sources were not believed, nor those who speak for them.
    pub(crate) fn below_without(
        ledger: &Ledger,
        decisions: &Decisions,
        roots: impl IntoIterator<Item = ClaimKey>,
        as_of: AsOf,
        without: &[LinkedSourceKey],
    ) -> Result<Cone, LedgerError> {
        let mut gathering = Gathering {
            ledger,
            decisions,
            known_by: as_of.known_by,
            links: Vec::new(),
            places: FxHashMap::default(),
        };
        let mut claims = Numbered::new();
        for root in roots {
            claims.add(root);
            gathering.claim(root)?;
        }
        gathering.everything_below()?;
        let Gathering { links, places, .. } = gathering;
        Cone::arrange(ledger, decisions, links, places, claims, as_of, without)
    }

    fn arrange(
        ledger: &Ledger,
        decisions: &Decisions,
        links: Vec<Link>,
        places: FxHashMap<NodeKey, u32>,
        mut claims: Numbered<ClaimKey>,
        as_of: AsOf,
        without: &[LinkedSourceKey],
    ) -> Result<Cone, LedgerError> {
        let (mut sources, mut documents) = (Numbered::new(), Numbered::new());
        let mut builder = Builder::default();
        for (number, link) in links.iter().enumerate() {
            let said = Said {
                source: sources.add(decisions.source_of(link)),
                document: link.held.then(|| documents.add(link.document)),
                claim: claims.add(decisions.claim_of(link)),
                side: if link.for_it { Side::For } else { Side::Against },
                held: link.held,
                published: link.published.unwrap_or(ALWAYS),
                known: ALWAYS,
            };
            let alternatives: Vec<Vec<Need>> = bases(decisions, link, |node| places.contains_key(&node))
                .into_iter()
                // What needs something that is not there cannot stand on it.
                .filter_map(|needs| {
                    needs.iter().map(|node| places.get(node).map(|&at| Need::Statement(at))).collect()
                })
                .collect();
            if link.first && alternatives.is_empty() {
                builder.first_hand(said);
            } else {
                builder.relayed(said, alternatives.iter().map(Vec::as_slice));
            }
            if decisions.is_possible(link) {
                builder.possible_claim(number as u32);
            }
        }
        // Of a claim whose statements were all given to others, or misread, nothing is said any more.
        builder.claims(claims.keys.len() as u32);
        let mut named = Vec::with_capacity(sources.keys.len());
        for (number, key) in sources.keys.iter().enumerate() {
            let source = ledger.linked_source(*key)?.ok_or_else(|| ledger.damaged("a source is gone"))?;
            if source.unnamed {
                builder.unnamed(number as u32, 0);
            }
            named.push(source);
        }
        builder.unnamed_count_as_one();
        for set in may_be_one(decisions, &links, &sources, &named) {
            builder.may_be_one(&set);
        }
        let mut organisations = Vec::with_capacity(named.len());
        let mut of: BTreeMap<LinkedSourceKey, Vec<u32>> = BTreeMap::new();
        for (number, source) in named.iter().enumerate() {
            let keys = decisions.organisations_of(ledger, source.key, as_of)?;
            let mut own = Vec::with_capacity(keys.len());
            for key in keys {
                of.entry(key).or_default().push(number as u32);
                own.extend(ledger.linked_source(key)?);
            }
            organisations.push(own);
        }
        // Several who speak for one organisation may all pass on what it says; itself, where it is heard, as well.
        for (organisation, mut set) in of {
            set.extend(sources.number(organisation));
            builder.may_be_one(&set);
        }
        let graph = Builder::default().build();
        let mut cone = Cone { links, places, claims, sources, named, organisations, documents, graph };
        for act in cone.acts(ledger, decisions)? {
            builder.act(act);
        }
        for one in without.iter().flat_map(|&source| cone.reached_by(source)) {
            let (published, known) = (as_of.published_by, as_of.known_by);
            builder.act(WeighAct { target: Target::Source(one), in_force: true, published, known });
        }
        cone.graph = builder.build();
        Ok(cone)
    }

    /// The acts in force on anything in the cone, as the graph takes them.
    fn acts(&self, ledger: &Ledger, decisions: &Decisions) -> Result<Vec<WeighAct>, LedgerError> {
        let mut found = Vec::new();
        let mut add = |target: Target, subject: &Subject| found.extend(acts_on(decisions, target, subject));
        for (number, link) in self.links.iter().enumerate() {
            add(Target::Statement(number as u32), &Subject::Statement(link.place.statement));
        }
        let mut on_sources = Vec::new();
        for (number, source) in self.named.iter().enumerate() {
            let acts = decisions.acts_on_source(ledger, source, &self.organisations[number])?;
            let target = Target::Source(number as u32);
            on_sources.extend(acts.into_iter().map(|(act, in_force)| weigh_act(target, act, in_force)));
        }
        // The ids of all documents and claims take long to look up.
        let documents = if decisions.any_on_documents { &self.documents.keys[..] } else { &[] };
        for (number, document) in documents.iter().enumerate() {
            if let Some(id) = ledger.document_id(*document)? {
                add(Target::Document(number as u32), &Subject::Document(id));
            }
        }
        let claims = if decisions.any_on_claims { &self.claims.keys[..] } else { &[] };
        for (number, claim) in claims.iter().enumerate() {
            if let Some(claim) = ledger.claim(*claim)? {
                add(Target::Claim(number as u32), &Subject::Claim(claim.id));
            }
        }
        found.extend(on_sources);
        self.undercuts(decisions, &mut found);
        Ok(found)
    }

    fn undercuts(&self, decisions: &Decisions, found: &mut Vec<WeighAct>) {
        if decisions.none_undercuts() {
            return;
        }
        let mut numbers: HashMap<StatementId, Vec<u32>> = HashMap::new();
        for (number, link) in self.links.iter().enumerate() {
            numbers.entry(link.place.statement).or_default().push(number as u32);
        }
        for (statement, targets) in &numbers {
            for (act, by, in_force) in decisions.undercuts_on(*statement) {
                // The one that undercuts is the report that we hold.
                let by = numbers.get(&by).into_iter().flatten().copied();
                let published = seconds(act.published.as_deref().unwrap_or(&act.at));
                for by in by.filter(|&by| self.links[by as usize].report) {
                    for &statement in targets {
                        let target = Target::Undercut { by, statement };
                        found.push(WeighAct { target, in_force, published, known: ALWAYS });
                    }
                }
            }
        }
    }

    /// The numbers of the sources that discrediting a source reaches: itself, and who speaks for it.
    pub(crate) fn reached_by(&self, source: LinkedSourceKey) -> Vec<u32> {
        let speaks = |&number: &u32| self.organisations[number as usize].iter().any(|one| one.key == source);
        let own = self.sources.number(source);
        own.into_iter().chain((0..self.named.len() as u32).filter(speaks)).collect()
    }

    /// The organisation for which all of several sources speak, or which is one of them.
    pub(crate) fn organisation_of_all(&self, sources: &[u32]) -> Option<&str> {
        let names = |number: u32| {
            let own = self.organisations[number as usize].iter().map(|one| (one.key, one.name.as_str()));
            let named = &self.named[number as usize];
            own.chain(std::iter::once((named.key, named.name.as_str())))
        };
        let (&first, rest) = sources.split_first().filter(|(_, rest)| !rest.is_empty())?;
        names(first)
            .find(|(key, _)| rest.iter().all(|&other| names(other).any(|(own, _)| own == *key)))
            .map(|(_, name)| name)
    }

    /// The number of a link.
    pub(crate) fn place(&self, node: NodeKey) -> Option<u32> {
        self.places.get(&node).copied()
    }

    /// The links that speak of a claim, by number.
    pub(crate) fn links_of<'a>(
        &'a self,
        decisions: &'a Decisions,
        claim: ClaimKey,
    ) -> impl Iterator<Item = (u32, &'a Link)> {
        let numbered = self.links.iter().enumerate().map(|(number, link)| (number as u32, link));
        numbered.filter(move |(_, link)| decisions.claim_of(link) == claim)
    }
}

/// Sets of sources that may be one, among those who speak on one side of one claim.
fn may_be_one(
    decisions: &Decisions,
    links: &[Link],
    sources: &Numbered<LinkedSourceKey>,
    named: &[LinkedSource],
) -> Vec<Vec<u32>> {
    // The same words from two mouths are one utterance, and one of the names is wrong: what joined without a person's
    // decision is said in the same words.
    let mut verbatim: BTreeMap<(ClaimKey, bool), Vec<u32>> = BTreeMap::new();
    let mut sides: BTreeMap<(ClaimKey, bool), Vec<Mouth<'_>>> = BTreeMap::new();
    for link in links.iter().filter(|link| link.place.step == 0) {
        let Some(source) = sources.number(decisions.source_of(link)) else { continue };
        let of = &named[source as usize];
        let mouth = Mouth { source, name: &of.name, unnamed: of.unnamed, own_voice: link.held };
        let side = (decisions.claim_of(link), link.for_it);
        sides.entry(side).or_default().push(mouth);
        if !decisions.is_possible(link) && !decisions.is_decided(link) {
            verbatim.entry(side).or_default().push(source);
        }
    }
    let mut sets: Vec<Vec<u32>> = sides.values().flat_map(|mouths| one_mouth::sets(mouths)).collect();
    for mut set in verbatim.into_values() {
        set.sort_unstable();
        set.dedup();
        sets.extend(Some(set).filter(|set| set.len() > 1));
    }
    sets
}

/// The acts in force on a subject that is no source, as a graph takes them that knows it as `target`.
pub(crate) fn acts_on<'a>(
    decisions: &'a Decisions,
    target: Target,
    subject: &'a Subject,
) -> impl Iterator<Item = WeighAct> + 'a {
    decisions.on(subject).filter_map(move |(_, act)| {
        let in_force = match (act.act, target) {
            (ActKind::Withdraw, Target::Statement(_))
            | (ActKind::Discredit, Target::Document(_))
            | (ActKind::Rule, Target::Claim(_)) => true,
            // That a notice speaks of it; confirmed otherwise, it is only read rightly.
            (ActKind::Confirm, Target::Statement(_)) if matches!(act.on, Subject::Suggestion(_)) => true,
            (ActKind::Restore, _) if act.with.is_none() => false,
            _ => return None,
        };
        Some(weigh_act(target, act, in_force))
    })
}

/// An act as a graph takes it that knows its subject as `target`.
pub(crate) fn weigh_act(target: Target, act: &Act, in_force: bool) -> WeighAct {
    let published = act.published.as_deref().unwrap_or(&act.at);
    WeighAct { target, in_force, published: seconds(published), known: ALWAYS }
}

/// On what a link rests: where its words were taken from, unless a person has rejected that; else what its page says.
pub(crate) fn bases(
    decisions: &Decisions,
    link: &Link,
    is_there: impl Fn(NodeKey) -> bool,
) -> Vec<Vec<NodeKey>> {
    let origins: Vec<Vec<NodeKey>> = link
        .origins
        .iter()
        .filter(|origin| !origin.suggestion.is_some_and(|id| decisions.rejected.contains(&id)))
        .filter(|origin| is_there(origin.original))
        .map(|origin| vec![origin.original])
        .collect();
    if origins.is_empty() { link.needs.clone() } else { origins }
}

struct Gathering<'a> {
    ledger: &'a Ledger,
    decisions: &'a Decisions,
    known_by: i64,
    links: Vec<Link>,
    places: FxHashMap<NodeKey, u32>,
}

impl Gathering<'_> {
    fn claim(&mut self, claim: ClaimKey) -> Result<(), LedgerError> {
        for part in self.decisions.parts(claim) {
            for link in self.ledger.links_of_claim(part, self.known_by)? {
                if self.decisions.claim_of(&link) == claim {
                    self.add(link);
                }
            }
        }
        for statement in self.decisions.given_to(claim) {
            self.statement(statement)?;
        }
        Ok(())
    }

    fn statement(&mut self, statement: StatementId) -> Result<(), LedgerError> {
        for link in self.ledger.links_of_statement(statement, self.known_by)? {
            self.add(link);
        }
        Ok(())
    }

    fn add(&mut self, link: Link) {
        let is_misread = self.decisions.misread.contains(&link.place.statement);
        if !is_misread && !self.places.contains_key(&link.node) {
            self.places.insert(link.node, self.links.len() as u32);
            self.links.push(link);
        }
    }

    fn everything_below(&mut self) -> Result<(), LedgerError> {
        let mut at = 0;
        while at < self.links.len() {
            let link = self.links[at].clone();
            at += 1;
            let origins = link.origins.iter().map(|origin| origin.original);
            for node in origins.chain(link.needs.iter().flatten().copied()) {
                if !self.places.contains_key(&node)
                    && let Some(link) = self.ledger.link(node, self.known_by)?
                {
                    self.add(link);
                }
            }
            let undercuts = self.decisions.undercuts_on(link.place.statement);
            let by: Vec<StatementId> =
                undercuts.filter(|(_, _, in_force)| *in_force).map(|(_, by, _)| by).collect();
            for statement in by {
                self.statement(statement)?;
            }
        }
        Ok(())
    }
}

/// The claims that may weigh something else when something about these statements changes: those that they speak of,
/// and those of everything that rests on them.
pub(crate) fn claims_above(
    ledger: &Ledger,
    decisions: &Decisions,
    statements: impl IntoIterator<Item = StatementId>,
) -> Result<BTreeSet<ClaimKey>, LedgerError> {
    Above::new(ledger, decisions).claims(statements)
}

/// A walk upwards that goes through everything once, however often it is asked to start again.
pub(crate) struct Above<'a> {
    ledger: &'a Ledger,
    decisions: &'a Decisions,
    seen: FxHashSet<NodeKey>,
}

impl<'a> Above<'a> {
    pub(crate) fn new(ledger: &'a Ledger, decisions: &'a Decisions) -> Above<'a> {
        Above { ledger, decisions, seen: FxHashSet::default() }
    }

    /// The claims above some statements, but for what was above those asked about before.
    pub(crate) fn claims(
        &mut self,
        statements: impl IntoIterator<Item = StatementId>,
    ) -> Result<BTreeSet<ClaimKey>, LedgerError> {
        let mut claims = BTreeSet::new();
        let mut waiting: Vec<NodeKey> = Vec::new();
        for statement in statements {
            waiting.extend(self.ledger.nodes_of(statement)?);
        }
        while let Some(node) = waiting.pop() {
            if !self.seen.insert(node) {
                continue;
            }
            for (statement, claim) in self.ledger.claims_of_node(node)? {
                claims.insert(self.decisions.claim_of_statement(statement, claim));
                for &target in self.decisions.undercut_by(statement) {
                    waiting.extend(self.ledger.nodes_of(target)?);
                }
            }
            waiting.extend(self.ledger.nodes_resting_on(node)?);
        }
        Ok(claims)
    }
}
