//! The facts that a model's card must state, printed after training so that they can be pasted as they are.

use crate::json_lines;
use anyhow::Result;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::path::Path;

/// The model's size and sha256, and those of what it was trained on.
pub(crate) fn facts(out: &Path, model: &[u8], corpora: &[&Path]) -> Result<String> {
    let mut facts = format!("{} bytes, sha256 {}: {}", model.len(), sha256(model), out.display());
    for path in corpora {
        let bytes = json_lines::bytes(path)?;
        write!(facts, "\n{} bytes, sha256 {}: {}", bytes.len(), sha256(&bytes), path.display())?;
    }
    Ok(facts)
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
