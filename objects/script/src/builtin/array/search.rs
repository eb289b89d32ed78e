//! Methods that read.

use super::{items, place, receiver};
use crate::machine::{Args, Index, Machine, Trap, Val};

/// `at(index)`.
pub(super) fn at(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let array = receiver(machine, this)?;
    let index = machine.to_integer(args, 0)?;
    let items = items(machine, array);
    let place = if index < 0.0 { index + items.len() as f64 } else { index };
    if place < 0.0 || place >= items.len() as f64 {
        return Ok(Val::Undefined);
    }
    Ok(items[place as usize])
}

/// `indexOf(value, from)`.
pub(super) fn index_of(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let array = receiver(machine, this)?;
    let length = items(machine, array).len();
    let start = start(machine, args, length)?;
    let found = find(machine, array, start..length, machine.arg(args, 0), strict)?;
    Ok(number(found))
}

/// `lastIndexOf(value, from)`.
pub(super) fn last_index_of(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let array = receiver(machine, this)?;
    let length = items(machine, array).len();
    let mut end = length;
    if args.len > 1 && length > 0 {
        let from = machine.to_integer(args, 1)?;
        let from = if from < 0.0 { from + length as f64 } else { from };
        end = (from + 1.0).clamp(0.0, length as f64) as usize;
    }
    let found = find(machine, array, (0..end).rev(), machine.arg(args, 0), strict)?;
    Ok(number(found))
}

/// `includes(value, from)`.
pub(super) fn includes(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let array = receiver(machine, this)?;
    let length = items(machine, array).len();
    let start = start(machine, args, length)?;
    let equals = Machine::same_value_zero;
    let found = find(machine, array, start..length, machine.arg(args, 0), equals)?;
    Ok(Val::Bool(found.is_some()))
}

fn strict(machine: &Machine, left: Val, right: Val) -> bool {
    machine.strict_equals(left, right)
}

/// The first of the places where an element equals the value. Comparing costs the length of texts.
fn find(
    machine: &mut Machine,
    array: Index,
    places: impl Iterator<Item = usize>,
    value: Val,
    equals: fn(&Machine, Val, Val) -> bool,
) -> Result<Option<usize>, Trap> {
    let mut work = 0_usize;
    let mut found = None;
    for at in places {
        let Some(&item) = items(machine, array).get(at) else { break };
        work += 1 + machine.comparison_work(item, value);
        // Where the same text stands in an array many times, the work is no longer in proportion
        // to what is there.
        machine.check_debt(work)?;
        if equals(machine, item, value) {
            found = Some(at);
            break;
        }
    }
    machine.charge(work);
    Ok(found)
}

fn start(machine: &mut Machine, args: Args, length: usize) -> Result<usize, Trap> {
    // Where there is nothing to find, nobody asks from where on.
    if length == 0 {
        return Ok(0);
    }
    Ok(place(machine.to_integer(args, 1)?, length))
}

fn number(place: Option<usize>) -> Val {
    Val::Number(place.map_or(-1.0, |at| at as f64))
}
