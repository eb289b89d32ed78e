//! Handoffs that succeed, in every role and order.

use hogshead_objects::heap::{Heap, Resolution};

use super::*;

#[test]
fn a_reference_is_given_to_a_third_vat() {
    everywhere(|mut trio| {
        let echo = fetch_echo(&mut trio, CAROL, ALICE);
        let (bob, heard) = fetch_keeper(&mut trio, BOB, ALICE);
        trio.vats[ALICE].turn(|heap| heap.tell(bob, Message::apply(vec![Value::Ref(echo)])));
        trio.run().unwrap();
        let given = heard_reference(&heard);
        assert!(matches!(given, Ref::Promise(_)), "a promise stands for the gift: {given:?}");
        let found = trio.vats[BOB].heap.resolution(given).unwrap();
        let Resolution::Ref(import @ Ref::Import(_)) = found else { panic!("{found:?}") };
        let far = trio.vats[BOB].heap.far(import).unwrap().unwrap();
        assert_eq!(far.session, Trio::session(BOB, CAROL), "it is Carol's without detour");
        assert_eq!(say(&mut trio, BOB, given, "hello"), echoed("hello"));
        assert_nothing_is_left(&mut trio);
    });
}

#[test]
fn a_gift_that_is_asked_for_first_is_handed_over_when_it_comes() {
    everywhere(|mut trio| {
        let echo = fetch_echo(&mut trio, CAROL, ALICE);
        let (bob, heard) = fetch_keeper(&mut trio, BOB, ALICE);
        trio.vats[ALICE].turn(|heap| heap.tell(bob, Message::apply(vec![Value::Ref(echo)])));
        trio.drain(ALICE, BOB).unwrap();
        let given = heard_reference(&heard);
        let answer = trio.vats[BOB].turn(|heap| heap.ask(given, Message::new("early", [])));
        trio.drain(BOB, CAROL).unwrap();
        trio.drain(CAROL, BOB).unwrap();
        assert!(trio.vats[BOB].heap.outcome(answer).is_none(), "the gift is not there yet");
        trio.run().unwrap();
        assert_eq!(outcome(&trio, BOB, answer), echoed("early"), "pipelined, and it waited");
        assert_nothing_is_left(&mut trio);
    });
}

#[test]
fn what_is_sent_while_the_exporter_is_dialled_arrives_in_order() {
    everywhere(|mut trio| {
        let echo = fetch_echo(&mut trio, CAROL, ALICE);
        let (bob, heard) = fetch_keeper(&mut trio, BOB, ALICE);
        trio.vats[BOB].hold_back();
        trio.vats[ALICE].turn(|heap| heap.tell(bob, Message::apply(vec![Value::Ref(echo)])));
        trio.run().unwrap();
        let given = heard_reference(&heard);
        let ask = |trio: &mut Trio, word| {
            trio.vats[BOB].turn(|heap| heap.ask(given, Message::new(word, [])))
        };
        let answers = ["one", "two"].map(|word| ask(&mut trio, word));
        trio.run().unwrap();
        assert!(answers.iter().all(|answer| trio.vats[BOB].heap.outcome(*answer).is_none()));
        trio.vats[BOB].go_on();
        let third = ask(&mut trio, "three");
        trio.run().unwrap();
        for (answer, word) in [(answers[0], "one"), (answers[1], "two"), (third, "three")] {
            assert_eq!(outcome(&trio, BOB, answer), echoed(word));
        }
        assert_nothing_is_left(&mut trio);
    });
}

#[test]
fn an_answer_can_be_a_third_vats_object() {
    everywhere(|mut trio| {
        let echo = fetch_echo(&mut trio, CAROL, ALICE);
        trio.vats[ALICE].turn(|heap| {
            let guide = heap.object(move |_, _| Ok(Value::Ref(echo)));
            heap.share(b"guide", guide);
        });
        let guide = fetch(&mut trio, ALICE, BOB, b"guide");
        let (first, second) = trio.vats[BOB].turn(|heap| {
            let found = heap.ask(guide, Message::new("who", []));
            (found, heap.ask(Ref::Promise(found), Message::new("pipelined", [])))
        });
        trio.run().unwrap();
        assert_eq!(outcome(&trio, BOB, second), echoed("pipelined"), "by Alice, as it was asked");
        assert_eq!(say(&mut trio, BOB, Ref::Promise(first), "hello"), echoed("hello"));
        assert_nothing_is_left(&mut trio);
    });
}

