//! WACZ: web archives in a ZIP file, with a list of which of their records are pages
//! (<https://specs.webrecorder.net/wacz/1.1.1/>).

use super::zip::{Packed, Seekable};
use super::{Fault, Page, peek, warc};
use std::collections::HashMap;
use std::io::{BufReader, Read};

/// So much of the lists of pages is read.
const LIST_BYTES: usize = 64 << 20;

pub(super) fn is_archive(name: &str) -> bool {
    name.starts_with("archive/") && (name.ends_with(".warc") || name.ends_with(".warc.gz"))
}

/// The pages of all archives in it. Where there is a list of pages, frames and other parts of them are left out.
pub(super) fn pages<'a, R: Seekable + 'a>(
    packed: Packed<R>,
    most: usize,
) -> impl Iterator<Item = Result<Page, Fault>> + 'a {
    let listed = listed(&packed);
    let archives: Vec<String> = packed.names().filter(|name| is_archive(name)).map(str::to_owned).collect();
    let mut place = 0;
    archives
        .into_iter()
        .flat_map(move |name| archive(&packed, &name, most))
        .filter_map(move |page| match page {
            Ok(mut page) if !listed.is_empty() => {
                let title = listed.get(&alike(page.carrier.url.as_deref()?))?;
                page.title = page.title.or_else(|| title.clone());
                Some(Ok(page))
            }
            page => Some(page),
        })
        .map(move |page| {
            // Counted over all archives together.
            place += 1;
            page.map(|page| Page { place, ..page }).map_err(|fault| Fault { place, ..fault })
        })
}

fn archive<'a, R: Seekable + 'a>(
    packed: &Packed<R>,
    name: &str,
    most: usize,
) -> Box<dyn Iterator<Item = Result<Page, Fault>> + 'a> {
    let fault = |reason| -> Box<dyn Iterator<Item = Result<Page, Fault>> + 'a> {
        Box::new(std::iter::once(Err(Fault { place: 1, reason })))
    };
    match peek(packed.entry(name)) {
        Err(reason) => fault(reason),
        Ok((head, stream)) if super::gzip::is_gzip(&head) => {
            let stream = BufReader::new(super::gzip::Unpacked::new(stream));
            Box::new(super::patiently(warc::pages(stream, most)))
        }
        Ok((_, stream)) => Box::new(super::patiently(warc::pages(stream, most))),
    }
}

/// The addresses of the pages by the lists, with their titles.
fn listed<R: Seekable>(packed: &Packed<R>) -> HashMap<String, Option<String>> {
    let mut listed = HashMap::new();
    let lists = packed.names().filter(|name| name.starts_with("pages/") && name.ends_with(".jsonl"));
    for name in lists {
        let mut text = Vec::new();
        let _ = packed.entry(name).take(LIST_BYTES as u64).read_to_end(&mut text);
        for line in text.split(|&byte| byte == b'\n') {
            let Ok(page) = serde_json::from_slice::<serde_json::Value>(line) else { continue };
            let Some(url) = page["url"].as_str() else { continue };
            let title = page["title"].as_str().map(str::trim).filter(|title| !title.is_empty());
            // Where nobody has seen the title, the address stands in its place.
            let title = title.filter(|title| *title != url).map(str::to_owned);
            listed.insert(alike(url), title);
        }
    }
    listed
}

/// An address without what makes no other page of it.
fn alike(url: &str) -> String {
    let url = url.split('#').next().unwrap_or_default();
    let url = url.split_once("://").map_or(url, |(_, rest)| rest);
    url.strip_prefix("www.").unwrap_or(url).trim_end_matches('/').to_owned()
}
