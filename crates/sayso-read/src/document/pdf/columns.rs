//! Pages of several columns whose lines are drawn row by row: each column is read down to its end, then the next.
//!
//! What is drawn column by column stands in that order already, and so do tables, whose cells are short.

use super::paragraphs::Line;

/// So many rows of two columns make a page of columns.
const FEW_ROWS: usize = 3;
/// Lines of a column have more letters than this, by their mean; cells of tables have fewer.
const FEW_LETTERS: usize = 16;
/// How far the beginnings of a column's lines may be from each other, in their size: paragraphs are indented.
const NEAR: f32 = 0.35;
/// Lines further apart than this, in the usual distance of rows, are no part of the columns above them.
const APART: f32 = 1.9;
/// No page has more columns.
const MOST_COLUMNS: usize = 6;

/// Lines that stand side by side.
type Row = Vec<Line>;

/// The lines of a page in the order in which they are read.
pub(super) fn in_order(lines: Vec<Line>) -> Vec<Line> {
    if lines.len() < 2 {
        return lines;
    }
    read(rows(&lines), MOST_COLUMNS).unwrap_or(lines)
}

/// The lines, cut at wide gaps, as rows.
fn rows(lines: &[Line]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for line in lines {
        for (at, part) in parts(line).into_iter().enumerate() {
            let last = rows.last().and_then(|row| row.last());
            let is_beside = last.is_some_and(|last| {
                (last.y - part.y).abs() < 0.45 * last.size.max(part.size) && part.x > last.x
            });
            match rows.last_mut() {
                Some(row) if at > 0 || is_beside => row.push(part),
                _ => rows.push(vec![part]),
            }
        }
    }
    rows
}

/// A line, cut at its wide gaps.
fn parts(line: &Line) -> Vec<Line> {
    let mut parts = Vec::with_capacity(line.cells.len() + 1);
    let (mut x, mut from) = (line.x, 0);
    for cell in &line.cells {
        let text = line.text[from..cell.at].to_owned();
        parts.push(Line { x, end: cell.before, text, cells: Vec::new(), ..*line });
        (x, from) = (cell.x, cell.at);
    }
    let text = line.text[from..].trim_start().to_owned();
    parts.push(Line { x, text, cells: Vec::new(), ..*line });
    parts
}

/// The rows as columns; nothing where they are none.
fn read(rows: Vec<Row>, most: usize) -> Option<Vec<Line>> {
    let second = second_column(&rows).filter(|_| most > 1)?;
    let is_second = |line: &Line| line.x > second - NEAR * line.size;
    let pairs = |row: &Row| row.iter().any(is_second) && row.iter().any(|line| !is_second(line));
    let last_pair = rows.iter().rposition(pairs)?;
    let usual = usual_distance(&rows);
    let (mut out, mut left, mut right) = (Vec::new(), Vec::new(), Vec::<Row>::new());
    let mut above: Option<f32> = None;
    for (at, row) in rows.into_iter().enumerate() {
        let y = row.first().map_or(0.0, |line| line.y);
        let is_below = at > last_pair && above.is_some_and(|above| above - y > APART * usual);
        let crosses = row.iter().any(|line| !is_second(line) && line.end > second + NEAR * line.size);
        if is_below || crosses {
            flush(&mut left, &mut right, most, &mut out);
        }
        above = Some(y);
        if crosses {
            out.extend(join(row));
            continue;
        }
        let (second, first): (Row, Row) = row.into_iter().partition(is_second);
        if !first.is_empty() {
            left.extend(join(first));
        }
        if !second.is_empty() {
            right.push(second);
        }
    }
    flush(&mut left, &mut right, most, &mut out);
    Some(out)
}

/// Writes the columns that have been gathered, the left one first.
fn flush(left: &mut Vec<Line>, right: &mut Vec<Row>, most: usize, out: &mut Vec<Line>) {
    out.append(left);
    let right = std::mem::take(right);
    // Three columns are two, the second of which is two.
    match read(right.clone(), most - 1) {
        Some(lines) => out.extend(lines),
        None => out.extend(right.into_iter().flat_map(join)),
    }
}

/// Parts of a line that no column parts, as the line that they were.
fn join(row: Row) -> Row {
    let mut out: Row = Vec::with_capacity(1);
    for part in row {
        match out.last_mut() {
            Some(last) if part.x - last.end < 3.0 * last.size.max(part.size) => {
                last.text.truncate(last.text.trim_end().len());
                last.text.push(' ');
                last.text.push_str(&part.text);
                last.end = last.end.max(part.end);
            }
            _ => out.push(part),
        }
    }
    out
}

