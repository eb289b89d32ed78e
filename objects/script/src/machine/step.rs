//! One step: an event comes in, effects go out, and the process is where it was or further.

use super::codes::{Codes, MissingCode};
use super::event::{Datum, Effect, Event};
use super::heap::Cell;
use super::promise::{Job, PromiseState, Reaction};
use super::run::Run;
use super::{ErrorKind, Index, Machine, Phase, Reason, Trap, Val};
use crate::limits::INBOX_EVENTS_MAX;

/// What the owner gives to a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Instructions, and as much work of built-in functions.
    pub fuel: u64,
    /// Bytes of the heap.
    pub heap_bytes: usize,
    /// The time, in milliseconds since 1970: since when questions are asked. The script does not
    /// see it.
    pub now_ms: u64,
    /// Whether to stop when another line of the source is reached.
    pub stop_after_line: bool,
}

/// Where a process is after a step.
#[derive(Clone, Debug, PartialEq)]
pub enum Status {
    /// It waits for what is to come.
    Waiting,
    /// `main` has come to this. What it passed out can still be called.
    Done(Datum),
    /// It has failed with this. What it passed out can still be called.
    Failed(Datum),
    /// It stands still in the middle of something, until [`Event::Resume`].
    Suspended(Reason),
}

/// Takes a process on by one event.
///
/// The same on every machine: what comes out depends on the codes, the process, the event and the
/// budget alone. Afterwards the process is in canonical form: the same as one that was written and
/// loaded again.
///
/// # Errors
///
/// [`MissingCode`] if one of its codes is not at hand.
pub fn step(
    codes: &Codes,
    mut machine: Machine,
    event: Event,
    budget: &Budget,
) -> Result<(Machine, Vec<Effect>, Status), MissingCode> {
    machine.fuel = i64::try_from(budget.fuel).unwrap_or(i64::MAX);
    machine.heap_bytes_max = budget.heap_bytes;
    machine.now_ms = budget.now_ms;
    let mut run = Run::new(codes, &machine)?;
    run.take_event(&mut machine, event);
    if budget.stop_after_line {
        run.stop_after_line(&machine);
    }
    if machine.suspended.is_none() {
        machine.suspended = run.work(&mut machine);
    }
    run.forget();
    if machine.suspended.is_none() {
        machine.report_unhandled();
        // Calls that nothing could wake any more wait for nothing.
        if machine.cancelled.is_some() && machine.tidy() {
            machine.end_if_cancelled();
        }
    }
    if !machine.tidy() && machine.suspended.is_none() {
        machine.suspended = Some(Reason::Heap);
    }
    machine.fuel = 0;
    let effects = std::mem::take(&mut machine.effects);
    let status = machine.status();
    Ok((machine, effects, status))
}

impl Machine {
    /// Where the process is.
    pub fn status(&self) -> Status {
        match (&self.suspended, &self.outcome) {
            (Some(reason), _) => Status::Suspended(*reason),
            (None, None) => Status::Waiting,
            (None, Some(Ok(result))) => Status::Done(result.clone()),
            (None, Some(Err(reason))) => Status::Failed(reason.clone()),
        }
    }

    /// A process that was cancelled and has no call that waits has failed, if `main` did not end.
    fn end_if_cancelled(&mut self) {
        if let (Some(why), None) = (self.cancelled.clone(), &self.outcome)
            && !self.has_calls()
        {
            let error = self.cancellation(&why);
            self.fail(error);
        }
    }

    /// Whether a call waits at an `await`, or was interrupted: whether any of it is still to run.
    pub fn has_calls(&self) -> bool {
        !self.frames.is_empty()
            || self.heap.iter().any(|(_, cell)| matches!(cell, Cell::Coroutine(_)))
    }

    /// Nobody outside holds these objects any more; of a process at rest.
    pub fn drop_exports(&mut self, exports: &[u32]) {
        for export in exports {
            self.dropped(*export);
        }
        if !exports.is_empty() {
            self.tidy();
        }
    }
}

impl Run<'_> {
    /// Does what is to be done until there is nothing. Gives a reason if it stands still.
    fn work(&mut self, m: &mut Machine) -> Option<Reason> {
        // One that was cancelled may still clean up, as long as it takes no more.
        if m.cancelled.is_none()
            && let Some(reason) = self.look_after_room(m)
        {
            return Some(reason);
        }
        loop {
            if let Some(reason) = self.run(m) {
                return Some(reason);
            }
            if !m.jobs.is_empty() {
                // A collection finds what the job needs only while the job is in its queue.
                if let Some(reason) = self.look_after_job(m) {
                    return Some(reason);
                }
                if let Some(job) = m.jobs.pop_front() {
                    self.perform(m, job);
                }
            } else if self.advance(m) {
                // The next module's body is in progress.
            } else if let Some(event) = m.inbox.pop_front() {
                m.report_unhandled();
                self.take_event(m, event);
            } else {
                return None;
            }
        }
    }

    fn take_event(&mut self, m: &mut Machine, event: Event) {
        match event {
            Event::Resume => m.suspended = None,
            Event::Cancel(why) => self.cancel(m, why),
            event if m.suspended.is_some() => m.keep(event),
            Event::Start(arguments) => m.start(&arguments),
            Event::Settled { question, outcome } => m.settled(question, &outcome),
            Event::Dropped(export) => m.dropped(export),
            Event::Deliver { export, method, arguments, answer } => {
                m.delivered(export, method.as_deref(), &arguments, answer);
            }
        }
    }

    /// Has every call that waits be thrown an error, in the order of their cells, so that `finally`
    /// runs; a call that was in progress, too.
    fn cancel(&mut self, m: &mut Machine, why: String) {
        m.suspended = None;
        let error = m.cancellation(&why);
        m.cancelled = Some(why);
        for coroutine in m.stop_waiting() {
            let reaction = Reaction::Resume(coroutine);
            m.jobs.push_back(Job::React { reaction, outcome: Err(error) });
        }
        if !m.frames.is_empty() {
            self.interrupt(m, Trap::Throw(error));
        }
        if matches!(m.phase, Phase::New | Phase::Modules(_) | Phase::Ready) {
            m.phase = Phase::Started;
        }
    }
}

