//! What converts to what, and what the caller is told otherwise.

use std::collections::BTreeMap;

use hogshead_objects::codec::{from_value, to_value};
use hogshead_objects::int::Int;
use hogshead_objects::{Class, ErrorValue, Ref, Symbol, Tagged, Value, text};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::codec::{BOB, Held};

#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct Unit;

#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct Newtype(u8);

#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct Tuple(u8, String);

#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct Order {
    item: String,
    amount: Option<u64>,
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
#[serde(rename_all = "kebab-case")]
enum Shape {
    UnitOnly,
    Newtype(u8),
    Tuple(u8, u8),
    Fields { x: u8 },
}

#[track_caller]
fn converts<T>(t: T, notation: &str)
where
    T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug,
{
    let value = to_value(&t).unwrap();
    assert_eq!(value.to_string(), notation);
    assert_eq!(from_value::<T>(value).unwrap(), t);
}

#[track_caller]
fn reads<T>(notation: &str, t: T)
where
    T: DeserializeOwned + PartialEq + std::fmt::Debug,
{
    assert_eq!(from_value::<T>(text::parse(notation).unwrap()).unwrap(), t, "{notation}");
}

#[track_caller]
fn refuses<T: DeserializeOwned + std::fmt::Debug>(value: Value, says: &str) {
    let error = from_value::<T>(value).unwrap_err();
    assert_eq!(error.class(), Class::BadCall);
    assert_eq!(error.message(), says);
}

fn notation(text: &str) -> Value {
    text::parse(text).unwrap()
}

#[test]
fn rust_types_have_one_form_in_the_model() {
    converts(true, "t");
    converts(-5_i8, "-5");
    converts(u64::MAX, "18446744073709551615");
    converts(i128::MIN, "-170141183460469231731687303715884105728");
    converts(u128::MAX, "340282366920938463463374607431768211455");
    converts("99999999999999999999".parse::<Int>().unwrap(), "99999999999999999999");
    converts(1.5_f32, "1.5");
    converts(-0.0_f64, "-0.0");
    converts('é', "\"é\"");
    converts("text".to_owned(), "\"text\"");
    converts(serde_bytes::ByteBuf::from(vec![1, 2]), ":0102");
    converts(bytes::Bytes::from_static(&[3]), ":03");
    converts(Symbol::from_static("sym"), "'sym");
    converts((), "<void>");
    converts(Unit, "<void>");
    converts(None::<u8>, "<null>");
    converts(Some(1_u8), "1");
    converts(vec![1_u8, 2], "[1 2]");
    converts((1_u8, "x".to_owned()), "[1 \"x\"]");
    converts(Newtype(1), "1");
    converts(Tuple(1, "x".into()), "[1 \"x\"]");
    converts(Order { item: "tea".into(), amount: None }, "{amount: <null>, item: \"tea\"}");
    converts(BTreeMap::from([("a".to_owned(), 1_u8)]), "{a: 1}");
    converts(BTreeMap::from([(-1_i8, true)]), "{\"-1\": t}");
    converts(BTreeMap::from([(7_u128, true)]), "{\"7\": t}");
    converts(BTreeMap::from([('x', 1_u8)]), "{x: 1}");
    converts(BTreeMap::from([(false, 1_u8)]), "{false: 1}");
    converts(BTreeMap::from([(Symbol::from_static("s"), 1_u8)]), "{s: 1}");
    converts(
        BTreeMap::from([(Int::from(u128::MAX), ())]),
        &format!("{{\"{}\": <void>}}", u128::MAX),
    );
    converts(Shape::UnitOnly, "\"unit-only\"");
    converts(Shape::Newtype(1), "{newtype: 1}");
    converts(Shape::Tuple(1, 2), "{tuple: [1 2]}");
    converts(Shape::Fields { x: 1 }, "{fields: {x: 1}}");
    converts(ErrorValue { message: "no".into() }, "<desc:error \"no\">");
    converts(Tagged::<Ref> { tag: "t".into(), value: Value::Null }, "<desc:tagged 't <null>>");
    converts(BOB, "<desc:reference Facet(f7)>");
}

#[test]
fn some_other_forms_are_read_too() {
    reads("<void>", None::<u8>);
    reads("<null>", ());
    reads("<null>", Unit);
    reads("'unit-only", Shape::UnitOnly);
    reads("{unit-only: <null>}", Shape::UnitOnly);
    reads("3", 3.0_f64);
    reads("{item: \"tea\"}", Order { item: "tea".into(), amount: None });
    reads("{item: \"tea\", colour: 'green}", Order { item: "tea".into(), amount: None });
}

