//! Functions of a module that a revision brings along.
//!
//! ```text
//!   old: main = async () => …            new: greet = (name) => …      made anew, for `main` did not
//!                                             main = async () => greet(…)   take it along
//! ```
//!
//! A closure that is alive knows what it was made with. If the new code of it uses a function of its
//! module besides, that one can be made now, as long as the module does nothing but make it, nobody
//! assigns to it, and all that it uses in turn are such functions. Anything else that a module
//! keeps has a value that only running the module would give.

use std::collections::{BTreeMap, BTreeSet};

use crate::code::effect::effect;
use crate::code::{Capture, Code, Func, Op};
use crate::machine::heap::{Cell, Function};
use crate::machine::{Machine, Val};

/// What a closure takes along after a revision.
#[derive(Clone, Copy, Debug)]
pub(super) enum Taken {
    /// What it had.
    Kept(Val),
    /// A function of the module that is made anew; in a shared variable, or as it is.
    Made { function: u32, shared: bool },
}

/// The functions that a module does nothing with but make them.
pub(super) struct Helpers<'a> {
    code: &'a Code,
    by_path: BTreeMap<&'a str, u32>,
    /// By the slots of the module that they are in.
    in_slots: BTreeMap<u16, u32>,
    /// Those that are to be made, and what they take along.
    wanted: BTreeMap<u32, Vec<Taken>>,
}

/// The functions that were made, each as it is and in a shared variable.
pub(super) struct Made(BTreeMap<u32, (Val, Val)>);

impl Made {
    /// What a closure takes along.
    pub fn value(&self, taken: &Taken) -> Val {
        match taken {
            Taken::Kept(value) => *value,
            Taken::Made { function, shared } => match self.0.get(function) {
                Some((_, variable)) if *shared => *variable,
                Some((value, _)) => *value,
                None => Val::Undefined,
            },
        }
    }
}

impl<'a> Helpers<'a> {
    pub fn new(code: &'a Code) -> Self {
        let paths = (0..).zip(&code.functions).map(|(number, it)| (it.path.as_str(), number));
        let by_path = paths.collect();
        let mut helpers =
            Self { code, by_path, in_slots: BTreeMap::new(), wanted: BTreeMap::new() };
        helpers.in_slots = helpers.made_by_module();
        helpers
    }

    /// The function with a path.
    pub fn at(&self, path: &str) -> Option<(u32, &'a Func)> {
        let number = *self.by_path.get(path)?;
        Some((number, self.code.functions.get(usize::try_from(number).ok()?)?))
    }

    /// What a capture of a function is to be, if it is a function that can be made anew.
    pub fn take(&mut self, function: u32, capture: usize) -> Option<Taken> {
        let (made, shared) = (self.helper(function, capture)?, self.is_shared(function, capture)?);
        let mut open = vec![made];
        while let Some(number) = open.pop() {
            if self.wanted.contains_key(&number) {
                continue;
            }
            let captures = self.function(number)?.captures.len();
            let mut taken = Vec::with_capacity(captures);
            for capture in 0..captures {
                let function = self.helper(number, capture)?;
                taken.push(Taken::Made { function, shared: self.is_shared(number, capture)? });
                open.push(function);
            }
            self.wanted.insert(number, taken);
        }
        Some(Taken::Made { function: made, shared })
    }

    /// Makes what is wanted.
    pub fn make(self, machine: &mut Machine, code: u32) -> Made {
        let mut made = Made(BTreeMap::new());
        for function in self.wanted.keys() {
            let closure =
                Function { code, function: *function, captures: [].into(), frozen: false };
            let value = Val::Object(machine.alloc(Cell::Function(closure)));
            let variable = Val::Var(machine.alloc(Cell::Var(value)));
            made.0.insert(*function, (value, variable));
        }
        for (function, taken) in &self.wanted {
            let captures: Box<[Val]> = taken.iter().map(|taken| made.value(taken)).collect();
            let Some((Val::Object(index), _)) = made.0.get(function) else { continue };
            machine.modify(*index, |cell| {
                if let Cell::Function(closure) = cell {
                    closure.captures = captures;
                }
            });
        }
        made
    }

    fn function(&self, number: u32) -> Option<&'a Func> {
        self.code.functions.get(usize::try_from(number).ok()?)
    }

    fn is_shared(&self, function: u32, capture: usize) -> Option<bool> {
        let at = Capture::Capture(u16::try_from(capture).ok()?);
        let named = self.function(function)?.variables.iter().find(|it| it.at == at)?;
        Some(named.shared)
    }

    /// The function of the module that a capture is.
    fn helper(&self, function: u32, capture: usize) -> Option<u32> {
        self.in_slots.get(&self.slot_of(function, capture)?).copied()
    }

    /// The slot of the module that a capture comes from, if it comes from the module.
    fn slot_of(&self, function: u32, capture: usize) -> Option<u16> {
        let mut inner = self.function(function)?;
        let mut from = *inner.captures.get(capture)?;
        loop {
            if inner.path.is_empty() {
                return None;
            }
            let around = inner.path.rsplit_once('/').map_or("", |(around, _)| around);
            let (_, outer) = self.at(around)?;
            match from {
                Capture::Slot(slot) => return outer.path.is_empty().then_some(slot),
                Capture::Capture(capture) => from = *outer.captures.get(usize::from(capture))?,
            }
            inner = outer;
        }
    }

    /// By slots of the module, the functions that are put there once, and nothing else ever.
    fn made_by_module(&self) -> BTreeMap<u16, u32> {
        let Some((_, module)) = self.at("") else { return BTreeMap::new() };
        let mut found = BTreeMap::new();
        let mut others = BTreeSet::new();
        let effects = || (0..).zip(&module.ops).map(|(pc, op)| (pc, effect(*op, pc)));
        let targets: BTreeSet<u64> = effects()
            .flat_map(|(_, effect)| effect.jump.into_iter().chain(effect.skip))
            .map(|(target, _)| target)
            .collect();
        let mut made = None;
        for (pc, op) in (0..).zip(&module.ops) {
            // Where ways come together it may be something else.
            made = made.filter(|_| !targets.contains(&pc));
            if let Some(slot) = written(op) {
                match made.filter(|_| !found.contains_key(&slot)) {
                    Some(function) => drop(found.insert(slot, function)),
                    None => drop(others.insert(slot)),
                }
            }
            made = match op {
                Op::Closure(function) => Some(*function),
                // What is exported is kept as well.
                Op::Dup | Op::Export(_) => made,
                _ => None,
            };
        }
        for (number, function) in (0..).zip(&self.code.functions) {
            for op in &function.ops {
                if let Op::SetCaptureVar(capture) = op {
                    others.extend(self.slot_of(number, usize::from(*capture)));
                }
            }
        }
        found.retain(|slot, _| !others.contains(slot));
        found
    }
}

/// The slot that an instruction gives a value.
fn written(op: &Op) -> Option<u16> {
    match op {
        Op::SetSlot(slot)
        | Op::SetSlotChecked(slot)
        | Op::SetVar(slot)
        | Op::InitVar(slot)
        | Op::IncSlot { slot, .. } => Some(*slot),
        _ => None,
    }
}
