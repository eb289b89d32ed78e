//! The constants of a code, each once.

use std::collections::BTreeMap;

use num_bigint::BigInt;

use crate::code::Constant;

/// The constants so far.
#[derive(Default)]
pub struct Constants {
    list: Vec<Constant>,
    known: BTreeMap<Key, u32>,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(u64),
    String(Vec<u16>),
    BigInt(BigInt),
    RegExp(Vec<u16>, String),
}

impl Constants {
    /// The index of a number.
    pub fn number(&mut self, number: f64) -> u32 {
        self.add(Key::Number(number.to_bits()), || Constant::Number(number))
    }

    /// The index of a string.
    pub fn text(&mut self, text: &str) -> u32 {
        self.units(text.encode_utf16().collect())
    }

    /// The index of a string in UTF-16.
    pub fn units(&mut self, units: Vec<u16>) -> u32 {
        self.add(Key::String(units.clone()), || Constant::String(units))
    }

    /// The index of a big integer.
    pub fn bigint(&mut self, value: BigInt) -> u32 {
        self.add(Key::BigInt(value.clone()), || Constant::BigInt(value))
    }

    /// The index of a regular expression.
    pub fn regexp(&mut self, pattern: &str, flags: &str) -> u32 {
        let units: Vec<u16> = pattern.encode_utf16().collect();
        let key = Key::RegExp(units.clone(), flags.to_owned());
        self.add(key, || Constant::RegExp(units, flags.to_owned()))
    }

    pub fn into_list(self) -> Vec<Constant> {
        self.list
    }

    fn add(&mut self, key: Key, constant: impl FnOnce() -> Constant) -> u32 {
        let list = &mut self.list;
        *self.known.entry(key).or_insert_with(|| {
            list.push(constant());
            // A constant takes a byte of source at least.
            u32::try_from(list.len() - 1).unwrap_or(u32::MAX)
        })
    }
}

/// The code units of a literal. Where it has lone surrogates, the parser writes each of them as
/// U+FFFD and four hexadecimal digits, and U+FFFD itself as U+FFFD and `fffd`.
pub fn units(text: &str, lone_surrogates: bool) -> Vec<u16> {
    if !lone_surrogates {
        return text.encode_utf16().collect();
    }
    let mut units = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('\u{fffd}') {
        units.extend(rest[..at].encode_utf16());
        rest = &rest[at + '\u{fffd}'.len_utf8()..];
        let digits = rest.get(..4).and_then(|digits| u16::from_str_radix(digits, 16).ok());
        match digits {
            Some(unit) => {
                units.push(unit);
                rest = &rest[4..];
            }
            None => units.push(0xfffd),
        }
    }
    units.extend(rest.encode_utf16());
    units
}
