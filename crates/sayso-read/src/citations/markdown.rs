//! The citations of Markdown: links, and footnotes with what they link to.

use super::paragraph::{Paragraph, Target, Writer, gathered};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::collections::HashMap;

/// The title and the paragraphs of a page.
pub(super) fn paragraphs(text: &str) -> (Option<String>, Vec<Paragraph>) {
    let notes = notes(text);
    let (mut writer, mut title) = (Writer::default(), None);
    let (mut heading, mut skipped) = (None::<String>, 0usize);
    let mut open: Vec<(usize, String)> = Vec::new();
    for event in parser(text) {
        match event {
            Event::Start(
                Tag::FootnoteDefinition(_)
                | Tag::CodeBlock(_)
                | Tag::Image { .. }
                | Tag::BlockQuote(_)
                | Tag::MetadataBlock(_),
            ) => skipped += 1,
            Event::End(
                TagEnd::FootnoteDefinition
                | TagEnd::CodeBlock
                | TagEnd::Image
                | TagEnd::BlockQuote(_)
                | TagEnd::MetadataBlock(_),
            ) => {
                skipped = skipped.saturating_sub(1);
            }
            _ if skipped > 0 => {}
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => title = title.or(heading.take()),
            Event::Text(words) | Event::Code(words) => match &mut heading {
                Some(heading) => heading.push_str(&words),
                None => writer.words(&words),
            },
            Event::SoftBreak | Event::HardBreak => writer.words(" "),
            Event::Start(Tag::Link { dest_url, .. }) => open.push((writer.place(), dest_url.into_string())),
            Event::End(TagEnd::Link) => {
                if let Some((from, href)) = open.pop().filter(|_| heading.is_none()) {
                    writer.link(from, Target::at(&href));
                }
            }
            Event::FootnoteReference(name) => {
                let targets = notes.get(&*name).cloned().unwrap_or_default();
                writer.note(format!("[^{name}]"), targets);
            }
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell | TagEnd::TableRow) => {
                writer.end_paragraph()
            }
            _ => {}
        }
        if heading.is_some() {
            continue;
        }
        heading = None;
    }
    (title.filter(|title| !title.is_empty()), writer.finish())
}

fn parser(text: &str) -> Parser<'_> {
    Parser::new_ext(
        text,
        Options::ENABLE_FOOTNOTES | Options::ENABLE_TABLES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS,
    )
}

/// What each footnote links to.
fn notes(text: &str) -> HashMap<String, Vec<Target>> {
    let mut notes: HashMap<String, Vec<Target>> = HashMap::new();
    let (mut name, mut words) = (None::<String>, String::new());
    let mut targets: Vec<Target> = Vec::new();
    let mut link: Option<String> = None;
    for event in parser(text) {
        match event {
            Event::Start(Tag::FootnoteDefinition(of)) => {
                name = Some(of.into_string());
                words.clear();
                targets.clear();
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                for address in addresses(&words) {
                    targets.push(Target::at(address));
                }
                let mut named = gathered(targets.drain(..));
                if named.is_empty() {
                    named.push(Target { title: Some(words.trim().to_owned()), ..Target::default() });
                }
                notes.extend(name.take().map(|name| (name, named)));
            }
            _ if name.is_none() => {}
            Event::Start(Tag::Link { dest_url, .. }) => link = Some(dest_url.into_string()),
            Event::Text(title) => match link.take() {
                Some(href) => targets.push(Target { title: titled(&title), ..Target::at(&href) }),
                None => words.push_str(&title),
            },
            _ => {}
        }
    }
    notes
}

fn titled(words: &str) -> Option<String> {
    (!words.starts_with("http")).then(|| words.to_owned())
}

/// The addresses that stand in plain words.
pub(super) fn addresses(words: &str) -> impl Iterator<Item = &str> {
    words.split_whitespace().filter_map(|word| {
        let start = word.find("http://").into_iter().chain(word.find("https://")).min()?;
        let address = word[start..].trim_end_matches(['.', ',', ';', ')', ']', '>', '"', '”']);
        Some(address.split(['|', '}', '<']).next().unwrap_or(address))
    })
}
