//! Which crate may know which. What is not in the table is forbidden.

use super::{Finding, Tree};

/// A crate, the crates of this workspace that it may depend on, and why no others.
struct Row {
    name: &'static str,
    may_know: &'static [&'static str],
    why: &'static str,
}

/// In the order in which data flows; tests keep to it too.
const TABLE: &[Row] = &[
    Row {
        name: "sayso-record",
        may_know: &[],
        why: "it is the vocabulary as plain data, and knows no storage, HTTP, HTML or files",
    },
    Row { name: "sayso-encoder", may_know: &[], why: "it runs encoders, and knows nothing of the news" },
    Row {
        name: "sayso-read",
        may_know: &["sayso-record", "sayso-encoder"],
        why: "it reads one document at a time, and knows no storage and no other documents",
    },
    Row {
        name: "sayso-link",
        may_know: &["sayso-record", "sayso-encoder"],
        why: "it works on records alone, and knows no storage and no HTML",
    },
    Row {
        name: "sayso-weigh",
        may_know: &["sayso-record"],
        why: "it weighs who says what, and knows no text and no storage",
    },
    Row {
        name: "sayso-ledger",
        may_know: &["sayso-record"],
        why: "it keeps records, and does not know how any of them was made",
    },
    Row {
        name: "sayso",
        may_know: &["sayso-record", "sayso-read", "sayso-link", "sayso-weigh", "sayso-ledger"],
        why: "it is the desk on a ledger, and knows no terminal and no HTTP",
    },
    Row {
        name: "sayso-web",
        may_know: &["sayso-record", "sayso"],
        why: "it asks the desk, and knows no SQL",
    },
    Row {
        name: "sayso-cli",
        // A case file is weighed without any ledger, and so without the desk.
        may_know: &["sayso-record", "sayso-weigh", "sayso", "sayso-web"],
        why: "it asks the desk, and knows no HTML and no SQL",
    },
    Row {
        name: "sayso-train",
        may_know: &["sayso-record", "sayso-read", "sayso-link", "sayso-weigh", "sayso"],
        why: "it trains and measures, nothing depends on it, and it asks the desk what a ledger holds",
    },
    Row { name: "xtask", may_know: &[], why: "it checks the project from outside" },
];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let ours: Vec<&str> = tree.packages.iter().map(|package| package.name.as_str()).collect();
    let mut findings = Vec::new();
    for package in &tree.packages {
        let Some(row) = TABLE.iter().find(|row| row.name == package.name) else {
            let what = format!(
                "{} is not in the table of crates; enter what it may know in xtask/src/tidy/dependencies.rs",
                package.name
            );
            findings.push(Finding { path: package.manifest.clone(), line: 0, what });
            continue;
        };
        for dependency in &package.dependencies {
            let name = dependency.name.as_str();
            // A crate may name itself, to give its own tests a feature.
            if ours.contains(&name) && name != package.name && !row.may_know.contains(&name) {
                let what =
                    format!("{} must not know {name}: {}; remove the dependency", package.name, row.why);
                let line = tree.line_of(package, name);
                findings.push(Finding { path: package.manifest.clone(), line, what });
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
    fn data_flows_one_way() {
        let tree = Tree::default()
            .with_crate("sayso-record", &["serde"])
            .with_crate("sayso-weigh", &["serde", "sayso-record", "dev:sayso-ledger"])
            .with_crate("sayso-ledger", &["sayso-record", "rusqlite"])
            .with_crate("sayso", &["sayso-weigh", "sayso-ledger"]);
        let found = lines(&check(&tree));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].starts_with("crates/sayso-weigh/Cargo.toml:3: sayso-weigh must not know sayso-ledger")
        );
    }

    #[test]
    fn a_crate_may_name_itself_and_must_be_in_the_table() {
        let tree = Tree::default()
            .with_crate("sayso-record", &["dev:sayso-record"])
            .with_crate("sayso-utils", &["sayso-record"]);
        let found = lines(&check(&tree));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("sayso-utils is not in the table"));
    }

    #[test]
    fn the_table_has_no_loop() {
        for (at, row) in TABLE.iter().enumerate() {
            for known in row.may_know {
                assert!(TABLE[..at].iter().any(|before| before.name == *known), "{} knows {known}", row.name);
            }
        }
    }
}
