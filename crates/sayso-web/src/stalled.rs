//! A connection to someone who may take what is sent too slowly, which then ends.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

/// Who is being waited for takes [`PACE_BYTES`] in this time.
const PACE: Duration = Duration::from_secs(30);
/// What is taken in [`PACE`] by the slowest who are served.
const PACE_BYTES: usize = 64 << 10;

/// A stream whose other end must take what is written at some pace.
pub(crate) struct Stalled<S> {
    stream: S,
    pace: Duration,
    /// Runs out where too little is taken; none while nobody is waited for.
    until: Option<Pin<Box<Sleep>>>,
    taken: usize,
}

impl<S> Stalled<S> {
    pub(crate) fn new(stream: S) -> Stalled<S> {
        Stalled { stream, pace: PACE, until: None, taken: 0 }
    }

    /// Looks at the time when something was written, or could not be.
    fn watch(&mut self, cx: &mut Context<'_>, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if let Poll::Ready(Ok(bytes)) = written {
            self.taken += bytes;
            if self.taken >= PACE_BYTES {
                self.until = None;
            }
        }
        if written.is_ready() {
            return written;
        }
        let pace = self.pace;
        if self.until.is_none() {
            self.taken = 0;
        }
        let until = self.until.get_or_insert_with(|| Box::pin(sleep(pace)));
        match until.as_mut().poll(cx) {
            Poll::Ready(()) => Poll::Ready(Err(io::Error::from(io::ErrorKind::TimedOut))),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Stalled<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Stalled<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.watch(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, pieces);
        self.watch(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        // All that there was has been taken, and the next answer has its own time.
        self.until = None;
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    #[tokio::test(start_paused = true)]
    async fn who_takes_nothing_is_left_and_who_takes_enough_is_not() {
        let (ours, mut theirs) = duplex(1_024);
        let mut ours = Stalled { pace: Duration::from_millis(50), ..Stalled::new(ours) };
        let page = vec![b'a'; PACE_BYTES * 3];
        let (written, taken) = tokio::join!(ours.write_all(&page), async {
            let mut taken = vec![0; page.len()];
            theirs.read_exact(&mut taken).await
        });
        assert!(written.is_ok() && taken.is_ok());
        let left = ours.write_all(&page).await.unwrap_err();
        assert_eq!(left.kind(), io::ErrorKind::TimedOut);
        // Until then it was kept open.
        drop(theirs);
    }
}
