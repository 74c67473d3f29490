//! Small pages made from the paragraphs of others in plain invented frames: few elements, few words, few names.

use super::pages::{Page, Words};
use super::trees::Dice;
use std::collections::HashSet;

const TITLES: [&str; 3] = ["Harbour news", "What became of the pier", "Minister answers critics"];
const FEET: [&str; 3] = [
    "<footer>Copyright 2012 The Lantern. All rights reserved.</footer>",
    "<div id=footer><p>&copy; Quay Notes</p></div>",
    "",
];
const WAYS: [&str; 3] = [
    "<nav><a href='/'>Home</a> <a href='/p'>Politics</a></nav>",
    "<div id=nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li></ul></div>",
    "",
];
const SIDES: [&str; 3] = [
    "<div id=sidebar><h3>Archives</h3><ul><li><a href='/1'>May 2007</a></li><li><a href='/2'>June 2007</a></li></ul></div>",
    "<aside><h2>Related</h2><ul><li><a href='/r'>Ferry runs late again, says company</a></li><li><a href='/s'>Crane falls into the dock</a></li></ul></aside>",
    "",
];
const BYLINES: [&str; 3] = [
    "<p class=byline>By Ann Lee | May 3, 2011</p>",
    "<div class=meta>Posted by Ann at 9:15 am</div>",
    "",
];

/// So many small pages of a page's article, which stand and fall with its site.
pub(crate) fn of(page: &Page, body: &str, count: usize, dice: &mut Dice, words: &mut Words) -> Vec<Page> {
    let paragraphs: Vec<&str> =
        body.split('\n').filter(|line| line.split_whitespace().count() > 3).collect();
    if paragraphs.is_empty() {
        return Vec::new();
    }
    (0..count).map(|number| small(page, &paragraphs, number % 3, dice, words)).collect()
}

fn small(page: &Page, paragraphs: &[&str], frame: usize, dice: &mut Dice, words: &mut Words) -> Page {
    let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut pick = |from: [&'static str; 3]| from[(dice.roll() % 3) as usize];
    let (foot, way, side, byline) = (pick(FEET), pick(WAYS), pick(SIDES), pick(BYLINES));
    let count = (2 + (dice.roll() % 9) as usize).min(paragraphs.len());
    let first = dice.roll() as usize % (paragraphs.len() - count + 1);
    let (mut text, mut said) = (String::new(), HashSet::new());
    for (at, paragraph) in paragraphs[first..first + count].iter().enumerate() {
        let mut paragraph = (*paragraph).to_owned();
        if dice.roll() % 3 == 0 {
            let start: Vec<&str> = paragraph.split_whitespace().take(4 + (dice.roll() % 12) as usize).collect();
            paragraph = start.join(" ") + ".";
        }
        said.insert(squeeze(&paragraph));
        let escaped = paragraph.replace('&', "&amp;").replace('<', "&lt;");
        text += &match dice.roll() % 8 {
            0 if at > 0 => format!("<blockquote><p>{escaped}</p></blockquote>"),
            1 => format!("<p><b>{escaped}</b></p>"),
            2 => format!("<p><a href='/x'>{escaped}</a></p>"),
            _ => format!("<p>{escaped}</p>"),
        };
    }
    let title = TITLES[frame];
    let html = match frame {
        0 => format!(
            "<html><head><title>{title}</title></head><body>{way}<article><h1>{title}</h1>{byline}{text}</article>{side}{foot}</body></html>"
        ),
        1 => format!(
            "<html><head><title>{title} | Lantern</title></head><body>{way}<div id=main><div class='post hentry'><h2 class=entry-title>{title}</h2>{byline}<div class=entry-content>{text}</div></div></div>{side}{foot}</body></html>"
        ),
        _ => format!("<html><body>{way}<h1>{title}</h1>{byline}{text}{foot}</body></html>"),
    };
    let mut small = Page::of("", &page.site, html, words);
    for run in &mut small.runs {
        if run.features.is_some() && !run.caption {
            let label = said.contains(&squeeze(&run.words));
            let length = run.words.split_whitespace().count() as f64;
            run.label = Some(label);
            run.weight = if label { 0.3 + length / 40.0 } else { 0.6 };
        }
    }
    small
}
