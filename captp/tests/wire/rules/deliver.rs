//! "`op:deliver`" and "`op:abort`".

use hogshead_objects::heap::Heap;
use hogshead_objects::{Message, Ref, Value};

use crate::raw::{NEW, OLD, Raw, abort, broken, fulfilled, given_back};
use hogshead_captp::{Dialect, Limits};

/// op:deliver, Sending: `to-desc` MUST be a `desc:answer` when a promise of a previous message is
/// messaged; in other cases it MUST be a `desc:export` of what the recipient exported.
#[test]
fn messages_go_to_answers_and_to_exports() {
    let mut raw = Raw::plain();
    let (promise, answer, _) = raw.ask(90);
    let (object, vow) =
        (raw.lend("<18'desc:import-object91+>"), raw.lend("<19'desc:import-promise92+>"));
    raw.vat.turn(|heap| {
        for target in [Ref::Promise(promise), object, vow] {
            heap.tell(target, Message::new("hi", []));
        }
    });
    assert_eq!(
        raw.heard(),
        [
            format!("<10'op:deliver<11'desc:answer{answer}+>[2'hi]ff>"),
            "<10'op:deliver<11'desc:export91+>[2'hi]ff>".to_owned(),
            "<10'op:deliver<11'desc:export92+>[2'hi]ff>".to_owned(),
        ]
    );
}

/// op:deliver, Sending: an answer position is positive and unique in the session, and never one
/// that is in use.
#[test]
fn our_answer_positions_are_positive_and_unique() {
    let mut raw = Raw::plain();
    let mut seen = std::collections::BTreeSet::new();
    for object in 90..100 {
        let (promise, answer, resolver) = raw.ask(object);
        assert!(answer > 0);
        assert!(seen.insert(answer), "{answer} is used twice");
        // Also after it was given back.
        raw.say(format!("<10'op:deliver<11'desc:export{resolver}+>[7'fulfill1+]ff>")).unwrap();
        raw.vat.turn(|heap| heap.let_go(Ref::Promise(promise)));
        raw.heard();
    }
}

/// op:deliver, Sending: if no result is expected, `answer-pos` MUST be false.
#[test]
fn no_answer_is_asked_for_where_none_is_expected() {
    for (dialect, sent) in [
        (NEW, "<10'op:deliver<11'desc:export91+>[2'hi1+]ff>"),
        (OLD, "<15'op:deliver-only<11'desc:export91+>[2'hi1+]>"),
    ] {
        let mut raw = Raw::new(dialect, Limits::default());
        let object = raw.lend("<18'desc:import-object91+>");
        raw.vat.turn(|heap| heap.tell(object, Message::new("hi", [Value::from(1_u64)])));
        assert_eq!(raw.heard(), [sent]);
    }
}

/// op:deliver, Receiving: the message is delivered to the object at `to-desc` with its arguments,
/// in order.
#[test]
fn a_message_reaches_its_object_with_its_arguments() {
    let mut raw = Raw::plain();
    let (first, second) = (raw.echo(), raw.object(|_, _| Ok(Value::from("other"))));
    raw.check(
        format!("<10'op:deliver<11'desc:export{first}+>[2'hi1+2+[3+]]f<18'desc:import-object5+>>"),
        &[&fulfilled(5, "[2'hi1+2+[3+]]"), &given_back(5)],
    );
    raw.check(
        format!("<10'op:deliver<11'desc:export{second}+>[]f<18'desc:import-object5+>>"),
        &[&fulfilled(5, "5\"other"), &given_back(5)],
    );
}

/// op:deliver, Receiving: with an answer position a promise MUST be created and exported there,
/// and MUST resolve to the result.
#[test]
fn an_answer_position_holds_the_result() {
    let mut raw = Raw::plain();
    let echo = raw.echo();
    raw.check(format!("<10'op:deliver<11'desc:export{echo}+>[7+]3+f>"), &[]);
    raw.check(
        "<9'op:listen<11'desc:answer3+><18'desc:import-object5+>>",
        &[&fulfilled(5, "[7+]"), &given_back(5)],
    );
}

