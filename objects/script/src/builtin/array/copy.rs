//! Methods that make a new array.

use super::change::splice_range;
use super::{array_index, check_length, copied, items, place_at, receiver};
use crate::limits::{DEBT_MAX, FLAT_DEPTH_MAX};
use crate::machine::heap::VAL_BYTES;
use crate::machine::{Args, ErrorKind, Index, Machine, Trap, Val, convert};

/// `Array.of(…items)`.
pub(super) fn of(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    machine.charge(args.len);
    machine.reserve(args.len * VAL_BYTES)?;
    let items = (0..args.len).map(|at| machine.arg(args, at)).collect();
    Ok(machine.new_array(items))
}

/// `slice(start, end)`.
pub(super) fn slice(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let array = receiver(machine, this)?;
    let length = items(machine, array).len();
    let start = place_at(machine, args, 0, length, 0)?;
    let end = place_at(machine, args, 1, length, length)?;
    let items = copied(machine, array, start, end)?;
    Ok(machine.new_array(items))
}

/// `concat(…values)`: arrays among them are spread.
pub(super) fn concat(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let array = receiver(machine, this)?;
    let values: Vec<Val> = (0..args.len).map(|at| machine.arg(args, at)).collect();
    let mut length = items(machine, array).len();
    for &value in &values {
        length += array_index(machine, value).map_or(1, |array| items(machine, array).len());
    }
    check_length(machine, length)?;
    machine.charge(length);
    machine.reserve(length * VAL_BYTES)?;
    let mut result = Vec::with_capacity(length);
    result.extend_from_slice(items(machine, array));
    for value in values {
        match array_index(machine, value) {
            Some(array) => result.extend_from_slice(items(machine, array)),
            None => result.push(value),
        }
    }
    Ok(machine.new_array(result))
}

/// `toReversed()`.
pub(super) fn to_reversed(machine: &mut Machine, this: Val, _: Args) -> Result<Val, Trap> {
    let array = receiver(machine, this)?;
    let length = items(machine, array).len();
    let mut items = copied(machine, array, 0, length)?;
    items.reverse();
    Ok(machine.new_array(items))
}

/// `toSpliced(start, count, …items)`.
pub(super) fn to_spliced(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let array = receiver(machine, this)?;
    let length = items(machine, array).len();
    let (start, count) = splice_range(machine, args, length)?;
    let added: Vec<Val> = (2..args.len).map(|at| machine.arg(args, at)).collect();
    check_length(machine, length - count + added.len())?;
    machine.reserve((length + added.len()) * VAL_BYTES)?;
    let mut items = copied(machine, array, 0, length)?;
    items.splice(start..start + count, added);
    Ok(machine.new_array(items))
}

/// `with(index, value)`.
pub(super) fn with(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let array = receiver(machine, this)?;
    let length = items(machine, array).len();
    let index = machine.to_integer(args, 0)?;
    let place = if index < 0.0 { index + length as f64 } else { index };
    if place < 0.0 || place >= length as f64 {
        let message = format!("Invalid index : {}", convert::number_to_text(index));
        return Err(machine.throw(ErrorKind::RangeError, message));
    }
    let value = machine.arg(args, 1);
    let mut items = copied(machine, array, 0, length)?;
    items[place as usize] = value;
    Ok(machine.new_array(items))
}

/// `flat(depth)`. An array that is in itself, flattened without end, is refused as one that is too
/// deep.
pub(super) fn flat(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let array = receiver(machine, this)?;
    let depth = match machine.arg(args, 0) {
        Val::Undefined => 1.0,
        _ => machine.to_integer(args, 0)?,
    };
    let mut result = Vec::new();
    let mut around: Vec<(Index, usize)> = vec![(array, 0)];
    while let Some((array, at)) = around.pop() {
        let Some(&value) = items(machine, array).get(at) else {
            continue;
        };
        machine.charge(1);
        if machine.fuel < -(DEBT_MAX as i64) {
            return Err(Trap::OutOfFuel);
        }
        around.push((array, at + 1));
        match array_index(machine, value) {
            Some(inner) if (around.len() as f64) <= depth => {
                if around.len() >= FLAT_DEPTH_MAX {
                    return Err(
                        machine.throw(ErrorKind::RangeError, "Maximum call stack size exceeded")
                    );
                }
                around.push((inner, 0));
            }
            _ => result.push(value),
        }
        if result.len().is_power_of_two() {
            machine.reserve(2 * result.len() * VAL_BYTES)?;
        }
    }
    check_length(machine, result.len())?;
    Ok(machine.new_array(result))
}
