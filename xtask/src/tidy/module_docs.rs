//! Every Rust file opens with a line that says what it is for.

use super::{Finding, Tree};

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let opens = |text: &str| {
        text.lines()
            .next()
            .is_some_and(|line| line.trim_end().len() > "//! ".len() && line.starts_with("//! "))
    };
    tree.rust()
        .filter(|(_, text)| !opens(text))
        .map(|(file, _)| file.finding(1, "no `//!` line opens the file; say there what it is for"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tree::lines;
    use super::*;

    #[test]
    fn a_file_without_a_purpose_is_found() {
        let tree = Tree::of(&[
            ("good.rs", "//! Says what it is for.\n"),
            ("late.rs", "use std::fmt;\n//! Too late.\n"),
            ("mute.rs", "//!\n"),
            ("empty.rs", ""),
            ("page.html", "<p>"),
        ]);
        let found = lines(&check(&tree));
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[0].starts_with("late.rs:1: no `//!` line"));
    }
}
