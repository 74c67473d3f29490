//! Markdown: the claims as a list, each statement of them as a footnote.

use super::cited::{Cited, Day};
use super::records::Walk;
use super::{ExportError, iri};
use crate::harmless::line;
use crate::questions::claim::{Chain, ClaimAnswer, Speaker, answer};
use crate::time::AsOf;
use std::io::Write;

pub(super) fn write(walk: &mut Walk, out: &mut (dyn Write + Send)) -> Result<u64, ExportError> {
    let mut claims = 0;
    writeln!(out, "# Claims\n")?;
    walk.claims(&mut |walk, key| {
        // A claim that has become part of another is answered there.
        if walk.decisions.claim(key) != key {
            return Ok(());
        }
        if let Some(answer) = answer(walk.ledger, walk.decisions, key, AsOf::NOW)? {
            out.write_all(entry(&answer).as_bytes())?;
            claims += 1;
        }
        Ok(())
    })?;
    Ok(claims)
}

/// A claim in a paragraph, with its footnotes after it.
fn entry(answer: &ClaimAnswer) -> String {
    let mut text =
        format!("- {} (**{}**) {}", escaped(&answer.title), answer.standing, escaped(&answer.sentence));
    for chain in &answer.chains {
        text += &format!("[^{}]", chain.statement.short());
    }
    text += "\n\n";
    for chain in &answer.chains {
        text += &format!("[^{}]: {}\n\n", chain.statement.short(), footnote(chain));
    }
    text
}

fn footnote(chain: &Chain) -> String {
    let verb = if chain.for_it { "says" } else { "denies" };
    let speakers: Vec<String> = chain.steps.iter().map(|step| speaker(&step.source)).collect();
    let mut text = format!("{} ({verb}): “{}” ", speakers.join(", through "), escaped(&line(&chain.words)));
    let page = &chain.page;
    let date = page.published.as_deref().and_then(Day::of).map(Day::iso);
    let parts: Vec<String> = [page.title.as_deref(), page.site.as_deref(), date.as_deref()]
        .into_iter()
        .flatten()
        .map(|part| escaped(&line(part)))
        .collect();
    text += &parts.join(", ");
    text += ".";
    if let Some(url) = page.url.as_deref().filter(|url| iri::is_web(url)) {
        text += &format!(" <{url}>");
    }
    if chain.stands.is_false() {
        text += " (no longer stands)";
    }
    text
}

fn speaker(speaker: &Speaker) -> String {
    let name = escaped(&line(&speaker.name));
    if speaker.unnamed && !name.starts_with("nobody named") { format!("{name}, unnamed") } else { name }
}

/// A page's citation in a line.
pub(super) fn citation(cited: &Cited) -> String {
    let mut parts: Vec<String> = cited.authors.iter().map(|author| escaped(author)).collect();
    parts.push(format!("“{}”", escaped(&cited.title)));
    parts.extend(cited.outlet.as_deref().map(escaped));
    parts.extend(cited.date.map(Day::iso));
    let url = cited.url.as_ref().map(|url| format!(" <{url}>"));
    parts.join(", ") + &url.unwrap_or_default()
}

/// Words that Markdown shows as they are, whatever they hold: CommonMark lets every ASCII mark be led by a backslash.
pub(super) fn escaped(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    let mut chars = words.chars().peekable();
    while let Some(c) = chars.next() {
        let is_mark = match c {
            ',' | ';' | '?' | '"' | '\'' | '/' | '(' | ')' => false,
            // An address would become a link of itself.
            ':' => chars.peek() == Some(&'/'),
            '.' => !safe.ends_with(char::is_alphabetic) || safe.ends_with("www"),
            // A list begins with these, and nothing else does.
            '-' => !safe.ends_with(char::is_alphanumeric),
            c => c.is_ascii_punctuation(),
        };
        if is_mark {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_words_of_a_page_are_markdown() {
        assert_eq!(escaped("# *a* [b](javascript:x) <i>"), "\\# \\*a\\* \\[b\\](javascript:x) \\<i\\>");
        assert_eq!(escaped("1. one"), "1\\. one");
        assert_eq!(escaped("- one, www.pier.example"), "\\- one, www\\.pier.example");
        assert_eq!(escaped("https://pier.example, 2019-06-03"), "https\\://pier.example, 2019-06-03");
        assert_eq!(escaped("The end. Forty-one, he said; why?"), "The end. Forty-one, he said; why?");
        assert_eq!(
            escaped("$x$ {{y}} ==z== `q` ~~r~~"),
            "\\$x\\$ \\{\\{y\\}\\} \\=\\=z\\=\\= \\`q\\` \\~\\~r\\~\\~"
        );
    }
}
