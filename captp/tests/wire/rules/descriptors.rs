//! "Descriptors".

use hogshead_objects::{Message, Ref, Value};

use crate::raw::{Raw, fulfilled, given_back};

/// desc:import-object: its position MUST be unique to this session and refer to this specific
/// object: one object has one position, two objects have two.
#[test]
fn an_object_has_one_position() {
    let mut raw = Raw::plain();
    let (one, two) = (raw.add(|_, _| Ok(Value::Null)), raw.add(|_, _| Ok(Value::Null)));
    let (first, second) = (raw.offer(one), raw.offer(two));
    assert_ne!(first, second);
    assert_eq!((raw.offer(one), raw.offer(two)), (first, second));
    assert!(first > 0 && second > 0, "0 is reserved for the bootstrap object");
}

/// desc:import-object: a position refers to this specific object for good: it is not given to
/// another one after it was given back.
#[test]
fn a_position_given_back_is_not_used_for_another() {
    let mut raw = Raw::plain();
    let first = raw.echo();
    raw.check(format!("<13'op:gc-exports[{first}+][1+]>"), &[]);
    assert!(raw.echo() > first);
}

/// desc:import-object: the peer's position refers to one object: what is received twice is the
/// same reference.
#[test]
fn a_position_received_twice_is_one_reference() {
    let mut raw = Raw::plain();
    let keeper = raw.keeper();
    let objects = "<18'desc:import-object4+><18'desc:import-object4+><18'desc:import-object5+>";
    raw.check(format!("<10'op:deliver<11'desc:export{keeper}+>[{objects}]ff>"), &[]);
    let kept: Vec<_> = raw.vat.heap.kept().map(|(_, count)| count).collect();
    assert_eq!(kept, [2, 1]);
    assert_eq!(raw.vat.heap.imports().len(), 2);
}

/// desc:import-object: position `0` is reserved for the bootstrap object: the peer's is the one at
/// 0 of its exports.
#[test]
fn the_peers_bootstrap_object_is_at_zero() {
    let mut raw = Raw::plain();
    let id = raw.id;
    raw.vat.session_turn(id, |session, heap| {
        let theirs = session.bootstrap(heap).unwrap();
        heap.tell(theirs, Message::new("fetch", [Value::bytes(b"x".as_slice())]));
    });
    let heard = raw.heard();
    assert_eq!(heard[0], "<10'op:deliver<11'desc:export0+>[5'fetch1:x]ff>");
    assert_eq!(heard.len(), 1, "it was never sent, so nothing is given back: {heard:?}");
}

/// desc:import-promise: a promise is exported as one, at a position that is unique among the
/// exporter's and refers to this specific promise.
#[test]
fn a_promise_is_exported_as_a_promise() {
    let mut raw = Raw::plain();
    let ((one, _), (two, _)) = (raw.vow(), raw.vow());
    let both = raw.object(move |_, _| Ok(Value::list([one, two, one].map(Value::Ref))));
    let object = raw.echo();
    raw.check(
        format!("<10'op:deliver<11'desc:export{both}+>[]f<18'desc:import-object5+>>"),
        &[
            &fulfilled(
                5,
                &format!(
                    "[<19'desc:import-promise{0}+><19'desc:import-promise{1}+>\
                     <19'desc:import-promise{0}+>]",
                    object + 1,
                    object + 2
                ),
            ),
            &given_back(5),
        ],
    );
}

/// desc:import-promise: a peer's promise arrives as a promise, pending or settled already.
#[test]
fn a_promise_arrives_as_a_promise() {
    let mut raw = Raw::plain();
    let vow = raw.lend("<19'desc:import-promise4+>");
    assert!(matches!(vow, Ref::Promise(_)));
    let object = raw.lend("<18'desc:import-object5+>");
    assert!(matches!(object, Ref::Import(_)));
}

