//! Calls: of closures, built-in functions and functions of the prelude.

use super::super::frame::{Coroutine, Frame, Then};
use super::super::heap::Cell;
use super::super::promise::Reaction;
use super::super::{Args, ErrorKind, Index, Machine, Trap, Val};
use super::{Next, Run, Site, pop};
use crate::builtin::{Action, Builtin, Special};
use crate::limits::{FRAMES_MAX, STACK_VALUES_MAX};

/// A function of a code.
#[derive(Clone, Copy)]
pub(in crate::machine) struct Callee {
    pub(in crate::machine) code: u32,
    pub(in crate::machine) function: u32,
    pub(in crate::machine) closure: Option<Index>,
}

/// Arguments on the stack.
#[derive(Clone, Copy)]
pub(in crate::machine) struct Placed {
    /// Where they begin.
    pub(in crate::machine) start: usize,
    pub(in crate::machine) arguments: usize,
    /// Values below them that belong to the call: the function, the receiver.
    pub(in crate::machine) under: u32,
    pub(in crate::machine) then: Then,
}

impl Run<'_> {
    /// Calls what stands below the arguments; with a receiver below that if `under` is 2.
    pub(super) fn call(&mut self, m: &mut Machine, arguments: usize, under: u32) -> Called {
        let start = m.stack.len() - arguments;
        let place = Placed { start, arguments, under, then: Then::Push };
        let this = if under == 2 { m.stack[start - 2] } else { Val::Undefined };
        self.call_value(m, m.stack[start - 1], this, place)
    }

    /// Calls the closure that stands below the arguments.
    #[inline]
    pub(super) fn call_closure(
        &mut self,
        m: &mut Machine,
        arguments: usize,
        under: u32,
    ) -> Result<(), Trap> {
        let start = m.stack.len() - arguments;
        let Val::Object(index) = m.stack[start - 1] else { return Ok(()) };
        let Cell::Function(function) = m.heap.get(index) else { return Ok(()) };
        let (code, function) = (function.code, function.function);
        let callee = Callee { code, function, closure: Some(index) };
        self.enter(m, callee, Placed { start, arguments, under, then: Then::Push })
    }

    /// Calls a value.
    pub(in crate::machine) fn call_value(
        &mut self,
        m: &mut Machine,
        callee: Val,
        this: Val,
        place: Placed,
    ) -> Called {
        match callee {
            Val::Object(index) => match m.heap.get(index) {
                Cell::Function(function) => {
                    let (code, function) = (function.code, function.function);
                    let callee = Callee { code, function, closure: Some(index) };
                    self.enter(m, callee, place)?;
                    return Ok(Next::Frame);
                }
                Cell::Bound { builtin, .. } => {
                    let builtin = *builtin;
                    return self.call_bound(m, builtin, index, place);
                }
                _ => {}
            },
            Val::Builtin(builtin) => return self.call_builtin(m, builtin, this, place),
            _ => {}
        }
        Err(self.not_callable(m, callee, place))
    }

    /// Calls a built-in function whose arguments stand on the stack.
    pub(in crate::machine) fn call_builtin(
        &mut self,
        m: &mut Machine,
        builtin: Builtin,
        this: Val,
        place: Placed,
    ) -> Called {
        let Placed { start, arguments, under, then } = place;
        match builtin.entry().action {
            Action::Native(native) | Action::Either(native) => {
                let before = m.heap_pressure();
                let value = match native(m, this, Args { start, len: arguments }) {
                    Err(Trap::OutOfHeap) => {
                        // What it made before is garbage, and will be wanted again.
                        let made = m.heap_pressure().saturating_sub(before);
                        m.heap_bytes_wanted = m.heap_bytes_wanted.saturating_add(made);
                        return Err(Trap::OutOfHeap);
                    }
                    result => result?,
                };
                m.stack.truncate(start - under as usize);
                self.complete(m, then, value);
                Ok(Next::Op)
            }
            Action::Prelude(name) => {
                let Some(&function) = self.prelude.builtins.get(&builtin) else {
                    let message = format!("the prelude of this process has no {name}");
                    return Err(m.throw(ErrorKind::TypeError, message));
                };
                let place = with_receiver(m, this, place);
                self.enter(m, Callee { code: 0, function, closure: None }, place)?;
                Ok(Next::Frame)
            }
            Action::Constructor(_) | Action::Special(Special::NewPromise) => {
                let path = builtin.entry().path;
                let message = if path == "Promise" {
                    "Promise constructor cannot be invoked without 'new'".to_owned()
                } else {
                    format!("Constructor {path} requires 'new'")
                };
                Err(m.throw(ErrorKind::TypeError, message))
            }
            Action::Special(_) | Action::None | Action::Number(_) => {
                Err(self.not_callable(m, Val::Builtin(builtin), place))
            }
        }
    }

    /// Calls a function that carries values: those that an executor is given.
    fn call_bound(
        &mut self,
        m: &mut Machine,
        builtin: Builtin,
        index: Index,
        place: Placed,
    ) -> Called {
        let value = if place.arguments > 0 { m.stack[place.start] } else { Val::Undefined };
        match builtin.entry().action {
            Action::Special(Special::Resolve) => self.conclude_once(m, index, Ok(value)),
            Action::Special(Special::Reject) => self.conclude_once(m, index, Err(value)),
            _ => return Err(self.not_callable(m, Val::Object(index), place)),
        }
        m.stack.truncate(place.start - place.under as usize);
        self.complete(m, place.then, Val::Undefined);
        Ok(Next::Op)
    }

    /// Settles the promise of a function that an executor is given, unless it or its sibling did
    /// before.
    pub(in crate::machine) fn conclude_once(
        &self,
        m: &mut Machine,
        index: Index,
        outcome: Result<Val, Val>,
    ) {
        let Cell::Bound { values, .. } = m.heap.get(index) else { return };
        let [Val::Object(promise), Val::Var(done)] = *values.as_slice() else { return };
        if let Cell::Var(flag) = m.heap.get_mut(done)
            && *flag != Val::Bool(true)
        {
            *flag = Val::Bool(true);
            m.conclude(promise, outcome);
        }
    }

    /// The promise of a function that an executor is given.
    pub(super) fn promise_of_bound(&self, m: &Machine, index: Index) -> Val {
        match m.heap.get(index) {
            Cell::Bound { values, .. } => values.first().copied().unwrap_or(Val::Undefined),
            _ => Val::Undefined,
        }
    }

    /// Makes the two functions that settle a promise, once.
    pub(in crate::machine) fn resolving_functions(
        &self,
        m: &mut Machine,
        promise: Index,
    ) -> Option<(Index, Index)> {
        let (resolve, reject) = (Builtin::named("$resolve")?, Builtin::named("$reject")?);
        let done = Val::Var(m.alloc(Cell::Var(Val::Bool(false))));
        let values = vec![Val::Object(promise), done];
        let bound = |builtin, values| Cell::Bound { builtin, values };
        let resolve = m.alloc(bound(resolve, values.clone()));
        Some((resolve, m.alloc(bound(reject, values))))
    }

    /// `new`: the constructor stands below the arguments.
    pub(super) fn construct(&mut self, m: &mut Machine, arguments: usize) -> Called {
        let start = m.stack.len() - arguments;
        let callee = m.stack[start - 1];
        let place = Placed { start, arguments, under: 1, then: Then::Push };
        let Val::Builtin(builtin) = callee else {
            return Err(m.throw(ErrorKind::TypeError, "this is not a constructor"));
        };
        match builtin.entry().action {
            Action::Constructor(native) | Action::Either(native) => {
                let value = native(m, Val::Undefined, Args { start, len: arguments })?;
                m.stack.truncate(start - 1);
                m.stack.push(value);
                Ok(Next::Op)
            }
            Action::Prelude(_) => self.call_builtin(m, builtin, Val::Undefined, place),
            Action::Special(Special::NewPromise) => self.new_promise(m, place),
            _ => {
                let message = format!("{} is not a constructor", builtin.entry().path);
                Err(m.throw(ErrorKind::TypeError, message))
            }
        }
    }

    /// `new Promise(executor)` (ECMA-262, 27.2.3.1).
    fn new_promise(&mut self, m: &mut Machine, place: Placed) -> Called {
        let executor = if place.arguments > 0 { m.stack[place.start] } else { Val::Undefined };
        if !m.is_callable(executor) {
            let shown = m.brief(executor);
            let message = format!("Promise resolver {shown} is not a function");
            return Err(m.throw(ErrorKind::TypeError, message));
        }
        if m.frames.len() >= FRAMES_MAX {
            return Err(too_deep(m));
        }
        let promise = m.new_promise();
        let Some((resolve, reject)) = self.resolving_functions(m, promise) else {
            return Err(m.throw(ErrorKind::TypeError, "promises are not built in"));
        };
        m.stack.truncate(place.start - place.under as usize);
        let start = m.stack.len() + 1;
        m.stack.extend([executor, Val::Object(resolve), Val::Object(reject)]);
        let place = Placed { start, arguments: 2, under: 1, then: Then::Executor(resolve) };
        match self.call_value(m, executor, Val::Undefined, place) {
            Err(Trap::Throw(error)) => {
                m.stack.truncate(start - 1);
                self.conclude_once(m, resolve, Err(error));
                m.stack.push(Val::Object(promise));
                Ok(Next::Op)
            }
            other => other,
        }
    }

    /// Begins a call of a function of a code. The frame and the stack keep to their limits.
    pub(in crate::machine) fn enter(
        &mut self,
        m: &mut Machine,
        callee: Callee,
        place: Placed,
    ) -> Result<(), Trap> {
        let Placed { start, arguments, under, then } = place;
        let func = self.func(callee.code as usize, callee.function as usize);
        let (slots, parameters) = (usize::from(func.slots), usize::from(func.parameters));
        let top = start + slots + usize::from(func.operands_max);
        if m.frames.len() >= FRAMES_MAX || top > STACK_VALUES_MAX {
            return Err(too_deep(m));
        }
        if func.rest {
            let left = m.stack.split_off(start + arguments.min(parameters));
            m.stack.resize(start + parameters, Val::Undefined);
            let rest = m.new_array(left);
            m.stack.push(rest);
        } else {
            m.stack.resize(start + parameters, Val::Undefined);
        }
        m.stack.resize(start + slots, Val::Uninit);
        let promise = func.is_async.then(|| m.new_promise());
        m.frames.push(Frame {
            code: callee.code,
            function: callee.function,
            pc: 0,
            base: start as u32,
            under,
            closure: callee.closure,
            promise,
            then,
        });
        Ok(())
    }

    /// Ends the call that is in progress.
    pub(super) fn leave(&mut self, m: &mut Machine, value: Val) {
        let Some(frame) = m.frames.pop() else { return };
        m.stack.truncate((frame.base - frame.under) as usize);
        let value = match frame.promise {
            None => value,
            Some(promise) => {
                m.resolve_promise(promise, value);
                Val::Object(promise)
            }
        };
        self.complete(m, frame.then, value);
    }

    /// Has become of a call's result what is to.
    pub(in crate::machine) fn complete(&self, m: &mut Machine, then: Then, value: Val) {
        match then {
            Then::Push => m.stack.push(value),
            Then::Replace(at) => m.stack[at as usize] = value,
            Then::Item(array, at) => {
                if let Cell::Array(array) = m.heap.get_mut(array) {
                    array.items[at as usize] = value;
                }
            }
            Then::Settle(promise) => m.resolve_promise(promise, value),
            Then::Executor(resolve) => {
                let promise = self.promise_of_bound(m, resolve);
                m.stack.push(promise);
            }
            Then::Thenable(_) | Then::Drop => {}
        }
    }

    /// `await`: the call becomes a cell of the heap, its caller goes on (ECMA-262, 27.7.5.3).
    pub(super) fn wait(&mut self, m: &mut Machine, pc: usize) -> Called {
        let Some(frame) = m.frames.last().copied() else { return Ok(Next::Frame) };
        if frame.promise.is_none() {
            let message = "a module that is imported cannot await while it is evaluated";
            return Err(m.throw(ErrorKind::TypeError, message));
        }
        let value = pop(m);
        let promise = m.promise_of(value);
        m.frames.pop();
        let values = m.stack.split_off(frame.base as usize);
        m.stack.truncate((frame.base - frame.under) as usize);
        let kept = Frame { pc: pc as u32, base: 0, under: 0, then: Then::Drop, ..frame };
        let coroutine = Coroutine { frame: kept, values };
        let coroutine = m.alloc(Cell::Coroutine(Box::new(coroutine)));
        m.react(promise, Reaction::Resume(coroutine));
        if let Some(promise) = frame.promise {
            self.complete(m, frame.then, Val::Object(promise));
        }
        Ok(Next::Frame)
    }

    /// Makes a closure.
    pub(super) fn closure(&mut self, m: &mut Machine, site: Site, function: u32) {
        use super::super::heap::Function;
        use crate::code::Capture;
        let func = self.func(site.code, function as usize);
        let captures = func.captures.iter().map(|from| match *from {
            Capture::Slot(slot) => m.stack[site.base + usize::from(slot)],
            Capture::Capture(number) => super::capture(m, site, number),
        });
        let captures = captures.collect();
        let closure = Function { code: site.code as u32, function, captures, frozen: false };
        let closure = m.alloc(Cell::Function(closure));
        m.stack.push(Val::Object(closure));
    }

    fn not_callable(&self, m: &mut Machine, callee: Val, place: Placed) -> Trap {
        let shown = match self.callee_text(m, place.arguments) {
            Some(text) => text,
            None => m.brief(callee),
        };
        let hint = match callee {
            Val::Object(index) if matches!(m.heap.get(index), Cell::Remote(_)) => {
                ": it is a reference, so E(…)(…) sends to it"
            }
            _ => "",
        };
        m.throw(ErrorKind::TypeError, format!("{shown} is not a function{hint}"))
    }
}

/// Whether the frame has changed.
pub(in crate::machine) type Called = Result<Next, Trap>;

/// Puts the receiver in front of the arguments: the prelude's functions get it as their first.
fn with_receiver(m: &mut Machine, this: Val, place: Placed) -> Placed {
    let Placed { start, arguments, under, then } = place;
    if under == 0 {
        m.stack.insert(start, this);
        return Placed { start, arguments: arguments + 1, under, then };
    }
    m.stack[start - 1] = this;
    Placed { start: start - 1, arguments: arguments + 1, under: under - 1, then }
}

fn too_deep(m: &mut Machine) -> Trap {
    m.throw(ErrorKind::RangeError, "Maximum call stack size exceeded")
}