/// op:deliver, Receiving: messages to that promise MUST be delivered to the object when it
/// resolves, unless it breaks.
#[test]
fn messages_to_an_answer_are_delivered_when_it_resolves() {
    let mut raw = Raw::plain();
    let (vow, promise) = raw.vow();
    let later = raw.object(move |_, _| Ok(Value::Ref(vow)));
    raw.check(format!("<10'op:deliver<11'desc:export{later}+>[]3+f>"), &[]);
    raw.check("<10'op:deliver<11'desc:answer3+>[2'hi]f<18'desc:import-object5+>>", &[]);
    let object = raw.add(|_, values| Ok(Value::List(values)));
    raw.vat.turn(|heap| heap.settle(promise, Ok(Value::Ref(object))).unwrap());
    assert_eq!(raw.heard(), [fulfilled(5, "[2'hi]"), given_back(5)]);

    let failing = raw.object(|_, _| Err(hogshead_objects::Error::refused("no")));
    raw.check(format!("<10'op:deliver<11'desc:export{failing}+>[]4+f>"), &[]);
    raw.check(
        "<10'op:deliver<11'desc:answer4+>[2'hi]f<18'desc:import-object6+>>",
        &[&broken(6, "refused: no"), &given_back(6)],
    );
}

/// op:deliver, Receiving: the promise remains available until its position is given back.
#[test]
fn an_answer_remains_until_it_is_given_back() {
    let mut raw = Raw::plain();
    let echo = raw.echo();
    raw.check(
        format!("<10'op:deliver<11'desc:export{echo}+>[7+]3+<18'desc:import-object4+>>"),
        &[&fulfilled(4, "[7+]"), &given_back(4)],
    );
    for resolver in 5..8 {
        raw.check(format!("<8'op:index<11'desc:answer3+>0+{}+>", resolver + 100), &[]);
        raw.check(
            format!(
                "<9'op:listen<11'desc:answer{}+><18'desc:import-object{resolver}+>>",
                resolver + 100
            ),
            &[&fulfilled(resolver, "7+"), &given_back(resolver)],
        );
    }
    raw.check("<13'op:gc-answers[3+]>", &[]);
    raw.is_aborted("<8'op:index<11'desc:answer3+>0+9+>", "no answer at position 3");
}

/// op:deliver, Receiving: if `answer-pos` is false there is no answer to refer to.
#[test]
fn without_an_answer_position_there_is_none() {
    let mut raw = Raw::plain();
    let echo = raw.echo();
    raw.check(
        format!("<10'op:deliver<11'desc:export{echo}+>[7+]f<18'desc:import-object4+>>"),
        &[&fulfilled(4, "[7+]"), &given_back(4)],
    );
    raw.check(format!("<10'op:deliver<11'desc:export{echo}+>[7+]ff>"), &[]);
    let held = raw.vat.heap.held().len();
    assert_eq!(held, 1, "the echo alone is held");
    raw.is_aborted("<10'op:deliver<11'desc:answer0+>[]ff>", "no answer at position 0");
}

/// op:deliver, Receiving: the result is delivered to a non-false `resolve-me-desc` when it is
/// available, be it described as an object or as a promise.
#[test]
fn the_resolver_is_told_when_the_result_is_there() {
    for (describe, asks_back) in
        [("18'desc:import-object", false), ("19'desc:import-promise", true)]
    {
        let mut raw = Raw::plain();
        let (vow, promise) = raw.vow();
        let later = raw.object(move |_, _| Ok(Value::Ref(vow)));
        let deliver = format!("<10'op:deliver<11'desc:export{later}+>[]f<{describe}5+>>");
        raw.say(deliver).unwrap();
        let heard = raw.heard();
        assert_eq!(heard.len(), usize::from(asks_back), "{heard:?}");
        if asks_back {
            assert!(heard[0].starts_with("<9'op:listen<11'desc:export5+>"), "{heard:?}");
        }
        raw.vat.turn(|heap| heap.settle(promise, Ok(Value::from(7_u64))).unwrap());
        assert_eq!(raw.heard()[0], fulfilled(5, "7+"));
    }
}

