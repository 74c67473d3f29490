//! The sources of what speaks to a question: numbered for weighing, with what is known of which may be one.

use crate::LedgerError;
use crate::questions::claim::Speaker;
use crate::time::AsOf;
use crate::weighing::cone::weigh_act;
use crate::weighing::decisions::Decisions;
use crate::weighing::one_mouth::{self, Mouth};
use sayso_ledger::{Ledger, LinkedSource};
use sayso_link::Page;
use sayso_link::questions::{Bars, Part, Side, Spoken};
use sayso_link::sources::{Name, head_noun, outlet};
use sayso_record::SourceKind;
use sayso_weigh::{Act as WeighAct, Target};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A source that speaks, or passes words on.
struct Named {
    speaker: Speaker,
    kind: SourceKind,
    /// The same in the ledger, where a claim's chain has it too.
    linked: Option<LinkedSource>,
    /// For whom it speaks by what the ledger holds, and for whom a person said that it does not.
    speaks_for: Vec<LinkedSource>,
    speaks_not_for: Vec<String>,
}

/// All of them, by number.
pub(super) struct Sources {
    named: Vec<Named>,
    numbers: HashMap<String, u32>,
    /// By spoken sentence: its chain from the source on.
    chains: Vec<Vec<u32>>,
    /// By page: its outlet.
    outlets: Vec<u32>,
}

impl Sources {
    pub(super) fn new(
        ledger: &Ledger,
        decisions: &Decisions,
        pages: &[Page],
        spoken: &[Spoken],
        as_of: AsOf,
    ) -> Result<Sources, LedgerError> {
        let mut sources =
            Sources { named: Vec::new(), numbers: HashMap::new(), chains: Vec::new(), outlets: Vec::new() };
        for page in pages {
            let name = outlet(&page.document);
            let number = sources.add(ledger, decisions, name, false, SourceKind::Organisation)?;
            sources.outlets.push(number);
        }
        let full = full_names(spoken);
        for one in spoken {
            let mut chain = Vec::with_capacity(one.chain.len());
            for speaker in &one.chain {
                let (name, unnamed) = (speaker.link.name.clone(), speaker.link.unnamed);
                let name = full.get(&name).unwrap_or(&name).clone();
                chain.push(sources.add(ledger, decisions, name, unnamed, speaker.kind)?);
            }
            // "The Courier has learned", on the Courier's page, is the Courier's own voice.
            chain.dedup();
            sources.chains.push(chain);
        }
        for named in &mut sources.named {
            let Some(linked) = &named.linked else { continue };
            for organisation in decisions.organisations_of(ledger, linked.key, as_of)? {
                named.speaks_for.extend(ledger.linked_source(organisation)?);
            }
            for organisation in decisions.no_organisations_of(linked.key) {
                named.speaks_not_for.extend(ledger.linked_source(organisation)?.map(|one| one.name));
            }
        }
        Ok(sources)
    }

    fn add(
        &mut self,
        ledger: &Ledger,
        decisions: &Decisions,
        name: String,
        unnamed: bool,
        kind: SourceKind,
    ) -> Result<u32, LedgerError> {
        let mut linked = ledger.linked_source_named(&name)?;
        if let Some(known) = &linked {
            // A person may have said that it is part of another.
            let into = decisions.source(known.key);
            if into != known.key {
                linked = ledger.linked_source(into)?;
            }
        }
        let name = linked.as_ref().map_or(name, |linked| linked.name.clone());
        if let Some(&number) = self.numbers.get(&name) {
            return Ok(number);
        }
        let number = self.named.len() as u32;
        self.numbers.insert(name.clone(), number);
        let (speaker, speaks_for, speaks_not_for) = (Speaker { name, unnamed }, Vec::new(), Vec::new());
        self.named.push(Named { speaker, kind, linked, speaks_for, speaks_not_for });
        Ok(number)
    }

    /// A spoken sentence's chain, from the source to who passed it on last; empty where the page says so itself.
    pub(super) fn chain(&self, spoken: usize) -> &[u32] {
        &self.chains[spoken]
    }

    /// The outlet of a page.
    pub(super) fn outlet(&self, page: usize) -> u32 {
        self.outlets[page]
    }

    /// A source as it is shown.
    pub(super) fn speaker(&self, source: u32) -> Speaker {
        self.named[source as usize].speaker.clone()
    }

