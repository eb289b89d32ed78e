//! Transport messages: what is sealed in each, in order and without gaps.

use std::fmt;
use std::sync::Arc;

use bytes::{Buf, Bytes};
use hogshead_objects::ids::HostId;
use snow::StatelessTransportState;

use super::NoiseError;
use crate::channel::CloseReason;
use crate::limits::{NOISE_DATA_BYTES_MAX, NOISE_MESSAGE_BYTES_MAX, NOISE_TAG_BYTES};

const DATA: u8 = 0;
const END: u8 = 1;
const RESET: u8 = 2;
const STOP: u8 = 3;

/// Seals one direction's messages. Each must be sent, in the order sealed.
pub struct Sealer {
    keys: Arc<StatelessTransportState>,
    count: u64,
    /// What is to be sealed next; kept for its room.
    plain: Vec<u8>,
}

/// Opens the other direction's.
pub struct Opener {
    keys: Arc<StatelessTransportState>,
    count: u64,
    ended: bool,
}

/// What a message held.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Opened {
    /// The next bytes of the stream; at least one.
    Data(Bytes),
    /// The peer has said all, in good order.
    End,
    /// The peer has broken off.
    Reset(CloseReason),
    /// The peer reads no more.
    Stop(CloseReason),
}

impl Sealer {
    pub(super) fn new(keys: Arc<StatelessTransportState>) -> Self {
        Self { keys, count: 0, plain: Vec::new() }
    }

    /// The next message of a stream: takes from the front of `pieces` what fits into one. Nothing
    /// when all of them are empty.
    pub fn seal_data(&mut self, pieces: &mut [Bytes]) -> Result<Option<Vec<u8>>, NoiseError> {
        self.plain.clear();
        self.plain.push(DATA);
        let mut room = NOISE_DATA_BYTES_MAX;
        for piece in pieces.iter_mut() {
            if room == 0 {
                break;
            }
            let taken = piece.split_to(piece.len().min(room));
            self.plain.extend_from_slice(&taken);
            room = room.saturating_sub(taken.len());
        }
        if self.plain.len() == 1 { Ok(None) } else { self.seal().map(Some) }
    }

    /// Says that all is said.
    pub fn seal_end(&mut self) -> Result<Vec<u8>, NoiseError> {
        self.plain.clear();
        self.plain.push(END);
        self.seal()
    }

    /// Breaks off.
    pub fn seal_reset(&mut self, reason: CloseReason) -> Result<Vec<u8>, NoiseError> {
        self.seal_code(RESET, reason)
    }

    /// Says that nothing more is read.
    pub fn seal_stop(&mut self, reason: CloseReason) -> Result<Vec<u8>, NoiseError> {
        self.seal_code(STOP, reason)
    }

    /// The dialler's first message, before any of the others.
    pub(super) fn seal_name(&mut self, host: &HostId) -> Result<Vec<u8>, NoiseError> {
        self.plain.clear();
        self.plain.extend_from_slice(host.as_bytes());
        self.seal()
    }

    fn seal_code(&mut self, kind: u8, reason: CloseReason) -> Result<Vec<u8>, NoiseError> {
        self.plain.clear();
        self.plain.push(kind);
        self.plain.extend_from_slice(&reason.code().to_be_bytes());
        self.seal()
    }

    fn seal(&mut self) -> Result<Vec<u8>, NoiseError> {
        let mut message = vec![0; self.plain.len().saturating_add(NOISE_TAG_BYTES)];
        let count = self.count;
        let sealed = self.keys.write_message(count, &self.plain, &mut message);
        self.count = count.checked_add(1).ok_or(NoiseError::Keys)?;
        match sealed {
            Ok(length) if length == message.len() => Ok(message),
            _ => Err(NoiseError::Keys),
        }
    }
}

impl Opener {
    pub(super) fn new(keys: Arc<StatelessTransportState>) -> Self {
        Self { keys, count: 0, ended: false }
    }

