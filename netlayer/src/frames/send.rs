//! The sending half: a queue with bounded bytes, and a task that writes all that waits at once.

use std::fmt;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use std::vec::IntoIter;

use bytes::{BufMut, Bytes, BytesMut};
use tokio::sync::{Semaphore, SetOnce};
use tokio::time::{sleep, timeout};

use super::framing::Heads;
use super::queue::{Queue, Queued};
use super::{Framing, Sink};
use crate::channel::CloseReason;
use crate::error::ChannelError;
use crate::limits::{
    FIRST_FRAME_PAUSE, FRAME_COPY_BYTES_MAX, FRAME_HEAD_BYTES, Limits, WRITE_BYTES,
    WRITE_FRAMES_MAX,
};

/// Sends frames in order. Clones send on the same channel.
///
/// A lone frame leaves at once; frames that wait while another is written leave together. When
/// the last clone is dropped, what is queued is sent and the channel ends as
/// [`CloseReason::Done`].
#[derive(Clone)]
pub struct FrameSender(Arc<Senders>);

/// What all clones have together: when it is dropped, nobody sends any more.
struct Senders(Arc<Shared>);

impl Drop for Senders {
    fn drop(&mut self) {
        self.0.queue.close(CloseReason::Done);
    }
}

/// Why a frame was not queued.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum TrySendError {
    /// The queue is full: wait with `send`, or come back. The frame is given back.
    #[error("the channel's queue is full")]
    Full(Bytes),
    /// The channel carries nothing any more.
    #[error(transparent)]
    Closed(#[from] ChannelError),
}

struct Shared {
    queue: Queue,
    /// One permit a byte of the queue.
    room: Semaphore,
    capacity: u32,
    frame_bytes_max: usize,
    stall_grace: Duration,
    linger: Duration,
    /// Set once, when the channel ends.
    ended: SetOnce<ChannelError>,
}

impl Shared {
    /// Bytes of frames that took room, with their heads, until they are written.
    fn roomy_bytes(&self) -> usize {
        let capacity = usize::try_from(self.capacity).unwrap_or(usize::MAX);
        capacity.saturating_sub(self.room.available_permits())
    }
}