#[test]
fn a_promise_is_resolved_to_a_third_vats_object() {
    everywhere(|mut trio| {
        let echo = fetch_echo(&mut trio, CAROL, ALICE);
        let (bob, heard) = fetch_keeper(&mut trio, BOB, ALICE);
        let promise = trio.vats[ALICE].turn(|heap| {
            let promise = heap.promise();
            heap.keep(Ref::Resolver(promise));
            heap.tell(bob, Message::apply(vec![Value::Ref(Ref::Promise(promise))]));
            promise
        });
        trio.run().unwrap();
        let given = heard_reference(&heard);
        let early = trio.vats[BOB].turn(|heap| heap.ask(given, Message::new("early", [])));
        trio.run().unwrap();
        trio.vats[ALICE].turn(|heap| heap.settle(promise, Ok(Value::Ref(echo))).unwrap());
        trio.run().unwrap();
        assert_eq!(outcome(&trio, BOB, early), echoed("early"));
        let found = trio.vats[BOB].heap.resolution(given).unwrap();
        let Resolution::Ref(import @ Ref::Import(_)) = found else { panic!("{found:?}") };
        let far = trio.vats[BOB].heap.far(import).unwrap().unwrap();
        assert_eq!(far.session, Trio::session(BOB, CAROL));
        assert_eq!(say(&mut trio, BOB, given, "late"), echoed("late"));
        trio.vats[ALICE].turn(|heap| heap.let_go(Ref::Resolver(promise)));
        assert_nothing_is_left(&mut trio);
    });
}

#[test]
fn a_pending_answer_of_a_third_vat_is_our_promise_until_it_is_known() {
    everywhere(|mut trio| {
        trio.vats[CAROL].turn(|heap| {
            let maker = heap.object(|heap, _| Ok(Value::Ref(echo(heap))));
            heap.share(b"maker", maker);
        });
        let maker = fetch(&mut trio, CAROL, ALICE, b"maker");
        let (bob, heard) = fetch_keeper(&mut trio, BOB, ALICE);
        trio.vats[ALICE].turn(|heap| {
            let made = heap.ask(maker, Message::new("make", []));
            heap.tell(bob, Message::apply(vec![Value::Ref(Ref::Promise(made))]));
        });
        trio.drain(ALICE, BOB).unwrap();
        let given = heard_reference(&heard);
        assert_eq!(
            trio.vats[BOB].heap.far(given).unwrap().map(|far| far.session),
            Some(Trio::session(BOB, ALICE)),
            "a promise of Alice's"
        );
        trio.run().unwrap();
        assert_eq!(say(&mut trio, BOB, given, "made"), echoed("made"));
        let found = trio.vats[BOB].heap.resolution(given).unwrap();
        assert!(matches!(found, Resolution::Ref(Ref::Import(_))), "{found:?}");
        assert_nothing_is_left(&mut trio);
    });
}

#[test]
fn what_is_the_receivers_own_comes_back_as_its_own() {
    everywhere(|mut trio| {
        let (bob, heard) = fetch_keeper(&mut trio, BOB, ALICE);
        trio.vats[ALICE].turn(|heap| heap.tell(bob, Message::apply(vec![Value::Ref(bob)])));
        trio.run().unwrap();
        assert!(matches!(heard_reference(&heard), Ref::Facet(_)), "{heard:?}");
        assert_nothing_is_left(&mut trio);
    });
}

