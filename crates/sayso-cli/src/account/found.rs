//! A statement that was found by its words.

use super::answer::{page_in_words, speakers};
use super::said::wrapped;
use super::{FAINT, SOURCE, STANCE};
use crate::harmless;
use sayso::FoundStatement;
use sayso_record::Stance;

/// A statement with its chain, its stance and its place, and what it says of which claim.
pub(crate) fn found(found: &FoundStatement, columns: usize) -> String {
    let stance = match found.stance {
        Stance::Asserts => String::new(),
        stance => format!(" {STANCE}[{}]{STANCE:#}", stance.verb()),
    };
    let mut facts = vec![page_in_words(&found.page), format!("statement {}", found.id.short())];
    if let (Some((claim, for_it)), Some(standing)) = (found.claim, found.standing) {
        let side = if for_it { "for" } else { "against" };
        facts.push(format!("{side} claim {}, {standing}", claim.short()));
    }
    let chain = speakers(&found.chain);
    let facts = wrapped(&facts.join(" · "), "    ", columns);
    format!(
        "{SOURCE}{chain}{SOURCE:#}{stance}\n{}{FAINT}{}{FAINT:#}\n\n",
        wrapped(&harmless::line(&found.words), "    ", columns),
        facts.trim_end_matches('\n')
    )
}
