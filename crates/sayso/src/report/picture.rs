//! From a claim's answer to a picture of one side of it: who passed words on to whom, with what is alike folded together.

use crate::questions::claim::{Chain, RestsOn, Speaker, SpeaksFor, Step};
use sayso_record::{ActKind, StatementId, Subject};
use sayso_weigh::Truth;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// So many sources that pass on the same are drawn one by one; more become one.
const ALIKE: usize = 3;
/// So many voices are drawn at most, and so many of them one after another.
const DRAWN: usize = 48;
const DEEP: usize = 10;

/// What is left of what a voice said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Left {
    /// It stands.
    Stands,
    /// Undercuts leave it open.
    Open,
    /// It was taken back.
    Withdrawn,
    /// It fell with something that was discredited or undercut.
    Fallen,
    /// It rests on nothing that stands, though nothing was taken away from it.
    Groundless,
}

impl Left {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Left::Stands => "stands",
            Left::Open => "left open",
            Left::Withdrawn => "taken back",
            Left::Fallen => "fallen",
            Left::Groundless => "rests on nothing that stands",
        }
    }
}

/// A source in the picture, or several that are drawn as one.
#[derive(Clone, Debug)]
pub struct Voice {
    /// Their names, in alphabetical order.
    pub names: Vec<String>,
    /// Whether nobody names it.
    pub unnamed: bool,
    /// Whether we hold a page on which it speaks itself.
    pub held: bool,
    /// What is left of what it said.
    pub left: Left,
    /// The chains in which it speaks, by their place in the answer.
    pub chains: BTreeSet<usize>,
    /// How it was folded, where it was.
    pub fold: Fold,
}

/// How several sources came to be drawn as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fold {
    /// It is one source.
    One,
    /// They pass on the same to the same.
    Alike,
    /// They pass it on one to the next.
    Row,
    /// There are too many to draw.
    Rest,
}

/// One side of a claim as a picture.
#[derive(Clone, Debug, Default)]
pub struct Picture {
    /// Who speaks.
    pub voices: Vec<Voice>,
    /// From whom to whom words went, by place in `voices`, in order and each once.
    pub edges: Vec<(usize, usize)>,
    /// Organisations with those who speak for them, by place in `voices`; whoever speaks for several is with the first.
    pub speaks_for: Vec<(String, Vec<usize>)>,
}

impl Picture {
    /// One side of an answer: what is said for it, or against it. What is only possible is in no picture.
    pub fn of(chains: &[Chain], for_it: bool, speaks_for: &[SpeaksFor]) -> Picture {
        let chains: Vec<(usize, &Chain)> = chains
            .iter()
            .enumerate()
            .filter(|(_, chain)| chain.for_it == for_it && !chain.possible)
            .collect();
        let last: HashMap<StatementId, &Speaker> = chains
            .iter()
            .filter_map(|(_, chain)| Some((chain.statement, &chain.steps.last()?.source)))
            .collect();
        let mut building = Building::default();
        let mut across: Vec<(&Speaker, &Speaker)> = Vec::new();
        for &(at, chain) in &chains {
            // Where words were taken from another page, that is where they come from: whom the copy names as its
            // source is told with its words, and would only look like one source more.
            let is_copy = |step: &Step| {
                let taken = |rests_on: &RestsOn| {
                    !rests_on.because.is_empty()
                        && rests_on.statement != chain.statement
                        && last.contains_key(&rests_on.statement)
                };
                step.rests_on.iter().any(taken)
            };
            let steps = &chain.steps[chain.steps.iter().rposition(is_copy).unwrap_or_default()..];
            for step in steps {
                building.speaks(&step.source, at, step.held, step.stands);
            }
            building.taken_back(chain);
            for pair in steps.windows(2) {
                building.passes(&pair[0].source, &pair[1].source);
            }
            for step in steps {
                for rests_on in &step.rests_on {
                    if let Some(from) = last.get(&rests_on.statement) {
                        across.push((*from, &step.source));
                    }
                }
            }
        }
        // Now that everybody is known who speaks.
        for (from, to) in across {
            building.passes(from, to);
        }
        let mut picture = building.done();
        picture.fold();
        picture.frame(speaks_for);
        picture
    }

