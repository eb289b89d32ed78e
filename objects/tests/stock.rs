//! The stock objects, typed and untyped, and that each is the same after eviction.

use hogshead_objects::ids::Timestamp;
use hogshead_objects::stock::cell::ValueCell;
use hogshead_objects::stock::clock::{CatchUp, Ticked};
use hogshead_objects::stock::counter::Tally;
use hogshead_objects::stock::greeter::PoliteGreeter;
use hogshead_objects::stock::maker::{KindMaker, Maker};
use hogshead_objects::testing::Bench;
use hogshead_objects::{Cap, Class, Context, Message, Result, Typed, Value, codec, stock};

fn bench() -> Bench {
    let mut bench = Bench::new().evicting();
    stock::register(bench.registry()).expect("registers");
    bench
}

/// A number as a value.
fn number(number: u64) -> Value {
    codec::to_value(&number).expect("encodes")
}

fn text(text: &str) -> Value {
    Value::String(text.into())
}

#[test]
fn every_stock_object_is_the_same_after_encode_decode_encode() {
    let cap: Cap = bench().turn(|cx| Ok(cx.spawn(Tally::new(1))?.cast())).expect("spawns");
    let caps = Value::List(vec![Value::from(cap), text("beside"), Value::from(cap)]);
    for value in [Value::Undefined, Value::Null, Value::Float(-0.0), text("text"), caps] {
        codec::check_round_trip(&ValueCell::new(value)).expect("cell");
    }
    for count in [0, 1, u64::MAX] {
        codec::check_round_trip(&Tally::new(count)).expect("counter");
    }
    codec::check_round_trip(&PoliteGreeter::new("Good day")).expect("greeter");
    for maker in [KindMaker::default(), KindMaker::only(["b", "a"]), KindMaker::only([""; 0])] {
        codec::check_round_trip(&maker).expect("maker");
    }
}

#[test]
fn a_cell_is_read_and_written_by_who_may() {
    let mut bench = bench();
    let cell = bench.turn(|cx| cx.spawn(ValueCell::new(text("old")))).expect("spawns");
    let reader = bench.outcome(|cx| cell.send(cx).read_only()).expect("a facet");
    let writer = bench.outcome(|cx| cell.send(cx).write_only()).expect("a facet");
    bench.outcome(|cx| writer.send(cx).set(text("new"))).expect("set");
    let got = bench.outcome(|cx| reader.send(cx).get()).expect("got");
    assert!(matches!(got, Value::String(got) if got == "new"));
    let denied = |outcome: Result<()>| outcome.unwrap_err().class() == Class::Denied;
    assert!(denied(bench.outcome(|cx| reader.send(cx).set(Value::Null))));
    assert!(denied(bench.outcome(|cx| writer.send(cx).get()).map(drop)));
    // Neither leads back to the whole cell.
    assert!(denied(bench.outcome(|cx| reader.send(cx).write_only()).map(drop)));
    assert!(denied(bench.outcome(|cx| writer.send(cx).read_only()).map(drop)));
}

#[test]
fn a_counter_stays_within_its_bounds() {
    let mut bench = bench();
    let counter = bench.turn(|cx| cx.spawn(Tally::new(u64::MAX - 1))).expect("spawns");
    assert_eq!(bench.outcome(|cx| counter.send(cx).increment(1)), Ok(u64::MAX));
    let above = bench.outcome(|cx| counter.send(cx).increment(1)).unwrap_err();
    assert_eq!(above.class(), Class::Refused);
    assert_eq!(bench.outcome(|cx| counter.send(cx).decrement(u64::MAX)), Ok(0));
    let below = bench.outcome(|cx| counter.send(cx).decrement(1)).unwrap_err();
    assert_eq!(below.class(), Class::Refused);
    assert_eq!(bench.outcome(|cx| counter.send(cx).read()), Ok(0));
}

/// Writes down the ticks that it gets.
#[derive(serde::Serialize, serde::Deserialize, Default)]
struct Diary(Vec<(u64, Timestamp)>);

#[hogshead_objects::object(name = "diary", version = 1)]
impl Ticked for Diary {
    fn tick(&mut self, _cx: &mut Context<'_>, count: u64, due: Timestamp) -> Result<()> {
        self.0.push((count, due));
        Ok(())
    }
}

