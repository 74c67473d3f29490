//! The careful reader: what it finds, that it always finds the same, and that a damaged model is refused.

use sayso_read::Reader;
use std::path::Path;

fn model() -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("models/careful.safetensors")).unwrap()
}

const TEXT: &str = "The barrels had been on the pier since Monday, said Ilse Marwick, who counts them every morning.\n\
                    \"Nobody has claimed them,\" Marwick told the Courier. The ministry denied that they came from Ulmark.\n\
                    It rained on Tuesday.";

fn told(reader: &Reader, text: &str) -> Vec<[Vec<String>; 3]> {
    let words = |spans: &[sayso_record::Span]| spans.iter().map(|span| span.of(text).to_owned()).collect();
    let found = reader.attributions_in(text);
    found.iter().map(|one| [words(&one.source), words(&one.cue), words(&one.content)]).collect()
}

#[test]
fn it_finds_who_said_what_the_same_each_time_and_on_each_thread() {
    let reader = Reader::careful(&model()).unwrap();
    assert!(reader.version().contains("careful"), "{}", reader.version());
    let found = told(&reader, TEXT);
    let has = |source: &str, content: &str| {
        found.iter().any(|[sources, _, contents]| {
            sources.iter().any(|words| words.contains(source))
                && contents.iter().any(|words| words.contains(content))
        })
    };
    assert!(has("Ilse Marwick", "The barrels had been on the pier since Monday"), "{found:?}");
    assert!(has("Marwick", "Nobody has claimed them"), "{found:?}");
    assert!(has("The ministry", "they came from Ulmark"), "{found:?}");
    assert_eq!(found.len(), 3, "{found:?}");
    std::thread::scope(|scope| {
        let again: Vec<_> = (0..4).map(|_| scope.spawn(|| told(&reader, TEXT))).collect();
        again.into_iter().for_each(|again| assert_eq!(again.join().unwrap(), found));
    });
    // What stands around a paragraph changes nothing in it.
    let alone = told(&reader, TEXT.lines().next().unwrap());
    assert_eq!(alone[0], found[0]);
}

#[test]
fn a_cascade_reads_each_paragraph_as_one_of_its_readers_does() {
    let [fast, careful, cascade] =
        [Reader::new(), Reader::careful(&model()).unwrap(), Reader::cascade(&model()).unwrap()];
    assert!(cascade.version().contains("cascade"), "{}", cascade.version());
    // A plain paragraph, none at all to doubt in, and one that the taggers find hard.
    let sure = "“The pier is closed,” said Ilse Marwick, the harbour master, on Monday.";
    assert_eq!(told(&cascade, sure), told(&fast, sure));
    let mut differ = 0;
    for text in HARD {
        let [fast, careful, cascade] = [&fast, &careful, &cascade].map(|reader| told(reader, text));
        assert!(cascade == fast || cascade == careful, "{text}");
        differ += usize::from(fast != careful && cascade == careful);
    }
    assert!(differ > 0, "the careful reader was never asked where it reads otherwise");
}

const HARD: [&str; 3] = [
    "This means, admit those who were on the pier, that nobody in the ministry was told, which Marwick half denies.",
    "Asked whether the barrels leaked, the ministry went no further than a nod, a hint that its own count was wrong.",
    "Fears that the barrels, which the firm insists it never owned, may leak have been fanned by its silence.",
];

#[test]
fn odd_paragraphs_are_read() {
    let reader = Reader::careful(&model()).unwrap();
    let long = format!("He said that {}.", "the barrels were empty and ".repeat(400));
    let many = "He said yes. ".repeat(127);
    let address = format!("She said it was at https://pier.example/{} then.", "a1-".repeat(3_000));
    for text in ["", "\u{200b}", "…", "\u{1f6a2}\u{1f6a2} said \u{202e}nobody", &long, &many, &address] {
        for [source, cue, content] in told(&reader, text) {
            assert!(source.iter().chain(&cue).chain(&content).all(|words| !words.is_empty()), "{text:.40}");
        }
    }
}

#[test]
fn a_damaged_model_is_refused() {
    let whole = model();
    let refused = |bytes: &[u8]| Reader::careful(bytes).expect_err("it is damaged").to_string();
    assert!(refused(b"").contains("no model of the careful reader"));
    assert!(refused(b"{\"this\": \"is something else\"}").contains("no model of the careful reader"));
    assert!(refused(&whole[..whole.len() / 2]).contains("no model of the careful reader"));
    let mut turned = whole.clone();
    let last = turned.len() - 100;
    turned[last] ^= 1;
    assert!(refused(&turned).contains("is damaged"), "{}", refused(&turned));
}
