//! What would not be safe to run, made from the sample by one change each.

use hogshead_objects::Value;
use hogshead_objects::limits::VALUE_DEPTH_MAX;
use hogshead_script::error::LoadError;
use hogshead_script::limits::{FRAMES_MAX, STATE_CODES_MAX};
use hogshead_script::machine::codes::Codes;
use hogshead_script::machine::event::Event;
use hogshead_script::machine::frame::Then;
use hogshead_script::machine::heap::{Cell, Function};
use hogshead_script::machine::promise::{Job, PromiseState, Reaction};
use hogshead_script::machine::{Atom, Index, Machine, Phase, Port, Val};
use hogshead_script::state;

use super::sample::{self, sample};
use super::{code, load};

fn refused(change: impl FnOnce(&mut Machine), expected: &str) {
    let mut machine = sample();
    change(&mut machine);
    let Err(error) = load(&state::dump(&machine)) else { panic!("{expected}: it was loaded") };
    let error = error.to_string();
    assert!(error.contains(expected), "{expected}: {error}");
}

/// The first cell that is one of these.
fn find(machine: &Machine, is: impl Fn(&Cell) -> bool) -> Index {
    machine.heap.iter().find(|(_, cell)| is(cell)).map(|(index, _)| index).expect("there is one")
}

fn change(machine: &mut Machine, is: impl Fn(&Cell) -> bool, change: impl FnOnce(&mut Cell)) {
    let index = find(machine, is);
    change(machine.heap.get_mut(index));
}

#[test]
fn calls_in_progress_fit_on_the_stack() {
    let placed = "not where its caller left it";
    refused(|machine| machine.frames[1].base = 4, placed);
    refused(|machine| machine.frames[1].under = 0, placed);
    refused(|machine| machine.frames[1].then = Then::Drop, placed);
    refused(|machine| machine.frames[0].then = Then::Push, placed);
    refused(|machine| machine.frames[2].then = Then::Replace(5), placed);
    refused(|machine| machine.frames[2].then = Then::Replace(9), placed);
    let nowhere = "where its code has no place for it";
    refused(|machine| machine.frames[0].pc = 99, nowhere);
    refused(|machine| machine.frames[0].pc = 0, nowhere);
    refused(|machine| machine.frames[0].code = 1, nowhere);
    refused(|machine| machine.frames[0].function = 9, nowhere);
    // Behind an instruction that leaves no value to wait for.
    refused(|machine| machine.frames[0].pc = 6, nowhere);
    refused(|machine| machine.stack.push(Val::Null), "belongs to no call");
    refused(|machine| machine.stack.truncate(9), "no place on the stack");
    refused(|machine| machine.suspended = None, "does not stand still");
    refused(|machine| machine.stack[5] = Val::Uninit, "holds something else");
    let variable = |machine: &Machine| Val::Var(find(machine, |cell| matches!(cell, Cell::Var(_))));
    refused(|machine| machine.stack[7] = variable(machine), "holds something else");
    refused(|machine| machine.stack[0] = variable(machine), "has no function");
    refused(|machine| machine.frames[0].closure = None, "not of its closure's function");
    refused(
        |machine| machine.frames[0].promise = Some(machine.questions[&4].promise),
        "not of its closure's function",
    );
    let frame = sample().frames[0];
    refused(|machine| machine.frames = vec![frame; FRAMES_MAX + 1], "calls in progress are more");
}

#[test]
fn waiting_calls_stand_behind_an_await_and_go_on_once() {
    let waiting = |cell: &Cell| matches!(cell, Cell::Coroutine(_));
    let with = |to: fn(&mut hogshead_script::machine::frame::Coroutine), expected: &str| {
        let change_it = |cell: &mut Cell| match cell {
            Cell::Coroutine(coroutine) => to(coroutine),
            _ => unreachable!("it was found as one"),
        };
        refused(|machine| change(machine, waiting, change_it), expected);
    };
    with(|call| call.frame.pc = 4, "behind an await");
    with(|call| call.frame.function = 0, "behind an await");
    with(|call| call.frame.code = 7, "of no code");
    with(|call| call.values.push(Val::Null), "other slots or operands");
    with(|call| call.values[0] = Val::Null, "holds something else");
    with(|call| call.values[1] = Val::Uninit, "holds something else");
    with(|call| call.frame.promise = None, "not of its closure's function");
    refused(
        |machine| {
            let reaction = Reaction::Resume(find(machine, waiting));
            machine.jobs.push_back(Job::React { reaction, outcome: Ok(Val::Null) });
        },
        "go on twice",
    );
    refused(
        |machine| machine.arguments.push(Val::Object(find(machine, waiting))),
        "a waiting call is no value",
    );
}

