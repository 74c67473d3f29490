//! Where words stand, one page after the other, and what each changed.

use super::said::wrapped;
use super::{FAINT, NOTICE, SOURCE, TITLE, outlet_and_date, speakers, titled};
use crate::harmless;
use sayso::{ChangedWords as Changed, KnownBy, Stop, Trace};

/// The trace of some words.
pub(crate) fn trace(trace: &Trace, columns: usize) -> String {
    let mut text = titled(&format!("“{}”", trace.words), columns);
    for (at, stop) in trace.stops.iter().enumerate() {
        let head = if at == 0 { "First known" } else { "Then" };
        text += &format!("\n  {TITLE}{}. {head}{TITLE:#}  ", at + 1);
        text +=
            &format!("{}  {FAINT}document {}{FAINT:#}\n", outlet_and_date(&stop.page), stop.page.id.short());
        text += &wrapped(&format!("“{}”", harmless::line(&stop.passage)), "      ", columns);
        text += &format!(
            "{SOURCE}{}{SOURCE:#}\n",
            wrapped(&given(stop), "      ", columns).trim_end_matches('\n')
        );
        for line in lines(trace, stop) {
            text += &wrapped(&harmless::line(&line), "      ", columns);
        }
        for lacks in &stop.lacks {
            let lines =
                wrapped(&format!("lacks the correction of {}", harmless::line(lacks)), "      ", columns);
            text += &format!("{NOTICE}{}{NOTICE:#}\n", lines.trim_end_matches('\n'));
        }
    }
    text
}

fn given(stop: &Stop) -> String {
    match stop.as_its_own {
        true => "in its own voice".to_owned(),
        false => format!("given to {}", speakers(&stop.given_to)),
    }
}

/// From where it has the words, what it changed, what it has put right.
fn lines(trace: &Trace, stop: &Stop) -> Vec<String> {
    let mut lines = Vec::new();
    if let (Some(from), Some(by)) = (stop.from, stop.by) {
        let how = match by {
            KnownBy::Link => "which it links to",
            KnownBy::Named => "which it names",
            KnownBy::Words => "perhaps: its words are the most like these",
        };
        lines.push(format!("from {} ({}), {how}", from + 1, outlet_and_date(&trace.stops[from].page)));
    }
    lines.extend(stop.changed.as_ref().map(changes).unwrap_or_default());
    lines.extend(stop.corrections.iter().map(|correction| format!("since then: {correction}")));
    lines
}

fn changes(changed: &Changed) -> Vec<String> {
    if changed.is_nothing() {
        return vec!["word for word".to_owned()];
    }
    let quoted = |words: &[String]| words.iter().map(|one| format!("“{one}”")).collect::<Vec<_>>().join(", ");
    let mut lines = Vec::new();
    let mut add = |what: &str, words: &[String]| {
        if !words.is_empty() {
            lines.push(format!("{what}: {}", quoted(words)));
        }
    };
    add("hedge lost", &changed.hedges_lost);
    add("name lost", &changed.names_lost);
    add("added", &changed.added);
    add("cut", &changed.cut);
    for (what, all) in [("number changed", &changed.numbers_changed), ("altered", &changed.altered)] {
        for one in all {
            lines.push(format!("{what}: “{}” to “{}”", one.was, one.is));
        }
    }
    lines
}
