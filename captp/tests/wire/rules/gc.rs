//! "`op:gc-exports`" and "`op:gc-answers`".

use hogshead_captp::session::holdings;
use hogshead_objects::heap::Part;
use hogshead_objects::{Ref, Value};

use crate::raw::{NEW, OLD, Raw, broken, given_back};
use hogshead_captp::Limits;

/// Sends our vat's object once more: the peer asks for it by the swiss number `mine`.
fn send_again(raw: &mut Raw) -> String {
    raw.say("<10'op:deliver<11'desc:export0+>[5'fetch4:mine]f<18'desc:import-object7+>>").unwrap();
    raw.heard().remove(0)
}

fn with_mine() -> (Raw, Ref) {
    let mut raw = Raw::plain();
    let mine = raw.add(|_, _| Ok(Value::Undefined));
    raw.vat.heap.share(b"mine", mine);
    (raw, mine)
}

/// op:gc-exports: each time a reference is sent its count MUST be incremented, the first time to
/// one; it is valid until as many were given back.
#[test]
fn an_export_lives_until_every_sending_is_given_back() {
    let (mut raw, mine) = with_mine();
    for _ in 0..3 {
        assert!(send_again(&mut raw).ends_with("[7'fulfill<18'desc:import-object1+>]ff>"));
    }
    assert_eq!(raw.vat.heap.holders(mine), 1, "one export however often it is sent");
    for delta in [2, 1] {
        raw.check("<10'op:deliver<11'desc:export1+>[]ff>", &[]);
        assert_eq!(raw.vat.heap.holders(mine), 1);
        raw.check(format!("<13'op:gc-exports[1+][{delta}+]>"), &[]);
    }
    assert_eq!(raw.vat.heap.holders(mine), 0);
    raw.is_aborted("<10'op:deliver<11'desc:export1+>[]ff>", "no export at position 1");
}

/// op:gc-exports: what is sent twice in one message counts twice, in containers too.
#[test]
fn each_mention_in_a_message_counts() {
    let mut raw = Raw::plain();
    let mine = raw.add(|_, _| Ok(Value::Undefined));
    let all = raw.object(move |_, _| {
        let mine = Value::Ref(mine);
        let fields = [("a", mine.clone()), ("b", mine.clone())];
        Ok(Value::list([mine.clone(), Value::structure(fields), Value::tagged("t", mine)]))
    });
    let ask = format!("<10'op:deliver<11'desc:export{all}+>[]f<18'desc:import-object7+>>");
    raw.say(ask).unwrap();
    assert_eq!(raw.heard().concat().matches("desc:import-object2+").count(), 4);
    raw.check("<13'op:gc-exports[2+][3+]>", &[]);
    assert_eq!(raw.vat.heap.holders(mine), 1);
    raw.check("<13'op:gc-exports[2+][1+]>", &[]);
    assert_eq!(raw.vat.heap.holders(mine), 0);
}

/// op:gc-exports, Receiving: the counts fall by the wire deltas, position by position.
#[test]
fn one_operation_gives_back_several() {
    let mut raw = Raw::plain();
    let (one, two) = (raw.add(|_, _| Ok(Value::Null)), raw.add(|_, _| Ok(Value::Null)));
    let (first, second) = (raw.offer(one), raw.offer(two));
    raw.offer(one);
    raw.check(format!("<13'op:gc-exports[{first}+{second}+][1+1+]>"), &[]);
    assert_eq!((raw.vat.heap.holders(one), raw.vat.heap.holders(two)), (1, 0));
    raw.check(format!("<13'op:gc-exports[{first}+][1+]>"), &[]);
    assert_eq!(raw.vat.heap.holders(one), 0);
    assert_eq!(holdings(raw.id, raw.vat.heap.rows()).unwrap().exports, 0);
}

