//! Exports without an end: written to whoever asks as the ledger is read, in bounded memory.

use crate::asked::Asked;
use crate::failure::Failure;
use crate::site::Site;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use sayso::export::{ExportError, Format, What};
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::time::timeout;

/// So many bytes are sent together.
const PIECE_BYTES: usize = 64 << 10;
/// So many pieces wait for whoever reads slowly.
const PIECES: usize = 4;
/// Who takes no more for so long is gone.
const PATIENCE: Duration = Duration::from_secs(60);
/// Where others wait for a turn, it ends for who has kept us waiting for so long.
const TURN: Duration = Duration::from_secs(10);
/// Who waits for a turn longer than that is sent away.
const TURN_WITHIN: Duration = Duration::from_secs(15);
/// So often it is looked whether others wait.
const LOOK: Duration = Duration::from_millis(100);
/// For so long each piece that is taken makes up: who takes a megabyte a second is never too slow.
const MADE_UP: Duration = Duration::from_millis(60);

type Piece = Result<Bytes, ExportError>;

/// Sends all records in a format; a failure midway breaks the answer off, so that no part is taken for the whole.
pub(crate) async fn export(State(site): State<Arc<Site>>, asked: Asked) -> Result<Response, Failure> {
    let format = asked.one("format").unwrap_or(Format::Jsonl.word());
    let format = Format::ALL.iter().copied().find(|known| known.word() == format);
    let format = format.ok_or_else(|| unknown("format", Format::ALL.iter().map(|format| format.word())))?;
    let what = asked.one("what").map(|word| {
        let what = What::ALL.iter().copied().find(|known| known.word() == word);
        what.ok_or_else(|| unknown("sort", What::ALL.iter().map(|what| what.word())))
    });
    let what = what.transpose()?;
    let waiting = Waiting::of(&site.exports_line);
    let Ok(Ok(turn)) = timeout(TURN_WITHIN, Arc::clone(&site.exports).acquire_owned()).await else {
        return Err(Failure::busy().hint("other exports are under way; try again when they are done"));
    };
    drop(waiting);
    let desk = site.desks.another()?;
    let (sender, mut pieces) = channel(PIECES);
    let is_whole = Arc::new(AtomicBool::new(false));
    let done = Arc::clone(&is_whole);
    let mut sending = Sending::to(sender, Arc::clone(&site.exports_line));
    // Nobody waits for it: it ends by itself, or when nobody takes what it sends.
    drop(tokio::task::spawn_blocking(move || {
        let _turn = turn;
        let written = desk.export(format, what, &mut sending, &mut |_, _| {});
        match written.and_then(|_| Ok(sending.flush()?)) {
            Ok(()) => done.store(true, Ordering::Release),
            // Where there is no place for it, breaking off says as much.
            Err(error) => drop(sending.sender.try_send(Err(error))),
        }
    }));
    // What is wrong from the start is told as a failure.
    let first = match pieces.recv().await {
        Some(Ok(first)) => first,
        None => Bytes::new(),
        Some(Err(ExportError::Ledger(error))) => return Err(error.into()),
        Some(Err(error)) => return Err(Failure::bad(error.to_string())),
    };
    let name = what.map_or("sayso", What::word);
    let headers = [
        (header::CONTENT_TYPE, content_type(format).to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.{}\"", ending(format))),
    ];
    Ok((headers, body(first, pieces, is_whole)).into_response())
}

fn unknown<'a>(what: &str, known: impl Iterator<Item = &'a str>) -> Failure {
    let known: Vec<&str> = known.collect();
    Failure::bad(format!("there is no such {what}")).hint(format!("one of {}", known.join(", ")))
}

fn content_type(format: Format) -> &'static str {
    match format {
        Format::Jsonl => "application/x-ndjson",
        Format::Csv => "text/csv; charset=utf-8",
        Format::Parquet => "application/vnd.apache.parquet",
        Format::Prov | Format::ClaimReview | Format::Annotations => "application/ld+json",
        Format::Wikitext => "text/plain; charset=utf-8",
        Format::Markdown => "text/markdown; charset=utf-8",
        Format::Obsidian => "application/zip",
        Format::Csl => "application/vnd.citationstyles.csl+json",
        Format::Ris => "application/x-research-info-systems",
        Format::Bibtex => "application/x-bibtex",
        Format::Graphml | Format::Gexf => "application/xml",
        Format::Stix => "application/stix+json;version=2.1",
        Format::Ftm => "application/x-ndjson",
    }
}

