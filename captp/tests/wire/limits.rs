//! Each limit of a session, one below and at it.

use hogshead_captp::limits::{
    CACHE_ENTRIES_MAX, DECLINED_MAX, GC_POSITIONS_MAX, HELLO_BYTES_MAX, SEVER_ROWS_MAX,
};
use hogshead_captp::session::holdings;
use hogshead_captp::testing::FakeVat;
use hogshead_captp::{Limits, Operation, Session, Violation};
use hogshead_objects::heap::{Heap, Unsettled};
use hogshead_objects::ids::{PromiseId, SessionId};
use hogshead_objects::{Class, Message, Ref, Value};

use crate::raw::{OLD, Raw, config};

fn with_keeper(limits: Limits) -> Raw {
    let mut raw = Raw::new(OLD, limits);
    let keeper = raw.vat.heap.object(|heap, message| {
        message.values.iter().flat_map(Value::refs).for_each(|r| heap.keep(*r));
        Ok(Value::Undefined)
    });
    raw.vat.heap.share(b"keeper", keeper);
    raw.say("<10'op:deliver<11'desc:export0+>[5'fetch6:keeper]f<18'desc:import-object1+>>")
        .unwrap();
    raw.heard();
    raw
}

fn too_many(what: &'static str, max: u64) -> Result<(), Violation> {
    Err(Violation::TooMany { what, max })
}

#[test]
fn imports_are_limited() {
    let mut raw = with_keeper(Limits { imports_max: 5, ..Limits::default() });
    let lend =
        |n: u64| format!("<15'op:deliver-only<11'desc:export1+>[<18'desc:import-object{n}+>]>");
    for n in 10..15 {
        assert_eq!(raw.say(lend(n)), Ok(()));
    }
    assert_eq!(raw.say(lend(12)), Ok(()), "one that is there already is no new one");
    assert_eq!(raw.say(lend(15)), too_many("imports", 5));
}

#[test]
fn exports_are_limited() {
    let mut raw = Raw::new(OLD, Limits { exports_max: 4, ..Limits::default() });
    let maker = raw.vat.heap.object(|heap, _| Ok(Value::Ref(heap.object(|_, _| Ok(Value::Null)))));
    raw.vat.heap.share(b"maker", maker);
    raw.say("<10'op:deliver<11'desc:export0+>[5'fetch5:maker]f<18'desc:import-object1+>>").unwrap();
    let make = "<10'op:deliver<11'desc:export1+>[]f<18'desc:import-object2+>>";
    for _ in 0..3 {
        raw.say(make).unwrap();
        assert!(!raw.vat.session(raw.id).unwrap().has_ended());
    }
    raw.heard();
    // The turn that exports is ours, not the peer's, so it goes on; the session does not.
    raw.say(make).unwrap();
    assert!(raw.vat.session(raw.id).unwrap().has_ended());
    let reason = "too many exports: at most 4 at a time";
    let abort = format!("<8'op:abort{}\"{reason}>", reason.len());
    assert_eq!(raw.heard().last(), Some(&abort));
    assert!(raw.vat.heap.held().is_empty());
    assert!(raw.vat.heap.rows().is_empty());
}

#[test]
fn answers_are_limited() {
    let mut raw = with_keeper(Limits { answers_max: 3, ..Limits::default() });
    let ask = |n: u64| format!("<10'op:deliver<11'desc:export1+>[]{n}+f>");
    for n in 0..3 {
        assert_eq!(raw.say(ask(n)), Ok(()));
    }
    assert_eq!(raw.say("<12'op:gc-answer[0+]>"), Ok(()));
    assert_eq!(raw.say(ask(0)), Ok(()));
    assert_eq!(raw.say(ask(4)), too_many("answers", 3));
}

