//! Instructions as they are written: their targets, the height of the stack, their places.

use std::collections::BTreeMap;

use super::Compiler;
use super::jump::Control;
use crate::code::effect::effect;
use crate::code::{AwaitPoint, Capture, Func, Handler, Op, Variable};
use crate::front::scope::Id;
use crate::limits::{CODE_NOTES_BYTES_MAX, CODE_OPS_MAX, OPERANDS_MAX, SLOTS_MAX};

/// A function that is being compiled.
#[derive(Default)]
pub struct Frame {
    /// Its number in the tables of the scopes.
    pub id: Id,
    pub func: Func,
    /// The slots of its own bindings.
    pub slots: BTreeMap<Id, u16>,
    /// The first slot that is free.
    pub free: u16,
    /// Operands on the stack.
    pub depth: usize,
    /// Whether control flow comes to the next instruction. Nothing is written where it does not.
    pub reachable: bool,
    /// What `break`, `continue` and `return` have to go through, outermost first.
    pub controls: Vec<Control>,
    /// Where in the source the next instruction stands.
    pub offset: u32,
    /// Which label of its own list a chain jumps to, by the operands that it leaves.
    pub chains: Vec<Chain>,
    /// The names of the functions in it, and how many have each, for their paths.
    pub children: BTreeMap<String, u32>,
    /// How many functions in it have no name.
    pub unnamed: u32,
    /// How many constructs with slots of the compiler's own are around what is being compiled.
    pub hidden: u32,
    labels: Vec<Target>,
    offsets: Vec<(u32, u32)>,
}

/// An optional chain: where to go if something is undefined or null, with one operand on the stack
/// above what was there before, and with two.
#[derive(Clone, Copy)]
pub struct Chain {
    pub base: usize,
    pub one: Label,
    pub two: Label,
}

/// A place that is jumped to, perhaps not known yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label(u32);

#[derive(Default)]
struct Target {
    pc: u32,
    /// The height of the stack there, once something jumps to it.
    depth: Option<usize>,
}

impl Frame {
    pub fn new(id: Id) -> Self {
        Self { id, reachable: true, ..Self::default() }
    }

    /// The number of the next instruction.
    pub fn pc(&self) -> u32 {
        u32::try_from(self.func.ops.len()).unwrap_or(u32::MAX)
    }
}

