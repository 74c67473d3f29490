//! The ledger for assistants, by the Model Context Protocol: one server, asked over standard input and output by the
//! program itself, or over HTTP at `/mcp`.

mod resources;
mod server;
mod shown;
mod tools;

use crate::site::Site;
use axum::Router;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::{StreamableHttpServerConfig, StreamableHttpService};
pub use server::Server;
use std::sync::Arc;

/// Where assistants ask.
pub(crate) const PATH: &str = "/mcp";

/// The protocol over HTTP: each request is answered by itself, as JSON, so that nothing is kept between two of them.
/// To which names we answer, and how long a request may be, is seen to before it comes here.
pub(crate) fn routes(site: &Site) -> Router<Arc<Site>> {
    let desks = Arc::clone(&site.desks);
    let answers = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .disable_allowed_hosts();
    let served = StreamableHttpService::new(
        move || Ok(Server::served(Arc::clone(&desks))),
        Arc::new(NeverSessionManager::default()),
        answers,
    );
    Router::new().route_service(PATH, served)
}
