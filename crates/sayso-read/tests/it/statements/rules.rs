//! The rules of reading, each a page of prose with examples in `tests/rules`: whoever finds a sentence that is misread adds it
//! there. A line that begins with "- " has what is right, a colon, and the sentence.

use super::labelled::read;
use sayso_read::{CAREFUL_MODEL, Reader};
use sayso_record::{Stance, Statement};

/// The examples of a page: what is right, and the sentence.
fn examples(page: &str) -> impl Iterator<Item = (&str, &str)> {
    let lines = page.lines().filter_map(|line| line.strip_prefix("- "));
    lines.map(|line| line.split_once(": ").expect("an example has an answer, a colon, and a sentence"))
}

/// Reads every example, and fails with those that went wrong where they are more than `excused`.
fn hold(page: &str, excused: usize, reader: &Reader, right: impl Fn(&str, &[Statement]) -> bool) {
    let mut wrong = Vec::new();
    for (answer, sentence) in examples(page) {
        let (page, statements) = read(reader, sentence);
        if !right(answer, &statements) {
            let line = |s: &Statement| {
                format!(
                    "{} [{}] {}: {}",
                    s.source.name,
                    s.stance.verb(),
                    page.words(&s.cue),
                    page.words(&s.content)
                )
            };
            let found: Vec<String> = statements.iter().map(line).collect();
            wrong.push(format!("{answer}: {sentence}\n    read {found:?}"));
        }
    }
    println!("{} wrong\n{}", wrong.len(), wrong.join("\n"));
    assert!(wrong.len() <= excused, "{} wrong, {excused} before\n{}", wrong.len(), wrong.join("\n"));
}

/// Whether the sentence says, does not say, or takes back what it tells of.
fn is_said(answer: &str, statements: &[Statement]) -> bool {
    let any = |right: fn(Stance) -> bool| statements.iter().any(|statement| right(statement.stance));
    match answer {
        "says" => any(Stance::takes_a_side),
        "does not say" => !any(Stance::takes_a_side),
        "takes back" => any(|stance| stance == Stance::Retracts) && !any(Stance::takes_a_side),
        other => panic!("no such answer: {other}"),
    }
}

/// Whether every statement is by the one that is right.
fn is_by(answer: &str, statements: &[Statement]) -> bool {
    let is_right = |statement: &Statement| match answer {
        "nobody" => statement.source.name.is_empty(),
        name => statement.source.name.eq_ignore_ascii_case(name),
    };
    (answer == "nobody" || !statements.is_empty()) && statements.iter().all(is_right)
}

fn careful() -> Reader {
    Reader::careful(CAREFUL_MODEL).expect("the model that is built in opens")
}

#[test]
fn what_was_not_said() {
    let page = include_str!("../../rules/saying/not-said.md");
    hold(page, 0, &Reader::new(), is_said);
    hold(page, 0, &careful(), is_said);
}

#[test]
fn what_is_taken_back() {
    let page = include_str!("../../rules/saying/taken-back.md");
    hold(page, 0, &Reader::new(), is_said);
    hold(page, 0, &careful(), is_said);
}

#[test]
fn of_whom_it_is_said() {
    let page = include_str!("../../rules/source/turned.md");
    hold(page, 0, &Reader::new(), is_by);
    hold(page, 0, &careful(), is_by);
}
