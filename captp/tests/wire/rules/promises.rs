//! "Promises": resolvers, broken promises, and pipelining.

use hogshead_objects::heap::Heap;
use hogshead_objects::{Error, Message, Ref, Value};

use crate::raw::{OLD, Raw, broken, fulfilled, given_back};
use hogshead_captp::Limits;

/// Promises, fulfill: it takes one argument, any passable value, and the promise has it.
#[test]
fn fulfill_gives_a_promise_its_value() {
    for (value, expected) in [
        ("5\"Hello", Value::from("Hello")),
        ("<4'void>", Value::Undefined),
        ("[1+t]", Value::list([Value::from(1_u64), Value::Bool(true)])),
        ("<10'desc:error4\"boom>", Value::error("boom")),
    ] {
        let mut raw = Raw::plain();
        let (promise, _, resolver) = raw.ask(90);
        raw.say(format!("<10'op:deliver<11'desc:export{resolver}+>[7'fulfill{value}]ff>")).unwrap();
        assert_eq!(raw.vat.heap.outcome(promise), Some(&Ok(expected)));
    }
}

/// Promises, fulfill: exactly one argument; what has none, or another method, settles nothing and
/// is told so.
#[test]
fn a_resolver_takes_fulfill_and_break_and_nothing_else() {
    let mut raw = Raw::plain();
    let (promise, _, resolver) = raw.ask(90);
    for args in [
        "[7'fulfill]",
        "[7'fulfill1+2+]",
        "[5'break]",
        "[5'breakff]",
        "[7\"fulfill1+]",
        "[3'nap1+]",
        "[]",
    ] {
        raw.say(format!(
            "<10'op:deliver<11'desc:export{resolver}+>{args}f<18'desc:import-object7+>>"
        ))
        .unwrap();
        let heard = raw.heard().concat();
        assert!(heard.contains("<11'desc:export7+>[5'break<10'desc:error"), "{args}: {heard}");
        assert_eq!(raw.vat.heap.outcome(promise), None, "{args}");
    }
    raw.say(format!("<10'op:deliver<11'desc:export{resolver}+>[7'fulfill1+]ff>")).unwrap();
    assert_eq!(raw.vat.heap.outcome(promise), Some(&Ok(Value::from(1_u64))));
}

/// Promises, break: the error should be delivered to any listeners of the promise.
#[test]
fn every_listener_is_told_of_a_break() {
    let mut raw = Raw::plain();
    let (vow, promise) = raw.vow();
    let (answer, resolver) = (raw.answer(vow), raw.offer(Ref::Resolver(promise)));
    for listener in [5, 6] {
        raw.check(
            format!("<9'op:listen<11'desc:answer{answer}+><18'desc:import-object{listener}+>>"),
            &[],
        );
    }
    raw.check(
        format!("<10'op:deliver<11'desc:export{resolver}+>[5'break<10'desc:error4\"boom>]ff>"),
        &[&broken(5, "boom"), &broken(6, "boom"), "<13'op:gc-exports[5+6+][1+1+]>"],
    );
}

/// Promises, break: its argument is "a value that represents an error": any value, and the
/// listeners are told that very value.
#[test]
fn a_promise_may_be_broken_with_any_value() {
    for reason in ["5'oh-no", "[4\"code7+]", "<4'null>", "4\"text"] {
        let mut raw = Raw::plain();
        let (vow, promise) = raw.vow();
        let (answer, resolver) = (raw.answer(vow), raw.offer(Ref::Resolver(promise)));
        raw.check(format!("<9'op:listen<11'desc:answer{answer}+><18'desc:import-object5+>>"), &[]);
        let told = format!("<10'op:deliver<11'desc:export5+>[5'break{reason}]ff>");
        raw.check(
            format!("<10'op:deliver<11'desc:export{resolver}+>[5'break{reason}]ff>"),
            &[&told, &given_back(5)],
        );
    }
}

/// Promises, Promise and Resolver Objects: messages to a promise are relayed to the object that
/// it is fulfilled with, in order.
#[test]
fn messages_to_a_promise_reach_the_object_it_becomes() {
    let mut raw = Raw::plain();
    let (vow, promise) = raw.vow();
    let answer = raw.answer(vow);
    for (n, resolver) in [(1, 5), (2, 6)] {
        raw.check(
            format!(
                "<10'op:deliver<11'desc:answer{answer}+>[{n}+]f<18'desc:import-object{resolver}+>>"
            ),
            &[],
        );
    }
    let mut heard = 0;
    let object = raw.add(move |_, values| {
        heard += 1;
        Ok(Value::list([Value::from(heard), values[0].clone()]))
    });
    raw.vat.turn(|heap| heap.settle(promise, Ok(Value::Ref(object))).unwrap());
    assert_eq!(
        raw.heard(),
        [fulfilled(5, "[1+1+]"), fulfilled(6, "[2+2+]"), "<13'op:gc-exports[5+6+][1+1+]>".into()]
    );
}

