//! The flow of one function: which instructions can be reached, with how many operands, and with
//! what in the slots.

use std::collections::BTreeMap;

use super::{Kinds, Shape, Work, unsound};
use crate::code::effect::{Effect, effect};
use crate::code::{Capture, Code, Func, Handler, Op};
use crate::error::LoadError;

/// Checks a function; what it needs of its captures is known.
pub(super) fn check(
    code: &Code,
    number: usize,
    captures: &[Box<[Kinds]>],
    work: &mut Work,
) -> Result<Shape, LoadError> {
    let function = &code.functions[number];
    let mut flow = Flow {
        code,
        number,
        function,
        captures,
        is_entry: vec![false; function.ops.len()],
        heights: vec![None; function.ops.len()],
        entries: BTreeMap::new(),
        waiting: Vec::new(),
    };
    flow.mark_entries(work)?;
    let inputs = usize::from(function.parameters) + usize::from(function.rest);
    let mut slots = vec![Kinds::UNINIT; function.slots.into()];
    slots[..inputs].fill(Kinds::VALUE);
    flow.reach(0, 0, &slots, work)?;
    while let Some(start) = flow.waiting.pop() {
        flow.walk(start, work)?;
    }
    let entries = flow.entries.into_iter().map(|(at, entry)| (at as u32, entry.slots.into()));
    Ok(Shape { heights: flow.heights, entries: entries.collect(), captures: Box::default() })
}

/// What an instruction puts into a slot, and which.
pub(super) fn written(op: Op) -> Option<(u16, Kinds)> {
    match op {
        Op::SetSlot(slot) | Op::SetSlotChecked(slot) | Op::GetSlotChecked(slot) => {
            Some((slot, Kinds::VALUE))
        }
        Op::ClearSlot(slot) => Some((slot, Kinds::UNINIT)),
        Op::NewVar(slot) | Op::ShareSlot(slot) | Op::RenewVar(slot) => Some((slot, Kinds::VAR)),
        _ => None,
    }
}

/// What an instruction finds in a slot must be within this.
fn read(op: Op) -> Option<(u16, Kinds)> {
    let any = Kinds::VALUE.or(Kinds::UNINIT);
    match op {
        Op::GetSlot(slot) => Some((slot, Kinds::VALUE)),
        Op::GetSlotChecked(slot) | Op::SetSlotChecked(slot) => Some((slot, any)),
        Op::ShareSlot(slot) | Op::IncSlot { slot, .. } => Some((slot, any)),
        Op::RenewVar(slot) | Op::GetVar(slot) | Op::SetVar(slot) | Op::InitVar(slot) => {
            Some((slot, Kinds::VAR))
        }
        _ => None,
    }
}

struct Flow<'a> {
    code: &'a Code,
    number: usize,
    function: &'a Func,
    captures: &'a [Box<[Kinds]>],
    /// Where walks begin and end: the first instruction, those jumped to, the edges of handlers.
    is_entry: Vec<bool>,
    heights: Vec<Option<u16>>,
    entries: BTreeMap<usize, Entry>,
    waiting: Vec<usize>,
}

struct Entry {
    slots: Vec<Kinds>,
    is_waiting: bool,
}

