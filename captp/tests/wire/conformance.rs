//! Conformance: each test cites the section of the CapTP specification that it reads.

use hogshead_captp::{Dialect, Limits};
use hogshead_objects::heap::Heap;
use hogshead_objects::ids::PromiseId;
use hogshead_objects::{Error, Message, Ref, Tagged, Value};

use crate::{OLD, Raw};

/// A peer with our echo object, exported to it at position 1.
fn with_echo(dialect: Dialect) -> Raw {
    let mut raw = Raw::new(dialect, Limits::default());
    let echo = raw.vat.heap.object(|_, message| Ok(Value::List(message.values)));
    raw.vat.heap.share(b"echo", echo);
    raw.say("<10'op:deliver<11'desc:export0+>[5'fetch4:echo]f<18'desc:import-object0+>>").unwrap();
    raw.heard();
    raw
}

/// "`fetch` Method", and "`op:deliver`", "Receiving": the result goes to the resolver.
#[test]
fn fetch_answers_with_the_object_and_gives_the_resolver_back() {
    let mut raw = Raw::new(OLD, Limits::default());
    let object = raw.vat.heap.object(|_, _| Ok(Value::Undefined));
    raw.vat.heap.share(b"VMDDd1voKWarCe2GvgLbxbVFysNzRPzx", object);
    raw.check(
        "<10'op:deliver<11'desc:export0+>[5'fetch32:VMDDd1voKWarCe2GvgLbxbVFysNzRPzx]f\
         <18'desc:import-object0+>>",
        &[
            "<15'op:deliver-only<11'desc:export0+>[7'fulfill<18'desc:import-object1+>]>",
            "<12'op:gc-export[0+][1+]>",
        ],
    );
}

/// "`fetch` Method": an error if the object does not exist or no swiss number was provided.
#[test]
fn fetch_of_nothing_breaks() {
    let mut raw = Raw::new(Dialect::default(), Limits::default());
    raw.check(
        "<10'op:deliver<11'desc:export0+>[5'fetch4:nope]3+<18'desc:import-object5+>>",
        &[
            "<10'op:deliver<11'desc:export5+>[5'break<10'desc:error42\"\
             not-found: no object has this swiss number>]ff>",
            "<13'op:gc-exports[5+][1+]>",
        ],
    );
    raw.check(
        "<10'op:deliver<11'desc:export0+>[5'fetch]f<18'desc:import-object6+>>",
        &[
            "<10'op:deliver<11'desc:export6+>[5'break<10'desc:error53\"\
             bad-call: fetch takes one swiss number, a byte string>]ff>",
            "<13'op:gc-exports[6+][1+]>",
        ],
    );
    raw.check(
        "<10'op:deliver<11'desc:answer3+>[2'hi]f<18'desc:import-object7+>>",
        &[
            "<10'op:deliver<11'desc:export7+>[5'break<10'desc:error42\"\
             not-found: no object has this swiss number>]ff>",
            "<13'op:gc-exports[7+][1+]>",
        ],
    );
    raw.check("<13'op:gc-answers[3+]>", &[]);
    assert!(raw.vat.heap.rows().is_empty(), "a stranger leaves no row");
}

/// "Third Party Handoffs" are not offered yet: what comes of one is an error that says so.
#[test]
fn handoffs_are_refused_in_words() {
    let mut raw = with_echo(OLD);
    let refusal = |to: u8| {
        format!(
            "<15'op:deliver-only<11'desc:export{to}+>[5'break<10'desc:error55\"\
             refused: this vat takes no part in third-party handoffs>]>"
        )
    };
    let gc = |to: u8| format!("<12'op:gc-export[{to}+][1+]>");
    raw.check(
        "<10'op:deliver<11'desc:export0+>[12'deposit-gift2:id<11'desc:export1+>]f\
         <18'desc:import-object1+>>",
        &[&refusal(1), &gc(1)],
    );
    let key = "[10'public-key[3'ecc[5'curve7'Ed25519][5'flags5'eddsa][1'q32:";
    let signature =
        format!("[7'sig-val[5'eddsa[1'r32:{}][1's32:{}]]]", "r".repeat(32), "s".repeat(32));
    // Not all octets are a key, so these are spliced in.
    let point = hogshead_captp::testing::key(5).verifying_key().to_bytes();
    let mut give =
        format!("<10'op:deliver<11'desc:export1+>[<17'desc:sig-envelope<17'desc:handoff-give{key}")
            .into_bytes();
    give.extend_from_slice(&point);
    give.extend_from_slice(
        format!(
            "]]]<10'ocapn-peer16'tcp-testing-only4\"carlf>32:{}32:{}4:gift>{signature}>]f\
             <18'desc:import-object2+>>",
            "S".repeat(32),
            "G".repeat(32)
        )
        .as_bytes(),
    );
    raw.vat.receive(raw.id, &hogshead_captp::testing::Sent::Frame(give.into())).unwrap();
    assert_eq!(raw.heard(), [refusal(2), gc(2)]);
}

