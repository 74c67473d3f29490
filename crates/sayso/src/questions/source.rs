//! One source: all that it said, what of that was taken back, what rests on it, and what would fall with it. Figures
//! and words only: whether to believe it is for people to decide.

use crate::parts::{ListPart, ListPlace};
use crate::questions::claim::{Because, PageOf, against_sources, in_force};
use crate::questions::pending::{Pending, pending};
use crate::time::AsOf;
use crate::weighing::cone::{Cone, claims_above};
use crate::weighing::decisions::{Decisions, What};
use crate::weighing::weights::{ClaimShift, stored};
use crate::{Desk, LedgerError};
use sayso_ledger::{
    ClaimKey, DocumentKey, HeardOf, Ledger, Link, LinkedSource, LinkedSourceKey, NodeKey, StoredClaim,
};
use sayso_link::sources::Name;
use sayso_record::{ActKind, ClaimId, Document, SourceKind, StatementId, Subject};
use sayso_weigh::{Change, Standing, Target, Truth, Weighing, Weight};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Claims that are weighed together.
const AT_ONCE: usize = 4_096;

/// A source with all that is known of it.
#[derive(Clone, Debug, Serialize)]
pub struct SourceAnswer {
    /// Its name; for an unnamed source its description and the outlet.
    pub name: String,
    /// Whether nobody names it.
    pub unnamed: bool,
    /// Whether all in which it is heard was gone through. Where not, `heard` is today's count, joined names counted apart;
    /// `statements` are those linked last; and `called`, `withdrawn`, `rests_on_it`, `would_fall` and `would_weaken` are
    /// empty because nobody has looked.
    pub whole: bool,
    /// Other names that a person has said to be the same.
    pub merged: Vec<String>,
    /// How pages call it.
    pub called: Vec<Called>,
    /// How often it is heard.
    pub heard: Heard,
    /// For whom it speaks.
    pub speaks_for: Vec<Affiliation>,
    /// Who speaks for it: to discredit it reaches them.
    pub speaking_for_it: Vec<Affiliation>,
    /// Why it is not believed, where it is not.
    pub discredited: Vec<Because>,
    /// What notices suggest of it, and nobody has decided: it changes nothing yet.
    pub pending: Vec<Pending>,
    /// What it said that was taken back.
    pub withdrawn: Vec<Withdrawn>,
    /// How many claims rest on it: those in whose chains it speaks, and those that these are given for.
    pub rests_on_it: usize,
    /// The claims that would no longer stand if it were discredited.
    pub would_fall: Vec<ClaimShift>,
    /// The claims that would stand on less.
    pub would_weaken: Vec<ClaimShift>,
    /// What it says, the newest first, as many as were asked for.
    pub statements: Vec<SourceStatement>,
}

/// An organisation for which a source speaks, or somebody who speaks for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Affiliation {
    /// The other's name.
    pub name: String,
    /// Whether nobody names it.
    pub unnamed: bool,
    /// The words of the page that says so; none where only a person did.
    pub words: Option<String>,
}

/// How a source is called on pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Called {
    /// What sort of source pages take it for.
    pub kind: SourceKind,
    /// The name, or the description.
    pub name: String,
    /// How often.
    pub times: u32,
}

/// How often a source is heard, in statements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Heard {
    /// That it makes by another's account.
    pub said: usize,
    /// That it makes on its own page, or in its own comment.
    pub own_voice: usize,
    /// By others, that it passes on or publishes.
    pub passed_on: usize,
    /// The documents in which all these stand.
    pub documents: usize,
}

/// What part a source has in a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Another says that it said so.
    Said,
    /// It says so itself.
    OwnVoice,
    /// It passes on, or publishes, what another said.
    PassedOn,
}

/// A statement in whose chain a source speaks.
#[derive(Clone, Debug, Serialize)]
pub struct SourceStatement {
    /// The statement.
    pub id: StatementId,
    /// What part the source has in it.
    pub part: Part,
    /// Its words.
    pub words: String,
    /// The claim that it makes.
    pub claim: ClaimId,
    /// Whether it is for the claim.
    pub for_it: bool,
    /// The claim's standing.
    pub standing: Standing,
    /// Whether what the source says there stands.
    pub stands: Truth,
    /// Where it stands.
    pub page: PageOf,
}

