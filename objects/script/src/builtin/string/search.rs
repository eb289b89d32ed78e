//! Finding strings in strings, in time proportional to both.

use super::clamped;
use crate::machine::heap::{Cell, Text};
use crate::machine::{Args, ErrorKind, Machine, Trap, Val};

/// The first place at or after `from` where `needle` is, by Knuth, Morris and Pratt (Fast pattern
/// matching in strings, 1977).
pub fn find(text: &[u16], needle: &[u16], from: usize) -> Option<usize> {
    Finder::new(needle).find(text, from)
}

/// A text that is looked for, possibly many times.
pub struct Finder<'n> {
    needle: &'n [u16],
    /// Of each beginning of the needle, how long the longest shorter beginning is that ends it.
    borders: Vec<u32>,
}

impl<'n> Finder<'n> {
    /// Prepares for a needle.
    pub fn new(needle: &'n [u16]) -> Self {
        let mut borders: Vec<u32> = Vec::new();
        if needle.len() > 1 {
            borders.push(0);
            let mut border = 0;
            for &unit in &needle[1..] {
                while border > 0 && needle[border] != unit {
                    border = borders[border - 1] as usize;
                }
                border += usize::from(needle[border] == unit);
                borders.push(border as u32);
            }
        }
        Self { needle, borders }
    }

    /// The first place at or after `from`.
    pub fn find(&self, text: &[u16], from: usize) -> Option<usize> {
        let rest = text.get(from..)?;
        match self.needle {
            [] => return Some(from),
            [unit] => return rest.iter().position(|at| at == unit).map(|at| from + at),
            _ => {}
        }
        let mut matched = 0;
        for (at, unit) in rest.iter().enumerate() {
            while matched > 0 && self.needle[matched] != *unit {
                matched = self.borders[matched - 1] as usize;
            }
            matched += usize::from(self.needle[matched] == *unit);
            if matched == self.needle.len() {
                return Some(from + at + 1 - matched);
            }
        }
        None
    }
}

/// The last place at or before `until` where `needle` is.
fn find_last(text: &[u16], needle: &[u16], until: usize) -> Option<usize> {
    let last = text.len().checked_sub(needle.len())?.min(until);
    if needle.is_empty() {
        return Some(last);
    }
    // From the end, everything is the other way round.
    let reversed: Vec<u16> = text[..last + needle.len()].iter().rev().copied().collect();
    let needle: Vec<u16> = needle.iter().rev().copied().collect();
    let place = find(&reversed, &needle, 0)?;
    Some(reversed.len() - place - needle.len())
}

/// Receiver and first argument, which must be no regular expression.
fn operands(
    machine: &mut Machine,
    this: Val,
    args: Args,
    name: &str,
) -> Result<(Text, Text), Trap> {
    let text = machine.this_text(this)?;
    let pattern = machine.arg(args, 0);
    if matches!(pattern, Val::Object(at) if matches!(machine.cell(at), Cell::RegExp(_))) {
        return Err(machine.throw(
            ErrorKind::TypeError,
            format!("First argument to String.prototype.{name} must not be a regular expression"),
        ));
    }
    let needle = machine.to_text(args, 0)?;
    machine.charge((text.len() + needle.len()) / 8);
    Ok((text, needle))
}

/// `text.includes(needle, from)`.
pub(super) fn includes(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let (text, needle) = operands(machine, this, args, "includes")?;
    let from = clamped(machine.to_integer(args, 1)?, text.len());
    Ok(Val::Bool(find(&text, &needle, from).is_some()))
}

/// `text.startsWith(needle, from)`.
pub(super) fn starts_with(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let (text, needle) = operands(machine, this, args, "startsWith")?;
    let from = clamped(machine.to_integer(args, 1)?, text.len());
    Ok(Val::Bool(text[from..].starts_with(&needle)))
}

/// `text.endsWith(needle, end)`.
pub(super) fn ends_with(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let (text, needle) = operands(machine, this, args, "endsWith")?;
    let end = match machine.arg(args, 1) {
        Val::Undefined => text.len(),
        _ => clamped(machine.to_integer(args, 1)?, text.len()),
    };
    Ok(Val::Bool(text[..end].ends_with(&needle)))
}

/// `text.indexOf(needle, from)`.
pub(super) fn index_of(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let text = machine.this_text(this)?;
    let needle = machine.to_text(args, 0)?;
    let from = clamped(machine.to_integer(args, 1)?, text.len());
    machine.charge((text.len() - from + needle.len()) / 8);
    Ok(place_or_none(find(&text, &needle, from)))
}

/// `text.lastIndexOf(needle, until)`.
pub(super) fn last_index_of(machine: &mut Machine, this: Val, args: Args) -> Result<Val, Trap> {
    let text = machine.this_text(this)?;
    let needle = machine.to_text(args, 0)?;
    // Without a number it is sought everywhere (22.1.3.11).
    let until = machine.to_number(args, 1)?;
    let until = if until.is_nan() { text.len() } else { clamped(until, text.len()) };
    machine.charge((text.len() + needle.len()) / 8);
    Ok(place_or_none(find_last(&text, &needle, until)))
}

fn place_or_none(place: Option<usize>) -> Val {
    Val::Number(place.map_or(-1.0, |place| place as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str) -> Vec<u16> {
        text.encode_utf16().collect()
    }

    /// All texts of two letters up to a length.
    fn texts(length_max: u32) -> impl Iterator<Item = String> {
        (0..=length_max).flat_map(|length| {
            (0..1u32 << length).map(move |bits| {
                (0..length).map(|at| if bits >> at & 1 == 1 { 'a' } else { 'b' }).collect()
            })
        })
    }

    #[test]
    fn every_short_text_is_found_where_it_is() {
        for text in texts(7) {
            for needle in texts(4) {
                let (units, sought) = (units(&text), units(&needle));
                assert_eq!(find(&units, &sought, 0), text.find(&needle), "{needle} in {text}");
                let last = find_last(&units, &sought, usize::MAX);
                assert_eq!(last, text.rfind(&needle), "{needle} in {text}");
            }
        }
        assert_eq!(find(&units("abab"), &units("ab"), 1), Some(2));
        assert_eq!(find(&units("abab"), &units(""), 4), Some(4));
        assert_eq!(find(&units("abab"), &units(""), 5), None);
        assert_eq!(find_last(&units("abab"), &units("ab"), 1), Some(0));
    }
}
