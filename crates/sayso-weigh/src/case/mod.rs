//! A case written by hand: names and JSON, checked, and turned into the numbers that are weighed.

mod basis;
mod dates;
mod form;
mod lines;
mod one;

pub use basis::{Alternative, Basis};
pub use dates::{first_second, last_second, show_second};
pub use form::{ActForm, ActKind, CaseFile, EvidenceForm, Polarity, SourceForm, StatementForm, Story};

use crate::as_of::{ALWAYS, Act, Target, Time};
use crate::build::{Builder, Need, Said};
use crate::graph::{Graph, Side};
use lines::{Step, line_of};
use rustc_hash::FxHashMap;

/// What is wrong with a case file, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct CaseError {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong, and what would be right.
    pub what: String,
}

/// Names of one kind, numbered in order of appearance.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    names: Vec<String>,
    numbers: FxHashMap<String, u32>,
}

impl Names {
    fn add(&mut self, name: &str) -> u32 {
        if let Some(number) = self.number(name) {
            return number;
        }
        let number = self.names.len() as u32;
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }

    pub(crate) fn number(&self, name: &str) -> Option<u32> {
        self.numbers.get(name).copied()
    }

    pub(crate) fn name(&self, number: u32) -> &str {
        &self.names[number as usize]
    }

    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    /// The name most like one that is unknown.
    fn nearest(&self, name: &str) -> Option<&str> {
        let scored = self.names.iter().map(|known| (strsim::jaro_winkler(known, name), known.as_str()));
        scored.filter(|&(score, _)| score > 0.8).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, known)| known)
    }
}

/// A case file that has been read and checked: every name in it is known.
#[derive(Clone, Debug)]
pub struct Case {
    file: CaseFile,
    pub(crate) statements: Names,
    pub(crate) claims: Names,
    pub(crate) sources: Names,
    pub(crate) documents: Names,
    /// Those for whom somebody speaks; no numbers of the graph.
    organisations: Names,
    /// By organisation: the sources that speak for it.
    speakers: Vec<Vec<u32>>,
    notes: Vec<String>,
}

