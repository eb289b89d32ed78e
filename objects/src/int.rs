//! Integers of any size, with those that fit 64 bits kept flat.

use std::cmp::Ordering;
use std::fmt;

use num_bigint::{BigInt, Sign};
use num_traits::{FromPrimitive, ToPrimitive};
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::codec::{self, Mode};
use crate::limits::INTEGER_DIGITS_MAX;
use crate::value::Value;

/// An integer of any size.
///
/// ```
/// use hogshead_objects::int::Int;
///
/// let big: Int = "340282366920938463463374607431768211456".parse()?;
/// assert_eq!(big.to_u128(), None);
/// assert!(big > Int::from(u128::MAX));
/// assert_eq!(u8::try_from(&Int::from(255))?, 255);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// The representation is unique: what fits an `i64` is never kept big, so that equality and
/// hashing are those of the number.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Int(Repr);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    Small(i64),
    Big(Box<BigInt>),
}

impl Int {
    /// The integer, if it fits.
    pub fn to_i64(&self) -> Option<i64> {
        match &self.0 {
            Repr::Small(small) => Some(*small),
            Repr::Big(_) => None,
        }
    }

    /// The integer, if it fits.
    pub fn to_u64(&self) -> Option<u64> {
        match &self.0 {
            Repr::Small(small) => u64::try_from(*small).ok(),
            Repr::Big(big) => u64::try_from(&**big).ok(),
        }
    }

    /// The integer, if it fits.
    pub fn to_i128(&self) -> Option<i128> {
        match &self.0 {
            Repr::Small(small) => Some(i128::from(*small)),
            Repr::Big(big) => i128::try_from(&**big).ok(),
        }
    }

    /// The integer, if it fits.
    pub fn to_u128(&self) -> Option<u128> {
        match &self.0 {
            Repr::Small(small) => u128::try_from(*small).ok(),
            Repr::Big(big) => u128::try_from(&**big).ok(),
        }
    }

    /// The integer as a float, if a float holds it exactly.
    pub fn to_f64_exact(&self) -> Option<f64> {
        let float = match &self.0 {
            Repr::Small(small) => small.to_f64(),
            Repr::Big(big) => big.to_f64(),
        }?;
        let back = BigInt::from_f64(float)?;
        (Self::from(back) == *self).then_some(float)
    }

    /// The bytes that the number takes, for meters: none if it is small.
    pub(crate) fn size_bytes(&self) -> usize {
        match &self.0 {
            Repr::Small(_) => 0,
            Repr::Big(big) => usize::try_from(big.bits() / 8).unwrap_or(usize::MAX),
        }
    }

    /// The integer as a big one.
    pub fn to_big(&self) -> BigInt {
        match &self.0 {
            Repr::Small(small) => BigInt::from(*small),
            Repr::Big(big) => BigInt::clone(big),
        }
    }
}

impl From<BigInt> for Int {
    fn from(big: BigInt) -> Self {
        match i64::try_from(&big) {
            Ok(small) => Self(Repr::Small(small)),
            Err(_) => Self(Repr::Big(Box::new(big))),
        }
    }
}

macro_rules! from_primitive {
    ($($small:ty),*; $($large:ty),*) => {
        $(impl From<$small> for Int {
            fn from(n: $small) -> Self {
                Self(Repr::Small(i64::from(n)))
            }
        })*
        $(impl From<$large> for Int {
            fn from(n: $large) -> Self {
                match i64::try_from(n) {
                    Ok(small) => Self(Repr::Small(small)),
                    Err(_) => Self(Repr::Big(Box::new(BigInt::from(n)))),
                }
            }
        })*
    };
}

from_primitive!(i8, i16, i32, i64, u8, u16, u32; u64, i128, u128);

/// The integer does not fit the type.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the integer is out of range")]
pub struct OutOfRange;

macro_rules! to_primitive {
    ($($type:ty: $to:ident),*) => {
        $(impl TryFrom<&Int> for $type {
            type Error = OutOfRange;

            fn try_from(int: &Int) -> Result<Self, OutOfRange> {
                int.$to().and_then(|n| n.try_into().ok()).ok_or(OutOfRange)
            }
        })*
    };
}

