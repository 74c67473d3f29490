//! A question answered from statements: who says so, who says otherwise, on how many independent origins, and whether it
//! stands. Nothing here looks at claims; the judge decides anew which sentences speak to what is asked.

mod reasons;
mod sentence;
mod sources;
mod weigh;

use crate::questions::claim::{PageOf, Speaker};
use crate::questions::understood::Asks;
use crate::search::Filters;
use crate::time::AsOf;
use crate::{Desk, LedgerError};
use sayso_ledger::{DocumentKey, Ledger};
use sayso_link::Page;
use sayso_link::questions::{Bars, Side, Spoken, spoken};
use sayso_record::{Span, StatementId};
use sayso_weigh::{Standing, Truth};
use serde::Serialize;
use std::collections::HashMap;

/// So many pages are gone through for an answer at most, those first that hold most of the question's words.
pub(crate) const PAGES: usize = 40;

/// The answer to a question.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// What was asked.
    pub question: String,
    /// The answer in a sentence or two.
    pub sentence: String,
    /// What is left of it, by what counts.
    pub standing: Standing,
    /// What would be left of it if all that is possible were so, where that is something else.
    pub possible_standing: Option<Standing>,
    /// Whether somebody who says so stands.
    pub pro: Truth,
    /// Whether somebody who says that it is not so stands.
    pub con: Truth,
    /// How many independent origins stand for it: at least, at most.
    pub independence_for: (u32, u32),
    /// The same for what stands against it.
    pub independence_against: (u32, u32),
    /// Who says so at the ends of the chains.
    pub origins_for: Vec<Speaker>,
    /// Who says that it is not so.
    pub origins_against: Vec<Speaker>,
    /// The sentences that say so.
    pub says: Vec<AnswerLine>,
    /// The sentences that say that it is not so.
    pub denies: Vec<AnswerLine>,
    /// The sentences that are not sure of it.
    pub doubts: Vec<AnswerLine>,
    /// What may say or deny it too, and has no weight.
    pub possible: Vec<AnswerLine>,
    /// The reasons that the pages give for what they say of it.
    pub reasons: Vec<Reason>,
    /// The accounts that they put aside for others.
    pub rivals: Vec<RivalAccounts>,
}

/// A reason that a page gives, by the words that make it one.
#[derive(Clone, Debug, Serialize)]
pub struct Reason {
    /// What kind it is: document, object, observation, figure, inference, or assertion where it is somebody's word alone.
    pub kind: &'static str,
    /// The reason.
    pub words: String,
    /// The words that make it of this kind, or else those that make it a reason.
    pub cue: String,
    /// Its place in the page's text.
    pub span: Span,
    /// The sentence for which it is given; the reason itself where that says how its speaker knows.
    pub given_for: String,
    /// Whether that sentence is for what is asked.
    pub for_it: bool,
    /// Whose sentence it is.
    pub source: Speaker,
    /// Where it stands.
    pub page: PageOf,
}

/// Two accounts, one of which a page puts aside for the other.
#[derive(Clone, Debug, Serialize)]
pub struct RivalAccounts {
    /// The account that is put forward.
    pub put_forward: String,
    /// The account that is put aside.
    pub put_aside: String,
    /// The words that set the two against each other.
    pub cue: String,
    /// Whose sentence it is.
    pub source: Speaker,
    /// Where it stands.
    pub page: PageOf,
}

/// A sentence that speaks to a question.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerLine {
    /// Where it stands.
    pub page: PageOf,
    /// The sentence.
    pub words: String,
    /// Its place in the page's text.
    pub span: Span,
    /// The statement that carries it; none where the page says so in its own voice.
    pub statement: Option<StatementId>,
    /// Who says so; the outlet where the page says so in its own voice.
    pub source: Speaker,
    /// Whether the page says so in its own voice.
    pub own_voice: bool,
    /// Who passed it on, nearest to the source first; the page itself is not listed.
    pub via: Vec<Speaker>,
    /// Whether it is for what is asked; none where it only doubts.
    pub for_it: Option<bool>,
    /// How sure the judge is, 0 to 1.
    pub confidence: f32,
    /// Whether the page's report of it stands.
    pub stands: Truth,
}

