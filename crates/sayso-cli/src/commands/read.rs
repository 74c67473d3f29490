//! `sayso read`: pages into the ledger, and an account of them on standard output.

use super::kept;
use super::listed::{Found, Sheet};
use crate::account::{self, JsonDocument, Layout};
use crate::failure::{Done, Ended, Failure};
use crate::fetch::{self, Fetcher, Permissions};
use crate::progress::Progress;
use crate::reader::ReaderChoice;
use crate::sentences::SentenceChoice;
use crate::session::Session;
use crate::{harmless, ledger};
use clap::builder::{OsStringValueParser, TypedValueParser as _};
use sayso::{CAP_BYTES, Desk, Details, Fate, Input, LedgerError, LeftOut, Outcome, Report, Tally, Watch};
use serde::Serialize;
use std::ffi::OsString;
use std::io::{self, Read as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use url::Url;

/// Read pages and print who says what in them, on whose word
///
/// Reads HTML, plain text, PDF, web archives (WARC), feeds (RSS, Atom, JSON) and JSON lines, packed with gzip or not.
/// A folder is read with everything below it that is called .html, .htm, .xhtml, .shtml, .txt, .text, .pdf, .warc,
/// .rss, .atom, .xml, .jsonl or .ndjson, with or without .gz; a file that is named itself is read whatever it is
/// called. Links in a folder are followed within it, and out of it only with --follow. Each page is kept in the ledger; reading the same page again adds nothing.
///
/// An address (https://... or http://...) is fetched; nothing else ever is. Hosts are asked for one page at a time, a
/// second apart or as far apart as they ask; robots.txt is honoured; addresses of this machine and of private networks
/// are refused, also where a public one leads on to them. No proxy is used.
///
/// What cannot be read is left out, said at the end, and makes the exit code 1; the rest is read.
#[derive(Debug, clap::Args)]
pub(crate) struct Read {
    /// Files, folders and addresses; - is standard input
    #[arg(
        required_unless_present = "list",
        value_name = "PATH|ADDRESS",
        value_parser = OsStringValueParser::new().try_map(place),
    )]
    places: Vec<Place>,
    /// Read also what the lines of a sheet name: CSV whose first line has a column path or url, and where they are known title,
    /// outlet, author, published and language. A path counts from the folder of the sheet
    #[arg(long, value_name = "FILE")]
    list: Option<PathBuf>,
    /// Write the sheet again, with the id, title, date and statements of each page and what was wrong
    #[arg(long, value_name = "FILE", requires = "list")]
    list_out: Option<PathBuf>,
    #[command(flatten)]
    reader: ReaderChoice,
    #[command(flatten)]
    sentences: SentenceChoice,
    /// Print also what pages and commenters say in their own voice
    #[arg(long)]
    own_voice: bool,
    /// Print what would be found, and leave the ledger alone
    #[arg(long)]
    dry_run: bool,
    /// Follow also links that lead out of a folder
    #[arg(long)]
    follow: bool,
    /// Fetch also from this machine and from private networks
    #[arg(long)]
    allow_private: bool,
    /// Fetch also what a site's robots.txt asks programs not to read
    #[arg(long)]
    ignore_robots: bool,
    #[command(flatten)]
    told: Told,
}

/// What is told of a page, in the place of what it says of itself.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Told of the page")]
struct Told {
    /// Its title; for one page
    #[arg(long)]
    title: Option<String>,
    /// The outlet that published it; for all that is read
    #[arg(long)]
    outlet: Option<String>,
    /// Who wrote it; several with ; between
    #[arg(long)]
    author: Option<String>,
    /// When it was published, as 2019-06-04 or 2019-06-04T17:05:00+01:00
    #[arg(long, value_name = "DATE", value_parser = date)]
    published: Option<String>,
    /// Its language, as en
    #[arg(long)]
    language: Option<String>,
}

fn date(text: &str) -> Result<String, String> {
    if Details::is_date(text) { Ok(text.to_owned()) } else { Err("it is no date".to_owned()) }
}

impl Told {
    fn details(self) -> Details {
        let Told { title, outlet, author, published, language } = self;
        let authors = author.as_deref().map(Details::authors_of).unwrap_or_default();
        Details { title, outlet, authors, published, language }
    }
}

