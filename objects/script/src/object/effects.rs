//! One step of a process, and its effects in the vat.

use hogshead_objects::{Cap, Class, Context, Error, Message, Promise, Ref, Result, Value};

use super::border::{Heard, promise_of};
use super::far::Receiver;
use super::report::ProcessStatus;
use super::{Process, Queued, cache};
use crate::machine::event::{Datum, Effect, Event, Target};
use crate::machine::step::{Budget, Status, step};
use crate::machine::{Machine, Port};
use crate::state;

/// How far a step goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Pace {
    /// Until nothing is left to do.
    Full,
    /// Until another line of the source.
    Line,
}

impl Process {
    /// One event, all of its effects, and what has become of the process.
    pub(super) fn advance(&mut self, cx: &mut Context<'_>, event: Event, pace: Pace) -> Result<()> {
        let codes = cache::codes(cx, &self.codes)?;
        let machine = match self.machine.take() {
            Some(machine) => machine,
            None => self.load(&codes)?,
        };
        let budget = Budget {
            fuel: self.allowance.fuel,
            heap_bytes: usize::try_from(self.allowance.heap_bytes).unwrap_or(usize::MAX),
            stop_after_line: pace == Pace::Line,
            now_ms: cx.now().0,
        };
        self.history.leave();
        let (mut machine, effects, status) = step(&codes, machine, event, &budget)
            .map_err(|missing| Error::new(Class::Failed, missing.to_string()))?;
        self.number = self.number.saturating_add(1);
        self.drop_exports(cx, &mut machine, &effects)?;
        let receiver: Cap<dyn Receiver> = cx.this()?;
        for effect in effects {
            self.apply(cx, &receiver, effect)?;
        }
        self.keep(machine);
        self.become_status(cx, &receiver, status)
    }

    fn apply(
        &mut self,
        cx: &mut Context<'_>,
        receiver: &Cap<dyn Receiver>,
        effect: Effect,
    ) -> Result<()> {
        match effect {
            Effect::Send { question, target, method, arguments, within_ms, .. } => {
                let target = match target {
                    Target::Port(port) => self.table.held(port)?,
                    Target::Answer(asked) => self.table.question(asked)?.untyped(),
                };
                let message = self.message(cx, receiver, method, arguments)?;
                let promise = cx.send(target, message)?;
                self.ask(cx, question, promise)?;
                within_ms.map_or(Ok(()), |within| self.expire_after(cx, question, within))
            }
            Effect::Listen { question, port } => {
                let promise = promise_of(self.table.held(port)?)?;
                self.ask(cx, question, promise)
            }
            Effect::Answer { answer, outcome } => {
                let Some(resolver) = self.table.answers.remove(&answer) else { return Ok(()) };
                let outcome = self.outcome(cx, receiver, outcome)?;
                settle(cx, resolver, outcome)
            }
            Effect::Settle { promise, outcome } => {
                let Some((_, resolver)) = self.table.promises.remove(&promise) else {
                    return Ok(());
                };
                let outcome = self.outcome(cx, receiver, outcome)?;
                settle(cx, resolver, outcome)
            }
            Effect::Log(line) => self.write_log(cx, line),
        }
    }

    fn message(
        &mut self,
        cx: &mut Context<'_>,
        receiver: &Cap<dyn Receiver>,
        method: Option<String>,
        arguments: Vec<Datum>,
    ) -> Result<Message> {
        let outward = |datum| self.table.outward(cx, receiver, datum);
        let arguments = arguments.into_iter().map(outward).collect::<Result<Vec<_>>>()?;
        Ok(match method {
            Some(method) => Message::new(method, arguments),
            None => Message::apply(arguments),
        })
    }

    /// Keeps the promise of an answer, and hears how it settles.
    pub(super) fn ask(
        &mut self,
        cx: &mut Context<'_>,
        question: u32,
        promise: Promise,
    ) -> Result<()> {
        let heard = promise.then_while_wanted(cx, Self::settled, (self.life, question))?;
        self.table.questions.insert(question, Heard { answer: promise, heard, over: None });
        Ok(())
    }

    /// Has a question fail after so many milliseconds. The timer goes with the question.
    pub(super) fn expire_after(
        &mut self,
        cx: &mut Context<'_>,
        question: u32,
        within: u64,
    ) -> Result<()> {
        let Some(clock) = self.clock else {
            let why = "there is no clock for the deadlines of this process: start it with one";
            self.queue.push(Queued::Settled { question, outcome: Err(Error::refused(why)) });
            return Ok(());
        };
        let over = clock.send(cx).after(within)?;
        let over = over.then_while_wanted(cx, Self::expired, (self.life, question))?;
        if let Some(heard) = self.table.questions.get_mut(&question) {
            heard.over = Some(over);
        }
        Ok(())
    }

