//! Carriers: how a session's frames get from its connection to its vat, and back.
//!
//! ```text
//!   FrameReceiver ──reader──▶ Input::Frame (permits bound the bytes in flight)
//!   FrameSender  ◀──────────  Outbox       (bytes bounded: beyond, the session ends)
//! ```

use std::sync::Arc;

use bytes::Bytes;
use hogshead_captp::durable::is_ack;
use hogshead_netlayer::{ChannelError, CloseReason, FrameReceiver, FrameSender};
use hogshead_objects::ids::{SessionId, VatNumber};
use hogshead_objects::{Class, Error};
use tokio::sync::Semaphore;

use super::core::Core;
use super::network::lost;
use super::slot::Input;
use crate::limits::{SESSION_IN_FLIGHT_BYTES, SESSION_OUTBOX_BYTES_MAX};

/// The way out of a session: frames queued here are written by the channel's writer.
#[derive(Clone)]
pub(crate) struct Outbox(Option<FrameSender>);

impl Outbox {
    /// An outbox over a channel, which ends when the last clone is dropped.
    pub fn new(sender: FrameSender) -> Self {
        Self(Some(sender))
    }

    /// Bytes that were queued and have not left.
    pub fn bytes(&self) -> usize {
        self.0.as_ref().map_or(0, FrameSender::queued_bytes)
    }

    /// An outbox for turns that are run again: what is put there is gone.
    pub fn nowhere() -> Self {
        Self(None)
    }

    /// Queues frames. `Err` if the peer has not read for too long: the session must end.
    ///
    /// Of several acknowledgements of a durable session that wait, the last one says all.
    pub fn send(&self, frames: Vec<Bytes>) -> Result<(), Error> {
        let Some(sender) = &self.0 else { return Ok(()) };
        match sender.push(frames, |frame| is_ack(frame)) {
            Ok(waited) if waited > SESSION_OUTBOX_BYTES_MAX => {
                Err(Error::new(Class::Severed, "the peer does not read what it is sent"))
            }
            Err(error @ ChannelError::OversizedSend { .. }) => {
                // What follows is nothing without it.
                sender.close(CloseReason::Limit);
                Err(lost(&error))
            }
            // A peer that is gone is reported by the reader; what is queued is lost with it.
            Ok(_) | Err(_) => Ok(()),
        }
    }
}

/// Reads frames into the vat's inputs until the connection ends.
pub(crate) async fn read_frames(
    core: Arc<Core>,
    vat: VatNumber,
    session: SessionId,
    mut receiver: FrameReceiver,
) {
    let permits = Arc::new(Semaphore::new(SESSION_IN_FLIGHT_BYTES));
    let why = loop {
        match receiver.recv().await {
            Ok(Some(bytes)) => {
                let weight = bytes.len().clamp(64, SESSION_IN_FLIGHT_BYTES);
                let weight = u32::try_from(weight).unwrap_or(u32::MAX);
                let Ok(permit) = Arc::clone(&permits).acquire_many_owned(weight).await else {
                    return;
                };
                core.push(vat, Input::Frame { session, bytes, permit });
            }
            Ok(None) => break Error::new(Class::Severed, "the peer closed the session"),
            Err(error) => {
                tracing::info!(%vat, %session, %error, "a connection was lost");
                break lost(&error);
            }
        }
    };
    core.push(vat, Input::Closed { session, why });
}