/// Promises, Promise and Resolver Objects: a promise fulfilled with another promise becomes what
/// that one becomes.
#[test]
fn a_promise_may_be_fulfilled_with_a_promise() {
    let mut raw = Raw::plain();
    let ((first, one), (second, two)) = (raw.vow(), raw.vow());
    let answer = raw.answer(first);
    raw.check(
        format!("<10'op:deliver<11'desc:answer{answer}+>[2'hi]f<18'desc:import-object5+>>"),
        &[],
    );
    raw.vat.turn(|heap| heap.settle(one, Ok(Value::Ref(second))).unwrap());
    assert_eq!(raw.heard(), [""; 0]);
    let object = raw.add(|_, values| Ok(Value::List(values)));
    raw.vat.turn(|heap| heap.settle(two, Ok(Value::Ref(object))).unwrap());
    assert_eq!(raw.heard(), [fulfilled(5, "[2'hi]"), given_back(5)]);
}

/// Promises, Promise and Resolver Objects: a promise of the peer's may become what is ours: then
/// messages to it stay here, and it is our very object.
#[test]
fn a_promise_of_the_peers_may_become_our_own_object() {
    let mut raw = Raw::plain();
    let (promise, answer, resolver) = raw.ask(90);
    let mine = raw.add(|_, values| Ok(Value::List(values)));
    let position = raw.offer(mine);
    raw.check(
        format!(
            "<10'op:deliver<11'desc:export{resolver}+>[7'fulfill<11'desc:export{position}+>]ff>"
        ),
        &[&format!("<13'op:gc-answers[{answer}+]>")],
    );
    assert_eq!(raw.vat.heap.outcome(promise), Some(&Ok(Value::Ref(mine))));
    let late = raw.vat.turn(|heap| heap.ask(Ref::Promise(promise), Message::new("hi", [])));
    assert_eq!(raw.heard(), [""; 0]);
    assert_eq!(raw.vat.heap.outcome(late), Some(&Ok(Value::list([Value::symbol("hi")]))));
}

/// Promises, Promise and Resolver Objects: if the promise breaks, messages cannot be delivered, and
/// the promises made by sending them break too.
#[test]
fn what_was_sent_to_a_broken_promise_breaks() {
    let mut raw = Raw::plain();
    let (vow, promise) = raw.vow();
    let answer = raw.answer(vow);
    // Before it breaks, in a row, and after.
    for op in [
        format!("<10'op:deliver<11'desc:answer{answer}+>[2'hi]2+f>"),
        "<10'op:deliver<11'desc:answer2+>[2'hi]3+<18'desc:import-object5+>>".to_owned(),
        "<6'op:get<11'desc:answer3+>1\"a4+>".to_owned(),
    ] {
        raw.check(op, &[]);
    }
    raw.vat.turn(|heap| heap.settle(promise, Err(Error::refused("no"))).unwrap());
    assert_eq!(raw.heard(), [broken(5, "refused: no"), given_back(5)]);
    for target in [answer, 2, 3, 4] {
        raw.check(
            format!("<10'op:deliver<11'desc:answer{target}+>[2'hi]f<18'desc:import-object6+>>"),
            &[&broken(6, "refused: no"), &given_back(6)],
        );
    }
}

/// Promises, Promise and Resolver Objects: a promise that is fulfilled with data has no object, so
/// messages to it break their answers.
#[test]
fn data_takes_no_messages() {
    let mut raw = Raw::plain();
    let (vow, promise) = raw.vow();
    let answer = raw.answer(vow);
    let send = format!("<10'op:deliver<11'desc:answer{answer}+>[2'hi]f<18'desc:import-object5+>>");
    let error = broken(5, "bad-call: only references take messages");
    raw.check(&send, &[]);
    raw.vat.turn(|heap| heap.settle(promise, Ok(Value::from(7_u64))).unwrap());
    assert_eq!(raw.heard(), [error.clone(), given_back(5)]);
    raw.check(&send, &[&error, &given_back(5)]);
}

