//! The sources of what speaks to a question: numbered for weighing, with what is known of which may be one.

use crate::LedgerError;
use crate::claim::Speaker;
use crate::decisions::Decisions;
use crate::one_mouth::{self, Mouth};
use sayso_ledger::{Ledger, LinkedSource};
use sayso_link::Page;
use sayso_link::questions::{Bars, Side, Spoken};
use sayso_link::sources::outlet;
use sayso_record::SourceKind;
use std::collections::HashMap;

/// A source that speaks, or passes words on.
struct Named {
    speaker: Speaker,
    kind: SourceKind,
    /// The same in the ledger, where a claim's chain has it too.
    linked: Option<LinkedSource>,
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
    ) -> Result<Sources, LedgerError> {
        let mut sources =
            Sources { named: Vec::new(), numbers: HashMap::new(), chains: Vec::new(), outlets: Vec::new() };
        for page in pages {
            let name = outlet(&page.document);
            let number = sources.add(ledger, decisions, name, false, SourceKind::Organisation)?;
            sources.outlets.push(number);
        }
        for one in spoken {
            let mut chain = Vec::with_capacity(one.chain.len());
            for speaker in &one.chain {
                let (name, unnamed) = (speaker.link.name.clone(), speaker.link.unnamed);
                chain.push(sources.add(ledger, decisions, name, unnamed, speaker.kind)?);
            }
            // "The Courier has learned", on the Courier's page, is the Courier's own voice.
            chain.dedup();
            sources.chains.push(chain);
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
        self.named.push(Named { speaker: Speaker { name, unnamed }, kind, linked });
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

    /// Whether a sentence is credited to nobody at all: "is believed to".
    pub(super) fn is_nobody(&self, spoken: usize) -> bool {
        self.chains[spoken]
            .first()
            .is_some_and(|&first| self.named[first as usize].kind == SourceKind::Nobody)
    }

    /// Every source with the names under which acts may have been done on it.
    pub(super) fn acted_on(
        &self,
        ledger: &Ledger,
        decisions: &Decisions,
    ) -> Result<Vec<(u32, String)>, LedgerError> {
        let mut names = Vec::new();
        for (number, named) in self.named.iter().enumerate() {
            let Some(linked) = &named.linked else {
                names.push((number as u32, named.speaker.name.clone()));
                continue;
            };
            for part in decisions.source_parts(linked.key) {
                let part = ledger.linked_source(part)?;
                names.extend(part.map(|part| (number as u32, part.name)));
            }
        }
        Ok(names)
    }

    /// Sets of sources on one side that may be one, for the lower end of independence.
    pub(super) fn may_be_one(&self, spoken: &[Spoken]) -> Vec<Vec<u32>> {
        let on = |side: Side| -> Vec<Mouth<'_>> {
            let spoken = spoken.iter().enumerate().filter(|(_, one)| one.side == side);
            let mouth = |(at, one): (usize, &Spoken)| {
                // Of whom it is not sure that they say so it is not sure either that they are one more.
                let own_voice = self.chains[at].is_empty() || one.share() < Bars::default().sure;
                let source = self.chains[at].first().copied().unwrap_or(self.outlets[one.page]);
                let Speaker { name, unnamed } = &self.named[source as usize].speaker;
                Mouth { source, name, unnamed: *unnamed, own_voice }
            };
            spoken.map(mouth).collect()
        };
        [Side::For, Side::Against].into_iter().flat_map(|side| one_mouth::sets(&on(side))).collect()
    }

    /// The sources at the ends of some chains. What pages say in their own voice, and what is credited to nobody, are
    /// origins only where nobody is credited.
    pub(super) fn origins(&self, spoken: &[Spoken], standing: impl Iterator<Item = usize>) -> Vec<Speaker> {
        let (mut credited, mut nobody, mut own) = (Vec::new(), Vec::new(), Vec::new());
        for at in standing {
            match self.chains[at].first() {
                Some(&source) if self.is_nobody(at) => nobody.push(source),
                Some(&source) => credited.push(source),
                None => own.push(self.outlets[spoken[at].page]),
            }
        }
        let mut origins =
            [credited, own, nobody].into_iter().find(|some| !some.is_empty()).unwrap_or_default();
        origins.sort_unstable();
        origins.dedup();
        origins.into_iter().map(|source| self.speaker(source)).collect()
    }
}
