//! Handoffs that go another way: home to the receiver, past an object at position 0, or not at all.

use hogshead_captp::crypto::PublicKey;
use hogshead_captp::handoff::Identity;
use hogshead_captp::operation::Deliver;
use hogshead_captp::testing::{Sent, key};
use hogshead_captp::{Bootstrap, Config, Descriptor, Dialect, Hello, Operation, Session, Target};
use hogshead_objects::heap::{Heap, Outgoing, Resolution};
use hogshead_objects::ids::SessionId;
use hogshead_objects::records::table;

use super::*;

#[test]
fn a_gift_that_leads_back_to_its_receiver_is_found_in_its_own_tables() {
    // Alice knows Bob twice, as happens when two sessions cross: what came over the one is given
    // over the other.
    for carrier in [Carrier::Plain, Carrier::Local, Carrier::Durable] {
        let mut trio = Trio::joined([carrier; 3], Limits::default());
        let (bob, heard) = fetch_keeper(&mut trio, BOB, ALICE);
        let twin = join_again(&mut trio, carrier);
        trio.vats[BOB].turn(|heap| {
            let echo = echo(heap);
            heap.share(b"echo", echo);
        });
        let promise = trio.vats[ALICE]
            .session_turn(twin, |session, heap| {
                let bootstrap = session.bootstrap(heap).unwrap();
                heap.ask(bootstrap, Message::new("fetch", [Value::Bytes(b"echo"[..].into())]))
            })
            .unwrap();
        run_with_twin(&mut trio, twin);
        let echo = reference(outcome(&trio, ALICE, promise));
        for deposit_first in [true, false] {
            trio.vats[ALICE].turn(|heap| heap.tell(bob, Message::apply(vec![Value::Ref(echo)])));
            if !deposit_first {
                trio.drain(ALICE, BOB).unwrap();
            }
            run_with_twin(&mut trio, twin);
            let given = match heard.borrow_mut().pop() {
                Some(Value::Ref(given)) => given,
                other => panic!("{other:?}"),
            };
            let found = trio.vats[BOB].heap.resolution(given).unwrap();
            assert!(matches!(found, Resolution::Ref(Ref::Facet(_))), "{found:?}");
        }
        for vat in [ALICE, BOB] {
            trio.vats[vat].sever(twin, &Error::new(Class::Severed, "one is enough"));
        }
        assert_nothing_is_left(&mut trio);
    }
}

/// A second session of Alice and Bob, of one number on both sides.
fn join_again(trio: &mut Trio, carrier: Carrier) -> SessionId {
    let id = SessionId(99);
    for (us, them, ours, theirs) in [(ALICE, BOB, 98, 99), (BOB, ALICE, 99, 98)] {
        let identity = Identity {
            key: key(ours),
            peer_key: PublicKey::from(key(theirs).verifying_key()),
            ..Trio::identity(us, them)
        };
        let (dialect, limits) = (Dialect::default(), Limits::default());
        let config = Config {
            id,
            dialect,
            bootstrap: Bootstrap::Fetch,
            limits: limits.into(),
            identity: Some(identity.clone()),
            handoffs: true,
        };
        let hello = Hello { key: identity.key, location: identity.location, expected_peer: None };
        trio.vats[us].join(match (carrier, us) {
            (Carrier::Local, _) => Session::local(config),
            (Carrier::Durable, _) => Session::durable(config),
            (Carrier::Plain, ALICE) => Session::dial(config, hello),
            (Carrier::Plain, _) => Session::accept(config, hello),
        });
    }
    run_with_twin(trio, id);
    id
}

fn run_with_twin(trio: &mut Trio, twin: SessionId) {
    loop {
        trio.run().unwrap();
        let mut moved = false;
        for (from, to) in [(ALICE, BOB), (BOB, ALICE)] {
            while let Some(sent) = trio.vats[from].sent(twin).pop_front() {
                trio.vats[to].receive(twin, &sent).unwrap();
                moved = true;
            }
        }
        if !moved {
            return;
        }
    }
}

