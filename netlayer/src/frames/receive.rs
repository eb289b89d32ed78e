//! The receiving half.

use std::fmt;
use std::future::poll_fn;
use std::time::Duration;

use bytes::Bytes;
use tokio::time::{Instant, timeout_at};

use super::{Framing, Source, Splitter};
use crate::channel::CloseReason;
use crate::error::ChannelError;
use crate::limits::{Limits, after};

/// Receives frames in order.
///
/// Every method may be dropped before it is ready without losing bytes.
pub struct FrameReceiver {
    source: Box<dyn Source>,
    splitter: Splitter,
    grace: Duration,
    /// When we began to wait for the rest of a frame.
    begun: Option<Instant>,
    ended: Option<Result<(), ChannelError>>,
}

impl FrameReceiver {
    pub(crate) fn new(source: Box<dyn Source>, frame_bytes_max: usize, limits: &Limits) -> Self {
        let splitter = Splitter::new(frame_bytes_max);
        Self { source, splitter, grace: limits.frame_grace, begun: None, ended: None }
    }

    /// Receives as `framing` says.
    pub(crate) fn framed(source: Box<dyn Source>, framing: &Framing, limits: &Limits) -> Self {
        let splitter = Splitter::framed(framing, limits.frame_bytes_max);
        Self { source, splitter, grace: limits.frame_grace, begun: None, ended: None }
    }

    /// Sets the limit on frames that begin from now on, in bytes; gives the one before. A preface's
    /// is lower than the session's, and a stranger's may be.
    pub fn set_limit(&mut self, frame_bytes_max: usize) -> usize {
        self.splitter.set_limit(frame_bytes_max)
    }

    /// The next frame; nothing when the peer has ended the session in good order.
    ///
    /// After an error or the end, each further call gives the same. On an error whose fault is
    /// the peer's, close the sender with [`CloseReason::Violation`] or [`CloseReason::Limit`].
    pub async fn recv(&mut self) -> Result<Option<Bytes>, ChannelError> {
        loop {
            match self.take_frame() {
                Ok(Some(frame)) => return Ok(Some(frame)),
                Ok(None) => {}
                Err(error) => return self.fail(error, CloseReason::Limit),
            }
            match &self.ended {
                Some(Ok(())) => return Ok(None),
                Some(Err(error)) => return Err(error.clone()),
                None => {}
            }
            match self.read().await {
                Ok(Some(chunk)) => self.splitter.handle_chunk(chunk),
                Ok(None) if self.splitter.begun().is_some() => {
                    return self.fail(ChannelError::Truncated, CloseReason::Violation);
                }
                Ok(None) => self.ended = Some(Ok(())),
                Err(error) => return self.fail(error, CloseReason::Limit),
            }
        }
    }

    /// Waits for a frame, then appends it and the frames that are there already, up to `max`, to
    /// `frames`. Gives how many: zero when the peer has ended the session in good order.
    pub async fn recv_many(
        &mut self,
        frames: &mut Vec<Bytes>,
        max: usize,
    ) -> Result<usize, ChannelError> {
        let Some(first) = self.recv().await? else { return Ok(0) };
        frames.push(first);
        let mut count = 1;
        // An error beyond the first frame is kept by the splitter's state, and shown next time.
        while count < max
            && let Ok(Some(frame)) = self.take_frame()
        {
            frames.push(frame);
            count = count.saturating_add(1);
        }
        Ok(count)
    }

    fn take_frame(&mut self) -> Result<Option<Bytes>, ChannelError> {
        if matches!(self.ended, Some(Err(_))) {
            return Ok(None);
        }
        let frame = self.splitter.take_frame()?;
        if frame.is_some() {
            self.begun = None;
        }
        Ok(frame)
    }

    async fn read(&mut self) -> Result<Option<Bytes>, ChannelError> {
        let Some(length) = self.splitter.begun() else {
            return poll_fn(|cx| self.source.poll_read(cx)).await;
        };
        let begun = *self.begun.get_or_insert_with(Instant::now);
        let until = after(begun, Limits::time_for(self.grace, length));
        let read = poll_fn(|cx| self.source.poll_read(cx));
        timeout_at(until, read).await.unwrap_or(Err(ChannelError::FrameTooSlow))
    }

    fn fail<T>(&mut self, error: ChannelError, reason: CloseReason) -> Result<T, ChannelError> {
        self.source.stop(reason);
        self.ended = Some(Err(error.clone()));
        Err(error)
    }
}

impl fmt::Debug for FrameReceiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FrameReceiver").field("ended", &self.ended).finish_non_exhaustive()
    }
}
