//! Lies about forms and sizes.

use super::Liar;
use crate::raw::abort;

/// The frame is refused as malformed, for this problem.
#[track_caller]
fn is_malformed(lie: impl AsRef<[u8]>, problem: &str) {
    let mut liar = Liar::new();
    let Err(violation) = liar.raw.say(lie) else { panic!("it was taken") };
    let violation = violation.to_string();
    assert!(violation.starts_with(&format!("malformed operation: {problem}")), "{violation}");
    assert_eq!(liar.raw.heard(), [abort(&violation)]);
    liar.after();
}

/// Lists, structs and tagged values nested 900,000 deep. Sees: an abort, "nested too deeply",
/// after the first 129 levels. Stays: nothing.
#[test]
fn absurd_nesting() {
    for opening in ["[", "{1\"a", "<11'desc:tagged1't"] {
        let lie = format!("<10'op:deliver<11'desc:export1+>[{}", opening.repeat(900_000));
        is_malformed(lie, "nested too deeply");
    }
}

/// More than a million values in one message. Sees: an abort, "too many values". Stays: nothing.
#[test]
fn too_many_values() {
    let lie = format!("<10'op:deliver<11'desc:export1+>[{}]ff>", "t".repeat((1 << 20) + 1));
    is_malformed(lie, "too many values");
}

/// More than 100,000 digits in one message. Sees: an abort, "too many digits". Stays: nothing.
#[test]
fn too_many_digits() {
    let digits = "9".repeat(100_001);
    is_malformed(format!("<10'op:deliver<11'desc:export1+>[{digits}+]ff>"), "too many digits");
    let digits = format!("{0}+{0}+", "9".repeat(50_001));
    is_malformed(format!("<10'op:deliver<11'desc:export1+>[{digits}]ff>"), "too many digits");
}

/// A length of gigabytes that the frame does not have. Sees: an abort, "the frame ends too early",
/// before anything is allocated. Stays: nothing.
#[test]
fn lengths_that_are_not_there() {
    for text in ["4294967296:", "18446744073709551615\"", "99999999999999999999'"] {
        is_malformed(
            format!("<10'op:deliver<11'desc:export1+>[{text}"),
            "the frame ends too early",
        );
    }
}

/// Operations that are none, and records that are none. Sees: an abort, "no such record here".
/// Stays: nothing.
#[test]
fn records_that_are_none() {
    for lie in [
        "<7'op:nope>",
        "<10'op:deliver<18'desc:import-object1+>[]ff>",
        "<10'op:deliver<11'desc:export1+>[]f<11'desc:export1+>>",
        "<10'op:deliver<11'desc:export1+>[<6'op:get>]ff>",
        "<10'op:deliver<11'desc:export1+>[<10'ocapn-peer3'tcp1\"af>]ff>",
    ] {
        is_malformed(lie, "no such record here");
    }
}

/// Fields too many, too few or of another kind. Sees: an abort, "malformed operation". Stays:
/// nothing.
#[test]
fn fields_that_are_wrong() {
    for lie in [
        "<10'op:deliver<11'desc:export1+>[]f>",
        "<10'op:deliver<11'desc:export1+>[]fff>",
        "<10'op:deliver<11'desc:export1+>[]tf>",
        "<10'op:deliver<11'desc:export1+>[]ft>",
        "<10'op:deliver<11'desc:export1+>4\"argsff>",
        "<15'op:deliver-only<11'desc:export1+>[]f>",
        "<9'op:listen<11'desc:answer1+>>",
        "<13'op:gc-answers>",
        "<8'op:abort>",
        "<8'op:abort4'done>",
        "<16'op:start-session3\"1.0>",
        "[]",
        "",
        "<10'op:deliver<11'desc:export1+>[]ff>t",
        "<10\"op:deliver<11'desc:export1+>[]ff>",
    ] {
        is_malformed(lie, "");
    }
}

/// Another text of a value than the canonical one. Sees: an abort, "the number is not in its
/// shortest form". Stays: nothing.
#[test]
fn texts_that_are_not_canonical() {
    for value in ["007+", "0-", "00+", "03\"abc"] {
        is_malformed(
            format!("<10'op:deliver<11'desc:export1+>[{value}]ff>"),
            "the number is not in its shortest form",
        );
    }
}

/// A struct that has one key twice. Sees: an abort, "the struct has a key twice". Stays: nothing.
#[test]
fn a_key_twice() {
    is_malformed(
        "<10'op:deliver<11'desc:export1+>[{1\"a1+1\"a2+}]ff>",
        "the struct has a key twice",
    );
}

/// A reason of an abort that is a book. Sees: nothing, it has gone. Stays: nothing; 1,024 octets of
/// the reason are passed on.
#[test]
fn a_reason_without_end() {
    let mut liar = Liar::new();
    let reason = "because ".repeat(100_000);
    liar.raw.check(format!("<8'op:abort{}\"{reason}>", reason.len()), &[]);
    let Some(Err(error)) = liar.raw.vat.heap.outcome(liar.owed.0) else { panic!("it broke") };
    assert!(error.to_string().len() < 1200, "{} octets", error.to_string().len());
    assert!(error.to_string().contains("because because"));
    liar.after();
}
