//! CBOR written quickly: the bytes that ciborium writes, straight into a vector.
//!
//! Every row of a turn is written here, so it counts. What is rare (floating-point numbers, those
//! beyond 64 bits, tags) is left to ciborium, and so is whatever fails: what is written, and what
//! is an error, is what it says.

use std::cell::Cell;
use std::fmt;

use bytes::Bytes;
use serde::ser::{self, Serialize};

use crate::error::{Class, Error, Result};

/// Appends the CBOR of a value, as `ciborium::into_writer` writes it.
///
/// ```
/// let mut bytes = vec![1];
/// hogshead_objects::codec::write_cbor(&("tea", 3_u64), &mut bytes)?;
/// assert_eq!(bytes, [1, 0x82, 0x63, b't', b'e', b'a', 3]);
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
pub fn write_cbor<T: Serialize + ?Sized>(value: &T, out: &mut Vec<u8>) -> Result<()> {
    let start = out.len();
    if try_write(value, out).is_ok() {
        return Ok(());
    }
    out.truncate(start);
    ciborium::into_writer(value, out)
        .map_err(|error| Error::new(Class::Failed, format!("this cannot be written: {error}")))
}

/// The CBOR of a value behind a `head`, in no more memory than it takes.
pub fn cbor_behind<T: Serialize + ?Sized>(head: &[u8], value: &T) -> Result<Bytes> {
    let mut scratch = scratch();
    scratch.extend_from_slice(head);
    write_cbor(value, &mut scratch)?;
    Ok(fitted(scratch))
}

/// An empty vector to write into, which mostly has its room already.
pub(super) fn scratch() -> Vec<u8> {
    let mut scratch = SCRATCH.take();
    scratch.clear();
    scratch
}

/// What was written into a [`scratch`], in no more memory than it takes.
pub(super) fn fitted(scratch: Vec<u8>) -> Bytes {
    if scratch.len() > SCRATCH_BYTES_MAX && scratch.capacity() - scratch.len() <= SPARE_BYTES_MAX {
        return scratch.into();
    }
    let bytes = Bytes::copy_from_slice(&scratch);
    if scratch.capacity() <= SCRATCH_BYTES_MAX {
        SCRATCH.set(scratch);
    }
    bytes
}

/// Appends the head of an array whose parts, so many of them, are appended next.
pub fn write_cbor_array(parts: usize, out: &mut Vec<u8>) {
    head(out, major::ARRAY, parts as u64);
}

thread_local! {
    /// What rows are written into before they are copied, to be used again.
    static SCRATCH: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// How much of it is kept for the next row.
const SCRATCH_BYTES_MAX: usize = 64 << 10;

/// How much more than it takes a long value may be given.
const SPARE_BYTES_MAX: usize = 1 << 10;

/// Octets that count as many: there is room for what follows them, lest it move them.
const MANY_OCTETS: usize = 16 << 10;

/// As [`write_cbor`], for what is written in a scope that must not see a value twice: an error says
/// only that ciborium is to be asked.
pub(super) fn try_write<T: Serialize + ?Sized>(value: &T, out: &mut Vec<u8>) -> Result<(), Asked> {
    value.serialize(Writer(out))
}

/// It is ciborium's to say.
#[derive(Debug)]
pub(super) struct Asked;

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it is written by ciborium alone")
    }
}

impl std::error::Error for Asked {}

impl ser::Error for Asked {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

struct Writer<'o>(&'o mut Vec<u8>);

/// A sequence or a map that is being written; `open` if its length was not known.
struct Parts<'o> {
    out: &'o mut Vec<u8>,
    open: bool,
}

/// Major types, in the high bits of a head.
pub(super) mod major {
    pub const UNSIGNED: u8 = 0;
    pub const NEGATIVE: u8 = 1 << 5;
    pub const OCTETS: u8 = 2 << 5;
    pub const TEXT: u8 = 3 << 5;
    pub const ARRAY: u8 = 4 << 5;
    pub const MAP: u8 = 5 << 5;
}