impl Case {
    /// Reads a case file.
    ///
    /// # Errors
    /// With the line: text that is no JSON or not of this form, two statements of one id, names that nothing has,
    /// dates that are none. A statement that is its own basis is no error: it is circular.
    ///
    /// ```
    /// let error = sayso_weigh::Case::parse(r#"{"statements": [
    ///     {"id": "abc", "source": "ABC News", "claim": "c", "polarity": "+", "held": true, "basis": [["offical"]]},
    ///     {"id": "official", "source": "an official", "claim": "c", "polarity": "+", "held": false, "basis": "first"}]}"#);
    /// assert_eq!(
    ///     error.unwrap_err().to_string(),
    ///     "line 2: statement \"abc\" rests on \"offical\", which is no statement of this case; did you mean \"official\"?"
    /// );
    /// ```
    pub fn parse(text: &str) -> Result<Case, CaseError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut notes = Vec::new();
        let mut json = serde_json::Deserializer::from_str(text);
        let file: CaseFile = serde_ignored::deserialize(&mut json, |path| {
            notes.push(format!("{path} means nothing in a case file and was left out"));
        })
        .map_err(not_the_form)?;
        json.end().map_err(not_the_form)?;
        let mut case = Case {
            file,
            statements: Names::default(),
            claims: Names::default(),
            sources: Names::default(),
            documents: Names::default(),
            organisations: Names::default(),
            speakers: Vec::new(),
            notes,
        };
        case.collect_names().map_err(|fault| fault.locate(text))?;
        case.check_references().map_err(|fault| fault.locate(text))?;
        Ok(case)
    }

    /// The file as read.
    pub fn file(&self) -> &CaseFile {
        &self.file
    }

    /// What was odd about the file but no error.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The number of a claim in the graph.
    pub fn claim(&self, id: &str) -> Option<u32> {
        self.claims.number(id)
    }

    /// The number of a statement in the graph.
    pub fn statement(&self, id: &str) -> Option<u32> {
        self.statements.number(id)
    }

    /// The number of a source in the graph.
    pub fn source(&self, name: &str) -> Option<u32> {
        self.sources.number(name)
    }

    /// The number of a document in the graph.
    pub fn document(&self, id: &str) -> Option<u32> {
        self.documents.number(id)
    }

    /// What an unknown name was perhaps meant to be, as the end of a sentence: `; did you mean "x"?`, or nothing.
    pub fn hint(&self, kind: Kind, name: &str) -> String {
        let names = match kind {
            Kind::Statement => &self.statements,
            Kind::Claim => &self.claims,
            Kind::Source => &self.sources,
            Kind::Document => &self.documents,
            Kind::Affiliation => &self.organisations,
        };
        names.nearest(name).map(|known| format!("; did you mean {known:?}?")).unwrap_or_default()
    }

    fn collect_names(&mut self) -> Result<(), Fault> {
        for (index, statement) in self.file.statements.iter().enumerate() {
            let at = Place::Statement(index, "id");
            if statement.id.starts_with("claim:") {
                return Err(at.fault(format!(
                    "statement {:?} has an id that would be read as a claim; choose one without \"claim:\"",
                    statement.id
                )));
            }
            if self.statements.number(&statement.id).is_some() {
                return Err(
                    at.fault(format!("there are two statements {:?}; give one another id", statement.id))
                );
            }
            self.statements.add(&statement.id);
            self.claims.add(&statement.claim);
            self.sources.add(&statement.source);
            if let Some(document) = &statement.document {
                self.documents.add(document);
            }
        }
        for name in self.file.sources.keys() {
            if self.sources.number(name).is_none() {
                self.notes.push(format!("sources lists {name:?}, who says nothing in this case"));
                self.sources.add(name);
            }
        }
        self.collect_groups();
        Ok(())
    }

    fn check_references(&self) -> Result<(), Fault> {
        for (index, statement) in self.file.statements.iter().enumerate() {
            self.check_basis(index, statement)?;
            self.check_dates(&statement.published, &statement.known, |field| Place::Statement(index, field))?;
        }
        for (index, [by, target]) in self.file.undercuts.iter().enumerate() {
            for (end, id) in [by, target].into_iter().enumerate() {
                self.known(Kind::Statement, id, "undercuts names", || Place::Undercut(index, end))?;
            }
        }
        for (index, id) in self.file.withdrawn.iter().enumerate() {
            self.known(Kind::Statement, id, "withdrawn names", || Place::Entry("withdrawn", index))?;
        }
        for (index, entry) in self.file.discredited.iter().enumerate() {
            self.discredited(index, entry)?;
        }
        for (index, act) in self.file.acts.iter().enumerate() {
            self.act_target(index, act)?;
            self.check_dates(&act.published, &act.known, |field| Place::Act(index, field))?;
        }
        self.check_evidence()
    }

    /// What an entry of `discredited` reaches.
    fn discredited(&self, index: usize, entry: &str) -> Result<Vec<Target>, Fault> {
        let place = || Place::Entry("discredited", index);
        let saying = "discredited names";
        match entry.split_once(':') {
            Some(("source", name)) => {
                Ok(vec![Target::Source(self.known(Kind::Source, name, saying, place)?)])
            }
            Some(("document", id)) => {
                Ok(vec![Target::Document(self.known(Kind::Document, id, saying, place)?)])
            }
            Some(("affiliation", name)) => {
                let number = self.known(Kind::Affiliation, name, saying, place)?;
                Ok(self.speakers_for(number).into_iter().map(Target::Source).collect())
            }
            _ => Err(place().fault(format!(
                "discredited lists {entry:?}; write \"source:NAME\", \"document:ID\" or \"affiliation:NAME\""
            ))),
        }
    }

    fn check_basis(&self, index: usize, statement: &StatementForm) -> Result<(), Fault> {
        let Basis::Alternatives(alternatives) = &statement.basis else { return Ok(()) };
        for (alternative, needs) in alternatives.iter().enumerate() {
            for (need, id) in needs.all.iter().enumerate() {
                let (kind, name) = match id.strip_prefix("claim:") {
                    Some(claim) => (Kind::Claim, claim),
                    None => (Kind::Statement, id.as_str()),
                };
                let saying = format!("statement {:?} rests on", statement.id);
                let step = if needs.possible { Some("all") } else { None };
                self.known(kind, name, &saying, || Place::Need(index, alternative, step, need))?;
            }
        }
        Ok(())
    }

    fn check_dates(
        &self,
        published: &Option<String>,
        known: &Option<String>,
        place: impl Fn(&'static str) -> Place,
    ) -> Result<(), Fault> {
        for (field, date) in [("published", published), ("known", known)] {
            if let Some(date) = date.as_deref().filter(|date| first_second(date).is_none()) {
                return Err(place(field).fault(format!(
                    "{field} is {date:?}, which is no date; write 2011-07-14 or 2011-07-14T09:30:00+02:00"
                )));
            }
        }
        Ok(())
    }

    fn check_evidence(&self) -> Result<(), Fault> {
        for (index, evidence) in self.file.evidence.iter().enumerate() {
            self.known(Kind::Claim, &evidence.claim, "evidence names", || Place::Evidence(index, "claim"))?;
            for hypothesis in evidence.fits.keys() {
                if !self.file.hypotheses.contains_key(hypothesis) {
                    let what = format!(
                        "evidence {:?} speaks of {hypothesis:?}, which is no hypothesis",
                        evidence.claim
                    );
                    return Err(Place::Evidence(index, "fits").fault(what));
                }
            }
            for (field, weight) in [("credibility", evidence.credibility), ("relevance", evidence.relevance)]
            {
                if weight.is_nan() || weight < 0.0 {
                    return Err(Place::Evidence(index, field)
                        .fault(format!("{field} is {weight}; it must be 0 or more")));
                }
            }
        }
        Ok(())
    }

    fn known(&self, kind: Kind, name: &str, saying: &str, place: impl Fn() -> Place) -> Result<u32, Fault> {
        let number = match kind {
            Kind::Statement => self.statement(name),
            Kind::Claim => self.claim(name),
            Kind::Source => self.source(name),
            Kind::Document => self.document(name),
            Kind::Affiliation => self.organisations.number(name),
        };
        number.ok_or_else(|| {
            let hint = self.hint(kind, name);
            place().fault(format!("{saying} {name:?}, which is no {} of this case{hint}", kind.word()))
        })
    }

    fn act_target(&self, index: usize, act: &ActForm) -> Result<Target, Fault> {
        let find = |kind: Kind, name: &Option<String>, field: &'static str| match name {
            Some(name) => self.known(kind, name, "an act names", || Place::Act(index, field)).map(Some),
            None => Ok(None),
        };
        let statement = find(Kind::Statement, &act.statement, "statement")?;
        let undercutter = find(Kind::Statement, &act.undercutter, "undercutter")?;
        let source = find(Kind::Source, &act.source, "source")?;
        let document = find(Kind::Document, &act.document, "document")?;
        let claim = find(Kind::Claim, &act.claim, "claim")?;
        use ActKind::{Discredit, Restore, Rule, Undercut, Withdraw};
        match (act.act, statement, undercutter, source, document, claim) {
            (Withdraw | Restore, Some(statement), None, None, None, None) => Ok(Target::Statement(statement)),
            (Undercut | Restore, Some(statement), Some(by), None, None, None) => Ok(Target::Undercut { by, statement }),
            (Discredit | Restore, None, None, Some(source), None, None) => Ok(Target::Source(source)),
            (Discredit | Restore, None, None, None, Some(document), None) => Ok(Target::Document(document)),
            (Rule | Restore, None, None, None, None, Some(claim)) => Ok(Target::Claim(claim)),
            _ => Err(Place::Act(index, "act").fault(
                "this act does not say on what; withdraw takes a statement, discredit a source or a document, undercut \
                 an undercutter and a statement, rule a claim, and restore what is restored"
                    .to_owned(),
            )),
        }
    }

    /// The case as arrays. Statements, claims, sources and documents are numbered in order of appearance.
    pub fn graph(&self) -> Graph {
        let mut builder = Builder::default();
        builder.sources(self.sources.len() as u32);
        for statement in &self.file.statements {
            self.add_statement(&mut builder, statement);
        }
        for [by, target] in &self.file.undercuts {
            builder.undercut(self.statements.numbers[by], self.statements.numbers[target]);
        }
        let undated = |target: Target| Act { target, in_force: true, published: ALWAYS, known: ALWAYS };
        for id in &self.file.withdrawn {
            builder.act(undated(Target::Statement(self.statements.numbers[id])));
        }
        for (index, entry) in self.file.discredited.iter().enumerate() {
            let targets = self.discredited(index, entry).unwrap_or_default();
            targets.into_iter().for_each(|target| builder.act(undated(target)));
        }
        for (index, act) in self.file.acts.iter().enumerate() {
            let Ok(target) = self.act_target(index, act) else { continue };
            let (published, known) = times(&act.published, &act.known);
            builder.act(Act { target, in_force: act.act != ActKind::Restore, published, known });
        }
        let mut classes = Names::default();
        for (name, source) in self.file.sources.iter().filter(|(_, source)| source.unnamed) {
            let class = classes.add(source.compatible.as_deref().unwrap_or_default());
            if let Some(number) = self.source(name) {
                builder.unnamed(number, class);
            }
        }
        self.add_groups(&mut builder);
        builder.build()
    }

    fn add_statement(&self, builder: &mut Builder, statement: &StatementForm) {
        let (published, known) = times(&statement.published, &statement.known);
        let said = Said {
            source: self.sources.numbers[&statement.source],
            document: statement.document.as_ref().map(|document| self.documents.numbers[document]),
            claim: self.claims.numbers[&statement.claim],
            side: if statement.polarity == Polarity::For { Side::For } else { Side::Against },
            held: statement.held.unwrap_or(statement.document.is_some()),
            published,
            known,
        };
        let need = |id: &String| match id.strip_prefix("claim:") {
            Some(claim) => Need::Claim(self.claims.numbers[claim]),
            None => Need::Statement(self.statements.numbers[id]),
        };
        let needs = |alternative: &Alternative| alternative.all.iter().map(need).collect::<Vec<Need>>();
        let number = match &statement.basis {
            Basis::First => builder.first_hand(said),
            Basis::Alternatives(alternatives) => {
                let (possible, sure): (Vec<&Alternative>, Vec<&Alternative>) =
                    alternatives.iter().partition(|alternative| alternative.possible);
                let sure: Vec<Vec<Need>> = sure.into_iter().map(needs).collect();
                let number = builder.relayed(said, sure.iter().map(Vec::as_slice));
                possible
                    .into_iter()
                    .for_each(|alternative| builder.possible_basis(number, &needs(alternative)));
                number
            }
        };
        if statement.possible {
            builder.possible_claim(number);
        }
    }
}

