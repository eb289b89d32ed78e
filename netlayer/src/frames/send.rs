//! The sending half: a queue with bounded bytes, and a task that writes all that waits at once.

use std::fmt;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::{BufMut, Bytes, BytesMut};
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::time::{sleep, timeout};

use super::framing::Heads;
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
pub struct FrameSender {
    queue: mpsc::UnboundedSender<Command>,
    shared: Arc<Shared>,
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
    /// One permit a byte of the queue.
    room: Semaphore,
    capacity: u32,
    frame_bytes_max: usize,
    /// Set once, when the channel ends.
    ended: watch::Sender<Option<ChannelError>>,
}

enum Command {
    Frame(Bytes),
    Close(CloseReason),
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
            room: Semaphore::new(usize::try_from(capacity).unwrap_or(Semaphore::MAX_PERMITS)),
            capacity,
            frame_bytes_max: limits.frame_bytes_max,
            ended: watch::Sender::new(None),
        });
        let (queue, commands) = mpsc::unbounded_channel();
        let writer = Writer {
            sink,
            heads: framing.heads(),
            commands,
            shared: Arc::clone(&shared),
            stall_grace: limits.stall_grace,
            linger: limits.linger,
        };
        tokio::spawn(async move {
            writer.run().await;
            drop(guard);
        });
        Self { queue, shared }
    }

    /// Queues a frame, waiting while the queue is full. Dropping the future before it is ready
    /// queues nothing.
    pub async fn send(&self, frame: Bytes) -> Result<(), ChannelError> {
        let cost = self.cost(&frame)?;
        match self.shared.room.acquire_many(cost).await {
            Ok(permit) => permit.forget(),
            Err(_) => return Err(self.end()),
        }
        self.queue.send(Command::Frame(frame)).map_err(|_| self.end())
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
        match self.shared.room.try_acquire_many(cost) {
            Ok(permit) => permit.forget(),
            Err(tokio::sync::TryAcquireError::NoPermits) => return Err(TrySendError::Full(frame)),
            Err(tokio::sync::TryAcquireError::Closed) => return Err(self.end().into()),
        }
        self.queue.send(Command::Frame(frame)).map_err(|_| self.end().into())
    }

    /// Ends what we send; drop the receiver too when nothing more is wanted. With [`CloseReason::Done`] and
    /// [`CloseReason::GoingDown`] what is queued is sent first; with the others it is dropped.
    /// Returns at once; [`FrameSender::closed`] waits.
    pub fn close(&self, reason: CloseReason) {
        // Once the writer is gone there is nothing left to close.
        let _ = self.queue.send(Command::Close(reason));
    }

    /// Waits until the channel has ended, and says why.
    pub async fn closed(&self) -> ChannelError {
        let mut ended = self.shared.ended.subscribe();
        let end = ended.wait_for(Option::is_some).await;
        end.ok().and_then(|end| end.clone()).unwrap_or(ChannelError::ClosedHere)
    }

    /// Whether the channel has ended.
    pub fn is_closed(&self) -> bool {
        self.shared.ended.borrow().is_some()
    }

    /// Bytes that wait in the queue, lengths included.
    pub fn queued_bytes(&self) -> usize {
        let capacity = usize::try_from(self.shared.capacity).unwrap_or(usize::MAX);
        capacity.saturating_sub(self.shared.room.available_permits())
    }

    fn cost(&self, frame: &Bytes) -> Result<u32, ChannelError> {
        let limit = self.shared.frame_bytes_max;
        if frame.len() > limit {
            return Err(ChannelError::OversizedSend { bytes: frame.len(), limit });
        }
        Ok(cost(frame, self.shared.capacity))
    }

    fn end(&self) -> ChannelError {
        self.shared.ended.borrow().clone().unwrap_or(ChannelError::ClosedHere)
    }
}

impl fmt::Debug for FrameSender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FrameSender")
            .field("queued_bytes", &self.queued_bytes())
            .field("ended", &*self.shared.ended.borrow())
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
    commands: mpsc::UnboundedReceiver<Command>,
    shared: Arc<Shared>,
    stall_grace: Duration,
    linger: Duration,
}

impl<S: Sink> Writer<S> {
    async fn run(mut self) {
        let end = self.write_all().await;
        self.shared.ended.send_replace(Some(end));
        // Whoever waits for room learns that there will be none.
        self.shared.room.close();
    }

    async fn write_all(&mut self) -> ChannelError {
        let mut waiting = Vec::new();
        let mut stopped = pin!(self.sink.stopped());
        let mut is_first = true;
        loop {
            // To peers of other networks the first frame goes alone, as they read it alone.
            let is_alone = is_first && self.heads != Heads::Length;
            let most = if is_alone { 1 } else { WRITE_FRAMES_MAX };
            let taken = tokio::select! {
                biased;
                taken = self.commands.recv_many(&mut waiting, most) => taken,
                error = &mut stopped => return error,
            };
            let close = match taken {
                0 => Some(CloseReason::Done),
                _ => waiting.iter().find_map(|command| match command {
                    Command::Close(reason) => Some(*reason),
                    Command::Frame(_) => None,
                }),
            };
            if let Some(reason) = close.filter(|reason| !reason.is_graceful()) {
                self.sink.reset(reason);
                return ChannelError::ClosedHere;
            }
            if let Err(error) = self.write(&mut waiting).await {
                self.sink.reset(CloseReason::Limit);
                return error;
            }
            is_first = false;
            if close.is_some() {
                // A peer that does not take the end in time has the rest dropped.
                if timeout(self.linger, self.sink.finish()).await.is_err() {
                    self.sink.reset(CloseReason::Done);
                }
                return ChannelError::ClosedHere;
            }
            if is_alone && self.heads == Heads::None {
                sleep(FIRST_FRAME_PAUSE).await;
            }
        }
    }

    /// Writes the frames before a close, and gives their room back.
    async fn write(&mut self, waiting: &mut Vec<Command>) -> Result<(), ChannelError> {
        let mut batch = Batch::new(self.heads);
        let mut freed = 0_usize;
        for command in waiting.drain(..) {
            let Command::Frame(frame) = command else { break };
            let cost = usize::try_from(cost(&frame, self.shared.capacity)).unwrap_or(0);
            freed = freed.saturating_add(cost);
            batch.push(frame);
        }
        let bytes = batch.bytes;
        let mut pieces = batch.finish();
        let time = Limits::time_for(self.stall_grace, bytes);
        let written = timeout(time, self.sink.write(&mut pieces)).await;
        self.shared.room.add_permits(freed);
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