/// Words of a source that were taken back.
#[derive(Clone, Debug, Serialize)]
pub struct Withdrawn {
    /// The statement.
    pub id: StatementId,
    /// What part the source has in it.
    pub part: Part,
    /// Its words.
    pub words: String,
    /// Where it stands.
    pub page: PageOf,
    /// The act.
    pub because: Because,
}

/// A source in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceLine {
    /// Its name; for an unnamed source its description and the outlet.
    pub name: String,
    /// Whether nobody names it.
    pub unnamed: bool,
    /// How often it is heard.
    #[serde(flatten)]
    pub heard: Heard,
}

impl Heard {
    fn of(counted: HeardOf) -> Heard {
        Heard {
            said: counted.said as usize,
            own_voice: counted.own_voice as usize,
            passed_on: counted.passed_on as usize,
            documents: counted.documents as usize,
        }
    }

    fn add(&mut self, other: Heard) {
        self.said += other.said;
        self.own_voice += other.own_voice;
        self.passed_on += other.passed_on;
        self.documents += other.documents;
    }

    /// In how many statements.
    pub fn statements(&self) -> usize {
        self.said + self.own_voice + self.passed_on
    }
}

impl Desk {
    /// Every source that is heard, the most heard first.
    pub fn sources(&self) -> Result<Vec<SourceLine>, LedgerError> {
        let part = self.sources_part(None, u32::MAX as usize)?;
        let mut lines = part.lines;
        lines.sort_by(|a, b| {
            let order = |line: &SourceLine| (line.heard.said, line.heard.passed_on, line.heard.own_voice);
            order(b).cmp(&order(a)).then_with(|| a.name.cmp(&b.name))
        });
        Ok(lines)
    }

    /// A part of the sources that are heard, the most heard first: `count` at most, from a place on. What a person has
    /// joined is counted together, and stands where the one stands that the others became.
    pub fn sources_part(
        &self,
        after: Option<ListPlace<4>>,
        count: usize,
    ) -> Result<ListPart<SourceLine, 4>, LedgerError> {
        let (Some(ledger), Some(decisions)) = (&self.ledger, self.decisions(AsOf::NOW)?) else {
            return Ok(ListPart::default());
        };
        let after = after.map(|ListPlace([said, passed_on, own_voice, source])| {
            let count = |number: i64| number.clamp(0, i64::from(u32::MAX)) as u32;
            let (said, own_voice, passed_on) = (count(said), count(own_voice), count(passed_on));
            (LinkedSourceKey::from_number(source), HeardOf { said, own_voice, passed_on, documents: 0 })
        });
        let mut part = ListPart::default();
        let limit = u32::try_from(count).unwrap_or(u32::MAX);
        for (source, counted) in ledger.sources_heard(after, limit.saturating_add(1))? {
            if part.lines.len() == count {
                return Ok(part);
            }
            let HeardOf { said, passed_on, own_voice, .. } = counted;
            let place = [said.into(), passed_on.into(), own_voice.into(), source.key.number()];
            part.next = Some(ListPlace(place));
            let key = decisions.source(source.key);
            if key != source.key {
                continue;
            }
            let is_joined =
                decisions.source_parts(key).len() > 1 || !decisions.given_to_source(key).is_empty();
            let heard = match is_joined {
                true => heard(&links_of(ledger, &decisions, key, i64::MAX)?),
                false => Heard::of(counted),
            };
            part.lines.push(SourceLine { name: source.name, unnamed: source.unnamed, heard });
        }
        part.next = None;
        Ok(part)
    }

    /// A source by its name, as of a time, with at most `limit` of its statements. Nothing where nobody is called so, or
    /// it had not been heard by then.
    pub fn source(&self, name: &str, as_of: AsOf, limit: usize) -> Result<Option<SourceAnswer>, LedgerError> {
        self.source_within(name, as_of, limit, usize::MAX)
    }

