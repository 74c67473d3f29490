//! Posts from elsewhere that a page shows, and quotations that name their speaker inside themselves.

use super::tags::Attribute;
use super::tree::{Place, Tree};
use crate::document::signature;

/// Whether a quotation is a post of another service, by the classes that those give it.
pub(super) fn is_embedded(tree: &Tree, quotation: Place) -> bool {
    [quotation, tree.node(quotation).parent].iter().any(|&place| {
        tree.attribute(place, Attribute::Class).is_some_and(|class| {
            class.split_ascii_whitespace().any(|word| {
                matches!(
                    word,
                    "twitter-tweet"
                        | "twitter-video"
                        | "embed-twitter"
                        | "tweet"
                        | "bluesky-embed"
                        | "mastodon-embed"
                        | "instagram-media"
                        | "text-post-media"
                        | "fb-post"
                        | "fb-video"
                        | "fb-xfbml-parse-ignore"
                        | "tiktok-embed"
                        | "truthsocial-embed"
                        | "reddit-embed-bq"
                        | "reddit-card"
                )
            })
        })
    })
}

/// Where a quotation says that it came from.
pub(super) fn address(tree: &Tree, quotation: Place) -> Option<&str> {
    const OWN: &[Attribute] =
        &[Attribute::Cite, Attribute::Permalink, Attribute::PostPermalink, Attribute::EmbedUrl];
    let own = OWN.iter().find_map(|&name| tree.attribute(quotation, name));
    let around = || tree.attribute(tree.node(quotation).parent, Attribute::DataHref);
    let found = own.or_else(around).filter(|href| !href.trim().is_empty())?;
    Some(found.strip_suffix("/embed").unwrap_or(found))
}

/// What services write into the posts that they lend.
pub(super) fn is_furniture(words: &str) -> bool {
    let words = words.trim();
    if words.len() > 80 {
        return false;
    }
    let one = !words.contains(char::is_whitespace);
    words.starts_with("View this post on")
        || words.starts_with("View on ")
        || words.starts_with("Ver esta publicación")
        || words.starts_with("Sieh dir diesen Beitrag")
        || words == "[image or embed]"
        || one && words.starts_with("pic.twitter.com/")
}

/// Whether a line at the head of a quotation, or right above it, names whose words follow, as forums do: "mudlark77
/// said:", "Originally Posted by mudlark77".
pub(super) fn introduces(words: &str) -> bool {
    let words = words.trim_end_matches([' ', '↑', '▲', '\n']);
    if words.len() > 160 || words.split_whitespace().count() > 16 {
        return false;
    }
    const STARTS: &[&str] = &["Originally Posted by ", "Originally posted by ", "Quote from: "];
    STARTS.iter().any(|start| words.starts_with(start)) || signature::introduced(words).is_some()
}
