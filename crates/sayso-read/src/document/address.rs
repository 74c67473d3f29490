//! Web addresses: what a link means on the page where it stands (RFC 3986, section 5.2).

use crate::document::stamp;
use sayso_record::{Note, NoteKind};

/// The address that `reference` means on the page `base`. Without a base, or where it is no web address, it is
/// returned as it stands, white space taken off.
pub(crate) fn resolve(base: Option<&str>, reference: &str) -> String {
    let reference = reference.trim();
    let Some((scheme, host, path)) = base.and_then(split) else { return reference.to_owned() };
    if has_scheme(reference) {
        return reference.to_owned();
    }
    if let Some(rest) = reference.strip_prefix("//") {
        return format!("{scheme}://{rest}");
    }
    let path_only = path.split(['?', '#']).next().unwrap_or_default();
    let joined = match reference.chars().next() {
        None => return format!("{scheme}://{host}{path}"),
        Some('#') => {
            return format!("{scheme}://{host}{}{reference}", path.split('#').next().unwrap_or_default());
        }
        Some('?') => return format!("{scheme}://{host}{path_only}{reference}"),
        Some('/') => reference.to_owned(),
        Some(_) => {
            let folder = path_only.rfind('/').map_or("/", |at| &path_only[..=at]);
            format!("{folder}{reference}")
        }
    };
    format!("{scheme}://{host}{}", without_dots(&joined))
}

/// A copy that a web archive made of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ArchiveCopy {
    /// The address of the page itself; empty where nobody knows it.
    pub(crate) url: String,
    /// When the copy was made, where that is known.
    pub(crate) at: Option<String>,
}

impl ArchiveCopy {
    /// Says that the page was read from a copy.
    pub(crate) fn note(&self) -> Note {
        let text = match &self.at {
            Some(at) => format!("this is the copy that a web archive made of the page at {at}"),
            None => "this is the copy that a web archive made of the page".to_owned(),
        };
        Note::new(NoteKind::Other, text)
    }
}

/// What an archive's address is the address of a copy of: `https://web.archive.org/web/20210310000000/https://a.example/`.
/// On hosts that are not known as archives, only a whole time before a whole address says so.
pub(crate) fn original(address: &str) -> Option<ArchiveCopy> {
    let (_, host, path) = split(address)?;
    let known = is_archive(address);
    let at = ["/http:", "/https:", "/http%3A", "/https%3A", "/http%3a", "/https%3a"];
    let start = at.iter().filter_map(|sign| path.find(sign)).min();
    let (before, rest) = match start {
        Some(start) => (&path[..start], &path[start + 1..]),
        // The Wayback Machine takes addresses without their scheme too.
        None => {
            let rest = path.strip_prefix("/web/").filter(|_| known && host.ends_with("archive.org"))?;
            let (time, rest) = rest.split_once('/')?;
            rest.split('/').next().filter(|host| host.contains('.'))?;
            (&path[.."/web/".len() + time.len()], rest)
        }
    };
    let time = before.rsplit('/').next().unwrap_or_default();
    let digits: String = time.chars().filter(char::is_ascii_digit).take(15).collect();
    let marks = time.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '*'));
    let is_time = marks.is_empty() || (marks.len() == 3 && marks.ends_with('_'));
    if !known && (digits.len() != 14 || !is_time) {
        return None;
    }
    let url = match rest.split_once(':').or_else(|| rest.split_once("%3A")).or_else(|| rest.split_once("%3a"))
    {
        Some((scheme @ ("http" | "https"), rest)) => {
            let rest = rest.replacen("%2F%2F", "", 1).replacen("%2f%2f", "", 1);
            format!("{scheme}://{}", rest.trim_start_matches('/'))
        }
        _ => format!("http://{rest}"),
    };
    Some(ArchiveCopy { url, at: if is_time { time_of(&digits) } else { None } })
}

/// Whether an address is one of a web archive.
pub(crate) fn is_archive(address: &str) -> bool {
    let Some((_, host, path)) = split(address) else { return false };
    let host = host.strip_prefix("www.").unwrap_or(host);
    matches!(
        host,
        "web.archive.org"
            | "wayback.archive.org"
            | "archive.today"
            | "archive.is"
            | "archive.ph"
            | "archive.li"
            | "archive.fo"
            | "archive.md"
            | "archive.vn"
            | "perma.cc"
            | "perma-archives.org"
            | "rejouer.perma.cc"
    ) || (host == "archive.org" && path.starts_with("/web/"))
}

/// Whether an address is one of Perma.cc, which puts pages in a frame of its own.
pub(crate) fn is_permanent(address: &str) -> bool {
    is_archive(address) && split(address).is_some_and(|(_, host, _)| host.contains("perma"))
}

/// `20210310093000` as a time; a date where it is shorter.
fn time_of(digits: &str) -> Option<String> {
    let part = |from: usize, to: usize| digits.get(from..to);
    let date = format!("{}-{}-{}", part(0, 4)?, part(4, 6)?, part(6, 8)?);
    let time = match (part(8, 10), part(10, 12), part(12, 14)) {
        (Some(hour), Some(minute), Some(second)) => format!("{date}T{hour}:{minute}:{second}Z"),
        _ => date,
    };
    stamp::read(&time).is_some().then_some(time)
}

