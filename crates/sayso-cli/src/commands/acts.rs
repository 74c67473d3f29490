//! The acts: each is a word, what it is about, and why. What they have in common is in `deed.rs`.

use super::deed::{Deed, Hand, act_and_tell};
use crate::failure::Ended;
use crate::session::Session;
use sayso::Sort;
use sayso_record::ActKind;

const STATEMENT: &[Sort] = &[Sort::Statement];
/// What the machine asks a person about, and what one person asks another to look at.
const ASKED_ABOUT: &[Sort] = &[Sort::Suggestion, Sort::Statement];

/// No longer believe a source, or a document
///
/// Everything that rests on it alone falls, however many hands it went through; --dry-run shows what that is. Words
/// stay visible, and so does who said them.
#[derive(Debug, clap::Args)]
pub(crate) struct Discredit {
    /// A source's name, or the id of a document; source:NAME and document:ID where it could be either
    #[arg(value_name = "SOURCE|DOCUMENT")]
    on: String,
    #[command(flatten)]
    deed: Deed,
}

impl Discredit {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let on = (self.on.as_str(), &[Sort::Source, Sort::Document][..]);
        self.deed.run(session, ActKind::Discredit, on, None)
    }
}

/// Let what was withdrawn, discredited, undercut or ruled count as before
///
/// To take back one act and no more, use `sayso undo`.
#[derive(Debug, clap::Args)]
pub(crate) struct Restore {
    /// A source's name, or the id of a statement, a document or a claim
    #[arg(value_name = "SUBJECT")]
    on: String,
    /// The statement that undercuts it no longer
    #[arg(long, value_name = "STATEMENT")]
    from: Option<String>,
    #[command(flatten)]
    deed: Deed,
}

impl Restore {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let any = [Sort::Statement, Sort::Source, Sort::Document, Sort::Claim];
        let sorts = if self.from.is_some() { STATEMENT } else { &any };
        let from = self.from.as_deref().map(|from| (from, STATEMENT));
        self.deed.run(session, ActKind::Restore, (&self.on, sorts), from)
    }
}

/// Take a statement back on behalf of those who made it
///
/// A notice that a page prints on its own words does this by itself when the page is read.
#[derive(Debug, clap::Args)]
pub(crate) struct Withdraw {
    /// The id of the statement
    #[arg(value_name = "STATEMENT")]
    on: String,
    #[command(flatten)]
    deed: Deed,
}

impl Withdraw {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        self.deed.run(session, ActKind::Withdraw, (&self.on, STATEMENT), None)
    }
}

/// Let one statement take away the ground of another
///
/// The other no longer stands while the one that undercuts it does.
#[derive(Debug, clap::Args)]
pub(crate) struct Undercut {
    /// The statement that loses its ground
    #[arg(value_name = "STATEMENT")]
    on: String,
    /// The statement that takes it away
    #[arg(long, value_name = "STATEMENT")]
    with: String,
    #[command(flatten)]
    deed: Deed,
}

impl Undercut {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        self.deed.run(session, ActKind::Undercut, (&self.on, STATEMENT), Some((&self.with, STATEMENT)))
    }
}

/// Say that a suggestion is right, or that a statement was read rightly
///
/// A source that a page says it should not have trusted is discredited by this. The other suggestions count already
/// until somebody rejects them; confirmed, they leave the queue of `sayso review`.
#[derive(Debug, clap::Args)]
pub(crate) struct Confirm {
    /// The id of a suggestion, or of a statement that was flagged or read with little confidence
    #[arg(value_name = "SUGGESTION|STATEMENT")]
    on: String,
    #[command(flatten)]
    deed: Deed,
}

impl Confirm {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        self.deed.run(session, ActKind::Confirm, (&self.on, ASKED_ABOUT), None)
    }
}

/// Say that a suggestion is wrong, or that a statement was read wrongly
///
/// What was joined is parted again; a statement that was misread counts for nothing, since nobody made it.
#[derive(Debug, clap::Args)]
pub(crate) struct Reject {
    /// The id of a suggestion, or of a statement that was flagged or read with little confidence
    #[arg(value_name = "SUGGESTION|STATEMENT")]
    on: String,
    #[command(flatten)]
    deed: Deed,
}

impl Reject {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        self.deed.run(session, ActKind::Reject, (&self.on, ASKED_ABOUT), None)
    }
}

