//! DOCX (ECMA-376): the paragraphs of a document, as a small page of HTML.

use super::zip::{Packed, Seekable};
use super::{Carrier, Page};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;

/// The part that makes a ZIP file one.
pub(super) const DOCUMENT: &str = "word/document.xml";
const RELATIONS: &str = "word/_rels/document.xml.rels";
const PROPERTIES: &str = "docProps/core.xml";

pub(super) fn page<R: Seekable>(packed: &Packed<R>, most: usize) -> Result<Page, String> {
    let links = links(&packed.text(RELATIONS, most));
    let html = html(&packed.text(DOCUMENT, most), &links)?;
    let (title, author) = properties(&packed.text(PROPERTIES, most));
    Ok(Page {
        place: 1,
        carrier: Carrier { url: None, content_type: Some("text/html; charset=utf-8".into()) },
        bytes: html.into_bytes(),
        title,
        bylines: author.into_iter().collect(),
        ..Page::default()
    })
}

/// A paragraph as it is gathered.
#[derive(Default)]
struct Paragraph {
    html: String,
    style: String,
}

impl Paragraph {
    /// The element that its style makes of it.
    fn finish(self, page: &mut String) {
        if self.html.trim().is_empty() {
            return;
        }
        let style = self.style.to_ascii_lowercase();
        let level = style.strip_prefix("heading").and_then(|level| level.trim().parse().ok());
        let (start, end) = match level {
            _ if style == "title" => ("<h1>".to_owned(), "</h1>".to_owned()),
            // The title is the first heading, so that those of the text come below it.
            Some(level @ 1..=9u8) => {
                (format!("<h{}>", (level + 1).min(6)), format!("</h{}>", (level + 1).min(6)))
            }
            _ if style.contains("quote") => ("<blockquote><p>".to_owned(), "</p></blockquote>".to_owned()),
            _ => ("<p>".to_owned(), "</p>".to_owned()),
        };
        page.push_str(&start);
        page.push_str(&self.html);
        page.push_str(&end);
        page.push('\n');
    }
}

/// The words of the document. What is deleted in it (`w:delText`) and what stands there for old programs is left out.
fn html(xml: &str, links: &HashMap<String, String>) -> Result<String, String> {
    let mut reader = Reader::from_str(xml);
    let mut page = "<article>\n".to_owned();
    let mut paragraph = Paragraph::default();
    let (mut is_text, mut old) = (false, 0usize);
    let mut is_linked = false;
    loop {
        match reader.read_event() {
            Err(error) if page.len() < 20 => return Err(format!("its text is no sound XML: {error}")),
            // What stands before the damage is still what it said.
            Err(_) | Ok(Event::Eof) => break,
            Ok(Event::Start(element)) => match element.local_name().into_inner() {
                "Fallback" => old += 1,
                "t" => is_text = old == 0,
                "p" if old == 0 => std::mem::take(&mut paragraph).finish(&mut page),
                "hyperlink" => {
                    if let Some(to) = attribute(&element, "id").and_then(|id| links.get(&id)) {
                        paragraph.html += &format!("<a href=\"{}\">", escaped(to));
                        is_linked = true;
                    }
                }
                "pStyle" => paragraph.style = attribute(&element, "val").unwrap_or_default(),
                _ => {}
            },
            Ok(Event::Empty(element)) if old == 0 => match element.local_name().into_inner() {
                "pStyle" => paragraph.style = attribute(&element, "val").unwrap_or_default(),
                "tab" => paragraph.html.push(' '),
                "br" | "cr" => paragraph.html.push_str("<br>"),
                "noBreakHyphen" => paragraph.html.push('-'),
                _ => {}
            },
            Ok(Event::End(element)) => match element.local_name().into_inner() {
                "Fallback" => old = old.saturating_sub(1),
                "t" => is_text = false,
                "p" if old == 0 => std::mem::take(&mut paragraph).finish(&mut page),
                "hyperlink" if std::mem::take(&mut is_linked) => paragraph.html.push_str("</a>"),
                _ => {}
            },
            Ok(Event::Text(text)) if is_text => paragraph.html.push_str(&escaped(&text)),
            Ok(Event::CData(text)) if is_text => paragraph.html.push_str(&escaped(&text)),
            Ok(Event::GeneralRef(name)) if is_text => paragraph.html.push_str(&escaped(&referred(&name))),
            Ok(_) => {}
        }
    }
    paragraph.finish(&mut page);
    Ok(page + "</article>\n")
}

/// The character that a reference stands for; none where it is another's, which are never followed.
pub(super) fn referred(name: &quick_xml::events::BytesRef) -> String {
    match name.resolve_char_ref() {
        Ok(Some(c)) => c.to_string(),
        _ => quick_xml::escape::resolve_predefined_entity(name).unwrap_or_default().to_owned(),
    }
}

/// Where links lead, by their ids: to the web, or else not told.
fn links(xml: &str) -> HashMap<String, String> {
    let mut links = HashMap::new();
    let mut reader = Reader::from_str(xml);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Eof => break,
            Event::Start(element) | Event::Empty(element)
                if element.local_name().into_inner() == "Relationship" =>
            {
                if let (Some(id), Some(to)) = (attribute(&element, "Id"), attribute(&element, "Target"))
                    && (to.starts_with("http://") || to.starts_with("https://"))
                {
                    links.insert(id, to);
                }
            }
            _ => {}
        }
    }
    links
}

/// The title and the author by the document's own properties.
fn properties(xml: &str) -> (Option<String>, Option<String>) {
    let told = told(xml, &["title", "creator"]);
    let of = |name: &str| told.iter().find(|(is, _)| *is == name).map(|(_, words)| words.clone());
    (of("title"), of("creator"))
}

/// The words of the elements of some names, in order.
pub(super) fn told<'n>(xml: &str, names: &[&'n str]) -> Vec<(&'n str, String)> {
    let mut told = Vec::new();
    let mut open: Option<(&'n str, String)> = None;
    let mut reader = Reader::from_str(xml);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Eof => break,
            Event::Start(element) => {
                let name = element.local_name().into_inner();
                if let Some(name) = names.iter().find(|is| **is == name) {
                    open = Some((name, String::new()));
                }
            }
            Event::Text(text) => {
                if let Some((_, words)) = &mut open {
                    words.push_str(&text);
                }
            }
            Event::GeneralRef(name) => {
                if let Some((_, words)) = &mut open {
                    words.push_str(&referred(&name));
                }
            }
            Event::End(_) => {
                told.extend(open.take().map(|(name, words)| (name, words.trim().to_owned())));
            }
            _ => {}
        }
    }
    told.retain(|(_, words)| !words.is_empty());
    told
}

/// An attribute, whatever its prefix.
pub(super) fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|one| one.key.local_name().into_inner() == name)?;
    quick_xml::escape::unescape(&found.value).ok().map(|value| value.into_owned())
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
