//! Values themselves: equality, integers, walks.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use hogshead_objects::int::{Int, OutOfRange, ParseIntError};
use hogshead_objects::limits::INTEGER_DIGITS_MAX;
use hogshead_objects::{Ref, Value};
use num_bigint::BigInt;
use proptest::prelude::*;

use super::arbitrary::{check, deep, ints, values};

fn hash(value: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[test]
fn equality_is_that_of_the_model() {
    let nans = [0x7FF8_0000_0000_0000, 0x7FF8_0000_0000_0001, 0xFFF0_0000_0000_0001];
    let nans = nans.map(|bits| Value::Float(f64::from_bits(bits)));
    for nan in &nans {
        assert_eq!(*nan, nans[0]);
        assert_eq!(hash(nan), hash(&nans[0]));
    }
    let different = [
        Value::Undefined,
        Value::Null,
        Value::from(false),
        Value::from(0_u8),
        Value::from(0.0),
        Value::from(-0.0),
        Value::from(f64::NAN),
        Value::from("a"),
        Value::symbol("a"),
        Value::bytes(&b"a"[..]),
        Value::error("a"),
        Value::list([]),
        Value::list([Value::list([])]),
        Value::structure::<String>([]),
        Value::tagged("a", ()),
        Value::tagged("a", false),
        Value::tagged("b", ()),
    ];
    for (i, a) in different.iter().enumerate() {
        for (j, b) in different.iter().enumerate() {
            assert_eq!(a == b, i == j, "{a} and {b}");
        }
    }
}

#[test]
fn equal_values_have_one_hash() {
    check(100, values(), |value| {
        let again = value.clone();
        prop_assert_eq!(&again, &value);
        prop_assert_eq!(hash(&again), hash(&value));
        Ok(())
    });
}

#[test]
fn integers_are_those_of_a_big_integer() {
    check(300, (ints(), ints()), |(a, b)| {
        let (big_a, big_b) = (a.to_big(), b.to_big());
        prop_assert_eq!(a.cmp(&b), big_a.cmp(&big_b));
        prop_assert_eq!(a == b, big_a == big_b);
        prop_assert_eq!(a.to_i64(), i64::try_from(&big_a).ok());
        prop_assert_eq!(a.to_u64(), u64::try_from(&big_a).ok());
        prop_assert_eq!(a.to_i128(), i128::try_from(&big_a).ok());
        prop_assert_eq!(a.to_u128(), u128::try_from(&big_a).ok());
        prop_assert_eq!(i16::try_from(&a).ok(), i16::try_from(&big_a).ok());
        prop_assert_eq!(a.to_string(), big_a.to_string());
        prop_assert_eq!(&Int::from(big_a), &a);
        prop_assert_eq!(a.to_string().parse::<Int>().unwrap(), a);
        Ok(())
    });
}

#[test]
fn an_integer_is_a_float_only_exactly() {
    for (int, float) in [(1_i128 << 53, Some(9_007_199_254_740_992.0)), ((1 << 53) + 1, None)] {
        assert_eq!(Int::from(int).to_f64_exact(), float);
    }
    assert_eq!(Int::from(BigInt::from(1) << 2000_u32).to_f64_exact(), None);
    assert_eq!(Int::from(-3).to_f64_exact(), Some(-3.0));
}

#[test]
fn digits_are_read_strictly() {
    for (text, int) in
        [("0", 0), ("+0", 0), ("-1", -1), ("+7", 7), ("9223372036854775807", i64::MAX)]
    {
        assert_eq!(text.parse(), Ok(Int::from(int)), "{text}");
    }
    for text in
        ["", "+", "-", "-0", "00", "007", "-01", "1_000", " 1", "1 ", "٣", "0x1", "--1", "1.0"]
    {
        assert_eq!(text.parse::<Int>(), Err(ParseIntError::Digits), "{text}");
    }
    assert_eq!(u8::try_from(&Int::from(256)), Err(OutOfRange));
}

#[test]
fn too_many_digits_are_refused() {
    let most = "9".repeat(INTEGER_DIGITS_MAX);
    assert_eq!(format!("-{most}").parse::<Int>().unwrap().to_string().len(), most.len() + 1);
    assert_eq!(format!("{most}9").parse::<Int>(), Err(ParseIntError::TooLong));
}

#[test]
fn references_are_met_in_order_and_mapped_in_order() {
    check(200, values(), |value| {
        let refs: Vec<Ref> = value.refs().copied().collect();
        let mut seen = Vec::new();
        let mapped: Value<usize> = value
            .clone()
            .try_map(&mut |r| {
                seen.push(r);
                Ok::<_, ()>(seen.len() - 1)
            })
            .unwrap();
        prop_assert_eq!(&seen, &refs);
        prop_assert!(mapped.refs().copied().eq(0..refs.len()));
        let back: Value = mapped.try_map(&mut |at| Ok::<_, ()>(refs[at])).unwrap();
        prop_assert_eq!(back, value);
        Ok(())
    });
}

#[test]
fn mapping_ends_with_the_first_error() {
    let value: Value<u8> =
        Value::List(vec![Value::Ref(1), Value::List(vec![Value::Ref(2)]), Value::Ref(3)]);
    let mut seen = Vec::new();
    let result = value.try_map(&mut |n| {
        seen.push(n);
        if n == 2 { Err(n) } else { Ok(n) }
    });
    assert_eq!(result.unwrap_err(), 2);
    assert_eq!(seen, [1, 2]);
}

#[test]
fn depth_counts_containers() {
    assert_eq!(Value::from(()).depth(), 0);
    assert_eq!(Value::list([]).depth(), 1);
    assert_eq!(Value::list([deep(3), deep(7), Value::Null]).depth(), 8);
}

#[test]
fn walks_of_a_value_that_was_built_too_deep_do_not_overflow() {
    let value = deep(300_000);
    assert_eq!(value.depth(), 300_000);
    assert_eq!(value.refs().count(), 0);
    assert!(!value.contains_secret());
    assert!(value.size_bytes() > 300_000);
    let mapped: Value = value.try_map(&mut Ok::<Ref, ()>).unwrap();
    // Each of these ends it without recursion.
    assert!(mapped.to_string().len() < 10_000);
    hogshead_objects::codec::from_value::<Value>(mapped).unwrap_err();
    deep(300_000).dismantle();
}

#[test]
fn the_size_grows_with_what_is_inside() {
    let list = |n| Value::list((0..n).map(|_| Value::Null));
    assert!(list(1000).size_bytes() >= 8 * list(1).size_bytes());
    assert!(Value::from("x".repeat(500)).size_bytes() >= 500);
    let big: Int = "9".repeat(1000).parse().unwrap();
    assert!(Value::from(big).size_bytes() >= 400);
}

#[test]
fn accessors_give_what_is_there_and_nothing_else() {
    let value = Value::structure([("n", Value::from(7_u8)), ("s", Value::symbol("s"))]);
    assert_eq!(value.field("n").and_then(Value::as_u64), Some(7));
    assert_eq!(value.field("n").and_then(Value::as_f64), None);
    assert_eq!(value.field("s").and_then(Value::as_str), None);
    assert!(value.field("s").and_then(Value::as_symbol).is_some_and(|s| s == "s"));
    assert_eq!(value.field("none"), None);
    assert_eq!(Value::from(None::<u8>), Value::Null);
    assert_eq!(Value::from(-1_i8).as_u64(), None);
}
