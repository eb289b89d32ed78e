//! "`op:get`", "`op:index`" and "`op:untag`".

use hogshead_objects::heap::{Heap, Part};
use hogshead_objects::{Error, Ref, Value};

use crate::raw::{Raw, broken, fulfilled, given_back};

/// A peer with an answer at this position that is `value`.
fn with(value: Value) -> (Raw, u64) {
    let mut raw = Raw::plain();
    let (vow, promise) = raw.vow();
    let answer = raw.answer(vow);
    raw.vat.turn(|heap| heap.settle(promise, Ok(value)).unwrap());
    (raw, answer)
}

/// Listens to answer 3 and expects to hear its value, or `None` for a break.
#[track_caller]
fn hears(raw: &mut Raw, value: Option<&str>) {
    raw.say("<9'op:listen<11'desc:answer3+><18'desc:import-object5+>>").unwrap();
    let heard = raw.heard();
    match value {
        Some(value) => assert_eq!(heard, [fulfilled(5, value), given_back(5)]),
        None => assert!(heard[0].contains("[5'break<10'desc:error"), "{heard:?}"),
    }
}

fn car() -> Value {
    Value::structure([("name", Value::from("zoom")), ("seats", Value::from(2_u64))])
}

/// op:get: gives the field of that name of a struct.
#[test]
fn get_gives_a_field() {
    let (mut raw, answer) = with(car());
    raw.check(format!("<6'op:get<11'desc:answer{answer}+>5\"seats3+>"), &[]);
    hears(&mut raw, Some("2+"));
}

/// op:get: rejects if the receiver is not a struct, or has no such field.
#[test]
fn get_of_what_is_no_struct_or_has_no_such_field_breaks() {
    let list = Value::list([Value::from(1_u64)]);
    for value in [car(), list, Value::from("text"), Value::Undefined, Value::tagged("doors", 1_u64)]
    {
        let (mut raw, answer) = with(value);
        raw.check(format!("<6'op:get<11'desc:answer{answer}+>5\"doors3+>"), &[]);
        hears(&mut raw, None);
    }
}

/// op:index: gives the item at an index counted from zero.
#[test]
fn index_gives_an_item() {
    for (index, item) in [(0, "5\"first"), (1, "6\"second")] {
        let (mut raw, answer) = with(Value::list(["first".into(), "second".into()]));
        raw.check(format!("<8'op:index<11'desc:answer{answer}+>{index}+3+>"), &[]);
        hears(&mut raw, Some(item));
    }
}

/// op:index: breaks if the receiver is not a list, or the index is out of its bounds, however far.
#[test]
fn index_of_what_is_no_list_or_out_of_bounds_breaks() {
    let list = Value::list(["first".into(), "second".into()]);
    for (value, index) in [
        (list.clone(), "2+"),
        (list.clone(), "1-"),
        (list.clone(), "18446744073709551616+"),
        (list, "99999999999999999999999-"),
        (car(), "0+"),
        (Value::from("text"), "0+"),
    ] {
        let (mut raw, answer) = with(value);
        raw.check(format!("<8'op:index<11'desc:answer{answer}+>{index}3+>"), &[]);
        hears(&mut raw, None);
    }
}

/// op:untag: gives the value that is tagged with this tag, a string.
#[test]
fn untag_gives_the_tagged_value() {
    let (mut raw, answer) = with(Value::tagged("decimal", "3.14"));
    raw.check(format!("<8'op:untag<11'desc:answer{answer}+>7\"decimal3+>"), &[]);
    hears(&mut raw, Some("4\"3.14"));
}

/// op:untag: rejects if the receiver is not tagged, or with another tag.
#[test]
fn untag_of_another_tag_breaks() {
    for value in [Value::tagged("decimal", "3.14"), car(), Value::from("Decimal")] {
        let (mut raw, answer) = with(value);
        raw.check(format!("<8'op:untag<11'desc:answer{answer}+>7\"Decimal3+>"), &[]);
        hears(&mut raw, None);
    }
}

/// op:get: it follows promise resolutions: asked before the receiver is settled, through a promise
/// for a promise.
#[test]
fn parts_wait_for_the_receiver() {
    for (op, value) in [
        ("<6'op:get<11'desc:answer1+>5\"seats3+>", car()),
        ("<8'op:index<11'desc:answer1+>1+3+>", Value::list([Value::Null, Value::from(2_u64)])),
        ("<8'op:untag<11'desc:answer1+>1\"t3+>", Value::tagged("t", 2_u64)),
    ] {
        let mut raw = Raw::plain();
        let ((first, one), (second, two)) = (raw.vow(), raw.vow());
        raw.vat.heap.share(b"vow", first);
        raw.check("<10'op:deliver<11'desc:export0+>[5'fetch3:vow]1+f>", &[]);
        raw.check(op, &[]);
        raw.check("<9'op:listen<11'desc:answer3+><18'desc:import-object5+>>", &[]);
        raw.vat.turn(|heap| heap.settle(one, Ok(Value::Ref(second))).unwrap());
        assert_eq!(raw.heard(), [""; 0]);
        raw.vat.turn(|heap| heap.settle(two, Ok(value)).unwrap());
        assert_eq!(raw.heard(), [fulfilled(5, "2+"), given_back(5)]);
    }
}

