//! On what evidence: the reasons that pages give for what speaks to a proposition, of what kind each is, and the accounts
//! that they put aside for it.
//!
//! A reason is what the page itself gives as one ("This suggests ...", "because ..."), or the words by which a sentence tells
//! how its speaker knows ("court records show"). Nothing is called a reason that no word of the page makes one.

use super::sieve::covered;
use super::{Sentence, Side, Spoken, sentences};
use crate::Models;
use crate::grounds::{Ground, GroundKind, grounds};
use crate::linker::Page;
use sayso_record::{Document, Span};
use std::collections::HashMap;

/// What kind of thing a reason is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EvidenceKind {
    /// Something written: records, a letter, a report.
    Document,
    /// Something that is there to be looked at: markings, remains, a sample.
    Object,
    /// What somebody saw or heard, or what was filmed.
    Observation,
    /// A number.
    Figure,
    /// What is concluded from something else.
    Inference,
    /// Somebody's word, without anything of these.
    Assertion,
}

impl EvidenceKind {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            EvidenceKind::Document => "document",
            EvidenceKind::Object => "object",
            EvidenceKind::Observation => "observation",
            EvidenceKind::Figure => "figure",
            EvidenceKind::Inference => "inference",
            EvidenceKind::Assertion => "assertion",
        }
    }
}

/// A reason for what is asked, or against it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Which of the spoken sentences it is a reason for.
    pub spoken: usize,
    /// What kind it is.
    pub kind: EvidenceKind,
    /// The words that make it of this kind; the words that make it a reason where none does.
    pub cue: Span,
    /// The reason.
    pub reason: Span,
}

/// An account that a page puts aside for another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rival {
    /// Which of the spoken sentences it stands beside.
    pub spoken: usize,
    /// The words that set the two against each other.
    pub cue: Span,
    /// The account that is put forward.
    pub put_forward: Span,
    /// The account that is put aside.
    pub put_aside: Span,
}

const DOCUMENTS: &[&str] = &[
    "affidavit",
    "archive",
    "audit",
    "bill of lading",
    "cable",
    "certificate",
    "contract",
    "court filing",
    "diary",
    "document",
    "documents",
    "e-mail",
    "email",
    "emails",
    "e-mails",
    "filing",
    "filings",
    "indictment",
    "invoice",
    "invoices",
    "leaked",
    "ledger",
    "letter",
    "letters",
    "log book",
    "memo",
    "memorandum",
    "memos",
    "minutes",
    "papers",
    "receipt",
    "receipts",
    "record",
    "records",
    "register",
    "report",
    "text message",
    "text messages",
    "transcript",
    "transcripts",
];
const OBJECTS: &[&str] = &[
    "blood",
    "casing",
    "casings",
    "dna",
    "fingerprint",
    "fingerprints",
    "footprint",
    "footprints",
    "fragment",
    "fragments",
    "manufacturing date",
    "manufacturing dates",
    "marking",
    "markings",
    "remains",
    "residue",
    "sample",
    "samples",
    "serial number",
    "serial numbers",
    "shell",
    "shells",
    "stamp",
    "stamped",
    "stamps",
    "traces",
    "wreckage",
];
const OBSERVATIONS: &[&str] = &[
    "camera",
    "cameras",
    "caught on",
    "eyewitness",
    "eyewitnesses",
    "filmed",
    "footage",
    "heard",
    "i saw",
    "photo",
    "photograph",
    "photographed",
    "photographs",
    "photos",
    "recording",
    "recordings",
    "satellite image",
    "satellite images",
    "saw",
    "seen",
    "video",
    "videos",
    "watched",
    "witness",
    "witnessed",
    "witnesses",
];
/// Verbs by which what is written, there or filmed tells something, behind the noun.
const TELLS: &[&str] = &[
    "confirm",
    "confirmed",
    "confirms",
    "establish",
    "establishes",
    "indicate",
    "indicated",
    "indicates",
    "prove",
    "proved",
    "proves",
    "reveal",
    "revealed",
    "reveals",
    "said",
    "say",
    "says",
    "show",
    "showed",
    "showing",
    "shown",
    "shows",
    "suggest",
    "suggested",
    "suggests",
];
/// Words by which a sentence names what it rests on, before the noun.
const RESTS_ON: &[&str] = &["according to", "based on", "citing", "as shown by", "as seen in", "judging by"];
const INFERENCES: &[&str] = &[
    "can only",
    "could not have",
    "could only",
    "likely",
    "must be",
    "must have",
    "no other",
    "presumably",
    "would have",
];