/// op:gc-exports: a peer that needs references no longer MUST say so, with how often each was
/// received since it last said so: we do, for each receipt.
#[test]
fn what_is_received_is_given_back_as_often() {
    for (dialect, label) in [(OLD, "12'op:gc-export"), (NEW, "13'op:gc-exports")] {
        let mut raw = Raw::new(dialect, Limits::default());
        let object = "<18'desc:import-object4+>";
        let sink = raw.object(|_, _| Ok(Value::Undefined));
        raw.check(
            format!("<10'op:deliver<11'desc:export{sink}+>[{}]ff>", object.repeat(4)),
            &[&format!("<{label}[4+][4+]>")],
        );
        for _ in 0..2 {
            raw.check(
                format!("<10'op:deliver<11'desc:export{sink}+>[[{object}]]ff>"),
                &[&format!("<{label}[4+][1+]>")],
            );
        }
    }
}

/// op:gc-exports: the wire delta counts what was received since the last operation for that
/// reference, so an import that is kept is given back only when it is let go, with all receipts.
#[test]
fn what_is_kept_is_given_back_when_it_is_let_go() {
    let mut raw = Raw::plain();
    let keeper = raw.keeper();
    for _ in 0..3 {
        raw.check(
            format!("<10'op:deliver<11'desc:export{keeper}+>[<18'desc:import-object4+>]ff>"),
            &[],
        );
    }
    let (theirs, kept) = raw.vat.heap.kept().next().unwrap();
    assert_eq!(kept, 3);
    for _ in 0..2 {
        raw.vat.turn(|heap| heap.let_go(theirs));
        assert_eq!(raw.heard(), [""; 0]);
    }
    raw.vat.turn(|heap| heap.let_go(theirs));
    assert_eq!(raw.heard(), ["<13'op:gc-exports[4+][3+]>"]);
    // What comes after the last operation counts from one again.
    let sink = raw.object(|_, _| Ok(Value::Undefined));
    raw.check(
        format!("<10'op:deliver<11'desc:export{sink}+>[<18'desc:import-object4+>]ff>"),
        &[&given_back(4)],
    );
}

/// op:gc-exports: resolvers are references too: each is given back once it was told.
#[test]
fn resolvers_are_given_back_once_told() {
    let mut raw = Raw::plain();
    let echo = raw.echo();
    for _ in 0..2 {
        raw.say(format!("<10'op:deliver<11'desc:export{echo}+>[]f<18'desc:import-object4+>>"))
            .unwrap();
        assert_eq!(raw.heard()[1..], [given_back(4)]);
    }
}

/// op:gc-exports: it is sent promptly: within the turn that let the last reference go, several
/// positions in one operation.
#[test]
fn what_a_turn_lets_go_is_one_operation() {
    let mut raw = Raw::plain();
    let lent = [40, 41, 42].map(|n| raw.lend(&format!("<18'desc:import-object{n}+>")));
    raw.vat.turn(|heap| lent.into_iter().for_each(|theirs| heap.let_go(theirs)));
    assert_eq!(raw.heard(), ["<13'op:gc-exports[40+41+42+][1+1+1+]>"]);
}

/// op:gc-answers: an answer of ours is given back when nobody here needs it any more, with the
/// position of its `op:deliver`.
#[test]
fn our_answers_are_given_back() {
    for (dialect, label) in [(OLD, "12'op:gc-answer"), (NEW, "13'op:gc-answers")] {
        let mut raw = Raw::new(dialect, Limits::default());
        let (_, answer, resolver) = raw.ask(90);
        raw.say(format!("<10'op:deliver<11'desc:export{resolver}+>[7'fulfill5\"Hello]ff>"))
            .unwrap();
        assert_eq!(raw.heard(), [format!("<{label}[{answer}+]>")], "it is settled");
        let (promise, answer, _) = raw.ask(91);
        raw.vat.turn(|heap| heap.let_go(Ref::Promise(promise)));
        assert_eq!(raw.heard(), [format!("<{label}[{answer}+]>")], "it is let go");
    }
}

