//! Where two rows differ: the first field that is not the same, and what is there in each.

use bytes::Bytes;
use ciborium::Value;
use hogshead_objects::ids::VatNumber;
use hogshead_objects::records::Row;

use super::names;
use crate::limits::DIVERGENCE_CHARS_MAX;

/// A row in both forms: not changed, deleted, or put.
pub(super) struct Both {
    pub recorded: Option<Option<Row>>,
    pub replayed: Option<Option<Row>>,
}

/// A row that differs, in words.
pub(super) struct Difference {
    pub rank: u8,
    pub about: String,
    pub field: String,
    pub recorded: String,
    pub replayed: String,
}

/// Says where a row differs. `of` is the vat whose row it is, `turns` the one that took the turn.
pub(super) fn difference(
    of: Option<VatNumber>,
    turns: VatNumber,
    rest: &[u8],
    kind: Option<String>,
    both: &Both,
) -> Difference {
    let mut about = names::about(of, rest, kind.as_deref());
    if let Some(other) = of.filter(|of| *of != turns) {
        about = format!("{about} of vat {other}");
    }
    let rank = names::rank(of, rest);
    let is_secret = |row: &Option<Option<Row>>| {
        row.as_ref().and_then(Option::as_ref).is_some_and(|row| row.secret)
    };
    let secret = is_secret(&both.recorded) || is_secret(&both.replayed);
    if let (Some(Some(recorded)), Some(Some(replayed))) = (&both.recorded, &both.replayed) {
        if recorded.bytes == replayed.bytes {
            let sealed = |row: &Row| if row.secret { "sealed" } else { "in clear" }.to_owned();
            let (recorded, replayed) = (sealed(recorded), sealed(replayed));
            return Difference { rank, about, field: String::new(), recorded, replayed };
        }
        let place = compare(rest.first(), &recorded.bytes, &replayed.bytes);
        let shown = |text: String| if secret { "a secret".to_owned() } else { short(&text) };
        let (recorded, replayed) = (shown(place.recorded), shown(place.replayed));
        return Difference { rank, about, field: place.field, recorded, replayed };
    }
    let shown = |row: &Option<Option<Row>>| match row {
        None => "no change".to_owned(),
        Some(None) => "that it is deleted".to_owned(),
        Some(Some(_)) if secret => "a secret".to_owned(),
        Some(Some(row)) => short(&text(&decode(&row.bytes))),
    };
    let (recorded, replayed) = (shown(&both.recorded), shown(&both.replayed));
    Difference { rank, about, field: String::new(), recorded, replayed }
}

/// A field and what is in it.
struct Place {
    field: String,
    recorded: String,
    replayed: String,
}

fn compare(table: Option<&u8>, recorded: &Bytes, replayed: &Bytes) -> Place {
    let mut path = Vec::new();
    let (one, other) = first_difference(table, decode(recorded), decode(replayed), &mut path);
    Place { field: names::place(table, &path), recorded: one, replayed: other }
}

/// Walks down as long as exactly the shape agrees; gives what is there in each.
fn first_difference(
    table: Option<&u8>,
    one: Value,
    other: Value,
    path: &mut Vec<String>,
) -> (String, String) {
    match (one, other) {
        (Value::Map(one), Value::Map(other)) => {
            for (key, value) in &one {
                let place = other.iter().find(|(k, _)| k == key).map(|(_, value)| value);
                if place == Some(value) {
                    continue;
                }
                path.push(name(table, path, key));
                return match place {
                    Some(place) => first_difference(table, value.clone(), place.clone(), path),
                    None => (text(value), "nothing".to_owned()),
                };
            }
            let new = other.iter().find(|(key, _)| !one.iter().any(|(k, _)| k == key));
            match new {
                Some((key, value)) => {
                    path.push(name(table, path, key));
                    ("nothing".to_owned(), text(value))
                }
                None => (text(&Value::Map(one)), "the same in another order".to_owned()),
            }
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            let pairs = one.into_iter().zip(other).enumerate();
            for (at, (one, other)) in pairs {
                if one != other {
                    path.push(at.to_string());
                    return first_difference(table, one, other, path);
                }
            }
            ("a list".to_owned(), "the same list".to_owned())
        }
        (Value::Bytes(one), Value::Bytes(other)) => match (whole(&one), whole(&other)) {
            // What an object keeps of itself is CBOR within CBOR.
            (Some(one), Some(other)) if is_deep(&one) && is_deep(&other) => {
                first_difference(table, one, other, path)
            }
            _ => (text(&Value::Bytes(one)), text(&Value::Bytes(other))),
        },
        (one, other) => (text(&one), text(&other)),
    }
}

fn name(table: Option<&u8>, path: &[String], key: &Value) -> String {
    let letter = match key {
        Value::Text(text) => text.clone(),
        other => text(other),
    };
    names::field(table, path.len(), path.last().map_or("", String::as_str), &letter)
}

/// A row as a value: most are CBOR, behind a byte of format or not; the rest is bytes.
fn decode(row: &Bytes) -> Value {
    let behind = || row.get(1..).and_then(whole);
    whole(row).filter(is_deep).or_else(behind).unwrap_or_else(|| Value::Bytes(row.to_vec()))
}

/// A value that takes all of the bytes.
fn whole(mut bytes: &[u8]) -> Option<Value> {
    let value = ciborium::from_reader(&mut bytes).ok()?;
    bytes.is_empty().then_some(value)
}

fn is_deep(value: &Value) -> bool {
    matches!(value, Value::Map(_) | Value::Array(_))
}

fn text(value: &Value) -> String {
    match value {
        Value::Integer(number) => i128::from(*number).to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Null => "null".to_owned(),
        Value::Text(text) => format!("{text:?}"),
        Value::Bytes(bytes) => match whole(bytes).filter(is_deep) {
            Some(inner) => text(&inner),
            None => format!("h'{}'", data_encoding::HEXLOWER.encode(bytes)),
        },
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(text).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Map(entries) => {
            let entry = |(key, value): &(Value, Value)| format!("{}: {}", text(key), text(value));
            let entries: Vec<_> = entries.iter().map(entry).collect();
            format!("{{{}}}", entries.join(", "))
        }
        Value::Tag(_, inner) => text(inner),
        _ => "something".to_owned(),
    }
}

fn short(text: &str) -> String {
    if text.chars().count() <= DIVERGENCE_CHARS_MAX {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(DIVERGENCE_CHARS_MAX).collect();
    cut.push('…');
    cut
}
