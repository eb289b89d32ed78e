//! Splits a stream of bytes into frames: a length of four bytes, big-endian, and as many bytes.

use bytes::{Buf, Bytes, BytesMut};

use crate::error::ChannelError;
use crate::limits::{FRAME_HEAD_BYTES, FRAME_RESERVE_BYTES};

/// Takes chunks in as they arrive and gives frames out. A frame that lies within one chunk is a
/// slice of it; only one that spans chunks is copied.
pub struct Splitter {
    chunk: Bytes,
    state: State,
    limit: usize,
}

enum State {
    Head { bytes: [u8; FRAME_HEAD_BYTES], filled: usize },
    Body { bytes: BytesMut, length: usize },
}

const EMPTY_HEAD: State = State::Head { bytes: [0; FRAME_HEAD_BYTES], filled: 0 };

impl Splitter {
    /// A splitter that refuses frames of more than `limit` bytes.
    pub fn new(limit: usize) -> Self {
        Self { chunk: Bytes::new(), state: EMPTY_HEAD, limit }
    }

    /// Sets the limit for frames that begin from now on.
    pub(crate) fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
    }

    /// Takes in the next bytes of the stream, once [`Splitter::take_frame`] has given nothing.
    pub fn handle_chunk(&mut self, chunk: Bytes) {
        if self.chunk.is_empty() {
            self.chunk = chunk;
        } else {
            let mut both = BytesMut::from(self.chunk.as_ref());
            both.extend_from_slice(&chunk);
            self.chunk = both.freeze();
        }
    }

    /// The next whole frame, or nothing until more bytes are there.
    pub fn take_frame(&mut self) -> Result<Option<Bytes>, ChannelError> {
        if let State::Head { bytes, filled } = &mut self.state {
            while *filled < FRAME_HEAD_BYTES && self.chunk.has_remaining() {
                if let Some(slot) = bytes.get_mut(*filled) {
                    *slot = self.chunk.get_u8();
                }
                *filled = filled.saturating_add(1);
            }
            if *filled < FRAME_HEAD_BYTES {
                return Ok(None);
            }
            let length = check_length(u32::from_be_bytes(*bytes), self.limit)?;
            if self.chunk.len() >= length {
                self.state = EMPTY_HEAD;
                return Ok(Some(self.chunk.split_to(length)));
            }
            let bytes = BytesMut::with_capacity(length.min(FRAME_RESERVE_BYTES));
            self.state = State::Body { bytes, length };
        }
        let State::Body { bytes, length } = &mut self.state else { return Ok(None) };
        let missing = length.saturating_sub(bytes.len()).min(self.chunk.len());
        bytes.extend_from_slice(&self.chunk.split_to(missing));
        if bytes.len() < *length {
            return Ok(None);
        }
        let frame = std::mem::take(bytes).freeze();
        self.state = EMPTY_HEAD;
        Ok(Some(frame))
    }

    /// The length of the frame that has begun and is not whole: zero while only part of its head
    /// is there, nothing between frames.
    pub fn begun(&self) -> Option<usize> {
        match &self.state {
            State::Head { filled: 0, .. } => None,
            State::Head { .. } => Some(0),
            State::Body { length, .. } => Some(*length),
        }
    }
}

fn check_length(announced: u32, limit: usize) -> Result<usize, ChannelError> {
    match usize::try_from(announced) {
        Ok(length) if length <= limit => Ok(length),
        _ => Err(ChannelError::FrameTooLarge { announced: announced.into(), limit }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn framed(frames: &[&[u8]]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for frame in frames {
            bytes.extend_from_slice(&(frame.len() as u32).to_be_bytes());
            bytes.extend_from_slice(frame);
        }
        bytes
    }

    #[test]
    fn frames_come_out_whole_however_the_bytes_were_cut() {
        let frames: [&[u8]; 5] = [b"one", b"", b"three", &[7; 300], b"x"];
        let stream = framed(&frames);
        for size in 1..=stream.len() {
            let mut splitter = Splitter::new(300);
            let mut seen = Vec::new();
            for chunk in stream.chunks(size) {
                splitter.handle_chunk(Bytes::copy_from_slice(chunk));
                while let Some(frame) = splitter.take_frame().unwrap() {
                    seen.push(frame);
                }
            }
            assert_eq!(seen, frames, "cut into {size}");
            assert_eq!(splitter.begun(), None);
        }
    }

    #[test]
    fn a_frame_within_a_chunk_is_not_copied() {
        let chunk = Bytes::from(framed(&[b"hello"]));
        let inside = chunk.as_ptr_range();
        let mut splitter = Splitter::new(10);
        splitter.handle_chunk(chunk);
        let frame = splitter.take_frame().unwrap().unwrap();
        assert!(inside.contains(&frame.as_ptr()));
    }

    #[test]
    fn an_announcement_of_4_gib_is_refused_and_nothing_allocated() {
        let mut splitter = Splitter::new(1024);
        splitter.handle_chunk(Bytes::from_static(&[0xff; 4]));
        assert_eq!(
            splitter.take_frame(),
            Err(ChannelError::FrameTooLarge { announced: u32::MAX.into(), limit: 1024 })
        );
    }

    #[test]
    fn a_large_announcement_within_the_limit_reserves_little() {
        let mut splitter = Splitter::new(usize::MAX);
        splitter.handle_chunk(Bytes::from_static(&[0x7f, 0xff, 0xff, 0xff, 1]));
        assert_eq!(splitter.take_frame(), Ok(None));
        assert_eq!(splitter.begun(), Some(0x7fff_ffff));
        let State::Body { bytes, .. } = &splitter.state else { panic!("the body has begun") };
        assert!(bytes.capacity() <= 2 * FRAME_RESERVE_BYTES);
    }
}
