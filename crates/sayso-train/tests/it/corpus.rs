//! `corpus`: that `sayso` reads what is written, with the outlet, the date and the address.

use super::{folder, run};
use sayso::{Desk, Input, Outcome, Report, Watch};
use std::ops::ControlFlow;

#[derive(Default)]
struct Read(Vec<sayso_record::Document>);

impl Watch for Read {
    fn report(&mut self, report: Report) -> ControlFlow<()> {
        let Outcome::Read { document, .. } = report.outcome else { panic!("{report:?}") };
        self.0.push(*document);
        ControlFlow::Continue(())
    }
}

const NEWS: &str = r#"{"id": "nyt_2016-09-02_the-dam", "publisher": "nyt", "text": "The dam held.\n\n“It held,” said Ada Lund.", "attributions": []}
{"id": "politico_2016-09-03_the-dam", "text": "The dam fell."}
"#;

#[test]
fn outlets_dates_and_addresses_are_read() {
    let folder =
        folder(&[("dev.jsonl", NEWS), ("bodies.jsonl", r#"{"id": "4", "text": "The pier is closed."}"#)]);
    for (name, input) in [("polnear", "dev.jsonl"), ("reuse", "bodies.jsonl")] {
        let (code, _, err) = run(&folder, &["corpus", name, input, "--out", "pages"]);
        assert_eq!(code, 0, "{err}");
    }
    let mut read = Read::default();
    let inputs = ["pages/dev.jsonl", "pages/bodies.jsonl"].map(|path| Input::file(folder.path().join(path)));
    Desk::without_ledger().read(inputs, &mut read).unwrap();
    let told: Vec<_> = read
        .0
        .iter()
        .map(|document| {
            let published = document.published.as_ref().map(|stamp| stamp.at.as_str());
            (document.url.as_deref().unwrap(), document.site.as_deref().unwrap(), published)
        })
        .collect();
    assert_eq!(
        told,
        [
            ("https://www.nytimes.com/2016/09/02/the-dam", "The New York Times", Some("2016-09-02")),
            ("https://www.politico.com/2016/09/03/the-dam", "Politico", Some("2016-09-03")),
            ("https://outlet4.example/4", "Outlet 4", None),
        ]
    );
    assert_eq!(read.0[0].text, "The dam held.\n\n“It held,” said Ada Lund.", "offsets stay what they are");
}

#[test]
fn nothing_is_overwritten_and_no_address_stands_twice() {
    let folder =
        folder(&[("dev.jsonl", NEWS), ("more.jsonl", NEWS), ("odd.jsonl", r#"{"id": "odd", "text": ""}"#)]);
    let says = |arguments: &[&str], expected: &str| {
        let (code, _, err) = run(&folder, arguments);
        assert_eq!(code, 2);
        assert!(err.contains(expected), "{err}");
    };
    says(&["corpus", "polnear", "dev.jsonl", "--out", "."], "would be overwritten");
    says(&["corpus", "polnear", "dev.jsonl", "dev.jsonl", "--out", "pages"], "would be overwritten");
    says(
        &["corpus", "polnear", "dev.jsonl", "more.jsonl", "--out", "pages"],
        "two texts would stand at https://",
    );
    says(&["corpus", "polnear", "odd.jsonl", "--out", "pages"], "should be PUBLISHER_YYYY-MM-DD_SLUG");
}
