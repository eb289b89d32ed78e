//! Lies about answers and promises.

use hogshead_captp::session::holdings;
use hogshead_objects::{Error, Value};

use super::Liar;
use crate::raw::{fulfilled, given_back};

/// The liar tells its answer twice. Sees: nothing. Stays: the first.
#[test]
fn an_answer_told_twice() {
    let mut liar = Liar::new();
    let (promise, answer, resolver) = liar.owed;
    for (value, heard) in [(1, vec![format!("<13'op:gc-answers[{answer}+]>")]), (2, vec![])] {
        let says = format!("<10'op:deliver<11'desc:export{resolver}+>[7'fulfill{value}+]ff>");
        assert_eq!(liar.is_taken(says), heard);
        assert_eq!(liar.raw.vat.heap.outcome(promise), Some(&Ok(Value::from(1_u64))));
    }
    liar.goes_on();
    liar.after();
}

/// It fulfils, then breaks. Sees: nothing. Stays: what it fulfilled.
#[test]
fn an_answer_fulfilled_and_then_broken() {
    let mut liar = Liar::new();
    let (promise, _, resolver) = liar.owed;
    for args in ["[7'fulfill1+]", "[5'break<10'desc:error4\"late>]"] {
        liar.is_taken(format!("<10'op:deliver<11'desc:export{resolver}+>{args}ff>"));
    }
    assert_eq!(liar.raw.vat.heap.outcome(promise), Some(&Ok(Value::from(1_u64))));
    liar.goes_on();
    liar.after();
}

/// It breaks, then fulfils. Sees: nothing. Stays: the break; what the late value held is given
/// back.
#[test]
fn an_answer_broken_and_then_fulfilled() {
    let mut liar = Liar::new();
    let (promise, _, resolver) = liar.owed;
    liar.is_taken(format!(
        "<10'op:deliver<11'desc:export{resolver}+>[5'break<10'desc:error4\"boom>]ff>"
    ));
    let heard = liar.is_taken(format!(
        "<10'op:deliver<11'desc:export{resolver}+>[7'fulfill<18'desc:import-object77+>]ff>"
    ));
    assert_eq!(heard, [given_back(77)]);
    let Some(Err(error)) = liar.raw.vat.heap.outcome(promise) else { panic!("it is broken") };
    assert_eq!(error.to_string(), "boom");
    liar.goes_on();
    liar.after();
}

/// An answer to nobody: a resolver that was never exported. Sees: an abort. Stays: nothing.
#[test]
fn an_answer_to_nobody() {
    Liar::new()
        .ends("<10'op:deliver<11'desc:export99+>[7'fulfill1+]ff>", "no export at position 99");
}

/// It gives our resolver back and answers then. Sees: an abort. Stays: nothing; the answer is
/// broken.
#[test]
fn an_answer_after_its_resolver_was_given_back() {
    let mut liar = Liar::new();
    let (promise, _, resolver) = liar.owed;
    assert_eq!(liar.is_taken(format!("<13'op:gc-exports[{resolver}+][1+]>")), [""; 0]);
    assert_eq!(liar.raw.vat.heap.outcome(promise), None, "it is waited for");
    liar.ends(
        format!("<10'op:deliver<11'desc:export{resolver}+>[7'fulfill1+]ff>"),
        &format!("no export at position {resolver}"),
    );
}

/// It never answers, and gives the resolver back. Sees: nothing. Stays: the promise, pending until
/// the session ends, then broken.
#[test]
fn an_answer_that_never_comes() {
    let mut liar = Liar::new();
    let (_, _, resolver) = liar.owed;
    liar.is_taken(format!("<13'op:gc-exports[{resolver}+][1+]>"));
    liar.goes_on();
    liar.after();
}

/// It answers with the promise of that very answer. Sees: nothing. Stays: the promise is broken
/// instead of waiting for itself.
#[test]
fn an_answer_that_is_itself() {
    let mut liar = Liar::new();
    let (theirs, resolver) = liar.theirs;
    liar.is_taken(format!(
        "<10'op:deliver<11'desc:export{resolver}+>[7'fulfill<19'desc:import-promise41+>]ff>"
    ));
    assert!(matches!(liar.raw.vat.heap.outcome(theirs), Some(Err(_))));
    liar.goes_on();
    liar.after();
}

/// Two promises, each fulfilled with the other. Sees: nothing. Stays: both are settled, and
/// nothing waits for ever.
#[test]
fn promises_fulfilled_with_each_other() {
    let mut liar = Liar::new();
    let (theirs, resolver) = liar.theirs;
    let hogshead_objects::Ref::Promise(other) = liar.raw.lend("<19'desc:import-promise42+>") else {
        panic!("a promise")
    };
    let object = liar.raw.add(|_, _| Ok(Value::Null));
    let second = liar.raw.offer(object) - 1;
    for (resolver, with) in [(resolver, 42), (second, 41)] {
        liar.is_taken(format!(
            "<10'op:deliver<11'desc:export{resolver}+>[7'fulfill<19'desc:import-promise{with}+>]ff>"
        ));
    }
    for promise in [theirs, other] {
        assert!(liar.raw.vat.heap.outcome(promise).is_some(), "it is settled");
    }
    liar.goes_on();
    liar.after();
}