#[test]
fn answers_that_are_errors_are_limited() {
    let limits = Limits { wrong_guesses_max: u64::MAX, ..Limits::default() };
    let mut raw = Raw::new(OLD, limits);
    let max = u64::try_from(DECLINED_MAX).unwrap();
    for n in 0..max {
        let guess = format!("<10'op:deliver<11'desc:export0+>[5'fetch4:nope]{n}+f>");
        assert_eq!(raw.say(&guess), Ok(()));
    }
    let guess = format!("<10'op:deliver<11'desc:export0+>[5'fetch4:nope]{max}+f>");
    assert_eq!(raw.say(&guess), too_many("answers that are errors", max));
}

#[test]
fn wrong_guesses_are_limited() {
    let mut raw = with_keeper(Limits { wrong_guesses_max: 3, ..Limits::default() });
    let guess = "<10'op:deliver<11'desc:export0+>[5'fetch4:nope]f<18'desc:import-object2+>>";
    for _ in 0..3 {
        assert_eq!(raw.say(guess), Ok(()));
    }
    assert_eq!(raw.say(guess), Err(Violation::WrongGuesses));

    // A stranger's wrong certificates are guesses as well.
    let mut raw = Raw::new(OLD, Limits { wrong_guesses_max: 3, ..Limits::default() });
    let nothing = "<10'op:deliver<11'desc:export0+>[13'withdraw-giftf]f<18'desc:import-object2+>>";
    for _ in 0..3 {
        assert_eq!(raw.say(nothing), Ok(()));
    }
    assert_eq!(raw.say(nothing), Err(Violation::WrongGuesses));
}

#[test]
fn outcomes_waited_for_are_limited_with_busy() {
    let mut raw = Raw::new(OLD, Limits { pending_max: 2, ..Limits::default() });
    let promise = raw.vat.heap.promise();
    raw.vat.heap.keep(Ref::Resolver(promise));
    raw.vat.heap.share(b"vow", Ref::Promise(promise));
    raw.check("<10'op:deliver<11'desc:export0+>[5'fetch3:vow]1+f>", &[]);
    let listen = |n: u64| format!("<9'op:listen<11'desc:answer1+><18'desc:import-object{n}+>f>");
    raw.check(listen(2), &[]);
    raw.check(listen(2), &[]);
    for busy in [
        listen(3),
        "<10'op:deliver<11'desc:answer1+>[]f<18'desc:import-object3+>>".into(),
        "<10'op:deliver<11'desc:export0+>[5'fetch3:vow]f<18'desc:import-object3+>>".into(),
    ] {
        raw.say(&busy).unwrap();
        let heard = raw.heard();
        assert!(heard[0].contains("export3+>[5'break<10'desc:error"), "{heard:?}");
        assert!(heard[0].contains("busy: "), "{heard:?}");
        assert_eq!(heard[1], "<12'op:gc-export[3+][1+]>");
    }
    raw.vat.turn(|heap| heap.settle(promise, Ok(Value::Null)).unwrap());
    assert_eq!(raw.heard().len(), 3, "two outcomes, one resolver given back");
    let told = "<15'op:deliver-only<11'desc:export3+>[7'fulfill<4'null>]>";
    raw.check(listen(3), &[told, "<12'op:gc-export[3+][1+]>"]);
}

#[test]
fn what_is_waited_for_is_counted_down_as_it_is_told() {
    let mut raw = Raw::new(OLD, Limits::default());
    for name in [b"one", b"two"] {
        let promise = raw.vat.heap.promise();
        raw.vat.heap.keep(Ref::Resolver(promise));
        raw.vat.heap.share(name, Ref::Promise(promise));
    }
    let promises: Vec<_> = raw.vat.heap.kept().map(|(reference, _)| reference).collect();
    let Ref::Resolver(one) = promises[0] else { panic!("a resolver") };
    for fetch in ["[5'fetch3:one]1+f", "[5'fetch3:two]2+f"] {
        raw.check(format!("<10'op:deliver<11'desc:export0+>{fetch}>"), &[]);
    }
    for (answer, resolver) in [(1, 5), (1, 5), (2, 6)] {
        let listen =
            format!("<9'op:listen<11'desc:answer{answer}+><18'desc:import-object{resolver}+>f>");
        raw.check(&listen, &[]);
    }
    let pending = |raw: &Raw| holdings(raw.id, raw.vat.heap.rows()).unwrap().pending;
    assert_eq!(pending(&raw), 3);
    raw.vat.turn(|heap| heap.settle(one, Ok(Value::Null)).unwrap());
    assert_eq!(pending(&raw), 1, "the other promise is waited for still");
}