    /// The same for a source that is heard in at most so many statements. Of one that is heard in more, only what was
    /// linked last is told ([`SourceAnswer::whole`]).
    pub fn source_within(
        &self,
        name: &str,
        as_of: AsOf,
        limit: usize,
        most: usize,
    ) -> Result<Option<SourceAnswer>, LedgerError> {
        let (Some(ledger), Some(decisions)) = (&self.ledger, self.decisions(as_of)?) else { return Ok(None) };
        let Some(source) = ledger.linked_source_named(name)? else { return Ok(None) };
        let key = decisions.source(source.key);
        let Some(source) = ledger.linked_source(key)? else { return Ok(None) };
        let mut heard = Heard::default();
        for part in decisions.source_parts(key) {
            heard.add(Heard::of(ledger.heard(part)?));
        }
        let who_speaks = decisions.who_speaks_for(ledger, key, as_of)?;
        let for_it = heard_for(ledger, &decisions, &who_speaks, most)?;
        let whole = heard.statements() + for_it <= most;
        let mut links = match whole {
            true => links_of(ledger, &decisions, key, as_of.known_by)?,
            false => newest_links_of(ledger, &decisions, key, limit)?,
        };
        let was_there = |link: &Link| {
            link.known <= as_of.known_by
                && link.published.is_none_or(|published| published <= as_of.published_by)
        };
        links.retain(was_there);
        if links.is_empty() && whole && who_speaks.is_empty() {
            return Ok(None);
        }
        let mut spoken_for = Vec::new();
        for &one in who_speaks.iter().filter(|_| whole) {
            let links = links_of(ledger, &decisions, one, as_of.known_by)?;
            spoken_for.extend(links.iter().filter(|link| was_there(link)).map(|link| link.place.statement));
        }
        let looking = Looking { ledger, decisions: &decisions, key, as_of, links, who_speaks, spoken_for };
        looking.answer(source, limit, if whole { None } else { Some(heard) }).map(Some)
    }

    /// In how many statements some sources, and those who speak for them, are heard; those of joined names counted apart.
    pub fn heard_in(&self, names: &[String]) -> Result<usize, LedgerError> {
        let (Some(ledger), Some(decisions)) = (&self.ledger, self.decisions(AsOf::NOW)?) else {
            return Ok(0);
        };
        let (mut heard, mut for_them) = (Heard::default(), 0);
        for source in names.iter().map(|name| ledger.linked_source_named(name)) {
            let Some(source) = source? else { continue };
            let source = decisions.source(source.key);
            for part in decisions.source_parts(source) {
                heard.add(Heard::of(ledger.heard(part)?));
            }
            let who = decisions.who_speaks_for(ledger, source, AsOf::NOW)?;
            for_them += heard_for(ledger, &decisions, &who, usize::MAX)?;
        }
        Ok(heard.statements() + for_them)
    }

    /// What would become of one claim if some sources were not believed; nothing where it would weigh the same. Only what
    /// the claim rests on is looked at, so that it takes no longer where a source is heard everywhere.
    pub fn claim_without(
        &self,
        id: ClaimId,
        names: &[String],
        as_of: AsOf,
    ) -> Result<Option<ClaimShift>, LedgerError> {
        let (Some(ledger), Some(decisions)) = (&self.ledger, self.decisions(as_of)?) else { return Ok(None) };
        let Some(claim) = ledger.claim_by_id(id)? else { return Ok(None) };
        let key = decisions.claim(claim.key);
        let cone = Cone::below(ledger, &decisions, [key], as_of)?;
        let mut changes = Vec::with_capacity(names.len());
        for source in names.iter().map(|name| ledger.linked_source_named(name)) {
            let Some(source) = source? else { continue };
            let reached = cone.reached_by(decisions.source(source.key));
            changes.extend(
                reached.into_iter().map(|one| Change { target: Target::Source(one), in_force: true }),
            );
        }
        let effect = Weighing::new(&cone.graph, as_of.moment()).what_if(&changes);
        let number = cone.claims.number(key);
        let own = effect.changed.into_iter().find(|shift| Some(shift.claim) == number);
        let Some(shift) = own else { return Ok(None) };
        Ok(ledger.claim(key)?.map(|claim| shifted(claim, shift.before, shift.after)))
    }
}

