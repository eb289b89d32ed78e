//! Third-party handoffs among Alice, who gives, Bob, who receives, and Carol, who exports.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use std::cell::RefCell;
use std::rc::Rc;

use hogshead_captp::testing::{MemoryHeap, Trio};
use hogshead_captp::{Carrier, Limits};
use hogshead_objects::ids::PromiseId;
use hogshead_objects::{Class, Error, Message, Ref, Result, Value};

mod abroad;
mod forger;
mod hostile;
mod lies;
mod limits;
mod orders;
mod roles;
mod ways;

const ALICE: usize = Trio::ALICE;
const BOB: usize = Trio::BOB;
const CAROL: usize = Trio::CAROL;

/// What an object was sent, in order.
type Heard = Rc<RefCell<Vec<Value>>>;

/// Runs a story on every way in which three vats can be spread over hosts.
fn everywhere(story: impl Fn(Trio)) {
    const LOCAL: Carrier = Carrier::Local;
    const PLAIN: Carrier = Carrier::Plain;
    const DURABLE: Carrier = Carrier::Durable;
    for carriers in [
        [PLAIN, PLAIN, PLAIN],
        [LOCAL, LOCAL, LOCAL],
        [LOCAL, PLAIN, PLAIN],
        [PLAIN, LOCAL, PLAIN],
        [PLAIN, PLAIN, LOCAL],
        [DURABLE, DURABLE, DURABLE],
        [LOCAL, DURABLE, DURABLE],
        [DURABLE, LOCAL, DURABLE],
        [PLAIN, DURABLE, LOCAL],
    ] {
        story(Trio::joined(carriers, Limits::default()));
    }
}

/// An object that answers with what it was sent.
fn echo(heap: &mut MemoryHeap) -> Ref {
    heap.object(|_, message| Ok(Value::List(message.values)))
}

/// An object that keeps what it is sent.
fn keeper(heap: &mut MemoryHeap) -> (Ref, Heard) {
    let heard = Heard::default();
    let into = Rc::clone(&heard);
    let keeper = heap.object(move |heap, message| {
        for value in message.values {
            value.refs().for_each(|reference| heap.keep(*reference));
            into.borrow_mut().push(value);
        }
        Ok(Value::Undefined)
    });
    (keeper, heard)
}

/// Shares a new echo at a vat and lets another fetch it.
fn fetch_echo(trio: &mut Trio, from: usize, by: usize) -> Ref {
    trio.vats[from].turn(|heap| {
        let echo = echo(heap);
        heap.share(b"echo", echo);
    });
    fetch(trio, from, by, b"echo")
}

fn fetch(trio: &mut Trio, from: usize, by: usize, swiss: &'static [u8]) -> Ref {
    let promise = trio.vats[by]
        .session_turn(Trio::session(by, from), |session, heap| {
            let bootstrap = session.bootstrap(heap).unwrap();
            heap.ask(bootstrap, Message::new("fetch", [Value::Bytes(swiss.into())]))
        })
        .unwrap();
    trio.run().unwrap();
    reference(outcome(trio, by, promise))
}

/// Shares a new keeper at a vat and lets another fetch it.
fn fetch_keeper(trio: &mut Trio, from: usize, by: usize) -> (Ref, Heard) {
    let heard = trio.vats[from].turn(|heap| {
        let (keeper, heard) = keeper(heap);
        heap.share(b"keeper", keeper);
        heard
    });
    (fetch(trio, from, by, b"keeper"), heard)
}

fn outcome(trio: &Trio, vat: usize, promise: PromiseId) -> Result<Value> {
    trio.vats[vat].heap.outcome(promise).expect("it has settled").clone()
}

fn reference(outcome: Result<Value>) -> Ref {
    match outcome {
        Ok(Value::Ref(reference)) => reference,
        other => panic!("not a reference: {other:?}"),
    }
}

/// The one reference that a keeper has heard.
fn heard_reference(heard: &Heard) -> Ref {
    match heard.borrow().as_slice() {
        [Value::Ref(reference)] => *reference,
        other => panic!("not one reference: {other:?}"),
    }
}

/// Sends `word` to a reference and gives what comes back.
fn say(trio: &mut Trio, vat: usize, to: Ref, word: &'static str) -> Result<Value> {
    let promise = trio.vats[vat].turn(|heap| heap.ask(to, Message::new(word, [])));
    trio.run().unwrap();
    outcome(trio, vat, promise)
}

fn echoed(word: &'static str) -> Result<Value> {
    Ok(Value::List(vec![Value::Symbol(word.into())]))
}

/// Ends every session: nothing may be left of them.
fn assert_nothing_is_left(trio: &mut Trio) {
    for vat in 0..3 {
        for other in (0..3).filter(|other| *other != vat) {
            let why = Error::new(Class::Severed, "the story is over");
            trio.vats[vat].sever(Trio::session(vat, other), &why);
        }
        let heap = &trio.vats[vat].heap;
        assert!(heap.held().is_empty(), "vat {vat} still holds {:?}", heap.held());
        assert!(heap.rows().is_empty(), "vat {vat} has rows left: {:?}", heap.rows());
    }
}