    /// The sources that nobody names.
    pub(super) fn unnamed(&self) -> impl Iterator<Item = u32> + '_ {
        let numbered = self.named.iter().enumerate();
        numbered.filter(|(_, named)| named.speaker.unnamed).map(|(number, _)| number as u32)
    }

    /// The acts on the sources and on those for whom they speak, as weighing takes them.
    pub(super) fn acts(&self, ledger: &Ledger, decisions: &Decisions) -> Result<Vec<WeighAct>, LedgerError> {
        let mut found = Vec::new();
        for (number, named) in self.named.iter().enumerate() {
            let Some(linked) = &named.linked else { continue };
            let acts = decisions.acts_on_source(ledger, linked, &named.speaks_for)?;
            let target = Target::Source(number as u32);
            found.extend(acts.into_iter().map(|(act, in_force)| weigh_act(target, act, in_force)));
        }
        Ok(found)
    }

    /// Sets of sources on one side that may be one, for the lower end of independence.
    pub(super) fn may_be_one(&self, spoken: &[Spoken]) -> Vec<Vec<u32>> {
        let sure = |at: usize, one: &Spoken| {
            let by_name = one.chain.first().is_some_and(|first| first.is_by_name);
            let named = self.chains[at].first().is_some_and(|&first| self.named[first as usize].is_known());
            one.counts && one.share() >= Bars::default().sure && one.own_words && by_name && named
        };
        let on = |side: Side| -> Vec<Mouth<'_>> {
            let spoken = spoken.iter().enumerate().filter(|(_, one)| one.side == side && one.best);
            // Of whom it is not sure that they say so it is not sure either that they are one more.
            let mut mouths: HashMap<u32, bool> = HashMap::new();
            for (at, one) in spoken {
                let source = self.chains[at].first().copied().unwrap_or(self.outlets[one.page]);
                *mouths.entry(source).or_default() |= part(one) == Part::Origin && sure(at, one);
            }
            let mouth = |(source, is_sure): (u32, bool)| {
                let Speaker { name, unnamed } = &self.named[source as usize].speaker;
                Mouth { source, name, unnamed: *unnamed, own_voice: !is_sure }
            };
            let mut mouths: Vec<Mouth<'_>> = mouths.into_iter().map(mouth).collect();
            mouths.sort_by_key(|mouth| mouth.source);
            mouths
        };
        let mut sets: Vec<Vec<u32>> =
            [Side::For, Side::Against].into_iter().flat_map(|side| one_mouth::sets(&on(side))).collect();
        sets.extend(self.of_one_organisation(spoken));
        sets
    }

    /// Those who speak for one organisation, or hold its offices.
    fn of_one_organisation(&self, spoken: &[Spoken]) -> Vec<Vec<u32>> {
        let mut of: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (chain, one) in self.chains.iter().zip(spoken) {
            let (Some(&head), Some(first)) = (chain.first(), one.chain.first()) else { continue };
            let denied =
                |organisation: &String| self.named[head as usize].speaks_not_for.contains(organisation);
            if let Some((organisation, _)) = first.affiliation.as_ref().filter(|(name, _)| !denied(name)) {
                of.entry(Name::of(organisation).key()).or_default().push(head);
            }
            for organisation in &self.named[head as usize].speaks_for {
                of.entry(Name::of(&organisation.name).key()).or_default().push(head);
            }
            if self.named[head as usize].kind == SourceKind::Organisation {
                of.entry(Name::of(&self.named[head as usize].speaker.name).key()).or_default().push(head);
            }
        }
        let mut sets: Vec<Vec<u32>> = of.into_values().collect();
        for set in &mut sets {
            set.sort_unstable();
            set.dedup();
        }
        sets.retain(|set| set.len() > 1);
        sets
    }

    /// The sources at the ends of some chains. What outlets report, and what is credited to nobody, has an origin in them
    /// only where nobody is credited.
    pub(super) fn origins(
        &self,
        pages: &[Page],
        spoken: &[Spoken],
        standing: impl Iterator<Item = usize>,
    ) -> Origins {
        let (mut credited, mut outlets, mut own, mut nobody) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for at in standing {
            match (self.chains[at].first(), part(&spoken[at])) {
                (None, _) => own.push((self.outlets[spoken[at].page], at)),
                (Some(&source), Part::Origin) => credited.push((source, at)),
                (Some(&source), Part::Outlet) => outlets.push((source, at)),
                (Some(&source), Part::Nobody) => nobody.push((source, at)),
            }
        }
        let mut origins =
            [credited, outlets, own, nobody].into_iter().find(|some| !some.is_empty()).unwrap_or_default();
        origins.sort_unstable();
        let words = |&(_, at): &(u32, usize)| {
            let one = &spoken[at];
            (one.page, content_words(one.sentence.of(&pages[one.page].document.text)))
        };
        let words: Vec<_> = origins.iter().map(words).collect();
        let mut numbers: Vec<u32> = origins.iter().map(|&(source, _)| source).collect();
        numbers.dedup();
        let mut apart = Apart::new(numbers.len());
        let place = |source: u32| numbers.partition_point(|&other| other < source);
        for (at, (page, own)) in words.iter().enumerate() {
            for (earlier, (other_page, other)) in words[..at].iter().enumerate() {
                if page != other_page && are_same_words(own, other) {
                    apart.join(place(origins[at].0), place(origins[earlier].0));
                }
            }
        }
        let sources: Vec<Speaker> = numbers.into_iter().map(|source| self.speaker(source)).collect();
        let apart = known_apart(&sources, &apart);
        Origins { sources, apart }
    }
}