impl Desk {
    /// Answers a question, which may be put as a sentence. What nobody speaks of has an answer without lines. One that asks
    /// for more than whether something is so ("when ...") is answered by what the judge takes for answers to it.
    pub fn answer(&mut self, question: &str, as_of: AsOf) -> Result<Answer, LedgerError> {
        let mut answer = Answer::nobody(question);
        let Some(decisions) = self.decisions(as_of)? else { return Ok(answer) };
        let reader = &self.reader;
        let proposition = match Asks::of(question, |words| reader.is_clause(words)) {
            Some(Asks::Whether { proposition }) => proposition,
            _ => question.to_owned(),
        };
        let models = self.link_by.models();
        let until = Some(as_of.published_by).filter(|by| *by < i64::MAX);
        let filters = Filters { until, ..Filters::default() };
        let keys = self.documents_with_most_of(&proposition, &filters, PAGES)?;
        let Some(ledger) = &self.ledger else { return Ok(answer) };
        let pages = pages(ledger, keys, as_of)?;
        let mut spoken = spoken(models, &Bars::default(), &proposition, &pages);
        // What a person said was read wrongly says nothing.
        spoken.retain(|one| {
            one.statement.is_none_or(|at| !decisions.misread.contains(&pages[one.page].statements[at].id))
        });
        weigh::weigh(ledger, &decisions, &pages, &spoken, as_of, &mut answer)?;
        reasons::add(models, &proposition, &pages, &spoken, &mut answer);
        answer.sentence = sentence::sentence(&answer);
        Ok(answer)
    }
}

impl Answer {
    fn nobody(question: &str) -> Answer {
        let mut answer = Answer {
            question: question.to_owned(),
            sentence: String::new(),
            standing: Standing::Unsourced,
            possible_standing: None,
            pro: Truth::False,
            con: Truth::False,
            independence_for: (0, 0),
            independence_against: (0, 0),
            origins_for: Vec::new(),
            origins_against: Vec::new(),
            says: Vec::new(),
            denies: Vec::new(),
            doubts: Vec::new(),
            possible: Vec::new(),
            reasons: Vec::new(),
            rivals: Vec::new(),
        };
        answer.sentence = sentence::sentence(&answer);
        answer
    }

    /// Puts a line where it belongs.
    fn add(&mut self, spoken: &Spoken, line: AnswerLine) {
        let lines = match (spoken.counts, spoken.side) {
            (false, _) => &mut self.possible,
            (true, Side::For) => &mut self.says,
            (true, Side::Against) => &mut self.denies,
            (true, Side::Doubts) => &mut self.doubts,
        };
        lines.push(line);
    }

    /// Its standing in a word; "nobody" where nobody says or denies it.
    pub fn in_a_word(&self) -> &'static str {
        if self.is_nobody() { "nobody" } else { self.standing.name() }
    }

    /// What the possible sentences would make of it, where somebody says or denies it and that is something else.
    pub fn possibly(&self) -> Option<Standing> {
        self.possible_standing.filter(|_| !self.is_nobody())
    }

    /// The sentences by what they do, under their headings; denials are shown as what they deny is.
    pub fn sides(&self) -> [(&'static str, &[AnswerLine]); 4] {
        [
            ("Says so", &self.says),
            ("Says otherwise", &self.denies),
            ("Not sure", &self.doubts),
            ("May speak of it (does not count)", &self.possible),
        ]
    }

    /// All of its sentences without regard to their sides, the surest first.
    pub fn lines(&self) -> Vec<&AnswerLine> {
        let mut lines: Vec<&AnswerLine> = self.sides().into_iter().flat_map(|(_, lines)| lines).collect();
        lines.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
        lines
    }

    /// What is said of it in place of a standing where it is the answer to a question that is not whether something is so.
    pub fn not_weighed(&self) -> &'static str {
        if self.sides().iter().all(|(_, lines)| lines.is_empty()) {
            return "Nothing in this ledger seems to answer it.";
        }
        "This asks for more than whether something is so, and each of these may answer it otherwise: nothing is weighed. \
         Ask whether one of them is so."
    }

    /// Whether nobody in the ledger says or denies it, as far as is sure.
    pub fn is_nobody(&self) -> bool {
        self.says.is_empty() && self.denies.is_empty()
    }
}

/// The pages by their keys, the newest revision of each, as they were known by the time.
fn pages(ledger: &Ledger, mut keys: Vec<DocumentKey>, as_of: AsOf) -> Result<Vec<Page>, LedgerError> {
    keys.sort_unstable();
    let mut pages: Vec<Page> = Vec::new();
    let mut by_address: HashMap<String, usize> = HashMap::new();
    for key in keys {
        let Some((document, statements, _)) = ledger.page(key)? else { continue };
        let was_known =
            |at: &str| sayso_weigh::first_second(at).is_none_or(|second| second <= as_of.known_by);
        let first = ledger.readings_of(document.id)?;
        if ledger.taken_down(document.id)?.is_some()
            || first.first().is_some_and(|first| !was_known(&first.read_at))
        {
            continue;
        }
        let page = Page { document, statements, claims: Vec::new() };
        let address = page.document.url.clone();
        match address.as_ref().and_then(|address| by_address.get(address)) {
            Some(&at) => pages[at] = page,
            None => {
                by_address.extend(address.map(|address| (address, pages.len())));
                pages.push(page);
            }
        }
    }
    Ok(pages)
}
