//! A promise that leads another way than its messages went waits until those have arrived.

use hogshead_objects::heap::{Heap, Outgoing, Part};
use hogshead_objects::ids::{FacetId, PromiseId, SessionId};
use hogshead_objects::records::table;
use hogshead_objects::{Class, Error, Far, Message, Place, Ref, Value};
use hogshead_vat::{Quota, Ran, Vat};

use crate::cast::{PUPPET, Step};
use crate::sessions::{far_promise, import};
use crate::world::{Memory, World, message, story};

/// What was put out since the last time, in short; flushes with the promise of their answer.
fn sent(world: &mut World) -> (Vec<String>, Vec<PromiseId>) {
    let mut flushes = Vec::new();
    let mut short = |out: Outgoing| match out {
        Outgoing::Deliver { far, message, answer } => {
            if message.is_flush() {
                flushes.extend(answer);
            }
            format!("{} to {:?}", message.symbol().unwrap_or("?"), far.place)
        }
        Outgoing::Derive { far, .. } => format!("derive of {:?}", far.place),
        Outgoing::Drop { far: Far { place: Place::Answer(_), .. } } => "drop an answer".to_owned(),
        Outgoing::Drop { far } => format!("drop {:?}", far.place),
    };
    let out = std::mem::take(&mut world.sent).into_iter().map(&mut short).collect();
    (out, flushes)
}

fn settle(world: &mut World, promise: PromiseId, outcome: Result<Value, Error>) {
    world.turn(|turn| Heap::settle(turn, promise, outcome).unwrap());
}

/// A promise at a peer to which a message was sent.
fn used_promise(world: &mut World, position: u64) -> PromiseId {
    let p = far_promise(world, position);
    world.turn(|turn| {
        turn.send_from_host(Ref::Promise(p), message("first", ()), None).unwrap();
    });
    assert_eq!(sent(world).0, [format!("first to Export({position})")]);
    p
}

#[test]
fn messages_and_listeners_wait_until_the_flush_is_answered_and_go_on_in_order() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let heard = import(world, 3);
        let p = used_promise(world, 7);
        world.turn(|turn| turn.settle_to(Ref::Promise(p), heard).unwrap());
        settle(world, p, Ok(Value::Ref(alice)));
        let (out, flushes) = sent(world);
        assert_eq!(out, ["hog:flush to Export(7)"]);
        for by in [1, 2] {
            world.ask(Ref::Promise(p), "act", (vec![Step::Add(by)],));
        }
        world.run();
        assert_eq!(world.peek(alice).0, 0, "they wait");
        assert!(world.outcome(p).is_none(), "it is pending for everybody");
        let (waits, _) = Vat::waits(&world.store, None, 10).unwrap();
        let what = "let a promise that drains lead on";
        assert!(waits.iter().any(|waiting| waiting.what == what), "{waits:?}");
        settle(world, flushes[0], Ok(Value::Undefined));
        let expected = ["drop an answer", "drop Export(7)", "fulfill to Export(3)"];
        assert_eq!(sent(world).0, expected);
        world.run();
        assert_eq!(world.peek(alice).0, 3);
        assert_eq!(world.rows(table::DELIVERY), 0);
    });
}

#[test]
fn what_was_never_used_or_goes_the_same_way_or_nowhere_settles_at_once() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let bob = import(world, 4);
        let unused = far_promise(world, 7);
        settle(world, unused, Ok(Value::Ref(alice)));
        assert_eq!(sent(world).0, ["drop Export(7)"]);
        // A question for a part is no message: an object has none.
        world.turn(|turn| {
            let part = turn.create_promise(None).unwrap();
            turn.derive(Ref::Promise(unused), Part::Item(0), part).unwrap();
        });
        for (position, outcome) in [
            (10, Ok(Value::Ref(bob))),
            (11, Ok(Value::from("data"))),
            (12, Err(Error::refused("no"))),
        ] {
            let p = used_promise(world, position);
            settle(world, p, outcome);
            assert_eq!(sent(world).0, [format!("drop Export({position})")]);
        }
    });
}

#[test]
fn a_promise_that_the_peer_resolves_to_another_of_its_own_passes_on_that_it_was_used() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let p = used_promise(world, 7);
        let q = far_promise(world, 8);
        settle(world, p, Ok(Value::Ref(Ref::Promise(q))));
        assert_eq!(sent(world).0, ["drop Export(7)"]);
        settle(world, q, Ok(Value::Ref(alice)));
        assert_eq!(sent(world).0, ["hog:flush to Export(8)"]);
        let drains = used_promise(world, 9);
        settle(world, drains, Ok(Value::Ref(Ref::Promise(q))));
        // What is sent to `q` waits already, but what was sent to this one went another way.
        assert_eq!(sent(world).0, ["hog:flush to Export(9)"]);
    });
}

