//! Completions and the manual, which are made from the command line's own definition.

use crate::exports::sayso;
use std::path::Path;
use std::process::{Command, Stdio};

#[test]
fn every_shell_is_told_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = sayso(Path::new("."), &["completions", shell]);
        assert_eq!(script.code, Some(0), "{}", script.said);
        for command in ["take-down", "what-if", "corrections", "mcp"] {
            assert!(script.text().contains(command), "{shell} is not told of {command}");
        }
    }
    assert_eq!(sayso(Path::new("."), &["completions", "abacus"]).code, Some(2));
}

/// Bash itself completes what was begun, where there is one.
#[test]
fn bash_completes_a_command() {
    if !Path::new("/bin/bash").exists() {
        eprintln!("NOTICE: /bin/bash is missing; what it would complete is not tried");
        return;
    }
    let script = sayso(Path::new("."), &["completions", "bash"]).text().to_owned();
    let asks = "\nCOMP_WORDS=(sayso corr); COMP_CWORD=1; _sayso sayso corr sayso; echo \"${COMPREPLY[@]}\"\n";
    let mut bash = Command::new("/bin/bash").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    std::io::Write::write_all(&mut bash.stdin.take().unwrap(), (script + asks).as_bytes()).unwrap();
    let output = bash.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap().trim(), "corrections");
}

#[test]
fn the_manual_has_a_page_for_all_and_for_each() {
    let all = sayso(Path::new("."), &["man"]);
    assert_eq!(all.code, Some(0), "{}", all.said);
    assert!(
        all.text().contains(".TH sayso 1") && all.text().contains("EXIT")
            || all.text().contains("Exit codes")
    );
    assert!(all.text().contains("take\\-down"));
    let one = sayso(Path::new("."), &["man", "discredit"]);
    assert!(
        one.text().contains(".TH sayso\\-discredit 1") || one.text().contains(".TH sayso-discredit 1"),
        "{}",
        one.text()
    );
    assert!(one.text().contains("\\-\\-because"));
    let none = sayso(Path::new("."), &["man", "sing"]);
    assert_eq!(none.code, Some(2));
    assert!(none.said.contains("there is no command sing"));
}
