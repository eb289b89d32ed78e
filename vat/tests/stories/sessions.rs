//! What a session sees of the heap: holds, imports, far promises, forwarding.

use hogshead_objects::heap::{Heap, Outgoing, Part};
use hogshead_objects::ids::{ImportId, PromiseId, SessionId};
use hogshead_objects::records::table;
use hogshead_objects::{Class, Error, Far, Message, Place, Ref, Value};
use hogshead_vat::Ran;

use crate::cast::{PUPPET, Step};
use crate::world::{World, message, story};

pub fn far(position: u64) -> Far {
    Far { session: SessionId(9), place: Place::Export(position) }
}

/// An import that the session itself holds once.
pub fn import(world: &mut World, position: u64) -> Ref {
    let reference = Ref::Import(ImportId(world.peek_next_id()));
    world.held.insert(reference, 1);
    world.turn(|turn| {
        assert_eq!(Ref::Import(turn.create_import(far(position)).unwrap()), reference);
        turn.hold(reference).unwrap();
    });
    reference
}

/// A promise at a peer, held once.
pub fn far_promise(world: &mut World, position: u64) -> PromiseId {
    let id = PromiseId(world.peek_next_id());
    world.held.insert(Ref::Promise(id), 1);
    world.turn(|turn| {
        assert_eq!(turn.create_promise(Some(far(position))).unwrap(), id);
        turn.hold(Ref::Promise(id)).unwrap();
    });
    id
}

/// What was put out since the last time, in short.
fn sent(world: &mut World) -> Vec<String> {
    let short = |out: Outgoing| match out {
        Outgoing::Deliver { far, message, answer } => {
            let method = message.symbol().unwrap_or("?").to_owned();
            format!("{method} to {:?}{}", far.place, if answer.is_some() { ", asking" } else { "" })
        }
        Outgoing::Derive { far, .. } => format!("derive of {:?}", far.place),
        Outgoing::Drop { far } => format!("drop {:?}", far.place),
    };
    std::mem::take(&mut world.sent).into_iter().map(short).collect()
}

#[test]
fn an_import_that_nobody_holds_any_more_is_dropped_at_the_peer() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let bob = import(world, 4);
        world.give(alice, bob);
        world.release(bob);
        assert_eq!(sent(world), Vec::<String>::new());
        world.act(alice, vec![Step::Forget(0)]).unwrap();
        assert_eq!(sent(world), ["drop Export(4)"]);
        assert_eq!(world.rows(table::IMPORT), 0);
    });
}

#[test]
fn messages_to_an_import_go_out_in_order_and_answers_are_pipelined_to() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let bob = import(world, 4);
        world.give(alice, bob);
        world
            .act(
                alice,
                vec![
                    Step::Send { to: 0, steps: vec![Step::Add(1)] },
                    Step::Ask { to: 0, steps: vec![Step::Add(2)] },
                    Step::AskPromised { to: 0, steps: vec![Step::Add(3)] },
                ],
            )
            .unwrap();
        let out = sent(world);
        assert_eq!(out[0], "act to Export(4)");
        assert_eq!(out[1], "act to Export(4), asking");
        assert!(out[2].starts_with("act to Answer("), "{out:?}");
        // What comes back settles them; what a peer's place is for is over then.
        let promise = PromiseId(out[2][14..out[2].find(')').unwrap()].parse().unwrap());
        world.turn(|turn| Heap::settle(turn, promise, Ok(Value::Null)).unwrap());
        assert_eq!(sent(world), [format!("drop Answer({})", promise.0)]);
    });
}

#[test]
fn an_answer_that_nobody_wants_any_more_is_dropped() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let bob = import(world, 4);
        world.give(alice, bob);
        world.act(alice, vec![Step::Ask { to: 0, steps: vec![] }]).unwrap();
        sent(world);
        world.act(alice, vec![Step::ForgetPromise(0)]).unwrap();
        let out = sent(world);
        assert!(out.len() == 1 && out[0].starts_with("drop Answer("), "{out:?}");
        assert_eq!(world.rows(table::PROMISE), 0);
    });
}