#[test]
fn questions_are_limited() {
    let mut raw = with_keeper(Limits { questions_max: 2, ..Limits::default() });
    raw.say("<15'op:deliver-only<11'desc:export1+>[<18'desc:import-object9+>]>").unwrap();
    let theirs = raw.vat.heap.kept().next().unwrap().0;
    let answers: Vec<_> =
        (0..3).map(|_| raw.vat.turn(|heap| heap.ask(theirs, Message::apply(vec![])))).collect();
    assert!(raw.vat.session(raw.id).unwrap().has_ended());
    for answer in answers {
        let outcome = raw.vat.heap.outcome(answer);
        let broken = outcome.expect("it breaks").as_ref().unwrap_err();
        assert_eq!(broken.class(), Class::Severed);
    }
}

#[test]
fn a_message_that_a_full_table_cannot_take_breaks_its_answer() {
    let mut raw = with_keeper(Limits { exports_max: 2, ..Limits::default() });
    raw.say("<15'op:deliver-only<11'desc:export1+>[<18'desc:import-object9+>]>").unwrap();
    let theirs = raw.vat.heap.kept().next().unwrap().0;
    let answer = raw.vat.turn(|heap| {
        let objects = [(); 2].map(|()| Value::Ref(heap.object(|_, _| Ok(Value::Null))));
        heap.ask(theirs, Message::apply(objects.into()))
    });
    let outcome = raw.vat.heap.outcome(answer).expect("it breaks").clone();
    assert_eq!(outcome.unwrap_err().class(), Class::Severed);
    assert!(raw.vat.heap.held().is_empty(), "{:?}", raw.vat.heap.held());
    assert!(raw.vat.heap.rows().is_empty());
}

#[test]
fn frames_are_limited_both_ways() {
    let mut raw = with_keeper(Limits { frame_bytes_max: 1000, ..Limits::default() });
    let say = |n: usize| format!("<15'op:deliver-only<11'desc:export1+>[{n}:{}]>", "x".repeat(n));
    assert_eq!(raw.say(say(900)), Ok(()));
    raw.say("<15'op:deliver-only<11'desc:export1+>[<18'desc:import-object9+>]>").unwrap();
    raw.heard();
    let theirs = raw.vat.heap.kept().next().unwrap().0;
    let long = || Message::apply(vec![Value::Bytes(vec![0; 1000].into())]);
    let answer = raw.vat.turn(|heap| heap.ask(theirs, long()));
    raw.vat.turn(|heap| heap.tell(theirs, long()));
    assert_eq!(raw.heard(), [""; 0], "nothing was sent");
    let outcome = raw.vat.heap.outcome(answer).expect("it breaks").clone();
    assert_eq!(outcome.unwrap_err().class(), Class::Limit);
    let long = say(1001);
    let bytes = long.len();
    assert_eq!(raw.say(&long), Err(Violation::FrameTooLong { bytes, max: 1000 }));
}

#[test]
fn an_answer_that_is_too_long_becomes_an_error() {
    let mut raw = Raw::new(OLD, Limits { frame_bytes_max: 1000, ..Limits::default() });
    let long = raw.vat.heap.object(|_, _| Ok(Value::String("x".repeat(1000))));
    raw.vat.heap.share(b"long", long);
    raw.say("<10'op:deliver<11'desc:export0+>[5'fetch4:long]f<18'desc:import-object1+>>").unwrap();
    raw.heard();
    raw.say("<10'op:deliver<11'desc:export1+>[]f<18'desc:import-object2+>>").unwrap();
    assert!(raw.heard()[0].contains("[5'break<10'desc:error"));
}

