//! Two of three on one host: what is unbounded among its vats is bounded for a peer elsewhere.

use bytes::Bytes;
use hogshead_captp::handoff::{expire_gifts, next_expiry};
use hogshead_captp::limits::{GIFT_AGE_MS_MAX, WITHDRAWAL_WAIT_MS_MAX};
use hogshead_captp::operation::Deliver;
use hogshead_captp::{Operation, Target};
use hogshead_objects::heap::{Heap, Resolution};
use hogshead_objects::ids::Timestamp;

use super::forger::Forger;
use super::*;

/// As the host sets sessions between its vats up.
fn patient() -> Limits {
    let (gift_age_ms_max, withdrawal_wait_ms_max) = (u64::MAX, u64::MAX);
    Limits { gift_age_ms_max, withdrawal_wait_ms_max, gifts_max: 16 << 20, ..Limits::default() }
}

fn expire(trio: &mut Trio, now: u64) {
    trio.vats[CAROL].turn(|heap| {
        heap.set_now(Timestamp(now));
        expire_gifts(heap).unwrap();
    });
}

fn next(trio: &Trio) -> Option<u64> {
    next_expiry(trio.vats[CAROL].heap.rows()).unwrap().map(|at| at.0)
}

#[test]
fn a_gift_for_a_peer_elsewhere_that_never_comes_is_let_go_of() {
    // Alice and Carol are neighbours; Bob is elsewhere and does not withdraw.
    let carriers = [Carrier::Plain, Carrier::Local, Carrier::Plain];
    let mut trio = Trio::joined(carriers, patient());
    let echo = fetch_echo(&mut trio, CAROL, ALICE);
    let (bob, _) = fetch_keeper(&mut trio, BOB, ALICE);
    let held = trio.vats[CAROL].heap.held().clone();
    trio.vats[ALICE].turn(|heap| heap.tell(bob, Message::apply(vec![Value::Ref(echo)])));
    trio.drain(ALICE, CAROL).unwrap();
    assert_ne!(trio.vats[CAROL].heap.held(), &held, "the gift is there");
    assert_eq!(next(&trio), Some(GIFT_AGE_MS_MAX));
    expire(&mut trio, GIFT_AGE_MS_MAX);
    assert_eq!(trio.vats[CAROL].heap.held(), &held);
}

#[test]
fn a_gift_among_vats_of_one_host_waits_as_long_as_it_takes() {
    let mut trio = Trio::local(patient());
    let echo = fetch_echo(&mut trio, CAROL, ALICE);
    let (bob, heard) = fetch_keeper(&mut trio, BOB, ALICE);
    trio.vats[ALICE].turn(|heap| heap.tell(bob, Message::apply(vec![Value::Ref(echo)])));
    trio.drain(ALICE, CAROL).unwrap();
    assert_eq!(next(&trio), None);
    expire(&mut trio, u64::MAX - 1);
    trio.run().unwrap();
    let given = heard_reference(&heard);
    assert_eq!(say(&mut trio, BOB, given, "hello"), echoed("hello"));
    assert_nothing_is_left(&mut trio);
}

#[test]
fn what_a_peer_elsewhere_says_it_gave_is_not_waited_for_for_ever() {
    // Bob and Carol are neighbours; Alice is elsewhere and deposits nothing.
    let carriers = [Carrier::Plain, Carrier::Plain, Carrier::Local];
    let mut trio = Trio::joined(carriers, patient());
    fetch_echo(&mut trio, CAROL, ALICE);
    let (_, heard) = fetch_keeper(&mut trio, BOB, ALICE);
    let mut forger = Forger::new();
    forger.give.gift = Bytes::from_static(b"never there");
    let message = Message::apply(vec![Value::Ref(forger.give())]);
    let deliver = Deliver { to: Target::Export(1), message, answer: None, resolver: None };
    trio.vats[BOB].apply(Trio::session(BOB, ALICE), Operation::Deliver(deliver)).unwrap();
    trio.run().unwrap();
    let given = heard_reference(&heard);
    let pending = trio.vats[BOB].heap.resolution(given).unwrap();
    assert!(matches!(pending, Resolution::Ref(Ref::Promise(_))), "{pending:?}");
    assert_eq!(next(&trio), Some(WITHDRAWAL_WAIT_MS_MAX));
    expire(&mut trio, WITHDRAWAL_WAIT_MS_MAX);
    trio.run().unwrap();
    match trio.vats[BOB].heap.resolution(given).unwrap() {
        Resolution::Broken(why) => assert_eq!(why.class(), Class::NotFound),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_peer_elsewhere_cannot_say_that_its_gift_is_for_one_elsewhere() {
    let mut trio = Trio::plain(Limits::default());
    let echo = fetch_echo(&mut trio, CAROL, ALICE);
    let answer = trio.vats[ALICE]
        .session_turn(Trio::session(ALICE, CAROL), |session, heap| {
            let bootstrap = session.bootstrap(heap).unwrap();
            let gift = Value::Bytes(b"gift"[..].into());
            let elsewhere = Value::Symbol("elsewhere".into());
            heap.ask(bootstrap, Message::new("deposit-gift", [gift, Value::Ref(echo), elsewhere]))
        })
        .unwrap();
    trio.run().unwrap();
    assert_eq!(outcome(&trio, ALICE, answer).unwrap_err().class(), Class::BadCall);
}

#[test]
fn a_gift_in_a_message_that_is_declined_is_let_go_of_as_well() {
    let mut trio = Trio::local(patient());
    let echo = fetch_echo(&mut trio, CAROL, ALICE);
    let held = trio.vats[CAROL].heap.held().clone();
    // What Bob is asked for is not there, and Alice does not wait to hear that.
    let asked = trio.vats[ALICE]
        .session_turn(Trio::session(ALICE, BOB), |session, heap| {
            let bootstrap = session.bootstrap(heap).unwrap();
            let fetch = Message::new("fetch", [Value::Bytes(b"nothing"[..].into())]);
            let absent = Ref::Promise(heap.ask(bootstrap, fetch));
            heap.ask(absent, Message::apply(vec![Value::Ref(echo)]))
        })
        .unwrap();
    trio.run().unwrap();
    assert_eq!(outcome(&trio, ALICE, asked).unwrap_err().class(), Class::NotFound);
    assert_eq!(trio.vats[CAROL].heap.held(), &held);
    assert_nothing_is_left(&mut trio);
}
