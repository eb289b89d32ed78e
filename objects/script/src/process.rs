//! Control over a process at rest: looking at it, and exchanging its code. Pure functions over a
//! machine's state, of use without a vat as well.

mod helpers;
mod inspect;
mod revise;
mod show;

pub use inspect::inspect;
pub use revise::{Revision, revise};
pub use show::{Asked, HeldPort, Shown, ShownPlace, ShownVariable, show};

use crate::code::{Capture, Code, Func, Variable};
use crate::machine::frame::Frame;
use crate::machine::heap::Cell;
use crate::machine::{Machine, Val};

/// The codes that a state names, in its order.
pub type CodeList<'a> = [&'a Code];

/// A call, as it waits or was interrupted.
struct Call<'a> {
    frame: &'a Frame,
    /// Slots, then operands.
    values: &'a [Val],
    /// The instruction that it stands at.
    pc: u32,
    waits: bool,
}

/// The calls of a machine: those that were interrupted, the innermost first, then those that wait.
fn calls(machine: &Machine) -> Vec<Call<'_>> {
    let mut calls = Vec::new();
    let mut end = machine.stack.len();
    for frame in machine.frames.iter().rev() {
        let base = usize::try_from(frame.base).unwrap_or(usize::MAX).min(end);
        let values = machine.stack.get(base..end).unwrap_or_default();
        // Below the innermost one every frame stands behind its call.
        let pc = if calls.is_empty() { frame.pc } else { frame.pc.saturating_sub(1) };
        calls.push(Call { frame, values, pc, waits: false });
        end = base;
    }
    for (_, cell) in machine.heap.iter() {
        if let Cell::Coroutine(waiting) = cell {
            calls.push(Call {
                frame: &waiting.frame,
                values: &waiting.values,
                pc: waiting.frame.pc.saturating_sub(1),
                waits: true,
            });
        }
    }
    calls
}

fn func<'a>(codes: &CodeList<'a>, frame: &Frame) -> Option<(&'a Code, &'a Func)> {
    let code = *codes.get(usize::try_from(frame.code).ok()?)?;
    Some((code, code.functions.get(usize::try_from(frame.function).ok()?)?))
}

/// The named variables in scope at an instruction.
fn live(function: &Func, pc: u32) -> impl Iterator<Item = &Variable> {
    function.variables.iter().filter(move |it| it.start <= pc && pc < it.end)
}

/// What is in a variable: the shared one itself if it is shared.
fn held(machine: &Machine, call: &Call<'_>, at: Capture) -> Option<Val> {
    match at {
        Capture::Slot(slot) => call.values.get(usize::from(slot)).copied(),
        Capture::Capture(capture) => match machine.heap.get(call.frame.closure?) {
            Cell::Function(closure) => closure.captures.get(usize::from(capture)).copied(),
            _ => None,
        },
    }
}