    fn outcome(
        &mut self,
        cx: &mut Context<'_>,
        receiver: &Cap<dyn Receiver>,
        outcome: Result<Datum, Datum>,
    ) -> Result<Result<Value, Value>> {
        Ok(match outcome {
            Ok(datum) => Ok(self.table.outward(cx, receiver, datum)?),
            Err(datum) => Err(self.table.outward(cx, receiver, datum)?),
        })
    }

    fn become_status(
        &mut self,
        cx: &mut Context<'_>,
        receiver: &Cap<dyn Receiver>,
        status: Status,
    ) -> Result<()> {
        let cancelled = self.machine.as_ref().and_then(|machine| machine.cancelled.clone());
        if let (Some(why), false) = (cancelled, matches!(status, Status::Suspended(_))) {
            return self.wind_up(cx, receiver, status, why);
        }
        let status = match status {
            Status::Waiting => {
                self.remember(cx)?;
                ProcessStatus::Waiting
            }
            Status::Suspended(reason) => ProcessStatus::Suspended { why: reason.to_string() },
            Status::Done(datum) => {
                self.end(cx, receiver, Ok(datum))?;
                ProcessStatus::Done
            }
            Status::Failed(datum) => {
                let why = shown(&datum);
                self.end(cx, receiver, Err(datum))?;
                ProcessStatus::Failed { why }
            }
        };
        self.set_status(cx, status);
        self.forget_ports();
        Ok(())
    }

    /// What has become of a process that is being cancelled: it is over when no call waits.
    fn wind_up(
        &mut self,
        cx: &mut Context<'_>,
        receiver: &Cap<dyn Receiver>,
        status: Status,
        why: String,
    ) -> Result<()> {
        match status {
            Status::Done(datum) => self.end(cx, receiver, Ok(datum))?,
            Status::Failed(datum) => self.end(cx, receiver, Err(datum))?,
            Status::Waiting | Status::Suspended(_) => {}
        }
        if self.machine.as_ref().is_some_and(Machine::has_calls) {
            self.set_status(cx, ProcessStatus::Cancelling { why });
            self.forget_ports();
            return Ok(());
        }
        self.end_cancelled(cx, why)
    }

    pub(super) fn set_status(&mut self, cx: &mut Context<'_>, status: ProcessStatus) {
        if self.status != status {
            (self.status, self.since) = (status, cx.now());
        }
    }

    /// The end of `main`. Objects of the script's that others hold go on answering.
    pub(super) fn end(
        &mut self,
        cx: &mut Context<'_>,
        receiver: &Cap<dyn Receiver>,
        outcome: Result<Datum, Datum>,
    ) -> Result<()> {
        let Some(resolver) = self.resolver.take() else { return Ok(()) };
        let outcome = self.outcome(cx, receiver, outcome)?;
        settle(cx, resolver, outcome)
    }

    /// An event that comes too late.
    pub(super) fn refuse_event(&mut self, cx: &mut Context<'_>, queued: Queued) -> Result<()> {
        let Queued::Message { answer, .. } = queued else { return Ok(()) };
        let Some(resolver) = self.table.answers.remove(&answer) else { return Ok(()) };
        resolver.break_(cx, Error::new(Class::Stopped, format!("the process is {}", self.status)))
    }

    /// Keeps the machine and its bytes.
    pub(super) fn keep(&mut self, machine: Machine) {
        self.state = state::dump(&machine).into();
        self.machine = Some(machine);
    }

    /// Lets go of what the script no longer holds.
    fn forget_ports(&mut self) {
        if let Some(machine) = &self.machine {
            let named = state::ports(machine);
            self.table.ports.retain(|port, _| named.contains(&Port(*port)));
        }
    }
}

/// What a script threw, for people.
pub(super) fn shown(datum: &Datum) -> String {
    match datum {
        Value::Error(error) => error.message.clone(),
        Value::String(text) => text.clone(),
        other => crate::machine::border::summary(std::slice::from_ref(other)),
    }
}

/// An error of the vat's, as a script sees it.
pub(super) fn reason(error: Error) -> Value {
    error.into_reason()
}

fn settle(
    cx: &mut Context<'_>,
    resolver: hogshead_objects::Resolver,
    outcome: Result<Value, Value>,
) -> Result<()> {
    match outcome {
        Ok(Value::Ref(promise @ Ref::Promise(_))) => resolver.follow(cx, promise_of(promise)?),
        Ok(value) => resolver.fulfill(cx, value),
        Err(reason) => resolver.break_with(cx, reason),
    }
}
