//! The quick reader beside ciborium.

use std::collections::BTreeMap;
use std::fmt::Debug;

use ciborium::Value;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

use super::super::cbor::tests::values;
use super::*;

/// Reads the same as ciborium: the value, or the error.
#[track_caller]
fn check<T: DeserializeOwned + Debug>(bytes: &[u8]) {
    let ours = read_cbor::<T>(bytes).map_err(|error| error.message().to_owned());
    let theirs: Result<T, String> = ciborium::from_reader(bytes).map_err(|e| e.to_string());
    // As text, in which one that is not a number is equal to itself.
    assert_eq!(format!("{ours:?}"), format!("{theirs:?}"), "{bytes:02x?}");
}

/// As [`check`], and it is read without ciborium.
#[track_caller]
fn check_quick<T: Serialize + DeserializeOwned + Debug>(value: &T) {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).unwrap();
    bytes.push(0);
    let (_, rest) = try_read::<T>(&bytes, DEPTH).unwrap();
    assert_eq!(rest, [0], "{value:?}");
    check::<T>(&bytes);
}

#[derive(Clone, Debug, Serialize, Deserialize)]
enum Kind {
    Unit,
    Newtype(u8),
    Tuple(i64, String),
    Struct { a: Option<u16>, b: () },
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Sample {
    n: u64,
    small: i8,
    text: String,
    #[serde(with = "serde_bytes")]
    octets: Vec<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    maybe: Option<char>,
    kinds: Vec<Kind>,
    map: BTreeMap<String, (bool, i128)>,
    f: f64,
}

fn kinds() -> Vec<Kind> {
    let tuple = Kind::Tuple(-70_000, "é".to_owned());
    let (empty, full) = (Kind::Struct { a: None, b: () }, Kind::Struct { a: Some(300), b: () });
    vec![Kind::Unit, Kind::Newtype(255), tuple, empty, full]
}

fn sample(length: usize) -> Sample {
    Sample {
        n: u64::MAX,
        small: -128,
        text: "x".repeat(length),
        octets: vec![7; length],
        maybe: Some('ö'),
        kinds: kinds(),
        map: BTreeMap::from([("a".to_owned(), (true, -5)), (String::new(), (false, 1 << 40))]),
        f: 0.1,
    }
}

#[test]
fn what_rows_are_made_of_is_read_without_ciborium() {
    for number in [0, 23, 24, 255, 256, 65_535, 65_536, 0xffff_ffff, 1 << 32, u64::MAX] {
        check_quick(&number);
        check_quick(&(number as u8, number as i8, number as u16, number as i32));
        check_quick(&number.cast_signed());
        check_quick(&-i128::from(number));
    }
    for length in [0, 1, 23, 24, 255, 256, 4096, 4097, 70_000] {
        check_quick(&sample(length));
    }
    check_quick(&(1.1_f32, 1e300, f64::MIN_POSITIVE));
    check_quick(&Value::Array(vec![Value::Null, Value::Text("tea".to_owned()), Value::from(-3)]));
}

#[test]
fn what_is_rare_or_wrong_is_as_ciborium_says() {
    // Half of a float, an unknown length, a tag, a number of 128 bits, nothing at all.
    for bytes in [
        &[0xf9, 0x3c, 0x00][..],
        &[0x9f, 1, 2, 0xff],
        &[0x7f, 0x61, b'a', 0xff],
        &[0xc1, 0x01],
        &[0xc2, 0x49, 1, 0, 0, 0, 0, 0, 0, 0, 0],
        &[],
        &[0x82, 1],
        &[0x83, 1, 2, 3],
        &[0x62, 0xff, 0xff],
        &[0xa1, 0x64, b'U', b'n', b'i', b't', 0xf6],
        &[0x67, b'N', b'e', b'w', b't', b'y', b'p', b'e', 0x01],
        &[0xf7],
        &[0xf8, 0x20],
        &[0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    ] {
        check::<Value>(bytes);
        check::<(u8, u8)>(bytes);
        check::<Kind>(bytes);
        check::<Option<f64>>(bytes);
        check::<String>(bytes);
        check::<i128>(bytes);
        check::<serde_bytes::ByteBuf>(bytes);
    }
    for levels in [254, 255, 256, 257, 300] {
        let mut nested = vec![0x81; levels];
        nested.push(0);
        check::<Value>(&nested);
    }
}

proptest! {
    #[test]
    fn any_value_is_read_as_ciborium_reads_it(value in values()) {
        let mut bytes = Vec::new();
        ciborium::into_writer(&value, &mut bytes).unwrap();
        check::<Value>(&bytes);
    }

    #[test]
    fn damage_is_read_as_ciborium_reads_it(at in any::<prop::sample::Index>(), to in any::<u8>()) {
        let mut bytes = Vec::new();
        ciborium::into_writer(&sample(3), &mut bytes).unwrap();
        let at = at.index(bytes.len());
        bytes[at] = to;
        check::<Sample>(&bytes);
        check::<Value>(&bytes);
        check::<Sample>(&bytes[..at]);
    }
}
