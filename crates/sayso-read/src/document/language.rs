//! In which language a page is written. Only English is read in full; a page that calls itself English and is not, or the
//! other way round, is told by its words.

use sayso_record::{Block, BlockKind, Document, Note, NoteKind};
use whatlang::{Lang, detect};

/// So many bytes of a page's words are looked at, at most.
const MOST_BYTES: usize = 6000;
/// Below so many letters words tell nothing against what the page says of itself.
const LEAST_LETTERS: usize = 80;

/// Sets the language where the words contradict what the page says of itself, and notes that a page will not be read.
pub(super) fn settle(document: &mut Document) {
    let words = sample(document);
    let letters = words.chars().filter(|letter| letter.is_alphabetic()).count();
    let found = if letters < LEAST_LETTERS { None } else { detect(&words) };
    let declared = document.language.as_deref().map(primary);
    match found {
        // English is doubted least: it is what is read.
        Some(info) if info.lang() == Lang::Eng && declared.is_some_and(|own| own != "en") => {
            document.language = Some("en".to_owned());
        }
        Some(info) if info.lang() == Lang::Eng => {}
        Some(info) if info.is_reliable() && declared.is_none_or(|own| own != code(info.lang())) => {
            document.language = Some(code(info.lang()).to_owned());
        }
        _ => {}
    }
    if let Some(language) = foreign(document) {
        let text = if matches!(language, "de" | "fr") {
            format!(
                "written in another language than English (“{language}”): of its statements only quotations whose speaker stands beside them are read"
            )
        } else {
            format!(
                "written in another language than English (“{language}”): its statements are not read yet"
            )
        };
        document.notes.push(Note::new(NoteKind::Language, text));
        return;
    }
    let other = |block: &Block| {
        matches!(block.kind, BlockKind::Paragraph) && of_words(block.span.of(&document.text)).is_some()
    };
    let count = document.blocks.iter().filter(|block| other(block)).count();
    if count > 0 {
        let paragraphs =
            if count == 1 { "a paragraph is".to_owned() } else { format!("{count} paragraphs are") };
        let text = format!(
            "{paragraphs} written in another language than English, and not read for what is said in them, but for sure quotations"
        );
        document.notes.push(Note::new(NoteKind::Language, text));
    }
}

/// Words of which English holds more than any other language.
const ENGLISH: &[&str] = &[
    "a", "and", "are", "as", "at", "be", "but", "by", "for", "from", "had", "has", "have", "he", "his", "i",
    "in", "is", "it", "not", "of", "on", "or", "said", "she", "that", "the", "they", "this", "to", "was",
    "we", "were", "with", "you",
];

/// The language of some words of an English page, where it surely is another one.
pub(crate) fn of_words(words: &str) -> Option<&'static str> {
    let end = (0..=words.len().min(MOST_BYTES / 4)).rev().find(|&at| words.is_char_boundary(at)).unwrap_or(0);
    let words = &words[..end];
    if words.len() < LEAST_LETTERS {
        return None;
    }
    // Nearly every paragraph is English, which is told by its smallest words.
    let (mut all, mut english) = (0, 0);
    for word in words.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        all += 1;
        english += usize::from(ENGLISH.iter().any(|own| word.eq_ignore_ascii_case(own)));
    }
    if english * 6 >= all || words.chars().filter(|letter| letter.is_alphabetic()).count() < LEAST_LETTERS {
        return None;
    }
    let found = detect(words).filter(|found| found.is_reliable() && found.lang() != Lang::Eng)?;
    Some(code(found.lang()))
}

/// The language of a document that is not English.
pub(crate) fn foreign(document: &Document) -> Option<&str> {
    document.language.as_deref().map(primary).filter(|own| *own != "en" && own.len() >= 2)
}

/// "de-AT" is "de".
fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}

