//! The deserializer whose input is a [`Value`].

mod parts;

use std::collections::btree_map;
use std::vec;

use serde::Deserializer;
use serde::de::{DeserializeOwned, DeserializeSeed, MapAccess, SeqAccess, Visitor};

use self::parts::{Key, Special, Variant};
use super::fault::Fault;
use super::scope::{self, ERROR, HAND, INT, Mode, REF, STURDY, SYMBOL, TAGGED, VALUE};
use crate::int::Int;
use crate::limits::VALUE_DEPTH_MAX;
use crate::value::Value;

pub(super) fn from_value<T: DeserializeOwned>(value: Value) -> Result<T, Fault> {
    let _guard = scope::enter(Mode::FromValue, 0, &[]);
    T::deserialize(FromValue { value, depth: 0 })
}

/// Deserializes a value that stands under `depth` containers.
struct FromValue {
    value: Value,
    depth: usize,
}

impl FromValue {
    fn mismatch<T>(&self, expected: &str) -> Result<T, Fault> {
        Err(Fault::mismatch(expected, self.value.type_name()))
    }

    /// The same value, its depth counted for what is inside.
    fn enter(self) -> Result<Self, Fault> {
        if self.depth >= VALUE_DEPTH_MAX {
            // Only code of our own can have built it, and it must not overflow the stack now.
            self.value.dismantle();
            return Err(Fault::other(format!("nested deeper than {VALUE_DEPTH_MAX} levels")));
        }
        Ok(Self { depth: self.depth + 1, ..self })
    }

    fn visit_list<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let Self { value, depth } = self.enter()?;
        let Value::List(values) = value else {
            return Err(Fault::mismatch("list", value.type_name()));
        };
        let length = values.len();
        let mut elements = Elements { values: values.into_iter(), index: 0, depth };
        let result = visitor.visit_seq(&mut elements)?;
        match elements.values.len() {
            0 => Ok(result),
            rest => {
                Err(Fault::mismatch(format!("a list of {}", length - rest), length.to_string()))
            }
        }
    }

    fn visit_struct<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let Self { value, depth } = self.enter()?;
        let Value::Struct(fields) = value else {
            return Err(Fault::mismatch("struct", value.type_name()));
        };
        let mut entries = Entries { fields: fields.into_iter(), current: None, depth };
        visitor.visit_map(&mut entries)
    }

    /// Gives what serde has no word for to a visitor that buffers, or that takes anything.
    fn visit_special<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let name = self.value.type_name();
        let token = scope::push_slot(self.value).map_err(Fault::other)?;
        // Two layers, so that octets and ordinary newtype structs do not accept it.
        let special = Special { octets: token.as_bytes(), layers: 1 };
        visitor.visit_newtype_struct(special).map_err(|fault| fault.found_special(name))
    }

    /// Gives a special value to the type of ours that asks for it.
    fn hand_over<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        scope::hand_over(self.value);
        visitor.visit_newtype_struct(Special { octets: HAND, layers: 0 })
    }
}

/// The integer that a float is, as far as every integer has a float of its own: peers whose language
/// has but one kind of number, as JavaScript, mean integers by them.
fn whole_number(float: f64) -> Option<i64> {
    const SAFE_MAX: f64 = 9_007_199_254_740_991.0;
    (float.fract() == 0.0 && float.abs() <= SAFE_MAX).then_some(float as i64)
}

macro_rules! integers {
    ($($method:ident $visit:ident $to:ident $type:ident),* $(,)?) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            const EXPECTED: &str = concat!("integer (", stringify!($type), ")");
            let whole;
            let int = match &self.value {
                Value::Int(int) => int,
                Value::Float(float) => match whole_number(*float) {
                    Some(number) => {
                        whole = Int::from(number);
                        &whole
                    }
                    None => return self.mismatch(EXPECTED),
                },
                _ => return self.mismatch(EXPECTED),
            };
            match int.$to().and_then(|n| $type::try_from(n).ok()) {
                Some(n) => visitor.$visit(n),
                None => Err(Fault::mismatch(EXPECTED, "an integer out of its range")),
            }
        })*
    };
}

