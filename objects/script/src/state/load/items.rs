//! The sections in front of the heap.

use super::{Kind, Loader, kind_of};
use crate::error::LoadError;
use crate::limits::{FRAMES_MAX, STACK_VALUES_MAX};
use crate::machine::event::{Event, Target};
use crate::machine::frame::{Frame, Then};
use crate::machine::promise::{Job, Reaction};
use crate::machine::{Module, Phase, Port, Question, Reason, Val};
use crate::state::cbor::Reader;
use crate::state::datum;

impl Loader<'_, '_> {
    pub(super) fn roots(&mut self) -> Result<(), LoadError> {
        self.modules()?;
        let len = self.from.array()?;
        LoadError::check_size("calls in progress", len, FRAMES_MAX)?;
        for _ in 0..len {
            self.from.array_of(8)?;
            let mut frame = self.frame()?;
            frame.base = self.from.positive()?;
            frame.under = self.from.positive()?;
            frame.then = self.then()?;
            self.machine.frames.push(frame);
        }
        self.stack()?;
        self.from.array_of(2)?;
        for _ in 0..self.from.array()? {
            let job = self.job()?;
            self.machine.jobs.push_back(job);
        }
        for _ in 0..self.from.array()? {
            let promise = self.index(Kind::Promise)?;
            self.machine.rejected.push(promise);
        }
        self.questions()?;
        for _ in 0..self.pairs()? {
            let number = self.from.positive()?;
            let value = self.value()?;
            if self.machine.exports.last_key_value().is_some_and(|(last, _)| *last >= number) {
                return self.malformed("the numbers of exports do not ascend");
            }
            self.take_room(64)?;
            self.machine.exports.insert(number, value);
        }
        self.status()
    }

    fn pairs(&mut self) -> Result<usize, LoadError> {
        let len = self.from.array()?;
        if len % 2 == 0 { Ok(len / 2) } else { self.malformed("names and values do not match") }
    }

    fn modules(&mut self) -> Result<(), LoadError> {
        self.from.array_of(self.codes.len())?;
        for _ in 0..self.codes.len() {
            let len = self.pairs()?;
            self.take_room(64 + 32 * len)?;
            let mut exports = Vec::new();
            for _ in 0..len {
                exports.push((self.name()?, self.value()?));
            }
            self.machine.modules.push(Module { exports });
        }
        Ok(())
    }

    /// What the frame of a call in progress and that of a waiting call have in common.
    pub(super) fn frame(&mut self) -> Result<Frame, LoadError> {
        let (code, function) = (self.from.positive()?, self.from.positive()?);
        let pc = self.from.positive()?;
        let closure = self.optional(Kind::Function)?;
        let promise = self.optional(Kind::Promise)?;
        Ok(Frame { code, function, pc, base: 0, under: 0, closure, promise, then: Then::Drop })
    }

    fn then(&mut self) -> Result<Then, LoadError> {
        let len = self.from.array_from(1)?;
        let kind: u8 = self.from.positive()?;
        Ok(match (kind, len) {
            (0, 0) => Then::Push,
            (1, 0) => Then::Drop,
            (2, 1) => Then::Replace(self.from.positive()?),
            (3, 1) => Then::Settle(self.index(Kind::Promise)?),
            (4, 1) => Then::Executor(self.index(Kind::Bound)?),
            (5, 1) => Then::Thenable(self.index(Kind::Bound)?),
            (6, 2) => Then::Item(self.index(Kind::Array)?, self.from.positive()?),
            _ => return self.malformed("it is not known what becomes of a call"),
        })
    }

    /// The stack. Which of it are slots, and what these may hold, is checked once all is read.
    fn stack(&mut self) -> Result<(), LoadError> {
        let len = self.from.array()?;
        LoadError::check_size("values on the stack", len, STACK_VALUES_MAX)?;
        for _ in 0..len {
            let value = self.any_value()?;
            self.machine.stack.push(value);
        }
        Ok(())
    }

    fn job(&mut self) -> Result<Job, LoadError> {
        self.take_room(size_of::<Job>())?;
        let len = self.from.array_from(4)?;
        let kind: u8 = self.from.positive()?;
        if len > 0 && !matches!(kind, 2 | 3) {
            return self.malformed("a job has too many parts");
        }
        Ok(match kind {
            0 => {
                let reaction = self.reaction()?;
                let is_ok = self.from.boolean()?;
                let value = self.value()?;
                Job::React { reaction, outcome: if is_ok { Ok(value) } else { Err(value) } }
            }
            1 => Job::Thenable {
                promise: self.index(Kind::Promise)?,
                thenable: self.value()?,
                then: self.value()?,
            },
            2 | 3 => {
                let promise = self.index(Kind::Promise)?;
                let target = self.value()?;
                let method = match self.from.item()? {
                    super::Item::Simple(crate::state::cbor::NULL) => None,
                    item => Some(self.name_of(item)?),
                };
                let (arguments, outside) = (self.values(len)?, kind == 3);
                Job::Deliver { promise, target, method, arguments, outside }
            }
            _ => return self.malformed("there is an unknown kind of jobs"),
        })
    }