to_primitive!(
    i8: to_i64, i16: to_i64, i32: to_i64, i64: to_i64, isize: to_i64, i128: to_i128,
    u8: to_u64, u16: to_u64, u32: to_u64, u64: to_u64, usize: to_u64, u128: to_u128
);

impl Ord for Int {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Repr::Small(a), Repr::Small(b)) => a.cmp(b),
            (Repr::Big(a), Repr::Big(b)) => a.cmp(b),
            // What is big is beyond all that is small, on its side of zero.
            (Repr::Big(a), Repr::Small(_)) => a.sign().cmp(&Sign::NoSign),
            (Repr::Small(_), Repr::Big(b)) => Sign::NoSign.cmp(&b.sign()),
        }
    }
}

impl PartialOrd for Int {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Int {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Small(small) => small.fmt(f),
            Repr::Big(big) => big.fmt(f),
        }
    }
}

impl fmt::Debug for Int {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Why a text is not an integer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ParseIntError {
    /// Something else than an optional sign and decimal digits, or digits that begin with zero.
    #[error("an integer is an optional sign and decimal digits without leading zeros")]
    Digits,
    /// More digits than are read.
    #[error("an integer has at most {INTEGER_DIGITS_MAX} digits")]
    TooLong,
}

/// Reads decimal digits with an optional sign, without leading zeros; `-0` is refused.
impl std::str::FromStr for Int {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, ParseIntError> {
        let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
        let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        if !plain || (digits.starts_with('0') && text.len() > 1 && text != "+0") {
            return Err(ParseIntError::Digits);
        }
        if digits.len() > INTEGER_DIGITS_MAX {
            return Err(ParseIntError::TooLong);
        }
        match text.parse::<i64>() {
            Ok(small) => Ok(Self(Repr::Small(small))),
            Err(_) => text.parse::<BigInt>().map(Self::from).map_err(|_| ParseIntError::Digits),
        }
    }
}

/// An Integer in a Value. In rows and other formats a number if it fits 64 bits, else octets in
/// two's complement, big-endian, or decimal digits where the format is meant for readers.
impl Serialize for Int {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self.to_i64(), self.to_u64()) {
            (Some(n), _) => serializer.serialize_i64(n),
            (None, Some(n)) => serializer.serialize_u64(n),
            (None, None) if codec::mode() == Mode::ToValue => {
                codec::serialize_slot(Value::Int(self.clone()), serializer)
            }
            (None, None) if serializer.is_human_readable() => serializer.collect_str(self),
            (None, None) => serializer.serialize_bytes(&self.to_big().to_signed_bytes_be()),
        }
    }
}

impl<'de> Deserialize<'de> for Int {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if codec::mode() == Mode::FromValue {
            deserializer.deserialize_newtype_struct(codec::INT, IntVisitor { slots: true })
        } else {
            deserializer.deserialize_any(IntVisitor { slots: false })
        }
    }
}

struct IntVisitor {
    /// What is big comes in a slot of the Value codec, and in no other form.
    slots: bool,
}

impl<'de> Visitor<'de> for IntVisitor {
    type Value = Int;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("integer")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, d: D) -> Result<Int, D::Error> {
        d.deserialize_any(self)
    }

    fn visit_i64<E>(self, n: i64) -> Result<Int, E> {
        Ok(n.into())
    }

    fn visit_u64<E>(self, n: u64) -> Result<Int, E> {
        Ok(n.into())
    }

    fn visit_i128<E>(self, n: i128) -> Result<Int, E> {
        Ok(n.into())
    }

    fn visit_u128<E>(self, n: u128) -> Result<Int, E> {
        Ok(n.into())
    }

    fn visit_str<E: de::Error>(self, digits: &str) -> Result<Int, E> {
        if self.slots {
            return Err(E::invalid_type(de::Unexpected::Str(digits), &self));
        }
        digits.parse().map_err(E::custom)
    }

    fn visit_bytes<E: de::Error>(self, octets: &[u8]) -> Result<Int, E> {
        if !self.slots {
            return Ok(BigInt::from_signed_bytes_be(octets).into());
        }
        match codec::receive(octets) {
            Some(Value::Int(int)) => Ok(int),
            _ => Err(E::invalid_type(de::Unexpected::Bytes(octets), &self)),
        }
    }
}
