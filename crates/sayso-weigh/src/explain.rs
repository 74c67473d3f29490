//! Why a statement stands, does not, or is open: reasons that a person can check by hand.

use crate::Truth;
use crate::conditions::Conditions;
use crate::graph::{Graph, Side, flag};
use crate::independence::Argument;
use crate::weighing::Weighing;
use rustc_hash::{FxHashMap, FxHashSet};

/// What an explanation is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A statement, by number.
    Statement(u32),
    /// A claim on which something rests, by number.
    Claim(u32),
}

/// A subject, its value, and why it has that value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What is explained.
    pub subject: Subject,
    /// Its value.
    pub value: Truth,
    /// Why.
    pub why: Why,
}

/// The reasons there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It stands: said at first hand.
    FirstHand,
    /// It stands on these together.
    Needs(Vec<Explanation>),
    /// Told elsewhere in the same explanation, or too deep to tell.
    Elsewhere,
    /// It falls: not there yet at this moment.
    NotThere,
    /// It falls: withdrawn.
    Withdrawn,
    /// It falls: its source is discredited.
    SourceDiscredited,
    /// It falls: its document is discredited.
    DocumentDiscredited,
    /// It falls: undercut by this, which stands.
    Undercut(Box<Explanation>),
    /// It falls: nothing is known on which it rests.
    NoBasis,
    /// It falls: each alternative lacks something; one lacking thing for each.
    Lacks(Vec<Explanation>),
    /// It falls: it rests on itself, through these in turn; the last rests on the first.
    Loop(Vec<Subject>),
    /// Open: the way to a loop of undercuts, then the loop, whose last step leads to the first.
    Open {
        /// From the subject to the loop.
        way: Vec<OpenStep>,
        /// The loop.
        round: Vec<OpenStep>,
    },
}

/// A step from what is open to what it hangs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenStep {
    /// What is open.
    pub subject: Subject,
    /// It is undercut by the next; else it rests on the next.
    pub undercut: bool,
}

/// Beyond this depth an explanation stops: nobody reads on, and a chain may be a million relays deep.
const DEPTH: usize = 100;

impl Weighing<'_> {
    /// Why each held statement on one side of a claim has its value, in order of number.
    pub fn explain(&self, claim: u32, side: Side) -> Vec<Explanation> {
        let mut voices: Vec<u32> = self.graph.voices(claim, side).collect();
        voices.sort_unstable_by_key(|&node| self.graph.statement_of[node as usize]);
        let mut argument = Argument::default();
        argument.gather(self.graph, &self.values, voices.iter().copied());
        let mut teller =
            Teller { weighing: self, bases: argument.bases(), told: FxHashSet::default(), path: Vec::new() };
        voices.into_iter().map(|node| teller.explain(node)).collect()
    }
}

struct Teller<'a> {
    weighing: &'a Weighing<'a>,
    /// For true nodes: the nodes on which a proof of each rests; none at first hand.
    bases: FxHashMap<u32, Option<Vec<u32>>>,
    told: FxHashSet<u32>,
    path: Vec<u32>,
}