/// Say that two sources are one, or that two claims are
#[derive(Debug, clap::Args)]
pub(crate) struct Merge {
    /// The source, or the id of the claim, that both are from now on
    #[arg(value_name = "INTO")]
    into: String,
    /// The source, or the id of the claim, that is the same
    #[arg(value_name = "FROM")]
    from: String,
    #[command(flatten)]
    deed: Deed,
}

impl Merge {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let either = &[Sort::Source, Sort::Claim][..];
        self.deed.run(session, ActKind::Merge, (&self.into, either), Some((&self.from, either)))
    }
}

/// Give a statement a claim of its own, or give it to another source
#[derive(Debug, clap::Args)]
pub(crate) struct Split {
    /// The id of the statement
    #[arg(value_name = "STATEMENT")]
    on: String,
    /// The source that said it
    #[arg(long, value_name = "SOURCE")]
    to: Option<String>,
    #[command(flatten)]
    deed: Deed,
}

impl Split {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let to = self.to.as_deref().map(|to| (to, &[Sort::Source][..]));
        self.deed.run(session, ActKind::Split, (&self.on, STATEMENT), to)
    }
}

/// Say for whom a source speaks, or with --not that it does not
///
/// Who speaks for one organisation counts once where it is asked how many independent origins there are, and to
/// discredit the organisation reaches them all.
#[derive(Debug, clap::Args)]
pub(crate) struct Affiliate {
    /// The source
    #[arg(value_name = "SOURCE")]
    source: String,
    /// The organisation; it need not have been heard itself
    #[arg(value_name = "ORGANISATION")]
    organisation: String,
    /// It does not speak for it, whatever pages say
    #[arg(long)]
    not: bool,
    #[command(flatten)]
    deed: Deed,
}

impl Affiliate {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let source = &[Sort::Source][..];
        let act = if self.not { ActKind::Disaffiliate } else { ActKind::Affiliate };
        self.deed.run(session, act, (&self.source, source), Some((&self.organisation, source)))
    }
}

/// Ask for a statement to be looked at in `sayso review`
#[derive(Debug, clap::Args)]
pub(crate) struct Flag {
    /// The id of the statement
    #[arg(value_name = "STATEMENT")]
    on: String,
    #[command(flatten)]
    deed: Deed,
}

impl Flag {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        self.deed.run(session, ActKind::Flag, (&self.on, STATEMENT), None)
    }
}

/// Rule that a claim of which only denials stand is refuted
#[derive(Debug, clap::Args)]
pub(crate) struct Rule {
    /// The id of the claim
    #[arg(value_name = "CLAIM")]
    on: String,
    #[command(flatten)]
    deed: Deed,
}

impl Rule {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        self.deed.run(session, ActKind::Rule, (&self.on, &[Sort::Claim]), None)
    }
}

/// Keep a remark about anything in the ledger
#[derive(Debug, clap::Args)]
pub(crate) struct Note {
    /// A source's name, or an id of any sort
    #[arg(value_name = "SUBJECT")]
    on: String,
    #[command(flatten)]
    deed: Deed,
}

impl Note {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        self.deed.run(session, ActKind::Note, (&self.on, Sort::ALL), None)
    }
}

/// Show the words of a document no more, and say so where they stood
///
/// For a page that must not be shown, whatever the reason. Its words stay in the ledger, covered in every answer, page
/// and export, and searching finds them no more; what it said counts as before, and its sources keep what they are
/// called. Each revision of a page is a document of its own. `sayso undo` brings the words back.
#[derive(Debug, clap::Args)]
pub(crate) struct TakeDown {
    /// The id of the document
    #[arg(value_name = "DOCUMENT")]
    on: String,
    #[command(flatten)]
    deed: Deed,
}

impl TakeDown {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        self.deed.run(session, ActKind::TakeDown, (&self.on, &[Sort::Document]), None)
    }
}

/// Take back an act
///
/// The act stays in the log, shown as undone, and everything weighs what it would weigh without it. An undo can be
/// undone too.
#[derive(Debug, clap::Args)]
pub(crate) struct Undo {
    /// The id of the act
    #[arg(value_name = "ACT")]
    on: String,
    /// Why; kept in the log
    #[arg(long, value_name = "TEXT", default_value = "taken back")]
    because: String,
    #[command(flatten)]
    hand: Hand,
    /// Print what would fall and what would stand again, and change nothing
    #[arg(long)]
    dry_run: bool,
}

impl Undo {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let on = (self.on.as_str(), &[Sort::Act][..]);
        act_and_tell(session, ActKind::Undo, on, None, &self.hand, &self.because, self.dry_run)
    }
}
