//! `JSON.stringify` of data (ECMA-262, 25.5.2), without recursion.

use std::collections::BTreeSet;

use super::circle::{self, Key};
use super::{properties, property};
use crate::builtin::string::made;
use crate::limits::{DEBT_MAX, STRING_UNITS_MAX};
use crate::machine::convert::number_to_text;
use crate::machine::heap::{Cell, Text};
use crate::machine::{Args, Atom, ErrorKind, Index, Machine, Trap, Val, atoms};

/// `$jsonText(value, replacer, space)`: the text, or undefined if there is none; null if a function
/// of the script has a say in it.
pub(super) fn text(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let (value, replacer, space) =
        (machine.arg(args, 0), machine.arg(args, 1), machine.arg(args, 2));
    if machine.is_callable(replacer) {
        return Ok(Val::Null);
    }
    let names = list_of(machine, replacer);
    let gap = gap_of(machine, space);
    let mut writer =
        Writer { names, gap, out: Vec::new(), open: Vec::new(), inside: BTreeSet::new() };
    match writer.write(machine, value) {
        Ok(true) => made(machine, &writer.out),
        Ok(false) => Ok(Val::Undefined),
        Err(Stop::Function) => Ok(Val::Null),
        Err(Stop::Trap(trap)) => Err(trap),
    }
}

/// `$jsonQuote(text)`.
pub(super) fn quote(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let text = machine.to_text(args, 0)?;
    let mut out = Vec::with_capacity(text.len() + 2);
    quoted(&text, &mut out);
    made(machine, &out)
}

/// `$jsonGap(space)`: what a level is indented by.
pub(super) fn gap(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let gap = gap_of(machine, machine.arg(args, 0));
    Ok(machine.new_text(gap))
}

/// `$jsonList(replacer)`: the names that a replacer lists, as texts; undefined if it is no list.
pub(super) fn list(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let Some(names) = list_of(machine, machine.arg(args, 0)) else { return Ok(Val::Undefined) };
    let names = names
        .into_iter()
        .map(|name| {
            let text = machine.atom_text(name);
            machine.new_text(text)
        })
        .collect();
    Ok(machine.new_array(names))
}

fn gap_of(machine: &mut Machine, space: Val) -> Vec<u16> {
    const GAP_MAX: usize = 10;
    match space {
        Val::Number(number) => vec![u16::from(b' '); (number.max(0.0) as usize).min(GAP_MAX)],
        Val::Text(index) => machine.text_of(index).iter().copied().take(GAP_MAX).collect(),
        _ => Vec::new(),
    }
}

/// The names that an array lists, each once.
fn list_of(machine: &mut Machine, replacer: Val) -> Option<Vec<Atom>> {
    let Val::Object(index) = replacer else { return None };
    let Cell::Array(array) = machine.cell(index) else { return None };
    let (mut names, mut seen) = (Vec::new(), BTreeSet::new());
    for item in array.items.clone() {
        let name = match item {
            Val::Number(number) => machine.atom_str(&number_to_text(number)),
            Val::Text(index) => {
                let text = machine.text_of(index);
                machine.atom(&text)
            }
            _ => continue,
        };
        if seen.insert(name) {
            names.push(name);
        }
    }
    Some(names)
}

/// Why writing ends early.
enum Stop {
    /// A function of the script would be called.
    Function,
    Trap(Trap),
}

impl From<Trap> for Stop {
    fn from(trap: Trap) -> Self {
        Self::Trap(trap)
    }
}

struct Writer {
    names: Option<Vec<Atom>>,
    gap: Vec<u16>,
    out: Vec<u16>,
    open: Vec<Open>,
    /// The cells of `open`.
    inside: BTreeSet<Index>,
}

/// An array or object that is being written.
struct Open {
    index: Index,
    /// The key under which it stands.
    key: Key,
    /// What is left of it, backwards.
    left: Left,
    /// Something of it is written.
    begun: bool,
}

enum Left {
    Items { all: Vec<Val>, next: usize },
    Properties { all: Vec<(Atom, Val)>, next: usize },
}

impl Writer {
    /// Writes a value and all that it contains; false if it is nothing that can be written.
    fn write(&mut self, machine: &mut Machine, value: Val) -> Result<bool, Stop> {
        let name = Key::Name(String::new());
        if !self.begin(machine, value, name)? {
            return Ok(false);
        }
        while let Some(open) = self.open.last_mut() {
            machine.charge(1);
            match &mut open.left {
                Left::Items { all, next } => {
                    let Some(&item) = all.get(*next) else {
                        self.end(b']');
                        continue;
                    };
                    let place = *next;
                    *next += 1;
                    self.separate();
                    if !self.begin(machine, item, Key::Place(place))? {
                        self.ascii("null");
                    }
                }
                Left::Properties { all, next } => {
                    let Some(&(name, value)) = all.get(*next) else {
                        self.end(b'}');
                        continue;
                    };
                    *next += 1;
                    self.property(machine, name, value)?;
                }
            }
            self.check(machine)?;
        }
        Ok(true)
    }

