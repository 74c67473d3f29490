//! One citation looked up in the page that it points to.

use super::CitedVerdict;
use super::at_hand::Cited;
use super::bare::bare;
use crate::LeftOut;
use crate::time::month_name;
use sayso_link::Models;
use sayso_link::Page;
use sayso_link::citation::{Finding, Said, missing, missing_exactly, says};
use sayso_link::questions::{Part, Side, Speaker, carried};
use sayso_link::sources::Everyone;
use sayso_read::citations::Citation;
use sayso_record::{Document, NoteKind, Span};

/// Between these nothing is said without a "possibly".
const UNSURE: std::ops::Range<f32> = 0.3..0.7;
/// A page must deny at least so surely for that to be said without a "possibly".
const SURELY_DENIES: f32 = 0.7;

/// What it takes to look citations up.
pub(super) struct Look<'a> {
    pub(super) models: &'a Models,
    /// All who are named on the cited pages.
    pub(super) everyone: &'a Everyone,
}

/// What was found.
#[derive(Debug)]
pub(super) struct Looked {
    pub(super) verdict: CitedVerdict,
    pub(super) sure: bool,
    pub(super) probability: Option<f32>,
    pub(super) passage: Option<Span>,
    pub(super) missing: Vec<String>,
    pub(super) whose: Option<String>,
    pub(super) why: Option<String>,
    /// Who says so on the cited page, then who passed it on; empty where the page says so itself.
    pub(super) chain: Vec<Speaker>,
}

impl Look<'_> {
    pub(super) fn at(&self, citation: &Citation, cited: Result<&Cited, &LeftOut>) -> Looked {
        let cited = match cited {
            Ok(cited) => cited,
            Err(why) => return unread(why.to_string()),
        };
        let document = &cited.page.document;
        let bare = bare(&citation.proposition, &citation.mark, document);
        let mut proposition = bare.clone();
        let mut finding = says(self.models, &proposition, document);
        // "She" may be whom the citing page is about.
        if let Some(named) = citation.subject.as_deref().and_then(|subject| with_subject(&bare, subject)) {
            let other = says(self.models, &named, document);
            if other.probability > finding.probability {
                (proposition, finding) = (named, other);
            }
        }
        if finding.said == Said::Says && self.lacks_exactly(&proposition, document) {
            finding.said = Said::Partly;
        }
        let says_it = matches!(finding.said, Said::Says | Said::Partly);
        if let Some(why) = why_not_read(document).filter(|_| !says_it) {
            return unread(why);
        }
        let missing: Vec<String> = {
            let there = everything_around(document, &finding);
            let spans = missing(self.models, &proposition, &there);
            spans.iter().map(|span| span.of(&proposition).to_owned()).collect()
        };
        let mut looked = Looked {
            verdict: match finding.said {
                Said::Says => CitedVerdict::Says,
                Said::Partly => CitedVerdict::Partly,
                Said::Denies => CitedVerdict::Otherwise,
                Said::Neither => CitedVerdict::NotThere,
            },
            sure: match finding.said {
                Said::Denies => finding.denial >= SURELY_DENIES,
                Said::Partly => false,
                _ => !UNSURE.contains(&finding.probability),
            },
            probability: Some((finding.probability * 100.0).round() / 100.0),
            passage: finding.passage,
            missing,
            whose: None,
            why: None,
            chain: Vec::new(),
        };
        if let (true, Some(passage)) = (says_it, finding.passage) {
            self.whose(&citation.proposition, &proposition, &cited.page, (passage, &finding), &mut looked);
        }
        looked
    }

    /// Whether a number or a name of the proposition stands nowhere on the page.
    fn lacks_exactly(&self, proposition: &str, document: &Document) -> bool {
        let there = format!("{} {}", told_of(document), document.text);
        missing_exactly(self.models, proposition, &missing(self.models, proposition, &there))
    }

    /// Finds out in whose words the page says it, and whether the citing page names them.
    fn whose(
        &self,
        written: &str,
        proposition: &str,
        page: &Page,
        (passage, finding): (Span, &Finding),
        looked: &mut Looked,
    ) {
        let carried = |span: Span| carried(self.models, self.everyone, proposition, page, (span, Side::For));
        let Some((_, chain)) = carried(passage) else { return };
        looked.chain = chain;
        // Where the page says it in its own voice as well, it says it.
        if looked.verdict != CitedVerdict::Says || finding.also.iter().any(|&span| carried(span).is_none()) {
            return;
        }
        let Some(first) = looked.chain.first() else { return };
        let is_page =
            page.document.site.as_deref().is_some_and(|site| site.eq_ignore_ascii_case(&first.link.name));
        if is_page || tells_whose(written, first) {
            return;
        }
        looked.verdict = CitedVerdict::OthersWords;
        looked.whose = Some(match first.part {
            Part::Nobody => "nobody by name".to_owned(),
            _ if first.link.unnamed => format!("{}, unnamed", first.written),
            _ => first.link.name.clone(),
        });
    }
}

