//! Cases whose figures were worked out by hand.

use super::*;

/// A document whose attributions are given as words of its text; the first occurrence counts.
fn line(id: &str, text: &str, attributions: &[[&[&str]; 3]]) -> Line {
    let span = |words: &&str| {
        let start = text[..text.find(words).expect("the words stand in the text")].chars().count();
        [start, start + words.chars().count()]
    };
    let role = |words: &[&str]| Some(words.iter().map(span).collect());
    let spans = |[source, cue, content]: &[&[&str]; 3]| Spans {
        id: None,
        source: role(source),
        cue: role(cue),
        content: role(content),
        confidence: None,
    };
    Line {
        id: id.to_owned(),
        text: Some(text.to_owned()),
        attributions: attributions.iter().map(spans).collect(),
    }
}

#[track_caller]
fn near(figures: &Figures, path: &str, value: f64) {
    let found = figures.get(path).unwrap_or_else(|| panic!("there is no {path}"));
    assert!((found - value).abs() < 1e-12, "{path} is {found}, not {value}");
}

const TEXT: &str = "Mara Voss warned: \"The dam will not hold.\" Engineers doubt that it can be saved.";

/// Tokens: 0 Mara 1 Voss 2 warned 3 : 4 " 5 The 6 dam 7 will 8 not 9 hold 10 . 11 " 12 Engineers 13 doubt 14 that
/// 15 it 16 can 17 be 18 saved 19 .
fn answer() -> Line {
    line(
        "dam",
        TEXT,
        &[
            [&["Mara Voss"], &["warned"], &["\"The dam will not hold.\""]],
            [&["Engineers"], &["doubt"], &["that it can be saved"]],
        ],
    )
}

#[test]
fn the_answers_themselves_are_perfect() {
    let figures = score(&[answer()], &[answer()]).unwrap();
    for part in [
        "token/source",
        "token+np/cue",
        "exact/content",
        "attribution/content-exact",
        "overlap/all",
        "gated/quote",
    ] {
        near(&figures, &format!("{part}.f1"), 1.0);
    }
    near(&figures, "tokens", 20.0);
    near(&figures, "token/content.gold", 13.0);
    near(&figures, "gold_kind/direct.n", 1.0);
    near(&figures, "gold_kind/indirect.content+source", 1.0);
}

#[test]
fn what_is_not_predicted_is_missed() {
    let figures = score(&[answer()], &[]).unwrap();
    near(&figures, "attribution/content.f1", 0.0);
    near(&figures, "attribution/content.gold", 2.0);
    near(&figures, "attribution/content.pred", 0.0);
}

#[test]
fn each_fault_counts_where_it_belongs() {
    // Content without quotation marks and with the wrong source; content cut short and without its cue; a stray one.
    let prediction = line(
        "dam",
        TEXT,
        &[
            [&["Engineers"], &["warned"], &["The dam will not hold."]],
            [&["Engineers"], &[], &["can be saved"]],
            [&[], &[], &["Mara Voss"]],
        ],
    );
    let figures = score(&[answer()], &[prediction]).unwrap();
    near(&figures, "attribution/content.p", 2.0 / 3.0);
    near(&figures, "attribution/content.r", 1.0);
    near(&figures, "attribution/content+source.r", 0.5);
    near(&figures, "attribution/content+source+cue.f1", 0.0);
    near(&figures, "attribution/content-exact.tp", 1.0);
    near(&figures, "token/source.p", 1.0);
    near(&figures, "token/source.r", 1.0 / 3.0);
    near(&figures, "token/cue.r", 0.5);
    // The dam will not hold . | can be saved | Mara Voss: 9 of 11; of 13 in the answers.
    near(&figures, "token/content.p", 9.0 / 11.0);
    near(&figures, "token/content.r", 9.0 / 13.0);
    near(&figures, "token+np/content.r", 8.0 / 10.0);
    near(&figures, "exact/content.f1", 0.0);
    near(&figures, "exact+trim/content.tp", 1.0);
    near(&figures, "overlap/source.p", 1.0);
    near(&figures, "gated/cue.p", 1.0 / 3.0);
    near(&figures, "gated/source.p", 0.0);
    near(&figures, "pred_kind/direct.content", 1.0);
    near(&figures, "pred_kind/indirect.content", 0.5);
}