#[test]
fn a_value_nested_too_deeply_is_not_sent() {
    let mut raw = with_keeper(Limits::default());
    raw.say("<15'op:deliver-only<11'desc:export1+>[<18'desc:import-object9+>]>").unwrap();
    raw.heard();
    let theirs = raw.vat.heap.kept().next().unwrap().0;
    let nested = |n: usize| (0..n).fold(Value::Null, |inner, _| Value::List(vec![inner]));
    let max = hogshead_captp::limits::DEPTH_MAX;
    raw.vat.turn(|heap| heap.tell(theirs, Message::apply(vec![nested(max)])));
    let heard = raw.heard();
    assert!(heard[0].contains(&"[".repeat(max)), "as deep as values may be");
    let answer = raw.vat.turn(|heap| heap.ask(theirs, Message::apply(vec![nested(max + 1)])));
    let outcome = raw.vat.heap.outcome(answer).expect("it breaks").clone();
    assert_eq!(outcome.unwrap_err().class(), Class::Limit);
    let octets = heard[0].as_bytes().to_vec().into();
    assert!(hogshead_captp::Operation::decode(&octets).is_ok(), "what we send we take");
}

#[test]
fn a_hello_is_limited() {
    let say = |length: usize| {
        let mut vat = hogshead_captp::testing::FakeVat::new();
        let hello = hogshead_captp::testing::hello(2, "bob", None);
        let id = hogshead_objects::ids::SessionId(1);
        vat.join(hogshead_captp::Session::accept(config(id, OLD, Limits::default()), hello));
        let frame = vec![b'['; length].into();
        vat.receive(id, &hogshead_captp::testing::Sent::Frame(frame)).expect_err("no hello")
    };
    let max = HELLO_BYTES_MAX;
    assert_eq!(say(max + 1), Violation::FrameTooLong { bytes: max + 1, max });
    assert!(matches!(say(max), Violation::Malformed(_)), "it is read and found to be none");
}

/// What a turn lets go of leaves in operations of at most so many positions, and a session forgets
/// nothing for having more than a cache holds, or more than are let go of at once.
#[test]
fn more_than_a_cache_or_one_operation_holds_is_no_trouble() {
    let mut raw = with_keeper(Limits::default());
    let count = GC_POSITIONS_MAX.max(CACHE_ENTRIES_MAX) + 4;
    let lent: String = (0..count).map(|n| format!("<18'desc:import-object{}+>", n + 10)).collect();
    raw.say(format!("<15'op:deliver-only<11'desc:export1+>[{lent}]>")).unwrap();
    assert_eq!(
        holdings(raw.id, raw.vat.heap.rows()).unwrap().imports,
        u64::try_from(count).unwrap()
    );
    raw.heard();
    let kept: Vec<_> = raw.vat.heap.kept().collect();
    assert_eq!(kept.len(), count);
    raw.vat.turn(|heap| kept.iter().for_each(|(theirs, _)| heap.let_go(*theirs)));
    let heard = raw.heard();
    assert_eq!(heard.len(), count.div_ceil(GC_POSITIONS_MAX));
    let positions = |op: &String| op.matches('+').count() / 2;
    assert!(heard.iter().all(|op| positions(op) <= GC_POSITIONS_MAX));
    assert_eq!(heard.iter().map(positions).sum::<usize>(), count);
    assert_eq!(holdings(raw.id, raw.vat.heap.rows()).unwrap().imports, 0);
}

#[test]
fn a_session_is_taken_down_however_much_it_holds() {
    let mut raw = Raw::new(OLD, Limits::default());
    let count = 2 * SEVER_ROWS_MAX + 3;
    let many = raw.object(move |heap, _| {
        Ok(Value::List(
            (0..count).map(|_| Value::Ref(heap.object(|_, _| Ok(Value::Null)))).collect(),
        ))
    });
    raw.say(format!("<10'op:deliver<11'desc:export{many}+>[]f<18'desc:import-object1+>>")).unwrap();
    let exports = holdings(raw.id, raw.vat.heap.rows()).unwrap().exports;
    assert_eq!(exports, u64::try_from(count).unwrap() + 1);
    raw.say("<8'op:abort4\"done>").unwrap();
    assert!(raw.vat.heap.held().is_empty());
    assert!(raw.vat.heap.rows().is_empty());
}

