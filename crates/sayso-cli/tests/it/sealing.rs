//! Checkpoints: a ledger that was cut off or written anew does not stand up to one, however whole it is in itself.

use assert_cmd::Command;
use std::path::Path;

struct Run {
    code: Option<i32>,
    out: String,
    said: String,
}

fn sayso(folder: &Path, arguments: &[&str]) -> Run {
    let mut command = Command::cargo_bin("sayso").unwrap();
    let output = command.current_dir(folder).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code(), out: text(output.stdout), said: text(output.stderr) }
}

fn read(folder: &Path, ledger: &str, words: &str) {
    std::fs::write(folder.join("page.txt"), format!("“{words},” said Ilse Marwick on Monday.")).unwrap();
    assert_eq!(sayso(folder, &["--ledger", ledger, "read", "page.txt"]).code, Some(0));
}

#[test]
fn an_end_that_is_cut_off_or_written_anew_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    assert_eq!(sayso(folder, &["seal"]).code, Some(3), "there is no ledger");
    read(folder, "sayso.db", "The pier at Pellam is closed");
    assert_eq!(sayso(folder, &["backup", "old.db"]).code, Some(0));
    read(folder, "sayso.db", "Forty barrels have come ashore");
    let sealed = sayso(folder, &["seal"]);
    assert!(sealed.code == Some(0) && sealed.out.starts_with("sayso ledger\n2\n"), "{}", sealed.out);
    let signer = sealed.said.trim().strip_prefix("signed by ").unwrap().to_owned();
    std::fs::write(folder.join("head.txt"), &sealed.out).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let key = std::fs::metadata(folder.join("sayso.db.seal.key")).unwrap();
        assert_eq!(key.permissions().mode() & 0o777, 0o600);
    }
    // Each is whole in itself.
    let against = |ledger: &str| {
        assert_eq!(sayso(folder, &["--ledger", ledger, "verify", "--deep"]).code, Some(0), "{ledger}");
        sayso(folder, &["--ledger", ledger, "verify", "--against", "head.txt", "--signer", &signer])
    };
    assert_eq!(against("sayso.db").code, Some(0));
    read(folder, "sayso.db", "Nobody saw the barrels fall");
    assert_eq!(against("sayso.db").code, Some(0), "what comes after it is no fault");
    let cut_off = against("old.db");
    assert_eq!(cut_off.code, Some(3));
    assert!(cut_off.out.contains("its end is gone"), "{}", cut_off.out);
    read(folder, "old.db", "No barrels have come ashore");
    let anew = against("old.db");
    assert_eq!(anew.code, Some(3));
    assert!(anew.out.contains("the first 2 transactions added is not what it was"), "{}", anew.out);
    // Without a name, the key beside the ledger is meant.
    assert_eq!(sayso(folder, &["verify", "--against", "head.txt"]).code, Some(0));
    assert_eq!(sayso(folder, &["--ledger", "old.db", "verify", "--against", "head.txt"]).code, Some(2));
    std::fs::write(folder.join("head.txt"), sealed.out.replace("\n2\n", "\n1\n")).unwrap();
    let forged = sayso(folder, &["verify", "--against", "head.txt"]);
    assert!(forged.code == Some(1) && forged.said.contains("no note that sayso+"), "{}", forged.said);
}
