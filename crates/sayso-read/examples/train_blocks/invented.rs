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
const BYLINES: [&str; 3] =
    ["<p class=byline>By Ann Lee | May 3, 2011</p>", "<div class=meta>Posted by Ann at 9:15 am</div>", ""];

const LABELS: [&str; 8] = [
    "Related",
    "You may also like",
    "More news",
    "Latest stories",
    "Recommended for you",
    "Read next",
    "Elsewhere",
    "Popular now",
];
const MAKERS: [&str; 6] = [
    "The Lantern is a weekly paper for the harbour towns. It was founded in 1931 and has offices in three of them. For more information visit our website or write to us.",
    "Ann Lee writes about ships and tides. She lives by the harbour with two cats and a telescope. Follow her for more.",
    "We use cookies to make this site work and to show you what may interest you. By going on you agree to our terms of use and to our privacy policy.",
    "Comments that insult others or that nobody can understand will not be published. The moderators have the last word.",
    "Our newsletter brings you the stories of the week every Friday. Sign up with your address, and leave it whenever you like.",
    "Help us to go on. Reporting costs money, and more people read us than pay for it. If everybody who likes our work gave a little, we could do much more of it.",
];

/// Lists of other pages with the starts of their articles, and what a page says of its makers: as markup, and as words.
fn others(texts: &[String], dice: &mut Dice) -> (String, String) {
    let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let mut items = String::new();
    let shape = dice.roll() % 6;
    let (length, dots) =
        (12 + (dice.roll() % 50) as usize, ["...", "…", "", " [...]"][(dice.roll() % 4) as usize]);
    for _ in 0..2 + dice.roll() % 6 {
        let text = squeeze(&texts[dice.roll() as usize % texts.len()]);
        let words: Vec<&str> = text.split(' ').collect();
        let title = escape(&words[words.len() / 2..].iter().take(8).copied().collect::<Vec<_>>().join(" "));
        let start = escape(&(words.iter().take(length).copied().collect::<Vec<_>>().join(" ") + dots));
        items += &match shape {
            0 => format!("<li><a href='/t'>{title}</a><span>{start}</span></li>"),
            1 => format!("<div class=post><h2><a href='/t'>{title}</a></h2><p>{start}</p></div>"),
            2 => format!(
                "<article class='hentry'><a href='/t'><img src=t></a><h3><a href='/t'>{title}</a></h3><p>{start}</p></article>"
            ),
            3 => format!("<div><a href='/t'><img src=t></a><p>{start}</p></div>"),
            4 => format!("<p><a href='/t'>{title}</a></p><p>{start} <a href='/t'>more</a></p>"),
            _ => format!("<a href='/t'><div>{title}</div><div>{start}</div></a>"),
        };
    }
    if shape == 0 {
        items = format!("<ul>{items}</ul>");
    }
    if !dice.roll().is_multiple_of(3) {
        let label = LABELS[(dice.roll() % 8) as usize];
        let tag = ["h2", "h3", "p", "div"][(dice.roll() % 4) as usize];
        items = format!("<{tag}>{label}</{tag}>{items}");
    }
    let makers = if dice.roll().is_multiple_of(2) {
        format!("<p>{}</p>", MAKERS[(dice.roll() % 6) as usize])
    } else {
        String::new()
    };
    let wrap = ["div", "section", "aside"][(dice.roll() % 3) as usize];
    (format!("<{wrap}>{items}</{wrap}>"), makers)
}

/// So many small pages of a page's article, which stand and fall with its site.
/// `texts` are the paragraphs that other pages' articles begin with.
pub(crate) fn of(
    page: &Page,
    body: &str,
    texts: &[String],
    count: usize,
    dice: &mut Dice,
    words: &mut Words,
) -> Vec<Page> {
    let paragraphs: Vec<&str> = body.split('\n').filter(|line| line.split_whitespace().count() > 3).collect();
    if paragraphs.is_empty() {
        return Vec::new();
    }
    (0..count).map(|number| small(page, &paragraphs, texts, number, dice, words)).collect()
}

fn small(
    page: &Page,
    paragraphs: &[&str],
    texts: &[String],
    number: usize,
    dice: &mut Dice,
    words: &mut Words,
) -> Page {
    let frame = number % 3;
    let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut pick = |from: [&'static str; 3]| from[(dice.roll() % 3) as usize];
    let (foot, way, side, byline) = (pick(FEET), pick(WAYS), pick(SIDES), pick(BYLINES));
    let count = (2 + (dice.roll() % 9) as usize).min(paragraphs.len());
    let first = dice.roll() as usize % (paragraphs.len() - count + 1);
    let (mut text, mut said) = (String::new(), HashSet::new());
    for (at, paragraph) in paragraphs[first..first + count].iter().enumerate() {
        let mut paragraph = (*paragraph).to_owned();
        if dice.roll().is_multiple_of(3) {
            let start: Vec<&str> =
                paragraph.split_whitespace().take(4 + (dice.roll() % 12) as usize).collect();
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
    // The first three are as plain as can be.
    let (before, after) = if number < 3 {
        (String::new(), String::new())
    } else {
        let ((list, makers), top) = (others(texts, dice), dice.roll().is_multiple_of(4));
        if top { (list, makers) } else { (String::new(), makers + &list) }
    };
    let html = match frame {
        0 => format!(
            "<html><head><title>{title}</title></head><body>{way}{before}<article><h1>{title}</h1>{byline}{text}</article>{after}{side}{foot}</body></html>"
        ),
        1 => format!(
            "<html><head><title>{title} | Lantern</title></head><body>{way}{before}<div id=main><div class='post hentry'><h2 class=entry-title>{title}</h2>{byline}<div class=entry-content>{text}</div>{after}</div></div>{side}{foot}</body></html>"
        ),
        _ => format!("<html><body>{way}{before}<h1>{title}</h1>{byline}{text}{after}{foot}</body></html>"),
    };
    let mut small = Page::of("", &page.site, html, words);
    for run in &mut small.runs {
        if run.features.is_some() && !run.caption {
            let label = said.contains(&squeeze(&run.words));
            let length = run.words.split_whitespace().count() as f64;
            run.label = Some(label);
            run.weight = if label { 0.3 + length / 40.0 } else { 0.6 + length / 80.0 };
        }
    }
    small
}