impl FrameSender {
    /// Starts the writer of `sink`. `guard` is dropped when it ends.
    pub(crate) fn start<S: Sink, G: Send + 'static>(sink: S, guard: G, limits: &Limits) -> Self {
        Self::start_framed(sink, guard, &Framing::Length, limits)
    }

    /// The same with another framing.
    pub(crate) fn start_framed<S: Sink, G: Send + 'static>(
        sink: S,
        guard: G,
        framing: &Framing,
        limits: &Limits,
    ) -> Self {
        let capacity = u32::try_from(limits.queue_bytes_max)
            .unwrap_or(u32::MAX)
            .clamp(1, u32::try_from(Semaphore::MAX_PERMITS >> 3).unwrap_or(u32::MAX));
        let shared = Arc::new(Shared {
            queue: Queue::new(),
            room: Semaphore::new(usize::try_from(capacity).unwrap_or(Semaphore::MAX_PERMITS)),
            capacity,
            frame_bytes_max: limits.frame_bytes_max,
            stall_grace: limits.stall_grace,
            linger: limits.linger,
            ended: SetOnce::new(),
        });
        let writer = Writer { sink, heads: framing.heads(), shared: Arc::clone(&shared) };
        tokio::spawn(async move {
            writer.run().await;
            drop(guard);
        });
        Self(Arc::new(Senders(shared)))
    }

    fn shared(&self) -> &Shared {
        &self.0.0
    }

    /// Queues a frame, waiting while the queue is full. Dropping the future before it is ready
    /// queues nothing.
    pub async fn send(&self, frame: Bytes) -> Result<(), ChannelError> {
        let cost = self.cost(&frame)?;
        match self.shared().room.acquire_many(cost).await {
            Ok(permit) => permit.forget(),
            Err(_) => return Err(self.end()),
        }
        self.queue(frame);
        Ok(())
    }

    /// Queues frames in order, waiting while the queue is full. Dropping the future queues a
    /// prefix of them.
    pub async fn send_many(
        &self,
        frames: impl IntoIterator<Item = Bytes>,
    ) -> Result<(), ChannelError> {
        for frame in frames {
            self.send(frame).await?;
        }
        Ok(())
    }

    /// Queues a frame if there is room at once. For callers that may not wait.
    pub fn try_send(&self, frame: Bytes) -> Result<(), TrySendError> {
        let cost = self.cost(&frame)?;
        match self.shared().room.try_acquire_many(cost) {
            Ok(permit) => permit.forget(),
            Err(tokio::sync::TryAcquireError::NoPermits) => return Err(TrySendError::Full(frame)),
            Err(tokio::sync::TryAcquireError::Closed) => return Err(self.end().into()),
        }
        self.queue(frame);
        Ok(())
    }

    /// Queues frames in order and at once, however much waits, and gives the bytes that waited
    /// before them, by which the caller bounds what it queues. They leave together, as far as the
    /// carrier takes them together. Of the frames that wait and are `passing` only the last is
    /// written.
    ///
    /// Refuses all of them if one is over the limit on frames or the channel has ended.
    pub fn push(
        &self,
        frames: Vec<Bytes>,
        passing: impl Fn(&Bytes) -> bool,
    ) -> Result<usize, ChannelError> {
        for frame in &frames {
            self.cost(frame)?;
        }
        if let Some(end) = self.shared().ended.get() {
            return Err(end.clone());
        }
        let roomless = self.shared().queue.push(frames.into_iter().map(|frame| {
            let is_passing = passing(&frame);
            Queued { frame, has_room: false, is_passing }
        }));
        Ok(self.shared().roomy_bytes().saturating_add(roomless))
    }

    /// Queues a frame that has its room.
    fn queue(&self, frame: Bytes) {
        let queued = Queued { frame, has_room: true, is_passing: false };
        self.shared().queue.push([queued]);
    }

    /// Ends what we send; drop the receiver too when nothing more is wanted. With [`CloseReason::Done`] and
    /// [`CloseReason::GoingDown`] what is queued is sent first; with the others it is dropped.
    /// Returns at once; [`FrameSender::closed`] waits.
    pub fn close(&self, reason: CloseReason) {
        self.shared().queue.close(reason);
    }

    /// Waits until the channel has ended, and says why.
    pub async fn closed(&self) -> ChannelError {
        self.shared().ended.wait().await.clone()
    }

    /// Whether the channel has ended.
    pub fn is_closed(&self) -> bool {
        self.shared().ended.initialized()
    }

    /// Bytes that wait in the queue or are being written; the lengths of frames that waited for
    /// room are included.
    pub fn queued_bytes(&self) -> usize {
        self.shared().roomy_bytes().saturating_add(self.shared().queue.roomless_bytes())
    }

    fn cost(&self, frame: &Bytes) -> Result<u32, ChannelError> {
        let limit = self.shared().frame_bytes_max;
        if frame.len() > limit {
            return Err(ChannelError::OversizedSend { bytes: frame.len(), limit });
        }
        Ok(cost(frame, self.shared().capacity))
    }

    fn end(&self) -> ChannelError {
        self.shared().ended.get().cloned().unwrap_or(ChannelError::ClosedHere)
    }
}

impl fmt::Debug for FrameSender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FrameSender")
            .field("queued_bytes", &self.queued_bytes())
            .field("ended", &self.shared().ended.get())
            .finish()
    }
}

/// What a frame takes of the queue's room. One that is larger than the whole queue takes all.
fn cost(frame: &Bytes, capacity: u32) -> u32 {
    let bytes = frame.len().saturating_add(FRAME_HEAD_BYTES);
    u32::try_from(bytes).unwrap_or(u32::MAX).min(capacity)
}

struct Writer<S> {
    sink: S,
    heads: Heads,
    shared: Arc<Shared>,
}

impl<S: Sink> Writer<S> {
    async fn run(mut self) {
        let end = self.write_all().await;
        // It is set here alone, and once.
        let _ = self.shared.ended.set(end);
        // Whoever waits for room learns that there will be none.
        self.shared.room.close();
    }