    /// Finds who speaks for whom.
    fn frame(&mut self, speaks_for: &[SpeaksFor]) {
        let mut frames: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, voice) in self.voices.iter().enumerate() {
            let [name] = voice.names.as_slice() else { continue };
            let one = speaks_for.iter().find(|one| one.name == *name);
            if let Some(organisation) = one.and_then(|one| one.organisations.first()) {
                frames.entry(organisation).or_default().push(at);
            }
        }
        self.speaks_for = frames.into_iter().map(|(name, voices)| (name.to_owned(), voices)).collect();
    }

    /// Marks those of some sources of whom nothing stands as fallen: it is they who are not believed.
    pub(super) fn without(&mut self, names: &[String]) {
        for voice in &mut self.voices {
            let is_out = voice.names.iter().all(|name| names.contains(name));
            if is_out && voice.left == Left::Groundless {
                voice.left = Left::Fallen;
            }
        }
    }

    /// Who gave words to each voice, and to whom each gave them.
    pub(super) fn neighbours(&self) -> (Vec<Vec<usize>>, Vec<Vec<usize>>) {
        let (mut from, mut to) = (vec![Vec::new(); self.voices.len()], vec![Vec::new(); self.voices.len()]);
        for &(one, other) in &self.edges {
            to[one].push(other);
            from[other].push(one);
        }
        (from, to)
    }

    fn fold(&mut self) {
        // Where those who pass on the same become one, those who took it from them may become alike.
        while self.fold_alike() {}
        if self.voices.len() > DRAWN || super::layout::layers(self.voices.len(), &self.edges).1 > DEEP {
            self.fold_rows();
            while self.fold_alike() {}
        }
        self.fold_rest();
    }

    fn fold_alike(&mut self) -> bool {
        let (from, to) = self.neighbours();
        let mut alike: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (at, voice) in self.voices.iter().enumerate() {
            // An unnamed source is never taken for another, not even in a picture.
            let is_linked = !from[at].is_empty() || !to[at].is_empty();
            if is_linked && !voice.unnamed {
                let sort = (&from[at], &to[at], voice.left, voice.held);
                alike.entry(sort).or_default().push(at);
            }
        }
        let groups: Vec<Vec<usize>> = alike.into_values().filter(|group| group.len() > ALIKE).collect();
        self.join(&groups, Fold::Alike)
    }

    /// Folds those who pass words on one to the next, with nobody else between.
    fn fold_rows(&mut self) {
        let (from, to) = self.neighbours();
        let inner: Vec<bool> =
            (0..self.voices.len()).map(|at| from[at].len() == 1 && to[at].len() == 1).collect();
        let mut groups = Vec::new();
        let mut seen = vec![false; inner.len()];
        for start in 0..inner.len() {
            if !inner[start] || inner[from[start][0]] && from[start][0] != start {
                continue;
            }
            let mut group = Vec::new();
            let mut at = start;
            while inner[at] && !seen[at] {
                seen[at] = true;
                group.push(at);
                at = to[at][0];
            }
            if group.len() > ALIKE {
                groups.push(group);
            }
        }
        self.join(&groups, Fold::Row);
    }

    /// Folds whatever is still too much: what is too deep, then the least connected of each layer.
    fn fold_rest(&mut self) {
        let (layers, depth) = super::layout::layers(self.voices.len(), &self.edges);
        if self.voices.len() <= DRAWN && depth <= DEEP {
            return;
        }
        let middle = DEEP / 2..depth.saturating_sub(DEEP / 2);
        let layer_of = |at: usize| if middle.contains(&layers[at]) { middle.start } else { layers[at] };
        let (from, to) = self.neighbours();
        let mut by_layer: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in 0..self.voices.len() {
            by_layer.entry(layer_of(at)).or_default().push(at);
        }
        let room = (DRAWN / by_layer.len().max(1)).max(2);
        let mut groups = Vec::new();
        for mut members in by_layer.into_values() {
            members.sort_by_key(|&at| (std::cmp::Reverse(from[at].len() + to[at].len()), at));
            let mut rest: BTreeMap<(Left, bool), Vec<usize>> = BTreeMap::new();
            for at in members.into_iter().skip(room) {
                rest.entry((self.voices[at].left, self.voices[at].unnamed)).or_default().push(at);
            }
            groups.extend(rest.into_values().filter(|group| group.len() > 1));
        }
        self.join(&groups, Fold::Rest);
    }

    /// Makes one voice of each group; tells whether there was any.
    fn join(&mut self, groups: &[Vec<usize>], fold: Fold) -> bool {
        if groups.is_empty() {
            return false;
        }
        let mut into: Vec<usize> = (0..self.voices.len()).collect();
        for group in groups {
            let first = *group.iter().min().expect("a group has members");
            group.iter().for_each(|&at| into[at] = first);
        }
        let mut place = vec![usize::MAX; into.len()];
        let mut voices: Vec<Voice> = Vec::new();
        for (at, voice) in std::mem::take(&mut self.voices).into_iter().enumerate() {
            if into[at] == at {
                place[at] = voices.len();
                voices.push(voice);
                continue;
            }
            let whole = &mut voices[place[into[at]]];
            whole.names.extend(voice.names);
            whole.chains.extend(voice.chains);
            whole.held |= voice.held;
            whole.fold = fold;
            // A row of hands stands as far as its last does.
            whole.left = if fold == Fold::Row { whole.left.max(voice.left) } else { whole.left };
        }
        voices.iter_mut().for_each(|voice| voice.names.sort_unstable());
        let edges: BTreeSet<(usize, usize)> = self
            .edges
            .iter()
            .map(|&(from, to)| (place[into[from]], place[into[to]]))
            .filter(|(from, to)| from != to)
            .collect();
        (self.voices, self.edges) = (voices, edges.into_iter().collect());
        true
    }
}