/// Where something to read is.
#[derive(Clone, Debug)]
enum Place {
    StandardInput,
    Path(PathBuf),
    Address(Url),
}

fn place(argument: OsString) -> Result<Place, String> {
    if argument == "-" {
        return Ok(Place::StandardInput);
    }
    let is_address = |text: &&str| {
        let scheme = text.split_once("://").map(|(scheme, _)| scheme);
        scheme
            .is_some_and(|scheme| scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"))
    };
    let Some(text) = argument.to_str().filter(is_address) else {
        return Ok(Place::Path(argument.into()));
    };
    let address = Url::parse(text).map_err(|error| format!("it is no address: {error}"))?;
    fetch::may_be_asked(&address)?;
    Ok(Place::Address(address))
}

impl Read {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let mut plan = plan(self.places, self.follow)?;
        let told = self.told.details();
        let inputs: usize = plan.lots.iter().map(Lot::inputs).sum();
        let mut sheet = self.list.as_deref().map(Sheet::open).transpose()?;
        let lines = sheet.as_ref().map_or(0, |sheet| sheet.rows.len());
        if told.title.is_some() && inputs + lines > 1 {
            return Err(
                Failure::usage("--title is of one page, and there are more").hint("read them one by one")
            );
        }
        let mut steps: Vec<Step> = Vec::new();
        steps.extend(plan.lots.drain(..).map(|lot| Step { lot, told: told.clone(), row: None }));
        if let (Some(sheet), Some(list)) = (&mut sheet, &self.list) {
            let folder = list.parent().unwrap_or(Path::new(""));
            steps.extend(listed(sheet, folder, &told, self.follow, &mut plan.passed_over));
        }
        let pages = steps.iter().map(|step| step.lot.pages_about()).sum();
        let (reader, link_by) = (self.reader.open(pages)?, self.sentences.open()?);
        let desk = if self.dry_run { Desk::without_ledger() } else { ledger::create(session)? };
        let mut desk = desk.reading_with(reader).linking_by(link_by);
        let permissions = Permissions { private: self.allow_private, against_robots: self.ignore_robots };
        let mut fetcher = Fetcher::new(permissions);
        let mut reading = Reading::new(session, inputs + lines, self.own_voice);
        for (number, row) in sheet.iter().flat_map(|sheet| &sheet.rows).enumerate() {
            reading.leave_out(format!("line {} of the list", number + 2), row.refused());
        }
        for Step { lot, told, row } in steps {
            let inputs = match lot {
                Lot::AtHand(inputs) => inputs,
                Lot::Address(address) => {
                    reading.tell_of(&address);
                    vec![fetcher.fetch(&address)]
                }
            };
            let inputs = inputs.into_iter().map(|input| input.told(told.clone())).collect();
            let goes_on = reading.read(&mut desk, inputs);
            let found = std::mem::take(&mut reading.printer.found);
            if let (Some(sheet), Some(row)) = (&mut sheet, row) {
                sheet.rows[row].found = found;
            }
            if goes_on.is_break() {
                break;
            }
        }
        if let (Some(sheet), Some(path)) = (&sheet, &self.list_out) {
            sheet.write(path)?;
        }
        let ended = reading.end(plan.passed_over)?;
        if !self.dry_run {
            kept::answer_anew(session, &mut desk, true)?;
        }
        Ok(ended)
    }
}

/// Reads everything that is at hand, and prints the account of it.
pub(super) fn read_all(session: &mut Session, desk: &mut Desk, inputs: Vec<Input>, own_voice: bool) -> Ended {
    let mut reading = Reading::new(session, inputs.len(), own_voice);
    // Where it broke off, the end says so.
    let _ = reading.read(desk, inputs);
    reading.end(0)
}

/// Some inputs that are read together, what is told of them, and which line of a sheet names them.
struct Step {
    lot: Lot,
    told: Details,
    row: Option<usize>,
}

