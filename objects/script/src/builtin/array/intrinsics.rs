//! What `prelude/array.js` and `prelude/sort.js` need of arrays.

use super::change::{change, refuse_frozen};
use super::{array_index, check_length, copied, is_array, items, receiver, text_cost};
use crate::builtin::Action::{Native, Prelude};
use crate::builtin::{Entry, iterator, shown};
use crate::limits::{ARRAY_ITEMS_MAX, STRING_UNITS_MAX};
use crate::machine::heap::{Text, VAL_BYTES};
use crate::machine::{Args, ErrorKind, Index, Machine, Trap, Val};

pub(crate) const TABLE: &[Entry] = &[
    Entry { path: "$begin", length: 2, action: Native(begin) },
    Entry { path: "$beginSort", length: 2, action: Native(begin_sort) },
    Entry { path: "$newArray", length: 1, action: Native(new_array) },
    Entry { path: "$appendAll", length: 2, action: Native(append_all) },
    Entry { path: "$lengthOf", length: 2, action: Native(length_of) },
    Entry { path: "$join", length: 2, action: Native(join) },
    Entry { path: "$present", length: 1, action: Native(present) },
    Entry { path: "$overwrite", length: 2, action: Native(overwrite) },
    Entry { path: "$sortByText", length: 2, action: Native(sort_by_text) },
    Entry { path: "$reverseRange", length: 3, action: Native(reverse_range) },
    Entry { path: "$moveTo", length: 3, action: Native(move_to) },
    Entry { path: "$sorted", length: 2, action: Prelude("sorted") },
    Entry { path: "$sortItems", length: 2, action: Prelude("sortItems") },
    Entry { path: "$sortRun", length: 5, action: Prelude("sortRun") },
    Entry { path: "$merge", length: 5, action: Prelude("merge") },
    Entry { path: "$isArray", length: 1, action: Native(is_array) },
];

/// `$begin(array, callback)`: the length, after checks of both.
fn begin(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let array = machine.arg(args, 0);
    let array = receiver(machine, array)?;
    let callback = machine.arg(args, 1);
    if !machine.is_callable(callback) {
        let shown = shown::shown(machine, callback);
        return Err(machine.throw(ErrorKind::TypeError, format_args!("{shown} is not a function")));
    }
    Ok(Val::Number(items(machine, array).len() as f64))
}

/// `$beginSort(array, compare)`: checks both.
fn begin_sort(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let compare = machine.arg(args, 1);
    if compare != Val::Undefined && !machine.is_callable(compare) {
        return Err(machine.throw(
            ErrorKind::TypeError,
            "The comparison function must be either a function or undefined",
        ));
    }
    let array = machine.arg(args, 0);
    receiver(machine, array)?;
    Ok(Val::Undefined)
}

/// `$newArray(length)`: as many times undefined.
fn new_array(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let length = machine.to_integer(args, 0)?.max(0.0) as usize;
    check_length(machine, length)?;
    machine.charge(length / 16);
    machine.reserve(length * VAL_BYTES)?;
    Ok(machine.new_array(vec![Val::Undefined; length]))
}

/// `$appendAll(array, items)`: those of another array.
fn append_all(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let (array, added) = two_arrays(machine, args)?;
    let length = items(machine, array).len() + items(machine, added).len();
    check_length(machine, length)?;
    let added = copied(machine, added, 0, items(machine, added).len())?;
    change(machine, array, |array| array.items.extend(added));
    Ok(Val::Undefined)
}

/// `$lengthOf(items, length)`: the length of something like an array, or what is not iterable is
/// thrown.
fn length_of(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let value = machine.arg(args, 0);
    if matches!(value, Val::Undefined | Val::Null) {
        return Err(iterator::not_iterable(machine, value));
    }
    let length = machine.to_integer(args, 1)?.max(0.0);
    if length > ARRAY_ITEMS_MAX as f64 {
        return Err(machine.throw(ErrorKind::RangeError, "Invalid array length"));
    }
    Ok(Val::Number(length))
}

