//! Strings out of codes and out of other strings.

use super::{check_length, made, room};
use crate::builtin::math::functions::to_uint32;
use crate::builtin::number::digits::to_text;
use crate::machine::{Args, ErrorKind, Machine, Trap, Val};

/// `String(value)`.
pub(super) fn string(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    if args.len == 0 {
        return Ok(machine.new_str(""));
    }
    match machine.arg(args, 0) {
        text @ Val::Text(_) => Ok(text),
        _ => {
            let text = machine.to_text(args, 0)?;
            Ok(machine.new_text(text))
        }
    }
}

/// `String.fromCharCode(…codes)`.
pub(super) fn from_char_code(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let mut units = Vec::with_capacity(args.len);
    for i in 0..args.len {
        // ToUint16: the low half.
        units.push(to_uint32(machine.to_number(args, i)?) as u16);
    }
    made(machine, &units)
}

/// `String.fromCodePoint(…codes)`.
pub(super) fn from_code_point(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let mut units = Vec::with_capacity(args.len);
    for i in 0..args.len {
        let number = machine.to_number(args, i)?;
        let code = number as u32;
        if f64::from(code) != number || code > u32::from(char::MAX) {
            let shown = to_text(number);
            return Err(machine.throw(ErrorKind::RangeError, format!("Invalid code point {shown}")));
        }
        match char::from_u32(code) {
            Some(point) => units.extend_from_slice(point.encode_utf16(&mut [0; 2])),
            // A surrogate, which is a code unit of its own.
            None => units.push(code as u16),
        }
    }
    made(machine, &units)
}

/// `text.concat(…others)`.
pub(super) fn concat(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let mut parts = vec![machine.this_text(this)?];
    for i in 0..args.len {
        parts.push(machine.to_text(args, i)?);
    }
    let length = parts.iter().fold(0usize, |sum, part| sum.saturating_add(part.len()));
    room(machine, length)?;
    Ok(machine.new_text(parts.concat()))
}

/// `text.repeat(count)`.
pub(super) fn repeat(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let text = machine.this_text(this)?;
    let number = machine.to_number(args, 0)?;
    let count = machine.to_integer(args, 0)?;
    if count < 0.0 || count.is_infinite() {
        let shown = to_text(number);
        return Err(machine.throw(ErrorKind::RangeError, format!("Invalid count value: {shown}")));
    }
    if text.is_empty() || count == 0.0 {
        return Ok(machine.new_str(""));
    }
    check_length(machine, text.len() as f64 * count)?;
    // The length is below the limit, so the count is.
    let count = count as usize;
    room(machine, text.len().saturating_mul(count))?;
    Ok(machine.new_text(text.repeat(count)))
}

/// `text.padStart(length, filler)`.
pub(super) fn pad_start(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    pad(machine, this, args, true)
}

/// `text.padEnd(length, filler)`.
pub(super) fn pad_end(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    pad(machine, this, args, false)
}

fn pad(machine: &mut Machine, this: Val, args: Args, start: bool) -> Result<Val, Trap> {
    let text = machine.this_text(this)?;
    let length = machine.to_integer(args, 0)?;
    if length <= text.len() as f64 {
        return Ok(this);
    }
    let filler = match machine.arg(args, 1) {
        Val::Undefined => [u16::from(b' ')].into(),
        _ => machine.to_text(args, 1)?,
    };
    if filler.is_empty() {
        return Ok(this);
    }
    check_length(machine, length)?;
    let length = length as usize;
    room(machine, length)?;
    let padding = filler.iter().copied().cycle().take(length - text.len());
    let own = text.iter().copied();
    let units: Vec<u16> =
        if start { padding.chain(own).collect() } else { own.chain(padding).collect() };
    Ok(machine.new_text(units))
}
