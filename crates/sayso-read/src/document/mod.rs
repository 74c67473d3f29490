//! The first stage: the bytes of a page to a document.

use sayso_record::{Block, BlockKind, Document, Span};

/// What is known of a page from outside its own bytes.
#[derive(Clone, Debug, Default)]
pub struct Carrier {
    /// The address it was fetched from, or that the archive gives.
    pub url: Option<String>,
    /// The MIME type, where one was sent.
    pub content_type: Option<String>,
}

/// Reads the bytes of one page. Never fails: what is odd about them is said in the document's notes.
pub fn document(bytes: &[u8], carrier: &Carrier) -> Document {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let span = Span::new(0, text.len());
    let blocks = vec![Block { span, kind: BlockKind::Paragraph, within: None, links: vec![] }];
    Document { url: carrier.url.clone(), text, blocks, ..Document::default() }.seal()
}
