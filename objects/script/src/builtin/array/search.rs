//! Methods that read.

use super::{items, place, receiver};
use crate::machine::{Args, Machine, Trap, Val};

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
    let start = start(machine, args, items(machine, array).len())?;
    let value = machine.arg(args, 0);
    let items = items(machine, array);
    let mut rest = items.iter().enumerate().skip(start);
    let found = rest.find(|&(_, &item)| machine.strict_equals(item, value)).map(|(at, _)| at);
    let looked_at = found.map_or(items.len(), |at| at + 1).saturating_sub(start);
    machine.charge(looked_at);
    Ok(number(found))
}

/// `lastIndexOf(value, from)`.
pub(super) fn last_index_of(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let array = receiver(machine, this)?;
    let length = items(machine, array).len();
    let mut end = length;
    if args.len > 1 {
        let from = machine.to_integer(args, 1)?;
        let from = if from < 0.0 { from + length as f64 } else { from };
        end = (from + 1.0).clamp(0.0, length as f64) as usize;
    }
    let value = machine.arg(args, 0);
    let before = &items(machine, array)[..end];
    let found = before.iter().rposition(|&item| machine.strict_equals(item, value));
    machine.charge(end - found.unwrap_or(0));
    Ok(number(found))
}

/// `includes(value, from)`.
pub(super) fn includes(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let array = receiver(machine, this)?;
    let start = start(machine, args, items(machine, array).len())?;
    let value = machine.arg(args, 0);
    let items = items(machine, array);
    let found = items[start..].iter().position(|&item| machine.same_value_zero(item, value));
    let looked_at = found.map_or(items.len() - start, |at| at + 1);
    machine.charge(looked_at);
    Ok(Val::Bool(found.is_some()))
}

fn start(machine: &mut Machine, args: Args, length: usize) -> Result<usize, Trap> {
    Ok(place(machine.to_integer(args, 1)?, length))
}

fn number(place: Option<usize>) -> Val {
    Val::Number(place.map_or(-1.0, |at| at as f64))
}