impl<'de> Deserializer<'de> for FromValue {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Value::Undefined => visitor.visit_unit(),
            Value::Null => visitor.visit_none(),
            Value::Bool(v) => visitor.visit_bool(v),
            Value::Int(ref int) => match (int.to_i64(), int.to_u64()) {
                (Some(n), _) => visitor.visit_i64(n),
                (None, Some(n)) => visitor.visit_u64(n),
                (None, None) => self.visit_special(visitor),
            },
            Value::Float(v) => visitor.visit_f64(v),
            Value::String(v) => visitor.visit_string(v),
            Value::Bytes(v) if scope::is_marked(&v) => {
                Err(Fault::other("a byte array begins with reserved octets"))
            }
            Value::Bytes(v) => visitor.visit_byte_buf(v.into()),
            Value::List(_) => self.visit_list(visitor),
            Value::Struct(_) => self.visit_struct(visitor),
            Value::Symbol(_)
            | Value::Tagged(_)
            | Value::Error(_)
            | Value::Ref(_)
            | Value::SturdyRef(_) => self.visit_special(visitor),
        }
    }

    integers! {
        deserialize_i8 visit_i8 to_i64 i8, deserialize_i16 visit_i16 to_i64 i16,
        deserialize_i32 visit_i32 to_i64 i32, deserialize_i64 visit_i64 to_i64 i64,
        deserialize_i128 visit_i128 to_i128 i128, deserialize_u8 visit_u8 to_u64 u8,
        deserialize_u16 visit_u16 to_u64 u16, deserialize_u32 visit_u32 to_u64 u32,
        deserialize_u64 visit_u64 to_u64 u64, deserialize_u128 visit_u128 to_u128 u128,
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let Value::Bool(v) = self.value else { return self.mismatch("boolean") };
        visitor.visit_bool(v)
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.value {
            Value::Float(v) => visitor.visit_f64(*v),
            Value::Int(int) => match int.to_f64_exact() {
                Some(v) => visitor.visit_f64(v),
                None => Err(Fault::mismatch("float", "an integer that no float holds exactly")),
            },
            _ => self.mismatch("float"),
        }
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let Value::String(text) = &self.value else { return self.mismatch("character") };
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(v), None) => visitor.visit_char(v),
            _ => Err(Fault::mismatch("character", "a string of another length than one")),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let Value::String(v) = self.value else { return self.mismatch("string") };
        visitor.visit_string(v)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let Value::Bytes(v) = self.value else { return self.mismatch("byte array") };
        visitor.visit_byte_buf(v.into())
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Value::Null | Value::Undefined => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Value::Null | Value::Undefined => visitor.visit_unit(),
            _ => self.mismatch("undefined"),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let fits = match name {
            VALUE => true,
            REF => matches!(self.value, Value::Ref(_)),
            SYMBOL => matches!(self.value, Value::Symbol(_)),
            INT => matches!(self.value, Value::Int(_)),
            STURDY => matches!(self.value, Value::SturdyRef(_)),
            ERROR => matches!(self.value, Value::Error(_)),
            TAGGED => matches!(self.value, Value::Tagged(_)),
            _ => return visitor.visit_newtype_struct(self),
        };
        if !fits {
            return self.mismatch(scope::expecting(name));
        }
        if self.depth + self.value.depth() > VALUE_DEPTH_MAX {
            self.value.dismantle();
            return Err(Fault::other(format!("nested deeper than {VALUE_DEPTH_MAX} levels")));
        }
        self.hand_over(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.visit_list(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match &self.value {
            Value::List(values) if values.len() != length => {
                Err(Fault::mismatch(format!("a list of {length}"), values.len().to_string()))
            }
            _ => self.visit_list(visitor),
        }
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_tuple(length, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.visit_struct(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.visit_struct(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let Self { value, depth } = self.enter()?;
        let expected = || format!("{name} (a string, or a struct with one field)");
        match value {
            Value::String(text) => visitor.visit_enum(Variant { name: text, inner: None }),
            Value::Symbol(symbol) => {
                visitor.visit_enum(Variant { name: symbol.into_string(), inner: None })
            }
            Value::Struct(mut fields) => match (fields.pop_first(), fields.is_empty()) {
                (Some((name, value)), true) => {
                    let inner = Some(FromValue { value, depth });
                    visitor.visit_enum(Variant { name, inner })
                }
                _ => Err(Fault::mismatch(expected(), "a struct with none or several")),
            },
            other => Err(Fault::mismatch(expected(), other.type_name())),
        }
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.value {
            Value::String(text) => visitor.visit_str(text),
            Value::Symbol(symbol) => visitor.visit_str(symbol.as_str()),
            _ => self.mismatch("string"),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.value.dismantle();
        visitor.visit_unit()
    }
}

/// The elements of a list.
struct Elements {
    values: vec::IntoIter<Value>,
    index: usize,
    depth: usize,
}

impl<'de> SeqAccess<'de> for Elements {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Fault> {
        let Some(value) = self.values.next() else { return Ok(None) };
        let index = self.index;
        self.index += 1;
        let element = seed.deserialize(FromValue { value, depth: self.depth });
        element.map(Some).map_err(|fault| fault.at_index(index))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.values.len())
    }
}

/// The fields of a struct.
struct Entries {
    fields: btree_map::IntoIter<String, Value>,
    current: Option<(String, Value)>,
    depth: usize,
}

impl<'de> MapAccess<'de> for Entries {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        self.current = self.fields.next();
        let Some((key, _)) = &self.current else { return Ok(None) };
        seed.deserialize(Key(key)).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Fault> {
        let Some((key, value)) = self.current.take() else {
            return Err(Fault::other("a type asked for a field's value before its name"));
        };
        let value = seed.deserialize(FromValue { value, depth: self.depth });
        value.map_err(|fault| fault.at_field(&key))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.fields.len())
    }
}