#[derive(Default)]
struct Building<'a> {
    places: BTreeMap<&'a Speaker, usize>,
    voices: Vec<(Voice, Vec<Truth>)>,
    withdrawn: BTreeSet<usize>,
    fallen: BTreeSet<usize>,
    edges: BTreeSet<(usize, usize)>,
}

impl<'a> Building<'a> {
    fn speaks(&mut self, speaker: &'a Speaker, chain: usize, held: bool, stands: Truth) {
        let at = *self.places.entry(speaker).or_insert_with(|| {
            let voice = Voice {
                names: vec![speaker.name.clone()],
                unnamed: speaker.unnamed,
                held: false,
                left: Left::Groundless,
                chains: BTreeSet::new(),
                fold: Fold::One,
            };
            self.voices.push((voice, Vec::new()));
            self.voices.len() - 1
        });
        let (voice, truths) = &mut self.voices[at];
        voice.held |= held;
        voice.chains.insert(chain);
        truths.push(stands);
    }

    /// Whom the acts on a chain touch: a withdrawal its last voice, a discredit the source that is named.
    fn taken_back(&mut self, chain: &'a Chain) {
        for because in &chain.because {
            let last = chain.steps.last().and_then(|step| self.places.get(&step.source));
            match (because.kind, &because.on) {
                (ActKind::Withdraw, _) => self.withdrawn.extend(last),
                (_, Subject::Source(name)) => {
                    let named = chain.steps.iter().find(|step| step.source.name == *name);
                    self.fallen.extend(named.and_then(|step| self.places.get(&step.source)));
                }
                _ => self.fallen.extend(last),
            }
        }
    }

    fn passes(&mut self, from: &'a Speaker, to: &'a Speaker) {
        if let (Some(&from), Some(&to)) = (self.places.get(from), self.places.get(to))
            && from != to
        {
            self.edges.insert((from, to));
        }
    }

    fn done(self) -> Picture {
        let edges: Vec<(usize, usize)> = self.edges.into_iter().collect();
        let mut voices = Vec::with_capacity(self.voices.len());
        for (at, (mut voice, truths)) in self.voices.into_iter().enumerate() {
            voice.left = if truths.contains(&Truth::True) {
                Left::Stands
            } else if truths.contains(&Truth::Undefined) {
                Left::Open
            } else if self.withdrawn.contains(&at) {
                Left::Withdrawn
            } else if self.fallen.contains(&at) || !self.fallen.is_empty() || !self.withdrawn.is_empty() {
                Left::Fallen
            } else {
                Left::Groundless
            };
            voices.push(voice);
        }
        Picture { voices, edges, speaks_for: Vec::new() }
    }
}
