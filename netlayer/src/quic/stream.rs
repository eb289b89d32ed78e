//! A QUIC stream as a carrier of frames.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use quinn::{ConnectionError, ReadError, StoppedError, VarInt, WriteError};

use super::link::Slot;
use crate::channel::CloseReason;
use crate::error::ChannelError;
use crate::frames::{Sink, Source};

/// Chunks taken at once. With full datagrams this is some 40 KiB.
const CHUNKS: usize = 32;

pub(crate) struct QuicSink(pub quinn::SendStream);

pub(crate) struct QuicSource {
    stream: quinn::RecvStream,
    chunks: VecDeque<Bytes>,
    /// Keeps the stream counted while we may still read from it.
    _slot: Arc<Slot>,
}

impl QuicSource {
    pub(crate) fn new(stream: quinn::RecvStream, slot: Arc<Slot>) -> Self {
        Self { stream, chunks: VecDeque::new(), _slot: slot }
    }
}

impl Sink for QuicSink {
    async fn write(&mut self, pieces: &mut [Bytes]) -> Result<(), ChannelError> {
        self.0.write_all_chunks(pieces).await.map_err(write_error)
    }

    fn stopped(&self) -> impl Future<Output = ChannelError> + Send + 'static {
        let stopped = self.0.stopped();
        async move {
            match stopped.await {
                Ok(Some(code)) => ChannelError::Closed(CloseReason::from_code(code.into_inner())),
                Ok(None) | Err(StoppedError::ZeroRttRejected) => ChannelError::ClosedHere,
                Err(StoppedError::ConnectionLost(error)) => connection_lost(&error),
            }
        }
    }

    async fn finish(&mut self) {
        if self.0.finish().is_ok() {
            // Whether it was acknowledged or stopped: the peer needs nothing more.
            let _ = self.0.stopped().await;
        }
    }

    fn reset(&mut self, reason: CloseReason) {
        // A stream that has ended already needs no reset.
        let _ = self.0.reset(VarInt::from_u32(reason.code()));
    }
}

impl Source for QuicSource {
    fn poll_read(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Bytes>, ChannelError>> {
        if let Some(chunk) = self.chunks.pop_front() {
            return Poll::Ready(Ok(Some(chunk)));
        }
        let mut chunks: [Bytes; CHUNKS] = std::array::from_fn(|_| Bytes::new());
        // The future keeps nothing between polls, so a fresh one may be polled each time.
        let read = ready!(pin!(self.stream.read_chunks(&mut chunks)).poll(cx));
        Poll::Ready(match read {
            Ok(None) => Ok(None),
            Ok(Some(count)) => {
                self.chunks.extend(chunks.into_iter().take(count));
                Ok(self.chunks.pop_front())
            }
            Err(error) => Err(read_error(error)),
        })
    }

    fn stop(&mut self, reason: CloseReason) {
        // A stream that has ended already needs no stop.
        let _ = self.stream.stop(VarInt::from_u32(reason.code()));
    }
}

fn write_error(error: WriteError) -> ChannelError {
    match error {
        WriteError::Stopped(code) => {
            ChannelError::Closed(CloseReason::from_code(code.into_inner()))
        }
        WriteError::ConnectionLost(error) => connection_lost(&error),
        WriteError::ClosedStream | WriteError::ZeroRttRejected => ChannelError::ClosedHere,
    }
}

fn read_error(error: ReadError) -> ChannelError {
    match error {
        ReadError::Reset(code) => ChannelError::Closed(CloseReason::from_code(code.into_inner())),
        ReadError::ConnectionLost(error) => connection_lost(&error),
        _ => ChannelError::ClosedHere,
    }
}

pub(crate) fn connection_lost(error: &ConnectionError) -> ChannelError {
    match error {
        ConnectionError::LocallyClosed => ChannelError::ClosedHere,
        other => ChannelError::Connection(describe(other).into()),
    }
}

/// What became of a connection, in words. Nothing that the peer wrote is shown.
pub(crate) fn describe(error: &ConnectionError) -> String {
    match error {
        ConnectionError::TimedOut => "no sign of life within the limit".to_owned(),
        ConnectionError::Reset => "the host there has restarted".to_owned(),
        ConnectionError::VersionMismatch => "no common version of QUIC".to_owned(),
        ConnectionError::CidsExhausted => "out of connection ids".to_owned(),
        ConnectionError::LocallyClosed => "closed here".to_owned(),
        ConnectionError::ApplicationClosed(close) => {
            super::close_text(close.error_code.into_inner())
        }
        ConnectionError::ConnectionClosed(close) => {
            format!("the host there broke it off ({})", close.error_code)
        }
        ConnectionError::TransportError(error) => {
            format!("the handshake or the transport failed ({})", error.code)
        }
    }
}