    /// Opens the next message. After an error nothing more opens.
    pub fn open(&mut self, message: &[u8]) -> Result<Opened, NoiseError> {
        let mut plain = Bytes::from(self.unseal(message)?);
        let kind = plain.try_get_u8().map_err(|_| NoiseError::Unexpected)?;
        let opened = match kind {
            DATA if !plain.is_empty() => Opened::Data(plain),
            END if plain.is_empty() => Opened::End,
            RESET => Opened::Reset(code(plain)?),
            STOP => return Ok(Opened::Stop(code(plain)?)),
            _ => return Err(NoiseError::Unexpected),
        };
        if self.ended {
            return Err(NoiseError::Unexpected);
        }
        self.ended = !matches!(opened, Opened::Data(_));
        Ok(opened)
    }

    /// Opens the dialler's first message.
    pub(super) fn open_name(&mut self, message: &[u8]) -> Result<Vec<u8>, NoiseError> {
        self.unseal(message)
    }

    fn unseal(&mut self, message: &[u8]) -> Result<Vec<u8>, NoiseError> {
        let length = message.len().checked_sub(NOISE_TAG_BYTES).ok_or(NoiseError::Sealed)?;
        if message.len() > NOISE_MESSAGE_BYTES_MAX {
            return Err(NoiseError::Sealed);
        }
        let mut plain = vec![0; length];
        match self.keys.read_message(self.count, message, &mut plain) {
            Ok(read) if read == length => {}
            _ => return Err(NoiseError::Sealed),
        }
        // Only what opens counts: Noise, section 5.1.
        self.count = self.count.checked_add(1).ok_or(NoiseError::Keys)?;
        Ok(plain)
    }
}

/// The code of a close, and nothing after it.
fn code(mut content: Bytes) -> Result<CloseReason, NoiseError> {
    let code = content.try_get_u32().map_err(|_| NoiseError::Unexpected)?;
    if content.has_remaining() {
        return Err(NoiseError::Unexpected);
    }
    Ok(CloseReason::from_code(code.into()))
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealer({} sealed)", self.count)
    }
}

impl fmt::Debug for Opener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Opener({} opened)", self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hosts::HostKey;
    use crate::noise::{Initiator, Responder};

    fn channel() -> (Sealer, Opener) {
        let us = HostKey::from_secret(&[1; 32]).id();
        let (initiator, first) = Initiator::new(us).unwrap();
        let (responder, second) = Responder::new(us).unwrap().handle_message(&first).unwrap();
        let (one, third) = initiator.handle_message(&second).unwrap();
        (one.sealer, responder.handle_message(&third).unwrap().opener)
    }

    #[test]
    fn sealed_nonsense_is_the_peers_fault() {
        let nonsense: [&[u8]; 8] = [
            &[],
            &[DATA],
            &[END, 0],
            &[RESET],
            &[RESET, 0, 0, 0],
            &[RESET, 0, 0, 0, 0, 0],
            &[STOP, 0],
            &[4, 0, 0, 0, 0],
        ];
        for plain in nonsense {
            let (mut sealer, mut opener) = channel();
            sealer.plain = plain.to_vec();
            let message = sealer.seal().unwrap();
            assert_eq!(opener.open(&message), Err(NoiseError::Unexpected), "{plain:?}");
        }
    }

    #[test]
    fn a_name_that_is_no_strong_key_is_refused() {
        let us = HostKey::from_secret(&[1; 32]).id();
        let mut neutral = [0; 32];
        neutral[0] = 1;
        for name in
            [&[0; 32][..], &neutral, &us.as_bytes()[1..], &[us.as_bytes(), &[0][..]].concat()]
        {
            let (initiator, first) = Initiator::new(us).unwrap();
            let (responder, second) = Responder::new(us).unwrap().handle_message(&first).unwrap();
            let (mut one, _) = initiator.handle_message(&second).unwrap();
            // The same place in the row as the true name, which nobody has opened.
            one.sealer.count = 0;
            one.sealer.plain = name.to_vec();
            let message = one.sealer.seal().unwrap();
            assert_eq!(responder.handle_message(&message).unwrap_err(), NoiseError::Name);
        }
    }

    #[test]
    fn keys_that_are_used_up_seal_nothing() {
        let (mut sealer, _) = channel();
        sealer.count = u64::MAX;
        assert_eq!(sealer.seal_end(), Err(NoiseError::Keys));
    }
}