/// When something was published and known: known when published, where nothing else is said.
fn times(published: &Option<String>, known: &Option<String>) -> (Time, Time) {
    let second = |date: &Option<String>| date.as_deref().and_then(first_second);
    let published = second(published).unwrap_or(ALWAYS);
    (published, second(known).unwrap_or(published))
}

/// The kinds of name in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A statement's id.
    Statement,
    /// A claim's id.
    Claim,
    /// A source's name.
    Source,
    /// A document's id.
    Document,
    /// The name of somebody for whom others speak.
    Affiliation,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Kind::Statement => "statement",
            Kind::Claim => "claim",
            Kind::Source => "source",
            Kind::Document => "document",
            Kind::Affiliation => "affiliation",
        }
    }
}

/// Where in the file something stands.
enum Place {
    Statement(usize, &'static str),
    /// The key stands before the needs of an alternative that is written as an object.
    Need(usize, usize, Option<&'static str>, usize),
    Undercut(usize, usize),
    Entry(&'static str, usize),
    Act(usize, &'static str),
    Evidence(usize, &'static str),
}

impl Place {
    fn fault(self, what: String) -> Fault {
        Fault { place: self, what }
    }

    fn line(&self, text: &str) -> usize {
        use Step::{Index, Key};
        match *self {
            Place::Statement(at, field) => line_of(text, &[Key("statements"), Index(at), Key(field)]),
            Place::Need(at, alternative, key, need) => {
                let mut path = vec![Key("statements"), Index(at), Key("basis"), Index(alternative)];
                path.extend(key.map(Key));
                path.push(Index(need));
                line_of(text, &path)
            }
            Place::Undercut(at, end) => line_of(text, &[Key("undercuts"), Index(at), Index(end)]),
            Place::Entry(list, at) => line_of(text, &[Key(list), Index(at)]),
            Place::Act(at, field) => line_of(text, &[Key("acts"), Index(at), Key(field)]),
            Place::Evidence(at, field) => line_of(text, &[Key("evidence"), Index(at), Key(field)]),
        }
    }
}

/// A fault before its line has been looked up.
struct Fault {
    place: Place,
    what: String,
}

impl Fault {
    fn locate(self, text: &str) -> CaseError {
        CaseError { line: self.place.line(text), what: self.what }
    }
}

/// An error of the JSON itself; its own words end in the place, which is said in front here.
fn not_the_form(error: serde_json::Error) -> CaseError {
    let what = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    CaseError { line: error.line().max(1), what: what.strip_suffix(&place).unwrap_or(&what).to_owned() }
}
