//! `--sentence-model`: what is wrong with it is said before anything is read.

use crate::exports::sayso;
use std::fs;

const PAGE: &str =
    "The pier\n\nThe barrels had been on the pier since Monday, said Ilse Marwick, who counts them.\n";

#[test]
fn without_a_whole_model_of_sentences_nothing_is_read() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("page.txt"), PAGE).unwrap();
    fs::create_dir(folder.path().join("model")).unwrap();
    fs::write(folder.path().join("model/config.json"), "{}").unwrap();
    fs::write(folder.path().join("model/tokenizer.json"), "{}").unwrap();
    fs::write(folder.path().join("model/model.safetensors"), "no weights").unwrap();
    for model in ["nowhere", "model"] {
        let ended = sayso(folder.path(), &["read", "page.txt", "--sentence-model", model]);
        assert_eq!(ended.code, Some(2), "{}", ended.said);
        assert!(ended.said.contains(model), "{}", ended.said);
        assert!(ended.text().is_empty());
    }
    assert!(!folder.path().join("sayso.db").exists());
}
