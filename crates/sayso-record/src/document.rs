//! What a page said: one revision of it, as blocks over one text.

use crate::{DocumentId, Span};
use serde::{Deserialize, Serialize};

/// One revision of one page as read. Its [`id`](Document::id) is a hash of everything else in it but the notes,
/// so a page that has not changed has the same id, and a changed one is a new revision.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Document {
    /// Hash of the content; see [`Document::seal`].
    pub id: DocumentId,
    /// The page's address, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The outlet, as the page names itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// The headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The section it stood under ("Politics").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// The people, or the agency, that the page names as its authors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bylines: Vec<String>,
    /// When it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Stamp>,
    /// When it was last changed, by its own account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<Stamp>,
    /// BCP 47 language tag, where the page gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The words of the page; every span in the record counts bytes of this.
    pub text: String,
    /// The parts of the page in order; a block that holds others (quotation, notice, comment) stands before them.
    pub blocks: Vec<Block>,
    /// What was odd about the page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

/// A part of a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Block {
    /// Its words.
    pub span: Span,
    /// What it is.
    #[serde(flatten)]
    pub kind: BlockKind,
    /// Index of the block it stands in: the quotation, notice or comment that holds this paragraph.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<u32>,
    /// The links in it, each with its own words. A link is listed once, in the innermost block.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
}

/// What a block is. Quotations, notices and comments hold other blocks; the rest hold words only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum BlockKind {
    /// A heading; level 1 is the title.
    Heading {
        /// 1 to 6.
        level: u8,
    },
    /// A paragraph, a list item, or a line of verse.
    Paragraph,
    /// The words under a picture.
    Caption,
    /// A block quote: words of somebody else, set apart.
    Quotation {
        /// The address it came from, where the page gives one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        href: Option<String>,
        /// The words that introduce it ("From ABC News:").
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lead_in: Option<Span>,
    },
    /// The page speaks of itself: an update, a correction, an apology.
    Notice {
        /// Which sort of notice.
        notice: NoticeKind,
        /// Its date, where it gives one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        date: Option<Stamp>,
    },
    /// A reader's comment.
    Comment {
        /// The name it is signed with.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        author: Option<String>,
        /// The address the name links to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        author_url: Option<String>,
        /// When it was written.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        published: Option<Stamp>,
        /// Index of the comment it answers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        parent: Option<u32>,
    },
}

/// The sorts of notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// Something was added.
    Update,
    /// Something was wrong and has been put right.
    Correction,
    /// Something was unclear.
    Clarification,
    /// The author is sorry for what was said.
    Apology,
    /// The page is taken back.
    Retraction,
    /// Any other word from the editors.
    EditorsNote,
}

/// A link and the words it stands on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Link {
    /// The words.
    pub span: Span,
    /// The address, made absolute where the page's own address is known.
    pub href: String,
}

/// A time and the words it was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Stamp {
    /// ISO 8601: a date (`2011-07-14`), or a time with the offset the page gave (`2011-07-14T09:30:00+02:00`).
    pub at: String,
    /// The words of the page that say so.
    pub words: String,
    /// Where those words stood.
    pub origin: StampOrigin,
}

/// Where a time was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum StampOrigin {
    /// Structured data in a script.
    JsonLd,
    /// A `<meta>` element.
    Meta,
    /// A `<time>` element or a `datetime` attribute.
    Time,
    /// An element whose class says that it holds a date.
    Class,
    /// The page's address.
    Url,
    /// The running text.
    Text,
    /// The archive or feed that carried the page.
    Carrier,
}

/// Something odd about a page, in a form that programs can count and people can read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Note {
    /// Which sort of oddity.
    pub kind: NoteKind,
    /// One sentence for a person.
    pub text: String,
}

impl Note {
    /// A note of a kind, with its sentence.
    pub fn new(kind: NoteKind, text: impl Into<String>) -> Note {
        Note { kind, text: text.into() }
    }
}