/// desc:export: a reference of the recipient's own MUST be a `desc:export` with the position of its
/// import, whichever import descriptor it came as.
#[test]
fn what_the_peer_sent_comes_back_as_its_own() {
    for import in ["18'desc:import-object", "19'desc:import-promise"] {
        let mut raw = Raw::plain();
        let theirs = raw.lend(&format!("<{import}77+>"));
        let other = raw.lend("<18'desc:import-object78+>");
        raw.vat.turn(|heap| heap.tell(other, Message::apply(vec![Value::Ref(theirs)])));
        assert_eq!(raw.heard(), ["<10'op:deliver<11'desc:export78+>[<11'desc:export77+>]ff>"]);
    }
}

/// desc:export: what we exported and get back is the very object.
#[test]
fn what_we_sent_comes_back_as_our_own() {
    let mut raw = Raw::plain();
    let keeper = raw.keeper();
    let mine = raw.add(|_, _| Ok(Value::Null));
    let position = raw.offer(mine);
    raw.check(
        format!("<10'op:deliver<11'desc:export{keeper}+>[<11'desc:export{position}+>]ff>"),
        &[],
    );
    assert_eq!(raw.vat.heap.kept().next().map(|(kept, _)| kept), Some(mine));
}

/// desc:answer: its position MUST be the one of the `op:deliver`; it stands for the promise of the
/// answer wherever a value may.
#[test]
fn an_answer_stands_for_its_promise() {
    let mut raw = Raw::plain();
    let (vow, promise) = raw.vow();
    let answer = raw.answer(vow);
    let keeper = raw.keeper();
    raw.check(
        format!("<10'op:deliver<11'desc:export{keeper}+>[[<11'desc:answer{answer}+>]]ff>"),
        &[],
    );
    assert_eq!(raw.vat.heap.kept().count(), 3, "the vow, its resolver, and the answer");
    let _ = promise;
    // Ours to the peer: the answer that it owes us comes as `desc:answer`.
    let mut raw = Raw::plain();
    let (promise, answer, _) = raw.ask(90);
    let other = raw.lend("<18'desc:import-object78+>");
    raw.vat.turn(|heap| {
        heap.tell(other, Message::apply(vec![Value::Ref(Ref::Promise(promise))]));
    });
    assert_eq!(
        raw.heard(),
        [format!("<10'op:deliver<11'desc:export78+>[<11'desc:answer{answer}+>]ff>")]
    );
}

/// desc:answer: it should not be referenced after `op:gc-answers` was sent for it: ours never is.
#[test]
fn an_answer_given_back_is_not_named_again() {
    let mut raw = Raw::plain();
    let (promise, answer, resolver) = raw.ask(90);
    let other = raw.lend("<18'desc:import-object78+>");
    raw.say(format!(
        "<10'op:deliver<11'desc:export{resolver}+>[7'fulfill<18'desc:import-object79+>]ff>"
    ))
    .unwrap();
    assert_eq!(raw.heard(), [format!("<13'op:gc-answers[{answer}+]>")]);
    raw.vat.turn(|heap| {
        heap.tell(Ref::Promise(promise), Message::new("hi", []));
        heap.tell(other, Message::apply(vec![Value::Ref(Ref::Promise(promise))]));
    });
    let heard = raw.heard();
    assert_eq!(heard[0], "<10'op:deliver<11'desc:export79+>[2'hi]ff>");
    assert!(!heard.concat().contains("desc:answer"), "{heard:?}");
}

/// desc:import-object: positions are per direction: the same number is another thing each way.
#[test]
fn positions_are_per_direction() {
    let mut raw = Raw::plain();
    let echo = raw.echo();
    let resolver = format!("<18'desc:import-object{echo}+>");
    raw.check(
        format!("<10'op:deliver<11'desc:export{echo}+>[{resolver}]f{resolver}>"),
        &[
            &fulfilled(echo, &format!("[<11'desc:export{echo}+>]")),
            &format!("<13'op:gc-exports[{echo}+][2+]>"),
        ],
    );
}
