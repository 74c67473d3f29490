//! A lint is switched off only where the code says why.

use super::code::lines as code_lines;
use super::{Finding, Tree};

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, text) in tree.rust() {
        let lines: Vec<(usize, &str)> = code_lines(text).collect();
        for (at, (number, line)) in lines.iter().enumerate() {
            let start = line.trim_start();
            let opens = ["#[allow(", "#![allow(", "#[expect(", "#![expect("]
                .iter()
                .any(|open| start.starts_with(open));
            if opens && !attribute(&lines[at..]).contains("reason = ") {
                findings
                    .push(file.finding(*number, "say why the lint is switched off: add `reason = \"...\"`"));
            }
        }
    }
    findings
}

/// An attribute, which may go on over several lines.
fn attribute(lines: &[(usize, &str)]) -> String {
    let mut attribute = String::new();
    for (_, line) in lines {
        attribute.push_str(line);
        if line.contains(")]") {
            break;
        }
    }
    attribute
}

#[cfg(test)]
mod tests {
    use super::super::tree::lines;
    use super::*;

    #[test]
    fn a_reason_may_stand_on_another_line() {
        let tree = Tree::of(&[(
            "a.rs",
            "//! x\n#![allow(dead_code)]\n#[expect(unused, reason = \"until then\")]\nfn f() {}\n#[allow(\n    \
             clippy::all,\n    reason = \"a table\"\n)]\nfn g() {}\n    #[allow(unused)]\n",
        )]);
        let found = lines(&check(&tree));
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("a.rs:2: say why") && found[1].starts_with("a.rs:10: say why"));
    }
}