    fn property(&mut self, machine: &mut Machine, name: Atom, value: Val) -> Result<(), Stop> {
        if machine.is_callable(value) || value == Val::Undefined {
            return Ok(());
        }
        self.separate();
        let text = machine.atom_text(name);
        quoted(&text, &mut self.out);
        self.ascii(if self.gap.is_empty() { ":" } else { ": " });
        let name = match machine.atoms.index(name) {
            Some(place) => Key::Place(place as usize),
            None => Key::Name(String::from_utf16_lossy(&text)),
        };
        self.begin(machine, value, name)?;
        Ok(())
    }

    /// Writes a primitive value, or begins an array or object.
    fn begin(&mut self, machine: &mut Machine, value: Val, key: Key) -> Result<bool, Stop> {
        match value {
            Val::Null => self.ascii("null"),
            Val::Bool(true) => self.ascii("true"),
            Val::Bool(false) => self.ascii("false"),
            Val::Number(number) if number.is_finite() => self.ascii(&number_to_text(number)),
            Val::Number(_) => self.ascii("null"),
            Val::Text(index) => {
                let text: Text = machine.text_of(index);
                machine.charge(text.len() / 8);
                quoted(&text, &mut self.out);
            }
            Val::BigInt(_) => {
                let why = "Do not know how to serialize a BigInt";
                return Err(machine.throw(ErrorKind::TypeError, why).into());
            }
            Val::Object(index) if !machine.is_callable(value) => {
                self.open(machine, index, key)?;
            }
            Val::Builtin(builtin) if !builtin.is_callable() => self.ascii("{}"),
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn open(&mut self, machine: &mut Machine, index: Index, key: Key) -> Result<(), Stop> {
        let value = Val::Object(index);
        if machine.get(value, atoms::TO_JSON).is_some_and(|method| machine.is_callable(method)) {
            return Err(Stop::Function);
        }
        if !self.inside.insert(index) {
            let path: Vec<_> =
                self.open.iter().map(|open| (open.index, open.key.clone())).collect();
            return Err(circle::thrown(machine, &path, index, &key).into());
        }
        let left = match machine.cell(index) {
            Cell::Array(array) => {
                self.out.push(u16::from(b'['));
                Left::Items { all: array.items.clone(), next: 0 }
            }
            _ => {
                self.out.push(u16::from(b'{'));
                let all = match &self.names {
                    Some(names) => listed(machine, value, names),
                    None => properties(machine, value),
                };
                Left::Properties { all, next: 0 }
            }
        };
        self.open.push(Open { index, key, left, begun: false });
        Ok(())
    }

    /// A comma, unless it is the first, and a new line.
    fn separate(&mut self) {
        if let Some(open) = self.open.last_mut() {
            if open.begun {
                self.out.push(u16::from(b','));
            }
            open.begun = true;
        }
        self.line();
    }

    fn end(&mut self, bracket: u8) {
        if let Some(open) = self.open.pop() {
            self.inside.remove(&open.index);
            if open.begun {
                self.line();
            }
        }
        self.out.push(u16::from(bracket));
    }

    fn line(&mut self) {
        if !self.gap.is_empty() {
            self.out.push(u16::from(b'\n'));
            for _ in 0..self.open.len() {
                self.out.extend_from_slice(&self.gap);
            }
        }
    }

    fn ascii(&mut self, text: &str) {
        self.out.extend(text.bytes().map(u16::from));
    }

    /// The text of a value whose parts are shared may be far larger than the value.
    fn check(&mut self, machine: &mut Machine) -> Result<(), Stop> {
        if self.out.len() > STRING_UNITS_MAX {
            return Err(machine.throw(ErrorKind::RangeError, "Invalid string length").into());
        }
        machine.reserve(self.out.len().saturating_mul(2))?;
        let debt_max = i64::try_from(DEBT_MAX).unwrap_or(i64::MAX);
        if machine.fuel < -debt_max {
            return Err(Trap::OutOfFuel.into());
        }
        Ok(())
    }
}

/// The properties of these names.
fn listed(machine: &Machine, value: Val, names: &[Atom]) -> Vec<(Atom, Val)> {
    names.iter().filter_map(|&name| Some((name, property(machine, value, name)?))).collect()
}

/// QuoteJSONString (25.5.2.3): lone surrogates are escaped.
pub(in crate::builtin) fn quoted(text: &[u16], out: &mut Vec<u16>) {
    let ascii = |out: &mut Vec<u16>, text: &str| out.extend(text.bytes().map(u16::from));
    out.push(u16::from(b'"'));
    for point in char::decode_utf16(text.iter().copied()) {
        match point {
            Ok('"') => ascii(out, "\\\""),
            Ok('\\') => ascii(out, "\\\\"),
            Ok('\u{8}') => ascii(out, "\\b"),
            Ok('\t') => ascii(out, "\\t"),
            Ok('\n') => ascii(out, "\\n"),
            Ok('\u{c}') => ascii(out, "\\f"),
            Ok('\r') => ascii(out, "\\r"),
            Ok(control) if control < ' ' => ascii(out, &format!("\\u{:04x}", u32::from(control))),
            Ok(point) => out.extend_from_slice(point.encode_utf16(&mut [0; 2])),
            Err(lone) => ascii(out, &format!("\\u{:04x}", lone.unpaired_surrogate())),
        }
    }
    out.push(u16::from(b'"'));
}
