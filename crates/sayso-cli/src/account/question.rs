//! The answer to a question: what stands, who says so and who otherwise, each with the words of the page.

use super::answer::{page_in_words, speakers};
use super::said::wrapped;
use super::{FAINT, NOTICE, SOURCE, TITLE};
use crate::harmless;
use sayso::{Answer, AnswerLine, Speaker};

/// So many sentences of each kind are shown.
const SHOWN: usize = 8;

/// A question with its answer.
pub(crate) fn question(answer: &Answer, columns: usize) -> String {
    let mut text: String = wrapped(&harmless::line(&answer.question), "", columns)
        .lines()
        .map(|line| format!("{TITLE}{line}{TITLE:#}\n"))
        .collect();
    text += &format!("  {TITLE}{}{TITLE:#}", answer.in_a_word());
    if let Some(possible) = answer.possibly() {
        text += &format!("  {FAINT}possibly {possible}{FAINT:#}");
    }
    text.push('\n');
    text += &wrapped(&harmless::line(&answer.sentence), "  ", columns);
    for (heading, lines) in answer.sides() {
        if lines.is_empty() {
            continue;
        }
        text += &format!("\n  {TITLE}{heading}{TITLE:#}\n");
        let mut lines: Vec<&AnswerLine> = lines.iter().collect();
        lines.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
        text.extend(lines.iter().take(SHOWN).map(|line| self::line(line, columns)));
        if lines.len() > SHOWN {
            text += &format!("    and {} more (--json has all)\n", lines.len() - SHOWN);
        }
    }
    text
}

fn line(line: &AnswerLine, columns: usize) -> String {
    let falls = match line.stands {
        stands if stands.is_true() => String::new(),
        stands if stands.is_false() => format!("  {NOTICE}[does not stand]{NOTICE:#}"),
        _ => format!("  {NOTICE}[open]{NOTICE:#}"),
    };
    let chain: Vec<Speaker> = std::iter::once(&line.source).chain(&line.via).cloned().collect();
    let own = if line.own_voice { " in its own voice" } else { "" };
    let mut text = format!("    {SOURCE}{}{SOURCE:#}{own}{falls}\n", speakers(&chain));
    let mut facts = page_in_words(&line.page);
    if let Some(statement) = line.statement {
        facts += &format!(" · statement {}", statement.short());
    }
    text += &format!("{FAINT}{}{FAINT:#}\n", wrapped(&facts, "        ", columns).trim_end_matches('\n'));
    text + &wrapped(&format!("\"{}\"", harmless::line(&line.words)), "        ", columns)
}
