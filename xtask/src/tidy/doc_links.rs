//! Every link from a document to a file of the repository leads somewhere.

use super::{Finding, Tree};

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.files.iter().filter(|file| file.path.ends_with(".md")) {
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for (at, line) in file.text().unwrap_or_default().lines().enumerate() {
            for target in targets(line) {
                let path = resolve(folder, target);
                let inside = format!("{path}/");
                let exists = |other: &str| path.is_empty() || other == path || other.starts_with(&inside);
                if !tree.files.iter().any(|file| exists(&file.path)) {
                    findings.push(file.finding(at + 1, format!("there is no {path}; mend the link")));
                }
            }
        }
    }
    findings
}

/// The files that a line of Markdown links to, without their anchors.
fn targets(line: &str) -> impl Iterator<Item = &str> {
    line.split("](").skip(1).filter_map(|rest| {
        let target = rest.split([')', '#', ' ']).next()?;
        (!target.is_empty() && !target.contains("://") && !target.starts_with("mailto:")).then_some(target)
    })
}

fn resolve(folder: &str, target: &str) -> String {
    let start = if target.starts_with('/') { "" } else { folder };
    let mut parts: Vec<&str> = Vec::new();
    for part in start.split('/').chain(target.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::super::tree::lines;
    use super::*;

    #[test]
    fn a_link_to_nowhere_is_found() {
        let tree = Tree::of(&[
            (
                "README.md",
                "[a](docs/a.md#top) and [code](crates/sayso) and [web](https://sayso.example/x) [here](#x)\n",
            ),
            ("docs/a.md", "\n[up](../README.md) [gone](gone.md)\n"),
            ("crates/sayso/src/lib.rs", ""),
        ]);
        assert_eq!(lines(&check(&tree)), ["docs/a.md:2: there is no docs/gone.md; mend the link"]);
    }
}
