//! A claim's answer: what is left of it, who says so, who denies it, what was taken back.

use super::said::wrapped;
use super::{FAINT, NOTICE, SOURCE, TITLE};
use crate::harmless;
use sayso::{Because, Chain, ClaimAnswer, PageOf, Pending, Speaker, Step};
use sayso_record::ActKind;
use std::collections::HashSet;

/// How much is shown of each claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClaimDetail {
    /// The first chains of each side.
    Some,
    /// Everything.
    All,
}

/// So many chains of each side are shown where not all are.
const SOME: usize = 4;

/// A claim with its answer.
pub(crate) fn claim(answer: &ClaimAnswer, detail: ClaimDetail, columns: usize) -> String {
    let mut text = titled(&answer.title, columns);
    text += &format!("  {TITLE}{}{TITLE:#}  {FAINT}claim {}{FAINT:#}\n", answer.standing, answer.id.short());
    text += &wrapped(&harmless::line(&answer.sentence), "  ", columns);
    text.extend(answer.pending.iter().map(|one| pending(one, columns)));
    for (for_it, possible, heading) in [
        (true, false, "Said by"),
        (false, false, "Denied by"),
        (true, true, "Possibly said by (does not count)"),
        (false, true, "Possibly denied by (does not count)"),
    ] {
        let is_here = |chain: &&Chain| chain.for_it == for_it && chain.possible == possible;
        let chains: Vec<&Chain> = answer.chains.iter().filter(is_here).collect();
        let shown = if detail == ClaimDetail::Some { SOME } else { usize::MAX };
        if !chains.is_empty() {
            text += &format!("\n  {TITLE}{heading}{TITLE:#}\n");
        }
        text.extend(chains.iter().take(shown).map(|chain| self::chain(answer, chain, columns)));
        if chains.len() > shown {
            let more = chains.len() - shown;
            text += &format!("    and {more} more: sayso claim {}\n", answer.id.short());
        }
    }
    text + &withdrawals(answer, columns)
}

/// What a notice suggests and nobody has decided.
pub(crate) fn pending(pending: &Pending, columns: usize) -> String {
    let (sentence, because) = (pending.sentence(), harmless::line(&pending.because));
    let told = format!("Pending: {sentence}: “{because}” (not decided; sayso review)");
    let lines = wrapped(&told, "  ", columns);
    format!("{NOTICE}{}{NOTICE:#}\n", lines.trim_end_matches('\n'))
}

/// Every act that takes something away from a claim, each once.
fn withdrawals(answer: &ClaimAnswer, columns: usize) -> String {
    let mut text = String::new();
    for (heading, is_here) in [("Taken back", true), ("No longer believed, or undercut", false)] {
        let mut seen = HashSet::new();
        let acts = answer.chains.iter().flat_map(|chain| &chain.because);
        let acts = acts.filter(|why| (why.kind == ActKind::Withdraw) == is_here);
        let told: String =
            acts.filter(|why| seen.insert(why.act)).map(|why| because(why, "    ", columns)).collect();
        if !told.is_empty() {
            text += &format!("\n  {NOTICE}{heading}{NOTICE:#}\n{told}");
        }
    }
    text
}

/// An act: what, on what, by whom, when, and why.
pub(crate) fn because(why: &Because, indent: &str, columns: usize) -> String {
    let (by, at) = (harmless::line(&why.by), harmless::line(&why.at));
    let on = super::subject(&why.on);
    let done = match why.kind {
        ActKind::Withdraw => format!("{on}, by {by}"),
        ActKind::Confirm => format!("discredit {on}, confirmed by {by}"),
        kind => format!("{} {on}, by {by}", kind.word()),
    };
    let head = format!("{indent}{done} {FAINT}{at} · act {}{FAINT:#}\n", why.act.short());
    head + &wrapped(&harmless::line(&why.because), &format!("{indent}    "), columns)
}

fn chain(answer: &ClaimAnswer, chain: &Chain, columns: usize) -> String {
    let falls = match chain.stands {
        stands if stands.is_true() => String::new(),
        stands if stands.is_false() => format!("  {NOTICE}[does not stand]{NOTICE:#}"),
        _ => format!("  {NOTICE}[open]{NOTICE:#}"),
    };
    let speakers: Vec<Speaker> = chain.steps.iter().map(|step| step.source.clone()).collect();
    let mut text = format!("    {SOURCE}{}{SOURCE:#}{falls}\n", self::speakers(&speakers));
    let facts = format!("{} · statement {}", page_in_words(&chain.page), chain.statement.short());
    text += &format!("{FAINT}{}{FAINT:#}\n", wrapped(&facts, "        ", columns).trim_end_matches('\n'));
    if chain.words != answer.words {
        text += &wrapped(&format!("\"{}\"", harmless::line(&chain.words)), "        ", columns);
    }
    for origin in chain.steps.iter().flat_map(|step: &Step| &step.rests_on) {
        let mut from = format!("from statement {}", origin.statement.short());
        if !origin.because.is_empty() {
            from += &format!(": {}", harmless::line(&origin.because));
        }
        if let Some(suggestion) = origin.suggestion {
            from += &format!(" (suggestion {})", suggestion.short());
        }
        text += &wrapped(&from, "        ", columns);
    }
    text
}

/// The chain from the source to the page: `a senior official (ABC News), unnamed <- ABC News`.
pub(crate) fn speakers(speakers: &[Speaker]) -> String {
    speakers.iter().map(speaker).collect::<Vec<_>>().join(" <- ")
}

/// A source; an unnamed one is said to be one.
pub(crate) fn speaker(speaker: &Speaker) -> String {
    let name = harmless::line(&speaker.name);
    match speaker.unnamed && !name.starts_with("nobody named") {
        true => format!("{name}, unnamed"),
        false => name,
    }
}

/// A page in a few words: title, outlet, date.
pub(crate) fn page_in_words(page: &PageOf) -> String {
    let title = page.title.as_deref().map(harmless::line);
    let place = outlet_and_date(page);
    [title.unwrap_or_default(), place]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}

/// Where and when a page appeared; its address where it names no outlet, its id where it has no address.
pub(crate) fn outlet_and_date(page: &PageOf) -> String {
    let known = page.site.as_deref().or(page.url.as_deref()).map(harmless::line);
    let outlet = known.unwrap_or_else(|| format!("page {}", page.id.short()));
    let date = page.published.as_deref().map(harmless::line);
    std::iter::once(outlet).chain(date).collect::<Vec<_>>().join(" · ")
}

/// A title as a heading, wrapped.
pub(crate) fn titled(title: &str, columns: usize) -> String {
    let lines = wrapped(&harmless::line(title), "", columns);
    lines.lines().map(|line| format!("{TITLE}{line}{TITLE:#}\n")).collect()
}

/// Words in quotation marks, as a heading.
pub(crate) fn quoted(words: &str, columns: usize) -> String {
    titled(&format!("\"{words}\""), columns)
}
