//! What every answer needs: the desks, those who may ask, and the names to which the server answers.

use crate::checks::Checks;
use crate::desks::{Clock, Desks};
use crate::exports::Line;
use crate::fetch::Fetch;
use crate::sessions::Sessions;
use crate::users::Users;
use crate::{AccessLog, Options, ServeError};
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, PoisonError, RwLock};
use tokio::sync::Semaphore;
use url::Url;

/// So many passwords are looked at at a time: each takes 20 MB and a good part of a second.
const PASSWORDS_AT_ONCE: usize = 2;

/// So many exports are written at a time.
const EXPORTS_AT_ONCE: usize = 4;

/// A served ledger.
#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) desks: Arc<Desks>,
    pub(crate) sessions: Sessions,
    /// Turns at looking at passwords.
    pub(crate) passwords: Semaphore,
    pub(crate) checks: Checks,
    /// Turns at exporting: each holds the ledger as it was when it began.
    pub(crate) exports: Arc<Semaphore>,
    /// Those who wait for a turn at exporting.
    pub(crate) exports_line: Arc<Line>,
    users: RwLock<Arc<Users>>,
    /// Whether the ledger had users when it was opened: whatever becomes of their file, it is not thrown open.
    had_users: bool,
    clock: Clock,
    /// The port in the names that it answers to.
    port: u16,
    /// Under which address others reach it.
    public: Option<Url>,
    proxies: Vec<IpAddr>,
    pub(crate) log: Option<AccessLog>,
    /// Fetches what is added by its address, where the one who started the server wants that.
    pub(crate) fetch: Option<Fetch>,
}

impl Site {
    pub(crate) fn new(options: &Options, address: SocketAddr, at_once: usize) -> Result<Site, ServeError> {
        let Options { ledger, public, clock, link_by, fetch, proxies, log, .. } = options;
        let users = Users::of(ledger)?;
        if users.people().is_empty() && (public.is_some() || !address.ip().is_loopback()) {
            return Err(ServeError::NoUsers(address));
        }
        Ok(Site {
            desks: Arc::new(Desks::open(ledger.clone(), at_once, *clock, link_by.clone())?),
            sessions: Sessions::new(),
            passwords: Semaphore::new(PASSWORDS_AT_ONCE),
            checks: Checks::new(),
            exports: Arc::new(Semaphore::new(EXPORTS_AT_ONCE)),
            exports_line: Arc::default(),
            had_users: !users.people().is_empty(),
            users: RwLock::new(Arc::new(users)),
            clock: *clock,
            port: address.port(),
            public: public.clone(),
            proxies: proxies.clone(),
            log: log.clone(),
            fetch: fetch.clone(),
        })
    }

    /// Those who may ask, as the file has them now. Where it cannot be read any more, as it had them last.
    pub(crate) fn users(&self) -> Arc<Users> {
        let users = Arc::clone(&self.users.read().unwrap_or_else(PoisonError::into_inner));
        match users.anew() {
            Some(Ok(anew)) => {
                let anew = Arc::new(anew);
                *self.users.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&anew);
                anew
            }
            _ => users,
        }
    }

    /// The time that it is now.
    pub(crate) fn now(&self) -> String {
        (self.clock)()
    }

    /// The second that it is now.
    pub(crate) fn now_s(&self) -> i64 {
        sayso::first_second(&(self.clock)()).unwrap_or_default()
    }

    /// Whether only users may ask.
    pub(crate) fn is_closed(&self) -> bool {
        self.had_users || !self.users().people().is_empty()
    }

    /// Whether a server that we are told of asks from there for others: one in front of ours on the same machine, or one
    /// that was named.
    pub(crate) fn is_in_front(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.public.is_some() && (address.is_loopback() || self.proxies.contains(&address))
    }

    /// Where the addresses of this server begin, for those who keep them elsewhere.
    pub(crate) fn base(&self) -> String {
        match &self.public {
            Some(public) => public.as_str().trim_end_matches('/').to_owned(),
            None => format!("http://127.0.0.1:{}", self.port),
        }
    }

    /// What stands before the path of every page: nothing, or `/` and more.
    pub(crate) fn path(&self) -> String {
        self.public.as_ref().map_or(String::new(), |public| public.path().trim_end_matches('/').to_owned())
    }

    /// Whether what goes to visitors is sealed on its way.
    pub(crate) fn is_sealed(&self) -> bool {
        self.public.as_ref().is_some_and(|public| public.scheme() == "https")
    }

    /// Whether a `Host` header names this server. A page elsewhere can make a name of its own lead here, but it cannot
    /// give it one of these: an address in numbers leads only where it says.
    pub(crate) fn answers_to(&self, host: &str) -> bool {
        let public = self.public.as_ref().and_then(Url::host_str);
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => (name, port.parse().ok()),
            _ => (host, None),
        };
        if public == Some(name) && port == self.public.as_ref().and_then(Url::port) {
            return true;
        }
        let number = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().is_ok();
        (number || name == "localhost") && port.unwrap_or(80) == self.port
    }
}
