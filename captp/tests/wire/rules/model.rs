//! "Model" and "Locators": values pass a session as they are.

use hogshead_objects::{Ref, Value};

use crate::raw::{Raw, fulfilled, given_back, octets};

/// The echo gives exactly the arguments back, octet for octet.
#[track_caller]
fn comes_back(args: &str) {
    changes_into(args, args);
}

/// The echo gives the arguments back in these octets.
#[track_caller]
fn changes_into(args: &str, back: &str) {
    let mut raw = Raw::plain();
    let echo = raw.echo();
    raw.check(
        octets(&format!("<10'op:deliver<11'desc:export{echo}+>{args}f<18'desc:import-object5+>>")),
        &[&fulfilled(5, back), &given_back(5)],
    );
}

/// What the echo will not take: the operation is malformed.
#[track_caller]
fn is_refused(args: &str) {
    let mut raw = Raw::plain();
    let echo = raw.echo();
    let says = format!("<10'op:deliver<11'desc:export{echo}+>{args}f<18'desc:import-object5+>>");
    let Err(violation) = raw.say(octets(&says)) else { panic!("{args} was taken") };
    assert!(violation.to_string().starts_with("malformed operation"), "{args}: {violation}");
}

/// Model, Undefined: one value, apart from null, also as a struct's field.
#[test]
fn undefined_and_null_are_two_values() {
    comes_back("[<4'void><4'null>{1\"n<4'null>1\"u<4'void>}]");
}

/// Model, Boolean: true and false.
#[test]
fn booleans() {
    comes_back("[tf]");
}

/// Model, Integer: arbitrary precision, with sign; apart from floats of the same number.
#[test]
fn integers_of_any_size() {
    comes_back("[0+1+1-9223372036854775807+9223372036854775808-9223372036854775808+]");
    let long = "7".repeat(10_000);
    comes_back(&format!("[{long}+{long}-]"));
    is_refused("[007+]");
    is_refused("[0-]");
}

/// Model, Float64: -0 is preserved, and both infinities.
#[test]
fn floats_keep_negative_zero_and_infinities() {
    for float in
        [0.0, -0.0, 1.5, f64::INFINITY, f64::NEG_INFINITY, f64::MIN_POSITIVE, f64::MAX, 5e-324]
    {
        let octets: String = float.to_be_bytes().map(char::from).into_iter().collect();
        comes_back(&format!("[D{octets}]"));
    }
}

/// Model, Float64: all NaNs are one, and the canonical one is sent.
#[test]
fn there_is_one_nan() {
    let text = |bits: u64| -> String { bits.to_be_bytes().map(char::from).into_iter().collect() };
    let canonical = text(0x7ff8_0000_0000_0000);
    for bits in [0x7ff8_0000_0000_0000, 0xfff8_0000_0000_0001, 0x7ff0_0000_0000_0001, u64::MAX] {
        changes_into(&format!("[D{}]", text(bits)), &format!("[D{canonical}]"));
    }
    // Ours too, whatever the machine made of it.
    let mut raw = Raw::plain();
    let nan = raw.object(|_, _| Ok(Value::Float(f64::from_bits(0xfff8_0000_0000_0001))));
    raw.check(
        format!("<10'op:deliver<11'desc:export{nan}+>[]f<18'desc:import-object5+>>"),
        &[&fulfilled(5, &format!("D{canonical}")), &given_back(5)],
    );
}

/// Model, String: any Unicode code points but surrogates, in UTF-8.
#[test]
fn strings_are_unicode_without_surrogates() {
    let text = "z\u{fc}rich \u{1f980}\u{10ffff}\0";
    let shown = crate::raw::shown(text.as_bytes());
    comes_back(&format!("[{}\"{shown}0\"]", text.len()));
    is_refused("[3\"\u{ed}\u{a0}\u{80}]");
    is_refused("[2\"\u{c3}(]");
}

/// Model, Symbol: apart from strings by type; code points alike.
#[test]
fn symbols_are_not_strings() {
    comes_back("[3'foo3\"foo0'0\"]");
    let name = "\u{1f980}";
    comes_back(&format!("[{}'{}]", name.len(), crate::raw::shown(name.as_bytes())));
    is_refused("[1'\u{ff}]");
}

/// Model, ByteArray: any octets.
#[test]
fn byte_arrays_are_any_octets() {
    let all: String = (0..=255_u8).map(char::from).collect();
    comes_back(&format!("[256:{all}0:]"));
}

