//! Jobs, one after the other (ECMA-262, 9.5 and 27.2.2).

use super::event::{Effect, Target};
use super::frame::Then;
use super::heap::{Cell, Class};
use super::promise::{Job, Reaction};
use super::run::Run;
use super::run::calls::{Callee, Placed};
use super::{Atom, ErrorKind, Index, Machine, Trap, Val};
use crate::builtin::far::Options;

impl Run<'_> {
    /// Begins a job. Calls that it makes are in progress afterwards.
    pub(super) fn perform(&mut self, m: &mut Machine, job: Job) {
        m.charge(1);
        match job {
            Job::React { reaction, outcome } => self.perform_reaction(m, reaction, outcome),
            Job::Thenable { promise, thenable, then } => {
                self.perform_thenable(m, promise, thenable, then);
            }
            Job::Deliver { promise, target, method, arguments, outside } => {
                self.deliver(m, promise, target, method, arguments, outside);
            }
        }
    }

    fn perform_reaction(&mut self, m: &mut Machine, reaction: Reaction, outcome: Result<Val, Val>) {
        match reaction {
            Reaction::Resume(coroutine) => self.resume(m, coroutine, outcome),
            Reaction::Call { derived, fulfilled, rejected } => {
                let (handler, value) = match outcome {
                    Ok(value) => (fulfilled, value),
                    Err(reason) => (rejected, reason),
                };
                match derived {
                    Some(derived) if m.is_callable(handler) => {
                        self.call_job(m, handler, &[value], Then::Settle(derived));
                    }
                    Some(derived) => m.conclude(derived, outcome),
                    None => {}
                }
            }
            Reaction::Start => self.body_done(m, outcome),
            Reaction::Finish => m.finish(outcome),
            Reaction::Answer(answer) => {
                let outcome = m.data_of_outcome(outcome);
                m.effects.push(Effect::Answer { answer, outcome });
            }
            Reaction::Export(promise) => {
                let outcome = m.data_of_outcome(outcome);
                m.effects.push(Effect::Settle { promise, outcome });
            }
            Reaction::Forward { derived, letter } => match outcome {
                Ok(target) => self.forward(m, derived, letter, target),
                Err(reason) => m.reject_promise(derived, reason),
            },
        }
    }

    /// NewPromiseResolveThenableJob.
    fn perform_thenable(&mut self, m: &mut Machine, promise: Index, thenable: Val, then: Val) {
        if let Some(other) = m.promise_index(thenable) {
            let pass_on = Reaction::Call {
                derived: Some(promise),
                fulfilled: Val::Undefined,
                rejected: Val::Undefined,
            };
            return m.react(other, pass_on);
        }
        let Some((resolve, reject)) = self.resolving_functions(m, promise) else { return };
        let arguments = [Val::Object(resolve), Val::Object(reject)];
        self.call_job(m, then, &arguments, Then::Thenable(resolve));
    }

    /// Calls a function for a job. No other call is in progress.
    pub(super) fn call_job(&mut self, m: &mut Machine, callee: Val, arguments: &[Val], then: Then) {
        let closure = match callee {
            Val::Object(index) => !matches!(m.heap.get(index), Cell::Bound { .. }),
            _ => false,
        };
        let bound = matches!(callee, Val::Object(_)) && !closure;
        if closure || bound {
            m.stack.push(callee);
            let start = m.stack.len();
            m.stack.extend_from_slice(arguments);
            let place = Placed { start, arguments: arguments.len(), under: 1, then };
            let called = self.call_value(m, callee, Val::Undefined, place);
            return self.begun(m, start - 1, then, called.map(drop));
        }
        // A built-in function may have to be called again: the prelude has an instruction for it.
        let list = m.new_array(arguments.to_vec());
        let call = self.prelude().call_with;
        self.call_prelude(m, call, &[Val::Undefined, callee, list], then);
    }

    fn call_prelude(
        &mut self,
        m: &mut Machine,
        function: Option<u32>,
        arguments: &[Val],
        then: Then,
    ) {
        let start = m.stack.len();
        let called = match function {
            Some(function) => {
                m.stack.extend_from_slice(arguments);
                let callee = Callee { code: 0, function, closure: None };
                let place = Placed { start, arguments: arguments.len(), under: 0, then };
                self.enter(m, callee, place)
            }
            None => Err(m.throw(ErrorKind::TypeError, "the prelude of this process is too old")),
        };
        self.begun(m, start, then, called);
    }

    /// Has what a job's call throws before it begins go where it would go afterwards.
    fn begun(&mut self, m: &mut Machine, start: usize, then: Then, called: Result<(), Trap>) {
        let Err(trap) = called else { return };
        let error = match trap {
            Trap::Throw(error) => error,
            _ => m.new_error(ErrorKind::TypeError, "this cannot be called from a job"),
        };
        m.stack.truncate(start);
        match then {
            Then::Settle(promise) => m.reject_promise(promise, error),
            Then::Thenable(resolve) => self.conclude_once(m, resolve, Err(error)),
            _ => m.fail(error),
        }
    }

    /// A message whose target has become known.
    fn forward(&mut self, m: &mut Machine, promise: Index, letter: Index, target: Val) {
        let letter = m.items(Val::Object(letter));
        let [method, arguments, options, outside] = *letter.as_slice() else { return };
        let method = match method {
            Val::Text(text) => {
                let text = m.text_of(text);
                Some(m.atom(&text))
            }
            _ => None,
        };
        let arguments = m.items(arguments);
        if let Some(Target::Port(port)) = m.remote_target(target) {
            let options = Options::read(m, options).unwrap_or_default();
            return m.ask(promise, Target::Port(port), method, &arguments, options);
        }
        self.deliver(m, promise, target, method, arguments, outside == Val::Bool(true));
    }

    /// Calls a method of a local target, or the target itself.
    fn deliver(
        &mut self,
        m: &mut Machine,
        promise: Index,
        target: Val,
        method: Option<Atom>,
        arguments: Vec<Val>,
        outside: bool,
    ) {
        if outside && !is_far(m, target) {
            let message = "the target is no object made by Far: it takes no messages";
            let error = m.new_error(ErrorKind::TypeError, message);
            return m.reject_promise(promise, error);
        }
        let then = Then::Settle(promise);
        let own = method.map(|name| m.get(target, name));
        match (method, own) {
            (None, _) if !outside => self.call_job(m, target, &arguments, then),
            (Some(_), Some(Some(function))) if m.is_callable(function) => {
                self.call_job(m, function, &arguments, then);
            }
            (Some(name), _) if !outside => {
                let text = m.atom_text(name);
                let (name, list) = (m.new_text(text), m.new_array(arguments));
                let call = self.prelude().call_method;
                self.call_prelude(m, call, &[Val::Undefined, target, name, list], then);
            }
            (method, _) => {
                let message = match method {
                    Some(name) => {
                        let name = String::from_utf16_lossy(&m.atom_text(name));
                        format!("the target has no method '{name}'")
                    }
                    None => "the target has methods, but cannot be called itself".to_owned(),
                };
                let error = m.new_error(ErrorKind::TypeError, message);
                m.reject_promise(promise, error);
            }
        }
    }
}

fn is_far(m: &Machine, value: Val) -> bool {
    match value {
        Val::Object(index) => match m.heap.get(index) {
            Cell::Object(object) => matches!(object.class, Class::Far { .. }),
            _ => false,
        },
        _ => false,
    }
}