/// Promises, Promise and Resolver Objects: a promise settles once.
#[test]
fn a_promise_settles_once() {
    for second in ["[7'fulfill2+]", "[5'break<10'desc:error4\"late>]"] {
        let mut raw = Raw::plain();
        let (promise, _, resolver) = raw.ask(90);
        for args in ["[7'fulfill1+]", second] {
            // The resolver is held by the peer still: it is no violation to use it again.
            raw.say(format!("<10'op:deliver<11'desc:export{resolver}+>{args}ff>")).unwrap();
        }
        assert_eq!(raw.vat.heap.outcome(promise), Some(&Ok(Value::from(1_u64))));
    }
}

/// Promise pipelining, by example: the three messages of the text, octet for octet, are taken at
/// once and only the last is answered.
#[test]
fn the_car_of_the_text_is_made_and_driven() {
    let mut raw = Raw::plain();
    let builder = raw.add(|heap, values| {
        assert_eq!(values, [Value::symbol("make-car-factory")]);
        let factory = heap.object(|heap, message| {
            assert_eq!(message.values, [Value::symbol("make-car")]);
            let car = heap.object(|_, message| match message.symbol() {
                Some("drive") => Ok(Value::from("vroom")),
                _ => Err(Error::bad_call("drive")),
            });
            Ok(Value::Ref(car))
        });
        Ok(Value::Ref(factory))
    });
    raw.vat.heap.keep(builder);
    for position in 1..5 {
        assert_eq!(raw.echo(), position);
    }
    assert_eq!(raw.offer(builder), 5);
    raw.check("<10'op:deliver<11'desc:export5+>[16'make-car-factory]3+f>", &[]);
    raw.check("<10'op:deliver<11'desc:answer3+>[8'make-car]4+f>", &[]);
    raw.check(
        "<10'op:deliver<11'desc:answer4+>[5'drive]5+<18'desc:import-object17+>>",
        &[&fulfilled(17, "5\"vroom"), &given_back(17)],
    );
}

/// Promise pipelining: our own messages to an answer that is not there yet are sent at once, to
/// its `desc:answer`.
#[test]
fn we_pipeline_to_answers_of_the_peer() {
    let mut raw = Raw::new(OLD, Limits::default());
    let theirs = raw.lend("<18'desc:import-object90+>");
    let (one, two) = raw.vat.turn(|heap| {
        let one = heap.ask(theirs, Message::new("make", []));
        (one, heap.ask(Ref::Promise(one), Message::new("drive", [])))
    });
    let heard = raw.heard();
    let position = |heard: &str, from: &str| -> u64 {
        let rest = heard.split_once(from).expect(from).1;
        rest.split_once('+').expect("a number").0.parse().expect("a number")
    };
    let (first, second) = (position(&heard[0], "[4'make]"), position(&heard[1], "[5'drive]"));
    assert!(heard[0].starts_with("<10'op:deliver<11'desc:export90+>[4'make]"), "{heard:?}");
    assert!(
        heard[1].starts_with(&format!("<10'op:deliver<11'desc:answer{first}+>[5'drive]")),
        "{heard:?}"
    );
    assert_ne!(first, second, "answer positions are unique in the session");
    assert_eq!((raw.vat.heap.outcome(one), raw.vat.heap.outcome(two)), (None, None));
}

/// Promises, Promise and Resolver Objects: an answer is named only when its question has been asked;
/// until then, also within one turn, it is a promise of ours.
#[test]
fn an_answer_is_named_only_when_its_question_has_been_asked() {
    let mut raw = Raw::plain();
    let one = raw.lend("<18'desc:import-object90+>");
    let other = raw.lend("<18'desc:import-object91+>");
    let ((first, resolves_first), (second, resolves_second)) = (raw.vow(), raw.vow());
    let asked = raw.vat.turn(|heap| {
        let asked = heap.ask(first, Message::new("later", []));
        heap.keep(Ref::Promise(asked));
        heap.tell(second, Message::new("join", [Value::Ref(Ref::Promise(asked))]));
        asked
    });
    // What was asked first goes out last.
    raw.vat.turn(|heap| {
        heap.settle(resolves_second, Ok(Value::Ref(other))).unwrap();
        heap.settle(resolves_first, Ok(Value::Ref(one))).unwrap();
    });
    let heard = raw.heard();
    let [join, later] = &heard[..] else { panic!("{heard:?}") };
    assert!(join.contains("[4'join<19'desc:import-promise"), "{join}");
    assert!(later.contains(&format!("[5'later]{}+", asked.0)), "{later}");
    // From then on it is.
    raw.vat.turn(|heap| {
        heap.tell(other, Message::new("join", [Value::Ref(Ref::Promise(asked))]));
    });
    let heard = raw.heard().concat();
    assert!(heard.contains(&format!("[4'join<11'desc:answer{}+>]", asked.0)), "{heard}");
}