#[test]
fn gifts_are_the_sessions_business_also_where_position_zero_is_an_object() {
    let mut trio = Trio::local(Limits::default());
    // As vat zero meets the others: the steward is what they have at position 0.
    let steward = trio.vats[CAROL].turn(|heap| {
        let echo = echo(heap);
        heap.keep(echo);
        let steward = heap.object(move |_, _| Ok(Value::Ref(echo)));
        heap.keep(steward);
        steward
    });
    let config = Config {
        id: Trio::session(CAROL, ALICE),
        dialect: Dialect::default(),
        bootstrap: Bootstrap::Object(steward),
        limits: Limits::default().into(),
        identity: Some(Trio::identity(CAROL, ALICE)),
        handoffs: true,
    };
    trio.vats[CAROL].join(Session::local(config));
    let asked = trio.vats[ALICE]
        .session_turn(Trio::session(ALICE, CAROL), |session, heap| {
            let bootstrap = session.bootstrap(heap).unwrap();
            heap.ask(bootstrap, Message::new("anything", []))
        })
        .unwrap();
    trio.run().unwrap();
    let echo = reference(outcome(&trio, ALICE, asked));
    let (bob, heard) = fetch_keeper(&mut trio, BOB, ALICE);
    trio.vats[ALICE].turn(|heap| heap.tell(bob, Message::apply(vec![Value::Ref(echo)])));
    trio.run().unwrap();
    let given = heard_reference(&heard);
    assert_eq!(say(&mut trio, BOB, given, "hello"), echoed("hello"));
    assert_nothing_is_left(&mut trio);
}

#[test]
fn a_session_that_takes_no_part_stands_in_between_as_ever() {
    let mut trio = Trio::plain(Limits::default());
    let config = Config {
        id: Trio::session(ALICE, BOB),
        dialect: Dialect::default(),
        bootstrap: Bootstrap::Fetch,
        limits: Limits::default().into(),
        identity: None,
        handoffs: false,
    };
    trio.vats[ALICE].join(Session::local(config.clone()));
    trio.vats[BOB].join(Session::local(Config { id: Trio::session(BOB, ALICE), ..config }));
    let echo = fetch_echo(&mut trio, CAROL, ALICE);
    let (bob, heard) = fetch_keeper(&mut trio, BOB, ALICE);
    trio.vats[ALICE].turn(|heap| heap.tell(bob, Message::apply(vec![Value::Ref(echo)])));
    trio.run().unwrap();
    let given = heard_reference(&heard);
    let far = trio.vats[BOB].heap.far(given).unwrap().unwrap();
    assert_eq!(far.session, Trio::session(BOB, ALICE));
    assert_eq!(say(&mut trio, BOB, given, "hello"), echoed("hello"), "by way of Alice");
    assert_nothing_is_left(&mut trio);
}

#[test]
fn a_session_with_rows_of_an_earlier_version_can_hand_off() {
    let mut trio = Trio::local(Limits::default());
    let echo = fetch_echo(&mut trio, CAROL, ALICE);
    let (bob, heard) = fetch_keeper(&mut trio, BOB, ALICE);
    let records = trio.vats[CAROL].heap.records();
    let (from, to) = ([table::HANDOFF], [table::HANDOFF + 1]);
    let mut later = records.range(&from, &to, 9).unwrap();
    later.extend(records.range(&[table::SESSION], &[table::SESSION + 1], 99).unwrap());
    // The name, and the row of handoffs: those of before have neither.
    later.retain(|(key, _)| key[0] == table::HANDOFF || key[9..] == [6]);
    assert_eq!(later.len(), 2);
    later.into_iter().for_each(|(key, _)| records.delete(key));
    trio.vats[CAROL].forget_caches();
    trio.vats[ALICE].turn(|heap| heap.tell(bob, Message::apply(vec![Value::Ref(echo)])));
    trio.drain(ALICE, CAROL).unwrap();
    trio.run().unwrap();
    let given = heard_reference(&heard);
    assert_eq!(say(&mut trio, BOB, given, "hello"), echoed("hello"));
    assert_nothing_is_left(&mut trio);
}

#[test]
fn a_bootstrap_object_is_not_handed_off_but_forwarded_to() {
    let mut trio = Trio::plain(Limits::default());
    fetch_echo(&mut trio, CAROL, ALICE);
    let (bob, heard) = fetch_keeper(&mut trio, BOB, ALICE);
    let bootstrap = trio.vats[ALICE]
        .session_turn(Trio::session(ALICE, CAROL), |session, heap| {
            let bootstrap = session.bootstrap(heap).unwrap();
            heap.tell(bob, Message::apply(vec![Value::Ref(bootstrap)]));
            bootstrap
        })
        .unwrap();
    trio.run().unwrap();
    assert!(matches!(bootstrap, Ref::Import(_)), "{bootstrap:?}");
    let given = heard_reference(&heard);
    let far = trio.vats[BOB].heap.far(given).unwrap().unwrap();
    assert_eq!(far.session, Trio::session(BOB, ALICE));
    let fetch = Message::new("fetch", [Value::Bytes(b"echo"[..].into())]);
    let fetched = trio.vats[BOB].turn(|heap| heap.ask(given, fetch));
    trio.run().unwrap();
    let echo = reference(outcome(&trio, BOB, fetched));
    assert_eq!(say(&mut trio, BOB, echo, "hello"), echoed("hello"));
}