/// In how many statements those are heard who speak for an organisation; no further than past `most`.
fn heard_for(
    ledger: &Ledger,
    decisions: &Decisions,
    who: &[LinkedSourceKey],
    most: usize,
) -> Result<usize, LedgerError> {
    let mut all = 0;
    for &one in who {
        for part in decisions.source_parts(one) {
            all += Heard::of(ledger.heard(part)?).statements();
        }
        if all > most {
            break;
        }
    }
    Ok(all)
}

/// A claim that would weigh something else.
fn shifted(claim: StoredClaim, before: Weight, after: Weight) -> ClaimShift {
    let (before, after) = (stored(before), stored(after));
    ClaimShift {
        claim: claim.id,
        words: claim.words,
        before: Some(before.standing),
        after: after.standing,
        independence_before: Some(before.independence_for),
        independence_after: after.independence_for,
    }
}

/// Every link in which a source speaks, under all the names that a person has joined.
fn links_of(
    ledger: &Ledger,
    decisions: &Decisions,
    source: LinkedSourceKey,
    known_by: i64,
) -> Result<Vec<Link>, LedgerError> {
    let mut links = Vec::new();
    for part in decisions.source_parts(source) {
        links.extend(ledger.links_of_source(part, known_by)?);
    }
    for place in decisions.given_to_source(source) {
        let of_statement = ledger.links_of_statement(place.statement, known_by)?;
        links.extend(of_statement.into_iter().filter(|link| link.place == place));
    }
    links.retain(|link| {
        decisions.source_of(link) == source && !decisions.misread.contains(&link.place.statement)
    });
    let mut seen: HashSet<NodeKey> = HashSet::new();
    links.retain(|link| seen.insert(link.node));
    Ok(links)
}

/// The links in which a source speaks that were linked last: of each of its names enough for so many statements.
fn newest_links_of(
    ledger: &Ledger,
    decisions: &Decisions,
    source: LinkedSourceKey,
    statements: usize,
) -> Result<Vec<Link>, LedgerError> {
    let mut links = Vec::new();
    for part in decisions.source_parts(source) {
        // A source is rarely more than twice in one chain.
        links.extend(ledger.newest_links_of_source(part, statements as u32 * 2)?);
    }
    links.retain(|link| {
        decisions.source_of(link) == source && !decisions.misread.contains(&link.place.statement)
    });
    Ok(links)
}

fn part(link: &Link) -> Part {
    match (link.place.step, link.report) {
        (0, true) => Part::OwnVoice,
        (0, false) => Part::Said,
        _ => Part::PassedOn,
    }
}

fn heard(links: &[Link]) -> Heard {
    let mut heard = Heard::default();
    // A source may be in a chain twice, as an outlet that quotes itself; the statement is one.
    for (_, link) in by_statement(links) {
        match part(link) {
            Part::Said => heard.said += 1,
            Part::OwnVoice => heard.own_voice += 1,
            Part::PassedOn => heard.passed_on += 1,
        }
    }
    let documents: HashSet<DocumentKey> = links.iter().map(|link| link.document).collect();
    Heard { documents: documents.len(), ..heard }
}

/// For each statement the link nearest to its source.
fn by_statement(links: &[Link]) -> BTreeMap<StatementId, &Link> {
    let mut nearest: BTreeMap<StatementId, &Link> = BTreeMap::new();
    for link in links {
        let known = nearest.entry(link.place.statement).or_insert(link);
        if link.place.step < known.place.step {
            *known = link;
        }
    }
    nearest
}

struct Looking<'a> {
    ledger: &'a Ledger,
    decisions: &'a Decisions,
    key: LinkedSourceKey,
    as_of: AsOf,
    links: Vec<Link>,
    /// Who speaks for it, and the statements in which they do.
    who_speaks: Vec<LinkedSourceKey>,
    spoken_for: Vec<StatementId>,
}

