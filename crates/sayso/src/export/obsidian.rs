//! A folder of notes for Obsidian, as a ZIP file: one note for each source, claim and page, linked with each other.

use super::cited::{Cited, quote};
use super::markdown::{citation, escaped};
use super::records::{Page, Walk};
use super::{ExportError, iri};
use crate::harmless::line;
use crate::questions::claim::{Chain, ClaimAnswer, answer};
use crate::time::AsOf;
use sha2::{Digest, Sha256};
use std::io::{self, Write};
use zip::ZipWriter;
use zip::write::{SimpleFileOptions, StreamWriter};

/// So many characters of a source's name stand in the name of its note.
const NAME: usize = 60;

/// The folder as it is packed, note by note.
struct Notes<'w> {
    zip: ZipWriter<StreamWriter<&'w mut (dyn Write + Send)>>,
    notes: u64,
}

impl Notes<'_> {
    fn add(&mut self, path: &str, text: &str) -> Result<(), ExportError> {
        // Of one time, so that the same ledger gives the same bytes.
        let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
        self.zip.start_file(path, options).map_err(io::Error::other)?;
        self.zip.write_all(text.as_bytes())?;
        self.notes += 1;
        Ok(())
    }
}

pub(super) fn write(walk: &mut Walk, out: &mut (dyn Write + Send)) -> Result<u64, ExportError> {
    let mut notes = Notes { zip: ZipWriter::new_stream(out), notes: 0 };
    walk.sources(&mut |walk, source| {
        if walk.decisions.source(source.key) != source.key {
            return Ok(());
        }
        let name = line(&source.name);
        let unnamed = if source.unnamed { "true" } else { "false" };
        let head = front(&[
            ("aliases", format!("[{}]", quoted(&name))),
            ("unnamed", unnamed.to_owned()),
            ("sayso", quoted(&iri::source(&source.name))),
            ("tags", "[sayso/source]".to_owned()),
        ]);
        let text = format!("{head}# {}\n\nWhat it says is in the notes that link here.\n", escaped(&name));
        notes.add(&format!("sayso/{}.md", of_source(&source.name)), &text)
    })?;
    walk.claims(&mut |walk, key| {
        if walk.decisions.claim(key) != key {
            return Ok(());
        }
        match answer(walk.ledger, walk.decisions, key, AsOf::NOW)? {
            Some(answer) => notes.add(&format!("sayso/Claims/{}.md", answer.id), &of_claim(&answer)),
            None => Ok(()),
        }
    })?;
    walk.pages(true, &mut |walk, page| {
        notes.add(&format!("sayso/Pages/{}.md", page.document.id), &of_page(walk, page)?)
    })?;
    let Notes { zip, notes } = notes;
    zip.finish().map_err(io::Error::other)?;
    Ok(notes)
}

fn of_claim(answer: &ClaimAnswer) -> String {
    let mut text = front(&[
        ("aliases", format!("[{}]", quoted(&answer.title))),
        ("standing", quoted(answer.standing.name())),
        ("sayso", quoted(&iri::claim(answer.id))),
        ("tags", "[sayso/claim]".to_owned()),
    ]);
    text +=
        &format!("# {}\n\n**{}.** {}\n", escaped(&answer.title), answer.standing, escaped(&answer.sentence));
    for (heading, for_it) in [("Said by", true), ("Denied by", false)] {
        let chains: Vec<&Chain> = answer.chains.iter().filter(|chain| chain.for_it == for_it).collect();
        if chains.is_empty() {
            continue;
        }
        text += &format!("\n## {heading}\n\n");
        for chain in chains {
            let steps: Vec<String> = chain.steps.iter().map(|step| to_source(&step.source.name)).collect();
            let page = &chain.page;
            let title = page.title.as_deref().or(page.site.as_deref()).unwrap_or("the page");
            let to_page = format!("[[Pages/{}|{}]]", page.id, alias(title));
            let fallen = if chain.stands.is_false() { " (no longer stands)" } else { "" };
            let words = escaped(&line(&chain.words));
            text += &format!("- {}: “{words}” {to_page}{fallen}\n", steps.join(" ← "));
        }
    }
    text
}

fn of_page(walk: &Walk, page: &Page) -> Result<String, ExportError> {
    let cited = Cited::of(page);
    let mut told = vec![("aliases", format!("[{}]", quoted(&cited.title)))];
    told.extend(cited.outlet.as_deref().map(|outlet| ("outlet", quoted(outlet))));
    told.extend(cited.date.map(|date| ("published", date.iso())));
    told.extend(cited.url.as_deref().map(|url| ("url", quoted(url))));
    told.push(("sayso", quoted(&iri::document(page.document.id))));
    told.push(("tags", "[sayso/page]".to_owned()));
    let mut text = front(&told);
    text += &format!("# {}\n\n{}\n\n## Who says what\n\n", escaped(&cited.title), citation(&cited));
    for (statement, links) in &page.statements {
        let steps: Vec<String> = links
            .iter()
            .map(|link| Ok(to_source(&walk.source_of(link)?.name)))
            .collect::<Result<_, ExportError>>()?;
        let who = match steps.as_slice() {
            [] => escaped(&line(&statement.source.name)),
            steps => steps.join(" ← "),
        };
        let words = escaped(&quote(&page.document, statement));
        text += &format!("- {who} {}: “{words}”", statement.stance.verb());
        if let Some((claim, for_it)) = walk.claim_of(links)? {
            let side = if for_it { "for" } else { "against" };
            text += &format!(" ({side} [[Claims/{claim}|this claim]])");
        }
        text += "\n";
    }
    Ok(text)
}

/// The properties at the head of a note. A JSON string is a YAML string too.
fn front(told: &[(&str, String)]) -> String {
    let lines: String = told.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    format!("---\n{lines}---\n")
}

fn quoted(words: &str) -> String {
    serde_json::Value::from(line(words)).to_string()
}

fn to_source(name: &str) -> String {
    format!("[[{}|{}]]", of_source(name), alias(name))
}

/// The note of a source: what any file system takes of its name, and what tells it from others called alike.
fn of_source(name: &str) -> String {
    let hash = Sha256::digest(name.as_bytes());
    let hash: String = hash[..4].iter().map(|byte| format!("{byte:02x}")).collect();
    let plain: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain: String = plain.chars().take(NAME).collect();
    format!("Sources/{} {hash}", plain.trim())
}

/// The words of a link, which nothing in them may end.
fn alias(words: &str) -> String {
    line(words).replace(['[', ']', '|', '#', '^', '%', '<', '>', '`', '$', '*', '\\'], " ").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_called_what_any_file_system_takes() {
        let name = of_source("../../etc/passwd: [[Ilse|\u{202e}Marwick]] \\ NUL");
        let (plain, hash) = name.strip_prefix("Sources/").unwrap().rsplit_once(' ').unwrap();
        assert_eq!((plain, hash.len()), ("etc passwd Ilse Marwick NUL", 8));
        assert_ne!(of_source("A/B"), of_source("A B"));
        assert_eq!(alias("a]] [[b|c"), "a     b c");
    }
}
