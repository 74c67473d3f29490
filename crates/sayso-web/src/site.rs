//! What every answer needs: the desks, and the names to which the server answers.

use crate::desks::{Clock, Desks};
use sayso::LedgerError;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

/// A served ledger.
#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) desks: Arc<Desks>,
    /// The port in the names that it answers to.
    port: u16,
}

impl Site {
    pub(crate) fn new(
        ledger: PathBuf,
        address: SocketAddr,
        at_once: usize,
        clock: Clock,
    ) -> Result<Site, LedgerError> {
        Ok(Site { desks: Arc::new(Desks::open(ledger, at_once, clock)?), port: address.port() })
    }

    /// Where the addresses of this server begin, for those who keep them elsewhere.
    pub(crate) fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Whether a `Host` header names this machine itself. A page elsewhere can make a name of its own lead to a loopback
    /// address, but it cannot give it one of these.
    pub(crate) fn answers_to(&self, host: &str) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => (name, port.parse().ok()),
            _ => (host, Some(80)),
        };
        port == Some(self.port) && ["localhost", "127.0.0.1", "[::1]"].contains(&name)
    }
}
