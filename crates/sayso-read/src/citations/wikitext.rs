//! The citations of wikitext: `<ref>` with its templates and bare addresses, named references, and outward links.

use super::markdown::addresses;
use super::paragraph::{Paragraph, Target, Writer, gathered};
use crate::document::entity;
use std::collections::HashMap;

/// A footnote holds no more than this, or it was never closed.
const REF_BYTES: usize = 20_000;

/// The paragraphs of a page.
pub(super) fn paragraphs(source: &str) -> Vec<Paragraph> {
    let source = without_remarks(source);
    let named = named(&source);
    let mut writer = Writer::default();
    let mut notes = Numbers::default();
    let mut tables = 0usize;
    for line in source.split('\n') {
        let start = line.trim_start();
        if start.starts_with("{|") {
            tables += 1;
        }
        if tables > 0 {
            tables -= usize::from(start.starts_with("|}"));
            continue;
        }
        let is_item = start.starts_with(['*', '#', ':', ';']);
        let is_heading = start.starts_with('=');
        if start.is_empty() || is_item || is_heading {
            writer.end_paragraph();
        }
        if is_heading {
            continue;
        }
        inline(start.trim_start_matches(['*', '#', ':', ';', ' ']), &named, &mut notes, &mut writer);
        match is_item {
            true => writer.end_paragraph(),
            false => writer.words(" "),
        }
    }
    writer.finish()
}

/// What a page is about: the first words that it sets in bold.
pub(super) fn subject(source: &str) -> Option<String> {
    let bold = source.split("'''").nth(1)?;
    (bold.len() <= 80 && !bold.contains(['\n', '[', '{', '<'])).then(|| bold.trim().to_owned())
}

/// The numbers that readers see on the notes: one for each name or text.
#[derive(Default)]
struct Numbers(HashMap<String, usize>);

impl Numbers {
    fn of(&mut self, name: &str) -> String {
        let next = self.0.len() + 1;
        format!("[{}]", self.0.entry(name.to_owned()).or_insert(next))
    }
}

/// Remarks are taken out, and templates and notes that reach over several lines are put on one.
fn without_remarks(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find("<!--") {
        out.push_str(&rest[..at]);
        rest = rest[at..].find("-->").map_or("", |end| &rest[at + end + 3..]);
    }
    out.push_str(rest);
    let (mut depth, mut in_ref) = (0usize, false);
    let mut joined = String::with_capacity(out.len());
    let mut skip = 0;
    for (at, c) in out.char_indices() {
        if at < skip {
            joined.push(c);
            continue;
        }
        let here = &out[at..];
        if here.starts_with("{{") {
            (depth, skip) = (depth + 1, at + 2);
        } else if here.starts_with("}}") {
            (depth, skip) = (depth.saturating_sub(1), at + 2);
        } else if here.starts_with("<ref") {
            in_ref = here
                .find('>')
                .is_some_and(|end| !here[..end].ends_with('/') && !here[..end].starts_with("<references"));
        } else if here.starts_with("</ref") {
            in_ref = false;
        }
        joined.push(if c == '\n' && (depth > 0 || in_ref) { ' ' } else { c });
    }
    joined
}

/// The footnotes that bear a name and words, wherever they stand.
fn named(source: &str) -> HashMap<String, Vec<Target>> {
    let mut named = HashMap::new();
    let mut rest = source;
    while let Some(at) = rest.find("<ref") {
        rest = &rest[at..];
        let Some(note) = Note::at(rest) else {
            rest = &rest[4..];
            continue;
        };
        if let (Some(name), Some(words)) = (note.name, note.words) {
            named.insert(name.to_owned(), targets(words));
        }
        rest = &rest[note.len.max(4)..];
    }
    named
}

/// A `<ref>` at the start of a text.
struct Note<'a> {
    name: Option<&'a str>,
    words: Option<&'a str>,
    len: usize,
}

