//! The well-founded model of nodes that depend on each other, everything else being known.

use crate::Truth;
use crate::conditions::Conditions;
use crate::graph::{Graph, Rows, flag};
use rustc_hash::FxHashMap;

/// The values of nodes found so far.
pub(crate) trait Values {
    fn get(&self, node: u32) -> Truth;
    fn set(&mut self, node: u32, value: Truth);
}

/// A value for every node.
impl Values for Vec<Truth> {
    fn get(&self, node: u32) -> Truth {
        self[node as usize]
    }
    fn set(&mut self, node: u32, value: Truth) {
        self[node as usize] = value;
    }
}

/// Values for the few nodes that matter.
impl Values for FxHashMap<u32, Truth> {
    fn get(&self, node: u32) -> Truth {
        self.get(&node).copied().unwrap_or_default()
    }
    fn set(&mut self, node: u32, value: Truth) {
        self.insert(node, value);
    }
}

/// The value of a node that does not depend on itself, from the values of what it depends on.
pub(crate) fn value_of(
    graph: &Graph,
    conditions: &impl Conditions,
    values: &impl Values,
    node: u32,
) -> Truth {
    if !conditions.live(node) {
        return Truth::False;
    }
    let body = if graph.has(node, flag::FIRST) {
        Truth::True
    } else {
        let bases = graph.bases(node);
        let all = |needs: &[u32]| needs.iter().map(|&need| values.get(need)).min().unwrap_or(Truth::True);
        best(bases.map(all))
    };
    if body.is_false() {
        return body;
    }
    body.min(!best(conditions.undercutters(node).map(|by| values.get(by))))
}

/// The greatest of some values, stopping at the first that is true.
fn best(values: impl Iterator<Item = Truth>) -> Truth {
    let mut found = Truth::False;
    for value in values {
        found = found.max(value);
        if found.is_true() {
            break;
        }
    }
    found
}

/// Finds the values of `members`, which depend on each other; `local` gives each member's position among them and
/// nothing for other nodes, whose values are final.
///
/// Two steps take turns: what follows from what is decided is propagated (all of it linear, by counting: the
/// grounded labelling of Dung 1995, where no member rests on another), and what cannot be derived from anything
/// still possible is false (one pass of Horn counting, Dowling and Gallier 1984, which decides everything where no
/// member undercuts another). Together they are the alternating fixpoint (Van Gelder, Ross, Schlipf: The
/// well-founded semantics for general logic programs, J. ACM 38, 1991); what stays undecided is undefined.
pub(crate) fn solve_loop(
    graph: &Graph,
    conditions: &impl Conditions,
    values: &mut impl Values,
    members: &[u32],
    local: impl Fn(u32) -> Option<u32>,
) {
    let mut knot = Knot::new(graph, conditions, values, members, local);
    (0..members.len() as u32).for_each(|member| knot.review(member));
    loop {
        knot.propagate();
        if !knot.drop_unfounded() {
            break;
        }
    }
    for (&node, decided) in members.iter().zip(&knot.decided) {
        values.set(node, decided.map_or(Truth::Undefined, Truth::known));
    }
}

/// Nodes that depend on each other, with all else folded into constants.
struct Knot {
    /// The best alternative that needs no member; false if there is none, true at first hand.
    base: Vec<Truth>,
    /// What liveness and outside undercutters allow.
    guard: Vec<Truth>,
    /// Alternatives that need members: their owner, the value of their other needs, how many of the members
    /// that they need are not yet true, and whether one is false.
    owner: Vec<u32>,
    others: Vec<Truth>,
    missing: Vec<u32>,
    dead: Vec<bool>,
    /// By member: the alternatives that need it; the members that it undercuts.
    uses: Rows,
    targets: Rows,
    /// By member: alternatives not yet dead, undercutting members not yet false, whether an alternative holds.
    open: Vec<u32>,
    undercutters: Vec<u32>,
    supported: Vec<bool>,
    decided: Vec<Option<bool>>,
    queue: Vec<u32>,
}