/// The reasons and rival accounts of what was spoken, in its order. Each is told once, of the sentence that says it best.
pub fn evidence(
    models: &Models,
    proposition: &str,
    pages: &[Page],
    spoken: &[Spoken],
) -> (Vec<Evidence>, Vec<Rival>) {
    let mut of_pages: HashMap<usize, (Vec<Ground>, Vec<Sentence>)> = HashMap::new();
    let (mut reasons, mut rivals): (Vec<Evidence>, Vec<Rival>) = Default::default();
    for (number, one) in spoken.iter().enumerate() {
        if !one.counts || one.side == Side::Doubts {
            continue;
        }
        let document = &pages[one.page].document;
        let (grounds, sentences) =
            of_pages.entry(one.page).or_insert_with(|| (grounds(document), sentences(document)));
        let before = sentences.iter().find(|sentence| sentence.span == one.sentence);
        let before = before.map_or("", |sentence| &sentence.before);
        let share = |span: Span| {
            let of = |words: &str| models.wordings.of(words);
            covered(&of(proposition), &of(before), &of(span.of(&document.text)), &models.wordings)
        };
        let mut given = false;
        for ground in grounds.iter() {
            let here = |span: Span| one.sentence.overlaps(span);
            match ground.kind {
                // What is asked is the conclusion, not the reason: of two parts of one sentence the one that says more of it.
                GroundKind::Reason
                    if here(ground.conclusion)
                        && (!here(ground.reason) || share(ground.conclusion) >= share(ground.reason)) =>
                {
                    let kind = kind(document, ground.reason);
                    // "I will not say it, so forget it": what stands before "so" is mostly no reason.
                    if kind.is_none() && ground.cue.of(&document.text).ends_with("so") {
                        continue;
                    }
                    let (kind, cue) = kind.unwrap_or((EvidenceKind::Assertion, ground.cue));
                    given = true;
                    reasons.push(Evidence { spoken: number, kind, cue, reason: ground.reason });
                }
                GroundKind::Rival if here(ground.reason) || here(ground.conclusion) => {
                    let (put_forward, put_aside) = (ground.reason, ground.conclusion);
                    rivals.push(Rival { spoken: number, cue: ground.cue, put_forward, put_aside });
                }
                _ => {}
            }
        }
        if let Some((kind, cue)) = (!given).then(|| how_known(document, one.sentence, proposition)).flatten()
        {
            reasons.push(Evidence { spoken: number, kind, cue, reason: one.sentence });
        }
    }
    let mut seen = Vec::new();
    reasons.retain(|one| is_first(&mut seen, (spoken[one.spoken].page, one.reason)));
    let mut seen = Vec::new();
    rivals.retain(|one| is_first(&mut seen, (spoken[one.spoken].page, one.cue)));
    (reasons, rivals)
}

fn is_first(seen: &mut Vec<(usize, Span)>, place: (usize, Span)) -> bool {
    let is_new = !seen.contains(&place);
    seen.extend(is_new.then_some(place));
    is_new
}

/// What kind of thing a reason speaks of, and the words that say so.
fn kind(document: &Document, reason: Span) -> Option<(EvidenceKind, Span)> {
    let words = reason.of(&document.text).to_lowercase();
    // Where lower case has another length, no place could be told.
    if words.len() != reason.of(&document.text).len() {
        return None;
    }
    let at =
        |(start, end): (usize, usize)| Span::new(reason.start as usize + start, reason.start as usize + end);
    let kinds = [
        (EvidenceKind::Object, OBJECTS),
        (EvidenceKind::Document, DOCUMENTS),
        (EvidenceKind::Observation, OBSERVATIONS),
        (EvidenceKind::Inference, INFERENCES),
    ];
    let found = kinds.into_iter().find_map(|(kind, cues)| Some((kind, at(first_of(&words, cues)?))));
    found.or_else(|| Some((EvidenceKind::Figure, at(figure(&words)?))))
}

/// How the speaker of a sentence knows by its own words: "records show that ...", "according to footage from the quay". What is
/// asked about itself is no reason for it.
fn how_known(document: &Document, sentence: Span, proposition: &str) -> Option<(EvidenceKind, Span)> {
    /// So many words may stand between.
    const BETWEEN: usize = 3;
    let (kind, cue) = kind(document, sentence)
        .filter(|(kind, _)| !matches!(kind, EvidenceKind::Figure | EvidenceKind::Inference))?;
    let text = &document.text;
    let noun = cue.of(text).to_lowercase();
    let before = text[sentence.start as usize..cue.start as usize].to_lowercase();
    let after = text[cue.end as usize..sentence.end as usize].to_lowercase();
    let is_asked = first_of(&proposition.to_lowercase(), &[noun.as_str()]).is_some();
    let rests = RESTS_ON.iter().any(|words| {
        before.rfind(words).is_some_and(|at| before[at + words.len()..].split_whitespace().count() <= BETWEEN)
    });
    let clause = after.split([',', ';', '.']).next().unwrap_or_default();
    let tells = clause.split_whitespace().take(BETWEEN).any(|word| TELLS.contains(&word));
    (!is_asked && (rests || tells)).then_some((kind, cue))
}

/// Where the first of some cues stands as whole words; of several the longest at that place.
fn first_of(words: &str, cues: &[&str]) -> Option<(usize, usize)> {
    let is_word = |start: usize, end: usize| {
        let joins = |c: char| c.is_alphanumeric();
        !words[..start].ends_with(joins) && !words[end..].starts_with(joins)
    };
    let places =
        cues.iter().flat_map(|cue| words.match_indices(cue).map(|(start, cue)| (start, start + cue.len())));
    places
        .filter(|(start, end)| is_word(*start, *end))
        .min_by_key(|(start, end)| (*start, std::cmp::Reverse(*end)))
}

/// The first number of a text that counts something; a year alone counts nothing.
fn figure(words: &str) -> Option<(usize, usize)> {
    let start = words.find(|c: char| c.is_ascii_digit())?;
    let rest = &words[start..];
    let end =
        rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '%'))).unwrap_or(rest.len());
    let number = rest[..end].trim_end_matches(['.', ',']);
    let is_year = number.len() == 4 && (number.starts_with("19") || number.starts_with("20"));
    (!is_year && !number.is_empty()).then_some((start, start + number.len()))
}