/// What the lines of a sheet name. What is told of all pages is told of those too of which their line tells nothing else.
fn listed(
    sheet: &mut Sheet,
    folder: &Path,
    all: &Details,
    follow: bool,
    passed_over: &mut usize,
) -> Vec<Step> {
    let mut steps = Vec::new();
    for (number, row) in sheet.rows.iter_mut().enumerate() {
        let Ok((named, own)) = &row.wanted else { continue };
        let place = match place(OsString::from(named)) {
            Ok(Place::Path(path)) => Place::Path(folder.join(path)),
            Ok(Place::StandardInput) => Place::Path(folder.join(named)),
            Ok(place) => place,
            Err(why) => {
                row.wanted = Err(why);
                continue;
            }
        };
        let told = Details {
            title: own.title.clone(),
            outlet: own.outlet.clone().or_else(|| all.outlet.clone()),
            authors: if own.authors.is_empty() { all.authors.clone() } else { own.authors.clone() },
            published: own.published.clone().or_else(|| all.published.clone()),
            language: own.language.clone().or_else(|| all.language.clone()),
        };
        match plan(vec![place], follow) {
            Ok(plan) => {
                *passed_over += plan.passed_over;
                steps.extend(plan.lots.into_iter().map(|lot| Step {
                    lot,
                    told: told.clone(),
                    row: Some(number),
                }));
            }
            Err(_) => row.wanted = Err("it cannot be read".to_owned()),
        }
    }
    steps
}

/// What is to be read, in the order in which it was asked for.
#[derive(Default)]
struct Plan {
    lots: Vec<Lot>,
    passed_over: usize,
}

/// Inputs that are read together. Of what is fetched each page is a lot of its own, so that its account need not wait
/// for the next.
enum Lot {
    AtHand(Vec<Input>),
    Address(Url),
}

impl Lot {
    fn inputs(&self) -> usize {
        match self {
            Lot::AtHand(inputs) => inputs.len(),
            Lot::Address(_) => 1,
        }
    }

    fn pages_about(&self) -> u64 {
        match self {
            Lot::AtHand(inputs) => inputs.iter().map(Input::pages_about).sum(),
            Lot::Address(_) => 1,
        }
    }
}

fn plan(places: Vec<Place>, follow: bool) -> Result<Plan, Failure> {
    if places.iter().filter(|place| matches!(place, Place::StandardInput)).count() > 1 {
        return Err(Failure::usage("standard input can be read once only").hint("give - once"));
    }
    let mut plan = Plan::default();
    for place in places {
        let found = match place {
            Place::Address(address) => {
                plan.lots.push(Lot::Address(address));
                continue;
            }
            Place::StandardInput => vec![standard_input()],
            Place::Path(path) => {
                let found = if follow { sayso::intake_following([path]) } else { sayso::intake([path]) };
                plan.passed_over += found.passed_over;
                found.inputs
            }
        };
        match plan.lots.last_mut() {
            Some(Lot::AtHand(inputs)) => inputs.extend(found),
            _ => plan.lots.push(Lot::AtHand(found)),
        }
    }
    Ok(plan)
}

/// Reading as it goes on: what was printed, what was left out, how it ended.
struct Reading<'s> {
    printer: Printer<'s>,
    tally: Tally,
    failed: Option<LedgerError>,
}

