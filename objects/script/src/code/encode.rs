//! From a code to its bytes.
//!
//! ```text
//!   "HOGCODE" version  name source  imports exports constants  paths of built-ins  functions
//! ```
//!
//! A code has one encoding, and equal encodings are equal codes: so the hash of the bytes is its
//! name. Built-in functions are written by their paths, in the order of their first mention, for
//! their numbers are each process's own.

use super::leb::Writer;
use super::{Capture, Code, CodeHash, Constant, Func, opcode};

/// What an encoding begins with.
pub(super) const MAGIC: &[u8; 7] = b"HOGCODE";
/// The version of the format.
pub(super) const VERSION: u8 = 1;

/// The kinds of constants.
pub(super) mod tag {
    pub(in crate::code) const NUMBER: u8 = 0;
    pub(in crate::code) const TEXT: u8 = 1;
    /// A string that is not well-formed UTF-16, and so has no UTF-8.
    pub(in crate::code) const UNITS: u8 = 2;
    pub(in crate::code) const BIG_INT: u8 = 3;
    pub(in crate::code) const REG_EXP: u8 = 4;
}

/// The flags of a function.
pub(super) mod flag {
    pub(in crate::code) const REST: u8 = 1;
    pub(in crate::code) const ASYNC: u8 = 2;
    pub(in crate::code) const ARROW: u8 = 4;
    pub(in crate::code) const ALL: u8 = 7;
}

impl Code {
    /// Its bytes: canonical, so that equal codes have equal ones.
    pub fn encode(&self) -> Vec<u8> {
        let mut body = Writer::default();
        body.count(self.functions.len());
        for function in &self.functions {
            function.encode(&mut body);
        }
        let mut head = Writer::default();
        head.bytes.extend_from_slice(MAGIC);
        head.byte(VERSION);
        head.text(&self.name);
        head.text(&self.source);
        head.count(self.imports.len());
        for hash in &self.imports {
            head.bytes.extend_from_slice(&hash.0);
        }
        head.count(self.exports.len());
        for name in &self.exports {
            head.text(name);
        }
        head.count(self.constants.len());
        for constant in &self.constants {
            constant.encode(&mut head);
        }
        head.count(body.builtins.len());
        for builtin in &body.builtins {
            head.text(builtin.entry().path);
        }
        head.bytes.extend_from_slice(&body.bytes);
        head.bytes
    }

    /// The name of these bytes: their BLAKE3 hash.
    pub fn hash(&self) -> CodeHash {
        CodeHash::of(&self.encode())
    }
}

impl CodeHash {
    /// The name of a code with this encoding.
    pub fn of(encoding: &[u8]) -> Self {
        Self(*blake3::hash(encoding).as_bytes())
    }
}

impl Constant {
    fn encode(&self, to: &mut Writer) {
        match self {
            Self::Number(number) => {
                to.byte(tag::NUMBER);
                let number = if number.is_nan() { f64::NAN } else { *number };
                to.bytes.extend_from_slice(&number.to_bits().to_le_bytes());
            }
            Self::String(units) => units_to(units, to),
            Self::BigInt(number) => {
                to.byte(tag::BIG_INT);
                to.blob(&number.to_signed_bytes_le());
            }
            Self::RegExp(pattern, flags) => {
                to.byte(tag::REG_EXP);
                units_to(pattern, to);
                to.text(flags);
            }
        }
    }
}

fn units_to(units: &[u16], to: &mut Writer) {
    if let Ok(text) = String::from_utf16(units) {
        to.byte(tag::TEXT);
        to.text(&text);
    } else {
        to.byte(tag::UNITS);
        to.count(units.len());
        for unit in units {
            to.bytes.extend_from_slice(&unit.to_le_bytes());
        }
    }
}

impl Func {
    fn encode(&self, to: &mut Writer) {
        to.text(&self.name);
        to.text(&self.path);
        for number in [self.length, self.parameters, self.slots, self.operands_max] {
            to.number(number.into());
        }
        let flags = [(self.rest, flag::REST), (self.is_async, flag::ASYNC)];
        let flags = flags.into_iter().chain([(self.is_arrow, flag::ARROW)]);
        to.byte(flags.filter(|(set, _)| *set).map(|(_, bit)| bit).sum());
        to.count(self.captures.len());
        for capture in &self.captures {
            capture.encode(to);
        }
        to.count(self.ops.len());
        for op in &self.ops {
            opcode::write(*op, to);
        }
        to.count(self.handlers.len());
        for handler in &self.handlers {
            for number in [handler.start, handler.end, handler.target] {
                to.number(number.into());
            }
            to.number(handler.operands.into());
        }
        self.encode_notes(to);
    }

    /// What is for people, and for revising.
    fn encode_notes(&self, to: &mut Writer) {
        to.count(self.awaits.len());
        for point in &self.awaits {
            to.number(point.pc.into());
            to.byte(point.label.is_some().into());
            if let Some(label) = &point.label {
                to.text(label);
            }
        }
        to.count(self.lines.len());
        let (mut pc, mut line) = (0, 0);
        for place in &self.lines {
            to.signed(i64::from(place.pc) - i64::from(pc));
            to.signed(i64::from(place.line) - i64::from(line));
            to.number(place.column.into());
            (pc, line) = (place.pc, place.line);
        }
        to.count(self.variables.len());
        for variable in &self.variables {
            to.text(&variable.name);
            variable.at.encode(to);
            to.byte(variable.shared.into());
            to.number(variable.start.into());
            to.number(variable.end.into());
        }
    }
}

impl Capture {
    fn encode(self, to: &mut Writer) {
        to.number(match self {
            Self::Slot(slot) => u64::from(slot) << 1,
            Self::Capture(capture) => u64::from(capture) << 1 | 1,
        });
    }
}