/// op:gc-answers: each element MUST be the `answer-pos` of a message: also those of `op:get`,
/// `op:index` and `op:untag`, and none is given back twice.
#[test]
fn answers_of_parts_are_given_back_once() {
    let mut raw = Raw::plain();
    let (promise, answer, _) = raw.ask(90);
    let part = raw.vat.turn(|heap| heap.part(Ref::Promise(promise), Part::Item(0)));
    raw.heard();
    raw.vat.turn(|heap| {
        heap.let_go(Ref::Promise(part));
        heap.let_go(Ref::Promise(promise));
    });
    let heard = raw.heard().concat();
    let given: std::collections::BTreeSet<u64> =
        heard.split(['[', ']', '+']).filter_map(|number| number.parse().ok()).collect();
    assert_eq!(given, [answer, part.0].into(), "{heard}");
    assert_eq!(heard.matches(&format!("{answer}+")).count(), 1, "{heard}");
    raw.vat.turn(|_| ());
    assert_eq!(raw.heard(), [""; 0]);
}

/// op:gc-answers: once it has been given back an answer position can be used again.
#[test]
fn an_answer_position_given_back_can_be_used_again() {
    let mut raw = Raw::plain();
    let echo = raw.echo();
    for n in 0..3 {
        raw.check(format!("<10'op:deliver<11'desc:export{echo}+>[{n}+]1+f>"), &[]);
        raw.say("<9'op:listen<11'desc:answer1+><18'desc:import-object5+>>").unwrap();
        assert!(raw.heard()[0].contains(&format!("[7'fulfill[{n}+]]")));
        raw.check("<13'op:gc-answers[1+]>", &[]);
    }
    // Also one that was an error from the start.
    raw.check("<10'op:deliver<11'desc:export0+>[5'fetch4:nope]1+f>", &[]);
    raw.check("<13'op:gc-answers[1+]>", &[]);
    raw.check(format!("<10'op:deliver<11'desc:export{echo}+>[]1+f>"), &[]);
}

/// op:gc-answers, Receiving: what was pipelined before it arrives still is delivered.
#[test]
fn what_was_pipelined_outlives_the_answer_position() {
    let mut raw = Raw::plain();
    let (vow, promise) = raw.vow();
    let answer = raw.answer(vow);
    raw.check(
        format!("<10'op:deliver<11'desc:answer{answer}+>[2'hi]f<18'desc:import-object5+>>"),
        &[],
    );
    raw.check(format!("<13'op:gc-answers[{answer}+]>"), &[]);
    raw.vat.turn(|heap| {
        let outcome = Err(hogshead_objects::Error::refused("no"));
        hogshead_objects::heap::Heap::settle(heap, promise, outcome).unwrap();
    });
    assert_eq!(raw.heard(), [broken(5, "refused: no"), given_back(5)]);
}

/// op:gc-exports: both forms of the labels are taken, whatever is sent; the older text's single
/// numbers too.
#[test]
fn both_labels_and_lists_or_single_numbers_are_taken() {
    for operation in [
        "<13'op:gc-exports[1+][1+]>",
        "<12'op:gc-export[1+][1+]>",
        "<12'op:gc-export1+1+>",
        "<13'op:gc-exports1+1+>",
    ] {
        let (mut raw, mine) = with_mine();
        send_again(&mut raw);
        raw.check(operation, &[]);
        assert_eq!(raw.vat.heap.holders(mine), 0, "{operation}");
    }
    for operation in [
        "<13'op:gc-answers[1+]>",
        "<12'op:gc-answer[1+]>",
        "<12'op:gc-answer1+>",
        "<13'op:gc-answers1+>",
    ] {
        let mut raw = Raw::plain();
        let echo = raw.echo();
        raw.check(format!("<10'op:deliver<11'desc:export{echo}+>[]1+f>"), &[]);
        assert_eq!(holdings(raw.id, raw.vat.heap.rows()).unwrap().answers, 1);
        raw.check(operation, &[]);
        assert_eq!(holdings(raw.id, raw.vat.heap.rows()).unwrap().answers, 0, "{operation}");
    }
}
