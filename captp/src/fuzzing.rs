//! What hostile octets are tried on: plain functions that panic where something is wrong.
//!
//! The fuzz targets in `fuzz/` call them with what a fuzzer finds, the tests of this crate with
//! what a seeded generator mutates from good octets.

mod durable;
mod notary;

use bytes::Bytes;
use hogshead_objects::heap::Heap;
use hogshead_objects::ids::SessionId;
use hogshead_objects::{Class, Error, Message, Ref, Value};

pub use self::durable::{fuzz_frame, fuzz_link};
use self::notary::{ALICE, BOB, Notary};
use crate::limits::{FRAME_BYTES_MAX, Limits};
use crate::operation::{DeliverForm, Dialect, GcLabels, Operation};
use crate::session::{Bootstrap, Config, Session};
use crate::syrup::split::Splitter;
use crate::syrup::{self, DecodeError};
use crate::testing::{FakeVat, Sent, hello};

/// Any octets decode to a value or an error; a value's canonical text is a fixed point, and a
/// splitter finds its end however the octets arrive.
pub fn fuzz_syrup(data: &[u8]) {
    let octets = Bytes::copy_from_slice(data);
    let Ok(value) = syrup::decode(&octets) else {
        // A splitter fed nonsense must fail or wait, not panic.
        let _ = split(data, 3);
        return;
    };
    let text = syrup::encode(&value);
    let again = syrup::decode(&text).expect("what was written can be read");
    assert_eq!(again, value);
    assert_eq!(syrup::encode(&again), text, "the canonical text is a fixed point");
    for step in [1, 7, data.len()] {
        assert_eq!(split(data, step), Ok(Some(data.len())));
    }
}

/// Any octets decode to an operation or an error; an operation survives every dialect and a row.
pub fn fuzz_operation(data: &[u8]) {
    let Ok(operation) = Operation::decode(&Bytes::copy_from_slice(data)) else { return };
    for deliver in [DeliverForm::Only, DeliverForm::Folded] {
        for gc in [GcLabels::Singular, GcLabels::Plural] {
            let text = operation.encode(Dialect { deliver, gc });
            assert_eq!(Operation::decode(&text).as_ref(), Ok(&operation));
        }
    }
    let row = operation.to_row().expect("what was read can be kept");
    assert_eq!(row.secret, operation.is_secret());
    assert_eq!(Operation::from_row(&row.bytes).as_ref(), Ok(&operation));
    assert_eq!(split(data, 1), Ok(Some(data.len())));
}

/// A peer that says anything at all cannot make a session hold what it does not give back.
///
/// The octets are frames: each a length of two octets, big-endian, and its content. Hellos are
/// over, so that a fuzzer needs no signature; a first frame that looks like one is tried as one.
/// A frame that begins with `H` asks for a handoff, whose certificates are made here: see
/// `fuzzing/notary.rs`.
///
/// Gives the number of frames that were taken before the session ended, which tells how deep
/// a generator reaches.
pub fn fuzz_session(data: &[u8]) -> usize {
    let mut taken: usize = 0;
    if let Some(first) = Frames(data).next()
        && first.starts_with(b"<16'")
    {
        let mut stranger = Session::accept(config(SessionId(9)), hello(2, "bob", None));
        let _ = stranger.handle_frame(&first);
    }
    let (mut vat, echo) = carol();
    let mut notary = Notary::default();
    for frame in std::iter::once(fetch("echo", 1)).chain(Frames(data)) {
        let done = match notary.act(&frame, &mut vat) {
            Some(done) => done,
            None => vat.receive(BOB, &Sent::Frame(frame)),
        };
        if done.is_err() || vat.session(BOB).is_none_or(|session| session.has_ended()) {
            break;
        }
        taken = taken.saturating_add(1);
        assert_sent_is_sound(&mut vat);
    }
    for session in [BOB, ALICE] {
        vat.sever(session, &Error::new(Class::Severed, "the run is over"));
    }
    assert!(vat.heap.held().is_empty(), "still held: {:?}", vat.heap.held());
    assert!(vat.heap.rows().is_empty(), "rows are left: {:?}", vat.heap.rows());
    let late = vat.turn(|heap| heap.ask(echo, Message::apply(vec![])));
    assert!(matches!(vat.heap.outcome(late), Some(Ok(_))), "the vat goes on");
    taken
}

