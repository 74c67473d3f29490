//! The table of what was found and what was not.

use super::gold::Asked;
use serde::Serialize;
use std::fmt::Write as _;

/// How one answer fared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Mark {
    /// Found, word for word.
    Found,
    /// Found, with other words at its edges.
    Near,
    /// Not found, or found to be something else.
    Missing,
    /// There is nothing to find.
    Nothing,
    /// The product does not answer this yet.
    NotAsked,
}

/// One answer of a row.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Cell {
    /// What is asked: "source", "cue", ...
    pub(super) part: &'static str,
    pub(super) mark: Mark,
    /// What is shown in the table instead of the mark's own word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) shown: Option<String>,
    /// What was found and what was sought, where they are not the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) detail: Option<String>,
}

impl Cell {
    pub(super) fn new(part: &'static str, mark: Mark) -> Cell {
        Cell { part, mark, shown: None, detail: None }
    }

    /// Found if what was read is what was sought; a detail says both where it is not.
    pub(super) fn same(part: &'static str, right: Option<&str>, found: Option<&str>) -> Cell {
        let alike = |a: &str, b: &str| crate::score::words::fold(a) == crate::score::words::fold(b);
        match (right, found) {
            (None, None) => Cell::new(part, Mark::Found),
            (Some(right), Some(found)) if alike(right, found) => Cell::new(part, Mark::Found),
            _ => {
                let say = |name: Option<&str>| name.map_or("nothing".to_owned(), |name| format!("“{name}”"));
                let detail = format!("{} where {} is right", say(found), say(right));
                Cell::new(part, Mark::Missing).with_detail(detail)
            }
        }
    }

    /// The same for something that an answer may leave unasked, to the letter.
    pub(super) fn exactly(part: &'static str, right: &Asked<String>, found: Option<&str>) -> Cell {
        match right {
            None => Cell::new(part, Mark::Nothing),
            Some(right) if right.as_deref() == found => Cell::new(part, Mark::Found),
            Some(right) => Cell { mark: Mark::Missing, ..Cell::same(part, right.as_deref(), found) },
        }
    }

    pub(super) fn with_detail(self, detail: impl Into<String>) -> Cell {
        Cell { detail: Some(detail.into()), ..self }
    }

    fn shown(&self) -> &str {
        match (&self.shown, self.mark) {
            (Some(shown), _) => shown,
            (None, Mark::Found) => "yes",
            (None, Mark::Near) => "near",
            (None, Mark::Missing) => "NO",
            (None, Mark::Nothing) => "-",
            (None, Mark::NotAsked) => "not asked yet",
        }
    }
}

/// The answers to one thing in the document.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Row {
    /// Which table it belongs to: "attribution", "comment", ...
    pub(super) table: &'static str,
    pub(super) name: String,
    /// Shown, and not counted.
    pub(super) optional: bool,
    pub(super) cells: Vec<Cell>,
}

/// Everything about one document.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Report {
    pub(super) id: String,
    pub(super) rows: Vec<Row>,
    /// What was read that no answer asks for.
    pub(super) beside: Vec<String>,
}

impl Report {
    fn required(&self) -> impl Iterator<Item = &Cell> {
        let cells = self.rows.iter().filter(|row| !row.optional).flat_map(|row| &row.cells);
        cells.filter(|cell| !matches!(cell.mark, Mark::Nothing | Mark::NotAsked))
    }

    /// How many answers are required, and how many of them were found.
    pub(super) fn counts(&self) -> (usize, usize) {
        (self.required().count(), self.required().filter(|cell| cell.mark != Mark::Missing).count())
    }

    /// The report as people read it.
    pub(super) fn table(&self) -> String {
        let mut out = format!("== {}\n", self.id);
        let mut write = |line: String| writeln!(out, "{}", line.trim_end()).expect("a string takes all");
        for rows in self.rows.chunk_by(|a, b| a.table == b.table) {
            let name_width =
                rows.iter().map(|row| label(row).chars().count()).chain([rows[0].table.len()]).max();
            let name_width = name_width.unwrap_or_default();
            // A part that no answer of the table asks for is not shown.
            let asked = |at: &usize| {
                let marks = rows.iter().filter_map(|row| row.cells.get(*at)).map(|cell| cell.mark);
                *at == 0 || marks.clone().any(|mark| mark != Mark::Nothing)
            };
            let shown: Vec<usize> = (0..rows[0].cells.len()).filter(asked).collect();
            let widths: Vec<usize> = shown
                .iter()
                .map(|&at| {
                    let shown = rows
                        .iter()
                        .filter_map(|row| row.cells.get(at))
                        .map(|cell| cell.shown().chars().count());
                    shown.chain([rows[0].cells[at].part.len()]).max().unwrap_or_default()
                })
                .collect();
            let line = |name: &str, cells: Vec<&str>| {
                let cells = cells.iter().zip(&widths).map(|(cell, width)| format!("  {cell:<width$}"));
                format!("{name:<name_width$}{}", cells.collect::<String>())
            };
            write(line(rows[0].table, shown.iter().map(|&at| rows[0].cells[at].part).collect()));
            for row in rows {
                write(line(
                    &label(row),
                    shown.iter().filter_map(|&at| row.cells.get(at)).map(Cell::shown).collect(),
                ));
                for cell in &row.cells {
                    if let Some(detail) = &cell.detail {
                        write(format!("    {}: {detail}", cell.part));
                    }
                }
            }
            write(String::new());
        }
        if !self.beside.is_empty() {
            write("read too, not among the answers:".to_owned());
            self.beside.iter().for_each(|line| write(format!("    {line}")));
        }
        let (required, found) = self.counts();
        write(format!("{}: {found} of {required} required answers found", self.id));
        out
    }
}

/// The name that a kind of thing has in JSON.
pub(super) fn name_of<T: serde::Serialize>(kind: &T) -> String {
    match serde_json::to_value(kind) {
        Ok(serde_json::Value::String(name)) => name,
        other => format!("{other:?}"),
    }
}

fn label(row: &Row) -> String {
    if row.optional { format!("{} (optional)", row.name) } else { row.name.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn optional_and_unasked_answers_are_shown_and_not_counted() {
        let row = |name: &str, optional, cells| Row {
            table: "attribution",
            name: name.to_owned(),
            optional,
            cells,
        };
        let report = Report {
            id: "dam".to_owned(),
            rows: vec![
                row(
                    "a1",
                    false,
                    vec![Cell::new("source", Mark::Found), Cell::same("via", Some("The Wire"), None)],
                ),
                row("a2", true, vec![Cell::new("source", Mark::Missing), Cell::new("via", Mark::Nothing)]),
                row("a3", false, vec![Cell::new("source", Mark::Near), Cell::new("via", Mark::NotAsked)]),
            ],
            beside: vec!["Ada: “so”".to_owned()],
        };
        assert_eq!(report.counts(), (3, 2));
        let table = "\
== dam
attribution    source  via
a1             yes     NO
    via: nothing where “The Wire” is right
a2 (optional)  NO      -
a3             near    not asked yet

read too, not among the answers:
    Ada: “so”
dam: 2 of 3 required answers found
";
        assert_eq!(report.table(), table);
    }

    #[test]
    fn names_are_compared_without_case_and_nothing_is_an_answer() {
        assert_eq!(Cell::same("title", Some("The  Dam"), Some("the dam")).mark, Mark::Found);
        assert_eq!(Cell::same("title", None, None).mark, Mark::Found);
        assert_eq!(Cell::same("title", None, Some("A title")).mark, Mark::Missing);
    }
}
