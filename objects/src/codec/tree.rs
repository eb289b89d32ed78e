//! `Value` as `serde` data: itself where a Value is made or read, a faithful tree where rows are.
//!
//! In rows the kinds that CBOR has are written as they are; a map with a number for its first key
//! stands for the others, which cannot be mistaken for a Struct, whose keys are text:
//!
//! | written | stands for |
//! | --- | --- |
//! | `{0: true}` | Undefined |
//! | `{1: name}` | Symbol |
//! | `{2: octets}` | Integer beyond 64 bits, two's complement, big-endian |
//! | `{3: tag, 4: value}` | Tagged |
//! | `{5: message}` | Error |
//! | `{6: reference}` | Reference of a session's own |
//! | `{7: [designator, transport, hints, swiss number]}` | SturdyRef |
//!
//! A reference of the vat's is its token alone: in a state no other octets begin with the mark.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use serde::de::{self, DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::scope::{self, Mode};
use crate::int::Int;
use crate::limits::VALUE_DEPTH_MAX;
use crate::locator::SturdyRef;
use crate::reference::Ref;
use crate::value::{ErrorValue, Tagged, Value};

/// How values name references, and how such a name is kept.
///
/// [`Ref`] is written only by the vat's codec, as an edge. A session's own descriptors are plain
/// data and are written in place.
///
/// ```
/// use hogshead_objects::codec::{Reference, decode_row, encode_row};
/// use hogshead_objects::Value;
/// use serde::{Deserialize, Deserializer, Serializer};
///
/// /// A place in a session's tables.
/// #[derive(Clone, PartialEq, Debug)]
/// struct Export(u64);
///
/// impl Reference for Export {
///     fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
///         serializer.serialize_u64(self.0)
///     }
///
///     fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
///         u64::deserialize(deserializer).map(Self)
///     }
/// }
///
/// let value = Value::List(vec![Value::Ref(Export(7))]);
/// let row = encode_row(&value)?;
/// assert_eq!(decode_row::<Value<Export>>(&row.bytes)?, value);
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
pub trait Reference: Clone + Sized {
    /// Writes the reference.
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;

    /// Reads a reference.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;

    /// The same value with the references of a vat, if these are such.
    fn to_slot(_value: &Value<Self>) -> Option<Value> {
        None
    }

    /// The value, if its references are those of a vat.
    fn from_slot(_value: Value) -> Option<Value<Self>> {
        None
    }
}

impl Reference for Ref {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        super::serialize_ref(*self, serializer)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::deserialize_ref(deserializer)
    }

    fn to_slot(value: &Value) -> Option<Value> {
        Some(value.clone())
    }

    fn from_slot(value: Value) -> Option<Value> {
        Some(value)
    }
}

/// Whether values over `R` are those of a vat.
fn is_of_vat<R: Reference>() -> bool {
    R::from_slot(Value::Null).is_some()
}

const UNDEFINED: u8 = 0;
const SYMBOL: u8 = 1;
const INT: u8 = 2;
const TAG: u8 = 3;
const TAGGED: u8 = 4;
const ERROR: u8 = 5;
const REF: u8 = 6;
const STURDY: u8 = 7;

impl<R: Reference> Serialize for Value<R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::Error;
        match scope::mode() {
            Mode::ToValue => {
                let value = R::to_slot(self).ok_or_else(|| {
                    S::Error::custom("only references of a vat travel in a Value")
                })?;
                scope::serialize_slot(value, serializer)
            }
            Mode::Closed if is_of_vat::<R>() => {
                Err(S::Error::custom("a Value is written only by the vat's own codec"))
            }
            _ => Tree { value: self, depth: 0 }.serialize(serializer),
        }
    }
}

impl<'de, R: Reference> Deserialize<'de> for Value<R> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mode = scope::mode();
        match mode {
            Mode::FromValue => {
                deserializer.deserialize_newtype_struct(scope::VALUE, TreeVisitor::new(mode, 0))
            }
            Mode::Closed if is_of_vat::<R>() => {
                Err(de::Error::custom("a Value is read only by the vat's own codec"))
            }
            _ => deserializer.deserialize_any(TreeVisitor::new(mode, 0)),
        }
    }
}

/// A value as it is written into rows.
struct Tree<'a, R> {
    value: &'a Value<R>,
    depth: usize,
}

impl<'a, R: Reference> Tree<'a, R> {
    fn inside<E: serde::ser::Error>(&self, value: &'a Value<R>) -> Result<Self, E> {
        if self.depth >= VALUE_DEPTH_MAX {
            return Err(E::custom(too_deep()));
        }
        Ok(Self { value, depth: self.depth + 1 })
    }

