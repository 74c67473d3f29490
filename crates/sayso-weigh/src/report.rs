//! Answers with names: the JSON of `sayso weigh` and `sayso what-if`, and the same in words.

use crate::as_of::Moment;
use crate::case::{Case, show_second};
use crate::explain::{Explanation, OpenStep, Subject, Why};
use crate::graph::Side;
use crate::hypotheses::{Evidence, Matrix};
use crate::standing::{Standing, Weight};
use crate::weighing::Weighing;
use crate::what_if::Effect;
use crate::{ALWAYS, Axis, Graph, Truth};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::fmt::Write as _;

/// Pairs written as a JSON object, in their order.
#[derive(Clone, Debug, PartialEq)]
pub struct Listing<T>(pub Vec<(String, T)>);

impl<T: Serialize> Serialize for Listing<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl<T> Listing<T> {
    /// The value of a name.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }
}

/// A case weighed: what `sayso weigh` prints.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CaseReport {
    /// By id, in the order of the file.
    pub claims: Listing<ClaimReport>,
    /// Whether each statement stands.
    pub statements: Listing<Truth>,
    /// The rival hypotheses, where the case has any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hypotheses: Option<HypothesesReport>,
}

/// A claim weighed. Sources by name, sorted.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClaimReport {
    /// What is left of it, by the sure links.
    pub standing: Standing,
    /// What would be left of it if all possible links were sure, where that is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub possible_standing: Option<Standing>,
    /// Whether a held statement for it stands.
    pub pro: Truth,
    /// Whether a held statement against it stands.
    pub con: Truth,
    /// The sources at the ends of the chains that stand for it.
    pub origins: Vec<String>,
    /// How many sources have to fall to end each side.
    pub independence: Sides,
    /// The sources whose fall alone ends what stands for it.
    pub single_points: Vec<String>,
    /// Sets of sources that may be one, and whose fall together ends it then, so that it may have a single point
    /// that is none of those above.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub single_groups: Vec<Vec<String>>,
    /// Sources whose fall together does, as few as were found.
    pub cut: Vec<String>,
}

/// Independence of both sides: at least, at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Sides {
    /// What stands for it.
    pub pro: (u32, u32),
    /// What stands against it.
    pub con: (u32, u32),
}

impl From<Weight> for Sides {
    fn from(weight: Weight) -> Sides {
        Sides { pro: weight.independence_for, con: weight.independence_against }
    }
}

/// Rival hypotheses weighed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HypothesesReport {
    /// Least inconsistent first.
    pub ranking: Vec<Ranked>,
    /// Claims that count once together, because they share a single point.
    pub counted_once: Vec<Vec<String>>,
    /// Claims that weigh nothing, because they do not stand.
    pub weigh_nothing: Vec<String>,
    /// Sources whose fall would change the order, and the order then.
    pub deciding_sources: Listing<Vec<Ranked>>,
}

/// A hypothesis and what speaks against it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ranked {
    /// Its id.
    pub hypothesis: String,
    /// Inconsistency times credibility times relevance, summed.
    pub inconsistency: f64,
}

/// What changes did: what `sayso what-if` prints.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EffectReport {
    /// Claims that no longer stand.
    pub falls: Vec<String>,
    /// Claims that stand again.
    pub revives: Vec<String>,
    /// Claims that would no longer stand even if all possible links were sure, and are not among those above.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub possibly_falls: Vec<String>,
    /// Claims that would stand again if all possible links were sure, and are not among those above.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub possibly_revives: Vec<String>,
    /// All claims whose standing or independence changes, those above included.
    pub changes: Listing<ShiftReport>,
    /// How many statements have another value.
    pub statements_changed: usize,
}

/// A claim before and after.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ShiftReport {
    /// As it is.
    pub before: WeightReport,
    /// As it would be.
    pub after: WeightReport,
}

/// The figures of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct WeightReport {
    /// What is left of it, by the sure links.
    pub standing: Standing,
    /// What would be left of it if all possible links were sure, where that is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub possible_standing: Option<Standing>,
    /// Whether a held statement for it stands.
    pub pro: Truth,
    /// Whether a held statement against it stands.
    pub con: Truth,
    /// How many sources have to fall to end each side.
    pub independence: Sides,
}

impl From<Weight> for WeightReport {
    fn from(weight: Weight) -> WeightReport {
        WeightReport {
            standing: weight.standing,
            possible_standing: weight.other_possible_standing(),
            pro: weight.pro,
            con: weight.con,
            independence: weight.into(),
        }
    }
}

impl Case {
    fn source_names(&self, sources: &[u32]) -> Vec<String> {
        let mut names: Vec<String> =
            sources.iter().map(|&source| self.sources.name(source).to_owned()).collect();
        names.sort_unstable();
        names
    }

    fn claim_names(&self, claims: &[u32]) -> Vec<String> {
        claims.iter().map(|&claim| self.claims.name(claim).to_owned()).collect()
    }

