//! From words as somebody types them, and filters, to a query of the index.

use super::fields::{Fields, UNDATED};
use std::collections::BTreeSet;
use std::ops::Bound;
use tantivy::query::{
    BooleanQuery, BoostQuery, EmptyQuery, Occur, PhraseQuery, Query, RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Index, Term};

/// Words that say nothing by themselves: left out where others remain, since half of all statements hold each.
const FILLERS: [&str; 34] = [
    "a", "an", "and", "are", "as", "at", "be", "been", "by", "did", "do", "does", "for", "from", "had",
    "has", "have", "he", "how", "in", "is", "it", "of", "on", "or", "that", "the", "to", "was", "were",
    "what", "who", "will", "with",
];

/// A title says what a page is about.
const TITLE_BOOST: f32 = 2.0;

/// What somebody looks for, cut into words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Typed {
    /// Words, any of which may be there.
    words: Vec<String>,
    /// Words that stood in quotation marks: they must be there side by side.
    phrases: Vec<String>,
    /// Words with a minus: they must not be there.
    without: Vec<String>,
}

impl Typed {
    /// Cuts what was typed. A quotation mark that is not closed goes to the end.
    pub(super) fn parse(typed: &str) -> Typed {
        let mut parts = Typed::default();
        let mut fillers = Vec::new();
        for (at, piece) in typed.split(['"', '“', '”', '„']).enumerate() {
            if at % 2 == 1 {
                parts.phrases.extend(Some(piece.trim().to_owned()).filter(|phrase| !phrase.is_empty()));
                continue;
            }
            for word in piece.split_whitespace() {
                match word.strip_prefix('-') {
                    Some(word) if word.starts_with(char::is_alphanumeric) => {
                        parts.without.push(word.to_owned())
                    }
                    _ if FILLERS.contains(&word.to_lowercase().as_str()) => fillers.push(word.to_owned()),
                    _ => parts.words.push(word.to_owned()),
                }
            }
        }
        if parts.words.is_empty() && parts.phrases.is_empty() {
            parts.words = fillers;
        }
        parts
    }
}

/// What must be so besides the words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// Who must be in the chain: the words of a name, side by side.
    pub source: Option<String>,
    /// Where it must have appeared: words of the name of the site, or of its host.
    pub outlet: Option<String>,
    /// Since when it must have been published, in seconds since 1970.
    pub from: Option<i64>,
    /// Until when.
    pub until: Option<i64>,
}

/// Whether all words must be there, or some.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanting {
    All,
    Some,
}

/// Which entries are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entries {
    Statements,
    Documents,
}

