//! Copies that web archives made of pages: their toolbars are taken off, and what they say of the copy is kept.
//!
//! The toolbar of an archive tells the page's own address and when the copy was made. Neither its words nor its times are
//! the page's.

use super::meta::Meta;
use super::tags::{Attribute, Tag};
use super::tree::{Place, Tree};
use crate::document::{address, stamp};
use address::ArchiveCopy;
use sayso_record::Stamp;

/// Elements with such an `id` are toolbars of archives that run the Wayback Machine or pywb.
const TOOLBARS: [&str; 8] = [
    "wm-ipp-base",
    "wm-ipp",
    "wm-ipp-print",
    "wm-ipp-inside",
    "donato",
    "_wb_plain_banner",
    "_wb_frame_top_banner",
    "SHARE_LONGLINK",
];

/// So many heads of a page are looked at to see whether an archive put them there.
const MOST_HEADS: usize = 8;

/// Takes the toolbars off a page that is the copy of an archive; tells of what it is a copy, where it is one.
pub(super) fn take_off(tree: &mut Tree, url: Option<&str>) -> Option<ArchiveCopy> {
    let mut copy = url.and_then(address::original);
    let mut is_permanent = url.is_some_and(address::is_permanent);
    let mut toolbars: Vec<Place> = Vec::new();
    let mut heads = 0;
    let mut at: Place = 0;
    while (at as usize) < tree.nodes.len() {
        let node = tree.node(at);
        match node.tag {
            Tag::Text => {}
            Tag::Link => {
                let rel = tree.attribute(at, Attribute::Rel).unwrap_or_default();
                if matches!(rel, "canonical" | "bookmark" | "original") {
                    told(tree, at, Attribute::Href, &mut copy, &mut is_permanent);
                }
            }
            Tag::Meta if tree.attribute(at, Attribute::Property) == Some("og:url") => {
                told(tree, at, Attribute::Content, &mut copy, &mut is_permanent);
            }
            Tag::Title => is_permanent |= tree.words(at, 40).starts_with("Perma.cc |"),
            tag => {
                let id = tree.attribute(at, Attribute::Id).unwrap_or_default();
                let mut found = TOOLBARS.contains(&id);
                let is_head = id == "HEADER" || (tag == Tag::Header && is_permanent);
                if !found && is_head && heads < MOST_HEADS {
                    heads += 1;
                    found = is_foreign_head(&tree.words(at, 600));
                }
                if found {
                    toolbars.push(at);
                    at = node.end;
                    continue;
                }
            }
        }
        at += 1;
    }
    if toolbars.is_empty() && copy.is_none() {
        return None;
    }
    let mut copy = copy.unwrap_or_default();
    for place in toolbars {
        read(tree, place, &mut copy);
        tree.erase(place);
    }
    Some(copy)
}

/// What an address that the page gives for itself tells.
fn told(
    tree: &Tree,
    at: Place,
    attribute: Attribute,
    copy: &mut Option<ArchiveCopy>,
    is_permanent: &mut bool,
) {
    let Some(address) = tree.attribute(at, attribute) else { return };
    *is_permanent |= address::is_permanent(address);
    if copy.is_none() {
        *copy = address::original(address);
    }
}

/// Whether the words at the head of a page are those of an archive.
fn is_foreign_head(words: &str) -> bool {
    let lower = words.to_lowercase();
    let named = ["archive.today", "archive.is", "archive.ph", "archive.li", "archive.md", "perma.cc"];
    let says = ["saved from", "webpage capture", "captured", "live page", "all snapshots", "record"];
    named.iter().any(|name| lower.contains(name)) && says.iter().any(|sign| lower.contains(sign))
}

/// What a toolbar tells of the copy: the page's address in a field or a link, and a time.
fn read(tree: &Tree, toolbar: Place, copy: &mut ArchiveCopy) {
    let is_web = |address: &&str| address.starts_with("http://") || address.starts_with("https://");
    let (mut field, mut link) = (None, None);
    for at in tree.inside(toolbar) {
        match tree.tag(at) {
            Tag::Input => {
                let value = tree.attribute(at, Attribute::Value).map(str::trim).filter(is_web);
                field =
                    field
                        .or(value
                            .map(|value| address::original(value).map_or(value.to_owned(), |copy| copy.url)));
            }
            Tag::A if link.is_none() => {
                let href = tree.attribute(at, Attribute::Href).map(str::trim).unwrap_or_default();
                // Links of the Wayback Machine's own name no host.
                let whole = if href.starts_with("/web/") {
                    format!("https://web.archive.org{href}")
                } else {
                    href.to_owned()
                };
                let outside = Some(href).filter(is_web).filter(|href| !address::is_archive(href));
                link = address::original(&whole).map(|copy| copy.url).or(outside.map(str::to_owned));
            }
            Tag::Time => {
                let time = tree.attribute(at, Attribute::Datetime).and_then(stamp::read);
                copy.at = copy.at.take().or(time);
            }
            _ => {}
        }
    }
    if copy.url.is_empty() {
        copy.url = field.or(link).unwrap_or_default();
    }
}

/// Takes out of what the page says of itself what the archive says of the copy.
pub(super) fn settle(meta: &mut Meta, copy: &ArchiveCopy) {
    let by_archive = |stamp: &Stamp| {
        let digits = |time: &str| time.chars().filter(char::is_ascii_digit).take(12).collect::<String>();
        copy.at.as_deref().is_some_and(|at| digits(at).len() == 12 && digits(at) == digits(&stamp.at))
    };
    meta.published = meta.published.take().filter(|stamp| !by_archive(stamp));
    meta.modified = meta.modified.take().filter(|stamp| !by_archive(stamp));
    meta.site = meta.site.take().filter(|site| !address::is_archive(&format!("https://{}/", site.trim())));
    meta.url = meta.url.take().map(|url| address::original(&url).map_or(url, |copy| copy.url));
    meta.url = meta.url.take().filter(|url| !address::is_archive(url));
    if meta.url.is_none() && !copy.url.is_empty() {
        meta.url = Some(copy.url.clone());
    }
    if let Some(title) = &mut meta.title
        && let Some(own) = title.strip_prefix("Perma.cc |")
    {
        *title = own.trim().to_owned();
    }
}
