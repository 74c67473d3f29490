//! Tests of reading: bytes to documents, documents to statements.

mod careful;
mod document;
mod growth;
mod statements;

/// Counts what is allocated, for the tests that hold reading to a measure of memory.
#[global_allocator]
static HEAP: peak_alloc::PeakAlloc = peak_alloc::PeakAlloc;
