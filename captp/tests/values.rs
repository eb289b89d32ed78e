//! Values over a whole session, there and back: what arrives is what was sent, and what exceeds a
//! limit is refused at a place that the limit sets, however much follows.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use std::cell::RefCell;
use std::rc::Rc;

use bytes::Bytes;
use hogshead_captp::limits::{
    DEPTH_MAX, FRAME_BYTES_MAX, INTEGER_DIGITS_MAX, NAME_BYTES_MAX, VALUES_MAX,
};
use hogshead_captp::syrup::split::Splitter;
use hogshead_captp::testing::{FakeVat, Wire, local_pair, plain_pair};
use hogshead_captp::{Bootstrap, Dialect, Limits, Operation};
use hogshead_objects::int::Int;
use hogshead_objects::locator::{Hints, Locator, SturdyRef, SwissNumber};
use hogshead_objects::{Class, Error, Message, Ref, Symbol, Value};
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};

/// Two vats; one asks an object of the other, which writes down what it hears and echoes it.
struct Echo {
    vats: [FakeVat; 2],
    wire: Wire,
    echo: Ref,
    heard: Rc<RefCell<Vec<Value>>>,
}

impl Echo {
    fn over((mut vats, wire): ([FakeVat; 2], Wire)) -> Self {
        let heard = Rc::new(RefCell::new(Vec::new()));
        let ears = Rc::clone(&heard);
        let echo = vats[1].heap.object(move |_, message| {
            ears.borrow_mut().clone_from(&message.values);
            Ok(Value::List(message.values))
        });
        vats[1].heap.share(b"echo", echo);
        let answer = vats[0]
            .session_turn(wire.ends[0], |session, heap| {
                let bootstrap = session.bootstrap(heap).unwrap();
                heap.ask(bootstrap, Message::new("fetch", [Value::bytes(b"echo".as_slice())]))
            })
            .unwrap();
        wire.run(&mut vats).unwrap();
        let Some(Ok(Value::Ref(echo))) = vats[0].heap.outcome(answer).cloned() else {
            panic!("the echo is shared")
        };
        Self { vats, wire, echo, heard }
    }

    fn plain() -> Self {
        Self::over(plain_pair(Dialect::default(), Limits::default()))
    }

    fn everywhere() -> [Self; 2] {
        let host = local_pair([Bootstrap::Fetch, Bootstrap::Fetch]);
        [Self::plain(), Self::over(host)]
    }

    /// Sends values; what the echo answers.
    fn ask(&mut self, values: &[Value]) -> Result<Value, Error> {
        let echo = self.echo;
        let message = Message::apply(values.to_vec());
        let answer = self.vats[0].turn(|heap| heap.ask(echo, message));
        self.wire.run(&mut self.vats).unwrap();
        let outcome = self.vats[0].heap.outcome(answer).expect("it is answered").clone();
        self.vats[0].turn(|heap| heap.let_go(Ref::Promise(answer)));
        outcome
    }

    /// The values arrive there, and come back.
    #[track_caller]
    fn carries(&mut self, values: &[Value]) {
        let back = self.ask(values);
        // Compared piece by piece: printing 16 MiB helps nobody.
        assert!(*self.heard.borrow() == values, "what was heard differs");
        assert!(back == Ok(Value::List(values.to_vec())), "what came back differs");
    }

    /// The values are refused with `limit` before they leave, and the session goes on.
    #[track_caller]
    fn refuses(&mut self, values: &[Value]) {
        self.heard.borrow_mut().clear();
        let error = self.ask(values).expect_err("it exceeds a limit");
        assert_eq!(error.class(), Class::Limit, "{error}");
        assert!(self.heard.borrow().is_empty(), "nothing has left");
        self.carries(&[Value::from("it goes on")]);
    }
}

fn sturdyref(hints: Option<Hints>, swiss: &[u8]) -> Value {
    let peer = Locator {
        designator: "0000.1111".into(),
        transport: Symbol::from_static("tcp-testing-only"),
        hints,
    };
    Value::SturdyRef(Box::new(SturdyRef { peer, swiss: SwissNumber::new(swiss.to_vec()) }))
}

fn integer(digits: usize, negative: bool) -> Value {
    let text = "7".repeat(digits);
    let text = if negative { format!("-{text}") } else { text };
    Value::Int(text.parse::<Int>().unwrap())
}

fn nested(depth: usize, wrap: fn(Value) -> Value) -> Value {
    (0..depth).fold(Value::Null, |inner, _| wrap(inner))
}