    /// Everything about the case as it was weighed: claims and statements that were there at that moment.
    pub fn report(&self, weighing: &mut Weighing) -> CaseReport {
        let claims = (0..self.claims.len() as u32).filter(|&claim| weighing.is_said(claim));
        let claims =
            claims.map(|claim| (self.claims.name(claim).to_owned(), self.claim_report(weighing, claim)));
        let statements =
            (0..self.statements.len() as u32).filter(|&statement| weighing.is_present(statement));
        let statements = statements
            .map(|statement| (self.statements.name(statement).to_owned(), weighing.statement(statement)));
        CaseReport {
            claims: Listing(claims.collect()),
            statements: Listing(statements.collect()),
            hypotheses: (!self.file().hypotheses.is_empty()).then(|| self.hypotheses_report(weighing)),
        }
    }

    /// One claim in full.
    pub fn claim_report(&self, weighing: &Weighing, claim: u32) -> ClaimReport {
        let detail = weighing.detail(claim);
        ClaimReport {
            standing: detail.weight.standing,
            possible_standing: detail.weight.other_possible_standing(),
            pro: detail.weight.pro,
            con: detail.weight.con,
            origins: self.source_names(&detail.origins),
            independence: detail.weight.into(),
            single_points: self.source_names(&detail.pro.single_points),
            single_groups: detail.pro.single_groups.iter().map(|group| self.source_names(group)).collect(),
            cut: self.source_names(&detail.pro.cut),
        }
    }

    /// The effect of changes, with names.
    pub fn effect_report(&self, effect: &Effect) -> EffectReport {
        let changes = effect.changed.iter().map(|shift| {
            let report = ShiftReport { before: shift.before.into(), after: shift.after.into() };
            (self.claims.name(shift.claim).to_owned(), report)
        });
        EffectReport {
            falls: self.claim_names(&effect.fell),
            revives: self.claim_names(&effect.revived),
            possibly_falls: self.claim_names(&effect.possibly_fell),
            possibly_revives: self.claim_names(&effect.possibly_revived),
            changes: Listing(changes.collect()),
            statements_changed: effect.statements_changed,
        }
    }

    fn matrix(&self) -> Matrix {
        let file = self.file();
        let evidence = file.evidence.iter().map(|evidence| Evidence {
            claim: self.claim(&evidence.claim).expect("checked when the case was read"),
            credibility: evidence.credibility,
            relevance: evidence.relevance,
            fits: file
                .hypotheses
                .keys()
                .map(|id| evidence.fits.get(id).copied().unwrap_or_default())
                .collect(),
        });
        Matrix { hypotheses: file.hypotheses.len(), evidence: evidence.collect() }
    }

    fn hypotheses_report(&self, weighing: &mut Weighing) -> HypothesesReport {
        let matrix = self.matrix();
        let ids: Vec<&String> = self.file().hypotheses.keys().collect();
        let named = |order: &[(usize, f64)]| -> Vec<Ranked> {
            let ranked =
                |&(at, inconsistency): &(usize, f64)| Ranked { hypothesis: ids[at].clone(), inconsistency };
            order.iter().map(ranked).collect()
        };
        let claim_of = |item: usize| self.claims.name(matrix.evidence[item].claim).to_owned();
        let now = matrix.rank(weighing);
        let silent =
            (0..matrix.evidence.len()).filter(|item| !now.groups.iter().any(|group| group.contains(item)));
        let shared = now.groups.iter().filter(|group| group.len() > 1);
        let deciding = matrix.deciding_sources(weighing).into_iter();
        HypothesesReport {
            ranking: named(&now.order),
            counted_once: shared.map(|group| group.iter().map(|&item| claim_of(item)).collect()).collect(),
            weigh_nothing: silent.map(claim_of).collect(),
            deciding_sources: Listing(
                deciding
                    .map(|(source, then)| (self.sources.name(source).to_owned(), named(&then.order)))
                    .collect(),
            ),
        }
    }

    /// Why a claim has its standing, in words: what stands on each side and on what, what falls and why, and what
    /// its independence hangs on.
    pub fn explain(&self, weighing: &Weighing, claim: u32) -> String {
        let detail = weighing.detail(claim);
        let report = self.claim_report(weighing, claim);
        let mut text = String::new();
        let _ = writeln!(text, "{}: {}", self.claims.name(claim), report.standing);
        for (side, value, heading) in [(Side::For, report.pro, "for"), (Side::Against, report.con, "against")]
        {
            let voices = weighing.explain(claim, side);
            if voices.is_empty() {
                continue;
            }
            let _ = writeln!(text, "{heading} it: {value}");
            for voice in &voices {
                self.write_explanation(&mut text, voice, 1);
            }
        }
        if let [_, ..] = &report.single_points[..] {
            let _ = writeln!(text, "It would fall with any one of: {}.", report.single_points.join(", "));
        } else if report.pro.is_true() {
            let _ = writeln!(
                text,
                "{}: it would fall with {} together.",
                show_origins(report.independence.pro),
                report.cut.join(", ")
            );
            for proof in &detail.pro.proofs {
                let _ = writeln!(text, "  one way it stands: {}", self.source_names(proof).join(", "));
            }
        }
        for group in &report.single_groups {
            let _ = writeln!(text, "These may be one, and it would fall with them: {}.", group.join(", "));
        }
        if let Some(possible) = report.possible_standing {
            let _ = writeln!(text, "If the possible links were sure, it would be {possible}.");
        }
        text
    }

