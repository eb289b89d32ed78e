//! Values written out for people.

use std::collections::BTreeMap;

use hogshead_objects::Value;

use crate::limits::INSPECTED_CHARS_MAX;
use crate::machine::heap::{Cell, Class};
use crate::machine::{Index, Machine, Port, Val, bigint};

/// How deep objects in objects are written out.
const DEPTH_MAX: usize = 4;

/// A value as people write it, cut to [`INSPECTED_CHARS_MAX`] characters. Nothing is called, and
/// nothing changes.
/// `names` has what references from outside were called when they were granted.
pub fn inspect(machine: &Machine, value: Val, names: &BTreeMap<u32, String>) -> String {
    let mut out = Out { text: String::new(), left: INSPECTED_CHARS_MAX, names };
    write(machine, value, DEPTH_MAX, &mut out);
    out.text
}

struct Out<'n> {
    text: String,
    left: usize,
    names: &'n BTreeMap<u32, String>,
}

impl Out<'_> {
    fn push(&mut self, text: &str) {
        if self.left == 0 {
            return;
        }
        match text.char_indices().nth(self.left) {
            Some((end, _)) => {
                self.text.push_str(text.get(..end).unwrap_or_default());
                self.text.push('…');
                self.left = 0;
            }
            None => {
                self.left -= text.chars().count();
                self.text.push_str(text);
            }
        }
    }

    /// Between brackets, with commas.
    fn list<T>(
        &mut self,
        brackets: (&str, &str),
        items: impl IntoIterator<Item = T>,
        mut item: impl FnMut(&mut Self, T),
    ) {
        self.push(brackets.0);
        for (index, each) in items.into_iter().enumerate() {
            if self.left == 0 {
                break;
            }
            self.push(if index == 0 { "" } else { ", " });
            item(self, each);
        }
        self.push(brackets.1);
    }
}

fn write(machine: &Machine, value: Val, depth: usize, out: &mut Out<'_>) {
    match value {
        Val::Uninit => out.push("(not initialized)"),
        Val::Undefined => out.push("undefined"),
        Val::Null => out.push("null"),
        Val::Bool(value) => out.push(if value { "true" } else { "false" }),
        Val::Number(number) => out.push(&crate::machine::convert::number_to_text(number)),
        Val::Builtin(builtin) => out.push(builtin.entry().path),
        Val::Text(index) => out.push(&format!("{:?}", text(machine, index))),
        Val::BigInt(index) | Val::Object(index) | Val::Var(index) => {
            write_cell(machine, index, depth, out);
        }
    }
}

fn write_cell(machine: &Machine, index: Index, depth: usize, out: &mut Out<'_>) {
    let inside = |out: &mut Out<'_>, value| match depth.checked_sub(1) {
        Some(depth) => write(machine, value, depth, out),
        None => out.push("…"),
    };
    match machine.heap.get(index) {
        Cell::BigInt(value) => out.push(&bigint::literal(value)),
        Cell::Var(value) => write(machine, *value, depth, out),
        Cell::Array(array) => {
            out.list(("[", "]"), array.items.iter(), |out, value| inside(out, *value));
        }
        Cell::Object(object) => {
            match &object.class {
                Class::Plain => {}
                Class::Error(kind) => out.push(&format!("{} ", kind.name())),
                Class::Far { name, .. } => {
                    out.push(&format!("Far {:?} ", String::from_utf16_lossy(name)));
                }
            }
            let properties = object.properties.names.iter().zip(&object.properties.values);
            out.list(("{", "}"), properties, |out, (name, value)| {
                out.push(&String::from_utf16_lossy(&machine.atom_text(*name)));
                out.push(": ");
                inside(out, *value);
            });
        }
        Cell::Map(table) => {
            out.list(("Map {", "}"), table.entries.iter().flatten(), |out, (key, value)| {
                inside(out, *key);
                out.push(" => ");
                inside(out, *value);
            });
        }
        Cell::Set(table) => {
            out.list(("Set {", "}"), table.entries.iter().flatten(), |out, (key, _)| {
                inside(out, *key);
            });
        }
        Cell::RegExp(regexp) => {
            out.push(&format!("/{}/{}", String::from_utf16_lossy(&regexp.pattern), regexp.flags));
        }
        Cell::Remote(port) => match out.names.get(&port.0) {
            Some(name) => out.push(&format!("reference `{name}`")),
            None => out.push(&format!("reference {}", port.0)),
        },
        Cell::Promise(promise) => out.push(match promise.question {
            Some(_) => "promise of an answer",
            None => "promise",
        }),
        Cell::Function(_) | Cell::Bound { .. } => out.push("function"),
        Cell::Iterator(_) => out.push("iterator"),
        Cell::Coroutine(_) => out.push("call that waits"),
        Cell::Opaque(value) => out.push(&opaque(value)),
        Cell::Text(_) | Cell::Rope { .. } => out.push(&format!("{:?}", text(machine, index))),
        Cell::Free => out.push("?"),
    }
}

fn text(machine: &Machine, index: Index) -> String {
    String::from_utf16_lossy(&machine.text_start(index, INSPECTED_CHARS_MAX + 1))
}

fn opaque(value: &Value<Port>) -> String {
    match value {
        Value::Bytes(bytes) => format!("{} bytes", bytes.len()),
        Value::Symbol(symbol) => format!("symbol {}", symbol.as_str()),
        Value::Tagged(tagged) => format!("tagged {:?}", tagged.tag),
        Value::SturdyRef(_) => "sturdyref".into(),
        _ => "data".into(),
    }
}
