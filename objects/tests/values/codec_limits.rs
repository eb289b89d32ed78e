//! Depths, damaged bytes, panics: where conversions end.

use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::Bytes;
use hogshead_objects::codec::{
    check_round_trip, decode_row, decode_state, encode_row, encode_state, from_value, to_value,
};
use hogshead_objects::limits::{STATE_DEPTH_MAX, VALUE_DEPTH_MAX};
use hogshead_objects::{Class, State, Value};
use proptest::prelude::*;
use serde::{Deserialize, Serialize, Serializer};

use super::arbitrary::{check, deep, values};
use super::codec::{BOB, CAROL, Held};

/// A type that nests like a list in a list.
#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct Nest(Vec<Nest>);

impl Nest {
    fn of(depth: usize) -> Self {
        (1..depth).fold(Self(Vec::new()), |inner, _| Self(vec![inner]))
    }
}

#[test]
fn values_convert_up_to_the_depth_limit() {
    let most = deep(VALUE_DEPTH_MAX);
    assert_eq!(to_value(&most).unwrap(), most);
    assert_eq!(from_value::<Value>(most.clone()).unwrap(), most);
    check_round_trip(&most).unwrap();
    let tags = (0..VALUE_DEPTH_MAX).fold(Value::Null, |value, _| Value::tagged("t", value));
    check_round_trip(&tags).unwrap();

    let deeper = || deep(VALUE_DEPTH_MAX + 1);
    for error in [
        to_value(&deeper()).unwrap_err(),
        to_value(std::slice::from_ref(&most)).unwrap_err(),
        from_value::<Value>(deeper()).unwrap_err(),
        from_value::<Vec<Value>>(Value::list([most])).unwrap_err(),
        encode_state(&deeper()).unwrap_err(),
    ] {
        assert!(error.message().contains("nested deeper"), "{error}");
    }
}

#[test]
fn rust_types_convert_up_to_the_depth_limit() {
    let value = to_value(&Nest::of(VALUE_DEPTH_MAX)).unwrap();
    assert_eq!(from_value::<Nest>(value).unwrap(), Nest::of(VALUE_DEPTH_MAX));
    let error = to_value(&Nest::of(VALUE_DEPTH_MAX + 1)).unwrap_err();
    assert!(error.message().ends_with("nested deeper than 128 levels"), "{error}");
    let deeper = (0..=VALUE_DEPTH_MAX).fold(Value::list([]), |v, _| Value::list([v]));
    assert!(from_value::<Nest>(deeper).is_err());
}

#[test]
fn states_are_kept_up_to_the_depth_limit() {
    check_round_trip(&Nest::of(STATE_DEPTH_MAX)).unwrap();
    let error = encode_state(&Nest::of(STATE_DEPTH_MAX + 1)).unwrap_err();
    assert!(error.message().contains("nests deeper than 256"), "{error}");
    let error = encode_row(&Nest::of(STATE_DEPTH_MAX + 1)).unwrap_err();
    assert!(error.message().contains("nests deeper than 256"), "{error}");
    // Bytes that nest deeper, as only damage would bring them.
    let bytes = [&[0x82, 0x00][..], &[0x81; 100_000], &[0x80]].concat();
    let state = State { bytes: Bytes::from(bytes), ..State::default() };
    assert_eq!(decode_state::<Nest>(&state).unwrap_err().class(), Class::Failed);
}

#[test]
fn a_panic_closes_the_scope() {
    struct Panics;
    impl Serialize for Panics {
        fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            panic!("on purpose");
        }
    }
    for encode in [|| drop(to_value(&Panics)), || drop(encode_state(&Panics))] {
        assert!(catch_unwind(AssertUnwindSafe(encode)).is_err());
        assert!(serde_json::to_string(&BOB).is_err(), "the scope is still open");
    }
}

#[test]
fn scopes_nest() {
    /// Keeps its reference inside a value that it makes while it is written.
    struct Wraps(Held);
    impl Serialize for Wraps {
        fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
            use serde::ser::Error;
            let inner = encode_state(&self.0).map_err(S::Error::custom)?;
            let held: Held = decode_state(&inner).map_err(S::Error::custom)?;
            (self.0, to_value(&held).map_err(S::Error::custom)?).serialize(s)
        }
    }
    let state = encode_state(&(CAROL, Wraps(BOB), CAROL)).unwrap();
    assert_eq!(state.edges, [CAROL.0, BOB.0, BOB.0, CAROL.0]);
    let value = to_value(&Wraps(BOB)).unwrap();
    assert_eq!(value, Value::list([Value::Ref(BOB.0), Value::Ref(BOB.0)]));
}

#[test]
fn kept_bytes_are_read_whole_or_refused() {
    let state = encode_state(&vec![BOB]).unwrap();
    let with = |bytes: Vec<u8>| State { bytes: bytes.into(), ..state.clone() };
    let good = state.bytes.to_vec();
    assert!(decode_state::<Vec<Held>>(&with(good.clone())).is_ok());
    for bytes in [
        Vec::new(),
        good[..good.len() - 1].to_vec(),
        [&good[..], &[0]].concat(),
        // Another mark than the token has.
        [&[0x82, 0x01], &good[2..]].concat(),
        // A salt out of range.
        [&[0x82, 0x1A, 0xFF, 0, 0, 0], &good[2..]].concat(),
        vec![0x82, 0x00],
    ] {
        let error = decode_state::<Vec<Held>>(&with(bytes)).unwrap_err();
        assert_eq!(error.class(), Class::Failed);
    }
}

#[test]
fn damaged_bytes_never_panic() {
    let damage = (values(), proptest::collection::vec((any::<u16>(), any::<u8>()), 0..6));
    check(500, damage, |(value, changes)| {
        let state = encode_state(&value).unwrap();
        let mut bytes = state.bytes.to_vec();
        for (at, byte) in changes {
            let at = usize::from(at) % bytes.len();
            bytes[at] = byte;
        }
        let damaged = State { bytes: bytes.into(), ..state };
        if let Ok(value) = decode_state::<Value>(&damaged) {
            // Whatever it says, its references are those of the record.
            prop_assert!(value.refs().all(|r| damaged.edges.contains(r)));
        }
        drop(decode_row::<Value<super::codec_properties::Place>>(&damaged.bytes));
        Ok(())
    });
    check(500, proptest::collection::vec(any::<u8>(), 0..60), |bytes| {
        let bytes = [&[0x82, 0x00][..], &bytes].concat();
        let damaged = State { bytes: bytes.into(), ..State::default() };
        drop(decode_state::<Value>(&damaged));
        drop(decode_state::<(u8, Held, Option<String>)>(&damaged));
        Ok(())
    });
}
