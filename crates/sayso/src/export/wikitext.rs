//! Wikitext: each statement as a line with its citation, for Wikipedia and other wikis.

use super::ExportError;
use super::cited::{Cited, quote, who_says};
use super::records::Walk;
use std::io::Write;

pub(super) fn write(walk: &mut Walk, out: &mut (dyn Write + Send)) -> Result<u64, ExportError> {
    let mut lines = 0;
    walk.pages(false, &mut |_, page| {
        if page.statements.is_empty() {
            return Ok(());
        }
        let cited = Cited::of(page);
        for (statement, _) in &page.statements {
            let (who, quote) = (escaped(&who_says(statement)), escaped(&quote(&page.document, statement)));
            writeln!(out, "* {who}: {}", template(&cited, &quote))?;
            lines += 1;
        }
        Ok(())
    })?;
    Ok(lines)
}

/// The citation template, with the parameters that English Wikipedia documents for `cite news`.
fn template(cited: &Cited, quote: &str) -> String {
    let mut text = "{{cite news".to_owned();
    let mut add = |name: &str, value: &str| text += &format!(" |{name}={value}");
    for (at, author) in cited.authors.iter().enumerate() {
        add(&format!("author{}", at + 1), &escaped(author));
    }
    add("title", &escaped(&cited.title));
    if let Some(url) = &cited.url {
        add("url", &address(url));
    }
    if let Some(outlet) = &cited.outlet {
        add("work", &escaped(outlet));
    }
    if let Some(date) = cited.date {
        add("date", &date.iso());
    }
    if let (Some(read), Some(_)) = (cited.read, &cited.url) {
        add("access-date", &read.iso());
    }
    if let Some(language) = &cited.language {
        add("language", &escaped(language));
    }
    add("quote", quote);
    text + "}}"
}

/// Words that a wiki shows as they are, whatever they hold.
pub(crate) fn escaped(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    let mut before = ' ';
    for c in words.chars() {
        match c {
            '&' | '<' | '>' | '{' | '}' | '[' | ']' | '|' | '~' | '\'' => {
                safe.push_str(&format!("&#{};", u32::from(c)));
            }
            // `__NOTOC__`, and addresses that would become links.
            '_' if before == '_' => safe.push_str("&#95;"),
            '/' if before == ':' => safe.push_str("&#47;"),
            c => safe.push(c),
        }
        before = c;
    }
    safe
}

/// An address that ends nothing: brackets, bars and apostrophes as the bytes that they are.
pub(crate) fn address(url: &str) -> String {
    let mut safe = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '[' | ']' | '{' | '}' | '|' | '\'' | '~' | '<' | '>' => {
                safe.push_str(&format!("%{:02X}", u32::from(c)))
            }
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_words_of_a_page_are_wikitext() {
        assert_eq!(
            escaped("{{delete}} [[a|b]]"),
            "&#123;&#123;delete&#125;&#125; &#91;&#91;a&#124;b&#93;&#93;"
        );
        assert_eq!(
            escaped("'''x''' ~~~~ __NOTOC__ <ref>"),
            "&#39;&#39;&#39;x&#39;&#39;&#39; &#126;&#126;&#126;&#126; _&#95;NOTOC_&#95; &#60;ref&#62;"
        );
        assert_eq!(escaped("see https://pier.example"), "see https:&#47;/pier.example");
        assert_eq!(address("https://pier.example/a|b]]?c={d}"), "https://pier.example/a%7Cb%5D%5D?c=%7Bd%7D");
    }
}
