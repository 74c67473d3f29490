//! In which language a page is written. Only English is read in full; a page that calls itself English and is not, or the
//! other way round, is told by its words.

use sayso_record::{BlockKind, Document, Note, NoteKind};
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
    }
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
}
