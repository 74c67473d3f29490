//! `cargo xtask tidy`: what a compiler cannot see. One rule a file, its tests beside it.

mod code;
mod dependencies;
mod doc_links;
mod leftovers;
mod manifests;
mod models;
mod module_docs;
mod purity;
mod reasons;
mod rooms;
mod tests_in_one;
mod tree;
mod walls;
mod white_space;

pub(crate) use tree::{Finding, Tree};

use anyhow::{Result, bail};
use std::path::Path;

/// A rule: looks at the whole tree and says what is wrong with it.
type Rule = fn(&Tree) -> Vec<Finding>;

/// Every rule, by the name that its findings are shown under.
const RULES: &[(&str, Rule)] = &[
    ("dependencies", dependencies::check),
    ("walls", walls::check),
    ("manifests", manifests::check),
    ("module-docs", module_docs::check),
    ("purity", purity::check),
    ("leftovers", leftovers::check),
    ("reasons", reasons::check),
    ("rooms", rooms::check),
    ("models", models::check),
    ("tests-in-one", tests_in_one::check),
    ("doc-links", doc_links::check),
    ("white-space", white_space::check),
];

/// Holds the working tree to every rule, and prints what was found.
pub(crate) fn run(root: &Path) -> Result<()> {
    let tree = Tree::read(root)?;
    let mut count = 0;
    for (name, rule) in RULES {
        for finding in rule(&tree) {
            println!("{finding} [{name}]");
            count += 1;
        }
    }
    match count {
        0 => Ok(()),
        1 => bail!("tidy: one thing to put right"),
        _ => bail!("tidy: {count} things to put right"),
    }
}
