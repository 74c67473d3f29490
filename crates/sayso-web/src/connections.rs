//! Connections: how many there are, how long each may keep us waiting, and how they end with the server.
//!
//! Whoever waits costs others nothing. Where there are as many connections as may be, the one that has asked nothing for
//! longest makes room; one in the midst of an answer never does.

use crate::stalled::Stalled;
use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::{Bytes, Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::collections::HashMap;
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tower::ServiceExt;

/// So many connections are open at a time. Each takes a file, of which a process has 1,024 where nobody says otherwise.
const AT_ONCE: usize = 512;
/// So many of them from one address. Whoever is on this machine may be a server in front of ours, which asks for many.
const FROM_ONE: usize = 64;
/// A request's head arrives within this time after the answer before it, or the connection ends.
const HEAD_WITHIN: Duration = Duration::from_secs(15);
/// No head of a request is longer.
const HEAD_BYTES: usize = 64 << 10;
/// What was begun before the server is to end may take so much longer.
const DRAIN: Duration = Duration::from_secs(8);
/// A connection that is asking nothing by then ends at once.
const LAST_REQUEST: Duration = Duration::from_secs(1);
/// So long no connection is taken where the system gives none.
const PAUSE: Duration = Duration::from_millis(100);

/// The connections that are open, by number, and how often one began to wait.
#[derive(Debug, Default)]
struct Connections {
    open: Mutex<HashMap<u64, Connection>>,
    turns: AtomicU64,
}

#[derive(Debug)]
struct Connection {
    from: IpAddr,
    /// Its turn among those that ask nothing, the longest first; none while it is answered.
    waiting: Option<u64>,
    end: Arc<Notify>,
}

impl Connections {
    fn open(&self) -> MutexGuard<'_, HashMap<u64, Connection>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes one more from an address, where there is room or another can make some; it ends when `end` is told.
    fn take(&self, number: u64, from: IpAddr, end: Arc<Notify>) -> bool {
        let mut open = self.open();
        let own = open.values().filter(|other| other.from == from).count();
        let is_crowded = own >= FROM_ONE && !from.is_loopback();
        if is_crowded || open.len() >= AT_ONCE {
            let may_go = |other: &Connection| !is_crowded || other.from == from;
            let waiting = open.iter().filter(|(_, other)| may_go(other));
            let longest = waiting.filter_map(|(&number, other)| Some((other.waiting?, number))).min();
            let Some(gone) = longest.and_then(|(_, number)| open.remove(&number)) else { return false };
            gone.end.notify_one();
        }
        open.insert(number, Connection { from, waiting: Some(self.turn()), end });
        true
    }

    fn turn(&self) -> u64 {
        self.turns.fetch_add(1, Ordering::Relaxed)
    }

    /// Says whether a connection asks nothing now.
    fn waits(&self, number: u64, waits: bool) {
        if let Some(connection) = self.open().get_mut(&number) {
            connection.waiting = waits.then(|| self.turn());
        }
    }

    /// Ends all that ask nothing.
    fn end_waiting(&self) {
        for connection in self.open().values().filter(|connection| connection.waiting.is_some()) {
            connection.end.notify_one();
        }
    }
}

/// Forgets a connection when it has ended, however it did.
struct Place {
    connections: Arc<Connections>,
    number: u64,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.connections.open().remove(&self.number);
    }
}

