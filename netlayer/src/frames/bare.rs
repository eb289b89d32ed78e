//! Messages without lengths: their ends are found by what they say, which others know.

use std::fmt;

use bytes::{Bytes, BytesMut};

use super::FindEnd;
use crate::error::ChannelError;

/// The message under way and who finds its end.
pub(super) struct Bare {
    find_end: FindEnd,
    /// The message's bytes of earlier chunks.
    bytes: BytesMut,
}

impl Bare {
    pub(super) fn new(find_end: FindEnd) -> Self {
        Self { find_end, bytes: BytesMut::new() }
    }

    /// The next whole message of `chunk`, or nothing once all of it was looked at.
    pub(super) fn take_frame(
        &mut self,
        chunk: &mut Bytes,
        limit: usize,
    ) -> Result<Option<Bytes>, ChannelError> {
        if chunk.is_empty() {
            return Ok(None);
        }
        let found = (self.find_end)(chunk, limit).map_err(|why| unframed(&why))?;
        let used = found.unwrap_or(chunk.len());
        if used == 0 || used > chunk.len() {
            return Err(unframed(&"an end was found where no message is"));
        }
        let length = self.bytes.len().saturating_add(used);
        if length > limit {
            let announced = u64::try_from(length).unwrap_or(u64::MAX);
            return Err(ChannelError::FrameTooLarge { announced, limit });
        }
        let part = chunk.split_to(used);
        if found.is_some() && self.bytes.is_empty() {
            return Ok(Some(part));
        }
        self.bytes.extend_from_slice(&part);
        Ok(found.map(|_| std::mem::take(&mut self.bytes).freeze()))
    }

    pub(super) fn begun(&self) -> Option<usize> {
        (!self.bytes.is_empty()).then_some(self.bytes.len())
    }
}

fn unframed(why: &dyn fmt::Display) -> ChannelError {
    ChannelError::Unframed(why.to_string().into())
}
