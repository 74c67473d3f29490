//! `sayso users`: who may use a ledger that is served to others.

use crate::failure::{self, Done, Ended, Failure};
use crate::harmless;
use crate::session::Session;
use sayso_web::{Role, Scope, UsersError};
use serde_json::json;
use std::io::{self, BufRead, IsTerminal};

/// Say who may use this ledger when it is served to others
///
/// Users are kept in a file beside the ledger, LEDGER.users.json: names, roles, hashes of passwords and of tokens. Where
/// there are users, `sayso serve` lets nobody else in. A change counts at once, also for a server that runs.
#[derive(Debug, clap::Args)]
pub(crate) struct Users {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, clap::Subcommand)]
enum Task {
    /// Add someone; the password is asked for, or read from standard input
    Add {
        /// Their name, as the log shows it
        name: String,
        /// What they may do
        #[arg(long, value_enum, default_value = "reader")]
        role: RoleName,
    },
    /// List who there is
    List,
    /// Take someone out, with their tokens
    Remove {
        /// Their name
        name: String,
    },
    /// Give someone another role
    Role {
        /// Their name
        name: String,
        /// What they may do from now on
        #[arg(value_enum)]
        role: RoleName,
    },
    /// Give someone another password; their sessions and tokens end
    Password {
        /// Their name
        name: String,
    },
    /// Make a token for someone's programs, and print it once
    Token {
        /// Their name
        name: String,
        /// What the token is called
        #[arg(long, value_name = "WHAT FOR")]
        called: String,
        /// Let it write too, as far as its owner may; otherwise it only reads
        #[arg(long)]
        write: bool,
    },
    /// Take a token back
    Revoke {
        /// Their name
        name: String,
        /// What the token is called
        #[arg(long, value_name = "WHAT FOR")]
        called: String,
    },
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum RoleName {
    /// Reads everything, and flags statements
    Reader,
    /// Decides what waits for review, and remarks
    Reviewer,
    /// Does every act, adds pages, asks questions
    Editor,
}

impl RoleName {
    fn role(self) -> Role {
        match self {
            RoleName::Reader => Role::Reader,
            RoleName::Reviewer => Role::Reviewer,
            RoleName::Editor => Role::Editor,
        }
    }
}

impl Users {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        // A misspelt path would make users of no ledger, and the ledger meant would stay open.
        crate::ledger::open(session)?;
        let mut users = sayso_web::Users::of(session.ledger()).map_err(failed)?;
        let said = match self.task {
            Task::List => return list(session, &users),
            Task::Add { name, role } => {
                users.add(&name, role.role(), &password(&name)?).map_err(failed)?;
                format!("{name} can sign in, as {}", role.role().word())
            }
            Task::Remove { name } => {
                users.remove(&name).map_err(failed)?;
                format!("{name} is out; what they did stays in the log under their name")
            }
            Task::Role { name, role } => {
                users.set_role(&name, role.role()).map_err(failed)?;
                format!("{name} is {} from now on", role.role().word())
            }
            Task::Password { name } => {
                users.set_password(&name, &password(&name)?).map_err(failed)?;
                format!("{name} has another password; their tokens open nothing any more")
            }
            Task::Token { name, called, write } => {
                let scope = if write { Scope::Write } else { Scope::Read };
                let token = users.add_token(&name, &called, scope).map_err(failed)?;
                session.print(&format!("{token}\n"))?;
                "this is shown once; send it as the header Authorization: Bearer TOKEN".to_owned()
            }
            Task::Revoke { name, called } => {
                users.remove_token(&name, &called).map_err(failed)?;
                format!("the token {called} of {name} opens nothing any more")
            }
        };
        session.say(&harmless::line(&said));
        Ok(Done::Whole)
    }
}

fn list(session: &mut Session, users: &sayso_web::Users) -> Ended {
    for (name, person) in users.people() {
        let tokens: Vec<&str> = person.tokens.iter().map(|token| token.called.as_str()).collect();
        if session.json() {
            session.print_json(&json!({ "name": name, "role": person.role, "tokens": tokens }))?;
        } else {
            let tokens: Vec<String> =
                tokens.iter().map(|token| format!("  token: {}", harmless::line(token))).collect();
            let line = format!("{:8}  {}{}\n", person.role.word(), harmless::line(name), tokens.concat());
            session.print(&line)?;
        }
    }
    if users.people().is_empty() {
        session.say("this ledger has no users: it is served to this machine alone, and whoever sits there does everything");
    }
    Ok(Done::Whole)
}

/// Asks for a password without showing it, or takes the first line of what is piped in.
fn password(name: &str) -> Result<String, Failure> {
    let unread = |error: io::Error| Failure::new(failure::USAGE, error);
    if io::stdin().is_terminal() {
        return rpassword::prompt_password(format!("a password for {}: ", harmless::line(name)))
            .map_err(unread);
    }
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(unread)?;
    Ok(line.trim_end_matches(['\n', '\r']).to_owned())
}

fn failed(error: UsersError) -> Failure {
    let exit = match error {
        UsersError::File { .. } | UsersError::Form { .. } | UsersError::Secrets(_) => failure::PART,
        _ => failure::USAGE,
    };
    let hint = match error {
        UsersError::Unknown(_) | UsersError::NoToken(..) => Some("`sayso users list` lists who there is"),
        UsersError::Known(_) => Some("`sayso users password NAME` gives them another password"),
        _ => None,
    };
    let failure = Failure::new(exit, error);
    match hint {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}