#[test]
fn messages_to_a_far_promise_go_out_at_once_and_later_ones_where_it_leads() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let p = far_promise(world, 7);
        world.ask(Ref::Promise(p), "act", (vec![Step::Add(1)],));
        assert_eq!(sent(world), ["act to Export(7), asking"]);
        let flush = PromiseId(world.peek_next_id());
        world.turn(|turn| Heap::settle(turn, p, Ok(Value::Ref(alice))).unwrap());
        assert_eq!(sent(world), ["hog:flush to Export(7), asking"]);
        world.turn(|turn| Heap::settle(turn, flush, Ok(Value::Undefined)).unwrap());
        assert_eq!(sent(world), [format!("drop Answer({})", flush.0), "drop Export(7)".into()]);
        world.call::<u64>(Ref::Promise(p), "act", (vec![Step::Add(5)],)).unwrap();
        assert_eq!(world.peek(alice).0, 5);
    });
}

#[test]
fn messages_that_waited_for_a_promise_are_forwarded_in_order_when_it_leads_far() {
    story(|world| {
        let bob = import(world, 4);
        let p = PromiseId(world.peek_next_id());
        world.held.insert(Ref::Promise(p), 1);
        world.held.insert(Ref::Resolver(p), 1);
        world.turn(|turn| {
            let p = turn.create_promise(None).unwrap();
            turn.hold(Ref::Promise(p)).unwrap();
            turn.hold(Ref::Resolver(p)).unwrap();
        });
        for method in ["one", "two", "three"] {
            world.ask(Ref::Promise(p), method, ());
        }
        world.turn(|turn| {
            Heap::settle(turn, p, Ok(Value::Ref(bob))).unwrap();
            turn.send_from_host(Ref::Promise(p), message("four", ()), None).unwrap();
        });
        let expected = ["one", "two", "three"].map(|m| format!("{m} to Export(4), asking"));
        let out = sent(world);
        assert_eq!(out[..3], expected);
        assert_eq!(out[3], "four to Export(4)");
    });
}

#[test]
fn what_was_sent_to_an_answer_before_anybody_knew_whose_it_is_follows_at_once() {
    story(|world| {
        let bob = import(world, 4);
        let p = PromiseId(world.peek_next_id());
        world.held.insert(Ref::Promise(p), 1);
        world.held.insert(Ref::Resolver(p), 1);
        world.turn(|turn| {
            let p = turn.create_promise(None).unwrap();
            turn.hold(Ref::Promise(p)).unwrap();
            turn.hold(Ref::Resolver(p)).unwrap();
        });
        let first = world.ask(Ref::Promise(p), "first", ());
        let second = world.ask(Ref::Promise(first), "second", ());
        world.turn(|turn| {
            let part = turn.create_promise(None).unwrap();
            turn.derive(Ref::Promise(second), Part::Item(0), part).unwrap();
        });
        world.ask(Ref::Promise(second), "third", ());
        world.turn(|turn| Heap::settle(turn, p, Ok(Value::Ref(bob))).unwrap());
        world.ask(Ref::Promise(second), "fourth", ());
        let out: Vec<_> = sent(world).into_iter().filter(|out| !out.starts_with("drop")).collect();
        assert_eq!(
            out,
            [
                "first to Export(4), asking".to_owned(),
                format!("second to Answer({}), asking", first.0),
                format!("derive of Answer({})", second.0),
                format!("third to Answer({}), asking", second.0),
                format!("fourth to Answer({}), asking", second.0),
            ]
        );
    });
}

#[test]
fn a_pipeline_of_any_length_is_forwarded_or_refused_without_recursion() {
    let mut world = World::new(crate::world::Memory::Kept);
    world.audited = false;
    let length = 20_000;
    let bob = import(&mut world, 4);
    for outcome in [Ok(Value::Ref(bob)), Err(Error::refused("no"))] {
        let first = PromiseId(world.peek_next_id());
        world.turn(|turn| {
            let mut last = turn.create_promise(None).unwrap();
            turn.hold(Ref::Promise(last)).unwrap();
            turn.hold(Ref::Resolver(last)).unwrap();
            for _ in 0..length {
                let next = turn.create_promise(None).unwrap();
                let ask = message("act", ());
                turn.deliver(Ref::Promise(last), ask, Some(next)).unwrap();
                turn.run_delivered().unwrap();
                last = next;
            }
            turn.hold(Ref::Promise(last)).unwrap();
        });
        assert_eq!(world.rows(table::DELIVERY), length);
        world.turn(|turn| Heap::settle(turn, first, outcome).unwrap());
        assert_eq!(world.rows(table::DELIVERY), 0);
    }
    let out = sent(&mut world);
    assert_eq!(out.iter().filter(|out| out.starts_with("act to")).count(), length);
}

