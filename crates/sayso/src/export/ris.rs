//! RIS: every page as a reference, with who says what in it as its notes.

use super::ExportError;
use super::cited::{Cited, Day, quote, who_says};
use super::records::Walk;
use std::io::{self, Write};

pub(super) fn write(walk: &mut Walk, out: &mut (dyn Write + Send)) -> Result<u64, ExportError> {
    let mut references = 0;
    walk.pages(false, &mut |_, page| {
        let cited = Cited::of(page);
        // The sort of reference comes first, and the end last; all else may stand in any order.
        field(out, "TY", "NEWS")?;
        field(out, "ID", &cited.key)?;
        field(out, "TI", &cited.title)?;
        for author in &cited.authors {
            // A comma would part a surname from a first name.
            field(out, "AU", &author.replace(',', ""))?;
        }
        if let Some(outlet) = &cited.outlet {
            field(out, "T2", outlet)?;
        }
        if let Some(Day { year, month, day }) = cited.date {
            field(out, "PY", &format!("{year:04}"))?;
            field(out, "DA", &format!("{year:04}/{month:02}/{day:02}"))?;
        }
        if let Some(url) = &cited.url {
            field(out, "UR", url)?;
        }
        if let Some(Day { year, month, day }) = cited.read {
            field(out, "Y2", &format!("{year:04}/{month:02}/{day:02}"))?;
        }
        if let Some(language) = &cited.language {
            field(out, "LA", language)?;
        }
        for (statement, _) in &page.statements {
            let note = format!("{}: {}", who_says(statement), quote(&page.document, statement));
            field(out, "N1", &note)?;
        }
        out.write_all(b"ER  - \r\n\r\n")?;
        references += 1;
        Ok(())
    })?;
    Ok(references)
}

/// A line; values are on one line each, so that none of them can begin another field.
fn field(out: &mut dyn Write, tag: &str, value: &str) -> io::Result<()> {
    write!(out, "{tag}  - {value}\r\n")
}
