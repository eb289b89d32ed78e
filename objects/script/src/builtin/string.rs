//! `String` and the methods of strings (ECMA-262, 22.1), on UTF-16 code units. What takes a regular
//! expression is in `regexp.rs`.

mod change;
mod make;
pub(super) mod search;

use super::{Action, Entry};
use crate::limits::STRING_UNITS_MAX;
use crate::machine::{Args, ErrorKind, Machine, Trap, Val};

use Action::{Native, Prelude};

pub(super) const TABLE: &[Entry] = &[
    Entry { path: "String", length: 1, action: Native(make::string) },
    Entry { path: "String.fromCharCode", length: 1, action: Native(make::from_char_code) },
    Entry { path: "String.fromCodePoint", length: 1, action: Native(make::from_code_point) },
    Entry { path: "String.prototype.at", length: 1, action: Native(at) },
    Entry { path: "String.prototype.charAt", length: 1, action: Native(char_at) },
    Entry { path: "String.prototype.charCodeAt", length: 1, action: Native(char_code_at) },
    Entry { path: "String.prototype.codePointAt", length: 1, action: Native(code_point_at) },
    Entry { path: "String.prototype.concat", length: 1, action: Native(make::concat) },
    Entry { path: "String.prototype.endsWith", length: 1, action: Native(search::ends_with) },
    Entry { path: "String.prototype.includes", length: 1, action: Native(search::includes) },
    Entry { path: "String.prototype.indexOf", length: 1, action: Native(search::index_of) },
    Entry { path: "String.prototype.isWellFormed", length: 0, action: Native(is_well_formed) },
    Entry {
        path: "String.prototype.lastIndexOf",
        length: 1,
        action: Native(search::last_index_of),
    },
    Entry { path: "String.prototype.normalize", length: 0, action: Native(change::normalize) },
    Entry { path: "String.prototype.padEnd", length: 1, action: Native(make::pad_end) },
    Entry { path: "String.prototype.padStart", length: 1, action: Native(make::pad_start) },
    Entry { path: "String.prototype.repeat", length: 1, action: Native(make::repeat) },
    Entry { path: "String.prototype.replace", length: 2, action: Prelude("stringReplace") },
    Entry { path: "String.prototype.replaceAll", length: 2, action: Prelude("stringReplaceAll") },
    Entry { path: "String.prototype.slice", length: 2, action: Native(slice) },
    Entry { path: "String.prototype.startsWith", length: 1, action: Native(search::starts_with) },
    Entry { path: "String.prototype.substring", length: 2, action: Native(substring) },
    Entry {
        path: "String.prototype.toLowerCase",
        length: 0,
        action: Native(change::to_lower_case),
    },
    Entry { path: "String.prototype.toString", length: 0, action: Native(value_of) },
    Entry {
        path: "String.prototype.toUpperCase",
        length: 0,
        action: Native(change::to_upper_case),
    },
    Entry { path: "String.prototype.toWellFormed", length: 0, action: Native(to_well_formed) },
    Entry { path: "String.prototype.trim", length: 0, action: Native(change::trim) },
    Entry { path: "String.prototype.trimEnd", length: 0, action: Native(change::trim_end) },
    Entry { path: "String.prototype.trimStart", length: 0, action: Native(change::trim_start) },
    Entry { path: "String.prototype.valueOf", length: 0, action: Native(value_of) },
];

/// A new string, after its room was asked for.
pub(super) fn made(machine: &mut Machine, units: &[u16]) -> Result<Val, Trap> {
    room(machine, units.len())?;
    Ok(machine.new_text(units))
}

/// Asks for the room of a string, and takes the fuel that making it costs.
pub(super) fn room(machine: &mut Machine, units: usize) -> Result<(), Trap> {
    check_length(machine, units as f64)?;
    machine.reserve(units.saturating_mul(2))?;
    machine.charge(units / 16);
    Ok(())
}

/// Throws unless a string may be so long.
pub(super) fn check_length(machine: &mut Machine, units: f64) -> Result<(), Trap> {
    if units > STRING_UNITS_MAX as f64 {
        return Err(machine.throw(ErrorKind::RangeError, "Invalid string length"));
    }
    Ok(())
}

/// A place within `0..=length`; below 0 counts as 0.
fn clamped(integer: f64, length: usize) -> usize {
    // A float that is no integer of this range becomes its nearest.
    (integer.max(0.0) as usize).min(length)
}