pub(super) const FALSE: u8 = 0xf4;
pub(super) const TRUE: u8 = 0xf5;
pub(super) const NULL: u8 = 0xf6;
/// In a head: a length of its own end mark.
const UNKNOWN: u8 = 31;
const BREAK: u8 = 0xff;

impl<'o> Writer<'o> {
    fn head(&mut self, major: u8, number: u64) {
        head(self.0, major, number);
    }

    fn parts(mut self, major: u8, length: Option<usize>) -> Parts<'o> {
        match length {
            Some(length) => self.head(major, length as u64),
            None => self.0.push(major | UNKNOWN),
        }
        Parts { out: self.0, open: length.is_none() }
    }

    /// The head of a variant with something in it: a map of its name.
    fn variant(&mut self, name: &str) {
        self.head(major::MAP, 1);
        self.text(name);
    }

    fn text(&mut self, text: &str) {
        match text.as_bytes() {
            // The name of a field of nearly every row.
            [letter] => self.0.extend_from_slice(&[major::TEXT | 1, *letter]),
            octets => {
                self.head(major::TEXT, octets.len() as u64);
                self.0.extend_from_slice(octets);
            }
        }
    }
}

/// The shortest head of an item: its major type and its argument (RFC 8949, section 3).
#[inline]
fn head(out: &mut Vec<u8>, major: u8, number: u64) {
    match number {
        0..24 => out.push(major | number as u8),
        _ => long_head(out, major, number),
    }
}

fn long_head(out: &mut Vec<u8>, major: u8, number: u64) {
    match number {
        0..0x100 => out.extend_from_slice(&[major | 24, number as u8]),
        0x100..0x1_0000 => {
            let [a, b] = (number as u16).to_be_bytes();
            out.extend_from_slice(&[major | 25, a, b]);
        }
        0x1_0000..0x1_0000_0000 => {
            let [a, b, c, d] = (number as u32).to_be_bytes();
            out.extend_from_slice(&[major | 26, a, b, c, d]);
        }
        _ => {
            out.push(major | 27);
            out.extend_from_slice(&number.to_be_bytes());
        }
    }
}

/// Smaller numbers are written as the widest.
macro_rules! widened {
    ($($name:ident($small:ty) => $wide:ident;)*) => {
        $(fn $name(self, v: $small) -> Result<(), Asked> {
            self.$wide(v.into())
        })*
    };
}

impl<'o> ser::Serializer for Writer<'o> {
    type Ok = ();
    type Error = Asked;
    type SerializeSeq = Parts<'o>;
    type SerializeTuple = Parts<'o>;
    type SerializeTupleStruct = Parts<'o>;
    type SerializeTupleVariant = Parts<'o>;
    type SerializeMap = Parts<'o>;
    type SerializeStruct = Parts<'o>;
    type SerializeStructVariant = Parts<'o>;

    widened! {
        serialize_i8(i8) => serialize_i64;
        serialize_i16(i16) => serialize_i64;
        serialize_i32(i32) => serialize_i64;
        serialize_u8(u8) => serialize_u64;
        serialize_u16(u16) => serialize_u64;
        serialize_u32(u32) => serialize_u64;
        serialize_f32(f32) => serialize_f64;
    }

    fn serialize_bool(self, v: bool) -> Result<(), Asked> {
        self.0.push(if v { TRUE } else { FALSE });
        Ok(())
    }

    fn serialize_i64(mut self, v: i64) -> Result<(), Asked> {
        if v < 0 {
            self.head(major::NEGATIVE, !v.cast_unsigned());
        } else {
            self.head(major::UNSIGNED, v.cast_unsigned());
        }
        Ok(())
    }

    fn serialize_u64(mut self, v: u64) -> Result<(), Asked> {
        self.head(major::UNSIGNED, v);
        Ok(())
    }

