//! JSON in and out.

use hogshead_objects::ids::FacetId;
use hogshead_objects::json::{self, from_json, from_json_with, to_json, to_json_with};
use hogshead_objects::limits::{TEXT_BYTES_MAX, VALUE_DEPTH_MAX};
use hogshead_objects::{Class, Error, Ref, Value};
use proptest::prelude::*;

use super::arbitrary::{check, data, deep, sturdyrefs};

#[test]
fn each_kind_has_its_json() {
    let table = [
        (Value::Undefined, r#"{"$undefined":true}"#),
        (Value::Null, "null"),
        (Value::from(true), "true"),
        (Value::from(-3_i8), "-3"),
        (Value::from(u64::MAX), "18446744073709551615"),
        (Value::from(u128::MAX), r#"{"$int":"340282366920938463463374607431768211455"}"#),
        (Value::from(3.0), "3.0"),
        (Value::from(-0.0), r#"{"$float":"-0"}"#),
        (Value::from(f64::NAN), r#"{"$float":"NaN"}"#),
        (Value::from(f64::INFINITY), r#"{"$float":"Infinity"}"#),
        (Value::from(f64::NEG_INFINITY), r#"{"$float":"-Infinity"}"#),
        (Value::from("text"), r#""text""#),
        (Value::bytes(&b"hi"[..]), r#"{"$bytes":"aGk="}"#),
        (Value::symbol("name"), r#"{"$symbol":"name"}"#),
        (Value::list([Value::Null]), "[null]"),
        (Value::structure([("a", Value::Null)]), r#"{"a":null}"#),
        (Value::structure([("$a", Value::Null)]), r#"{"$$a":null}"#),
        (Value::structure([("$$a", Value::Null), ("b", 1_u8.into())]), r#"{"$$$a":null,"b":1}"#),
        (Value::tagged("t", 1_u8), r#"{"$tagged":["t",1]}"#),
        (Value::error("no"), r#"{"$error":"no"}"#),
    ];
    for (value, text) in table {
        assert_eq!(to_json(&value).to_string(), text);
        assert_eq!(json::parse(text, &mut unknown).unwrap(), value, "{text}");
    }
}

fn unknown(name: &str) -> Result<Ref, Error> {
    Err(Error::new(Class::NotFound, format!("nothing is named `{name}`")))
}

#[test]
fn values_survive_json_and_its_text() {
    check(400, data(), |value| {
        let json = to_json(&value);
        prop_assert_eq!(&json::parse(&json.to_string(), &mut unknown).unwrap(), &value);
        prop_assert_eq!(from_json(json).unwrap(), value);
        Ok(())
    });
}

#[test]
fn references_travel_by_the_callers_names() {
    let alice = Ref::Facet(FacetId(7));
    let value = Value::list([Value::Ref(alice), Value::from(1_u8)]);
    let json = to_json_with(&value, &mut |_| "alice".to_owned());
    assert_eq!(json.to_string(), r#"[{"$ref":"alice"},1]"#);
    let resolve = &mut |name: &str| if name == "alice" { Ok(alice) } else { unknown(name) };
    assert_eq!(from_json_with(json.clone(), resolve).unwrap(), value);
    assert_eq!(from_json(json).unwrap_err().class(), Class::BadCall);
    let error = json::parse(r#"{"$ref":"bob"}"#, resolve).unwrap_err();
    assert_eq!(error.class(), Class::NotFound);
}

#[test]
fn sturdyrefs_are_shown_without_their_secret_and_not_read() {
    check(50, sturdyrefs(), |sturdy| {
        let json = to_json(&Value::from(sturdy.clone()));
        prop_assert_eq!(&json, &serde_json::json!({ "$sturdyref": sturdy.to_string() }));
        prop_assert!(from_json(json).is_err());
        Ok(())
    });
}

#[test]
fn what_the_convention_does_not_know_is_refused() {
    for (text, says) in [
        (r#"{"$undefined":1}"#, "`$undefined` goes with `true`"),
        (r#"{"$int":"5"}"#, "beyond 64 bits"),
        (r#"{"$int":"+99999999999999999999"}"#, "beyond 64 bits"),
        (r#"{"$int":"x"}"#, "decimal digits"),
        (r#"{"$int":5}"#, "`$int` goes with a string"),
        (r#"{"$float":"1"}"#, "NaN"),
        (r#"{"$bytes":"a"}"#, "base64"),
        (r#"{"$bytes":[1]}"#, "goes with a string"),
        (r#"{"$symbol":null}"#, "goes with a string"),
        (r#"{"$tagged":["t"]}"#, "a tag and a value"),
        (r#"{"$tagged":[1,2]}"#, "a tag and a value"),
        (r#"{"$tagged":"t"}"#, "a tag and a value"),
        (r#"{"$other":1}"#, "`$$`"),
        (r#"{"$":1}"#, "`$$`"),
        (r#"{"$symbol":"a","b":1}"#, "`$$`"),
        (r#"{"b":1,"$int":"5"}"#, "`$$`"),
        ("12345678901234567890123", "beyond 64 bits"),
        (r#"{"a\"1":[-9223372036854775809]}"#, "beyond 64 bits"),
        ("[1", "this is not JSON"),
        ("", "this is not JSON"),
        ("NaN", "this is not JSON"),
    ] {
        let error = json::parse(text, &mut unknown).unwrap_err();
        assert_eq!(error.class(), Class::BadCall, "{text}");
        assert!(error.message().contains(says), "{text}: {error}");
    }
    // Digits within strings are none of its business.
    let text = r#"["12345678901234567890123", "\\\"99999999999999999999999", 1e30, 0.5]"#;
    assert_eq!(json::parse(text, &mut unknown).unwrap().as_list().unwrap().len(), 4);
}

#[test]
fn any_json_is_a_value_or_refused() {
    let leaves = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        "[a-z0-9=+/-]{0,6}".prop_map(Into::into),
    ];
    let key = || {
        prop_oneof![
            "\\${0,2}(int|float|bytes|symbol|tagged|error|ref|undefined|sturdyref)",
            "[$a-c]{0,3}",
        ]
    };
    let any_json = leaves.prop_recursive(4, 30, 4, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
            proptest::collection::vec((key(), inner), 0..3)
                .prop_map(|fields| serde_json::Value::Object(fields.into_iter().collect())),
        ]
    });
    check(1000, any_json, |json| {
        if let Ok(value) = from_json(json) {
            // -0.0 alone has two forms.
            let again = to_json(&value);
            prop_assert_eq!(from_json(again).unwrap(), value);
        }
        Ok(())
    });
}

#[test]
fn json_has_its_limits() {
    let deepest = deep(VALUE_DEPTH_MAX);
    assert_eq!(from_json(to_json(&deepest)).unwrap(), deepest);
    let list = (0..=VALUE_DEPTH_MAX).fold(serde_json::Value::Null, |v, _| vec![v].into());
    assert!(from_json(list).unwrap_err().message().contains("nests deeper"));
    assert!(json::parse(&"[".repeat(100_000), &mut unknown).is_err());
    let long = format!("\"{}\"", "x".repeat(TEXT_BYTES_MAX));
    assert!(json::parse(&long, &mut unknown).unwrap_err().message().contains("at most"));
    let shown = to_json(&deep(VALUE_DEPTH_MAX + 10)).to_string();
    assert!(shown.contains("nested too deep"), "{shown}");
}
