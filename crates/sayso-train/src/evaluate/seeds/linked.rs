//! What a document comes to when it is linked and weighed on its own: where its chains end, on whose word alone they
//! reach us, what it takes back and whom it no longer believes.

use super::gold::{Attribution, Correction};
use super::report::{Cell, Mark};
use anyhow::Result;
use sayso_link::sources::Name;
use sayso_link::{CaseBasis, CaseStatement, Models, Options, Suggested, Suggestion, case};
use sayso_record::{Document, Manner, NoticeKind, Statement};
use sayso_weigh::{CaseReport, ClaimReport, Moment, Weighing};

/// A document, linked and weighed.
pub(super) struct Linked {
    case: sayso_link::Case,
    suggestions: Vec<Suggestion>,
    weighed: CaseReport,
}

impl Linked {
    pub(super) fn of(document: &Document, statements: &[Statement]) -> Result<Linked> {
        // The page's own sentences found claims here, so that what it takes back can be seen.
        let options = Options { own_voice_founds: true, ..Options::default() };
        let (case, suggestions) =
            case(&Models::built_in(), options, [(document.clone(), statements.to_vec())]);
        let weighable = sayso_weigh::Case::parse(&serde_json::to_string(&case)?)?;
        let graph = weighable.graph();
        let weighed = weighable.report(&mut Weighing::new(&graph, Moment::ALL));
        Ok(Linked { case, suggestions, weighed })
    }

    /// The links of a statement, its source's first.
    fn links(&self, statement: &Statement) -> impl Iterator<Item = &CaseStatement> {
        let id = statement.id.short();
        self.case.statements.iter().filter(move |one| one.id.split('/').next() == Some(&id))
    }

    /// Whether what was passed on rests on those who said it, named or not, and on nobody's word but through whom it came.
    pub(super) fn origin(&self, answer: &Attribution, statement: &Statement) -> Cell {
        let (part, Some(via)) = ("origin", &answer.via) else { return Cell::new("origin", Mark::Nothing) };
        let missing = |why: String| Cell::new(part, Mark::Missing).with_detail(why);
        let Some(link) = self.links(statement).next() else {
            return missing("it makes no claim".to_owned());
        };
        let Some(ClaimReport { origins, single_points, .. }) = self.weighed.claims.get(&link.claim) else {
            return missing("its claim is not weighed".to_owned());
        };
        let unnamed = |origin: &String| self.case.sources.get(origin).is_some_and(|source| source.unnamed);
        let named = answer.named.unwrap_or(true);
        if origins.is_empty() || origins.iter().any(|origin| unnamed(origin) == named) {
            return missing(format!("it goes back to {}", origins.join(", ")));
        }
        // Commenters are told apart by their page.
        let name = |point: &str| point.split_once(" (").map_or(point, |(name, _)| name).to_owned();
        if !single_points.iter().any(|point| is_same(&name(point), via)) {
            return missing(format!(
                "it would stand without {via}, not without {}",
                single_points.join(", ")
            ));
        }
        Cell::new(part, Mark::Found)
    }

    /// Whether a conclusion rests on its reason.
    pub(super) fn ground(&self, reason: &Statement, conclusion: &Statement) -> Mark {
        let reasons: Vec<&str> = self.links(reason).map(|link| link.id.as_str()).collect();
        let rests = self.links(conclusion).any(|link| match &link.basis {
            CaseBasis::First => false,
            CaseBasis::Alternatives(all) => all.iter().flatten().any(|need| reasons.contains(&need.as_str())),
        });
        if rests { Mark::Found } else { Mark::Missing }
    }

    /// Whether a notice takes back the page's own words, and nobody else's. What a correction puts right no longer stands
    /// on the page: only notices that take back what still does are asked.
    pub(super) fn withdraws(
        &self,
        answer: &Correction,
        kind: Option<NoticeKind>,
        statements: &[Statement],
    ) -> Cell {
        let part = "withdraws";
        let (Some(words), Some(NoticeKind::Apology | NoticeKind::Retraction)) = (&answer.withdraws, kind)
        else {
            return Cell::new(part, Mark::Nothing);
        };
        let withdrawn = |statement: &&Statement| self.case.withdrawn.contains(&statement.id.short());
        let (own, others): (Vec<_>, Vec<_>) =
            statements.iter().filter(withdrawn).partition(|statement| statement.manner == Manner::OwnVoice);
        match (own.is_empty(), others.is_empty()) {
            (false, true) => Cell::new(part, Mark::Found),
            (true, _) => Cell::new(part, Mark::Missing).with_detail(format!("nothing where {words} are")),
            (_, false) => Cell::new(part, Mark::Missing).with_detail("others' words too".to_owned()),
        }
    }

    /// Whether those, and no others, are suggested as no longer to be believed.
    pub(super) fn distrusts(&self, answer: &Correction) -> Cell {
        let suggested: Vec<&str> = self
            .suggestions
            .iter()
            .filter_map(|suggestion| match &suggestion.what {
                Suggested::Distrust { source, .. } => Some(source.as_str()),
                _ => None,
            })
            .collect();
        let same = suggested.len() == answer.distrusts.len()
            && answer.distrusts.iter().all(|right| suggested.iter().any(|found| is_same(right, found)));
        if same {
            return Cell::new("distrusts", Mark::Found);
        }
        let (found, right) = (suggested.join(", "), answer.distrusts.join(", "));
        Cell::new("distrusts", Mark::Missing).with_detail(format!("“{found}” where “{right}” are right"))
    }
}

fn is_same(a: &str, b: &str) -> bool {
    Name::of(a).key() == Name::of(b).key()
}
