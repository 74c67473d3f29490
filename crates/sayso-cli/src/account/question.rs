//! The answer to a question: what stands, who says so and who otherwise, each with the words of the page.

use super::answer::{page_in_words, speakers};
use super::said::wrapped;
use super::{FAINT, NOTICE, SOURCE, TITLE};
use super::{found, source};
use crate::harmless;
use sayso::{Answer, AnswerLine, Reply, Sayings, Speaker};

/// So many sentences of each kind are shown.
const SHOWN: usize = 8;

/// The reply to a question, by what was asked.
pub(crate) fn reply(reply: &Reply, columns: usize) -> String {
    match reply {
        Reply::Answer(answer) => question(answer, columns),
        Reply::MayAnswer(answer) => may_answer(answer, columns),
        Reply::Sayings(sayings) => self::sayings(sayings, columns),
        Reply::Source(answer) => source(answer, columns),
    }
}

fn asked(question: &str, columns: usize) -> String {
    let lines = wrapped(&harmless::line(question), "", columns);
    lines.lines().map(|line| format!("{TITLE}{line}{TITLE:#}\n")).collect()
}

/// A question with its answer.
fn question(answer: &Answer, columns: usize) -> String {
    let mut text = asked(&answer.question, columns);
    text += &format!("  {TITLE}{}{TITLE:#}", answer.in_a_word());
    if let Some(possible) = answer.possibly() {
        text += &format!("  {FAINT}possibly {possible}{FAINT:#}");
    }
    text.push('\n');
    text += &wrapped(&harmless::line(&answer.sentence), "  ", columns);
    for (heading, lines) in answer.sides() {
        text += &side(heading, lines.iter().collect(), columns);
    }
    text + &reasons(answer, columns)
}

/// On what evidence: the reasons that pages give, each with its kind, and the accounts that they put aside.
fn reasons(answer: &Answer, columns: usize) -> String {
    let mut text = String::new();
    if !answer.reasons.is_empty() {
        text += &format!("\n  {TITLE}Reasons given{TITLE:#}\n");
    }
    for one in answer.reasons.iter().take(SHOWN) {
        let against = if one.for_it { "" } else { ", against it" };
        let who = harmless::line(&one.source.name);
        text += &format!(
            "    {SOURCE}{}{against}{SOURCE:#}  {FAINT}{who}, {}{FAINT:#}\n",
            one.kind,
            page_in_words(&one.page)
        );
        text += &wrapped(&format!("\"{}\"", harmless::line(&one.words)), "        ", columns);
    }
    if !answer.rivals.is_empty() {
        text += &format!("\n  {TITLE}Accounts put aside{TITLE:#}\n");
    }
    for one in answer.rivals.iter().take(SHOWN) {
        let put_aside = format!("\"{}\"", harmless::line(&one.put_aside));
        text += &wrapped(&put_aside, "    ", columns);
        let forward = format!("for \"{}\" ({})", harmless::line(&one.put_forward), page_in_words(&one.page));
        text += &wrapped(&forward, "        ", columns);
    }
    text
}

/// What may answer a question that is not whether something is so. No standing is shown: nothing was weighed together.
fn may_answer(answer: &Answer, columns: usize) -> String {
    let mut text = asked(&answer.question, columns);
    text += &wrapped(answer.not_weighed(), "  ", columns);
    text + &side("May answer it", answer.lines(), columns)
}

/// What somebody says.
fn sayings(sayings: &Sayings, columns: usize) -> String {
    let mut text = asked(&sayings.question, columns);
    let of = harmless::line(&sayings.of);
    let what = if sayings.denials { "denies" } else { "says" };
    let count = sayings.statements.len();
    let statements = if count == 1 { "1 statement".to_owned() } else { format!("{count} statements") };
    let of_words = match (sayings.about.as_str(), sayings.all_words) {
        ("", _) => String::new(),
        (about, true) => format!(" with the words {:?}", harmless::line(about)),
        (about, false) => format!(" with some of the words {:?}", harmless::line(about)),
    };
    let more = if sayings.more { ", and there are more" } else { "" };
    text += &wrapped(&format!("What {of} {what}, by {statements}{of_words}{more}:"), "  ", columns);
    text.push('\n');
    text.extend(sayings.statements.iter().map(|statement| found(statement, columns)));
    text
}

fn side(heading: &str, mut lines: Vec<&AnswerLine>, columns: usize) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let mut text = format!("\n  {TITLE}{heading}{TITLE:#}\n");
    lines.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    text.extend(lines.iter().take(SHOWN).map(|line| self::line(line, columns)));
    if lines.len() > SHOWN {
        text += &format!("    and {} more (--json has all)\n", lines.len() - SHOWN);
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
