//! Input that means harm, or only went wrong: always a sound document, never a panic.

use super::read;
use proptest::prelude::*;
use sayso_record::NoteKind;

fn notes(bytes: impl AsRef<[u8]>) -> Vec<NoteKind> {
    read(bytes).notes.into_iter().map(|note| note.kind).collect()
}

#[test]
fn odd_bytes_are_noted() {
    assert_eq!(notes(b""), [NoteKind::Empty]);
    assert_eq!(notes(b"<html><body></body></html>"), [NoteKind::Empty]);
    assert_eq!(notes(b"\x89PNG\r\n\x1a\n\0\0"), [NoteKind::Binary]);
    assert!(
        notes(b"<p>caf\xe9 society is here to stay, says the caf\xe9 owner</p>")
            .contains(&NoteKind::Encoding)
    );
}

#[test]
fn two_hundred_thousand_levels() {
    let closed = format!(
        "{}<p>At the bottom, said the diver.</p>{}",
        "<div>".repeat(200_000),
        "</div>".repeat(200_000)
    );
    let read = read(&closed);
    assert!(read.text.contains("At the bottom"));
    assert!(read.notes.iter().any(|note| note.kind == NoteKind::Nesting));
    // Words on every level are kept, whatever holds them.
    for tag in ["<div>", "<blockquote>", "<ul><li>", "<table><tr><td>"] {
        let levels: String = (0..3_000)
            .map(|level| format!("{tag}<p>The pier is shut on level {level}, said Ann.</p>"))
            .collect();
        let text = super::read(levels).text;
        assert!(text.contains("level 2999,") && text.contains("level 1500,"), "{tag}");
    }
    for tag in [
        "<b>",
        "<blockquote>",
        "<ul><li>",
        "<table><tr><td>",
        "<div class=comment>",
        "<a href=x>",
        "<dl id=comments><dt>",
    ] {
        super::read(tag.repeat(100_000) + "said Ann");
    }
    super::read(">".repeat(100_000) + " said Ann");
}

#[test]
fn the_cap_is_noted() {
    let mut long = "<p>The pier is closed, the board said.</p>".repeat(10);
    long.push_str(&" ".repeat(64 << 20));
    assert!(notes(long).contains(&NoteKind::Truncated));
}

#[test]
fn a_flood_of_attributes() {
    for attribute in ["title=\"4\" ", "title='4' ", "title=4 ", "title=\"4\"", "title ", "title=\"4\"/"] {
        for tag in ["div", "/div"] {
            let flood = attribute.repeat(200_000);
            let page =
                format!("<p>The pier is shut, said Ann.</p><{tag} {flood}><p>It was open, she said.</p>");
            let read = read(page);
            assert!(read.text.contains("It was open"), "{attribute}: {}", read.text);
        }
    }
}

#[test]
fn more_paragraphs_than_anyone_writes_are_noted() {
    for page in ["<body>".to_owned() + &"a<p>".repeat(100_001), "a\n\n".repeat(100_001)] {
        let read = read(&page);
        assert!(read.blocks.len() <= 100_000, "{}", read.blocks.len());
        assert!(read.notes.iter().any(|note| note.kind == NoteKind::Truncated));
    }
    // They are joined, not lost.
    let many: String =
        (0..100_010).map(|day| format!("<p>The pier is shut on day {day}, the board said.</p>")).collect();
    assert!(read(format!("<article>{many}</article>")).text.contains("on day 100009,"));
    assert!(!notes("The pier is shut, the board said.\n\n".repeat(100_000)).contains(&NoteKind::Truncated));
}

#[test]
fn a_name_may_end_in_any_letter() {
    // Found by fuzzing: the last letter of the name is two bytes long.
    let page = "<h1>The tide</h1><p>The tide tables are wrong, the pilot said on Monday.</p><ol class=commentlist>\
        <li class=comment id=comment-2><cite class=fn>J.\u{d6}.</cite><p>They are not.</p></li></ol>";
    assert!(read(page).text.contains("They are not."));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        read(&bytes);
    }

    #[test]
    fn any_text(text in "(•|>|“|By |From Ann:|Update:|\n|\n\n|…|[a-zA-Z .:?é]{0,12}|2011-03-0[1-9]|says:){0,60}") {
        prop_assert_eq!(&read(&text).text, &text);
    }

    #[test]
    fn any_markup(text in "(<(p|div|li|blockquote|table|tr|td|script|title|b|a)( class=.?(comment|entry|nav).?| id=c[1-9]2| datetime=20[0-9]{2})?>|</(p|div|li|td|table)>|[a-z ]{0,9}|&[a-z]{1,5};?|<!--|-->|Update: ){0,60}") {
        read(&text);
    }
}
