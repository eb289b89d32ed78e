//! Frames on a stream: what sessions send and receive, the same over every carrier.
//!
//! ```text
//!   send ─▶ queue (bounded bytes) ─▶ writer task: all that waits, in one write ─▶ Sink
//!   recv ◀─ Splitter ◀─ large chunks ◀─────────────────────────────────────────── Source
//! ```

mod bare;
mod framing;
mod head;
mod io;
mod queue;
mod receive;
mod send;
mod split;

use std::future::Future;
use std::task::{Context, Poll};

use bytes::Bytes;

pub use framing::{FindEnd, Framing};
pub use io::over;
pub(crate) use io::{IoSink, IoSource};
pub use receive::FrameReceiver;
pub(crate) use send::write_frame;
pub use send::{FrameSender, TrySendError};
pub use split::Splitter;

use crate::channel::CloseReason;
use crate::error::ChannelError;

/// The sending half of a carrier's stream.
pub(crate) trait Sink: Send + 'static {
    /// Writes all of `pieces`, in order.
    fn write(
        &mut self,
        pieces: &mut [Bytes],
    ) -> impl Future<Output = Result<(), ChannelError>> + Send;

    /// Ready when the peer takes nothing any more or the connection is lost.
    fn stopped(&self) -> impl Future<Output = ChannelError> + Send + 'static;

    /// Ends the stream after what was written, and waits until the peer has it.
    fn finish(&mut self) -> impl Future<Output = ()> + Send;

    /// Ends the stream at once; what was not sent yet is dropped.
    fn reset(&mut self, reason: CloseReason);
}

/// The receiving half of a carrier's stream.
pub(crate) trait Source: Send + Sync {
    /// The next bytes, or nothing at the end.
    fn poll_read(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Bytes>, ChannelError>>;

    /// Tells the peer that nothing more is read.
    fn stop(&mut self, reason: CloseReason);
}