/// The sources at the ends of chains that stand.
pub(super) struct Origins {
    pub(super) sources: Vec<Speaker>,
    /// How many of them are known to be others.
    pub(super) apart: u32,
}

/// Which of some origins are one for what they say: pages that tell it in the same words have them from one mouth, whomever
/// each of them credits.
struct Apart {
    first: Vec<usize>,
}

impl Apart {
    fn new(count: usize) -> Apart {
        Apart { first: (0..count).collect() }
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first[a], self.first[b]);
        self.first.iter_mut().filter(|first| **first == a.max(b)).for_each(|first| *first = a.min(b));
    }

    fn is_first(&self, at: usize) -> bool {
        self.first[at] == at
    }
}

/// The words of a sentence that carry what it says, without order.
fn content_words(text: &str) -> BTreeSet<String> {
    const LEAST_LETTERS: usize = 4;
    let words = text.split(|c: char| !c.is_alphanumeric());
    let carries =
        |word: &&str| word.chars().count() >= LEAST_LETTERS || word.contains(|c: char| c.is_ascii_digit());
    words.filter(carries).map(str::to_lowercase).collect()
}

/// Whether half of the words of the shorter of two sentences stand in the other.
fn are_same_words(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    const LEAST_SHARED: usize = 4;
    let shared = a.intersection(b).count();
    shared >= LEAST_SHARED && 2 * shared >= a.len().min(b.len())
}

impl Named {
    /// Whether it is a name that tells who is meant: a person's in full, or a body's.
    fn is_known(&self) -> bool {
        match self.kind {
            SourceKind::Organisation => true,
            SourceKind::Person | SourceKind::Office => self.speaker.name.contains(' '),
            _ => false,
        }
    }
}

/// What the source at the end of a sentence's chain can be; the page itself where it speaks in its own voice.
pub(super) fn part(spoken: &Spoken) -> Part {
    spoken.chain.first().map_or(Part::Outlet, |first| first.part)
}

/// How many of some origins are known to be others: those who are named, or else descriptions by nouns of their own. Two
/// outlets that describe a source of theirs mostly describe one, and a description beside a name mostly fits it.
fn known_apart(origins: &[Speaker], apart: &Apart) -> u32 {
    let firsts =
        || origins.iter().enumerate().filter(|(at, _)| apart.is_first(*at)).map(|(_, origin)| origin);
    let is_named = origins.iter().any(|origin| !origin.unnamed);
    let named = firsts().filter(|origin| !origin.unnamed).count().max(usize::from(is_named));
    let mut nouns: Vec<String> = firsts().filter_map(|origin| head_noun(&origin.name)).collect();
    nouns.sort_unstable();
    nouns.dedup();
    let apart = if is_named { named } else { nouns.len().max(usize::from(!origins.is_empty())) };
    apart.try_into().unwrap_or(u32::MAX)
}

/// The full name of everybody who is called by a part of it elsewhere, where only one full name holds that part.
fn full_names(spoken: &[Spoken]) -> HashMap<String, String> {
    let mut names: Vec<&str> = spoken
        .iter()
        .flat_map(|one| &one.chain)
        .filter(|speaker| speaker.kind == SourceKind::Person && !speaker.link.unnamed)
        .map(|speaker| speaker.link.name.as_str())
        .collect();
    names.sort_unstable();
    names.dedup();
    let mut full = HashMap::new();
    for short in &names {
        let part = Name::of(short).words;
        let holds = |long: &&&str| {
            let words = Name::of(long).words;
            words.len() > part.len()
                && !part.is_empty()
                && words.windows(part.len()).any(|window| window == part)
        };
        let mut longer = names.iter().filter(holds);
        if let (Some(long), None) = (longer.next(), longer.next()) {
            full.insert((*short).to_owned(), (*long).to_owned());
        }
    }
    full
}
