//! What holds for every value.

use std::collections::BTreeMap;

use hogshead_objects::codec::{
    Reference, check_round_trip, decode_row, decode_state, encode_row, encode_state, from_value,
    to_value,
};
use hogshead_objects::int::Int;
use hogshead_objects::{Message, Ref, Symbol, Value};
use proptest::prelude::*;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::arbitrary::{check, data, floats, ints, octets, refs, texts, values};
use super::codec::Held;

/// A reference as a session of its own might name it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Place(pub u32);

impl Reference for Place {
    fn write<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_u32(self.0)
    }

    fn read<'de, D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        u32::deserialize(d).map(Self)
    }
}

/// Values where serde buffers.
#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct Buffered {
    kind: String,
    #[serde(flatten)]
    one: One,
    #[serde(flatten)]
    rest: BTreeMap<String, Value>,
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct One {
    one: AnyOf,
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
#[serde(untagged)]
enum AnyOf {
    Held(Held),
    Symbol { symbol: Symbol },
    Int { int: Int },
    Pair(Held, Value),
    Value(Value),
}

/// Sorts of everything that the model has.
#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct Rich {
    int: Int,
    float: f64,
    text: String,
    octets: serde_bytes::ByteBuf,
    held: Option<Held>,
    symbol: Symbol,
    values: Vec<Value>,
    wide: i128,
}

fn rich() -> impl Strategy<Value = Rich> {
    let parts = (
        ints(),
        floats().prop_filter("equal to itself", |v| !v.is_nan()),
        texts(),
        octets(),
        proptest::option::of(refs()),
        texts(),
        proptest::collection::vec(values(), 0..3),
        any::<i128>(),
    );
    parts.prop_map(|(int, float, text, octets, held, symbol, values, wide)| Rich {
        int,
        float,
        text,
        octets: octets.into(),
        held: held.map(Held),
        symbol: symbol.into(),
        values,
        wide,
    })
}

fn fail(error: hogshead_objects::Error) -> TestCaseError {
    TestCaseError::fail(error.to_string())
}

#[test]
fn a_value_passes_through_conversion_unchanged() {
    check(300, values(), |value| {
        prop_assert_eq!(&to_value(&value).map_err(fail)?, &value);
        prop_assert_eq!(&from_value::<Value>(value.clone()).map_err(fail)?, &value);
        Ok(())
    });
}

#[test]
fn a_value_is_kept_with_its_references_as_edges() {
    check(300, values(), |value| {
        let state = encode_state(&value).map_err(fail)?;
        let refs: Vec<Ref> = value.refs().copied().collect();
        prop_assert_eq!(&state.edges, &refs);
        prop_assert_eq!(state.secret, value.contains_secret());
        prop_assert_eq!(&decode_state::<Value>(&state).map_err(fail)?, &value);
        check_round_trip(&value).map_err(fail)?;
        Ok(())
    });
}

#[test]
fn the_same_value_has_the_same_bytes_however_it_was_built() {
    check(200, values(), |value| {
        let rebuilt = from_value::<Value>(to_value(&value).map_err(fail)?).map_err(fail)?;
        prop_assert_eq!(encode_state(&rebuilt).map_err(fail)?, encode_state(&value).map_err(fail)?);
        Ok(())
    });
}

#[test]
fn rust_types_survive_both_ways() {
    check(200, rich(), |rich| {
        let value = to_value(&rich).map_err(fail)?;
        prop_assert_eq!(&from_value::<Rich>(value).map_err(fail)?, &rich);
        check_round_trip(&rich).map_err(fail)?;
        let state = encode_state(&rich).map_err(fail)?;
        prop_assert_eq!(&decode_state::<Rich>(&state).map_err(fail)?, &rich);
        Ok(())
    });
}

fn buffered() -> impl Strategy<Value = Buffered> {
    let one = prop_oneof![
        refs().prop_map(|r| AnyOf::Held(Held(r))),
        texts().prop_map(|name| AnyOf::Symbol { symbol: name.into() }),
        ints().prop_map(|int| AnyOf::Int { int }),
        (refs(), values()).prop_map(|(r, value)| AnyOf::Pair(Held(r), value)),
        // A string: nothing above it fits.
        texts().prop_map(|text| AnyOf::Value(Value::String(text))),
    ];
    let rest = proptest::collection::btree_map("[a-j]{2}", values(), 0..4);
    (texts(), one, rest).prop_map(|(kind, one, rest)| Buffered { kind, one: One { one }, rest })
}

/// Octets that begin like a token are refused where serde buffers a Value.
fn has_reserved_octets(value: &Value) -> bool {
    let reserved = |octets: &bytes::Bytes| octets.starts_with(&[0xFF, 0xA7, 0x0E, 0x5D]);
    value.walk().filter_map(Value::as_bytes).any(reserved)
}

#[test]
fn values_survive_where_serde_buffers() {
    check(300, buffered(), |buffered| {
        check_round_trip(&buffered).map_err(fail)?;
        let state = encode_state(&buffered).map_err(fail)?;
        prop_assert_eq!(&decode_state::<Buffered>(&state).map_err(fail)?, &buffered);
        let value = to_value(&buffered).map_err(fail)?;
        let reserved = has_reserved_octets(&value);
        match from_value::<Buffered>(value) {
            Ok(again) => prop_assert_eq!(again, buffered),
            Err(error) => prop_assert!(reserved, "{}", error),
        }
        Ok(())
    });
}

#[test]
fn sessions_keep_values_over_references_of_their_own() {
    check(300, values(), |value| {
        let mut places = 0;
        let ours: Value<Place> = value
            .clone()
            .try_map(&mut |_| {
                places += 1;
                Ok::<_, ()>(Place(places))
            })
            .unwrap();
        let message = Message::apply(vec![ours]);
        let row = encode_row(&message).map_err(fail)?;
        prop_assert_eq!(row.secret, value.contains_secret());
        let again: Message<Place> = decode_row(&row.bytes).map_err(fail)?;
        prop_assert_eq!(&again.values, &message.values);
        // Without a scope, too, if there is no secret inside.
        let mut bytes = Vec::new();
        let written = ciborium::into_writer(&message, &mut bytes);
        prop_assert_eq!(written.is_ok(), !value.contains_secret());
        if written.is_ok() {
            let again: Message<Place> = ciborium::from_reader(&*bytes).unwrap();
            prop_assert_eq!(&again.values, &message.values);
        }
        // In a Value only references of a vat make sense.
        prop_assert!(to_value(&message).is_err());
        Ok(())
    });
}

#[test]
fn outside_of_the_codec_no_value_is_written() {
    check(50, data(), |value| {
        prop_assert!(serde_json::to_string(&value).is_err());
        prop_assert!(ciborium::into_writer(&value, Vec::new()).is_err());
        Ok(())
    });
}