#[test]
fn closures_are_of_a_function_and_took_along_what_it_reads() {
    let closure = |function, captures: Vec<Val>| {
        move |machine: &mut Machine| {
            let variable = find(machine, |cell| matches!(cell, Cell::Var(_)));
            let captures = captures.into_iter().map(|value| match value {
                Val::Var(_) => Val::Var(variable),
                value => value,
            });
            let captures = captures.collect();
            let cell = Function { code: 0, function, captures, frozen: false };
            let cell = machine.heap.alloc(Cell::Function(cell));
            machine.arguments.push(Val::Object(cell));
        }
    };
    let variable = Val::Var(Index(0));
    refused(closure(0, vec![]), "of no function");
    refused(closure(3, vec![]), "of no function");
    refused(closure(sample::INNER, vec![variable]), "other captures");
    refused(closure(sample::INNER, vec![Val::Null, Val::Null]), "something else along");
    refused(closure(sample::INNER, vec![variable, variable]), "something else along");
    refused(closure(sample::INNER, vec![variable, Val::Uninit]), "something else along");
}

#[test]
fn questions_exports_and_references_agree_with_the_cells() {
    let forgotten = |machine: &mut Machine| {
        let question = machine.questions.remove(4).expect("it is asked");
        machine.arguments.push(Val::Object(question.promise));
    };
    refused(forgotten, "which is not asked");
    refused(|machine| machine.next_question = 4, "settles no promise");
    refused(
        |machine| {
            let rejected = machine.rejected[0];
            machine.questions.promises_mut().for_each(|promise| *promise = rejected);
        },
        "settles no",
    );
    refused(|machine| machine.next_export = 7, "the number 7 outside");
    refused(
        |machine| {
            machine.exports.insert(3, machine.exports[&7]);
        },
        "passed out",
    );
    refused(
        |machine| {
            machine.exports.insert(1, Val::Null);
        },
        "passed out",
    );
    let settled = |machine: &mut Machine| {
        let promise = machine.questions[&4].promise;
        if let Cell::Promise(cell) = machine.heap.get_mut(promise) {
            cell.state = PromiseState::Fulfilled(Val::Null);
        }
    };
    refused(settled, "which is not asked");
    let twice = |machine: &mut Machine| {
        let other = machine.heap.alloc(Cell::Remote(Port(2)));
        machine.arguments.push(Val::Object(other));
    };
    refused(twice, "the reference 2 is twice there");
}

#[test]
fn values_are_where_they_may_be() {
    refused(|machine| machine.arguments.push(Val::Uninit), "where a value should be");
    let variable = |machine: &Machine| Val::Var(find(machine, |cell| matches!(cell, Cell::Var(_))));
    refused(|machine| machine.arguments.push(variable(machine)), "where a value should be");
    refused(|machine| machine.phase = Phase::Modules(1), "of no code");
    refused(|machine| machine.main = 1, "of no code");
    refused(|machine| machine.modules[0].exports.push((Atom(0), Val::Null)), "its code does not");
    let twice = |machine: &mut Machine| {
        let export = machine.modules[0].exports[0];
        machine.modules[0].exports.push(export);
    };
    refused(twice, "its code does not");
    let same_key = |cell: &mut Cell| match cell {
        Cell::Map(table) => {
            table.entries.push(table.entries[0]);
            table.size += 1;
        }
        _ => unreachable!("it was found as one"),
    };
    refused(|machine| change(machine, |cell| matches!(cell, Cell::Map(_)), same_key), "twice");
    let iterates = |cell: &mut Cell| match cell {
        Cell::Iterator(iterator) => iterator.source = Val::Bool(true),
        _ => unreachable!("it was found as one"),
    };
    let is_iterator = |cell: &Cell| matches!(cell, Cell::Iterator(_));
    refused(|machine| change(machine, is_iterator, iterates), "cannot be iterated");
    let flags = |cell: &mut Cell| match cell {
        Cell::RegExp(regexp) => regexp.flags = "yg".to_owned(),
        _ => unreachable!("it was found as one"),
    };
    let is_regexp = |cell: &Cell| matches!(cell, Cell::RegExp(_));
    refused(|machine| change(machine, is_regexp, flags), "the flags");
    let mut deep = Value::Null;
    for _ in 0..=VALUE_DEPTH_MAX {
        deep = Value::List(vec![deep]);
    }
    refused(|machine| machine.inbox.push_back(Event::Start(vec![deep])), "too deeply");
}