/// The place that an argument names, cut to `0..=length`, or `absent` if it is undefined.
fn place(
    machine: &mut Machine,
    args: Args,
    i: usize,
    length: usize,
    absent: usize,
    from_end: bool,
) -> Result<usize, Trap> {
    if machine.arg(args, i) == Val::Undefined {
        return Ok(absent);
    }
    let integer = machine.to_integer(args, i)?;
    let integer = if from_end && integer < 0.0 { integer + length as f64 } else { integer };
    Ok(clamped(integer, length))
}

/// The code unit at the place that the first argument names.
fn unit_at(machine: &mut Machine, this: Val, args: Args) -> Result<Option<u16>, Trap> {
    let text = machine.this_text(this)?;
    let at = machine.to_integer(args, 0)?;
    if at < 0.0 { Ok(None) } else { Ok(text.get(at as usize).copied()) }
}

/// `text.at(index)`.
fn at(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let text = machine.this_text(this)?;
    let at = machine.to_integer(args, 0)?;
    let at = if at < 0.0 { at + text.len() as f64 } else { at };
    if at < 0.0 {
        return Ok(Val::Undefined);
    }
    Ok(match text.get(at as usize) {
        Some(&unit) => machine.new_text([unit]),
        None => Val::Undefined,
    })
}

/// `text.charAt(index)`.
fn char_at(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let unit = unit_at(machine, this, args)?;
    Ok(machine.new_text(unit.into_iter().collect::<Vec<_>>()))
}

/// `text.charCodeAt(index)`.
fn char_code_at(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let unit = unit_at(machine, this, args)?;
    Ok(Val::Number(unit.map_or(f64::NAN, f64::from)))
}

/// `text.codePointAt(index)`.
fn code_point_at(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let text = machine.this_text(this)?;
    let at = machine.to_integer(args, 0)?;
    let rest = if at < 0.0 { None } else { text.get(at as usize..) };
    // Two units at the most are of one code point.
    let first = rest.and_then(|rest| char::decode_utf16(rest.iter().copied().take(2)).next());
    Ok(match first {
        Some(Ok(point)) => Val::Number(f64::from(u32::from(point))),
        Some(Err(lone)) => Val::Number(f64::from(lone.unpaired_surrogate())),
        None => Val::Undefined,
    })
}

/// `text.slice(start, end)`.
fn slice(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let text = machine.this_text(this)?;
    let start = place(machine, args, 0, text.len(), 0, true)?;
    let end = place(machine, args, 1, text.len(), text.len(), true)?;
    part(machine, this, &text, start, end)
}

/// `text.substring(start, end)`.
fn substring(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let text = machine.this_text(this)?;
    let start = place(machine, args, 0, text.len(), 0, false)?;
    let end = place(machine, args, 1, text.len(), text.len(), false)?;
    part(machine, this, &text, start.min(end), start.max(end))
}

/// A part of the receiver, or the receiver if it is all of it.
fn part(
    machine: &mut Machine,
    this: Val,
    text: &[u16],
    start: usize,
    end: usize,
) -> Result<Val, Trap> {
    if start == 0 && end == text.len() {
        return Ok(this);
    }
    made(machine, text.get(start..end).unwrap_or_default())
}

/// `text.isWellFormed()`: no surrogate is alone.
fn is_well_formed(machine: &mut Machine, this: Val, _: Args) -> Result<Val, Trap> {
    let text = machine.this_text(this)?;
    machine.charge(text.len() / 16);
    Ok(Val::Bool(char::decode_utf16(text.iter().copied()).all(|point| point.is_ok())))
}

/// `text.toWellFormed()`: each lone surrogate becomes U+FFFD.
fn to_well_formed(machine: &mut Machine, this: Val, _: Args) -> Result<Val, Trap> {
    let text = machine.this_text(this)?;
    room(machine, text.len())?;
    let mut units = Vec::with_capacity(text.len());
    for point in char::decode_utf16(text.iter().copied()) {
        let point = point.unwrap_or(char::REPLACEMENT_CHARACTER);
        units.extend_from_slice(point.encode_utf16(&mut [0; 2]));
    }
    Ok(machine.new_text(units))
}

/// `text.toString()`, `text.valueOf()`.
fn value_of(machine: &mut Machine, this: Val, _: Args) -> Result<Val, Trap> {
    machine.this_text(this)?;
    Ok(this)
}
