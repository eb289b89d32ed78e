//! Lazy: nothing before it is used, once when it is, and what becomes of failures.

use hogshead_objects::locator::SturdyRef;
use hogshead_objects::stock::enliven::Enliven;
use hogshead_objects::stock::lazy::Deferred;
use hogshead_objects::testing::Bench;
use hogshead_objects::{Cap, Class, Context, Error, Message, Result, Typed, Value};
use serde::{Deserialize, Serialize};

use super::agent::{Agent, agent, call, class, notes, story};

/// Alice is asked `later` for the target, and decides.
fn lazy_by(bench: &mut Bench, alice: Cap<dyn Agent>) -> Cap<dyn Agent> {
    bench.spawn_apart(Deferred::made_by(alice, "later", [])).cast()
}

#[test]
fn messages_wait_in_order_for_one_target() {
    story(|bench| {
        let (alice, bob) = (agent(bench), agent(bench));
        let lazy = lazy_by(bench, alice);
        let texts = ["1", "2", "3"];
        for text in texts {
            bench.turn(|cx| lazy.tell(cx).note(text.into())).expect("told");
        }
        bench.run();
        bench.outcome(|cx| alice.send(cx).decide(bob.into())).expect("decided");
        bench.outcome(|cx| lazy.send(cx).note("4".into())).expect("noted");
        assert_eq!(notes(bench, bob), ["1", "2", "3", "4"]);
        // Whoever is asked again decides something else, and it would show.
        bench.outcome(|cx| alice.send(cx).decide(Value::Null)).expect("decided");
        assert_eq!(bench.outcome(|cx| lazy.send(cx).note("5".into())).expect("noted"), 5);
    });
}

#[test]
fn nothing_is_made_before_it_is_used_and_nothing_twice() {
    story(|bench| {
        let maker = agent(bench);
        let text = Value::from("made");
        let lazy = bench.spawn_apart(Deferred::made_by(maker, "note", [text])).cast::<dyn Agent>();
        bench.run();
        assert_eq!(notes(bench, maker), [""; 0]);
        // It made a number, which takes no messages: nobody is asked for another.
        for _ in 0..3 {
            let refused = bench.outcome(|cx| lazy.send(cx).note("x".into()));
            assert_eq!(class(refused), Class::BadCall);
        }
        assert_eq!(notes(bench, maker), ["made"]);
        let failing = Deferred::made_by(maker, "fail", ["sold out".into()]);
        let failing = bench.spawn_apart(failing).cast::<dyn Agent>();
        for _ in 0..2 {
            let error = bench.outcome(|cx| failing.send(cx).note("x".into())).unwrap_err();
            assert_eq!(error.to_string(), "refused: sold out");
        }
    });
}

/// Stands in for the host's device: the way is closed at first.
#[derive(Serialize, Deserialize)]
struct Way {
    to: Cap<dyn Agent>,
    failures: u64,
    asked: u64,
}

#[hogshead_objects::object(name = "way")]
impl Enliven for Way {
    fn enliven(&mut self, cx: &mut Context<'_>, _sturdy: SturdyRef) -> Result<Value> {
        self.asked += 1;
        match self.failures.checked_sub(1) {
            Some(left) => {
                self.failures = left;
                Err(cx.refuse(Error::new(Class::Severed, "nobody is there")))
            }
            None => Ok(self.to.into()),
        }
    }
}

fn sturdyref() -> SturdyRef {
    "ocapn://alice.tcp/s/AAAA".parse().unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_sturdyref_is_tried_again_after_a_failure_and_not_after_that() {
    story(|bench| {
        let bob = agent(bench);
        let way = bench.spawn_apart(Way { to: bob, failures: 2, asked: 0 });
        let lazy = bench.spawn_apart(Deferred::enlivened(way, sturdyref())).cast::<dyn Agent>();
        for text in ["1", "2"] {
            let failed = bench.outcome(|cx| lazy.send(cx).note(text.into()));
            assert_eq!(class(failed), Class::Severed);
        }
        for (count, text) in [(1, "3"), (2, "4"), (3, "5")] {
            let noted = bench.outcome(|cx| lazy.send(cx).note(text.into()));
            assert_eq!(noted.expect("noted"), count);
        }
        assert_eq!(bench.look(way, |way: &Way| way.asked), Some(3));
    });
}

#[test]
fn it_is_constructed_from_a_struct_of_either_kind() {
    let mut bench = Bench::new();
    let bob = agent(&mut bench);
    let way = bench.spawn_apart(Way { to: bob, failures: 0, asked: 0 });
    let construct = Deferred::KIND.construct.expect("it is constructed by name");
    let made = Value::structure([("maker", bob.into()), ("method", Value::from("later"))]);
    let enlivened =
        Value::structure([("enlivener", way.into()), ("sturdyref", Value::from(sturdyref()))]);
    for init in [made, enlivened] {
        let object = construct(init).expect("constructed");
        let lazy = bench.turn(|cx| cx.spawn_boxed(object)).expect("spawned");
        let _ = bench.turn(|cx| cx.send(lazy, Message::new("notes", []))).expect("sent");
        bench.run();
    }
    assert_eq!(bench.look(way, |way: &Way| way.asked), Some(1));
    assert!(construct(Value::Null).is_err());
    let unused = call(&mut bench, bob, Message::new("decide", [Value::Null]));
    unused.expect("the maker was asked");
}
