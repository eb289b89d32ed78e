//! "`op:listen`".

use hogshead_objects::heap::Heap;
use hogshead_objects::{Error, Ref, Value};

use crate::raw::{NEW, Raw, Side, broken, fulfilled, given_back};
use hogshead_captp::Limits;

/// A promise of ours that the peer may listen to under an answer position.
fn vowed(raw: &mut Raw) -> (hogshead_objects::ids::PromiseId, u64) {
    let (vow, promise) = raw.vow();
    (promise, raw.answer(vow))
}

/// op:listen, Receiving: a mechanism MUST be set up to fulfil or break the resolver when a
/// resolution is available.
#[test]
fn a_listener_is_told_when_the_promise_settles() {
    for (outcome, told) in [
        (Ok(Value::symbol("ok")), fulfilled(2, "2'ok")),
        (Err(Error::refused("no")), broken(2, "refused: no")),
    ] {
        let mut raw = Raw::plain();
        let (promise, answer) = vowed(&mut raw);
        raw.check(format!("<9'op:listen<11'desc:answer{answer}+><18'desc:import-object2+>>"), &[]);
        raw.vat.turn(|heap| heap.settle(promise, outcome).unwrap());
        assert_eq!(raw.heard(), [told, given_back(2)]);
    }
}

/// op:listen, Receiving: if a resolution is already available, the resolver MUST be fulfilled or
/// broken.
#[test]
fn a_listener_to_what_is_settled_is_told_at_once() {
    for (outcome, told) in [
        (Ok(Value::symbol("ok")), fulfilled(2, "2'ok")),
        (Err(Error::refused("no")), broken(2, "refused: no")),
    ] {
        let mut raw = Raw::plain();
        let (promise, answer) = vowed(&mut raw);
        raw.vat.turn(|heap| heap.settle(promise, outcome).unwrap());
        raw.check(
            format!("<9'op:listen<11'desc:answer{answer}+><18'desc:import-object2+>>"),
            &[&told, &given_back(2)],
        );
    }
}

/// op:listen, Receiving: `to-desc` is an answer or a promise that was exported to the session.
#[test]
fn a_promise_that_was_exported_is_listened_to() {
    let mut raw = Raw::plain();
    let (vow, promise) = raw.vow();
    let position = raw.export(vow);
    let listen = format!("<9'op:listen<11'desc:export{position}+><18'desc:import-object2+>>");
    raw.check(&listen, &[]);
    raw.vat.turn(|heap| heap.settle(promise, Ok(Value::Null)).unwrap());
    assert_eq!(raw.heard(), [fulfilled(2, "<4'null>"), given_back(2)]);
    raw.check(&listen, &[&fulfilled(2, "<4'null>"), &given_back(2)]);
}

/// op:listen: two fields as in the text, or three as peers send; who wants partial results gets
/// the final one.
#[test]
fn a_listen_has_two_fields_or_three() {
    for fields in ["", "f", "t"] {
        let mut raw = Raw::plain();
        let (promise, answer) = vowed(&mut raw);
        raw.check(
            format!("<9'op:listen<11'desc:answer{answer}+><18'desc:import-object2+>{fields}>"),
            &[],
        );
        raw.vat.turn(|heap| heap.settle(promise, Ok(Value::Null)).unwrap());
        assert_eq!(raw.heard(), [fulfilled(2, "<4'null>"), given_back(2)]);
    }
    let mut raw = Raw::plain();
    let (_, answer) = vowed(&mut raw);
    for fields in ["ff", "1+", "[]"] {
        let says =
            format!("<9'op:listen<11'desc:answer{answer}+><18'desc:import-object2+>{fields}>");
        assert!(Raw::plain().say(says).is_err(), "{fields}");
    }
}

/// op:listen, Receiving: it should NOT be notified of a promise of the same peer unless that one
/// has been settled; then it is told the settled result.
#[test]
fn a_listener_is_not_told_of_a_promise_of_ours() {
    for outcome in [Ok(Value::Null), Err(Error::refused("no"))] {
        let mut raw = Raw::plain();
        let (first, answer) = vowed(&mut raw);
        let (second, settles) = raw.vow();
        raw.check(format!("<9'op:listen<11'desc:answer{answer}+><18'desc:import-object9+>>"), &[]);
        raw.vat.turn(|heap| heap.settle(first, Ok(Value::Ref(second))).unwrap());
        assert_eq!(raw.heard(), [""; 0]);
        let told = match &outcome {
            Ok(_) => fulfilled(9, "<4'null>"),
            Err(_) => broken(9, "refused: no"),
        };
        raw.vat.turn(|heap| heap.settle(settles, outcome).unwrap());
        assert_eq!(raw.heard(), [told, given_back(9)]);
    }
}

