//! The numbering of one link through turns, acknowledgements and carriers.

use hogshead_captp::durable::{Backlog, Frame, Link, LinkError, Order};
use hogshead_captp::limits;
use hogshead_captp::session::Violation;

use crate::side::{ID, Side, fulfill, meet, tell};

#[test]
fn what_is_sent_is_applied_once_and_in_order() {
    let ([mut alice, mut bob], [mut from, mut to]) = Side::joined(100);
    for number in 0..10 {
        for frame in alice.send(&mut from, tell(number)) {
            bob.take(&mut to, &frame).unwrap();
            // A carrier says nothing twice, but if it did, nothing would happen.
            bob.take(&mut to, &frame).unwrap();
        }
    }
    assert_eq!(bob.applied, (0..10).collect::<Vec<_>>());
    assert_eq!(from.backlog().numbered, 10);
    let due = alice.take(&mut from, &to.ack()).unwrap();
    assert!(!due, "so few rows wait for the next turn");
    assert_eq!(from.backlog(), Backlog::default());
    alice.settle(&mut from);
    assert_eq!(alice.rows.len(), 1, "the link is all that is left: {:?}", alice.rows);
}

#[test]
fn what_a_carrier_lost_is_sent_again_from_rows() {
    let (mut sides, mut links) = Side::joined(100);
    for number in 0..10 {
        let frames = sides[0].send(&mut links[0], tell(number));
        if number < 4 {
            sides[1].take(&mut links[1], &frames[0]).unwrap();
        }
    }
    // Both processes end as well: what is known is what rows say.
    let mut links = sides.each_ref().map(Side::link);
    meet(&mut sides, &mut links).unwrap();
    let [alice, bob] = &mut sides;
    let [from, to] = &mut links;
    let (mut after, mut sent) = (Some(to.received().number), 0);
    while let Some(number) = after {
        let (frames, next) = from.resend(number, 300, &alice.rows).unwrap();
        for frame in frames {
            bob.take(to, &frame).unwrap();
            sent += 1;
        }
        after = next;
    }
    assert_eq!((sent, bob.applied.clone()), (6, (0..10).collect()));
    assert_eq!(from.backlog().numbered, 6, "the hello has settled four");
}

#[test]
fn a_failed_turn_never_was() {
    let ([mut alice, bob], [mut from, to]) = Side::joined(100);
    let before = alice.clone();
    alice.send(&mut from, tell(1));
    alice.rows = before.rows;
    from.forget(&alice.rows).unwrap();
    assert_eq!(from.sent(), alice.link().sent());
    let frames = alice.send(&mut from, tell(2));
    let Ok(Frame::Operation { number, chain, .. }) = Frame::decode(&frames[0]) else { panic!() };
    assert_eq!((number, to.receive(number, &chain)), (1, Ok(Order::Next)));
    drop(bob);
}

#[test]
fn deliveries_wait_for_credit_and_answers_do_not() {
    let ([mut alice, mut bob], [mut from, mut to]) = Side::joined(2);
    let mut frames = Vec::new();
    for number in 0..5 {
        frames.extend(alice.send(&mut from, tell(number)));
    }
    assert_eq!((frames.len(), from.backlog().waiting), (2, 3));
    frames.extend(alice.send(&mut from, fulfill(100)));
    assert_eq!(frames.len(), 3, "the answer went past");
    for frame in &frames {
        bob.take(&mut to, frame).unwrap();
    }
    assert!(to.grant(2), "it has nothing left");
    assert!(alice.take(&mut from, &to.ack()).unwrap(), "there is credit for what waits");
    for frame in alice.settle(&mut from) {
        bob.take(&mut to, &frame).unwrap();
    }
    assert_eq!(bob.applied, [0, 1, 100, 2, 3]);
    assert_eq!(from.backlog().waiting, 1);
}

#[test]
fn with_its_rows_and_its_memory_a_link_does_the_same_again() {
    let ([mut alice, mut bob], [mut from, mut to]) = Side::joined(2);
    for number in 0..5 {
        for frame in alice.send(&mut from, tell(number)) {
            bob.take(&mut to, &frame).unwrap();
        }
    }
    to.grant(2);
    alice.take(&mut from, &to.ack()).unwrap();
    // What was acknowledged and granted is in no row yet.
    let mut again = alice.clone();
    let memory = from.memory();
    let remembered = Link::remembered(ID, again.parties, &memory, &again.rows);
    let mut remembered = remembered.unwrap().expect("there is one");
    assert_eq!(remembered.memory(), memory);
    assert_eq!(remembered.backlog(), from.backlog());
    assert_eq!(again.settle(&mut remembered), alice.settle(&mut from));
    assert_eq!(again.rows, alice.rows);
    assert_eq!(remembered.grant(7), from.grant(7));
    assert_eq!(remembered.ack(), from.ack());
    let forgotten = Link::load(ID, alice.parties, &alice.rows).unwrap().expect("there is one");
    assert_ne!(forgotten.memory(), from.memory());
}

#[test]
fn more_than_was_granted_is_a_violation() {
    let ([mut alice, mut bob], [mut from, mut to]) = Side::joined(2);
    // Alice believes to have more credit than Bob gave.
    from.note_ack(from.sent(), 100, &alice.rows).unwrap();
    let frames: Vec<_> = (0..3).flat_map(|number| alice.send(&mut from, tell(number))).collect();
    bob.take(&mut to, &frames[0]).unwrap();
    bob.take(&mut to, &frames[1]).unwrap();
    let refused = bob.take(&mut to, &frames[2]);
    assert_eq!(refused, Err(LinkError::Violation(Violation::Credit(2))));
}

#[test]
fn no_more_is_granted_at_once_than_may_be_unsettled() {
    let ([_, bob], [_, mut to]) = Side::joined(0);
    to.grant(u64::MAX);
    let Ok(Frame::Ack { credit, .. }) = Frame::decode(&to.ack()) else { panic!() };
    assert_eq!(credit, limits::CREDIT_MAX);
    drop(bob);
}