/// op:deliver, Receiving: a message to a promise that was exported waits for what that becomes.
#[test]
fn messages_to_an_exported_promise_are_delivered_when_it_resolves() {
    let mut raw = Raw::plain();
    let (vow, promise) = raw.vow();
    let position = raw.export(vow);
    let says = "[2'hi]f<18'desc:import-object5+>>";
    raw.check(format!("<10'op:deliver<11'desc:export{position}+>{says}"), &[]);
    let object = raw.add(|_, values| Ok(Value::List(values)));
    raw.vat.turn(|heap| heap.settle(promise, Ok(Value::Ref(object))).unwrap());
    assert_eq!(raw.heard(), [fulfilled(5, "[2'hi]"), given_back(5)]);
}

/// op:deliver, Receiving: peers begin to count their answers at zero, which is taken.
#[test]
fn a_peer_may_begin_at_answer_zero() {
    let mut raw = Raw::plain();
    let echo = raw.echo();
    raw.check(format!("<10'op:deliver<11'desc:export{echo}+>[7+]0+f>"), &[]);
    raw.check("<8'op:index<11'desc:answer0+>0+1+>", &[]);
    raw.check(
        "<9'op:listen<11'desc:answer1+><18'desc:import-object0+>>",
        &[&fulfilled(0, "7+"), &given_back(0)],
    );
    raw.check("<13'op:gc-answers[0+1+]>", &[]);
}

/// op:deliver, Receiving: an answer position that is in use is none for another answer.
#[test]
fn an_answer_position_in_use_is_refused() {
    let mut raw = Raw::plain();
    let echo = raw.echo();
    raw.check(format!("<10'op:deliver<11'desc:export{echo}+>[7+]3+f>"), &[]);
    raw.is_aborted(
        format!("<10'op:deliver<11'desc:export{echo}+>[8+]3+f>"),
        "answer position 3 is in use",
    );
}

/// op:abort: when it is received the session is severed: what it held is let go, what was waited
/// for breaks, and nothing more is said.
#[test]
fn an_abort_severs_the_session() {
    let mut raw = Raw::plain();
    let echo = raw.echo();
    raw.check(format!("<10'op:deliver<11'desc:export{echo}+>[7+]3+f>"), &[]);
    let (promise, ..) = raw.ask(90);
    let vow = raw.lend("<19'desc:import-promise91+>");
    raw.check("<8'op:abort4\"done>", &[]);
    assert!(raw.has_ended());
    assert!(raw.vat.heap.rows().is_empty(), "per-session information is removed");
    assert!(raw.vat.heap.held().is_empty());
    let Ref::Promise(vow) = vow else { panic!("a promise") };
    for promise in [promise, vow] {
        let Some(Err(error)) = raw.vat.heap.outcome(promise) else { panic!("it broke") };
        assert_eq!(error.class(), hogshead_objects::Class::Severed);
        assert!(error.to_string().contains("done"), "{error}");
    }
    assert!(raw.say("<13'op:gc-answers[3+]>").is_err());
}

/// op:abort: its reason is a string, and an abort of ours is the last that is sent.
#[test]
fn our_abort_says_why_and_is_the_last_word() {
    for dialect in [OLD, NEW, Dialect::default()] {
        let mut raw = Raw::new(dialect, Limits::default());
        let object = raw.lend("<18'desc:import-object91+>");
        raw.is_aborted("<10'op:deliver<11'desc:export99+>[]ff>", "no export at position 99");
        raw.vat.turn(|heap| heap.tell(object, Message::new("hi", [])));
        assert_eq!(raw.heard(), [""; 0]);
    }
    let mut raw = Raw::plain();
    raw.is_aborted("<8'op:abort4:done>", "malformed operation: unexpected octet (octet 17)");
    assert_eq!(abort("x"), "<8'op:abort1\"x>");
}
