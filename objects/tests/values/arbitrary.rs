//! Random values, and the runner that makes them.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;

use hogshead_objects::ids::{FacetId, ImportId, PromiseId, VatId};
use hogshead_objects::int::Int;
use hogshead_objects::locator::{Hints, Locator, SturdyRef, SwissNumber};
use hogshead_objects::{ErrorValue, Ref, Symbol, Tagged, Value};
use num_bigint::BigInt;
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};

/// Runs `test` on random inputs. The seed is `HOGSHEAD_SEED`, or one of now; it is printed.
#[track_caller]
pub fn check<S: Strategy>(
    cases: u32,
    strategy: S,
    test: impl Fn(S::Value) -> Result<(), TestCaseError>,
) {
    let seed = match std::env::var("HOGSHEAD_SEED") {
        Ok(text) => text.parse().expect("HOGSHEAD_SEED is a number"),
        Err(_) => RandomState::new().hash_one(()),
    };
    println!("HOGSHEAD_SEED={seed}");
    let config = Config {
        cases,
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: None,
        ..Config::default()
    };
    if let Err(error) = TestRunner::new(config).run(&strategy, test) {
        panic!("with HOGSHEAD_SEED={seed}: {error}");
    }
}

pub fn ints() -> impl Strategy<Value = Int> {
    prop_oneof![
        any::<i64>().prop_map(Int::from),
        (-3..3_i64).prop_map(Int::from),
        any::<u64>().prop_map(Int::from),
        any::<i128>().prop_map(Int::from),
        vec(any::<u8>(), 0..40).prop_map(|v| Int::from(BigInt::from_signed_bytes_be(&v))),
        (-1..1_i128).prop_map(|n| Int::from(i128::from(i64::MAX) - n)),
        (-1..1_i128).prop_map(|n| Int::from(i128::from(i64::MIN) + n)),
        (-1..1_i128).prop_map(|n| Int::from(i128::from(u64::MAX) + n)),
    ]
}

pub fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z][a-zA-Z0-9:_-]{0,8}",
        "\\${0,3}[a-z]{0,3}",
        "[ -~\n\t\u{202e}é日]{0,12}",
        any::<String>(),
    ]
}

pub fn octets() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        vec(any::<u8>(), 0..20),
        // What the codec's own tokens begin with.
        vec(any::<u8>(), 0..4).prop_map(|v| [&[0xFF, 0xA7, 0x0E, 0x5D][..], &v].concat()),
        (0..4_u8).prop_map(|n| vec![0xFF, 0xA7, 0x0E, 0x5D ^ n, 0]),
    ]
}

pub fn floats() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<u64>().prop_map(f64::from_bits),
        (-100..100_i32).prop_map(f64::from),
        Just(-0.0),
        Just(f64::NAN),
        Just(f64::INFINITY),
        Just(f64::NEG_INFINITY),
        Just(f64::MIN_POSITIVE / 4.0),
    ]
}

pub fn refs() -> impl Strategy<Value = Ref> {
    (0..4_u8, any::<u64>()).prop_map(|(kind, id)| match kind {
        0 => Ref::Facet(FacetId(id)),
        1 => Ref::Promise(PromiseId(id)),
        2 => Ref::Resolver(PromiseId(id)),
        _ => Ref::Import(ImportId(id)),
    })
}

/// One of a few keys: making and checking them is slow without optimisation.
pub fn vats() -> impl Strategy<Value = VatId> {
    static POOL: LazyLock<Vec<VatId>> = LazyLock::new(|| {
        let key = |seed| ed25519_dalek::SigningKey::from_bytes(&[seed; 32]).verifying_key();
        (0..8).map(|seed| VatId::from(key(seed))).collect()
    });
    (0..8_usize).prop_map(|at| POOL[at])
}

/// Any locator that [`Locator::check`] lets pass.
pub fn locators() -> impl Strategy<Value = Locator> {
    let name = || any::<String>().prop_filter("not empty", |name| !name.is_empty());
    let foreign = (name(), name().prop_map(|name| name.replace('.', "-")))
        .prop_map(|(designator, transport)| (designator, Symbol::from(transport)));
    let ours = vats().prop_map(|vat| (vat.to_string(), Symbol::from_static("hog")));
    let hints = option::of(btree_map(name(), any::<String>(), 0..4).prop_map(Hints::from));
    (prop_oneof![3 => foreign, 1 => ours], hints)
        .prop_map(|((designator, transport), hints)| Locator { designator, transport, hints })
        .prop_filter("within the limits", |locator| locator.check().is_ok())
}

pub fn sturdyrefs() -> impl Strategy<Value = SturdyRef> {
    let swiss = prop_oneof![
        vec(any::<u8>(), 1..40),
        vec(any::<u8>(), 32),
        "[a-z2-7]{52}".prop_map(String::into_bytes),
        "[a-z]{51}a".prop_map(String::into_bytes),
    ];
    (locators(), swiss)
        .prop_map(|(peer, swiss)| SturdyRef { peer, swiss: SwissNumber::new(swiss) })
        .prop_filter("within the limits", |sturdy| sturdy.check().is_ok())
}

/// Any value but references and sturdyrefs.
pub fn data() -> impl Strategy<Value = Value> {
    nested(atoms().boxed())
}

/// Any value.
pub fn values() -> impl Strategy<Value = Value> {
    let leaves = prop_oneof![
        6 => atoms(),
        2 => refs().prop_map(Value::Ref),
        1 => sturdyrefs().prop_map(Value::from),
    ];
    nested(leaves.boxed())
}

fn atoms() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Undefined),
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        ints().prop_map(Value::Int),
        floats().prop_map(Value::from),
        texts().prop_map(Value::String),
        octets().prop_map(Value::bytes),
        texts().prop_map(Value::symbol),
        texts().prop_map(|message| Value::Error(ErrorValue { message })),
    ]
}

fn nested(leaves: BoxedStrategy<Value>) -> impl Strategy<Value = Value> {
    leaves.prop_recursive(5, 40, 5, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Value::List),
            btree_map(texts(), inner.clone(), 0..5).prop_map(Value::Struct),
            (texts(), inner).prop_map(|(tag, value)| Value::from(Tagged { tag, value })),
        ]
    })
}

/// A value of `depth` levels: lists, structs and tags in turn.
pub fn deep(depth: usize) -> Value {
    (0..depth).fold(Value::Null, |value, level| match level % 3 {
        0 => Value::List(vec![value]),
        1 => Value::Struct(BTreeMap::from([("in".to_owned(), value)])),
        _ => Value::from(Tagged { tag: "in".into(), value }),
    })
}
