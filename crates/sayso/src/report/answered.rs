//! An answer as a page shows it, whether it was worked out for a claim or for a question.

use crate::questions::answer::{Answer, AnswerLine};
use crate::questions::claim::{Chain, ClaimAnswer, Speaker, SpeaksFor, Step};
use crate::questions::pending::Pending;
use sayso_record::StatementId;
use sayso_weigh::{Standing, Truth};
use std::collections::BTreeSet;

/// What a claim's page and a question's have in common.
#[derive(Clone, Debug)]
pub struct Answered {
    /// What it is: "The claim", or "The question".
    pub kicker: &'static str,
    /// The claim as a sentence, or what was asked.
    pub title: String,
    /// The answer in a sentence or two.
    pub sentence: String,
    /// What is left of it; none where nobody says or denies it.
    pub standing: Option<Standing>,
    /// What would be left of it if all that is possible were so, where that is something else.
    pub possible_standing: Option<Standing>,
    /// How many independent origins stand for it: at least, at most.
    pub independence_for: (u32, u32),
    /// The same for what stands against it.
    pub independence_against: (u32, u32),
    /// Who says so at the ends of the chains.
    pub origins_for: Vec<Speaker>,
    /// Who says that it is not so.
    pub origins_against: Vec<Speaker>,
    /// The sources whose fall alone would end what stands for it.
    pub single_points: Vec<Speaker>,
    /// For whom those speak who are heard.
    pub speaks_for: Vec<SpeaksFor>,
    /// What notices suggest and nobody has decided.
    pub pending: Vec<Pending>,
    /// What is said for it and against it, as far as it counts.
    pub chains: Vec<Chain>,
    /// What doubts it; none where doubts were not looked for.
    pub doubts: Option<Vec<Chain>>,
    /// What may be said of it and does not count: each with whether it would be for it; none where it would only doubt.
    pub possible: Vec<(Option<bool>, Chain)>,
    /// Which of all these are no statements by themselves, and have no page of their own.
    pub sentences: BTreeSet<StatementId>,
}

impl From<&ClaimAnswer> for Answered {
    fn from(answer: &ClaimAnswer) -> Answered {
        let (possible, chains): (Vec<Chain>, Vec<Chain>) =
            answer.chains.iter().cloned().partition(|chain| chain.possible);
        Answered {
            kicker: "The claim",
            title: answer.title.clone(),
            sentence: answer.sentence.clone(),
            standing: Some(answer.standing),
            possible_standing: answer.possible_standing,
            independence_for: answer.independence_for,
            independence_against: answer.independence_against,
            origins_for: answer.origins.clone(),
            origins_against: answer.denied_by.clone(),
            single_points: answer.single_points.clone(),
            speaks_for: answer.speaks_for.clone(),
            pending: answer.pending.clone(),
            chains,
            doubts: None,
            possible: possible.into_iter().map(|chain| (Some(chain.for_it), chain)).collect(),
            sentences: BTreeSet::new(),
        }
    }
}

impl From<&Answer> for Answered {
    fn from(answer: &Answer) -> Answered {
        let mut sentences = BTreeSet::new();
        let mut chains = |lines: &[AnswerLine]| -> Vec<Chain> {
            lines.iter().map(|line| chain(line, &mut sentences)).collect()
        };
        let sure = [chains(&answer.says), chains(&answer.denies)].concat();
        let (doubts, possible) = (chains(&answer.doubts), chains(&answer.possible));
        let possible = answer.possible.iter().map(|line| line.for_it).zip(possible).collect();
        Answered {
            kicker: "The question",
            title: answer.question.clone(),
            sentence: answer.sentence.clone(),
            standing: Some(answer.standing).filter(|_| !answer.is_nobody()),
            possible_standing: answer.possibly(),
            independence_for: answer.independence_for,
            independence_against: answer.independence_against,
            origins_for: answer.origins_for.clone(),
            origins_against: answer.origins_against.clone(),
            single_points: Vec::new(),
            speaks_for: Vec::new(),
            pending: Vec::new(),
            chains: sure,
            doubts: Some(doubts),
            possible,
            sentences,
        }
    }
}

/// A sentence with its chain. Where no statement carries it, it is named by its place.
fn chain(line: &AnswerLine, sentences: &mut BTreeSet<StatementId>) -> Chain {
    let statement = line.statement.unwrap_or_else(|| {
        let place = [line.span.start.to_le_bytes(), line.span.end.to_le_bytes()].concat();
        let id = StatementId::of(&[&line.page.id.0, &place]);
        sentences.insert(id);
        id
    });
    let step = |source: &Speaker, held: bool, stands: Truth| Step {
        source: source.clone(),
        held,
        stands,
        rests_on: Vec::new(),
    };
    let mut steps = vec![step(&line.source, line.own_voice, line.stands)];
    steps.extend(line.via.iter().map(|via| step(via, false, line.stands)));
    // The page passes on what it does not say itself.
    let outlet = line.page.site.as_ref().filter(|_| !line.own_voice);
    if let Some(outlet) = outlet.filter(|outlet| steps.iter().all(|step| step.source.name != **outlet)) {
        steps.push(step(&Speaker { name: outlet.clone(), unnamed: false }, true, line.stands));
    }
    Chain {
        statement,
        for_it: line.for_it != Some(false),
        possible: false,
        suggestion: None,
        stands: line.stands,
        words: line.words.clone(),
        page: line.page.clone(),
        steps,
        because: Vec::new(),
    }
}

impl Answered {
    /// For whom a source speaks.
    pub fn organisations_of(&self, name: &str) -> &[String] {
        self.speaks_for.iter().find(|one| one.name == name).map_or(&[], |one| &one.organisations)
    }
}