impl Looking<'_> {
    fn answer(
        &self,
        source: LinkedSource,
        limit: usize,
        counted: Option<Heard>,
    ) -> Result<SourceAnswer, LedgerError> {
        let whole = counted.is_none();
        let mut merged = Vec::new();
        let mut called: BTreeMap<(u32, String), Called> = BTreeMap::new();
        let mut keys: HashSet<String> = HashSet::new();
        for part in self.decisions.source_parts(self.key) {
            let Some(named) = self.ledger.linked_source(part)? else { continue };
            let mentions = if whole { self.ledger.mentions_of(part)? } else { Vec::new() };
            for (kind, name, times) in mentions {
                let entry = called.entry((kind as u32, name.clone()));
                entry.or_insert(Called { kind, name, times: 0 }).times += times;
            }
            keys.insert(Name::of(&named.name).key());
            merged.extend(Some(named.name).filter(|_| part != self.key));
        }
        // Who speaks for an organisation is believed no more than it is.
        let organisations = self.decisions.organisations_of(self.ledger, self.key, self.as_of)?;
        let all = std::iter::once(self.key).chain(organisations.iter().copied());
        let discredited = against_sources(self.ledger, self.decisions, all, self.as_of)?;
        let mut called: Vec<Called> = called.into_values().collect();
        called.sort_by(|a, b| b.times.cmp(&a.times).then_with(|| a.name.cmp(&b.name)));
        let statements = by_statement(&self.links);
        let (mut claims, mut withdrawn) = (BTreeSet::new(), Vec::new());
        if whole {
            let all = statements.keys().chain(&self.spoken_for).copied();
            claims = claims_above(self.ledger, self.decisions, all)?;
            withdrawn = self.withdrawn(&statements)?;
        }
        let (would_fall, would_weaken) = self.what_if(&claims)?;
        Ok(SourceAnswer {
            name: source.name,
            unnamed: source.unnamed,
            whole,
            merged,
            called,
            heard: counted.unwrap_or_else(|| heard(&self.links)),
            speaks_for: self.speaks_for(&organisations)?,
            speaking_for_it: self.speaking_for_it()?,
            discredited,
            pending: pending(self.ledger, self.decisions, self.as_of, |what| match what {
                What::Distrust { source, .. } => keys.contains(&Name::of(source).key()),
                _ => false,
            })?,
            withdrawn,
            rests_on_it: claims.len(),
            would_fall,
            would_weaken,
            statements: self.newest(&statements, limit)?,
        })
    }

    /// For whom the source speaks, by pages and by people.
    fn speaks_for(&self, organisations: &[LinkedSourceKey]) -> Result<Vec<Affiliation>, LedgerError> {
        let mut words: HashMap<LinkedSourceKey, String> = HashMap::new();
        for part in self.decisions.source_parts(self.key) {
            for one in self.ledger.affiliations_of(part, self.as_of.known_by, self.as_of.published_by)? {
                words.entry(self.decisions.source(one.other)).or_insert(one.words);
            }
        }
        self.affiliations(organisations, words)
    }

    /// Who speaks for the source.
    fn speaking_for_it(&self) -> Result<Vec<Affiliation>, LedgerError> {
        let mut words: HashMap<LinkedSourceKey, String> = HashMap::new();
        for part in self.decisions.source_parts(self.key) {
            for one in self.ledger.speaking_for(part, self.as_of.known_by, self.as_of.published_by)? {
                words.entry(self.decisions.source(one.other)).or_insert(one.words);
            }
        }
        self.affiliations(&self.who_speaks, words)
    }

    fn affiliations(
        &self,
        others: &[LinkedSourceKey],
        mut words: HashMap<LinkedSourceKey, String>,
    ) -> Result<Vec<Affiliation>, LedgerError> {
        let mut told = Vec::with_capacity(others.len());
        for &other in others {
            let Some(source) = self.ledger.linked_source(other)? else { continue };
            told.push(Affiliation {
                name: source.name,
                unnamed: source.unnamed,
                words: words.remove(&other),
            });
        }
        Ok(told)
    }

    /// What would fall, and what would stand on less, if the source were discredited.
    fn what_if(
        &self,
        claims: &BTreeSet<ClaimKey>,
    ) -> Result<(Vec<ClaimShift>, Vec<ClaimShift>), LedgerError> {
        let claims: Vec<ClaimKey> = claims.iter().copied().collect();
        let (mut fall, mut weaken) = (Vec::new(), Vec::new());
        for claims in claims.chunks(AT_ONCE) {
            let cone = Cone::below(self.ledger, self.decisions, claims.iter().copied(), self.as_of)?;
            let reached = cone.reached_by(self.key).into_iter();
            let changes: Vec<Change> =
                reached.map(|one| Change { target: Target::Source(one), in_force: true }).collect();
            if changes.is_empty() {
                continue;
            }
            let mut weighing = Weighing::new(&cone.graph, self.as_of.moment());
            let effect = weighing.what_if(&changes);
            let fell: HashSet<u32> = effect.fell.iter().copied().collect();
            for shift in effect.changed {
                let key = cone.claims.keys[shift.claim as usize];
                // Of the others, not all that they rest on is here.
                if claims.binary_search(&key).is_err() {
                    continue;
                }
                let Some(claim) = self.ledger.claim(key)? else { continue };
                let list = if fell.contains(&shift.claim) { &mut fall } else { &mut weaken };
                list.push(shifted(claim, shift.before, shift.after));
            }
        }
        Ok((fall, weaken))
    }

    /// What was taken back of all in which the source speaks.
    fn withdrawn(&self, statements: &BTreeMap<StatementId, &Link>) -> Result<Vec<Withdrawn>, LedgerError> {
        let mut pages = Pages { ledger: self.ledger, documents: HashMap::new() };
        let mut withdrawn = Vec::new();
        let mut seen: HashSet<StatementId> = HashSet::new();
        for (_, act) in &self.decisions.acts {
            let id = match (act.act, &act.on) {
                (ActKind::Withdraw, Subject::Statement(id)) => id,
                (ActKind::Confirm, Subject::Suggestion(id)) => match self.decisions.taken_back.get(id) {
                    Some(statement) => statement,
                    None => continue,
                },
                _ => continue,
            };
            let Some(link) = statements.get(id).filter(|_| seen.insert(*id)) else { continue };
            let subject = Subject::Statement(*id);
            let Some(act) = in_force(self.decisions, &subject, self.as_of) else { continue };
            let Some((words, page)) = pages.words(*id, link.document)? else { continue };
            withdrawn.push(Withdrawn {
                id: *id,
                part: part(link),
                words,
                page,
                because: Because::taken_back(act, &subject),
            });
        }
        Ok(withdrawn)
    }

    fn newest(
        &self,
        statements: &BTreeMap<StatementId, &Link>,
        limit: usize,
    ) -> Result<Vec<SourceStatement>, LedgerError> {
        let mut links: Vec<&Link> = statements.values().copied().collect();
        links.sort_by_key(|link| (std::cmp::Reverse(link.published), link.document, link.node));
        links.truncate(limit);
        let claims: BTreeSet<ClaimKey> = links.iter().map(|link| self.decisions.claim_of(link)).collect();
        let cone = Cone::below(self.ledger, self.decisions, claims, self.as_of)?;
        let weighing = Weighing::new(&cone.graph, self.as_of.moment());
        let mut pages = Pages { ledger: self.ledger, documents: HashMap::new() };
        let mut newest = Vec::with_capacity(links.len());
        for link in links {
            let key = self.decisions.claim_of(link);
            let (Some(claim), Some(number)) = (self.ledger.claim(key)?, cone.claims.number(key)) else {
                continue;
            };
            let Some((words, page)) = pages.words(link.place.statement, link.document)? else { continue };
            newest.push(SourceStatement {
                id: link.place.statement,
                part: part(link),
                words,
                claim: claim.id,
                for_it: link.for_it,
                standing: weighing.weight(number).standing,
                stands: cone.place(link.node).map(|link| weighing.statement(link)).unwrap_or_default(),
                page,
            });
        }
        Ok(newest)
    }
}

/// Documents that were loaded, since a source often speaks in one several times.
struct Pages<'a> {
    ledger: &'a Ledger,
    documents: HashMap<DocumentKey, Document>,
}

impl Pages<'_> {
    /// The words of a statement, and where they stand.
    fn words(
        &mut self,
        statement: StatementId,
        document: DocumentKey,
    ) -> Result<Option<(String, PageOf)>, LedgerError> {
        let Some(statement) = self.ledger.statement(statement)? else { return Ok(None) };
        if !self.documents.contains_key(&document) {
            let Some(read) = self.ledger.document(statement.document)? else { return Ok(None) };
            self.documents.insert(document, read);
        }
        let document = &self.documents[&document];
        Ok(Some((document.words(&statement.content), PageOf::of(document))))
    }
}
