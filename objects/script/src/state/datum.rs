//! Values of the model in a state: what is on its way in or out, and what the language only hands
//! on.

use std::collections::BTreeMap;

use hogshead_objects::Value;
use hogshead_objects::int::Int;
use hogshead_objects::limits::VALUE_DEPTH_MAX;
use hogshead_objects::value::{ErrorValue, Symbol, Tagged};
use num_bigint::{BigInt, Sign};

use super::NO_STURDYREF;
use super::cbor::{FALSE, Item, NULL, Reader, TRUE, UNDEFINED, Writer};
use crate::error::LoadError;
use crate::machine::Port;
use crate::machine::event::{Border, Datum};

/// The tags of what CBOR has no own kind for. Those of references are a `Border`'s.
mod tag {
    pub(super) const BIG_POSITIVE: u64 = 2;
    pub(super) const BIG_NEGATIVE: u64 = 3;
    pub(super) const PORT: u64 = 8;
    pub(super) const PORT_PROMISE: u64 = 9;
    pub(super) const ANSWER: u64 = 10;
    pub(super) const EXPORT: u64 = 11;
    pub(super) const PROMISE: u64 = 12;
    pub(super) const SYMBOL: u64 = 13;
    pub(super) const TAGGED: u64 = 14;
    pub(super) const ERROR: u64 = 15;
}

/// What stands for a reference in a value.
pub(super) trait Reference: Sized {
    fn write(&self) -> (u64, u32);
    fn read(tag: u64, number: u32) -> Option<Self>;
}

impl Reference for Port {
    fn write(&self) -> (u64, u32) {
        (tag::PORT, self.0)
    }

    fn read(tag: u64, number: u32) -> Option<Self> {
        (tag == tag::PORT).then_some(Self(number))
    }
}

impl Reference for Border {
    fn write(&self) -> (u64, u32) {
        match *self {
            Self::Port(port) => (tag::PORT, port.0),
            Self::PortPromise(port) => (tag::PORT_PROMISE, port.0),
            Self::Answer(number) => (tag::ANSWER, number),
            Self::Export(number) => (tag::EXPORT, number),
            Self::Promise(number) => (tag::PROMISE, number),
        }
    }

    fn read(tag: u64, number: u32) -> Option<Self> {
        Some(match tag {
            tag::PORT => Self::Port(Port(number)),
            tag::PORT_PROMISE => Self::PortPromise(Port(number)),
            tag::ANSWER => Self::Answer(number),
            tag::EXPORT => Self::Export(number),
            tag::PROMISE => Self::Promise(number),
            _ => return None,
        })
    }
}

/// Writes an integer of any size (RFC 8949, 3.4.3).
pub(super) fn write_integer(to: &mut Writer, number: &BigInt) {
    let is_negative = number.sign() == Sign::Minus;
    let size: BigInt = if is_negative { -1 - number } else { number.clone() };
    match u64::try_from(&size) {
        Ok(size) if is_negative => to.negative(size),
        Ok(size) => to.positive(size),
        Err(_) => {
            to.tag(if is_negative { tag::BIG_NEGATIVE } else { tag::BIG_POSITIVE });
            to.blob(&size.to_bytes_be().1);
        }
    }
}

/// Reads an integer of any size.
pub(super) fn read_integer(from: &mut Reader<'_>) -> Result<BigInt, LoadError> {
    let item = from.item()?;
    integer(from, item)?.ok_or_else(|| from.malformed("an integer is expected here"))
}

fn integer(from: &mut Reader<'_>, item: Item<'_>) -> Result<Option<BigInt>, LoadError> {
    Ok(Some(match item {
        Item::Positive(number) => number.into(),
        Item::Negative(number) => -1 - BigInt::from(number),
        Item::Tag(tag @ (tag::BIG_POSITIVE | tag::BIG_NEGATIVE)) => {
            let bytes = from.blob()?;
            if bytes.len() <= 8 || bytes.first() == Some(&0) {
                return Err(LoadError::NotCanonical);
            }
            let size = BigInt::from_bytes_be(Sign::Plus, bytes);
            if tag == tag::BIG_NEGATIVE { -1 - size } else { size }
        }
        _ => return Ok(None),
    }))
}

