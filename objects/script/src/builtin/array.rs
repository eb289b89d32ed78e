//! Arrays (ECMA-262, 23.1). There are no holes, and the methods are not generic: the receiver is an
//! array. What calls functions is in `prelude/array.js` and `prelude/sort.js`.

mod change;
mod copy;
mod intrinsics;
mod search;

use super::{Action, Entry};
use crate::limits::ARRAY_ITEMS_MAX;
use crate::machine::heap::{Cell, VAL_BYTES};
use crate::machine::{Args, ErrorKind, Index, Machine, Trap, Val};

pub(super) use intrinsics::TABLE as INTRINSICS;

use Action::{Native, Prelude};

pub(super) const TABLE: &[Entry] = &[
    Entry { path: "Array", length: 1, action: Action::None },
    Entry { path: "Array.isArray", length: 1, action: Native(is_array) },
    Entry { path: "Array.of", length: 0, action: Native(copy::of) },
    Entry { path: "Array.from", length: 1, action: Prelude("arrayFrom") },
    Entry { path: "Array.prototype.at", length: 1, action: Native(search::at) },
    Entry { path: "Array.prototype.concat", length: 1, action: Native(copy::concat) },
    Entry { path: "Array.prototype.entries", length: 0, action: Native(super::iterator::entries) },
    Entry { path: "Array.prototype.every", length: 1, action: Prelude("arrayEvery") },
    Entry { path: "Array.prototype.fill", length: 1, action: Native(change::fill) },
    Entry { path: "Array.prototype.filter", length: 1, action: Prelude("arrayFilter") },
    Entry { path: "Array.prototype.find", length: 1, action: Prelude("arrayFind") },
    Entry { path: "Array.prototype.findIndex", length: 1, action: Prelude("arrayFindIndex") },
    Entry { path: "Array.prototype.findLast", length: 1, action: Prelude("arrayFindLast") },
    Entry {
        path: "Array.prototype.findLastIndex",
        length: 1,
        action: Prelude("arrayFindLastIndex"),
    },
    Entry { path: "Array.prototype.flat", length: 0, action: Native(copy::flat) },
    Entry { path: "Array.prototype.flatMap", length: 1, action: Prelude("arrayFlatMap") },
    Entry { path: "Array.prototype.forEach", length: 1, action: Prelude("arrayForEach") },
    Entry { path: "Array.prototype.includes", length: 1, action: Native(search::includes) },
    Entry { path: "Array.prototype.indexOf", length: 1, action: Native(search::index_of) },
    Entry { path: "Array.prototype.join", length: 1, action: Prelude("arrayJoin") },
    Entry { path: "Array.prototype.keys", length: 0, action: Native(super::iterator::keys) },
    Entry { path: "Array.prototype.lastIndexOf", length: 1, action: Native(search::last_index_of) },
    Entry { path: "Array.prototype.map", length: 1, action: Prelude("arrayMap") },
    Entry { path: "Array.prototype.pop", length: 0, action: Native(change::pop) },
    Entry { path: "Array.prototype.push", length: 1, action: Native(change::push) },
    Entry { path: "Array.prototype.reduce", length: 1, action: Prelude("arrayReduce") },
    Entry { path: "Array.prototype.reduceRight", length: 1, action: Prelude("arrayReduceRight") },
    Entry { path: "Array.prototype.reverse", length: 0, action: Native(change::reverse) },
    Entry { path: "Array.prototype.shift", length: 0, action: Native(change::shift) },
    Entry { path: "Array.prototype.slice", length: 2, action: Native(copy::slice) },
    Entry { path: "Array.prototype.some", length: 1, action: Prelude("arraySome") },
    Entry { path: "Array.prototype.sort", length: 1, action: Prelude("arraySort") },
    Entry { path: "Array.prototype.splice", length: 2, action: Native(change::splice) },
    Entry { path: "Array.prototype.toReversed", length: 0, action: Native(copy::to_reversed) },
    Entry { path: "Array.prototype.toSorted", length: 1, action: Prelude("arrayToSorted") },
    Entry { path: "Array.prototype.toSpliced", length: 2, action: Native(copy::to_spliced) },
    Entry { path: "Array.prototype.toString", length: 0, action: Prelude("arrayToString") },
    Entry { path: "Array.prototype.unshift", length: 1, action: Native(change::unshift) },
    Entry { path: "Array.prototype.values", length: 0, action: Native(super::iterator::values) },
    Entry { path: "Array.prototype.with", length: 2, action: Native(copy::with) },
];

/// `Array.isArray(value)`.
pub(super) fn is_array(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let value = machine.arg(args, 0);
    Ok(Val::Bool(array_index(machine, value).is_some()))
}

/// The cell of a value that is an array.
pub(super) fn array_index(machine: &Machine, value: Val) -> Option<Index> {
    match value {
        Val::Object(index) if matches!(machine.cell(index), Cell::Array(_)) => Some(index),
        _ => None,
    }
}

/// The cell of the receiver, which must be an array.
fn receiver(machine: &mut Machine, this: Val) -> Result<Index, Trap> {
    match array_index(machine, this) {
        Some(index) => Ok(index),
        None => Err(machine.throw(
            ErrorKind::TypeError,
            "this method of arrays was called on something that is no array",
        )),
    }
}

/// The elements of an array.
fn items(machine: &Machine, array: Index) -> &[Val] {
    match machine.cell(array) {
        Cell::Array(array) => &array.items,
        _ => &[],
    }
}

/// As many copies of elements as a result may have, after room was made for them.
fn copied(machine: &mut Machine, array: Index, from: usize, to: usize) -> Result<Vec<Val>, Trap> {
    let count = to.saturating_sub(from);
    machine.charge(count);
    machine.reserve(count.saturating_mul(VAL_BYTES))?;
    Ok(items(machine, array)[from..from + count].to_vec())
}

/// What it takes to make a primitive value a text: code units at the most, and work. That of a big
/// integer is paid for when it is done.
fn text_cost(machine: &Machine, value: Val) -> (usize, usize) {
    match value {
        Val::Undefined | Val::Null => (9, 1),
        Val::Text(index) => {
            let units = machine.text_len(index);
            (units, 1 + units / 16)
        }
        Val::BigInt(index) => {
            let bits = machine.bigint_bits(index);
            (usize::try_from(bits / 3).unwrap_or(usize::MAX) + 2, 1)
        }
        _ => (25, 2),
    }
}

/// Throws unless an array may have so many elements.
fn check_length(machine: &mut Machine, length: usize) -> Result<(), Trap> {
    if length > ARRAY_ITEMS_MAX {
        return Err(machine.throw(ErrorKind::RangeError, "Invalid array length"));
    }
    Ok(())
}

/// A place that may count from the end, within `0..=length`: what `slice`, `fill` and others make
/// of their arguments.
fn place(integer: f64, length: usize) -> usize {
    let length = length as f64;
    let place = if integer < 0.0 { (length + integer).max(0.0) } else { integer.min(length) };
    place as usize
}

/// The place that an argument names, or `absent` if it is undefined.
fn place_at(
    machine: &mut Machine,
    args: Args,
    at: usize,
    length: usize,
    absent: usize,
) -> Result<usize, Trap> {
    if machine.arg(args, at) == Val::Undefined {
        return Ok(absent);
    }
    Ok(place(machine.to_integer(args, at)?, length))
}
