//! Single kinds of values as types of their own: itself in a Value, plain data in rows.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::scope::{self, Mode};
use super::tree::Reference;
use crate::message::Message;
use crate::value::{ErrorValue, Symbol, Tagged, Value};

impl<R: Reference> Serialize for Message<R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.values.serialize(serializer)
    }
}

impl<'de, R: Reference> Deserialize<'de> for Message<R> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self::apply)
    }
}

impl<R: Reference> Serialize for Tagged<R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Value::Tagged(Box::new(self.clone())).serialize(serializer)
    }
}

impl<'de, R: Reference> Deserialize<'de> for Tagged<R> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = match scope::mode() {
            Mode::FromValue => {
                let slot = scope::deserialize_slot(scope::TAGGED, deserializer)?;
                scope::into_value(slot)?
            }
            _ => Value::deserialize(deserializer)?,
        };
        match value {
            Value::Tagged(tagged) => Ok(*tagged),
            other => {
                let found = de::Unexpected::Other(other.type_name());
                Err(de::Error::invalid_type(found, &"tagged value"))
            }
        }
    }
}

impl Serialize for Symbol {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match scope::mode() {
            Mode::ToValue => scope::serialize_slot(Value::Symbol(self.clone()), serializer),
            _ => serializer.serialize_str(self.as_str()),
        }
    }
}

impl<'de> Deserialize<'de> for Symbol {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if scope::mode() != Mode::FromValue {
            return String::deserialize(deserializer).map(Self::from);
        }
        match scope::deserialize_slot(scope::SYMBOL, deserializer)? {
            Value::Symbol(symbol) => Ok(symbol),
            other => {
                Err(de::Error::invalid_type(de::Unexpected::Other(other.type_name()), &"symbol"))
            }
        }
    }
}

impl Serialize for ErrorValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match scope::mode() {
            Mode::ToValue => scope::serialize_slot(Value::Error(self.clone()), serializer),
            _ => serializer.serialize_str(&self.message),
        }
    }
}

impl<'de> Deserialize<'de> for ErrorValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if scope::mode() != Mode::FromValue {
            return String::deserialize(deserializer).map(|message| Self { message });
        }
        match scope::deserialize_slot(scope::ERROR, deserializer)? {
            Value::Error(error) => Ok(error),
            other => {
                Err(de::Error::invalid_type(de::Unexpected::Other(other.type_name()), &"error"))
            }
        }
    }
}
