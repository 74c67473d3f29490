//! Invented sentences with answers: stances, speech inside speech, and who a source is within its text. The floors are
//! what was reached; raise them when more is found.

use sayso_read::{Carrier, Reader, document};
use sayso_record::{Document, Manner, SourceKind, Span, Stance, Statement};

/// The cases of a file: what is right, and the text.
fn cases(file: &str) -> Vec<(&str, &str)> {
    let lines = file.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| line.split_once(" | ").expect("each line has an answer and a text")).collect()
}

/// The document and every statement in it but the page's own, in the order of their cues.
pub(super) fn read(reader: &Reader, text: &str) -> (Document, Vec<Statement>) {
    let page = document(text.as_bytes(), &Carrier::default());
    let mut statements = reader.statements(&page);
    statements.retain(|statement| statement.manner != Manner::OwnVoice);
    let start = |statement: &Statement| {
        let spans = [&statement.source.spans, &statement.cue, &statement.content];
        spans.into_iter().flatten().map(|span| span.start).min()
    };
    statements.sort_by_key(|statement| {
        (statement.cue.first().map(|cue| cue.start).or(start(statement)), statement.id)
    });
    (page, statements)
}

/// Fails with the cases that went wrong where fewer than `floor` went right.
fn hold(what: &str, right: usize, wrong: &[String], floor: usize) {
    println!("{what}: {right} of {}\n{}", right + wrong.len(), wrong.join("\n"));
    assert!(right >= floor, "{what}: {right} right, {floor} before\n{}", wrong.join("\n"));
}

fn stance_named(name: &str) -> Stance {
    serde_json::from_value(serde_json::Value::from(name)).expect("each stance has its name")
}

#[test]
fn stances() {
    let reader = Reader::new();
    let (mut right, mut wrong) = (0, Vec::new());
    for (answer, text) in cases(include_str!("../../statements/stance.txt")) {
        let (_, statements) = read(&reader, text);
        let found: Vec<Stance> = statements.iter().map(|statement| statement.stance).collect();
        // Where a sentence has two cues, the other one's stance is no mistake.
        if found.contains(&stance_named(answer)) {
            right += 1;
        } else {
            wrong.push(format!("{answer}, read {found:?}: {text}"));
        }
    }
    hold("stances", right, &wrong, STANCES);
}

#[test]
fn speech_inside_speech() {
    let reader = Reader::new();
    let (mut right, mut wrong) = (0, Vec::new());
    for (answer, text) in cases(include_str!("../../statements/nesting.txt")) {
        let (outer, inner) = answer.split_once(" > ").expect("each answer has two sources");
        let (page, statements) = read(&reader, text);
        let named = |statement: &Statement, name: &str| {
            let words = page.words(&statement.source.spans);
            words.to_lowercase() == name.to_lowercase()
                || statement.source.name.to_lowercase() == name.to_lowercase()
        };
        let holds = |outer: &Statement, inner: &Statement| {
            let inside = |span: &Span| outer.content.iter().any(|content| content.contains(*span));
            inner.cue.iter().all(inside) && inner.content.iter().all(inside) && inner.within == Some(outer.id)
        };
        let nested = statements.iter().filter(|statement| named(statement, outer)).any(|outer| {
            statements.iter().any(|statement| named(statement, inner) && holds(outer, statement))
        });
        if nested {
            right += 1;
        } else {
            let line = |s: &Statement| {
                format!("{} [{}] {}", s.source.name, page.words(&s.cue), page.words(&s.content))
            };
            wrong.push(format!(
                "{text}\n    {}",
                statements.iter().map(line).collect::<Vec<_>>().join("\n    ")
            ));
        }
    }
    hold("speech inside speech", right, &wrong, NESTED);
}

#[test]
fn who_speaks() {
    let reader = Reader::new();
    let (mut right, mut wrong) = (0, Vec::new());
    for (answers, text) in cases(include_str!("../../statements/sources.txt")) {
        let (_, statements) = read(&reader, text);
        let found: Vec<&str> = statements.iter().map(named).collect();
        let answers: Vec<&str> = answers.split("; ").collect();
        // A statement that is missed or too many shifts the rest; each name is looked for after the one before it.
        let mut from = 0;
        let mut misses = Vec::new();
        for answer in &answers {
            match found[from..].iter().position(|name| name == answer) {
                Some(at) => {
                    from += at + 1;
                    right += 1;
                }
                None => misses.push(*answer),
            }
        }
        wrong.extend(misses.iter().map(|name| format!("{name} in {found:?}: {text}")));
    }
    hold("who speaks", right, &wrong, SOURCES);
}

fn named(statement: &Statement) -> &str {
    match statement.source.kind {
        SourceKind::Nobody => "nobody",
        SourceKind::Author => "the author",
        _ => &statement.source.name,
    }
}

/// Of 200.
const STANCES: usize = 192;
/// Of 60.
const NESTED: usize = 59;
/// Of 310.
const SOURCES: usize = 313;
