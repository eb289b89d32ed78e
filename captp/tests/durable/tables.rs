//! The tables of a durable session: it does not end because one is full.

use hogshead_captp::limits::{DURABLE_HEADER_BYTES, DURABLE_TABLES_FACTOR};
use hogshead_captp::session::{Carrier, Listed, holdings, sessions};
use hogshead_captp::testing::{FakeVat, MemoryHeap, Trio};
use hogshead_captp::{Limits, Operation, Violation};
use hogshead_objects::ids::PromiseId;
use hogshead_objects::{Class, Message, Ref, Value};

const ALICE: usize = Trio::ALICE;
const CAROL: usize = Trio::CAROL;

/// Alice and Carol, who shares something that never answers, and Alice's reference to it.
fn with_silent(limits: Limits) -> (Trio, Ref) {
    let mut trio = Trio::joined([Carrier::Durable; 3], limits);
    trio.vats[CAROL].turn(|heap| {
        let silent = heap.object(|heap, _| Ok(Value::Ref(Ref::Promise(heap.promise()))));
        heap.share(b"silent", silent);
    });
    let silent = fetch(&mut trio, "silent");
    (trio, silent)
}

fn fetch(trio: &mut Trio, swiss: &str) -> Ref {
    let session = Trio::session(ALICE, CAROL);
    let fetched = trio.vats[ALICE].session_turn(session, |session, heap| {
        let bootstrap = session.bootstrap(heap).unwrap();
        heap.ask(bootstrap, Message::new("fetch", [Value::Bytes(swiss.as_bytes().to_vec().into())]))
    });
    trio.run().unwrap();
    match trio.vats[ALICE].heap.outcome(fetched.unwrap()) {
        Some(Ok(Value::Ref(found))) => *found,
        other => panic!("{other:?}"),
    }
}

fn ask(vat: &mut FakeVat, target: Ref, values: Vec<Value>) -> PromiseId {
    vat.turn(|heap| heap.ask(target, Message::apply(values)))
}

fn class(vat: &FakeVat, promise: PromiseId) -> Option<Class> {
    vat.heap.outcome(promise).map(|outcome| outcome.as_ref().unwrap_err().class())
}

fn goes_on(trio: &mut Trio) -> bool {
    [(ALICE, CAROL), (CAROL, ALICE)]
        .into_iter()
        .all(|(us, them)| !trio.vats[us].session(Trio::session(us, them)).unwrap().has_ended())
}

fn objects(heap: &mut MemoryHeap, count: u64) -> Vec<Value> {
    (0..count).map(|_| Value::Ref(heap.object(|_, _| Ok(Value::Null)))).collect()
}

#[test]
fn a_question_too_many_is_answered_with_busy() {
    let (mut trio, silent) = with_silent(Limits { questions_max: 2, ..Limits::default() });
    let asked: Vec<_> = (0..4).map(|_| ask(&mut trio.vats[ALICE], silent, vec![])).collect();
    let classes: Vec<_> = asked.iter().map(|one| class(&trio.vats[ALICE], *one)).collect();
    assert_eq!(classes, [None, None, Some(Class::Busy), Some(Class::Busy)]);
    trio.run().unwrap();
    assert!(goes_on(&mut trio));
    // What wants no answer is sent still.
    trio.vats[ALICE].turn(|heap| heap.tell(silent, Message::apply(vec![])));
    assert_eq!(trio.vats[ALICE].sent(Trio::session(ALICE, CAROL)).len(), 1);
}

#[test]
fn what_cannot_be_refused_may_export_more() {
    let limits = Limits { exports_max: 4, ..Limits::default() };
    let (mut trio, silent) = with_silent(limits);
    let session = Trio::session(ALICE, CAROL);
    // A question that would go beyond the limit is refused; a message that wants no answer is not.
    let vat = &mut trio.vats[ALICE];
    let values = objects(&mut vat.heap, 5);
    let asked = ask(vat, silent, values.clone());
    assert_eq!(class(vat, asked), Some(Class::Busy));
    vat.turn(|heap| heap.tell(silent, Message::apply(values)));
    assert_eq!(vat.sent(session).len(), 1);
    trio.run().unwrap();

    // There is an end to that too: such a message is lost, and an answer becomes an error.
    let vat = &mut trio.vats[ALICE];
    let values = objects(&mut vat.heap, 4 * DURABLE_TABLES_FACTOR + 1);
    vat.turn(|heap| heap.tell(silent, Message::apply(values)));
    assert!(vat.sent(session).is_empty());
    assert!(goes_on(&mut trio));
    trio.vats[CAROL].turn(|heap| {
        let many =
            heap.object(|heap, _| Ok(Value::List(objects(heap, 4 * DURABLE_TABLES_FACTOR + 1))));
        heap.share(b"many", many);
    });
    let many = fetch(&mut trio, "many");
    let asked = ask(&mut trio.vats[ALICE], many, vec![]);
    trio.run().unwrap();
    assert_eq!(class(&trio.vats[ALICE], asked), Some(Class::Limit));
    assert!(goes_on(&mut trio));
}