/// The query. Where nothing was typed, everything matches that the filters let through.
pub(super) fn query(
    index: &Index,
    fields: &Fields,
    typed: &Typed,
    filters: &Filters,
    (entries, wanting): (Entries, Wanting),
) -> tantivy::Result<Box<dyn Query>> {
    let places: &[(Field, f32)] = match entries {
        Entries::Statements => &[(fields.words, 1.0)],
        Entries::Documents => &[(fields.title, TITLE_BOOST), (fields.text, 1.0)],
    };
    let anywhere = |text: &str| -> tantivy::Result<Option<Box<dyn Query>>> {
        let mut found: Vec<Box<dyn Query>> = Vec::new();
        for &(field, boost) in places {
            let side_by_side = side_by_side(index, field, text)?;
            found.extend(side_by_side.map(|query| Box::new(BoostQuery::new(query, boost)) as Box<dyn Query>));
        }
        Ok(match found.len() {
            0 | 1 => found.pop(),
            _ => Some(Box::new(BooleanQuery::union(found))),
        })
    };
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    let mut words: Vec<Box<dyn Query>> = Vec::new();
    for word in &typed.words {
        words.extend(anywhere(word)?);
    }
    let mut is_any_typed = !words.is_empty();
    match wanting {
        Wanting::Some if words.len() > 1 => clauses.push((Occur::Must, Box::new(BooleanQuery::union(words)))),
        _ => clauses.extend(words.into_iter().map(|word| (Occur::Must, word))),
    }
    for phrase in &typed.phrases {
        let phrase = anywhere(phrase)?;
        is_any_typed |= phrase.is_some();
        clauses.extend(phrase.map(|phrase| (Occur::Must, phrase)));
    }
    for word in &typed.without {
        clauses.extend(anywhere(word)?.map(|word| (Occur::MustNot, word)));
    }
    let is_something_typed = !typed.words.is_empty() || !typed.phrases.is_empty();
    if is_something_typed && !is_any_typed {
        // Marks alone were typed.
        return Ok(Box::new(EmptyQuery));
    }
    for (field, name) in [(fields.source, &filters.source), (fields.outlet, &filters.outlet)] {
        if let Some(name) = name {
            let named = side_by_side(index, field, name)?.unwrap_or_else(|| Box::new(EmptyQuery));
            clauses.push((Occur::Must, unscored(named)));
        }
    }
    if filters.from.is_some() || filters.until.is_some() {
        let bound =
            |second: i64| Bound::Included(Term::from_field_i64(fields.published, second.max(UNDATED)));
        // What bears no date was there from the start, but is not known to be of any time since.
        let from = filters.from.map_or(UNDATED, |from| from.max(UNDATED + 1));
        let query = RangeQuery::new(bound(from), filters.until.map_or(Bound::Unbounded, bound));
        clauses.push((Occur::Must, unscored(Box::new(query))));
    }
    if !clauses.iter().any(|(occur, _)| *occur == Occur::Must) || !is_any_typed {
        // Something must tell statements from documents where no word does.
        let statement = |key| Bound::Included(Term::from_field_u64(fields.statement, key));
        let query = match entries {
            Entries::Statements => RangeQuery::new(statement(1), Bound::Unbounded),
            Entries::Documents => RangeQuery::new(statement(0), statement(0)),
        };
        clauses.push((Occur::Must, unscored(Box::new(query))));
    }
    Ok(Box::new(BooleanQuery::new(clauses)))
}

/// A query that lets through or not, and has no part in the ranking.
fn unscored(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(tantivy::query::ConstScoreQuery::new(query, 0.0))
}

/// The words of a text, as the field cuts them, side by side.
fn side_by_side(index: &Index, field: Field, text: &str) -> tantivy::Result<Option<Box<dyn Query>>> {
    let mut terms: Vec<(usize, Term)> = Vec::new();
    let mut analyzer = index.tokenizer_for_field(field)?;
    analyzer.token_stream(text).process(&mut |token| {
        terms.push((token.position, Term::from_field_text(field, &token.text)));
    });
    Ok(match terms.len() {
        0 => None,
        1 => Some(Box::new(TermQuery::new(terms.remove(0).1, IndexRecordOption::WithFreqs))),
        _ => Some(Box::new(PhraseQuery::new_with_offset(terms))),
    })
}

/// How many different words were typed, as the index has them.
pub(super) fn word_count(typed: &Typed) -> usize {
    typed.words.iter().map(|word| word.to_lowercase()).collect::<BTreeSet<String>>().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_phrases_and_what_must_not_be_there() {
        let typed = Typed::parse("who saw \"the empty barrels\" on the quay -smoke - ");
        assert_eq!(typed.words, ["saw", "quay", "-"]);
        assert_eq!(typed.phrases, ["the empty barrels"]);
        assert_eq!(typed.without, ["smoke"]);
    }

    #[test]
    fn fillers_count_where_nothing_else_is_typed() {
        assert_eq!(Typed::parse("To be or").words, ["To", "be", "or"]);
        assert_eq!(Typed::parse("“unclosed phrase").phrases, ["unclosed phrase"]);
        assert_eq!(Typed::parse("  "), Typed::default());
    }
}