#[test]
fn an_error_names_the_path_and_both_types() {
    refuses::<u64>("x".into(), "expected integer (u64), found string");
    refuses::<u64>(Value::from(-1_i8), "expected integer (u64), found an integer out of its range");
    refuses::<u8>(Value::from(256_u16), "expected integer (u8), found an integer out of its range");
    refuses::<u64>(Value::from(1.5), "expected integer (u64), found float");
    refuses::<u64>(Value::from(9_007_199_254_740_992.0), "expected integer (u64), found float");
    refuses::<u8>(Value::from(256.0), "expected integer (u8), found an integer out of its range");
    refuses::<u64>(Value::from(-1.0), "expected integer (u64), found an integer out of its range");
    refuses::<f64>(
        Value::from(u64::MAX),
        "expected float, found an integer that no float holds exactly",
    );
    refuses::<String>(Value::symbol("s"), "expected string, found symbol");
    refuses::<String>(Value::Ref(BOB.0), "expected string, found reference");
    refuses::<Symbol>("s".into(), "expected symbol, found string");
    refuses::<Held>(Value::from(7_u8), "expected reference, found integer");
    refuses::<Held>(Value::bytes(vec![0]), "expected reference, found byte array");
    refuses::<serde_bytes::ByteBuf>(Value::Ref(BOB.0), "expected byte array, found reference");
    // A visitor that takes anything, but knows no references.
    refuses::<serde_json::Value>(
        Value::list([Value::Ref(BOB.0)]),
        "at [0]: expected any valid JSON value, found reference",
    );
    refuses::<char>("xy".into(), "expected character, found a string of another length than one");
    refuses::<()>(Value::from(0_u8), "expected undefined, found integer");
    refuses::<bool>(Value::Null, "expected boolean, found null");
    refuses::<Vec<u8>>(Value::bytes(vec![1]), "expected list, found byte array");
    refuses::<(u8, u8)>(notation("[1]"), "expected a list of 2, found 1");
    refuses::<(u8, u8)>(notation("[1 2 3]"), "expected a list of 2, found 3");
    refuses::<Vec<(String, u64)>>(
        notation("[[\"a\" 1] [\"b\" \"c\"]]"),
        "at [1][1]: expected integer (u64), found string",
    );
    refuses::<Vec<Order>>(
        notation("[{item: \"tea\", amount: t}]"),
        "at [0].amount: expected integer (u64), found boolean",
    );
    refuses::<Order>(notation("{amount: 1}"), "missing field `item`");
    refuses::<Order>(notation("[]"), "expected struct, found list");
    refuses::<Shape>(
        notation("\"other\""),
        "expected one of `unit-only`, `newtype`, `tuple`, `fields`, found `other`",
    );
    refuses::<Shape>(
        notation("1"),
        "expected Shape (a string, or a struct with one field), found integer",
    );
    refuses::<Shape>(
        notation("{tuple: [1 2], newtype: 1}"),
        "expected Shape (a string, or a struct with one field), found a struct with none or several",
    );
    refuses::<Shape>(
        notation("'newtype"),
        "expected a struct with the field `newtype`, found its name alone",
    );
    refuses::<Shape>(
        notation("{fields: {x: \"\"}}"),
        "at fields.x: expected integer (u8), found string",
    );
    refuses::<BTreeMap<String, Held>>(
        notation("{a: 1}"),
        "at a: expected reference, found integer",
    );
    refuses::<BTreeMap<u8, u8>>(
        notation("{\"01\": 1}"),
        "expected a key (u8), found another string",
    );
    // Names from a peer are shown only so far.
    let long = Value::structure([("x".repeat(100_000), 1_u8.into())]);
    assert!(from_value::<Shape>(long).unwrap_err().message().len() < 500);
}

#[test]
fn what_the_model_cannot_hold_is_refused() {
    let error = to_value(&BTreeMap::from([(vec![1_u8], 1_u8)])).unwrap_err();
    assert_eq!(
        error.message(),
        "expected a string, character, integer or boolean as a key, found list"
    );
    assert!(to_value(&BTreeMap::from([(None::<u8>, 1_u8)])).is_err());

    #[derive(Serialize)]
    struct Clash {
        a: u8,
        #[serde(flatten)]
        rest: BTreeMap<String, u8>,
    }
    let clash = Clash { a: 1, rest: BTreeMap::from([("a".into(), 2)]) };
    assert!(to_value(&clash).unwrap_err().message().contains("two fields"));
}
