//! Ledgers to serve, and asking a server without a network.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode};
use sayso::{Desk, Input, Report, Watch};
use sayso_web::{Options, router};
use std::net::SocketAddr;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use tower::ServiceExt;

pub(crate) const HOST: &str = "127.0.0.1:8017";

pub(crate) fn clock() -> String {
    "2020-01-02T03:04:05Z".to_owned()
}

pub(crate) struct Quiet;

impl Watch for Quiet {
    fn report(&mut self, _: Report) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// How many claims of the story fall once Northwire is not believed.
pub(crate) const FALLEN_WITHOUT_NORTHWIRE: usize = 8;

/// A ledger in a folder that is gone in the end.
pub(crate) struct Served {
    _folder: tempfile::TempDir,
    pub(crate) path: PathBuf,
}

impl Served {
    pub(crate) fn of(inputs: Vec<Input>) -> Served {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("served.db");
        Desk::create(&path, 0, clock).unwrap().read(inputs, &mut Quiet).unwrap();
        Served { _folder: folder, path }
    }

    /// The example story.
    pub(crate) fn story() -> Served {
        let story = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/story"));
        let mut pages: Vec<PathBuf> =
            std::fs::read_dir(story).unwrap().map(|page| page.unwrap().path()).collect();
        pages.retain(|page| page.extension().is_some_and(|ending| ending == "html"));
        pages.sort();
        Served::of(pages.into_iter().map(Input::file).collect())
    }

    pub(crate) fn options(&self) -> Options {
        Options {
            ledger: self.path.clone(),
            address: HOST.parse().unwrap(),
            public: None,
            proxies: Vec::new(),
            clock,
            link_by: sayso::LinkBy::default(),
            fetch: None,
            deliver: None,
            log: None,
        }
    }

    pub(crate) fn app(&self) -> Router {
        router(&self.options(), HOST.parse().unwrap()).unwrap()
    }
}

/// A ledger that is served over the network of this machine, as long as it is needed.
pub(crate) struct Running {
    address: SocketAddr,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
    _served: Served,
}

impl Running {
    pub(crate) fn story() -> Running {
        Running::serve(Served::story())
    }

    pub(crate) fn serve(served: Served) -> Running {
        let options = Options {
            ledger: served.path.clone(),
            address: "127.0.0.1:0".parse().unwrap(),
            public: None,
            proxies: Vec::new(),
            clock,
            link_by: sayso::LinkBy::default(),
            fetch: None,
            deliver: None,
            log: None,
        };
        let (tell, told) = mpsc::channel();
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let thread = std::thread::spawn(move || {
            let until = async move { drop(stopped.await) };
            sayso_web::serve(options, move |address| tell.send(address).unwrap(), until).unwrap();
        });
        Running { address: told.recv().unwrap(), stop: Some(stop), thread: Some(thread), _served: served }
    }

    pub(crate) fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

pub(crate) async fn send(app: &Router, request: Request<Body>) -> Response<Body> {
    app.clone().oneshot(request).await.unwrap()
}

async fn text_of(response: Response<Body>) -> (StatusCode, String) {
    let status = response.status();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

pub(crate) async fn get(app: &Router, address: &str) -> (StatusCode, String) {
    let request = Request::get(address).header("host", HOST).body(Body::empty()).unwrap();
    text_of(send(app, request).await).await
}

/// An answer that is as it should be.
pub(crate) async fn page(app: &Router, address: &str) -> String {
    let (status, text) = get(app, address).await;
    assert_eq!(status, StatusCode::OK, "{address}: {text}");
    text
}

pub(crate) async fn json(app: &Router, address: &str) -> serde_json::Value {
    serde_json::from_str(&page(app, address).await).unwrap()
}

pub(crate) async fn post(app: &Router, address: &str, body: String) -> (StatusCode, String) {
    let request = Request::post(address).header("host", HOST).body(Body::from(body)).unwrap();
    text_of(send(app, request).await).await
}
