//! Methods that change the array.

use super::{check_length, copied, items, place_at, receiver};
use crate::machine::heap::{Array, Cell, VAL_BYTES};
use crate::machine::{Args, ErrorKind, Index, Machine, Trap, Val};

/// `push(…items)`.
pub(super) fn push(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let array = receiver(machine, this)?;
    let length = items(machine, array).len();
    if is_frozen(machine, array) {
        return Err(match args.len {
            0 => length_is_frozen(machine),
            _ => not_extensible(machine, length),
        });
    }
    check_length(machine, length + args.len)?;
    machine.charge(args.len);
    machine.reserve(args.len * VAL_BYTES)?;
    let added: Vec<Val> = (0..args.len).map(|at| machine.arg(args, at)).collect();
    change(machine, array, |array| array.items.extend(added));
    Ok(Val::Number((length + args.len) as f64))
}

/// `pop()`.
pub(super) fn pop(machine: &mut Machine, this: Val, _: Args) -> Result<Val, Trap> {
    let array = receiver(machine, this)?;
    if is_frozen(machine, array) {
        let length = items(machine, array).len();
        return Err(match length.checked_sub(1) {
            None => length_is_frozen(machine),
            Some(last) => machine.throw(
                ErrorKind::TypeError,
                format_args!("Cannot delete property '{last}' of [object Array]"),
            ),
        });
    }
    Ok(change(machine, array, |array| array.items.pop()).unwrap_or(Val::Undefined))
}

/// `shift()`.
pub(super) fn shift(machine: &mut Machine, this: Val, _: Args) -> Result<Val, Trap> {
    let array = receiver(machine, this)?;
    let length = items(machine, array).len();
    refuse_frozen(machine, array, length > 0)?;
    if length == 0 {
        return Ok(Val::Undefined);
    }
    machine.charge(moved(length));
    Ok(change(machine, array, |array| Some(array.items.remove(0))).unwrap_or(Val::Undefined))
}

/// `unshift(…items)`.
pub(super) fn unshift(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let array = receiver(machine, this)?;
    let length = items(machine, array).len();
    if is_frozen(machine, array) {
        return Err(match args.len {
            0 => length_is_frozen(machine),
            _ => not_extensible(machine, length),
        });
    }
    check_length(machine, length + args.len)?;
    machine.charge(args.len + moved(length));
    machine.reserve(args.len * VAL_BYTES)?;
    let added: Vec<Val> = (0..args.len).map(|at| machine.arg(args, at)).collect();
    change(machine, array, |array| {
        array.items.splice(0..0, added);
    });
    Ok(Val::Number((length + args.len) as f64))
}

/// `reverse()`.
pub(super) fn reverse(machine: &mut Machine, this: Val, _: Args) -> Result<Val, Trap> {
    let array = receiver(machine, this)?;
    let length = items(machine, array).len();
    if length > 1 {
        refuse_frozen(machine, array, true)?;
    }
    machine.charge(length);
    change(machine, array, |array| array.items.reverse());
    Ok(this)
}

/// `fill(value, start, end)`.
pub(super) fn fill(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let array = receiver(machine, this)?;
    let length = items(machine, array).len();
    let start = place_at(machine, args, 1, length, 0)?;
    let end = place_at(machine, args, 2, length, length)?.max(start);
    if end > start {
        refuse_frozen(machine, array, true)?;
    }
    let value = machine.arg(args, 0);
    machine.charge(end - start);
    // The arguments may have been made primitive by functions that shortened the array, but that
    // was before this call: there is nothing between reading the length and here.
    change(machine, array, |array| array.items[start..end].fill(value));
    Ok(this)
}

/// `splice(start, count, …items)`.
pub(super) fn splice(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let array = receiver(machine, this)?;
    let length = items(machine, array).len();
    let (start, count) = splice_range(machine, args, length)?;
    let added = args.len.saturating_sub(2);
    if is_frozen(machine, array) {
        return Err(match (added > count, start + count < length || added > 0) {
            (true, _) => not_extensible(machine, length),
            (false, true) if count > 0 => read_only(machine, start),
            _ => length_is_frozen(machine),
        });
    }
    check_length(machine, length - count + added)?;
    let removed = copied(machine, array, start, start + count)?;
    machine.charge(added + moved(length - start));
    machine.reserve(added * VAL_BYTES)?;
    let added: Vec<Val> = (2..args.len).map(|at| machine.arg(args, at)).collect();
    change(machine, array, |array| {
        array.items.splice(start..start + count, added);
    });
    Ok(machine.new_array(removed))
}

/// What the first two arguments of `splice` and `toSpliced` mean: where, and how many.
pub(super) fn splice_range(
    machine: &mut Machine,
    args: Args,
    length: usize,
) -> Result<(usize, usize), Trap> {
    if args.len == 0 {
        return Ok((0, 0));
    }
    let start = place_at(machine, args, 0, length, 0)?;
    let rest = length - start;
    let count = match args.len {
        1 => rest,
        _ => machine.to_integer(args, 1)?.clamp(0.0, rest as f64) as usize,
    };
    Ok((start, count))
}

/// Changes an array and counts its bytes.
pub(super) fn change<T>(
    machine: &mut Machine,
    array: Index,
    change: impl FnOnce(&mut Array) -> T,
) -> T
where
    T: Default,
{
    machine.heap.modify(array, |cell| match cell {
        Cell::Array(array) => change(array),
        _ => T::default(),
    })
}

/// Throws if the array is frozen.
pub(super) fn refuse_frozen(machine: &mut Machine, array: Index, some: bool) -> Result<(), Trap> {
    match (is_frozen(machine, array), some) {
        (false, _) => Ok(()),
        (true, true) => Err(read_only(machine, 0)),
        (true, false) => Err(length_is_frozen(machine)),
    }
}

fn is_frozen(machine: &Machine, array: Index) -> bool {
    matches!(machine.cell(array), Cell::Array(array) if array.frozen)
}

fn read_only(machine: &mut Machine, at: usize) -> Trap {
    machine.throw(
        ErrorKind::TypeError,
        format_args!("Cannot assign to read only property '{at}' of object '[object Array]'"),
    )
}

fn length_is_frozen(machine: &mut Machine) -> Trap {
    machine.throw(
        ErrorKind::TypeError,
        "Cannot assign to read only property 'length' of object '[object Array]'",
    )
}

fn not_extensible(machine: &mut Machine, at: usize) -> Trap {
    machine.throw(
        ErrorKind::TypeError,
        format_args!("Cannot add property {at}, object is not extensible"),
    )
}

/// The fuel for moving so many elements at once, which costs far less than an instruction each.
fn moved(elements: usize) -> usize {
    elements / 16
}
