//! Values as JSON, for the command line.
//!
//! What JSON can hold is itself: null, booleans, strings, lists, structs, integers that fit 64
//! bits, finite floats (`3.0` is a float, `3` an integer). The rest is an object with one key that
//! begins with `$`:
//!
//! | JSON | value |
//! | --- | --- |
//! | `{"$undefined": true}` | Undefined |
//! | `{"$int": "123…"}` | an Integer of more than 64 bits |
//! | `{"$float": "NaN"}`, `"Infinity"`, `"-Infinity"`, `"-0"` | the Float64s that JSON has not |
//! | `{"$bytes": "aGk="}` | a ByteArray, in base64 |
//! | `{"$symbol": "name"}` | a Symbol |
//! | `{"$tagged": ["tag", value]}` | a Tagged |
//! | `{"$error": "message"}` | an Error |
//! | `{"$ref": "name"}` | a Reference, by a name that the caller's function knows |
//! | `{"$sturdyref": "ocapn://…/s/…"}` | a SturdyRef; its secret is not shown, and it is not read |
//!
//! A field of a struct whose name begins with `$` has another `$` put in front. So each value has
//! one JSON, and each JSON is one value or refused.

use std::collections::BTreeMap;

use data_encoding::BASE64;
use serde_json::{Map, Number};

use crate::error::{Error, Result};
use crate::int::Int;
use crate::limits::{TEXT_BYTES_MAX, VALUE_DEPTH_MAX};
use crate::reference::Ref;
use crate::value::{ErrorValue, Tagged, Value, canonical_float};

/// JSON itself.
pub type Json = serde_json::Value;

/// The JSON of a value; references are shown by their ids inside the vat.
///
/// ```
/// use hogshead_objects::{Value, json};
///
/// let value = Value::structure([("id", 7_u64.into()), ("kind", Value::symbol("tea"))]);
/// assert_eq!(json::to_json(&value).to_string(), r#"{"id":7,"kind":{"$symbol":"tea"}}"#);
/// ```
pub fn to_json(value: &Value) -> Json {
    to_json_with(value, &mut |r| format!("{r:?}"))
}

/// The JSON of a value, in which `name` tells how a reference is called.
pub fn to_json_with<R>(value: &Value<R>, name: &mut impl FnMut(&R) -> String) -> Json {
    write(value, name, 0)
}

/// The value of a JSON without references.
///
/// Fails with [`Class::BadCall`](crate::Class::BadCall) for what the convention does not know, and
/// for nesting beyond [`VALUE_DEPTH_MAX`].
///
/// ```
/// use hogshead_objects::json;
///
/// let value = json::from_json(serde_json::json!({ "$bytes": "aGk=" }))?;
/// assert_eq!(value.as_bytes().map(|bytes| &**bytes), Some(&b"hi"[..]));
/// assert!(json::from_json(serde_json::json!({ "$ref": "alice" })).is_err());
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
pub fn from_json(json: Json) -> Result<Value> {
    from_json_with(json, &mut |_| Err(Error::bad_call("a reference has no meaning here")))
}

/// The value of a JSON, in which `resolve` tells which reference a name is.
pub fn from_json_with(json: Json, resolve: &mut impl FnMut(&str) -> Result<Ref>) -> Result<Value> {
    read(json, resolve, 0)
}

/// Reads a value from JSON as text.
///
/// Besides what [`from_json_with`] refuses, an integer beyond 64 bits is refused here, with the
/// advice to write `{"$int": "…"}`: a JSON reader would silently make it a float.
pub fn parse(text: &str, resolve: &mut impl FnMut(&str) -> Result<Ref>) -> Result<Value> {
    if text.len() > TEXT_BYTES_MAX {
        return Err(Error::bad_call(format!("JSON has at most {TEXT_BYTES_MAX} bytes")));
    }
    let json = serde_json::from_str(text)
        .map_err(|error| Error::bad_call(format!("this is not JSON: {error}")))?;
    refuse_rounding(text)?;
    from_json_with(json, resolve)
}

