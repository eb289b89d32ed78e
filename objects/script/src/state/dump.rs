//! From a machine to its bytes.

mod cells;

use std::collections::BTreeMap;

use super::cbor::{NULL, UNDEFINED, Writer};
use super::datum;
use super::{BUILTIN, CELL, Kind, MAGIC, SECTIONS, UNINIT, VERSION};
use crate::builtin::Builtin;
use crate::machine::event::{Event, Target};
use crate::machine::frame::{Frame, Then};
use crate::machine::promise::{Job, Reaction};
use crate::machine::{Atom, Index, Machine, Phase, Question, Reason, Val};

/// The bytes of a process's state, canonical: equal states have equal bytes.
pub fn dump(machine: &Machine) -> Vec<u8> {
    let mut dumper = Dumper {
        machine,
        to: Writer::default(),
        numbers: vec![None; machine.heap.len()],
        order: Vec::new(),
        atoms: BTreeMap::new(),
        names: Writer::default(),
        builtins: Vec::new(),
    };
    dumper.roots();
    let roots = std::mem::take(&mut dumper.to);
    let mut done = 0;
    // Writing a cell may find others.
    while let Some(&index) = dumper.order.get(done) {
        dumper.cell(index);
        done += 1;
    }
    dumper.finish(&roots.bytes)
}

struct Dumper<'m> {
    machine: &'m Machine,
    to: Writer,
    /// The new number of each cell that was found.
    numbers: Vec<Option<u32>>,
    /// The cells by their new numbers.
    order: Vec<Index>,
    atoms: BTreeMap<Atom, u32>,
    names: Writer,
    builtins: Vec<Builtin>,
}

