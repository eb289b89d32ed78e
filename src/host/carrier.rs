//! Carriers: the tasks that move a plain session's frames between its connection and its vat.
//!
//! ```text
//!   FrameReceiver ──reader──▶ Input::Frame (permits bound the bytes in flight)
//!   FrameSender  ◀──writer──  Outbox       (bytes bounded: beyond, the session ends)
//! ```

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use hogshead_captp::durable::is_ack;
use hogshead_netlayer::{CloseReason, FrameReceiver, FrameSender};
use hogshead_objects::ids::{SessionId, VatNumber};
use hogshead_objects::{Class, Error};
use tokio::sync::{Semaphore, mpsc};

use super::core::Core;
use super::network::lost;
use super::slot::Input;
use crate::limits::{SESSION_IN_FLIGHT_BYTES, SESSION_OUTBOX_BYTES_MAX};

/// The way out of a plain session: frames queued here are written by the session's writer.
#[derive(Clone)]
pub(crate) struct Outbox {
    queue: mpsc::UnboundedSender<Vec<Bytes>>,
    bytes: Arc<AtomicUsize>,
}

impl Outbox {
    /// An outbox whose writer sends to `sender` until the outbox is dropped.
    pub fn new(runtime: &tokio::runtime::Handle, sender: FrameSender) -> Self {
        let (queue, mut frames) = mpsc::unbounded_channel::<Vec<Bytes>>();
        let bytes = Arc::new(AtomicUsize::new(0));
        let queued = Arc::clone(&bytes);
        runtime.spawn(async move {
            let mut turns = Vec::new();
            while frames.recv_many(&mut turns, 256).await > 0 {
                let mut batch: Vec<Bytes> = turns.drain(..).flatten().collect();
                let length = batch.iter().map(Bytes::len).sum();
                keep_last_ack(&mut batch);
                let sent = sender.send_many(batch).await;
                queued.fetch_sub(length, Ordering::Relaxed);
                if sent.is_err() {
                    // The reader sees the same end and tells the vat.
                    return;
                }
            }
            sender.close(CloseReason::Done);
        });
        Self { queue, bytes }
    }

    /// Bytes that were queued and have not left.
    pub fn bytes(&self) -> usize {
        self.bytes.load(Ordering::Relaxed)
    }

    /// An outbox for turns that are run again: what is put there is gone.
    pub fn nowhere() -> Self {
        let (queue, _) = mpsc::unbounded_channel();
        Self { queue, bytes: Arc::default() }
    }

    /// Queues frames. `Err` if the peer has not read for too long: the session must end.
    pub fn send(&self, frames: Vec<Bytes>) -> Result<(), Error> {
        let length: usize = frames.iter().map(Bytes::len).sum();
        let queued = self.bytes.fetch_add(length, Ordering::Relaxed);
        // A peer that is gone is reported by the reader; what is queued for it is lost with it.
        let _ = self.queue.send(frames);
        if queued > SESSION_OUTBOX_BYTES_MAX {
            return Err(Error::new(Class::Severed, "the peer does not read what it is sent"));
        }
        Ok(())
    }
}

/// Of several acknowledgements of a durable session the last one says all.
fn keep_last_ack(batch: &mut Vec<Bytes>) {
    let last = batch.iter().rposition(|frame| is_ack(frame));
    let mut nth = 0;
    batch.retain(|frame| {
        let keep = !is_ack(frame) || Some(nth) == last;
        nth += 1;
        keep
    });
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
