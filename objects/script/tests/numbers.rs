//! Numbers as Node has them, against the tables that `numbers/record.mjs` recorded.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test says by panicking what went wrong, and reads and writes files of its own"
)]

use std::path::Path;

use hogshead_script::builtin::math::functions;
use hogshead_script::builtin::number::digits::{to_exponential, to_fixed, to_precision, to_text};
use hogshead_script::builtin::number::parse::{parse_float, parse_int, text_to_number};
use hogshead_script::builtin::number::radix::to_radix;
use serde_json::Value;

/// The rows of a table.
fn table(name: &str) -> Vec<Vec<Value>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/numbers").join(name);
    let text = std::fs::read_to_string(path).expect("the table is there");
    serde_json::from_str(&text).expect("the table is JSON")
}

/// A number from its bits in hexadecimal.
fn number(bits: &Value) -> f64 {
    let bits = bits.as_str().expect("bits");
    f64::from_bits(u64::from_str_radix(bits, 16).expect("hexadecimal"))
}

fn count(value: &Value) -> Option<u32> {
    value.as_u64().map(|count| u32::try_from(count).expect("small"))
}

/// Equal to the bit, except that there is one NaN.
fn same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())
}

#[test]
fn numbers_are_written_as_node_writes_them() {
    let table = table("format.json");
    assert!(table.len() > 3_000);
    for row in table {
        let x = number(&row[1]);
        let digits = count(&row[2]);
        let text = match row[0].as_str().expect("a name") {
            "toString" => to_text(x),
            "toFixed" => to_fixed(x, digits.expect("digits")),
            "toExponential" => to_exponential(x, digits),
            "toPrecision" => to_precision(x, digits.expect("digits")),
            other => panic!("no function {other}"),
        };
        assert_eq!(text, row[3].as_str().expect("text"), "{:?} {x:e}", &row[..3]);
    }
}

#[test]
fn numbers_are_written_in_any_radix_as_node_writes_them() {
    let table = table("radix.json");
    assert!(table.len() > 2_000);
    for row in table {
        let x = number(&row[0]);
        let radix = count(&row[1]).expect("a radix");
        assert_eq!(to_radix(x, radix), row[2].as_str().expect("text"), "{x:e} {radix}");
    }
}

#[test]
fn texts_are_read_as_node_reads_them() {
    let table = table("parse.json");
    assert!(table.len() > 2_000);
    for row in table {
        let text: Vec<u16> = row[1].as_str().expect("text").encode_utf16().collect();
        let radix = count(&row[2]).map_or(0, u32::cast_signed);
        let read = match row[0].as_str().expect("a name") {
            "Number" => text_to_number(&text),
            "parseFloat" => parse_float(&text),
            "parseInt" => parse_int(&text, radix),
            other => panic!("no function {other}"),
        };
        assert!(same(read, number(&row[3])), "{row:?}: {read:e}");
    }
}

/// What is exact in Node is exact here. The others may differ in the last digits; how often is
/// printed, and bounded so that it does not creep up.
#[test]
fn functions_are_nodes_but_for_the_last_digit() {
    const TRANSCENDENTAL: &[&str] = &[
        "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt", "cos", "cosh", "exp",
        "expm1", "hypot", "log", "log10", "log1p", "log2", "pow", "sin", "sinh", "tan", "tanh",
    ];
    let mut different = std::collections::BTreeMap::new();
    let table = table("math.json");
    assert!(table.len() > 5_000);
    for row in table {
        let name = row[0].as_str().expect("a name");
        let args: Vec<f64> = row[1].as_array().expect("arguments").iter().map(number).collect();
        let expected = number(&row[2]);
        let result = apply(name, &args);
        let (all, off, worst) = different.entry(name.to_owned()).or_insert((0u32, 0u32, 0u64));
        *all += 1;
        if same(result, expected) {
            continue;
        }
        let distance = result.to_bits().abs_diff(expected.to_bits());
        assert!(TRANSCENDENTAL.contains(&name), "{name}{args:?} is {expected:e}, not {result:e}");
        assert!(distance <= ULPS_MAX, "{name}{args:?} is {expected:e}, not {result:e}");
        *off += 1;
        *worst = (*worst).max(distance);
    }
    for (name, (all, off, worst)) in different {
        println!("{name}: {off} of {all} differ, by {worst} units in the last place at the most");
    }
}

/// How far a transcendental function may be from Node's, in units in the last place.
const ULPS_MAX: u64 = 2;

fn apply(name: &str, args: &[f64]) -> f64 {
    if let Some((_, function)) = functions::ONE.iter().find(|(one, _)| *one == name) {
        return function(args[0]);
    }
    match name {
        "atan2" => libm::atan2(args[0], args[1]),
        "pow" => functions::pow(args[0], args[1]),
        "imul" => functions::imul(args[0], args[1]),
        "hypot" => functions::hypot(args),
        "max" => args.iter().copied().fold(f64::NEG_INFINITY, functions::max),
        "min" => args.iter().copied().fold(f64::INFINITY, functions::min),
        other => panic!("no function {other}"),
    }
}
