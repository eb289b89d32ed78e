//! How a process begins and ends: the modules' bodies in the order of their imports, that of the
//! main module last, which may await; then `main` with what it was started with.

use super::frame::{Frame, Then};
use super::promise::{PromiseState, Reaction};
use super::run::Run;
use super::{ErrorKind, Machine, Phase, Val, atoms};
use crate::machine::heap::Cell;

impl Run<'_> {
    /// Begins the next module's body, if there is one. Gives whether there was.
    pub(super) fn advance(&mut self, m: &mut Machine) -> bool {
        let next = match m.phase {
            Phase::Modules(next) => next,
            Phase::Ready => {
                self.call_main(m);
                return true;
            }
            Phase::New | Phase::Main | Phase::Started => return false,
        };
        if m.outcome.is_some() {
            m.phase = Phase::Started;
            return false;
        }
        let main = next == m.main;
        m.phase = if main { Phase::Main } else { Phase::Modules(next + 1) };
        let promise = main.then(|| m.new_promise());
        let func = &self.codes[next as usize].code.functions[0];
        m.stack.resize(usize::from(func.slots), Val::Uninit);
        m.frames.push(Frame {
            code: next,
            function: 0,
            pc: 0,
            base: 0,
            under: 0,
            closure: None,
            promise,
            then: Then::Drop,
        });
        if let Some(promise) = promise {
            m.react(promise, Reaction::Start);
        }
        true
    }

    /// Has `main` be called, now that the main module's body is done.
    pub(super) fn body_done(&mut self, m: &mut Machine, outcome: Result<Val, Val>) {
        match outcome {
            Ok(_) if m.phase == Phase::Main => m.phase = Phase::Ready,
            Ok(_) => {}
            Err(reason) => {
                m.phase = Phase::Started;
                m.fail(reason);
            }
        }
    }

    fn call_main(&mut self, m: &mut Machine) {
        m.phase = Phase::Started;
        let arguments = std::mem::take(&mut m.arguments);
        let exports = m.modules.get(m.main as usize).map(|module| module.exports.as_slice());
        let export = |name| {
            let found = exports.unwrap_or_default().iter().find(|(known, _)| *known == name);
            found.map(|&(_, value)| value).filter(|&value| m.is_callable(value))
        };
        let Some(main) = export(atoms::MAIN).or_else(|| export(atoms::DEFAULT)) else {
            let is_main = |&(known, _): &(_, _)| known == atoms::MAIN || known == atoms::DEFAULT;
            if exports.unwrap_or_default().iter().any(is_main) {
                let what = "the script's `main` is no function; write `export const main = async (…) => …`";
                let reason = m.new_error(ErrorKind::TypeError, what.to_owned());
                return m.fail(reason);
            }
            // Only its body was wanted; what is started in a vat has a `main`.
            return m.finish(Ok(Val::Undefined));
        };
        let promise = m.new_promise();
        m.react(promise, Reaction::Finish);
        self.call_job(m, main, &arguments, Then::Settle(promise));
    }
}

impl Machine {
    /// The process has come to its result, if it had none before.
    pub(super) fn finish(&mut self, outcome: Result<Val, Val>) {
        if self.outcome.is_none() {
            self.outcome = Some(self.data_of_outcome(outcome));
        }
    }

    /// The process has failed: a module's body threw, or there is no function to call.
    pub(super) fn fail(&mut self, reason: Val) {
        self.finish(Err(reason));
    }

    /// Tells of the promises that were rejected and that nobody has looked at since.
    pub(super) fn report_unhandled(&mut self) {
        for promise in std::mem::take(&mut self.rejected) {
            let Cell::Promise(cell) = self.heap.get(promise) else { continue };
            let (PromiseState::Rejected(reason), false) = (&cell.state, cell.handled) else {
                continue;
            };
            let reason = *reason;
            let shown = match self.data_of(reason, "reason") {
                Ok(hogshead_objects::Value::Error(error)) => error.message,
                Ok(hogshead_objects::Value::String(text)) => text,
                Ok(datum) => super::border::summary(&[datum]),
                Err(_) => self.brief(reason),
            };
            self.effects.push(super::event::Effect::Log(format!("unhandled rejection: {shown}")));
        }
    }

    /// The error that waiting calls are thrown when the process is cancelled.
    pub(super) fn cancellation(&mut self, why: &str) -> Val {
        self.new_error(ErrorKind::Error, format!("cancelled: {why}"))
    }
}
