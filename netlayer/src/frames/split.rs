//! Splits a stream of bytes into frames.

use bytes::{Bytes, BytesMut};

use super::Framing;
use super::bare::Bare;
use super::head::Head;
use crate::error::ChannelError;
use crate::limits::{FRAME_GROWTH, FRAME_RESERVE_BYTES};

/// Takes chunks in as they arrive and gives frames out. A frame that lies within one chunk is a
/// slice of it; only one that spans chunks is copied.
pub struct Splitter {
    chunk: Bytes,
    state: State,
    limit: usize,
}

enum State {
    Head(Head),
    Body { head: Head, bytes: BytesMut, length: usize },
    Bare(Bare),
    Failed(ChannelError),
}

impl Splitter {
    /// A splitter of [`Framing::Length`] that refuses frames of more than `limit` bytes.
    pub fn new(limit: usize) -> Self {
        Self::framed(&Framing::Length, limit)
    }

    /// A splitter that refuses frames of more than `limit` bytes.
    pub fn framed(framing: &Framing, limit: usize) -> Self {
        let state = match framing {
            Framing::Length => State::Head(Head::length()),
            Framing::Prefixed => State::Head(Head::prefix()),
            Framing::Bare(find_end) => State::Bare(Bare::new(find_end())),
        };
        Self { chunk: Bytes::new(), state, limit }
    }

    /// Sets the limit for frames that begin from now on; gives the one before.
    pub(crate) fn set_limit(&mut self, limit: usize) -> usize {
        std::mem::replace(&mut self.limit, limit)
    }

    /// Takes in the next bytes of the stream, once [`Splitter::take_frame`] has given nothing.
    pub fn handle_chunk(&mut self, chunk: Bytes) {
        if matches!(self.state, State::Failed(_)) {
            return;
        }
        if self.chunk.is_empty() {
            self.chunk = chunk;
        } else {
            let mut both = BytesMut::from(self.chunk.as_ref());
            both.extend_from_slice(&chunk);
            self.chunk = both.freeze();
        }
    }

    /// The next whole frame, or nothing until more bytes are there. After an error, each further
    /// call gives the same.
    pub fn take_frame(&mut self) -> Result<Option<Bytes>, ChannelError> {
        if let State::Failed(error) = &self.state {
            return Err(error.clone());
        }
        self.next_frame().inspect_err(|error| self.state = State::Failed(error.clone()))
    }

    fn next_frame(&mut self) -> Result<Option<Bytes>, ChannelError> {
        if let State::Bare(bare) = &mut self.state {
            return bare.take_frame(&mut self.chunk, self.limit);
        }
        if let State::Head(head) = &mut self.state {
            let Some(length) = head.take_length(&mut self.chunk, self.limit)? else {
                return Ok(None);
            };
            if self.chunk.len() >= length {
                return Ok(Some(self.chunk.split_to(length)));
            }
            let bytes = BytesMut::with_capacity(length.min(FRAME_RESERVE_BYTES));
            self.state = State::Body { head: head.clone(), bytes, length };
        }
        let State::Body { head, bytes, length } = &mut self.state else { return Ok(None) };
        let missing = length.saturating_sub(bytes.len()).min(self.chunk.len());
        if bytes.capacity() < bytes.len().saturating_add(missing) {
            // Many times what has arrived, so that a long frame is hardly moved as it grows.
            // Memory that nothing was written to is only promised.
            let rest = length.saturating_sub(bytes.len());
            let more = bytes.len().saturating_mul(FRAME_GROWTH).max(missing);
            bytes.reserve(more.min(rest));
        }
        bytes.extend_from_slice(&self.chunk.split_to(missing));
        if bytes.len() < *length {
            return Ok(None);
        }
        let frame = std::mem::take(bytes).freeze();
        self.state = State::Head(head.clone());
        Ok(Some(frame))
    }

    /// The length of the frame that has begun and is not whole, as far as it is known: zero while
    /// only part of its head is there, nothing between frames. Without heads, the bytes so far.
    pub fn begun(&self) -> Option<usize> {
        match &self.state {
            State::Head(head) => head.has_begun().then_some(0),
            State::Body { length, .. } => Some(*length),
            State::Bare(bare) => bare.begun(),
            State::Failed(_) => None,
        }
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

    /// The same frames in each framing; without lengths a frame ends with its `x`.
    fn streams(frames: &[&[u8]]) -> [(Framing, Vec<u8>); 3] {
        let prefixed =
            frames.iter().flat_map(|f| [f.len().to_string().as_bytes(), b":", f].concat());
        let ends_with_x =
            |bytes: &[u8], _: usize| Ok(bytes.iter().position(|b| *b == b'x').map(|at| at + 1));
        [
            (Framing::Length, framed(frames)),
            (Framing::Prefixed, prefixed.collect()),
            (Framing::bare(move || ends_with_x), frames.concat()),
        ]
    }

    #[test]
    fn frames_come_out_whole_however_the_bytes_were_cut() {
        let long = [[7; 299].as_slice(), b"x"].concat();
        let frames: [&[u8]; 5] = [b"onex", b"x", b"threex", &long, b"x"];
        for (framing, stream) in streams(&frames) {
            for size in 1..=stream.len() {
                let mut splitter = Splitter::framed(&framing, 300);
                let mut seen = Vec::new();
                for chunk in stream.chunks(size) {
                    splitter.handle_chunk(Bytes::copy_from_slice(chunk));
                    while let Some(frame) = splitter.take_frame().unwrap() {
                        seen.push(frame);
                    }
                }
                assert_eq!(seen, frames, "{framing:?} cut into {size}");
                assert_eq!(splitter.begun(), None);
            }
        }
    }

    #[test]
    fn a_frame_over_the_limit_is_refused_in_each_framing_and_for_good() {
        let long = [[7; 300].as_slice(), b"x"].concat();
        for (framing, stream) in streams(&[b"x", &long, b"x"]) {
            for size in [1, 7, stream.len()] {
                let mut splitter = Splitter::framed(&framing, 300);
                let (mut whole, mut refused) = (0, 0);
                for chunk in stream.chunks(size) {
                    splitter.handle_chunk(Bytes::copy_from_slice(chunk));
                    loop {
                        match splitter.take_frame() {
                            Ok(Some(_)) => whole += 1,
                            Ok(None) => break,
                            Err(ChannelError::FrameTooLarge { limit: 300, .. }) => {
                                refused += 1;
                                break;
                            }
                            Err(other) => panic!("{framing:?}: {other}"),
                        }
                    }
                }
                assert_eq!(whole, 1, "{framing:?} cut into {size}");
                assert!(refused > 0, "{framing:?} cut into {size}");
                assert!(splitter.take_frame().is_err());
            }
        }
    }

    #[test]
    fn an_empty_frame_is_one() {
        for (framing, stream) in streams(&[b"", b"x", b""]).into_iter().take(2) {
            let mut splitter = Splitter::framed(&framing, 10);
            splitter.handle_chunk(stream.into());
            for expected in ["", "x", ""] {
                assert_eq!(splitter.take_frame().unwrap().unwrap(), expected, "{framing:?}");
            }
            assert_eq!(splitter.take_frame(), Ok(None));
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
