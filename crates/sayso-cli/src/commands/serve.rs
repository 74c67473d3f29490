//! `sayso serve`: the ledger as pages in a browser.

use crate::failure::{self, Done, Ended, Failure};
use crate::fetch::{Fetcher, Permissions, deliverer};
use crate::ledger;
use crate::sentences::SentenceChoice;
use crate::session::Session;
use sayso_web::{AccessLog, Fetch, Options, ServeError};
use std::io::{self, Write};
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use url::Url;

/// The port where none is named.
const PORT: u16 = 8017;

/// Show the ledger as pages in a browser
///
/// Prints the address to open, and serves until control-C or SIGTERM; what was begun is ended within ten seconds. Only
/// this machine can reach it, unless the ledger has users (`sayso users`) and --address names another address. Nothing
/// comes from elsewhere: no network is needed. Programs find JSON under /api/v1.
///
/// What goes to other machines is not sealed on its way: put a server in front that does so (Caddy, nginx), let it pass
/// on to this one, and name its address with --public.
///
/// Who asked for what is told on standard error, a line each: when, from where, who, what and the status. A failed try
/// to sign in is the line `TIME ADDRESS sign-in refused: "NAME"`; for fail2ban: failregex = ^\S+ <HOST> sign-in
/// (refused|tried too often). /healthz answers 200 to anybody while all is well.
#[derive(Debug, clap::Args)]
pub(crate) struct Serve {
    /// The ledger; --ledger names it as well
    #[arg(value_name = "LEDGER")]
    path: Option<PathBuf>,
    #[command(flatten)]
    place: ServePlace,
}

/// Where to serve.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct ServePlace {
    /// The address to listen on; others can reach any but those of this machine itself
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    address: IpAddr,
    /// The port to listen on; 0 for any that is free
    #[arg(long, value_name = "PORT", default_value_t = PORT)]
    port: u16,
    /// The address by which others reach the pages, through a server in front of this one
    #[arg(long, value_name = "URL")]
    public: Option<Url>,
    /// A server in front of this one that is on another machine: its word is taken for whom it asks (X-Forwarded-For)
    #[arg(long, value_name = "ADDRESS", requires = "public")]
    proxy: Vec<IpAddr>,
    /// Do not tell who asked for what
    #[arg(long)]
    no_log: bool,
    /// Let editors add pages by their address, which this program then fetches, as `sayso read` does
    #[arg(long)]
    fetch: bool,
    /// Tell the webhooks of this ledger (`sayso webhooks`) of every change
    #[arg(long)]
    webhooks: bool,
    /// Let --fetch and --webhooks reach private addresses too: those of this machine and of the network around it
    #[arg(long)]
    allow_private: bool,
    #[command(flatten)]
    sentences: SentenceChoice,
}

impl Serve {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let path = self.path.unwrap_or_else(|| session.ledger().to_owned());
        serve(session, &path, self.place)
    }
}

/// Serves a ledger until control-C.
pub(super) fn serve(session: &mut Session, ledger: &Path, place: ServePlace) -> Ended {
    let address = SocketAddr::new(place.address, place.port);
    let link_by = place.sentences.open()?;
    let permissions = Permissions { private: place.allow_private, against_robots: false };
    let deliver = place.webhooks.then(|| deliverer(permissions));
    let fetch = place.fetch.then(|| {
        let fetcher = Mutex::new(Fetcher::new(permissions));
        // One at a time, so that no host is asked for two pages at once.
        Fetch::by(move |address| fetcher.lock().unwrap_or_else(PoisonError::into_inner).fetch(address))
    });
    let ledger = ledger.to_owned();
    let log = (!place.no_log).then(|| {
        // Where nobody reads it any more, it is told to nobody.
        AccessLog::to(|line| drop(writeln!(io::stderr(), "{line}")))
    });
    let options = Options {
        ledger,
        address,
        public: place.public,
        proxies: place.proxy,
        clock: ledger::now,
        link_by,
        fetch,
        deliver,
        log,
    };
    let ready = |address: SocketAddr| {
        session.say(&format!("open http://{address}/ in a browser; control-C ends it"));
    };
    sayso_web::serve(options, ready, sayso_web::interrupted()).map_err(failed)?;
    Ok(Done::Whole)
}

fn failed(error: ServeError) -> Failure {
    match error {
        ServeError::Ledger(error) => ledger::failed(error),
        error @ ServeError::NoUsers(_) => Failure::new(failure::USAGE, error).hint(
            "`sayso users add NAME --role editor` makes one; without --address only this machine is let in",
        ),
        error @ ServeError::Users(_) => Failure::new(failure::PART, error),
        error @ ServeError::Listen { .. } => {
            Failure::new(failure::PART, error).hint("name another port: --port 0 takes any that is free")
        }
        error @ ServeError::Io(_) => Failure::new(failure::PART, error),
    }
}
