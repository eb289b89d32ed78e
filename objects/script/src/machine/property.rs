//! Properties of all kinds of values: own ones, computed ones such as lengths, and methods.

mod write;

use super::heap::{Cell, Class, RegExp};
use super::{Atom, ErrorKind, Index, Machine, Trap, Val, atoms, convert};
use crate::builtin::{self, Action, Builtin, Receiver};

/// Names that lead from data to what made it in other implementations. There is nothing behind
/// them here; asking for them with a computed key is refused, for it would mean something else.
fn is_refused(name: Atom) -> bool {
    (atoms::PROTO.0..=atoms::LOOKUP_SETTER.0).contains(&name.0)
}

/// Reading.
impl Machine {
    /// A property of a value: its own, or what its kind has. The name and length of closures are
    /// the interpreter's to tell.
    ///
    /// # Errors
    ///
    /// A TypeError to be thrown, if the value is undefined or null.
    pub fn property_of(&mut self, value: Val, name: Atom) -> Result<Val, Trap> {
        let receiver = match value {
            Val::Undefined | Val::Null | Val::Uninit | Val::Var(_) => {
                let value = if value == Val::Null { "null" } else { "undefined" };
                let name = self.name_shown(name);
                let message = format!("Cannot read properties of {value} (reading '{name}')");
                return Err(self.throw(ErrorKind::TypeError, message));
            }
            Val::Bool(_) => Receiver::Boolean,
            Val::Number(_) => Receiver::Number,
            Val::BigInt(_) => Receiver::BigInt,
            Val::Text(index) => {
                if let Some(value) = self.text_property(index, name) {
                    return Ok(value);
                }
                Receiver::String
            }
            Val::Builtin(builtin) => {
                if let Some(value) = self.builtin_property(builtin, name) {
                    return Ok(value);
                }
                Receiver::Function
            }
            Val::Object(index) => {
                if let Some(value) = self.own_property(index, name) {
                    return Ok(value);
                }
                match self.receiver_of(index) {
                    Some(receiver) => receiver,
                    None => return Ok(Val::Undefined),
                }
            }
        };
        let method = builtin::method(receiver, name);
        let method = method.or_else(|| builtin::method(Receiver::Object, name));
        Ok(method.map_or(Val::Undefined, Val::Builtin))
    }

    /// Whose methods a cell has. References and opaque values have none.
    fn receiver_of(&self, index: Index) -> Option<Receiver> {
        Some(match self.heap.get(index) {
            Cell::Object(object) => match object.class {
                Class::Error(_) => Receiver::Error,
                Class::Plain | Class::Far { .. } => Receiver::Object,
            },
            Cell::Array(_) => Receiver::Array,
            Cell::Function(_) | Cell::Bound { .. } => Receiver::Function,
            Cell::Map(_) => Receiver::Map,
            Cell::Set(_) => Receiver::Set,
            Cell::Iterator(_) => Receiver::Iterator,
            Cell::Promise(_) => Receiver::Promise,
            Cell::RegExp(_) => Receiver::RegExp,
            _ => return None,
        })
    }

    /// A property that a cell has itself, or that is computed from it.
    fn own_property(&mut self, index: Index, name: Atom) -> Option<Val> {
        match self.heap.get(index) {
            Cell::Object(object) => {
                let found = object.properties.get(name);
                match (found, &object.class) {
                    (None, Class::Error(kind)) => {
                        let kind = *kind;
                        self.error_property(kind, name)
                    }
                    (found, _) => found,
                }
            }
            Cell::Array(array) => {
                if name == atoms::LENGTH {
                    return Some(Val::Number(array.items.len() as f64));
                }
                if let Some(matched) = &array.matched
                    && let Some(value) = matched.get(name)
                {
                    return Some(value);
                }
                array.items.get(self.atoms.index(name)? as usize).copied()
            }
            Cell::Map(table) | Cell::Set(table) if name == atoms::SIZE => {
                Some(Val::Number(table.size.into()))
            }
            Cell::Bound { builtin, .. } => {
                let builtin = *builtin;
                match name {
                    atoms::NAME => Some(self.new_str("")),
                    atoms::LENGTH => Some(Val::Number(builtin.entry().length.into())),
                    _ => None,
                }
            }
            Cell::RegExp(_) => self.regexp_property(index, name),
            _ => None,
        }
    }

    fn error_property(&mut self, kind: ErrorKind, name: Atom) -> Option<Val> {
        match name {
            atoms::NAME => Some(self.new_str(kind.name())),
            atoms::MESSAGE => Some(self.new_str("")),
            atoms::STACK => Some(Val::Undefined),
            _ => None,
        }
    }

    fn regexp_property(&mut self, index: Index, name: Atom) -> Option<Val> {
        let Cell::RegExp(RegExp { pattern, flags, last_index }) = self.heap.get(index) else {
            return None;
        };
        let flag = |flag: char| Some(Val::Bool(flags.contains(flag)));
        match name {
            atoms::LAST_INDEX => Some(*last_index),
            atoms::SOURCE => {
                let text = if pattern.is_empty() {
                    "(?:)".encode_utf16().collect()
                } else {
                    pattern.clone()
                };
                Some(self.new_text(text))
            }
            atoms::FLAGS => {
                let flags = flags.clone();
                Some(self.new_str(&flags))
            }
            atoms::GLOBAL => flag('g'),
            atoms::IGNORE_CASE => flag('i'),
            atoms::MULTILINE => flag('m'),
            atoms::DOT_ALL => flag('s'),
            atoms::UNICODE => flag('u'),
            atoms::UNICODE_SETS => flag('v'),
            atoms::STICKY => flag('y'),
            atoms::HAS_INDICES => flag('d'),
            _ => None,
        }
    }

