//! Which of the sources that speak on one side may be one, so that the lower end of independence counts them once.

use sayso_link::sources::may_be_one;

/// So many names are compared with each other: where more speak, no two of them alike decide anything.
const COMPARED: usize = 64;

/// A source at the end of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mouth<'a> {
    /// Its number for weighing.
    pub(crate) source: u32,
    /// What it is called.
    pub(crate) name: &'a str,
    /// Whether nobody names it.
    pub(crate) unnamed: bool,
    /// Whether it is a page that speaks in its own voice.
    pub(crate) own_voice: bool,
}

/// Sets of sources that may be one. Names may be those of one person or body. Whom nobody names may be anybody who is named
/// beside, and what pages say in their own voice may come from whoever is credited for the same, or from one place that
/// none of them names.
pub(crate) fn sets(mouths: &[Mouth<'_>]) -> Vec<Vec<u32>> {
    let (told, mut named): (Vec<&Mouth>, Vec<&Mouth>) =
        mouths.iter().partition(|mouth| mouth.unnamed || mouth.own_voice);
    named.sort_by_key(|mouth| mouth.source);
    named.dedup_by_key(|mouth| mouth.source);
    named.truncate(COMPARED);
    let mut sets: Vec<Vec<u32>> = Vec::new();
    for (at, a) in named.iter().enumerate() {
        let others = named[at + 1..].iter().filter(|b| may_be_one(a.name, b.name));
        sets.extend(others.map(|b| vec![a.source, b.source]));
    }
    let mut anybody: Vec<u32> = told.iter().map(|mouth| mouth.source).collect();
    anybody.extend(named.first().map(|mouth| mouth.source));
    anybody.sort_unstable();
    anybody.dedup();
    sets.push(anybody);
    sets.retain(|set| set.len() > 1);
    sets
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mouth(source: u32, name: &str) -> Mouth<'_> {
        Mouth { source, name, unnamed: false, own_voice: false }
    }

    #[test]
    fn two_names_of_one_and_those_whom_nobody_names() {
        let official = Mouth { unnamed: true, ..mouth(2, "an official") };
        let page = Mouth { own_voice: true, ..mouth(3, "Harbour Courier") };
        let named = [mouth(0, "Robert Thorne"), mouth(1, "Thorne"), mouth(4, "Ilse Marwick")];
        assert_eq!(sets(&named), [[0, 1]]);
        assert_eq!(sets(&[named[2], official, page]), [[2, 3, 4]]);
        assert_eq!(sets(&[official, page]), [[2, 3]]);
        assert!(sets(&[named[0], named[2]]).is_empty());
    }
}
