//! The three values an atom can have in the well-founded model.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The value of an atom. The order is that of Kleene's logic: "and" is `min`, "or" is `max`.
///
/// ```
/// use sayso_weigh::Truth;
/// assert_eq!(Truth::True.min(Truth::Undefined), Truth::Undefined);
/// assert_eq!(!Truth::Undefined, Truth::Undefined);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Truth {
    /// It does not hold: nothing gives it a reason, or what does has been cut away.
    #[default]
    False,
    /// Neither: it hangs on statements that undercut each other.
    Undefined,
    /// It holds.
    True,
}

impl Truth {
    /// `True` or `False`.
    pub fn known(value: bool) -> Truth {
        if value { Truth::True } else { Truth::False }
    }

    /// Whether it holds.
    pub fn is_true(self) -> bool {
        self == Truth::True
    }

    /// Whether it does not hold.
    pub fn is_false(self) -> bool {
        self == Truth::False
    }
}

impl std::ops::Not for Truth {
    type Output = Truth;

    fn not(self) -> Truth {
        match self {
            Truth::False => Truth::True,
            Truth::Undefined => Truth::Undefined,
            Truth::True => Truth::False,
        }
    }
}

impl fmt::Display for Truth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Truth::False => "false",
            Truth::Undefined => "undefined",
            Truth::True => "true",
        })
    }
}