    fn serialize_i128(self, v: i128) -> Result<(), Asked> {
        ciborium::into_writer(&v, self.0).map_err(|_| Asked)
    }

    fn serialize_u128(self, v: u128) -> Result<(), Asked> {
        ciborium::into_writer(&v, self.0).map_err(|_| Asked)
    }

    fn serialize_f64(self, v: f64) -> Result<(), Asked> {
        ciborium::into_writer(&v, self.0).map_err(|_| Asked)
    }

    fn serialize_char(mut self, v: char) -> Result<(), Asked> {
        self.text(v.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn serialize_str(mut self, v: &str) -> Result<(), Asked> {
        self.text(v);
        Ok(())
    }

    fn serialize_bytes(mut self, v: &[u8]) -> Result<(), Asked> {
        if v.len() >= MANY_OCTETS {
            self.0.reserve(v.len().saturating_add(SPARE_BYTES_MAX));
        }
        self.head(major::OCTETS, v.len() as u64);
        self.0.extend_from_slice(v);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Asked> {
        self.0.push(NULL);
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Asked> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Asked> {
        self.serialize_none()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Asked> {
        self.serialize_none()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Asked> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Asked> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        mut self,
        name: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Asked> {
        if name == CIBORIUM_TAG {
            return Err(Asked);
        }
        self.variant(variant);
        value.serialize(self)
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Parts<'o>, Asked> {
        Ok(self.parts(major::ARRAY, length))
    }

    fn serialize_tuple(self, length: usize) -> Result<Parts<'o>, Asked> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Parts<'o>, Asked> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(
        mut self,
        name: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Parts<'o>, Asked> {
        if name == CIBORIUM_TAG {
            return Err(Asked);
        }
        self.variant(variant);
        self.serialize_seq(Some(length))
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Parts<'o>, Asked> {
        Ok(self.parts(major::MAP, length))
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Parts<'o>, Asked> {
        self.serialize_map(Some(length))
    }

    fn serialize_struct_variant(
        mut self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Parts<'o>, Asked> {
        self.variant(variant);
        self.serialize_map(Some(length))
    }

    fn is_human_readable(&self) -> bool {
        false
    }
}

impl Parts<'_> {
    fn part<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Asked> {
        value.serialize(Writer(self.out))
    }

    fn named<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Asked> {
        Writer(self.out).text(name);
        self.part(value)
    }

    fn finish(self) {
        if self.open {
            self.out.push(BREAK);
        }
    }
}

/// The parts of what has them one after another.
macro_rules! parts {
    ($($trait:ident::$name:ident;)*) => {
        $(impl ser::$trait for Parts<'_> {
            type Ok = ();
            type Error = Asked;

            fn $name<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Asked> {
                self.part(value)
            }

            fn end(self) -> Result<(), Asked> {
                self.finish();
                Ok(())
            }
        })*
    };
}

parts! {
    SerializeSeq::serialize_element;
    SerializeTuple::serialize_element;
    SerializeTupleStruct::serialize_field;
    SerializeTupleVariant::serialize_field;
}

/// The parts of what has them under names.
macro_rules! named_parts {
    ($($trait:ident;)*) => {
        $(impl ser::$trait for Parts<'_> {
            type Ok = ();
            type Error = Asked;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), Asked> {
                self.named(name, value)
            }

            fn end(self) -> Result<(), Asked> {
                self.finish();
                Ok(())
            }
        })*
    };
}

named_parts! {
    SerializeStruct;
    SerializeStructVariant;
}

impl ser::SerializeMap for Parts<'_> {
    type Ok = ();
    type Error = Asked;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Asked> {
        self.part(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Asked> {
        self.part(value)
    }

    fn end(self) -> Result<(), Asked> {
        self.finish();
        Ok(())
    }
}

/// By this name ciborium knows what is to become a tag.
pub(super) const CIBORIUM_TAG: &str = "@@TAG@@";

#[cfg(test)]
pub(in crate::codec) mod tests;