/// The first words of the page's paragraphs, else of all that it has.
fn sample(document: &Document) -> String {
    let mut out = String::new();
    for block in document.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Paragraph)) {
        let words = block.span.of(&document.text);
        let room = MOST_BYTES.saturating_sub(out.len());
        let end = (0..=words.len().min(room)).rev().find(|&at| words.is_char_boundary(at)).unwrap_or(0);
        out.push_str(&words[..end]);
        out.push('\n');
        if out.len() >= MOST_BYTES {
            break;
        }
    }
    out
}

/// The two letters of BCP 47 where a language has them, else the three of ISO 639-3.
fn code(lang: Lang) -> &'static str {
    match lang.code() {
        "eng" => "en",
        "deu" => "de",
        "fra" => "fr",
        "spa" => "es",
        "ita" => "it",
        "por" => "pt",
        "nld" => "nl",
        "rus" => "ru",
        "ukr" => "uk",
        "pol" => "pl",
        "ces" => "cs",
        "slk" => "sk",
        "slv" => "sl",
        "hrv" => "hr",
        "srp" => "sr",
        "bul" => "bg",
        "mkd" => "mk",
        "ron" => "ro",
        "hun" => "hu",
        "fin" => "fi",
        "est" => "et",
        "lav" => "lv",
        "lit" => "lt",
        "swe" => "sv",
        "dan" => "da",
        "nob" => "nb",
        "ell" => "el",
        "tur" => "tr",
        "ara" => "ar",
        "heb" => "he",
        "pes" => "fa",
        "hin" => "hi",
        "ben" => "bn",
        "urd" => "ur",
        "tam" => "ta",
        "tel" => "te",
        "cmn" => "zh",
        "jpn" => "ja",
        "kor" => "ko",
        "vie" => "vi",
        "tha" => "th",
        "ind" => "id",
        "cat" => "ca",
        "epo" => "eo",
        "lat" => "la",
        "afr" => "af",
        "tgl" => "tl",
        "kat" => "ka",
        "hye" => "hy",
        "bel" => "be",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use crate::{Carrier, document};

    #[test]
    fn words_tell_the_language() {
        let german = "Der Pier in Ostrell wird im Winter geschlossen, weil die Pfähle morsch sind und niemand sie ersetzen will. Die Stadt sucht nach einem neuen Betreiber.";
        let english = "The pier at Ostrell will be closed for the winter because its piles are rotten and nobody will pay for new ones. The town looks for somebody to run it.";
        let page = |tag: &str, words: &str| {
            format!("<html lang=\"{tag}\"><body><article><h1>Pier</h1><p>{words}</p></article></body></html>")
        };
        let read =
            |tag: &str, words: &str| document(page(tag, words).as_bytes(), &Carrier::default()).language;
        assert_eq!(read("en", german).as_deref(), Some("de"));
        assert_eq!(read("de-AT", german).as_deref(), Some("de-AT"));
        assert_eq!(read("fr", english).as_deref(), Some("en"));
        assert_eq!(document(english.as_bytes(), &Carrier::default()).language, None);
    }

    #[test]
    fn a_paragraph_may_be_in_another_language() {
        let page = "<html lang=en><body><article><h1>The dam at Pellam</h1><p>The dam at Pellam will be closed for the winter because \
            its gates are rotten, and nobody has said who will pay for the new ones that the council has asked for.</p><p>„Wir haben das \
            im April gesagt, und niemand wollte es damals hören“, sagte Ines Marwick. Die Stadt sucht jetzt nach einem neuen \
            Betreiber.</p></article></body></html>";
        let page = document(page.as_bytes(), &Carrier::default());
        assert_eq!(page.language.as_deref(), Some("en"));
        assert_eq!(page.notes.len(), 1, "{:?}", page.notes);
        let statements = crate::Reader::new().statements(&page);
        let last =
            statements.last().map(|statement| (statement.source.name.as_str(), page.words(&statement.cue)));
        assert_eq!(last, Some(("Ines Marwick", "sagte".to_owned())));
    }
}