/// A peer that knows a promise of ours as answer 1, and an object of ours that settles it.
fn with_vow(limits: Limits) -> (Raw, PromiseId, u64) {
    let mut raw = Raw::new(OLD, limits);
    let vow = raw.vat.heap.promise();
    raw.vat.heap.keep(Ref::Resolver(vow));
    raw.vat.heap.share(b"vow", Ref::Promise(vow));
    let settler = raw.object(move |heap, _| {
        let told = heap.object(|_, _| Ok(Value::Null));
        heap.settle(vow, Ok(Value::Ref(told))).unwrap();
        Ok(Value::Null)
    });
    raw.check("<10'op:deliver<11'desc:export0+>[5'fetch3:vow]1+f>", &[]);
    (raw, vow, settler)
}

fn unsettled(raw: &Raw) -> Unsettled {
    raw.vat.heap.unsettled(raw.id).unwrap()
}

/// Answers and listeners at the limit hear of it, and the session goes on.
#[track_caller]
fn is_told_busy(raw: &mut Raw, says: &str, resolver: u64) {
    raw.say(says).unwrap();
    let heard = raw.heard();
    let told = format!("export{resolver}+>[5'break<10'desc:error");
    assert!(heard[0].contains(&told) && heard[0].contains("busy: "), "{heard:?}");
    assert_eq!(heard[1], format!("<12'op:gc-export[{resolver}+][1+]>"));
}

const TO_VOW: &str = "<15'op:deliver-only<11'desc:answer1+>[]>";

#[test]
fn unsettled_deliveries_are_limited_in_number() {
    let limits = Limits { unsettled_max: 4, ..Limits::default() };
    let (mut raw, vow, settler) = with_vow(limits);
    assert_eq!(unsettled(&raw).count, 0);
    for taken in [
        TO_VOW,
        "<10'op:deliver<11'desc:answer1+>[]2+f>",
        "<9'op:listen<11'desc:answer1+><18'desc:import-object5+>f>",
        "<8'op:index<11'desc:answer1+>0+3+>",
    ] {
        raw.check(taken, &[]);
    }
    assert_eq!(unsettled(&raw).count, 4);
    // What wants an answer breaks, also when it is asked under an answer position only.
    is_told_busy(&mut raw, "<10'op:deliver<11'desc:answer1+>[]f<18'desc:import-object6+>>", 6);
    is_told_busy(&mut raw, "<9'op:listen<11'desc:answer1+><18'desc:import-object7+>f>", 7);
    raw.check(
        "<10'op:deliver<11'desc:answer1+>[<18'desc:import-object20+>]10+f>",
        &["<12'op:gc-export[20+][1+]>"],
    );
    raw.check("<8'op:index<11'desc:answer1+>0+11+>", &[]);
    for declined in [10, 11] {
        let says =
            format!("<10'op:deliver<11'desc:answer{declined}+>[]f<18'desc:import-object8+>>");
        is_told_busy(&mut raw, &says, 8);
    }
    assert_eq!(unsettled(&raw).count, 4, "nothing came to it");
    assert!(raw.vat.heap.outcome(vow).is_none());
    // What runs at once is taken, and so the peer itself can settle what it waits for.
    raw.say(format!("<15'op:deliver-only<11'desc:export{settler}+>[]>")).unwrap();
    assert!(raw.vat.heap.outcome(vow).is_some());
    assert_eq!(unsettled(&raw), Unsettled::default());
    raw.heard();
    raw.say(TO_VOW).unwrap();
    raw.say("<9'op:listen<11'desc:answer1+><18'desc:import-object9+>f>").unwrap();
    assert!(raw.heard()[0].contains("export9+>[7'fulfill"));
    assert!(!raw.has_ended());
}

