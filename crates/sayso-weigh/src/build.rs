//! From statements in any order to the arrays of a [`Graph`].

use crate::as_of::{ALWAYS, Act, Target, Time};
use crate::bits::Bits;
use crate::components::{Dependencies, components};
use crate::doubts::{Doubts, Groups};
use crate::graph::{Graph, NONE, Pairs, Rows, Side, flag};
use rustc_hash::FxHashMap;

/// A statement as given to a [`Builder`]. Sources, claims and documents are numbered by the caller from 0.
#[derive(Clone, Copy, Debug)]
pub struct Said {
    /// Who said it.
    pub source: u32,
    /// Where.
    pub document: Option<u32>,
    /// About what.
    pub claim: u32,
    /// For it or against it.
    pub side: Side,
    /// Whether we have the text itself.
    pub held: bool,
    /// When it was published, and when we knew of it.
    pub published: Time,
    /// When we knew of it.
    pub known: Time,
}

/// One of the things that an alternative needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Need {
    /// That a statement stands; statements are numbered in the order in which they are added.
    Statement(u32),
    /// That a claim has a statement for it that stands.
    Claim(u32),
}

/// Collects statements and acts, and arranges them. Statements may rest on statements that are added later.
///
/// ```
/// use sayso_weigh::{ALWAYS, Builder, Moment, Need, Said, Side, Standing, Weighing};
/// let abc = Said { source: 0, document: None, claim: 0, side: Side::For, held: true, published: ALWAYS, known: ALWAYS };
/// let official = Said { source: 1, held: false, ..abc };
/// let mut builder = Builder::default();
/// builder.relayed(abc, [&[Need::Statement(1)][..]]);
/// builder.first_hand(official);
/// let graph = builder.build();
/// let weighing = Weighing::new(&graph, Moment::ALL);
/// assert_eq!(weighing.weight(0).standing, Standing::SingleSourced);
/// assert_eq!(weighing.weight(0).independence_for, (1, 1));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Builder {
    pub(crate) source: Vec<u32>,
    pub(crate) claim: Vec<u32>,
    document: Vec<u32>,
    pub(crate) flags: Vec<u8>,
    published: Vec<Time>,
    known: Vec<Time>,
    pub(crate) alternative_start: Vec<u32>,
    pub(crate) needs: Rows,
    undercuts: Vec<(u32, u32)>,
    acts: Vec<Act>,
    pub(crate) doubts: Doubts,
    pub(crate) source_count: u32,
    pub(crate) claim_count: u32,
    document_count: u32,
}

/// Marks a need as a claim. Statements are numbered below it.
const IS_CLAIM: u32 = 1 << 31;

impl Builder {
    /// Adds a statement that its source makes at first hand; gives its number.
    pub fn first_hand(&mut self, said: Said) -> u32 {
        self.add(said, flag::FIRST)
    }