#[test]
fn the_clock_of_a_bench_fires_as_that_of_a_vat() {
    let mut bench = bench();
    let (clock, diary) = (bench.clock(), bench.spawn_apart(Diary::default()));
    let timer = bench.outcome(|cx| clock.send(cx).every(100, CatchUp::Once, diary));
    let timer = timer.expect("a timer");
    let promised = bench.turn(|cx| clock.send(cx).after(250)).expect("a promise");
    let once = bench.outcome(|cx| clock.send(cx).once(Timestamp(150), diary));
    let once = once.expect("a timer");
    bench.advance(99);
    assert_eq!(bench.answer(promised).unwrap_err().class(), Class::Busy);
    bench.advance(1);
    bench.advance(249);
    assert_eq!(bench.answer(promised), Ok(Timestamp(250)));
    let told = [(1, 100), (1, 150), (2, 300)].map(|(count, due)| (count, Timestamp(due)));
    assert_eq!(bench.look(diary, |diary: &Diary| diary.0.clone()), Some(told.to_vec()));
    assert_eq!(bench.outcome(|cx| once.send(cx).cancel()), Ok(false));
    assert_eq!(bench.outcome(|cx| timer.send(cx).cancel()), Ok(true));
    let done = bench.outcome(|cx| timer.send(cx).done()).unwrap_err();
    assert_eq!(done.class(), Class::Stopped);
    bench.advance(1_000);
    assert_eq!(bench.look(diary, |diary: &Diary| diary.0.len()), Some(3));
    assert_eq!(bench.outcome(|cx| clock.send(cx).now()), Ok(Timestamp(1_349)));
}

#[test]
fn stock_objects_are_used_untyped_as_well() {
    let mut bench = bench();
    let table = [
        ("hogshead/counter", Value::Undefined, Message::new("read", []), number(0)),
        ("hogshead/counter", number(7), Message::new("read", []), number(7)),
        (
            "hogshead/greeter",
            Value::Undefined,
            Message::new("greet", [text("Bob")]),
            text("Hello, Bob!"),
        ),
        ("hogshead/greeter", text("Hi"), Message::new("greet", [text("Bob")]), text("Hi, Bob!")),
        ("hogshead/cell", text("first"), Message::new("get", []), text("first")),
        ("hogshead/cell", Value::Undefined, Message::new("get", []), Value::Undefined),
    ];
    let maker = bench.turn(|cx| cx.spawn(KindMaker::default())).expect("spawns");
    for (kind, init, message, expected) in table {
        let answer = bench.outcome(|cx| {
            let made = Message::new("make", [text(kind), init]);
            let made = cx.send(maker, made)?;
            cx.send(made, message)
        });
        assert_eq!(format!("{:?}", answer.expect(kind)), format!("{expected:?}"), "{kind}");
    }
}

#[test]
fn a_maker_says_what_it_cannot_make() {
    let mut bench = bench();
    let maker = bench.turn(|cx| cx.spawn(KindMaker::default())).expect("spawns");
    let table = [
        ("hogshead/nothing", Value::Undefined, Class::NotFound),
        ("hogshead/counter", text("seven"), Class::BadCall),
        ("hogshead/greeter", Value::Bool(true), Class::BadCall),
    ];
    for (kind, init, class) in table {
        let made = bench.outcome(|cx| maker.send(cx).make(kind.into(), init));
        assert_eq!(made.unwrap_err().class(), class, "{kind}");
    }
}

#[test]
fn a_restricted_maker_cannot_be_talked_into_more() {
    let mut bench = bench();
    let [counter, cell, itself] =
        [Tally::KIND.name, ValueCell::KIND.name, KindMaker::KIND.name].map(str::to_owned);
    let maker = bench.turn(|cx| cx.spawn(KindMaker::only([&counter, &itself]))).expect("spawns");
    let make = |kind: &String, maker: Cap<dyn Maker>, bench: &mut Bench| {
        let kind = kind.clone();
        bench.outcome(|cx| maker.send(cx).make(kind, Value::Undefined)).map_err(|e| e.class())
    };
    assert!(make(&counter, maker, &mut bench).is_ok());
    assert_eq!(make(&cell, maker, &mut bench), Err(Class::Refused));
    assert_eq!(make(&itself, maker, &mut bench), Err(Class::Refused));
    let kinds = [counter.clone(), cell.clone()].into();
    let narrower = bench.outcome(|cx| maker.send(cx).restricted(kinds)).expect("a maker");
    let kinds = bench.outcome(|cx| narrower.send(cx).kinds());
    assert_eq!(kinds, Ok(Some([counter.clone()].into())));
    assert!(make(&counter, narrower, &mut bench).is_ok());
    assert_eq!(make(&cell, narrower, &mut bench), Err(Class::Refused));
}