#[test]
fn however_the_flush_is_answered_the_promise_leads_on_unless_there_was_no_room_for_it() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        for answer in [
            Ok(Value::from("anything")),
            Err(Error::bad_call("what is that?")),
            Err(Error::new(Class::Severed, "lost")),
        ] {
            let p = used_promise(world, 7);
            settle(world, p, Ok(Value::Ref(alice)));
            let flush = sent(world).1[0];
            // As when a session ends: first what is older.
            settle(world, p, Err(Error::new(Class::Severed, "lost")));
            settle(world, flush, answer);
            assert!(matches!(world.outcome(p), Some(Ok(Value::Ref(to))) if to == alice));
            sent(world);
        }
        let p = used_promise(world, 7);
        settle(world, p, Ok(Value::Ref(alice)));
        let waits = world.ask(Ref::Promise(p), "act", (vec![Step::Add(1)],));
        let flush = sent(world).1[0];
        settle(world, flush, Err(Error::new(Class::Busy, "full")));
        assert_eq!(world.outcome(waits).unwrap().unwrap_err().class(), Class::Busy);
        assert_eq!(world.outcome(p).unwrap().unwrap_err().class(), Class::Busy);
    });
}

#[test]
fn a_promise_that_nobody_holds_while_it_drains_is_let_go_after_its_flush() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let p = used_promise(world, 7);
        settle(world, p, Ok(Value::Ref(alice)));
        let flush = sent(world).1[0];
        world.release(Ref::Promise(p));
        world.turn(|turn| turn.collect().unwrap());
        assert_eq!(sent(world).0, [] as [&str; 0], "its place at the peer is needed still");
        settle(world, flush, Ok(Value::Undefined));
        assert_eq!(sent(world).0, ["drop an answer", "drop Export(7)"]);
        assert_eq!((world.rows(table::PROMISE), world.rows(table::DELIVERY)), (0, 0));
    });
}

#[test]
fn promises_that_would_drain_into_each_other_break() {
    story(|world| {
        let (p, q) = (used_promise(world, 7), used_promise(world, 8));
        settle(world, p, Ok(Value::Ref(Ref::Promise(q))));
        // `q` is the same peer's, so `p` leads to it at once.
        settle(world, q, Ok(Value::Ref(Ref::Promise(p))));
        for id in [p, q] {
            let error = world.outcome(id).unwrap().unwrap_err();
            assert_eq!(error.message(), "the promise was resolved to itself");
        }
        sent(world);
        // One of our own leads to what drains into it.
        let own = PromiseId(world.peek_next_id());
        for end in [Ref::Promise(own), Ref::Resolver(own)] {
            world.held.insert(end, 1);
        }
        world.turn(|turn| {
            let own = turn.create_promise(None).unwrap();
            turn.hold(Ref::Promise(own)).unwrap();
            turn.hold(Ref::Resolver(own)).unwrap();
        });
        let p = used_promise(world, 9);
        settle(world, p, Ok(Value::Ref(Ref::Promise(own))));
        let flush = sent(world).1[0];
        settle(world, own, Ok(Value::Ref(Ref::Promise(p))));
        let error = world.outcome(own).unwrap().unwrap_err();
        assert_eq!(error.message(), "the promise was resolved to itself");
        settle(world, flush, Ok(Value::Undefined));
        world.outcome(p).unwrap().unwrap_err();
    });
}

/// What a session brings: the outcome of a flush to `target`, if it is answered in its turn.
fn flushed(world: &mut World, target: Ref) -> Option<Result<Value, Error>> {
    let answer = PromiseId(world.peek_next_id());
    world.held.insert(Ref::Promise(answer), 1);
    let ran = world.turn(|turn| {
        let answer = turn.create_promise(None).unwrap();
        turn.hold(Ref::Promise(answer)).unwrap();
        turn.deliver(target, Message::flush(), Some(answer)).unwrap();
        turn.run_delivered().unwrap()
    });
    assert!(matches!(ran, Ran::Done | Ran::Queued(_)), "{ran:?}");
    let outcome = world.outcome(answer);
    if outcome.is_some() {
        world.release(Ref::Promise(answer));
    }
    outcome
}

