//! JSON that is written as it is made: a head, any number of items, a tail.

use super::ExportError;
use crate::harmless;
use serde::Serialize;
use std::io::{self, Write};

/// One item on one line, without characters that a terminal would obey.
pub(super) fn write_json(out: &mut dyn Write, item: &impl Serialize) -> io::Result<()> {
    let line = serde_json::to_string(item).map_err(io::Error::other)?;
    out.write_all(harmless::json(&line).as_bytes())
}

/// A list in the middle of a JSON document.
pub(super) struct List<'w> {
    out: &'w mut (dyn Write + Send),
    tail: &'static str,
    pub(super) items: u64,
}

impl<'w> List<'w> {
    /// Starts with everything up to the first item; `tail` follows the last.
    pub(super) fn start(
        out: &'w mut (dyn Write + Send),
        head: &str,
        tail: &'static str,
    ) -> io::Result<List<'w>> {
        out.write_all(head.as_bytes())?;
        Ok(List { out, tail, items: 0 })
    }

    pub(super) fn add(&mut self, item: &impl Serialize) -> io::Result<()> {
        self.out.write_all(if self.items == 0 { b"\n" } else { b",\n" })?;
        self.items += 1;
        write_json(self.out, item)
    }

    /// Ends the document; gives the number of items.
    pub(super) fn finish(self) -> Result<u64, ExportError> {
        self.out.write_all(b"\n")?;
        self.out.write_all(self.tail.as_bytes())?;
        Ok(self.items)
    }
}
