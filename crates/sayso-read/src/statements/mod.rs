//! The second stage: a document to its statements.

mod anonymous;
mod budget;
mod carry;
mod clauses;
mod draft;
mod foreign;
mod given_names;
mod interview;
mod known;
mod lead_in;
mod mention;
mod nesting;
mod own_voice;
mod page_names;
mod passage;
mod patterns;
mod people;
mod places;
mod proposition;
mod quotations;
mod relay;
mod resolve;
mod saying;
mod stance;
mod subjects;
mod transcript;
mod turned;
mod voice;
mod words;

pub use anonymous::why_unnamed;

use crate::tagger::model::{Model, ModelError};
use crate::tagger::paragraph::Paragraph;
use crate::tagger::tagging::FirstLook;
use crate::tagger::tagging::Found;
use crate::text::paragraphs;
use budget::Budget;
use draft::Draft;
use sayso_record::{Block, BlockKind, Document, Note, Span, Statement};
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// Somebody's words as they stand in a text, before it is known who that is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attribution {
    /// Where the source is named; empty where it is not.
    pub source: Vec<Span>,
    /// The words that tell that somebody speaks.
    pub cue: Vec<Span>,
    /// What is said.
    pub content: Vec<Span>,
    /// How sure the reader is, 0 to 1.
    pub confidence: f32,
}

/// Finds who said what. Holds the trained model; make one and share it between threads.
#[derive(Clone, Debug)]
pub struct Reader {
    model: Model,
    version: String,
    careful: Option<(std::sync::Arc<crate::careful::Careful>, When)>,
}

/// The model of the careful reader that is built in, as `training/careful.py export` writes it.
pub const CAREFUL_MODEL: &[u8] = include_bytes!("../../models/careful.safetensors");

/// When the careful reader looks at a paragraph.
#[derive(Clone, Copy, Debug)]
enum When {
    Always,
    /// Where the taggers doubt so many attributions a token, or more.
    Doubt(f32),
}

/// From how many doubted attributions a token on the careful reader of a cascade looks at a paragraph.
const DOUBT_A_TOKEN: f32 = 0.0075;

impl Default for Reader {
    fn default() -> Reader {
        Reader::new()
    }
}

impl Reader {
    /// A reader with the model that is built in.
    pub fn new() -> Reader {
        const MODEL: &[u8] = include_bytes!("../../models/attributions.bin");
        Reader::with_model(MODEL).expect("the model that is built in was opened by the tests")
    }

    /// A reader with a model of your own, as `sayso-train train attributions` writes it.
    pub fn with_model(model: impl Into<Cow<'static, [u8]>>) -> Result<Reader, ModelError> {
        let model = model.into();
        let digest = Sha256::digest(&model);
        let digits: String = digest[..6].iter().map(|byte| format!("{byte:02x}")).collect();
        let version = format!("{} model {digits}", env!("CARGO_PKG_VERSION"));
        Ok(Reader { model: Model::from_bytes(model)?, version, careful: None })
    }

    /// The careful reader in the place of the taggers, out of the bytes of a model; see [`CAREFUL_MODEL`].
    pub fn careful(model: &[u8]) -> Result<Reader, crate::careful::CarefulError> {
        Reader::beside(model, When::Always, "careful")
    }

    /// The taggers, and the careful reader for those paragraphs that they doubt.
    pub fn cascade(model: &[u8]) -> Result<Reader, crate::careful::CarefulError> {
        Reader::cascade_from(model, DOUBT_A_TOKEN)
    }

    /// The taggers, and the careful reader where they doubt so many attributions a token, or more.
    pub fn cascade_from(model: &[u8], doubt_a_token: f32) -> Result<Reader, crate::careful::CarefulError> {
        Reader::beside(model, When::Doubt(doubt_a_token), &format!("cascade from {doubt_a_token}"))
    }

    fn beside(model: &[u8], when: When, name: &str) -> Result<Reader, crate::careful::CarefulError> {
        let careful = crate::careful::Careful::from_bytes(model)?;
        let fast = Reader::new();
        let version = format!("{} {name} {}", fast.version, careful.digits());
        Ok(Reader { careful: Some((std::sync::Arc::new(careful), when)), version, ..fast })
    }

