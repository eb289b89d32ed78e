//! What an owner can do with a process.

use bytes::Bytes;
use hogshead_objects::{Cap, Class, Context, Error, Promise, Result};
use serde::{Deserialize, Serialize};

use super::code::Coded;
use super::effects::Pace;
use super::passage::list;
use super::report::{LogLine, ProcessInfo, ProcessStatus};
use super::{Allowance, Process};
use crate::limits::LOG_PAGE_MAX;
use crate::machine::event::Event;
use crate::process::{self, Shown};

/// Control over a process, for its owner. `number`, where it is given, must be the number of the
/// state that the owner has seen: of two who go on from one state, one does, and the other is told.
#[hogshead_objects::interface]
pub trait Control {
    /// What it is doing.
    fn info(&self, cx: &mut Context<'_>) -> Result<ProcessInfo>;

    /// Its code, line and variables at every place where it waits.
    fn show(&self, cx: &mut Context<'_>) -> Result<Shown>;

    /// What `main` gives.
    fn result(&self, cx: &mut Context<'_>) -> Result<Promise>;

    /// Holds it up: events wait from now on.
    fn pause(&mut self, cx: &mut Context<'_>, number: Option<u64>) -> Result<()>;

    /// Goes on: after a pause, and after running out of fuel or room.
    fn resume(&mut self, cx: &mut Context<'_>, number: Option<u64>) -> Result<()>;

    /// Runs one line of the source, of the next event that waits if it is paused at an await.
    fn step(&mut self, cx: &mut Context<'_>, number: Option<u64>) -> Result<ProcessInfo>;

    /// Ends it: each call that waits at an `await` is thrown an error there, all of them at once, so
    /// that `finally` runs, which may send and wait. A second `cancel` ends it without waiting.
    fn cancel(&mut self, cx: &mut Context<'_>, why: Option<String>) -> Result<()>;

    /// Goes back by some awaits; gives the number of the state there. What was said to others
    /// since then stays said, and what was asked is heard again.
    fn undo(&mut self, cx: &mut Context<'_>, awaits: u64, number: Option<u64>) -> Result<u64>;

    /// What it may use from now on.
    fn allow(&mut self, cx: &mut Context<'_>, allowance: Allowance) -> Result<()>;

    /// Its state and codes as a file's bytes: see [`ProcFile`](crate::state::ProcFile). Its
    /// capabilities, what waits for it, its log and the states for undo stay here.
    fn export(&self, cx: &mut Context<'_>) -> Result<Bytes>;

    /// Lines of its log with their numbers, from one on; a page at a time.
    fn logs(&self, cx: &mut Context<'_>, from: Option<u64>) -> Result<Vec<(u64, LogLine)>>;
}

/// The right to change what a process does.
#[hogshead_objects::interface]
pub trait Revising {
    /// Goes on with another code: calls that wait continue at the await of the same label, whose
    /// live variables must have the same names; functions are found again by their path. Where
    /// that fails the process is left as it was, and the error names every place.
    fn revise(
        &mut self,
        cx: &mut Context<'_>,
        code: Cap<dyn Coded>,
        number: Option<u64>,
    ) -> Result<Revised>;
}

/// The right to copy a process, which its library alone has.
#[hogshead_objects::interface]
pub trait Copying {
    /// A copy as it is now, with an id of its own.
    fn copy(&mut self, cx: &mut Context<'_>, id: String) -> Result<Cap<dyn Copying>>;

    /// A process that was made here, or has come here, hears of what it asked and goes on.
    fn settle_in(&mut self, cx: &mut Context<'_>) -> Result<()>;
}

/// What a revision changed.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug)]
pub struct Revised {
    /// The hash of the code before.
    pub from: String,
    /// The hash of the code now.
    pub to: String,
    /// Calls that wait and continue in the new code.
    pub calls: u64,
    /// Closures that are now of the new code.
    pub functions: u64,
}

impl Control for Process {
    fn info(&self, cx: &mut Context<'_>) -> Result<ProcessInfo> {
        self.report(cx)
    }

    fn show(&self, cx: &mut Context<'_>) -> Result<Shown> {
        let (codes, machine) = self.loaded(cx)?;
        Ok(process::show(&list(&codes, &machine), &machine, &self.port_names()))
    }

    fn result(&self, _cx: &mut Context<'_>) -> Result<Promise> {
        Ok(self.result)
    }

    fn pause(&mut self, cx: &mut Context<'_>, number: Option<u64>) -> Result<()> {
        self.expect(number)?;
        match self.status {
            ProcessStatus::Waiting | ProcessStatus::Done | ProcessStatus::Suspended { .. } => {
                self.set_status(cx, ProcessStatus::Paused);
                Ok(())
            }
            ProcessStatus::Paused => Ok(()),
            _ => Err(self.not_now("paused")),
        }
    }

    fn resume(&mut self, cx: &mut Context<'_>, number: Option<u64>) -> Result<()> {
        self.expect(number)?;
        match self.status {
            ProcessStatus::Paused | ProcessStatus::Suspended { .. } => {
                self.advance(cx, Event::Resume, Pace::Full)?;
                self.go_on(cx)
            }
            // Somebody else was quicker, and it is as was wished.
            ProcessStatus::Waiting | ProcessStatus::Done if number.is_none() => self.go_on(cx),
            _ => Err(self.not_now("resumed")),
        }
    }

    fn step(&mut self, cx: &mut Context<'_>, number: Option<u64>) -> Result<ProcessInfo> {
        self.expect(number)?;
        match self.status {
            ProcessStatus::Paused | ProcessStatus::Suspended { .. } => {}
            _ => return Err(self.not_now("run line by line: pause it first")),
        }
        let in_the_middle = !self.loaded(cx)?.1.frames.is_empty();
        let event = match in_the_middle {
            true => Event::Resume,
            false if self.queue.is_empty() => {
                return Err(Error::refused("no event waits for it, so there is nothing to run"));
            }
            false => {
                let queued = self.queue.remove(0);
                self.event(queued)?
            }
        };
        self.advance(cx, event, Pace::Line)?;
        if self.status == ProcessStatus::Waiting {
            self.set_status(cx, ProcessStatus::Paused);
        }
        self.report(cx)
    }

    fn cancel(&mut self, cx: &mut Context<'_>, why: Option<String>) -> Result<()> {
        if self.status.is_over() {
            return Err(self.not_now("cancelled"));
        }
        let why = why.unwrap_or_else(|| "its owner ended it".into());
        if let Some(first) = self.loaded(cx)?.1.cancelled {
            self.write_log(cx, format!("ended, whatever it waits for: {why}"))?;
            return self.end_cancelled(cx, first);
        }
        self.write_log(cx, format!("cancelled: {why}"))?;
        self.advance(cx, Event::Cancel(why), Pace::Full)
    }

    fn undo(&mut self, cx: &mut Context<'_>, awaits: u64, number: Option<u64>) -> Result<u64> {
        self.expect(number)?;
        if self.resolver.is_none() {
            return Err(self.not_now("taken back: what main gave is known to others"));
        }
        let to = self.go_back(cx, awaits)?;
        self.number = self.number.saturating_add(1);
        self.write_log(cx, format!("undone by {awaits} awaits, to state {to}"))?;
        if self.status != ProcessStatus::Paused {
            self.set_status(cx, ProcessStatus::Waiting);
        }
        self.go_on(cx)?;
        Ok(to)
    }

    fn allow(&mut self, _cx: &mut Context<'_>, allowance: Allowance) -> Result<()> {
        self.allowance = allowance.checked()?;
        Ok(())
    }

    fn export(&self, cx: &mut Context<'_>) -> Result<Bytes> {
        self.to_file(cx)
    }

    fn logs(&self, cx: &mut Context<'_>, from: Option<u64>) -> Result<Vec<(u64, LogLine)>> {
        let log = &self.log;
        let from = from.unwrap_or(0).max(log.start());
        let to = log.end().min(from.saturating_add(LOG_PAGE_MAX));
        let mut lines = Vec::new();
        for number in from..to {
            lines.extend(log.get(cx, number)?.map(|line| (number, line)));
        }
        Ok(lines)
    }
}

impl Revising for Process {
    fn revise(
        &mut self,
        cx: &mut Context<'_>,
        code: Cap<dyn Coded>,
        number: Option<u64>,
    ) -> Result<Revised> {
        self.expect(number)?;
        if self.status.is_over() {
            return Err(self.not_now("revised"));
        }
        self.exchange_code(cx, code)
    }
}

impl Copying for Process {
    fn copy(&mut self, cx: &mut Context<'_>, id: String) -> Result<Cap<dyn Copying>> {
        let copy = self.forked(cx, id)?;
        Ok(cx.spawn(copy)?.cast())
    }

    fn settle_in(&mut self, cx: &mut Context<'_>) -> Result<()> {
        if std::mem::take(&mut self.is_new_here) {
            self.ask_again(cx)?;
            // Of one that is over it is known what it came to.
            if let Some(outcome) = self.loaded(cx)?.1.outcome {
                let receiver = cx.this()?;
                self.end(cx, &receiver, outcome)?;
            }
        }
        self.go_on(cx)
    }
}

impl Process {
    /// Refuses to go on from a state that is not the present one any more.
    fn expect(&self, number: Option<u64>) -> Result<()> {
        match number.filter(|number| *number != self.number) {
            None => Ok(()),
            Some(number) => {
                let what = format!(
                    "process {} is not at state {number} but at {}: somebody else went on; look at \
                     it again",
                    self.id, self.number
                );
                Err(Error::refused(what))
            }
        }
    }

    fn not_now(&self, what: &str) -> Error {
        Error::new(
            Class::Refused,
            format!("process {} is {}; it cannot be {what}", self.id, self.status),
        )
    }
}
