//! A test a limit: what is answered when it is reached, and that nothing else ends.

use bytes::Bytes;
use hogshead_captp::handoff::{expire_gifts, next_expiry};
use hogshead_captp::limits::EXPIRE_ROWS_MAX;
use hogshead_captp::operation::Deliver;
use hogshead_captp::session::{holdings, sever_rows};
use hogshead_captp::testing::locator;
use hogshead_captp::{Descriptor, Operation, Target};
use hogshead_objects::heap::{Heap, Resolution};
use hogshead_objects::ids::Timestamp;

use super::forger::{Forger, ask_deposit, deposit, ready, send_withdrawal, told};
use super::*;

const GIFTS: [&[u8]; 3] = [b"one", b"two", b"three"];

/// Bob asks by hand for a gift, under a count of its own.
fn ask_for(trio: &mut Trio, gift: &'static [u8], count: u64) -> u64 {
    let mut forger = Forger { count, ..Forger::new() };
    forger.give.gift = Bytes::from_static(gift);
    send_withdrawal(trio, vec![Value::Ref(forger.receive())], count)
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
fn gifts_of_one_gifter_are_bounded_in_number() {
    let (mut trio, echo) = ready(Limits { gifts_max: 2, ..Limits::default() });
    deposit(&mut trio, GIFTS[0], echo).unwrap();
    deposit(&mut trio, GIFTS[1], echo).unwrap();
    let full = deposit(&mut trio, GIFTS[2], echo).unwrap_err();
    assert_eq!(full.class(), Class::Busy);
    let resolver = ask_for(&mut trio, GIFTS[0], 0);
    assert_eq!(told(&mut trio, resolver), Some(Ok(())));
    deposit(&mut trio, GIFTS[2], echo).unwrap();
}

#[test]
fn withdrawals_that_wait_for_one_gifter_are_bounded_in_number() {
    let (mut trio, echo) = ready(Limits { gifts_max: 2, ..Limits::default() });
    let waiting = [ask_for(&mut trio, GIFTS[0], 0), ask_for(&mut trio, GIFTS[1], 1)];
    let third = ask_for(&mut trio, GIFTS[2], 2);
    let broken = told(&mut trio, third).unwrap().unwrap_err();
    assert!(broken.starts_with("busy"), "{broken}");
    ask_deposit(&mut trio, GIFTS[1], echo);
    trio.drain(ALICE, CAROL).unwrap();
    assert_eq!(told(&mut trio, waiting[1]), Some(Ok(())), "those who wait still get theirs");
    deposit(&mut trio, GIFTS[2], echo).expect("who waits takes no gift's place");
}

#[test]
fn gifts_are_bounded_in_age() {
    let (mut trio, echo) = ready(Limits { gift_age_ms_max: 100, ..Limits::default() });
    assert_eq!(next(&trio), None);
    trio.vats[CAROL].turn(|heap| heap.set_now(Timestamp(1000)));
    deposit(&mut trio, GIFTS[0], echo).unwrap();
    trio.vats[CAROL].turn(|heap| heap.set_now(Timestamp(1050)));
    deposit(&mut trio, GIFTS[1], echo).unwrap();
    assert_eq!(next(&trio), Some(1100));
    expire(&mut trio, 1099);
    assert_eq!(next(&trio), Some(1100), "not yet");
    expire(&mut trio, 1100);
    assert_eq!(next(&trio), Some(1150));
    let (late, in_time) = (ask_for(&mut trio, GIFTS[0], 0), ask_for(&mut trio, GIFTS[1], 1));
    assert_eq!(told(&mut trio, in_time), Some(Ok(())));
    assert_eq!(told(&mut trio, late), None, "it waits for another deposit");
    assert_eq!(next(&trio), Some(1100 + Limits::default().withdrawal_wait_ms_max));
}

#[test]
fn a_gift_that_nobody_wants_is_let_go_of() {
    let (mut trio, echo) = ready(Limits::default());
    deposit(&mut trio, GIFTS[0], echo).unwrap();
    let held = trio.vats[CAROL].heap.held().clone();
    expire(&mut trio, Limits::default().gift_age_ms_max);
    let heap = &trio.vats[CAROL].heap;
    assert!(heap.held().iter().all(|(reference, count)| held[reference] == count + 1));
    assert_eq!(next(&trio), None);
}

#[test]
fn very_many_gifts_are_let_go_of_in_several_turns() {
    let (mut trio, echo) = ready(Limits { gifts_max: 2000, ..Limits::default() });
    let count = u64::try_from(EXPIRE_ROWS_MAX).unwrap() + 1;
    let session = Trio::session(CAROL, ALICE);
    for gift in 0..count {
        let gift = Value::Bytes(gift.to_be_bytes().to_vec().into());
        let message = Message::new("deposit-gift", [gift, Value::Ref(Descriptor::Export(1))]);
        let deposit = Deliver { to: Target::Export(0), message, answer: None, resolver: None };
        trio.vats[CAROL]
            .session_turn(session, |session, heap| {
                session.handle_operation(Operation::Deliver(deposit), heap).unwrap();
            })
            .unwrap();
    }
    let rows = trio.vats[CAROL].heap.rows().len();
    expire(&mut trio, u64::MAX);
    assert_eq!(trio.vats[CAROL].heap.rows().len(), rows - 2 * EXPIRE_ROWS_MAX);
    assert_eq!(next(&trio), Some(Limits::default().gift_age_ms_max), "one is left");
    expire(&mut trio, u64::MAX);
    assert_eq!(next(&trio), None);
    assert_eq!(say(&mut trio, ALICE, echo, "hello"), echoed("hello"));
}

#[test]
fn a_withdrawal_does_not_wait_for_ever() {
    let (mut trio, echo) = ready(Limits { withdrawal_wait_ms_max: 100, ..Limits::default() });
    let resolver = ask_for(&mut trio, GIFTS[0], 0);
    expire(&mut trio, 99);
    assert_eq!(told(&mut trio, resolver), None);
    expire(&mut trio, 100);
    let broken = told(&mut trio, resolver).unwrap().unwrap_err();
    assert!(broken.contains("not deposited in time"), "{broken}");
    assert_eq!(deposit(&mut trio, GIFTS[0], echo), Ok(Value::Undefined), "it is a gift again");
    assert_eq!(say(&mut trio, ALICE, echo, "hello"), echoed("hello"));
}

#[test]
fn gifts_without_an_age_are_not_looked_through() {
    let (mut trio, echo) = ready(Limits { gift_age_ms_max: u64::MAX, ..Limits::default() });
    deposit(&mut trio, GIFTS[0], echo).unwrap();
    assert_eq!(next(&trio), None);
    let resolver = ask_for(&mut trio, GIFTS[0], 0);
    assert_eq!(told(&mut trio, resolver), Some(Ok(())));
    assert_nothing_is_left(&mut trio);
}

#[test]
fn gifts_die_with_their_gifters_session_and_who_waits_is_told() {
    let (mut trio, echo) = ready(Limits::default());
    deposit(&mut trio, GIFTS[0], echo).unwrap();
    let waiting = ask_for(&mut trio, GIFTS[1], 0);
    let gone = Error::new(Class::Severed, "the gifter went");
    trio.vats[CAROL].sever(Trio::session(CAROL, ALICE), &gone);
    let broken = told(&mut trio, waiting).unwrap().unwrap_err();
    assert!(broken.contains("the gifter went"), "{broken}");
    assert_eq!(next(&trio), None);
    let late = ask_for(&mut trio, GIFTS[0], 1);
    let broken = told(&mut trio, late).unwrap().unwrap_err();
    assert!(broken.contains("no session with this gifter"), "{broken}");
    let echo = fetch_echo(&mut trio, CAROL, BOB);
    assert_eq!(say(&mut trio, BOB, echo, "hello"), echoed("hello"), "Bob's session goes on");
}

#[test]
fn gifts_can_be_taken_down_from_their_rows_alone() {
    let (mut trio, echo) = ready(Limits::default());
    deposit(&mut trio, GIFTS[0], echo).unwrap();
    ask_for(&mut trio, GIFTS[1], 7);
    let why = Error::new(Class::Severed, "the host stopped");
    let heap = &mut trio.vats[CAROL].heap;
    sever_rows(Trio::session(CAROL, ALICE), &why, heap).unwrap();
    sever_rows(Trio::session(CAROL, BOB), &why, heap).unwrap();
    assert!(heap.held().is_empty(), "{:?}", heap.held());
    assert!(heap.rows().is_empty(), "{:?}", heap.rows());
}

#[test]
fn handoff_counts_may_come_in_any_order_but_never_twice() {
    let (mut trio, _) = ready(Limits { handoff_counts_max: 3, ..Limits::default() });
    let mut nth = 0;
    let mut is_taken = |trio: &mut Trio, count: u64| {
        nth += 1;
        let mut forger = Forger { count, ..Forger::new() };
        forger.give.gift = Bytes::from(format!("{count} {nth}"));
        let resolver = send_withdrawal(trio, vec![Value::Ref(forger.receive())], nth);
        match told(trio, resolver) {
            None => true,
            Some(Err(why)) if why.contains("count") => false,
            other => panic!("{other:?}"),
        }
    };
    for (count, taken) in [
        (1, true),
        (1, false),
        (0, true),
        (0, false),
        (1, false),
        (2, true),
        (10, true),
        (20, true),
        (11, true),
        (10, false),
        // A fourth out of order: what was skipped below the lowest counts as used.
        (30, true),
        (5, false),
        (9, false),
        (11, false),
        (12, true),
        (20, false),
        (13, true),
        (u64::MAX, false),
        (u64::MAX - 1, true),
        (u64::MAX - 1, false),
        (31, true),
    ] {
        assert_eq!(is_taken(&mut trio, count), taken, "count {count}");
    }
}

#[test]
fn a_message_that_hands_off_too_much_is_not_sent() {
    let (mut trio, echo) = ready(Limits { handoffs_max: 2, ..Limits::default() });
    let (bob, heard) = fetch_keeper(&mut trio, BOB, ALICE);
    let ask = |trio: &mut Trio, times: usize| {
        let message = Message::apply(vec![Value::Ref(echo); times]);
        let answer = trio.vats[ALICE].turn(|heap| heap.ask(bob, message));
        trio.run().unwrap();
        outcome(trio, ALICE, answer)
    };
    assert_eq!(ask(&mut trio, 3).unwrap_err().class(), Class::Limit);
    assert_eq!(heard.borrow().len(), 0);
    assert_eq!(ask(&mut trio, 2), Ok(Value::Undefined));
    let gifts = trio.vats[CAROL].heap.rows().len();
    trio.vats[CAROL].turn(|heap| {
        heap.set_now(Timestamp(u64::MAX));
        expire_gifts(heap).unwrap();
    });
    assert_eq!(trio.vats[CAROL].heap.rows().len(), gifts, "no gift was left behind");
}

#[test]
fn a_message_whose_gives_make_it_too_long_is_not_sent() {
    let (mut trio, echo) = ready(Limits { frame_bytes_max: 1000, ..Limits::default() });
    let (bob, _) = fetch_keeper(&mut trio, BOB, ALICE);
    let answer = trio.vats[ALICE].turn(|heap| {
        let long = Value::Bytes(vec![0; 300].into());
        heap.ask(bob, Message::apply(vec![Value::Ref(echo), long]))
    });
    trio.run().unwrap();
    assert_eq!(outcome(&trio, ALICE, answer).unwrap_err().class(), Class::Limit);
}

#[test]
fn gives_beyond_the_limit_arrive_as_broken_promises() {
    let mut trio = Trio::plain(Limits { handoffs_max: 2, ..Limits::default() });
    let (_, heard) = fetch_keeper(&mut trio, BOB, ALICE);
    trio.vats[BOB].hold_back();
    // Carol's, and Bob's own.
    for exporter in ["carol", "bob"] {
        let mut forger = Forger::new();
        forger.give.exporter = locator(exporter);
        let message = Message::apply(vec![Value::Ref(forger.give()); 3]);
        let deliver = Deliver { to: Target::Export(1), message, answer: None, resolver: None };
        trio.vats[BOB].apply(Trio::session(BOB, ALICE), Operation::Deliver(deliver)).unwrap();
        let heap = &trio.vats[BOB].heap;
        let taken = std::mem::take(&mut *heard.borrow_mut());
        let is_refused = |given: &&Ref| match heap.resolution(**given) {
            Ok(Resolution::Broken(why)) => why.class() == Class::Limit,
            _ => false,
        };
        let refused = taken.iter().flat_map(Value::refs).filter(is_refused).count();
        assert_eq!(refused, 1);
    }
    assert_eq!(trio.vats[BOB].held_back().len(), 2);
}

#[test]
fn gifters_cannot_fill_the_tables_of_a_session_with_an_exporter() {
    // Twice in two tables: withdrawals have a limit of their own, below that of all answers.
    for limits in [
        Limits { withdrawals_max: 1, ..Limits::default() },
        Limits { questions_max: 2, ..Limits::default() },
        Limits { exports_max: 3, ..Limits::default() },
    ] {
        let mut trio = Trio::plain(limits);
        let echo = fetch_echo(&mut trio, CAROL, ALICE);
        let (bob, heard) = fetch_keeper(&mut trio, BOB, ALICE);
        for _ in 0..4 {
            // Bob asks, and Carol does not get to answer.
            trio.vats[ALICE].turn(|heap| heap.tell(bob, Message::apply(vec![Value::Ref(echo)])));
            trio.drain(ALICE, BOB).unwrap();
        }
        let heap = &trio.vats[BOB].heap;
        let outcomes: Vec<_> = heard
            .borrow()
            .iter()
            .flat_map(Value::refs)
            .map(|given| heap.resolution(*given).unwrap())
            .collect();
        assert!(
            matches!(&outcomes[3], Resolution::Broken(why)
                if why.class() == Class::Busy),
            "{outcomes:?}"
        );
        trio.run().unwrap();
        let after = holdings(Trio::session(BOB, CAROL), trio.vats[BOB].heap.rows()).unwrap();
        assert_eq!(after.questions, 0);
        let late =
            trio.vats[ALICE].turn(|heap| heap.ask(bob, Message::apply(vec![Value::Ref(echo)])));
        trio.run().unwrap();
        assert_eq!(outcome(&trio, ALICE, late), Ok(Value::Undefined));
        let given = heard.borrow().iter().flat_map(Value::refs).last().copied().unwrap();
        assert_eq!(say(&mut trio, BOB, given, "again"), echoed("again"));
    }
}
