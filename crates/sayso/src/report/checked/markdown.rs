//! The report in Markdown.

use crate::Check;
use crate::harmless::line;

/// The citations of a page with their verdicts and passages, then on what they rest.
pub fn markdown(check: &Check) -> String {
    let mut text = format!("# Citations of {}\n\n{}\n", plain(&check.heading()), check.counts());
    for one in &check.citations {
        let head = format!("{}. {} {}", one.number, plain(&one.mark), one.verdict_in_words());
        text += &format!("\n## {head}\n\n{}\n", plain(&one.proposition));
        let cited = one.cited_in_words();
        if !cited.is_empty() {
            text += &format!("\n{}\n", plain(&cited));
        }
        if let Some(passage) = &one.passage {
            text += &format!("\n> {}\n", plain(passage));
        }
        text.extend(one.remarks().iter().map(|remark| format!("\n- {}\n", plain(remark))));
    }
    let rests_on = check.rests_on();
    if !rests_on.is_empty() {
        text += "\n## What it rests on\n\n";
        text.extend(rests_on.iter().map(|line| format!("- {}\n", plain(line))));
    }
    text
}

/// Words of a page without what Markdown would take for markup.
fn plain(words: &str) -> String {
    let mut out = String::new();
    for c in line(words).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '!' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
