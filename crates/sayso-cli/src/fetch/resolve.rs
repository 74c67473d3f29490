//! From a name to addresses that may be asked. What is returned here is what is connected to, so that a name cannot be
//! checked with one address and reached at another.

use super::public::is_public;
use std::fmt;
use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// The system's resolver, less the addresses that may not be asked.
#[derive(Debug)]
pub(super) struct CheckedResolver {
    pub(super) system: DefaultResolver,
    pub(super) allow_private: bool,
}

/// A name that leads nowhere but to this machine or its neighbours.
#[derive(Debug)]
pub(super) struct NotPublic {
    host: String,
}

impl fmt::Display for NotPublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = &self.host;
        write!(
            f,
            "{host} is not on the public network but on this machine or near it; --allow-private reads it"
        )
    }
}

impl std::error::Error for NotPublic {}

impl Resolver for CheckedResolver {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.system.resolve(uri, config, timeout)?;
        let mut checked = self.empty();
        for address in found.iter().filter(|address| self.allow_private || is_public(address.ip())) {
            checked.push(*address);
        }
        if checked.is_empty() {
            let host = uri.host().unwrap_or_default().to_owned();
            return Err(Error::Other(Box::new(NotPublic { host })));
        }
        Ok(checked)
    }
}
