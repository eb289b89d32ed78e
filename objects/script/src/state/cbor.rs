//! The part of CBOR (RFC 8949) that states are written in, in its one deterministic form (4.2):
//! definite lengths, shortest integers, shortest floats, no duplicate keys.

use crate::error::LoadError;

/// Items in the making.
#[derive(Default)]
pub(super) struct Writer {
    pub(super) bytes: Vec<u8>,
}

/// One item, or the beginning of one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Item<'a> {
    Positive(u64),
    /// -1 - n.
    Negative(u64),
    Bytes(&'a [u8]),
    Text(&'a str),
    Array(usize),
    Map(usize),
    Tag(u64),
    Simple(u8),
    Float(f64),
}

pub(super) const FALSE: u8 = 20;
pub(super) const TRUE: u8 = 21;
pub(super) const NULL: u8 = 22;
pub(super) const UNDEFINED: u8 = 23;

/// Integers up to here are numbers that a float holds exactly.
const SAFE: f64 = 9_007_199_254_740_992.0;

impl Writer {
    fn head(&mut self, major: u8, number: u64) {
        let major = major << 5;
        match number {
            0..24 => self.bytes.push(major | number as u8),
            24..0x100 => self.bytes.extend([major | 24, number as u8]),
            0x100..0x1_0000 => {
                self.bytes.push(major | 25);
                self.bytes.extend((number as u16).to_be_bytes());
            }
            0x1_0000..0x1_0000_0000 => {
                self.bytes.push(major | 26);
                self.bytes.extend((number as u32).to_be_bytes());
            }
            _ => {
                self.bytes.push(major | 27);
                self.bytes.extend(number.to_be_bytes());
            }
        }
    }

    pub(super) fn positive(&mut self, number: impl Into<u64>) {
        self.head(0, number.into());
    }

    /// -1 - n.
    pub(super) fn negative(&mut self, number: u64) {
        self.head(1, number);
    }

    pub(super) fn blob(&mut self, bytes: &[u8]) {
        self.head(2, bytes.len() as u64);
        self.bytes.extend_from_slice(bytes);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.head(3, text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    pub(super) fn array(&mut self, len: usize) {
        self.head(4, len as u64);
    }

    pub(super) fn map(&mut self, len: usize) {
        self.head(5, len as u64);
    }

    pub(super) fn tag(&mut self, tag: u64) {
        self.head(6, tag);
    }

    pub(super) fn simple(&mut self, value: u8) {
        self.head(7, value.into());
    }

    pub(super) fn boolean(&mut self, value: bool) {
        self.simple(if value { TRUE } else { FALSE });
    }

    /// A number: as an integer if it is one, as a float otherwise.
    pub(super) fn number(&mut self, number: f64) {
        if number.fract() != 0.0 || number.abs() > SAFE || is_negative_zero(number) {
            self.float(number);
        } else if number < 0.0 {
            self.negative((-1.0 - number) as u64);
        } else {
            self.positive(number as u64);
        }
    }

    /// A float, also if it is an integer.
    pub(super) fn float(&mut self, number: f64) {
        let single = number as f32;
        if number.is_nan() {
            self.bytes.extend([0xf9, 0x7e, 0]);
        } else if f64::from(single) != number {
            self.bytes.push(0xfb);
            self.bytes.extend(number.to_bits().to_be_bytes());
        } else if let Some(half) = to_half(single) {
            self.bytes.push(0xf9);
            self.bytes.extend(half.to_be_bytes());
        } else {
            self.bytes.push(0xfa);
            self.bytes.extend(single.to_bits().to_be_bytes());
        }
    }

    /// A string in UTF-16: as text, or in bytes (little-endian) if it is not well-formed.
    pub(super) fn units(&mut self, units: &[u16]) {
        if units.iter().all(|unit| *unit < 0x80) {
            self.head(3, units.len() as u64);
            self.bytes.extend(units.iter().map(|unit| *unit as u8));
        } else if let Ok(text) = String::from_utf16(units) {
            self.text(&text);
        } else {
            self.head(2, 2 * units.len() as u64);
            self.bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
        }
    }

    pub(super) fn option<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        match value {
            None => self.simple(NULL),
            Some(value) => write(self, value),
        }
    }
}

fn is_negative_zero(number: f64) -> bool {
    number == 0.0 && number.is_sign_negative()
}

/// The half-precision float that equals this one.
fn to_half(number: f32) -> Option<u16> {
    let bits = number.to_bits();
    let sign = (bits >> 16) as u16 & 0x8000;
    let exponent = (bits >> 23 & 0xff) as i32 - 127;
    let fraction = bits & 0x7f_ffff;
    match exponent {
        -127 if fraction == 0 => Some(sign),
        128 => Some(sign | 0x7c00),
        -14..=15 if fraction & 0x1fff == 0 => {
            Some(sign | ((exponent + 15) as u16) << 10 | (fraction >> 13) as u16)
        }
        -24..=-15 => {
            let (whole, shift) = (fraction | 0x80_0000, (-1 - exponent) as u32);
            (whole & ((1 << shift) - 1) == 0).then(|| sign | (whole >> shift) as u16)
        }
        _ => None,
    }
}

fn from_half(bits: u16) -> f64 {
    let fraction = f64::from(bits & 0x3ff);
    let size = match bits >> 10 & 0x1f {
        0 => fraction * 2_f64.powi(-24),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        exponent => (1024.0 + fraction) * 2_f64.powi(i32::from(exponent) - 25),
    };
    if bits & 0x8000 == 0 { size } else { -size }
}

/// Items on their way in. What is not in the deterministic form is refused.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    pub(super) fn malformed(&self, why: impl Into<String>) -> LoadError {
        LoadError::Malformed { at: self.at, why: why.into() }
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.at == self.bytes.len()
    }

    fn take(&mut self, len: usize) -> Result<&'a [u8], LoadError> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let taken = rest.get(..len).ok_or(LoadError::Truncated { at: self.bytes.len() })?;
        self.at += len;
        Ok(taken)
    }

    fn wide(&mut self, len: usize) -> Result<u64, LoadError> {
        Ok(self.take(len)?.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    /// The next item, or the beginning of it.
    pub(super) fn item(&mut self) -> Result<Item<'a>, LoadError> {
        let first = self.take(1)?[0];
        let (major, minor) = (first >> 5, first & 31);
        if major == 7 && minor >= 24 {
            return self.float(minor);
        }
        let (number, least) = match minor {
            0..24 => (u64::from(minor), 0),
            24 => (self.wide(1)?, 24),
            25 => (self.wide(2)?, 0x100),
            26 => (self.wide(4)?, 0x1_0000),
            27 => (self.wide(8)?, 0x1_0000_0000),
            _ => return Err(self.malformed("a length is not definite")),
        };
        if number < least {
            return Err(LoadError::NotCanonical);
        }
        let len = || usize::try_from(number).unwrap_or(usize::MAX);
        Ok(match major {
            0 => Item::Positive(number),
            1 => Item::Negative(number),
            2 => Item::Bytes(self.take(len())?),
            3 => {
                let text = std::str::from_utf8(self.take(len())?);
                Item::Text(text.map_err(|_| self.malformed("text is not UTF-8"))?)
            }
            // Every element takes a byte at least: so a length is never larger than the rest.
            4 | 5 if len() > self.bytes.len() - self.at => {
                return Err(LoadError::Truncated { at: self.bytes.len() });
            }
            4 => Item::Array(len()),
            5 => Item::Map(len()),
            6 => Item::Tag(number),
            _ => Item::Simple(minor),
        })
    }

    fn float(&mut self, minor: u8) -> Result<Item<'a>, LoadError> {
        let start = self.at - 1;
        let number = match minor {
            25 => from_half(self.wide(2)? as u16),
            26 => f64::from(f32::from_bits(self.wide(4)? as u32)),
            27 => f64::from_bits(self.wide(8)?),
            _ => return Err(self.malformed("a simple value is not known")),
        };
        let mut shortest = Writer::default();
        shortest.float(number);
        if self.bytes.get(start..self.at) != Some(&shortest.bytes) {
            return Err(LoadError::NotCanonical);
        }
        Ok(Item::Float(number))
    }

    /// The number that an item is.
    pub(super) fn to_number(item: Item<'_>) -> Result<Option<f64>, LoadError> {
        Ok(Some(match item {
            Item::Positive(number) if number <= SAFE as u64 => number as f64,
            Item::Negative(number) if number < SAFE as u64 => -1.0 - number as f64,
            Item::Positive(_) | Item::Negative(_) => return Err(LoadError::NotCanonical),
            Item::Float(number) => {
                let is_integer = number.fract() == 0.0 && number.abs() <= SAFE;
                if is_integer && !is_negative_zero(number) {
                    return Err(LoadError::NotCanonical);
                }
                number
            }
            _ => return Ok(None),
        }))
    }

    pub(super) fn positive<T: TryFrom<u64>>(&mut self) -> Result<T, LoadError> {
        match self.item()? {
            Item::Positive(number) => T::try_from(number)
                .map_err(|_| self.malformed(format!("the number {number} is too large here"))),
            _ => Err(self.malformed("a number is expected here")),
        }
    }

    pub(super) fn boolean(&mut self) -> Result<bool, LoadError> {
        match self.item()? {
            Item::Simple(FALSE) => Ok(false),
            Item::Simple(TRUE) => Ok(true),
            _ => Err(self.malformed("true or false is expected here")),
        }
    }

    pub(super) fn array(&mut self) -> Result<usize, LoadError> {
        match self.item()? {
            Item::Array(len) => Ok(len),
            _ => Err(self.malformed("an array is expected here")),
        }
    }

    pub(super) fn array_of(&mut self, wanted: usize) -> Result<(), LoadError> {
        match self.array()? {
            len if len == wanted => Ok(()),
            len => Err(self.malformed(format!("an array has {len} elements instead of {wanted}"))),
        }
    }

    /// An array of at least `least` elements. Gives how many more there are.
    pub(super) fn array_from(&mut self, least: usize) -> Result<usize, LoadError> {
        let len = self.array()?;
        len.checked_sub(least)
            .ok_or_else(|| self.malformed(format!("an array has {len} elements and needs {least}")))
    }

    pub(super) fn blob(&mut self) -> Result<&'a [u8], LoadError> {
        match self.item()? {
            Item::Bytes(bytes) => Ok(bytes),
            _ => Err(self.malformed("bytes are expected here")),
        }
    }

    pub(super) fn text(&mut self) -> Result<&'a str, LoadError> {
        match self.item()? {
            Item::Text(text) => Ok(text),
            _ => Err(self.malformed("text is expected here")),
        }
    }

    /// A string in UTF-16.
    pub(super) fn units(&mut self) -> Result<Vec<u16>, LoadError> {
        match self.item()? {
            Item::Text(text) => Ok(text.encode_utf16().collect()),
            Item::Bytes(bytes) if bytes.len() % 2 == 0 => {
                let units: Vec<u16> =
                    bytes.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
                match String::from_utf16(&units) {
                    Ok(_) => Err(LoadError::NotCanonical),
                    Err(_) => Ok(units),
                }
            }
            _ => Err(self.malformed("a string is expected here")),
        }
    }

    /// Whether the next item is null, which then is read.
    pub(super) fn is_null(&mut self) -> bool {
        let is_null = self.bytes.get(self.at) == Some(&(7 << 5 | NULL));
        self.at += usize::from(is_null);
        is_null
    }

    pub(super) fn option<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, LoadError>,
    ) -> Result<Option<T>, LoadError> {
        if self.is_null() { Ok(None) } else { read(self).map(Some) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Writer)) -> Vec<u8> {
        let mut writer = Writer::default();
        write(&mut writer);
        writer.bytes
    }

    /// The examples of RFC 8949, appendix A.
    #[test]
    fn numbers_are_as_short_as_they_can_be() {
        for (number, expected) in [
            (0.0, &[0x00][..]),
            (23.0, &[0x17]),
            (24.0, &[0x18, 0x18]),
            (1000.0, &[0x19, 0x03, 0xe8]),
            (1_000_000.0, &[0x1a, 0, 0x0f, 0x42, 0x40]),
            (-1.0, &[0x20]),
            (-1000.0, &[0x39, 0x03, 0xe7]),
            (-0.0, &[0xf9, 0x80, 0]),
            (1.5, &[0xf9, 0x3e, 0]),
            (5.960464477539063e-8, &[0xf9, 0, 1]),
            (0.00006103515625, &[0xf9, 0x04, 0]),
            (3.4028234663852886e38, &[0xfa, 0x7f, 0x7f, 0xff, 0xff]),
            (1.1, &[0xfb, 0x3f, 0xf1, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9a]),
            (f64::INFINITY, &[0xf9, 0x7c, 0]),
            (f64::NAN, &[0xf9, 0x7e, 0]),
        ] {
            let bytes = written(|to| to.number(number));
            assert_eq!(bytes, expected, "{number}");
            let item = Reader::new(&bytes, 0).item().unwrap();
            let back = Reader::to_number(item).unwrap().unwrap();
            assert_eq!(back.to_bits(), number.to_bits(), "{number}");
        }
    }

    #[test]
    fn every_half_and_many_singles_come_back() {
        for bits in 0..=u16::MAX {
            let number = from_half(bits);
            let bytes = written(|to| to.float(number));
            assert_eq!(bytes.len(), 3, "{bits:x}");
            let Item::Float(back) = Reader::new(&bytes, 0).item().unwrap() else { panic!() };
            assert_eq!(back.is_nan(), number.is_nan());
            assert!(back.is_nan() || back.to_bits() == number.to_bits(), "{bits:x}");
        }
    }

    #[test]
    fn what_could_be_shorter_is_refused() {
        for bytes in [
            &[0x18, 0x17][..],
            &[0x19, 0, 0xff],
            &[0xfa, 0x3f, 0xc0, 0, 0],
            &[0xfb, 0, 0, 0, 0, 0, 0, 0, 0],
            &[0xf9, 0x7e, 1],
        ] {
            assert_eq!(Reader::new(bytes, 0).item(), Err(LoadError::NotCanonical), "{bytes:?}");
        }
        let one = Reader::new(&[0xf9, 0x3c, 0], 0).item().unwrap();
        assert_eq!(Reader::to_number(one), Err(LoadError::NotCanonical));
        assert!(Reader::new(&[0x9f], 0).item().is_err());
        assert!(Reader::new(&[0x9a, 0xff, 0xff, 0xff, 0xff], 0).item().is_err());
        assert!(Reader::new(&[0x42, 0x41, 0], 0).units().is_err());
    }

    #[test]
    fn strings_are_text_if_they_can_be() {
        for units in [vec![], vec![0x41], vec![0xe9, 0xd83d, 0xde00], vec![0xd800, 0x41]] {
            let bytes = written(|to| to.units(&units));
            assert_eq!(Reader::new(&bytes, 0).units().as_ref(), Ok(&units));
            assert_eq!(bytes[0] >> 5 == 2, String::from_utf16(&units).is_err());
        }
    }
}
