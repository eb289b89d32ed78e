//! The queue between those who send on a channel and the task that writes what they send.

use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use tokio::sync::Notify;

use crate::channel::CloseReason;

/// Frames that wait, and the end behind them. An empty queue holds no memory of its own.
pub(super) struct Queue {
    waiting: Mutex<Waiting>,
    /// For the writer, which alone waits.
    more: Notify,
}

#[derive(Default)]
struct Waiting {
    frames: Vec<Queued>,
    /// Octets of frames that took no room, until they are written.
    roomless: usize,
    close: Option<CloseReason>,
}

/// A frame that waits.
pub(super) struct Queued {
    pub frame: Bytes,
    /// Whether it took room of the queue.
    pub has_room: bool,
    /// Whether the next such frame makes it needless.
    pub is_passing: bool,
}

impl Queue {
    pub fn new() -> Self {
        Self { waiting: Mutex::default(), more: Notify::new() }
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        // What is in it is whole whenever the lock is free.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Appends frames, unless the end is there already. Gives the octets of frames that took no
    /// room and waited before these.
    pub fn push(&self, frames: impl IntoIterator<Item = Queued>) -> usize {
        let mut waiting = self.lock();
        let before = waiting.roomless;
        if waiting.close.is_some() {
            return before;
        }
        for queued in frames {
            let bytes = if queued.has_room { 0 } else { queued.frame.len() };
            waiting.roomless = waiting.roomless.saturating_add(bytes);
            waiting.frames.push(queued);
        }
        drop(waiting);
        self.more.notify_one();
        before
    }

    /// Puts the end behind what waits. The first end stays, but one that drops what waits
    /// takes the place of one that does not.
    pub fn close(&self, reason: CloseReason) {
        let mut waiting = self.lock();
        if waiting.close.is_none_or(|before| before.is_graceful() && !reason.is_graceful()) {
            waiting.close = Some(reason);
        }
        drop(waiting);
        self.more.notify_one();
    }

    /// Everything that waits, and the end if it is there; waits until there is something.
    pub async fn take(&self) -> (Vec<Queued>, Option<CloseReason>) {
        loop {
            {
                let mut waiting = self.lock();
                if !waiting.frames.is_empty() || waiting.close.is_some() {
                    return (std::mem::take(&mut waiting.frames), waiting.close);
                }
            }
            self.more.notified().await;
        }
    }

    /// The end, if it is there and does not wait for what is queued before it.
    pub fn abrupt_end(&self) -> Option<CloseReason> {
        self.lock().close.filter(|reason| !reason.is_graceful())
    }

    /// Octets of frames that took no room and are not written.
    pub fn roomless_bytes(&self) -> usize {
        self.lock().roomless
    }

    /// So many octets of them were written.
    pub fn note_written(&self, roomless: usize) {
        if roomless > 0 {
            let mut waiting = self.lock();
            waiting.roomless = waiting.roomless.saturating_sub(roomless);
        }
    }
}
