//! Pages that are made to be long in ways that reading may stumble over: twice as much takes twice as many steps.

use sayso_read::{Carrier, Reader, document, steps};
use sayso_record::NoteKind;

/// The least of a page that is measured, and how often it is doubled.
const BYTES: usize = 16 << 10;
const DOUBLED: u32 = 4;
/// Twice the length may take so many times the steps, on average: 2 to the power of 1.2 is 2.3.
const EXPONENT: f64 = 1.2;

/// A page: what it begins with, what is said in it again and again with another number, and what type it has.
struct Shape {
    name: &'static str,
    begins: &'static str,
    piece: fn(usize) -> String,
    content_type: &'static str,
}

const SHAPES: &[Shape] = &[
    plain("told by one to the next", "", |at| format!("{} said ", name(at))),
    plain("distinct attributions", "", |at| {
        format!("Ann {} said the bridge of {} would fall on Monday.\n\n", name(at), name(7 * at))
    }),
    plain("distinct attributions in one line", "", |at| {
        format!("Ann {} said the bridge of {} would fall on Monday. ", name(at), name(7 * at))
    }),
    plain("pronouns behind many names", "", |at| {
        format!("Ann {} walked to Tarn. He said the bridge would fall. They said it would not.\n\n", name(at))
    }),
    plain("surnames", "", |at| {
        format!("Ann {} met Mr. {}. {} said it was so.\n\n", name(at), name(at + 1), name(at + 2))
    }),
    plain("offices", "", |at| {
        format!(
            "The mayor of {} said it was so. The {}ist told reporters it was not.\n\n",
            name(at),
            name(at)
        )
    }),
    plain("relative clauses", "", |at| format!("{}, who said the pier was sold, ", name(at))),
    plain("carried quotations", "Ann Lund said: “We won it.\n\n", |at| {
        format!("“The bridge of {} will fall on Monday, and the clerk said it was sold.\n\n", name(at))
    }),
    plain("turns", "", |at| format!("{}: I said the bridge would fall.\n\n", name(at).to_uppercase())),
    plain("marks", "", |_| "&".to_owned()),
    html("block quotes", |at| {
        format!(
            "<p>From the {} Courier:</p><blockquote><p>It was sold. Ann said so.</p></blockquote>",
            name(at)
        )
    }),
    html("comments", |at| {
        format!(
            "<div class=comment><cite class=fn>{}</cite> <p>I think that Ann said it was sold.</p></div>",
            name(at)
        )
    }),
];

const fn plain(name: &'static str, begins: &'static str, piece: fn(usize) -> String) -> Shape {
    Shape { name, begins, piece, content_type: "text/plain" }
}

const fn html(name: &'static str, piece: fn(usize) -> String) -> Shape {
    Shape { name, begins: "<html><body><article><p>The pier was sold.</p>", piece, content_type: "text/html" }
}

/// A name of its own for each number.
fn name(number: usize) -> String {
    let mut name = String::from("B");
    let mut left = number + 26;
    while left > 0 {
        name.push(char::from(b'a' + (left % 26) as u8));
        left /= 26;
    }
    name + "ov"
}

impl Shape {
    fn page(&self, bytes: usize) -> String {
        let mut page = self.begins.to_owned();
        let mut at = 0;
        while page.len() < bytes {
            page += &(self.piece)(at);
            at += 1;
        }
        page
    }

    fn steps(&self, reader: &Reader, bytes: usize) -> u64 {
        let carrier = Carrier { url: None, content_type: Some(self.content_type.to_owned()) };
        steps::taken();
        reader.statements(&document(self.page(bytes).as_bytes(), &carrier));
        steps::taken()
    }
}

#[test]
fn steps_grow_as_the_page_does() {
    let reader = Reader::new();
    let mut grown = Vec::new();
    for shape in SHAPES {
        let (less, more) = (shape.steps(&reader, BYTES), shape.steps(&reader, BYTES << DOUBLED));
        let exponent = (more as f64 / less as f64).log2() / f64::from(DOUBLED);
        if !(0.5..EXPONENT).contains(&exponent) {
            grown.push(format!("{}: {less} steps became {more}, exponent {exponent:.2}", shape.name));
        }
    }
    assert!(grown.is_empty(), "{grown:#?}");
}

#[test]
fn what_is_too_much_to_read_is_left_out_with_a_note() {
    let reader = Reader::new();
    let text = "It was so. ".repeat(120_000);
    let page = document(text.as_bytes(), &Carrier::default());
    let (statements, notes) = reader.statements_and_notes(&page);
    assert!(!statements.is_empty() && statements.len() <= 110_000, "{}", statements.len());
    let [note] = &notes[..] else { panic!("{notes:?}") };
    assert_eq!(note.kind, NoteKind::Truncated);
    assert!(
        note.text.starts_with("too much to read: who said what was looked for in the first"),
        "{}",
        note.text
    );
    assert_eq!(
        reader.statements_and_notes(&document(b"It was so, Ann Lund said.", &Carrier::default())).1,
        []
    );
}

#[test]
fn marks_take_fifty_bytes_a_byte_at_most() {
    let page = document("& ".repeat(1 << 20).as_bytes(), &Carrier::default());
    let reader = Reader::new();
    let before = crate::HEAP.current_usage();
    crate::HEAP.reset_peak_usage();
    reader.statements(&page);
    let taken = crate::HEAP.peak_usage().saturating_sub(before);
    assert!(taken < 50 * page.text.len() + (32 << 20), "{taken} bytes for {}", page.text.len());
}
