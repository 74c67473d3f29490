//! Those who are signed in, and how often anybody may try.
//!
//! Sessions live as long as the server: whoever was signed in signs in again when it is started anew.

use crate::users::{UsersError, digest, secret};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The name of the cookie.
pub(crate) const COOKIE: &str = "sayso_session";
/// Unused for so long, a session ends.
const IDLE_S: i64 = 12 * 60 * 60;
/// So many sessions are kept; the one unused for longest makes room.
const SESSIONS: usize = 10_000;
/// So many tries to sign in at once from one address, and then one every six seconds.
const TRIES: Quota = Quota::per_minute(at_least(10));
/// So many tries to sign in under one name at once, from wherever, and then one a second: it would take six addresses that
/// do nothing else to keep whoever has the name out.
const TRIES_OF: Quota = Quota::per_second(at_least(1)).allow_burst(at_least(120));
/// So many requests at once from one visitor, and a hundred a second.
const REQUESTS: Quota = Quota::per_second(at_least(100)).allow_burst(at_least(400));
/// Limits of addresses and visitors who have long been gone are forgotten after so many requests.
const SWEEP_EVERY: u64 = 4_096;

const fn at_least(count: u32) -> NonZeroU32 {
    match NonZeroU32::new(count) {
        Some(count) => count,
        None => NonZeroU32::MIN,
    }
}

#[derive(Debug)]
struct Session {
    name: String,
    /// What the name was bound to when it was signed in.
    bound: String,
    /// The second in which it was used last.
    used_s: i64,
}

/// Who is signed in, by the SHA-256 of what their cookie holds; and the limits.
#[derive(Debug)]
pub(crate) struct Sessions {
    open: Mutex<HashMap<String, Session>>,
    tries: DefaultKeyedRateLimiter<Option<IpAddr>>,
    /// By the SHA-256 of the name that is tried.
    tries_of: DefaultKeyedRateLimiter<String>,
    requests: DefaultKeyedRateLimiter<String>,
    counted: std::sync::atomic::AtomicU64,
}

impl Sessions {
    pub(crate) fn new() -> Sessions {
        Sessions {
            open: Mutex::default(),
            tries: RateLimiter::keyed(TRIES),
            tries_of: RateLimiter::keyed(TRIES_OF),
            requests: RateLimiter::keyed(REQUESTS),
            counted: Default::default(),
        }
    }

    fn open(&self) -> MutexGuard<'_, HashMap<String, Session>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Signs someone in for as long as their name is bound to the same; gives what their cookie shall hold.
    pub(crate) fn begin(&self, name: &str, bound: String, now_s: i64) -> Result<String, UsersError> {
        let secret = secret()?;
        let mut open = self.open();
        open.retain(|_, session| now_s - session.used_s < IDLE_S);
        if open.len() >= SESSIONS {
            let oldest = open.iter().min_by_key(|(_, session)| session.used_s).map(|(key, _)| key.clone());
            oldest.and_then(|key| open.remove(&key));
        }
        open.insert(digest(&secret), Session { name: name.to_owned(), bound, used_s: now_s });
        Ok(secret)
    }

    /// Who holds this cookie, and what the name was bound to.
    pub(crate) fn of(&self, secret: &str, now_s: i64) -> Option<(String, String)> {
        let mut open = self.open();
        let session = open.get_mut(&digest(secret)).filter(|session| now_s - session.used_s < IDLE_S)?;
        session.used_s = now_s;
        Some((session.name.clone(), session.bound.clone()))
    }

    /// Signs out.
    pub(crate) fn end(&self, secret: &str) {
        self.open().remove(&digest(secret));
    }

    /// Whether another try to sign in may come from there.
    pub(crate) fn may_try(&self, from: Option<IpAddr>) -> bool {
        self.tries.check_key(&from.map(network)).is_ok()
    }

    /// Whether another try may be made under a name.
    pub(crate) fn may_try_as(&self, name: &str) -> bool {
        self.tries_of.check_key(&digest(name)).is_ok()
    }

    /// Whether another request may come from a visitor.
    pub(crate) fn may_ask(&self, visitor: &str) -> bool {
        let counted = self.counted.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        if counted % SWEEP_EVERY == SWEEP_EVERY - 1 {
            self.requests.retain_recent();
            self.tries.retain_recent();
            self.tries_of.retain_recent();
        }
        self.requests.check_key(&visitor.to_owned()).is_ok()
    }
}

/// What one visitor has: an address, or the 2^64 addresses that everybody gets with IPv6.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
    }
}