impl Teller<'_> {
    fn graph(&self) -> &Graph {
        self.weighing.graph
    }

    fn subject(&self, node: u32) -> Subject {
        let graph = self.graph();
        if graph.has(node, flag::TALLY) {
            Subject::Claim(graph.claim[node as usize])
        } else {
            Subject::Statement(graph.statement_of[node as usize])
        }
    }

    fn explain(&mut self, node: u32) -> Explanation {
        let value = self.weighing.values[node as usize];
        let subject = self.subject(node);
        if self.told.contains(&node) || self.path.len() >= DEPTH {
            return Explanation { subject, value, why: Why::Elsewhere };
        }
        self.path.push(node);
        let why = match value {
            Truth::True => self.why_true(node),
            Truth::False => self.why_false(node),
            Truth::Undefined => self.why_open(node),
        };
        self.path.pop();
        // A loop is told from where it is entered, so it is no use to say later that it was told.
        if !matches!(why, Why::Loop(_) | Why::FirstHand) {
            self.told.insert(node);
        }
        Explanation { subject, value, why }
    }

    fn why_true(&mut self, node: u32) -> Why {
        let basis = self.bases.get(&node).cloned().unwrap_or_else(|| {
            // An undercutter that stands: it is under no voice, so its own argument is gathered now.
            let mut argument = Argument::default();
            argument.gather(self.weighing.graph, &self.weighing.values, std::iter::once(node));
            self.bases.extend(argument.bases());
            self.bases[&node].clone()
        });
        match basis {
            None => Why::FirstHand,
            Some(needs) => Why::Needs(needs.into_iter().map(|need| self.explain(need)).collect()),
        }
    }

    fn why_false(&mut self, node: u32) -> Why {
        let weighing = self.weighing;
        let acts = &weighing.in_force;
        if !weighing.graph.has(node, flag::TALLY) {
            if !acts.is_present(node) {
                return Why::NotThere;
            }
            if acts.is_withdrawn(node) {
                return Why::Withdrawn;
            }
            if acts.is_source_discredited(node) {
                return Why::SourceDiscredited;
            }
            if acts.is_document_discredited(node) {
                return Why::DocumentDiscredited;
            }
        }
        let by = acts.undercutters(node).find(|&by| weighing.values[by as usize].is_true());
        if let Some(by) = by {
            return Why::Undercut(Box::new(self.explain(by)));
        }
        if weighing.graph.alternatives(node).is_empty() {
            return Why::NoBasis;
        }
        self.why_no_basis_holds(node)
    }

    fn why_no_basis_holds(&mut self, node: u32) -> Why {
        let weighing = self.weighing;
        let mut lacking = Vec::new();
        for needs in weighing.graph.bases(node) {
            let mut false_needs =
                needs.iter().copied().filter(|&need| weighing.values[need as usize].is_false());
            let first = false_needs.clone().next();
            let fresh = false_needs.find(|need| !self.path.contains(need));
            let Some(need) = fresh.or(first) else { continue };
            if let Some(start) = self.path.iter().position(|&on_path| on_path == need) {
                let round = self.path[start..].iter().map(|&node| self.subject(node)).collect();
                lacking.push(Explanation {
                    subject: self.subject(need),
                    value: Truth::False,
                    why: Why::Loop(round),
                });
            } else {
                lacking.push(self.explain(need));
            }
        }
        // A node that lacks only itself is told as the loop it is.
        match &lacking[..] {
            [Explanation { subject, why: Why::Loop(round), .. }]
                if round.len() == 1 && *subject == self.subject(node) =>
            {
                Why::Loop(round.clone())
            }
            _ => Why::Lacks(lacking),
        }
    }

    /// Finds an undercut that hangs on itself: the nearest one to the node.
    fn why_open(&mut self, node: u32) -> Why {
        let steps = self.open_steps_from(node);
        for &(at, next, undercut) in steps.edges.iter().filter(|edge| edge.2) {
            let back = self.open_steps_from(next);
            if let Some(home) = back.way_to(at) {
                let step = |(node, undercut): (u32, bool)| OpenStep { subject: self.subject(node), undercut };
                let way = steps.way_to(at).unwrap_or_default().into_iter().map(step).collect();
                let mut round = vec![step((at, undercut))];
                round.extend(home.into_iter().map(step));
                return Why::Open { way, round };
            }
        }
        Why::Open { way: Vec::new(), round: Vec::new() }
    }

    /// Breadth first over what is open.
    fn open_steps_from(&self, start: u32) -> OpenSteps {
        let weighing = self.weighing;
        let open = |node: u32| weighing.values[node as usize] == Truth::Undefined;
        let mut steps = OpenSteps { start, before: FxHashMap::default(), edges: Vec::new() };
        let mut queue = std::collections::VecDeque::from([start]);
        let mut seen = FxHashSet::from_iter([start]);
        while let Some(node) = queue.pop_front() {
            let undercuts = weighing.in_force.undercutters(node).map(|by| (by, true));
            let bases = weighing.graph.bases(node);
            let needs =
                bases.filter(|needs| needs.iter().all(|&need| !weighing.values[need as usize].is_false()));
            let needs = needs.flatten().map(|&need| (need, false));
            for (next, undercut) in undercuts.chain(needs).filter(|&(next, _)| open(next)) {
                steps.edges.push((node, next, undercut));
                if seen.insert(next) {
                    steps.before.insert(next, (node, undercut));
                    queue.push_back(next);
                }
            }
        }
        steps
    }
}

/// What a search over open nodes found.
struct OpenSteps {
    start: u32,
    before: FxHashMap<u32, (u32, bool)>,
    edges: Vec<(u32, u32, bool)>,
}

impl OpenSteps {
    /// The nodes from the start up to but without `end`, each with the kind of step that leaves it.
    fn way_to(&self, end: u32) -> Option<Vec<(u32, bool)>> {
        let mut way = Vec::new();
        let mut at = end;
        while at != self.start {
            let &(before, undercut) = self.before.get(&at)?;
            way.push((before, undercut));
            at = before;
        }
        way.reverse();
        Some(way)
    }
}
