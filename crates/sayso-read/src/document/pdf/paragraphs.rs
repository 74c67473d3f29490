//! Lines to paragraphs: what stands close, alike and not indented belongs together, across pages too; what every page
//! repeats at its head or foot is left out.

use std::collections::HashMap;

/// A line of a page. Lengths are in the page's own unit; `y` grows upwards.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) x: f32,
    pub(super) y: f32,
    /// Where the last letter ends.
    pub(super) end: f32,
    /// How high the letters are.
    pub(super) size: f32,
    pub(super) text: String,
    /// Wide gaps in it, which may be those between columns.
    pub(super) cells: Vec<Cell>,
}

/// What follows a wide gap in a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cell {
    pub(super) x: f32,
    /// Where what stands before the gap ends.
    pub(super) before: f32,
    /// Where it begins in the text of the line.
    pub(super) at: usize,
}

/// Lines at the head and at the foot of a page that may be repeated on others.
const EDGE_LINES: usize = 2;
/// Lines further apart than this, in the usual distance of the page, part paragraphs.
const APART: f32 = 1.3;
/// An indent of so much of the letters' size begins a paragraph.
const INDENT: f32 = 0.8;
/// A line that ends before this share of its column ends its paragraph, if it also ends a sentence.
const SHORT: f32 = 0.8;

/// The text of all pages, a blank line between paragraphs.
pub(super) fn join(mut pages: Vec<Vec<Line>>) -> String {
    leave_out_repeated(&mut pages);
    let mut text = String::new();
    for lines in &pages {
        let usual = usual_distance(lines);
        let rights = rights(lines);
        for (at, line) in lines.iter().enumerate() {
            let right = rights[at];
            let goes_on = match at.checked_sub(1).map(|before| &lines[before]) {
                Some(before) => {
                    continues(before, line, usual, right)
                        || (line.y > before.y && goes_on_elsewhere(&text, &line.text))
                }
                None => goes_on_elsewhere(&text, &line.text),
            };
            add(&mut text, &line.text, goes_on);
        }
    }
    text
}

/// How far to the right the lines of each line's column go, but for larger ones: those are titles.
fn rights(lines: &[Line]) -> Vec<f32> {
    let mut rights = Vec::with_capacity(lines.len());
    let goes_up = |at: usize| lines.get(at).is_none_or(|line| line.y > lines[at - 1].y);
    while rights.len() < lines.len() {
        let from = rights.len();
        let to = (from + 1..=lines.len()).find(|&at| goes_up(at)).unwrap_or(lines.len());
        let column = &lines[from..to];
        let mut sizes: Vec<f32> = column.iter().map(|line| line.size).collect();
        sizes.sort_by(f32::total_cmp);
        let usual = sizes[sizes.len() / 2];
        let usual = column.iter().filter(|line| line.size < 1.2 * usual);
        let right = usual.map(|line| line.end).fold(f32::MIN, f32::max);
        rights.resize(to, right);
    }
    rights
}

/// Whether a line stands in the same paragraph as the one before it.
fn continues(before: &Line, line: &Line, usual: f32, right: f32) -> bool {
    let size = before.size.max(line.size);
    let down = before.y - line.y;
    // Side by side on one line, with a wide gap: cells of a table.
    let is_next = down > 0.3 * size && down < usual.max(size) * APART;
    let is_alike = (before.size - line.size).abs() < 0.12 * size;
    let is_indented = line.x > before.x + INDENT * size;
    let width = right - before.x;
    let is_short = ends_sentence(&before.text) && before.end - before.x < SHORT * width;
    is_next && is_alike && !is_indented && !is_short
}

/// Whether words at the top of a column or page go on with what stood at the bottom of the one before.
fn goes_on_elsewhere(text: &str, line: &str) -> bool {
    !text.is_empty() && !ends_sentence(text) && line.trim_start().starts_with(char::is_lowercase)
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', '!', '?', ':', '”', '"', '’', ')', '…'])
}

fn add(text: &mut String, line: &str, goes_on: bool) {
    let words = line.split_whitespace();
    if !goes_on {
        text.push_str(if text.is_empty() { "" } else { "\n\n" });
    } else if is_broken_word(text, line) {
        text.pop();
    } else if is_hyphened(text, line) {
        // "Anglo-" and "Saxon": the hyphen is the word's own.
    } else {
        text.push(' ');
    }
    for (at, word) in words.enumerate() {
        text.push_str(if at == 0 { "" } else { " " });
        text.extend(word.chars().filter(|letter| !letter.is_control()));
    }
}

/// Whether a word was broken at the end of a line.
fn is_broken_word(text: &str, line: &str) -> bool {
    let before = text.strip_suffix(['-', '\u{ad}', '‐']);
    before.is_some_and(|before| before.ends_with(char::is_lowercase))
        && line.trim_start().starts_with(char::is_lowercase)
}

/// Whether a line ends with the hyphen of a name or a span of years.
fn is_hyphened(text: &str, line: &str) -> bool {
    let before = text.strip_suffix(['-', '‐']);
    before.is_some_and(|before| before.ends_with(char::is_alphanumeric))
        && line.trim_start().starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
}

