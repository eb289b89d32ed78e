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

/// A value with a tag: the model's Tagged.
#[derive(Clone, Debug)]
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
