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
use std::collections::btree_map::Entry;
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
/// What a token is called is no longer.
const CALLED_CHARS: usize = 100;
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
    /// What a token is called is shown in lists.
    #[error("what a token is called has 1 to {CALLED_CHARS} characters")]
    Called,
    /// The system gives no random numbers, or cannot hash.
    #[error("the system cannot make secrets: {0}")]
    Secrets(String),
}

/// By what a file that was written anew can be told from the one before it.
type Written = (SystemTime, u64, u64);

/// The users of one ledger. A change reads them anew first, while no other program changes them.
#[derive(Clone, Debug)]
pub struct Users {
    path: PathBuf,
    /// When the file was written that this was read from; none where there was none.
    written: Option<Written>,
    people: BTreeMap<String, Person>,
}

impl Person {
    /// What sessions are bound to: another password makes another, and so does making the name anew, since every hash has
    /// salt of its own.
    pub(crate) fn bound(&self) -> String {
        digest(&self.password)
    }
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
        self.change(|people| match people.entry(name.to_owned()) {
            Entry::Occupied(_) => Err(UsersError::Known(name.to_owned())),
            Entry::Vacant(free) => {
                free.insert(person);
                Ok(())
            }
        })
    }

    /// Takes someone out, with all their tokens. What they did stays in the log under their name.
    pub fn remove(&mut self, name: &str) -> Result<(), UsersError> {
        self.change(|people| {
            people.remove(name).map(drop).ok_or_else(|| UsersError::Unknown(name.to_owned()))
        })
    }

    /// Gives someone another role.
    pub fn set_role(&mut self, name: &str, role: Role) -> Result<(), UsersError> {
        self.change_person(name, |person| {
            person.role = role;
            Ok(())
        })
    }

    /// Gives someone another password. Their sessions and tokens end: whoever knew the old one may have made some.
    pub fn set_password(&mut self, name: &str, password: &str) -> Result<(), UsersError> {
        let password = hashed(password)?;
        self.change_person(name, |person| {
            person.password = password;
            person.tokens.clear();
            Ok(())
        })
    }

    /// Makes a token for someone's programs, and gives it; it cannot be read again.
    pub fn add_token(&mut self, name: &str, called: &str, scope: Scope) -> Result<String, UsersError> {
        if !(1..=CALLED_CHARS).contains(&called.chars().count()) {
            return Err(UsersError::Called);
        }
        let token = format!("{TOKEN_START}{}", secret()?);
        self.change_person(name, |person| {
            if person.tokens.iter().any(|token| token.called == called) {
                return Err(UsersError::TokenKnown(name.to_owned(), called.to_owned()));
            }
            person.tokens.push(Token { called: called.to_owned(), scope, sha256: digest(&token) });
            Ok(())
        })?;
        Ok(token)
    }

    /// Takes a token back.
    pub fn remove_token(&mut self, name: &str, called: &str) -> Result<(), UsersError> {
        self.change_person(name, |person| {
            let before = person.tokens.len();
            person.tokens.retain(|token| token.called != called);
            if person.tokens.len() == before {
                return Err(UsersError::NoToken(name.to_owned(), called.to_owned()));
            }
            Ok(())
        })
    }

    fn change_person(
        &mut self,
        name: &str,
        change: impl FnOnce(&mut Person) -> Result<(), UsersError>,
    ) -> Result<(), UsersError> {
        self.change(|people| {
            change(people.get_mut(name).ok_or_else(|| UsersError::Unknown(name.to_owned()))?)
        })
    }

    /// Changes what the file holds now, whatever it held when it was read, and no other program does at the same time.
    fn change(
        &mut self,
        change: impl FnOnce(&mut BTreeMap<String, Person>) -> Result<(), UsersError>,
    ) -> Result<(), UsersError> {
        let path = self.path.clone();
        let failed = |error| UsersError::File { path: path.clone(), error };
        let _lock = private_file::lock(&path).map_err(failed)?;
        let mut now = Users::read(path.clone())?;
        change(&mut now.people)?;
        private_file::replace(&path, &now.people).map_err(failed)?;
        now.written = written(&path);
        *self = now;
        Ok(())
    }

    /// What someone's sessions are bound to, where this is their password. It takes as long where there is nobody of that
    /// name, so that names cannot be told from the time.
    pub(crate) fn bound_by_password(&self, name: &str, password: &str) -> Option<String> {
        if password.len() > PASSWORD_BYTES {
            return None;
        }
        let person = self.people.get(name);
        match person.map(|person| (person, PasswordHash::new(&person.password))) {
            Some((person, Ok(hash))) => {
                let fits = Argon2::default().verify_password(password.as_bytes(), &hash);
                fits.ok().map(|()| person.bound())
            }
            _ => {
                // Only the time counts.
                let _ = Argon2::default().hash_password(password.as_bytes());
                None
            }
        }
    }

    /// Whose token this is, and what it is good for.
    pub(crate) fn by_token(&self, token: &str) -> Option<(&str, Role, Scope)> {
        let sha256 = digest(token);
        self.people.iter().find_map(|(name, person)| {
            let token = person.tokens.iter().find(|token| token.sha256 == sha256)?;
            let role = if token.scope == Scope::Read { Role::Reader } else { person.role };
            Some((name.as_str(), role, token.scope))
        })
    }
}

fn written(path: &Path) -> Option<Written> {
    let file = fs::metadata(path).ok()?;
    // Two changes may fall into one tick of the clock; each makes another file.
    #[cfg(unix)]
    let number = std::os::unix::fs::MetadataExt::ino(&file);
    #[cfg(not(unix))]
    let number = 0;
    Some((file.modified().ok()?, file.len(), number))
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