    /// Adds a statement that rests on others, by any one of some alternatives; gives its number.
    ///
    /// # Panics
    /// Past 2^31 statements.
    pub fn relayed<'a>(&mut self, said: Said, alternatives: impl IntoIterator<Item = &'a [Need]>) -> u32 {
        let statement = self.add(said, 0);
        for alternative in alternatives {
            self.push_alternative(alternative);
        }
        self.alternative_start[statement as usize + 1] = self.needs.len() as u32;
        statement
    }

    pub(crate) fn push_alternative(&mut self, needs: &[Need]) {
        let start = self.needs.items.len();
        for need in needs {
            let item = match *need {
                Need::Statement(statement) => statement,
                Need::Claim(claim) => {
                    self.claim_count = self.claim_count.max(claim + 1);
                    claim | IS_CLAIM
                }
            };
            // What is needed twice is needed once; alternatives are short.
            if !self.needs.items[start..].contains(&item) {
                self.needs.items.push(item);
            }
        }
        self.needs.start.push(self.needs.items.len() as u32);
    }

    fn add(&mut self, said: Said, mut flags: u8) -> u32 {
        let statement = self.source.len() as u32;
        assert!(statement < IS_CLAIM, "a graph holds fewer than 2^31 statements");
        if statement == 0 {
            self.alternative_start.push(0);
            self.needs.start.push(0);
        }
        if said.held {
            flags |= flag::HELD;
        }
        if said.side == Side::Against {
            flags |= flag::AGAINST;
        }
        self.source.push(said.source);
        self.claim.push(said.claim);
        self.document.push(said.document.unwrap_or(NONE));
        self.flags.push(flags);
        if said.published != ALWAYS || said.known != ALWAYS || !self.published.is_empty() {
            // Times are kept only once some statement has one.
            self.published.resize(statement as usize, ALWAYS);
            self.known.resize(statement as usize, ALWAYS);
            self.published.push(said.published);
            self.known.push(said.known);
        }
        self.alternative_start.push(self.needs.len() as u32);
        self.source_count = self.source_count.max(said.source + 1);
        self.claim_count = self.claim_count.max(said.claim + 1);
        self.document_count = self.document_count.max(said.document.map_or(0, |document| document + 1));
        statement
    }

    /// How many statements were added.
    pub fn len(&self) -> usize {
        self.source.len()
    }

    /// Whether none was.
    pub fn is_empty(&self) -> bool {
        self.source.is_empty()
    }

    /// Says that statement `by` undercuts statement `target`, at all times.
    pub fn undercut(&mut self, by: u32, target: u32) {
        self.undercuts.push((target, by));
    }

    /// Adds an act. Its statements are numbered as they were added.
    pub fn act(&mut self, act: Act) {
        self.acts.push(act);
    }

    /// Says that there are claims `0..count`, even if nothing is said of some of them.
    pub fn claims(&mut self, count: u32) {
        self.claim_count = self.claim_count.max(count);
    }

    /// Says that there are sources `0..count`, even if some of them say nothing.
    pub fn sources(&mut self, count: u32) {
        self.source_count = self.source_count.max(count);
    }

    /// Arranges everything. Linear in statements, needs and undercuts, but for sorting undercuts and acts.
    pub fn build(mut self) -> Graph {
        let doubts = std::mem::take(&mut self.doubts);
        let said_claims = self.claim_count;
        let full = doubts.with_possible_links(&self);
        doubts.take_away_possible_claims(&mut self);
        let groups = Groups::new(doubts, self.source_count);
        let full = full.map(|full| Box::new(full.arrange_all(said_claims, groups.clone())));
        Graph { full, ..self.arrange_all(said_claims, groups) }
    }

    fn arrange_all(mut self, said_claims: u32, groups: Groups) -> Graph {
        if self.is_empty() {
            self.alternative_start.push(0);
            self.needs.start.push(0);
        }
        let statement_count = self.len() as u32;
        let tallies = self.add_tallies();
        let by_act = self.add_acted_undercuts();
        let flags = &self.flags;
        self.undercuts.retain(|&(_, by)| flags[by as usize] & flag::HELD != 0);
        self.undercuts.sort_unstable();
        self.undercuts.dedup();
        for &(target, by) in &self.undercuts {
            self.flags[target as usize] |= flag::UNDERCUT;
            self.flags[by as usize] |= flag::UNDERCUTS;
        }
        let order = {
            let by_claim = Rows::of_keys(self.claim_count as usize, self.claim.iter().copied());
            components(&Unordered { builder: &self }, by_claim.items.iter().copied())
        };
        self.arrange(order, statement_count, tallies, &by_act, said_claims, groups)
    }

    /// Makes a node for every claim that is needed, and points the needs at it. Gives (claim, node), sorted.
    fn add_tallies(&mut self) -> Vec<(u32, u32)> {
        let mut cited: Vec<u32> = self
            .needs
            .items
            .iter()
            .filter(|&&item| item & IS_CLAIM != 0)
            .map(|&item| item & !IS_CLAIM)
            .collect();
        cited.sort_unstable();
        cited.dedup();
        if cited.is_empty() {
            return Vec::new();
        }
        let first = self.len() as u32;
        let place: FxHashMap<u32, u32> =
            cited.iter().zip(first..).map(|(&claim, node)| (claim, node)).collect();
        for item in &mut self.needs.items {
            if *item & IS_CLAIM != 0 {
                *item = place[&(*item & !IS_CLAIM)];
            }
        }
        let keys = self.claim.iter().zip(&self.flags).map(|(claim, &flags)| {
            let counts = flags & (flag::HELD | flag::AGAINST) == flag::HELD;
            if counts { place.get(claim).map_or(NONE, |node| node - first) } else { NONE }
        });
        let voices = Rows::of_keys(cited.len(), keys);
        for (row, &claim) in cited.iter().enumerate() {
            self.source.push(NONE);
            self.claim.push(claim);
            self.document.push(NONE);
            self.flags.push(flag::TALLY);
            if !self.published.is_empty() {
                self.published.push(ALWAYS);
                self.known.push(ALWAYS);
            }
            for &voice in voices.row(row as u32) {
                self.needs.items.push(voice);
                self.needs.start.push(self.needs.items.len() as u32);
            }
            self.alternative_start.push(self.needs.len() as u32);
        }
        cited.into_iter().zip(first..).collect()
    }

    /// Adds the undercuts that acts speak of. Gives those that hold by acts alone.
    fn add_acted_undercuts(&mut self) -> Vec<(u32, u32)> {
        let mut by_act: Vec<(u32, u32)> = (self.acts.iter())
            .filter_map(|act| match act.target {
                Target::Undercut { by, statement } => Some((statement, by)),
                _ => None,
            })
            .collect();
        if !by_act.is_empty() {
            self.undercuts.sort_unstable();
            by_act.retain(|edge| self.undercuts.binary_search(edge).is_err());
            self.undercuts.extend(&by_act);
        }
        by_act
    }

    /// Renumbers everything into the order found.
    fn arrange(
        mut self,
        order: crate::components::Order,
        statement_count: u32,
        tallies: Vec<(u32, u32)>,
        by_act: &[(u32, u32)],
        claim_count: u32,
        groups: Groups,
    ) -> Graph {
        let order_loops = order.loops;
        let order = order.nodes;
        let mut node_of = vec![0u32; order.len()];
        order.iter().zip(0..).for_each(|(&old, new)| node_of[old as usize] = new);
        let take = |array: Vec<u32>| -> Vec<u32> { order.iter().map(|&old| array[old as usize]).collect() };
        let source = take(std::mem::take(&mut self.source));
        let claim = take(std::mem::take(&mut self.claim));
        let document = take(std::mem::take(&mut self.document));
        let mut flags: Vec<u8> = order.iter().map(|&old| self.flags[old as usize]).collect();
        drop(std::mem::take(&mut self.flags));
        let take_times = |array: Vec<Time>| -> Vec<Time> {
            if array.is_empty() { array } else { order.iter().map(|&old| array[old as usize]).collect() }
        };
        let published = take_times(std::mem::take(&mut self.published));
        let known = take_times(std::mem::take(&mut self.known));

        let (alternative_start, needs, owner) = self.arrange_bases(&order, &node_of);
        let uses = users(order.len(), &needs);

        let renumber = |(target, by): (u32, u32)| (node_of[target as usize], node_of[by as usize]);
        let nodes = order.len();
        let undercuts = Pairs::sort(self.undercuts.iter().map(|&edge| renumber(edge)).collect(), nodes);
        let by = undercuts.pairs.iter().zip(0..).map(|(&(_, by), edge)| (by, edge));
        let undercuts_by = Pairs::sort(by.collect(), nodes);
        let mut undercuts_by_act = Bits::default();
        for &edge in by_act {
            if let Ok(at) = undercuts.pairs.binary_search(&renumber(edge)) {
                undercuts_by_act.set(at as u32, true);
            }
        }
        for range in &order_loops {
            range.clone().for_each(|node| flags[node as usize] |= flag::LOOPED);
        }
        let acts = arrange_acts(std::mem::take(&mut self.acts), &node_of);
        mark_repeats(&mut flags, &claim, &alternative_start, &needs);

        let is_statement = |key: u32, flags: u8| if flags & flag::TALLY == 0 { key } else { NONE };
        let keyed = |keys: &'_ [u32], rows: u32| {
            Rows::of_keys(
                rows as usize,
                keys.iter().zip(&flags).map(|(&key, &flags)| is_statement(key, flags)),
            )
        };
        let claims = keyed(&claim, self.claim_count);
        let sources = keyed(&source, self.source_count);
        let documents = keyed(&document, self.document_count);
        let mut tallies: Vec<(u32, u32)> =
            tallies.into_iter().map(|(claim, old)| (claim, node_of[old as usize])).collect();
        tallies.sort_unstable();
        node_of.truncate(statement_count as usize);
        Graph {
            source,
            claim,
            document,
            flags,
            published,
            known,
            alternative_start,
            needs,
            owner,
            uses,
            undercuts,
            undercuts_by,
            undercuts_by_act,
            claims,
            sources,
            documents,
            tallies,
            loops: order_loops,
            node_of,
            statement_of: order,
            claim_count,
            groups,
            full: None,
            acts,
        }
    }

    /// The alternatives in the new order: their start by node, their needs, their owners.
    fn arrange_bases(&mut self, order: &[u32], node_of: &[u32]) -> (Vec<u32>, Rows, Vec<u32>) {
        let old_start = std::mem::take(&mut self.alternative_start);
        let old = std::mem::take(&mut self.needs);
        let mut start = Vec::with_capacity(order.len() + 1);
        let mut needs =
            Rows { start: Vec::with_capacity(old.start.len()), items: Vec::with_capacity(old.items.len()) };
        let mut owner = Vec::with_capacity(old.len());
        start.push(0);
        needs.start.push(0);
        for (&statement, node) in order.iter().zip(0..) {
            for alternative in old_start[statement as usize]..old_start[statement as usize + 1] {
                needs.items.extend(old.row(alternative).iter().map(|&need| node_of[need as usize]));
                needs.start.push(needs.items.len() as u32);
                owner.push(node);
            }
            start.push(needs.len() as u32);
        }
        (start, needs, owner)
    }
}

