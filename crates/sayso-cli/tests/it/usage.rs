//! Wrong calls and help.

use assert_cmd::Command;

#[test]
fn a_call_without_a_command_is_wrong() {
    Command::cargo_bin("sayso").unwrap().assert().code(2);
}

#[test]
fn every_command_has_help() {
    for verb in
        ["read", "ask", "claim", "chain", "source", "document", "claims", "history", "search", "index"]
    {
        Command::cargo_bin("sayso").unwrap().args([verb, "--help"]).assert().success();
    }
}
