//! Percent-encoding: `encodeURIComponent` and its kin (ECMA-262, 19.2.6).

use super::string::room;
use super::{Action, Entry};
use crate::machine::{Args, ErrorKind, Machine, Trap, Val};

use Action::Native;

pub(super) const TABLE: &[Entry] = &[
    Entry { path: "decodeURI", length: 1, action: Native(decode_uri) },
    Entry { path: "decodeURIComponent", length: 1, action: Native(decode_uri_component) },
    Entry { path: "encodeURI", length: 1, action: Native(encode_uri) },
    Entry { path: "encodeURIComponent", length: 1, action: Native(encode_uri_component) },
];

/// What no function encodes besides letters and digits.
const MARKS: &[u8] = b"-_.!~*'()";
/// What separates the parts of a URI: not encoded by `encodeURI`, not decoded by `decodeURI`.
const RESERVED: &[u8] = b";/?:@&=+$,#";

/// `encodeURIComponent(text)`.
fn encode_uri_component(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    encode(machine, args, b"")
}

/// `encodeURI(text)`.
fn encode_uri(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    encode(machine, args, RESERVED)
}

/// `decodeURIComponent(text)`.
fn decode_uri_component(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    decode(machine, args, b"")
}

/// `decodeURI(text)`.
fn decode_uri(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    decode(machine, args, RESERVED)
}

fn encode(machine: &mut Machine, args: Args, kept: &[u8]) -> Result<Val, Trap> {
    let text = machine.to_text(args, 0)?;
    // Three bytes of UTF-8 a unit at the most, three units each.
    machine.charge(text.len() / 4);
    machine.reserve(text.len().saturating_mul(18))?;
    let Ok(text) = String::from_utf16(&text) else { return Err(malformed(machine)) };
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || MARKS.contains(&byte) || kept.contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    room(machine, encoded.len())?;
    Ok(machine.new_str(&encoded))
}

fn decode(machine: &mut Machine, args: Args, kept: &[u8]) -> Result<Val, Trap> {
    let text = machine.to_text(args, 0)?;
    room(machine, text.len())?;
    machine.charge(text.len() / 4);
    match decoded(&text, kept) {
        Some(units) => Ok(machine.new_text(units)),
        None => Err(malformed(machine)),
    }
}

/// The text with all escapes decoded but those of the characters to keep; none if an escape is not
/// UTF-8.
fn decoded(text: &[u16], kept: &[u8]) -> Option<Vec<u16>> {
    let mut units = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&unit) = text.get(at) {
        if unit != u16::from(b'%') {
            units.push(unit);
            at += 1;
            continue;
        }
        let first = escape(text, at)?;
        let length = match first.leading_ones() {
            0 => 1,
            length @ 2..=4 => length as usize,
            _ => return None,
        };
        let bytes: Vec<u8> =
            (0..length).map(|place| escape(text, at + 3 * place)).collect::<Option<_>>()?;
        let escapes = text.get(at..at + 3 * length)?;
        if length == 1 && kept.contains(&first) {
            units.extend_from_slice(escapes);
        } else {
            units.extend(std::str::from_utf8(&bytes).ok()?.encode_utf16());
        }
        at += 3 * length;
    }
    Some(units)
}

/// The byte of the escape that begins there.
fn escape(text: &[u16], at: usize) -> Option<u8> {
    let [percent, high, low] = text.get(at..at + 3)? else { return None };
    let digit = |unit: u16| char::from(u8::try_from(unit).ok()?).to_digit(16);
    if *percent != u16::from(b'%') {
        return None;
    }
    u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()
}

fn malformed(machine: &mut Machine) -> Trap {
    machine.throw(ErrorKind::URIError, "URI malformed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_characters_are_decoded() {
        let decoded = |text: &str| {
            let units: Vec<u16> = text.encode_utf16().collect();
            decoded(&units, RESERVED).map(|units| String::from_utf16_lossy(&units))
        };
        assert_eq!(decoded("a%20%E2%82%ac%2f"), Some("a €%2f".to_owned()));
        for text in ["%", "%4", "%zz", "%80", "%C0%80", "%E2%82", "%ED%A0%80", "%F8%80%80%80"] {
            assert_eq!(decoded(text), None, "{text}");
        }
    }
}
