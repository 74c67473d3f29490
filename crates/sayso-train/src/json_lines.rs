//! JSON files in and out: one value a line, or one value a file; errors name the file and the line.

use anyhow::{Context, Result};
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, MapAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;
use std::path::Path;

/// The bytes of an input; where it is missing, says that it is for the caller to provide.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| {
        if path.exists() {
            format!("cannot read {}", path.display())
        } else {
            format!(
                "there is no {}; test sets are not kept in the repository, so give the path of yours",
                path.display()
            )
        }
    })
}

/// Every line of a file as it stands; empty lines are passed over.
pub(crate) fn lines(path: &Path) -> Result<Vec<String>> {
    let text = String::from_utf8(bytes(path)?).with_context(|| format!("{} is not UTF-8", path.display()))?;
    Ok(text.split('\n').filter(|line| !line.trim().is_empty()).map(str::to_owned).collect())
}

/// Every line of a file as a value.
pub(crate) fn read<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    parse(&lines(path)?).with_context(|| path.display().to_string())
}

/// Lines as values; an error says which of them is none.
pub(crate) fn parse<T: DeserializeOwned>(lines: &[String]) -> Result<Vec<T>> {
    let value = |(at, line): (usize, &String)| {
        serde_json::from_str(line).with_context(|| format!("line {} that is not empty", at + 1))
    };
    lines.iter().enumerate().map(value).collect()
}

/// A file that is one JSON value.
pub(crate) fn read_whole<T: DeserializeOwned>(path: &Path) -> Result<T> {
    serde_json::from_slice(&bytes(path)?).with_context(|| path.display().to_string())
}

/// The entries of a JSON object in the order in which they are written, which decides the last digits of a mean.
pub(crate) struct Entries<T>(pub(crate) Vec<(String, T)>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for InOrder<T> {
            type Value = Entries<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<T>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(InOrder(PhantomData))
    }
}