#[test]
fn a_message_beyond_the_limit_that_wants_no_answer_ends_the_session() {
    let limits = Limits { unsettled_max: 2, ..Limits::default() };
    let (mut raw, vow, _) = with_vow(limits);
    let other = raw.join(2, &crate::raw::Side::new(2, "carol"), OLD, limits);
    raw.say(TO_VOW).unwrap();
    raw.say(TO_VOW).unwrap();
    raw.is_aborted(TO_VOW, "too many unsettled deliveries: at most 2 at a time");
    assert_eq!(raw.vat.heap.outcome(vow), None, "what came before waits on");
    // Another session has a count of its own.
    let say = |raw: &mut Raw, says: &str| raw.say_on(other, says);
    say(&mut raw, "<10'op:deliver<11'desc:export0+>[5'fetch3:vow]1+f>").unwrap();
    for _ in 0..2 {
        assert_eq!(say(&mut raw, TO_VOW), Ok(()));
    }
    assert_eq!(say(&mut raw, TO_VOW), too_many("unsettled deliveries", 2));
}

#[test]
fn unsettled_deliveries_are_limited_in_bytes() {
    let limits = Limits { unsettled_bytes_max: 1000, ..Limits::default() };
    let (mut raw, ..) = with_vow(limits);
    let long = |n: usize| format!("<15'op:deliver-only<11'desc:answer1+>[{n}:{}]>", "x".repeat(n));
    raw.say(long(900)).unwrap();
    assert!(unsettled(&raw).bytes < 1000);
    raw.say(long(900)).unwrap();
    assert!(unsettled(&raw).bytes > 1800, "the one that reaches it is taken");
    is_told_busy(&mut raw, "<10'op:deliver<11'desc:answer1+>[]f<18'desc:import-object6+>>", 6);
    assert_eq!(raw.say(TO_VOW), too_many("bytes of unsettled deliveries", 1000));
}

#[test]
fn what_a_vat_that_is_paused_takes_is_limited_too() {
    let (mut raw, _, settler) = with_vow(Limits { unsettled_max: 2, ..Limits::default() });
    raw.vat.heap.pause();
    let to_object = format!("<15'op:deliver-only<11'desc:export{settler}+>[]>");
    raw.say(&to_object).unwrap();
    raw.say(&to_object).unwrap();
    assert_eq!(unsettled(&raw).count, 2);
    // Another table, and no delivery at all.
    raw.check("<12'op:gc-answer[1+]>", &[]);
    raw.vat.heap.resume();
    raw.vat.turn(|_| ());
    assert_eq!(unsettled(&raw).count, 0);
    raw.vat.heap.pause();
    raw.say(&to_object).unwrap();
    raw.say(&to_object).unwrap();
    assert_eq!(raw.say(&to_object), too_many("unsettled deliveries", 2));
}

#[test]
fn a_session_without_a_limit_of_what_is_unsettled_is_not_counted() {
    let (max, bytes) = (u64::MAX, u64::MAX);
    let limits = Limits { unsettled_max: max, unsettled_bytes_max: bytes, ..Limits::default() };
    let (mut raw, ..) = with_vow(limits);
    for _ in 0..10 {
        raw.say(TO_VOW).unwrap();
    }
    assert_eq!(unsettled(&raw), Unsettled::default());
}

#[test]
fn a_local_session_is_not_ended_by_what_is_unsettled() {
    let limits = Limits { unsettled_max: 2, ..Limits::default() };
    let mut vat = FakeVat::new();
    let vow = vat.heap.promise();
    vat.heap.keep(Ref::Resolver(vow));
    vat.heap.share(b"vow", Ref::Promise(vow));
    let id = vat.join(Session::local(config(SessionId(3), OLD, limits)));
    let mut say = |operation: &str| {
        let octets = operation.as_bytes().to_vec().into();
        vat.apply(id, Operation::decode(&octets).unwrap())
    };
    say("<10'op:deliver<11'desc:export0+>[5'fetch3:vow]1+f>").unwrap();
    for _ in 0..4 {
        assert_eq!(say(TO_VOW), Ok(()), "the quota of its vat decides");
    }
    assert_eq!(vat.heap.unsettled(id).unwrap().count, 4);
}
