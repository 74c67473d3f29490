//! Lines end without white space and with `\n`, and so does every file.

use super::{Finding, Tree};

/// Pages, snapshots and models keep the white space that they have.
const ENDINGS: &[&str] = &[".rs", ".toml", ".md", ".sh", ".yml", ".css", ".js", ".sql", ".ci/run"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.files.iter().filter(|file| ENDINGS.iter().any(|ending| file.path.ends_with(ending))) {
        let Some(text) = file.text() else { continue };
        for (at, line) in text.split('\n').enumerate() {
            if line.ends_with(char::is_whitespace) {
                findings.push(file.finding(at + 1, "white space at the end of the line; remove it"));
            }
        }
        if !text.is_empty() && !text.ends_with('\n') {
            findings
                .push(file.finding(text.lines().count(), "the file does not end with a line break; add one"));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::tree::lines;
    use super::*;

    #[test]
    fn ends_of_lines_are_bare() {
        let tree = Tree::of(&[
            ("a.rs", "//! x\nlet a = 1; \nlet b = 2;\n"),
            ("b.md", "# Title\r\n"),
            ("c.toml", "a = 1"),
            ("page.html", "<p> \n"),
        ]);
        let found = lines(&check(&tree));
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[0].starts_with("a.rs:2: white space"));
        assert!(found[1].starts_with("b.md:1: white space"));
        assert!(found[2].starts_with("c.toml:1: the file does not end"));
    }
}
