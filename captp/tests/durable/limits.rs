//! The limits of a link, each below and at it.

use bytes::Bytes;
use hogshead_captp::Operation;
use hogshead_captp::durable::{Chain, Comparison, Frame, LinkError, Mark};
use hogshead_captp::limits::{
    NUMBER_BYTES_MAX, OUTBOX_MARKS_MAX, SETTLE_BYTES, SETTLE_ROWS, SETTLE_ROWS_MAX,
};
use hogshead_objects::{Message, Value};

use crate::side::{Side, deliver, fulfill};

/// A message or an answer of about so many bytes.
fn large(word: &'static str, bytes: u64) -> Operation {
    let octets = Bytes::from(vec![0; usize::try_from(bytes).unwrap()]);
    deliver(Message::new(word, [Value::Bytes(octets)]))
}

/// What the other side has received when it has received so many of these frames.
fn mark(frames: &[Bytes], received: usize) -> Mark {
    let Ok(Frame::Operation { number, chain, .. }) = Frame::decode(&frames[received]) else {
        panic!("an operation")
    };
    Mark { number: number - 1, chain }
}

fn answers(alice: &mut Side, from: &mut hogshead_captp::durable::Link, count: u64) -> Vec<Bytes> {
    (0..count).flat_map(|number| alice.send(from, fulfill(number))).collect()
}

#[test]
fn so_many_acknowledged_rows_are_worth_a_turn() {
    let ([mut alice, _], [mut from, _]) = Side::joined(0);
    let frames = answers(&mut alice, &mut from, SETTLE_ROWS + 1);
    let rows = usize::try_from(SETTLE_ROWS).unwrap();
    let below = from.note_ack(mark(&frames, rows - 1), 0, &alice.rows);
    assert_eq!(below, Ok(false));
    assert_eq!(from.note_ack(mark(&frames, rows), 0, &alice.rows), Ok(true));
}

#[test]
fn so_many_acknowledged_bytes_are_worth_a_turn() {
    let ([mut alice, _], [mut from, _]) = Side::joined(0);
    let mut frames = alice.send(&mut from, large("fulfill", SETTLE_BYTES / 2));
    frames.extend(alice.send(&mut from, large("fulfill", SETTLE_BYTES / 2)));
    frames.extend(alice.send(&mut from, fulfill(1)));
    assert_eq!(from.note_ack(mark(&frames, 1), 0, &alice.rows), Ok(false));
    assert_eq!(from.note_ack(mark(&frames, 2), 0, &alice.rows), Ok(true));
}

#[test]
fn a_turn_settles_so_many_rows_and_the_next_one_the_rest() {
    let ([mut alice, _], [mut from, _]) = Side::joined(0);
    let frames = answers(&mut alice, &mut from, SETTLE_ROWS_MAX + 11);
    let last = frames.len() - 1;
    assert_eq!(from.note_ack(mark(&frames, last), 0, &alice.rows), Ok(true));
    assert_eq!(from.backlog().numbered, 1);
    alice.settle(&mut from);
    assert_eq!(alice.rows.len(), 1 + 11, "the link, and operations");
    alice.settle(&mut from);
    assert_eq!(alice.rows.len(), 1 + 1);
}

#[test]
fn a_turn_numbers_so_many_bytes_and_the_next_one_the_rest() {
    let ([mut alice, _], [mut from, _]) = Side::joined(0);
    for _ in 0..5 {
        assert!(alice.send(&mut from, large("tell", NUMBER_BYTES_MAX / 4)).is_empty());
    }
    let due = from.note_ack(from.sent(), 100, &alice.rows);
    assert_eq!(due, Ok(true), "there is credit");
    assert_eq!(alice.settle(&mut from).len(), 4);
    assert_eq!(from.note_ack(from.sent(), 100, &alice.rows), Ok(true), "and some is left");
    assert_eq!(alice.settle(&mut from).len(), 1);
    assert_eq!(from.note_ack(from.sent(), 100, &alice.rows), Ok(true), "rows can go");
    alice.settle(&mut from);
    assert_eq!(from.note_ack(from.sent(), 100, &alice.rows), Ok(false));
}

#[test]
fn chains_that_are_not_in_memory_are_read_from_rows() {
    let ([mut alice, _], [mut from, _]) = Side::joined(0);
    let count = u64::try_from(OUTBOX_MARKS_MAX).unwrap() + 10;
    let frames = answers(&mut alice, &mut from, count);
    let wrong = Mark { number: 5, chain: Chain([9; 32]) };
    match from.note_ack(wrong, 0, &alice.rows) {
        Err(LinkError::Fork(evidence)) => assert_eq!(evidence.what, Comparison::AckDiffers),
        other => panic!("{other:?}"),
    }
    for received in [5, 9, 10, 11, frames.len() - 1] {
        assert!(from.note_ack(mark(&frames, received), 0, &alice.rows).is_ok());
    }
}