    /// What is found in a paragraph before the rules look at it.
    fn find(&self, text: &str, paragraph: &Paragraph, budget: &mut Budget) -> Vec<Found> {
        if paragraph.is_empty() {
            return Vec::new();
        }
        let first = FirstLook::new(&self.model, text, paragraph);
        budget.looked(first.looks());
        let Some((careful, when)) = &self.careful else { return first.find() };
        if let When::Doubt(least) = when {
            let found = first.find();
            if first.doubt(&found) < least * paragraph.len() as f32 {
                return found;
            }
        }
        if !budget.is_careful(paragraph) {
            return first.find();
        }
        careful.find(text, paragraph, first)
    }

    /// Whether some words are a clause, or a question of one: a finite verb with what it is said of.
    pub fn is_clause(&self, words: &str) -> bool {
        proposition::is_clause(&self.model, words)
    }

    /// Whether some words are a proposition: a clause with its subject and its verb. "To ask for help", "which was
    /// sold", "the sale of the pier" are none.
    pub fn is_proposition(&self, words: &str) -> bool {
        proposition::is_proposition(&self.model, words)
    }

    /// The model that it reads with.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Which reader this is: the release, and the first digits of the model's SHA-256. Two readers of one version give
    /// the same statements for the same document, so a ledger can tell whose answers it holds.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Every attribution in a text whose paragraphs are its lines, in the order of their cues. A quotation that goes on
    /// in the next paragraph is part of the content it goes on from. Of speech inside speech only the surer is given, as
    /// the corpora have it that this is measured on.
    pub fn attributions_in(&self, text: &str) -> Vec<Attribution> {
        let block = |range: std::ops::Range<usize>| Block {
            span: Span::new(range.start, range.end),
            kind: BlockKind::Paragraph,
            within: None,
            links: Vec::new(),
        };
        let document = Document {
            text: text.to_owned(),
            blocks: paragraphs(text).map(block).collect(),
            ..Document::default()
        };
        let mut passages = passage::passages(self, &document, &mut Budget::new());
        passages.iter_mut().for_each(|passage| passage.found.retain(|found| !found.nested));
        let voices = voice::voices(&self.model, &document, &passages);
        let drafts = voice::drafts(&document, &passages, &voices);
        let drafts = carry::carry_over(&self.model, &document, &passages, &voices, drafts, false);
        let mut out: Vec<Attribution> = Vec::with_capacity(drafts.len());
        let mut place: Vec<usize> = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let Some(from) = draft.carried else {
                place.push(out.len());
                let Draft { source, cue, content, confidence, .. } = draft;
                out.push(Attribution { source, cue, content, confidence });
                continue;
            };
            let at = place[from];
            place.push(at);
            out[at].content.extend(draft.content);
        }
        out
    }

    /// Every statement in the document, in the order of their words: what others are said to have said, and what the
    /// page, its commenters and those it quotes at length say in their own voice. Of a page in another language than English
    /// only the quotations that are sure, where there are rules for it.
    pub fn statements(&self, document: &Document) -> Vec<Statement> {
        self.statements_and_notes(document).0
    }

    /// The same, and what was left out of a page that asks for more than reading may take.
    pub fn statements_and_notes(&self, document: &Document) -> (Vec<Statement>, Vec<Note>) {
        if let Some(language) = crate::document::language::foreign(document) {
            return (foreign::quotations(document, language), Vec::new());
        }
        let mut budget = Budget::new();
        let mut passages = passage::passages(self, document, &mut budget);
        for passage in &mut passages {
            let is_thing =
                |found: &Found| patterns::is_a_thing_that_explains(&document.text, &passage.paragraph, found);
            passage.found.retain(|found| !is_thing(found));
            turned::turn(&document.text, &passage.paragraph, &mut passage.found);
            anonymous::mend(&document.text, &passage.paragraph, &mut passage.found);
        }
        let voices = voice::voices(&self.model, document, &passages);
        let drafts = voice::drafts(document, &passages, &voices);
        let mut drafts = carry::carry_over(&self.model, document, &passages, &voices, drafts, true);
        relay::give_to_the_cited(document, &passages, &mut drafts);
        relay::merge_quoted_as_saying(document, &mut drafts);
        resolve::resolve(document, &passages, &voices, &mut drafts);
        transcript::name_turns(document, &passages, &mut drafts);
        relay::add_go_betweens(document, &passages, &mut drafts);
        let own = own_voice::own_voice(document, &passages, &voices, &drafts);
        drafts.extend(own);
        let mut statements = voice::finish(document, &passages, &voices, drafts);
        let foreign = foreign::quotations_of_paragraphs(document);
        if !foreign.is_empty() {
            statements.extend(foreign);
            statements.sort_by_key(|statement| statement.content.first().map(|span| span.start));
        }
        (statements, budget.notes())
    }
}