#[test]
fn a_gift_is_given_on_and_is_the_same_for_who_had_it() {
    everywhere(|mut trio| {
        let echo = fetch_echo(&mut trio, CAROL, ALICE);
        let (bob, by_bob) = fetch_keeper(&mut trio, BOB, ALICE);
        let (alice, by_alice) = fetch_keeper(&mut trio, ALICE, BOB);
        trio.vats[ALICE].turn(|heap| heap.tell(bob, Message::apply(vec![Value::Ref(echo)])));
        trio.run().unwrap();
        let given = heard_reference(&by_bob);
        let found = trio.vats[BOB].heap.resolution(given).unwrap();
        let Resolution::Ref(import) = found else { panic!("{found:?}") };
        // What stood in for it is passed on as what it was found to be.
        for passed in [import, given] {
            by_alice.borrow_mut().clear();
            trio.vats[BOB].turn(|heap| heap.tell(alice, Message::apply(vec![Value::Ref(passed)])));
            let gives = trio.vats[BOB].sent(Trio::session(BOB, CAROL)).len();
            assert_eq!(gives, 1, "a deposit");
            trio.run().unwrap();
            let back = heard_reference(&by_alice);
            let found = trio.vats[ALICE].heap.resolution(back).unwrap();
            assert!(matches!(found, Resolution::Ref(found) if found == echo), "{found:?}");
        }
        let (carol, by_carol) = fetch_keeper(&mut trio, CAROL, BOB);
        trio.vats[BOB].turn(|heap| heap.tell(carol, Message::apply(vec![Value::Ref(given)])));
        trio.run().unwrap();
        assert!(matches!(heard_reference(&by_carol), Ref::Facet(_)), "Carol's own comes home");
        assert_nothing_is_left(&mut trio);
    });
}

