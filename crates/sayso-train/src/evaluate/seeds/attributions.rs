//! The answers on who said what, against the statements that were read.

use super::gold::{Attribution, Place};
use super::linked::Linked;
use super::places::Places;
use super::report::{Cell, Mark, Row, name_of};
use crate::score::tokens::jaccard;
use anyhow::Result;
use sayso_record::{Manner, SourceKind, Statement};
use std::collections::{BTreeSet, HashMap};

/// The least Jaccard of a content with the answer's.
const CONTENT: f64 = 0.8;
/// The same of a source or a cue: one word more or less is no other source.
const NAMING: f64 = 0.5;

/// A statement in tokens.
pub(super) struct Read<'a> {
    statement: &'a Statement,
    source: BTreeSet<usize>,
    cue: BTreeSet<usize>,
    content: BTreeSet<usize>,
}

impl<'a> Read<'a> {
    pub(super) fn new(places: &Places, statement: &'a Statement) -> Result<Read<'a>> {
        Ok(Read {
            statement,
            source: places.of_spans(&statement.source.spans)?,
            cue: places.of_spans(&statement.cue)?,
            content: places.of_spans(&statement.content)?,
        })
    }
}

/// What became of the answers.
pub(super) struct Compared<'a> {
    pub(super) rows: Vec<Row>,
    /// A line for every statement that no answer asks for.
    pub(super) beside: Vec<String>,
    /// The statement that was taken for each answer.
    pub(super) taken: HashMap<&'a str, &'a Statement>,
}

/// Compares all answers with what was read, and with what that comes to.
pub(super) fn compare<'a>(
    places: &Places,
    answers: &'a [Attribution],
    read: &[Read<'a>],
    linked: &Linked,
) -> Result<Compared<'a>> {
    let mut used = vec![false; read.len()];
    let mut rows = Vec::with_capacity(answers.len());
    let mut taken = HashMap::new();
    for answer in answers {
        let content = places.of_answer(&answer.content, &BTreeSet::new())?;
        let cue = places.of_answer(&answer.cue, &content)?;
        let source = places.of_answer(&answer.source, &content)?;
        let own_voice = answer.kind.as_deref() == Some(&name_of(&Manner::OwnVoice));
        let alike = |read: &Read| {
            (jaccard(&read.content, &content), jaccard(&read.source, &source), jaccard(&read.cue, &cue))
        };
        let best = read
            .iter()
            .enumerate()
            .filter(|(_, read)| (read.statement.manner == Manner::OwnVoice) == own_voice)
            .map(|(at, read)| (at, read, alike(read)))
            .filter(|(.., alike)| alike.0 > 0.0)
            .max_by(|(.., a), (.., b)| a.partial_cmp(b).expect("a share is a number"));
        let cells = match best {
            Some((at, read, (content_alike, ..))) => {
                used[at] = true;
                taken.insert(answer.id.as_str(), read.statement);
                let mut cells = vec![
                    naming("source", places, &answer.source, &source, &read.source),
                    naming("cue", places, &answer.cue, &cue, &read.cue),
                    content_cell(places, &content, &read.content, content_alike),
                ];
                cells.extend(about(answer, read.statement));
                cells.push(linked.origin(answer, read.statement));
                cells
            }
            None => nothing_read(answer, &places.words(&content)),
        };
        rows.push(Row { table: "attribution", name: answer.id.clone(), optional: answer.optional, cells });
    }
    let beside =
        read.iter().zip(used).filter(|(read, used)| !used && read.statement.manner != Manner::OwnVoice);
    let beside = beside.map(|(read, _)| in_short(places, read)).collect();
    Ok(Compared { rows, beside, taken })
}

