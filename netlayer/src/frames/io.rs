//! Frames over any byte stream of tokio's.

use std::future::Future;
use std::io;
use std::pin::pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use super::{FrameReceiver, FrameSender, Framing, Sink, Source};
use crate::channel::CloseReason;
use crate::error::ChannelError;
use crate::limits::{Limits, READ_BYTES};

/// Both halves over one byte stream, for netlayers that are made elsewhere. Must be called within a
/// tokio runtime.
///
/// The crate does the rest: a bounded queue, the limit on frames before anything is allocated,
/// peers that read slowly or not at all. The stream is shut down when the sender is closed, and
/// dropped when both halves are gone.
///
/// ```
/// use hogshead_netlayer::frames::{Framing, over};
/// use hogshead_netlayer::{CloseReason, Limits};
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() {
/// let (one, other) = tokio::io::duplex(1024);
/// let (tx, _rx) = over(one, &Framing::Prefixed, &Limits::default());
/// let (_tx, mut rx) = over(other, &Framing::Prefixed, &Limits::default());
/// tx.send("hello".into()).await.unwrap();
/// tx.close(CloseReason::Done);
/// assert_eq!(rx.recv().await.unwrap().unwrap(), "hello");
/// assert_eq!(rx.recv().await, Ok(None));
/// # }
/// ```
pub fn over(
    stream: impl AsyncRead + AsyncWrite + Send + Sync + Unpin + 'static,
    framing: &Framing,
    limits: &Limits,
) -> (FrameSender, FrameReceiver) {
    let (read, write) = tokio::io::split(stream);
    let tx = FrameSender::over(write, framing, limits);
    (tx, FrameReceiver::over(read, framing, limits))
}

impl FrameSender {
    /// Sends frames over `stream`, the sending half of [`over`]. A task writes what is queued; when
    /// the channel is closed, it writes the rest, shuts the stream down and drops it. Must be
    /// called within a tokio runtime.
    pub fn over(
        stream: impl AsyncWrite + Send + Unpin + 'static,
        framing: &Framing,
        limits: &Limits,
    ) -> Self {
        Self::start_framed(IoSink(stream), (), framing, limits)
    }
}

impl FrameReceiver {
    /// Receives frames over `stream`, the receiving half of [`over`]. The end of the stream between
    /// two frames is the end of the session in good order; within a frame it is an error.
    pub fn over(
        stream: impl AsyncRead + Send + Sync + Unpin + 'static,
        framing: &Framing,
        limits: &Limits,
    ) -> Self {
        Self::framed(Box::new(IoSource::new(stream)), framing, limits)
    }
}

/// The sending half of a byte stream.
pub(crate) struct IoSink<W>(pub W);

/// The receiving half of a byte stream.
pub(crate) struct IoSource<R> {
    stream: R,
    buffer: BytesMut,
    reset_is_end: bool,
}

impl<R> IoSource<R> {
    pub(crate) fn new(stream: R) -> Self {
        Self { stream, buffer: BytesMut::new(), reset_is_end: false }
    }

    /// One where a connection that the peer broke off counts as its end in good order.
    pub(crate) fn ending_with_peer(stream: R) -> Self {
        Self { reset_is_end: true, ..Self::new(stream) }
    }
}

impl<W: AsyncWrite + Send + Unpin + 'static> Sink for IoSink<W> {
    async fn write(&mut self, pieces: &mut [Bytes]) -> Result<(), ChannelError> {
        for piece in pieces {
            self.0.write_all(piece).await.map_err(|error| lost(&error))?;
        }
        self.0.flush().await.map_err(|error| lost(&error))
    }

    fn stopped(&self) -> impl Future<Output = ChannelError> + Send + 'static {
        // The receiving half learns when the other end is gone.
        std::future::pending()
    }

    async fn finish(&mut self) {
        // A peer that is gone has nothing to learn.
        let _ = self.0.shutdown().await;
    }

    fn reset(&mut self, _reason: CloseReason) {
        // A byte stream carries no reason; the other end sees the end when this half is dropped.
    }
}

impl<R: AsyncRead + Send + Sync + Unpin> Source for IoSource<R> {
    fn poll_read(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Bytes>, ChannelError>> {
        if self.buffer.capacity() < READ_BYTES / 16 {
            self.buffer.reserve(READ_BYTES);
        }
        // The future keeps nothing between polls, so a fresh one may be polled each time.
        let read = ready!(pin!(self.stream.read_buf(&mut self.buffer)).poll(cx));
        Poll::Ready(match read {
            Ok(0) => Ok(None),
            Ok(_) => Ok(Some(self.buffer.split().freeze())),
            Err(error) if self.reset_is_end && error.kind() == io::ErrorKind::ConnectionReset => {
                Ok(None)
            }
            Err(error) => Err(lost(&error)),
        })
    }

    fn stop(&mut self, _reason: CloseReason) {}
}

/// What became of a byte stream. Nothing of the system's own words is shown.
pub(crate) fn lost(error: &io::Error) -> ChannelError {
    ChannelError::Connection(error.kind().to_string().into())
}
