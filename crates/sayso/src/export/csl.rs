//! CSL-JSON: every page as an item for programs that make bibliographies (Zotero, pandoc, citeproc).

use super::ExportError;
use super::cited::{Cited, Day};
use super::records::Walk;
use super::stream::List;
use serde_json::{Value, json};
use std::io::Write;

pub(super) fn write(walk: &mut Walk, out: &mut (dyn Write + Send)) -> Result<u64, ExportError> {
    let mut list = List::start(out, "[", "]\n")?;
    walk.pages(false, &mut |_, page| Ok(list.add(&item(&Cited::of(page)))?))?;
    list.finish()
}

fn item(cited: &Cited) -> Value {
    let mut item = json!({ "id": cited.key, "type": "article-newspaper", "title": cited.title });
    if !cited.authors.is_empty() {
        // A byline may be an agency, and which of its words is the surname is not known.
        item["author"] = cited.authors.iter().map(|name| json!({ "literal": name })).collect();
    }
    if let Some(outlet) = &cited.outlet {
        item["container-title"] = json!(outlet);
    }
    if let Some(date) = cited.date {
        item["issued"] = parts(date);
    }
    if let Some(url) = &cited.url {
        item["URL"] = json!(url);
        if let Some(read) = cited.read {
            item["accessed"] = parts(read);
        }
    }
    if let Some(language) = &cited.language {
        item["language"] = json!(language);
    }
    item
}

fn parts(day: Day) -> Value {
    json!({ "date-parts": [[day.year, day.month, day.day]] })
}
