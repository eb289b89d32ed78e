//! CBOR read quickly: what ciborium reads, straight from a slice.
//!
//! Every row that a turn looks at for the first time is read here, so it counts. What is rare
//! (floating-point numbers of half the width, those beyond 64 bits, tags, lengths that are not said) is
//! left to ciborium, and so is whatever fails: what is read, and what is an error, is what it says.

mod parts;

use serde::de::{self, DeserializeOwned, Visitor};

use self::parts::{Parts, Variant};
use super::cbor::{Asked, CIBORIUM_TAG, FALSE, NULL, TRUE, major};
use crate::error::{Class, Error, Result};

/// Reads one CBOR item, as `ciborium::from_reader` reads it; what follows it is not looked at.
///
/// Fails if the bytes are no CBOR or not of this type, or nest beyond 256 levels.
///
/// ```
/// let (tea, n): (String, u64) = hogshead_objects::codec::read_cbor(&[0x82, 0x63, b't', b'e', b'a', 3])?;
/// assert_eq!((tea.as_str(), n), ("tea", 3));
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
pub fn read_cbor<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    match try_read(bytes, DEPTH) {
        Ok((value, _)) => Ok(value),
        Err(Asked) => ciborium::from_reader(bytes)
            .map_err(|error| Error::new(Class::Failed, error.to_string())),
    }
}

/// As [`read_cbor`], of at most so many levels; gives what follows as well. An error says only that
/// ciborium is to be asked.
pub(super) fn try_read<T: DeserializeOwned>(
    bytes: &[u8],
    depth: usize,
) -> Result<(T, &[u8]), Asked> {
    let mut reader = Reader { rest: bytes, depth };
    let value = T::deserialize(&mut reader)?;
    Ok((value, reader.rest))
}

/// The levels that `ciborium::from_reader` reads.
const DEPTH: usize = 256;

/// Up to how many bytes a text or octets are shown to visitors without a copy of their own.
const SHOWN_MAX: u64 = 4096;

const UNDEFINED: u8 = 0xf7;
const FLOAT_32: u8 = 0xfa;
const FLOAT_64: u8 = 0xfb;

impl de::Error for Asked {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        Self
    }
}

struct Reader<'r> {
    rest: &'r [u8],
    depth: usize,
}

impl<'r> Reader<'r> {
    fn peek(&self) -> Result<u8, Asked> {
        self.rest.first().copied().ok_or(Asked)
    }

    fn take(&mut self, count: u64) -> Result<&'r [u8], Asked> {
        let count = usize::try_from(count).map_err(|_| Asked)?;
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(Asked)?;
        self.rest = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Asked> {
        let (taken, rest) = self.rest.split_first_chunk().ok_or(Asked)?;
        self.rest = rest;
        Ok(*taken)
    }

    /// The head of an item: its major type and its argument (RFC 8949, section 3).
    fn head(&mut self) -> Result<(u8, u64), Asked> {
        let [first] = self.array()?;
        let argument = match first & 0x1f {
            small @ 0..24 => small.into(),
            24 => u8::from_be_bytes(self.array()?).into(),
            25 => u16::from_be_bytes(self.array()?).into(),
            26 => u32::from_be_bytes(self.array()?).into(),
            27 => u64::from_be_bytes(self.array()?),
            _ => return Err(Asked),
        };
        Ok((first & 0xe0, argument))
    }

    /// The argument of an item of this major type.
    fn of(&mut self, major: u8) -> Result<u64, Asked> {
        match self.head()? {
            (found, argument) if found == major => Ok(argument),
            _ => Err(Asked),
        }
    }

    fn text(&mut self, max: u64) -> Result<&'r str, Asked> {
        let length = self.of(major::TEXT)?;
        if length > max {
            return Err(Asked);
        }
        std::str::from_utf8(self.take(length)?).map_err(|_| Asked)
    }

    fn octets(&mut self, max: u64) -> Result<&'r [u8], Asked> {
        let length = self.of(major::OCTETS)?;
        if length > max { Err(Asked) } else { self.take(length) }
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Asked>) -> Result<T, Asked> {
        self.depth = self.depth.checked_sub(1).ok_or(Asked)?;
        let read = read(self)?;
        self.depth += 1;
        Ok(read)
    }

    /// Shows a sequence or a map, all of which the visitor has to take.
    fn parts<T>(
        &mut self,
        major: u8,
        visit: impl FnOnce(&mut Parts<'_, 'r>) -> Result<T, Asked>,
    ) -> Result<T, Asked> {
        let left = self.of(major)?;
        self.deeper(|reader| {
            let mut parts = Parts { reader, left };
            let value = visit(&mut parts)?;
            if parts.left == 0 { Ok(value) } else { Err(Asked) }
        })
    }
}

