//! `sayso webhooks`: who is told of changes while a ledger is served.

use crate::failure::{self, Done, Ended, Failure};
use crate::harmless;
use crate::session::Session;
use sayso_web::WebhooksError;
use serde_json::json;
use url::Url;

/// Say who is told of every change of a claim
///
/// While the ledger is served with `sayso serve --webhooks`, each change is sent as JSON to these addresses, in the order
/// of the changes, again and again until the receiver answers that it took them. What is sent is signed as Standard
/// Webhooks has it. Webhooks are kept in a file beside the ledger, LEDGER.webhooks.json, and a change counts at once.
#[derive(Debug, clap::Args)]
pub(crate) struct Webhooks {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, clap::Subcommand)]
enum Task {
    /// Add one, and print its secret once
    Add {
        /// What it is called
        name: String,
        /// The address of the receiver
        address: Url,
        /// Begin with the first change that the ledger ever saw, and not with the next one
        #[arg(long)]
        from_the_beginning: bool,
    },
    /// List them, and how far each has heard
    List,
    /// Take one out
    Remove {
        /// What it is called
        name: String,
    },
}

impl Webhooks {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let desk = crate::ledger::open(session)?;
        let mut webhooks = sayso_web::Webhooks::of(session.ledger()).map_err(failed)?;
        match self.task {
            Task::List => {
                return list(session, &webhooks, desk.last_change().map_err(crate::ledger::failed)?);
            }
            Task::Add { name, address, from_the_beginning } => {
                let last = || Ok((desk.last_change()?, desk.last_kept_change()?));
                let after =
                    if from_the_beginning { (0, 0) } else { last().map_err(crate::ledger::failed)? };
                let secret = webhooks.add(&name, address, after).map_err(failed)?;
                session.print(&format!("{secret}\n"))?;
                session.say("this is shown once; the receiver checks the header webhook-signature with it");
            }
            Task::Remove { name } => {
                webhooks.remove(&name).map_err(failed)?;
                session.say(&harmless::line(&format!("{name} is told nothing any more")));
            }
        }
        Ok(Done::Whole)
    }
}

fn list(session: &mut Session, webhooks: &sayso_web::Webhooks, last: i64) -> Ended {
    let heard = sayso_web::heard(session.ledger()).map_err(failed)?;
    for (name, webhook) in webhooks.all() {
        let so_far = sayso_web::Heard::by(webhook, heard.get(name));
        let waiting = (last - so_far.through).max(0);
        if session.json() {
            session.print_json(&json!({
                "name": name, "address": webhook.address, "through": so_far.through, "waiting": waiting,
                "failures": so_far.failures, "last_failure": so_far.last_failure,
            }))?;
            continue;
        }
        let state = match &so_far.last_failure {
            Some(why) => {
                format!("{waiting} changes wait; it failed {} times, at last: {why}", so_far.failures)
            }
            None => format!("{waiting} changes wait"),
        };
        session.print(&harmless::line(&format!("{name}  {}  {state}", webhook.address)))?;
        session.print("\n")?;
    }
    if webhooks.all().is_empty() {
        session.say("nobody is told of changes; `sayso webhooks add NAME ADDRESS` adds somebody");
    }
    Ok(Done::Whole)
}

fn failed(error: WebhooksError) -> Failure {
    let exit = match error {
        WebhooksError::File { .. } | WebhooksError::Form { .. } | WebhooksError::Secrets(_) => failure::PART,
        _ => failure::USAGE,
    };
    let is_unknown = matches!(error, WebhooksError::Unknown(_));
    let failure = Failure::new(exit, error);
    if is_unknown { failure.hint("`sayso webhooks list` lists them") } else { failure }
}
