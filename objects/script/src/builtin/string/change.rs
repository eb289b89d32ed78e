//! Strings in another form: case, normalization, without white space.

use unicode_normalization::UnicodeNormalization;

use super::{part, room};
use crate::machine::convert::is_space;
use crate::machine::{Args, ErrorKind, Machine, Trap, Val};

/// `text.toLowerCase()`.
pub(super) fn to_lower_case(machine: &mut Machine, this: Val, _: Args) -> Result<Val, Trap> {
    // With the final sigma, which depends on the letters around it.
    changed(machine, this, |ascii| ascii.to_ascii_lowercase(), str::to_lowercase)
}

/// `text.toUpperCase()`.
pub(super) fn to_upper_case(machine: &mut Machine, this: Val, _: Args) -> Result<Val, Trap> {
    changed(machine, this, |ascii| ascii.to_ascii_uppercase(), str::to_uppercase)
}

/// `text.normalize(form)`.
pub(super) fn normalize(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    machine.this_text(this)?;
    let form = match machine.arg(args, 0) {
        Val::Undefined => "NFC".to_owned(),
        _ => String::from_utf16_lossy(&machine.to_text(args, 0)?),
    };
    let change: fn(&str) -> String = match form.as_str() {
        "NFC" => |text| text.nfc().collect(),
        "NFD" => |text| text.nfd().collect(),
        "NFKC" => |text| text.nfkc().collect(),
        "NFKD" => |text| text.nfkd().collect(),
        _ => {
            let why = "The normalization form should be one of NFC, NFD, NFKC, NFKD.";
            return Err(machine.throw(ErrorKind::RangeError, why));
        }
    };
    changed(machine, this, |ascii| *ascii, change)
}

/// The receiver with every stretch changed that has no lone surrogate; those stay, and what is
/// before one has nothing to do with what is after it.
fn changed(
    machine: &mut Machine,
    this: Val,
    ascii: fn(&u8) -> u8,
    change: fn(&str) -> String,
) -> Result<Val, Trap> {
    let text = machine.this_text(this)?;
    room(machine, text.len())?;
    machine.charge(text.len() / 4);
    let plain: Option<Vec<u16>> = text
        .iter()
        .map(|&unit| {
            let byte = u8::try_from(unit).ok().filter(u8::is_ascii)?;
            Some(u16::from(ascii(&byte)))
        })
        .collect();
    let units = match plain {
        Some(plain) if plain == *text => return Ok(this),
        Some(plain) => plain,
        None => change_stretches(&text, change),
    };
    room(machine, units.len())?;
    Ok(machine.new_text(units))
}

fn change_stretches(text: &[u16], change: fn(&str) -> String) -> Vec<u16> {
    let mut units = Vec::with_capacity(text.len());
    let mut stretch = String::new();
    for point in char::decode_utf16(text.iter().copied()) {
        match point {
            Ok(point) => stretch.push(point),
            Err(lone) => {
                units.extend(change(&stretch).encode_utf16());
                units.push(lone.unpaired_surrogate());
                stretch.clear();
            }
        }
    }
    units.extend(change(&stretch).encode_utf16());
    units
}

/// `text.trim()`.
pub(super) fn trim(machine: &mut Machine, this: Val, _: Args) -> Result<Val, Trap> {
    trimmed(machine, this, true, true)
}

/// `text.trimStart()`.
pub(super) fn trim_start(machine: &mut Machine, this: Val, _: Args) -> Result<Val, Trap> {
    trimmed(machine, this, true, false)
}

/// `text.trimEnd()`.
pub(super) fn trim_end(machine: &mut Machine, this: Val, _: Args) -> Result<Val, Trap> {
    trimmed(machine, this, false, true)
}

fn trimmed(machine: &mut Machine, this: Val, start: bool, end: bool) -> Result<Val, Trap> {
    let text = machine.this_text(this)?;
    machine.charge(text.len() / 16);
    let is_text = |unit: &u16| !is_space(*unit);
    let from = if start { text.iter().position(is_text).unwrap_or(text.len()) } else { 0 };
    let to =
        if end { text.iter().rposition(is_text).map_or(0, |last| last + 1) } else { text.len() };
    part(machine, this, &text, from, to.max(from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lone_surrogates_stay_and_part_what_is_around_them() {
        let lower = |text: &[u16]| change_stretches(text, str::to_lowercase);
        let sigma: Vec<u16> = "ΑΣ".encode_utf16().collect();
        assert_eq!(lower(&sigma), "ας".encode_utf16().collect::<Vec<_>>());
        let mut parted = sigma;
        parted.push(0xd800);
        parted.extend("Σ".encode_utf16());
        let mut expected: Vec<u16> = "ας".encode_utf16().collect();
        expected.push(0xd800);
        expected.extend("σ".encode_utf16());
        assert_eq!(lower(&parted), expected);
    }
}
