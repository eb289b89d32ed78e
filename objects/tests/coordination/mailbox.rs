//! Mailboxes: who may write and who reads, receipts, room.

use hogshead_objects::ids::Timestamp;
use hogshead_objects::limits::NAME_BYTES_MAX;
use hogshead_objects::stock::mailbox::{LetterBox, MailSlot, Mailbox, Receipt};
use hogshead_objects::testing::Bench;
use hogshead_objects::{Cap, Class, Error, Message, Value, codec};

use super::super::bench;

fn mailbox(letters: u64, bytes: u64) -> (Bench, Cap<dyn Mailbox>) {
    let mut bench = bench();
    let mailbox = bench.spawn_apart(LetterBox::new(letters, bytes).unwrap());
    (bench, mailbox)
}

fn slot(
    bench: &mut Bench,
    mailbox: Cap<dyn Mailbox>,
    label: &str,
    most: Option<u64>,
) -> Cap<dyn MailSlot> {
    bench.outcome(|cx| mailbox.send(cx).slot(label.into(), most)).unwrap()
}

fn drop_in(bench: &mut Bench, slot: Cap<dyn MailSlot>, text: &str) -> Result<u64, Error> {
    bench.outcome(|cx| slot.send(cx).drop_letter(Value::from(text)))
}

#[test]
fn letters_are_read_in_the_order_in_which_they_came_and_say_through_which_slot() {
    let (mut bench, mailbox) = mailbox(8, 1_000);
    let waiting = bench.turn(|cx| mailbox.send(cx).next()).unwrap();
    let alice = slot(&mut bench, mailbox, "Alice", None);
    let bob = slot(&mut bench, mailbox, "Bob", None);
    bench.set_now(Timestamp(7));
    for (slot, text) in [(alice, "1"), (bob, "2"), (alice, "3")] {
        drop_in(&mut bench, slot, text).unwrap();
    }
    let first = bench.answer(waiting).unwrap();
    assert_eq!((first.number, first.from.as_str(), first.dropped), (1, "Alice", Timestamp(7)));
    let peeked = bench.outcome(|cx| mailbox.send(cx).peek()).unwrap().unwrap();
    let second = bench.outcome(|cx| mailbox.send(cx).next()).unwrap();
    assert_eq!(peeked, second);
    assert_eq!((second.number, second.from.as_str()), (2, "Bob"));
    let count = bench.outcome(|cx| mailbox.send(cx).count()).unwrap();
    assert_eq!((count.letters, count.dropped), (1, 3));
}

#[test]
fn a_receipt_comes_when_the_letter_is_taken_out_and_taking_it_twice_is_nothing() {
    let (mut bench, mailbox) = mailbox(8, 1_000);
    let alice = slot(&mut bench, mailbox, "Alice", None);
    let send = |bench: &mut Bench, text: &str| {
        let value = Value::from(text);
        let receipt = bench.turn(|cx| alice.send(cx).drop_registered(value)).unwrap();
        bench.run();
        receipt
    };
    let (one, two) = (send(&mut bench, "one"), send(&mut bench, "two"));
    assert!(bench.answer(one).is_err(), "nobody has read it");
    bench.outcome(|cx| mailbox.send(cx).peek()).unwrap();
    assert!(bench.answer(one).is_err(), "nobody has taken it out");
    bench.set_now(Timestamp(9));
    let removed = |bench: &mut Bench| bench.outcome(|cx| mailbox.send(cx).remove(2));
    assert_eq!((removed(&mut bench), removed(&mut bench)), (Ok(true), Ok(false)));
    assert_eq!(bench.answer(two), Ok(Receipt { number: 2, taken: Timestamp(9) }));
    bench.outcome(|cx| mailbox.send(cx).next()).unwrap();
    assert_eq!(bench.answer(one).unwrap().number, 1);
}