    async fn write_all(&mut self) -> ChannelError {
        let mut stopped = pin!(self.sink.stopped());
        let mut is_first = true;
        loop {
            let (frames, close) = tokio::select! {
                biased;
                taken = self.shared.queue.take() => taken,
                error = &mut stopped => return error,
            };
            let mut frames = frames.into_iter();
            loop {
                if let Some(reason) = self.shared.queue.abrupt_end() {
                    self.sink.reset(reason);
                    return ChannelError::ClosedHere;
                }
                if frames.as_slice().is_empty() {
                    break;
                }
                // To peers of other networks the first frame goes alone, as they read it alone.
                let is_alone = std::mem::take(&mut is_first) && self.heads != Heads::Length;
                let most = if is_alone { 1 } else { WRITE_FRAMES_MAX };
                if let Err(error) = self.write(&mut frames, most).await {
                    self.sink.reset(CloseReason::Limit);
                    return error;
                }
                if is_alone && self.heads == Heads::None {
                    sleep(FIRST_FRAME_PAUSE).await;
                }
            }
            if close.is_some() {
                // A peer that does not take the end in time has the rest dropped.
                if timeout(self.shared.linger, self.sink.finish()).await.is_err() {
                    self.sink.reset(CloseReason::Done);
                }
                return ChannelError::ClosedHere;
            }
        }
    }

    /// Writes at most so many frames together, and gives their room back.
    async fn write(
        &mut self,
        frames: &mut IntoIter<Queued>,
        most: usize,
    ) -> Result<(), ChannelError> {
        let last_passing =
            frames.as_slice().iter().take(most).rposition(|queued| queued.is_passing);
        let mut batch = Batch::new(self.heads);
        let (mut freed, mut roomless) = (0_usize, 0_usize);
        for (nth, queued) in frames.take(most).enumerate() {
            if queued.has_room {
                let cost = cost(&queued.frame, self.shared.capacity);
                freed = freed.saturating_add(usize::try_from(cost).unwrap_or(0));
            } else {
                roomless = roomless.saturating_add(queued.frame.len());
            }
            if !queued.is_passing || Some(nth) == last_passing {
                batch.push(queued.frame);
            }
        }
        let bytes = batch.bytes;
        let mut pieces = batch.finish();
        let time = Limits::time_for(self.shared.stall_grace, bytes);
        let written = timeout(time, self.sink.write(&mut pieces)).await;
        self.shared.room.add_permits(freed);
        self.shared.queue.note_written(roomless);
        written.unwrap_or(Err(ChannelError::Stalled))
    }
}

/// Gathers frames into pieces: short frames together, long ones as they are. Without heads each
/// is a piece, and so a write, of its own.
struct Batch {
    heads: Heads,
    pieces: Vec<Bytes>,
    gathered: BytesMut,
    bytes: usize,
}

impl Batch {
    fn new(heads: Heads) -> Self {
        Self { heads, pieces: Vec::new(), gathered: BytesMut::new(), bytes: 0 }
    }

    fn push(&mut self, frame: Bytes) {
        self.bytes = self.bytes.saturating_add(frame.len()).saturating_add(FRAME_HEAD_BYTES);
        match self.heads {
            // The limit on frames is far below 4 GiB.
            Heads::Length => self.gathered.put_u32(u32::try_from(frame.len()).unwrap_or(u32::MAX)),
            Heads::Prefixed => {
                self.gathered.extend_from_slice(frame.len().to_string().as_bytes());
                self.gathered.put_u8(b':');
            }
            Heads::None => return self.pieces.push(frame),
        }
        if frame.len() <= FRAME_COPY_BYTES_MAX {
            self.gathered.extend_from_slice(&frame);
        } else {
            self.flush();
            self.pieces.push(frame);
        }
        if self.gathered.len() >= WRITE_BYTES {
            self.flush();
        }
    }

    fn flush(&mut self) {
        if !self.gathered.is_empty() {
            self.pieces.push(self.gathered.split().freeze());
        }
    }

    fn finish(mut self) -> Vec<Bytes> {
        self.flush();
        self.pieces
    }
}

/// Writes one frame directly, before a channel has its writer.
pub(crate) async fn write_frame<S: Sink>(sink: &mut S, frame: Vec<u8>) -> Result<(), ChannelError> {
    let mut batch = Batch::new(Heads::Length);
    batch.push(frame.into());
    sink.write(&mut batch.finish()).await
}
