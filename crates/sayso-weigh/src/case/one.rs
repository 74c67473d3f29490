//! Who of a case may be one: the groups that are named, organisations with all who speak for them, and the own voices
//! of documents that may be copies of one another.

use super::{Basis, Case};
use crate::build::Builder;
use rustc_hash::FxHashSet;

impl Case {
    /// Numbers the organisations, and those sources that are named in groups alone.
    pub(super) fn collect_groups(&mut self) {
        let grouped = self.file.groups.iter().flatten().map(|name| ("groups", name));
        let speaking = self.file.speaks_for.keys().map(|name| ("speaks_for", name));
        for (list, name) in grouped.chain(speaking) {
            if self.sources.number(name).is_none() {
                self.notes.push(format!("{list} lists {name:?}, who says nothing in this case"));
                self.sources.add(name);
            }
        }
        for id in self.file.copies.iter().flatten().filter(|id| self.documents.number(id).is_none()) {
            self.notes.push(format!("copies lists {id:?}, in which nothing is said"));
        }
        for (speaker, organisation) in &self.file.speaks_for {
            let number = self.organisations.add(organisation) as usize;
            self.speakers.resize(self.speakers.len().max(number + 1), Vec::new());
            self.speakers[number].extend(self.sources.number(speaker));
        }
    }

    /// The sources that speak for somebody, by number and sorted: the organisation itself where it is a source, and
    /// whoever speaks for those who speak for it. None where nobody does.
    ///
    /// ```
    /// let case = sayso_weigh::Case::parse(r#"{"statements": [
    ///     {"id": "a", "source": "Gates", "document": "d", "claim": "c", "basis": "first"},
    ///     {"id": "b", "source": "his spokeswoman", "document": "e", "claim": "c", "basis": "first"}],
    ///     "speaks_for": {"Gates": "U.S. government", "his spokeswoman": "Gates"}}"#)?;
    /// assert_eq!(case.speakers("U.S. government"), Some(vec![0, 1]));
    /// assert_eq!(case.speakers("his spokeswoman"), None);
    /// # Ok::<(), sayso_weigh::CaseError>(())
    /// ```
    pub fn speakers(&self, organisation: &str) -> Option<Vec<u32>> {
        self.organisations.number(organisation).map(|number| self.speakers_for(number))
    }

    /// The same for an organisation by its number.
    pub(super) fn speakers_for(&self, organisation: u32) -> Vec<u32> {
        let mut seen = FxHashSet::from_iter([organisation]);
        let mut organisations = vec![organisation];
        let mut speakers: Vec<u32> = self.source(self.organisations.name(organisation)).into_iter().collect();
        while let Some(organisation) = organisations.pop() {
            for &speaker in &self.speakers[organisation as usize] {
                speakers.push(speaker);
                let itself = self.organisations.number(self.sources.name(speaker));
                organisations.extend(itself.filter(|&itself| seen.insert(itself)));
            }
        }
        speakers.sort_unstable();
        speakers.dedup();
        speakers
    }

    /// Tells the builder who may be one, and that the lower end of independence decides, if the file has doubts.
    pub(super) fn add_groups(&self, builder: &mut Builder) {
        let file = &self.file;
        let is_possible = |basis: &Basis| match basis {
            Basis::First => false,
            Basis::Alternatives(alternatives) => alternatives.iter().any(|alternative| alternative.possible),
        };
        let mut statements = file.statements.iter();
        if file.groups.is_empty()
            && file.speaks_for.is_empty()
            && file.copies.is_empty()
            && !statements.any(|statement| statement.possible || is_possible(&statement.basis))
        {
            return;
        }
        builder.unnamed_count_as_one();
        for group in &file.groups {
            builder.may_be_one(&group.iter().filter_map(|name| self.source(name)).collect::<Vec<u32>>());
        }
        for (organisation, speakers) in (0..).zip(&self.speakers) {
            let itself = self.source(self.organisations.name(organisation));
            builder.may_be_one(&speakers.iter().copied().chain(itself).collect::<Vec<u32>>());
        }
        for documents in &file.copies {
            builder.may_be_one(&self.own_voices(documents));
        }
    }

    /// Whoever speaks at first hand in some documents, on pages that we hold.
    fn own_voices(&self, documents: &[String]) -> Vec<u32> {
        let documents: FxHashSet<&String> = documents.iter().collect();
        let statements = self.file.statements.iter().filter(|statement| {
            statement.document.as_ref().is_some_and(|id| documents.contains(id))
                && statement.basis == Basis::First
                && statement.held.unwrap_or(true)
        });
        statements.filter_map(|statement| self.source(&statement.source)).collect()
    }
}