#[test]
fn whoever_floods_a_slot_keeps_nobody_else_out() {
    let (mut bench, mailbox) = mailbox(4, 1_000);
    let mallory = slot(&mut bench, mailbox, "Mallory", Some(2));
    let alice = slot(&mut bench, mailbox, "Alice", None);
    let dropped = (0..9).filter(|_| drop_in(&mut bench, mallory, "!").is_ok()).count();
    assert_eq!(dropped, 2);
    drop_in(&mut bench, alice, "hello").unwrap();
    drop_in(&mut bench, alice, "hello?").unwrap();
    let full = drop_in(&mut bench, alice, "hello??").unwrap_err();
    assert_eq!(full.to_string(), "busy: the mailbox is full; try again later");
    // Room that is made is anybody's, within their share.
    bench.outcome(|cx| mailbox.send(cx).next()).unwrap();
    drop_in(&mut bench, mallory, "!").unwrap();
    let busy = drop_in(&mut bench, mallory, "!").unwrap_err();
    assert_eq!(busy.class(), Class::Busy, "{busy}");
}

#[test]
fn bytes_are_bounded_and_come_back() {
    let (mut bench, mailbox) = mailbox(8, 1_000);
    let alice = slot(&mut bench, mailbox, "Alice", None);
    let never = drop_in(&mut bench, alice, &"x".repeat(2_000)).unwrap_err();
    assert_eq!(never.class(), Class::Limit, "{never}");
    let large = "x".repeat(600);
    for _ in 0..3 {
        drop_in(&mut bench, alice, &large).unwrap();
        let busy = drop_in(&mut bench, alice, &large).unwrap_err();
        assert_eq!(busy.class(), Class::Busy, "{busy}");
        let letter = bench.outcome(|cx| mailbox.send(cx).next()).unwrap();
        assert_eq!(letter.value, Value::from(large.as_str()));
    }
    assert_eq!(bench.outcome(|cx| mailbox.send(cx).count()).unwrap().bytes, 0);
}

#[test]
fn a_slot_does_not_read_and_a_reader_makes_no_slots() {
    let (mut bench, mailbox) = mailbox(8, 1_000);
    let alice = slot(&mut bench, mailbox, "Alice", None);
    drop_in(&mut bench, alice, "secret").unwrap();
    for method in ["next", "peek", "count", "accept", "slot"] {
        let message = Message::new(method, []);
        let read = bench.outcome(|cx| cx.send(alice, message)).unwrap_err();
        assert_eq!(read.class(), Class::BadCall, "{method}: {read}");
    }
    let reader = bench.outcome(|cx| mailbox.send(cx).reader()).unwrap();
    let forged = bench.outcome(|cx| reader.send(cx).slot("Alice".into(), None));
    assert_eq!(forged.unwrap_err().class(), Class::Denied);
    bench.outcome(|cx| reader.send(cx).next()).unwrap();
}

#[test]
fn a_closed_mailbox_is_emptied_and_takes_no_more() {
    let (mut bench, mailbox) = mailbox(8, 1_000);
    let alice = slot(&mut bench, mailbox, "Alice", None);
    drop_in(&mut bench, alice, "last").unwrap();
    bench.outcome(|cx| mailbox.send(cx).close()).unwrap();
    let late = drop_in(&mut bench, alice, "too late").unwrap_err();
    assert_eq!(late.class(), Class::Stopped);
    bench.outcome(|cx| mailbox.send(cx).next()).unwrap();
    let none = bench.outcome(|cx| mailbox.send(cx).next()).unwrap_err();
    assert_eq!(none.class(), Class::Stopped);
}

#[test]
fn a_label_is_a_line_and_states_are_the_same_after_eviction() {
    let (mut bench, mailbox) = mailbox(8, 1_000);
    let long = "x".repeat(NAME_BYTES_MAX + 1);
    let refused = bench.outcome(|cx| mailbox.send(cx).slot(long, None)).unwrap_err();
    assert_eq!(refused.class(), Class::Limit);
    codec::check_round_trip(&LetterBox::default()).unwrap();
}
