//! A page's citations as an account: each with its verdict and the passage, then on what all of them rest.

use super::said::wrapped;
use super::{FAINT, NOTICE, SOURCE, TITLE, outlet_and_date, titled};
use crate::harmless;
use sayso::{Check, CheckedCitation, CitedVerdict, FoundIn};

/// A checked page.
pub(crate) fn check(check: &Check, columns: usize) -> String {
    let mut text = titled(check.title.as_deref().or(check.url.as_deref()).unwrap_or("A page"), columns);
    text += &format!("{FAINT}{}{FAINT:#}\n", wrapped(&counts(check), "  ", columns).trim_end_matches('\n'));
    for one in &check.citations {
        text.push('\n');
        text += &citation(one, columns);
    }
    let summary = summary(check);
    if !summary.is_empty() {
        text += &format!("\n  {TITLE}What it rests on{TITLE:#}\n");
        text.extend(summary.iter().map(|line| wrapped(line, "    ", columns)));
    }
    text
}

/// The same as a report in Markdown.
pub(crate) fn check_in_markdown(check: &Check) -> String {
    let title = check.title.as_deref().or(check.url.as_deref()).unwrap_or("A page");
    let mut text = format!("# Citations of {}\n\n{}\n", plain(title), counts(check));
    for one in &check.citations {
        let head = format!("{}. {} {}", one.number, plain(&one.mark), verdict(one));
        text += &format!("\n## {head}\n\n{}\n", plain(&one.proposition));
        let cited = cited(one);
        if !cited.is_empty() {
            text += &format!("\n{}\n", plain(&cited));
        }
        if let Some(passage) = &one.passage {
            text += &format!("\n> {}\n", plain(passage));
        }
        text.extend(remarks(one).iter().map(|remark| format!("\n- {}\n", plain(remark))));
    }
    let summary = summary(check);
    if !summary.is_empty() {
        text += "\n## What it rests on\n\n";
        text.extend(summary.iter().map(|line| format!("- {}\n", plain(line))));
    }
    text
}

/// Words of a page without what Markdown would take for markup.
fn plain(words: &str) -> String {
    let mut out = String::new();
    for c in harmless::line(words).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '!' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn counts(check: &Check) -> String {
    let all = check.citations.len();
    let mut parts = vec![format!("{all} citation{}", if all == 1 { "" } else { "s" })];
    for verdict in CitedVerdict::ALL {
        let count = check.count(verdict);
        if count > 0 {
            parts.push(format!("{count} {}", in_summary(verdict, count)));
        }
    }
    parts.join(" · ")
}

fn in_summary(verdict: CitedVerdict, count: usize) -> String {
    let one = count == 1;
    match verdict {
        CitedVerdict::Says => {
            if one {
                "says it"
            } else {
                "say it"
            }
        }
        CitedVerdict::Partly => {
            if one {
                "says part of it"
            } else {
                "say part of it"
            }
        }
        CitedVerdict::Otherwise => {
            if one {
                "says otherwise"
            } else {
                "say otherwise"
            }
        }
        CitedVerdict::OthersWords => {
            if one {
                "has it only as another's words"
            } else {
                "have it only as another's words"
            }
        }
        CitedVerdict::NotThere => {
            if one {
                "does not have it"
            } else {
                "do not have it"
            }
        }
        CitedVerdict::Unread => "could not be read",
    }
    .to_owned()
}

/// The verdict in words, with how likely it is that the page says it.
fn verdict(one: &CheckedCitation) -> String {
    let words = one.verdict.words();
    let possibly = if one.sure { "" } else { "possibly " };
    match one.probability {
        Some(probability) => format!("{possibly}{words} (says it: {:.0} %)", probability * 100.0),
        None => words.to_owned(),
    }
}

fn citation(one: &CheckedCitation, columns: usize) -> String {
    let style = if one.verdict == CitedVerdict::Says { SOURCE } else { NOTICE };
    let mark = harmless::line(&one.mark);
    let head = format!(
        "  {}. {mark}  {style}{}{style:#}  {FAINT}paragraph {}{FAINT:#}\n",
        one.number,
        verdict(one),
        one.paragraph
    );
    let mut text = head + &wrapped(&harmless::line(&one.proposition), "      ", columns);
    let cited = cited(one);
    if !cited.is_empty() {
        text += &format!(
            "{FAINT}{}{FAINT:#}\n",
            wrapped(&harmless::line(&cited), "      ", columns).trim_end_matches('\n')
        );
    }
    if let Some(passage) = &one.passage {
        text += &wrapped(&format!("“{}”", harmless::line(passage)), "          ", columns);
    }
    for remark in remarks(one) {
        text += &wrapped(&harmless::line(&remark), "        ", columns);
    }
    text
}

/// The cited page: its outlet, date and address, and where it was found.
fn cited(one: &CheckedCitation) -> String {
    let page = one.page.as_ref().map(outlet_and_date);
    let page = page.or_else(|| one.title.clone());
    let found = one.found.as_ref().map(|found| match found {
        FoundIn::Ledger => "in the ledger",
        FoundIn::AtHand(_) => "at hand",
        FoundIn::Fetched => "fetched",
    });
    let parts = [page, one.url.clone(), found.map(str::to_owned)];
    let mut parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.dedup();
    parts.join(" · ")
}

fn remarks(one: &CheckedCitation) -> Vec<String> {
    let mut remarks = Vec::new();
    if let Some(whose) = &one.whose {
        remarks.push(format!("there in the words of: {whose}"));
    }
    let tells = matches!(one.verdict, CitedVerdict::Partly | CitedVerdict::NotThere) || !one.sure;
    if tells && !one.missing.is_empty() && one.verdict != CitedVerdict::Unread {
        remarks.push(format!("not there: {}", one.missing.join(", ")));
    }
    if let Some(why) = &one.why {
        remarks.push(why.clone());
    }
    remarks.extend(one.changes.iter().map(|change| format!("the cited page: {change}")));
    remarks
}

fn summary(check: &Check) -> Vec<String> {
    let mut lines = Vec::new();
    let held: usize = check.origins.iter().map(|origin| origin.citations.len()).sum();
    if held > 0 {
        let (least, most) = check.independence;
        let count = if least == most { least.to_string() } else { format!("{least} to {most}") };
        let origins = if (least, most) == (1, 1) { "origin" } else { "origins" };
        let plural = if held == 1 { "" } else { "s" };
        lines.push(format!("{count} independent {origins} behind {held} citation{plural}:"));
    }
    for origin in &check.origins {
        let name = harmless::line(&origin.name);
        let unnamed = if origin.unnamed { ", unnamed" } else { "" };
        let numbers: Vec<String> = origin.citations.iter().map(usize::to_string).collect();
        let is_one = if origin.citations.len() > 1 { " (one source)" } else { "" };
        lines.push(format!("{name}{unnamed}: {}{is_one}", numbers.join(", ")));
    }
    let changed: Vec<String> = check
        .citations
        .iter()
        .filter(|one| !one.changes.is_empty())
        .map(|one| one.number.to_string())
        .collect();
    if !changed.is_empty() {
        lines.push(format!("cited pages that bear a notice or were changed: {}", changed.join(", ")));
    }
    lines
}
