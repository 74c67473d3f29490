//! The JSON schemas are snapshots: a change of the public form is seen in review.

use sayso_record::{Document, Statement};

#[test]
fn document_schema() {
    insta::assert_json_snapshot!(schemars::schema_for!(Document));
}

#[test]
fn statement_schema() {
    insta::assert_json_snapshot!(schemars::schema_for!(Statement));
}
