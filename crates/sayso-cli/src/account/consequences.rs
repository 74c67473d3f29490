//! What an act did, or would do: which claims fall, which stand again, which change.

use super::said::wrapped;
use super::{FAINT, NOTICE, SOURCE, TITLE};
use crate::harmless;
use sayso::{ClaimShift, Consequences};
use sayso_record::{Act, ActKind, Subject};
use sayso_weigh::show_range;
use serde::Serialize;

/// So many claims are shown under each heading; `--json` has all of them.
const SHOWN: usize = 40;

/// Consequences with whether they came about.
#[derive(Debug, Serialize)]
pub(crate) struct JsonConsequences<'a> {
    /// Whether nothing was done.
    pub(crate) dry_run: bool,
    #[serde(flatten)]
    pub(crate) consequences: &'a Consequences,
}

/// The act and its consequences in words.
pub(crate) fn consequences(consequences: &Consequences, columns: usize) -> String {
    let mut text = act(&consequences.act, columns);
    let lists = [
        ("fall", "falls", &consequences.fell),
        ("stand again", "stands again", &consequences.revived),
        ("change", "changes", &consequences.changed),
    ];
    for (verbs, verb, shifts) in lists {
        if !shifts.is_empty() {
            let heading = match shifts.len() {
                1 => format!("1 claim {verb}"),
                count => format!("{count} claims {verbs}"),
            };
            text += &format!("\n{TITLE}{heading}{TITLE:#}\n");
            text.extend(shifts.iter().take(SHOWN).map(|shift| self::shift(shift, columns)));
            if shifts.len() > SHOWN {
                text += &format!("  and {} more; --json lists all\n", shifts.len() - SHOWN);
            }
        }
    }
    if lists.iter().all(|(_, _, shifts)| shifts.is_empty()) {
        text += "\nNo claim weighs anything else.\n";
    }
    text
}

/// An act: what, to what, by whom, why.
pub(crate) fn act(act: &Act, columns: usize) -> String {
    let on = in_words(act);
    let word = act.act.word();
    let by = harmless::line(&act.by);
    let head = format!("{NOTICE}{word}{NOTICE:#} {SOURCE}{on}{SOURCE:#} {FAINT}by {by}{FAINT:#}\n");
    head + &wrapped(&harmless::line(&act.because), "    ", columns)
}

/// What an act is about.
pub(crate) fn in_words(act: &Act) -> String {
    let on = subject(&act.on);
    match (&act.with, act.act) {
        (None, _) => on,
        (Some(with), ActKind::Undercut) => format!("{on}, undercut by {}", subject(with)),
        (Some(with), ActKind::Merge) => format!("{on}, with {} in it", subject(with)),
        (Some(with), ActKind::Split) => format!("{on}, given to {}", subject(with)),
        (Some(with), ActKind::Affiliate) => format!("{on}, for {}", subject(with)),
        (Some(with), ActKind::Disaffiliate) => format!("{on}, not for {}", subject(with)),
        (Some(with), _) => format!("{on} from {}", subject(with)),
    }
}

/// A subject: its sort, and its name or the first digits of its id.
pub(crate) fn subject(subject: &Subject) -> String {
    match subject {
        Subject::Statement(id) => format!("statement {}", id.short()),
        Subject::Source(name) => harmless::line(name),
        Subject::Document(id) => format!("document {}", id.short()),
        Subject::Claim(id) => format!("claim {}", id.short()),
        Subject::Suggestion(id) => format!("suggestion {}", id.short()),
        Subject::Act(id) => format!("act {}", id.short()),
        Subject::Question(words) => format!("the question {:?}", harmless::line(words)),
    }
}

/// A claim before and after.
pub(crate) fn shift(shift: &ClaimShift, columns: usize) -> String {
    let words = wrapped(&format!("\"{}\"", harmless::line(&shift.words)), "  ", columns);
    let mut change = match &shift.before {
        Some(before) if *before == shift.after => before.clone(),
        Some(before) => format!("{before} -> {}", shift.after),
        None => shift.after.clone(),
    };
    if let Some(before) = shift.independence_before.filter(|before| *before != shift.independence_after) {
        change +=
            &format!(", independence {} -> {}", show_range(before), show_range(shift.independence_after));
    }
    format!("{words}      {change}  {FAINT}claim {}{FAINT:#}\n", shift.claim.short())
}