/// Writes a value.
pub(super) fn write<R: Reference>(to: &mut Writer, value: &Value<R>) {
    match value {
        Value::Undefined => to.simple(UNDEFINED),
        Value::Null => to.simple(NULL),
        Value::Bool(value) => to.boolean(*value),
        Value::Int(number) => write_integer(to, &number.to_big()),
        Value::Float(number) => to.float(*number),
        Value::String(text) => to.text(text),
        Value::Bytes(bytes) => to.blob(bytes),
        Value::Symbol(symbol) => {
            to.tag(tag::SYMBOL);
            to.text(symbol.as_str());
        }
        Value::List(values) => {
            to.array(values.len());
            for value in values {
                write(to, value);
            }
        }
        Value::Struct(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(name, _)| (name.len(), *name));
            to.map(fields.len());
            for (name, value) in fields {
                to.text(name);
                write(to, value);
            }
        }
        Value::Tagged(_) if value.contains_secret() => write_no_sturdyref(to),
        Value::Tagged(tagged) => {
            to.tag(tag::TAGGED);
            to.array(2);
            to.text(&tagged.tag);
            write(to, &tagged.value);
        }
        Value::Error(error) => {
            to.tag(tag::ERROR);
            to.text(&error.message);
        }
        Value::Ref(reference) => {
            let (tag, number) = reference.write();
            to.tag(tag);
            to.positive(number);
        }
        Value::SturdyRef(_) => write_no_sturdyref(to),
    }
}

/// The border lets no sturdyref into the heap; this is for what waits outside of it.
fn write_no_sturdyref(to: &mut Writer) {
    to.tag(tag::ERROR);
    to.text(NO_STURDYREF);
}

/// Reads a value, no deeper than the model allows.
pub(super) fn read<R: Reference>(from: &mut Reader<'_>) -> Result<Value<R>, LoadError> {
    nested(from, VALUE_DEPTH_MAX)
}

fn nested<R: Reference>(from: &mut Reader<'_>, depth: usize) -> Result<Value<R>, LoadError> {
    let deeper = depth.checked_sub(1);
    let item = from.item()?;
    if let Some(number) = integer(from, item)? {
        return Ok(Value::Int(Int::from(number)));
    }
    let Some(deeper) = deeper.or((!matches!(item, Item::Array(_) | Item::Map(_))).then_some(0))
    else {
        return Err(from.malformed("a value is nested too deeply"));
    };
    Ok(match item {
        Item::Simple(UNDEFINED) => Value::Undefined,
        Item::Simple(NULL) => Value::Null,
        Item::Simple(FALSE) => Value::Bool(false),
        Item::Simple(TRUE) => Value::Bool(true),
        Item::Float(number) => Value::Float(number),
        Item::Text(text) => Value::String(text.to_owned()),
        Item::Bytes(bytes) => Value::Bytes(bytes.to_vec().into()),
        Item::Array(len) => {
            let mut values = Vec::new();
            for _ in 0..len {
                values.push(nested(from, deeper)?);
            }
            Value::List(values)
        }
        Item::Map(len) => fields(from, len, deeper)?,
        Item::Tag(tag::SYMBOL) => Value::Symbol(Symbol::from(from.text()?.to_owned())),
        Item::Tag(tag::ERROR) => Value::Error(ErrorValue { message: from.text()?.to_owned() }),
        Item::Tag(tag::TAGGED) => {
            if depth == 0 {
                return Err(from.malformed("a value is nested too deeply"));
            }
            from.array_of(2)?;
            let tag = from.text()?.to_owned();
            Value::Tagged(Box::new(Tagged { tag, value: nested(from, deeper)? }))
        }
        Item::Tag(tag) => {
            let number = from.positive()?;
            let reference = R::read(tag, number);
            Value::Ref(reference.ok_or_else(|| from.malformed("this is no reference"))?)
        }
        _ => return Err(from.malformed("this is no value")),
    })
}

fn fields<R: Reference>(
    from: &mut Reader<'_>,
    len: usize,
    depth: usize,
) -> Result<Value<R>, LoadError> {
    let mut fields = BTreeMap::new();
    let mut last: Option<&str> = None;
    for _ in 0..len {
        let name = from.text()?;
        if last.is_some_and(|last| (last.len(), last) >= (name.len(), name)) {
            return Err(LoadError::NotCanonical);
        }
        last = Some(name);
        fields.insert(name.to_owned(), nested(from, depth)?);
    }
    Ok(Value::Struct(fields))
}

/// Writes what came of something.
pub(super) fn write_outcome(to: &mut Writer, outcome: &Result<Datum, Datum>) {
    let (Ok(value) | Err(value)) = outcome;
    to.array(2);
    to.boolean(outcome.is_ok());
    write(to, value);
}

/// Reads what came of something.
pub(super) fn read_outcome(from: &mut Reader<'_>) -> Result<Result<Datum, Datum>, LoadError> {
    from.array_of(2)?;
    let is_ok = from.boolean()?;
    let value = read(from)?;
    Ok(if is_ok { Ok(value) } else { Err(value) })
}