fn naming(
    part: &'static str,
    places: &Places,
    answer: &[Place],
    right: &BTreeSet<usize>,
    found: &BTreeSet<usize>,
) -> Cell {
    let alike = jaccard(right, found);
    let mark = match alike {
        1.0 => Mark::Found,
        _ if alike >= NAMING => Mark::Near,
        _ => Mark::Missing,
    };
    let cell = Cell::new(part, mark);
    match mark {
        Mark::Found if !places.cuts_a_word(answer) => cell,
        Mark::Found => {
            let taken = places.words(right);
            cell.with_detail(format!(
                "the answer's offsets cut a word; the nearest “{taken}” was taken for it"
            ))
        }
        _ => cell.with_detail(format!("“{}” where “{}” is right", places.words(found), places.words(right))),
    }
}

fn content_cell(places: &Places, right: &BTreeSet<usize>, found: &BTreeSet<usize>, alike: f64) -> Cell {
    let shown = Some(format!("{alike:.2}{}", if alike < CONTENT { " NO" } else { "" }));
    let mark = if alike < CONTENT { Mark::Missing } else { Mark::Found };
    let cell = Cell { shown, ..Cell::new("content", mark) };
    if alike == 1.0 {
        return cell;
    }
    let only = |a: &BTreeSet<usize>, b: &BTreeSet<usize>| places.words(&a.difference(b).copied().collect());
    cell.with_detail(format!("too little by “{}”, too much by “{}”", only(right, found), only(found, right)))
}

/// What is asked of a statement besides its words.
fn about(answer: &Attribution, statement: &Statement) -> Vec<Cell> {
    let vias: Vec<&str> = statement.via.iter().map(|via| via.name.as_str()).collect();
    let via = match &answer.via {
        // Somebody between where nobody was is as wrong as nobody where somebody was.
        None if vias.is_empty() => Cell::new("via", Mark::Nothing),
        None => Cell::same("via", None, Some(&vias.join(", "))),
        Some(via) => {
            let found = vias.iter().find(|name| Cell::same("via", Some(via), Some(name)).mark == Mark::Found);
            Cell::same(
                "via",
                Some(via),
                found.copied().or((!vias.is_empty()).then(|| vias.join(", ")).as_deref()),
            )
        }
    };
    let speaker = match &answer.speaker {
        Some(speaker) => Cell::same("speaker", Some(speaker), Some(statement.source.name.as_str())),
        None => Cell::new("speaker", Mark::Nothing),
    };
    let named = answer.named.map(|named| if named { "named" } else { "not named" });
    let is_named = if statement.source.kind.is_named() { "named" } else { "not named" };
    vec![
        via,
        speaker,
        asked("kind", answer.kind.as_deref(), &name_of(&statement.manner)),
        asked("stance", answer.stance.as_deref(), &name_of(&statement.stance)),
        asked("named", named, is_named),
    ]
}

fn asked(part: &'static str, right: Option<&str>, found: &str) -> Cell {
    match right {
        Some(right) => Cell::same(part, Some(right), Some(found)),
        None => Cell::new(part, Mark::Nothing),
    }
}

fn nothing_read(answer: &Attribution, content: &str) -> Vec<Cell> {
    let missing = |asked: bool, part| Cell::new(part, if asked { Mark::Missing } else { Mark::Nothing });
    vec![
        missing(true, "source"),
        missing(true, "cue"),
        missing(true, "content").with_detail(format!("no statement holds any of “{content}”")),
        missing(answer.via.is_some(), "via"),
        missing(answer.speaker.is_some(), "speaker"),
        missing(answer.kind.is_some(), "kind"),
        missing(answer.stance.is_some(), "stance"),
        missing(answer.named.is_some(), "named"),
        missing(answer.via.is_some(), "origin"),
    ]
}

fn in_short(places: &Places, read: &Read) -> String {
    let Statement { source, via, .. } = read.statement;
    let names = std::iter::once(source).chain(via).map(|mention| match mention.kind {
        SourceKind::Nobody => "nobody named",
        _ if mention.name.is_empty() => "nameless",
        _ => mention.name.as_str(),
    });
    let chain = names.collect::<Vec<_>>().join(" <- ");
    let words = places.words(&read.content);
    let start: String = words.chars().take(60).collect();
    let more = if start.len() < words.len() { "…" } else { "" };
    format!("{chain} [{}]: “{start}{more}”", places.words(&read.cue))
}
