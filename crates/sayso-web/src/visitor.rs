//! Who asks, and what they may do.

use crate::asked::Asked;
use crate::failure::Failure;
use crate::users::Role;
use sayso_record::ActKind;

/// The one who sent a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Visitor {
    /// Their name, where the server knows users.
    pub(crate) name: Option<String>,
    pub(crate) role: Role,
    /// Whether they may change anything at all; a token may be good for reading alone.
    pub(crate) writes: bool,
    /// Whether a program asks for them, which has shown their token.
    pub(crate) by_token: bool,
}

tokio::task_local! {
    /// The visitor of the request that is being answered: pages need the name in every form.
    pub(crate) static VISITOR: Visitor;
}

impl Visitor {
    /// Whoever sits at this machine, where the server knows no users.
    pub(crate) fn here() -> Visitor {
        Visitor { name: None, role: Role::Editor, writes: true, by_token: false }
    }

    /// Somebody of whom nothing is known.
    pub(crate) fn stranger() -> Visitor {
        Visitor { name: None, role: Role::Reader, writes: false, by_token: false }
    }

    /// Who is being answered.
    pub(crate) fn now() -> Visitor {
        VISITOR.try_with(Visitor::clone).unwrap_or_else(|_| Visitor::stranger())
    }

    /// Goes on only for those who may do as much.
    pub(crate) fn must_be(&self, role: Role) -> Result<(), Failure> {
        may_do(self.role, role)
    }

    /// The name under which something is done: their own, or else the one that they gave.
    pub(crate) fn does(&self, asked: &Asked) -> Result<String, Failure> {
        match &self.name {
            Some(name) => Ok(name.clone()),
            None => asked.must("by", "your name").map(str::to_owned),
        }
    }
}

/// Goes on only where a role does what takes another.
pub(crate) fn may_do(own: Role, wanted: Role) -> Result<(), Failure> {
    if own >= wanted {
        return Ok(());
    }
    let article = |role: Role| if role == Role::Editor { "an" } else { "a" };
    let (an, a) = (article(wanted), article(own));
    let what = format!("this takes {an} {}; you are {a} {}", wanted.word(), own.word());
    Err(Failure::forbidden(what).hint("ask whoever runs this server"))
}

/// Who may do an act.
pub(crate) fn role_for(act: ActKind) -> Role {
    match act {
        ActKind::Flag => Role::Reader,
        ActKind::Confirm | ActKind::Keep | ActKind::Reject | ActKind::Note => Role::Reviewer,
        ActKind::Withdraw
        | ActKind::Discredit
        | ActKind::Restore
        | ActKind::Undercut
        | ActKind::Merge
        | ActKind::Split
        | ActKind::Affiliate
        | ActKind::Disaffiliate
        | ActKind::Rule
        | ActKind::TakeDown
        | ActKind::Undo => Role::Editor,
    }
}
