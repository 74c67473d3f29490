//! The rooms of the desk: each knows only those below it, so that a change in one is felt in one direction.

use super::code::shipped_lines;
use super::{Finding, Tree};

/// The folders of `crates/sayso/src` whose arrows go one way, the lowest first.
const ROOMS: &[&str] = &["weighing", "intake", "questions", "acts"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, text) in tree.rust() {
        let Some(inside) = file.path.strip_prefix("crates/sayso/src/") else { continue };
        let Some(at) = ROOMS.iter().position(|room| inside.starts_with(&format!("{room}/"))) else {
            continue;
        };
        for (number, line) in shipped_lines(text) {
            if let Some(above) =
                ROOMS[at + 1..].iter().find(|room| line.contains(&format!("crate::{room}::")))
            {
                let what = format!("`{}` must not know `{above}`, which rests on it", ROOMS[at]);
                findings.push(file.finding(number, what));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::tree::lines;
    use super::*;

    #[test]
    fn a_room_may_know_only_those_below_it() {
        let up = "//! x\nuse crate::acts::act::Wanted;\nuse crate::weighing::cone::Cone;\n";
        let tree =
            Tree::of(&[("crates/sayso/src/intake/linking.rs", up), ("crates/sayso/src/acts/act.rs", up)]);
        let found = lines(&check(&tree));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("crates/sayso/src/intake/linking.rs:2: `intake` must not know `acts`"));
    }
}
