//! `predict answers FOLDER [--together]`: whole answers to the questions about stories.
//!
//! FOLDER holds a folder for each story: `documents.jsonl` (lines `{document, url, outlet, published, title, paragraphs}`,
//! in order) and `questions.json` (`{story, questions: [{id, claim, asked}]}`). `gold.json` beside them is never read.
//! One line for each question and [`Form`], as [`Row`] has it. Each story is read into a ledger of its own, or all into
//! one (`--together`); an entry of another story's page then has a document below 0, another number for each page.

use super::{Asked, Predictions};
use crate::json_lines;
use crate::reader::ReaderModels;
use crate::score::answers::rows::{Answer, Entry, Form, Origin, Row};
use crate::score::answers::stories::folders;
use anyhow::{Context, Result, bail};
use cpu_time::ProcessTime;
use sayso::{AnswerLine, AsOf, Desk, Input, Report, Speaker, Watch};
use sayso_read::{CAREFUL_MODEL, Reader};
use serde::Deserialize;
use serde_json::json;
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// A story to be read, and what is asked of it.
#[derive(Debug)]
pub(crate) struct Story {
    /// The name of its folder, by which its rows are known.
    pub(crate) name: String,
    /// Its pages. A page is known by its place here.
    pub(crate) pages: Vec<Page>,
    pub(crate) questions: Vec<Question>,
}

/// A page of a story.
#[derive(Debug, Deserialize)]
pub(crate) struct Page {
    /// Its place in the story.
    pub(crate) document: i64,
    pub(crate) url: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) paragraphs: Vec<String>,
}

/// A question in both of its forms.
#[derive(Debug, Deserialize)]
pub(crate) struct Question {
    pub(crate) id: String,
    /// As the sentence of a claim.
    pub(crate) claim: String,
    /// In other words.
    pub(crate) asked: String,
}

#[derive(Deserialize)]
struct Questions {
    questions: Vec<Question>,
}

/// Answers every question, and says what that cost.
pub(super) fn run(asked: Asked) -> Result<Predictions> {
    let start = ProcessTime::now();
    let rows = predict(&asked.inputs[0], asked.together, asked.models)?;
    let cpu_s = start.elapsed().as_secs_f64();
    let line = |row: &Row| serde_json::to_string(row).context("a row is plain data");
    let lines = rows.iter().map(line).collect::<Result<_>>()?;
    Ok(Predictions { lines, amount: (rows.len(), "answers"), cpu_s, notes: Vec::new() })
}

/// The answers to every question in both forms, in the order of the stories. `models` says with which reader, and makes
/// one for each ledger.
pub(crate) fn predict(folder: &Path, together: bool, models: &ReaderModels) -> Result<Vec<Row>> {
    let stories = stories(folder)?;
    let mut rows = Vec::new();
    if together {
        let mut desk = desk(&stories, models)?;
        for story in 0..stories.len() {
            rows.extend(answers(&mut desk, &stories, story)?);
        }
        return Ok(rows);
    }
    for story in &stories {
        let alone = std::slice::from_ref(story);
        rows.extend(answers(&mut desk(alone, models)?, alone, 0)?);
    }
    Ok(rows)
}

/// A desk that has read the pages of some stories.
fn desk(stories: &[Story], models: &ReaderModels) -> Result<Desk> {
    let mut lines = String::new();
    for page in stories.iter().flat_map(|story| &story.pages) {
        let title = page.title.iter().filter(|title| !title.trim().is_empty());
        let text: Vec<&str> = title.chain(&page.paragraphs).map(String::as_str).collect();
        let line = json!({
            "url": page.url,
            "site": page.outlet,
            "published": page.published,
            "title": page.title,
            "text": text.join("\n\n"),
        });
        lines += &format!("{line}\n");
    }
    // As the everyday program reads a few pages.
    let reader = match models.given() {
        true => models.reader()?,
        false => Reader::careful(CAREFUL_MODEL).context("cannot open the careful reader")?,
    };
    let mut desk = Desk::in_memory(|| "2026-11-30T00:00:00Z".to_owned())?.reading_with(reader);
    desk.read([Input::bytes("stories.jsonl", lines)], &mut Unread)?;
    Ok(desk)
}

