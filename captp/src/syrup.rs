//! Syrup: the encoding of everything on the wire.
//!
//! ```text
//!   Value<Descriptor> ──write──▶ octets ──read──▶ Value<Descriptor>
//!                       canonical        bounded, any key order
//! ```
//!
//! Reading builds the model's values at once, without a tree of Syrup in between; byte strings
//! share the frame's memory. There is one canonical text of every value, and reading refuses what
//! has another: leading zeros (`007+`), the negative zero integer (`0-`), white space, sets and
//! single floats. Only the order of a struct's keys is free, since peers differ in it.
//!
//! | value | octets |
//! | --- | --- |
//! | undefined, null | `<4'void>`, `<4'null>` |
//! | true, false | `t`, `f` |
//! | integer | `12+`, `3-`, `0+` |
//! | float | `D` and eight octets, big-endian |
//! | string, symbol, bytes | `5"hello`, `5'hello`, `5:hello` |
//! | list, struct | `[…]`, `{1"a1+1"b2+}` |
//! | tagged, error | `<11'desc:tagged7'decimal4"3.14>`, `<10'desc:error4"boom>` |
//! | sturdyref | `<15'ocapn-sturdyref<10'ocapn-peer…>9:my-object>` |
//! | reference | a record of [`Descriptor`] |

pub mod read;
pub mod split;
pub mod write;

use bytes::Bytes;
use hogshead_objects::Value;

use crate::descriptor::Descriptor;

/// Why octets are not what they should be, and where.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{problem} (octet {at})")]
pub struct DecodeError {
    /// The place in the frame, in octets from its start.
    pub at: usize,
    /// What is wrong there.
    pub problem: Problem,
}

/// What can be wrong with octets.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Problem {
    /// The frame ends within a value.
    #[error("the frame ends too early")]
    Truncated,
    /// Something follows the value.
    #[error("the frame goes on after its end")]
    Trailing,
    /// No value begins with this octet, or another one is due here.
    #[error("unexpected octet")]
    Unexpected,
    /// A number has leading zeros or is a negative zero.
    #[error("the number is not in its shortest form")]
    NotCanonical,
    /// A string, symbol, key or tag is not UTF-8.
    #[error("the text is not UTF-8")]
    NotUtf8,
    /// A struct has a key twice.
    #[error("the struct has a key twice")]
    DuplicateKey,
    /// A record has a label that means nothing here.
    #[error("no such record here")]
    UnknownRecord,
    /// A position or a delta is negative or does not fit 64 bits, or two lists differ in length.
    #[error("not a position")]
    NotAPosition,
    /// A key, a signature or a hash has the wrong form or length.
    #[error("not a key, signature or hash")]
    NotAKey,
    /// A public key has small order or is no point of the curve.
    #[error("not a sound ed25519 key")]
    WeakKey,
    /// A locator or a sturdyref is not in its form.
    #[error("not a locator")]
    NotALocator,
    /// Nested more deeply than [`DEPTH_MAX`](crate::limits::DEPTH_MAX).
    #[error("nested too deeply")]
    TooDeep,
    /// More values than [`VALUES_MAX`](crate::limits::VALUES_MAX).
    #[error("too many values")]
    TooManyValues,
    /// More digits than [`INTEGER_DIGITS_MAX`](crate::limits::INTEGER_DIGITS_MAX).
    #[error("too many digits")]
    TooManyDigits,
    /// A name longer than [`NAME_BYTES_MAX`](crate::limits::NAME_BYTES_MAX).
    #[error("the name is too long")]
    NameTooLong,
    /// More octets than a frame may have.
    #[error("the frame is too long")]
    TooLong,
}

/// Reads a value from octets that hold exactly one.
pub fn decode(octets: &Bytes) -> Result<Value<Descriptor>, DecodeError> {
    let mut reader = read::Reader::new(octets);
    let value = reader.value(0)?;
    reader.finish()?;
    Ok(value)
}

/// Writes a value in its canonical form.
pub fn encode(value: &Value<Descriptor>) -> Bytes {
    let mut out = Vec::with_capacity(64);
    write::value(&mut out, value);
    out.into()
}
