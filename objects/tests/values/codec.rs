//! References inside serde: what converts, what is refused, and what can never be forged.

use std::collections::BTreeMap;

use bytes::Bytes;
use hogshead_objects::codec::{
    check_round_trip, decode_state, deserialize_ref, encode_row, encode_state, from_value,
    serialize_ref, to_value,
};
use hogshead_objects::ids::{FacetId, PromiseId};
use hogshead_objects::int::Int;
use hogshead_objects::locator::{Hints, Locator, SturdyRef, SwissNumber};
use hogshead_objects::{Message, Ref, State, Symbol, Tagged, Value};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What `Cap` and `Promise` do, without their types.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Held(pub Ref);

impl Serialize for Held {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        serialize_ref(self.0, s)
    }
}

impl<'de> Deserialize<'de> for Held {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        deserialize_ref(d).map(Self)
    }
}

pub const BOB: Held = Held(Ref::Facet(FacetId(7)));
pub const CAROL: Held = Held(Ref::Promise(PromiseId(9)));

#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct Plain {
    bob: Held,
    maybe: Option<Held>,
    both: (Held, Held),
    by_name: BTreeMap<String, Held>,
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
enum Outside {
    Unit,
    Newtype(Held),
    Tuple(u64, Held),
    Fields { held: Held },
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
#[serde(tag = "kind")]
enum Inside {
    Unit,
    Newtype(Plain),
    Nested(Box<Outside>),
    Fields { held: Held },
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
#[serde(tag = "kind", content = "of")]
enum Beside {
    Newtype(Held),
    Tuple(Held, u8),
}

// The reference first: a number must not be taken for it.
#[derive(Serialize, Deserialize, PartialEq, Debug)]
#[serde(untagged)]
enum Untagged {
    Held(Held),
    Text(String),
    Octets(serde_bytes::ByteBuf),
    Number(u64),
    Fields { held: Held, others: Vec<Untagged> },
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct Flat {
    name: String,
    #[serde(flatten)]
    plain: Plain,
    #[serde(flatten)]
    rest: BTreeMap<String, Untagged>,
}

fn plain() -> Plain {
    Plain {
        bob: BOB,
        maybe: Some(CAROL),
        both: (CAROL, BOB),
        by_name: BTreeMap::from([("bob".into(), BOB), ("carol".into(), CAROL)]),
    }
}

fn untagged() -> Untagged {
    Untagged::Fields {
        held: BOB,
        others: vec![
            Untagged::Number(0),
            Untagged::Held(CAROL),
            Untagged::Octets(vec![0xFE].into()),
            Untagged::Text("x".into()),
        ],
    }
}

#[track_caller]
fn check<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(t: T) -> State {
    let value = to_value(&t).unwrap();
    assert_eq!(from_value::<T>(value).unwrap(), t, "through a Value");
    check_round_trip(&t).unwrap();
    let state = encode_state(&t).unwrap();
    assert_eq!(decode_state::<T>(&state).unwrap(), t, "through a State");
    state
}

#[test]
fn references_survive_every_shape_of_serde() {
    assert_eq!(check(BOB).edges, [BOB.0]);
    assert_eq!(check(plain()).edges, [BOB.0, CAROL.0, CAROL.0, BOB.0, BOB.0, CAROL.0]);
    check(Outside::Unit);
    check(Outside::Newtype(BOB));
    check(Outside::Tuple(3, BOB));
    check(Outside::Fields { held: BOB });
    check(Inside::Unit);
    check(Inside::Newtype(plain()));
    check(Inside::Nested(Box::new(Outside::Tuple(1, BOB))));
    check(Inside::Nested(Box::new(Outside::Fields { held: CAROL })));
    check(Inside::Fields { held: BOB });
    check(Beside::Newtype(BOB));
    check(Beside::Tuple(CAROL, 2));
    check(untagged());
    check(Flat {
        name: "flat".into(),
        plain: plain(),
        rest: BTreeMap::from([("more".into(), untagged()), ("one".into(), Untagged::Held(BOB))]),
    });
}

#[test]
fn outside_of_the_codec_a_reference_is_refused() {
    assert!(serde_json::to_string(&plain()).is_err());
    assert!(serde_json::from_str::<Held>("0").is_err());
    assert!(serde_json::from_str::<Held>("[255,167,14,93,0]").is_err());
    assert!(ciborium::into_writer(&BOB, Vec::new()).is_err());
    assert!(serde_json::to_string(&Value::<Ref>::Null).is_err());
    assert!(encode_row(&BOB).is_err());
    // A type that hides one from the codec is found out.
    #[derive(Debug)]
    struct Sly;
    impl Serialize for Sly {
        fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
            s.serialize_str(&serde_json::to_string(&BOB).map_err(serde::ser::Error::custom)?)
        }
    }
    assert!(to_value(&Sly).is_err());
    assert!(encode_state(&Sly).is_err());
}

#[test]
fn a_peers_octets_and_numbers_are_no_references() {
    let token = [0xFF, 0xA7, 0x0E, 0x5D, 0];
    let forged = Value::Bytes(Bytes::copy_from_slice(&token));
    for value in
        [forged.clone(), Value::from(0u64), Value::Bytes(Bytes::copy_from_slice(&token[..4]))]
    {
        assert!(from_value::<Held>(value).is_err());
    }
    // Beside a true reference, where serde buffers.
    let list = Value::List(vec![Value::Ref(BOB.0), forged]);
    assert!(from_value::<Vec<Untagged>>(list).is_err());
    // In a state: octets that look like its token stay octets.
    let octets = || Untagged::Octets(token.to_vec().into());
    for (held, edges) in
        [(vec![Untagged::Held(BOB), octets()], &[BOB.0][..]), (vec![octets()], &[][..])]
    {
        check_round_trip(&held).unwrap();
        let state = encode_state(&held).unwrap();
        assert_eq!(state.edges, edges);
        assert_eq!(decode_state::<Vec<Untagged>>(&state).unwrap(), held);
    }
}

#[test]
fn an_edge_that_is_not_there_is_refused() {
    let mut state = encode_state(&vec![BOB, CAROL]).unwrap();
    state.edges.pop();
    let error = decode_state::<Vec<Held>>(&state).unwrap_err();
    assert!(error.message().contains("no edge 1"), "{error}");
}

#[test]
fn a_value_is_itself_everywhere() {
    let sturdy = SturdyRef {
        peer: Locator {
            designator: "bob".into(),
            transport: Symbol::from_static("tcp"),
            hints: Some(Hints::from([("host".into(), "[::1]".into())])),
        },
        swiss: SwissNumber::new(vec![0, 255]),
    };
    let big: Int = "340282366920938463463374607431768211456".parse().unwrap();
    let kinds = vec![
        Value::Undefined,
        Value::Null,
        Value::Bool(true),
        Value::from(-1i64),
        Value::from(u64::MAX),
        Value::from(i128::MIN),
        Value::Int(big),
        Value::from(f64::NAN),
        Value::from(-0.0),
        Value::from(1.0),
        Value::from("text"),
        Value::Bytes(Bytes::from_static(&[0xFF, 0xA7, 0x0E, 0x5D, 0])),
        Value::Symbol(Symbol::from_static("symbol")),
        Value::from(hogshead_objects::ErrorValue { message: "no".into() }),
        Value::Ref(BOB.0),
        Value::from(sturdy),
    ];
    let all = Value::from(Tagged {
        tag: "all".into(),
        value: Value::Struct(BTreeMap::from([("kinds".into(), Value::List(kinds.clone()))])),
    });
    for value in kinds.into_iter().chain([all.clone()]) {
        let state = check(value.clone());
        assert_eq!(state.secret, value.contains_secret(), "{value:?}");
    }
    check((all.clone(), 1u8, Message::<Ref>::new("m", [all]).values));
}

#[test]
fn the_round_trip_check_finds_what_cannot_be_kept() {
    // A collection of random order: two maps with the same content differ.
    let random: std::collections::HashMap<u32, u32> = (0..64).map(|n| (n, n)).collect();
    assert!(check_round_trip(&random).is_err());

    // Octets that swallow a reference.
    #[derive(Serialize, Deserialize)]
    #[serde(untagged)]
    enum Swallows {
        Octets(serde_bytes::ByteBuf),
        Held(Held),
    }
    assert!(check_round_trip(&Swallows::Held(BOB)).is_err());
    assert!(check_round_trip(&Swallows::Octets(vec![1].into())).is_ok());
}
