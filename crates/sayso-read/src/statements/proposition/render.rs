//! Words to the text of a sentence.

use super::word::Word;

/// The words as they stand, with one space where the page has any, and without quotation marks that enclose all or that
/// are not closed.
pub(super) fn plain(words: &[Word]) -> String {
    told(words, |at| Some(words[at].written.to_owned()))
}

/// The same, with each word as it is told; nothing where it falls away.
pub(super) fn told(words: &[Word], tell: impl Fn(usize) -> Option<String>) -> String {
    let all_quoted = words.iter().all(|word| !word.is_word || word.quoted);
    let opened = words.iter().filter(|word| word.opens).count();
    let closed = words.iter().filter(|word| word.closes).count();
    let drop_marks = all_quoted || opened != closed;
    let mut out = String::new();
    let mut end = None;
    for (at, word) in words.iter().enumerate() {
        if drop_marks && (word.opens || word.closes) {
            end = end.map(|_| word.start);
            continue;
        }
        let Some(told) = tell(at) else {
            end = Some(word.end);
            continue;
        };
        let apart = end.is_some_and(|end| end < word.start) && !out.is_empty();
        // "“The bridge,” she said, “was closed.”": the comma belonged to the cue.
        if apart
            && end.is_some_and(|end| word.start - end > 2)
            && out.ends_with(',')
            && word.written.starts_with(char::is_lowercase)
        {
            out.pop();
        }
        if apart {
            out.push(' ');
        }
        out.push_str(&told);
        end = Some(word.end);
    }
    out
}

/// With a capital at the start and a full stop at the end, where there is no other mark.
pub(super) fn finished(words: &str) -> String {
    let words = words
        .trim()
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-' | '–' | '—'));
    let mut letters = words.chars();
    let mut out: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    out.push_str(letters.as_str());
    let last = out.trim_end_matches(['”', '"', '’', '\'', ')', ']']).chars().last();
    // A comma within the last mark was that of the sentence around it.
    if let Some(at) =
        out.rfind([',', ';']).filter(|&at| out[at + 1..].chars().all(|c| matches!(c, '”' | '"' | '’' | '\'')))
    {
        out.remove(at);
    }
    if !matches!(last, Some('.' | '!' | '?' | '…')) {
        out.push('.');
    }
    out
}
