//! Checkpoints as signed notes (C2SP signed-note, Ed25519), and the keys that sign them.

use crate::failure::{self, Failure};
use crate::harmless;
use crate::session::Session;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sayso::Checkpoint;
use sha2::{Digest, Sha256};
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Who signs, as the note says: one ledger has one key.
const NAME: &str = "sayso";
/// The kind of key: Ed25519.
const KIND: u8 = 1;
/// What a private key begins with, as other programs write them.
const PRIVATE: &str = "PRIVATE+KEY+";
/// No note is longer.
const NOTE_BYTES: u64 = 64 << 10;

/// The public half of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Signer {
    name: String,
    key: VerifyingKey,
}

impl Signer {
    /// The first bytes of a hash of name and key, by which a note tells its signers apart.
    fn hint(&self) -> [u8; 4] {
        let mut digest = Sha256::new();
        digest.update(format!("{}\n", self.name));
        digest.update([KIND]);
        digest.update(self.key.as_bytes());
        let digest = digest.finalize();
        [digest[0], digest[1], digest[2], digest[3]]
    }

    fn shown(&self) -> String {
        let key: Vec<u8> = std::iter::once(KIND).chain(*self.key.as_bytes()).collect();
        format!("{}+{:08x}+{}", self.name, u32::from_be_bytes(self.hint()), STANDARD.encode(key))
    }

    fn parse(shown: &str) -> Option<Signer> {
        let (name, rest) = shown.trim().split_once('+')?;
        let (hint, key) = rest.split_once('+')?;
        let key = STANDARD.decode(key).ok()?;
        let (&KIND, key) = key.split_first()? else { return None };
        let key = VerifyingKey::from_bytes(key.try_into().ok()?).ok()?;
        let signer = Signer { name: name.to_owned(), key };
        (format!("{:08x}", u32::from_be_bytes(signer.hint())) == hint).then_some(signer)
    }
}

/// Where the key of a ledger is kept.
fn key_path(ledger: &Path) -> PathBuf {
    let mut path = ledger.as_os_str().to_owned();
    path.push(".seal.key");
    path.into()
}

fn unusable(path: &Path, what: impl std::fmt::Display) -> Failure {
    let path = harmless::line(&path.display().to_string());
    Failure::new(failure::PART, anyhow::anyhow!("{path}: {what}"))
}

/// The key of a ledger; none where none was made yet.
fn kept_key(ledger: &Path) -> Result<Option<SigningKey>, Failure> {
    let path = key_path(ledger);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unusable(&path, error)),
    };
    let seed = || {
        let bytes = STANDARD.decode(text.trim().strip_prefix(PRIVATE)?.splitn(3, '+').nth(2)?).ok()?;
        let (&KIND, seed) = bytes.split_first()? else { return None };
        Some(SigningKey::from_bytes(seed.try_into().ok()?))
    };
    seed().map(Some).ok_or_else(|| unusable(&path, "this is no key"))
}

/// Makes a key and keeps it beside the ledger, readable to its owner alone.
fn make_key(ledger: &Path) -> Result<SigningKey, Failure> {
    let path = key_path(ledger);
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|error| unusable(&path, error))?;
    let key = SigningKey::from_bytes(&seed);
    let hint = u32::from_be_bytes(signer(&key).hint());
    let bytes: Vec<u8> = std::iter::once(KIND).chain(seed).collect();
    let mut open = fs::OpenOptions::new();
    open.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut open, 0o600);
    let written = open.open(&path).and_then(|mut file| {
        writeln!(file, "{PRIVATE}{NAME}+{hint:08x}+{}", STANDARD.encode(bytes))?;
        file.sync_all()
    });
    written.map_err(|error| unusable(&path, error))?;
    Ok(key)
}

fn signer(key: &SigningKey) -> Signer {
    Signer { name: NAME.to_owned(), key: key.verifying_key() }
}

/// A checkpoint as a note, signed with the ledger's key, which is made where there is none; and that key's public half.
pub(crate) fn signed(ledger: &Path, checkpoint: &Checkpoint) -> Result<(String, String), Failure> {
    let key = match kept_key(ledger)? {
        Some(key) => key,
        None => make_key(ledger)?,
    };
    let (text, signer) = (checkpoint.to_string(), signer(&key));
    let signature: Vec<u8> = signer.hint().into_iter().chain(key.sign(text.as_bytes()).to_bytes()).collect();
    Ok((format!("{text}\n\u{2014} {NAME} {}\n", STANDARD.encode(signature)), signer.shown()))
}

/// The checkpoint in a file, if it was signed by the key that is named, or else by the one beside the ledger.
pub(crate) fn read(session: &Session, path: &Path, by: Option<&str>) -> Result<Checkpoint, Failure> {
    let signer = match by {
        Some(shown) => Signer::parse(shown).ok_or_else(|| Failure::usage("--signer names no key"))?,
        None => match kept_key(session.ledger())? {
            Some(key) => signer(&key),
            None => {
                return Err(Failure::usage("there is no key beside the ledger by which to know who signed")
                    .hint("name the one that `sayso seal` told: --signer sayso+..."));
            }
        },
    };
    let mut note = String::new();
    let read = fs::File::open(path).and_then(|file| file.take(NOTE_BYTES).read_to_string(&mut note));
    read.map_err(|error| unusable(path, error))?;
    let text = verified(&note, &signer).ok_or_else(|| {
        unusable(path, format!("no note that {} signed", signer.shown()))
            .hint("either it was changed, or another key signed it: name that with --signer")
    })?;
    text.parse().map_err(|error| unusable(path, error))
}

/// The text of a note, where one of its signatures is good.
fn verified<'a>(note: &'a str, signer: &Signer) -> Option<&'a str> {
    let (text, signatures) = note.split_at(note.rfind("\n\n")? + 1);
    let is_good = |line: &str| {
        let encoded =
            line.strip_prefix("\u{2014} ")?.strip_prefix(signer.name.as_str())?.strip_prefix(' ')?;
        let bytes = STANDARD.decode(encoded).ok()?;
        let signature = Signature::from_slice(bytes.strip_prefix(&signer.hint())?).ok()?;
        signer.key.verify_strict(text.as_bytes(), &signature).ok()
    };
    signatures.lines().find_map(is_good).map(|()| text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification of signed notes.
    #[test]
    fn notes_of_others_are_read() {
        let signer =
            Signer::parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").unwrap();
        let note = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\
                    \n\u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
        assert!(verified(note, &signer).is_some_and(|text| text.ends_with("problem is.\n")));
        assert!(verified(&note.replace("answer", "problem"), &signer).is_none());
        let other = SigningKey::from_bytes(&[7; 32]);
        assert!(verified(note, &self::signer(&other)).is_none());
        assert_eq!(Signer::parse(&signer.shown()), Some(signer));
    }
}
