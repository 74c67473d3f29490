//! `--reader careful` and `--reader cascade`.

use crate::exports::sayso;
use serde_json::Value;
use std::fs;
use std::path::Path;

const MODEL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../sayso-read/models/careful.safetensors");
const PAGE: &str = "The pier\n\nThe barrels had been on the pier since Monday, said Ilse Marwick, who counts them.\n\n\
                    The ministry denied that they came from Ulmark.\n";

fn read(folder: &Path, reader: &str, model: &str) -> (Vec<String>, String) {
    fs::write(folder.join("page.txt"), PAGE).unwrap();
    let ended = sayso(
        folder,
        &["read", "page.txt", "--dry-run", "--json", "--reader", reader, "--reader-model", model],
    );
    let lines = ended.text().lines().map(str::to_owned).collect();
    (lines, ended.said)
}

#[test]
fn each_reader_finds_who_says_what() {
    let folder = tempfile::tempdir().unwrap();
    for reader in ["careful", "cascade"] {
        let (lines, said) = read(folder.path(), reader, MODEL);
        let all = lines.join("\n");
        assert!(all.contains("Ilse Marwick") && all.contains("The ministry"), "{reader}: {all}\n{said}");
        let page: Value = serde_json::from_str(&lines[0]).unwrap();
        assert!(page.is_object(), "{page}");
    }
}

#[test]
fn without_a_whole_model_nothing_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let damaged = folder.path().join("damaged.safetensors");
    let whole = fs::read(MODEL).unwrap();
    fs::write(&damaged, &whole[..whole.len() / 2]).unwrap();
    for (model, said) in [
        ("none.safetensors", "none.safetensors"),
        (damaged.to_str().unwrap(), "no model of the careful reader"),
    ] {
        let (lines, told) = read(folder.path(), "careful", model);
        assert!(lines.is_empty() && told.contains(said), "{told}");
    }
    // Without one, the model that is built in reads.
    let ended = sayso(folder.path(), &["read", "page.txt", "--reader", "cascade", "--dry-run"]);
    assert_eq!(ended.code, Some(0), "{}", ended.said);
    assert!(!folder.path().join("sayso.db").exists());
}
