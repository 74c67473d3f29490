//! Every crate's manifest takes versions and lints from the workspace, so that each is decided once.

use super::{Finding, Tree};

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in &tree.packages {
        let Some(file) = tree.file(&package.manifest) else { continue };
        let Some(text) = file.text() else { continue };
        let mut section = "";
        let mut lints = false;
        for (at, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.starts_with('[') {
                section = line.trim_matches(['[', ']']);
            } else if section == "lints" {
                lints |= line == "workspace = true";
            } else if section.ends_with("dependencies") && line.contains('=') && !line.starts_with('#') {
                let own = line.contains("path = \".\"");
                if !line.contains("workspace = true") && !own {
                    findings.push(file.finding(
                        at + 1,
                        "declare the version in [workspace.dependencies] and write `.workspace = true` here",
                    ));
                }
            }
        }
        if !lints {
            findings.push(file.finding(0, "add `[lints]` with `workspace = true`"));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::tree::lines;
    use super::*;

    #[test]
    fn versions_and_lints_come_from_the_workspace() {
        let mut tree = Tree::default().with_crate("sayso", &["serde"]);
        assert_eq!(lines(&check(&tree)), ["crates/sayso/Cargo.toml: add `[lints]` with `workspace = true`"]);
        let manifest = "[dependencies]\nserde.workspace = true\nregex = \"1\"\n\n[dev-dependencies]\n\
                        sayso = { path = \".\", features = [\"x\"] }\n\n[lints]\nworkspace = true\n";
        tree.files[0].bytes = manifest.into();
        let found = lines(&check(&tree));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("crates/sayso/Cargo.toml:3: declare the version"));
    }
}