#[test]
fn a_peer_that_goes_as_far_has_broken_the_protocol() {
    let (mut trio, silent) = with_silent(Limits { imports_max: 3, ..Limits::default() });
    let most = 3 * DURABLE_TABLES_FACTOR;
    let vat = &mut trio.vats[ALICE];
    let values = objects(&mut vat.heap, most + 1);
    vat.turn(|heap| heap.tell(silent, Message::apply(values)));
    assert_eq!(trio.run(), Err(Violation::TooMany { what: "imports", max: most }));
}

/// Carol's vat is paused: what she is told waits, and so do answers.
fn paused(limits: Limits) -> (Trio, Ref) {
    let (mut trio, silent) = with_silent(limits);
    trio.vats[CAROL].heap.pause();
    (trio, silent)
}

#[test]
fn a_peer_that_floods_past_its_credit_has_broken_the_protocol() {
    let max = 2 * DURABLE_TABLES_FACTOR;
    let (mut trio, silent) = paused(Limits { unsettled_max: 2, ..Limits::default() });
    for _ in 0..max {
        trio.vats[ALICE].turn(|heap| heap.tell(silent, Message::apply(vec![])));
        assert_eq!(trio.run(), Ok(()), "more than the limit may be under way");
    }
    // A question can be refused.
    let asked = ask(&mut trio.vats[ALICE], silent, vec![]);
    trio.run().unwrap();
    assert_eq!(class(&trio.vats[ALICE], asked), Some(Class::Busy));
    trio.vats[ALICE].turn(|heap| heap.tell(silent, Message::apply(vec![])));
    assert_eq!(trio.run(), Err(Violation::TooMany { what: "unsettled deliveries", max }));
}

#[test]
fn a_peer_that_was_told_of_no_bytes_is_at_no_fault() {
    let limits = Limits { unsettled_bytes_max: 100, ..Limits::default() };
    let (mut trio, silent) = paused(limits);
    for _ in 0..5 {
        let octets = Value::Bytes(vec![0; 1000].into());
        trio.vats[ALICE].turn(|heap| heap.tell(silent, Message::apply(vec![octets])));
    }
    assert_eq!(trio.run(), Ok(()));
    let asked = ask(&mut trio.vats[ALICE], silent, vec![]);
    trio.run().unwrap();
    assert_eq!(class(&trio.vats[ALICE], asked), Some(Class::Busy));
}

#[test]
fn answers_that_are_errors_outlive_the_process() {
    let (mut trio, _) = with_silent(Limits::default());
    let session = Trio::session(ALICE, CAROL);
    let wrong = trio.vats[ALICE].session_turn(session, |session, heap| {
        let bootstrap = session.bootstrap(heap).unwrap();
        heap.ask(bootstrap, Message::new("fetch", [Value::Bytes(b"wrong"[..].into())]))
    });
    // The question arrives, and its answer is lost on the way; rows are all that is left.
    trio.step(ALICE, CAROL).unwrap();
    trio.vats[CAROL].sent(Trio::session(CAROL, ALICE)).clear();
    trio.join(ALICE, CAROL, Carrier::Durable, Limits::default());
    let next = ask(&mut trio.vats[ALICE], Ref::Promise(wrong.unwrap()), vec![]);
    trio.run().unwrap();
    assert_eq!(class(&trio.vats[ALICE], next), Some(Class::NotFound));
    assert!(goes_on(&mut trio));
}

#[test]
fn an_operation_leaves_room_for_its_header() {
    let longest = |carrier| {
        let limits = Limits { frame_bytes_max: 4096, ..Limits::default() };
        let mut trio = Trio::joined([carrier; 3], limits);
        trio.vats[CAROL].turn(|heap| {
            let quiet = heap.object(|_, _| Ok(Value::Undefined));
            heap.share(b"quiet", quiet);
        });
        let quiet = fetch(&mut trio, "quiet");
        let fits = |length: &usize| {
            let octets = Value::Bytes(vec![0; *length].into());
            let vat = &mut trio.vats[ALICE];
            let asked = ask(vat, quiet, vec![octets]);
            class_or_none(vat, asked).is_none()
        };
        (3000..4096).rev().find(fits).unwrap()
    };
    assert_eq!(longest(Carrier::Plain) - longest(Carrier::Durable), DURABLE_HEADER_BYTES);
}

fn class_or_none(vat: &FakeVat, promise: PromiseId) -> Option<Class> {
    vat.heap.outcome(promise).and_then(|outcome| outcome.as_ref().err()).map(|error| error.class())
}

#[test]
fn an_abort_is_not_for_a_durable_session() {
    let (mut trio, _) = with_silent(Limits::default());
    let session = Trio::session(CAROL, ALICE);
    let ended = trio.vats[CAROL].apply(session, Operation::Abort("bye".to_owned()));
    assert_eq!(ended, Err(Violation::NotDurable("op:abort")));
    assert!(trio.vats[CAROL].sent(session).is_empty(), "and none is sent");
}

#[test]
fn a_durable_session_is_listed_as_one() {
    let (trio, _) = with_silent(Limits::default());
    let id = Trio::session(ALICE, CAROL);
    let rows = trio.vats[ALICE].heap.rows();
    let listed = sessions(rows, None, 9).unwrap();
    assert!(listed.contains(&Listed { id, carrier: Carrier::Durable }), "{listed:?}");
    assert!(holdings(id, rows).unwrap().imports > 0);
}
