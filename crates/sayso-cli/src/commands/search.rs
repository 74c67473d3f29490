//! `sayso search`: statements and documents by their words.

use super::asking::{Standings, When, Which, ready, say_how_found, say_notes};
use crate::account::{self, FAINT, TITLE, wrapped};
use crate::failure::{Done, Ended, Failure};
use crate::session::Session;
use crate::{harmless, ledger};
use sayso::{FoundDocument, Question};

/// Search the statements, or with --documents whole pages, the best match first
///
/// What has all the words comes first and alone; where nothing has, what has some of them. "Words in quotation marks"
/// must stand side by side, and a word with a minus before it must not be there: sayso search 'barrels -empty'. Without
/// words, everything that the filters let through is found.
#[derive(Debug, clap::Args)]
pub(crate) struct Search {
    /// The words to look for
    words: Vec<String>,
    /// Search whole pages, titles first
    #[arg(long)]
    documents: bool,
    /// At most so many
    #[arg(long, value_name = "COUNT", default_value_t = 20)]
    limit: usize,
    #[command(flatten)]
    when: When,
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    standings: Standings,
}

impl Search {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let words = self.words.join(" ");
        let question = Question {
            words: words.clone(),
            filters: self.which.parse()?,
            standings: self.standings.wanted(),
            as_of: self.when.parse()?,
            limit: self.limit,
        };
        if self.documents && !question.standings.is_empty() {
            return Err(
                Failure::usage("documents have no standing").hint("leave out --documents, or the standings")
            );
        }
        let mut desk = ledger::open(session)?;
        ready(session, &mut desk, false)?;
        let (found, all_words, more) = if self.documents {
            let found = desk.search_documents(&question).map_err(ledger::failed)?;
            for document in &found.found {
                if session.json() {
                    session.print_json(document)?;
                } else {
                    session.print(&document_in_words(document, session.columns()))?;
                }
            }
            (found.found.len(), found.all_words, found.more)
        } else {
            let found = desk.search_statements(&question).map_err(ledger::failed)?;
            for statement in &found.found {
                if session.json() {
                    session.print_json(statement)?;
                } else {
                    session.print(&account::found(statement, session.columns()))?;
                }
            }
            (found.found.len(), found.all_words, found.more)
        };
        say_notes(session, &mut desk);
        session.flush()?;
        if found == 0 {
            let what = format!("nothing matches{}", self.when.by_then());
            return Err(
                Failure::from(anyhow::anyhow!("{what}")).hint("other words or fewer filters may help")
            );
        }
        say_how_found(session, &words, found, all_words, more);
        Ok(Done::Whole)
    }
}

fn document_in_words(found: &FoundDocument, columns: usize) -> String {
    let title = found.page.title.as_deref().map_or_else(|| "(no title)".to_owned(), harmless::line);
    let title = wrapped(&title, "", columns);
    let count = match found.statements {
        1 => "1 statement".to_owned(),
        count => format!("{count} statements"),
    };
    let facts = [account::outlet_and_date(&found.page), count, format!("document {}", found.page.id.short())];
    format!("{TITLE}{}{TITLE:#}\n  {FAINT}{}{FAINT:#}\n\n", title.trim_end(), facts.join(" · "))
}
