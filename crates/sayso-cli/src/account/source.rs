//! A source: how it is called, what it says, what was taken back, what rests on it.

use super::answer::{because, page_in_words, pending};
use super::consequences::shift;
use super::said::wrapped;
use super::{FAINT, NOTICE, SOURCE, TITLE, kind};
use crate::harmless;
use sayso::{Affiliation, Called, ClaimShift, SourceAnswer, SourcePart, SourceStatement};

/// So many claims are shown under each heading; `--json` has all of them.
const SHOWN: usize = 40;

/// All that is known of a source. Figures, and no verdict.
pub(crate) fn source(answer: &SourceAnswer, columns: usize) -> String {
    let unnamed = if answer.unnamed { ", unnamed" } else { "" };
    let mut text = format!("{SOURCE}{}{SOURCE:#}{unnamed}\n", harmless::line(&answer.name));
    for merged in &answer.merged {
        text += &format!("  the same as {}\n", harmless::line(merged));
    }
    if !answer.called.is_empty() {
        let called: Vec<String> = answer.called.iter().map(in_words).collect();
        text += &wrapped(&format!("called {}", called.join("; ")), "  ", columns);
    }
    for (said, others) in [("speaks for", &answer.speaks_for), ("for it speaks", &answer.speaking_for_it)] {
        text.extend(others.iter().take(SHOWN).map(|one| affiliation(said, one, columns)));
        if others.len() > SHOWN {
            text += &format!("  and {} more; --json lists all\n", others.len() - SHOWN);
        }
    }
    let heard = answer.heard;
    let documents = count(heard.documents, "document");
    let facts = format!(
        "heard in {documents}: says {}, {} in its own voice, passes on {}",
        heard.said, heard.own_voice, heard.passed_on
    );
    text += &wrapped(&facts, "  ", columns);
    text.extend(answer.discredited.iter().map(|act| because(act, "  ", columns)));
    text.extend(answer.pending.iter().map(|one| pending(one, columns)));
    if !answer.withdrawn.is_empty() {
        text += &format!("\n  {NOTICE}Taken back{NOTICE:#}\n");
        for withdrawn in &answer.withdrawn {
            text += &wrapped(&format!("\"{}\"", harmless::line(&withdrawn.words)), "    ", columns);
            let facts = format!("{} · {}", part(withdrawn.part), page_in_words(&withdrawn.page));
            text +=
                &format!("{FAINT}{}{FAINT:#}\n", wrapped(&facts, "      ", columns).trim_end_matches('\n'));
            text += &because(&withdrawn.because, "      ", columns);
        }
    }
    text += &format!("\n  {TITLE}What rests on it{TITLE:#}\n{}", rests(answer, columns));
    for (heading, shifts) in
        [("Would fall", &answer.would_fall), ("Would stand on less", &answer.would_weaken)]
    {
        text += &self::shifts(heading, shifts, columns);
    }
    text + &statements(answer, columns)
}

fn affiliation(said: &str, one: &Affiliation, columns: usize) -> String {
    let by = match &one.words {
        Some(words) => format!(" (\"{}\")", harmless::line(words)),
        None => " (as a person decided)".to_owned(),
    };
    wrapped(&format!("{said} {}{by}", harmless::line(&one.name)), "  ", columns)
}

fn in_words(called: &Called) -> String {
    let times = if called.times == 1 { "once".to_owned() } else { format!("{} times", called.times) };
    format!("\"{}\" ({}) {times}", harmless::line(&called.name), kind(called.kind))
}

fn hang(claims: usize) -> String {
    format!("{} {}", count(claims, "claim"), if claims == 1 { "hangs" } else { "hang" })
}

fn rests(answer: &SourceAnswer, columns: usize) -> String {
    let (all, fall, weaken) = (answer.rests_on_it, answer.would_fall.len(), answer.would_weaken.len());
    let text = if answer.discredited.is_empty() {
        format!(
            "{} on it. If it were discredited, {fall} would no longer stand, and {weaken} would change otherwise.",
            hang(all)
        )
    } else {
        format!("{} on it. It is discredited already.", hang(all))
    };
    wrapped(&text, "    ", columns)
}

fn shifts(heading: &str, shifts: &[ClaimShift], columns: usize) -> String {
    if shifts.is_empty() {
        return String::new();
    }
    let mut text = format!("\n  {TITLE}{heading}{TITLE:#}\n");
    text.extend(shifts.iter().take(SHOWN).map(|claim| shift(claim, columns)));
    if shifts.len() > SHOWN {
        text += &format!("  and {} more; --json lists all\n", shifts.len() - SHOWN);
    }
    text
}

fn statements(answer: &SourceAnswer, columns: usize) -> String {
    let mut text = format!("\n  {TITLE}What it says{TITLE:#}\n");
    text.extend(answer.statements.iter().map(|statement| self::statement(statement, columns)));
    let all = answer.heard.said + answer.heard.own_voice + answer.heard.passed_on;
    if all > answer.statements.len() {
        text += &format!("    and {} more (--all)\n", all - answer.statements.len());
    }
    text
}

fn statement(statement: &SourceStatement, columns: usize) -> String {
    let stands = match statement.stands {
        stands if stands.is_true() => String::new(),
        stands if stands.is_false() => format!(" {NOTICE}[does not stand]{NOTICE:#}"),
        _ => format!(" {NOTICE}[open]{NOTICE:#}"),
    };
    let side = if statement.for_it { "for" } else { "against" };
    let claim = format!("{side} claim {}, {}", statement.claim.short(), statement.standing);
    let facts = format!(
        "{} · {claim} · {} · statement {}",
        part(statement.part),
        page_in_words(&statement.page),
        statement.id.short()
    );
    let words = wrapped(&format!("\"{}\"", harmless::line(&statement.words)), "    ", columns);
    let facts = wrapped(&facts, "      ", columns);
    format!("{}{stands}\n{FAINT}{}{FAINT:#}\n", words.trim_end_matches('\n'), facts.trim_end_matches('\n'))
}

fn part(part: SourcePart) -> &'static str {
    match part {
        SourcePart::Said => "said",
        SourcePart::OwnVoice => "in its own voice",
        SourcePart::PassedOn => "passed on",
    }
}

fn count(number: usize, word: &str) -> String {
    if number == 1 { format!("1 {word}") } else { format!("{number} {word}s") }
}
