//! Which libraries of other people stay behind which wall.
//!
//! Tests may use what they like: they are not shipped.

use super::{Finding, Tree};

/// Libraries, the only crates that may depend on them, and why.
struct Wall {
    libraries: &'static [&'static str],
    only_in: &'static [&'static str],
    why: &'static str,
}

const WALLS: &[Wall] = &[
    Wall {
        libraries: &["rusqlite", "postgres", "tokio-postgres", "sqlx", "diesel"],
        only_in: &["sayso-ledger"],
        why: "only the ledger knows a database",
    },
    Wall {
        libraries: &["clap", "clap_complete", "clap_mangen"],
        only_in: &["sayso-cli", "sayso-train"],
        why: "only programs have a command line",
    },
    Wall {
        libraries: &["indicatif", "anstream", "anstyle", "terminal_size", "ctrlc", "dirs"],
        only_in: &["sayso-cli"],
        why: "only the sayso program knows a terminal and a home folder",
    },
    Wall {
        libraries: &["axum", "hyper", "tower", "tower-http", "tiny_http", "actix-web"],
        only_in: &["sayso-web"],
        why: "only sayso-web speaks HTTP",
    },
    Wall {
        libraries: &["html5gum", "html5ever", "scraper", "lol_html", "tl", "chardetng", "encoding_rs"],
        only_in: &["sayso-read"],
        why: "only reading knows bytes and HTML",
    },
    Wall {
        libraries: &["anyhow", "eyre", "color-eyre"],
        only_in: &["sayso-cli", "sayso-train", "xtask"],
        why: "libraries have errors of their own kinds, so that a caller can tell them apart; use thiserror",
    },
    Wall {
        libraries: &["nix", "libc", "cpu-time"],
        only_in: &["sayso-cli", "sayso-train", "xtask"],
        why: "libraries never ask the system",
    },
    Wall {
        libraries: &["reqwest", "ureq", "curl", "attohttpc"],
        only_in: &["sayso-cli"],
        why: "only the sayso program fetches from the network, and only what its user asks for",
    },
    Wall {
        libraries: &["rten-gemm", "pulp", "tokenizers"],
        only_in: &["sayso-encoder"],
        why: "encoders alone run networks, and only where a feature asks for them",
    },
    Wall {
        libraries: &["candle-core", "tch", "ort", "burn", "tract-core", "tract-onnx", "rust-bert", "dfdx"],
        only_in: &[],
        why: "reading needs no other neural framework",
    },
];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in &tree.packages {
        for dependency in package.dependencies.iter().filter(|dependency| !dependency.for_tests) {
            let name = dependency.name.as_str();
            let wall = WALLS.iter().find(|wall| wall.libraries.contains(&name));
            if let Some(wall) = wall.filter(|wall| !wall.only_in.contains(&package.name.as_str())) {
                let what = format!("{} must not depend on {name}: {}", package.name, wall.why);
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
    fn what_belongs_to_one_crate_is_found_in_another() {
        let tree = Tree::default()
            .with_crate("sayso-ledger", &["rusqlite", "thiserror"])
            .with_crate("sayso", &["sayso-ledger", "rusqlite", "dev:anyhow"])
            .with_crate("sayso-read", &["html5gum", "ort"]);
        let found = lines(&check(&tree));
        assert_eq!(
            found,
            [
                "crates/sayso/Cargo.toml:2: sayso must not depend on rusqlite: only the ledger knows a database",
                "crates/sayso-read/Cargo.toml:2: sayso-read must not depend on ort: reading needs no other neural framework",
            ]
        );
    }
}