    pub(super) fn reaction(&mut self) -> Result<Reaction, LoadError> {
        self.take_room(size_of::<Reaction>())?;
        let len = self.from.array_from(1)?;
        let kind: u8 = self.from.positive()?;
        Ok(match (kind, len) {
            (0, 1) => Reaction::Resume(self.index(Kind::Coroutine)?),
            (1, 3) => Reaction::Call {
                derived: self.optional(Kind::Promise)?,
                fulfilled: self.value()?,
                rejected: self.value()?,
            },
            (2, 1) => Reaction::Answer(self.from.positive()?),
            (3, 1) => Reaction::Export(self.from.positive()?),
            (4, 0) => Reaction::Start,
            (5, 0) => Reaction::Finish,
            (6, 2) => Reaction::Forward {
                derived: self.index(Kind::Promise)?,
                letter: self.index(Kind::Array)?,
            },
            _ => return self.malformed("there is an unknown kind of reactions"),
        })
    }

    fn questions(&mut self) -> Result<(), LoadError> {
        for _ in 0..self.pairs()? {
            let number = self.from.positive()?;
            if self.machine.questions.last_key_value().is_some_and(|(last, _)| *last >= number) {
                return self.malformed("the numbers of questions do not ascend");
            }
            self.take_room(size_of::<Question>())?;
            self.from.array_of(7)?;
            let promise = self.index(Kind::Promise)?;
            self.from.array_of(2)?;
            let target = match (self.from.positive::<u8>()?, self.from.positive()?) {
                (0, port) => Target::Port(Port(port)),
                (1, question) if question < number => Target::Answer(question),
                _ => return self.malformed("it is not known who is asked"),
            };
            let question = Question {
                promise,
                target,
                method: self.from.option(string)?,
                arguments: string(&mut self.from)?,
                since_ms: self.from.positive()?,
                within_ms: self.from.option(Reader::positive)?,
                note: self.from.option(string)?,
            };
            self.machine.questions.insert(number, question);
        }
        Ok(())
    }

    fn status(&mut self) -> Result<(), LoadError> {
        self.from.array_of(9)?;
        self.machine.main = self.from.positive()?;
        self.from.array_of(2)?;
        self.machine.phase = match (self.from.positive::<u8>()?, self.from.positive::<u32>()?) {
            (0, 0) => Phase::New,
            (1, number) => Phase::Modules(number),
            (2, 0) => Phase::Main,
            (3, 0) => Phase::Started,
            (4, 0) => Phase::Ready,
            _ => return self.malformed("it is not known how far the start has come"),
        };
        let len = self.from.array()?;
        self.machine.arguments = self.values(len)?;
        self.machine.next_question = self.from.positive()?;
        self.machine.next_export = self.from.positive()?;
        for _ in 0..self.from.array()? {
            self.take_room(size_of::<Event>())?;
            let event = event(&mut self.from)?;
            self.machine.inbox.push_back(event);
        }
        self.machine.suspended = self.from.option(|from| match from.positive()? {
            0_u8 => Ok(Reason::Fuel),
            1 => Ok(Reason::Heap),
            2 => Ok(Reason::Line),
            _ => Err(from.malformed("it is not known why it stands still")),
        })?;
        self.machine.cancelled = self.from.option(string)?;
        self.machine.outcome = self.from.option(datum::read_outcome)?;
        Ok(())
    }

    /// The values that a closure took along.
    pub(super) fn captures(
        &mut self,
        code: u32,
        function: u32,
        len: usize,
    ) -> Result<Vec<Val>, LoadError> {
        let code = self.codes.get(code as usize).copied();
        let needs = code.filter(|_| function > 0).and_then(|code| code.captures_of(function));
        let Some(needs) = needs.filter(|needs| needs.len() == len) else {
            return self.malformed("a closure is of no function, or has other captures");
        };
        self.take_room(len.saturating_mul(size_of::<Val>()))?;
        let mut values = Vec::new();
        for need in needs {
            let value = self.any_value()?;
            if *need != crate::code::Kinds::NONE && !kind_of(value).within(*need) {
                return self.malformed("a closure took something else along");
            }
            values.push(value);
        }
        Ok(values)
    }
}

fn string(from: &mut Reader<'_>) -> Result<String, LoadError> {
    from.text().map(str::to_owned)
}

fn event(from: &mut Reader<'_>) -> Result<Event, LoadError> {
    let len = from.array_from(1)?;
    let kind: u8 = from.positive()?;
    let values = |from: &mut Reader<'_>, len: usize| -> Result<Vec<_>, LoadError> {
        (0..len).map(|_| datum::read(from)).collect()
    };
    Ok(match (kind, len) {
        (0, len) => Event::Start(values(from, len)?),
        (1, 3..) => Event::Deliver {
            export: from.positive()?,
            method: from.option(string)?,
            answer: from.option(Reader::positive)?,
            arguments: values(from, len - 3)?,
        },
        (2, 2) => {
            Event::Settled { question: from.positive()?, outcome: datum::read_outcome(from)? }
        }
        (3, 1) => Event::Dropped(from.positive()?),
        (4, 0) => Event::Resume,
        (5, 1) => Event::Cancel(string(from)?),
        _ => return Err(from.malformed("there is an unknown kind of events")),
    })
}
