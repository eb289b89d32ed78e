//! Methods for any message: what they take, and what a facet grants of them.

use hogshead_objects::stock::counter::{Counter, Tally};
use hogshead_objects::stock::forwarder::Relay;
use hogshead_objects::testing::Bench;
use hogshead_objects::{
    Cap, Class, Context, Interface, Message, Promise, Result, Symbol, Takes, Typed, Value,
    interface, object,
};
use serde::{Deserialize, Serialize};

#[interface]
pub trait Net {
    /// Takes what nobody else does.
    #[method(any)]
    fn receive(&mut self, cx: &mut Context<'_>, message: Message) -> Result<Value>;

    fn caught(&self, cx: &mut Context<'_>) -> Result<Vec<Value>>;
}

#[interface]
pub trait Narrowing {
    fn narrow(&self, cx: &mut Context<'_>, names: Vec<String>) -> Result<Cap<dyn Net>>;
}

#[derive(Serialize, Deserialize, Default)]
pub struct Trawl {
    caught: Vec<Value>,
}

#[object(name = "trawl", interfaces(Narrowing))]
impl Net for Trawl {
    fn receive(&mut self, _cx: &mut Context<'_>, message: Message) -> Result<Value> {
        self.caught.push(Value::List(message.values));
        Ok(Value::from(self.caught.len() as u64))
    }

    fn caught(&self, _cx: &mut Context<'_>) -> Result<Vec<Value>> {
        Ok(self.caught.clone())
    }
}

impl Narrowing for Trawl {
    fn narrow(&self, cx: &mut Context<'_>, names: Vec<String>) -> Result<Cap<dyn Net>> {
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        cx.facet(&names, "narrow")
    }
}

fn trawl(bench: &mut Bench) -> Cap<dyn Net> {
    bench.spawn_apart(Trawl::default())
}

fn sent(bench: &mut Bench, net: Cap<dyn Net>, message: Message) -> Result<Value> {
    let answer = bench.turn(|cx| cx.send(net, message))?;
    bench.run();
    bench.answer(answer)
}

fn narrowed(bench: &mut Bench, net: Cap<dyn Net>, names: &[&str]) -> Cap<dyn Net> {
    let names = names.iter().map(|&name| name.to_owned()).collect();
    let facet = bench.turn(|cx| net.cast::<dyn Narrowing>().send(cx).narrow(names));
    bench.run();
    bench.answer(facet.expect("sent")).expect("a facet")
}

fn messages() -> Vec<Message> {
    vec![
        Message::new("fly", [Value::Bool(true)]),
        Message::new("receive", []),
        Message::new("", []),
        Message::apply(vec![Value::from("receive"), Value::Null]),
        Message::apply(Vec::new()),
    ]
}

#[test]
fn every_message_that_no_other_method_takes_comes_whole() {
    let mut bench = Bench::new().evicting();
    let net = trawl(&mut bench);
    for (count, message) in messages().into_iter().enumerate() {
        let answer = sent(&mut bench, net, message).expect("taken");
        assert_eq!(answer, Value::from(count as u64 + 1));
    }
    let expected = messages().into_iter().map(|message| Value::List(message.values));
    let caught = sent(&mut bench, net, Message::new("caught", [])).expect("the other method");
    assert_eq!(caught, Value::list(expected));
}

#[test]
fn typed_clients_take_the_message_itself() {
    let mut bench = Bench::new();
    let fly = || Message::new("fly", []);
    let (near, sent) = bench
        .turn(|cx| {
            let net = cx.spawn(Trawl::default())?;
            let near = net.near(cx).receive(fly())?;
            net.tell(cx).receive(fly())?;
            Ok((near, net.send(cx).receive(fly())?))
        })
        .expect("a turn");
    bench.run();
    assert_eq!(near, Value::from(1_u64));
    assert_eq!(bench.answer(sent).expect("an answer"), Value::from(3_u64));
}

#[test]
fn a_facet_grants_the_names_that_messages_bear() {
    let mut bench = Bench::new();
    let net = trawl(&mut bench);
    let flying = narrowed(&mut bench, net, &["fly"]);
    assert!(sent(&mut bench, flying, Message::new("fly", [])).is_ok());
    for other in ["swim", "receive", "caught", "narrow", ""] {
        let refused = sent(&mut bench, flying, Message::new(other, [])).expect_err(other);
        assert_eq!(refused.class(), Class::Denied, "{other}");
    }
    let nameless = sent(&mut bench, flying, Message::apply(vec![Value::from("fly")]));
    assert_eq!(nameless.expect_err("no name").class(), Class::Denied);
}

#[test]
fn the_methods_own_name_stands_for_no_other() {
    let mut bench = Bench::new();
    let net = trawl(&mut bench);
    let receiving = narrowed(&mut bench, net, &["receive"]);
    assert!(sent(&mut bench, receiving, Message::new("receive", [])).is_ok());
    for message in [Message::new("fly", []), Message::apply(vec![]), Message::new("caught", [])] {
        let refused = sent(&mut bench, receiving, message).expect_err("not granted");
        assert_eq!(refused.class(), Class::Denied);
    }
}

#[test]
fn a_near_call_is_granted_by_the_messages_name_as_well() {
    let mut bench = Bench::new();
    let outcomes = bench.turn(|cx| {
        let net = cx.spawn(Trawl::default())?;
        let names = vec!["receive".to_owned()];
        let receiving = net.cast::<dyn Narrowing>().near(cx).narrow(names)?;
        let typed = receiving.near(cx).receive(Message::new("fly", []));
        let untyped = cx.near(receiving, Message::new("fly", []));
        let nameless = cx.near(receiving, Message::apply(vec![]));
        let granted = receiving.near(cx).receive(Message::new("receive", []));
        Ok([typed, untyped, nameless, granted])
    });
    let [typed, untyped, nameless, granted] = outcomes.expect("a turn");
    for refused in [typed, untyped, nameless] {
        assert_eq!(refused.expect_err("not granted").class(), Class::Denied);
    }
    assert_eq!(granted.expect("granted"), Value::from(1_u64));
}

#[test]
fn messages_without_a_name_are_granted_by_the_empty_one() {
    let mut bench = Bench::new();
    let net = trawl(&mut bench);
    let nameless = narrowed(&mut bench, net, &[""]);
    assert!(sent(&mut bench, nameless, Message::apply(vec![Value::Null])).is_ok());
    let refused = sent(&mut bench, nameless, Message::new("fly", [])).expect_err("not granted");
    assert_eq!(refused.class(), Class::Denied);
}

#[test]
fn a_kind_tells_which_method_takes_any_message() {
    let [receive, caught] = <dyn Net as Interface>::METHODS else { panic!("two methods") };
    assert_eq!((receive.takes, caught.takes), (Takes::Any, Takes::Named));
    for name in ["fly", "caught", ""] {
        assert!(Trawl::KIND.can_grant(name), "{name}");
        assert!(!Tally::KIND.can_grant(name), "{name}");
    }
    let message = Message::new(Symbol::from_static("fly"), []);
    assert_eq!(receive.granted_as(&message), "fly");
    assert_eq!(caught.granted_as(&message), "caught");
}

#[test]
fn a_forwarder_keeps_order_and_answers_as_its_target_does() {
    let mut bench = Bench::new().evicting();
    let counter = bench.spawn_apart(Tally::default());
    let front = bench.spawn_apart(Relay::to(counter)).cast::<dyn Counter>();
    let answers = bench.turn(|cx| {
        let counted: Vec<Promise<u64>> =
            (1..=5).map(|by| front.send(cx).increment(by)).collect::<Result<_>>()?;
        let wrong = cx.send(front, Message::new("shrink", []))?;
        Ok((counted, wrong))
    });
    let (counted, wrong) = answers.expect("sent");
    bench.run();
    let counts: Vec<_> = counted.into_iter().map(|p| bench.answer(p).expect("counted")).collect();
    assert_eq!(counts, [1, 3, 6, 10, 15]);
    let error = bench.answer(wrong).expect_err("counters count up");
    assert!(error.message().contains("has no method `shrink`"), "{error}");
}
