//! Revisions of a page: what a notice takes back in those before it, and what changed from one to the next.

use crate::LedgerError;
use crate::time::seconds;
use sayso_ledger::{ActKey, DocumentKey, Ledger};
use sayso_link::words::Wordings;
use sayso_link::{Withdrawal, own_words};
use sayso_record::{
    Act, ActId, ActKind, BlockKind, Document, DocumentId, Manner, Stance, Statement, StatementId, Subject,
};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// Two statements of one source whose words are at least this like (shared words by all words) are one that changed.
const ALIKE: f64 = 0.4;
/// Those of different sources must be this like: then it is the source that changed.
const ALIKE_BY_ANOTHER: f64 = 0.8;
/// So many pairs of statements are compared at most, so that a page made to be slow is not.
const COMPARED: usize = 250_000;

/// What a notice takes back, with the document that bears the notice.
pub(crate) type TakenBack<'a> = (Cow<'a, Document>, Vec<Withdrawal>);

/// What the notices of a page's revisions take back when one of them is read: of that revision, of those before it
/// where it bears the notice, and of itself where a later one does. Each with the document that bears the notice. What
/// the same words took back before is left out, and so is what is taken back already, so that a person who has lifted
/// it is not overruled, and reading a page once more says nothing new.
pub(crate) fn taken_back<'a>(
    ledger: &Ledger,
    document: &'a Document,
    statements: &[Statement],
    mut own: Vec<Withdrawal>,
    wordings: &Wordings,
) -> Result<Vec<TakenBack<'a>>, LedgerError> {
    let mut later = Vec::new();
    if let Some(url) = &document.url {
        let takes_back = !sayso_link::taking_back(document).is_empty();
        let others = match takes_back {
            true => ledger.revisions(url)?.into_iter().map(|(_, id)| id).collect(),
            false => ledger.revisions_with_notices(url)?,
        };
        let mut is_before = true;
        for id in others {
            if id == document.id {
                is_before = false;
                continue;
            }
            let Some(other) = ledger.document(id)? else { continue };
            if is_earlier(&other, document).unwrap_or(is_before) {
                let earlier = ledger.statements_in(id)?;
                own.extend(sayso_link::taken_back(&other, &earlier, document, wordings).withdrawn);
            } else {
                let taken_back = sayso_link::taken_back(document, statements, &other, wordings).withdrawn;
                later.push((Cow::Owned(other), taken_back));
            }
        }
    }
    let mut all = vec![(Cow::Borrowed(document), own)];
    all.extend(later);
    let mut taken: HashSet<StatementId> = HashSet::new();
    for (_, withdrawn) in &mut all {
        let mut new = Vec::new();
        for withdrawal in std::mem::take(withdrawn) {
            if !was_taken_back(ledger, &withdrawal)? && taken.insert(withdrawal.statement) {
                new.push(withdrawal);
            }
        }
        *withdrawn = new;
    }
    all.retain(|(_, withdrawn)| !withdrawn.is_empty());
    Ok(all)
}

/// Whether one revision came before another, by their own dates; none where these do not tell.
fn is_earlier(one: &Document, other: &Document) -> Option<bool> {
    let (one, other) = (changed(one)?, changed(other)?);
    (one != other).then_some(one < other)
}

/// When a page was last changed, as it says.
fn changed(document: &Document) -> Option<i64> {
    let stamp = document.modified.as_ref().or(document.published.as_ref())?;
    Some(seconds(&stamp.at))
}

/// Whether a notice in the same words took this statement back before, or anything takes it back now.
fn was_taken_back(ledger: &Ledger, withdrawal: &Withdrawal) -> Result<bool, LedgerError> {
    let acts = ledger.acts_on(&Subject::Statement(withdrawal.statement))?;
    let by_notice = |act: &Act| act.notice.is_some() && act.because == withdrawal.because;
    let last = acts.iter().rfind(|act| matches!(act.act, ActKind::Withdraw | ActKind::Restore));
    let is_back = match last {
        Some(act) if act.act == ActKind::Withdraw => ledger.acts_on(&Subject::Act(act.id))?.is_empty(),
        _ => false,
    };
    Ok(is_back || acts.iter().any(by_notice))
}