impl Knot {
    fn new(
        graph: &Graph,
        conditions: &impl Conditions,
        values: &impl Values,
        members: &[u32],
        local: impl Fn(u32) -> Option<u32>,
    ) -> Knot {
        let mut base = Vec::with_capacity(members.len());
        let mut guard = Vec::with_capacity(members.len());
        let mut owner = Vec::new();
        let mut others = Vec::new();
        let mut needs = Rows { start: vec![0], items: Vec::new() };
        let mut edges: Vec<(u32, u32)> = Vec::new();
        let mut open = vec![0u32; members.len()];
        for (&node, at) in members.iter().zip(0u32..) {
            let mut constant = Truth::known(graph.has(node, flag::FIRST));
            for alternative in graph.bases(node) {
                let inside = needs.items.len();
                let mut rest = Truth::True;
                for &need in alternative {
                    match local(need) {
                        Some(member) => needs.items.push(member),
                        None => rest = rest.min(values.get(need)),
                    }
                }
                if rest.is_false() || needs.items.len() == inside {
                    needs.items.truncate(inside);
                    constant = constant.max(rest);
                    continue;
                }
                needs.start.push(needs.items.len() as u32);
                owner.push(at);
                others.push(rest);
                open[at as usize] += 1;
            }
            let mut allowed = Truth::known(conditions.live(node));
            for by in conditions.undercutters(node) {
                match local(by) {
                    Some(member) => edges.push((member, at)),
                    None => allowed = allowed.min(!values.get(by)),
                }
            }
            base.push(constant);
            guard.push(allowed);
        }
        let mut uses = Rows::of_keys(members.len(), needs.items.iter().copied());
        let alternative_of: Vec<u32> =
            (0..owner.len() as u32).flat_map(|at| needs.row(at).iter().map(move |_| at)).collect();
        uses.items.iter_mut().for_each(|item| *item = alternative_of[*item as usize]);
        let mut targets = Rows::of_keys(members.len(), edges.iter().map(|edge| edge.0));
        targets.items.iter_mut().for_each(|item| *item = edges[*item as usize].1);
        let mut undercutters = vec![0; members.len()];
        edges.iter().for_each(|edge| undercutters[edge.1 as usize] += 1);
        Knot {
            missing: (0..owner.len() as u32).map(|at| needs.row(at).len() as u32).collect(),
            dead: vec![false; owner.len()],
            supported: base.iter().map(|base| base.is_true()).collect(),
            decided: vec![None; members.len()],
            queue: Vec::new(),
            base,
            guard,
            owner,
            others,
            uses,
            targets,
            open,
            undercutters,
        }
    }

    /// Decides a member if its rules already do.
    fn review(&mut self, member: u32) {
        let at = member as usize;
        if self.decided[at].is_some() {
            return;
        }
        if self.guard[at].is_false() || self.base[at].is_false() && self.open[at] == 0 {
            self.decide(member, false);
        } else if self.guard[at].is_true() && self.supported[at] && self.undercutters[at] == 0 {
            self.decide(member, true);
        }
    }

    fn decide(&mut self, member: u32, value: bool) {
        self.decided[member as usize] = Some(value);
        self.queue.push(member);
    }

    /// Follows every decision to what it decides.
    fn propagate(&mut self) {
        while let Some(member) = self.queue.pop() {
            if self.decided[member as usize] == Some(true) {
                self.tell_true(member);
            } else {
                self.tell_false(member);
            }
        }
    }

    fn tell_true(&mut self, member: u32) {
        for at in self.uses.range(member) {
            let alternative = self.uses.items[at] as usize;
            self.missing[alternative] -= 1;
            if self.missing[alternative] == 0 && self.others[alternative].is_true() {
                let owner = self.owner[alternative];
                self.supported[owner as usize] = true;
                self.review(owner);
            }
        }
        for at in self.targets.range(member) {
            let target = self.targets.items[at];
            if self.decided[target as usize].is_none() {
                self.decide(target, false);
            }
        }
    }

    fn tell_false(&mut self, member: u32) {
        for at in self.uses.range(member) {
            let alternative = self.uses.items[at] as usize;
            if !std::mem::replace(&mut self.dead[alternative], true) {
                let owner = self.owner[alternative];
                self.open[owner as usize] -= 1;
                self.review(owner);
            }
        }
        for at in self.targets.range(member) {
            let target = self.targets.items[at];
            self.undercutters[target as usize] -= 1;
            self.review(target);
        }
    }

    /// Finds what may still be derived, and decides that the rest is false; says whether there was any.
    fn drop_unfounded(&mut self) -> bool {
        let mut possible: Vec<bool> = self.decided.iter().map(|decided| *decided == Some(true)).collect();
        let mut missing = self.missing.clone();
        let mut queue: Vec<u32> = Vec::new();
        // Of undecided members the guard is not false and no undercutter is true, or they would be decided.
        let start = |member: usize, possible: &mut Vec<bool>, queue: &mut Vec<u32>| {
            if self.decided[member].is_none() && !possible[member] {
                possible[member] = true;
                queue.push(member as u32);
            }
        };
        for member in (0..self.decided.len()).filter(|&member| !self.base[member].is_false()) {
            start(member, &mut possible, &mut queue);
        }
        // Where all members that an alternative needs are true, only what it needs from outside is undefined.
        for alternative in (0..self.owner.len()).filter(|&at| missing[at] == 0) {
            start(self.owner[alternative] as usize, &mut possible, &mut queue);
        }
        while let Some(member) = queue.pop() {
            for &alternative in self.uses.row(member) {
                let alternative = alternative as usize;
                missing[alternative] -= 1;
                let owner = self.owner[alternative] as usize;
                let derives = missing[alternative] == 0 && !self.dead[alternative];
                if derives && !possible[owner] && self.decided[owner].is_none() {
                    possible[owner] = true;
                    queue.push(owner as u32);
                }
            }
        }
        let mut found = false;
        for (member, possible) in (0..).zip(possible) {
            if self.decided[member as usize].is_none() && !possible {
                self.decide(member, false);
                found = true;
            }
        }
        found
    }
}