#[test]
fn a_flush_is_answered_where_it_arrives_and_no_object_sees_it() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        world.act(alice, vec![Step::Facet]).unwrap();
        let narrow = world.cap(alice, 0);
        assert!(matches!(flushed(world, alice), Some(Ok(Value::Undefined))));
        assert!(matches!(flushed(world, narrow), Some(Ok(Value::Undefined))), "whatever it grants");
        world.act(alice, vec![Step::Revoke(0)]).unwrap();
        assert!(matches!(flushed(world, narrow), Some(Ok(Value::Undefined))), "revoked as well");
        let device = Ref::Facet(FacetId(world.peek_next_id() + 1));
        world.held.insert(device, 1);
        world.turn(|turn| {
            assert_eq!(turn.create_device("enliven").unwrap(), device);
            turn.hold(device).unwrap();
        });
        assert!(matches!(flushed(world, device), Some(Ok(Value::Undefined))));
        assert!(world.last.as_ref().unwrap().device_calls.is_empty());
        let steward = world.vat().steward();
        assert!(matches!(flushed(world, steward), Some(Ok(Value::Undefined))));
        assert!(matches!(flushed(world, Ref::Resolver(PromiseId(1))), Some(Ok(Value::Undefined))));
        // A paused vat runs nothing, and what comes later comes later there too.
        world.turn(|turn| turn.pause());
        assert!(matches!(flushed(world, alice), Some(Ok(Value::Undefined))));
        world.turn(|turn| turn.resume());
        // With arguments it is no flush.
        let error = world.call_value(alice, "hog:flush", (1,)).unwrap_err();
        assert_eq!(error.class(), Class::BadCall);
        assert_eq!(world.peek(alice).0, 0);
    });
}

#[test]
fn a_flush_waits_where_messages_wait_and_goes_where_they_go() {
    story(|world| {
        let bob = import(world, 4);
        let own = PromiseId(world.peek_next_id());
        for end in [Ref::Promise(own), Ref::Resolver(own)] {
            world.held.insert(end, 1);
        }
        world.turn(|turn| {
            let own = turn.create_promise(None).unwrap();
            turn.hold(Ref::Promise(own)).unwrap();
            turn.hold(Ref::Resolver(own)).unwrap();
        });
        world.turn(|turn| {
            turn.send_from_host(Ref::Promise(own), message("first", ()), None).unwrap();
        });
        assert!(flushed(world, Ref::Promise(own)).is_none());
        settle(world, own, Ok(Value::Ref(bob)));
        assert_eq!(sent(world).0, ["first to Export(4)", "hog:flush to Export(4)"]);
        assert!(flushed(world, Ref::Promise(own)).is_none());
        assert_eq!(sent(world).0, ["hog:flush to Export(4)"]);
    });
}

#[test]
fn a_flush_that_waits_is_counted_as_any_delivery_and_one_that_arrives_needs_no_room() {
    let quota = Quota { deliveries: 1, ..Quota::default() };
    let mut world = World::with_quota(Memory::Kept, quota);
    let alice = world.spawn(PUPPET);
    let p = PromiseId(world.peek_next_id());
    for end in [Ref::Promise(p), Ref::Resolver(p)] {
        world.held.insert(end, 1);
    }
    world.turn(|turn| {
        let p = turn.create_promise(None).unwrap();
        turn.hold(Ref::Promise(p)).unwrap();
        turn.hold(Ref::Resolver(p)).unwrap();
    });
    assert!(flushed(&mut world, Ref::Promise(p)).is_none());
    let full = world.turn(|turn| {
        turn.deliver(Ref::Promise(p), Message::flush(), None).unwrap();
        turn.run_delivered().unwrap()
    });
    assert!(matches!(full, Ran::Failed(error) if error.class() == Class::Busy));
    assert!(flushed(&mut world, alice).is_some());
}

#[test]
fn a_severed_session_lets_its_promises_lead_on_and_an_audit_knows_those_that_drain() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let p = used_promise(world, 7);
        settle(world, p, Ok(Value::Ref(alice)));
        let flush = sent(world).1[0];
        let lost = Error::new(Class::Severed, "lost");
        world.turn(|turn| {
            // In the order of `captp`: what was asked, what was imported, who watches.
            Heap::settle(turn, flush, Err(lost.clone())).unwrap();
            Heap::settle(turn, p, Err(lost.clone())).unwrap();
            turn.sever_session(SessionId(9), &lost).unwrap();
        });
        assert!(matches!(world.outcome(p), Some(Ok(Value::Ref(to))) if to == alice));
    });
}

#[test]
fn an_audit_finds_a_promise_that_drains_for_ever() {
    let mut world = World::new(Memory::Kept);
    let alice = world.spawn(PUPPET);
    let p = used_promise(&mut world, 7);
    settle(&mut world, p, Ok(Value::Ref(alice)));
    let key = world.store.rows.keys().find(|key| key[0] == table::DELIVERY).unwrap().clone();
    world.store.rows.remove(&key);
    let found = hogshead_vat::check::audit(&world.store, Some(&world.held)).unwrap();
    let text = found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    assert!(text.contains("it drains, and no flush of it is waited for"), "{text}");
}