/// A revision of a page beside the one before it.
#[derive(Clone, Debug, Serialize)]
pub struct Revision {
    /// The one before.
    pub earlier: DocumentId,
    /// This one.
    pub later: DocumentId,
    /// How many statements are the same.
    pub kept: usize,
    /// Statements whose words, source or stance are not the same.
    pub changed: Vec<(Told, Told)>,
    /// Statements that are gone.
    pub removed: Vec<Told>,
    /// Statements that are new.
    pub added: Vec<Told>,
    /// Notices that the earlier one did not bear.
    pub new_notices: Vec<String>,
    /// Notices that are gone.
    pub gone_notices: Vec<String>,
}

/// A statement as it is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// The statement.
    pub statement: StatementId,
    /// Who says so.
    pub source: String,
    /// What.
    pub words: String,
    /// Whether it is given as somebody's own words, in quotation marks or set apart.
    pub quoted: bool,
}

impl Revision {
    /// What was changed or removed of quoted words while no notice of the page says so; a notice that is gone counts.
    pub fn is_silent(&self) -> bool {
        self.new_notices.is_empty() && (self.quoted().next().is_some() || !self.gone_notices.is_empty())
    }

    /// The quoted statements of the earlier revision that are not in the later one as they were.
    pub fn quoted(&self) -> impl Iterator<Item = &Told> {
        self.lost().filter(|told| told.quoted)
    }

    /// The statements of the earlier revision that are not in the later one as they were.
    pub fn lost(&self) -> impl Iterator<Item = &Told> {
        self.changed.iter().map(|(before, _)| before).chain(&self.removed)
    }

    /// Whether anything differs but the page's wording around its statements.
    pub fn differs(&self) -> bool {
        self.lost().next().is_some()
            || !self.added.is_empty()
            || !self.new_notices.is_empty()
            || !self.gone_notices.is_empty()
    }
}

/// A page with its statements, as one side of a comparison.
pub(crate) type Page = (Document, Vec<Statement>);

/// Compares a revision of a page with the one before it.
pub(crate) fn compare(earlier: &Page, later: &Page) -> Revision {
    let (before, after) = (Side::of(earlier), Side::of(later));
    let mut free: HashMap<Key, Vec<usize>> = HashMap::new();
    for at in (0..after.told.len()).rev() {
        free.entry(after.key(at)).or_default().push(at);
    }
    let mut taken = vec![false; after.told.len()];
    let (mut kept, mut left) = (0, Vec::new());
    for at in 0..before.told.len() {
        match free.get_mut(&before.key(at)).and_then(Vec::pop) {
            Some(same) => {
                taken[same] = true;
                kept += 1;
            }
            None => left.push(at),
        }
    }
    let rest: Vec<usize> = (0..taken.len()).filter(|&at| !taken[at]).collect();
    let mut pairs: Vec<(f64, usize, usize)> = left
        .iter()
        .flat_map(|&at| rest.iter().map(move |&other| (at, other)))
        .take(COMPARED)
        .filter_map(|(at, other)| Some((before.likeness(at, &after, other)?, at, other)))
        .collect();
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut changed_into: HashMap<usize, usize> = HashMap::new();
    for (_, at, other) in pairs {
        if !changed_into.contains_key(&at) && !taken[other] {
            changed_into.insert(at, other);
            taken[other] = true;
        }
    }
    let changed = |at: &usize| Some((before.told[*at].clone(), after.told[*changed_into.get(at)?].clone()));
    let gone = |at: &&usize| !changed_into.contains_key(*at);
    let (notices_before, notices_after) = (notices(&earlier.0), notices(&later.0));
    let less = |some: &[String], others: &[String]| -> Vec<String> {
        some.iter().filter(|notice| !others.contains(notice)).cloned().collect()
    };
    Revision {
        earlier: earlier.0.id,
        later: later.0.id,
        kept,
        changed: left.iter().filter_map(changed).collect(),
        removed: left.iter().filter(gone).map(|&at| before.told[at].clone()).collect(),
        added: (0..taken.len()).filter(|&at| !taken[at]).map(|at| after.told[at].clone()).collect(),
        new_notices: less(&notices_after, &notices_before),
        gone_notices: less(&notices_before, &notices_after),
    }
}

