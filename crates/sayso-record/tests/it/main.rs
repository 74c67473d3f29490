//! Tests of the vocabulary: ids, JSON, schemas.

mod ids;
mod schemas;
