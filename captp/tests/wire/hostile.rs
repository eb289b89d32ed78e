//! Lies and their outcomes: a violation ends the session, and nothing that it held remains.

use hogshead_captp::syrup::{DecodeError, Problem};
use hogshead_captp::{Limits, Violation};
use hogshead_objects::{Message, Value};

use crate::raw::{OLD, Raw};

/// A peer that has fetched our echo: export 1, its answer at position 1, resolver at position 1.
fn with_echo() -> Raw {
    let mut raw = Raw::new(OLD, Limits::default());
    let echo = raw.vat.heap.object(|_, message| Ok(Value::List(message.values)));
    raw.vat.heap.share(b"echo", echo);
    raw.say("<10'op:deliver<11'desc:export0+>[5'fetch4:echo]1+<18'desc:import-object1+>>").unwrap();
    raw.heard();
    raw
}

#[test]
fn every_lie_has_its_outcome() {
    // Where it is malformed is for the tests of Syrup; zero stands for anywhere.
    let malformed = |problem| Violation::Malformed(DecodeError { at: 0, problem });
    let delta = |position, delta, sent| Violation::WireDelta { position, delta, sent };
    let cases: Vec<(&str, Violation)> = vec![
        // Positions that were never exported, or are no more.
        ("<15'op:deliver-only<11'desc:export2+>[]>", Violation::UnknownExport(2)),
        ("<15'op:deliver-only<11'desc:answer2+>[]>", Violation::UnknownAnswer(2)),
        (
            "<15'op:deliver-only<11'desc:export1+>[[<11'desc:export9+>]]>",
            Violation::UnknownExport(9),
        ),
        ("<15'op:deliver-only<11'desc:export1+>[<11'desc:answer9+>]>", Violation::UnknownAnswer(9)),
        ("<9'op:listen<11'desc:export7+><18'desc:import-object2+>f>", Violation::UnknownExport(7)),
        ("<9'op:listen<11'desc:answer7+><18'desc:import-object2+>f>", Violation::UnknownAnswer(7)),
        ("<6'op:get<11'desc:answer7+>1\"a2+>", Violation::UnknownAnswer(7)),
        ("<8'op:index<11'desc:export7+>1+2+>", Violation::UnknownExport(7)),
        // Answer positions in use.
        ("<10'op:deliver<11'desc:export1+>[]1+f>", Violation::AnswerInUse(1)),
        ("<10'op:deliver<11'desc:export0+>[5'fetch4:nope]1+f>", Violation::AnswerInUse(1)),
        ("<8'op:untag<11'desc:export1+>1\"a1+>", Violation::AnswerInUse(1)),
        // Counts.
        ("<12'op:gc-export[1+][2+]>", delta(1, 2, 1)),
        ("<12'op:gc-export[1+][0+]>", delta(1, 0, 1)),
        ("<12'op:gc-export[1+1+][1+1+]>", Violation::UnknownExport(1)),
        ("<12'op:gc-export[1+][18446744073709551615+]>", delta(1, u64::MAX, 1)),
        ("<13'op:gc-exports[5+][1+]>", Violation::UnknownExport(5)),
        ("<12'op:gc-export[1+][1+1+]>", malformed(Problem::NotAPosition)),
        ("<12'op:gc-export[1-][1+]>", malformed(Problem::NotAPosition)),
        ("<12'op:gc-answer[2+]>", Violation::UnknownAnswer(2)),
        ("<13'op:gc-answers[1+1+]>", Violation::UnknownAnswer(1)),
        // One position, two kinds.
        (
            "<15'op:deliver-only<11'desc:export1+>[<18'desc:import-object4+><19'desc:import-promise4+>]>",
            Violation::ImportKind(4),
        ),
        // Operations that are none, or have the wrong fields.
        ("<16'op:start-session3\"1.0>", malformed(Problem::NotAKey)),
        ("<7'op:nope>", malformed(Problem::UnknownRecord)),
        ("[]", malformed(Problem::Unexpected)),
        ("<10'op:deliver<11'desc:export1+>[]f>", malformed(Problem::Unexpected)),
        ("<10'op:deliver<11'desc:export1+>[]fff>", malformed(Problem::Unexpected)),
        ("<10'op:deliver<18'desc:import-object1+>[]ff>", malformed(Problem::UnknownRecord)),
        (
            "<10'op:deliver<11'desc:export1+>[]f<11'desc:export1+>>",
            malformed(Problem::UnknownRecord),
        ),
        ("<10'op:deliver<11'desc:export1+>[]1-f>", malformed(Problem::NotAPosition)),
        ("<15'op:deliver-only<11'desc:export1+>[]>t", malformed(Problem::Trailing)),
        ("<15'op:deliver-only<11'desc:export1+>4\"args>", malformed(Problem::Unexpected)),
        ("<8'op:abort4:done>", malformed(Problem::Unexpected)),
    ];
    for (lie, violation) in cases {
        let mut raw = with_echo();
        let told = raw.say(lie).expect_err(lie);
        assert_eq!(anywhere(&told), violation, "{lie}");
        let reason = told.to_string();
        let abort = format!("<8'op:abort{}\"{reason}>", reason.len());
        assert_eq!(raw.heard(), [abort], "{lie}");
        assert!(raw.vat.heap.held().is_empty(), "{lie}");
        assert!(raw.vat.heap.rows().is_empty(), "{lie}: {:?}", raw.vat.heap.rows());
        assert_eq!(raw.vat.heap.imports(), [], "{lie}");
        assert_eq!(raw.say("<12'op:gc-answer[1+]>"), Err(Violation::Ended));
    }
}

fn anywhere(violation: &Violation) -> Violation {
    match violation {
        Violation::Malformed(error) => Violation::Malformed(DecodeError { at: 0, ..*error }),
        other => other.clone(),
    }
}

/// What harms nobody is let pass.
#[test]
fn giving_back_the_bootstrap_object_changes_nothing() {
    let mut raw = with_echo();
    raw.check("<12'op:gc-export[0+][1+]>", &[]);
    raw.say("<10'op:deliver<11'desc:export0+>[5'fetch4:echo]f<18'desc:import-object2+>>").unwrap();
    assert!(raw.heard()[0].contains("fulfill"));
}

/// A peer may name our own resolver, but can settle only its own answer with it, once.
#[test]
fn an_answer_settles_once() {
    let mut raw = with_echo();
    let caller = raw.vat.heap.object(|heap, message| {
        let whom = message.values.iter().flat_map(Value::refs).next().copied();
        heap.ask(whom.expect("somebody to call"), Message::apply(vec![]));
        Ok(Value::Undefined)
    });
    raw.vat.heap.share(b"caller", caller);
    raw.say("<10'op:deliver<11'desc:export0+>[5'fetch6:caller]f<18'desc:import-object2+>>")
        .unwrap();
    raw.say("<15'op:deliver-only<11'desc:export2+>[<18'desc:import-object9+>]>").unwrap();
    let promise = raw.vat.heap.kept().next().expect("the call is kept").0;
    let hogshead_objects::Ref::Promise(promise) = promise else { panic!("a promise") };
    for value in ["1+", "2+"] {
        raw.say(&format!("<15'op:deliver-only<11'desc:export3+>[7'fulfill{value}]>")).unwrap();
    }
    assert_eq!(raw.vat.heap.outcome(promise), Some(&Ok(Value::from(1))));
}
