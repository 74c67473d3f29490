//! Sentences that fall with others: those that cannot be understood without the one before, and what a page concludes
//! from the words of a source that it no longer trusts.

use super::likeness::{Concept, concepts};
use super::matter::Matter;
use crate::chain::is_own;
use crate::sources::mentions;
use crate::words::Wordings;
use sayso_record::{Document, SourceKind, Statement};

/// Words at the beginning of a sentence that point back.
const POINTING: &[&str] = &["this", "that", "these", "those", "such"];
/// Pronouns that need somebody or something named before.
const PRONOUNS: &[&str] = &["they", "them", "it", "he", "she", "him", "her", "their", "its"];
/// Openings of a sentence that concludes.
const CONCLUDING: &[&str] = &["so", "thus", "therefore", "hence", "consequently", "clearly", "evidently"];

/// Whether a sentence depends on the one before it, which a notice takes back: it points back and is about the same
/// matter, or it goes on with a pronoun and a word of the one before.
pub(super) fn follows(
    page: &Document,
    before: &Statement,
    here: &Statement,
    matters: &[(Matter, Vec<Concept>)],
    wordings: &Wordings,
) -> bool {
    // A heading stands for the whole text below it, and others' words may come between.
    let (Some(end), Some(start)) = (before.content.last(), here.content.first()) else { return false };
    let Some(between) = page.text.get(end.end as usize..start.start as usize) else { return false };
    if before.block != here.block && between.contains(char::is_alphanumeric) {
        return false;
    }
    let words = page.words(&here.content);
    let lower: Vec<String> = lowered(&words);
    let own = concepts(&words, wordings);
    let shares = |others: &[Concept]| own.iter().any(|one| others.iter().any(|other| one.is_same(other)));
    let earlier = concepts(&page.words(&before.content), wordings);
    let points = lower.iter().take(4).any(|word| POINTING.contains(&word.as_str()));
    if points {
        return shares(&earlier) || matters.iter().any(|(_, concepts)| shares(concepts));
    }
    let goes_on = lower.iter().any(|word| PRONOUNS.contains(&word.as_str()));
    goes_on && shares(&earlier) && before.block == here.block
}

/// The places of a page's own sentences that conclude something from the words of a source which a sentence of its
/// notice no longer trusts, and that speak of what both speak of.
pub(super) fn concluded(
    page: &Document,
    statements: &[Statement],
    own: &[&Statement],
    sentence: &str,
    wordings: &Wordings,
) -> Vec<usize> {
    let is_named = |statement: &Statement| {
        mentions(statement).any(|mention| {
            let is_name = matches!(mention.kind, SourceKind::Person | SourceKind::Organisation);
            is_name && mention.name.chars().count() > 2 && sentence.contains(&mention.name)
        })
    };
    let trusted: Vec<&Statement> = statements.iter().filter(|one| !is_own(one) && is_named(one)).collect();
    let Some(first) = trusted.iter().map(|one| one.block).min() else { return Vec::new() };
    let said: Vec<Concept> =
        trusted.iter().flat_map(|one| concepts(&page.words(&one.content), wordings)).collect();
    let noticed = concepts(sentence, wordings);
    let concludes = |statement: &Statement| {
        let words = page.words(&statement.content);
        let opens = lowered(&words).first().is_some_and(|word| CONCLUDING.contains(&word.as_str()));
        let among = |one: &Concept, others: &[Concept]| others.iter().any(|other| one.is_same(other));
        statement.block >= first
            && opens
            && concepts(&words, wordings)
                .iter()
                .any(|one| one.is_telling() && among(one, &said) && among(one, &noticed))
    };
    (0..own.len()).filter(|&at| concludes(own[at])).collect()
}

/// The words of a text in lower case, without the marks around them.
fn lowered(text: &str) -> Vec<String> {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    text.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect()
}