#[test]
fn a_message_may_hand_off_one_reference_several_times() {
    everywhere(|mut trio| {
        let echo = fetch_echo(&mut trio, CAROL, ALICE);
        let (bob, heard) = fetch_keeper(&mut trio, BOB, ALICE);
        let twice = Value::List(vec![Value::Ref(echo), Value::Ref(echo)]);
        trio.vats[ALICE].turn(|heap| heap.tell(bob, Message::apply(vec![twice])));
        trio.run().unwrap();
        let given: Vec<Ref> = heard.borrow().iter().flat_map(Value::refs).copied().collect();
        assert_eq!(given.len(), 2);
        let heap = &trio.vats[BOB].heap;
        let found: Vec<_> = given
            .iter()
            .map(|reference| match heap.resolution(*reference).unwrap() {
                Resolution::Ref(import @ Ref::Import(_)) => import,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(found[0], found[1], "two gifts, one object");
        assert_nothing_is_left(&mut trio);
    });
}

#[test]
fn a_gift_lives_although_its_gifter_has_let_go() {
    everywhere(|mut trio| {
        let (bob, heard) = fetch_keeper(&mut trio, BOB, ALICE);
        trio.vats[CAROL].turn(|heap| {
            let maker = heap.object(|heap, _| Ok(Value::Ref(super::echo(heap))));
            heap.share(b"maker", maker);
        });
        let maker = fetch(&mut trio, CAROL, ALICE, b"maker");
        let made = trio.vats[ALICE].turn(|heap| heap.ask(maker, Message::new("make", [])));
        trio.run().unwrap();
        let echo = reference(outcome(&trio, ALICE, made));
        trio.vats[BOB].hold_back();
        trio.vats[ALICE].turn(|heap| heap.tell(bob, Message::apply(vec![Value::Ref(echo)])));
        trio.vats[ALICE].turn(|heap| heap.let_go(Ref::Promise(made)));
        trio.run().unwrap();
        assert_eq!(trio.vats[CAROL].heap.held().len(), 2, "the maker, and the gift");
        trio.vats[BOB].go_on();
        let given = heard_reference(&heard);
        assert_eq!(say(&mut trio, BOB, given, "still here"), echoed("still here"));
        assert_nothing_is_left(&mut trio);
    });
}

#[test]
fn what_was_given_is_let_go_of_promptly() {
    everywhere(|mut trio| {
        let echo = fetch_echo(&mut trio, CAROL, ALICE);
        let (bob, heard) = fetch_keeper(&mut trio, BOB, ALICE);
        trio.vats[ALICE].turn(|heap| heap.tell(bob, Message::apply(vec![Value::Ref(echo)])));
        trio.run().unwrap();
        let given = heard_reference(&heard);
        assert_eq!(trio.vats[BOB].heap.imports().len(), 1);
        let exports = |trio: &Trio| {
            let session = Trio::session(CAROL, BOB);
            hogshead_captp::session::holdings(session, trio.vats[CAROL].heap.rows()).unwrap()
        };
        assert_eq!((exports(&trio).exports, exports(&trio).answers), (1, 0));
        trio.vats[BOB].turn(|heap| heap.let_go(given));
        assert_eq!(trio.vats[BOB].sent(Trio::session(BOB, CAROL)).len(), 1, "one batch, at once");
        trio.run().unwrap();
        assert_eq!(exports(&trio), Default::default());
        assert_eq!(trio.vats[BOB].heap.imports(), []);
        assert_nothing_is_left(&mut trio);
    });
}

#[test]
fn nothing_of_a_handoff_depends_on_what_a_session_has_cached() {
    everywhere(|mut trio| {
        let echo = fetch_echo(&mut trio, CAROL, ALICE);
        let (bob, heard) = fetch_keeper(&mut trio, BOB, ALICE);
        trio.vats[ALICE].turn(|heap| heap.tell(bob, Message::apply(vec![Value::Ref(echo)])));
        for _ in 0..8 {
            for (from, to) in [(0, 2), (0, 1), (1, 2), (2, 1), (2, 0), (1, 0)] {
                trio.step(from, to).unwrap();
                trio.vats.iter_mut().for_each(|vat| vat.forget_caches());
            }
        }
        trio.run().unwrap();
        let given = heard_reference(&heard);
        assert_eq!(say(&mut trio, BOB, given, "hello"), echoed("hello"));
        assert_nothing_is_left(&mut trio);
    });
}

#[test]
fn a_deposit_is_answered_if_that_is_asked_for() {
    everywhere(|mut trio| {
        let echo = fetch_echo(&mut trio, CAROL, ALICE);
        let deposit = |trio: &mut Trio, values: Vec<Value>| {
            let answer = trio.vats[ALICE]
                .session_turn(Trio::session(ALICE, CAROL), |session, heap| {
                    let bootstrap = session.bootstrap(heap).unwrap();
                    let mut message = Message::new("deposit-gift", []);
                    message.values.extend(values);
                    heap.ask(bootstrap, message)
                })
                .unwrap();
            trio.run().unwrap();
            outcome(trio, ALICE, answer)
        };
        let gift = || Value::Bytes(b"of any length".as_slice().into());
        assert_eq!(deposit(&mut trio, vec![gift(), Value::Ref(echo)]), Ok(Value::Undefined));
        let again = deposit(&mut trio, vec![gift(), Value::Ref(echo)]).unwrap_err();
        assert_eq!(again.class(), Class::Refused, "one gift an id");
        for wrong in [vec![], vec![gift()], vec![gift(), gift()], vec![Value::Ref(echo), gift()]] {
            assert_eq!(deposit(&mut trio, wrong).unwrap_err().class(), Class::BadCall);
        }
        let mine = trio.vats[ALICE].turn(super::echo);
        let other = Value::Bytes(b"".as_slice().into());
        assert_eq!(deposit(&mut trio, vec![other, Value::Ref(mine)]), Ok(Value::Undefined));
        assert_nothing_is_left(&mut trio);
    });
}

#[test]
fn what_was_a_promise_arrives_as_one() {
    everywhere(|mut trio| {
        let (bob, heard) = fetch_keeper(&mut trio, BOB, ALICE);
        trio.vats[ALICE].turn(|heap| {
            let mine = echo(heap);
            let [to_bobs, to_ours] = [bob, mine].map(|end| {
                let promise = heap.promise();
                heap.settle(promise, Ok(Value::Ref(end))).unwrap();
                promise
            });
            let pending = heap.ask(bob, Message::new("first", []));
            let all = [to_bobs, to_ours, pending].map(|promise| Value::Ref(Ref::Promise(promise)));
            heap.tell(bob, Message::apply(all.to_vec()));
        });
        trio.run().unwrap();
        let heard: Vec<Ref> = heard.borrow().iter().flat_map(Value::refs).copied().collect();
        let heap = &trio.vats[BOB].heap;
        assert!(heard.iter().all(|given| matches!(given, Ref::Promise(_))), "{heard:?}");
        let ends: Vec<_> = heard.iter().map(|given| heap.resolution(*given).unwrap()).collect();
        assert!(matches!(ends[0], Resolution::Ref(Ref::Facet(_))), "his own: {:?}", ends[0]);
        assert!(matches!(ends[1], Resolution::Ref(Ref::Import(_))), "Alice's: {:?}", ends[1]);
        assert!(matches!(ends[2], Resolution::Data(Value::Undefined)), "his answer: {:?}", ends[2]);
        assert_nothing_is_left(&mut trio);
    });
}
