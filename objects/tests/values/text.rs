//! The abstract notation: written, and read back.

use hogshead_objects::ids::FacetId;
use hogshead_objects::limits::{INTEGER_DIGITS_MAX, TEXT_BYTES_MAX, VALUE_DEPTH_MAX};
use hogshead_objects::{Class, Ref, Value, text};
use proptest::prelude::*;

use super::arbitrary::{check, data, deep, values};

#[test]
fn each_kind_has_its_text() {
    let table = [
        (Value::Undefined, "<void>"),
        (Value::Null, "<null>"),
        (Value::from(true), "t"),
        (Value::from(false), "f"),
        (Value::from(42_u8), "42"),
        (Value::from(-1_i8), "-1"),
        (Value::from(1.0), "1.0"),
        (Value::from(-0.0), "-0.0"),
        (Value::from(0.1), "0.1"),
        (Value::from(1e21), "1000000000000000000000.0"),
        (Value::from(f64::NAN), "nan"),
        (Value::from(f64::INFINITY), "inf"),
        (Value::from(f64::NEG_INFINITY), "-inf"),
        (Value::from("twine"), r#""twine""#),
        (Value::from("a \"b\" \\ \n é \u{202e}"), r#""a \"b\" \\ \n é \u{202e}""#),
        (Value::bytes(vec![0xb0, 0xb5]), ":b0b5"),
        (Value::bytes(vec![]), ":"),
        (Value::symbol("fleur-de-lis"), "'fleur-de-lis"),
        (Value::symbol("op:deliver"), "'op:deliver"),
        (Value::symbol("add_one"), "'add_one"),
        (Value::symbol("1 2"), r#"'"1 2""#),
        (Value::symbol(""), r#"'"""#),
        (Value::list([1_u8, 2, 3].map(Value::from)), "[1 2 3]"),
        (Value::list([]), "[]"),
        (
            Value::structure([("b c", 2_u8), ("a", 1)].map(|(k, v)| (k, v.into()))),
            r#"{a: 1, "b c": 2}"#,
        ),
        (Value::structure([("a:b", Value::bytes(vec![1]))]), r#"{"a:b": :01}"#),
        (Value::tagged("decimal", "3.14"), r#"<desc:tagged 'decimal "3.14">"#),
        (Value::error("boom"), r#"<desc:error "boom">"#),
    ];
    for (value, written) in table {
        assert_eq!(value.to_string(), written);
        assert_eq!(text::parse(written).unwrap(), value, "{written}");
    }
}

#[test]
fn the_specifications_own_forms_are_read() {
    for (written, value) in [
        ("{ a: 10, \"b\": 2 }", Value::structure([("a", 10_u8.into()), ("b", 2_u8.into())])),
        (" [ 1 2\t3\r\n] ", Value::list([1_u8, 2, 3].map(Value::from))),
        ("<'void>", Value::Undefined),
        ("< desc:tagged 'a [] >", Value::tagged("a", vec![])),
        ("+1", Value::from(1_u8)),
        (".5", Value::from(0.5)),
        ("-.5", Value::from(-0.5)),
        ("2.", Value::from(2.0)),
        ("+inf", Value::from(f64::INFINITY)),
        ("{t: t}", Value::structure([("t", true.into())])),
        ("[[][]]", Value::list([Value::list([]), Value::list([])])),
    ] {
        assert_eq!(text::parse(written).unwrap(), value, "{written}");
    }
}

#[test]
fn what_is_not_the_notation_is_refused_with_its_place() {
    for (written, says) in [
        ("", "at byte 0: expected a value, found the end"),
        ("1 2", "at byte 2: expected the end, found '2'"),
        ("[1", "at byte 2: expected a space or `]`, found the end"),
        ("[1,2]", "at byte 2: expected a space or `]`, found ','"),
        ("[\"a\"\"b\"]", "at byte 4: expected a space or `]`, found '\"'"),
        ("{a: 1 b: 2}", "at byte 6: expected `,` or `}`, found 'b'"),
        ("{a: 1, a: 2}", "at byte 7: a field of this name was there before"),
        ("{1: 2}", "at byte 1: expected a field's name, found '1'"),
        ("{a 1}", "at byte 3: expected `:`, found '1'"),
        ("007", "leading zeros"),
        ("-0", "leading zeros"),
        ("00.5", "leading zeros"),
        (".", "at byte 1: a float is digits"),
        ("1e5", "at byte 1: expected the end"),
        ("infinity", "expected a value"),
        ("-information", "expected a value"),
        ("true", "at byte 0: expected a value (a symbol begins with `'`)"),
        ("'1", "at byte 1: expected a symbol's name"),
        (":b0b", "pairs of the digits"),
        (":B0", "pairs of the digits"),
        ("\"a", "at byte 2: expected `\"`"),
        ("\"\n\"", "at byte 1: expected `\"`"),
        ("\"\\x\"", "after `\\`"),
        ("\"\\u{d800}\"", "no Unicode character"),
        ("\"\\u{110000}\"", "no Unicode character"),
        ("\"\\u{}\"", "no Unicode character"),
        ("<foo 1>", "at byte 0: this record is not a value"),
        ("<desc:reference Facet(f1)>", "a reference cannot be given as text"),
        ("<ocapn-sturdyref x>", "a reference cannot be given as text"),
        ("<desc:tagged a 1>", "expected a tag"),
        ("<desc:tagged 'a1>", "expected a space"),
        ("<void 1>", "expected `>`"),
        ("é", "expected a value, found 'é'"),
    ] {
        let error = text::parse(written).unwrap_err();
        assert_eq!(error.class(), Class::BadCall);
        assert!(error.message().contains(says), "{written}: {error}");
    }
}

#[test]
fn values_without_references_survive_their_text() {
    check(400, data(), |value| {
        let written = value.to_string();
        prop_assert_eq!(
            text::parse(&written).map_err(|e| TestCaseError::fail(e.to_string()))?,
            value
        );
        prop_assert!(!written.contains('\n'), "one line: {}", written);
        Ok(())
    });
}

#[test]
fn references_are_shown_but_not_read() {
    assert_eq!(Value::Ref(Ref::Facet(FacetId(7))).to_string(), "<desc:reference Facet(f7)>");
    check(200, values(), |value| {
        let authority = value.refs().next().is_some() || value.contains_secret();
        prop_assert_eq!(text::parse(&value.to_string()).is_err(), authority);
        Ok(())
    });
}

#[test]
fn any_text_is_a_value_or_refused() {
    let noise = prop_oneof![
        any::<String>(),
        "[\\[\\]{}<>\"'\\\\:,. 0-9a-fu+-]{0,40}",
        data().prop_flat_map(|value| {
            let written = value.to_string();
            let cuts = 0..=written.chars().count();
            cuts.prop_map(move |cut| written.chars().skip(cut).collect::<String>())
        }),
    ];
    check(1000, noise, |written| {
        if let Ok(value) = text::parse(&written) {
            prop_assert_eq!(text::parse(&value.to_string()).unwrap(), value);
        }
        Ok(())
    });
}

#[test]
fn text_has_its_limits() {
    let deepest = deep(VALUE_DEPTH_MAX);
    assert_eq!(text::parse(&deepest.to_string()).unwrap(), deepest);
    assert!(deep(VALUE_DEPTH_MAX + 1).to_string().contains("<…>"));
    let deeper = "<desc:tagged 'a ".repeat(60_000);
    assert!(text::parse(&deeper).unwrap_err().message().contains("nested deeper"));
    let deeper = "[".repeat(100_000);
    assert!(text::parse(&deeper).unwrap_err().message().contains("nested deeper"));
    let long = "1".repeat(INTEGER_DIGITS_MAX + 1);
    assert!(text::parse(&long).unwrap_err().message().contains("at most"));
    let long = format!("\"{}\"", "x".repeat(TEXT_BYTES_MAX));
    assert!(text::parse(&long).unwrap_err().message().contains("at most"));
}
