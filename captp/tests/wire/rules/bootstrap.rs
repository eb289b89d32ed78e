//! "The bootstrap Object": position 0 and its `fetch`.

use hogshead_objects::Value;

use crate::raw::{OLD, Raw, broken, fulfilled, given_back};
use hogshead_captp::Limits;

/// The bootstrap Object: it MUST be exported on each newly initialised session at position `0`:
/// each of two sessions of one vat has its own.
#[test]
fn each_session_has_a_bootstrap_object() {
    let mut raw = Raw::plain();
    let carol = raw.join(2, &crate::raw::Side::new(3, "carol"), OLD, Limits::default());
    let object = raw.add(|_, _| Ok(Value::Undefined));
    raw.vat.heap.share(b"shared", object);
    let fetch = "<10'op:deliver<11'desc:export0+>[5'fetch6:shared]f<18'desc:import-object4+>>";
    raw.check(fetch, &[&fulfilled(4, "<18'desc:import-object1+>"), &given_back(4)]);
    raw.say_on(carol, fetch).unwrap();
    assert_eq!(
        raw.heard_on(carol),
        [
            "<15'op:deliver-only<11'desc:export4+>[7'fulfill<18'desc:import-object1+>]>",
            "<12'op:gc-export[4+][1+]>",
        ]
    );
}

/// The bootstrap Object, fetch Method: the result is the object of the swiss number, at the
/// answer position and at the resolver, as in the example of the text.
#[test]
fn fetch_gives_the_object_to_the_answer_and_to_the_resolver() {
    let mut raw = Raw::plain();
    let object = raw.add(|_, _| Ok(Value::from("here")));
    raw.vat.heap.share(b"VMDDd1voKWarCe2GvgLbxbVFysNzRPzx", object);
    raw.check(
        "<10'op:deliver<11'desc:export0+>[5'fetch32:VMDDd1voKWarCe2GvgLbxbVFysNzRPzx]3+\
         <18'desc:import-object5+>>",
        &[&fulfilled(5, "<18'desc:import-object1+>"), &given_back(5)],
    );
    raw.check(
        "<10'op:deliver<11'desc:answer3+>[]f<18'desc:import-object6+>>",
        &[&fulfilled(6, "4\"here"), &given_back(6)],
    );
}

/// The bootstrap Object, fetch Method: an error if the object does not exist.
#[test]
fn fetch_of_what_does_not_exist_breaks() {
    let mut raw = Raw::plain();
    let absent = "not-found: no object has this swiss number";
    raw.check(
        "<10'op:deliver<11'desc:export0+>[5'fetch4:nope]3+<18'desc:import-object5+>>",
        &[&broken(5, absent), &given_back(5)],
    );
    // What was pipelined to it breaks for the same reason.
    raw.check(
        "<10'op:deliver<11'desc:answer3+>[2'hi]4+<18'desc:import-object7+>>",
        &[&broken(7, absent), &given_back(7)],
    );
    raw.check(
        "<9'op:listen<11'desc:answer4+><18'desc:import-object8+>>",
        &[&broken(8, absent), &given_back(8)],
    );
    raw.check("<13'op:gc-answers[3+4+]>", &[]);
    assert!(raw.vat.heap.rows().is_empty(), "a stranger leaves no row");
}

/// The bootstrap Object, fetch Method: an error if a swiss number was not provided.
#[test]
fn fetch_without_a_swiss_number_breaks() {
    for args in ["[5'fetch]", "[5'fetch4\"text]", "[5'fetch1+]", "[5'fetch1:a1:b]"] {
        let mut raw = Raw::plain();
        raw.check(
            format!("<10'op:deliver<11'desc:export0+>{args}f<18'desc:import-object6+>>"),
            &[&broken(6, "bad-call: fetch takes one swiss number, a byte string"), &given_back(6)],
        );
    }
}

/// The bootstrap Object: it has the three methods of the text and no other.
#[test]
fn the_bootstrap_object_answers_to_nothing_else() {
    for args in ["[]", "[4'nope]", "[5\"fetch4:nope]", "[1+]"] {
        let mut raw = Raw::plain();
        raw.say(format!("<10'op:deliver<11'desc:export0+>{args}f<18'desc:import-object6+>>"))
            .unwrap();
        let heard = raw.heard();
        assert!(heard[0].contains("[5'break<10'desc:error"), "{args}: {heard:?}");
        assert!(heard[0].contains("bad-call: "), "{args}: {heard:?}");
    }
}

/// The bootstrap Object: a method is chosen by the symbol that is the first argument.
#[test]
fn methods_are_symbols() {
    let mut raw = Raw::plain();
    let object = raw.add(|_, values| match values.first() {
        Some(Value::Symbol(name)) if name.as_str() == "greet" => Ok(Value::from("hello")),
        _ => Err(hogshead_objects::Error::bad_call("greet")),
    });
    let object = raw.offer(object);
    raw.check(
        format!("<10'op:deliver<11'desc:export{object}+>[5'greet]f<18'desc:import-object6+>>"),
        &[&fulfilled(6, "5\"hello"), &given_back(6)],
    );
    raw.check(
        format!("<10'op:deliver<11'desc:export{object}+>[5\"greet]f<18'desc:import-object7+>>"),
        &[&broken(7, "bad-call: greet"), &given_back(7)],
    );
}
