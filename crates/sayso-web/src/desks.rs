//! Desks to answer from: a ledger has one at a time for those who write, and as many as are needed for those who read.

use crate::failure::Failure;
use sayso::{Desk, LedgerError, LinkBy};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// How long a desk waits while another program holds the ledger.
const WAIT_MS: u32 = 5_000;
/// So many who read wait for their turn at most; more are sent away at once.
const READERS_WAITING: usize = 256;
/// So many who write do.
const WRITERS_WAITING: usize = 64;
/// Who has had no turn by then is sent away.
const TURN_WITHIN: Duration = Duration::from_secs(30);

/// Tells the time as ISO 8601 in UTC.
pub type Clock = fn() -> String;

/// The desks of one ledger.
#[derive(Debug)]
pub(crate) struct Desks {
    path: PathBuf,
    clock: Clock,
    link_by: LinkBy,
    /// Opened and not in use.
    idle: Mutex<Vec<Desk>>,
    /// So many answers are worked on at a time; others wait their turn.
    readers: Queue,
    /// Waiting for it takes no thread: those are for whoever reads.
    writers: Queue,
    /// A desk that has linked pages holds much in memory: there is only one of that sort.
    writer: Mutex<Option<Desk>>,
}

/// Those who wait for a turn, in the order in which they came.
#[derive(Debug)]
struct Queue {
    turns: Arc<Semaphore>,
    places: Semaphore,
}

impl Queue {
    fn of(at_once: usize, waiting: usize) -> Queue {
        Queue { turns: Arc::new(Semaphore::new(at_once)), places: Semaphore::new(at_once + waiting) }
    }

    /// A turn, which ends when it is dropped.
    async fn turn(&self) -> Result<OwnedSemaphorePermit, Failure> {
        let _place = self.places.try_acquire().map_err(|_| Failure::busy())?;
        let turn = timeout(TURN_WITHIN, Arc::clone(&self.turns).acquire_owned()).await;
        turn.ok().and_then(Result::ok).ok_or_else(Failure::busy)
    }
}

impl Desks {
    /// Desks of the ledger at a path, which must exist. So many are in use at a time at most.
    pub(crate) fn open(
        path: PathBuf,
        at_once: usize,
        clock: Clock,
        link_by: LinkBy,
    ) -> Result<Desks, LedgerError> {
        let first = Desk::open(&path, WAIT_MS, clock)?.linking_by(link_by.clone());
        Ok(Desks {
            path,
            clock,
            link_by,
            idle: Mutex::new(vec![first]),
            readers: Queue::of(at_once, READERS_WAITING),
            writers: Queue::of(1, WRITERS_WAITING),
            writer: Mutex::new(None),
        })
    }

    /// A desk of its own for work that takes long.
    pub(crate) fn another(&self) -> Result<Desk, LedgerError> {
        Ok(Desk::open(&self.path, WAIT_MS, self.clock)?.linking_by(self.link_by.clone()))
    }

    /// Answers from a desk, on a thread that may wait.
    pub(crate) async fn read<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&mut Desk) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let turn = self.readers.turn().await?;
        let desks = Arc::clone(self);
        let answered = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            let idle = desks.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let mut desk = idle.map_or_else(|| desks.another(), Ok)?;
            let answer = work(&mut desk);
            // Where the work panics, its desk is dropped and not used again.
            desks.idle.lock().unwrap_or_else(PoisonError::into_inner).push(desk);
            answer
        });
        answered.await.unwrap_or_else(|_| Err(Failure::ours("the answer could not be worked out")))
    }

    /// Does something that writes, one after another.
    pub(crate) async fn write<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&mut Desk) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let turn = self.writers.turn().await?;
        let desks = Arc::clone(self);
        let done = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            let mut writer = desks.writer.lock().unwrap_or_else(PoisonError::into_inner);
            let mut desk = writer.take().map_or_else(|| desks.another(), Ok)?;
            let answer = work(&mut desk);
            *writer = Some(desk);
            answer
        });
        done.await.unwrap_or_else(|_| Err(Failure::ours("this could not be done")))
    }
}
