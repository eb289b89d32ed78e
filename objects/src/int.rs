//! Integers of any size, with those that fit 64 bits kept flat.

use std::fmt;

use num_bigint::BigInt;

/// An integer of any size.
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
