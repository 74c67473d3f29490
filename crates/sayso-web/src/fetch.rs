//! Fetching pages for those who add them by their address: done by whoever started the server, and only if they want it.

use sayso::Input;
use std::fmt;
use std::sync::Arc;
use url::Url;

/// Fetches a page, or says why it cannot be had.
#[derive(Clone)]
pub struct Fetch(Arc<dyn Fn(&Url) -> Input + Send + Sync>);

impl Fetch {
    /// By a function that may take its time. It is called from several threads, one address at a time on each.
    pub fn by(fetch: impl Fn(&Url) -> Input + Send + Sync + 'static) -> Fetch {
        Fetch(Arc::new(fetch))
    }

    pub(crate) fn page(&self, address: &Url) -> Input {
        (self.0)(address)
    }
}

impl fmt::Debug for Fetch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fetch")
    }
}
