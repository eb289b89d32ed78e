//! Variables: where a binding is kept, how it is read, assigned to and initialized.

use oxc_ast::ast::{BindingIdentifier, IdentifierReference};

use super::Compiler;
use crate::code::{Capture, Op, Variable};
use crate::front::scope::{Id, Kind};

/// Where a binding is, seen from the function that is being compiled.
#[derive(Clone, Copy, Debug)]
pub enum Home {
    Slot(u16),
    SharedSlot(u16),
    Capture(u16),
    SharedCapture(u16),
}

impl Compiler<'_> {
    /// What a reference means; none for a global.
    pub fn binding_of(&self, identifier: &IdentifierReference<'_>) -> Option<Id> {
        identifier.reference_id.get().map(|id| id.index())
    }

    pub fn home(&self, binding: Id) -> Home {
        let shared = self.tables.bindings[binding].is_shared();
        if let Some(slot) = self.frame.slots.get(&binding) {
            return if shared { Home::SharedSlot(*slot) } else { Home::Slot(*slot) };
        }
        let index = self.tables.functions[self.frame.id].capture_of(binding).unwrap_or(u16::MAX);
        if shared { Home::SharedCapture(index) } else { Home::Capture(index) }
    }

    /// → value
    pub fn read(&mut self, binding: Id, offset: u32) {
        let tables = self.tables;
        let known = &tables.bindings[binding];
        if let Kind::Import(module, name) = &known.kind {
            let name = self.constants.text(name);
            return self.emit(Op::Import { module: *module, name });
        }
        if let Some(number) = self.numbers.get(&binding) {
            return self.emit(Op::Closure(*number));
        }
        let op = match self.home(binding) {
            Home::Slot(slot) if known.is_early(offset) => Op::GetSlotChecked(slot),
            Home::Slot(slot) => Op::GetSlot(slot),
            Home::SharedSlot(slot) => Op::GetVar(slot),
            Home::Capture(index) => Op::GetCapture(index),
            Home::SharedCapture(index) => Op::GetCaptureVar(index),
        };
        self.emit(op);
    }

    /// value →
    pub fn write(&mut self, binding: Id, offset: u32) {
        let tables = self.tables;
        let known = &tables.bindings[binding];
        let op = match self.home(binding) {
            Home::Slot(slot) if known.is_early(offset) => Op::SetSlotChecked(slot),
            Home::Slot(slot) => Op::SetSlot(slot),
            Home::SharedSlot(slot) => Op::SetVar(slot),
            // A captured variable that is assigned to is shared.
            Home::Capture(index) | Home::SharedCapture(index) => Op::SetCaptureVar(index),
        };
        if known.exports.is_empty() {
            return self.emit(op);
        }
        self.emit(Op::Dup);
        self.emit(op);
        for (i, export) in known.exports.iter().enumerate() {
            if i + 1 < known.exports.len() {
                self.emit(Op::Dup);
            }
            let name = self.constants.text(export);
            self.emit(Op::Export(name));
        }
    }

    /// value → ; the binding is of the function that is being compiled.
    pub fn initialize(&mut self, binding: Id) {
        let tables = self.tables;
        for export in &tables.bindings[binding].exports {
            self.emit(Op::Dup);
            let name = self.constants.text(export);
            self.emit(Op::Export(name));
        }
        match self.home(binding) {
            Home::SharedSlot(slot) => self.emit(Op::InitVar(slot)),
            Home::Slot(slot) => self.emit(Op::SetSlot(slot)),
            Home::Capture(_) | Home::SharedCapture(_) => self.emit(Op::Pop),
        }
    }

    pub fn initialize_identifier(&mut self, id: &BindingIdentifier<'_>) {
        match id.symbol_id.get() {
            Some(binding) => self.initialize(binding.index()),
            None => self.emit(Op::Pop),
        }
    }

    /// Gives the bindings of a scope their slots. `body` is compiled with them in scope.
    pub fn within_scope(&mut self, scope: Id, body: impl FnOnce(&mut Self)) {
        let free = self.frame.free;
        let bindings = &self.tables.scopes[scope].bindings;
        let start = self.frame.pc();
        for binding in bindings {
            self.take_home(*binding);
        }
        body(self);
        for binding in bindings {
            self.name_home(*binding, start);
        }
        self.frame.free = free;
    }

    /// A slot for a binding, and what makes it uninitialized.
    pub fn take_home(&mut self, binding: Id) {
        let tables = self.tables;
        if matches!(tables.bindings[binding].kind, Kind::Import(..)) {
            return;
        }
        let slot = self.take_slot();
        self.frame.slots.insert(binding, slot);
        self.clear_home(binding);
    }

    /// Makes a binding uninitialized, again.
    pub fn clear_home(&mut self, binding: Id) {
        let known = &self.tables.bindings[binding];
        let Some(slot) = self.frame.slots.get(&binding).copied() else { return };
        if known.is_shared() {
            self.emit(Op::NewVar(slot));
        } else if known.needs_clearing() {
            self.emit(Op::ClearSlot(slot));
        }
    }

    /// The name of a binding's slot, from `start` to here.
    pub fn name_home(&mut self, binding: Id, start: u32) {
        let known = &self.tables.bindings[binding];
        let Some(slot) = self.frame.slots.get(&binding).copied() else { return };
        let variable = Variable {
            name: known.name.clone(),
            at: Capture::Slot(slot),
            shared: known.is_shared(),
            start,
            end: self.frame.pc(),
        };
        self.name_variable(variable);
    }
}
