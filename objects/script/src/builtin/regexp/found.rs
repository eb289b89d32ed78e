//! What a search found, as scripts see it.

use std::ops::Range;

use super::{
    Run, all_from, compiled_at, compiled_from, last_index, on_fuel, regexp_index, run, run_all,
};
use crate::machine::heap::{CELL_BYTES, Cell, Gives, Iterator, Matched, Text, VAL_BYTES};
use crate::machine::{Args, ErrorKind, Machine, Trap, Val};
use crate::regexp::{Captures, Regexp};

/// `text.match(pattern)`.
pub(super) fn match_text(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let text = machine.this_text(this)?;
    let Some(index) = regexp_index(machine, machine.arg(args, 0)) else {
        let regexp = compiled_from(machine, args, 0, "")?;
        let found = on_fuel(machine, |fuel| regexp.exec_at(&text, 0, false, fuel))?;
        return match found {
            Some(found) => array(machine, &regexp, &text, this, &found),
            None => Ok(Val::Null),
        };
    };
    if !compiled_at(machine, index)?.flags().global {
        let run = run(machine, index, &text)?;
        let found = first(machine, &run, &text, this)?;
        run.finish(machine);
        return Ok(found);
    }
    let run = run_all(machine, index, &text)?;
    machine.reserve(run.matches.len() * (CELL_BYTES + VAL_BYTES))?;
    let texts: Vec<Val> =
        run.matches.iter().map(|found| stretch(machine, &text, found.whole())).collect();
    run.finish(machine);
    Ok(if texts.is_empty() { Val::Null } else { machine.new_array(texts) })
}

/// The array for the first match of a run; null if there is none.
pub(super) fn first(
    machine: &mut Machine,
    run: &Run,
    text: &Text,
    input: Val,
) -> Result<Val, Trap> {
    match run.matches.first() {
        Some(found) => array(machine, &run.regexp, text, input, found),
        None => Ok(Val::Null),
    }
}

/// `text.matchAll(pattern)`. The matches are found at once, not one by one as they are asked for:
/// nothing but the time tells.
pub(super) fn match_all(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let text = machine.this_text(this)?;
    let (regexp, start) = match regexp_index(machine, machine.arg(args, 0)) {
        Some(index) => (compiled_at(machine, index)?, last_index(machine, index)?),
        None => (compiled_from(machine, args, 0, "g")?, 0),
    };
    if !regexp.flags().global {
        let why = "String.prototype.matchAll called with a non-global RegExp argument";
        return Err(machine.throw(ErrorKind::TypeError, why));
    }
    let mut matches = Vec::new();
    for found in all_from(machine, &regexp, &text, start)? {
        matches.push(array(machine, &regexp, &text, this, &found)?);
        machine.reserve(0)?;
    }
    let source = machine.new_array(matches);
    let iterator = Iterator { source, position: 0, gives: Gives::Values };
    Ok(Val::Object(machine.alloc(Cell::Iterator(iterator))))
}

/// `text.search(pattern)`.
pub(super) fn search(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let text = machine.this_text(this)?;
    let regexp = match regexp_index(machine, machine.arg(args, 0)) {
        Some(index) => compiled_at(machine, index)?,
        None => compiled_from(machine, args, 0, "")?,
    };
    let sticky = regexp.flags().sticky;
    let found = on_fuel(machine, |fuel| regexp.exec_at(&text, 0, sticky, fuel))?;
    Ok(Val::Number(found.map_or(-1.0, |found| found.whole().start as f64)))
}

/// A stretch of a text.
pub(super) fn stretch(machine: &mut Machine, text: &Text, range: Range<usize>) -> Val {
    machine.charge(range.len() / 16);
    machine.new_text(text.get(range).unwrap_or_default())
}

/// What a group has captured.
pub(super) fn group(machine: &mut Machine, text: &Text, range: Option<Range<usize>>) -> Val {
    match range {
        Some(range) => stretch(machine, text, range),
        None => Val::Undefined,
    }
}

/// The array that `exec` gives.
pub(super) fn array(
    machine: &mut Machine,
    regexp: &Regexp,
    text: &Text,
    input: Val,
    found: &Captures,
) -> Result<Val, Trap> {
    let count = regexp.groups() + 1;
    machine.charge(count);
    machine.reserve(count * (CELL_BYTES + VAL_BYTES))?;
    let items: Vec<Val> = found.iter().map(|range| group(machine, text, range)).collect();
    let groups = named(machine, regexp, &items);
    let indices = if regexp.flags().has_indices {
        let places: Vec<Val> = found.iter().map(|range| pair(machine, range)).collect();
        let groups = named(machine, regexp, &places);
        let undefined = Val::Undefined;
        let matched = Matched { index: undefined, input: undefined, groups, indices: undefined };
        with_matched(machine, places, matched)
    } else {
        Val::Undefined
    };
    let index = Val::Number(found.whole().start as f64);
    Ok(with_matched(machine, items, Matched { index, input, groups, indices }))
}

/// An object of the groups that have names; undefined if none has.
pub(super) fn named(machine: &mut Machine, regexp: &Regexp, items: &[Val]) -> Val {
    if regexp.names().next().is_none() {
        return Val::Undefined;
    }
    let object = machine.new_object();
    for (name, number) in regexp.names() {
        let name = machine.atom_str(name);
        machine.define(object, name, items.get(number).copied().unwrap_or(Val::Undefined));
    }
    object
}

fn with_matched(machine: &mut Machine, items: Vec<Val>, matched: Matched) -> Val {
    let array = machine.new_array(items);
    if let Val::Object(index) = array {
        machine.modify(index, |cell| {
            if let Cell::Array(array) = cell {
                array.matched = Some(Box::new(matched));
            }
        });
    }
    array
}

/// Where a group is: start and end.
fn pair(machine: &mut Machine, range: Option<Range<usize>>) -> Val {
    match range {
        Some(range) => {
            let places = vec![Val::Number(range.start as f64), Val::Number(range.end as f64)];
            machine.new_array(places)
        }
        None => Val::Undefined,
    }
}
