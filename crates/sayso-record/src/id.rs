//! Ids made from content: the same content always has the same id, on any machine.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

/// Why a text is no id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdError(String);

impl IdError {
    /// The error for this text.
    pub(crate) fn of(text: &str) -> IdError {
        IdError(text.to_owned())
    }
}

impl fmt::Display for IdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no id: 32 hexadecimal digits are needed", self.0)
    }
}

impl std::error::Error for IdError {}

/// The first 16 bytes of a SHA-256 over length-prefixed parts; prefixes keep ("ab", "c") apart from ("a", "bc").
fn hash(kind: &str, parts: &[&[u8]]) -> [u8; 16] {
    let mut hasher = Sha256::new();
    for part in std::iter::once(&kind.as_bytes()).chain(parts) {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let digest = hasher.finalize();
    let mut id = [0; 16];
    id.copy_from_slice(&digest[..16]);
    id
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $kind:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(pub [u8; 16]);

        impl $name {
            /// The id of what these parts hold.
            pub fn of(parts: &[&[u8]]) -> Self {
                Self(hash($kind, parts))
            }

            /// The first ten digits: enough to tell the records of one ledger apart on a screen.
            pub fn short(&self) -> String {
                self.to_string()[..10].to_owned()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{self}")
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                let wrong = || IdError(text.to_owned());
                if text.len() != 32 || !text.is_ascii() {
                    return Err(wrong());
                }
                let mut id = [0; 16];
                for (byte, digits) in id.iter_mut().zip(text.as_bytes().chunks(2)) {
                    let digits = std::str::from_utf8(digits).map_err(|_| wrong())?;
                    *byte = u8::from_str_radix(digits, 16).map_err(|_| wrong())?;
                }
                Ok(Self(id))
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.to_string()
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "pattern": "^[0-9a-f]{32}$" })
            }
        }
    };
}

id!(
    /// One revision of one page: a hash of what was read from it.
    DocumentId,
    "document"
);
id!(
    /// One statement: a hash of its document and its spans, so that reading twice with one model adds nothing.
    StatementId,
    "statement"
);
id!(
    /// One claim: a hash of the statement that founded it.
    ClaimId,
    "claim"
);
id!(
    /// One suggestion of the machine's: a hash of what it suggests and of what it rests on.
    SuggestionId,
    "suggestion"
);
id!(
    /// One step of work on rival hypotheses: a hash of what it says and of the step before it.
    StepId,
    "step"
);
id!(
    /// One act: a hash of what it says and of the act before it.
    ActId,
    "act"
);

impl ClaimId {
    /// The claim that a statement founds.
    pub fn founded_by(statement: StatementId) -> ClaimId {
        ClaimId::of(&[&statement.0])
    }
}
