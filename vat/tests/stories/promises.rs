//! Promises: pipelining, chains, cycles, continuations, listeners, and what order they keep.

use hogshead_objects::heap::{Heap, Part};
use hogshead_objects::ids::PromiseId;
use hogshead_objects::records::table;
use hogshead_objects::{Class, Error, Ref, Value};
use hogshead_vat::{Vat, limits};

use crate::cast::{PUPPET, Step};
use crate::world::{World, message, story};

/// A promise of the host, held together with its resolver.
pub fn promise(world: &mut World) -> PromiseId {
    let next = PromiseId(world.peek_next_id());
    world.held.insert(Ref::Promise(next), 1);
    world.held.insert(Ref::Resolver(next), 1);
    world.turn(|turn| {
        let id = turn.new_host_promise();
        turn.hold(Ref::Promise(id)).unwrap();
        turn.hold(Ref::Resolver(id)).unwrap();
        assert_eq!(id, next);
        id
    })
}

pub fn settle(world: &mut World, id: PromiseId, outcome: Result<Value, Error>) {
    world.turn(|turn| Heap::settle(turn, id, outcome).unwrap());
}

#[test]
fn messages_to_a_promise_wait_and_arrive_in_order_before_later_ones() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let p = promise(world);
        let answers: Vec<_> =
            (1..=3).map(|n| world.ask(Ref::Promise(p), "act", (vec![Step::Add(n)],))).collect();
        assert!(world.next_ready().is_none(), "they wait");
        settle(world, p, Ok(Value::Ref(alice)));
        let last = world.ask(Ref::Promise(p), "act", (vec![Step::Add(100)],));
        world.run();
        let mut sums = Vec::new();
        for answer in answers.into_iter().chain([last]) {
            let Some(Ok(Value::Int(sum))) = world.outcome(answer) else { panic!("no answer") };
            sums.push(sum.to_i64().unwrap());
        }
        assert_eq!(sums, [1, 3, 6, 106]);
    });
}

#[test]
fn a_message_that_a_session_brings_does_not_overtake_those_that_waited() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let p = promise(world);
        world.ask(Ref::Promise(p), "act", (vec![Step::Add(1), Step::Spawn],));
        settle(world, p, Ok(Value::Ref(alice)));
        let ran = world.turn(|turn| {
            let late = message("act", (vec![Step::Near { to: 0, steps: vec![], caught: false }],));
            turn.deliver(Ref::Promise(p), late, None).unwrap();
            turn.run_delivered().unwrap()
        });
        assert!(matches!(ran, hogshead_vat::Ran::Queued(_)), "{ran:?}");
        assert!(world.run().iter().all(|ran| *ran == hogshead_vat::Ran::Done));
    });
}

#[test]
fn a_chain_of_calls_through_promises_needs_no_waiting() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let bob = world.spawn(PUPPET);
        world.give(bob, alice);
        // Bob is asked for his cap, and what he will answer is told to act, at once.
        let cap = world.ask(bob, "cap", (0,));
        let sum = world.ask(Ref::Promise(cap), "act", (vec![Step::Add(3)],));
        world.run();
        assert!(matches!(world.outcome(sum), Some(Ok(Value::Int(_)))));
        assert_eq!(world.peek(alice).0, 3);
    });
}

#[test]
fn a_promise_that_breaks_breaks_what_was_sent_to_it() {
    story(|world| {
        let p = promise(world);
        let sent = world.ask(Ref::Promise(p), "act", (Vec::<Step>::new(),));
        let further = world.ask(Ref::Promise(sent), "act", (Vec::<Step>::new(),));
        settle(world, p, Err(Error::refused("sold out")));
        for answer in [sent, further] {
            let error = world.outcome(answer).unwrap().unwrap_err();
            assert_eq!(error.to_string(), "refused: sold out");
        }
        let late = world.ask(Ref::Promise(p), "act", (Vec::<Step>::new(),));
        assert_eq!(world.outcome(late).unwrap().unwrap_err().to_string(), "refused: sold out");
    });
}

#[test]
fn a_promise_settles_once() {
    story(|world| {
        let p = promise(world);
        settle(world, p, Ok(Value::from("first")));
        settle(world, p, Err(Error::refused("second")));
        assert!(matches!(world.outcome(p), Some(Ok(Value::String(text))) if text == "first"));
    });
}

#[test]
fn data_takes_no_messages() {
    story(|world| {
        let p = promise(world);
        let sent = world.ask(Ref::Promise(p), "act", (Vec::<Step>::new(),));
        settle(world, p, Ok(Value::from("tea")));
        assert_eq!(world.outcome(sent).unwrap().unwrap_err().class(), Class::BadCall);
    });
}

