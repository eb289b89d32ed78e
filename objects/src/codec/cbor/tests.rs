//! The quick writer beside ciborium.

use std::collections::BTreeMap;

use ciborium::Value;
use ciborium::tag::Required;
use proptest::prelude::*;
use serde::Serializer as _;

use super::*;

#[track_caller]
fn check<T: Serialize + ?Sized>(value: &T) {
    let (mut ours, mut theirs) = (vec![9], vec![9]);
    write_cbor(value, &mut ours).unwrap();
    ciborium::into_writer(value, &mut theirs).unwrap();
    assert_eq!(ours, theirs);
}

#[derive(serde::Serialize)]
enum Kind {
    Unit,
    Newtype(u8),
    Tuple(i64, &'static str),
    Struct { a: Option<u16>, b: () },
}

#[derive(serde::Serialize)]
struct Unit;

#[derive(serde::Serialize)]
struct Pair(char, bool);

#[test]
fn it_writes_what_ciborium_writes() {
    for number in [0, 23, 24, 255, 256, 65_535, 65_536, 0xffff_ffff, 1 << 32, u64::MAX] {
        check(&number);
        check(&number.cast_signed());
        check(&-i128::from(number));
        check(&(i128::from(number) + 1));
        check(&(number as i8, number as i16, number as i32, number as u8, number as u16));
    }
    for length in [0, 1, 23, 24, 255, 256, 70_000] {
        check(&"x".repeat(length));
        check(serde_bytes::Bytes::new(&vec![7; length]));
        check(&vec![1_u8; length]);
    }
    for number in [0.0, -0.0, 1.5, 0.1, f64::NAN, f64::INFINITY, 65_504.0, 1e300] {
        check(&number);
        check(&(number as f32));
    }
    check(&[Kind::Unit, Kind::Newtype(200), Kind::Tuple(-300, "é")]);
    check(&[Kind::Struct { a: None, b: () }, Kind::Struct { a: Some(9), b: () }]);
    check(&(Unit, Pair('ö', true), Some(Pair('z', false)), None::<Pair>));
    check(&BTreeMap::from([("b", vec![1.0_f32]), ("a", vec![])]));
    check(&(Required::<_, 70>("tagged"), u128::MAX, i128::MIN));
}

#[test]
fn what_is_written_behind_a_head_takes_what_it_needs() {
    for _ in 0..2 {
        assert_eq!(&cbor_behind(&[1, 2], &300_u16).unwrap()[..], [1, 2, 0x19, 0x01, 0x2c]);
    }
    let large = "x".repeat(SCRATCH_BYTES_MAX);
    assert_eq!(cbor_behind(&[], &large).unwrap().len(), SCRATCH_BYTES_MAX + 5);
    assert!(SCRATCH.take().capacity() <= SCRATCH_BYTES_MAX);
    assert!(cbor_behind(&[], &Never).is_err());
}

/// A sequence that does not say how long it is.
struct Open(u8);

impl Serialize for Open {
    fn serialize<S: ser::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((0..self.0).filter(|n| n % 2 == 0))
    }
}

#[test]
fn lengths_that_are_not_known_end_where_ciborium_ends_them() {
    check(&(Open(0), Open(5), [Open(2), Open(3)]));
}

/// What cannot be written.
struct Never;

impl Serialize for Never {
    fn serialize<S: ser::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(ser::Error::custom("never"))
    }
}

#[test]
fn an_error_is_ciboriums() {
    let theirs = ciborium::into_writer(&Never, Vec::new()).unwrap_err().to_string();
    let ours = write_cbor(&(1, Never), &mut Vec::new()).unwrap_err().to_string();
    assert!(ours.ends_with(&theirs), "{ours}");
    assert!(!Writer(&mut Vec::new()).is_human_readable());
}

/// Any value of CBOR.
pub(in crate::codec) fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::Float),
        any::<Vec<u8>>().prop_map(Value::Bytes),
        any::<String>().prop_map(Value::Text),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            prop::collection::vec((inner.clone(), inner.clone()), 0..4).prop_map(Value::Map),
            (any::<u64>(), inner).prop_map(|(tag, v)| Value::Tag(tag, Box::new(v))),
        ]
    })
}

proptest! {
    #[test]
    fn any_value_is_written_as_ciborium_writes_it(value in values()) {
        check(&value);
    }
}
