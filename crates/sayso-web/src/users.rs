//! Who may use a served ledger: names, passwords, roles and tokens, in a file beside the ledger.
//!
//! The ledger itself holds none of it, since ledgers are copied and handed on. A password is kept as its argon2id hash,
//! a token as its SHA-256: tokens are random, so that nothing slower is needed.

use crate::private_file;
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A shorter password is refused.
const PASSWORD_CHARS: usize = 12;
/// A longer password is refused, so that hashing one costs no more than another.
const PASSWORD_BYTES: usize = 1_024;
/// So many random bytes are in a token or a session's name.
const SECRET_BYTES: usize = 32;
/// Tokens begin so, so that whoever finds one knows what it is.
const TOKEN_START: &str = "sayso_";

/// What someone may do. Each may do what those before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Reads everything, and flags statements.
    Reader,
    /// Decides what waits for review, and remarks.
    Reviewer,
    /// Does every act, adds pages, asks questions.
    Editor,
}

impl Role {
    /// Every role, the one that may least first.
    pub const ALL: [Role; 3] = [Role::Reader, Role::Reviewer, Role::Editor];

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Role::Reader => "reader",
            Role::Reviewer => "reviewer",
            Role::Editor => "editor",
        }
    }
}

/// What a token is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Reading alone.
    Read,
    /// Whatever its owner may do.
    Write,
}

/// A program's key to the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Token {
    /// What its owner calls it.
    pub called: String,
    /// What it is good for.
    pub scope: Scope,
    /// The SHA-256 of the token, as hexadecimal digits.
    sha256: String,
}

/// Someone who may use the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// What they may do.
    pub role: Role,
    /// The argon2id hash of their password, in PHC form.
    password: String,
    /// Keys of their programs.
    #[serde(default)]
    pub tokens: Vec<Token>,
}

/// Why users cannot be read or changed.
#[derive(Debug, thiserror::Error)]
pub enum UsersError {
    /// The file cannot be read or written.
    #[error("{path}: {error}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The file holds something else.
    #[error("{path} is no file of users: {error}")]
    Form {
        /// The file.
        path: PathBuf,
        /// Why.
        error: serde_json::Error,
    },
    /// There is nobody of that name.
    #[error("there is no user {0}")]
    Unknown(String),
    /// There is one already.
    #[error("there is a user {0} already")]
    Known(String),
    /// A name must be shown beside every act.
    #[error("a name has 1 to 100 characters, and none that cannot be seen")]
    Name,
    /// The password is too short or too long.
    #[error("a password has at least {PASSWORD_CHARS} characters, and at most {PASSWORD_BYTES} bytes")]
    Password,
    /// There is no such token.
    #[error("{0} has no token called {1}")]
    NoToken(String, String),
    /// There is one already.
    #[error("{0} has a token called {1} already")]
    TokenKnown(String, String),
    /// The system gives no random numbers, or cannot hash.
    #[error("the system cannot make secrets: {0}")]
    Secrets(String),
}

/// The users of one ledger.
#[derive(Clone, Debug)]
pub struct Users {
    path: PathBuf,
    /// When the file was written that this was read from; none where there was none.
    written: Option<SystemTime>,
    people: BTreeMap<String, Person>,
}

impl Users {
    /// The users of the ledger at a path; nobody where no file was written yet.
    pub fn of(ledger: &Path) -> Result<Users, UsersError> {
        Users::read(private_file::beside(ledger, ".users.json"))
    }