/// "`op:deliver`": arguments arrive as they were sent, with `answer-pos` false.
#[test]
fn values_arrive_as_they_were_sent() {
    let mut raw = with_echo(OLD);
    let args = "[3\"foo1+f3:bar[3\"baz]D\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}{2\"aa1+1\"b2+}\
                <4'void><4'null>3'sym<11'desc:tagged7'decimal4\"3.14><10'desc:error4\"boom>]";
    raw.check(
        &format!("<10'op:deliver<11'desc:export1+>{args}f<18'desc:import-object1+>>"),
        &[
            &format!("<15'op:deliver-only<11'desc:export1+>[7'fulfill{args}]>"),
            "<12'op:gc-export[1+][1+]>",
        ],
    );
}

/// "Promise pipelining", and "`op:deliver`", "Receiving": `answer-pos`.
#[test]
fn messages_to_an_answer_reach_what_it_resolves_to() {
    let mut raw = Raw::new(OLD, Limits::default());
    let builder = raw.vat.heap.object(|heap, _| {
        let factory = heap.object(|heap, message| {
            let Some(Value::List(car)) = message.values.into_iter().next() else {
                return Err(Error::bad_call("what car?"));
            };
            let [Value::Symbol(colour), Value::Symbol(model)] = car.as_slice() else {
                return Err(Error::bad_call("which colour and model?"));
            };
            let noise = format!("Vroom! I am a {colour} {model} car!");
            Ok(Value::Ref(heap.object(move |_, _| Ok(Value::String(noise.clone())))))
        });
        Ok(Value::Ref(factory))
    });
    raw.vat.heap.share(b"JadQ0++RzsD4M+40uLxTWVaVqM10DcBJ", builder);
    for op in [
        "<10'op:deliver<11'desc:export0+>[5'fetch32:JadQ0++RzsD4M+40uLxTWVaVqM10DcBJ]0+\
         <18'desc:import-object0+>>",
        "<10'op:deliver<11'desc:answer0+>[]1+<18'desc:import-object1+>>",
        "<10'op:deliver<11'desc:answer1+>[[3'red9'zoomracer]]2+<18'desc:import-object2+>>",
        "<10'op:deliver<11'desc:answer1+>[[1+2+3+]]3+<18'desc:import-object3+>>",
    ] {
        raw.say(op).unwrap();
    }
    raw.heard();
    raw.check(
        "<10'op:deliver<11'desc:answer2+>[]f<18'desc:import-object4+>>",
        &[
            "<15'op:deliver-only<11'desc:export4+>[7'fulfill\
             32\"Vroom! I am a red zoomracer car!]>",
            "<12'op:gc-export[4+][1+]>",
        ],
    );
    raw.check(
        "<10'op:deliver<11'desc:answer3+>[]f<18'desc:import-object5+>>",
        &[
            "<15'op:deliver-only<11'desc:export5+>[5'break\
             <10'desc:error33\"bad-call: which colour and model?>]>",
            "<12'op:gc-export[5+][1+]>",
        ],
    );
    raw.check("<12'op:gc-answer[0+1+2+3+]>", &[]);
    assert!(raw.say("<15'op:deliver-only<11'desc:answer2+>[]>").is_err());
}

/// "`op:listen`", "Receiving": two fields as in the text, three as peers send.
#[test]
fn a_listener_is_told_once_the_promise_settles() {
    for fields in ["", "f", "t"] {
        let mut raw = Raw::new(OLD, Limits::default());
        let promise = raw.vat.heap.promise();
        raw.vat.heap.keep(Ref::Resolver(promise));
        raw.vat.heap.share(b"vow", Ref::Promise(promise));
        raw.check("<10'op:deliver<11'desc:export0+>[5'fetch3:vow]1+f>", &[]);
        raw.check(
            &format!("<9'op:listen<11'desc:answer1+><18'desc:import-object2+>{fields}>"),
            &[],
        );
        raw.vat.turn(|heap| heap.settle(promise, Ok(Value::Symbol("ok".into()))).unwrap());
        let told =
            ["<15'op:deliver-only<11'desc:export2+>[7'fulfill2'ok]>", "<12'op:gc-export[2+][1+]>"];
        assert_eq!(raw.heard(), told);
        // "If a resolution is already available", at once.
        let told = told.map(|text| text.replace("export2+", "export3+").replace("[2+]", "[3+]"));
        raw.check(
            &format!("<9'op:listen<11'desc:answer1+><18'desc:import-object3+>{fields}>"),
            &told.each_ref().map(String::as_str),
        );
    }
}