/// The vat that is tried, and its echo. Bob is the hostile peer; Alice gives and exports, and has
/// the echo at position 1 and the cell at position 2.
fn carol() -> (FakeVat, Ref) {
    let mut vat = FakeVat::new();
    let echo = vat.heap.object(|heap, message| {
        let held = heap.object(|_, message| Ok(Value::List(message.values)));
        let mut values = message.values;
        values.push(Value::Ref(held));
        Ok(Value::List(values))
    });
    vat.heap.share(b"echo", echo);
    let cell = vat.heap.object(|heap, message| {
        let put = message.values.iter().flat_map(Value::refs).next().copied();
        put.iter().for_each(|reference| heap.share(b"in the cell", *reference));
        let held = Heap::fetch(heap, b"in the cell").expect("memory does not fail");
        Ok(held.map_or(Value::Undefined, Value::Ref))
    });
    vat.heap.share(b"cell", cell);
    for id in [BOB, ALICE] {
        vat.join(Session::greeted(config(id)));
    }
    for (swiss, nth) in [("echo", 1), ("cell", 2)] {
        let fetched = vat.receive(ALICE, &Sent::Frame(fetch(swiss, nth)));
        assert_eq!(fetched, Ok(()), "Alice does nothing wrong yet");
    }
    (vat, echo)
}

fn config(id: SessionId) -> Config {
    let limits = Limits {
        exports_max: 64,
        imports_max: 64,
        answers_max: 64,
        gifts_max: 4,
        withdrawals_max: 4,
        handoff_counts_max: 4,
        ..Limits::default()
    };
    Config {
        id,
        dialect: Dialect::default(),
        bootstrap: Bootstrap::Fetch,
        limits: limits.into(),
        identity: Some(notary::identity(id)),
        handoffs: true,
    }
}

fn fetch(swiss: &str, nth: u64) -> Bytes {
    let length = swiss.len();
    let call = format!("[5'fetch{length}:{swiss}]{nth}+<18'desc:import-object{nth}+>");
    format!("<10'op:deliver<11'desc:export0+>{call}>").into()
}

fn assert_sent_is_sound(vat: &mut FakeVat) {
    for session in [BOB, ALICE] {
        for sent in vat.sent(session).drain(..) {
            let Sent::Frame(frame) = sent else { continue };
            let sent = Operation::decode(&frame);
            assert!(sent.is_ok(), "we sent what we would not take: {sent:?}");
        }
    }
}

/// The frames in a fuzzer's octets.
struct Frames<'a>(&'a [u8]);

impl Iterator for Frames<'_> {
    type Item = Bytes;

    fn next(&mut self) -> Option<Bytes> {
        let (length, rest) = self.0.split_first_chunk::<2>()?;
        let length = usize::from(u16::from_be_bytes(*length)).min(rest.len());
        let (frame, rest) = rest.split_at(length);
        self.0 = rest;
        Some(Bytes::copy_from_slice(frame))
    }
}

/// Where a splitter finds the end when it is fed `step` octets at a time.
fn split(data: &[u8], step: usize) -> Result<Option<usize>, DecodeError> {
    let mut splitter = Splitter::new();
    let mut passed: usize = 0;
    for octets in data.chunks(step.max(1)) {
        if let Some(used) = splitter.feed(octets, FRAME_BYTES_MAX)? {
            return Ok(Some(passed.saturating_add(used)));
        }
        passed = passed.saturating_add(octets.len());
    }
    Ok(None)
}
