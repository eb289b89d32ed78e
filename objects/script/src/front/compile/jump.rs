//! `break`, `continue`, `return`, and the `finally` that they go through.
//!
//! A `finally` is compiled once. Whoever enters it says in a slot how to go on after it (and, of an
//! exception or a returned value, in another slot with what), and it ends with the choice among what
//! was said: 0 goes on after the statement, 1 throws, the others leave as `break`, `continue` or
//! `return` did.

use oxc_ast::ast::*;

use super::Compiler;
use super::emit::Label;
use crate::code::Op;

/// Something that jumps go to, or through.
pub enum Control {
    Loop { labels: Vec<String>, end: Label, next: Label, depth: usize },
    Switch { end: Label, depth: usize },
    Block { labels: Vec<String>, end: Label, depth: usize },
    Finally(Finally),
}

/// A `try` with a `finally` around what is being compiled.
pub struct Finally {
    /// Says how to go on after it.
    how: u16,
    /// What is thrown or returned then.
    value: u16,
    enter: Label,
    depth: usize,
    /// How it is left other than at its end or by an exception.
    exits: Vec<Exit>,
}

#[derive(Clone, Copy, PartialEq)]
enum Exit {
    Return,
    /// To a label, with a number of operands, which belongs to this one of the controls.
    Jump {
        label: Label,
        depth: usize,
        control: usize,
    },
}

/// The numbers of exits begin here: below are the end and the exception.
const FIRST_EXIT: i32 = 2;

impl<'a> Compiler<'_> {
    /// value → ; returns it.
    pub fn return_value(&mut self) {
        self.leave(Exit::Return);
    }

    pub fn break_to(&mut self, name: Option<&str>) {
        let exit = self.frame.controls.iter().enumerate().rev().find_map(|(control, known)| {
            let (label, depth) = match (known, name) {
                (Control::Loop { end, depth, .. } | Control::Switch { end, depth }, None) => {
                    (*end, *depth)
                }
                (
                    Control::Loop { labels, end, depth, .. }
                    | Control::Block { labels, end, depth },
                    Some(name),
                ) if labels.iter().any(|label| label == name) => (*end, *depth),
                _ => return None,
            };
            Some(Exit::Jump { label, depth, control })
        });
        if let Some(exit) = exit {
            self.leave(exit);
        }
    }

    pub fn continue_to(&mut self, name: Option<&str>) {
        let exit = self.frame.controls.iter().enumerate().rev().find_map(|(control, known)| {
            let Control::Loop { labels, next, depth, .. } = known else { return None };
            let wanted = name.is_none_or(|name| labels.iter().any(|label| label == name));
            wanted.then_some(Exit::Jump { label: *next, depth: *depth, control })
        });
        if let Some(exit) = exit {
            self.leave(exit);
        }
    }

    /// Leaves, through the innermost `finally` on the way, if there is one.
    fn leave(&mut self, exit: Exit) {
        let lowest = match exit {
            Exit::Return => 0,
            Exit::Jump { control, .. } => control + 1,
        };
        let controls = self.frame.controls.iter_mut().skip(lowest).rev();
        let innermost = controls.into_iter().find_map(|control| match control {
            Control::Finally(finally) => Some(finally),
            _ => None,
        });
        // The instructions that follow are not reached, but count operands as if they were.
        let before = self.frame.depth - usize::from(exit == Exit::Return);
        let Some(finally) = innermost else {
            match exit {
                Exit::Return => self.emit(Op::Return),
                Exit::Jump { label, depth, .. } => {
                    self.pop_to(depth);
                    self.jump(Op::Jump, label);
                }
            }
            self.frame.depth = before;
            return;
        };
        let number = finally.exits.iter().position(|known| *known == exit).unwrap_or_else(|| {
            finally.exits.push(exit);
            finally.exits.len() - 1
        });
        let (how, value, enter, depth) = (finally.how, finally.value, finally.enter, finally.depth);
        if exit == Exit::Return {
            self.emit(Op::SetSlot(value));
        }
        self.pop_to(depth);
        self.emit(Op::Int(FIRST_EXIT + i32::try_from(number).unwrap_or(i32::MAX - FIRST_EXIT)));
        self.emit(Op::SetSlot(how));
        self.jump(Op::Jump, enter);
        self.frame.depth = before;
    }