/// The sorts of oddity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    /// The encoding was guessed, or some bytes did not fit it.
    Encoding,
    /// There were no words.
    Empty,
    /// The bytes are no text.
    Binary,
    /// The page stopped in the middle, or was cut at a cap.
    Truncated,
    /// Tags were nested deeper than we follow.
    Nesting,
    /// The page is no article: a paywall, an error page, a list of other pages.
    Stub,
    /// The comments are kept by another service.
    CommentsElsewhere,
    /// It is written in another language than the one that is read.
    Language,
    /// The page was taken down here: its words are kept, and not shown.
    TakenDown,
    /// Anything else.
    Other,
}

/// A record that contradicts itself, as found by [`Document::faults`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault(pub String);

impl Document {
    /// Sets the id from the content. The notes are left out: how we read a page is not what it said.
    pub fn seal(mut self) -> Document {
        self.id = DocumentId::default();
        let notes = std::mem::take(&mut self.notes);
        let content = serde_json::to_vec(&self).expect("a document is plain data");
        self.id = DocumentId::of(&[&content]);
        self.notes = notes;
        self
    }

    /// The words at some spans, in order, gaps shown as " … ".
    pub fn words(&self, spans: &[Span]) -> String {
        spans.iter().map(|span| span.of(&self.text)).collect::<Vec<_>>().join(" … ")
    }

    /// The blocks that hold block `index`, innermost first. Safe on damaged records: it only ever walks backwards.
    pub fn enclosing(&self, index: usize) -> impl Iterator<Item = (usize, &Block)> {
        let mut next = self.outer(index);
        std::iter::from_fn(move || {
            let at = next?;
            next = self.outer(at);
            Some((at, &self.blocks[at]))
        })
    }

    /// Whether block `index` stands in a reader's comment, which is not the page's, or in a notice, which tells of what the
    /// page said before.
    pub fn stands_apart(&self, index: usize) -> bool {
        self.enclosing(index).any(|(_, block)| block.kind.is_apart())
    }

    /// The block that holds block `index`; only a block before it can.
    fn outer(&self, index: usize) -> Option<usize> {
        self.blocks.get(index)?.within.map(|at| at as usize).filter(|&at| at < index)
    }

    /// Everything in which the record contradicts itself; empty for every document that a reader makes.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let fits = |span: Span| self.text.get(span.range()).is_some();
        for (index, block) in self.blocks.iter().enumerate() {
            if !fits(block.span) {
                faults.push(Fault(format!("block {index} has the span {:?}, outside the text", block.span)));
            }
            for link in &block.links {
                if !fits(link.span) || !block.span.contains(link.span) {
                    faults.push(Fault(format!("a link of block {index} stands outside it")));
                }
            }
            if let Some(outer) = block.within {
                match self.blocks.get(outer as usize) {
                    Some(holder) if (outer as usize) < index && holder.kind.holds_blocks() => {
                        if !holder.span.contains(block.span) {
                            faults.push(Fault(format!("block {index} reaches out of block {outer}")));
                        }
                    }
                    _ => faults.push(Fault(format!("block {index} stands in {outer}, which cannot hold it"))),
                }
            }
            match &block.kind {
                BlockKind::Quotation { lead_in: Some(span), .. } if !fits(*span) => {
                    faults.push(Fault(format!("the lead-in of block {index} stands outside the text")));
                }
                BlockKind::Comment { parent: Some(parent), .. } => match self.blocks.get(*parent as usize) {
                    Some(Block { kind: BlockKind::Comment { .. }, .. }) if *parent as usize != index => {}
                    _ => faults.push(Fault(format!("comment {index} answers {parent}, which is no comment"))),
                },
                _ => {}
            }
        }
        faults
    }
}

impl BlockKind {
    /// Whether blocks may stand inside a block of this kind.
    pub fn holds_blocks(&self) -> bool {
        matches!(self, BlockKind::Quotation { .. } | BlockKind::Notice { .. } | BlockKind::Comment { .. })
    }

    /// Whether it is no part of what the page itself tells: a reader's comment, or a notice.
    pub fn is_apart(&self) -> bool {
        matches!(self, BlockKind::Comment { .. } | BlockKind::Notice { .. })
    }
}
