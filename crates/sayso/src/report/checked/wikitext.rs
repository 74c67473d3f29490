//! The report in wikitext, for a talk page: a table with a row for each citation.

use crate::Check;
use crate::export::wikitext::{address, escaped};
use crate::harmless::line;
use crate::report::words::is_web;

/// The citations of a page with their verdicts and passages, then on what they rest.
pub fn wikitext(check: &Check) -> String {
    let mut text = format!("== Citations of {} ==\n{}\n\n", safe(&check.heading()), check.counts());
    text += "{| class=\"wikitable\"\n! Nr. !! Cited for !! Verdict !! Passage\n";
    for one in &check.citations {
        text += &format!("|-\n| {} || {} || {}", one.number, safe(&one.proposition), one.verdict_in_words());
        text.extend(one.remarks().iter().map(|remark| format!("<br>{}", safe(remark))));
        text += " || ";
        if let Some(passage) = &one.passage {
            text += &format!("“{}”<br>", safe(passage));
        }
        match one.url.as_deref().filter(|url| is_web(url)) {
            Some(url) => {
                let of_page = one.page.as_ref().and_then(|page| page.title.as_deref());
                let name = of_page.or(one.title.as_deref()).unwrap_or(&one.mark);
                text += &format!("[{} {}]", address(&line(url).replace(' ', "%20")), safe(name));
            }
            None => text += &safe(&one.cited_in_words()),
        }
        text.push('\n');
    }
    text += "|}\n";
    let rests_on = check.rests_on();
    if !rests_on.is_empty() {
        text += "\n=== What it rests on ===\n";
        text.extend(rests_on.iter().map(|line| format!("* {}\n", safe(line))));
    }
    text
}

/// Words of a page on one line, of which no wiki takes any for markup.
fn safe(words: &str) -> String {
    escaped(&line(words))
}