#[test]
fn promises_that_lead_to_each_other_break_with_a_clear_error() {
    for length in 1..5 {
        story(|world| {
            let ring: Vec<_> = (0..length).map(|_| promise(world)).collect();
            let waiting = world.ask(Ref::Promise(ring[0]), "act", (Vec::<Step>::new(),));
            for (index, id) in ring.iter().enumerate() {
                let next = ring[(index + 1) % ring.len()];
                settle(world, *id, Ok(Value::Ref(Ref::Promise(next))));
            }
            let error = world.outcome(waiting).unwrap().unwrap_err();
            assert_eq!(error.message(), "the promise was resolved to itself");
            for id in ring {
                world.outcome(id).unwrap().unwrap_err();
            }
        });
    }
}

#[test]
fn a_chain_of_promises_is_followed_up_to_the_limit() {
    story(|world| {
        let chain: Vec<_> = (0..=limits::PROMISE_CHAIN_MAX).map(|_| promise(world)).collect();
        for pair in chain.windows(2) {
            settle(world, pair[0], Ok(Value::Ref(Ref::Promise(pair[1]))));
        }
        settle(world, *chain.last().unwrap(), Ok(Value::from("the end")));
        assert!(matches!(world.outcome(chain[1]), Some(Ok(Value::String(_)))));
        let error = world.outcome(chain[0]).unwrap().unwrap_err();
        assert_eq!(error.class(), Class::Limit);
    });
}

#[test]
fn a_continuation_runs_when_its_promise_settles_and_answers_in_its_place() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        world.act(alice, vec![Step::Promise, Step::Then(0)]).unwrap();
        let (waits, _) = Vat::waits(&world.store, None, 10).unwrap();
        assert_eq!(waits.len(), 1);
        assert!(waits[0].what.contains("continuation on_settled"), "{waits:?}");
        world.act(alice, vec![Step::Fulfill { index: 0, with: 1 }]).unwrap();
        assert_eq!(world.peek(alice).0, 7);
        // Of one that is settled already, and of one that breaks.
        world
            .act(alice, vec![Step::Then(0), Step::Promise, Step::Then(3), Step::Break(1)])
            .unwrap();
        assert_eq!(world.peek(alice).0, 7 + 7 + 1000);
    });
}

#[test]
fn a_promise_that_nobody_can_resolve_any_more_breaks() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        world.act(alice, vec![Step::Promise, Step::Then(0), Step::ForgetResolver(0)]).unwrap();
        assert_eq!(world.peek(alice).0, 1000, "the continuation was told");
    });
}

#[test]
fn a_listener_is_told_once_however_far_the_promise_leads() {
    story(|world| {
        let (p, q, heard) = (promise(world), promise(world), promise(world));
        world.turn(|turn| turn.settle_to(Ref::Promise(p), Ref::Resolver(heard)).unwrap());
        settle(world, p, Ok(Value::Ref(Ref::Promise(q))));
        assert!(world.outcome(heard).is_none());
        settle(world, q, Ok(Value::from("news")));
        assert!(matches!(world.outcome(heard), Some(Ok(Value::String(text))) if text == "news"));
        assert_eq!(world.rows(table::DELIVERY), 0);
    });
}

#[test]
fn parts_are_taken_of_data_that_is_known_and_of_data_that_is_not_yet() {
    story(|world| {
        let list = Value::List(vec![Value::from("a"), Value::from("b")]);
        let data = Value::Struct([("list".to_owned(), list)].into());
        let p = promise(world);
        let (list, item, wrong) = (promise(world), promise(world), promise(world));
        world.turn(|turn| {
            turn.derive(Ref::Promise(p), Part::Field("list".into()), list).unwrap();
            turn.derive(Ref::Promise(list), Part::Item(1), item).unwrap();
        });
        settle(world, p, Ok(data));
        assert!(matches!(world.outcome(item), Some(Ok(Value::String(text))) if text == "b"));
        world.turn(|turn| turn.derive(Ref::Promise(list), Part::Item(2), wrong).unwrap());
        assert_eq!(world.outcome(wrong).unwrap().unwrap_err().class(), Class::BadCall);
        let (of_object, untag) = (promise(world), promise(world));
        world.turn(|turn| {
            let steward = turn.steward();
            turn.derive(steward, Part::Item(0), of_object).unwrap();
            turn.derive(Ref::Promise(list), Part::Untagged("x".into()), untag).unwrap();
        });
        for wrong in [of_object, untag] {
            assert_eq!(world.outcome(wrong).unwrap().unwrap_err().class(), Class::BadCall);
        }
    });
}

#[test]
fn a_resolver_is_an_object_with_two_methods() {
    story(|world| {
        let p = promise(world);
        let error = world.call_value(Ref::Resolver(p), "peek", ()).unwrap_err();
        assert_eq!(error.class(), Class::BadCall);
        world.call_value(Ref::Resolver(p), "break", ("torn",)).unwrap();
        assert_eq!(world.outcome(p).unwrap().unwrap_err().to_string(), "torn");
    });
}