/// `$join(array, separator)`: the text, or undefined if some element is an object.
fn join(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let array = machine.arg(args, 0);
    let array = receiver(machine, array)?;
    let separator: Text = match machine.arg(args, 1) {
        Val::Undefined => [u16::from(b',')].into(),
        _ => machine.to_text(args, 1)?,
    };
    let length = items(machine, array).len();
    let mut units = separator.len().saturating_mul(length.saturating_sub(1));
    let mut work = length;
    for &item in items(machine, array) {
        if matches!(item, Val::Object(_) | Val::Builtin(_)) {
            return Ok(Val::Undefined);
        }
        let cost = text_cost(machine, item);
        units += cost.0;
        work += cost.1;
    }
    if units > STRING_UNITS_MAX {
        return Err(machine.throw(ErrorKind::RangeError, "Invalid string length"));
    }
    machine.check_debt(work)?;
    machine.reserve(units.saturating_mul(2))?;
    machine.charge(work);
    let mut text = Vec::with_capacity(units);
    for at in 0..length {
        if at > 0 {
            text.extend_from_slice(&separator);
        }
        match items(machine, array)[at] {
            Val::Undefined | Val::Null => {}
            item => text.extend_from_slice(&machine.value_to_text(item, args.start)?),
        }
    }
    Ok(machine.new_text(text))
}

/// `$present(array)`: a copy without `undefined`.
fn present(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let array = machine.arg(args, 0);
    let array = receiver(machine, array)?;
    let mut items = copied(machine, array, 0, items(machine, array).len())?;
    items.retain(|&item| item != Val::Undefined);
    Ok(machine.new_array(items))
}

/// `$overwrite(array, items)`: puts them in place of the first ones, as a sorted array is written
/// back.
fn overwrite(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let (array, sorted) = two_arrays(machine, args)?;
    refuse_frozen(machine, array, true)?;
    let sorted = copied(machine, sorted, 0, items(machine, sorted).len())?;
    change(machine, array, |array| {
        let kept = array.items.len().min(sorted.len());
        array.items.splice(..kept, sorted);
    });
    Ok(Val::Undefined)
}

/// `$sortByText(items, texts)`: sorts by the texts, or by the items themselves if there are none
/// and no item is an object. Gives whether it did.
fn sort_by_text(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let array = machine.arg(args, 0);
    let array = receiver(machine, array)?;
    let keys = machine.arg(args, 1);
    let keys = array_index(machine, keys).unwrap_or(array);
    let length = items(machine, array).len();
    if items(machine, keys).iter().any(|key| matches!(key, Val::Object(_) | Val::Builtin(_))) {
        return Ok(Val::Bool(false));
    }
    let comparisons = length.max(1).ilog2() as usize + 1;
    let (mut units, mut work) = (0, 0_usize);
    for &key in items(machine, keys) {
        let cost = text_cost(machine, key);
        units += if matches!(key, Val::Text(_)) { 0 } else { cost.0 };
        work = work.saturating_add(cost.1 + comparisons * (1 + cost.0 / 16));
    }
    machine.check_debt(work)?;
    machine.reserve(units.saturating_mul(2))?;
    machine.charge(work);
    let mut keyed: Vec<(Text, Val)> = Vec::with_capacity(length);
    for at in 0..length {
        let key = items(machine, keys).get(at).copied().unwrap_or(Val::Undefined);
        let text = machine.value_to_text(key, args.start)?;
        keyed.push((text, items(machine, array)[at]));
    }
    keyed.sort_by(|(left, _), (right, _)| left.cmp(right));
    change(machine, array, |array| {
        array.items = keyed.into_iter().map(|(_, item)| item).collect();
    });
    Ok(Val::Bool(true))
}

/// `$reverseRange(array, start, end)`.
fn reverse_range(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let array = machine.arg(args, 0);
    let array = receiver(machine, array)?;
    let length = items(machine, array).len() as f64;
    let end = machine.to_integer(args, 2)?.clamp(0.0, length);
    let start = machine.to_integer(args, 1)?.clamp(0.0, end);
    let (start, end) = (start as usize, end as usize);
    machine.charge(end - start);
    change(machine, array, |array| array.items[start..end].reverse());
    Ok(Val::Undefined)
}

/// `$moveTo(array, from, to)`: moves an element towards the front, before the one that is there.
fn move_to(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let array = machine.arg(args, 0);
    let array = receiver(machine, array)?;
    let last = items(machine, array).len().saturating_sub(1) as f64;
    let from = machine.to_integer(args, 1)?.clamp(0.0, last);
    let to = machine.to_integer(args, 2)?.clamp(0.0, from);
    let (from, to) = (from as usize, to as usize);
    machine.charge((from - to) / 16);
    change(machine, array, |array| {
        if let Some(range) = array.items.get_mut(to..=from) {
            range.rotate_right(1);
        }
    });
    Ok(Val::Undefined)
}

fn two_arrays(machine: &mut Machine, args: Args) -> Result<(Index, Index), Trap> {
    let (array, other) = (machine.arg(args, 0), machine.arg(args, 1));
    Ok((receiver(machine, array)?, receiver(machine, other)?))
}