fn write<R>(value: &Value<R>, name: &mut impl FnMut(&R) -> String, depth: usize) -> Json {
    if depth > VALUE_DEPTH_MAX {
        // Only code of our own can have built it.
        return special("$error", "nested too deep to be shown");
    }
    match value {
        Value::Undefined => special("$undefined", true),
        Value::Null => Json::Null,
        Value::Bool(v) => Json::Bool(*v),
        Value::Int(v) => match (v.to_i64(), v.to_u64()) {
            (Some(n), _) => n.into(),
            (None, Some(n)) => n.into(),
            (None, None) => special("$int", v.to_string()),
        },
        Value::Float(v) => write_float(*v),
        Value::String(v) => v.as_str().into(),
        Value::Bytes(v) => special("$bytes", BASE64.encode(v)),
        Value::Symbol(v) => special("$symbol", v.as_str()),
        Value::List(values) => {
            values.iter().map(|value| write(value, name, depth + 1)).collect::<Vec<_>>().into()
        }
        Value::Struct(fields) => {
            let fields = fields.iter().map(|(key, value)| {
                let key = if key.starts_with('$') { format!("${key}") } else { key.clone() };
                (key, write(value, name, depth + 1))
            });
            Json::Object(fields.collect())
        }
        Value::Tagged(tagged) => {
            let value = write(&tagged.value, name, depth + 1);
            special("$tagged", vec![tagged.tag.as_str().into(), value])
        }
        Value::Error(v) => special("$error", v.message.as_str()),
        Value::Ref(r) => special("$ref", name(r)),
        Value::SturdyRef(v) => special("$sturdyref", v.to_string()),
    }
}

fn write_float(v: f64) -> Json {
    match v {
        v if v.is_nan() => special("$float", "NaN"),
        f64::INFINITY => special("$float", "Infinity"),
        f64::NEG_INFINITY => special("$float", "-Infinity"),
        v if v == 0.0 && v.is_sign_negative() => special("$float", "-0"),
        v => Number::from_f64(v).map_or(Json::Null, Json::Number),
    }
}

fn special(key: &str, value: impl Into<Json>) -> Json {
    Json::Object(Map::from_iter([(key.to_owned(), value.into())]))
}

fn read(json: Json, resolve: &mut impl FnMut(&str) -> Result<Ref>, depth: usize) -> Result<Value> {
    let inside = depth + 1;
    if inside > VALUE_DEPTH_MAX && matches!(json, Json::Array(_) | Json::Object(_)) {
        return bad(&format!("it nests deeper than {VALUE_DEPTH_MAX} levels"));
    }
    Ok(match json {
        Json::Null => Value::Null,
        Json::Bool(v) => Value::Bool(v),
        Json::Number(n) => match (n.as_i64(), n.as_u64(), n.as_f64()) {
            (Some(n), _, _) => Value::from(n),
            (None, Some(n), _) => Value::from(n),
            (None, None, Some(n)) => Value::from(n),
            (None, None, None) => return bad("a number in it has no float"),
        },
        Json::String(v) => Value::String(v),
        Json::Array(values) => {
            let values = values.into_iter().map(|value| read(value, resolve, inside));
            Value::List(values.collect::<Result<_>>()?)
        }
        Json::Object(mut fields) => {
            let key = fields.keys().find(|key| key.starts_with('$') && !key.starts_with("$$"));
            if let Some(key) = key.cloned() {
                let value = fields.remove(&key).unwrap_or_default();
                if !fields.is_empty() {
                    return bad("a field's name that begins with `$` is written with `$$`");
                }
                return read_special(&key, value, resolve, depth);
            }
            let fields = fields.into_iter().map(|(key, value)| {
                let name = key.strip_prefix('$').map(str::to_owned).unwrap_or(key);
                Ok((name, read(value, resolve, inside)?))
            });
            Value::Struct(fields.collect::<Result<BTreeMap<_, _>>>()?)
        }
    })
}