fn in_list(inner: Value) -> Value {
    Value::list([inner])
}

#[test]
fn every_atom_comes_back() {
    let floats = [
        0.0,
        -0.0,
        1.5,
        f64::MAX,
        f64::MIN,
        f64::MIN_POSITIVE,
        5e-324,
        f64::EPSILON,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
        -f64::NAN,
    ];
    let integers = [0, 1, -1, i128::from(i64::MAX), i128::from(i64::MIN), i128::MAX, i128::MIN];
    let texts = [
        "",
        "z\u{fc}rich",
        "\u{1f980}\u{10ffff}",
        "\u{d7ff}\u{e000}\u{ffff}",
        "\0\"'<>[]",
        "e\u{301}",
    ];
    let mut values = vec![Value::Undefined, Value::Null, Value::Bool(true), Value::Bool(false)];
    values.extend(floats.map(Value::Float));
    values.extend(integers.map(|n| Value::Int(Int::from(n))));
    values.extend(texts.map(Value::from));
    values.extend(texts.map(Value::symbol));
    values.extend(texts.map(Value::error));
    values.push(Value::bytes((0..=255_u8).collect::<Vec<_>>()));
    values.push(Value::bytes(Vec::new()));
    for mut echo in Echo::everywhere() {
        echo.carries(&values);
        let heard = echo.heard.borrow();
        let bits = |values: &[Value]| -> Vec<u64> {
            values.iter().filter_map(Value::as_f64).map(f64::to_bits).collect()
        };
        let wanted: Vec<u64> = floats
            .iter()
            .map(|float| if float.is_nan() { f64::NAN.to_bits() } else { float.to_bits() })
            .collect();
        assert_eq!(bits(&heard), wanted, "-0 is not 0, and there is one NaN");
    }
}

#[test]
fn containers_and_sturdyrefs_come_back() {
    let hints = [("host", "127.0.0.1"), ("port", "22046"), ("z\u{fc}", "\u{1f980}")];
    let hints: Hints = hints.map(|(key, hint)| (key.into(), hint.into())).into();
    let fields = [("z", Value::Null), ("", Value::Bool(true)), ("\u{1f980}", Value::from(1_u64))];
    let values = [
        Value::list([]),
        Value::list([Value::list([]), Value::list([Value::Undefined])]),
        Value::structure::<String>([]),
        Value::structure(fields.clone()),
        Value::structure(fields.into_iter().rev()),
        Value::tagged("", Value::Null),
        Value::tagged("\u{1f980}", Value::tagged("inner", Value::structure::<String>([]))),
        sturdyref(None, b"my-object"),
        sturdyref(Some(Hints::new()), b"my-object"),
        sturdyref(Some(hints), &[0, 255]),
        Value::list([sturdyref(None, &[7; 1024])]),
    ];
    for mut echo in Echo::everywhere() {
        echo.carries(&values);
    }
    assert_ne!(values[7], values[8], "hints that are none are not hints that are absent");
}

#[test]
fn values_as_large_as_the_limits_come_back() {
    let longest = Value::bytes(vec![0xa5; 16 << 20]);
    let names = "n".repeat(NAME_BYTES_MAX);
    let large: Vec<Vec<Value>> = vec![
        vec![integer(10_000, false), integer(10_000, true)],
        vec![longest],
        vec![Value::from("\u{1f980}".repeat(4 << 20))],
        vec![Value::symbol(names.clone()), Value::tagged(names.clone(), Value::Null)],
        vec![Value::structure([(names, Value::Null)])],
        vec![Value::list(vec![Value::Null; 100_000])],
    ];
    let mut echo = Echo::plain();
    for values in large {
        echo.carries(&values);
    }
}

#[test]
fn values_nested_to_the_limit_come_back() {
    let mut echo = Echo::plain();
    // The echo puts a list around what it heard, so one level is for it.
    for wrap in
        [in_list, |inner| Value::structure([("k", inner)]), |inner| Value::tagged("t", inner)]
    {
        echo.carries(&[nested(DEPTH_MAX - 1, wrap)]);
        echo.refuses(&[nested(DEPTH_MAX + 1, wrap)]);
    }
    // What fits on the way there and not on the way back is an error in the answer's place.
    let error = echo.ask(&[nested(DEPTH_MAX, in_list)]).unwrap_err();
    assert_eq!(error.class(), Class::Limit);
}

