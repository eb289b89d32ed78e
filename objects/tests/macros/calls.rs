//! Calls that arrive, near and as messages, and what is said of wrong ones.

use std::collections::BTreeMap;

use hogshead_objects::testing::Bench;
use hogshead_objects::{
    Cap, Class, Context, Error, Message, Result, Symbol, Value, codec, interface, object,
};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
pub struct Point {
    x: i32,
    y: i32,
}

#[interface]
pub trait Canvas {
    /// Draws a line and gives the number of lines.
    fn line(&mut self, cx: &mut Context<'_>, from: Point, to: Point) -> Result<u32>;

    #[method(name = "clear-all")]
    fn clear(&mut self, cx: &mut Context<'_>) -> Result<()>;

    fn lines(&self, cx: &mut Context<'_>) -> Result<Vec<(Point, Point)>>;

    fn label(
        &mut self,
        cx: &mut Context<'_>,
        at: Point,
        #[rest] words: Vec<String>,
    ) -> Result<String>;

    /// A method may be called what Rust calls something else.
    fn r#type(&self, cx: &mut Context<'_>) -> Result<Option<String>>;

    /// Interfaces may say how a method is done in terms of the others.
    fn square(&mut self, cx: &mut Context<'_>, side: i32) -> Result<u32> {
        let corner = |x, y| Point { x, y };
        self.line(cx, corner(0, 0), corner(side, 0))?;
        self.line(cx, corner(side, 0), corner(side, side))
    }
}

#[interface]
pub trait Sink {
    #[method(apply)]
    fn pour(&mut self, cx: &mut Context<'_>, #[rest] values: Vec<Value>) -> Result<u64>;
}

#[derive(Serialize, Deserialize, Default)]
pub struct Paper {
    lines: Vec<(Point, Point)>,
    labels: BTreeMap<String, u32>,
}

#[object(name = "paper", interfaces(Sink))]
impl Canvas for Paper {
    fn line(&mut self, _cx: &mut Context<'_>, from: Point, to: Point) -> Result<u32> {
        self.lines.push((from, to));
        Ok(self.lines.len() as u32)
    }

    fn clear(&mut self, _cx: &mut Context<'_>) -> Result<()> {
        self.lines.clear();
        Ok(())
    }

    fn lines(&self, _cx: &mut Context<'_>) -> Result<Vec<(Point, Point)>> {
        Ok(self.lines.clone())
    }

    fn label(&mut self, _cx: &mut Context<'_>, at: Point, words: Vec<String>) -> Result<String> {
        Ok(format!("{},{}: {}", at.x, at.y, words.join(" ")))
    }

    fn r#type(&self, _cx: &mut Context<'_>) -> Result<Option<String>> {
        Ok(Some("A4".into()))
    }
}

impl Sink for Paper {
    fn pour(&mut self, _cx: &mut Context<'_>, values: Vec<Value>) -> Result<u64> {
        Ok(values.len() as u64)
    }
}

fn point(x: i32, y: i32) -> Point {
    Point { x, y }
}

fn paper(bench: &mut Bench) -> Cap<dyn Canvas> {
    bench.turn(|cx| cx.spawn(Paper::default())).expect("spawns")
}

/// The answer to an untyped message.
fn answer(bench: &mut Bench, to: Cap<dyn Canvas>, message: Message) -> Result<Value> {
    let promise = bench.turn(|cx| cx.send(to, message))?;
    bench.run();
    bench.answer(promise)
}

fn values<T: Serialize>(arguments: &T) -> Vec<Value> {
    match codec::to_value(arguments).expect("encodes") {
        Value::List(values) => values,
        value => vec![value],
    }
}

#[test]
fn near_calls_sends_and_messages_reach_the_same_method() {
    let mut bench = Bench::new().evicting();
    let canvas = paper(&mut bench);
    let near = bench.turn(|cx| canvas.near(cx).line(point(0, 0), point(1, 1)));
    assert_eq!(near.expect("near"), 1);
    let sent = bench.turn(|cx| canvas.send(cx).line(point(0, 0), point(2, 2))).expect("sent");
    bench.turn(|cx| canvas.tell(cx).line(point(0, 0), point(3, 3))).expect("told");
    bench.run();
    assert_eq!(bench.answer(sent).expect("answered"), 2);
    let arguments = values(&(point(0, 0), point(4, 4)));
    let untyped = answer(&mut bench, canvas, Message::new("line", arguments)).expect("answered");
    assert_eq!(codec::from_value::<u32>(untyped).expect("a number"), 4);
    let untyped_near = bench.turn(|cx| cx.near(canvas, Message::new("lines", [])));
    let lines: Vec<(Point, Point)> = codec::from_value(untyped_near.expect("near")).expect("lines");
    let ends: Vec<_> = lines.iter().map(|(_, to)| to.x).collect();
    assert_eq!(ends, [1, 2, 3, 4]);
}

#[test]
fn a_client_can_be_used_several_times() {
    let mut bench = Bench::new();
    let canvas = paper(&mut bench);
    let count = bench.turn(|cx| {
        let mut near = canvas.near(cx);
        near.line(point(0, 0), point(1, 0))?;
        near.clear()?;
        near.square(5)
    });
    assert_eq!(count.expect("a count"), 2);
}

#[test]
fn names_on_the_wire_are_those_of_rust_unless_said_otherwise() {
    let mut bench = Bench::new();
    let canvas = paper(&mut bench);
    for name in ["clear-all", "lines", "type"] {
        let message = Message::new(name, []);
        assert!(answer(&mut bench, canvas, message).is_ok(), "{name}");
    }
    let kind = answer(&mut bench, canvas, Message::new("type", [])).expect("answers");
    assert!(matches!(kind, Value::String(kind) if kind == "A4"));
}

#[test]
fn rest_takes_what_is_left_also_nothing() {
    let mut bench = Bench::new();
    let canvas = paper(&mut bench);
    let (many, none) = bench
        .turn(|cx| {
            let many = canvas.send(cx).label(point(1, 2), vec!["a".into(), "b".into()])?;
            Ok((many, canvas.send(cx).label(point(3, 4), Vec::new())?))
        })
        .expect("sent");
    bench.run();
    assert_eq!(bench.answer(many).expect("many"), "1,2: a b");
    assert_eq!(bench.answer(none).expect("none"), "3,4: ");
    let mut arguments = values(&point(0, 0));
    arguments.extend([Value::String("ok".into()), Value::Bool(true)]);
    let wrong = answer(&mut bench, canvas, Message::new("label", arguments)).unwrap_err();
    assert_eq!(wrong.message(), "label: argument 3 (words): expected string, found boolean");
}

#[test]
fn a_message_that_names_no_method_goes_to_apply_with_all_its_values() {
    let mut bench = Bench::new();
    let canvas = paper(&mut bench);
    let nothing = Message::apply(Vec::new());
    let data = Message::apply(vec![Value::Bool(true), Value::Null]);
    let symbol = Message::new(Symbol::from_static("flush"), [Value::Null, Value::Null]);
    for (message, count) in [(nothing, 0), (data, 2), (symbol, 3)] {
        let poured = answer(&mut bench, canvas, message).expect("poured");
        assert_eq!(codec::from_value::<u64>(poured).expect("a number"), count);
    }
    let sink = canvas.cast::<dyn Sink>();
    let sent = bench.turn(|cx| sink.send(cx).pour(vec![Value::Null])).expect("sent");
    let near = bench.turn(|cx| sink.near(cx).pour(vec![Value::Null; 4])).expect("near");
    bench.run();
    assert_eq!((bench.answer(sent).expect("poured"), near), (1, 4));
}

#[test]
fn wrong_arguments_are_named_by_method_position_and_type() {
    let mut bench = Bench::new();
    let canvas = paper(&mut bench);
    let x = |x: Value| Value::Struct([("x".into(), x), ("y".into(), Value::Null)].into());
    let origin = || codec::to_value(&point(0, 0)).expect("encodes");
    let table = [
        (Message::new("line", []), "line: argument 1 (from) is missing: expected Point"),
        (Message::new("line", [origin()]), "line: argument 2 (to) is missing: expected Point"),
        (
            Message::new("line", [origin(), origin(), Value::Null]),
            "line: takes 2 arguments (from: Point, to: Point), got 3",
        ),
        (Message::new("lines", [Value::Null]), "lines: takes no arguments, got 1"),
        (
            Message::new("square", [Value::Null, Value::Null]),
            "square: takes 1 argument (side: i32), got 2",
        ),
        (
            Message::new("square", [Value::String("5".into())]),
            "square: argument 1 (side): expected integer (i32), found string",
        ),
        (
            Message::new("line", [origin(), x(Value::Bool(true))]),
            "line: argument 2 (to): at x: expected integer (i32), found boolean",
        ),
    ];
    for (message, text) in table {
        let error = answer(&mut bench, canvas, message).unwrap_err();
        assert_eq!((error.class(), error.message()), (Class::BadCall, text));
    }
}

#[interface]
pub trait Lonely {
    fn one(&self, cx: &mut Context<'_>) -> Result<()>;
    fn two(&self, cx: &mut Context<'_>, other: Cap<dyn Lonely>) -> Result<()>;
}

#[derive(Serialize, Deserialize)]
struct Hermit;

#[object(name = "hermit")]
impl Lonely for Hermit {
    fn one(&self, cx: &mut Context<'_>) -> Result<()> {
        Err(cx.refuse(Error::refused("not today")))
    }

    fn two(&self, cx: &mut Context<'_>, other: Cap<dyn Lonely>) -> Result<()> {
        other.near(cx).one()
    }
}

#[test]
fn an_unknown_method_is_answered_with_those_that_there_are() {
    let mut bench = Bench::new();
    let hermit = bench.turn(|cx| cx.spawn(Hermit)).expect("spawns").cast();
    let named = answer(&mut bench, hermit, Message::new("three", [])).unwrap_err();
    assert_eq!(
        named.to_string(),
        "bad-call: hogshead/hermit has no method `three`; it has one, two"
    );
    let unnamed = answer(&mut bench, hermit, Message::apply(vec![Value::Null])).unwrap_err();
    assert_eq!(unnamed.message(), "a message to hogshead/hermit must name a method: one, two");
    // Near calls carry no names; one by the wrong interface is refused all the same.
    let near = bench.turn(|cx| hermit.cast::<dyn Sink>().near(cx).pour(Vec::new()));
    assert_eq!(near.unwrap_err().message(), "hogshead/hermit has only the interfaces Lonely");
}

#[test]
fn an_object_on_the_stack_cannot_be_called_again() {
    let mut bench = Bench::new();
    let hermit = bench.turn(|cx| cx.spawn(Hermit)).expect("spawns");
    let error = bench.turn(|cx| hermit.near(cx).two(hermit)).unwrap_err();
    assert_eq!(error.class(), Class::BadCall, "{error}");
}