    fn text_property(&mut self, index: Index, name: Atom) -> Option<Val> {
        if name == atoms::LENGTH {
            return Some(Val::Number(self.text_len(index) as f64));
        }
        let at = self.atoms.index(name)?;
        self.element_at(Val::Text(index), Val::Number(at.into()))
    }

    fn builtin_property(&mut self, builtin: Builtin, name: Atom) -> Option<Val> {
        if let Some(member) = builtin::member(builtin, name) {
            return Some(match member.entry().action {
                Action::Number(number) => Val::Number(number),
                _ => Val::Builtin(member),
            });
        }
        let entry = builtin.entry();
        match name {
            atoms::NAME if builtin.is_callable() => {
                let name = entry.path.rsplit_once('.').map_or(entry.path, |(_, name)| name);
                Some(self.new_str(name))
            }
            atoms::LENGTH if builtin.is_callable() => Some(Val::Number(entry.length.into())),
            _ => None,
        }
    }

    /// The element of an array or character of a string at a number, if it is there.
    pub fn element_at(&mut self, value: Val, key: Val) -> Option<Val> {
        let Val::Number(number) = key else { return None };
        let at = number as u32;
        if f64::from(at) != number {
            return None;
        }
        match value {
            Val::Object(index) => match self.heap.get(index) {
                Cell::Array(array) => array.items.get(at as usize).copied(),
                _ => None,
            },
            Val::Text(index) => {
                let unit = match self.heap.get(index) {
                    Cell::Text(text) => *text.get(at as usize)?,
                    _ => *self.text_of(index).get(at as usize)?,
                };
                Some(self.new_unit(unit))
            }
            _ => None,
        }
    }

    /// The name that a key stands for (ToPropertyKey); `at` is its place on the stack.
    pub fn key_atom(&mut self, key: Val, at: usize) -> Result<Atom, Trap> {
        if let Val::Number(number) = key {
            let index = number as u32;
            if let (true, Some(atom)) = (f64::from(index) == number, Atom::from_index(index)) {
                return Ok(atom);
            }
        }
        let text = self.value_to_text(key, at)?;
        Ok(self.atoms.intern(&text))
    }

    /// As [`key_atom`](Self::key_atom) where there is no object: a key is not asked what it is.
    pub fn key_of_nothing(&mut self, key: Val, at: usize) -> Result<Atom, Trap> {
        match key {
            Val::Object(_) | Val::Builtin(_) => Ok(self.atom_str("…")),
            _ => self.key_atom(key, at),
        }
    }

    /// As [`key_atom`](Self::key_atom), but a name that nothing has is not interned.
    pub fn key_atom_if_known(&mut self, key: Val, at: usize) -> Result<Option<Atom>, Trap> {
        if let Val::Number(_) = key {
            return self.key_atom(key, at).map(Some);
        }
        let text = self.value_to_text(key, at)?;
        Ok(self.atoms.find(&text))
    }

    /// Refuses the computed keys that mean something else in other implementations.
    pub fn check_key(&mut self, name: Atom) -> Result<(), Trap> {
        if is_refused(name) {
            let name = self.name_shown(name);
            let message =
                format!("'{name}' cannot be used as a computed key: there are no prototypes");
            return Err(self.throw(ErrorKind::TypeError, message));
        }
        Ok(())
    }

    fn name_shown(&self, name: Atom) -> String {
        String::from_utf16_lossy(&self.atom_text(name))
    }

    /// A value in a few words, for errors.
    pub fn brief(&self, value: Val) -> String {
        match value {
            Val::Undefined | Val::Uninit | Val::Var(_) => "undefined".to_owned(),
            Val::Null => "null".to_owned(),
            Val::Bool(value) => value.to_string(),
            Val::Number(number) => convert::number_to_text(number),
            Val::BigInt(index) => self.bigint_shown(index),
            Val::Text(index) => {
                format!("\"{}\"", String::from_utf16_lossy(&self.text_start(index, 40)))
            }
            Val::Builtin(builtin) => builtin.entry().path.to_owned(),
            Val::Object(index) => match self.heap.get(index) {
                Cell::Array(_) => "[object Array]",
                Cell::Function(_) | Cell::Bound { .. } => "function",
                Cell::Promise(_) => "#<Promise>",
                Cell::Map(_) => "#<Map>",
                Cell::Set(_) => "#<Set>",
                Cell::RegExp(_) => "#<RegExp>",
                Cell::Remote(_) => "a reference",
                Cell::Object(object) => match object.class {
                    Class::Error(kind) => return format!("#<{}>", kind.name()),
                    _ => "#<Object>",
                },
                _ => "#<Object>",
            }
            .to_owned(),
        }
    }
}