#[test]
fn pairing_is_one_to_one() {
    let twice = Line { attributions: [answer().attributions, answer().attributions].concat(), ..answer() };
    let figures = score(&[answer()], &[twice]).unwrap();
    near(&figures, "attribution/content.p", 0.5);
    near(&figures, "attribution/content.r", 1.0);
    near(&figures, "exact/content.p", 1.0);
}

#[test]
fn of_two_equal_contents_the_better_source_is_paired() {
    let prediction = line(
        "dam",
        TEXT,
        &[[&[], &[], &["that it can be saved"]], [&["Engineers"], &["doubt"], &["that it can be saved"]]],
    );
    let figures = score(&[answer()], &[prediction]).unwrap();
    near(&figures, "attribution/content+source+cue.tp", 1.0);
    near(&figures, "attribution/content.tp", 1.0);
}

#[test]
fn half_the_content_is_just_enough() {
    // The first content has 8 tokens.
    for (words, expected) in [("\"The dam will", 1.0), ("\"The dam", 0.0)] {
        let figures = score(&[answer()], &[line("dam", TEXT, &[[&[], &[], &[words]]])]).unwrap();
        near(&figures, "attribution/content.tp", expected);
    }
}

#[test]
fn nobody_named_is_right_where_nobody_is_and_white_space_is_harmless() {
    let text = "It is feared that the bridge fell .";
    let right = line("bridge", text, &[[&[], &["is feared"], &["that the bridge fell"]]]);
    let given = line("bridge", text, &[[&[], &[" is feared "], &["that the", " bridge fell "]]]);
    let figures = score(&[right], &[given]).unwrap();
    near(&figures, "attribution/content+source+cue.f1", 1.0);
    near(&figures, "exact/content.f1", 1.0);
    near(&figures, "gated/quote.f1", 1.0);
}

#[test]
fn a_content_in_two_parts_is_one_attribution() {
    let text = "“It rained,” Ola said, “for a week.” Then it stopped.";
    let right = line("rain", text, &[[&["Ola"], &["said"], &["“It rained,”", "“for a week.”"]]]);
    let given = line("rain", text, &[[&["Ola"], &["said"], &["“for a week.” Then it stopped."]]]);
    let figures = score(std::slice::from_ref(&right), std::slice::from_ref(&given)).unwrap();
    near(&figures, "exact/content.gold", 2.0);
    near(&figures, "attribution/content.tp", 0.0);
    near(&figures, "gold_kind/direct.n", 1.0);
    near(&figures, "pred_kind/mixed.n", 1.0);
    near(&figures, "gated/source.f1", 1.0);
    let figures = score(&[answer(), right], &[answer(), given]).unwrap();
    near(&figures, "attribution/content.p", 2.0 / 3.0);
}

#[test]
fn impossible_predictions_are_refused() {
    let unknown = Line { id: "other".to_owned(), ..Line::default() };
    assert!(score(&[answer()], &[unknown]).is_err());
    assert!(score(&[answer()], &[answer(), answer()]).is_err());
    let mut outside = answer();
    outside.attributions[0].content = Some(vec![[0, 999]]);
    assert!(score(&[answer()], &[outside]).is_err());
}

#[test]
fn the_table_shows_what_was_counted() {
    let table = table(&score(&[answer()], &[answer()]).unwrap());
    assert!(
        table.starts_with("documents 1, tokens 20\n-- attribution\n  content              P 100.0  R 100.0")
    );
    assert!(table.ends_with("  indirect             content 100.0  content+source 100.0   (n 1)"));
}