/// "`op:listen`", "Receiving": "An `op:listen` request should NOT be notified when the promise is
/// fulfilled with another promise on the same peer unless that promise has been settled".
#[test]
fn a_listener_is_not_told_of_a_promise_of_ours() {
    let mut raw = Raw::new(OLD, Limits::default());
    let (first, second) = (raw.vat.heap.promise(), raw.vat.heap.promise());
    for promise in [first, second] {
        raw.vat.heap.keep(Ref::Resolver(promise));
    }
    raw.vat.heap.share(b"vow", Ref::Promise(first));
    raw.check("<10'op:deliver<11'desc:export0+>[5'fetch3:vow]f<18'desc:import-object9+>>", &[]);
    let second_ref = Value::Ref(Ref::Promise(second));
    raw.vat.turn(|heap| heap.settle(first, Ok(second_ref)).unwrap());
    assert_eq!(raw.heard(), [""; 0]);
    raw.vat.turn(|heap| heap.settle(second, Err(Error::refused("no"))).unwrap());
    assert_eq!(
        raw.heard(),
        [
            "<15'op:deliver-only<11'desc:export9+>[5'break<10'desc:error11\"refused: no>]>",
            "<12'op:gc-export[9+][1+]>",
        ]
    );
}

/// "`op:gc-exports`": each time a reference is received counts, in one message or in several.
#[test]
fn what_is_received_is_given_back_as_often() {
    for dialect in [OLD, Dialect::default()] {
        let label = if dialect == OLD { "12'op:gc-export" } else { "13'op:gc-exports" };
        let mut raw = with_echo(dialect);
        let object = "<18'desc:import-object4+>";
        raw.check(
            &format!("<15'op:deliver-only<11'desc:export1+>[{}]>", object.repeat(4)),
            &[&format!("<{label}[4+][4+]>")],
        );
        for _ in 0..2 {
            raw.check(
                &format!("<10'op:deliver<11'desc:export1+>[{object}]ff>"),
                &[&format!("<{label}[4+][1+]>")],
            );
        }
    }
}

/// "`op:gc-exports`": our own count falls by the wire delta; at zero the export is gone.
#[test]
fn an_export_lives_until_every_sending_is_given_back() {
    let mut raw = with_echo(OLD);
    let mine = raw.vat.heap.object(|_, _| Ok(Value::Undefined));
    raw.vat.heap.share(b"mine", mine);
    for n in 2..5 {
        let fetch =
            format!("<10'op:deliver<11'desc:export0+>[5'fetch4:mine]f<18'desc:import-object{n}+>>");
        raw.say(&fetch).unwrap();
        assert!(raw.heard()[0].ends_with("[7'fulfill<18'desc:import-object2+>]>"));
    }
    assert_eq!(raw.vat.heap.holders(mine), 1, "one export however often it is sent");
    raw.check("<12'op:gc-export[2+][2+]>", &[]);
    assert_eq!(raw.vat.heap.holders(mine), 1);
    raw.check("<13'op:gc-exports[2+1+][1+1+]>", &[]);
    assert_eq!(raw.vat.heap.holders(mine), 0);
    // A position is not used for another object afterwards.
    raw.say("<10'op:deliver<11'desc:export0+>[5'fetch4:mine]f<18'desc:import-object7+>>").unwrap();
    assert!(raw.heard()[0].contains("import-object3+"));
}

/// "`op:gc-answers`": an answer that is not awaited any more is given back.
#[test]
fn our_answers_are_given_back_when_they_settle() {
    let mut raw = Raw::new(OLD, Limits::default());
    let greeter = raw.vat.heap.object(|heap, message| {
        let Some(Value::Ref(whom)) = message.values.first() else { panic!("whom?") };
        let answer = heap.ask(*whom, Message::apply(vec![Value::String("Hello".into())]));
        heap.let_go(Ref::Promise(answer));
        heap.keep(Ref::Promise(answer));
        Ok(Value::Undefined)
    });
    raw.vat.heap.share(b"greeter", greeter);
    raw.say("<10'op:deliver<11'desc:export0+>[5'fetch7:greeter]f<18'desc:import-object0+>>")
        .unwrap();
    raw.heard();
    raw.say("<15'op:deliver-only<11'desc:export1+>[<18'desc:import-object1+>]>").unwrap();
    let heard = raw.heard();
    let kept = raw.vat.heap.kept().find_map(|(r, _)| match r {
        Ref::Promise(PromiseId(id)) => Some(id),
        _ => None,
    });
    let answer = kept.expect("the greeter waits for an answer");
    assert_ne!(answer, 0, "an answer position is positive");
    assert_eq!(
        heard[0],
        format!("<10'op:deliver<11'desc:export1+>[5\"Hello]{answer}+<18'desc:import-object2+>>")
    );
    raw.check(
        "<15'op:deliver-only<11'desc:export2+>[7'fulfill5\"Hello]>",
        &[&format!("<12'op:gc-answer[{answer}+]>")],
    );
}