#[test]
fn a_severed_import_breaks_what_is_sent_to_it_and_is_not_dropped_at_the_peer() {
    story(|world| {
        let bob = import(world, 4);
        let Ref::Import(id) = bob else { panic!("an import") };
        let why = Error::new(Class::Severed, "the session ended");
        world.turn(|turn| turn.sever_import(id, &why).unwrap());
        let error = world.call_value(bob, "act", ()).unwrap_err();
        assert_eq!(error, why);
        world.turn(|turn| assert_eq!(turn.far(bob).unwrap(), None));
        world.release(bob);
        assert_eq!(sent(world), Vec::<String>::new());
    });
}

#[test]
fn a_vat_forwards_what_one_session_sends_to_what_another_exports() {
    story(|world| {
        let bob = import(world, 4);
        let ran = world.turn(|turn| {
            let answer = turn.create_promise(None).unwrap();
            turn.deliver(bob, message("act", ()), Some(answer)).unwrap();
            turn.run_delivered().unwrap()
        });
        assert_eq!(ran, Ran::Done);
        let out = sent(world);
        assert_eq!(out[0], "act to Export(4), asking");
        assert!(out[1].starts_with("drop Answer"), "nobody held the answer: {out:?}");
    });
}

#[test]
fn a_delivered_message_runs_in_its_turn_and_settles_its_answer() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let answer = PromiseId(world.peek_next_id());
        world.held.insert(Ref::Promise(answer), 1);
        let ran = world.turn(|turn| {
            let answer = turn.create_promise(None).unwrap();
            turn.hold(Ref::Promise(answer)).unwrap();
            turn.deliver(alice, message("act", (vec![Step::Add(4)],)), Some(answer)).unwrap();
            turn.run_delivered().unwrap()
        });
        assert_eq!(ran, Ran::Done);
        assert!(matches!(world.outcome(answer), Some(Ok(Value::Int(_)))));
        assert_eq!(world.peek(alice).0, 4);
    });
}

#[test]
fn a_listener_at_a_peer_is_told_with_a_message() {
    story(|world| {
        let listener = import(world, 3);
        let p = far_promise(world, 7);
        world.turn(|turn| turn.settle_to(Ref::Promise(p), listener).unwrap());
        world.turn(|turn| Heap::settle(turn, p, Ok(Value::from("news"))).unwrap());
        assert_eq!(sent(world), ["drop Export(7)", "fulfill to Export(3)"]);
        let q = far_promise(world, 8);
        world.turn(|turn| turn.settle_to(Ref::Promise(q), listener).unwrap());
        world.turn(|turn| Heap::settle(turn, q, Err(Error::refused("no"))).unwrap());
        assert_eq!(sent(world), ["drop Export(8)", "break to Export(3)"]);
    });
}

#[test]
fn parts_of_what_a_peer_owes_are_asked_of_the_peer() {
    story(|world| {
        let p = far_promise(world, 7);
        world.turn(|turn| {
            let part = turn.create_promise(None).unwrap();
            turn.derive(Ref::Promise(p), Part::Item(0), part).unwrap();
        });
        assert_eq!(sent(world)[0], "derive of Export(7)");
    });
}

#[test]
fn what_is_outgoing_keeps_what_it_mentions_until_the_session_has_it() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let bob = import(world, 4);
        world.give(alice, bob);
        // A fresh facet, mentioned by nothing but a message on its way out.
        let steps = vec![Step::Spawn, Step::Give { to: 0, index: 1 }, Step::Forget(1)];
        let reference = world.turn(|turn| {
            turn.deliver(alice, message("act", (steps,)), None).unwrap();
            turn.run_delivered().unwrap();
            turn.settle().unwrap();
            let out = turn.take_outgoing();
            let Outgoing::Deliver { message: Message { values }, .. } = &out[0] else {
                panic!("{out:?}")
            };
            let Value::Ref(reference) = values[1] else { panic!("{values:?}") };
            turn.hold(reference).unwrap();
            turn.settle().unwrap();
            let ran = {
                turn.deliver(reference, message("peek", ()), None).unwrap();
                turn.run_delivered().unwrap()
            };
            assert_eq!(ran, Ran::Done, "it lives");
            turn.release(reference).unwrap();
            reference
        });
        assert!(!world.held.contains_key(&reference));
        assert_eq!(world.rows(table::OBJECT), 2, "and is freed when it is let go");
    });
}

