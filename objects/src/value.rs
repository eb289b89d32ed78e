//! `Value`: the OCapN data model ("Model" of the OCapN draft specifications), references included.
//!
//! ```text
//!   a Rust type ◀─codec─▶ Value ◀─json─▶ JSON          Value ◀─text─▶ the abstract notation
//! ```
//!
//! `Value` is generic in how it names references: inside a vat that is [`Ref`], on the wire a
//! descriptor of `captp`. [`Value::try_map`] goes from one to the other.
//!
//! A value that was decoded or converted is never deeper than
//! [`VALUE_DEPTH_MAX`](crate::limits::VALUE_DEPTH_MAX), so that walking, comparing and dropping it
//! may recurse. Code that nests values in a loop of its own must keep to it, or end with
//! [`Value::dismantle`].

mod convert;
mod walk;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use bytes::Bytes;

use crate::int::Int;
use crate::locator::SturdyRef;
use crate::reference::Ref;

pub(crate) use convert::canonical_float;

/// Plain data that may pass between objects.
///
/// ```
/// use hogshead_objects::Value;
///
/// let value = Value::list([Value::from(1_u64), Value::symbol("tea"), Value::Null]);
/// assert_eq!(value.to_string(), "[1 'tea <null>]");
/// assert_ne!(Value::from(1_u64), Value::from(1.0));
/// assert_eq!(Value::from(f64::NAN), Value::from(-f64::NAN));
/// ```
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

impl Value {
    /// A list.
    pub fn list(values: impl IntoIterator<Item = Value>) -> Self {
        Self::List(values.into_iter().collect())
    }

    /// A struct. Of two fields with one name the later counts.
    ///
    /// ```
    /// use hogshead_objects::Value;
    ///
    /// let order = Value::structure([("item", "tea".into()), ("amount", 3_u64.into())]);
    /// assert_eq!(order.field("item").and_then(Value::as_str), Some("tea"));
    /// assert_eq!(order.to_string(), r#"{amount: 3, item: "tea"}"#);
    /// ```
    pub fn structure<K: Into<String>>(fields: impl IntoIterator<Item = (K, Value)>) -> Self {
        Self::Struct(fields.into_iter().map(|(key, value)| (key.into(), value)).collect())
    }

    /// A symbol.
    pub fn symbol(name: impl Into<Symbol>) -> Self {
        Self::Symbol(name.into())
    }

    /// Octets.
    pub fn bytes(octets: impl Into<Bytes>) -> Self {
        Self::Bytes(octets.into())
    }

    /// A tagged value.
    pub fn tagged(tag: impl Into<String>, value: impl Into<Value>) -> Self {
        Self::Tagged(Box::new(Tagged { tag: tag.into(), value: value.into() }))
    }

    /// An error as data.
    pub fn error(message: impl Into<String>) -> Self {
        Self::Error(ErrorValue { message: message.into() })
    }
}

macro_rules! accessors {
    ($($(#[$doc:meta])* $name:ident: $pattern:pat => $result:expr, $type:ty;)*) => {
        $($(#[$doc])*
        pub fn $name(&self) -> Option<$type> {
            match self {
                $pattern => $result,
                _ => None,
            }
        })*
    };
}

impl<R> Value<R> {
    accessors! {
        /// The boolean, if it is one.
        as_bool: Self::Bool(v) => Some(*v), bool;
        /// The integer, if it is one.
        as_int: Self::Int(v) => Some(v), &Int;
        /// The integer, if it is one and fits.
        as_i64: Self::Int(v) => v.to_i64(), i64;
        /// The integer, if it is one and fits.
        as_u64: Self::Int(v) => v.to_u64(), u64;
        /// The float, if it is one. An integer is none.
        as_f64: Self::Float(v) => Some(*v), f64;
        /// The text of a string, if it is one. A symbol is none.
        as_str: Self::String(v) => Some(v), &str;
        /// The octets, if these are some.
        as_bytes: Self::Bytes(v) => Some(v), &Bytes;
        /// The symbol, if it is one.
        as_symbol: Self::Symbol(v) => Some(v), &Symbol;
        /// The elements of a list, if it is one.
        as_list: Self::List(v) => Some(v), &[Value<R>];
        /// The fields of a struct, if it is one.
        as_struct: Self::Struct(v) => Some(v), &BTreeMap<String, Value<R>>;
        /// The tagged value, if it is one.
        as_tagged: Self::Tagged(v) => Some(v), &Tagged<R>;
        /// The error, if it is one.
        as_error: Self::Error(v) => Some(v), &ErrorValue;
        /// The reference, if it is one.
        as_reference: Self::Ref(v) => Some(v), &R;
        /// The sturdyref, if it is one.
        as_sturdyref: Self::SturdyRef(v) => Some(v), &SturdyRef;
    }

    /// A field of a struct, if it is one and has it.
    pub fn field(&self, name: &str) -> Option<&Value<R>> {
        self.as_struct()?.get(name)
    }

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
}

/// A value with a tag: the model's Tagged.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
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

    /// The symbol's name.
    pub fn into_string(self) -> String {
        self.0.into_owned()
    }
}

impl PartialEq<str> for Symbol {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
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
