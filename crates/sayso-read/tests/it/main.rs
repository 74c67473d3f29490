//! Tests of reading: bytes to documents, documents to statements.

mod document;
mod statements;
