//! Variables: slots, captures, what closures share, what modules import.

use super::super::heap::Cell;
use super::super::{ErrorKind, Machine, Trap, Val};
use super::{Run, Site, capture, pop};
use crate::code::{Capture, Op, Variable};

impl Run<'_> {
    /// Variables.
    pub(super) fn variable_op(
        &mut self,
        m: &mut Machine,
        op: Op,
        site: Site,
        pc: usize,
    ) -> Result<(), Trap> {
        let slot = |slot: u16| site.base + usize::from(slot);
        match op {
            Op::GetSlotChecked(at) => match m.stack[slot(at)] {
                Val::Uninit => return Err(self.uninitialized(m, site, pc, Capture::Slot(at))),
                value => m.stack.push(value),
            },
            Op::SetSlotChecked(at) => match m.stack[slot(at)] {
                Val::Uninit => return Err(self.uninitialized(m, site, pc, Capture::Slot(at))),
                _ => m.stack[slot(at)] = pop(m),
            },
            Op::ClearSlot(at) => m.stack[slot(at)] = Val::Uninit,
            Op::NewVar(at) => {
                let var = m.alloc(Cell::Var(Val::Uninit));
                m.stack[slot(at)] = Val::Var(var);
            }
            Op::ShareSlot(at) => {
                let var = m.alloc(Cell::Var(m.stack[slot(at)]));
                m.stack[slot(at)] = Val::Var(var);
            }
            Op::RenewVar(at) => {
                let value = var_value(m, m.stack[slot(at)]);
                let var = m.alloc(Cell::Var(value));
                m.stack[slot(at)] = Val::Var(var);
            }
            Op::GetVar(at) => {
                let var = m.stack[slot(at)];
                self.get_var(m, site, pc, var, Capture::Slot(at))?;
            }
            Op::SetVar(at) => {
                let var = m.stack[slot(at)];
                self.set_var(m, site, pc, var, Capture::Slot(at))?;
            }
            Op::InitVar(at) => {
                let value = pop(m);
                if let Val::Var(index) = m.stack[slot(at)] {
                    *m.heap.get_mut(index) = Cell::Var(value);
                }
            }
            Op::GetCaptureVar(at) => {
                let var = capture(m, site, at);
                self.get_var(m, site, pc, var, Capture::Capture(at))?;
            }
            Op::SetCaptureVar(at) => {
                let var = capture(m, site, at);
                self.set_var(m, site, pc, var, Capture::Capture(at))?;
            }
            Op::Import { module, name } => self.import(m, site, module, name)?,
            Op::Export(name) => {
                let (name, value) = (self.name(m, site.code, name), pop(m));
                let exports = &mut m.modules[site.code].exports;
                match exports.iter_mut().find(|(known, _)| *known == name) {
                    Some(export) => export.1 = value,
                    None => exports.push((name, value)),
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn get_var(
        &self,
        m: &mut Machine,
        site: Site,
        pc: usize,
        var: Val,
        at: Capture,
    ) -> Result<(), Trap> {
        match var_value(m, var) {
            Val::Uninit => Err(self.uninitialized(m, site, pc, at)),
            value => {
                m.stack.push(value);
                Ok(())
            }
        }
    }

    fn set_var(
        &self,
        m: &mut Machine,
        site: Site,
        pc: usize,
        var: Val,
        at: Capture,
    ) -> Result<(), Trap> {
        if var_value(m, var) == Val::Uninit {
            return Err(self.uninitialized(m, site, pc, at));
        }
        let value = pop(m);
        if let Val::Var(index) = var {
            *m.heap.get_mut(index) = Cell::Var(value);
        }
        Ok(())
    }

    fn import(&mut self, m: &mut Machine, site: Site, module: u16, name: u32) -> Result<(), Trap> {
        let atom = self.name(m, site.code, name);
        let hash = self.codes[site.code].code.imports[usize::from(module)];
        let code = m.codes.iter().position(|&code| code == hash);
        let exports = code.and_then(|code| m.modules.get(code));
        let found = exports.and_then(|module| module.exports.iter().find(|(n, _)| *n == atom));
        match found {
            Some(&(_, value)) => {
                m.stack.push(value);
                Ok(())
            }
            None => {
                let name = String::from_utf16_lossy(&m.atom_text(atom));
                let message = format!("the module blake3:{hash} does not export '{name}'");
                Err(m.throw(ErrorKind::SyntaxError, message))
            }
        }
    }

    #[cold]
    fn uninitialized(&self, m: &mut Machine, site: Site, pc: usize, at: Capture) -> Trap {
        let func = self.func(site.code, site.function);
        let pc = pc as u32 - 1;
        let named = |v: &&Variable| v.at == at && v.start <= pc && pc < v.end;
        let name = func
            .variables
            .iter()
            .find(named)
            .or_else(|| func.variables.iter().find(|variable| variable.at == at));
        let name = name.map_or("variable", |variable| variable.name.as_str());
        m.throw(ErrorKind::ReferenceError, format!("Cannot access '{name}' before initialization"))
    }
}

fn var_value(m: &Machine, var: Val) -> Val {
    match var {
        Val::Var(index) => match m.heap.get(index) {
            Cell::Var(value) => *value,
            _ => Val::Uninit,
        },
        _ => Val::Uninit,
    }
}
