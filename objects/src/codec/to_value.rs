//! The serializer whose output is a [`Value`].

mod leaf;

use std::collections::BTreeMap;

use bytes::Bytes;
use serde::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant,
};
use serde::{Serialize, Serializer};

use self::leaf::{Leaf, Plain, not_a_key};
use super::fault::Fault;
use super::scope::{self, Mode, SLOT};
use crate::int::Int;
use crate::limits::VALUE_DEPTH_MAX;
use crate::value::Value;

pub(super) fn to_value<T: Serialize + ?Sized>(t: &T) -> Result<Value, Fault> {
    let guard = scope::enter(Mode::ToValue, 0, &[]);
    let value = t.serialize(ToValue { depth: 0 })?;
    if guard.finish().complete {
        Ok(value)
    } else {
        Err(Fault::other("a reference was written to another serializer"))
    }
}

/// Serializes what stands under `depth` containers.
#[derive(Clone, Copy)]
struct ToValue {
    depth: usize,
}

impl ToValue {
    /// The serializer for what is inside a container that stands here.
    fn inside(self) -> Result<Self, Fault> {
        if self.depth >= VALUE_DEPTH_MAX {
            Err(too_deep())
        } else {
            Ok(Self { depth: self.depth + 1 })
        }
    }

    /// Puts a value that was one already into its place.
    fn place(self, value: Value) -> Result<Value, Fault> {
        if self.depth + value.depth() > VALUE_DEPTH_MAX {
            value.dismantle();
            return Err(too_deep());
        }
        Ok(value)
    }

    fn list(self, length: Option<usize>) -> Result<List, Fault> {
        // A length is only a hint, and may come from data.
        let values = Vec::with_capacity(length.unwrap_or(0).min(1024));
        Ok(List { inside: self.inside()?, values, variant: None })
    }

    fn fields(self) -> Result<Fields, Fault> {
        let inside = self.inside()?;
        Ok(Fields { inside, fields: BTreeMap::new(), key: None, variant: None })
    }
}

fn too_deep() -> Fault {
    Fault::other(format!("nested deeper than {VALUE_DEPTH_MAX} levels"))
}

macro_rules! integers {
    ($($method:ident: $type:ty),* $(,)?) => {
        $(fn $method(self, n: $type) -> Result<Value, Fault> {
            Ok(Value::Int(Int::from(n)))
        })*
    };
}

impl Serializer for ToValue {
    type Ok = Value;
    type Error = Fault;
    type SerializeSeq = List;
    type SerializeTuple = List;
    type SerializeTupleStruct = List;
    type SerializeTupleVariant = List;
    type SerializeMap = Fields;
    type SerializeStruct = Fields;
    type SerializeStructVariant = Fields;

