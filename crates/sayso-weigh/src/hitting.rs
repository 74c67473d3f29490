//! Minimum hitting sets: the fewest elements such that every set contains one of them.

use std::collections::BinaryHeap;

/// What a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hitting {
    /// Elements that hit every set.
    pub(crate) elements: Vec<u32>,
    /// No fewer can.
    pub(crate) at_least: u32,
}

/// A smallest hitting set of non-empty `sets` over elements `0..universe`, among equals one of elements with high
/// `worth`; a greedy one and a lower bound where `steps` run out first.
///
/// Sets that share no element with others are solved apart. Each part is first tried greedily against a packing of
/// disjoint sets (which is a lower bound); only where the two differ is there a search, by branching on the elements
/// of a smallest set not yet hit.
pub(crate) fn min_hitting(sets: &[Vec<u32>], universe: usize, worth: &[u32], steps: &mut u64) -> Hitting {
    let mut found = Hitting { elements: Vec::new(), at_least: 0 };
    let mut place = vec![u32::MAX; universe];
    for part in parts(sets, universe) {
        if let [set] = part[..] {
            let best = set
                .iter()
                .copied()
                .max_by_key(|&element| (worth[element as usize], std::cmp::Reverse(element)));
            found.elements.extend(best);
            found.at_least += 1;
            continue;
        }
        let part = Part::new(&part, worth, &mut place);
        let mut search = Search::new(&part);
        let packing = search.packing();
        let greedy = search.greedy();
        if greedy.len() as u32 == packing {
            found.at_least += packing;
            found.elements.extend(greedy.iter().map(|&element| part.elements[element as usize]));
            continue;
        }
        search.best = greedy;
        // Deeper than this the search would not end anyway.
        let exact = search.best.len() <= 200 && search.branch(&mut Vec::new(), steps);
        found.at_least += if exact { search.best.len() as u32 } else { packing };
        found.elements.extend(search.best.iter().map(|&element| part.elements[element as usize]));
    }
    found.elements.sort_unstable();
    found
}

/// Groups sets that share elements, directly or through others.
fn parts<'a>(sets: &'a [Vec<u32>], universe: usize) -> Vec<Vec<&'a [u32]>> {
    let mut leader: Vec<u32> = (0..universe as u32).collect();
    fn find(leader: &mut [u32], mut element: u32) -> u32 {
        while leader[element as usize] != element {
            leader[element as usize] = leader[leader[element as usize] as usize];
            element = leader[element as usize];
        }
        element
    }
    for set in sets {
        let first = find(&mut leader, set[0]);
        for &element in &set[1..] {
            let other = find(&mut leader, element);
            leader[other as usize] = first;
        }
    }
    let mut place = vec![u32::MAX; universe];
    let mut parts: Vec<Vec<&'a [u32]>> = Vec::new();
    for set in sets {
        let root = find(&mut leader, set[0]) as usize;
        if place[root] == u32::MAX {
            place[root] = parts.len() as u32;
            parts.push(Vec::new());
        }
        parts[place[root] as usize].push(set);
    }
    parts
}

/// Sets that hang together, over their own elements numbered from 0.
struct Part {
    elements: Vec<u32>,
    worth: Vec<u32>,
    sets: Vec<Vec<u32>>,
}

impl Part {
    fn new(sets: &[&[u32]], worth: &[u32], place: &mut [u32]) -> Part {
        let mut elements: Vec<u32> = sets.iter().flat_map(|set| set.iter().copied()).collect();
        elements.sort_unstable();
        elements.dedup();
        elements.iter().zip(0..).for_each(|(&element, at)| place[element as usize] = at);
        let sets =
            sets.iter().map(|set| set.iter().map(|&element| place[element as usize]).collect()).collect();
        Part { worth: elements.iter().map(|&element| worth[element as usize]).collect(), elements, sets }
    }
}

struct Search<'a> {
    sets: &'a [Vec<u32>],
    worth: &'a [u32],
    universe: usize,
    best: Vec<u32>,
    /// Elements ruled out on this branch, because the branch that takes them has been searched.
    barred: Vec<bool>,
}

