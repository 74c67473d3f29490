//! The log of who asked for what: a line each, without secrets, for whoever runs the server.

use crate::admit::from;
use crate::site::Site;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use sayso::harmless::line;
use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

/// An address is told so far; the rest of a longer one says nothing more.
const PATH_CHARS: usize = 200;

type Telling = dyn Fn(&str) + Send + Sync;

/// Where the lines of the log go.
#[derive(Clone)]
pub struct AccessLog(Arc<Telling>);

impl AccessLog {
    /// To a function that is called from several threads.
    pub fn to(tell: impl Fn(&str) + Send + Sync + 'static) -> AccessLog {
        AccessLog(Arc::new(tell))
    }
}

impl fmt::Debug for AccessLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessLog")
    }
}

/// Whose request an answer is for, told beside it.
#[derive(Clone)]
pub(crate) struct AnsweredTo(pub(crate) String);

/// Tells of each request once it is answered. What is asked for stays untold: an address without its query names a page.
pub(crate) async fn tell(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    if site.log.is_none() {
        return next.run(request).await;
    }
    let address = from(&site, &request);
    let path: String = line(request.uri().path()).chars().take(PATH_CHARS).collect();
    let asked = format!("{} {path}", request.method());
    let response = next.run(request).await;
    let name = response.extensions().get::<AnsweredTo>().map_or("-".to_owned(), |to| quoted(&to.0));
    site.tell(address, &format!("{name} {asked} {}", response.status().as_u16()));
    response
}

impl Site {
    /// Tells how somebody tried to sign in. The line of a refusal is what a program that shuts out guessers looks for.
    pub(crate) fn tell_sign_in(&self, address: Option<IpAddr>, name: &str, outcome: &str) {
        self.tell(address, &format!("sign-in {outcome}: {}", quoted(name)));
    }

    fn tell(&self, address: Option<IpAddr>, what: &str) {
        let Some(AccessLog(tell)) = &self.log else { return };
        let address = address.map_or("-".to_owned(), |address| address.to_string());
        tell(&format!("{} {address} {what}", self.now()));
    }
}

/// A name as it can stand in a line; one that holds quotation marks cannot end it.
fn quoted(name: &str) -> String {
    let name: String = line(name).chars().take(100).collect();
    format!("\"{}\"", name.replace(['"', '\\'], "'"))
}
