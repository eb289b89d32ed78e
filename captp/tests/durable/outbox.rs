//! What waits: in which order it leaves, and what becomes of it when its owner drops it.

use bytes::Bytes;
use hogshead_captp::descriptor::Import;
use hogshead_captp::durable::{Dropped, Frame, Link, needs_credit};
use hogshead_captp::operation::{Deliver, Derive, GcExport, Listen};
use hogshead_captp::{Descriptor, Limits, Operation, Target};
use hogshead_objects::heap::Part;
use hogshead_objects::{Class, Error, Message, Ref, Value};

use crate::side::{Side, deliver, fulfill, tell};
use crate::world::World;

fn gc(position: u64) -> Operation {
    Operation::GcExports(vec![GcExport { position, delta: 1 }])
}

fn answer(word: &'static str, named: Descriptor) -> Operation {
    deliver(Message::new(word, [Value::Ref(named)]))
}

fn operations(frames: &[Bytes]) -> Vec<Operation> {
    let read = frames.iter().map(|frame| match Frame::decode(frame).unwrap() {
        Frame::Operation { payload, .. } => Link::operation(&payload).unwrap(),
        other => panic!("{other:?}"),
    });
    read.collect()
}

#[test]
fn what_may_stay_with_the_receiver_needs_credit() {
    let to = Target::Export(3);
    let message = Message::new("fulfill", [Value::Null]);
    let plain = Deliver { to, message, answer: None, resolver: None };
    let asks = |deliver: Deliver| needs_credit(&Operation::Deliver(deliver));
    assert!(!asks(plain.clone()), "an answer");
    // All that makes it another message than one to a resolver.
    assert!(asks(Deliver { answer: Some(1), ..plain.clone() }));
    assert!(asks(Deliver { resolver: Some(Import::Object(1)), ..plain.clone() }));
    assert!(asks(Deliver { to: Target::Answer(3), ..plain.clone() }));
    assert!(asks(Deliver { to: Target::Export(0), ..plain.clone() }));
    let says = |message| Deliver { message, ..plain.clone() };
    assert!(asks(says(Message::new("tell", [Value::Null]))));
    assert!(asks(says(Message::new("fulfill", []))));
    let listen = Listen { to, resolver: Import::Object(1), wants_partial: false };
    assert!(needs_credit(&Operation::Listen(listen)));
    let derive = Derive { from: to, part: Part::Item(1), answer: 2 };
    assert!(needs_credit(&Operation::Derive(derive)));
    assert!(!needs_credit(&gc(1)));
    assert!(!needs_credit(&Operation::GcAnswers(vec![1])));
}

#[test]
fn an_answer_overtakes_what_waits_unless_it_names_an_answer() {
    let ([mut alice, _], [mut from, _]) = Side::joined(1);
    let queued = [
        tell(1),
        tell(2),
        gc(4),
        fulfill(5),
        answer("break", Descriptor::Export(4)),
        answer("fulfill", Descriptor::ImportPromise(6)),
        answer("fulfill", Descriptor::Answer(7)),
        gc(8),
    ];
    let mut left = Vec::new();
    for operation in &queued {
        left.extend(operations(&alice.send(&mut from, operation.clone())));
    }
    assert_eq!(left, [0, 3, 4, 5].map(|at| queued[at].clone()), "the rest waits");
    assert!(from.note_ack(from.sent(), 2, &alice.rows).unwrap());
    left.extend(operations(&alice.settle(&mut from)));
    assert_eq!(left[4..], [1, 2, 6, 7].map(|at| queued[at].clone()), "in its order");
    assert_eq!(from.backlog().waiting, 0);
}

#[test]
fn what_follows_what_waits_waits_although_there_is_credit() {
    let ([mut alice, _], [mut from, _]) = Side::joined(0);
    alice.send(&mut from, tell(1));
    assert!(from.note_ack(from.sent(), 9, &alice.rows).unwrap());
    assert!(alice.send(&mut from, tell(2)).is_empty(), "the turn that settles is still to come");
    assert_eq!(operations(&alice.settle(&mut from)), [tell(1), tell(2)]);
    assert_eq!(operations(&alice.send(&mut from, tell(3))), [tell(3)]);
}

#[test]
fn everything_waits_until_the_peer_is_known() {
    let (mut sides, mut links) = Side::pair();
    let message = fulfill(1);
    assert!(sides[0].send(&mut links[0], message.clone()).is_empty());
    assert!(sides[0].send(&mut links[0], gc(2)).is_empty());
    let mut links = sides.each_ref().map(Side::link);
    crate::side::meet(&mut sides, &mut links).unwrap();
    assert_eq!(operations(&links[0].take_frames()), [message, gc(2)]);
}

