//! The serializer of what has no parts.

use serde::ser::Impossible;
use serde::{Serialize, Serializer};

use super::super::fault::Fault;
use super::super::scope;
use crate::value::Value;

pub(super) fn not_a_key(found: &str) -> Fault {
    Fault::mismatch("a string, character, integer or boolean as a key", found)
}

/// Serializes what has no parts: the key of a map, or the token in a slot.
pub(super) struct Leaf;

pub(super) enum Plain {
    Text(String),
    Slot(Value),
}

macro_rules! texts {
    ($($method:ident: $type:ty),* $(,)?) => {
        $(fn $method(self, v: $type) -> Result<Plain, Fault> {
            Ok(Plain::Text(v.to_string()))
        })*
    };
}

impl Serializer for Leaf {
    type Ok = Plain;
    type Error = Fault;
    type SerializeSeq = Impossible<Plain, Fault>;
    type SerializeTuple = Impossible<Plain, Fault>;
    type SerializeTupleStruct = Impossible<Plain, Fault>;
    type SerializeTupleVariant = Impossible<Plain, Fault>;
    type SerializeMap = Impossible<Plain, Fault>;
    type SerializeStruct = Impossible<Plain, Fault>;
    type SerializeStructVariant = Impossible<Plain, Fault>;

    texts! {
        serialize_bool: bool, serialize_char: char, serialize_str: &str,
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_i128: i128, serialize_u8: u8, serialize_u16: u16, serialize_u32: u32,
        serialize_u64: u64, serialize_u128: u128,
    }

    fn serialize_f32(self, _: f32) -> Result<Plain, Fault> {
        Err(not_a_key("float"))
    }

    fn serialize_f64(self, _: f64) -> Result<Plain, Fault> {
        Err(not_a_key("float"))
    }

    fn serialize_bytes(self, v: &[u8]) -> Result<Plain, Fault> {
        scope::take_slot(v).map(Plain::Slot).ok_or_else(|| not_a_key("byte array"))
    }

    fn serialize_none(self) -> Result<Plain, Fault> {
        Err(not_a_key("null"))
    }

    fn serialize_some<T: Serialize + ?Sized>(self, _: &T) -> Result<Plain, Fault> {
        Err(not_a_key("option"))
    }

    fn serialize_unit(self) -> Result<Plain, Fault> {
        Err(not_a_key("undefined"))
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Plain, Fault> {
        Err(not_a_key("undefined"))
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Plain, Fault> {
        Ok(Plain::Text(variant.to_owned()))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        v: &T,
    ) -> Result<Plain, Fault> {
        v.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Plain, Fault> {
        Err(not_a_key("struct"))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, Fault> {
        Err(not_a_key("list"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Fault> {
        Err(not_a_key("list"))
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Fault> {
        Err(not_a_key("list"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Fault> {
        Err(not_a_key("struct"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Fault> {
        Err(not_a_key("struct"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeStruct, Fault> {
        Err(not_a_key("struct"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Fault> {
        Err(not_a_key("struct"))
    }
}
