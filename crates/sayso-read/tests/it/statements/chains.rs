//! Whole chains, as a reader of the account sees them.

use super::account;

#[test]
fn a_pronoun_and_a_speaker_who_goes_on() {
    let text = "Mira Dahl, the harbour minister of Ostmark, said the port would reopen in May.\n\n\
                “The cranes are safe now,” she told reporters in a briefing on Friday. “We checked every bolt.\n\n\
                “Nobody will be asked to work under them until then.”\n";
    insta::assert_snapshot!(account(text), @r#"
    Mira Dahl [said, Predicts, Indirect] the port would reopen in May
    Mira Dahl [told, Asserts, Direct] “The cranes are safe now,” … “We checked every bolt
    Mira Dahl [, Predicts, Direct] “Nobody will be asked to work under them until then.”
    "#);
}

#[test]
fn a_surname_stands_for_the_full_name() {
    let text = "The dam is sound, said Anselm Roke, who built it.\n\nCritics of the project denied that. \
                “Roke has never seen the cracks,” said Ina Vell, a geologist.\n\nRoke rejected the charge.\n";
    insta::assert_snapshot!(account(text), @r#"
    Anselm Roke [said, Asserts, Indirect] The dam is sound
    Critics of the project, unnamed [denied, Denies, Indirect] that
    Ina Vell [said, Asserts, Direct] “Roke has never seen the cracks,”
    Anselm Roke [rejected, Denies, Indirect] the charge
    "#);
}

#[test]
fn a_go_between_in_the_sentence() {
    let text = "Finance Minister Otto Brandt, in a Northwire interview last week, said the bank was “beyond rescue.”\n\n\
                A deputy told the Harbour Courier that the vault was empty.\n";
    insta::assert_snapshot!(account(text), @r#"
    Otto Brandt <- Northwire [said, Asserts, Mixed] the bank was “beyond rescue.”
    A deputy, unnamed <- Harbour Courier [told, Asserts, Indirect] that the vault was empty
    "#);
}

#[test]
fn a_quotation_inside_a_pasted_page() {
    let text = "Who Sank the Ferry?\n\nFrom the Harbour Courier:\n\nOfficials said they have found traces of an \
                explosive on the hull. According to a naval engineer, the plates were bent outward.\n\nI doubt it, and I \
                said so in March.\n\n  • http://rope.example/ Old Rope\n\n    I think the boiler did it.\n";
    insta::assert_snapshot!(account(text), @r#"
    Harbour Courier [From, Asserts, BlockQuote] Officials said they have found traces of an explosive on the hull. According to a naval engineer, the plates were bent outward.
    Officials, unnamed <- Harbour Courier [said, Asserts, Indirect] they have found traces of an explosive on the hull
    a naval engineer, unnamed <- Harbour Courier [According to, Asserts, Indirect] the plates were bent outward
    the author [doubt, Doubts, Indirect] it
    the author [said, Asserts, Indirect] so in March
    Old Rope [think, Believes, Indirect] the boiler did it
    "#);
}

#[test]
fn held_by_nobody_who_is_named() {
    let text = "The group is believed to be hiding in the hills. The mayor is said to have left.";
    insta::assert_snapshot!(account(text), @r#"
    nobody [believed, Believes, Indirect] to be hiding in the hills
    nobody [said, Asserts, Indirect] to have left
    "#);
}

#[test]
fn a_date_is_nobody_and_a_quotation_is_whole() {
    let text = "Hollis Varga signed papers ordering him to appear in court May 4.\n\n\
        They had asserted that Varga never touched the barrels.\n\n\
        “We know that the barrels were filled in April and we know that somebody has shown a willingness to back up the \
        plant, to support the plant,” Ilse Marwick said in an interview with the Courier.";
    insta::assert_snapshot!(account(text));
}
