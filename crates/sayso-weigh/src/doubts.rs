//! What is not sure: links that are only possible, and sources that may be one.
//!
//! A graph with possible links is arranged twice, without them and with them, so that what counts is weighed as if
//! there were no others, and what they would change is found in the same way.

use crate::bits::Bits;
use crate::build::{Builder, Need};
use crate::graph::{NONE, Rows, flag};
use rustc_hash::FxHashMap;

/// The doubts that a [`Builder`] was told of.
#[derive(Clone, Debug, Default)]
pub(crate) struct Doubts {
    /// (statement, what an alternative of it needs together).
    bases: Vec<(u32, Vec<Need>)>,
    /// Statements of which it is only possible that they speak of their claim.
    claims: Vec<u32>,
    /// By source: its class of descriptions that may stand for one person, [`NONE`] for named sources.
    unnamed: Vec<u32>,
    /// Sets of sources that may be one.
    sets: Vec<Vec<u32>>,
    unnamed_count_as_one: bool,
}

impl Builder {
    /// Says that it is only possible that a statement rests on these together. Nothing counts for standing that
    /// needs it; the upper end of independence heeds it.
    pub fn possible_basis(&mut self, statement: u32, needs: &[Need]) {
        for need in needs {
            if let Need::Claim(claim) = *need {
                self.claims(claim + 1);
            }
        }
        self.doubts.bases.push((statement, needs.to_vec()));
    }

    /// Says that it is only possible that a statement speaks of its claim. It does not count for that claim or
    /// against it; what rests on the statement itself, and what the statement undercuts, is as before.
    pub fn possible_claim(&mut self, statement: u32) {
        self.doubts.claims.push(statement);
    }

    /// Says that these sources may be one: two names of one person, several who speak for one organisation, the own
    /// voices of copies. Sets that overlap are joined, those of unnamed sources among them. From then on
    /// independence is as good as its lower end in this graph: see
    /// [`unnamed_count_as_one`](Builder::unnamed_count_as_one).
    pub fn may_be_one(&mut self, sources: &[u32]) {
        if let Some(last) = sources.iter().max() {
            self.sources(last + 1);
            self.doubts.sets.push(sources.to_vec());
        }
    }

    /// Says that nobody names `source`; unnamed sources of one `class` may be one person.
    pub fn unnamed(&mut self, source: u32, class: u32) {
        self.sources(source + 1);
        let unnamed = &mut self.doubts.unnamed;
        if unnamed.len() <= source as usize {
            unnamed.resize(source as usize + 1, NONE);
        }
        unnamed[source as usize] = class;
    }

    /// Says that the lower end of independence decides what is corroborated and what is refuted, so that unnamed
    /// sources that may be one person corroborate nothing. Without this, and without sets of sources that
    /// [may be one](Builder::may_be_one), they make independence a range and leave the standing as it is.
    pub fn unnamed_count_as_one(&mut self) {
        self.doubts.unnamed_count_as_one = true;
    }
}

impl Doubts {
    /// The builder in which all possible links are sure; none where there are none.
    pub(crate) fn with_possible_links(&self, sure: &Builder) -> Option<Builder> {
        if sure.is_empty() || self.bases.is_empty() && self.claims.is_empty() {
            return None;
        }
        let mut full = sure.clone();
        if self.bases.is_empty() {
            return Some(full);
        }
        let mut possible: Vec<&(u32, Vec<Need>)> = self.bases.iter().collect();
        possible.sort_by_key(|(statement, _)| *statement);
        let mut possible = possible.into_iter().peekable();
        full.needs = Rows { start: vec![0], items: Vec::new() };
        full.alternative_start = vec![0];
        for statement in 0..sure.len() as u32 {
            for alternative in
                sure.alternative_start[statement as usize]..sure.alternative_start[statement as usize + 1]
            {
                full.needs.items.extend_from_slice(sure.needs.row(alternative));
                full.needs.start.push(full.needs.items.len() as u32);
            }
            while let Some((_, needs)) = possible.next_if(|(of, _)| *of == statement) {
                // What is said at first hand needs nothing else.
                if sure.flags[statement as usize] & flag::FIRST == 0 {
                    full.push_alternative(needs);
                }
            }
            full.alternative_start.push(full.needs.len() as u32);
        }
        Some(full)
    }

    /// Gives each statement that only may speak of its claim a number past all claims, where nothing counts it.
    pub(crate) fn take_away_possible_claims(&self, builder: &mut Builder) {
        let mut statements = self.claims.clone();
        statements.sort_unstable();
        statements.dedup();
        for statement in statements {
            if let Some(claim) = builder.claim.get_mut(statement as usize) {
                *claim = builder.claim_count;
                builder.claim_count += 1;
            }
        }
    }
}

/// Sources in groups of which each may be one source.
#[derive(Clone, Debug, Default)]
pub(crate) struct Groups {
    /// By source: what its group is called, [`NONE`] where it is in none.
    of: Vec<u32>,
    /// The sources that are in a group.
    grouped: Bits,
    /// The lower end of independence decides, not only the single points.
    pub(crate) decide: bool,
}

impl Groups {
    pub(crate) fn new(doubts: Doubts, sources: u32) -> Groups {
        let decide = doubts.unnamed_count_as_one || !doubts.sets.is_empty();
        // A class of unnamed sources by itself is a group as it is.
        let mut of = if doubts.sets.is_empty() { doubts.unnamed } else { joined(&doubts, sources) };
        of.resize(sources as usize, NONE);
        let mut grouped = Bits::default();
        for (source, _) in (0..).zip(&of).filter(|&(_, &group)| group != NONE) {
            grouped.set(source, true);
        }
        Groups { of, grouped, decide }
    }

    /// What the group of a source is called, [`NONE`] where it is in none.
    pub(crate) fn of(&self, source: u32) -> u32 {
        self.of[source as usize]
    }

    pub(crate) fn contains(&self, source: u32) -> bool {
        self.grouped.contains(source)
    }
}

/// Joins sets and classes that overlap; each group is called by one of its sources.
///
/// Union by hanging the later root under the earlier one, with path halving (Tarjan and van Leeuwen: Worst-case
/// analysis of set union algorithms, J. ACM 31, 1984).
fn joined(doubts: &Doubts, sources: u32) -> Vec<u32> {
    fn root(parent: &mut [u32], mut source: u32) -> u32 {
        while parent[source as usize] != source {
            parent[source as usize] = parent[parent[source as usize] as usize];
            source = parent[source as usize];
        }
        source
    }
    let mut parent: Vec<u32> = (0..sources).collect();
    let mut several = Bits::default();
    let mut join = |a: u32, b: u32| {
        let (a, b) = (root(&mut parent, a), root(&mut parent, b));
        if a != b {
            parent[a.max(b) as usize] = a.min(b);
            several.set(a.min(b), true);
        }
    };
    for set in &doubts.sets {
        set.windows(2).for_each(|pair| join(pair[0], pair[1]));
    }
    let mut first_of_class: FxHashMap<u32, u32> = FxHashMap::default();
    for (source, &class) in (0..).zip(&doubts.unnamed).filter(|&(_, &class)| class != NONE) {
        join(*first_of_class.entry(class).or_insert(source), source);
    }
    let group = |source: u32| {
        let root = root(&mut parent, source);
        if several.contains(root) { root } else { NONE }
    };
    (0..sources).map(group).collect()
}
