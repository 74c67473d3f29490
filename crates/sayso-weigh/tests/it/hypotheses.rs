//! Rival hypotheses: what is counted, what is not, and on whom the order hangs.

use crate::case_files::read;
use sayso_weigh::{Moment, Weighing};

#[test]
fn evidence_that_stands_is_counted_once_a_source() {
    let case = read("rival_hypotheses");
    let graph = case.graph();
    let mut weighing = Weighing::new(&graph, Moment::ALL);
    let before = weighing.weights().to_vec();
    let report = case.report(&mut weighing);
    assert_eq!(weighing.weights(), before, "asking whose fall would change the order changes nothing");
    insta::assert_snapshot!(serde_json::to_string_pretty(&report.hypotheses).unwrap());
}