/// op:listen: eventually fulfilled with a promise of the listener's own, or of a third peer, it is
/// told what that one becomes: we answer each listen once, with the outcome.
#[test]
fn a_listener_is_told_what_a_promise_elsewhere_becomes() {
    let mut raw = Raw::plain();
    let carol = raw.join(2, &Side::new(3, "carol"), NEW, Limits::default());
    for (session, position) in [(raw.id, 70), (carol, 71)] {
        let theirs = raw.lend_on(session, &format!("<19'desc:import-promise{position}+>"));
        let (promise, answer) = vowed(&mut raw);
        raw.check(format!("<9'op:listen<11'desc:answer{answer}+><18'desc:import-object9+>>"), &[]);
        raw.vat.turn(|heap| heap.settle(promise, Ok(Value::Ref(theirs))).unwrap());
        let resolver = resolver_of(&mut raw, session, theirs);
        raw.say_on(
            session,
            format!("<10'op:deliver<11'desc:export{resolver}+>[7'fulfill4\"done]ff>"),
        )
        .unwrap();
        assert!(raw.heard().contains(&fulfilled(9, "4\"done")));
    }
}

/// The resolver by which our vat listens to a promise of a peer: it was exported by `lend_on`,
/// right after the keeper of that call.
fn resolver_of(raw: &mut Raw, session: hogshead_objects::ids::SessionId, theirs: Ref) -> u64 {
    let Ref::Promise(promise) = theirs else { panic!("a promise") };
    let held = raw.vat.heap.holders(Ref::Resolver(promise));
    assert_eq!(held, 1, "it is listened to");
    let object = raw.add(|_, _| Ok(Value::Null));
    raw.offer_on(session, object) - 1
}

/// op:listen, Receiving: any notification concludes it; who wants to know more listens again.
#[test]
fn a_listen_is_answered_once() {
    let mut raw = Raw::plain();
    let (promise, answer) = vowed(&mut raw);
    let listen = format!("<9'op:listen<11'desc:answer{answer}+><18'desc:import-object2+>>");
    raw.check(&listen, &[]);
    raw.vat.turn(|heap| heap.settle(promise, Ok(Value::Null)).unwrap());
    assert_eq!(raw.heard(), [fulfilled(2, "<4'null>"), given_back(2)]);
    raw.vat.turn(|heap| heap.settle(promise, Ok(Value::Bool(true))).unwrap());
    assert_eq!(raw.heard(), [""; 0]);
    raw.check(&listen, &[&fulfilled(2, "<4'null>"), &given_back(2)]);
}

/// op:listen, Sending: a promise of the peer's is listened to: `to-desc` MUST be what it exported
/// or owes as an answer, `listen-desc` MUST be an import.
#[test]
fn we_listen_to_promises_of_the_peer() {
    let mut raw = Raw::plain();
    let keeper = raw.keeper();
    raw.say(format!("<10'op:deliver<11'desc:export{keeper}+>[<19'desc:import-promise7+>]ff>"))
        .unwrap();
    let next = keeper + 1;
    assert_eq!(
        raw.heard(),
        [format!("<9'op:listen<11'desc:export7+><18'desc:import-object{next}+>f>")]
    );
    // A part of an answer is listened to at its answer position.
    let (promise, answer, _) = raw.ask(90);
    let part = raw
        .vat
        .turn(|heap| heap.part(Ref::Promise(promise), hogshead_objects::heap::Part::Item(2)));
    let heard = raw.heard();
    let to = part.0;
    assert_eq!(heard[0], format!("<8'op:index<11'desc:answer{answer}+>2+{to}+>"));
    assert!(
        heard[1].starts_with(&format!("<9'op:listen<11'desc:answer{to}+><18'desc:import-object")),
        "{heard:?}"
    );
}

/// op:listen, Receiving: what is told is told through `listen-desc`, be it described as an object
/// or as a promise; a listen to neither export nor answer is none.
#[test]
fn a_listen_names_an_export_or_an_answer_and_an_import() {
    for malformed in [
        "<9'op:listen<18'desc:import-object1+><18'desc:import-object2+>>",
        "<9'op:listen<11'desc:answer1+><11'desc:export2+>>",
        "<9'op:listen<11'desc:answer1+>f>",
        "<9'op:listen<11'desc:answer1+>>",
    ] {
        let mut raw = Raw::plain();
        let Err(violation) = raw.say(malformed) else { panic!("{malformed} was taken") };
        assert!(violation.to_string().starts_with("malformed operation"), "{violation}");
    }
    let mut raw = Raw::plain();
    let (promise, answer) = vowed(&mut raw);
    raw.vat.turn(|heap| heap.settle(promise, Ok(Value::Null)).unwrap());
    raw.say(format!("<9'op:listen<11'desc:answer{answer}+><19'desc:import-promise2+>>")).unwrap();
    assert!(raw.heard().contains(&fulfilled(2, "<4'null>")));
}
