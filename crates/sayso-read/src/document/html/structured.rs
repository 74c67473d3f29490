//! A page's structured data (JSON-LD): articles, who wrote them, and what they are told with.

use super::meta::{self, Meta};
use super::tree::Tree;
use crate::document::byline;
use crate::document::letters;
use rustc_hash::FxHashMap;
use sayso_record::{Stamp, StampOrigin};
use serde_json::Value;

/// An author by name, or by the address of another thing that has the name.
#[derive(Debug)]
enum Author {
    Named(String),
    At(String),
}

/// What the scripts of a page say that is only understood once all of them are read.
#[derive(Default, Debug)]
pub(super) struct Data {
    authors: Vec<Author>,
    /// Of the page around the article, which is asked where the article does not say.
    page_authors: Vec<Author>,
    pub(super) page_published: Option<Stamp>,
    pub(super) page_modified: Option<Stamp>,
    publisher: Option<String>,
    /// Names of things by their addresses.
    names: FxHashMap<String, String>,
}

impl Data {
    /// The authors, surest first: those of the article, then those of the page.
    pub(super) fn bylines(&self) -> [Vec<String>; 2] {
        [&self.authors, &self.page_authors].map(|authors| {
            let mut out: Vec<String> = Vec::new();
            for author in authors {
                let words = match author {
                    Author::Named(words) => words,
                    Author::At(address) => match self.names.get(address) {
                        Some(words) => words,
                        None => continue,
                    },
                };
                for name in byline::split(words) {
                    if byline::is_name(&name) && !out.contains(&name) {
                        out.push(name);
                    }
                }
            }
            out
        })
    }

    /// The outlet, where the article names it by its address only.
    pub(super) fn publisher(&self) -> Option<&String> {
        self.names.get(self.publisher.as_ref()?)
    }

    /// Reads one script, sound or nearly so.
    pub(super) fn read(&mut self, script: &str, meta: &mut Meta) {
        let script = script.trim().trim_start_matches("<!--").trim_end_matches("-->").trim();
        let script =
            script.trim_start_matches("//<![CDATA[").trim_end_matches("//]]>").trim().trim_end_matches(';');
        let value: Value = match serde_json::from_str(script) {
            Ok(value) => value,
            // Raw line ends inside strings are the usual fault.
            Err(_) => match serde_json::from_str(&script.replace(['\n', '\r', '\t'], " ")) {
                Ok(value) => value,
                Err(_) => return self.broken(script, meta),
            },
        };
        // serde_json refuses values nested deeper than 128, so this walk cannot run away.
        let mut waiting: Vec<&Value> = vec![&value];
        let mut seen = 0;
        while let Some(value) = waiting.pop() {
            seen += 1;
            if seen > 20_000 {
                return;
            }
            match value {
                Value::Array(items) => waiting.extend(items.iter().rev()),
                Value::Object(object) => {
                    self.thing(value, meta);
                    // What an article's lists hold is read with the article; only these hold articles.
                    waiting.extend(
                        ["@graph", "mainEntity", "mainEntityOfPage"]
                            .iter()
                            .filter_map(|&key| object.get(key)),
                    );
                }
                _ => {}
            }
        }
    }

    fn thing(&mut self, value: &Value, meta: &mut Meta) {
        let kind = value.get("@type").map(kinds).unwrap_or_default();
        self.remember(value);
        if kind.iter().any(|kind| is_article(kind)) {
            self.article(value, meta);
        } else if kind.iter().any(|kind| kind == "CorrectionComment") {
            meta.telling.corrections(Some(value));
        } else if kind.iter().any(|kind| kind == "Comment") {
            meta.telling.comment(value);
        } else if kind.iter().any(|kind| kind == "WebSite") && meta.site.is_none() {
            meta.site = text_of(value.get("name"));
        } else if kind.iter().any(|kind| kind == "WebPage") {
            self.page_published = self.page_published.take().or_else(|| stamp(value, "datePublished"));
            self.page_modified = self.page_modified.take().or_else(|| stamp(value, "dateModified"));
            if self.page_authors.is_empty() {
                self.page_authors = authors(value.get("author"));
            }
        }
        if meta.kinds.len() < 16 {
            meta.kinds.extend(kind);
        }
    }

    /// Keeps the name of a thing under its address.
    fn remember(&mut self, value: &Value) {
        if let (Some(address), Some(name)) = (value.get("@id").and_then(Value::as_str), name_of(value)) {
            self.names.entry(address.to_owned()).or_insert(name);
        }
    }