/// Says which pages could not be read: answers without them are measured as if they had been looked at.
struct Unread;

impl Watch for Unread {
    fn report(&mut self, report: Report) -> ControlFlow<()> {
        if report.outcome.fate().is_none() {
            eprintln!("{} was left out: {:?}", report.input, report.outcome);
        }
        ControlFlow::Continue(())
    }
}

fn answers(desk: &mut Desk, stories: &[Story], story: usize) -> Result<Vec<Row>> {
    // A page of this story is known by its place in it, one of another by a number below 0.
    let mut places: HashMap<&str, i64> = HashMap::new();
    let mut others = 0;
    for (_, other) in stories.iter().enumerate().filter(|(at, _)| *at != story) {
        for url in other.pages.iter().filter_map(|page| page.url.as_deref()) {
            others -= 1;
            places.insert(url, others);
        }
    }
    for page in &stories[story].pages {
        places.extend(page.url.as_deref().map(|url| (url, page.document)));
    }
    let mut rows = Vec::new();
    for question in &stories[story].questions {
        for (form, words) in [(Form::Claim, &question.claim), (Form::Asked, &question.asked)] {
            let answered = desk.answer(words, AsOf::NOW)?;
            let (story, id) = (stories[story].name.clone(), question.id.clone());
            rows.push(Row { story, id, form, answer: answer(&answered, &places) });
        }
    }
    Ok(rows)
}

fn answer(answered: &sayso::Answer, places: &HashMap<&str, i64>) -> Answer {
    let entries = |lines: &[AnswerLine]| -> Vec<Entry> {
        let place = |line: &AnswerLine| line.page.url.as_deref().and_then(|url| places.get(url)).copied();
        lines.iter().filter_map(|line| Some(entry(line, place(line)?))).collect()
    };
    let origins = |speakers: &[Speaker]| -> Vec<Origin> {
        speakers.iter().map(|one| Origin { name: described(one), named: !one.unnamed }).collect()
    };
    let (low, high) = answered.independence_for;
    Answer {
        for_it: entries(&answered.says),
        against: entries(&answered.denies),
        doubts: entries(&answered.doubts),
        origins_for: origins(&answered.origins_for),
        origins_against: origins(&answered.origins_against),
        independent_for: [i64::from(low), i64::from(high)],
        standing: answered.standing.name().to_owned(),
    }
}

fn entry(line: &AnswerLine, document: i64) -> Entry {
    Entry {
        document,
        quote: line.words.clone(),
        source: if line.own_voice { "outlet".to_owned() } else { described(&line.source) },
        named: line.own_voice || !line.source.unnamed,
        via: line.via.iter().map(described).collect(),
    }
}

/// A source's name, or its description without the outlet that tells it from others.
fn described(speaker: &Speaker) -> String {
    let description = speaker.name.rsplit_once(" (").filter(|_| speaker.unnamed);
    description.map_or(speaker.name.as_str(), |(description, _)| description).to_owned()
}

/// Every story of a folder, in the order of their names.
pub(crate) fn stories(folder: &Path) -> Result<Vec<Story>> {
    let story = |(name, path): (String, PathBuf)| {
        let pages: Vec<Page> = json_lines::read(&path.join("documents.jsonl"))?;
        if let Some(at) = (0..pages.len()).find(|&at| pages[at].document != at as i64) {
            bail!(
                "{}: the documents of {name} should be numbered from 0, in order; line {}",
                path.display(),
                at + 1
            );
        }
        let questions: Questions = json_lines::read_whole(&path.join("questions.json"))?;
        Ok(Story { name, pages, questions: questions.questions })
    };
    folders(folder, "questions.json")?.into_iter().map(story).collect()
}