    /// The map that stands for a kind that CBOR does not have.
    fn special<S: Serializer>(s: S, key: u8, v: &impl Serialize) -> Result<S::Ok, S::Error> {
        let mut map = s.serialize_map(Some(1))?;
        map.serialize_entry(&key, v)?;
        map.end()
    }

    fn int<S: Serializer>(int: &Int, s: S) -> Result<S::Ok, S::Error> {
        match (int.to_i64(), int.to_u64()) {
            (Some(n), _) => s.serialize_i64(n),
            (None, Some(n)) => s.serialize_u64(n),
            (None, None) => {
                let octets = int.to_big().to_signed_bytes_be();
                Self::special(s, INT, &serde_bytes::Bytes::new(&octets))
            }
        }
    }
}

impl<R: Reference> Serialize for Tree<'_, R> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self.value {
            Value::Undefined => Self::special(s, UNDEFINED, &true),
            Value::Null => s.serialize_none(),
            Value::Bool(v) => s.serialize_bool(*v),
            Value::Int(int) => Self::int(int, s),
            Value::Float(v) => s.serialize_f64(crate::value::canonical_float(*v)),
            Value::String(v) => s.serialize_str(v),
            Value::Bytes(v) => s.serialize_bytes(v),
            Value::Symbol(v) => Self::special(s, SYMBOL, &v.as_str()),
            Value::List(values) => {
                let mut list = s.serialize_seq(Some(values.len()))?;
                for value in values {
                    list.serialize_element(&self.inside(value)?)?;
                }
                list.end()
            }
            Value::Struct(fields) => {
                let mut map = s.serialize_map(Some(fields.len()))?;
                for (key, value) in fields {
                    map.serialize_entry(key, &self.inside(value)?)?;
                }
                map.end()
            }
            Value::Tagged(tagged) => {
                let mut map = s.serialize_map(Some(2))?;
                map.serialize_entry(&TAG, &tagged.tag)?;
                map.serialize_entry(&TAGGED, &self.inside(&tagged.value)?)?;
                map.end()
            }
            Value::Error(v) => Self::special(s, ERROR, &v.message),
            Value::Ref(r) if is_of_vat::<R>() => r.write(s),
            Value::Ref(r) => Self::special(s, REF, &Written(r)),
            Value::SturdyRef(v) => Self::special(s, STURDY, &**v),
        }
    }
}

struct Written<'a, R>(&'a R);

impl<R: Reference> Serialize for Written<'_, R> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        self.0.write(s)
    }
}

struct Read<R>(R);

impl<'de, R: Reference> Deserialize<'de> for Read<R> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        R::read(d).map(Self)
    }
}

/// Reads a value from a row, or from what a buffer has kept of a Value.
struct TreeVisitor<R> {
    mode: Mode,
    depth: usize,
    references: PhantomData<R>,
}

impl<R> TreeVisitor<R> {
    fn new(mode: Mode, depth: usize) -> Self {
        Self { mode, depth, references: PhantomData }
    }

    fn inside<E: de::Error>(&self) -> Result<Self, E> {
        if self.depth >= VALUE_DEPTH_MAX {
            return Err(E::custom(too_deep()));
        }
        Ok(Self::new(self.mode, self.depth + 1))
    }
}

