//! What became of each input, and how those who wait are told.

use sayso_record::{Document, Statement};
use serde::Serialize;
use std::fmt;
use std::ops::{AddAssign, ControlFlow};

/// Why an input was left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    /// The system would not let us have it; its words.
    Unreadable(String),
    /// It is a pipe, a device or a socket.
    NoFile,
    /// It leads back to a folder that it stands in.
    Loop,
    /// It is a link that leads out of the folder, and such links were not to be followed.
    LeadsOut,
    /// It is longer than [`CAP_BYTES`](crate::CAP_BYTES).
    TooLong,
    /// There are no words in it; what the reader notes about it.
    NoWords(String),
    /// Reading it came upon a fault of sayso itself.
    OurFault,
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LeftOut::Unreadable(why) => write!(f, "cannot be read: {why}"),
            LeftOut::NoFile => {
                f.write_str("is no file but a pipe, a device or a socket; pipe it into `sayso read -`")
            }
            LeftOut::Loop => f.write_str("leads back to a folder that it stands in"),
            LeftOut::LeadsOut => f.write_str("is a link that leads out of the folder; --follow reads it"),
            LeftOut::TooLong => write!(f, "is longer than {} MiB, which no page is", crate::CAP_BYTES >> 20),
            LeftOut::NoWords(note) => write!(f, "holds nothing to read: {note}"),
            LeftOut::OurFault => {
                f.write_str("made the reader fail, which is a fault of sayso; please report it")
            }
        }
    }
}

/// What became of a document that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// The ledger did not hold it, and does now.
    New,
    /// The ledger held it as an older reader had read it, and now holds this reading beside that one.
    ReadAnew,
    /// The ledger held this very reading; nothing was added.
    Known,
    /// It was not to be stored.
    NotStored,
}

/// What became of an input.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It was read. Odd things about it are in the document's notes.
    Read {
        /// What was read.
        document: Box<Document>,
        /// Who says what in it.
        statements: Vec<Statement>,
        /// What became of it.
        fate: Fate,
    },
    /// It was left out.
    LeftOut(LeftOut),
}

impl Outcome {
    /// What became of the document; nothing where there is none.
    pub fn fate(&self) -> Option<Fate> {
        match self {
            Outcome::Read { fate, .. } => Some(*fate),
            Outcome::LeftOut(_) => None,
        }
    }
}

/// The account of one input. Whatever it calls new or read anew is safely in the ledger.
#[derive(Clone, Debug)]
pub struct Report {
    /// What the input is called.
    pub input: String,
    /// What became of it.
    pub outcome: Outcome,
}

/// Is told how reading goes on, always on the thread that asked for the reading.
pub trait Watch {
    /// Another input has been read or left out; the account of it follows once it is stored.
    fn read(&mut self) {}

    /// What became of an input. Reports come in the order of the inputs. Breaking off ends the reading; what was
    /// reported is stored, and what was not may be.
    fn report(&mut self, report: Report) -> ControlFlow<()>;
}

/// How many inputs ended in which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Documents that the ledger did not hold.
    pub new: usize,
    /// Documents that an older reader had read.
    pub read_anew: usize,
    /// Documents that the ledger held already.
    pub known: usize,
    /// Documents that were not to be stored.
    pub not_stored: usize,
    /// Inputs that were left out.
    pub left_out: usize,
    /// Documents, of all those above, with something odd about them.
    pub noted: usize,
    /// Statements in those documents, own voice included.
    pub statements: usize,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.new += other.new;
        self.read_anew += other.read_anew;
        self.known += other.known;
        self.not_stored += other.not_stored;
        self.left_out += other.left_out;
        self.noted += other.noted;
        self.statements += other.statements;
    }
}

impl Tally {
    pub(crate) fn count(&mut self, outcome: &Outcome) {
        let Outcome::Read { document, statements, fate } = outcome else {
            self.left_out += 1;
            return;
        };
        match fate {
            Fate::New => self.new += 1,
            Fate::ReadAnew => self.read_anew += 1,
            Fate::Known => self.known += 1,
            Fate::NotStored => self.not_stored += 1,
        }
        self.noted += usize::from(!document.notes.is_empty());
        self.statements += statements.len();
    }

    /// Documents that were read.
    pub fn documents(&self) -> usize {
        self.new + self.read_anew + self.known + self.not_stored
    }
}