/// The distance that most lines of a page have from the one before; nothing where there is but one.
fn usual_distance(lines: &[Line]) -> f32 {
    let pairs = lines.windows(2).map(|pair| (pair[0].y - pair[1].y, pair[0].size.max(pair[1].size)));
    let mut distances: Vec<f32> =
        pairs.filter(|&(down, size)| down > 0.3 * size && down < 3.0 * size).map(|(down, _)| down).collect();
    distances.sort_by(f32::total_cmp);
    distances.get(distances.len() / 3).copied().unwrap_or(0.0)
}

/// Takes away numbers of pages, and what stands at the same edge of half of all pages in the same size.
fn leave_out_repeated(pages: &mut [Vec<Line>]) {
    // A title may be repeated as a running head, but not as large.
    let key = |line: &Line| (without_digits(&line.text), (2.0 * line.size).round() as i32);
    let mut times: HashMap<(String, i32), usize> = HashMap::new();
    for lines in pages.iter() {
        let mut seen: Vec<(String, i32)> = edges(lines).into_iter().map(|at| key(&lines[at])).collect();
        seen.sort();
        seen.dedup();
        for words in seen {
            *times.entry(words).or_default() += 1;
        }
    }
    let often = (pages.len() / 2).max(2);
    for lines in pages.iter_mut() {
        let usual = usual_size(lines);
        let mut away = edges(lines);
        away.retain(|&at| {
            let line = &lines[at];
            is_number(line, usual) || times.get(&key(line)).is_some_and(|&n| n >= often)
        });
        let mut at = 0;
        lines.retain(|_| {
            at += 1;
            !away.contains(&(at - 1))
        });
    }
}

/// Whether a line at the edge of a page is its number: "7", "Page 7 of 9", or small print that ends so.
fn is_number(line: &Line, usual: f32) -> bool {
    const NAMES: [&str; 6] = ["page", "seite", "pagina", "página", "of", "von"];
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.take(12).map(str::to_lowercase).collect()
    };
    let words = words(&line.text);
    let is_number = |word: &String| word.bytes().all(|byte| byte.is_ascii_digit());
    let is_name = |word: &String| NAMES.contains(&word.as_str());
    let at = words.iter().rposition(|word| matches!(word.as_str(), "page" | "seite" | "pagina" | "página"));
    let ends_so = at.is_some_and(|at| {
        let after = &words[at + 1..];
        !after.is_empty() && after.iter().all(|word| is_number(word) || is_name(word))
    });
    words.iter().all(is_number)
        || (words.len() <= 4
            && words.iter().all(|word| is_number(word) || is_name(word))
            && words.iter().any(is_number))
        || (ends_so && line.size < 0.95 * usual)
}

/// How large most lines of a page are.
fn usual_size(lines: &[Line]) -> f32 {
    let mut sizes: Vec<f32> = lines.iter().map(|line| line.size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(0.0)
}

/// The lines that stand highest and lowest.
fn edges(lines: &[Line]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by(|&one, &other| lines[one].y.total_cmp(&lines[other].y));
    let last = order.len().saturating_sub(EDGE_LINES);
    let mut edges: Vec<usize> = order.iter().take(EDGE_LINES).chain(&order[last..]).copied().collect();
    edges.sort_unstable();
    edges.dedup();
    edges
}

fn without_digits(words: &str) -> String {
    words.chars().filter(|letter| !letter.is_ascii_digit() && !letter.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(x: f32, y: f32, end: f32, text: &str) -> Line {
        Line { x, y, end, size: 10.0, text: text.to_owned(), cells: Vec::new() }
    }

    #[test]
    fn lines_go_on_until_something_parts_them() {
        let page = vec![
            line(50.0, 700.0, 300.0, "The barrels were counted on the  pier, said Ilse Mar-"),
            line(50.0, 688.0, 300.0, "wick, and none of them"),
            line(50.0, 676.0, 150.0, "was full."),
            line(50.0, 664.0, 300.0, "Nobody at the ministry had read"),
            line(62.0, 652.0, 300.0, "An indented line begins another,"),
            line(50.0, 640.0, 300.0, "which goes on in the next column, where"),
            line(320.0, 700.0, 500.0, "it ends."),
            line(320.0, 660.0, 500.0, "A gap parts too."),
        ];
        assert_eq!(
            join(vec![page]),
            "The barrels were counted on the pier, said Ilse Marwick, and none of them was full.\n\n\
             Nobody at the ministry had read\n\n\
             An indented line begins another, which goes on in the next column, where it ends.\n\n\
             A gap parts too."
        );
    }

    #[test]
    fn heads_feet_and_numbers_of_pages_are_left_out() {
        let page = |number: usize, words: &str| {
            vec![
                line(50.0, 780.0, 200.0, &format!("Pellam Lamp, issue {number}")),
                line(50.0, 700.0, 300.0, words),
                line(50.0, 600.0, 300.0, "The lamp was lit at nine, said the keeper of the light."),
                line(50.0, 500.0, 300.0, "The tide came in."),
                line(290.0, 20.0, 300.0, &format!("– {number} –")),
            ]
        };
        let read =
            join((1..=4).map(|number| page(number, &format!("{} words.", "one ".repeat(number)))).collect());
        assert!(!read.contains("Pellam Lamp") && !read.contains('–'), "{read}");
        assert_eq!(read.matches("The lamp was lit").count(), 4);
    }
}
