//! `sayso ask`: a question answered from what the pages say, then the claims that match its words.

use super::asking::{Standings, When, Which, ready, say_how_found, say_notes};
use crate::account::{self, ClaimDetail};
use crate::failure::{Done, Ended, Failure};
use crate::session::Session;
use crate::{harmless, ledger};
use sayso::{Question, Reply};

/// Ask who says so: the answer to a question, then the claims that match its words
///
/// A sentence or a question ("Did the council sell the pier?") is answered from what the pages say, sentence by sentence:
/// who says so, who says otherwise, how many independent origins that is, and what may speak of it and does not count.
/// Where nobody says so, that is the answer. "Who says that ...", "who denies that ..." and "what is the evidence that ..."
/// ask the same of what follows. "What does Marwick say about the pier?" lists what she says; a name shows who that is. What
/// can be answered in more than one way ("when ...", "who sold ...") gets what may answer it, and nothing is weighed. Words
/// that are no sentence are only looked for among the claims.
///
/// Claims with all the words come first and alone; where there are none, those with some of them. "Words in quotation
/// marks" must stand side by side, and a word with a minus before it must not be there: sayso ask 'barrels -empty'.
#[derive(Debug, clap::Args)]
pub(crate) struct Ask {
    /// The words to look for
    #[arg(required = true)]
    words: Vec<String>,
    /// Look for claims alone, and leave out the answer, for which every sentence that comes near is judged
    #[arg(long)]
    quick: bool,
    /// At most so many claims
    #[arg(long, value_name = "COUNT", default_value_t = 10)]
    limit: usize,
    #[command(flatten)]
    when: When,
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    standings: Standings,
}

impl Ask {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let words = self.words.join(" ");
        let question = Question {
            words: words.clone(),
            filters: self.which.parse()?,
            standings: self.standings.wanted(),
            as_of: self.when.parse()?,
            limit: self.limit,
        };
        let mut desk = ledger::open(session)?;
        ready(session, &mut desk, false)?;
        let answered = if self.quick { None } else { desk.reply(&question).map_err(ledger::failed)? };
        let asked = desk.ask(&question).map_err(ledger::failed)?;
        say_notes(session, &mut desk);
        if let Some(answer) = &answered {
            match session.json() {
                true => session.print_json(answer)?,
                false => session.print(&format!("{}\n", account::reply(answer, session.columns())))?,
            }
        }
        if answered.is_some() && !session.json() && !asked.found.is_empty() {
            session.print("Claims that hold these words:\n\n")?;
        }
        for claim in &asked.found {
            if session.json() {
                session.print_json(claim)?;
            } else {
                session
                    .print(&format!("{}\n", account::claim(claim, ClaimDetail::Some, session.columns())))?;
            }
        }
        session.flush()?;
        let is_answered = answered.is_some_and(|reply| match reply {
            Reply::Answer(answer) | Reply::MayAnswer(answer) => !answer.is_nobody(),
            Reply::Sayings(_) | Reply::Source(_) => true,
        });
        if asked.found.is_empty() && is_answered {
            return Ok(Done::Whole);
        }
        if asked.found.is_empty() {
            let what = format!("no claim matches {:?}{}", harmless::line(&words), self.when.by_then());
            let hint =
                "other words or fewer filters may help; `sayso search --documents` looks through whole pages";
            return Err(Failure::from(anyhow::anyhow!("{what}")).hint(hint));
        }
        say_how_found(session, &words, asked.found.len(), asked.all_words, asked.more);
        Ok(Done::Whole)
    }
}
