//! What a claim is called: who said so first, and what, as a sentence that a stranger understands.

use crate::LedgerError;
use crate::weighing::decisions::Decisions;
use sayso_ledger::{Ledger, Link, StoredClaim};
use sayso_record::ClaimId;

/// "Robert Gates: Iran was ‘absolutely complicit’ in the growing number of deaths". What was heard of first from who denies
/// it is not theirs: "The pier was sold (denied by Holt)".
pub(crate) fn title(
    ledger: &Ledger,
    decisions: &Decisions,
    claim: &StoredClaim,
) -> Result<String, LedgerError> {
    let said = sentence(&claim.words);
    // A page that was read anew may have lost the statement that founded it: nobody else said these words.
    let founders = ledger.first_links_of_claim(claim.key)?;
    let is_founder = |link: &&Link| {
        let statement = link.place.statement;
        ClaimId::founded_by(statement) == claim.id && !decisions.misread.contains(&statement)
    };
    let Some(founder) = founders.iter().find(is_founder) else { return Ok(said) };
    let source = ledger.linked_source(decisions.source_of(founder))?;
    let name =
        source.map(|source| source.name).filter(|name| !name.is_empty() && !name.starts_with("nobody"));
    Ok(match name {
        Some(name) if founder.for_it => format!("{}: {said}", capital(&name)),
        Some(name) => format!("{said} (denied by {})", within(&name)),
        None => said,
    })
}

/// A description as it stands within a sentence: "a spokeswoman"; a name as it is.
fn within(name: &str) -> String {
    match name.split_once(' ') {
        Some((first @ ("A" | "An" | "Some" | "One"), rest)) => format!("{} {rest}", first.to_lowercase()),
        _ => name.to_owned(),
    }
}

/// Words as a sentence: without what ties them to the verb before them, and without the comma of the verb behind.
fn sentence(words: &str) -> String {
    let words = words.trim();
    let words = words.strip_prefix("that ").unwrap_or(words);
    let closing = |c: char| matches!(c, '"' | '”' | '’' | '\'');
    let core = words.trim_end_matches(closing);
    let quotes = &words[core.len()..];
    let core = core.trim_end_matches([',', ';', ':', '—', '-', ' ']);
    capital(&format!("{core}{quotes}"))
}

/// With a capital at the start, where that is a letter.
fn capital(words: &str) -> String {
    let at = words.find(|c: char| !matches!(c, '"' | '“' | '‘' | '\'' | '(' | '['));
    let Some(first) = at.and_then(|at| words[at..].chars().next()) else { return words.to_owned() };
    let at = at.unwrap_or_default();
    format!("{}{}{}", &words[..at], first.to_uppercase(), &words[at + first.len_utf8()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_begins_small_within_a_sentence() {
        assert_eq!(within("A spokeswoman (Pier Post)"), "a spokeswoman (Pier Post)");
        assert_eq!(within("Ann Lee"), "Ann Lee");
    }

    #[test]
    fn words_become_a_sentence() {
        for (words, expected) in [
            ("that the pier was sold", "The pier was sold"),
            ("“The gates were open all night,”", "“The gates were open all night”"),
            ("“we sold it,” … “and gladly.”", "“We sold it,” … “and gladly.”"),
            ("élan was lost;", "Élan was lost"),
            ("", ""),
            ("”,", "”"),
        ] {
            assert_eq!(sentence(words), expected, "{words}");
        }
    }
}