/// Whether the citing page says whose words they are: it names them, or says that somebody says so.
fn tells_whose(written: &str, speaker: &Speaker) -> bool {
    const TELLS: &[&str] = &[
        " said ",
        " says ",
        " say ",
        "according to",
        "reportedly",
        "alleged",
        " claim",
        " told ",
        " denied ",
        " denies ",
        " argued ",
        " warned ",
        " insisted ",
        " believes ",
        " stated ",
        " accused ",
        " announced ",
        " quoted ",
        " described ",
        " called ",
        " laut ",
        " sagte",
    ];
    let lower = format!(" {} ", written.to_lowercase());
    let mut names = speaker.written.split_whitespace().chain(speaker.link.name.split_whitespace());
    let is_named = names.any(|name| {
        let name = name.trim_matches(|c: char| !c.is_alphanumeric());
        name.chars().count() > 2 && name.starts_with(char::is_uppercase) && written.contains(name)
    });
    is_named || TELLS.iter().any(|cue| lower.contains(cue))
}

/// A proposition that begins with a pronoun, with a name in its place.
fn with_subject(proposition: &str, subject: &str) -> Option<String> {
    let (first, rest) = proposition.split_once(' ')?;
    match first {
        "He" | "She" | "It" | "They" => Some(format!("{subject} {rest}")),
        "His" | "Her" | "Its" | "Their" => Some(format!("{subject}'s {rest}")),
        _ => None,
    }
}

/// The passage with all that tells of whom and when it speaks.
fn everything_around(document: &Document, finding: &Finding) -> String {
    let around = finding.around.map_or("", |span| span.of(&document.text));
    format!("{} {around}", told_of(document))
}

/// What a page tells of itself: its title, its outlet, its day.
fn told_of(document: &Document) -> String {
    let day = document.published.as_ref().map(|stamp| stamp.at.replace(['-', 'T', ':'], " "));
    let month = document.published.as_ref().and_then(|stamp| stamp.at.get(5..7)?.parse::<i8>().ok());
    let month = month.and_then(month_name);
    let title = document.title.as_deref().unwrap_or_default();
    let site = document.site.as_deref().unwrap_or_default();
    format!("{title} {site} {} {}", day.unwrap_or_default(), month.unwrap_or_default())
}

/// Why a page that does not say it may only not have been read as it is.
fn why_not_read(document: &Document) -> Option<String> {
    let told = document.notes.iter().find(|note| {
        matches!(note.kind, NoteKind::Stub | NoteKind::Empty | NoteKind::Binary | NoteKind::Language)
    });
    told.map(|note| note.text.clone())
}

fn unread(why: String) -> Looked {
    Looked {
        verdict: CitedVerdict::Unread,
        sure: true,
        probability: None,
        passage: None,
        missing: Vec::new(),
        whose: None,
        why: Some(why),
        chain: Vec::new(),
    }
}
