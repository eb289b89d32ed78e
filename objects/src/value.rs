//! `Value`: the OCapN data model ("Model" of the OCapN draft specifications), references included.
//!
//! `Value` is generic in how it names references: inside a vat that is [`Ref`], on the wire a
//! descriptor of `captp`. [`Value::try_map`] goes from one to the other.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use bytes::Bytes;

use crate::int::Int;
use crate::locator::SturdyRef;
use crate::reference::Ref;

/// Plain data that may pass between objects.
#[derive(Clone, Debug)]
pub enum Value<R = Ref> {
    /// The absence of a value; the result of a method that returns nothing.
    Undefined,
    /// The deliberate absence of a value.
    Null,
    /// True or false.
    Bool(bool),
    /// An integer of any size.
    Int(Int),
    /// An IEEE 754 double. -0 is kept apart from 0; there is one NaN.
    Float(f64),
    /// Unicode text.
    String(String),
    /// Octets.
    Bytes(Bytes),
    /// An identifier, such as a method's name.
    Symbol(Symbol),
    /// A sequence.
    List(Vec<Value<R>>),
    /// Named fields, in no order (kept ascending).
    Struct(BTreeMap<String, Value<R>>),
    /// A value with a tag.
    Tagged(Box<Tagged<R>>),
    /// An error, as data.
    Error(ErrorValue),
    /// A reference to an object or a promise.
    Ref(R),
    /// A reference written down: bearer authority, sealed in every row that holds one.
    SturdyRef(Box<SturdyRef>),
}

impl<R> Value<R> {
    /// The name of the value's type in the model, in lower case.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Undefined => "undefined",
            Self::Null => "null",
            Self::Bool(_) => "boolean",
            Self::Int(_) => "integer",
            Self::Float(_) => "float",
            Self::String(_) => "string",
            Self::Bytes(_) => "byte array",
            Self::Symbol(_) => "symbol",
            Self::List(_) => "list",
            Self::Struct(_) => "struct",
            Self::Tagged(_) => "tagged value",
            Self::Error(_) => "error",
            Self::Ref(_) => "reference",
            Self::SturdyRef(_) => "sturdyref",
        }
    }

    /// The containers inside each other at the deepest place: none for an atom, one for a list of
    /// atoms. Does not recurse.
    pub fn depth(&self) -> usize {
        let mut deepest = 0;
        let mut open = vec![(self, 0)];
        while let Some((value, depth)) = open.pop() {
            let inside = depth + 1;
            match value {
                Self::List(values) => open.extend(values.iter().map(|value| (value, inside))),
                Self::Struct(fields) => open.extend(fields.values().map(|value| (value, inside))),
                Self::Tagged(tagged) => open.push((&tagged.value, inside)),
                _ => {
                    deepest = deepest.max(depth);
                    continue;
                }
            }
            deepest = deepest.max(inside);
        }
        deepest
    }

    /// Every atom and reference inside, and this value itself if it is one. Does not recurse.
    fn leaves(&self) -> impl Iterator<Item = &Self> {
        let mut open = vec![self];
        std::iter::from_fn(move || {
            while let Some(value) = open.pop() {
                match value {
                    Self::List(values) => open.extend(values.iter().rev()),
                    Self::Struct(fields) => open.extend(fields.values().rev()),
                    Self::Tagged(tagged) => open.push(&tagged.value),
                    leaf => return Some(leaf),
                }
            }
            None
        })
    }

    /// The references inside, in order, each as often as it occurs.
    pub fn refs(&self) -> impl Iterator<Item = &R> {
        self.leaves().filter_map(|value| match value {
            Self::Ref(r) => Some(r),
            _ => None,
        })
    }

    /// Whether a sturdyref is inside: then a row that holds the value must be sealed.
    pub fn contains_secret(&self) -> bool {
        self.leaves().any(|value| matches!(value, Self::SturdyRef(_)))
    }

    /// Drops a value of any depth without recursion.
    ///
    /// The ordinary drop recurses, which is safe for everything that was decoded or converted,
    /// because that is never deeper than [`VALUE_DEPTH_MAX`](crate::limits::VALUE_DEPTH_MAX). Code
    /// that nests values in a loop without bound must use this.
    pub fn dismantle(self) {
        let mut open = vec![self];
        while let Some(value) = open.pop() {
            match value {
                Self::List(values) => open.extend(values),
                Self::Struct(fields) => open.extend(fields.into_values()),
                Self::Tagged(tagged) => open.push(tagged.value),
                _ => {}
            }
        }
    }
}

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

/// A value with a tag: the model's Tagged.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tagged<R = Ref> {
    /// The tag.
    pub tag: String,
    /// What is tagged.
    pub value: Value<R>,
}

/// An error as data: what a peer may be told, and no more.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct ErrorValue {
    /// The message, meant for the peer.
    pub message: String,
}

/// An identifier, such as a method's name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Symbol(Cow<'static, str>);

impl Symbol {
    /// A symbol known when the program was compiled; costs nothing.
    pub const fn from_static(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    /// The symbol's name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for Symbol {
    fn from(name: String) -> Self {
        Self(Cow::Owned(name))
    }
}

impl From<&'static str> for Symbol {
    fn from(name: &'static str) -> Self {
        Self::from_static(name)
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