impl<'a> Search<'a> {
    fn new(part: &'a Part) -> Search<'a> {
        let universe = part.elements.len();
        Search {
            sets: &part.sets,
            worth: &part.worth,
            universe,
            best: Vec::new(),
            barred: vec![false; universe],
        }
    }

    /// How many disjoint sets a greedy choice finds, small ones first.
    fn packing(&self) -> u32 {
        self.packing_of((0..self.sets.len()).collect())
    }

    fn packing_of(&self, mut open: Vec<usize>) -> u32 {
        open.sort_by_key(|&set| self.allowed(set).count());
        let mut taken = vec![false; self.universe];
        let mut count = 0;
        for set in open {
            if self.allowed(set).all(|element| !taken[element as usize]) {
                self.allowed(set).for_each(|element| taken[element as usize] = true);
                count += 1;
            }
        }
        count
    }

    fn allowed(&self, set: usize) -> impl Iterator<Item = u32> {
        self.sets[set].iter().copied().filter(|&element| !self.barred[element as usize])
    }

    /// Takes again and again the element that hits most of what is left.
    fn greedy(&self) -> Vec<u32> {
        let mut containing: Vec<Vec<u32>> = vec![Vec::new(); self.universe];
        for (set, at) in self.sets.iter().zip(0..) {
            set.iter().for_each(|&element| containing[element as usize].push(at));
        }
        let mut hit = vec![false; self.sets.len()];
        let rank =
            |count: u32, element: u32| (count, self.worth[element as usize], std::cmp::Reverse(element));
        let present = (0..self.universe as u32).filter(|&element| !containing[element as usize].is_empty());
        let mut heap: BinaryHeap<_> =
            present.map(|element| rank(containing[element as usize].len() as u32, element)).collect();
        let mut chosen = Vec::new();
        while let Some((count, _, std::cmp::Reverse(element))) = heap.pop() {
            let left = containing[element as usize].iter().filter(|&&set| !hit[set as usize]).count() as u32;
            if left == 0 {
                continue;
            }
            if left < count {
                heap.push(rank(left, element));
                continue;
            }
            containing[element as usize].iter().for_each(|&set| hit[set as usize] = true);
            chosen.push(element);
        }
        chosen
    }

    /// Improves on `best` from the elements `chosen` so far; says whether the search was complete.
    fn branch(&mut self, chosen: &mut Vec<u32>, steps: &mut u64) -> bool {
        let cost = self.sets.len() as u64 + 1;
        if *steps < cost {
            return false;
        }
        *steps -= cost;
        let open: Vec<usize> = (0..self.sets.len())
            .filter(|&set| self.sets[set].iter().all(|element| !chosen.contains(element)))
            .collect();
        let Some(&smallest) = open.iter().min_by_key(|&&set| self.allowed(set).count()) else {
            if chosen.len() < self.best.len() {
                self.best.clone_from(chosen);
            }
            return true;
        };
        if chosen.len() + self.packing_of(open.clone()) as usize >= self.best.len() {
            return true;
        }
        let count = |element: u32| open.iter().filter(|&&set| self.sets[set].contains(&element)).count();
        let mut elements: Vec<u32> = self.allowed(smallest).collect();
        elements.sort_by_cached_key(|&element| {
            std::cmp::Reverse((count(element), self.worth[element as usize], std::cmp::Reverse(element)))
        });
        let mut complete = true;
        for &element in &elements {
            chosen.push(element);
            complete &= self.branch(chosen, steps);
            chosen.pop();
            self.barred[element as usize] = true;
        }
        elements.iter().for_each(|&element| self.barred[element as usize] = false);
        complete
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn brute_force(sets: &[Vec<u32>]) -> u32 {
        let masks: Vec<u32> =
            sets.iter().map(|set| set.iter().fold(0, |mask, element| mask | 1 << element)).collect();
        (0..1u32 << 10)
            .filter(|chosen| masks.iter().all(|mask| mask & chosen != 0))
            .map(u32::count_ones)
            .min()
            .unwrap()
    }

    proptest! {
        #[test]
        fn no_smaller_set_hits_all(
            sets in prop::collection::vec(prop::collection::btree_set(0u32..10, 1..5), 0..14)
        ) {
            let sets: Vec<Vec<u32>> = sets.into_iter().map(|set| set.into_iter().collect()).collect();
            let found = min_hitting(&sets, 10, &[0; 10], &mut 1_000_000);
            prop_assert!(sets.iter().all(|set| set.iter().any(|element| found.elements.contains(element))));
            prop_assert_eq!(found.elements.len() as u32, found.at_least);
            prop_assert_eq!(found.at_least, brute_force(&sets));
        }

        #[test]
        fn without_steps_the_truth_lies_in_the_range(
            sets in prop::collection::vec(prop::collection::btree_set(0u32..10, 2..5), 0..14)
        ) {
            let sets: Vec<Vec<u32>> = sets.into_iter().map(|set| set.into_iter().collect()).collect();
            let found = min_hitting(&sets, 10, &[0; 10], &mut 0);
            prop_assert!(sets.iter().all(|set| set.iter().any(|element| found.elements.contains(element))));
            let truth = brute_force(&sets);
            prop_assert!(found.at_least <= truth && truth <= found.elements.len() as u32);
        }
    }
}