impl<'de, R: Reference> DeserializeSeed<'de> for TreeVisitor<R> {
    type Value = Value<R>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value<R>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, R: Reference> Visitor<'de> for TreeVisitor<R> {
    type Value = Value<R>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, d: D) -> Result<Value<R>, D::Error> {
        d.deserialize_any(self)
    }

    fn visit_some<D: Deserializer<'de>>(self, d: D) -> Result<Value<R>, D::Error> {
        d.deserialize_any(self)
    }

    fn visit_unit<E>(self) -> Result<Value<R>, E> {
        Ok(Value::Undefined)
    }

    fn visit_none<E>(self) -> Result<Value<R>, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, v: bool) -> Result<Value<R>, E> {
        Ok(Value::Bool(v))
    }

    fn visit_i64<E>(self, v: i64) -> Result<Value<R>, E> {
        Ok(Value::Int(v.into()))
    }

    fn visit_i128<E>(self, v: i128) -> Result<Value<R>, E> {
        Ok(Value::Int(v.into()))
    }

    fn visit_u64<E>(self, v: u64) -> Result<Value<R>, E> {
        Ok(Value::Int(v.into()))
    }

    fn visit_u128<E>(self, v: u128) -> Result<Value<R>, E> {
        Ok(Value::Int(v.into()))
    }

    fn visit_f64<E>(self, v: f64) -> Result<Value<R>, E> {
        Ok(Value::Float(crate::value::canonical_float(v)))
    }

    fn visit_char<E>(self, v: char) -> Result<Value<R>, E> {
        Ok(Value::String(v.to_string()))
    }

    fn visit_str<E>(self, v: &str) -> Result<Value<R>, E> {
        Ok(Value::String(v.to_owned()))
    }

    fn visit_string<E>(self, v: String) -> Result<Value<R>, E> {
        Ok(Value::String(v))
    }

    fn visit_bytes<E: de::Error>(self, v: &[u8]) -> Result<Value<R>, E> {
        match self.special(v)? {
            Some(value) => Ok(value),
            None => Ok(Value::Bytes(Bytes::copy_from_slice(v))),
        }
    }

    fn visit_byte_buf<E: de::Error>(self, v: Vec<u8>) -> Result<Value<R>, E> {
        match self.special(&v)? {
            Some(value) => Ok(value),
            None => Ok(Value::Bytes(v.into())),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value<R>, A::Error> {
        let mut values = Vec::with_capacity(seq.size_hint().unwrap_or(0).min(1024));
        while let Some(value) = seq.next_element_seed(self.inside()?)? {
            values.push(value);
        }
        Ok(Value::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value<R>, A::Error> {
        let mut fields = BTreeMap::new();
        while let Some(key) = map.next_key()? {
            match key {
                Key::Field(key) => {
                    let value = map.next_value_seed(self.inside()?)?;
                    if fields.insert(key, value).is_some() {
                        return Err(de::Error::custom("a struct has two fields of one name"));
                    }
                }
                Key::Special(key) if fields.is_empty() && self.mode != Mode::FromValue => {
                    return self.visit_special(key, map);
                }
                Key::Special(_) => return Err(de::Error::custom("a struct's field is a number")),
            }
        }
        Ok(Value::Struct(fields))
    }
}

impl<R: Reference> TreeVisitor<R> {
    /// The value that these octets stand for, if they are a token.
    fn special<E: de::Error>(&self, octets: &[u8]) -> Result<Option<Value<R>>, E> {
        match self.mode {
            Mode::FromValue => scope::receive(octets).map(scope::into_value).transpose(),
            Mode::Decode if scope::is_marked(octets) => {
                let r = scope::edge(octets).map_err(E::custom)?;
                scope::into_value(Value::Ref(r)).map(Some)
            }
            _ => Ok(None),
        }
    }

    fn visit_special<'de, A: MapAccess<'de>>(
        self,
        key: u64,
        mut map: A,
    ) -> Result<Value<R>, A::Error> {
        let value = match u8::try_from(key) {
            Ok(UNDEFINED) => map.next_value::<bool>().map(|_| Value::Undefined)?,
            Ok(SYMBOL) => Value::Symbol(map.next_value::<String>()?.into()),
            Ok(INT) => {
                let octets = map.next_value::<serde_bytes::ByteBuf>()?;
                Value::Int(num_bigint::BigInt::from_signed_bytes_be(&octets).into())
            }
            Ok(TAG) => {
                let tag = map.next_value()?;
                match map.next_key()? {
                    Some(Key::Special(next)) if next == u64::from(TAGGED) => {}
                    _ => return Err(de::Error::custom("a tag without its value")),
                }
                let value = map.next_value_seed(self.inside()?)?;
                Value::Tagged(Box::new(Tagged { tag, value }))
            }
            Ok(ERROR) => Value::Error(ErrorValue { message: map.next_value()? }),
            Ok(REF) => Value::Ref(map.next_value::<Read<R>>()?.0),
            Ok(STURDY) => Value::SturdyRef(Box::new(map.next_value::<SturdyRef>()?)),
            _ => return Err(de::Error::custom(format_args!("no kind of value has number {key}"))),
        };
        match map.next_key::<Key>()? {
            None => Ok(value),
            Some(_) => Err(de::Error::custom("a special value has more than its parts")),
        }
    }
}

/// The key of a map: a field's name, or the number of a special kind.
enum Key {
    Field(String),
    Special(u64),
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;

        impl Visitor<'_> for KeyVisitor {
            type Value = Key;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a field's name")
            }

            fn visit_str<E>(self, v: &str) -> Result<Key, E> {
                Ok(Key::Field(v.to_owned()))
            }

            fn visit_string<E>(self, v: String) -> Result<Key, E> {
                Ok(Key::Field(v))
            }

            fn visit_u64<E>(self, v: u64) -> Result<Key, E> {
                Ok(Key::Special(v))
            }
        }

        deserializer.deserialize_any(KeyVisitor)
    }
}

fn too_deep() -> String {
    format!("nested deeper than {VALUE_DEPTH_MAX} levels")
}
