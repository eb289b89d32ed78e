//! Iterators (ECMA-262, 23.1.5, 24.1.5, 24.2.5 and 22.1.5): what goes through arrays, strings, maps
//! and sets. There are no others, so that nothing of the script runs while something is iterated.

use super::{Action, Entry, shown};
use crate::machine::heap::{CELL_BYTES, Cell, Gives, Iterator, VAL_BYTES};
use crate::machine::{Args, ErrorKind, Index, Machine, Trap, Val, atoms};

use Action::Native;

pub(super) const TABLE: &[Entry] = &[
    Entry { path: "Iterator.prototype.next", length: 0, action: Native(next) },
    Entry { path: "$isIterable", length: 1, action: Native(is_iterable) },
];

/// `keys()` of arrays, maps and sets.
pub(super) fn keys(machine: &mut Machine, this: Val, _: Args) -> Result<Val, Trap> {
    iterator(machine, this, Gives::Keys)
}

/// `values()` of arrays, maps and sets.
pub(super) fn values(machine: &mut Machine, this: Val, _: Args) -> Result<Val, Trap> {
    iterator(machine, this, Gives::Values)
}

/// `entries()` of arrays, maps and sets.
pub(super) fn entries(machine: &mut Machine, this: Val, _: Args) -> Result<Val, Trap> {
    iterator(machine, this, Gives::Entries)
}

fn iterator(machine: &mut Machine, this: Val, gives: Gives) -> Result<Val, Trap> {
    let known = match this {
        Val::Object(index) => {
            matches!(machine.cell(index), Cell::Array(_) | Cell::Map(_) | Cell::Set(_))
        }
        _ => false,
    };
    if !known {
        return Err(machine.throw(
            ErrorKind::TypeError,
            "only arrays, maps and sets have iterators of keys, values and entries",
        ));
    }
    let iterator = Iterator { source: this, position: 0, gives };
    Ok(Val::Object(machine.alloc(Cell::Iterator(iterator))))
}

/// `next()`.
fn next(machine: &mut Machine, this: Val, _: Args) -> Result<Val, Trap> {
    let Some(iterator) = iterator_index(machine, this) else {
        return Err(machine.throw(ErrorKind::TypeError, "next was called on no iterator"));
    };
    let value = next_value(machine, iterator);
    let result = machine.new_object();
    machine.define(result, atoms::VALUE, value.unwrap_or(Val::Undefined));
    machine.define(result, atoms::DONE, Val::Bool(value.is_none()));
    Ok(result)
}

fn iterator_index(machine: &Machine, value: Val) -> Option<Index> {
    match value {
        Val::Object(index) if matches!(machine.cell(index), Cell::Iterator(_)) => Some(index),
        _ => None,
    }
}

/// `$isIterable(value)`.
fn is_iterable(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    Ok(Val::Bool(iterable(machine, machine.arg(args, 0))))
}

fn iterable(machine: &Machine, value: Val) -> bool {
    match value {
        Val::Text(_) => true,
        Val::Object(index) => matches!(
            machine.cell(index),
            Cell::Array(_) | Cell::Map(_) | Cell::Set(_) | Cell::Iterator(_)
        ),
        _ => false,
    }
}

/// The iterator that `for…of` goes through: a new one, or the value itself if it is one.
///
/// # Errors
///
/// A TypeError to be thrown, if the value is not iterable.
pub(crate) fn iterate(machine: &mut Machine, value: Val) -> Result<Index, Trap> {
    if let Some(iterator) = iterator_index(machine, value) {
        return Ok(iterator);
    }
    if !iterable(machine, value) {
        return Err(not_iterable(machine, value));
    }
    let gives = match value {
        Val::Object(index) if matches!(machine.cell(index), Cell::Map(_)) => Gives::Entries,
        _ => Gives::Values,
    };
    Ok(machine.alloc(Cell::Iterator(Iterator { source: value, position: 0, gives })))
}

