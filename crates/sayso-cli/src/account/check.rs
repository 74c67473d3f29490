//! A page's citations as an account: each with its verdict and the passage, then on what all of them rest.

use super::said::wrapped;
use super::{FAINT, NOTICE, SOURCE, TITLE, titled};
use crate::harmless;
use sayso::{Check, CheckedCitation, CitedVerdict};

/// A checked page.
pub(crate) fn check(check: &Check, columns: usize) -> String {
    let mut text = titled(&check.heading(), columns);
    text += &format!("{FAINT}{}{FAINT:#}\n", wrapped(&check.counts(), "  ", columns).trim_end_matches('\n'));
    for one in &check.citations {
        text.push('\n');
        text += &citation(one, columns);
    }
    let summary = check.rests_on();
    if !summary.is_empty() {
        text += &format!("\n  {TITLE}What it rests on{TITLE:#}\n");
        text.extend(summary.iter().map(|line| wrapped(line, "    ", columns)));
    }
    text
}

fn citation(one: &CheckedCitation, columns: usize) -> String {
    let style = if one.verdict == CitedVerdict::Says { SOURCE } else { NOTICE };
    let mark = harmless::line(&one.mark);
    let head = format!(
        "  {}. {mark}  {style}{}{style:#}  {FAINT}paragraph {}{FAINT:#}\n",
        one.number,
        one.verdict_in_words(),
        one.paragraph
    );
    let mut text = head + &wrapped(&harmless::line(&one.proposition), "      ", columns);
    let cited = one.cited_in_words();
    if !cited.is_empty() {
        text += &format!("{FAINT}{}{FAINT:#}\n", wrapped(&cited, "      ", columns).trim_end_matches('\n'));
    }
    if let Some(passage) = &one.passage {
        text += &wrapped(&format!("“{}”", harmless::line(passage)), "          ", columns);
    }
    for remark in one.remarks() {
        text += &wrapped(&remark, "        ", columns);
    }
    text
}
