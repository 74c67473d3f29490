//! The operators that show text (ISO 32000-1, 9.4): strings at places become lines.

use super::font::Font;
use super::paragraphs::{Cell, Line};
use lopdf::Object;
use lopdf::content::Content;
use std::collections::HashMap;
use std::rc::Rc;

/// A gap of so much of the font's size is a space between words ...
const SPACE: f32 = 0.16;
/// ... one as wide as this may part columns ...
const CELL_GAP: f32 = 0.9;
/// ... and one as wide as this does.
const COLUMN_GAP: f32 = 3.0;
/// Letters this far above or below belong to the same line, as raised figures do.
const SAME_LINE: f32 = 0.45;
/// States that a page may lay aside; files nest a handful.
const STATES_CAP: usize = 64;

/// A linear map of the plane: `x' = a x + c y + e`, `y' = b x + d y + f`.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Map([f32; 6]);

impl Map {
    const SAME: Map = Map([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    fn shift(x: f32, y: f32) -> Map {
        Map([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// First this map, then the other.
    fn then(self, other: Map) -> Map {
        let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (self.0, other.0);
        Map([
            a * g + b * i,
            a * h + b * j,
            c * g + d * i,
            c * h + d * j,
            e * g + f * i + k,
            e * h + f * j + l,
        ])
    }
}

/// What the operators change and `q` lays aside.
#[derive(Clone)]
struct State {
    page: Map,
    font: Option<Rc<Font>>,
    size: f32,
    leading: f32,
    letter_gap: f32,
    word_gap: f32,
    stretch: f32,
}

struct Shower<'f> {
    fonts: &'f HashMap<Vec<u8>, Rc<Font>>,
    state: State,
    aside: Vec<State>,
    /// Where the next letter goes, and where the line began.
    text: Map,
    line: Map,
    lines: Vec<Line>,
    /// Where the last letter of the last line ends.
    end: f32,
}

/// The lines that a page's content shows.
pub(super) fn lines(content: &[u8], fonts: &HashMap<Vec<u8>, Rc<Font>>) -> Vec<Line> {
    let state = State {
        page: Map::SAME,
        font: None,
        size: 0.0,
        leading: 0.0,
        letter_gap: 0.0,
        word_gap: 0.0,
        stretch: 1.0,
    };
    let mut shower = Shower {
        fonts,
        state,
        aside: Vec::new(),
        text: Map::SAME,
        line: Map::SAME,
        lines: Vec::new(),
        end: 0.0,
    };
    for operation in Content::decode_iter(content).map_while(Result::ok) {
        shower.obey(&operation.operator, &operation.operands);
    }
    shower.lines.retain(|line| !line.text.trim().is_empty());
    shower.lines
}

impl Shower<'_> {
    fn obey(&mut self, operator: &str, operands: &[Object]) {
        let number = |at: usize| {
            operands
                .get(at)
                .and_then(|object| object.as_float().ok())
                .filter(|n| n.is_finite())
                .unwrap_or(0.0)
        };
        let map = || Map(std::array::from_fn(number));
        match operator {
            "q" if self.aside.len() < STATES_CAP => self.aside.push(self.state.clone()),
            "Q" => self.state = self.aside.pop().unwrap_or_else(|| self.state.clone()),
            "cm" => self.state.page = map().then(self.state.page),
            "BT" => (self.text, self.line) = (Map::SAME, Map::SAME),
            "Tf" => {
                let name = operands.first().and_then(|name| name.as_name().ok());
                self.state.font = name.and_then(|name| self.fonts.get(name)).cloned();
                self.state.size = number(1);
            }
            "Tc" => self.state.letter_gap = number(0),
            "Tw" => self.state.word_gap = number(0),
            "Tz" => self.state.stretch = number(0) / 100.0,
            "TL" => self.state.leading = number(0),
            "Tm" => (self.text, self.line) = (map(), map()),
            "Td" => self.go(number(0), number(1)),
            "TD" => {
                self.state.leading = -number(1);
                self.go(number(0), number(1));
            }
            "T*" => self.go(0.0, -self.state.leading),
            "Tj" => self.show(operands.first()),
            "TJ" => self.show_all(operands.first()),
            "'" => {
                self.go(0.0, -self.state.leading);
                self.show(operands.first());
            }
            "\"" => {
                (self.state.word_gap, self.state.letter_gap) = (number(0), number(1));
                self.go(0.0, -self.state.leading);
                self.show(operands.get(2));
            }
            _ => {}
        }
    }

    fn go(&mut self, x: f32, y: f32) {
        self.line = Map::shift(x, y).then(self.line);
        self.text = self.line;
    }

    fn show_all(&mut self, parts: Option<&Object>) {
        for part in parts.and_then(|parts| parts.as_array().ok()).into_iter().flatten() {
            match part.as_float() {
                Ok(back) => {
                    let back = back / 1000.0 * self.state.size * self.state.stretch;
                    self.text = Map::shift(-back, 0.0).then(self.text);
                }
                Err(_) => self.show(Some(part)),
            }
        }
    }

    fn show(&mut self, shown: Option<&Object>) {
        let (Some(Ok(shown)), Some(font)) = (shown.map(Object::as_str), self.state.font.clone()) else {
            return;
        };
        let State { size, letter_gap, word_gap, stretch, .. } = self.state;
        let (mut words, mut width) = (String::new(), 0.0);
        for (text, letter_width, is_space) in font.codes(shown) {
            words.push_str(text);
            let gap = letter_gap + if is_space { word_gap } else { 0.0 };
            width += (letter_width / 1000.0 * size + gap) * stretch;
        }
        let start = self.text.then(self.state.page).0;
        self.text = Map::shift(width, 0.0).then(self.text);
        let end = self.text.then(self.state.page).0;
        // Words that run up the margin are no part of the text.
        if start[1].abs() <= start[0].abs() {
            let height = size.abs() * start[2].hypot(start[3]);
            self.place(&words, (start[4], start[5]), end[4], height);
        }
    }

    /// Adds words to the line that they continue, or begins another.
    fn place(&mut self, words: &str, (x, y): (f32, f32), end: f32, size: f32) {
        if words.is_empty() || !(x + y + end + size).is_finite() {
            return;
        }
        if let Some(line) = self.lines.last_mut() {
            let gap = x - self.end;
            let unit = size.max(line.size).max(f32::MIN_POSITIVE);
            if (y - line.y).abs() < SAME_LINE * unit && gap > -unit && gap < COLUMN_GAP * unit {
                let parted =
                    line.text.ends_with(char::is_whitespace) || words.starts_with(char::is_whitespace);
                if gap > CELL_GAP * unit {
                    line.cells.push(Cell { x, before: self.end, at: line.text.len() });
                }
                if gap > SPACE * unit && !parted {
                    line.text.push(' ');
                }
                line.text.push_str(words);
                line.end = line.end.max(end);
                self.end = end;
                return;
            }
        }
        self.end = end;
        self.lines.push(Line { x, y, end, size, text: words.to_owned(), cells: Vec::new() });
    }
}