impl<'a> Note<'a> {
    fn at(text: &'a str) -> Option<Note<'a>> {
        let after = text.strip_prefix("<ref")?;
        if !after.starts_with([' ', '>', '/', '\t']) {
            return None;
        }
        let open = text.find('>')?;
        let tag = &text[4..open];
        let name =
            tag.split_once("name").and_then(|(_, value)| value.trim_start().strip_prefix('=')).map(|value| {
                let value = value.trim_start().trim_end_matches('/').trim_end();
                match value.chars().next() {
                    Some(mark @ ('"' | '\'')) => value[1..].split(mark).next().unwrap_or_default(),
                    _ => value.split_whitespace().next().unwrap_or_default(),
                }
            });
        if tag.ends_with('/') {
            return Some(Note { name, words: None, len: open + 1 });
        }
        let end = text[open..].find("</ref>").filter(|&end| end <= REF_BYTES)?;
        Some(Note { name, words: Some(&text[open + 1..open + end]), len: open + end + "</ref>".len() })
    }
}

/// Writes the words of a line, with its notes and outward links.
fn inline(line: &str, named: &HashMap<String, Vec<Target>>, notes: &mut Numbers, writer: &mut Writer) {
    let mut rest = line;
    while let Some(at) = rest.find(['<', '{', '[', '\'', '&']) {
        writer.words(&rest[..at]);
        rest = &rest[at..];
        if let Some(note) = Note::at(rest) {
            let known = note.name.and_then(|name| named.get(name)).cloned();
            let own = note.words.map(targets);
            let key = note.name.or(note.words).unwrap_or_default();
            writer.note(notes.of(key), own.or(known).unwrap_or_default());
            rest = &rest[note.len..];
        } else if rest.starts_with("{{") {
            let len = balanced(rest, "{{", "}}");
            writer.words(template_words(&rest[..len]));
            rest = &rest[len..];
        } else if rest.starts_with("[[") {
            let len = balanced(rest, "[[", "]]");
            let inside = rest[2..len].trim_end_matches("]]");
            let is_file = inside.split_once(':').is_some_and(|(space, _)| {
                matches!(
                    space.trim().to_lowercase().as_str(),
                    "file" | "image" | "category" | "datei" | "kategorie" | "bild"
                )
            });
            if !is_file {
                writer.words(inside.rsplit('|').next().unwrap_or_default());
            }
            rest = &rest[len..];
        } else if rest.starts_with("[http://") || rest.starts_with("[https://") {
            let len = rest.find(']').map_or(rest.len(), |end| end + 1);
            let inside = rest[1..len].trim_end_matches(']');
            let (address, words) = inside.split_once(' ').unwrap_or((inside, ""));
            let from = writer.place();
            writer.words(words);
            match words.is_empty() {
                true => writer.note("[link]".to_owned(), vec![Target::at(address)]),
                false => writer.link(from, Target::at(address)),
            }
            rest = &rest[len..];
        } else if rest.starts_with('<') {
            let is_tag = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
            match rest.find('>').filter(|_| is_tag) {
                Some(end) => rest = &rest[end + 1..],
                None => {
                    writer.words("<");
                    rest = &rest[1..];
                }
            }
        } else if rest.starts_with("''") {
            rest = rest.trim_start_matches('\'');
        } else if let Some((name, len)) = reference(rest) {
            writer.words(&entity(name).unwrap_or_default());
            rest = &rest[len..];
        } else {
            writer.words(&rest[..1]);
            rest = &rest[1..];
        }
    }
    writer.words(rest);
}

/// `&nbsp;` at the start of a text: its name and its length.
fn reference(text: &str) -> Option<(&str, usize)> {
    let end = text.strip_prefix('&')?.find(';').filter(|&end| (2..=10).contains(&end))?;
    let name = &text[1..=end];
    name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#').then_some((name, end + 2))
}

/// The length of what two marks enclose, nested ones and the marks included; all that is left where it never ends.
fn balanced(text: &str, open: &str, close: &str) -> usize {
    let (mut at, mut depth) = (0, 0usize);
    while at < text.len() {
        let here = &text[at..];
        if here.starts_with(open) {
            (depth, at) = (depth + 1, at + open.len());
        } else if here.starts_with(close) {
            (depth, at) = (depth - 1, at + close.len());
            if depth == 0 {
                return at;
            }
        } else {
            at += here.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// What a template shows of its words in a sentence: of those for foreign words and for numbers with units.
fn template_words(template: &str) -> &str {
    let inside = template.trim_start_matches('{').trim_end_matches('}');
    let mut parts = inside.split('|');
    match parts.next().unwrap_or_default().trim().to_lowercase().as_str() {
        "lang" | "nowrap" | "transl" | "nobr" | "abbr" => parts.next_back().unwrap_or_default(),
        "convert" | "cvt" | "val" => parts.next().unwrap_or_default(),
        _ => "",
    }
}

/// The pages that a footnote names: one for each template, else one for each address.
fn targets(words: &str) -> Vec<Target> {
    let mut found: Vec<Target> = Vec::new();
    let mut rest = words;
    let mut outside = String::new();
    while let Some(at) = rest.find("{{") {
        outside.push_str(&rest[..at]);
        rest = &rest[at..];
        let len = balanced(rest, "{{", "}}");
        found.extend(of_template(&rest[..len]));
        rest = &rest[len..];
    }
    outside.push_str(rest);
    if found.iter().all(|target| target.url.is_none()) {
        found.extend(addresses(&outside.replace('[', " ")).map(Target::at));
    }
    let mut all = gathered(found);
    if all.iter().any(|target| target.url.is_some()) {
        all.retain(|target| target.url.is_some() || !target.copies.is_empty());
    }
    if all.is_empty() {
        let title: String = outside.replace("''", "").split_whitespace().collect::<Vec<_>>().join(" ");
        all.push(Target { title: Some(title), ..Target::default() });
    }
    all
}

/// What `{{cite ...}}` names; nothing of other templates that give no address.
fn of_template(template: &str) -> Option<Target> {
    let inside = template.trim_start_matches('{').trim_end_matches('}');
    let mut target = Target::default();
    let mut copy = None;
    let name = inside.split('|').next().unwrap_or_default().trim().to_lowercase();
    for part in inside.split('|').skip(1) {
        let Some((key, value)) = part.split_once('=') else { continue };
        let value = value.trim();
        if value.is_empty() {
            continue;
        }
        match key.trim().to_lowercase().as_str() {
            "url" | "chapter-url" | "article-url" => {
                target.url = target.url.take().or(Some(value.to_owned()))
            }
            "archive-url" | "archiveurl" => copy = Some(value.to_owned()),
            "title" | "titel" => target.title = Some(value.to_owned()),
            "website" | "work" | "newspaper" | "magazine" | "publisher" | "journal" | "agency" | "werk" => {
                target.work = target.work.take().or(Some(value.trim_matches(['[', ']', '\'']).to_owned()));
            }
            "quote" | "zitat" => target.quote = Some(value.to_owned()),
            _ => {}
        }
    }
    // The address may be that of a copy itself.
    if let Some(url) = target.url.take() {
        let at = Target::at(&url);
        (target.url, target.copies) = (at.url, at.copies);
    }
    if let Some(copy) = copy {
        target.url = target.url.take().or_else(|| Target::at(&copy).url);
        target.copies.push(copy);
    }
    let cites =
        name.starts_with("cite") || name.starts_with("citation") || name.starts_with("internetquelle");
    (target.url.is_some() || !target.copies.is_empty() || (cites && target.title.is_some())).then_some(target)
}