impl<'s> Reading<'s> {
    fn new(session: &'s mut Session, inputs: usize, own_voice: bool) -> Reading<'s> {
        let layout = Layout { columns: session.columns(), own_voice };
        let progress = Progress::new(session, inputs);
        let printer = Printer {
            session,
            layout,
            progress,
            left_out: Vec::new(),
            broken: None,
            found: Found::default(),
        };
        Reading { printer, tally: Tally::default(), failed: None }
    }

    /// Takes note that something cannot be read, where something is wrong with it.
    fn leave_out(&mut self, what: String, why: Option<LeftOut>) {
        self.tally.left_out += usize::from(why.is_some());
        self.printer.left_out.extend(why.map(|why| (what, why)));
    }

    /// Tells a person at a terminal what is waited for.
    fn tell_of(&self, address: &Url) {
        let session = &self.printer.session;
        if session.shows_progress() {
            self.printer
                .progress
                .aside(|| session.say(&format!("fetching {}", harmless::line(address.as_str()))));
        }
    }

    fn read(&mut self, desk: &mut Desk, inputs: Vec<Input>) -> ControlFlow<()> {
        match desk.read(inputs, &mut self.printer) {
            Ok(tally) => self.tally += tally,
            Err(error) => self.failed = Some(error),
        }
        let goes_on = self.failed.is_none() && self.printer.broken.is_none();
        if goes_on { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }

    fn end(self, passed_over: usize) -> Ended {
        let Printer { session, progress, left_out, broken, .. } = self.printer;
        progress.finish();
        if let Some(error) = broken {
            return Err(error.into());
        }
        // What was read until the ledger failed is stored, and should be seen.
        session.flush()?;
        for (input, why) in &left_out {
            session.say(&format!("left out: {} {}", harmless::line(input), harmless::line(&why.to_string())));
        }
        if let Some(error) = self.failed {
            return Err(ledger::failed(error));
        }
        session.say(&in_words(&self.tally, passed_over));
        Ok(if self.tally.left_out == 0 { Done::Whole } else { Done::Part })
    }
}

fn standard_input() -> Input {
    const NAME: &str = "standard input";
    let mut bytes = Vec::new();
    match io::stdin().lock().take(CAP_BYTES + 1).read_to_end(&mut bytes) {
        Ok(_) => Input::bytes(NAME, bytes),
        Err(error) => Input::refused(NAME, LeftOut::Unreadable(error.to_string())),
    }
}

/// Prints each account as it comes.
struct Printer<'s> {
    session: &'s mut Session,
    layout: Layout,
    progress: Progress,
    left_out: Vec<(String, LeftOut)>,
    broken: Option<io::Error>,
    /// What became of what is read now.
    found: Found,
}

impl Watch for Printer<'_> {
    fn read(&mut self) {
        self.progress.step();
    }

    fn report(&mut self, report: Report) -> ControlFlow<()> {
        let (session, layout) = (&mut *self.session, self.layout);
        self.found.add(&report.outcome);
        let printed = self.progress.aside(|| print(session, &report, layout));
        if let Outcome::LeftOut(why) = report.outcome {
            self.left_out.push((report.input, why));
        }
        if let Err(error) = printed {
            self.broken = Some(error);
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }
}

/// One line of `sayso read --json`.
#[derive(Serialize)]
struct JsonReport<'a> {
    input: &'a str,
    outcome: JsonOutcome<'a>,
    #[serde(flatten)]
    content: Option<JsonDocument<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum JsonOutcome<'a> {
    LeftOut(&'a LeftOut),
    #[serde(untagged)]
    Read(Fate),
}

fn print(session: &mut Session, report: &Report, layout: Layout) -> io::Result<()> {
    match &report.outcome {
        Outcome::LeftOut(why) if session.json() => {
            let outcome = JsonOutcome::LeftOut(why);
            session.print_json(&JsonReport { input: &report.input, outcome, content: None })?;
        }
        Outcome::LeftOut(_) => {}
        Outcome::Read { document, statements, fate } if session.json() => {
            let content = Some(JsonDocument::new(document, statements));
            session.print_json(&JsonReport {
                input: &report.input,
                outcome: JsonOutcome::Read(*fate),
                content,
            })?;
        }
        Outcome::Read { document, statements, fate } => {
            session.print(&account::page(document, statements, fate_in_words(*fate), layout))?;
        }
    }
    session.flush_printed()
}

fn fate_in_words(fate: Fate) -> &'static str {
    match fate {
        Fate::New => "new",
        Fate::ReadAnew => "read anew",
        Fate::Known => "known already",
        Fate::NotStored => "not stored",
    }
}

fn in_words(tally: &Tally, passed_over: usize) -> String {
    let some = |count: usize, what: &str| (count > 0).then(|| format!("{count} {what}"));
    let parts: Vec<String> = [
        some(tally.new, "new"),
        some(tally.read_anew, "read anew"),
        some(tally.known, "known already"),
        some(tally.not_stored, "not stored"),
        some(tally.noted, "with notes"),
        some(tally.left_out, "left out"),
        some(passed_over, "passed over, not called like a page"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let plural = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    let read =
        format!("{} with {}", plural(tally.documents(), "document"), plural(tally.statements, "statement"),);
    if parts.is_empty() { read } else { format!("{read}: {}", parts.join(", ")) }
}