    fn article(&mut self, value: &Value, meta: &mut Meta) {
        meta.title = meta
            .title
            .take()
            .or_else(|| text_of(value.get("headline")).or_else(|| text_of(value.get("name"))));
        meta.published = meta
            .published
            .take()
            .or_else(|| stamp(value, "datePublished"))
            .or_else(|| stamp(value, "dateCreated"));
        meta.modified = meta.modified.take().or_else(|| stamp(value, "dateModified"));
        if meta.site.is_none() {
            meta.site = text_of(value.get("publisher"));
            let address = value.get("publisher").and_then(|publisher| publisher.get("@id")?.as_str());
            self.publisher = self.publisher.take().or(address.map(str::to_owned));
        }
        meta.section = meta.section.take().or_else(|| text_of(value.get("articleSection")));
        for key in ["author", "creator"] {
            for author in each(value.get(key)) {
                self.remember(author);
            }
            if self.authors.is_empty() {
                self.authors = authors(value.get(key));
            }
        }
        if meta.article_body.is_empty()
            && let Some(body) = value.get("articleBody").and_then(Value::as_str)
        {
            super::features::letters_of(body, 1 << 20, &mut meta.article_body);
        }
        if value.get("isAccessibleForFree").is_some_and(|free| {
            matches!(free.as_str(), Some("False" | "false")) || free == &Value::Bool(false)
        }) {
            meta.paywalled = true;
        }
        meta.telling.comments(value);
        meta.telling.corrections(value.get("correction"));
        meta.telling.entries(value);
    }

    /// What can be had of an article's data that is no JSON: a quotation mark too many, a comma before a bracket.
    fn broken(&mut self, script: &str, meta: &mut Meta) {
        if !["Article\"", "Posting\""].iter().any(|kind| script.contains(kind)) {
            return;
        }
        let stamp =
            |key| string_after(script, key).and_then(|words| meta::stamp_of(words, StampOrigin::JsonLd));
        meta.published = meta.published.take().or_else(|| stamp("\"datePublished\""));
        meta.modified = meta.modified.take().or_else(|| stamp("\"dateModified\""));
        if self.authors.is_empty() {
            let named = script.find("\"author\"").and_then(|at| {
                let rest = &script[at..];
                let end = rest.char_indices().nth(300).map_or(rest.len(), |(at, _)| at);
                string_after(rest, "\"author\"").or_else(|| string_after(&rest[..end], "\"name\""))
            });
            self.authors.extend(named.map(|name| Author::Named(plain(name))));
        }
    }
}

/// The string that is the value of a key, in quotation marks, in words that are no JSON.
fn string_after<'a>(words: &'a str, key: &str) -> Option<&'a str> {
    let rest = &words[words.find(key)? + key.len()..];
    let rest = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    let value = &rest[..rest.find('"')?];
    (!value.is_empty() && value.len() < 200).then_some(value)
}

fn stamp(value: &Value, key: &str) -> Option<Stamp> {
    value.get(key).and_then(Value::as_str).and_then(|words| meta::stamp_of(words, StampOrigin::JsonLd))
}

fn is_article(kind: &str) -> bool {
    kind.ends_with("Article")
        || kind.ends_with("Posting")
        || matches!(kind, "Report" | "Review" | "ClaimReview" | "OpinionPiece")
}

fn kinds(value: &Value) -> Vec<String> {
    match value {
        Value::String(kind) => vec![kind.rsplit('/').next().unwrap_or(kind).to_owned()],
        Value::Array(items) => items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect(),
        _ => Vec::new(),
    }
}

/// The one value, or each of several.
fn each(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    let value = value.map(|value| value.get("@list").unwrap_or(value));
    let (one, many) = match value {
        Some(Value::Array(items)) => (None, items.as_slice()),
        value => (value, [].as_slice()),
    };
    one.into_iter().chain(many.iter().take(20))
}

fn authors(value: Option<&Value>) -> Vec<Author> {
    let mut out = Vec::new();
    for value in each(value) {
        match value {
            Value::String(words) if words.contains("://") => out.push(Author::At(words.clone())),
            Value::String(words) => out.push(Author::Named(plain(words))),
            // One author of several names is several authors.
            Value::Object(object) if object.get("name").is_some_and(Value::is_array) => {
                let names = each(object.get("name")).filter_map(Value::as_str);
                out.extend(names.map(|name| Author::Named(plain(name))));
            }
            Value::Object(object) => match name_of(value) {
                Some(name) => out.push(Author::Named(name)),
                None => out.extend(
                    object.get("@id").and_then(Value::as_str).map(|address| Author::At(address.to_owned())),
                ),
            },
            _ => {}
        }
    }
    out.retain(|author| !matches!(author, Author::Named(name) if name.is_empty()));
    out
}

/// A thing's name; a person's may be given in two parts.
fn name_of(value: &Value) -> Option<String> {
    let part = |key| text_of(value.get(key));
    part("name").or_else(|| Some(format!("{} {}", part("givenName")?, part("familyName")?)))
}

/// A text, or the name of a thing; of several, the first.
pub(super) fn text_of(value: Option<&Value>) -> Option<String> {
    let words = match value? {
        Value::String(words) => words.as_str(),
        Value::Array(items) => return text_of(items.first()),
        thing @ Value::Object(_) => return text_of(thing.get("name")),
        _ => return None,
    };
    let words = plain(words);
    (!words.is_empty() && words.len() <= 2000).then_some(words)
}

/// Entities are often written twice in structured data.
pub(super) fn plain(words: &str) -> String {
    if !words.contains(['&', '<']) {
        return letters::seen(words).split_whitespace().collect::<Vec<_>>().join(" ");
    }
    Tree::parse(words).words(Tree::PAGE, 4000)
}