/// The alternatives that need each node.
fn users(nodes: usize, needs: &Rows) -> Rows {
    let mut uses = Rows::of_keys(nodes, needs.items.iter().copied());
    // The rows now hold positions among all needs, in increasing order: turn each into its alternative.
    let mut alternative_of = Vec::with_capacity(needs.items.len());
    for alternative in 0..needs.len() as u32 {
        alternative_of.extend(needs.row(alternative).iter().map(|_| alternative));
    }
    uses.items.iter_mut().for_each(|item| *item = alternative_of[*item as usize]);
    uses
}

/// Acts with their statements renumbered, sorted by target and time.
fn arrange_acts(mut acts: Vec<Act>, node_of: &[u32]) -> Vec<Act> {
    for act in &mut acts {
        act.target = act.target.map_statements(|statement| node_of[statement as usize]);
    }
    // Stable: of two acts of one time the one given later has the last word.
    acts.sort_by_key(|act| (act.target, act.published, act.known));
    acts
}

/// Marks the statements that only repeat others that are held, on the same side of the same claim.
fn mark_repeats(flags: &mut [u8], claim: &[u32], alternative_start: &[u32], needs: &Rows) {
    let side = flag::HELD | flag::AGAINST;
    for node in 0..flags.len() {
        let mine = flags[node];
        let repeats =
            |&need: &u32| claim[need as usize] == claim[node] && flags[need as usize] & side == mine & side;
        let mut alternatives = alternative_start[node]..alternative_start[node + 1];
        if mine & (flag::HELD | flag::FIRST) == flag::HELD
            && alternatives.all(|alternative| needs.row(alternative).iter().any(repeats))
        {
            flags[node] |= flag::ONLY_REPEATS;
        }
    }
}

/// The graph before it is arranged, as nodes that depend on what they rest on and on what undercuts them.
struct Unordered<'a> {
    builder: &'a Builder,
}

impl Dependencies for Unordered<'_> {
    fn node_count(&self) -> usize {
        self.builder.source.len()
    }

    fn dependency(&self, node: u32, edge: u32) -> Option<u32> {
        let builder = self.builder;
        let alternatives = &builder.alternative_start[node as usize..node as usize + 2];
        let first = builder.needs.start[alternatives[0] as usize];
        let end = builder.needs.start[alternatives[1] as usize];
        if first + edge < end {
            return Some(builder.needs.items[(first + edge) as usize]);
        }
        if builder.flags[node as usize] & flag::UNDERCUT == 0 {
            return None;
        }
        let start = builder.undercuts.partition_point(|&(target, _)| target < node);
        let &(target, by) = builder.undercuts.get(start + (first + edge - end) as usize)?;
        (target == node).then_some(by)
    }
}
