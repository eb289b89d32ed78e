//! Values from Rust's own types, and when two values are equal.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use bytes::Bytes;

use super::{ErrorValue, Symbol, Tagged, Value};
use crate::int::Int;
use crate::locator::SturdyRef;
use crate::reference::Ref;

macro_rules! from {
    ($($(#[$doc:meta])* $type:ty: |$v:ident| $value:expr),* $(,)?) => {
        $($(#[$doc])* impl From<$type> for Value {
            fn from($v: $type) -> Self {
                $value
            }
        })*
    };
}

// For values inside a vat only, so that `Value::from(3u64)` needs no further annotation.
from! {
    (): |_v| Self::Undefined,
    bool: |v| Self::Bool(v),
    i8: |v| Self::Int(v.into()), i16: |v| Self::Int(v.into()), i32: |v| Self::Int(v.into()),
    i64: |v| Self::Int(v.into()), i128: |v| Self::Int(v.into()), u8: |v| Self::Int(v.into()),
    u16: |v| Self::Int(v.into()), u32: |v| Self::Int(v.into()), u64: |v| Self::Int(v.into()),
    u128: |v| Self::Int(v.into()), Int: |v| Self::Int(v),
    f32: |v| Self::Float(canonical_float(v.into())),
    f64: |v| Self::Float(canonical_float(v)),
    char: |v| Self::String(v.to_string()),
    &str: |v| Self::String(v.to_owned()), String: |v| Self::String(v),
    Bytes: |v| Self::Bytes(v), Symbol: |v| Self::Symbol(v),
    Vec<Value>: |v| Self::List(v), BTreeMap<String, Value>: |v| Self::Struct(v),
    Tagged: |v| Self::Tagged(Box::new(v)), ErrorValue: |v| Self::Error(v),
    Ref: |v| Self::Ref(v), SturdyRef: |v| Self::SturdyRef(Box::new(v)),
}

/// `None` is Null.
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(v: Option<T>) -> Self {
        v.map_or(Self::Null, Into::into)
    }
}

/// Equality of the model ("Pass Invariant Equality"): of one type and one content. -0 is not 0,
/// the one NaN equals itself, 1 is not 1.0. References are equal if they are the same reference;
/// for promises and errors the model leaves it open.
impl<R: PartialEq> PartialEq for Value<R> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Undefined, Self::Undefined) | (Self::Null, Self::Null) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Int(a), Self::Int(b)) => a == b,
            (Self::Float(a), Self::Float(b)) => float_bits(*a) == float_bits(*b),
            (Self::String(a), Self::String(b)) => a == b,
            (Self::Bytes(a), Self::Bytes(b)) => a == b,
            (Self::Symbol(a), Self::Symbol(b)) => a == b,
            (Self::List(a), Self::List(b)) => a == b,
            (Self::Struct(a), Self::Struct(b)) => a == b,
            (Self::Tagged(a), Self::Tagged(b)) => a == b,
            (Self::Error(a), Self::Error(b)) => a == b,
            (Self::Ref(a), Self::Ref(b)) => a == b,
            (Self::SturdyRef(a), Self::SturdyRef(b)) => a == b,
            _ => false,
        }
    }
}

impl<R: Eq> Eq for Value<R> {}

fn float_bits(v: f64) -> u64 {
    canonical_float(v).to_bits()
}

/// The one NaN of the model, whatever NaN it was; anything else unchanged.
pub(crate) fn canonical_float(v: f64) -> f64 {
    if v.is_nan() { f64::from_bits(0x7FF8_0000_0000_0000) } else { v }
}

/// Agrees with the equality: what is equal has one hash.
impl<R: Hash> Hash for Value<R> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::mem::discriminant(self).hash(state);
        match self {
            Self::Undefined | Self::Null => {}
            Self::Bool(v) => v.hash(state),
            Self::Int(v) => v.hash(state),
            Self::Float(v) => float_bits(*v).hash(state),
            Self::String(v) => v.hash(state),
            Self::Bytes(v) => v.hash(state),
            Self::Symbol(v) => v.hash(state),
            Self::List(v) => v.hash(state),
            Self::Struct(v) => v.hash(state),
            Self::Tagged(v) => v.hash(state),
            Self::Error(v) => v.hash(state),
            Self::Ref(v) => v.hash(state),
            Self::SturdyRef(v) => v.hash(state),
        }
    }
}