/// The address of a page that SingleFile saved, which it writes into a remark at the beginning.
pub(crate) fn of_saved(text: &str) -> Option<String> {
    const HEAD_CHARS: usize = 2_000;
    let head = text.char_indices().nth(HEAD_CHARS).map_or(text, |(at, _)| &text[..at]);
    let (_, remark) = head.split_once("Page saved with SingleFile")?;
    let remark = remark.split("-->").next()?;
    let line = remark.lines().find_map(|line| line.trim().strip_prefix("url:"))?;
    let address = line.split_whitespace().next()?;
    let is_web = address.starts_with("http://") || address.starts_with("https://");
    is_web.then(|| original(address).map_or_else(|| address.to_owned(), |copy| copy.url))
}

/// Scheme, host with port, and the rest.
fn split(address: &str) -> Option<(&str, &str, &str)> {
    let (scheme, rest) = address.trim().split_once("://")?;
    if !scheme.starts_with("http") && scheme != "file" {
        return None;
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    Some((scheme, host, path))
}

fn has_scheme(reference: &str) -> bool {
    let Some(colon) = reference.find(':') else { return false };
    let scheme = &reference[..colon];
    !scheme.is_empty()
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

fn without_dots(path: &str) -> String {
    let end = path.find(['?', '#']).unwrap_or(path.len());
    let (path, rest) = path.split_at(end);
    if !path.contains("/.") && !path.starts_with('.') {
        return format!("{path}{rest}");
    }
    let mut out: Vec<&str> = Vec::new();
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        let last = parts.peek().is_none();
        match part {
            "." if last => out.push(""),
            "." => {}
            ".." => {
                if out.len() > 1 {
                    out.pop();
                }
                if last {
                    out.push("");
                }
            }
            part => out.push(part),
        }
    }
    format!("{}{rest}", out.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_of_the_standard() {
        let base = Some("http://a/b/c/d;p?q");
        for (reference, address) in [
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("#s", "http://a/b/c/d;p?q#s"),
            ("../g", "http://a/b/g"),
            ("../../../g", "http://a/g"),
            ("..", "http://a/b/"),
            ("", "http://a/b/c/d;p?q"),
            ("https://x/y", "https://x/y"),
            ("mailto:ann@example.org", "mailto:ann@example.org"),
        ] {
            assert_eq!(resolve(base, reference), address, "{reference}");
        }
        assert_eq!(resolve(None, " /x "), "/x");
    }

    #[test]
    fn a_page_that_was_saved_tells_its_address() {
        let saved = "<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://gazette.example/pier \n saved \
                     date: Tue Jun 04 2019\n--><body>url: https://b.example/";
        assert_eq!(of_saved(saved).as_deref(), Some("https://gazette.example/pier"));
        assert_eq!(of_saved("<!-- Page saved with SingleFile \n url: javascript:alert(1) -->"), None);
        assert_eq!(of_saved("<p>url: https://b.example/</p>"), None);
    }

    #[test]
    fn archives_tell_of_what_they_hold_a_copy() {
        let read = |address: &str| original(address).map(|copy| (copy.url, copy.at));
        let pier = || "https://gazette.example/pier?a=b".to_owned();
        let noon = || Some("2021-03-10T12:00:00Z".to_owned());
        for (address, at) in [
            ("https://web.archive.org/web/20210310120000/https://gazette.example/pier?a=b", noon()),
            ("http://web.archive.org/web/20210310120000id_/https://gazette.example/pier?a=b", noon()),
            ("https://web.archive.org/web/20210310120000if_/https:/gazette.example/pier?a=b", noon()),
            ("https://web.archive.org/web/2021*/https://gazette.example/pier?a=b", None),
            ("https://archive.ph/2021.03.10-120000/https://gazette.example/pier?a=b", noon()),
            ("https://archive.today/o/aB3dE/https://gazette.example/pier?a=b", None),
            ("https://perma-archives.org/warc/AB12-CD34/https://gazette.example/pier?a=b", None),
            ("https://wayback.library.example/20210310120000mp_/https://gazette.example/pier?a=b", noon()),
            ("https://gazette.example/web/20210310120000/https://gazette.example/pier?a=b", noon()),
        ] {
            assert_eq!(read(address), Some((pier(), at)), "{address}");
        }
        let bare = "https://web.archive.org/web/20210310/gazette.example/pier";
        assert_eq!(read(bare), Some(("http://gazette.example/pier".into(), Some("2021-03-10".into()))));
        for address in [
            "https://gazette.example/pier",
            "https://gazette.example/go/https://northwire.example/",
            "https://gazette.example/2021/03/04/http:-the-story",
            "https://web.archive.org/",
            "https://archive.ph/aB3dE",
            "/web/20210310120000/https://gazette.example/",
        ] {
            assert_eq!(read(address), None, "{address}");
        }
    }
}
