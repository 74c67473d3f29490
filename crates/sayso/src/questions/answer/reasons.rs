//! The reasons and rival accounts of an answer, in the words of the pages.

use super::{Answer, AnswerLine, Reason, RivalAccounts};
use sayso_link::questions::{Spoken, evidence};
use sayso_link::{Models, Page};

/// Adds the reasons and rival accounts for what is told in the answer.
pub(super) fn add(
    models: &Models,
    proposition: &str,
    pages: &[Page],
    spoken: &[Spoken],
    answer: &mut Answer,
) {
    let (reasons, rivals) = evidence(models, proposition, pages, spoken);
    let line = |at: usize| -> Option<&AnswerLine> {
        let one = &spoken[at];
        let is_it =
            |line: &&AnswerLine| line.page.id == pages[one.page].document.id && line.span == one.sentence;
        answer.says.iter().chain(&answer.denies).find(is_it)
    };
    let reasons = reasons.into_iter().filter_map(|one| {
        let line = line(one.spoken)?;
        let text = &pages[spoken[one.spoken].page].document.text;
        Some(Reason {
            kind: one.kind.word(),
            words: one.reason.of(text).to_owned(),
            cue: one.cue.of(text).to_owned(),
            span: one.reason,
            given_for: line.words.clone(),
            for_it: line.for_it != Some(false),
            source: line.source.clone(),
            page: line.page.clone(),
        })
    });
    let rivals = rivals.into_iter().filter_map(|one| {
        let line = line(one.spoken)?;
        let text = &pages[spoken[one.spoken].page].document.text;
        let words = |span: sayso_record::Span| span.of(text).to_owned();
        Some(RivalAccounts {
            put_forward: words(one.put_forward),
            put_aside: words(one.put_aside),
            cue: words(one.cue),
            source: line.source.clone(),
            page: line.page.clone(),
        })
    });
    let (reasons, rivals): (Vec<_>, Vec<_>) = (reasons.collect(), rivals.collect());
    (answer.reasons, answer.rivals) = (reasons, rivals);
}