impl Compiler<'_> {
    /// What follows stands at this offset.
    pub fn at(&mut self, offset: u32) {
        self.frame.offset = offset;
    }

    pub fn emit(&mut self, op: Op) {
        let effect = effect(op, self.frame.func.ops.len());
        let (pops, pushes) = (effect.needs as usize, effect.leaves.unwrap_or(0) as usize);
        let frame = &mut self.frame;
        debug_assert!(frame.depth >= pops, "{op:?} finds {} operands", frame.depth);
        frame.depth = frame.depth.saturating_sub(pops) + pushes;
        if frame.reachable {
            let highest = u16::try_from(frame.depth).unwrap_or(u16::MAX);
            frame.func.operands_max = frame.func.operands_max.max(highest);
            let pc = frame.pc();
            if frame.offsets.last().is_none_or(|(_, offset)| *offset != frame.offset) {
                frame.offsets.push((pc, frame.offset));
            }
            frame.func.ops.push(op);
            self.ops += 1;
        }
        if matches!(op, Op::Return | Op::Throw | Op::Jump(_)) {
            frame.reachable = false;
        }
        if frame.depth > OPERANDS_MAX {
            self.too_much("an expression has too many parts");
        }
        if self.ops > CODE_OPS_MAX {
            self.too_much("this script compiles to too many instructions");
            self.frame.reachable = false;
        }
    }

    pub fn label(&mut self) -> Label {
        self.frame.labels.push(Target::default());
        Label(u32::try_from(self.frame.labels.len() - 1).unwrap_or(u32::MAX))
    }

    /// Writes a jump; `op` is given what stands for the label until the end.
    pub fn jump(&mut self, op: fn(u32) -> Op, label: Label) {
        let op = op(label.0);
        let effect = effect(op, self.frame.func.ops.len());
        let (before, reachable) = (self.frame.depth, self.frame.reachable);
        self.emit(op);
        if let (true, Some((_, leaves))) = (reachable, effect.jump) {
            let depth = (before + leaves as usize).saturating_sub(effect.needs as usize);
            self.reach(label, depth);
        }
    }

    /// Writes a shortcut in front of a comparison and its `JumpIfFalse`, which jumps where that does.
    pub fn shortcut(&mut self, op: fn(u32) -> Op, label: Label) {
        self.emit(op(label.0));
    }

    /// Something jumps to a label with this many operands.
    pub fn reach(&mut self, label: Label, depth: usize) {
        let Some(target) = self.frame.labels.get_mut(label.0 as usize) else { return };
        debug_assert!(target.depth.is_none_or(|known| known == depth), "{label:?}");
        target.depth = Some(depth);
    }

    /// The next instruction is where a label's jumps go.
    pub fn bind(&mut self, label: Label) {
        let pc = self.frame.pc();
        let Some(target) = self.frame.labels.get_mut(label.0 as usize) else { return };
        target.pc = pc;
        if let Some(depth) = target.depth {
            debug_assert!(!self.frame.reachable || self.frame.depth == depth, "{label:?}");
            self.frame.depth = depth;
            self.frame.reachable = true;
        }
    }

    /// A label for jumps back to the next instruction.
    pub fn bind_loop(&mut self) -> Label {
        let label = self.label();
        self.reach(label, self.frame.depth);
        let reachable = self.frame.reachable;
        self.bind(label);
        self.frame.reachable = reachable;
        label
    }

    /// Exceptions from `start` to the next instruction go to a label.
    pub fn handle(&mut self, start: u32, label: Label, operands: usize) {
        let end = self.frame.pc();
        if start < end {
            let kept = u16::try_from(operands).unwrap_or(u16::MAX);
            self.frame.func.handlers.push(Handler { start, end, target: label.0, operands: kept });
            self.reach(label, operands + 1);
        }
    }

    /// The top of the stack is awaited.
    pub fn emit_await(&mut self) {
        if self.frame.reachable {
            let pc = self.frame.pc();
            self.frame.func.awaits.push(AwaitPoint { pc, label: None });
        }
        self.emit(Op::Await);
    }

    /// Takes a slot.
    pub fn take_slot(&mut self) -> u16 {
        let slot = self.frame.free;
        match slot.checked_add(1) {
            Some(next) if usize::from(next) <= SLOTS_MAX => {
                self.frame.free = next;
                self.frame.func.slots = self.frame.func.slots.max(next);
            }
            _ => self.too_much("a function has too many variables"),
        }
        slot
    }

    /// A slot or capture has a name from `start` to the next instruction.
    pub fn name_variable(&mut self, variable: Variable) {
        if variable.start < variable.end && self.note(variable.name.len()) {
            self.frame.func.variables.push(variable);
        }
    }

    /// Names a slot of the compiler's own, from `start` to the next instruction: a call that waits
    /// there needs it to go on.
    pub fn name_hidden(&mut self, what: &str, slot: u16, start: u32) {
        let name = format!("%{what}{}", self.frame.hidden);
        let end = self.frame.pc();
        self.name_variable(Variable { name, at: Capture::Slot(slot), shared: false, start, end });
    }

    /// Whether there is room for a name for people.
    pub fn note(&mut self, bytes: usize) -> bool {
        self.notes_bytes += bytes;
        let fits = self.notes_bytes <= CODE_NOTES_BYTES_MAX;
        if !fits {
            self.too_much(
                "the names of functions and variables are too long where they are nested",
            );
        }
        fits
    }

    /// The finished function: labels become instructions, offsets lines.
    pub fn finish(&mut self, mut frame: Frame) -> Func {
        let at = |label: u32| frame.labels.get(label as usize).map_or(0, |target| target.pc);
        for op in &mut frame.func.ops {
            if let Some(target) = target_mut(op) {
                *target = at(*target);
            }
        }
        for handler in &mut frame.func.handlers {
            handler.target = at(handler.target);
        }
        let places = frame.offsets.iter().map(|(pc, offset)| self.source.place(*pc, *offset));
        frame.func.lines = places.collect();
        frame.func
    }
}

fn target_mut(op: &mut Op) -> Option<&mut u32> {
    match op {
        Op::Jump(target)
        | Op::JumpIfFalse(target)
        | Op::JumpIfTrue(target)
        | Op::JumpIfFalseOrPop(target)
        | Op::JumpIfTrueOrPop(target)
        | Op::JumpUnlessNullishOrPop(target)
        | Op::JumpIfNullish(target)
        | Op::JumpUnlessUndefinedOrPop(target)
        | Op::NextOrJump(target)
        | Op::UnlessLt(target)
        | Op::UnlessLe(target)
        | Op::UnlessGt(target)
        | Op::UnlessGe(target) => Some(target),
        _ => None,
    }
}
