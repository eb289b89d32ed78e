//! A pair of byte streams within one process: what the in-memory netlayer carries frames on.

use std::future::Future;
use std::task::{Context, Poll};

use bytes::Bytes;
use tokio::sync::mpsc;

use crate::channel::CloseReason;
use crate::error::ChannelError;
use crate::frames::{Sink, Source};

/// Pieces in flight in one direction. A full pipe makes the writer wait, as a network would.
const PIECES_MAX: usize = 64;

enum Piece {
    Bytes(Bytes),
    Finish,
    Reset(CloseReason),
}

/// The sending half.
pub(crate) struct PipeSink(mpsc::Sender<Piece>);

/// The receiving half.
pub(crate) struct PipeSource(mpsc::Receiver<Piece>);

/// One direction.
pub(crate) fn pipe() -> (PipeSink, PipeSource) {
    let (tx, rx) = mpsc::channel(PIECES_MAX);
    (PipeSink(tx), PipeSource(rx))
}

fn gone() -> ChannelError {
    ChannelError::Connection("the other end was dropped".into())
}

impl Sink for PipeSink {
    async fn write(&mut self, pieces: &mut [Bytes]) -> Result<(), ChannelError> {
        for piece in pieces {
            self.0.send(Piece::Bytes(std::mem::take(piece))).await.map_err(|_| gone())?;
        }
        Ok(())
    }

    fn stopped(&self) -> impl Future<Output = ChannelError> + Send + 'static {
        let pipe = self.0.clone();
        async move {
            pipe.closed().await;
            gone()
        }
    }

    async fn finish(&mut self) {
        // A reader that is gone has nothing to learn.
        let _ = self.0.send(Piece::Finish).await;
    }

    fn reset(&mut self, reason: CloseReason) {
        // With a full pipe the reader sees the end when this half is dropped.
        let _ = self.0.try_send(Piece::Reset(reason));
    }
}

impl Source for PipeSource {
    fn poll_read(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Bytes>, ChannelError>> {
        self.0.poll_recv(cx).map(|piece| match piece {
            Some(Piece::Bytes(bytes)) => Ok(Some(bytes)),
            Some(Piece::Finish) => Ok(None),
            Some(Piece::Reset(reason)) => Err(ChannelError::Closed(reason)),
            None => Err(gone()),
        })
    }

    fn stop(&mut self, _reason: CloseReason) {
        self.0.close();
    }
}
