//! Syrup: golden octets, what is refused and why, and round trips.

use bytes::Bytes;
use hogshead_captp::Descriptor;
use hogshead_captp::limits;
use hogshead_captp::syrup::split::Splitter;
use hogshead_captp::syrup::{DecodeError, Problem, decode, encode};
use hogshead_objects::int::Int;
use hogshead_objects::locator::{Hints, Locator, SturdyRef, SwissNumber};
use hogshead_objects::{ErrorValue, Symbol, Tagged, Value};
use proptest::prelude::*;

type Wire = Value<Descriptor>;

fn text(s: &str) -> Wire {
    Value::String(s.to_owned())
}

fn int(n: i128) -> Wire {
    Value::Int(Int::from(n))
}

fn fields<const N: usize>(fields: [(&str, Wire); N]) -> Wire {
    Value::Struct(fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

fn sturdyref() -> Wire {
    let hints = [("host", "127.0.0.1"), ("port", "22046")];
    let hints: Hints =
        hints.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
    Value::SturdyRef(Box::new(SturdyRef {
        peer: Locator {
            designator: "0000".into(),
            transport: Symbol::from_static("tcp-testing-only"),
            hints: Some(hints),
        },
        swiss: SwissNumber::new(b"my-object".to_vec()),
    }))
}

/// The octets of the table in `syrup.rs`, and those that real peers were seen to send.
fn golden() -> Vec<(Wire, &'static [u8])> {
    let tagged = Tagged { tag: "decimal".into(), value: text("3.14") };
    vec![
        (Value::Undefined, b"<4'void>"),
        (Value::Null, b"<4'null>"),
        (Value::Bool(true), b"t"),
        (Value::Bool(false), b"f"),
        (int(0), b"0+"),
        (int(7), b"7+"),
        (int(-12), b"12-"),
        (int(i64::MAX.into()), b"9223372036854775807+"),
        (int(i64::MIN.into()), b"9223372036854775808-"),
        (int(i128::from(u64::MAX) + 1), b"18446744073709551616+"),
        (int(-170_141_183_460_469_231_731_687_303_715), b"170141183460469231731687303715-"),
        (Value::Float(1.0), b"D\x3f\xf0\0\0\0\0\0\0"),
        (Value::Float(0.0), b"D\0\0\0\0\0\0\0\0"),
        (Value::Float(-0.0), b"D\x80\0\0\0\0\0\0\0"),
        (Value::Float(f64::NEG_INFINITY), b"D\xff\xf0\0\0\0\0\0\0"),
        (Value::Float(f64::NAN), b"D\x7f\xf8\0\0\0\0\0\0"),
        (text(""), b"0\""),
        (text("Hello"), b"5\"Hello"),
        (text("z\u{fc}rich"), b"7\"z\xc3\xbcrich"),
        (Value::Symbol("fulfill".into()), b"7'fulfill"),
        (Value::Bytes(Bytes::from_static(b"\0\xff")), b"2:\0\xff"),
        (Value::List(vec![]), b"[]"),
        (Value::List(vec![text("baz"), Value::List(vec![int(1)])]), b"[3\"baz[1+]]"),
        (fields([]), b"{}"),
        (fields([("b", int(2)), ("aa", int(1))]), b"{2\"aa1+1\"b2+}"),
        (Value::Tagged(Box::new(tagged)), b"<11'desc:tagged7'decimal4\"3.14>"),
        (Value::Error(ErrorValue { message: "boom".into() }), b"<10'desc:error4\"boom>"),
        (Value::Ref(Descriptor::ImportObject(3)), b"<18'desc:import-object3+>"),
        (Value::Ref(Descriptor::ImportPromise(2)), b"<19'desc:import-promise2+>"),
        (Value::Ref(Descriptor::Export(0)), b"<11'desc:export0+>"),
        (Value::Ref(Descriptor::Answer(u64::MAX)), b"<11'desc:answer18446744073709551615+>"),
        (
            sturdyref(),
            b"<15'ocapn-sturdyref<10'ocapn-peer16'tcp-testing-only4\"0000{4\"host9\"127.0.0.1\
              4\"port5\"22046}>9:my-object>",
        ),
    ]
}

#[test]
fn every_kind_of_value_has_one_canonical_text() {
    for (value, octets) in golden() {
        assert_eq!(encode(&value), octets, "{value:?}");
        assert_eq!(decode(&Bytes::from_static(octets)).as_ref(), Ok(&value));
    }
}

#[test]
fn what_only_the_sender_could_have_written_better_is_taken() {
    let cases: [(&'static [u8], Wire); 4] = [
        // Keys in another order.
        (b"{1\"b2+2\"aa1+}", fields([("aa", int(1)), ("b", int(2))])),
        // Another NaN.
        (b"D\xff\xf8\0\0\0\0\0\x01", Value::Float(f64::NAN)),
        // A swiss number as a string, as the text of the specification has it.
        (
            b"<15'ocapn-sturdyref<10'ocapn-peer16'tcp-testing-only4\"0000{4\"host9\"127.0.0.1\
              4\"port5\"22046}>9\"my-object>",
            sturdyref(),
        ),
        (b"[{1\"k[]}]", Value::List(vec![fields([("k", Value::List(vec![]))])])),
    ];
    for (octets, value) in cases {
        assert_eq!(decode(&Bytes::from_static(octets)), Ok(value));
    }
}

#[test]
fn everything_else_is_refused_at_its_place() {
    use Problem::*;
    let cases: &[(&'static [u8], usize, Problem)] = &[
        (b"", 0, Truncated),
        (b"5", 0, Truncated),
        (b"5\"hell", 0, Truncated),
        (b"[", 1, Truncated),
        (b"[t", 2, Truncated),
        (b"{1\"a", 4, Truncated),
        (b"<4'void", 7, Truncated),
        (b"D\0\0\0", 1, Truncated),
        (b"tt", 1, Trailing),
        (b"1+ ", 2, Trailing),
        (b" 1+", 0, Unexpected),
        (b"[1+ 2+]", 3, Unexpected),
        (b"+", 0, Unexpected),
        (b"-1", 0, Unexpected),
        (b"1.5+", 0, Unexpected),
        (b"3x...", 0, Unexpected),
        (b"]", 0, Unexpected),
        (b"F\0\0\0\0", 0, Unexpected),
        (b"#1+$", 0, Unexpected),
        (b"007+", 0, NotCanonical),
        (b"0-", 0, NotCanonical),
        (b"00+", 0, NotCanonical),
        (b"03\"abc", 0, NotCanonical),
        (b"00000000000000000000000000001+", 0, NotCanonical),
        (b"2\"\xc3\x28", 4, NotUtf8),
        (b"3\"\xed\xa0\x80", 5, NotUtf8),
        (b"1'\xff", 3, NotUtf8),
        (b"{1\"a1+1\"a2+}", 9, DuplicateKey),
        (b"{1'at}", 4, Unexpected),
        (b"{1+t}", 3, Unexpected),
        (b"<4'nope>", 7, UnknownRecord),
        (b"<4\"void>", 7, UnknownRecord),
        (b"<4'voidt>", 7, Unexpected),
        (b"<10'ocapn-peer3'tcp1\"af>", 14, UnknownRecord),
        (b"<18'desc:import-object1->", 24, NotAPosition),
        (b"<18'desc:import-object18446744073709551616+>", 43, NotAPosition),
        (b"<18'desc:import-object1\"1>", 25, NotAPosition),
        (b"<11'desc:tagged7\"decimalt>", 24, Unexpected),
        (b"<15'ocapn-sturdyref<10'ocapn-peer3'a.b1\"af>1:x>", 43, NotALocator),
        (b"<15'ocapn-sturdyref<10'ocapn-peer3'tcp1\"at>1:x>", 41, Unexpected),
        (b"<17'desc:handoff-givet>", 21, UnknownRecord),
    ];
    for &(octets, at, problem) in cases {
        let shown = String::from_utf8_lossy(octets);
        assert_eq!(
            decode(&Bytes::from_static(octets)),
            Err(DecodeError { at, problem }),
            "{shown}"
        );
    }
}

#[test]
fn nesting_a_million_deep_is_refused_early() {
    for opening in ["[", "{1\"a", "<11'desc:tagged1't"] {
        let octets = Bytes::from(opening.repeat(1_000_000));
        let error = decode(&octets).unwrap_err();
        assert_eq!(error.problem, Problem::TooDeep);
        assert!(error.at <= opening.len() * (limits::DEPTH_MAX + 1));
    }
    let deepest = format!("{}t{}", "[".repeat(limits::DEPTH_MAX), "]".repeat(limits::DEPTH_MAX));
    assert!(decode(&Bytes::from(deepest.clone())).is_ok());
    let error = decode(&Bytes::from(format!("[{deepest}]"))).unwrap_err();
    assert_eq!(error, DecodeError { at: limits::DEPTH_MAX, problem: Problem::TooDeep });
}

#[test]
fn a_length_of_four_gibibytes_costs_nothing() {
    for octets in
        ["4294967296:", "4294967295\"", "99999999999999999999999'", "18446744073709551615:"]
    {
        let error = decode(&Bytes::from(octets)).unwrap_err();
        assert_eq!(error.problem, Problem::Truncated, "{octets}");
        let error = Splitter::new().feed(octets.as_bytes(), limits::FRAME_BYTES_MAX).unwrap_err();
        assert_eq!(error.problem, Problem::TooLong, "{octets}");
    }
}

#[test]
fn a_frame_has_so_many_values_and_no_more() {
    let list = |n: usize| Bytes::from(format!("[{}]", "t".repeat(n)));
    assert!(decode(&list(limits::VALUES_MAX - 1)).is_ok());
    assert_eq!(decode(&list(limits::VALUES_MAX)).unwrap_err().problem, Problem::TooManyValues);
}

#[test]
fn a_frame_has_so_many_digits_and_no_more() {
    let long = format!("{}+", "9".repeat(limits::INTEGER_DIGITS_MAX));
    let value = decode(&Bytes::from(long.clone())).unwrap();
    assert_eq!(encode(&value), long.as_bytes());
    for octets in [format!("9{long}"), format!("[{long}{}+]", "8".repeat(40))] {
        let error = decode(&Bytes::from(octets)).unwrap_err();
        assert_eq!(error.problem, Problem::TooManyDigits);
    }
}

#[test]
fn a_name_has_so_many_bytes_and_no_more() {
    let name = |n: usize| "n".repeat(n);
    let max = limits::NAME_BYTES_MAX;
    for (before, after) in [("", ""), ("<11'desc:tagged", "t>")] {
        let octets = |n: usize| Bytes::from(format!("{before}{n}'{}{after}", name(n)));
        assert!(decode(&octets(max)).is_ok());
        assert_eq!(decode(&octets(max + 1)).unwrap_err().problem, Problem::NameTooLong);
    }
    let octets = |n: usize| Bytes::from(format!("{{{n}\"{}t}}", name(n)));
    assert!(decode(&octets(max)).is_ok());
    assert_eq!(decode(&octets(max + 1)).unwrap_err().problem, Problem::NameTooLong);
}

#[test]
fn byte_strings_share_the_memory_of_their_frame() {
    let frame = Bytes::from_static(b"[5:hello]");
    let Ok(Value::List(items)) = decode(&frame) else { panic!("a list") };
    let [Value::Bytes(hello)] = items.as_slice() else { panic!("octets") };
    assert_eq!(hello.as_ptr(), frame[3..].as_ptr());
}

#[test]
fn a_splitter_finds_each_end_however_the_octets_come() {
    let mut stream = Vec::new();
    let mut ends = Vec::new();
    for (_, octets) in golden() {
        stream.extend_from_slice(octets);
        ends.push(stream.len());
    }
    for step in [1, 2, 3, 17, stream.len()] {
        let mut splitter = Splitter::new();
        let mut found = Vec::new();
        let mut passed = 0;
        for mut octets in stream.chunks(step) {
            while let Some(used) = splitter.feed(octets, limits::FRAME_BYTES_MAX).unwrap() {
                passed += used;
                found.push(passed);
                octets = &octets[used..];
            }
            passed += octets.len();
        }
        assert_eq!(found, ends, "{step} octets at a time");
    }
}

#[test]
fn a_splitter_refuses_what_is_too_long_too_deep_or_nonsense() {
    let feed = |octets: &[u8]| Splitter::new().feed(octets, 100).map_err(|error| error.problem);
    assert_eq!(feed(b"[96:"), Ok(None));
    assert_eq!(feed(b"[97:"), Err(Problem::TooLong));
    assert_eq!(feed(&[b'['; 101]), Err(Problem::TooLong));
    assert_eq!(feed(b"]"), Err(Problem::Unexpected));
    assert_eq!(feed(b"[ "), Err(Problem::Unexpected));
    let deep = Splitter::new().feed(&[b'['; 1000], 10_000).unwrap_err();
    assert_eq!(deep.problem, Problem::TooDeep);
}

fn any_value() -> impl Strategy<Value = Wire> {
    let atom = prop_oneof![
        Just(Value::Undefined),
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i128>().prop_map(int),
        any::<i64>().prop_map(|n| int(n.into())),
        any::<f64>().prop_map(Value::Float),
        any::<u64>().prop_map(|bits| Value::Float(f64::from_bits(bits))),
        any::<String>().prop_map(Value::String),
        any::<String>().prop_map(|name| Value::Symbol(Symbol::from(name))),
        any::<Vec<u8>>().prop_map(|octets| Value::Bytes(octets.into())),
        any::<String>().prop_map(|message| Value::Error(ErrorValue { message })),
        any::<u64>().prop_map(|n| Value::Ref(Descriptor::ImportObject(n))),
        any::<u64>().prop_map(|n| Value::Ref(Descriptor::ImportPromise(n))),
        any::<u64>().prop_map(|n| Value::Ref(Descriptor::Export(n))),
        any::<u64>().prop_map(|n| Value::Ref(Descriptor::Answer(n))),
        Just(sturdyref()),
    ];
    atom.prop_recursive(6, 64, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::List),
            prop::collection::btree_map(any::<String>(), inner.clone(), 0..8)
                .prop_map(Value::Struct),
            (any::<String>(), inner)
                .prop_map(|(tag, value)| Value::Tagged(Box::new(Tagged { tag, value }))),
        ]
    })
}

proptest! {
    #[test]
    fn any_value_survives_the_wire(value in any_value()) {
        let octets = encode(&value);
        prop_assert_eq!(decode(&octets).unwrap(), value);
        hogshead_captp::fuzzing::fuzz_syrup(&octets);
    }

    #[test]
    fn a_value_cut_anywhere_is_truncated(value in any_value(), at in any::<prop::sample::Index>()) {
        let octets = encode(&value);
        let cut = octets.slice(..at.index(octets.len()));
        prop_assert_eq!(decode(&cut).unwrap_err().problem, Problem::Truncated);
    }

    #[test]
    fn any_octets_are_read_or_refused(octets in any::<Vec<u8>>()) {
        hogshead_captp::fuzzing::fuzz_syrup(&octets);
        hogshead_captp::fuzzing::fuzz_operation(&octets);
    }
}
