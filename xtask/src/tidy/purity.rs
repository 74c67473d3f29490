//! Libraries never read the terminal, the environment, the clock or the home folder: they are given what they need.

use super::code::{in_library, names, shipped_lines};
use super::{Finding, Tree};

/// What a library must not write, and what to do instead.
const FORBIDDEN: &[(&str, &str)] = &[
    ("println!(", "a library does not print; return it to the caller"),
    ("print!(", "a library does not print; return it to the caller"),
    ("eprintln!(", "a library does not print; return an error, or a note in the document"),
    ("eprint!(", "a library does not print; return an error, or a note in the document"),
    ("io::stdout", "a library does not print; take a `Write` from the caller"),
    ("io::stderr", "a library does not print; take a `Write` from the caller"),
    ("io::stdin", "a library does not read the terminal; take a `Read` from the caller"),
    ("std::env", "a library does not read the environment; take the setting from the caller"),
    ("env::var", "a library does not read the environment; take the setting from the caller"),
    ("Instant::now", "a library does not read the clock; take the time from the caller"),
    ("SystemTime::now", "a library does not read the clock; take the time from the caller"),
    ("Timestamp::now", "a library does not read the clock; take the time from the caller"),
    ("Zoned::now", "a library does not read the clock; take the time from the caller"),
    ("process::exit", "a library does not end the program; return an error"),
];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, text) in tree.rust().filter(|(file, _)| in_library(file)) {
        for (number, line) in shipped_lines(text) {
            if let Some((what, instead)) = FORBIDDEN.iter().find(|(what, _)| names(line, what)) {
                let what = what.trim_end_matches('(');
                findings.push(file.finding(number, format!("`{what}` in a library: {instead}")));
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
    fn only_programs_print_and_ask_the_time() {
        let text = "//! x\nfn f() {\n    // println!(\"in a comment\")\n    println!(\"out\");\n    let t = \
                    std::time::Instant::now();\n}\n#[cfg(test)]\nmod tests { fn g() { println!(\"fine\") } }\n";
        let tree = Tree::of(&[("crates/sayso/src/lib.rs", text), ("crates/sayso-cli/src/main.rs", text)]);
        let found = lines(&check(&tree));
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("crates/sayso/src/lib.rs:4: `println!` in a library"));
        assert!(found[1].starts_with("crates/sayso/src/lib.rs:5: `Instant::now` in a library"));
    }
}