    fn read(path: PathBuf) -> Result<Users, UsersError> {
        let written = written(&path);
        let people = match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map_err(|error| UsersError::Form { path: path.clone(), error })?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => BTreeMap::new(),
            Err(error) => return Err(UsersError::File { path, error }),
        };
        Ok(Users { path, written, people })
    }

    /// The users as the file has them now, where it was written since.
    pub(crate) fn anew(&self) -> Option<Result<Users, UsersError>> {
        (written(&self.path) != self.written).then(|| Users::read(self.path.clone()))
    }

    /// Everyone by name.
    pub fn people(&self) -> &BTreeMap<String, Person> {
        &self.people
    }

    /// Adds someone.
    pub fn add(&mut self, name: &str, role: Role, password: &str) -> Result<(), UsersError> {
        let shown = name.trim() == name && sayso::harmless::line(name) == name;
        if !shown || !(1..=100).contains(&name.chars().count()) {
            return Err(UsersError::Name);
        }
        if self.people.contains_key(name) {
            return Err(UsersError::Known(name.to_owned()));
        }
        let person = Person { role, password: hashed(password)?, tokens: Vec::new() };
        self.people.insert(name.to_owned(), person);
        self.write()
    }

    /// Takes someone out, with all their tokens. What they did stays in the log under their name.
    pub fn remove(&mut self, name: &str) -> Result<(), UsersError> {
        self.people.remove(name).ok_or_else(|| UsersError::Unknown(name.to_owned()))?;
        self.write()
    }

    /// Gives someone another role.
    pub fn set_role(&mut self, name: &str, role: Role) -> Result<(), UsersError> {
        self.person(name)?.role = role;
        self.write()
    }

    /// Gives someone another password.
    pub fn set_password(&mut self, name: &str, password: &str) -> Result<(), UsersError> {
        self.person(name)?.password = hashed(password)?;
        self.write()
    }

    /// Makes a token for someone's programs, and gives it; it cannot be read again.
    pub fn add_token(&mut self, name: &str, called: &str, scope: Scope) -> Result<String, UsersError> {
        let person = self.person(name)?;
        if person.tokens.iter().any(|token| token.called == called) {
            return Err(UsersError::TokenKnown(name.to_owned(), called.to_owned()));
        }
        let token = format!("{TOKEN_START}{}", secret()?);
        person.tokens.push(Token { called: called.to_owned(), scope, sha256: digest(&token) });
        self.write()?;
        Ok(token)
    }

    /// Takes a token back.
    pub fn remove_token(&mut self, name: &str, called: &str) -> Result<(), UsersError> {
        let tokens = &mut self.person(name)?.tokens;
        let before = tokens.len();
        tokens.retain(|token| token.called != called);
        if tokens.len() == before {
            return Err(UsersError::NoToken(name.to_owned(), called.to_owned()));
        }
        self.write()
    }

    fn person(&mut self, name: &str) -> Result<&mut Person, UsersError> {
        self.people.get_mut(name).ok_or_else(|| UsersError::Unknown(name.to_owned()))
    }

    /// Whether this is someone's password. It takes as long where there is nobody of that name, so that names cannot be
    /// told from the time.
    pub(crate) fn has_password(&self, name: &str, password: &str) -> bool {
        if password.len() > PASSWORD_BYTES {
            return false;
        }
        match self.people.get(name).map(|person| PasswordHash::new(&person.password)) {
            Some(Ok(hash)) => Argon2::default().verify_password(password.as_bytes(), &hash).is_ok(),
            _ => {
                // Only the time counts.
                let _ = Argon2::default().hash_password(password.as_bytes());
                false
            }
        }
    }

    /// Whose token this is, and what it is good for.
    pub(crate) fn by_token(&self, token: &str) -> Option<(&str, Role)> {
        let sha256 = digest(token);
        self.people.iter().find_map(|(name, person)| {
            let token = person.tokens.iter().find(|token| token.sha256 == sha256)?;
            let role = if token.scope == Scope::Read { Role::Reader } else { person.role };
            Some((name.as_str(), role))
        })
    }

    fn write(&mut self) -> Result<(), UsersError> {
        private_file::replace(&self.path, &self.people)
            .map_err(|error| UsersError::File { path: self.path.clone(), error })?;
        self.written = written(&self.path);
        Ok(())
    }
}

fn written(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|file| file.modified()).ok()
}

fn hashed(password: &str) -> Result<String, UsersError> {
    if password.chars().count() < PASSWORD_CHARS || password.len() > PASSWORD_BYTES {
        return Err(UsersError::Password);
    }
    let hash = Argon2::default().hash_password(password.as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|error| UsersError::Secrets(error.to_string()))
}

/// Random hexadecimal digits that nobody can guess.
pub(crate) fn secret() -> Result<String, UsersError> {
    Ok(hexadecimal(&secret_bytes()?))
}

/// Random bytes that nobody can guess.
pub(crate) fn secret_bytes() -> Result<[u8; SECRET_BYTES], UsersError> {
    let mut bytes = [0; SECRET_BYTES];
    getrandom::fill(&mut bytes).map_err(|error| UsersError::Secrets(error.to_string()))?;
    Ok(bytes)
}

/// The SHA-256 of a secret. Comparing digests tells nothing about secrets by the time it takes.
pub(crate) fn digest(secret: &str) -> String {
    hexadecimal(&Sha256::digest(secret.as_bytes()))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}