/// Takes an iterator on. None: it is at its end, and stays there, whatever its source becomes.
pub(crate) fn next_value(machine: &mut Machine, iterator: Index) -> Option<Val> {
    let Cell::Iterator(Iterator { source, position, gives }) = *machine.cell(iterator) else {
        return None;
    };
    let found = match source {
        Val::Text(text) => next_character(machine, text, position),
        Val::Object(source) => next_entry(machine, source, position, gives),
        _ => None,
    };
    if let Cell::Iterator(iterator) = machine.cell_mut(iterator) {
        match found {
            Some((next, _)) => iterator.position = next,
            None => iterator.source = Val::Undefined,
        }
    }
    found.map(|(_, value)| value)
}

/// The character at a position, surrogates by pairs, and the position after it.
fn next_character(machine: &mut Machine, text: Index, position: u32) -> Option<(u32, Val)> {
    let text = machine.text_of(text);
    let rest = text.get(position as usize..)?;
    let first = char::decode_utf16(rest.iter().copied()).next()?;
    let units = first.map_or(1, char::len_utf16);
    let character = machine.new_text(&rest[..units]);
    Some((position + units as u32, character))
}

/// What an array, map or set gives at a position or, after holes, behind it.
fn next_entry(
    machine: &mut Machine,
    source: Index,
    position: u32,
    gives: Gives,
) -> Option<(u32, Val)> {
    let (at, key, value) = match machine.cell(source) {
        Cell::Array(array) => {
            let value = *array.items.get(position as usize)?;
            (position, Val::Number(f64::from(position)), value)
        }
        Cell::Map(table) => table.next_from(position)?,
        Cell::Set(table) => table.next_from(position).map(|(at, key, _)| (at, key, key))?,
        _ => return None,
    };
    machine.charge((at - position) as usize / 16);
    let given = match gives {
        Gives::Keys => key,
        Gives::Values => value,
        Gives::Entries => machine.new_array(vec![key, value]),
    };
    Some((at + 1, given))
}

/// All that a value still gives when it is iterated. Room is made before the first of them: for
/// what iterating makes, and for so many bytes more an element.
pub(super) fn collect(
    machine: &mut Machine,
    value: Val,
    element_bytes: usize,
) -> Result<Vec<Val>, Trap> {
    if !iterable(machine, value) {
        return Err(not_iterable(machine, value));
    }
    let room = iterated_len(machine, value).saturating_mul(ELEMENT_BYTES + element_bytes);
    machine.reserve(room)?;
    let iterator = iterate(machine, value)?;
    let mut values = Vec::new();
    while let Some(value) = next_value(machine, iterator) {
        values.push(value);
    }
    machine.charge(values.len());
    Ok(values)
}

/// Bytes of what iterating makes for one element at the most: an array of two, or a string.
const ELEMENT_BYTES: usize = CELL_BYTES + 3 * VAL_BYTES;

/// How many elements iterating gives at the most.
fn iterated_len(machine: &Machine, value: Val) -> usize {
    match value {
        Val::Text(index) => machine.text_len(index),
        Val::Object(index) => match machine.cell(index) {
            Cell::Array(array) => array.items.len(),
            Cell::Map(table) | Cell::Set(table) => table.size as usize,
            // An iterator goes through none of its kind: this ends.
            Cell::Iterator(iterator) => iterated_len(machine, iterator.source),
            _ => 0,
        },
        _ => 0,
    }
}

/// The error for what cannot be iterated.
pub(super) fn not_iterable(machine: &mut Machine, value: Val) -> Trap {
    let message = match value {
        Val::Undefined | Val::Uninit | Val::Var(_) => {
            "undefined is not iterable (cannot read property Symbol(Symbol.iterator))".to_owned()
        }
        Val::Object(_) | Val::Builtin(_) => {
            let kind = machine.type_of(value);
            format!("{kind} is not iterable (cannot read property Symbol(Symbol.iterator))")
        }
        primitive => {
            let (kind, shown) = (machine.type_of(primitive), shown::shown(machine, primitive));
            format!("{kind} {shown} is not iterable (cannot read property Symbol(Symbol.iterator))")
        }
    };
    machine.throw(ErrorKind::TypeError, message)
}
