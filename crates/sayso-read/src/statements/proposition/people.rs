//! The people whom a page names, for telling by name whom a pronoun stands for.

use super::super::resolve::{Gender, Names, gender_of};
use sayso_record::{Document, SourceKind, Span, Statement};

/// Every place where a person is named, in the order of the text.
pub(super) struct People<'n> {
    places: Vec<(u32, &'n str)>,
    names: &'n Names,
}

impl<'n> People<'n> {
    pub(super) fn new(document: &Document, names: &'n Names, statements: &[Statement]) -> People<'n> {
        let mut places: Vec<(u32, &str)> = names.people().collect();
        // A surname that opens its sentence is a name where it speaks.
        let speakers = statements.iter().filter(|statement| statement.source.kind == SourceKind::Person);
        for statement in speakers {
            let Some(span) = statement.source.spans.first() else { continue };
            let surname = statement.source.name.rsplit(' ').next().unwrap_or_default();
            if let Some(at) = span.of(&document.text).find(surname)
                && let Some((_, name)) = names.people().find(|(_, name)| name.ends_with(surname))
            {
                places.push((span.start + at as u32, name));
            }
        }
        places.sort_unstable();
        places.dedup();
        People { places, names }
    }

    /// The full names of those named within a span who may be of this gender, each once.
    pub(super) fn within(&self, span: Span, gender: Gender) -> Vec<&'n str> {
        let from = self.places.partition_point(|(at, _)| *at < span.start);
        let mut found: Vec<&str> = Vec::new();
        for (_, name) in self.places[from..].iter().take_while(|(at, _)| *at < span.end) {
            let full = self.names.full(name);
            if gender_of(full, None).is_none_or(|own| own == gender) && !found.contains(&full) {
                found.push(full);
            }
        }
        found
    }
}
