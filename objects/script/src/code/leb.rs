//! The small numbers, strings and lists of which a code's encoding is made.
//!
//! Unsigned numbers are LEB128, signed ones zigzag before that, strings their length in bytes and
//! UTF-8. What is read is never trusted: a declared length allocates nothing, and every element of
//! a list costs at least a byte of the input.

use crate::builtin::Builtin;
use crate::error::LoadError;

/// Bytes in the making, with the paths of the built-in functions that were mentioned.
#[derive(Default)]
pub(super) struct Writer {
    pub(super) bytes: Vec<u8>,
    pub(super) builtins: Vec<Builtin>,
}

impl Writer {
    pub(super) fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    pub(super) fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push((number & 0x7f) as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    pub(super) fn count(&mut self, count: usize) {
        self.number(count as u64);
    }

    pub(super) fn signed(&mut self, number: i64) {
        self.number(((number << 1) ^ (number >> 63)) as u64);
    }

    pub(super) fn blob(&mut self, bytes: &[u8]) {
        self.count(bytes.len());
        self.bytes.extend_from_slice(bytes);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.blob(text.as_bytes());
    }
}

/// Bytes on their way in.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    pub(super) builtins: Vec<Builtin>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at, builtins: Vec::new() }
    }

    pub(super) fn malformed(&self, why: impl Into<String>) -> LoadError {
        LoadError::Malformed { at: self.at, why: why.into() }
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.at == self.bytes.len()
    }

    pub(super) fn byte(&mut self) -> Result<u8, LoadError> {
        Ok(self.take(1)?[0])
    }

    pub(super) fn take(&mut self, len: usize) -> Result<&'a [u8], LoadError> {
        let rest = &self.bytes[self.at..];
        let taken = rest.get(..len).ok_or(LoadError::Truncated { at: self.bytes.len() })?;
        self.at += len;
        Ok(taken)
    }

    pub(super) fn number(&mut self) -> Result<u64, LoadError> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                break;
            }
            number |= bits << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(self.malformed("a number of more than 64 bits"))
    }

    pub(super) fn signed(&mut self) -> Result<i64, LoadError> {
        let number = self.number()?;
        Ok((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    /// A number that must fit in a smaller type.
    pub(super) fn small<T: TryFrom<u64>>(&mut self) -> Result<T, LoadError> {
        let number = self.number()?;
        T::try_from(number).map_err(|_| self.malformed(format!("{number} is too large here")))
    }

    pub(super) fn flag(&mut self) -> Result<bool, LoadError> {
        match self.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            byte => Err(self.malformed(format!("{byte} is neither true nor false"))),
        }
    }

    pub(super) fn blob(&mut self) -> Result<&'a [u8], LoadError> {
        let len = self.small::<usize>()?;
        self.take(len)
    }

    pub(super) fn text(&mut self) -> Result<String, LoadError> {
        let bytes = self.blob()?;
        let text = std::str::from_utf8(bytes).map_err(|_| self.malformed("text is not UTF-8"))?;
        Ok(text.to_owned())
    }

    /// A list: its length, and then as many elements. The length alone allocates nothing.
    pub(super) fn list<T>(
        &mut self,
        mut element: impl FnMut(&mut Self) -> Result<T, LoadError>,
    ) -> Result<Vec<T>, LoadError> {
        let len = self.small::<usize>()?;
        if len > self.bytes.len() - self.at {
            return Err(LoadError::Truncated { at: self.bytes.len() });
        }
        let mut list = Vec::new();
        for _ in 0..len {
            list.push(element(self)?);
        }
        Ok(list)
    }
}

/// An operand of an instruction.
pub(super) trait Operand: Sized {
    fn write(self, to: &mut Writer);
    fn read(from: &mut Reader<'_>) -> Result<Self, LoadError>;
}

macro_rules! unsigned {
    ($($type:ty),*) => {
        $(impl Operand for $type {
            fn write(self, to: &mut Writer) {
                to.number(self.into());
            }

            fn read(from: &mut Reader<'_>) -> Result<Self, LoadError> {
                from.small()
            }
        })*
    };
}

unsigned!(u8, u16, u32);

impl Operand for i32 {
    fn write(self, to: &mut Writer) {
        to.signed(self.into());
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, LoadError> {
        let number = from.signed()?;
        Self::try_from(number).map_err(|_| from.malformed(format!("{number} is no 32 bit number")))
    }
}

/// By its place in the code's own list of paths.
impl Operand for Builtin {
    fn write(self, to: &mut Writer) {
        let known = to.builtins.iter().position(|other| *other == self);
        let at = known.unwrap_or_else(|| {
            to.builtins.push(self);
            to.builtins.len() - 1
        });
        to.count(at);
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, LoadError> {
        let at = from.small::<usize>()?;
        let builtin = from.builtins.get(at).copied();
        builtin.ok_or_else(|| from.malformed(format!("there is no built-in function {at}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_and_too_long_ones_are_refused() {
        for number in [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX] {
            let mut writer = Writer::default();
            writer.number(number);
            assert_eq!(Reader::new(&writer.bytes, 0).number(), Ok(number));
        }
        for number in [0, -1, 1, i64::MIN, i64::MAX] {
            let mut writer = Writer::default();
            writer.signed(number);
            assert_eq!(Reader::new(&writer.bytes, 0).signed(), Ok(number));
        }
        assert!(Reader::new(&[0xff; 11], 0).number().is_err());
        assert!(Reader::new(&[0x80], 0).number().is_err());
    }

    #[test]
    fn a_declared_length_allocates_nothing() {
        let mut writer = Writer::default();
        writer.number(1 << 40);
        let list = Reader::new(&writer.bytes, 0).list(Reader::byte);
        assert_eq!(list, Err(LoadError::Truncated { at: writer.bytes.len() }));
    }
}