/// Serves until `stop` is done, and then ends what was begun, within ten seconds.
pub(crate) async fn serve(listener: TcpListener, app: Router, stop: impl Future<Output = ()>) {
    let connections = Arc::new(Connections::default());
    let (drain, draining) = watch::channel(false);
    let mut tasks = JoinSet::new();
    let mut stop = pin!(stop);
    let mut number = 0;
    loop {
        let accepted = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => accepted,
            Some(_) = tasks.join_next() => continue,
        };
        let Ok((stream, peer)) = accepted else {
            sleep(PAUSE).await;
            continue;
        };
        number += 1;
        let end = Arc::new(Notify::new());
        if connections.take(number, peer.ip().to_canonical(), Arc::clone(&end)) {
            let place = Place { connections: Arc::clone(&connections), number };
            tasks.spawn(answer(stream, peer, app.clone(), place, end, draining.clone()));
        }
    }
    drop(listener);
    let _ = drain.send(true);
    let all = async { while tasks.join_next().await.is_some() {} };
    let mut all = pin!(all);
    if timeout(LAST_REQUEST, &mut all).await.is_err() {
        connections.end_waiting();
        // What is not done by then ends with the runtime.
        let _ = timeout(DRAIN - LAST_REQUEST, all).await;
    }
}

/// Answers one connection until it ends.
async fn answer(
    stream: TcpStream,
    peer: SocketAddr,
    app: Router,
    place: Place,
    end: Arc<Notify>,
    mut draining: watch::Receiver<bool>,
) {
    // Answers are written in few pieces, none of which should wait for the next.
    let _ = stream.set_nodelay(true);
    let (connections, number) = (&place.connections, place.number);
    let service = service_fn(|request: hyper::Request<Incoming>| {
        let asking = Asking::of(connections, number);
        let mut request: Request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        let app = app.clone();
        async move {
            Ok::<_, std::convert::Infallible>(
                app.oneshot(request).await?.map(|body| Answered { body, _asking: asking }),
            )
        }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_WITHIN).max_buf_size(HEAD_BYTES);
    let mut connection = pin!(http.serve_connection(TokioIo::new(Stalled::new(stream)), service));
    loop {
        tokio::select! {
            // How it ended concerns only the one who has gone.
            _ = connection.as_mut() => return,
            () = end.notified() => return,
            changed = draining.changed() => match changed {
                Ok(()) => connection.as_mut().graceful_shutdown(),
                Err(_) => return,
            },
        }
    }
}

/// A request that is being answered.
struct Asking {
    connections: Arc<Connections>,
    number: u64,
}

impl Asking {
    fn of(connections: &Arc<Connections>, number: u64) -> Asking {
        connections.waits(number, false);
        Asking { connections: Arc::clone(connections), number }
    }
}

impl Drop for Asking {
    fn drop(&mut self) {
        self.connections.waits(self.number, true);
    }
}

/// An answer, which is under way until its last byte was taken.
struct Answered {
    body: Body,
    _asking: Asking,
}

impl hyper::body::Body for Answered {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        hyper::body::Body::is_end_stream(&self.body)
    }

    fn size_hint(&self) -> SizeHint {
        hyper::body::Body::size_hint(&self.body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(connections: &Connections, number: u64, from: &str) -> bool {
        connections.take(number, from.parse().unwrap(), Arc::new(Notify::new()))
    }

    #[test]
    fn whoever_waits_longest_makes_room_and_nobody_who_is_answered() {
        let connections = Connections::default();
        for number in 0..FROM_ONE as u64 {
            assert!(taken(&connections, number, "192.0.2.1"));
        }
        connections.waits(0, false);
        assert!(taken(&connections, 1_000, "192.0.2.1") && taken(&connections, 1_001, "192.0.2.2"));
        let open = connections.open().keys().copied().collect::<Vec<u64>>();
        assert_eq!(open.len(), FROM_ONE + 1, "one of the same address went");
        assert!(open.contains(&0) && !open.contains(&1), "the one that is answered stayed");
    }

    #[test]
    fn there_are_never_more_than_so_many() {
        let connections = Connections::default();
        for number in 0..2_000 {
            assert!(taken(&connections, number, "127.0.0.1"));
        }
        assert_eq!(connections.open().len(), AT_ONCE);
        for connection in connections.open().values_mut() {
            connection.waiting = None;
        }
        assert!(!taken(&connections, 2_000, "127.0.0.1"), "all are answered, and none makes room");
    }
}
