//! What is thrown, and where it goes.

use super::super::frame::Then;
use super::super::heap::Cell;
use super::super::{Index, Machine, Val};
use super::Run;
use crate::code::Op;

impl Run<'_> {
    /// Goes to the nearest handler, or ends calls until there is one. The topmost call stands at
    /// the instruction that throws.
    pub(in crate::machine) fn throw(&mut self, m: &mut Machine, value: Val) {
        // A call that waits for a result stands behind its instruction.
        let mut behind = false;
        while let Some(frame) = m.frames.last_mut() {
            let pc = frame.pc.saturating_sub(u32::from(behind));
            let func = self.func(frame.code as usize, frame.function as usize);
            let handler = func.handlers.iter().find(|at| at.start <= pc && pc < at.end);
            if let Some(handler) = handler {
                frame.pc = handler.target;
                let kept = usize::from(func.slots) + usize::from(handler.operands);
                m.stack.truncate(frame.base as usize + kept);
                m.stack.push(value);
                return;
            }
            let frame = *frame;
            m.frames.pop();
            m.stack.truncate((frame.base - frame.under) as usize);
            if let Some(promise) = frame.promise {
                m.reject_promise(promise, value);
                return self.complete(m, frame.then, Val::Object(promise));
            }
            match frame.then {
                Then::Push => behind = true,
                Then::Replace(_) | Then::Item(..) => behind = false,
                Then::Settle(promise) => return m.reject_promise(promise, value),
                Then::Executor(resolve) => {
                    self.conclude_once(m, resolve, Err(value));
                    return self.complete(m, frame.then, Val::Undefined);
                }
                Then::Thenable(resolve) => return self.conclude_once(m, resolve, Err(value)),
                Then::Drop => return m.fail(value),
            }
        }
    }

    /// Goes on with a call that waited.
    pub(in crate::machine) fn resume(
        &mut self,
        m: &mut Machine,
        coroutine: Index,
        outcome: Result<Val, Val>,
    ) {
        let taken = m.heap.modify(coroutine, |cell| match std::mem::replace(cell, Cell::Free) {
            Cell::Coroutine(coroutine) => Some(coroutine),
            other => {
                *cell = other;
                None
            }
        });
        let Some(coroutine) = taken else { return };
        let mut frame = coroutine.frame;
        frame.base = m.stack.len() as u32;
        m.stack.extend_from_slice(&coroutine.values);
        match outcome {
            Ok(value) => {
                m.stack.push(value);
                m.frames.push(frame);
            }
            Err(reason) => {
                frame.pc = frame.pc.saturating_sub(1);
                m.frames.push(frame);
                self.throw(m, reason);
            }
        }
    }

    /// What was called, as the source says it, if that is a name or a path of names: for errors.
    pub(super) fn callee_text(&self, m: &Machine, arguments: usize) -> Option<String> {
        let _ = arguments;
        let frame = m.frames.last()?;
        let func = self.func(frame.code as usize, frame.function as usize);
        let pc = (frame.pc as usize).checked_sub(1)?;
        let Op::CallMethod(0) = func.ops.get(pc)? else { return None };
        let Op::GetMethod(name) = func.ops.get(pc.checked_sub(1)?)? else { return None };
        let constant = self.codes[frame.code as usize].code.constants.get(*name as usize)?;
        match constant {
            crate::code::Constant::String(text) => Some(String::from_utf16_lossy(text)),
            _ => None,
        }
    }
}