/// Where the second column begins, if there is one: where most rows of several parts have one that begins.
fn second_column(rows: &[Row]) -> Option<f32> {
    let mut starts: Vec<f32> =
        rows.iter().flat_map(|row| row.iter().skip(1)).map(|line| line.x).filter(|x| x.is_finite()).collect();
    if starts.len() < FEW_ROWS {
        return None;
    }
    starts.sort_by(f32::total_cmp);
    let size = rows.iter().flatten().map(|line| line.size).fold(0.0, f32::max).max(1.0);
    let tolerance = NEAR * usual_size(rows).min(size);
    // How many begin near each, by two places that go on together.
    let (mut to, mut best) = (0, 0);
    let mut counts = Vec::with_capacity(starts.len());
    for from in 0..starts.len() {
        while to < starts.len() && starts[to] - starts[from] <= tolerance {
            to += 1;
        }
        counts.push(to - from);
        best = best.max(to - from);
    }
    let enough = (best / 2).max(FEW_ROWS);
    let second = counts.iter().position(|&count| count >= enough).map(|at| starts[at])?;
    // Both columns hold lines of words.
    let (mut left, mut right, mut pairs, mut clear) = (0, 0, 0, 0);
    for row in rows {
        let Some(at) = row.iter().position(|line| (line.x - second).abs() <= tolerance).filter(|&at| at > 0)
        else {
            continue;
        };
        pairs += 1;
        left += row[..at].iter().map(|line| line.text.chars().count()).sum::<usize>();
        right += row[at].text.chars().count();
        clear += usize::from(row[at - 1].end < second);
    }
    let are_words = left > FEW_LETTERS * pairs && right > FEW_LETTERS * pairs;
    (pairs >= FEW_ROWS && are_words && clear * 5 >= pairs * 4).then_some(second)
}

fn usual_size(rows: &[Row]) -> f32 {
    let mut sizes: Vec<f32> = rows.iter().flatten().map(|line| line.size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(1.0)
}

/// The distance that most rows have from the one above.
fn usual_distance(rows: &[Row]) -> f32 {
    let first = |row: &Row| row.first().map_or(0.0, |line| line.y);
    let mut distances: Vec<f32> =
        rows.windows(2).map(|pair| first(&pair[0]) - first(&pair[1])).filter(|&down| down > 0.0).collect();
    distances.sort_by(f32::total_cmp);
    distances.get(distances.len() / 3).copied().unwrap_or(f32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::pdf::paragraphs::Cell;

    fn line(x: f32, y: f32, text: &str) -> Line {
        let end = x + 4.5 * text.chars().count() as f32;
        Line { x, y, end, size: 10.0, text: text.to_owned(), cells: Vec::new() }
    }

    fn words(lines: Vec<Line>) -> Vec<String> {
        in_order(lines).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn one_column_is_read_before_the_next() {
        let page = vec![
            line(50.0, 780.0, "A title that goes over both of the columns of the page, from end to end"),
            line(50.0, 700.0, "The first line on the left"),
            line(300.0, 700.0, "The first line on the right"),
            line(50.0, 688.0, "The second line on the left"),
            line(300.0, 688.0, "The second line on the right"),
            line(50.0, 676.0, "The third line on the left"),
            line(300.0, 676.0, "The third line on the right"),
            line(50.0, 664.0, "The fourth line on the left"),
            line(50.0, 30.0, "The foot of the page"),
        ];
        let read = words(page);
        let at = |words: &str| read.iter().position(|line| line.contains(words)).unwrap();
        assert!(at("title") < at("first line on the left"), "{read:?}");
        assert!(at("fourth line on the left") < at("first line on the right"), "{read:?}");
        assert!(at("third line on the right") < at("foot"), "{read:?}");
    }

    #[test]
    fn columns_with_a_narrow_gap_are_told_by_where_they_begin() {
        let row = |y: f32, left: &str, right: &str| Line {
            cells: vec![Cell { x: 200.0, before: 185.0, at: left.len() }],
            text: format!("{left} {right}"),
            ..line(50.0, y, left)
        };
        let page = vec![
            row(700.0, "The first line on the left", "The first line on the right"),
            row(688.0, "The second line on the left", "The second line on the right"),
            row(676.0, "The third line on the left", "The third line on the right"),
        ];
        assert_eq!(words(page)[2..4], ["The third line on the left", "The first line on the right"]);
    }

    #[test]
    fn tables_are_read_row_by_row() {
        let page: Vec<Line> = (0..6)
            .flat_map(|row| {
                let y = 700.0 - 12.0 * row as f32;
                [line(50.0, y, &format!("Pier {row}")), line(200.0, y, "40 piles"), line(300.0, y, "sound")]
            })
            .collect();
        assert_eq!(in_order(page.clone()), page);
    }
}