#[test]
fn what_is_larger_is_refused_before_it_leaves() {
    let mut echo = Echo::plain();
    let name = "n".repeat(NAME_BYTES_MAX + 1);
    for values in [
        vec![Value::bytes(vec![0; FRAME_BYTES_MAX])],
        vec![Value::bytes(vec![0; 9 << 20]), Value::from("x".repeat(9 << 20))],
        vec![integer(INTEGER_DIGITS_MAX, false), integer(INTEGER_DIGITS_MAX, true)],
        vec![Value::symbol(name.clone())],
        vec![Value::structure([(name.clone(), Value::Null)])],
        vec![Value::tagged(name, Value::Null)],
        vec![Value::list(vec![Value::Null; VALUES_MAX])],
    ] {
        echo.refuses(&values);
    }
}

/// An octet further on would not have been looked at: the work of refusing is the same for any
/// amount of what follows.
#[test]
fn refusing_takes_as_long_as_the_limit_and_not_as_the_lie() {
    let deliver = |args: String| Bytes::from(format!("<10'op:deliver<11'desc:export1+>[{args}"));
    type Lie = (&'static str, fn(usize) -> String);
    let lies: [Lie; 8] = [
        ("nested too deeply", |n| "[".repeat(n)),
        ("nested too deeply", |n| "{1\"a".repeat(n)),
        ("nested too deeply", |n| "<11'desc:tagged1't".repeat(n)),
        ("too many values", |n| "t".repeat(n * 16)),
        ("too many digits", |n| format!("{}+", "9".repeat(n))),
        ("too many digits", |n| "9999999999999999999+".repeat(n)),
        ("the name is too long", |n| format!("{n}'{}", "n".repeat(n))),
        ("the struct has a key twice", |n| format!("{{{}}}", "1\"a1+".repeat(n))),
    ];
    for (problem, lie) in lies {
        let at = [200_000, 800_000].map(|n| {
            let error = Operation::decode(&deliver(lie(n))).expect_err(problem);
            assert_eq!(error.problem.to_string(), problem);
            error.at
        });
        let name = problem == "the name is too long";
        assert!(name || at[0] == at[1], "{problem}: refused at {} and at {}", at[0], at[1]);
    }
}

/// A splitter has looked at no more octets than the limit when it refuses, however they come.
#[test]
fn a_stream_is_refused_at_the_limit() {
    let max = 100_000;
    for opening in ["[t", "1+", "9"] {
        for n in [200_000, 800_000] {
            let octets = format!("[{}", opening.repeat(n));
            let mut splitter = Splitter::new();
            let mut looked_at = 0;
            let refused = octets.as_bytes().chunks(512).find_map(|chunk| {
                looked_at += chunk.len();
                splitter.feed(chunk, max).err()
            });
            assert!(refused.is_some(), "{opening} for ever is too long or too deep");
            assert!(looked_at <= max + 512, "{opening}: {looked_at} octets were looked at");
        }
    }
}

fn any_value() -> impl Strategy<Value = Value> {
    let hints = prop::option::of(prop::collection::btree_map("[a-z]{1,8}", ".{0,8}", 0..3));
    let atom = prop_oneof![
        Just(Value::Undefined),
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i128>().prop_map(|n| Value::Int(Int::from(n))),
        (1..400_usize, any::<bool>()).prop_map(|(digits, negative)| integer(digits, negative)),
        any::<u64>().prop_map(|bits| Value::Float(f64::from_bits(bits))),
        any::<String>().prop_map(Value::from),
        any::<String>().prop_map(Value::symbol),
        any::<String>().prop_map(Value::error),
        any::<Vec<u8>>().prop_map(Value::bytes),
        (hints, any::<Vec<u8>>())
            .prop_map(|(hints, swiss)| sturdyref(hints.map(Hints::from), &swiss)),
    ];
    atom.prop_recursive(8, 64, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::List),
            prop::collection::btree_map(any::<String>(), inner.clone(), 0..8)
                .prop_map(Value::Struct),
            (any::<String>(), inner).prop_map(|(tag, value)| Value::tagged(tag, value)),
        ]
    })
}

/// `VALUES_SEED=<seed>` tries others, or a failure again.
#[test]
fn any_values_come_back() {
    let seed = std::env::var("VALUES_SEED").map_or(1, |seed| seed.parse().expect("a number"));
    let mut runner = TestRunner::new(ProptestConfig {
        cases: 100,
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let tried = runner.run(&prop::collection::vec(any_value(), 0..4), |values| {
        for mut echo in Echo::everywhere() {
            echo.carries(&values);
        }
        Ok(())
    });
    tried.unwrap_or_else(|failure| panic!("VALUES_SEED={seed}: {failure}"));
}