    fn pop_to(&mut self, depth: usize) {
        while self.frame.depth > depth {
            self.emit(Op::Pop);
        }
    }

    pub fn try_statement(&mut self, s: &TryStatement<'a>) {
        let Some(finalizer) = &s.finalizer else { return self.try_catch(s) };
        let free = self.frame.free;
        let (how, value, enter) = (self.take_slot(), self.take_slot(), self.label());
        let depth = self.frame.depth;
        let finally = Finally { how, value, enter, depth, exits: Vec::new() };
        self.frame.controls.push(Control::Finally(finally));
        // So that it is a value whichever way the `finally` is entered.
        self.emit(Op::Undefined);
        self.emit(Op::SetSlot(value));
        let start = self.frame.pc();
        self.try_catch(s);
        self.emit(Op::Int(0));
        self.emit(Op::SetSlot(how));
        let thrown = self.label();
        self.handle(start, thrown, depth);
        self.jump(Op::Jump, enter);
        let Some(Control::Finally(finally)) = self.frame.controls.pop() else { return };
        self.frame.depth += 1;
        self.bind(thrown);
        self.emit(Op::SetSlot(value));
        self.emit(Op::Int(1));
        self.emit(Op::SetSlot(how));
        self.reach_if_reachable(enter);
        self.bind(enter);
        let entered = self.frame.pc();
        self.frame.hidden += 1;
        self.block(finalizer);
        self.go_on(&finally);
        self.name_hidden("how", how, entered);
        self.name_hidden("value", value, entered);
        self.frame.hidden -= 1;
        self.frame.free = free;
    }

    fn reach_if_reachable(&mut self, label: Label) {
        if self.frame.reachable {
            self.reach(label, self.frame.depth);
        }
    }

    /// After a `finally`: as it was said.
    fn go_on(&mut self, finally: &Finally) {
        self.when(finally, 1, |c| {
            c.emit(Op::GetSlot(finally.value));
            c.emit(Op::Throw);
        });
        for (number, exit) in (FIRST_EXIT..).zip(&finally.exits) {
            self.when(finally, number, |c| {
                if *exit == Exit::Return {
                    c.emit(Op::GetSlot(finally.value));
                }
                c.leave(*exit);
            });
        }
    }

    fn when(&mut self, finally: &Finally, number: i32, body: impl FnOnce(&mut Self)) {
        let depth = self.frame.depth;
        let otherwise = self.label();
        self.emit(Op::GetSlot(finally.how));
        self.emit(Op::Int(number));
        self.emit(Op::StrictEq);
        self.jump(Op::JumpIfFalse, otherwise);
        body(self);
        self.frame.depth = depth;
        self.bind(otherwise);
    }

    /// The block and its `catch`.
    fn try_catch(&mut self, s: &TryStatement<'a>) {
        let depth = self.frame.depth;
        let start = self.frame.pc();
        self.block(&s.block);
        let Some(handler) = &s.handler else { return };
        let (caught, end) = (self.label(), self.label());
        self.handle(start, caught, depth);
        self.jump(Op::Jump, end);
        self.frame.depth = depth + 1;
        self.bind(caught);
        self.at(handler.span.start);
        let scope = handler.scope_id.get().map_or(0, |id| id.index());
        self.within_scope(scope, |c| {
            match &handler.param {
                Some(parameter) => c.bind_pattern(&parameter.pattern),
                None => c.emit(Op::Pop),
            }
            c.block(&handler.body);
        });
        self.bind(end);
    }
}
