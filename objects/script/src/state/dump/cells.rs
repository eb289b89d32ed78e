//! The heap's section: each cell by what its kind needs.

use super::{Dumper, datum};
use crate::machine::heap::{Array, Cell, Class, Gives, Object, Table};
use crate::machine::promise::{PromiseCell, PromiseState};
use crate::machine::{ErrorKind, Index, Val};
use crate::state::HOLE;

impl Dumper<'_> {
    pub(super) fn cell(&mut self, index: Index) {
        let machine = self.machine;
        match machine.heap.get(index) {
            // Nothing refers to a free cell.
            Cell::Free => {}
            Cell::Text(text) => self.to.units(text),
            Cell::Rope { left, right, .. } => {
                self.to.array(2);
                self.index(*left);
                self.index(*right);
            }
            Cell::BigInt(number) => datum::write_integer(&mut self.to, number),
            Cell::Object(object) => self.object(object),
            Cell::Array(array) => self.array(array),
            Cell::Function(function) => {
                self.to.array(3 + function.captures.len());
                self.to.positive(function.code);
                self.to.positive(function.function);
                self.to.boolean(function.frozen);
                self.values(&function.captures);
            }
            Cell::Bound { builtin, values } => {
                self.to.array(1 + values.len());
                self.builtin(*builtin);
                self.values(values);
            }
            Cell::Var(value) => self.value(*value),
            Cell::Map(table) => self.table(table, true),
            Cell::Set(table) => self.table(table, false),
            Cell::Iterator(iterator) => {
                self.to.array(3);
                self.value(iterator.source);
                self.to.positive(iterator.position);
                self.to.positive(match iterator.gives {
                    Gives::Keys => 0_u8,
                    Gives::Values => 1,
                    Gives::Entries => 2,
                });
            }
            Cell::Promise(promise) => self.promise(promise),
            Cell::Coroutine(coroutine) => {
                self.to.array(5 + coroutine.values.len());
                self.frame(&coroutine.frame);
                self.values(&coroutine.values);
            }
            Cell::RegExp(regexp) => {
                self.to.array(3);
                self.to.units(&regexp.pattern);
                self.to.text(&regexp.flags);
                self.value(regexp.last_index);
            }
            Cell::Remote(port) => self.to.positive(port.0),
            Cell::Opaque(value) => datum::write(&mut self.to, value),
        }
    }

    /// What it is and whether it is frozen in one number; then names and values.
    fn object(&mut self, object: &Object) {
        let (class, more) = match &object.class {
            Class::Plain => (0, 0),
            Class::Error(kind) => {
                let place = ErrorKind::ALL.iter().position(|other| other == kind);
                (1 + place.unwrap_or_default() as u64, 0)
            }
            Class::Far { .. } => (15, 2),
        };
        self.to.array(1 + more + 2 * object.properties.len());
        self.to.positive(class << 1 | u64::from(object.frozen));
        if let Class::Far { name, export } = &object.class {
            self.to.units(name);
            self.to.option(*export, |to, number| to.positive(number));
        }
        for (name, value) in object.properties.iter() {
            self.name(name);
            self.value(value);
        }
    }

    fn array(&mut self, array: &Array) {
        let matched = array.matched.as_ref().map(|matched| matched.values());
        let more = if matched.is_some() { 4 } else { 0 };
        self.to.array(1 + more + array.items.len());
        self.to.positive(u8::from(array.frozen) | u8::from(matched.is_some()) << 1);
        self.values(matched.as_ref().map_or(&[], |values| values.as_slice()));
        self.values(&array.items);
    }

    /// Keys and values in turn, or keys alone; a hole is one item.
    fn table(&mut self, table: &Table, has_values: bool) {
        let each = |entry: &Option<(Val, Val)>| if entry.is_some() && has_values { 2 } else { 1 };
        self.to.array(table.entries.iter().map(each).sum());
        for entry in &table.entries {
            match *entry {
                None => self.to.simple(HOLE),
                Some((key, value)) => {
                    self.value(key);
                    if has_values {
                        self.value(value);
                    }
                }
            }
        }
    }

    fn promise(&mut self, promise: &PromiseCell) {
        let flags = u8::from(promise.handled) | u8::from(promise.frozen) << 1;
        let (state, more) = match &promise.state {
            PromiseState::Pending(reactions) => (0_u8, reactions.len()),
            PromiseState::Fulfilled(_) => (1, 1),
            PromiseState::Rejected(_) => (2, 1),
        };
        self.to.array(3 + more);
        self.to.positive(state << 2 | flags);
        self.to.option(promise.question, |to, number| to.positive(number));
        self.to.option(promise.export, |to, number| to.positive(number));
        match &promise.state {
            PromiseState::Pending(reactions) => {
                for reaction in reactions {
                    self.reaction(reaction);
                }
            }
            PromiseState::Fulfilled(value) | PromiseState::Rejected(value) => self.value(*value),
        }
    }
}
