//! One test binary a crate: each more of them links everything once more.

use super::{Finding, Tree};

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let is_own_binary = |path: &str| {
        let rest = path.strip_prefix("crates/").and_then(|path| path.split_once('/')).map(|(_, rest)| rest);
        let name = rest.and_then(|rest| rest.strip_prefix("tests/"));
        name.is_some_and(|name| name.ends_with(".rs") && !name.contains('/'))
    };
    tree.rust()
        .filter(|(file, _)| is_own_binary(&file.path))
        .map(|(file, _)| file.finding(0, "a test binary of its own; make it a module of tests/it/main.rs"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tree::lines;
    use super::*;

    #[test]
    fn a_second_binary_is_found() {
        let tree = Tree::of(&[("crates/sayso/tests/it/main.rs", ""), ("crates/sayso/tests/acts.rs", "")]);
        let found = lines(&check(&tree));
        assert_eq!(
            found,
            ["crates/sayso/tests/acts.rs: a test binary of its own; make it a module of tests/it/main.rs"]
        );
    }
}
