//! How far a ledger goes, in a few lines that can be signed and kept elsewhere: by these it shows later that nothing was
//! cut off or written anew, whatever the ledger says of itself.

use crate::verify::{Contradiction, Part};
use crate::{Desk, LedgerError};
use std::fmt::{self, Write as _};
use std::str::FromStr;

/// The first line of a checkpoint: what it is of.
const ORIGIN: &str = "sayso ledger";

/// A moment of a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// So many transactions had added something.
    pub additions: u64,
    /// The digest over all that they added.
    pub digest: [u8; 32],
    /// When it was made, as ISO 8601 in UTC.
    pub at: String,
}

/// A text is no checkpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no checkpoint of a ledger")]
pub struct NoCheckpoint;

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digest = self.digest.iter().fold(String::new(), |mut digits, byte| {
            let _ = write!(digits, "{byte:02x}");
            digits
        });
        write!(f, "{ORIGIN}\n{}\n{digest}\n{}\n", self.additions, self.at)
    }
}

impl FromStr for Checkpoint {
    type Err = NoCheckpoint;

    fn from_str(text: &str) -> Result<Checkpoint, NoCheckpoint> {
        let lines: Vec<&str> = text.lines().collect();
        let &[ORIGIN, additions, digits, at] = lines.as_slice() else { return Err(NoCheckpoint) };
        let mut digest = [0; 32];
        if digits.len() != 64 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(NoCheckpoint);
        }
        for (byte, at) in digest.iter_mut().zip((0..64).step_by(2)) {
            *byte = u8::from_str_radix(&digits[at..at + 2], 16).map_err(|_| NoCheckpoint)?;
        }
        let additions = additions.parse().map_err(|_| NoCheckpoint)?;
        Ok(Checkpoint { additions, digest, at: at.to_owned() })
    }
}

impl Desk {
    /// How far the ledger goes now; none where nothing was ever added.
    pub fn checkpoint(&self) -> Result<Option<Checkpoint>, LedgerError> {
        let Some(ledger) = &self.ledger else { return Ok(None) };
        let head = ledger.head()?;
        Ok(head.digest.map(|digest| Checkpoint { additions: head.additions, digest, at: (self.clock)() }))
    }

    /// Where the ledger is not what it was at a checkpoint, and more. That what it holds fits its own digests is the
    /// business of [`Desk::verify`]; both together say that nothing was changed.
    pub fn faults_against(&self, checkpoint: &Checkpoint) -> Result<Vec<Contradiction>, LedgerError> {
        let Some(ledger) = &self.ledger else {
            let what = "there is no ledger any more".to_owned();
            return Ok(vec![Contradiction { part: Part::Additions, what }]);
        };
        let (held, has) = (ledger.digest_after(checkpoint.additions)?, ledger.head()?.additions);
        let Checkpoint { additions, at, .. } = checkpoint;
        let what = match held {
            Some(digest) if digest == checkpoint.digest => return Ok(Vec::new()),
            Some(_) => format!("what the first {additions} transactions added is not what it was on {at}"),
            None => format!(
                "{additions} transactions had added something by {at}, and {has} have: its end is gone"
            ),
        };
        Ok(vec![Contradiction { part: Part::Additions, what }])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checkpoint_is_written_and_read_back() {
        let checkpoint = Checkpoint { additions: 7, digest: [0xa5; 32], at: "2026-11-23T08:00:00Z".into() };
        let text = checkpoint.to_string();
        assert_eq!(text.parse(), Ok(checkpoint));
        for broken in
            [text.replace("a5a5", "a5"), text.replace("a5a5", "ä5ä"), text.replace("sayso", "x"), text + "\n"]
        {
            assert_eq!(broken.parse::<Checkpoint>(), Err(NoCheckpoint));
        }
    }
}
