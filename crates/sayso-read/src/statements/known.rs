//! Who was mentioned on a page so far: those whom a pronoun or a description may stand for.

use super::mention::Phrase;
use super::people::Gender;
use sayso_record::SourceKind;
use std::collections::HashMap;
use std::ops::Deref;

/// Somebody who was mentioned.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) kind: SourceKind,
    pub(super) name: String,
    pub(super) nouns: Vec<String>,
    pub(super) plural: bool,
    pub(super) gender: Option<Gender>,
    /// Where it was last mentioned.
    pub(super) at: u32,
    /// Whether it was the source of a statement there.
    pub(super) speaks: bool,
    /// Whether it was ever named as the source of a statement.
    pub(super) spoke: bool,
    /// In whose voice.
    pub(super) voice: usize,
    /// Whether it was only named inside quotation marks: who is spoken of there is seldom who speaks next.
    pub(super) quoted: bool,
    /// Whether it may be a place or a thing, by where it stands and how it is written.
    pub(super) thing: bool,
    /// Whether it was the subject of its sentence where it was last mentioned.
    pub(super) subject: bool,
    /// Whether it is one word that begins a sentence, and a name only where the page has it elsewhere.
    pub(super) initial: bool,
}

/// So many of those who were mentioned last are known at least; whoever was not mentioned since is forgotten, since each
/// pronoun asks for them all.
const KNOWN: usize = 256;

/// So many describing nouns of one are kept.
const NOUNS: usize = 32;

/// Those who were mentioned, in the order in which they were first.
#[derive(Debug, Default)]
pub(super) struct Known {
    all: Vec<Candidate>,
    /// The places of those of a name in `all`.
    named: HashMap<String, Vec<usize>>,
}

impl Deref for Known {
    type Target = [Candidate];

    fn deref(&self) -> &[Candidate] {
        // However many were mentioned, this is a step: those who are known are so many at most.
        debug_assert!(self.all.len() <= 2 * KNOWN);
        crate::steps::take(1);
        &self.all
    }
}

impl Known {
    /// Adds a mention, or moves what is known of the same source up to it.
    pub(super) fn remember(&mut self, mention: Candidate) {
        let of_name = self.named.get(&mention.name).map(Vec::as_slice).unwrap_or_default();
        let Some(&same) = of_name.iter().find(|&&at| self.all[at].kind == mention.kind) else {
            self.add(mention);
            return;
        };
        let candidate = &mut self.all[same];
        candidate.subject = mention.subject || candidate.subject && candidate.at > mention.at;
        candidate.at = candidate.at.max(mention.at);
        candidate.speaks =
            mention.speaks || candidate.speaks && mention.at - candidate.at.min(mention.at) < 400;
        candidate.spoke |= mention.spoke;
        candidate.voice = mention.voice;
        candidate.quoted &= mention.quoted;
        candidate.thing &= mention.thing;
        candidate.gender = candidate.gender.or(mention.gender);
        for noun in mention.nouns {
            if candidate.nouns.len() < NOUNS && !candidate.nouns.contains(&noun) {
                candidate.nouns.push(noun);
            }
        }
    }

    /// Whoever has this name is a man, or a woman, unless it is known already.
    pub(super) fn is(&mut self, name: &str, gender: Gender) {
        for &at in self.named.get(name).into_iter().flatten() {
            self.all[at].gender.get_or_insert(gender);
        }
    }

    fn add(&mut self, mention: Candidate) {
        if self.all.len() >= 2 * KNOWN {
            self.forget();
        }
        self.named.entry(mention.name.clone()).or_default().push(self.all.len());
        self.all.push(mention);
    }

    /// Forgets all but those who were mentioned last.
    fn forget(&mut self) {
        let mut places: Vec<u32> = self.all.iter().map(|candidate| candidate.at).collect();
        let (_, &mut least, _) = places.select_nth_unstable(self.all.len() - KNOWN);
        self.all.retain(|candidate| candidate.at >= least);
        self.named.clear();
        for (at, candidate) in self.all.iter().enumerate() {
            self.named.entry(candidate.name.clone()).or_default().push(at);
        }
    }
}

/// Whom a page names in full, by what it calls them.
#[derive(Debug, Default)]
pub(super) struct Roles<'a> {
    /// Who is called by a noun; nobody where several are.
    holders: HashMap<&'a str, Option<&'a str>>,
}

impl Roles<'_> {
    pub(super) fn of(names: &[Candidate]) -> Roles<'_> {
        let mut roles = Roles::default();
        let full = names.iter().filter(|name| name.kind == SourceKind::Person && name.name.contains(' '));
        for holder in full {
            for noun in &holder.nouns {
                let known = roles.holders.entry(noun).or_insert(Some(&holder.name));
                *known = known.filter(|&known| known == holder.name);
            }
        }
        roles
    }

    /// "Tarn's ambassador", whom the page names somewhere else: the only one on it who is called by that office or role.
    pub(super) fn only_one(&self, named: &Phrase) -> Option<(SourceKind, String)> {
        if !named.definite || named.plural || !matches!(named.kind, SourceKind::Unnamed | SourceKind::Office)
        {
            return None;
        }
        // Of those whom nobody names there may be many.
        const MANY: &[&str] =
            &["aide", "official", "officer", "person", "source", "spokesman", "spokesperson", "spokeswoman"];
        let role = named
            .nouns
            .iter()
            .rfind(|noun| !MANY.contains(&noun.as_str()) && named.name.contains(noun.as_str()))?;
        let holder = self.holders.get(role.as_str()).copied().flatten()?;
        Some((SourceKind::Person, holder.to_owned()))
    }
}