/// Numbers of other widths are read as the widest.
macro_rules! widened {
    ($($name:ident => $wide:ident;)*) => {
        $(fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Asked> {
            self.$wide(visitor)
        })*
    };
}

impl<'de> de::Deserializer<'de> for &mut Reader<'_> {
    type Error = Asked;

    widened! {
        deserialize_i8 => deserialize_i64;
        deserialize_i16 => deserialize_i64;
        deserialize_i32 => deserialize_i64;
        deserialize_u8 => deserialize_u64;
        deserialize_u16 => deserialize_u64;
        deserialize_u32 => deserialize_u64;
        deserialize_f32 => deserialize_f64;
        deserialize_ignored_any => deserialize_any;
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Asked> {
        let first = self.peek()?;
        match first & 0xe0 {
            major::UNSIGNED => self.deserialize_u64(visitor),
            major::NEGATIVE => self.deserialize_i64(visitor),
            major::OCTETS => match self.octets(u64::MAX)? {
                octets if octets.len() as u64 <= SHOWN_MAX => visitor.visit_bytes(octets),
                octets => visitor.visit_byte_buf(octets.to_vec()),
            },
            major::TEXT => match self.text(u64::MAX)? {
                text if text.len() as u64 <= SHOWN_MAX => visitor.visit_str(text),
                text => visitor.visit_string(text.to_owned()),
            },
            major::ARRAY => self.deserialize_seq(visitor),
            major::MAP => self.deserialize_map(visitor),
            _ => match first {
                FALSE | TRUE => self.deserialize_bool(visitor),
                NULL | UNDEFINED => self.deserialize_option(visitor),
                FLOAT_32 | FLOAT_64 => self.deserialize_f64(visitor),
                _ => Err(Asked),
            },
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Asked> {
        match self.array()? {
            [FALSE] => visitor.visit_bool(false),
            [TRUE] => visitor.visit_bool(true),
            _ => Err(Asked),
        }
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Asked> {
        let number = match self.head()? {
            (major::UNSIGNED, number) => i64::try_from(number),
            (major::NEGATIVE, number) => i64::try_from(number).map(|number| !number),
            _ => return Err(Asked),
        };
        visitor.visit_i64(number.map_err(|_| Asked)?)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Asked> {
        visitor.visit_u64(self.of(major::UNSIGNED)?)
    }

    fn deserialize_i128<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Asked> {
        match self.head()? {
            (major::UNSIGNED, number) => visitor.visit_i128(number.into()),
            (major::NEGATIVE, number) => visitor.visit_i128(!i128::from(number)),
            _ => Err(Asked),
        }
    }

    fn deserialize_u128<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Asked> {
        visitor.visit_u128(self.of(major::UNSIGNED)?.into())
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Asked> {
        match self.array()? {
            [FLOAT_32] => visitor.visit_f64(f32::from_be_bytes(self.array()?).into()),
            [FLOAT_64] => visitor.visit_f64(f64::from_be_bytes(self.array()?)),
            _ => Err(Asked),
        }
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Asked> {
        let mut chars = self.text(4)?.chars();
        match (chars.next(), chars.next()) {
            (Some(char), None) => visitor.visit_char(char),
            _ => Err(Asked),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Asked> {
        visitor.visit_str(self.text(SHOWN_MAX)?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Asked> {
        visitor.visit_string(self.text(u64::MAX)?.to_owned())
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Asked> {
        visitor.visit_bytes(self.octets(SHOWN_MAX)?)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Asked> {
        visitor.visit_byte_buf(self.octets(u64::MAX)?.to_vec())
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Asked> {
        match self.peek()? {
            NULL | UNDEFINED => {
                self.take(1)?;
                visitor.visit_none()
            }
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Asked> {
        match self.array()? {
            [NULL | UNDEFINED] => visitor.visit_unit(),
            _ => Err(Asked),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Asked> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Asked> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Asked> {
        self.parts(major::ARRAY, |parts| visitor.visit_seq(parts))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Asked> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Asked> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Asked> {
        self.parts(major::MAP, |parts| visitor.visit_map(parts))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Asked> {
        self.deserialize_map(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Asked> {
        match self.peek()? & 0xe0 {
            major::TEXT => visitor.visit_str(self.text(SHOWN_MAX)?),
            _ => visitor.visit_bytes(self.octets(SHOWN_MAX)?),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Asked> {
        if name == CIBORIUM_TAG {
            return Err(Asked);
        }
        let has_more = match self.peek()? & 0xe0 {
            major::TEXT => false,
            _ => match self.head()? {
                (major::MAP, 1) => true,
                _ => return Err(Asked),
            },
        };
        self.deeper(|reader| visitor.visit_enum(Variant { reader, has_more }))
    }

    fn is_human_readable(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests;
