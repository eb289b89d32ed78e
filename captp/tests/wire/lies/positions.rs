//! Lies about positions.

use super::Liar;
use crate::raw::{Raw, broken, fulfilled, given_back};

/// A message to a position that was never exported. Sees: an abort, "no export at position 99".
/// Stays: nothing.
#[test]
fn a_message_to_what_was_never_exported() {
    Liar::new().ends("<10'op:deliver<11'desc:export99+>[]ff>", "no export at position 99");
}

/// A message to an answer that was never asked for. Sees: an abort, "no answer at position 99".
/// Stays: nothing.
#[test]
fn a_message_to_an_answer_of_nothing() {
    Liar::new().ends("<10'op:deliver<11'desc:answer99+>[]ff>", "no answer at position 99");
}

/// An argument, deep inside, that was never exported, after good ones. Sees: an abort. Stays:
/// nothing, neither the message nor the imports before the lie.
#[test]
fn an_argument_that_was_never_exported() {
    let liar = Liar::new();
    let echo = liar.echo;
    liar.ends(
        format!(
            "<10'op:deliver<11'desc:export{echo}+>[<18'desc:import-object70+>\
             <19'desc:import-promise71+>[{{1\"a<11'desc:export99+>}}]]7+<18'desc:import-object72+>>"
        ),
        "no export at position 99",
    );
}

/// An argument that is an answer never asked for. Sees: an abort. Stays: nothing.
#[test]
fn an_argument_that_is_an_answer_of_nothing() {
    let liar = Liar::new();
    let echo = liar.echo;
    liar.ends(
        format!("<10'op:deliver<11'desc:export{echo}+>[<11'desc:answer99+>]ff>"),
        "no answer at position 99",
    );
}

/// An argument that is the answer of the very message. Sees: an abort, since it is not there yet.
/// Stays: nothing.
#[test]
fn an_argument_that_is_its_own_answer() {
    let liar = Liar::new();
    let echo = liar.echo;
    liar.ends(
        format!("<10'op:deliver<11'desc:export{echo}+>[<11'desc:answer7+>]7+f>"),
        "no answer at position 7",
    );
}

/// A listen to a position that was never exported. Sees: an abort. Stays: nothing.
#[test]
fn a_listen_to_what_was_never_exported() {
    Liar::new().ends(
        "<9'op:listen<11'desc:export99+><18'desc:import-object7+>f>",
        "no export at position 99",
    );
}

/// A listen to an answer that was never asked for. Sees: an abort. Stays: nothing.
#[test]
fn a_listen_to_an_answer_of_nothing() {
    Liar::new().ends(
        "<9'op:listen<11'desc:answer99+><18'desc:import-object7+>>",
        "no answer at position 99",
    );
}

/// A listen to an object, which is no promise. Sees: it is told that very object, at once. Stays:
/// one more count of that export.
#[test]
fn a_listen_to_what_is_no_promise() {
    let mut liar = Liar::new();
    let echo = liar.echo;
    let heard =
        liar.is_taken(format!("<9'op:listen<11'desc:export{echo}+><18'desc:import-object7+>>"));
    assert_eq!(heard, [fulfilled(7, &format!("<18'desc:import-object{echo}+>")), given_back(7)]);
    liar.is_taken(format!("<13'op:gc-exports[{echo}+][1+]>"));
    liar.goes_on();
    liar.after();
}

/// A listen to the bootstrap object. Sees: the resolver is broken. Stays: the session.
#[test]
fn a_listen_to_the_bootstrap_object() {
    let mut liar = Liar::new();
    let heard = liar.is_taken("<9'op:listen<11'desc:export0+><18'desc:import-object7+>>");
    let error =
        "bad-call: the bootstrap object is for fetch alone, not to be passed or listened to";
    assert_eq!(heard, [broken(7, error), given_back(7)]);
    liar.goes_on();
    liar.after();
}

/// The bootstrap object as an argument. Sees: its answer is broken, and its imports are given
/// back. Stays: the session; nobody gets the message.
#[test]
fn the_bootstrap_object_as_an_argument() {
    let mut liar = Liar::new();
    let echo = liar.echo;
    let heard = liar.is_taken(format!(
        "<10'op:deliver<11'desc:export{echo}+>[<18'desc:import-object70+>[<11'desc:export0+>]]f\
         <18'desc:import-object7+>>"
    ));
    let error =
        "bad-call: the bootstrap object is for fetch alone, not to be passed or listened to";
    assert_eq!(heard, [broken(7, error), "<13'op:gc-exports[70+7+][1+1+]>".to_owned()]);
    liar.goes_on();
    liar.after();
}

/// Parts of what was never exported or asked for. Sees: an abort. Stays: nothing.
#[test]
fn parts_of_what_is_not_there() {
    for (op, part) in [("6'op:get", "1\"a"), ("8'op:index", "0+"), ("8'op:untag", "1\"t")] {
        for (from, what) in [("11'desc:export", "export"), ("11'desc:answer", "answer")] {
            Liar::new()
                .ends(format!("<{op}<{from}99+>{part}7+>"), &format!("no {what} at position 99"));
        }
    }
}

