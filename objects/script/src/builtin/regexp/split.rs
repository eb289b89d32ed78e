//! `text.split(separator, limit)` (ECMA-262, 22.1.3.23 and 22.2.6.14).

use std::ops::Range;

use super::found::group;
use super::{compiled_at, on_fuel, regexp_index};
use crate::builtin::math::functions::to_uint32;
use crate::builtin::string::search::Finder;
use crate::machine::heap::{CELL_BYTES, Text, VAL_BYTES};
use crate::machine::{Args, Machine, Trap, Val};

/// `text.split(separator, limit)`.
pub(super) fn split(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let text = machine.this_text(this)?;
    let limit = match machine.arg(args, 1) {
        Val::Undefined => u32::MAX,
        _ => to_uint32(machine.to_number(args, 1)?),
    };
    let separator = machine.arg(args, 0);
    if let Some(index) = regexp_index(machine, separator) {
        let regexp = compiled_at(machine, index)?;
        let pieces = on_fuel(machine, |fuel| regexp.split(&text, limit, fuel))?;
        return array(machine, &text, pieces);
    }
    let needle = machine.to_text(args, 0)?;
    let limit = limit as usize;
    if limit == 0 {
        return Ok(machine.new_array(Vec::new()));
    }
    if separator == Val::Undefined {
        return Ok(machine.new_array(vec![this]));
    }
    machine.charge((text.len() + needle.len()) / 8);
    if needle.is_empty() {
        let count = text.len().min(limit);
        machine.reserve(count.saturating_mul(CELL_BYTES + VAL_BYTES + 2))?;
        return array(machine, &text, (0..count).map(|at| Some(at..at + 1)).collect());
    }
    let finder = Finder::new(&needle);
    let (mut pieces, mut from) = (Vec::new(), 0);
    while let Some(at) = finder.find(&text, from) {
        pieces.push(Some(from..at));
        from = at + needle.len();
        if pieces.len() >= limit {
            return array(machine, &text, pieces);
        }
    }
    pieces.push(Some(from..text.len()));
    array(machine, &text, pieces)
}

fn array(
    machine: &mut Machine,
    text: &Text,
    pieces: Vec<Option<Range<usize>>>,
) -> Result<Val, Trap> {
    machine.charge(pieces.len());
    let room = pieces.len().saturating_mul(CELL_BYTES + VAL_BYTES);
    machine.reserve(room.saturating_add(2 * text.len()))?;
    let items = pieces.into_iter().map(|piece| group(machine, text, piece)).collect();
    Ok(machine.new_array(items))
}