fn ending(format: Format) -> &'static str {
    match format {
        Format::Jsonl => "jsonl",
        Format::Csv => "csv",
        Format::Parquet => "parquet",
        Format::Prov => "prov.json",
        Format::ClaimReview | Format::Annotations => "json",
        Format::Wikitext => "wiki",
        Format::Markdown => "md",
        Format::Obsidian => "zip",
        Format::Csl => "csl.json",
        Format::Ris => "ris",
        Format::Bibtex => "bib",
        Format::Graphml => "graphml",
        Format::Gexf => "gexf",
        Format::Stix => "stix.json",
        Format::Ftm => "ftm.jsonl",
    }
}

/// All pieces; where they end before it is whole, the answer is broken off.
fn body(first: Bytes, pieces: Receiver<Piece>, is_whole: Arc<AtomicBool>) -> Body {
    let start = (Some(first), pieces, is_whole);
    let rest = futures_util::stream::unfold(start, async |(first, mut pieces, is_whole)| {
        let next = match first {
            Some(first) => Some(Ok(first)),
            None => pieces.recv().await,
        };
        let piece = match next {
            Some(piece) => piece,
            None if is_whole.load(Ordering::Acquire) => return None,
            None => Err(io::Error::from(io::ErrorKind::BrokenPipe).into()),
        };
        Some((piece, (None, pieces, is_whole)))
    });
    Body::from_stream(rest)
}

/// How many wait for a turn, and how many are leaving for their sake.
#[derive(Debug, Default)]
pub(crate) struct Line {
    waiting: AtomicUsize,
    leaving: AtomicUsize,
}

/// Counts one who waits, until it is dropped.
struct Waiting(Arc<Line>);

impl Waiting {
    fn of(line: &Arc<Line>) -> Waiting {
        line.waiting.fetch_add(1, Ordering::Relaxed);
        Waiting(Arc::clone(line))
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What is written here goes to whoever asked, who is waited for.
struct Sending {
    sender: Sender<Piece>,
    runtime: Handle,
    piece: Vec<u8>,
    line: Arc<Line>,
    leaves: bool,
    /// How long we were kept waiting, less what was made up.
    waited: Duration,
}

impl Sending {
    fn to(sender: Sender<Piece>, line: Arc<Line>) -> Sending {
        let piece = Vec::with_capacity(PIECE_BYTES);
        let runtime = Handle::current();
        Sending { sender, runtime, piece, line, leaves: false, waited: Duration::ZERO }
    }

    /// Whether whoever reads this keeps others from theirs, and leaves for one of them.
    fn is_in_the_way(&mut self) -> bool {
        if self.waited < TURN {
            return false;
        }
        let waiting = self.line.waiting.load(Ordering::Relaxed);
        let leave = |leaving: usize| (leaving < waiting).then_some(leaving + 1);
        self.leaves = self.line.leaving.fetch_update(Ordering::Relaxed, Ordering::Relaxed, leave).is_ok();
        self.leaves
    }

    /// Waits for a place, and puts the piece there.
    fn send(&mut self, piece: Bytes) -> io::Result<()> {
        let gone = || io::Error::from(io::ErrorKind::BrokenPipe);
        let mut waited_for_this = Duration::ZERO;
        loop {
            let sent = self.runtime.block_on(async {
                let place = timeout(LOOK, self.sender.reserve()).await;
                place.map(|place| place.map(|place| place.send(Ok(piece.clone()))))
            });
            if let Ok(sent) = sent {
                self.waited = self.waited.saturating_sub(MADE_UP);
                return sent.map_err(|_| gone());
            }
            waited_for_this += LOOK;
            self.waited += LOOK;
            if waited_for_this > PATIENCE || self.is_in_the_way() {
                return Err(gone());
            }
        }
    }
}

impl Drop for Sending {
    fn drop(&mut self) {
        if self.leaves {
            self.line.leaving.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

impl Write for Sending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE_BYTES {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE_BYTES));
        self.send(piece.into())
    }
}
