//! `sayso check`: what the pages that a page cites have to say of what they are cited for.

use super::deed::{is_id, subject};
use crate::account;
use crate::failure::{Done, Ended, Failure};
use crate::fetch::{self, Fetcher, Permissions};
use crate::session::Session;
use crate::{harmless, ledger};
use sayso::report::checked;
use sayso::{AtHand, CAP_BYTES, Citing, Desk, FetchPage, Input, LeftOut, Markup, Sort};
use sayso_record::Subject;
use std::ffi::{OsStr, OsString};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use url::Url;

/// Check whether the pages that a page cites say what they are cited for
///
/// Finds every citation of a page (links, footnotes, reference lists; in HTML, wikitext and Markdown), the sentence or
/// clause that it is there for, and the cited page: among those given with --pages, in the ledger, or, with --fetch, at its
/// address. Copies in web archives count as the page. Of each citation it says whether the cited page says it, says part of
/// it, says otherwise, has it only as another's words, or does not have it, with the passage word for word and how likely
/// it is that the page says it; then on how many origins all of it rests, and which cited pages were corrected since.
///
/// It never says what is true, and it may err: read the passages. What is not sure is called possible.
#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    /// A file, an address, the id of a document of the ledger, or - for standard input
    #[arg(value_name = "PAGE")]
    page: OsString,
    /// Look for cited pages in this folder, file or web archive (WARC, WACZ) first
    #[arg(long, value_name = "FOLDER|ARCHIVE")]
    pages: Vec<PathBuf>,
    /// Fetch the cited pages that are not at hand, under the rules of `sayso read`
    #[arg(long)]
    fetch: bool,
    /// How the page is written, where neither its name nor its words tell
    #[arg(long, value_enum)]
    markup: Option<MarkupName>,
    /// Exit with 1 unless every cited page surely says what it is cited for
    #[arg(long)]
    strict: bool,
    /// Print a report of this kind, and not an account for a terminal
    #[arg(long, value_enum, conflicts_with = "json", value_name = "KIND")]
    report: Option<ReportKind>,
    /// Fetch also from this machine and from private networks
    #[arg(long)]
    allow_private: bool,
    /// Fetch also what a site's robots.txt asks programs not to read
    #[arg(long)]
    ignore_robots: bool,
}

/// How a page is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum MarkupName {
    /// HTML
    Html,
    /// The source text of a wiki page
    Wikitext,
    /// Markdown
    Markdown,
}

/// What a report is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum ReportKind {
    /// A page to look at, with each sentence beside the passage; it needs no network and no script
    Html,
    /// A table for the talk page of a wiki
    Wikitext,
    /// Markdown
    Markdown,
}

impl From<MarkupName> for Markup {
    fn from(name: MarkupName) -> Markup {
        match name {
            MarkupName::Html => Markup::Html,
            MarkupName::Wikitext => Markup::Wikitext,
            MarkupName::Markdown => Markup::Markdown,
        }
    }
}

impl Check {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        // Pages can be checked without a ledger; one that is named must be there.
        let has_ledger = session.named_ledger().is_some() || session.ledger().exists();
        let mut desk = if has_ledger { ledger::open(session)? } else { Desk::without_ledger() };
        let mut at_hand = AtHand::default();
        let inputs = sayso::intake(&self.pages).inputs;
        Desk::without_ledger().read(inputs, &mut at_hand).map_err(ledger::failed)?;
        let permissions = Permissions { private: self.allow_private, against_robots: self.ignore_robots };
        let mut fetcher = Fetcher::new(permissions);
        let citing = self.citing(&desk, &mut fetcher)?;
        let says_what = session.shows_progress();
        let mut ask = |address: &str| {
            if says_what {
                session.say(&format!("fetching {}", harmless::line(address)));
            }
            fetched(&mut fetcher, address)
        };
        let fetch: FetchPage<'_> = if self.fetch { Some(&mut ask) } else { None };
        let checked_page = desk.check(&citing, &at_hand, fetch).map_err(ledger::failed)?;
        match self.report {
            _ if session.json() => session.print_json(&checked_page)?,
            Some(ReportKind::Html) => session.print(&checked::page(&checked_page))?,
            Some(ReportKind::Wikitext) => session.print(&checked::wikitext(&checked_page))?,
            Some(ReportKind::Markdown) => session.print(&checked::markdown(&checked_page))?,
            None => session.print(&account::check(&checked_page, session.columns()))?,
        }
        session.flush()?;
        if checked_page.citations.is_empty() {
            session.say("the page cites nothing that could be found");
        }
        Ok(if self.strict && !checked_page.holds() { Done::Part } else { Done::Whole })
    }

    fn citing(&self, desk: &Desk, fetcher: &mut Fetcher) -> Result<Citing, Failure> {
        let shown = harmless::line(&self.page.to_string_lossy());
        let input = match self.page.to_str() {
            Some("-") => standard_input()?,
            Some(address) if address.starts_with("http://") || address.starts_with("https://") => {
                fetched(fetcher, address)
            }
            Some(id) if !Path::new(id).exists() && is_id(id) => return document(desk, id),
            _ => Input::file(&self.page),
        };
        let markup = self.markup.map(Markup::from).or_else(|| by_name(&self.page));
        desk.citing(input, markup).map_err(|why| Failure::from(anyhow::anyhow!("{shown}: {why}")))
    }
}

fn document(desk: &Desk, id: &str) -> Result<Citing, Failure> {
    let gone = || Failure::from(anyhow::anyhow!("{} cannot be found", harmless::line(id)));
    let Subject::Document(found) = subject(desk, (id, &[Sort::Document]))? else { return Err(gone()) };
    let record = desk.document(found).map_err(ledger::failed)?.ok_or_else(gone)?;
    Ok(desk.citing_of(record.document))
}

fn fetched(fetcher: &mut Fetcher, address: &str) -> Input {
    let refused = |why: String| Input::refused(address, LeftOut::Unreadable(why));
    match Url::parse(address) {
        Ok(url) => match fetch::may_be_asked(&url) {
            Ok(()) => fetcher.fetch(&url),
            Err(why) => refused(why.to_owned()),
        },
        Err(error) => refused(format!("it is no address: {error}")),
    }
}

fn standard_input() -> Result<Input, Failure> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(CAP_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(Input::bytes("standard input", bytes))
}

/// What a file's name tells of how it is written.
fn by_name(name: &OsStr) -> Option<Markup> {
    let ending = Path::new(name).extension()?.to_str()?.to_lowercase();
    match ending.as_str() {
        "html" | "htm" | "xhtml" | "shtml" => Some(Markup::Html),
        "md" | "markdown" => Some(Markup::Markdown),
        "wiki" | "wikitext" | "mediawiki" => Some(Markup::Wikitext),
        _ => None,
    }
}