    fn show_subject(&self, subject: Subject) -> String {
        match subject {
            Subject::Claim(claim) => format!("claim {}", self.claims.name(claim)),
            Subject::Statement(number) => {
                let form = &self.file().statements[number as usize];
                let mut shown = format!("{} ({}", form.id, form.source);
                if self.file().sources.get(&form.source).is_some_and(|source| source.unnamed) {
                    shown.push_str(", unnamed");
                }
                if let Some(document) = &form.document {
                    let _ = write!(shown, ", in {document}");
                }
                shown + ")"
            }
        }
    }

    fn write_explanation(&self, text: &mut String, explanation: &Explanation, depth: usize) {
        let shown = self.show_subject(explanation.subject);
        let verdict = match explanation.value {
            Truth::True => "stands",
            Truth::False => "does not stand",
            Truth::Undefined => "is open",
        };
        let (reason, below): (String, &[Explanation]) = match &explanation.why {
            Why::FirstHand => (": said at first hand".to_owned(), &[]),
            Why::Needs(needs) if needs.is_empty() => (": it needs nothing".to_owned(), &[]),
            Why::Needs(needs) => (", resting on:".to_owned(), needs),
            Why::Elsewhere => (", as told elsewhere here".to_owned(), &[]),
            Why::NotThere => (": it was not there yet".to_owned(), &[]),
            Why::Withdrawn => (": it was withdrawn".to_owned(), &[]),
            Why::SourceDiscredited => (": its source is discredited".to_owned(), &[]),
            Why::DocumentDiscredited => (": its document is discredited".to_owned(), &[]),
            Why::Undercut(by) => (", undercut by:".to_owned(), std::slice::from_ref(&**by)),
            Why::NoBasis => (": nothing is known on which it rests".to_owned(), &[]),
            Why::Lacks(lacking) if lacking.len() == 1 => (", for want of:".to_owned(), lacking),
            Why::Lacks(lacking) => (": each of its alternatives lacks one of these:".to_owned(), lacking),
            Why::Loop(round) => (format!(": it rests on itself, {}", self.show_loop(round)), &[]),
            Why::Open { way, round } => (self.show_open(way, round), &[]),
        };
        let _ = writeln!(text, "{:indent$}{shown} {verdict}{reason}", "", indent = 2 * depth);
        for explanation in below {
            self.write_explanation(text, explanation, depth + 1);
        }
    }

    fn show_loop(&self, round: &[Subject]) -> String {
        let mut shown: Vec<String> = round.iter().map(|&subject| self.show_subject(subject)).collect();
        shown.extend(shown.first().cloned());
        shown.join(" -> ")
    }

    fn show_open(&self, way: &[OpenStep], round: &[OpenStep]) -> String {
        let mut shown = String::from(":");
        let place = |step: &OpenStep, shown: &mut String| {
            let verb = if step.undercut { "is undercut by" } else { "rests on" };
            let _ = write!(shown, " {} {verb}", self.show_subject(step.subject));
        };
        way.iter().for_each(|step| place(step, &mut shown));
        round.iter().for_each(|step| place(step, &mut shown));
        if let Some(first) = round.first() {
            let _ = write!(shown, " {}: a loop of undercuts", self.show_subject(first.subject));
        }
        shown
    }

    /// A claim's standing over time, one interval a line.
    pub fn history(&self, graph: &Graph, claim: u32, axis: Axis) -> String {
        let mut text = String::new();
        for interval in graph.history(claim, axis) {
            let from = if interval.from == ALWAYS {
                "from the start".to_owned()
            } else {
                show_second(interval.from)
            };
            let standing = interval.standing.map_or("nothing said", Standing::name);
            let _ = writeln!(text, "{from}: {standing}");
        }
        text
    }
}

/// A range as people write it: `2`, or `2-3`.
pub fn show_range((least, most): (u32, u32)) -> String {
    if least == most { least.to_string() } else { format!("{least}-{most}") }
}

/// How many origins are independent, in words: `1 independent origin`, or `1 to 2 independent origins`.
pub fn show_origins((least, most): (u32, u32)) -> String {
    match (least, most) {
        (1, 1) => "1 independent origin".to_owned(),
        _ if least == most => format!("{least} independent origins"),
        _ => format!("{least} to {most} independent origins"),
    }
}

impl Moment {
    /// What was published and known by given dates, each a whole day where it names no time; none for no date.
    /// None of all where a text is no date.
    pub fn by_dates(published_by: Option<&str>, known_by: Option<&str>) -> Option<Moment> {
        let second = |date: Option<&str>| date.map_or(Some(i64::MAX), crate::case::last_second);
        Some(Moment { published_by: second(published_by)?, known_by: second(known_by)? })
    }
}
