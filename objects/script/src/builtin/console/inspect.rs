//! Values as people read them.

use std::fmt::Write;

use crate::limits::{INSPECT_BYTES_MAX, INSPECT_DEPTH_MAX, INSPECT_ITEMS_MAX};
use crate::machine::convert::number_to_text;
use crate::machine::heap::{Cell, Class, Object, Table};
use crate::machine::{Atom, Index, Machine, Val, atoms, bigint};

/// A value as people read it: like JSON, with what JSON lacks. It is cut at the limits of the crate,
/// calls nothing and changes nothing.
pub fn inspect(machine: &Machine, value: Val) -> String {
    let mut inspector = Inspector { machine, out: String::new(), inside: Vec::new() };
    inspector.value(value);
    inspector.out
}

struct Inspector<'m> {
    machine: &'m Machine,
    out: String,
    /// The cells that the value is in: no more than the depth allows.
    inside: Vec<Index>,
}

impl Inspector<'_> {
    fn value(&mut self, value: Val) {
        if self.out.len() > INSPECT_BYTES_MAX {
            return;
        }
        match value {
            Val::Undefined | Val::Uninit | Val::Var(_) => self.out.push_str("undefined"),
            Val::Null => self.out.push_str("null"),
            Val::Bool(value) => self.out.push_str(if value { "true" } else { "false" }),
            Val::Number(number) if number == 0.0 && number.is_sign_negative() => {
                self.out.push_str("-0");
            }
            Val::Number(number) => self.out.push_str(&number_to_text(number)),
            Val::BigInt(index) => {
                self.out.push_str(&bigint::literal(&self.machine.bigint_of(index)));
            }
            Val::Text(index) => {
                self.text(&self.machine.text_start(index, INSPECT_BYTES_MAX + 1));
            }
            Val::Builtin(builtin) => {
                let path = builtin.entry().path;
                let kind = if builtin.is_callable() { "function" } else { "object" };
                self.tag(&format!("{kind} {path}"));
            }
            Val::Object(index) => self.object(index),
        }
    }

    fn text(&mut self, units: &[u16]) {
        let shown = units.get(..INSPECT_BYTES_MAX).unwrap_or(units);
        let mut quoted = Vec::with_capacity(shown.len() + 2);
        super::super::json::quoted(shown, &mut quoted);
        self.out.push_str(&String::from_utf16_lossy(&quoted));
        if shown.len() < units.len() {
            self.out.push('…');
        }
    }

    fn tag(&mut self, text: &str) {
        let _ = write!(self.out, "[{text}]");
    }

    fn object(&mut self, index: Index) {
        let machine = self.machine;
        match machine.cell(index) {
            Cell::Object(_) | Cell::Array(_) | Cell::Map(_) | Cell::Set(_) => self.nested(index),
            Cell::Function(_) => self.tag("function"),
            Cell::Bound { builtin, .. } => self.tag(&format!("function {}", builtin.entry().path)),
            Cell::RegExp(regexp) => {
                let pattern = String::from_utf16_lossy(&regexp.pattern);
                let _ = write!(self.out, "/{pattern}/{}", regexp.flags);
            }
            Cell::Promise(_) => self.tag("promise"),
            Cell::Remote(port) => self.tag(&format!("reference {}", port.0)),
            Cell::Iterator(_) => self.tag("iterator"),
            Cell::Opaque(_) => self.tag("data"),
            _ => self.tag("object"),
        }
    }

    fn nested(&mut self, index: Index) {
        if self.inside.contains(&index) {
            return self.tag("circular");
        }
        let machine = self.machine;
        let deep = self.inside.len() >= INSPECT_DEPTH_MAX;
        self.inside.push(index);
        match machine.cell(index) {
            Cell::Array(_) if deep => self.tag("array"),
            Cell::Array(array) => {
                let items = &array.items;
                self.list('[', ']', items.len(), |this, at| this.value(items[at]));
            }
            Cell::Map(table) => {
                self.out.push_str("Map");
                self.entries(table, deep, true);
            }
            Cell::Set(table) => {
                self.out.push_str("Set");
                self.entries(table, deep, false);
            }
            Cell::Object(object) => self.named(object, deep),
            _ => {}
        }
        self.inside.pop();
    }

    fn named(&mut self, object: &Object, deep: bool) {
        match &object.class {
            Class::Far { name, .. } => {
                let name = String::from_utf16_lossy(name);
                self.tag(&format!("Far {name}"));
            }
            Class::Error(kind) => {
                let own = |name: Atom| match object.properties.get(name) {
                    Some(Val::Text(index)) => {
                        let units = self.machine.text_start(index, INSPECT_BYTES_MAX);
                        Some(String::from_utf16_lossy(&units))
                    }
                    _ => None,
                };
                let name = own(atoms::NAME).unwrap_or_else(|| kind.name().to_owned());
                let message = own(atoms::MESSAGE).unwrap_or_default();
                self.out.push_str(&name);
                if !message.is_empty() {
                    let _ = write!(self.out, ": {message}");
                }
            }
            Class::Plain if deep => self.tag("object"),
            Class::Plain => {
                let properties = &object.properties;
                self.list('{', '}', properties.len(), |this, at| {
                    this.text(&this.machine.atom_text(properties.names[at]));
                    this.out.push(':');
                    this.value(properties.values[at]);
                });
            }
        }
    }

    fn entries(&mut self, table: &Table, deep: bool, values: bool) {
        if deep {
            return self.tag("…");
        }
        let entries: Vec<(Val, Val)> =
            table.entries.iter().flatten().copied().take(INSPECT_ITEMS_MAX + 1).collect();
        self.list('{', '}', entries.len(), |this, at| {
            this.value(entries[at].0);
            if values {
                this.out.push_str(" => ");
                this.value(entries[at].1);
            }
        });
    }

    fn list(
        &mut self,
        open: char,
        close: char,
        length: usize,
        mut item: impl FnMut(&mut Self, usize),
    ) {
        self.out.push(open);
        for at in 0..length {
            if at > 0 {
                self.out.push(',');
            }
            if at >= INSPECT_ITEMS_MAX || self.out.len() > INSPECT_BYTES_MAX {
                self.out.push('…');
                break;
            }
            item(self, at);
        }
        self.out.push(close);
    }
}
