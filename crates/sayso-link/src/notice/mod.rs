//! What a notice takes back: those of the page's own sentences that it speaks of, and no others.
//!
//! A notice that retracts the whole page takes back all of the page's own words. Any other says what was wrong
//! ("the claims concerning X", "we incorrectly reported that X"), and takes back the sentences that say so
//! (`matter`), those that cannot be understood without them ("Most of this is done by ..."), and what the page
//! concludes from the words of a source that its notice no longer trusts. What only may be meant is for a person.

mod depends;
mod likeness;
mod matter;

use crate::chain::{own_words, taking_back};
use crate::linker::Withdrawal;
use crate::words::Wordings;
use depends::{concluded, follows};
use likeness::{Concept, Meant, concepts, meant, repeats};
use matter::{Matter, Taken, taken};
use sayso_record::{BlockKind, Document, Statement, StatementId};

/// So many sentences are put before a person at most where a notice does not say what was wrong.
const UNSAID: usize = 12;
/// How sure it is that a sentence is meant where the notice does not say what was wrong.
const SURE_OF_UNSAID: f32 = 0.3;
/// How sure it is that a sentence is meant that shares only a part of the matter.
const SURE_OF_POSSIBLE: f32 = 0.5;

/// What the notices of a page take back.
#[derive(Clone, Debug, Default)]
pub struct TakenBack {
    /// What they take back for certain.
    pub withdrawn: Vec<Withdrawal>,
    /// What they may take back: a person decides.
    pub possible: Vec<PossibleWithdrawal>,
}

/// A statement that a notice may take back.
#[derive(Clone, Debug, PartialEq)]
pub struct PossibleWithdrawal {
    /// The statement.
    pub statement: StatementId,
    /// The words of the notice that may speak of it.
    pub because: String,
    /// How sure we are, 0 to 1.
    pub confidence: f32,
}

/// What the notices of a page take back of its own words: those of one revision of it, or of another that came before.
pub fn taken_back(
    page: &Document,
    statements: &[Statement],
    noticed: &Document,
    wordings: &Wordings,
) -> TakenBack {
    let own: Vec<&Statement> = own_words(page, statements).collect();
    let mut back = TakenBack::default();
    for notice in taking_back(noticed) {
        let spoken = SpokenOf::of(page, statements, &own, noticed, notice, wordings);
        let block = &noticed.blocks[notice];
        let words = block.span.of(&noticed.text).trim();
        let date = match &block.kind {
            BlockKind::Notice { date, .. } => date.clone(),
            _ => None,
        };
        let published = date.or_else(|| noticed.modified.clone()).map(|stamp| stamp.at);
        for (statement, meant) in own.iter().zip(spoken.0) {
            let is_new = back.withdrawn.iter().all(|one| one.statement != statement.id);
            match meant {
                Some(Spoken::Surely) if is_new => back.withdrawn.push(Withdrawal {
                    statement: statement.id,
                    because: words.to_owned(),
                    published: published.clone(),
                }),
                Some(Spoken::Perhaps(because, confidence)) if is_new => {
                    back.possible.push(PossibleWithdrawal { statement: statement.id, because, confidence });
                }
                _ => {}
            }
        }
    }
    back.possible.retain(|one| back.withdrawn.iter().all(|sure| sure.statement != one.statement));
    back.possible.dedup_by_key(|one| one.statement);
    back
}

/// Whether a notice speaks of a sentence.
#[derive(Clone, Debug)]
enum Spoken {
    Surely,
    /// With the words that may speak of it, and how sure that is.
    Perhaps(String, f32),
}

/// For each of a page's own statements whether a notice speaks of it.
struct SpokenOf(Vec<Option<Spoken>>);

impl SpokenOf {
    fn of(
        page: &Document,
        statements: &[Statement],
        own: &[&Statement],
        noticed: &Document,
        notice: usize,
        wordings: &Wordings,
    ) -> SpokenOf {
        let (matters, lost) = match taken(noticed, notice) {
            Taken::Whole => return SpokenOf(vec![Some(Spoken::Surely); own.len()]),
            Taken::Unsaid(sentence) => return SpokenOf::unsaid(own, &sentence),
            Taken::Matters { matters, lost_faith } => (matters, lost_faith),
        };
        let is_same_revision = page.id == noticed.id;
        let matters: Vec<(Matter, Vec<Concept>)> = matters
            .into_iter()
            .map(|matter| {
                let concepts = concepts(&matter.words, wordings);
                (matter, concepts)
            })
            .filter(|(_, concepts)| !concepts.is_empty())
            .collect();
        let words: Vec<String> = own.iter().map(|one| page.words(&one.content)).collect();
        let mut spoken: Vec<Option<Spoken>> =
            words.iter().map(|words| spoken_of(words, &matters, is_same_revision, wordings)).collect();
        for sentence in &lost {
            for at in concluded(page, statements, own, sentence, wordings) {
                spoken[at] = Some(Spoken::Surely);
            }
        }
        for at in 1..own.len() {
            let (before, here) = (&spoken[at - 1], &spoken[at]);
            let (Some(before), None | Some(Spoken::Perhaps(..))) = (before, here) else { continue };
            if follows(page, own[at - 1], own[at], &matters, wordings) {
                spoken[at] = Some(before.clone());
            }
        }
        // What it says was wrong is none of what stands here: a person decides, as where it does not say.
        if is_same_revision && spoken.iter().all(Option::is_none) && lost.is_empty() {
            return SpokenOf::unsaid(own, noticed.blocks[notice].span.of(&noticed.text).trim());
        }
        SpokenOf(spoken)
    }

    /// Where a notice says that something was wrong, and not what.
    fn unsaid(own: &[&Statement], sentence: &str) -> SpokenOf {
        let perhaps = |at: usize| {
            (at < UNSAID && !sentence.is_empty())
                .then(|| Spoken::Perhaps(sentence.to_owned(), SURE_OF_UNSAID))
        };
        SpokenOf((0..own.len()).map(perhaps).collect())
    }
}

/// Whether any matter of a notice is said in a sentence.
fn spoken_of(
    words: &str,
    matters: &[(Matter, Vec<Concept>)],
    is_same_revision: bool,
    wordings: &Wordings,
) -> Option<Spoken> {
    let own = concepts(words, wordings);
    let mut perhaps = None;
    for (matter, concepts) in matters {
        let differ = (wordings.of(words).negators() > 0) != (wordings.of(&matter.words).negators() > 0);
        // A page that was put right has the right words now, which speak of the same; the very words that were wrong are
        // still wrong.
        let is_put_right = is_same_revision && matter.put_right && !repeats(concepts, &own);
        match meant(concepts, &own) {
            Meant::Surely if !differ && !is_put_right && !matter.learnt => return Some(Spoken::Surely),
            Meant::Surely | Meant::Perhaps if !is_put_right => {
                perhaps.get_or_insert_with(|| Spoken::Perhaps(matter.sentence.clone(), SURE_OF_POSSIBLE));
            }
            _ => {}
        }
    }
    perhaps
}