/// A statement as it is told.
pub(crate) fn told(document: &Document, statement: &Statement) -> Told {
    Told {
        statement: statement.id,
        source: statement.source.name.clone(),
        words: document.words(&statement.content),
        quoted: matches!(statement.manner, Manner::Direct | Manner::Mixed | Manner::BlockQuote),
    }
}

/// Puts the revisions of a page in order: by their own dates where they tell, else as they were read.
pub(crate) fn in_order(revisions: &mut [(DocumentKey, Page)]) {
    // Dates that are missing tell nothing, so that an order by pairs would be none: all dates count, or none does.
    let date = |(_, (document, _)): &(DocumentKey, Page)| changed(document);
    if revisions.iter().all(|revision| date(revision).is_some()) {
        revisions.sort_by_key(|revision| (date(revision), revision.0));
    }
}

/// The words of a page's notices.
pub(crate) fn notices(document: &Document) -> Vec<String> {
    let is_notice = |kind: &BlockKind| matches!(kind, BlockKind::Notice { .. });
    let blocks = document.blocks.iter().filter(|block| is_notice(&block.kind));
    blocks.map(|block| block.span.of(&document.text).trim().to_owned()).collect()
}

/// What makes two statements the same: source, stance, manner and words.
type Key<'a> = (&'a str, Stance, &'a [String]);

struct Side<'a> {
    statements: Vec<&'a Statement>,
    told: Vec<Told>,
    words: Vec<Vec<String>>,
    bags: Vec<HashSet<String>>,
}

impl<'a> Side<'a> {
    fn of((document, statements): &'a Page) -> Side<'a> {
        // What notices say of the page is no part of what the page says.
        let own: HashSet<StatementId> =
            own_words(document, statements).map(|statement| statement.id).collect();
        let is_told =
            |statement: &&Statement| own.contains(&statement.id) || statement.manner != Manner::OwnVoice;
        let statements: Vec<&Statement> = statements.iter().filter(is_told).collect();
        let told: Vec<Told> = statements.iter().map(|statement| told(document, statement)).collect();
        let words: Vec<Vec<String>> = told.iter().map(|told| bare(&told.words)).collect();
        let bags = words.iter().map(|words| words.iter().cloned().collect()).collect();
        Side { statements, told, words, bags }
    }

    fn key(&self, at: usize) -> Key<'_> {
        (&self.told[at].source, self.statements[at].stance, &self.words[at])
    }

    /// How like two statements are, 0 to 1, where they may be one that changed.
    fn likeness(&self, at: usize, other: &Side, there: usize) -> Option<f64> {
        let (mine, theirs) = (&self.bags[at], &other.bags[there]);
        let shared = mine.intersection(theirs).count();
        let all = mine.len() + theirs.len() - shared;
        let likeness = shared as f64 / all.max(1) as f64;
        let same_source = self.told[at].source == other.told[there].source;
        let least = if same_source { ALIKE } else { ALIKE_BY_ANOTHER };
        (likeness >= least).then_some(likeness)
    }
}

/// Words without case and without the marks around them, so that a comma that moved is no change.
fn bare(words: &str) -> Vec<String> {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    words.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect()
}

/// Takes back what the notices of a page take back; gives the last of the acts.
pub(crate) fn take_back(
    ledger: &Ledger,
    noticed: &Document,
    withdrawn: &[Withdrawal],
    at: &str,
) -> Result<Option<ActKey>, LedgerError> {
    let by = noticed.bylines.first().or(noticed.site.as_ref()).or(noticed.url.as_ref());
    let mut last = None;
    for withdrawal in withdrawn {
        let act = Act {
            id: ActId::default(),
            previous: None,
            act: ActKind::Withdraw,
            on: Subject::Statement(withdrawal.statement),
            with: None,
            by: by.cloned().unwrap_or_else(|| "the page".to_owned()),
            because: withdrawal.because.clone(),
            at: at.to_owned(),
            published: withdrawal.published.clone(),
            notice: Some(noticed.id),
        };
        last = Some(ledger.log(act)?.0);
    }
    Ok(last)
}