#[test]
fn bytes_that_are_no_state_get_a_clear_error() {
    let bytes = state::dump(&sample());
    assert!(matches!(load(b"something"), Err(LoadError::Magic { .. })));
    let mut newer = bytes.clone();
    newer[7] = 9;
    assert!(matches!(load(&newer), Err(LoadError::Version { found: 9, .. })));
    for len in 0..bytes.len() {
        assert!(load(&bytes[..len]).is_err(), "{len} bytes of {}", bytes.len());
    }
    let longer = [&bytes[..], &[0]].concat();
    assert!(matches!(load(&longer), Err(LoadError::Malformed { .. })));
    assert_eq!(
        state::load(&bytes, &Codes::default()).map(|_| ()),
        Err(LoadError::UnknownCode(code().hash()))
    );
    let mut machine = sample::new();
    machine.codes = vec![code().hash(); STATE_CODES_MAX + 1];
    assert!(matches!(load(&state::dump(&machine)), Err(LoadError::TooLarge { .. })));
}

#[test]
fn every_changed_bit_gives_a_sound_state_or_an_error() {
    let bytes = state::dump(&sample());
    let mut loaded = 0;
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 1 << (at % 8);
        if let Ok(machine) = load(&changed) {
            loaded += 1;
            let again = state::dump(&machine);
            let twice = load(&again).map(|machine| state::dump(&machine));
            assert_eq!(twice, Ok(again), "bit {} of byte {at}", at % 8);
        }
    }
    assert!(loaded > 10, "{loaded} of {} were sound", bytes.len());
}

#[test]
fn a_string_in_parts_is_no_part_of_itself_and_no_key() {
    let in_parts = |left: Option<Index>, right: Index, machine: &mut Machine| {
        let rope = machine.heap.alloc(sample::rope(right, right, 0));
        let left = left.unwrap_or(rope);
        *machine.heap.get_mut(rope) = sample::rope(left, right, 0);
        machine.arguments.push(Val::Text(rope));
        rope
    };
    let part = |machine: &Machine| find(machine, |cell| matches!(cell, Cell::Text(_)));
    let circle = |machine: &mut Machine| {
        in_parts(None, part(machine), machine);
    };
    refused(circle, "a string is a part of itself");
    let doubled = |machine: &mut Machine| {
        let mut rope = machine.heap.alloc(Cell::Text(sample::text("ab")));
        (0..29).for_each(|_| rope = in_parts(Some(rope), rope, machine));
    };
    refused(doubled, "code units of a string");
    let number = |machine: &mut Machine| {
        let number = find(machine, |cell| matches!(cell, Cell::BigInt(_)));
        in_parts(Some(part(machine)), number, machine);
    };
    refused(number, "no text");
    let key = |machine: &mut Machine| {
        let rope = in_parts(Some(part(machine)), part(machine), machine);
        change(
            machine,
            |cell| matches!(cell, Cell::Map(_)),
            |cell| {
                let Cell::Map(table) = cell else { return };
                table.entries.push(Some((Val::Text(rope), Val::Null)));
            },
        );
    };
    refused(key, "a key has no value, or is none");
}
