//! What stands in the index: its fields, and how words are cut and folded on their way in and on their way to it.

use sayso_ledger::{DocumentKey, LinkedSource, StatementKey};
use sayso_record::{Document, Statement};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, TextAnalyzer};
use tantivy::{Index, TantivyDocument};

/// Any change to what follows needs a new number, so that older indexes are made anew.
pub(super) const FORM: u32 = 1;

/// Words of running text: without endings, so that "smuggling" finds "smuggled".
const PROSE: &str = "prose";
/// Names: as they are, in lower case.
const NAMES: &str = "names";
/// Words that are longer are no words.
const LONGEST_BYTES: usize = 80;

/// The published time of what bears none, in seconds since 1970: the first day of the year 1, before everything.
pub(super) const UNDATED: i64 = -62_135_596_800;

/// The fields. An entry is a document or a statement; a statement has no `title` and no `text`, a document no `words`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    /// A statement's words.
    pub(super) words: Field,
    /// A document's title.
    pub(super) title: Field,
    /// A document's text.
    pub(super) text: Field,
    /// Everybody in the chain of the statement, or heard in the document, under every name that is known.
    pub(super) source: Field,
    /// The document's site and the host of its address.
    pub(super) outlet: Field,
    /// When the document was published, in seconds since 1970.
    pub(super) published: Field,
    /// The key of the document.
    pub(super) document: Field,
    /// The key of the statement; 0 for a document.
    pub(super) statement: Field,
}

/// The fast fields are read by name.
pub(super) const STATEMENT: &str = "statement";
pub(super) const DOCUMENT: &str = "document";

impl Fields {
    /// The form of the index.
    pub(super) fn schema() -> (Schema, Fields) {
        let mut schema = Schema::builder();
        let text = |tokenizer: &str, option| {
            let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option);
            TextOptions::default().set_indexing_options(indexing)
        };
        let prose = text(PROSE, IndexRecordOption::WithFreqsAndPositions);
        let names = text(NAMES, IndexRecordOption::WithFreqsAndPositions);
        let fields = Fields {
            words: schema.add_text_field("words", prose.clone()),
            title: schema.add_text_field("title", prose.clone()),
            text: schema.add_text_field("text", prose),
            source: schema.add_text_field("source", names.clone()),
            outlet: schema.add_text_field("outlet", names),
            published: schema.add_i64_field("published", NumericOptions::from(FAST)),
            document: schema.add_u64_field(DOCUMENT, INDEXED | FAST),
            statement: schema.add_u64_field(STATEMENT, NumericOptions::from(FAST)),
        };
        (schema.build(), fields)
    }

    /// The entry of a document.
    pub(super) fn of_document<'a>(
        &self,
        key: DocumentKey,
        document: &'a Document,
        heard: impl IntoIterator<Item = &'a str>,
    ) -> TantivyDocument {
        let mut entry = self.entry(key, document);
        entry.add_text(self.title, document.title.as_deref().unwrap_or_default());
        entry.add_text(self.text, &document.text);
        entry.add_u64(self.statement, 0);
        let bylines = document.bylines.iter().map(String::as_str);
        for name in bylines.chain(document.site.as_deref()).chain(heard) {
            entry.add_text(self.source, name);
        }
        entry
    }

    /// The entry of a statement. `linked` are the sources of its chain.
    pub(super) fn of_statement(
        &self,
        key: (DocumentKey, StatementKey),
        document: &Document,
        statement: &Statement,
        linked: &[LinkedSource],
    ) -> TantivyDocument {
        let mut entry = self.entry(key.0, document);
        entry.add_text(self.words, document.words(&statement.content));
        entry.add_u64(self.statement, key.1.number());
        let mut names: Vec<&str> = linked.iter().map(|source| source.name.as_str()).collect();
        names.extend(std::iter::once(&statement.source).chain(&statement.via).map(|by| by.name.as_str()));
        names.sort_unstable();
        names.dedup();
        names.into_iter().for_each(|name| entry.add_text(self.source, name));
        entry
    }

    fn entry(&self, key: DocumentKey, document: &Document) -> TantivyDocument {
        let mut entry = TantivyDocument::new();
        let published = document.published.as_ref().and_then(|stamp| sayso_weigh::first_second(&stamp.at));
        entry.add_i64(self.published, published.unwrap_or(UNDATED).max(UNDATED));
        entry.add_u64(self.document, u64::from(key.number()));
        let host = document.url.as_deref().and_then(host_of);
        document.site.as_deref().into_iter().chain(host).for_each(|name| entry.add_text(self.outlet, name));
        entry
    }
}

/// Gives an index its ways to cut text into words.
pub(super) fn register(index: &Index) {
    let prose = TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(LONGEST_BYTES))
        .filter(LowerCaser)
        .filter(Stemmer::new(Language::English))
        .build();
    let names = TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(LONGEST_BYTES))
        .filter(LowerCaser)
        .build();
    index.tokenizers().register(PROSE, prose);
    index.tokenizers().register(NAMES, names);
}

fn host_of(url: &str) -> Option<&str> {
    let host = url.split_once("://")?.1.split(['/', '?', '#']).next()?.rsplit('@').next()?;
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| !host.is_empty())
}