fn read_special(
    key: &str,
    value: Json,
    resolve: &mut impl FnMut(&str) -> Result<Ref>,
    depth: usize,
) -> Result<Value> {
    Ok(match (key, value) {
        ("$undefined", Json::Bool(true)) => Value::Undefined,
        ("$undefined", _) => return bad("`$undefined` goes with `true`"),
        ("$int", Json::String(digits)) => read_big(&digits)?,
        ("$float", Json::String(name)) => read_float(&name)?,
        ("$bytes", Json::String(text)) => match BASE64.decode(text.as_bytes()) {
            Ok(octets) => Value::bytes(octets),
            Err(_) => return bad("`$bytes` goes with base64"),
        },
        ("$symbol", Json::String(name)) => Value::symbol(name),
        ("$tagged", Json::Array(parts)) => match <[Json; 2]>::try_from(parts) {
            Ok([Json::String(tag), value]) => {
                let value = read(value, resolve, depth + 1)?;
                Value::Tagged(Box::new(Tagged { tag, value }))
            }
            _ => return bad("`$tagged` goes with a list of a tag and a value"),
        },
        ("$tagged", _) => return bad("`$tagged` goes with a list of a tag and a value"),
        ("$error", Json::String(message)) => Value::Error(ErrorValue { message }),
        ("$ref", Json::String(name)) => Value::Ref(resolve(&name)?),
        ("$sturdyref", _) => {
            return bad("a sturdyref is a secret and is not given here: accept it under a name \
                        first, and give `$ref` and the name");
        }
        ("$int" | "$float" | "$bytes" | "$symbol" | "$error" | "$ref", _) => {
            return bad(&format!("`{key}` goes with a string"));
        }
        _ => return bad("a field's name that begins with `$` is written with `$$`"),
    })
}

/// One JSON for each value: what fits 64 bits is a number.
fn read_big(digits: &str) -> Result<Value> {
    let int: Int = digits.parse().map_err(|error| Error::bad_call(format!("`$int`: {error}")))?;
    if digits.starts_with('+') || int.to_i64().is_some() || int.to_u64().is_some() {
        return bad("`$int` is for integers beyond 64 bits; write others as numbers");
    }
    Ok(Value::Int(int))
}

fn read_float(name: &str) -> Result<Value> {
    Ok(Value::Float(match name {
        "NaN" => canonical_float(f64::NAN),
        "Infinity" => f64::INFINITY,
        "-Infinity" => f64::NEG_INFINITY,
        "-0" => -0.0,
        _ => return bad("`$float` goes with NaN, Infinity, -Infinity or -0"),
    }))
}

fn bad<T>(what: &str) -> Result<T> {
    Err(Error::bad_call(format!("this JSON is not a value: {what}")))
}

/// Refuses integers that the JSON reader has rounded to floats. The text is known to be JSON.
fn refuse_rounding(text: &str) -> Result<()> {
    // What is between the quotes of strings is cut away: every other part, once escapes are gone.
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c == '"' || c == '-' || c.is_ascii_digit()) {
        rest = rest.get(start..).unwrap_or_default();
        let end = if let Some(inside) = rest.strip_prefix('"') {
            1 + string_end(inside)
        } else {
            let end = rest.find(|c: char| !matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E'));
            let number = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
            let whole = !number.contains(['.', 'e', 'E']);
            if whole && number.parse::<i64>().is_err() && number.parse::<u64>().is_err() {
                return bad("an integer beyond 64 bits is written {\"$int\": \"…\"}");
            }
            number.len()
        };
        rest = rest.get(end..).unwrap_or_default();
    }
    Ok(())
}

/// Where a string ends, behind its closing quote.
fn string_end(inside: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in inside.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    inside.len()
}