#[test]
fn a_turn_is_not_closed_over_messages_that_nobody_took() {
    let mut world = World::new(crate::world::Memory::Kept);
    let bob = import(&mut world, 4);
    let mut vat = world.vat.take().unwrap();
    let mut overlay = hogshead_objects::records::Overlay::new(&world.store);
    let meta =
        hogshead_vat::TurnMeta { now: hogshead_objects::ids::Timestamp(0), entropy: &|| [0; 32] };
    let mut turn = vat.open(&mut overlay, &world.registry, meta);
    turn.send_from_host(bob, message("act", ()), None).unwrap();
    turn.close().unwrap_err();
}

#[test]
fn asking_a_place_far_away_gives_a_promise() {
    story(|world| {
        let heard = PromiseId(world.peek_next_id());
        world.held.insert(Ref::Promise(heard), 1);
        world.turn(|turn| {
            let p = turn.ask_far(far(0), message("fetch", ("x",))).unwrap();
            turn.hold(Ref::Promise(p)).unwrap();
        });
        assert_eq!(sent(world), ["fetch to Export(0), asking"]);
        world.turn(|turn| Heap::settle(turn, heard, Ok(Value::Null)).unwrap());
        assert!(matches!(world.outcome(heard), Some(Ok(Value::Null))));
    });
}

#[test]
fn a_send_to_a_crowded_peer_is_busy_at_once_and_a_send_to_another_is_not() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let bob = import(world, 4);
        world.give(alice, bob);
        for (session, busy) in [(9, true), (8, false)] {
            for step in [
                Step::Send { to: 0, steps: vec![Step::Add(1)] },
                Step::Ask { to: 0, steps: vec![Step::Add(1)] },
            ] {
                world.turn(|turn| {
                    turn.set_crowded([SessionId(session)].into());
                    let act = message("act", (vec![Step::Add(1), step],));
                    turn.deliver(alice, act, None).unwrap();
                    let ran = turn.run_delivered().unwrap();
                    match ran {
                        Ran::Failed(error) if busy => assert_eq!(error.class(), Class::Busy),
                        Ran::Done if !busy => {}
                        other => panic!("session {session}: {other:?}"),
                    }
                });
            }
        }
        // Of the two refused turns nothing remains; of the two others everything.
        assert_eq!(world.peek(alice).0, 2);
        assert_eq!(sent(world).iter().filter(|out| out.starts_with("act")).count(), 2);
    });
}

#[test]
fn a_delivery_that_is_parked_instead_of_run_can_be_retried() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let id = world.turn(|turn| {
            turn.deliver(alice, message("act", (vec![Step::Add(5)],)), None).unwrap();
            let cause = Error::new(Class::Parked, "a suspect");
            match turn.park_delivered(cause).unwrap() {
                Ran::Parked { id, .. } => id,
                other => panic!("{other:?}"),
            }
        });
        assert_eq!(world.peek(alice).0, 0);
        world.turn(|turn| turn.retry_parked(id).unwrap());
        world.run();
        assert_eq!(world.peek(alice).0, 5);
    });
}

#[test]
fn a_message_with_too_many_references_is_refused() {
    story(|world| {
        let alice = world.spawn(PUPPET);
        let refs = |count| Value::List(vec![Value::Ref(alice); count]);
        let mut call = |count| {
            world.turn(|turn| {
                let values = vec![Value::symbol("act"), refs(count)];
                turn.deliver(alice, Message { values }, None).unwrap();
                turn.run_delivered().unwrap()
            })
        };
        let class = |ran: Ran| match ran {
            Ran::Failed(error) | Ran::Refused(error) => error.class(),
            other => panic!("{other:?}"),
        };
        // The puppet does not understand references here; at the limit it is asked, beyond not.
        assert_eq!(class(call(hogshead_vat::limits::MESSAGE_REFS_MAX)), Class::BadCall);
        assert_eq!(class(call(hogshead_vat::limits::MESSAGE_REFS_MAX + 1)), Class::Limit);
    });
}
