//! Weighs what speaks to a question: each sentence is a chain from its source to its page, and all that is known of
//! sources, pages and statements counts as it does for claims.

use super::sources::{Sources, part};
use super::{Answer, AnswerLine};
use crate::LedgerError;
use crate::questions::claim::{PageOf, Speaker};
use crate::time::AsOf;
use crate::weighing::cone::acts_on;
use crate::weighing::decisions::Decisions;
use sayso_ledger::Ledger;
use sayso_link::Page;
use sayso_link::questions::{Part, Side, Spoken};
use sayso_record::{SourceKind, Subject};
use sayso_weigh::{ALWAYS, Builder, Need, Said, Side as Weighed, Target, Truth, Weighing, first_second};

/// A chain in the builder: the number of its source's words, and of the page's report.
struct Chain {
    /// Which of the spoken sentences.
    spoken: usize,
    /// The number of the source's own words; the page's where it speaks in its own voice.
    source: u32,
    /// The number of the page's report.
    report: u32,
}

/// Weighs what was spoken, and tells it in the answer.
pub(super) fn weigh(
    ledger: &Ledger,
    decisions: &Decisions,
    pages: &[Page],
    spoken: &[Spoken],
    as_of: AsOf,
    answer: &mut Answer,
) -> Result<(), LedgerError> {
    let sources = Sources::new(ledger, decisions, pages, spoken, as_of)?;
    let mut builder = Builder::default();
    let mut chains: Vec<Chain> = Vec::new();
    // Credited sources first: what pages and outlets say themselves rests on them, and so does what nobody is credited
    // with. A page's other sentences rest on its best one.
    let credited = |one: &Spoken| one.best && part(one) == Part::Origin;
    let all = || spoken.iter().enumerate().filter(|(_, one)| one.side != Side::Doubts);
    let order = all()
        .filter(|(_, one)| credited(one))
        .chain(all().filter(|(_, one)| one.best && !credited(one)))
        .chain(all().filter(|(_, one)| !one.best));
    for (at, one) in order {
        let holds = |chain: &&Chain| {
            let other = &spoken[chain.spoken];
            let fits = other.side == one.side && (other.counts || !one.counts);
            let below = match one.best {
                true => !credited(one) && credited(other),
                false => other.best && other.page == one.page,
            };
            fits && below
        };
        let rests_on: Vec<[Need; 1]> =
            chains.iter().filter(holds).map(|chain| [Need::Statement(chain.source)]).collect();
        let of_page = sources.outlet(one.page);
        let names = sources.chain(at);
        // The page itself is the last step, and the only one where it speaks in its own voice.
        let steps = names.iter().map(|&name| (name, false)).chain([(of_page, true)]);
        let (source, mut below) = (builder.len() as u32, builder.len() as u32);
        for (step, (name, held)) in steps.enumerate() {
            let own = said(one, pages, name, held);
            below = match (step, rests_on.is_empty()) {
                (0, true) => builder.first_hand(own),
                (0, false) => builder.relayed(own, rests_on.iter().map(|needs| &needs[..])),
                _ => builder.relayed(own, [&[Need::Statement(below)][..]]),
            };
        }
        chains.push(Chain { spoken: at, source, report: below });
    }
    for chain in chains.iter().filter(|chain| !spoken[chain.spoken].counts) {
        for number in chain.source..=chain.report {
            builder.possible_claim(number);
        }
    }
    builder.claims(1);
    for set in sources.may_be_one(spoken) {
        builder.may_be_one(&set);
    }
    builder.unnamed_count_as_one();
    sources.unnamed().for_each(|source| builder.unnamed(source, 0));
    sources.acts(ledger, decisions)?.into_iter().for_each(|act| builder.act(act));
    for chain in &chains {
        let one = &spoken[chain.spoken];
        let page = &pages[one.page];
        let document = Target::Document(one.page as u32);
        acts_on(decisions, document, &Subject::Document(page.document.id)).for_each(|act| builder.act(act));
        if let Some(at) = one.statement {
            let statement = Subject::Statement(page.statements[at].id);
            for number in chain.source..=chain.report {
                acts_on(decisions, Target::Statement(number), &statement).for_each(|act| builder.act(act));
            }
        }
    }
    // The page's own sentences are statements too, and are taken back as such.
    let graph = builder.build();
    let weighing = Weighing::new(&graph, as_of.moment());
    let stands: Vec<(usize, Truth, Truth)> = chains
        .iter()
        .map(|chain| (chain.spoken, weighing.statement(chain.report), weighing.statement(chain.source)))
        .collect();
    let detail = weighing.detail(0);
    let weight = detail.weight;
    answer.standing = weight.standing;
    answer.possible_standing = weight.other_possible_standing();
    (answer.pro, answer.con) = (weight.pro, weight.con);
    answer.independence_for = weight.independence_for;
    answer.independence_against = weight.independence_against;
    for (side, origins, independence) in [
        (Side::For, &mut answer.origins_for, &mut answer.independence_for),
        (Side::Against, &mut answer.origins_against, &mut answer.independence_against),
    ] {
        let standing = stands.iter().filter(|(at, report, _)| {
            let one = &spoken[*at];
            one.counts && one.best && one.side == side && report.is_true()
        });
        let found = sources.origins(pages, spoken, standing.map(|(at, _, _)| *at));
        *origins = found.sources;
        independence.1 = independence.1.min(found.apart).max(independence.0);
    }
    for (at, one) in spoken.iter().enumerate() {
        let stands =
            stands.iter().find(|(other, _, _)| *other == at).map_or(Truth::True, |(_, report, _)| *report);
        answer.add(one, line(&sources, pages, at, one, stands));
    }
    Ok(())
}

fn said(one: &Spoken, pages: &[Page], source: u32, held: bool) -> Said {
    let published = pages[one.page].document.published.as_ref();
    Said {
        source,
        document: held.then_some(one.page as u32),
        claim: 0,
        side: if one.side == Side::Against { Weighed::Against } else { Weighed::For },
        held,
        published: published.and_then(|stamp| first_second(&stamp.at)).unwrap_or(ALWAYS),
        known: ALWAYS,
    }
}

fn line(sources: &Sources, pages: &[Page], at: usize, one: &Spoken, stands: Truth) -> AnswerLine {
    let page = &pages[one.page];
    let names: Vec<Speaker> = sources.chain(at).iter().map(|&source| sources.speaker(source)).collect();
    let own_voice = one.chain.is_empty();
    let is_author = one.chain.first().is_some_and(|first| first.kind == SourceKind::Author);
    let (source, via) = match names.split_first() {
        // As the page has it: names of one person differ from page to page.
        Some((first, rest)) if !is_author => {
            let written =
                one.chain.first().filter(|written| written.is_by_name && names.len() == one.chain.len());
            let written = written.map(|written| Speaker { name: written.written.clone(), unnamed: false });
            (written.unwrap_or_else(|| first.clone()), rest.to_vec())
        }
        _ => (sources.speaker(sources.outlet(one.page)), Vec::new()),
    };
    AnswerLine {
        page: PageOf::of(&page.document),
        words: one.sentence.of(&page.document.text).to_owned(),
        span: one.sentence,
        statement: one.statement.map(|at| page.statements[at].id),
        source,
        own_voice: own_voice || is_author,
        via,
        for_it: match one.side {
            Side::For => Some(true),
            Side::Against => Some(false),
            Side::Doubts => None,
        },
        confidence: one.share(),
        stands,
    }
}