/// Events.
impl Machine {
    /// Keeps an event for later.
    fn keep(&mut self, event: Event) {
        if self.inbox.len() < INBOX_EVENTS_MAX {
            self.inbox.push_back(event);
        } else if let Event::Deliver { answer: Some(answer), .. } = event {
            let message = "the process is suspended, and too much waits for it already";
            let outcome = Err(super::border::error_datum(format!("Error: {message}")));
            self.effects.push(Effect::Answer { answer, outcome });
        } else if let Event::Deliver { export, method, answer: None, .. } = event {
            let method = method.unwrap_or_default();
            let line = format!(
                "a message was refused, as {INBOX_EVENTS_MAX} events wait: {method} for {export}"
            );
            self.effects.push(Effect::Log(line));
        } else if !self.inbox.contains(&event) {
            // Answers are as many as questions, which the heap bounds, and what is dropped was
            // passed out.
            self.inbox.push_back(event);
        }
    }

    fn start(&mut self, arguments: &[Datum]) {
        if self.phase != Phase::New {
            return;
        }
        // The prelude is no module: nothing of it is evaluated.
        self.phase = Phase::Modules(1);
        match self.values_of(arguments) {
            Ok(values) => self.arguments = values,
            Err(message) => {
                let error = self.new_error(ErrorKind::TypeError, message);
                self.fail(error);
            }
        }
    }

    fn settled(&mut self, question: u32, outcome: &Result<Datum, Datum>) {
        let Some(asked) = self.questions.remove(question) else { return };
        if let Cell::Promise(promise) = self.heap.get_mut(asked.promise) {
            promise.question = None;
        }
        let outcome = self.outcome_of(outcome);
        self.conclude(asked.promise, outcome);
    }

    fn dropped(&mut self, export: u32) {
        // A promise that is not settled yet has its number in a reaction, and keeps it.
        let pending = self.exports.get(&export).and_then(|&value| self.promise_index(value));
        let pending = pending.is_some_and(|index| match self.cell(index) {
            Cell::Promise(promise) => matches!(promise.state, PromiseState::Pending(_)),
            _ => false,
        });
        if pending {
            return;
        }
        self.exports.remove(&export);
    }

    fn delivered(
        &mut self,
        export: u32,
        method: Option<&str>,
        arguments: &[Datum],
        answer: Option<u32>,
    ) {
        let promise = self.new_promise();
        if let Some(answer) = answer {
            self.react(promise, Reaction::Answer(answer));
        }
        let target = self.exports.get(&export).copied();
        let arguments = self.values_of(arguments);
        let (target, arguments) = match (target, arguments) {
            (Some(target), Ok(arguments)) => (target, arguments),
            (target, arguments) => {
                let message = match arguments {
                    Err(message) if target.is_some() => message,
                    _ => "there is no such object any more".to_owned(),
                };
                let error = self.new_error(ErrorKind::TypeError, message);
                return self.reject_promise(promise, error);
            }
        };
        let method = method.map(|name| self.atom_str(name));
        if let Some(awaited) = self.promise_index(target) {
            let letter = self.new_letter(method, arguments, Val::Undefined, true);
            return self.react(awaited, Reaction::Forward { derived: promise, letter });
        }
        self.jobs.push_back(Job::Deliver { promise, target, method, arguments, outside: true });
    }

    /// The calls that wait, taken out of what they wait for.
    fn stop_waiting(&mut self) -> Vec<Index> {
        let mut found = Vec::new();
        let promises: Vec<Index> = self
            .heap
            .iter()
            .filter(|(_, cell)| matches!(cell, Cell::Promise(_)))
            .map(|(index, _)| index)
            .collect();
        for promise in promises {
            self.heap.modify(promise, |cell| {
                let Cell::Promise(promise) = cell else { return };
                let PromiseState::Pending(reactions) = &mut promise.state else { return };
                reactions.retain(|reaction| match reaction {
                    Reaction::Resume(coroutine) => {
                        found.push(*coroutine);
                        false
                    }
                    _ => true,
                });
            });
        }
        found
    }
}
