//! For whom a source speaks: by the titles before its name, what stands between commas after it, or the words by which
//! an unnamed source is described.

use super::assign::mentions;
use super::described::{after_name, before_name, places_of};
use super::government::{Body, Home, of_country};
use super::office::country_of_holder;
use super::spokes::{close_to, office_of, speaks_for};
use sayso_record::{Document, Mention, SourceKind, Span, Statement, StatementId};

/// For whom the source of a statement, or somebody who passed it on, speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Affiliation {
    /// The statement.
    pub statement: StatementId,
    /// 0 for its source, then those who passed it on, nearest to the source first.
    pub step: u8,
    /// For whom: a government as a whole ("U.S. government"), a campaign, a company.
    pub organisation: String,
    /// The part of it that the page names ("state department"), in lower case.
    pub body: Option<String>,
    /// The words of the page on which this rests.
    pub words: Vec<Span>,
    /// How they stand to each other.
    pub kind: AffiliationKind,
}

/// How a source stands to an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AffiliationKind {
    /// It speaks for the organisation, or is one of its officials.
    SpeaksFor,
    /// It holds an office of the organisation.
    OfficeOf,
    /// The page says that it is close to the organisation, no more.
    CloseTo,
}

/// What one description says.
struct Said {
    organisation: String,
    body: Option<String>,
    kind: AffiliationKind,
}

/// What was said of somebody, and the words on which it rests.
type Resting = (Said, Vec<Span>);

/// For whom the sources of a document speak. What is said of a person once holds for all mentions of that person on the
/// page. Where the page says it of nobody, a dated table may tell whose office a person held.
pub fn affiliations(document: &Document, statements: &[Statement]) -> Vec<Affiliation> {
    let day = document.published.as_ref().and_then(|stamp| stamp.at.get(..10));
    let home = Home::new(&document.text, day);
    let mut known: Vec<(&str, Option<Resting>)> = Vec::new();
    let mut out = Vec::new();
    for statement in statements {
        for (step, mention) in mentions(statement).enumerate() {
            let found = match mention.kind {
                SourceKind::Person => {
                    let at = known.iter().position(|(name, _)| *name == mention.name).unwrap_or_else(|| {
                        known.push((&mention.name, of_person(document, &home, mention, day)));
                        known.len() - 1
                    });
                    let said = known[at].1.as_ref();
                    said.map(|(said, words)| {
                        (said.organisation.clone(), said.body.clone(), said.kind, words.clone())
                    })
                }
                SourceKind::Office | SourceKind::Unnamed | SourceKind::Organisation => {
                    let words = document.words(&mention.spans);
                    let described = if is_described(mention, &words) { &words } else { &mention.name };
                    let plain_enough = mention.kind != SourceKind::Unnamed || is_people(described);
                    said(&document.text, &home, described)
                        .filter(|_| plain_enough)
                        .map(|said| (said.organisation, said.body, said.kind, mention.spans.clone()))
                }
                SourceKind::Author | SourceKind::Commenter | SourceKind::Nobody => None,
            };
            let Some((organisation, body, kind, words)) = found else { continue };
            let step = step.min(usize::from(u8::MAX)) as u8;
            out.push(Affiliation { statement: statement.id, step, organisation, body, words, kind });
        }
    }
    out
}

/// Whether the words of a mention say more than a pronoun that stands for its name.
fn is_described(mention: &Mention, words: &str) -> bool {
    words.len() >= mention.name.len()
}

/// Whether a description is short and of people: "this decision by the FBI" is not.
fn is_people(description: &str) -> bool {
    const PEOPLE: &[&str] = &[
        "official",
        "spokes",
        "aide",
        "advis",
        "intelligence",
        "diplomat",
        "source",
        "people",
        "person",
        "strategist",
        "lawyer",
        "attorney",
        "agent",
        "officer",
        "staff",
        "director",
        "executive",
        "authorities",
        "manager",
        "representative",
        "commander",
        "minister",
        "secretary",
    ];
    let lower = description.to_lowercase();
    description.len() <= 90 && PEOPLE.iter().any(|role| lower.contains(role))
}

/// What the page says of a person, at the first place that says anything; else the table.
fn of_person(document: &Document, home: &Home, mention: &Mention, day: Option<&str>) -> Option<Resting> {
    let text = &document.text;
    for place in places_of(text, &mention.name) {
        for span in [before_name(text, place), after_name(text, place)].into_iter().flatten() {
            if let Some(said) = said(text, home, span.of(text)) {
                return Some((said, vec![span]));
            }
        }
    }
    let country = country_of_holder(&mention.name, day?)?;
    let said = Said { organisation: of_country(country), body: None, kind: AffiliationKind::OfficeOf };
    Some((said, mention.spans.clone()))
}

/// What a description says.
fn said(text: &str, home: &Home, description: &str) -> Option<Said> {
    // What somebody was, or did once, is no office of today.
    let lower = description.to_lowercase();
    if ["served", "serving", "former", "until ", "once ", "retired"].iter().any(|past| lower.contains(past)) {
        return None;
    }
    let of = |body: Body, kind| Said { organisation: body.organisation, body: body.narrower, kind };
    let whole = |organisation: String, kind| match home.government(&organisation) {
        Some(body) => of(body, kind),
        None => Said { organisation, body: None, kind },
    };
    if let Some(organisation) = close_to(description) {
        // The royal family is not the government.
        return Some(Said { organisation, body: None, kind: AffiliationKind::CloseTo });
    }
    if let Some(organisation) = speaks_for(text, description) {
        return Some(whole(organisation, AffiliationKind::SpeaksFor));
    }
    if let Some(body) = home.government(description) {
        return Some(of(body, AffiliationKind::SpeaksFor));
    }
    office_of(description).map(|organisation| whole(organisation, AffiliationKind::OfficeOf))
}
