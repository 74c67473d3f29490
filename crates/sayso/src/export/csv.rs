//! Comma-separated values, as RFC 4180 has them: a row of names, rows that end with CR LF, UTF-8.

use super::records::Walk;
use super::table::{Kind, cell, columns, rows};
use super::{ExportError, What};
use serde_json::Value;
use std::borrow::Cow;
use std::io::Write;

pub(super) fn write(walk: &mut Walk, what: What, out: &mut dyn Write) -> Result<u64, ExportError> {
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    let columns = columns(what);
    table.write_record(columns.iter().map(|column| column.name)).map_err(unwritten)?;
    let mut records = 0;
    rows(walk, what, &mut |record| {
        for column in columns {
            let value = cell(record, column);
            let text = match &value {
                Value::Null => Cow::Borrowed(""),
                Value::String(text) => unobeyed(text),
                // Kept in single precision, and written with no more digits than that has.
                Value::Number(number) if column.kind == Kind::Real => {
                    Cow::Owned((number.as_f64().unwrap_or_default() as f32).to_string())
                }
                // Numbers that are ours may start with a minus sign.
                other => Cow::Owned(other.to_string()),
            };
            table.write_field(text.as_bytes()).map_err(unwritten)?;
        }
        table.write_record(None::<&[u8]>).map_err(unwritten)?;
        records += 1;
        Ok(())
    })?;
    table.flush()?;
    Ok(records)
}

/// A small table as text: the names of its columns, and its rows.
pub fn csv_of(columns: &[&str], rows: &[Vec<String>]) -> String {
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let mut write = |row: Vec<Cow<'_, str>>| table.write_record(row.iter().map(|cell| cell.as_bytes()));
    let written = write(columns.iter().map(|&name| Cow::Borrowed(name)).collect()).and_then(|()| {
        rows.iter().try_for_each(|row| write(row.iter().map(|cell| unobeyed(cell)).collect()))
    });
    // Memory does not refuse to be written to, and a row of another length is left out with all behind it.
    drop(written);
    String::from_utf8(table.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// Text that no spreadsheet takes for a formula: what starts like one is led by an apostrophe.
/// See <https://owasp.org/www-community/attacks/CSV_Injection>.
fn unobeyed(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

fn unwritten(error: csv::Error) -> ExportError {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => ExportError::Write(error),
        other => ExportError::Write(std::io::Error::other(format!("{other:?}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::unobeyed;

    #[test]
    fn what_starts_like_a_formula_is_led_by_an_apostrophe() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(unobeyed(formula), format!("'{formula}"));
        }
        assert_eq!(unobeyed("a = b"), "a = b");
        assert_eq!(unobeyed(""), "");
    }
}