/// op:get: the receiver is an answer, or a promise that was exported.
#[test]
fn parts_are_taken_of_exported_promises() {
    for (op, value) in [
        ("<6'op:get<11'desc:exportN+>5\"seats3+>", car()),
        ("<8'op:index<11'desc:exportN+>1+3+>", Value::list([Value::Null, Value::from(2_u64)])),
        ("<8'op:untag<11'desc:exportN+>1\"t3+>", Value::tagged("t", 2_u64)),
    ] {
        let mut raw = Raw::plain();
        let (vow, promise) = raw.vow();
        let position = raw.export(vow);
        raw.check(op.replace('N', &position.to_string()), &[]);
        raw.vat.turn(|heap| heap.settle(promise, Ok(value)).unwrap());
        hears(&mut raw, Some("2+"));
    }
}

/// op:get: it inherits the rejection reason of an intermediate rejected promise.
#[test]
fn parts_of_a_broken_promise_break_for_its_reason() {
    for op in [
        "<6'op:get<11'desc:answer1+>5\"seats3+>",
        "<8'op:index<11'desc:answer1+>1+3+>",
        "<8'op:untag<11'desc:answer1+>1\"t3+>",
    ] {
        let mut raw = Raw::plain();
        let (vow, promise) = raw.vow();
        raw.vat.heap.share(b"vow", vow);
        raw.check("<10'op:deliver<11'desc:export0+>[5'fetch3:vow]1+f>", &[]);
        raw.check(op, &[]);
        raw.check("<9'op:listen<11'desc:answer3+><18'desc:import-object5+>>", &[]);
        raw.vat.turn(|heap| heap.settle(promise, Err(Error::refused("no"))).unwrap());
        assert_eq!(raw.heard(), [broken(5, "refused: no"), given_back(5)]);
    }
}

/// op:get: messages are pipelined to a target deep in structs, lists and tagged values.
#[test]
fn messages_reach_a_target_deep_in_a_value() {
    let mut raw = Raw::plain();
    let target = raw.add(|_, values| Ok(Value::List(values)));
    raw.vat.heap.keep(target);
    let deep = Value::tagged("box", Value::list([Value::structure([("key", Value::Ref(target))])]));
    let (vow, promise) = raw.vow();
    raw.vat.heap.share(b"vow", vow);
    for op in [
        "<10'op:deliver<11'desc:export0+>[5'fetch3:vow]1+f>",
        "<8'op:untag<11'desc:answer1+>3\"box2+>",
        "<8'op:index<11'desc:answer2+>0+3+>",
        "<6'op:get<11'desc:answer3+>3\"key4+>",
        "<10'op:deliver<11'desc:answer4+>[2'hi]f<18'desc:import-object5+>>",
    ] {
        raw.check(op, &[]);
    }
    raw.vat.turn(|heap| heap.settle(promise, Ok(deep)).unwrap());
    assert_eq!(raw.heard(), [fulfilled(5, "[2'hi]"), given_back(5)]);
}

/// op:get, Sending: our own go to the `desc:answer` or `desc:export` of the receiver, with a new
/// answer position each.
#[test]
fn we_ask_for_parts_of_answers_and_of_promises() {
    let mut raw = Raw::plain();
    let (promise, answer, _) = raw.ask(90);
    let theirs = raw.lend("<19'desc:import-promise91+>");
    let ops = raw.vat.turn(|heap| {
        let from = Ref::Promise(promise);
        let get = heap.part(from, Part::Field("seats".into()));
        let index = heap.part(Ref::Promise(get), Part::Item(3));
        let untag = heap.part(theirs, Part::Untagged("t".into()));
        [get.0, index.0, untag.0]
    });
    let [get, index, untag] = ops;
    let heard: Vec<_> =
        raw.heard().into_iter().filter(|op| !op.starts_with("<9'op:listen")).collect();
    assert_eq!(
        heard,
        [
            format!("<6'op:get<11'desc:answer{answer}+>5\"seats{get}+>"),
            format!("<8'op:index<11'desc:answer{get}+>3+{index}+>"),
            format!("<8'op:untag<11'desc:export91+>1\"t{untag}+>"),
        ]
    );
    assert!(get != index && index != untag && get > 0);
}

/// op:get, Receiving: the answer position is a new one: one that is in use is refused.
#[test]
fn a_part_needs_an_answer_position_of_its_own() {
    for op in
        ["<6'op:get<11'desc:answer", "<8'op:index<11'desc:answer", "<8'op:untag<11'desc:answer"]
    {
        let (mut raw, answer) = with(car());
        let part = if op.contains("index") { "0+" } else { "1\"a" };
        raw.is_aborted(
            format!("{op}{answer}+>{part}{answer}+>"),
            &format!("answer position {answer} is in use"),
        );
    }
}

/// op:get: the field's name and the tag are strings, the index an integer, the answer position is
/// not false.
#[test]
fn parts_have_the_fields_of_the_text() {
    for op in [
        "<6'op:get<11'desc:answer1+>5'seats3+>",
        "<6'op:get<11'desc:answer1+>5\"seatsf>",
        "<8'op:index<11'desc:answer1+>1\"03+>",
        "<8'op:index<11'desc:answer1+>D\0\0\0\0\0\0\0\x003+>",
        "<8'op:untag<11'desc:answer1+>1't3+>",
        "<8'op:untag<18'desc:import-object1+>1\"t3+>",
    ] {
        let mut raw = Raw::plain();
        let Err(violation) = raw.say(op) else { panic!("{op} was taken") };
        assert!(violation.to_string().starts_with("malformed operation"), "{op}: {violation}");
    }
}
