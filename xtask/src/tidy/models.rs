//! Every model has a card that says where it came from, and nothing else in the repository is large or binary.
//!
//! A model lives in a folder `models/` beside the code that uses it. Its card is a Markdown file of the same name, or
//! the `README.md` of the folder where models that are trained together share one.

use super::tree::File;
use super::{Finding, Tree};
use sha2::{Digest, Sha256};

/// What a card states, each at the start of a line or as a heading.
const STATED: &[(&str, &str)] = &[
    ("source", "what it was made from"),
    ("command", "the command that makes it"),
    ("seed", "the seed of that command (or that it takes none)"),
    ("sha256", "the hash of the file"),
    ("scores", "what was measured, and by which command"),
    ("licence", "the licence of the data (or that none is stated), and of the model"),
];

const LARGEST_BYTES: usize = 1_000_000;

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in &tree.files {
        if is_model(file) {
            findings.extend(check_card(tree, file));
        } else if file.bytes.len() > LARGEST_BYTES {
            let what = format!(
                "{} bytes; keep files under {LARGEST_BYTES}, or make it a model with a card",
                file.bytes.len()
            );
            findings.push(file.finding(0, what));
        } else if file.path.starts_with("crates/") && file.path.contains("/src/") && file.text().is_none() {
            findings.push(
                file.finding(0, "a binary file among the code; a model goes to `models/`, with a card"),
            );
        } else if file.path.contains("/model/") {
            findings.push(file.finding(0, "models live in a folder `models/`; move it there, with a card"));
        }
    }
    findings
}

fn is_model(file: &File) -> bool {
    file.path.contains("/models/") && !file.path.ends_with(".md") && !file.path.ends_with(".rs")
}

fn check_card(tree: &Tree, model: &File) -> Vec<Finding> {
    let path = match model.path.rsplit_once('.') {
        Some((stem, ending)) if !ending.contains('/') => format!("{stem}.md"),
        _ => format!("{}.md", model.path),
    };
    let shared =
        model.path.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/README.md"));
    let Some(card) = tree.file(&path).or_else(|| tree.file(&shared)) else {
        return vec![model.finding(0, format!("a model without a card; write {path}"))];
    };
    let text = card.text().unwrap_or_default();
    let mut findings = Vec::new();
    for (name, meaning) in STATED {
        if !text.lines().any(|line| states(line, name)) {
            findings.push(card.finding(0, format!("the card has no line `{name}: ...`; state {meaning}")));
        }
    }
    let hash: String = Sha256::digest(&model.bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    if !text.contains(&hash) {
        let line = text.lines().position(|line| states(line, "sha256")).map_or(0, |at| at + 1);
        findings.push(
            card.finding(line, format!("the sha256 of {} is {hash}; was it trained anew?", model.path)),
        );
    }
    findings
}

/// Whether a line opens with a name: as a heading, a list item or the first cell of a table.
fn states(line: &str, name: &str) -> bool {
    let line = line
        .trim_start_matches(|character: char| !character.is_alphanumeric())
        .to_lowercase()
        .replace('-', "");
    line.strip_prefix(name).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::super::tree::lines;
    use super::*;

    const CARD: &str = "# Tagger\n\n- **Source**: invented\n- Command: `train`\n- Seed: 1\n- SHA-256: \
                        9834876dcfb05cb167a5c24953eba58c4ac89b1adf57f28f2f9d09af107ee8f0\n\n## Scores\n\nnone\n\n| Licence | MIT |\n";

    #[test]
    fn a_card_that_says_everything_is_enough() {
        let tree = Tree::of(&[
            ("crates/sayso-read/models/tagger.bin", "aaa"),
            ("crates/sayso-read/models/tagger.md", CARD),
        ]);
        assert_eq!(lines(&check(&tree)), [""; 0]);
    }

    #[test]
    fn a_model_without_a_true_card_is_found() {
        let tree = Tree::of(&[
            ("crates/sayso-read/models/bare.bin", "aaa"),
            ("crates/sayso-read/models/tagger.bin", "aab"),
            ("crates/sayso-read/models/tagger.md", &CARD.replace("Seed", "Seedling")),
            ("crates/sayso-read/model/forest", "a"),
            ("docs/large.txt", &"a".repeat(LARGEST_BYTES + 1)),
        ]);
        let found = lines(&check(&tree));
        assert_eq!(found.len(), 5, "{found:?}");
        assert!(found[0].contains("a model without a card; write crates/sayso-read/models/bare.md"));
        assert!(found[1].contains("tagger.md: the card has no line `seed: ...`"));
        assert!(found[2].contains("tagger.md:6: the sha256 of"));
        assert!(found[3].contains("forest: models live in a folder"));
        assert!(found[4].starts_with("docs/large.txt: 1000001 bytes"));
    }
}
