//! The ledger as a graph: sources, outlets and claims, who says and denies what, who relays whom, and when.

use super::ExportError;
use super::cited::quote;
use super::iri;
use super::records::Walk;
use crate::harmless::line;
use std::collections::BTreeSet;

/// Somebody who is heard, or a claim.
pub(super) struct Node {
    pub(super) id: String,
    pub(super) label: String,
    /// "source", "outlet" or "claim".
    pub(super) kind: &'static str,
    /// What is left of a claim.
    pub(super) standing: Option<String>,
    /// Whether nobody names a source.
    pub(super) unnamed: Option<bool>,
}

/// Who relays whom, or who says what.
pub(super) struct Edge {
    pub(super) id: String,
    pub(super) from: String,
    pub(super) to: String,
    /// "relays", "says" or "denies".
    pub(super) kind: &'static str,
    /// When the page was published, as an ISO 8601 date or time.
    pub(super) at: Option<String>,
    pub(super) document: String,
    pub(super) url: Option<String>,
    /// The words of the statement, on one line.
    pub(super) words: String,
}

/// Hands over every node: sources in the order in which they were heard of, then claims.
pub(super) fn nodes(
    walk: &mut Walk,
    put: &mut dyn FnMut(&Node) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    // There are far fewer outlets than pages.
    let mut outlets: BTreeSet<String> = BTreeSet::new();
    walk.pages(true, &mut |walk, page| {
        let reports = page.statements.iter().filter_map(|(_, links)| links.last()).filter(|link| link.report);
        for link in reports {
            let source = walk.source_of(link)?;
            if page.document.site.as_deref() == Some(source.name.as_str()) {
                outlets.insert(source.name);
            }
        }
        Ok(())
    })?;
    walk.sources(&mut |walk, source| {
        // Who was merged into another is heard under that one's name.
        if walk.decisions.source(source.key) != source.key {
            return Ok(());
        }
        let kind = if outlets.contains(&source.name) { "outlet" } else { "source" };
        put(&Node {
            id: iri::source(&source.name),
            label: line(&source.name),
            kind,
            standing: None,
            unnamed: Some(source.unnamed),
        })
    })?;
    walk.claims(&mut |walk, key| {
        if walk.decisions.claim(key) != key {
            return Ok(());
        }
        let Some(claim) = walk.ledger.claim(key)? else { return Ok(()) };
        let standing = walk.ledger.weight(key)?.map(|change| change.weight.standing);
        put(&Node {
            id: iri::claim(claim.id),
            label: line(&claim.words),
            kind: "claim",
            standing,
            unnamed: None,
        })
    })
}

/// Hands over every edge, page by page. An edge between two people has the direction "relays whom".
pub(super) fn edges(
    walk: &mut Walk,
    put: &mut dyn FnMut(&Edge) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    walk.pages(true, &mut |walk, page| {
        let document = &page.document;
        let url = document.url.as_deref().filter(|url| iri::is_web(url)).map(str::to_owned);
        let at = document.published.as_ref().map(|stamp| stamp.at.clone());
        for (statement, links) in &page.statements {
            let Some((claim, for_it)) = walk.claim_of(links)? else { continue };
            let edge = |step: usize, from: &str, to: String, kind| Edge {
                id: format!("{}:edge:{step}", iri::statement(statement.id)),
                from: iri::source(from),
                to,
                kind,
                at: at.clone(),
                document: iri::document(document.id),
                url: url.clone(),
                words: quote(document, statement),
            };
            let names: Vec<String> = links
                .iter()
                .map(|link| Ok(walk.source_of(link)?.name))
                .collect::<Result<_, ExportError>>()?;
            let Some(speaker) = names.first() else { continue };
            put(&edge(0, speaker, iri::claim(claim), if for_it { "says" } else { "denies" }))?;
            for (step, pair) in names.windows(2).enumerate().filter(|(_, pair)| pair[0] != pair[1]) {
                put(&edge(step + 1, &pair[1], iri::source(&pair[0]), "relays"))?;
            }
        }
        Ok(())
    })
}

/// Words as XML holds them. What XML cannot hold at all was taken out with what acts.
pub(super) fn xml(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&apos;"),
            c if crate::harmless::acts(c) || matches!(c, '\u{FFFE}' | '\u{FFFF}') => safe.push('\u{FFFD}'),
            c => safe.push(c),
        }
    }
    safe
}