/// An answer position that is in use, by a message, a part or an error. Sees: an abort, "answer
/// position N is in use". Stays: nothing.
#[test]
fn an_answer_position_in_use() {
    for op in [
        "<10'op:deliver<11'desc:export1+>[<18'desc:import-object70+>]N+<18'desc:import-object71+>>",
        "<10'op:deliver<11'desc:export0+>[5'fetch3:vow]N+f>",
        "<10'op:deliver<11'desc:export0+>[5'fetch4:nope]N+f>",
        "<10'op:deliver<11'desc:export0+>[12'deposit-gift2:id<11'desc:export1+>]N+f>",
        "<10'op:deliver<11'desc:export0+>[13'withdraw-gift]N+f>",
        "<6'op:get<11'desc:export1+>1\"aN+>",
        "<8'op:index<11'desc:answerN+>0+N+>",
        "<8'op:untag<11'desc:answerN+>1\"tN+>",
    ] {
        let mut liar = Liar::new();
        liar.is_taken("<10'op:deliver<11'desc:export0+>[5'fetch4:nope]7+f>");
        let vow = liar.vow;
        for used in [vow, 7] {
            let mut liar = Liar::new();
            liar.is_taken("<10'op:deliver<11'desc:export0+>[5'fetch4:nope]7+f>");
            liar.ends(
                op.replace('N', &used.to_string()),
                &format!("answer position {used} is in use"),
            );
        }
        liar.after();
    }
}

/// Answers given back that were never asked for. Sees: an abort. Stays: nothing.
#[test]
fn answers_given_back_that_were_never_asked_for() {
    Liar::new().ends("<13'op:gc-answers[99+]>", "no answer at position 99");
}

/// An answer given back twice, in two operations or in one, after good ones. Sees: an abort.
/// Stays: nothing.
#[test]
fn an_answer_given_back_twice() {
    let mut liar = Liar::new();
    let vow = liar.vow;
    liar.is_taken(format!("<13'op:gc-answers[{vow}+]>"));
    liar.ends(format!("<13'op:gc-answers[{vow}+]>"), &format!("no answer at position {vow}"));
    Liar::new()
        .ends(format!("<13'op:gc-answers[{vow}+{vow}+]>"), &format!("no answer at position {vow}"));
    let mut liar = Liar::new();
    liar.is_taken("<10'op:deliver<11'desc:export0+>[5'fetch4:nope]7+f>");
    liar.ends("<13'op:gc-answers[7+7+]>", "no answer at position 7");
}

/// One resolver for several outcomes at once. Sees: it is told each, and given back once with all
/// counts. Stays: the session.
#[test]
fn resolvers_that_collide() {
    let mut liar = Liar::new();
    let (echo, vow) = (liar.echo, liar.vow);
    for _ in 0..2 {
        assert_eq!(
            liar.is_taken(format!("<9'op:listen<11'desc:answer{vow}+><18'desc:import-object7+>>")),
            [""; 0]
        );
    }
    let heard = liar
        .is_taken(format!("<10'op:deliver<11'desc:export{echo}+>[1+]f<18'desc:import-object7+>>"));
    assert_eq!(heard, [fulfilled(7, "[1+]")]);
    let pending = |liar: &Liar| holdings(liar.raw.id, liar.raw.vat.heap.rows()).unwrap().pending;
    assert_eq!(pending(&liar), 2);
    liar.goes_on();
    liar.after();
}

/// A resolver that is an object of ours that the liar lends us back as its own. Sees: it is told
/// like any. Stays: the session.
#[test]
fn a_resolver_that_is_an_argument_too() {
    let mut liar = Liar::new();
    let echo = liar.echo;
    let heard = liar.is_taken(format!(
        "<10'op:deliver<11'desc:export{echo}+>[<18'desc:import-object40+>]f\
         <18'desc:import-object40+>>"
    ));
    assert_eq!(heard[0], fulfilled(40, "[<11'desc:export40+>]"));
    liar.goes_on();
    liar.after();
}

/// `fulfill` and `break` to an object that is no resolver. Sees: what the object says. Stays: the
/// session; no promise is touched.
#[test]
fn a_fulfil_to_what_is_no_resolver() {
    let mut liar = Liar::new();
    let echo = liar.echo;
    let heard = liar.is_taken(format!(
        "<10'op:deliver<11'desc:export{echo}+>[7'fulfill1+]f<18'desc:import-object7+>>"
    ));
    assert_eq!(heard, [fulfilled(7, "[7'fulfill1+]"), given_back(7)]);
    assert_eq!(liar.raw.vat.heap.outcome(liar.owed.0), None);
    liar.goes_on();
    liar.after();
}

/// It settles a promise of ours, by the resolver of nobody: `fulfill` sent to the promise. Sees:
/// nothing until the promise settles; then it is a message. Stays: the promise is ours to settle.
#[test]
fn a_fulfil_to_a_promise() {
    let mut liar = Liar::new();
    let (_, promise) = liar.raw.vow();
    liar.raw.vat.heap.share(b"mine", hogshead_objects::Ref::Promise(promise));
    liar.is_taken("<10'op:deliver<11'desc:export0+>[5'fetch4:mine]7+f>");
    liar.is_taken("<10'op:deliver<11'desc:answer7+>[7'fulfill1+]ff>");
    assert_eq!(liar.raw.vat.heap.outcome(promise), None);
    liar.raw.vat.turn(|heap| {
        let outcome = Err(Error::refused("no"));
        hogshead_objects::heap::Heap::settle(heap, promise, outcome).unwrap();
    });
    liar.goes_on();
    liar.after();
}