    integers! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_i128: i128, serialize_u8: u8, serialize_u16: u16, serialize_u32: u32,
        serialize_u64: u64, serialize_u128: u128,
    }

    fn serialize_bool(self, v: bool) -> Result<Value, Fault> {
        Ok(Value::Bool(v))
    }

    fn serialize_f32(self, v: f32) -> Result<Value, Fault> {
        self.serialize_f64(f64::from(v))
    }

    fn serialize_f64(self, v: f64) -> Result<Value, Fault> {
        Ok(Value::from(v))
    }

    fn serialize_char(self, v: char) -> Result<Value, Fault> {
        Ok(Value::String(v.to_string()))
    }

    fn serialize_str(self, v: &str) -> Result<Value, Fault> {
        Ok(Value::String(v.to_owned()))
    }

    fn serialize_bytes(self, v: &[u8]) -> Result<Value, Fault> {
        Ok(Value::Bytes(Bytes::copy_from_slice(v)))
    }

    fn serialize_none(self) -> Result<Value, Fault> {
        Ok(Value::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, v: &T) -> Result<Value, Fault> {
        v.serialize(self)
    }

    fn serialize_unit(self) -> Result<Value, Fault> {
        Ok(Value::Undefined)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, Fault> {
        Ok(Value::Undefined)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Value, Fault> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        v: &T,
    ) -> Result<Value, Fault> {
        if name != SLOT {
            return v.serialize(self);
        }
        match v.serialize(Leaf)? {
            Plain::Slot(value) => self.place(value),
            Plain::Text(_) => Err(Fault::other("a special value without its token")),
        }
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        v: &T,
    ) -> Result<Value, Fault> {
        let value = v.serialize(self.inside()?).map_err(|fault| fault.at_field(variant))?;
        Ok(one_field(variant, value))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<List, Fault> {
        self.list(length)
    }

    fn serialize_tuple(self, length: usize) -> Result<List, Fault> {
        self.list(Some(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<List, Fault> {
        self.list(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<List, Fault> {
        let list = self.inside()?.list(Some(length))?;
        Ok(List { variant: Some(variant), ..list })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Fields, Fault> {
        self.fields()
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Fields, Fault> {
        self.fields()
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Fields, Fault> {
        let fields = self.inside()?.fields()?;
        Ok(Fields { variant: Some(variant), ..fields })
    }
}

fn one_field(name: &str, value: Value) -> Value {
    Value::Struct(BTreeMap::from([(name.to_owned(), value)]))
}

/// A List under construction.
struct List {
    inside: ToValue,
    values: Vec<Value>,
    variant: Option<&'static str>,
}

impl List {
    fn push<T: Serialize + ?Sized>(&mut self, v: &T) -> Result<(), Fault> {
        let value = v.serialize(self.inside).map_err(|fault| fault.at_index(self.values.len()))?;
        self.values.push(value);
        Ok(())
    }

    fn finish(self) -> Value {
        let list = Value::List(self.values);
        match self.variant {
            Some(variant) => one_field(variant, list),
            None => list,
        }
    }
}

macro_rules! list {
    ($($trait:ident :: $method:ident),*) => {
        $(impl $trait for List {
            type Ok = Value;
            type Error = Fault;

            fn $method<T: Serialize + ?Sized>(&mut self, v: &T) -> Result<(), Fault> {
                self.push(v)
            }

            fn end(self) -> Result<Value, Fault> {
                Ok(self.finish())
            }
        })*
    };
}

list!(
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field
);

/// A Struct under construction.
struct Fields {
    inside: ToValue,
    fields: BTreeMap<String, Value>,
    key: Option<String>,
    variant: Option<&'static str>,
}

impl Fields {
    fn set<T: Serialize + ?Sized>(&mut self, key: String, v: &T) -> Result<(), Fault> {
        match v.serialize(self.inside) {
            Ok(value) => match self.fields.insert(key, value) {
                None => Ok(()),
                Some(_) => Err(Fault::other("a struct has two fields of one name")),
            },
            Err(fault) => Err(fault.at_field(&key)),
        }
    }

    fn finish(self) -> Value {
        let fields = Value::Struct(self.fields);
        match self.variant {
            Some(variant) => one_field(variant, fields),
            None => fields,
        }
    }
}

impl SerializeMap for Fields {
    type Ok = Value;
    type Error = Fault;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Fault> {
        self.key = Some(match key.serialize(Leaf)? {
            Plain::Text(text) => text,
            Plain::Slot(Value::Symbol(symbol)) => symbol.as_str().to_owned(),
            Plain::Slot(Value::Int(int)) => int.to_string(),
            Plain::Slot(value) => return Err(not_a_key(value.type_name())),
        });
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, v: &T) -> Result<(), Fault> {
        let key = self.key.take().ok_or_else(|| Fault::other("a map gave a value before a key"))?;
        self.set(key, v)
    }

    fn end(self) -> Result<Value, Fault> {
        Ok(self.finish())
    }
}

impl SerializeStruct for Fields {
    type Ok = Value;
    type Error = Fault;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        v: &T,
    ) -> Result<(), Fault> {
        self.set(key.to_owned(), v)
    }

    fn end(self) -> Result<Value, Fault> {
        Ok(self.finish())
    }
}

impl SerializeStructVariant for Fields {
    type Ok = Value;
    type Error = Fault;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        v: &T,
    ) -> Result<(), Fault> {
        self.set(key.to_owned(), v)
    }

    fn end(self) -> Result<Value, Fault> {
        Ok(self.finish())
    }
}
