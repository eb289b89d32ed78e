//! Lengths before frames, as they arrive.

use bytes::{Buf, Bytes};

use crate::error::ChannelError;
use crate::limits::FRAME_HEAD_BYTES;

/// The length of the next frame, as far as it is there.
#[derive(Clone, Debug)]
pub(super) enum Head {
    /// Four bytes, big-endian.
    Length { bytes: [u8; FRAME_HEAD_BYTES], filled: usize },
    /// Decimal digits up to a colon.
    Prefix { number: Option<u64> },
}

impl Head {
    pub(super) fn length() -> Self {
        Self::Length { bytes: [0; FRAME_HEAD_BYTES], filled: 0 }
    }

    pub(super) fn prefix() -> Self {
        Self::Prefix { number: None }
    }

    /// The length once all of it is there; then this is the next frame's head.
    pub(super) fn take_length(
        &mut self,
        chunk: &mut Bytes,
        limit: usize,
    ) -> Result<Option<usize>, ChannelError> {
        match self {
            Self::Length { bytes, filled } => {
                while *filled < FRAME_HEAD_BYTES && chunk.has_remaining() {
                    if let Some(slot) = bytes.get_mut(*filled) {
                        *slot = chunk.get_u8();
                    }
                    *filled = filled.saturating_add(1);
                }
                if *filled < FRAME_HEAD_BYTES {
                    return Ok(None);
                }
                *filled = 0;
                check(u32::from_be_bytes(*bytes).into(), limit).map(Some)
            }
            Self::Prefix { number } => take_prefix(number, chunk, limit),
        }
    }

    pub(super) fn has_begun(&self) -> bool {
        match self {
            Self::Length { filled, .. } => *filled > 0,
            Self::Prefix { number } => number.is_some(),
        }
    }
}

/// Reads digits up to a colon. A length has one spelling, so none begins with a zero but zero
/// itself; and a number over the limit is refused before its last digit, so digits are few.
fn take_prefix(
    number: &mut Option<u64>,
    chunk: &mut Bytes,
    limit: usize,
) -> Result<Option<usize>, ChannelError> {
    while chunk.has_remaining() {
        let byte = chunk.get_u8();
        match (byte, *number) {
            (b'0'..=b'9', None) => *number = Some(u64::from(byte.wrapping_sub(b'0'))),
            (b'0'..=b'9', Some(before)) if before > 0 => {
                let digit = u64::from(byte.wrapping_sub(b'0'));
                let longer = before.saturating_mul(10).saturating_add(digit);
                check(longer, limit)?;
                *number = Some(longer);
            }
            (b':', Some(length)) => {
                *number = None;
                return check(length, limit).map(Some);
            }
            _ => {
                let why = "a length is decimal digits, without zeros before it, and a colon";
                return Err(ChannelError::Unframed(why.into()));
            }
        }
    }
    Ok(None)
}

fn check(announced: u64, limit: usize) -> Result<usize, ChannelError> {
    match usize::try_from(announced) {
        Ok(length) if length <= limit => Ok(length),
        _ => Err(ChannelError::FrameTooLarge { announced, limit }),
    }
}
