//! Nothing is left lying about: no unfinished code, no notes to self, no halves of a merge, no stray files.

use super::code::{lines as code_lines, names};
use super::{Finding, Tree};

/// Written in two halves, so that this table is no finding itself.
const UNFINISHED: &[&str] = &[concat!("dbg", "!("), concat!("todo", "!("), concat!("unimplemented", "!(")];
const NOTES_TO_SELF: &[&str] = &[concat!("FIX", "ME"), concat!("XX", "X"), concat!("TO", "DO")];
const MERGE_HALVES: &[&str] = &[concat!("<<<<", "<<< "), concat!(">>>>", ">>> ")];
const STRAY_ENDINGS: &[&str] =
    &[".snap.new", ".pending-snap", ".orig", ".rej", ".bak", ".swp", "~", ".profraw"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in &tree.files {
        if STRAY_ENDINGS.iter().any(|ending| file.path.ends_with(ending)) {
            findings.push(file.finding(0, "a stray file; remove it (for a snapshot: accept it first)"));
        }
        let Some(text) = file.text() else { continue };
        for (at, line) in text.lines().enumerate() {
            if MERGE_HALVES.iter().any(|half| line.starts_with(half)) {
                findings.push(file.finding(at + 1, "half of a merge; decide which side holds"));
            }
        }
        if is_written_by_us(&file.path) {
            for (at, line) in text.lines().enumerate() {
                if let Some(note) = NOTES_TO_SELF.iter().find(|note| stands_alone(line, note)) {
                    findings.push(file.finding(at + 1, format!("{note}: do it, or write an issue")));
                }
            }
        }
    }
    for (file, text) in tree.rust() {
        for (number, line) in code_lines(text) {
            if let Some(what) = UNFINISHED.iter().find(|what| names(line, what)) {
                findings.push(
                    file.finding(number, format!("`{}` is left here; finish it", what.trim_end_matches('('))),
                );
            }
        }
    }
    findings
}

/// Whether a file is code or documentation; examples and models hold other people's words.
fn is_written_by_us(path: &str) -> bool {
    [".rs", ".toml", ".md", ".sh", ".yml", ".css", ".js"].iter().any(|ending| path.ends_with(ending))
        || path == ".ci/run"
}

fn stands_alone(line: &str, word: &str) -> bool {
    let rest_is_other = |at: usize| !line[at + word.len()..].starts_with(|next: char| next.is_alphanumeric());
    let before_is_other = |at: usize| !line[..at].ends_with(|before: char| before.is_alphanumeric());
    line.match_indices(word).any(|(at, _)| before_is_other(at) && rest_is_other(at))
}

#[cfg(test)]
mod tests {
    use super::super::tree::lines;
    use super::*;

    #[test]
    fn every_leftover_is_found_once() {
        let unfinished = format!("//! x\nfn f() {{ {}) }}\n", UNFINISHED[1]);
        let note = format!("# Title\n\n{}: say more. {}L is fine\n", NOTES_TO_SELF[0], NOTES_TO_SELF[1]);
        let merge = format!("one\n{}HEAD\ntwo\n", MERGE_HALVES[0]);
        let tree = Tree::of(&[
            ("crates/sayso/src/lib.rs", &unfinished),
            ("README.md", &note),
            ("examples/page.html", &merge),
            ("crates/sayso/tests/it/snapshots/a.snap.new", "x"),
            ("good.rs", "//! Nothing to see.\n// todo lists are fine in a comment\n"),
        ]);
        let found = lines(&check(&tree));
        assert_eq!(found.len(), 4, "{found:?}");
        assert!(found.iter().any(|line| line.starts_with("crates/sayso/src/lib.rs:2: `todo!` is left here")));
        assert!(found.iter().any(|line| line.starts_with("README.md:3: ")));
        assert!(found.iter().any(|line| line.starts_with("examples/page.html:2: half of a merge")));
        assert!(found.iter().any(|line| line.contains("a.snap.new: a stray file")));
    }
}