/// Model, List: any quantity of values, nested.
#[test]
fn lists_nest() {
    comes_back("[[][[]][1+[2+[3+]]]]");
}

/// Model, Struct: keys are strings in any order, each once; they are sent in ascending order.
#[test]
fn structs_have_string_keys_in_any_order() {
    comes_back("[{}{2\"aa1+1\"b2+}]");
    changes_into("[{1\"b2+2\"aa1+}]", "[{2\"aa1+1\"b2+}]");
    is_refused("[{1\"a1+1\"a2+}]");
    is_refused("[{1'a1+}]");
    is_refused("[{1+1+}]");
}

/// Model, Tagged: a tag and exactly one value.
#[test]
fn tagged_values_have_one_value() {
    comes_back("[<11'desc:tagged7'decimal4\"3.14><11'desc:tagged1't<11'desc:tagged1'u[]>>]");
    is_refused("[<11'desc:tagged7'decimal>]");
    is_refused("[<11'desc:tagged7'decimal1+2+>]");
}

/// Model, Error: an error round-trips to an error.
#[test]
fn errors_come_back_as_errors() {
    comes_back("[<10'desc:error4\"boom><10'desc:error0\">]");
}

/// Model, Target: a target that is sent and comes back is equal to itself and to no other.
#[test]
fn targets_are_equal_after_a_round_trip() {
    let mut raw = Raw::plain();
    let echo = raw.echo();
    let mine = raw.echo();
    raw.check(
        format!(
            "<10'op:deliver<11'desc:export{echo}+>[<11'desc:export{mine}+>\
             <18'desc:import-object9+>]f<18'desc:import-object5+>>"
        ),
        &[
            &fulfilled(5, &format!("[<18'desc:import-object{mine}+><11'desc:export9+>]")),
            "<13'op:gc-exports[9+5+][1+1+]>",
        ],
    );
}

/// Model, Promise: a promise arrives as a promise, and what comes back settles alike.
#[test]
fn a_promise_that_comes_back_settles_alike() {
    let mut raw = Raw::plain();
    let vow = raw.lend("<19'desc:import-promise9+>");
    let object = raw.lend("<18'desc:import-object10+>");
    raw.vat.turn(|heap| {
        heap.tell(object, hogshead_objects::Message::apply(vec![Value::Ref(vow)]));
    });
    assert_eq!(raw.heard(), ["<10'op:deliver<11'desc:export10+>[<11'desc:export9+>]ff>"]);
    assert!(matches!(vow, Ref::Promise(_)));
}

/// Locators, Peer Locator: `<ocapn-peer transport designator hints>`: a symbol without a dot, a
/// string, and a struct or false.
#[test]
fn a_peer_locator_has_transport_designator_and_hints() {
    let peer = |fields: &str| format!("[<15'ocapn-sturdyref<10'ocapn-peer{fields}>1:x>]");
    for fields in
        ["3'tcp1\"af", "3'tcp1\"a{}", "3'tcp1\"a{4\"host1\"h4\"port1\"1}", "5'onion3\"a.bf"]
    {
        comes_back(&peer(fields));
    }
    for fields in [
        "3'a.b1\"af",
        "3\"tcp1\"af",
        "3'tcp1'af",
        "3'tcp1\"at",
        "3'tcp1\"a",
        "3'tcp1\"a{1\"h1+}",
        "0'1\"af",
    ] {
        is_refused(&peer(fields));
    }
}

/// Locators, Sturdyref Locator: `<ocapn-sturdyref peer swiss-num>`; the number is read as a string
/// or as octets, and sent as octets.
#[test]
fn a_sturdyref_is_a_peer_and_a_swiss_number() {
    comes_back("[<15'ocapn-sturdyref<10'ocapn-peer3'tcp1\"af>9:my-object>]");
    changes_into(
        "[<15'ocapn-sturdyref<10'ocapn-peer3'tcp1\"af>9\"my-object>]",
        "[<15'ocapn-sturdyref<10'ocapn-peer3'tcp1\"af>9:my-object>]",
    );
    is_refused("[<15'ocapn-sturdyref9:my-object>]");
    is_refused("[<15'ocapn-sturdyref<10'ocapn-peer3'tcp1\"af>9'my-object>]");
}
