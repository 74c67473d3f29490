//! sayso-web: pages for people and an interface for programs, served from a ledger.
//!
//! Everything is rendered here, as HTML without scripts; one file of style comes with the program, and nothing comes from
//! elsewhere. The address holds all of what a page shows, so that it can be kept and sent. What is asked goes to a
//! [`sayso::Desk`]; this crate has no answers of its own.
//!
//! Nobody but this machine itself can reach the server, unless the ledger has [`Users`]: then everyone signs in, or brings
//! a token, and does what their [`Role`] allows. The server answers only to its own names, and does nothing that another
//! site's page asks for.

mod access;
mod admit;
mod api;
mod asked;
mod base;
mod bodies;
mod checks;
mod connections;
mod desks;
mod exports;
mod failure;
mod feeds;
mod fetch;
mod frame;
mod guard;
mod health;
mod kept;
mod known_name;
pub mod mcp;
mod pages;
mod private_file;
mod sent;
mod sessions;
mod site;
mod stalled;
mod time_limit;
mod users;
mod visitor;
mod webhooks;

pub use access::AccessLog;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
pub use desks::Clock;
use failure::Failure;
pub use fetch::Fetch;
use maud::html;
use sayso::{LedgerError, LinkBy};
use site::Site;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tower::Layer;
use url::Url;
pub use users::{Person, Role, Scope, Token, Users, UsersError};
pub use webhooks::{Deliver, Delivery, Heard, Webhook, Webhooks, WebhooksError, heard};

/// No form or file that is sent here is longer.
const UPLOAD_BYTES: usize = 16 << 20;
/// What is still being worked out when all connections have ended may take so much longer.
const LAST_WORK: Duration = Duration::from_secs(1);

/// What is served, and where.
#[derive(Clone, Debug)]
pub struct Options {
    /// The ledger, which must exist.
    pub ledger: PathBuf,
    /// The address to listen on. With port 0, any port that is free. Where other machines can reach it, the ledger must
    /// have [`Users`].
    pub address: SocketAddr,
    /// Under which address others reach it, through a server that seals what goes over the net.
    pub public: Option<Url>,
    /// Servers in front of this one, on other machines, whose word is taken for whom they ask (`X-Forwarded-For`).
    pub proxies: Vec<IpAddr>,
    /// Tells the time.
    pub clock: Clock,
    /// By what pages that are added are linked.
    pub link_by: LinkBy,
    /// Fetches pages that editors add by their address; none where the server is to fetch nothing.
    pub fetch: Option<Fetch>,
    /// Sends to the ledger's [`Webhooks`] what they are told; none where nobody is to be told.
    pub deliver: Option<Deliver>,
    /// Where it is told who asked for what, and who tried to sign in; none where nobody wants to know.
    pub log: Option<AccessLog>,
}

/// Why nothing is served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The ledger cannot be opened.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The address can be reached from other machines, and anybody could do everything.
    #[error("{0} can be reached by others, and the ledger has no users")]
    NoUsers(SocketAddr),
    /// The users cannot be read.
    #[error(transparent)]
    Users(#[from] UsersError),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {error}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        error: io::Error,
    },
    /// The server broke off.
    #[error("the server broke off: {0}")]
    Io(#[from] io::Error),
}

/// Serves until `stop` is done, and then ends what was begun, within ten seconds. `ready` is told the address once it can
/// be asked.
pub fn serve(
    options: Options,
    ready: impl FnOnce(SocketAddr),
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let served = runtime.block_on(async {
        let listen = |error| ServeError::Listen { address: options.address, error };
        let listener = TcpListener::bind(options.address).await.map_err(listen)?;
        let address = listener.local_addr()?;
        let site = site(&options, address)?;
        let app = routed(Arc::clone(&site));
        tokio::spawn(kept::look_after(Arc::clone(&site)));
        if let Some(deliver) = options.deliver {
            // Ends with the server: what was not heard is told by the next one.
            tokio::spawn(webhooks::tell(site, options.ledger, deliver));
        }
        ready(address);
        connections::serve(listener, app, stop).await;
        Ok(())
    });
    // A ledger is whole whenever the program ends, and nobody is left to hear the rest.
    runtime.shutdown_timeout(LAST_WORK);
    served
}

/// Done when the one who started the program wants it to end (control-C), or the system does (SIGTERM).
pub async fn interrupted() {
    let typed = async {
        if tokio::signal::ctrl_c().await.is_err() {
            // Nobody can tell us to end; then only killing does.
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = typed => {}
        () = terminated() => {}
    }
}

#[cfg(unix)]
async fn terminated() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut asked) => drop(asked.recv().await),
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn terminated() {
    std::future::pending().await
}

/// All that is served, for a server that listens on `address`.
pub fn router(options: &Options, address: SocketAddr) -> Result<Router, ServeError> {
    Ok(routed(site(options, address)?))
}

fn site(options: &Options, address: SocketAddr) -> Result<Arc<Site>, ServeError> {
    let at_once = std::thread::available_parallelism().map_or(2, usize::from) * 2;
    Ok(Arc::new(Site::new(options, address, at_once)?))
}

fn routed(site: Arc<Site>) -> Router {
    let app = Router::new()
        .merge(pages::routes())
        .merge(feeds::routes())
        .route("/healthz", get(health::show))
        .nest("/api/v1", api::routes())
        .merge(mcp::routes(&site))
        .fallback(async || Failure::missing("there is no such page"))
        .layer(DefaultBodyLimit::max(UPLOAD_BYTES))
        .layer(middleware::from_fn(bodies::take))
        .layer(middleware::from_fn_with_state(Arc::clone(&site), admit::admit))
        .layer(middleware::from_fn(dress))
        .layer(middleware::from_fn_with_state(Arc::clone(&site), guard::guard))
        .layer(middleware::from_fn_with_state(Arc::clone(&site), access::tell))
        .with_state(Arc::clone(&site));
    // Which page is meant is known only once the base is off.
    Router::new().fallback_service(middleware::from_fn_with_state(site, base::under).layer(app))
}

/// Makes a page of a failure, or JSON where a program asked.
async fn dress(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let by_program = path.starts_with("/api/") || path == mcp::PATH;
    let mut response = next.run(request).await;
    let Some(failure) = response.extensions_mut().remove::<Failure>() else { return response };
    let to = response.extensions_mut().remove::<access::AnsweredTo>();
    let mut response = dressed(failure, by_program);
    if let Some(to) = to {
        response.extensions_mut().insert(to);
    }
    response
}

fn dressed(failure: Failure, by_program: bool) -> Response {
    let Failure { status, what, hint } = failure;
    if by_program {
        return (status, axum::Json(serde_json::json!({ "error": what, "hint": hint }))).into_response();
    }
    let body = html! {
        h1 { (what) }
        @if let Some(hint) = hint { p { (hint) } }
        p { a href="/" { "To the first page" } }
    };
    (status, frame::page(&what, body)).into_response()
}
