//! JSON lines: every record whole, one a line, its sort under `record`.

use super::records::Walk;
use super::stream::write_json;
use super::{ExportError, What};
use serde::Serialize;
use std::io::Write;

pub(super) fn write(walk: &mut Walk, what: Option<What>, out: &mut dyn Write) -> Result<u64, ExportError> {
    let mut records = 0;
    let mut put = |record: &dyn erased::Line| -> Result<(), ExportError> {
        records += 1;
        record.write(out)?;
        out.write_all(b"\n")?;
        Ok(())
    };
    let wanted = |sort: What| what.is_none_or(|what| what == sort);
    for &sort in What::ALL.iter().filter(|sort| wanted(**sort)) {
        match sort {
            What::Documents => walk.pages(false, &mut |_, page| put(&page.record()))?,
            What::Statements => walk.pages(true, &mut |walk, page| {
                for (statement, links) in &page.statements {
                    put(&walk.statement(page, statement, links)?)?;
                }
                Ok(())
            })?,
            What::Claims => walk.claims(&mut |walk, key| put(&walk.claim(key)?))?,
            What::Sources => walk.sources(&mut |walk, source| put(&walk.source(source)?))?,
            What::Acts => walk.acts(&mut |_, act| put(&act))?,
        }
    }
    Ok(records)
}

/// Records of different sorts behind one face.
mod erased {
    use super::{Serialize, Write, write_json};
    use std::io;

    pub(super) trait Line {
        fn write(&self, out: &mut dyn Write) -> io::Result<()>;
    }

    impl<T: Serialize> Line for T {
        fn write(&self, out: &mut dyn Write) -> io::Result<()> {
            write_json(out, self)
        }
    }
}