impl Dumper<'_> {
    fn finish(self, roots: &[u8]) -> Vec<u8> {
        let heap = self.to.bytes;
        let mut to = Writer { bytes: Vec::with_capacity(roots.len() + heap.len() + 256) };
        to.bytes.extend_from_slice(MAGIC);
        to.bytes.push(VERSION);
        to.array(SECTIONS);
        to.array(self.machine.codes.len());
        for hash in &self.machine.codes {
            to.blob(&hash.0);
        }
        to.array(self.builtins.len());
        for builtin in &self.builtins {
            to.text(builtin.entry().path);
        }
        to.array(self.atoms.len());
        to.bytes.extend(self.names.bytes);
        let cells = self.order.iter().map(|index| self.machine.heap.get(*index));
        let kinds: Vec<u8> = cells.filter_map(Kind::of).map(|kind| kind as u8).collect();
        to.blob(&kinds);
        to.bytes.extend_from_slice(roots);
        to.array(self.order.len());
        to.bytes.extend(heap);
        to.bytes
    }

    fn roots(&mut self) {
        let machine = self.machine;
        self.to.array(machine.modules.len());
        for module in &machine.modules {
            self.to.array(2 * module.exports.len());
            for &(name, value) in &module.exports {
                self.name(name);
                self.value(value);
            }
        }
        self.to.array(machine.frames.len());
        for frame in &machine.frames {
            self.to.array(8);
            self.frame(frame);
            self.to.positive(frame.base);
            self.to.positive(frame.under);
            self.then(frame.then);
        }
        self.to.array(machine.stack.len());
        self.values(&machine.stack);
        self.to.array(2);
        self.to.array(machine.jobs.len());
        for job in &machine.jobs {
            self.job(job);
        }
        self.to.array(machine.rejected.len());
        for &promise in &machine.rejected {
            self.index(promise);
        }
        self.to.array(2 * machine.questions.len());
        for (&number, question) in machine.questions.iter() {
            self.to.positive(number);
            self.question(question);
        }
        self.to.array(2 * machine.exports.len());
        for (&number, &value) in &machine.exports {
            self.to.positive(number);
            self.value(value);
        }
        self.status();
    }

    fn status(&mut self) {
        let machine = self.machine;
        self.to.array(9);
        self.to.positive(machine.main);
        let (phase, number) = match machine.phase {
            Phase::New => (0_u8, 0),
            Phase::Modules(number) => (1, number),
            Phase::Main => (2, 0),
            Phase::Started => (3, 0),
            Phase::Ready => (4, 0),
        };
        self.to.array(2);
        self.to.positive(phase);
        self.to.positive(number);
        self.to.array(machine.arguments.len());
        self.values(&machine.arguments);
        self.to.positive(machine.next_question);
        self.to.positive(machine.next_export);
        self.to.array(machine.inbox.len());
        for event in &machine.inbox {
            event_to(&mut self.to, event);
        }
        self.to.option(machine.suspended, |to, reason| {
            to.positive(match reason {
                Reason::Fuel => 0_u8,
                Reason::Heap => 1,
                Reason::Line => 2,
            });
        });
        self.to.option(machine.cancelled.as_deref(), Writer::text);
        self.to.option(machine.outcome.as_ref(), datum::write_outcome);
    }

    /// What the frame of a call in progress and that of a waiting call have in common.
    fn frame(&mut self, frame: &Frame) {
        self.to.positive(frame.code);
        self.to.positive(frame.function);
        self.to.positive(frame.pc);
        self.optional(frame.closure);
        self.optional(frame.promise);
    }

    fn then(&mut self, then: Then) {
        let (kind, index, number) = match then {
            Then::Push => (0_u8, None, None),
            Then::Drop => (1, None, None),
            Then::Replace(at) => (2, None, Some(at)),
            Then::Settle(promise) => (3, Some(promise), None),
            Then::Executor(resolve) => (4, Some(resolve), None),
            Then::Thenable(resolve) => (5, Some(resolve), None),
            Then::Item(array, at) => (6, Some(array), Some(at)),
        };
        let operands = usize::from(index.is_some()) + usize::from(number.is_some());
        self.to.array(1 + operands);
        self.to.positive(kind);
        if let Some(index) = index {
            self.index(index);
        }
        if let Some(number) = number {
            self.to.positive(number);
        }
    }

    fn job(&mut self, job: &Job) {
        match job {
            Job::React { reaction, outcome } => {
                let (Ok(value) | Err(value)) = *outcome;
                self.to.array(4);
                self.to.positive(0_u8);
                self.reaction(reaction);
                self.to.boolean(outcome.is_ok());
                self.value(value);
            }
            Job::Thenable { promise, thenable, then } => {
                self.to.array(4);
                self.to.positive(1_u8);
                self.index(*promise);
                self.value(*thenable);
                self.value(*then);
            }
            Job::Deliver { promise, target, method, arguments, outside } => {
                self.to.array(4 + arguments.len());
                self.to.positive(if *outside { 3_u8 } else { 2 });
                self.index(*promise);
                self.value(*target);
                match method {
                    Some(name) => self.name(*name),
                    None => self.to.simple(NULL),
                }
                self.values(arguments);
            }
        }
    }

    fn reaction(&mut self, reaction: &Reaction) {
        let mut head = |len, kind: u8| {
            self.to.array(len);
            self.to.positive(kind);
        };
        match *reaction {
            Reaction::Resume(coroutine) => {
                head(2, 0);
                self.index(coroutine);
            }
            Reaction::Call { derived, fulfilled, rejected } => {
                head(4, 1);
                self.optional(derived);
                self.value(fulfilled);
                self.value(rejected);
            }
            Reaction::Answer(number) => {
                head(2, 2);
                self.to.positive(number);
            }
            Reaction::Export(number) => {
                head(2, 3);
                self.to.positive(number);
            }
            Reaction::Start => head(1, 4),
            Reaction::Finish => head(1, 5),
            Reaction::Forward { derived, letter } => {
                head(3, 6);
                self.index(derived);
                self.index(letter);
            }
        }
    }

    fn question(&mut self, question: &Question) {
        self.to.array(7);
        self.index(question.promise);
        self.to.array(2);
        match question.target {
            Target::Port(port) => {
                self.to.positive(0_u8);
                self.to.positive(port.0);
            }
            Target::Answer(number) => {
                self.to.positive(1_u8);
                self.to.positive(number);
            }
        }
        self.to.option(question.method.as_deref(), Writer::text);
        self.to.text(&question.arguments);
        self.to.positive(question.since_ms);
        self.to.option(question.within_ms, Writer::positive);
        self.to.option(question.note.as_deref(), Writer::text);
    }

    fn values(&mut self, values: &[Val]) {
        for &value in values {
            self.value(value);
        }
    }

    fn value(&mut self, value: Val) {
        match value {
            Val::Uninit => self.to.simple(UNINIT),
            Val::Undefined => self.to.simple(UNDEFINED),
            Val::Null => self.to.simple(NULL),
            Val::Bool(value) => self.to.boolean(value),
            Val::Number(number) => self.to.number(number),
            Val::Text(index) | Val::BigInt(index) | Val::Object(index) | Val::Var(index) => {
                self.to.tag(CELL);
                self.index(index);
            }
            Val::Builtin(builtin) => {
                self.to.tag(BUILTIN);
                self.builtin(builtin);
            }
        }
    }

    fn builtin(&mut self, builtin: Builtin) {
        let known = self.builtins.iter().position(|other| *other == builtin);
        let place = known.unwrap_or_else(|| {
            self.builtins.push(builtin);
            self.builtins.len() - 1
        });
        self.to.positive(place as u64);
    }

    /// An array index as -1 - n, any other name by its place in the section of names.
    fn name(&mut self, atom: Atom) {
        if let Some(index) = atom.small_index() {
            return self.to.negative(index.into());
        }
        let next = self.atoms.len() as u32;
        let place = *self.atoms.entry(atom).or_insert_with(|| {
            self.names.units(&self.machine.atoms.text(atom));
            next
        });
        self.to.positive(place);
    }

    fn index(&mut self, index: Index) {
        let number = self.number(index);
        self.to.positive(number);
    }

    fn optional(&mut self, index: Option<Index>) {
        match index {
            Some(index) => self.index(index),
            None => self.to.simple(NULL),
        }
    }

    fn number(&mut self, index: Index) -> u32 {
        let number = &mut self.numbers[index.0 as usize];
        *number.get_or_insert_with(|| {
            self.order.push(index);
            self.order.len() as u32 - 1
        })
    }
}

fn event_to(to: &mut Writer, event: &Event) {
    match event {
        Event::Start(arguments) => {
            to.array(1 + arguments.len());
            to.positive(0_u8);
            arguments.iter().for_each(|value| datum::write(to, value));
        }
        Event::Deliver { export, method, arguments, answer } => {
            to.array(4 + arguments.len());
            to.positive(1_u8);
            to.positive(*export);
            to.option(method.as_deref(), Writer::text);
            to.option(*answer, Writer::positive);
            arguments.iter().for_each(|value| datum::write(to, value));
        }
        Event::Settled { question, outcome } => {
            to.array(3);
            to.positive(2_u8);
            to.positive(*question);
            datum::write_outcome(to, outcome);
        }
        Event::Dropped(number) => {
            to.array(2);
            to.positive(3_u8);
            to.positive(*number);
        }
        Event::Resume => {
            to.array(1);
            to.positive(4_u8);
        }
        Event::Cancel(reason) => {
            to.array(2);
            to.positive(5_u8);
            to.text(reason);
        }
    }
}