/// A part of the bootstrap object. Sees: the answer is broken. Stays: the session.
#[test]
fn a_part_of_the_bootstrap_object() {
    let mut liar = Liar::new();
    assert_eq!(liar.is_taken("<6'op:get<11'desc:export0+>1\"a7+>"), [""; 0]);
    let heard = liar.is_taken("<9'op:listen<11'desc:answer7+><18'desc:import-object8+>>");
    assert!(heard[0].starts_with("<10'op:deliver<11'desc:export8+>[5'break"), "{heard:?}");
    liar.goes_on();
    liar.after();
}

/// A message to an export that was given back. Sees: an abort. Stays: nothing; the object itself
/// and another peer's reference to it are untouched.
#[test]
fn a_message_to_what_was_given_back() {
    let mut liar = Liar::new();
    let echo = liar.echo;
    assert_eq!(liar.is_taken(format!("<13'op:gc-exports[{echo}+][1+]>")), [""; 0]);
    liar.ends(
        format!("<10'op:deliver<11'desc:export{echo}+>[]ff>"),
        &format!("no export at position {echo}"),
    );
}

/// A message, a listen or a part of an answer that was given back. Sees: an abort. Stays: nothing;
/// the promise of another listener is untouched.
#[test]
fn what_is_addressed_to_an_answer_given_back() {
    for op in [
        "<10'op:deliver<11'desc:answerN+>[]ff>",
        "<9'op:listen<11'desc:answerN+><18'desc:import-object7+>>",
        "<6'op:get<11'desc:answerN+>1\"a7+>",
        "<10'op:deliver<11'desc:export1+>[<11'desc:answerN+>]ff>",
    ] {
        let mut liar = Liar::new();
        let vow = liar.vow;
        assert_eq!(liar.is_taken(format!("<13'op:gc-answers[{vow}+]>")), [""; 0]);
        assert_eq!(liar.echo, 1);
        liar.ends(op.replace('N', &vow.to_string()), &format!("no answer at position {vow}"));
    }
}

/// An import that was an object is now said to be a promise. Sees: an abort. Stays: nothing.
#[test]
fn an_object_that_becomes_a_promise() {
    let liar = Liar::new();
    let echo = liar.echo;
    liar.ends(
        format!("<10'op:deliver<11'desc:export{echo}+>[<19'desc:import-promise40+>]ff>"),
        "position 40 is described both as an object and as a promise",
    );
}

/// An import that was a promise is now said to be an object. Sees: an abort. Stays: nothing.
#[test]
fn a_promise_that_becomes_an_object() {
    let liar = Liar::new();
    let echo = liar.echo;
    liar.ends(
        format!("<10'op:deliver<11'desc:export{echo}+>[<18'desc:import-object41+>]ff>"),
        "position 41 is described both as an object and as a promise",
    );
}

/// One message describes one position both ways. Sees: an abort. Stays: nothing, and the object of
/// the message was not run.
#[test]
fn one_position_described_both_ways_in_one_message() {
    let liar = Liar::new();
    let echo = liar.echo;
    liar.ends(
        format!(
            "<10'op:deliver<11'desc:export{echo}+>[<18'desc:import-object70+>]f\
             <19'desc:import-promise70+>>"
        ),
        "position 70 is described both as an object and as a promise",
    );
}

/// The largest position that there is, and the one that is its bootstrap object's. Sees: they are
/// positions as any. Stays: nothing that is not given back.
#[test]
fn the_largest_position_and_the_smallest() {
    let mut liar = Liar::new();
    let echo = liar.echo;
    for position in [u64::MAX, 0] {
        let heard = liar.is_taken(format!(
            "<10'op:deliver<11'desc:export{echo}+>[<18'desc:import-object{position}+>]ff>"
        ));
        assert_eq!(heard, [given_back(position)]);
    }
    liar.goes_on();
    liar.after();
}

/// Positions that are none: negative, beyond 64 bits, a string. Sees: an abort, "malformed
/// operation: not a position". Stays: nothing.
#[test]
fn positions_that_are_none() {
    for position in ["1-", "18446744073709551616+", "1\"1", "99999999999999999999999999-"] {
        let mut liar = Liar::new();
        let lie = format!("<10'op:deliver<11'desc:export{position}>[]ff>");
        let violation = liar.raw.say(&lie).expect_err(&lie).to_string();
        assert!(violation.starts_with("malformed operation: not a position"), "{violation}");
        liar.raw.heard();
        liar.after();
    }
}

/// Any of these, told by a stranger who has fetched nothing yet. Sees: an abort. Stays: nothing;
/// not a row was written.
#[test]
fn lies_of_a_stranger() {
    for (lie, reason) in [
        ("<10'op:deliver<11'desc:export1+>[]ff>", "no export at position 1"),
        ("<10'op:deliver<11'desc:answer1+>[]ff>", "no answer at position 1"),
        ("<9'op:listen<11'desc:export1+><18'desc:import-object1+>>", "no export at position 1"),
        ("<8'op:index<11'desc:answer1+>0+2+>", "no answer at position 1"),
        ("<13'op:gc-exports[1+][1+]>", "no export at position 1"),
        ("<13'op:gc-answers[1+]>", "no answer at position 1"),
    ] {
        let mut raw = Raw::plain();
        raw.is_aborted(lie, reason);
        assert!(raw.vat.heap.rows().is_empty(), "{lie}");
        assert!(raw.vat.heap.held().is_empty(), "{lie}");
        assert_eq!(raw.vat.heap.imports(), [], "{lie}");
    }
}