#[test]
fn an_object_that_its_peer_exports_at_position_0_is_handed_off_in_a_later_turn() {
    let mut trio = Trio::plain(Limits::default());
    let (bob, _) = fetch_keeper(&mut trio, BOB, ALICE);
    let posted = Rc::new(RefCell::new(None));
    let post = Rc::clone(&posted);
    post_from_position_0(&mut trio, move |heap, given| {
        heap.keep(given);
        *post.borrow_mut() = Some(given);
    });
    let given = posted.borrow().unwrap();
    trio.vats[ALICE].turn(|heap| heap.tell(bob, Message::apply(vec![Value::Ref(given)])));
    assert_was_given_to_bob(&mut trio);
}

#[test]
fn an_object_that_its_peer_exports_at_position_0_is_handed_off_in_the_turn_that_brings_it() {
    let mut trio = Trio::plain(Limits::default());
    let (bob, _) = fetch_keeper(&mut trio, BOB, ALICE);
    post_from_position_0(&mut trio, move |heap, given| {
        heap.tell(bob, Message::apply(vec![Value::Ref(given)]));
    });
    assert_was_given_to_bob(&mut trio);
}

/// Carol tells Alice of an object at position 0, which Alice hands to `post`. Carol counts from 0,
/// as the official suite does: positions are each side's own.
fn post_from_position_0(trio: &mut Trio, mut post: impl FnMut(&mut MemoryHeap, Ref) + 'static) {
    trio.vats[ALICE].turn(|heap| {
        let post = heap.object(move |heap, message| {
            let given = message.values.iter().flat_map(Value::refs).copied().next();
            given.into_iter().for_each(|given| post(heap, given));
            Ok(Value::Undefined)
        });
        heap.share(b"post", post);
    });
    let carol = Trio::session(ALICE, CAROL);
    let fetch = Message::new("fetch", [Value::Bytes(b"post"[..].into())]);
    let first = Message::apply(vec![Value::Ref(Descriptor::ImportObject(0))]);
    for (to, message, answer) in
        [(Target::Export(0), fetch, Some(1)), (Target::Answer(1), first, None)]
    {
        let deliver = Deliver { to, message, answer, resolver: None };
        trio.vats[ALICE].apply(carol, Operation::Deliver(deliver)).unwrap();
    }
}

fn assert_was_given_to_bob(trio: &mut Trio) {
    let sent = trio.vats[ALICE].sent(Trio::session(ALICE, BOB));
    let gives =
        |sent: &Sent| matches!(sent, Sent::Frame(frame) if holds(frame, b"desc:sig-envelope"));
    assert!(sent.iter().any(gives), "{sent:?}");
}

#[test]
fn a_peer_of_another_transport_gets_no_give_but_an_object_of_ours() {
    let mut trio = Trio::plain(Limits::default());
    let echo = fetch_echo(&mut trio, CAROL, ALICE);
    let (bob, heard) = fetch_keeper(&mut trio, BOB, ALICE);
    let session = Trio::session(ALICE, CAROL);
    let introducer =
        trio.vats[ALICE].session_turn(session, |session, heap| session.introducer(heap.records()));
    let mut introducer = introducer.unwrap().unwrap().unwrap();
    introducer.exporter.transport = "onion".into();
    let introducers = [(session, introducer)].into();
    trio.vats[ALICE].session_turn(Trio::session(ALICE, BOB), |session, heap| {
        let far = heap.far(bob).unwrap().unwrap();
        let message = Message::apply(vec![Value::Ref(echo)]);
        session.send(Outgoing::Deliver { far, message, answer: None }, &introducers, heap).unwrap();
    });
    trio.run().unwrap();
    let given = heard_reference(&heard);
    let far = trio.vats[BOB].heap.far(given).unwrap().unwrap();
    assert_eq!(far.session, Trio::session(BOB, ALICE), "Bob reaches her through Alice");
    assert_eq!(say(&mut trio, BOB, given, "hello"), echoed("hello"));
}

fn holds(frame: &[u8], label: &[u8]) -> bool {
    frame.windows(label.len()).any(|octets| octets == label)
}
