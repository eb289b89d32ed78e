//! Finding where a value ends in a stream that has no frames (`tcp-testing-only`).

use super::{DecodeError, Problem};
use crate::limits;

/// Finds the ends of the values in a stream of octets, each octet looked at once.
///
/// It knows only brackets and lengths: what lies between is for
/// [`Operation::decode`](crate::Operation::decode) to judge.
#[derive(Clone, Debug, Default)]
pub struct Splitter {
    depth: usize,
    length: usize,
    digits: usize,
    skip: usize,
    number: usize,
}

impl Splitter {
    /// A splitter at the start of a value.
    pub fn new() -> Self {
        Self::default()
    }

    /// Looks at the next octets of the stream; gives how many of them belong to the value that
    /// is being read, if it ends among them. Then the splitter is at the start of the next value,
    /// and the octets that follow are to be fed to it.
    ///
    /// A value longer than `bytes_max` is refused as soon as its length is known.
    pub fn feed(&mut self, octets: &[u8], bytes_max: usize) -> Result<Option<usize>, DecodeError> {
        let mut used = 0;
        while let Some(octet) = octets.get(used) {
            if self.skip > 0 {
                let step = self.skip.min(octets.len().saturating_sub(used));
                self.skip = self.skip.saturating_sub(step);
                self.length = self.length.saturating_add(step);
                used = used.saturating_add(step);
                if self.skip > 0 {
                    break;
                }
            } else {
                self.octet(*octet, bytes_max)?;
                self.length = self.length.saturating_add(1);
                used = used.saturating_add(1);
            }
            if self.length.saturating_add(self.skip) > bytes_max {
                return Err(self.error(Problem::TooLong));
            }
            if self.depth == 0 && self.skip == 0 && self.digits == 0 {
                *self = Self::default();
                return Ok(Some(used));
            }
        }
        Ok(None)
    }

    fn octet(&mut self, octet: u8, bytes_max: usize) -> Result<(), DecodeError> {
        if octet.is_ascii_digit() {
            let digit = usize::from(octet.wrapping_sub(b'0'));
            self.number = self.number.saturating_mul(10).saturating_add(digit);
            self.digits = self.digits.saturating_add(1);
            return Ok(());
        }
        let number = std::mem::take(&mut self.number);
        let after_digits = std::mem::take(&mut self.digits) > 0;
        match (octet, after_digits) {
            (b'+' | b'-', true) => {}
            (b':' | b'"' | b'\'', true) if number > bytes_max => {
                return Err(self.error(Problem::TooLong));
            }
            (b':' | b'"' | b'\'', true) => self.skip = number,
            (b't' | b'f', false) => {}
            (b'D', false) => self.skip = 8,
            (b'[' | b'{' | b'<', false) if self.depth >= limits::DEPTH_MAX.saturating_add(8) => {
                // An operation has a few levels of its own around its deepest value.
                return Err(self.error(Problem::TooDeep));
            }
            (b'[' | b'{' | b'<', false) => self.depth = self.depth.saturating_add(1),
            (b']' | b'}' | b'>', false) if self.depth > 0 => {
                self.depth = self.depth.saturating_sub(1);
            }
            _ => return Err(self.error(Problem::Unexpected)),
        }
        Ok(())
    }

    fn error(&self, problem: Problem) -> DecodeError {
        DecodeError { at: self.length, problem }
    }
}