impl Flow<'_> {
    fn mark_entries(&mut self, work: &mut Work) -> Result<(), LoadError> {
        let len = self.function.ops.len();
        work.take(len + self.function.handlers.len())?;
        for (pc, op) in self.function.ops.iter().enumerate() {
            let Effect { jump, skip, .. } = effect(*op, pc);
            for (target, _) in jump.into_iter().chain(skip) {
                let entry = usize::try_from(target).ok().and_then(|at| self.is_entry.get_mut(at));
                match entry {
                    Some(entry) => *entry = true,
                    None => return unsound(self.number, pc, "it jumps out of the function"),
                }
            }
        }
        for handler in &self.function.handlers {
            for at in [handler.start, handler.end, handler.target] {
                if let Some(entry) = self.is_entry.get_mut(at as usize) {
                    *entry = true;
                }
            }
        }
        Ok(())
    }

    /// An entry is reached with these operands and slots.
    fn reach(
        &mut self,
        at: usize,
        height: u16,
        slots: &[Kinds],
        work: &mut Work,
    ) -> Result<(), LoadError> {
        self.set_height(at, height)?;
        let Some(entry) = self.entries.get_mut(&at) else {
            work.take(slots.len() + 1)?;
            self.entries.insert(at, Entry { slots: slots.to_vec(), is_waiting: true });
            self.waiting.push(at);
            return Ok(());
        };
        work.take(slots.len() / 16 + 1)?;
        let mut is_new = false;
        for (known, kinds) in entry.slots.iter_mut().zip(slots) {
            is_new |= !kinds.within(*known);
            *known = known.or(*kinds);
        }
        if is_new && !entry.is_waiting {
            entry.is_waiting = true;
            self.waiting.push(at);
        }
        Ok(())
    }

    fn set_height(&mut self, at: usize, height: u16) -> Result<(), LoadError> {
        if height > self.function.operands_max {
            return unsound(self.number, at, "there are more operands than it says");
        }
        match self.heights.get_mut(at) {
            None => unsound(self.number, at, "the function has no end"),
            Some(known @ None) => {
                *known = Some(height);
                Ok(())
            }
            Some(Some(known)) if *known == height => Ok(()),
            Some(Some(known)) => {
                let why = format!("it is reached with {known} operands, and with {height}");
                unsound(self.number, at, why)
            }
        }
    }

    /// From an entry to the next, or to where there is no next instruction.
    fn walk(&mut self, start: usize, work: &mut Work) -> Result<(), LoadError> {
        let Some(entry) = self.entries.get_mut(&start) else { return Ok(()) };
        entry.is_waiting = false;
        let mut slots = entry.slots.clone();
        work.take(slots.len() / 16 + self.function.handlers.len() + 1)?;
        // The edges of handlers are entries, so this holds up to the next one.
        let handlers = self.function.handlers.iter().copied();
        let handlers = handlers.filter(|h| (h.start as usize..h.end as usize).contains(&start));
        let handlers: Vec<Handler> = handlers.collect();
        for handler in &handlers {
            self.reach(handler.target as usize, handler.operands + 1, &slots, work)?;
        }
        let mut pc = start;
        loop {
            work.take(1 + handlers.len())?;
            let next = self.instruction(pc, &mut slots, &handlers, work)?;
            let Some(height) = next else { return Ok(()) };
            pc += 1;
            if self.is_entry.get(pc).copied().unwrap_or(true) {
                return self.reach(pc, height, &slots, work);
            }
            self.set_height(pc, height)?;
        }
    }

    /// One instruction. Gives how many operands the next one finds, if it comes to that.
    fn instruction(
        &mut self,
        pc: usize,
        slots: &mut [Kinds],
        handlers: &[Handler],
        work: &mut Work,
    ) -> Result<Option<u16>, LoadError> {
        let height = u32::from(self.heights[pc].unwrap_or_default());
        let op = self.function.ops[pc];
        let effect = effect(op, pc);
        let Some(below) = height.checked_sub(effect.needs) else {
            return unsound(self.number, pc, "it takes more operands than there are");
        };
        if handlers.iter().any(|handler| below < u32::from(handler.operands)) {
            return unsound(self.number, pc, "it takes an operand that a handler keeps");
        }
        self.check_slots(pc, op, slots)?;
        let to_height =
            |leaves: u32| u16::try_from(below.saturating_add(leaves)).unwrap_or(u16::MAX);
        if let Some((slot, kinds)) = written(op) {
            let is_new = std::mem::replace(&mut slots[usize::from(slot)], kinds) != kinds;
            for handler in handlers.iter().filter(|_| is_new) {
                self.reach(handler.target as usize, handler.operands + 1, slots, work)?;
            }
        }
        for (target, leaves) in effect.jump.into_iter().chain(effect.skip) {
            self.reach(target as usize, to_height(leaves), slots, work)?;
        }
        Ok(effect.leaves.map(to_height))
    }

    fn check_slots(&self, pc: usize, op: Op, slots: &[Kinds]) -> Result<(), LoadError> {
        if let Some((slot, wanted)) = read(op)
            && !slots[usize::from(slot)].within(wanted)
        {
            let why = format!("slot {slot} may hold something else here");
            return unsound(self.number, pc, why);
        }
        let Op::Closure(made) = op else { return Ok(()) };
        let captures = &self.code.functions[made as usize].captures;
        for (capture, need) in captures.iter().zip(&self.captures[made as usize]) {
            let Capture::Slot(slot) = *capture else { continue };
            let kinds = slots[usize::from(slot)];
            if *need != Kinds::NONE && !kinds.within(*need) {
                let why = format!("a closure takes slot {slot} along, with something else in it");
                return unsound(self.number, pc, why);
            }
        }
        Ok(())
    }
}