#[test]
fn a_peer_is_told_of_credit_when_it_has_none_or_much_is_new() {
    let ([mut alice, mut bob], [mut from, mut to]) = Side::joined(0);
    assert!(!to.grant(0), "there is nothing to tell");
    assert!(to.grant(8), "it has nothing left");
    assert!(!to.grant(8), "it knows");
    alice.take(&mut from, &to.ack()).unwrap();
    let told: Vec<_> = (0..8)
        .map(|number| {
            let frames = alice.send(&mut from, tell(number));
            bob.take(&mut to, &frames[0]).unwrap();
            to.grant(8)
        })
        .collect();
    assert_eq!(told, [false, false, false, true, false, false, false, true]);
    // What was given is not taken back.
    assert!(!to.grant(1));
    let Ok(Frame::Ack { credit, .. }) = Frame::decode(&to.ack()) else { panic!("it is one") };
    assert_eq!(credit, 16);
}

#[test]
fn credit_survives_a_process_that_gave_it() {
    let ([mut alice, mut bob], [mut from, mut to]) = Side::joined(0);
    to.grant(5);
    alice.take(&mut from, &to.ack()).unwrap();
    let mut to = bob.link();
    for number in 0..5 {
        let frames = alice.send(&mut from, tell(number));
        assert_eq!(bob.take(&mut to, &frames[0]), Ok(false), "it was given before");
    }
}

fn why() -> Error {
    Error::new(Class::Busy, "dropped")
}

#[test]
fn dropped_questions_break_and_what_they_exported_is_let_go() {
    let mut world = World::new(Limits::default());
    let alice = &mut world.nodes[0];
    let peer = alice.app.borrow().held[0];
    let exports = alice.heap.held().len();
    let asked = alice.turn(false, |node| {
        let lent = node.heap.object(|_, _| Ok(Value::Null));
        let mut asked = Vec::new();
        for number in 0..5_u64 {
            let values = [Value::Int(number.into()), Value::Ref(lent)];
            asked.push(node.heap.ask(peer, Message::new("keep", values)));
        }
        // Pipelined, a part, and one that wants no answer.
        let last = Ref::Promise(asked[4]);
        asked.push(node.heap.ask(last, Message::new("echo", [])));
        asked.push(node.heap.part(last, Part::Item(0)));
        node.heap.tell(peer, Message::new("echo", [Value::Int(9_u64.into())]));
        Ok(asked)
    });
    let asked = asked.unwrap();
    // One has got a number, with what was left of the credit.
    assert_eq!(alice.link.backlog().waiting, 5 + 1 + 2 + 1 - 1);
    let dropped =
        alice.turn(false, |node| node.link.drop_outbox(&mut node.session, &why(), &mut node.heap));
    assert_eq!(dropped, Ok(Dropped { operations: 8, questions: 6 }));
    let outcomes: Vec<_> = asked.iter().map(|one| alice.heap.outcome(*one).cloned()).collect();
    assert_eq!(outcomes[0], None, "it is under way");
    assert_eq!(outcomes[1..], vec![Some(Err(why())); 6]);
    assert_eq!(alice.link.backlog().waiting, 0);
    // The one that is under way holds its resolver and what it lent.
    assert_eq!(alice.heap.held().len(), exports + 2);
    world.settle(9);
    let alice = &world.nodes[0];
    assert_eq!(alice.heap.outcome(asked[0]), Some(&Ok(Value::Int(0_u64.into()))));
    assert_eq!(world.nodes[1].app.borrow().applied.len(), 1);
}

#[test]
fn an_answer_that_names_a_dropped_question_breaks() {
    let mut world = World::new(Limits::default());
    // Bob is to be told two things later.
    let bob = &mut world.nodes[1];
    let peer = bob.app.borrow().held[0];
    let waits = bob.turn(false, |node| {
        let later = |number: u64| Message::new("later", [Value::Int(number.into())]);
        Ok([1, 2].map(|number| node.heap.ask(peer, later(number))))
    });
    world.settle(2);
    // Alice tells him what she asks him herself: of her questions two are under way, one waits.
    let alice = &mut world.nodes[0];
    let peer = alice.app.borrow().held[0];
    let open = std::mem::take(&mut alice.app.borrow_mut().open);
    let told = alice.turn(false, |node| {
        let give = |number: u64| Message::new("give", [Value::Int(number.into())]);
        let asked = [11, 12, 13].map(|number| node.heap.ask(peer, give(number)));
        for ((promise, _), named) in open.into_iter().zip([asked[0], asked[2]]) {
            let list = Value::list([Value::Ref(Ref::Promise(named))]);
            node.heap.tell(Ref::Resolver(promise), Message::new("fulfill", [list]));
        }
        Ok(())
    });
    told.unwrap();
    assert_eq!(alice.link.backlog().waiting, 4, "a question, answers that name some, gc");
    let dropped =
        alice.turn(false, |node| node.link.drop_outbox(&mut node.session, &why(), &mut node.heap));
    assert_eq!(dropped, Ok(Dropped { operations: 1, questions: 1 }));
    world.settle(2);
    let outcomes = waits.unwrap().map(|one| world.nodes[1].heap.outcome(one).cloned());
    assert!(matches!(&outcomes[0], Some(Ok(Value::List(_)))), "{outcomes:?}");
    assert_eq!(outcomes[1], Some(Err(why())));
}
