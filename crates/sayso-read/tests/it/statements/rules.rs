//! The rules of reading, each a page of prose with examples in `tests/rules`: whoever finds a sentence that is misread adds it
//! there. A line that begins with "- " has what is right, a colon, and the sentence.

use super::labelled::read;
use sayso_read::{CAREFUL_MODEL, Reader, why_unnamed};
use sayso_record::{SourceKind, Stance, Statement};

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
                let via: Vec<&str> = s.via.iter().map(|via| via.name.as_str()).collect();
                let (cue, content) = (page.words(&s.cue), page.words(&s.content));
                format!(
                    "{} ({:?}) <- {via:?} [{}] {cue}: {content}",
                    s.source.name,
                    s.source.kind,
                    s.stance.verb()
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

/// Whether some statement is by the one that is right, through the go-between that is right, and none by somebody who is named.
fn is_by_unnamed(answer: &str, statements: &[Statement]) -> bool {
    let (name, via) = answer.split_once(" <- ").map_or((answer, None), |(name, via)| (name, Some(via)));
    let is_right = |statement: &Statement| {
        let through: Option<&str> = statement.via.first().map(|via| via.name.trim_start_matches("the "));
        statement.source.kind == SourceKind::Unnamed
            && statement.source.name.eq_ignore_ascii_case(name)
            && through.map(|name| name.trim_start_matches("The ")) == via
    };
    statements.iter().any(is_right)
        && statements
            .iter()
            .filter(|statement| statement.stance.takes_a_side())
            .all(|statement| !statement.source.kind.is_named())
}

fn careful() -> Reader {
    Reader::careful(CAREFUL_MODEL).expect("the model that is built in opens")
}

/// The same for the fast reader, which is excused as often as is said, and for the careful one, which never is.
fn hold_for_both(page: &str, excused: usize, right: fn(&str, &[Statement]) -> bool) {
    hold(page, excused, &Reader::new(), right);
    hold(page, 0, &careful(), right);
}

#[test]
fn what_was_not_said() {
    let page = include_str!("../../rules/saying/not-said.md");
    hold_for_both(page, 1, is_said);
}

#[test]
fn what_is_taken_back() {
    let page = include_str!("../../rules/saying/taken-back.md");
    hold_for_both(page, 0, is_said);
}

#[test]
fn of_whom_it_is_said() {
    let page = include_str!("../../rules/source/turned.md");
    hold_for_both(page, 0, is_by);
}

#[test]
fn whom_a_page_does_not_name() {
    let page = include_str!("../../rules/source/unnamed.md");
    hold_for_both(page, 3, is_by_unnamed);
}

#[test]
fn why_a_page_does_not_name_a_source() {
    let reader = Reader::new();
    for (answer, sentence) in examples(include_str!("../../rules/source/why-unnamed.md")) {
        let (page, statements) = read(&reader, sentence);
        let why = statements.iter().find_map(|statement| why_unnamed(&page, statement));
        assert_eq!(why.map_or("no reason", |span| span.of(&page.text)), answer, "{sentence}");
        assert!(!statements.is_empty(), "{sentence}");
    }
}

/// The pages of `talk.md`: their lines, and who says what in them.
fn pages(page: &str) -> Vec<(String, Vec<(&str, &str)>)> {
    let mut out: Vec<(String, Vec<(&str, &str)>)> = Vec::new();
    for line in page.lines() {
        if line.starts_with("## ") {
            out.push((String::new(), Vec::new()));
        }
        let Some((text, answers)) = out.last_mut() else { continue };
        if let Some(line) = line.strip_prefix("> ") {
            *text += &format!("{}\n\n", line.trim_start_matches("# "));
        }
        answers.extend(line.strip_prefix("= ").and_then(|answer| answer.split_once(": ")));
    }
    out
}

#[test]
fn who_talks() {
    for reader in [Reader::new(), careful()] {
        for (text, answers) in pages(include_str!("../../rules/talk.md")) {
            let (page, statements) = read(&reader, &text);
            let said: Vec<(&str, String)> =
                statements.iter().map(|s| (s.source.name.as_str(), page.words(&s.content))).collect();
            for (who, words) in answers {
                let found = said.iter().any(|(name, content)| *name == who && content.starts_with(words));
                assert!(found, "{who}: {words}\nin {said:#?}");
            }
            let furniture = said.iter().find(|(name, _)| matches!(*name, "READ MORE" | "RELATED" | "WATCH"));
            assert_eq!(furniture, None);
        }
    }
}

/// Reads every example as a page in a language, and fails with those that give other speakers than the one that is right.
fn hold_in(language: &str, page: &str) {
    let reader = Reader::new();
    let mut wrong = Vec::new();
    for (answer, sentence) in examples(page) {
        let mut page = sayso_read::document(sentence.as_bytes(), &sayso_read::Carrier::default());
        page.language = Some(language.to_owned());
        let statements = reader.statements(&page);
        let speakers: Vec<&str> = statements.iter().map(|statement| statement.source.name.as_str()).collect();
        let right = if answer == "nobody" { speakers.is_empty() } else { speakers.last() == Some(&answer) };
        if !right {
            wrong.push(format!("{answer}, read {speakers:?}: {sentence}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn other_languages() {
    hold_in("de", include_str!("../../rules/german.md"));
    hold_in("fr", include_str!("../../rules/french.md"));
}