/// "`desc:import-promise`" and "`op:listen`", "Sending": a promise is listened to at once.
#[test]
fn a_promise_of_the_peers_is_listened_to() {
    let mut raw = with_echo(OLD);
    raw.vat.turn(|_| ());
    let keeper = raw.vat.heap.object(|heap, message| {
        message.values.iter().flat_map(Value::refs).for_each(|r| heap.keep(*r));
        Ok(Value::Undefined)
    });
    raw.vat.heap.share(b"keeper", keeper);
    raw.say("<10'op:deliver<11'desc:export0+>[5'fetch6:keeper]f<18'desc:import-object0+>>")
        .unwrap();
    raw.heard();
    raw.check(
        "<15'op:deliver-only<11'desc:export2+>[<19'desc:import-promise7+>]>",
        &["<9'op:listen<11'desc:export7+><18'desc:import-object3+>f>"],
    );
    // A message to it goes where it is; "`op:deliver`", "`to-desc`".
    let vow = raw.vat.heap.kept().next().expect("it is kept").0;
    raw.vat.turn(|heap| heap.tell(vow, Message::new("hi", [])));
    assert_eq!(raw.heard(), ["<15'op:deliver-only<11'desc:export7+>[2'hi]>"]);
    raw.check(
        "<15'op:deliver-only<11'desc:export3+>[7'fulfill<18'desc:import-object8+>]>",
        &["<12'op:gc-export[7+][1+]>"],
    );
    raw.vat.turn(|heap| heap.tell(vow, Message::new("hi", [])));
    assert_eq!(raw.heard(), ["<15'op:deliver-only<11'desc:export8+>[2'hi]>"]);
}

/// "`op:get`", "`op:index`", "`op:untag`", "Receiving".
#[test]
fn parts_are_taken_out_of_an_answer() {
    let mut raw = Raw::new(OLD, Limits::default());
    let depot = raw.vat.heap.object(|_, _| {
        let tagged = Tagged { tag: "m".into(), value: Value::String("deep".into()) };
        let list = Value::List(vec![Value::Null, Value::Tagged(Box::new(tagged))]);
        Ok(Value::Struct([("cars".to_owned(), list)].into()))
    });
    raw.vat.heap.share(b"depot", depot);
    for op in [
        "<10'op:deliver<11'desc:export0+>[5'fetch5:depot]0+f>",
        "<10'op:deliver<11'desc:answer0+>[]1+f>",
        "<6'op:get<11'desc:answer1+>4\"cars2+>",
        "<8'op:index<11'desc:answer2+>1+3+>",
        "<8'op:untag<11'desc:answer3+>1\"m4+>",
        "<8'op:index<11'desc:answer2+>1-5+>",
        "<8'op:index<11'desc:answer2+>99999999999999999999999+6+>",
        "<8'op:untag<11'desc:answer3+>1\"n7+>",
        "<6'op:get<11'desc:answer5+>4\"cars8+>",
    ] {
        raw.check(op, &[]);
    }
    raw.check(
        "<9'op:listen<11'desc:answer4+><18'desc:import-object2+>f>",
        &["<15'op:deliver-only<11'desc:export2+>[7'fulfill4\"deep]>", "<12'op:gc-export[2+][1+]>"],
    );
    for answer in 5..=8 {
        raw.say(&format!("<9'op:listen<11'desc:answer{answer}+><18'desc:import-object3+>f>"))
            .unwrap();
        assert!(raw.heard()[0].contains("[5'break<10'desc:error"), "answer {answer}");
    }
}

/// "`op:abort`": the session is severed and what was waited for breaks.
#[test]
fn an_abort_ends_the_session() {
    let mut raw = with_echo(OLD);
    raw.say("<8'op:abort4\"done>").unwrap();
    assert!(raw.vat.session(raw.id).unwrap().has_ended());
    assert_eq!(raw.heard(), [""; 0], "nothing is said to a peer that has gone");
    assert!(raw.vat.heap.rows().is_empty());
    assert!(raw.vat.heap.held().is_empty());
}

/// Whoever sends `op:deliver-only` is sent it, whatever was configured.
#[test]
fn the_older_form_of_a_message_is_answered_in_kind() {
    let mut raw = with_echo(Dialect::default());
    raw.say("<15'op:deliver-only<11'desc:export1+>[]>").unwrap();
    raw.check(
        "<10'op:deliver<11'desc:export1+>[]f<18'desc:import-object1+>>",
        &["<15'op:deliver-only<11'desc:export1+>[7'fulfill[]]>", "<13'op:gc-exports[1+][1+]>"],
    );
}
