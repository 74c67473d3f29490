//! `sayso what-if`: what would fall in a case, and what would revive.

use super::weigh::{CaseArguments, print_lines};
use crate::failure::{Done, Ended, Failure};
use crate::session::Session;
use sayso_weigh::{Case, Change, EffectReport, Kind, Target, Weighing, WeightReport, show_origins};
use std::fmt::Write as _;

/// Show what would fall, and what would revive, if a source were discredited
///
/// Any number of changes can be tried together; the case file stays as it is.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("changes").required(true).multiple(true)
    .args(["discredit", "withdraw", "restore", "undercut"]))]
pub(crate) struct WhatIf {
    #[command(flatten)]
    case: CaseArguments,
    /// Sources no longer to be believed; document:ID for a document, affiliation:NAME for all who speak for an
    /// organisation
    #[arg(long, value_name = "NAME", num_args = 1..)]
    discredit: Vec<String>,
    /// Statements to be taken back
    #[arg(long, value_name = "STATEMENT", num_args = 1..)]
    withdraw: Vec<String>,
    /// Sources to be believed again, or statements to be let stand; source:NAME, document:ID, affiliation:NAME or
    /// statement:ID where a name could mean several
    #[arg(long, value_name = "NAME", num_args = 1..)]
    restore: Vec<String>,
    /// A statement that undercuts another
    #[arg(long, value_names = ["BY", "STATEMENT"], num_args = 2)]
    undercut: Vec<String>,
}

impl WhatIf {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let (case, graph, moment) = self.case.read(session)?;
        let changes = self.changes(&case)?;
        let mut weighing = Weighing::new(&graph, moment);
        let report = case.effect_report(&weighing.what_if(&changes));
        if session.json() {
            session.print_json(&report)?;
        } else {
            print_lines(session, &in_words(&report))?;
        }
        Ok(Done::Whole)
    }

    fn changes(&self, case: &Case) -> Result<Vec<Change>, Failure> {
        let mut changes = Vec::new();
        let mut add = |target: Target, in_force: bool| changes.push(Change { target, in_force });
        for name in &self.discredit {
            match affiliated(case, name)? {
                Some(speakers) => speakers.into_iter().for_each(|source| add(Target::Source(source), true)),
                None => add(source_or_document(case, name)?, true),
            }
        }
        for id in &self.withdraw {
            add(Target::Statement(statement(case, id)?), true);
        }
        for name in &self.restore {
            match affiliated(case, name)? {
                Some(speakers) => speakers.into_iter().for_each(|source| add(Target::Source(source), false)),
                None => add(anything(case, name)?, false),
            }
        }
        for pair in self.undercut.chunks(2) {
            if let [by, target] = pair {
                add(Target::Undercut { by: statement(case, by)?, statement: statement(case, target)? }, true);
            }
        }
        Ok(changes)
    }
}

fn statement(case: &Case, id: &str) -> Result<u32, Failure> {
    let id = id.strip_prefix("statement:").filter(|_| case.statement(id).is_none()).unwrap_or(id);
    case.statement(id).ok_or_else(|| {
        Failure::usage(format!("{id:?} is no statement of this case{}", case.hint(Kind::Statement, id)))
    })
}

/// All who speak for the organisation of `affiliation:NAME`; none where something else is named.
fn affiliated(case: &Case, name: &str) -> Result<Option<Vec<u32>>, Failure> {
    let Some(organisation) = name.strip_prefix("affiliation:").filter(|_| case.source(name).is_none()) else {
        return Ok(None);
    };
    let hint = || case.hint(Kind::Affiliation, organisation);
    let nobody = || Failure::usage(format!("nobody speaks for {organisation:?} in this case{}", hint()));
    case.speakers(organisation).map(Some).ok_or_else(nobody)
}

fn source_or_document(case: &Case, name: &str) -> Result<Target, Failure> {
    if let Some(source) = case.source(name) {
        return Ok(Target::Source(source));
    }
    if let Some(id) = name.strip_prefix("document:") {
        let hint = || case.hint(Kind::Document, id);
        let document = case.document(id);
        return document
            .map(Target::Document)
            .ok_or_else(|| Failure::usage(format!("{id:?} is no document of this case{}", hint())));
    }
    let name = name.strip_prefix("source:").unwrap_or(name);
    let hint = || case.hint(Kind::Source, name);
    let source = case.source(name).map(Target::Source);
    source.ok_or_else(|| Failure::usage(format!("{name:?} is no source of this case{}", hint())))
}

/// A source, a document or a statement, whichever has the name.
fn anything(case: &Case, name: &str) -> Result<Target, Failure> {
    match (case.source(name), case.statement(name)) {
        (Some(_), Some(_)) => Err(Failure::usage(format!("{name:?} names both a source and a statement"))
            .hint(format!("write source:{name} or statement:{name}"))),
        (None, Some(statement)) => Ok(Target::Statement(statement)),
        _ if name.starts_with("statement:") => Ok(Target::Statement(statement(case, name)?)),
        _ => source_or_document(case, name),
    }
}

fn in_words(report: &EffectReport) -> String {
    let mut text = String::new();
    let told = [
        ("falls", &report.falls),
        ("revives", &report.revives),
        ("possibly falls", &report.possibly_falls),
        ("possibly revives", &report.possibly_revives),
    ];
    for (heading, claims) in told {
        for claim in claims {
            let _ = writeln!(text, "{heading} {claim}{}", shift(report, claim));
        }
    }
    let is_told = |claim: &String| told.iter().any(|(_, claims)| claims.contains(claim));
    for (claim, _) in report.changes.0.iter().filter(|(claim, _)| !is_told(claim)) {
        let _ = writeln!(text, "changes {claim}{}", shift(report, claim));
    }
    if report.changes.0.is_empty() {
        text.push_str("no claim would change\n");
    }
    text
}

fn shift(report: &EffectReport, claim: &str) -> String {
    let Some(shift) = report.changes.get(claim) else { return String::new() };
    format!(": {} -> {}", figures(&shift.before), figures(&shift.after))
}

fn figures(weight: &WeightReport) -> String {
    let mut shown = weight.standing.to_string();
    if let Some(possible) = weight.possible_standing {
        let _ = write!(shown, " (possibly {possible})");
    }
    if weight.pro.is_true() {
        let _ = write!(shown, ", {}", show_origins(weight.independence.pro));
    }
    if weight.con.is_true() {
        let _ = write!(shown, ", denied by {}", show_origins(weight.independence.con));
    }
    shown
}
