//! What stands inside values: names of fields, variants of enums, tokens.

use serde::de::{
    DeserializeSeed, EnumAccess, IntoDeserializer, Unexpected, VariantAccess, Visitor,
};
use serde::{Deserializer, forward_to_deserialize_any};

use super::super::fault::Fault;
use super::super::scope::{self, ERROR, INT, REF, STURDY, SYMBOL, TAGGED, VALUE};
use super::FromValue;
use crate::value::Value;

/// The name of a field, read as whatever the map's keys are.
pub(super) struct Key<'a>(pub(super) &'a str);

macro_rules! keys {
    ($($method:ident $visit:ident $type:ident),* $(,)?) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            match self.0.parse::<$type>() {
                // One spelling for one key: `+1` and `01` are other strings.
                Ok(v) if v.to_string() == self.0 => visitor.$visit(v),
                _ => Err(Fault::mismatch(concat!("a key (", stringify!($type), ")"), "another string")),
            }
        })*
    };
}

impl<'de> Deserializer<'de> for Key<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_str(self.0)
    }

    keys! {
        deserialize_i8 visit_i8 i8, deserialize_i16 visit_i16 i16, deserialize_i32 visit_i32 i32,
        deserialize_i64 visit_i64 i64, deserialize_i128 visit_i128 i128,
        deserialize_u8 visit_u8 u8, deserialize_u16 visit_u16 u16, deserialize_u32 visit_u32 u32,
        deserialize_u64 visit_u64 u64, deserialize_u128 visit_u128 u128,
        deserialize_bool visit_bool bool, deserialize_char visit_char char,
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let special = match name {
            SYMBOL => Value::Symbol(self.0.to_owned().into()),
            VALUE => Value::String(self.0.to_owned()),
            INT => match self.0.parse() {
                Ok(int) => Value::Int(int),
                Err(_) => return Err(Fault::mismatch("a key (integer)", "another string")),
            },
            REF | STURDY | ERROR | TAGGED => {
                return Err(Fault::mismatch(scope::expecting(name), "a key"));
            }
            _ => return visitor.visit_newtype_struct(self),
        };
        FromValue { value: special, depth: 0 }.hand_over(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_enum(Variant { name: self.0.to_owned(), inner: None })
    }

    forward_to_deserialize_any! {
        f32 f64 str string bytes byte_buf option unit unit_struct seq tuple tuple_struct map
        struct identifier ignored_any
    }
}

/// A variant of an enum: its name, and what it holds.
pub(super) struct Variant {
    pub(super) name: String,
    pub(super) inner: Option<FromValue>,
}

impl<'de> EnumAccess<'de> for Variant {
    type Error = Fault;
    type Variant = Content;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Content), Fault> {
        let name = seed.deserialize(IntoDeserializer::<Fault>::into_deserializer(&*self.name))?;
        Ok((name, Content { variant: self.name, inner: self.inner }))
    }
}

/// What a variant holds.
pub(super) struct Content {
    variant: String,
    inner: Option<FromValue>,
}

impl Content {
    fn read<T>(self, read: impl FnOnce(FromValue) -> Result<T, Fault>) -> Result<T, Fault> {
        let Some(inner) = self.inner else {
            return Err(Fault::mismatch(
                format!("a struct with the field `{}`", self.variant),
                "its name alone",
            ));
        };
        read(inner).map_err(|fault| fault.at_field(&self.variant))
    }
}

impl<'de> VariantAccess<'de> for Content {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        match self.inner {
            None | Some(FromValue { value: Value::Undefined | Value::Null, .. }) => Ok(()),
            Some(inner) => {
                inner.mismatch("undefined").map_err(|fault: Fault| fault.at_field(&self.variant))
            }
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Fault> {
        self.read(|inner| seed.deserialize(inner))
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Fault> {
        self.read(|inner| inner.deserialize_tuple(length, visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.read(|inner| inner.visit_struct(visitor))
    }
}

/// A token on its way to a visitor, under layers of newtype structs.
pub(super) struct Special<'a> {
    pub(super) octets: &'a [u8],
    pub(super) layers: u8,
}

impl<'de> Deserializer<'de> for Special<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.layers {
            0 => visitor.visit_bytes(self.octets),
            more => visitor.visit_newtype_struct(Special { layers: more - 1, ..self }),
        }
    }

    // Whoever asks for octets, or for anything else, must not be given a token.
    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        Err(serde::de::Error::invalid_type(Unexpected::NewtypeStruct, &visitor))
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_bytes(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
