//! A script in a vat: an object like any other, whose state is a machine's bytes.
//!
//! ```text
//!   message ─▶ FarObject ─▶ Process::receive ─┐
//!   answer  ─▶ continuation `settled` ────────┼─▶ Event ─▶ step ─▶ Effects ─▶ sends, answers, log
//!   owner   ─▶ Control::{resume, cancel, …} ──┘             │
//!                                                           ▼
//!              bytes of the state · table of capabilities · states kept for undo
//! ```
//!
//! [`Scripts`] is the door: it keeps the codes (each once in its vat), starts processes, and finds
//! them again by their id. A [`Process`] gives two facets: [`Control`] for its owner, and
//! [`Revising`], the right to change what it does, by itself.

mod border;
mod cache;
mod code;
mod control;
mod effects;
mod far;
mod history;
mod library;
mod passage;
mod report;

pub use code::{Coded, KeptCode};
pub use control::{Control, Copying, Revised, Revising};
pub use far::{FarMethods, FarObject, Receiver};
pub use library::{Import, Scripts, ScriptsLibrary, Start, Started};
pub use report::{LogLine, ProcessInfo, ProcessStatus, Wait};

use std::collections::BTreeMap;

use bytes::Bytes;
use hogshead_objects::ids::Timestamp;
use hogshead_objects::stock::clock::Clock;
use hogshead_objects::stored::StoredLog;
use hogshead_objects::{Cap, Class, Context, Error, Promise, Registry, Resolver, Result, Value};
use serde::{Deserialize, Serialize};

use crate::code::CodeHash;
use crate::limits::{LOG_LINE_BYTES_MAX, LOG_LINES_MAX, QUEUE_MAX};
use crate::machine::Machine;
use crate::machine::event::Event;
use border::Table;
use effects::Pace;
use history::History;

/// Adds the kinds of scripts.
pub fn register(registry: &mut Registry) -> Result<()> {
    registry
        .register::<KeptCode>()?
        .register::<FarObject>()?
        .register::<Process>()?
        .register::<ScriptsLibrary>()?;
    Ok(())
}

/// What a process may use, as its owner sets it.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(default)]
pub struct Allowance {
    /// Instructions and equal work for each event. A process that needs more is suspended until
    /// its owner resumes it.
    pub fuel: u64,
    /// Bytes of its heap.
    pub heap_bytes: u64,
    /// States kept of its last awaits, to go back to.
    pub undo: u32,
}

impl Default for Allowance {
    fn default() -> Self {
        Self { fuel: 10_000_000, heap_bytes: 1 << 20, undo: 4 }
    }
}

/// A process: the kind `hogshead/script`.
#[derive(Serialize, Deserialize)]
pub struct Process {
    /// Its id, which stays the same wherever it is resumed; a fork has another.
    id: String,
    /// How many events it has seen: with the id it names one state of it.
    number: u64,
    /// A name for people.
    name: String,
    /// The codes that its state names.
    codes: Vec<(CodeHash, Cap<dyn Coded>)>,
    allowance: Allowance,
    status: ProcessStatus,
    /// Since when it has that status.
    since: Timestamp,
    /// The machine's state.
    state: Bytes,
    /// The machine itself, while it is in memory: never more than what `state` says.
    #[serde(skip)]
    machine: Option<Machine>,
    table: Table,
    /// Events that wait until it goes on.
    queue: Vec<Queued>,
    /// Grows when it goes back or is revised, so that answers to what was asked in another life
    /// are told from those to what was asked in this one.
    life: u64,
    log: StoredLog<LogLine>,
    history: History,
    /// It came from a file or is a copy, and does not hear of its answers yet.
    is_new_here: bool,
    /// What `main` gives.
    result: Promise,
    resolver: Option<Resolver>,
    clock: Option<Cap<dyn Clock>>,
}

/// An event that waits, in terms of the vat.
#[derive(Serialize, Deserialize, Clone, Debug)]
enum Queued {
    Start { grants: BTreeMap<String, Cap>, args: Vec<Value> },
    Message { export: u32, message: Vec<Value>, answer: u32 },
    Settled { question: u32, outcome: Result<Value> },
}

/// What starts a process.
pub(crate) struct Seed {
    pub id: String,
    pub name: String,
    pub codes: Vec<(CodeHash, Cap<dyn Coded>)>,
    pub machine: Machine,
    pub allowance: Allowance,
    pub clock: Option<Cap<dyn Clock>>,
}

impl Process {
    /// Has `main` called with the capabilities that are granted, by name, and further arguments.
    pub(crate) fn begin(&mut self, grants: BTreeMap<String, Cap>, args: Vec<Value>) {
        let powers = grants.iter().map(|(name, cap)| (name.clone(), Value::Ref(cap.untyped())));
        let mut all = vec![Value::structure(powers)];
        all.extend(args);
        self.queue.push(Queued::Start { grants, args: all });
    }

    /// A process that was not started yet.
    pub(crate) fn new(cx: &mut Context<'_>, seed: Seed) -> Result<Self> {
        let (result, resolver) = cx.promise()?;
        let mut process = Self {
            id: seed.id,
            number: 0,
            name: seed.name,
            codes: seed.codes,
            allowance: seed.allowance,
            status: ProcessStatus::Waiting,
            since: cx.now(),
            state: Bytes::new(),
            machine: None,
            table: Table::default(),
            queue: Vec::new(),
            life: 0,
            is_new_here: false,
            log: StoredLog::new(),
            history: History::default(),
            result,
            resolver: Some(resolver),
            clock: seed.clock,
        };
        process.keep(seed.machine);
        Ok(process)
    }

    /// An event: now if the process can take it, later if it cannot.
    fn take(&mut self, cx: &mut Context<'_>, queued: Queued) -> Result<()> {
        if self.status.is_over() {
            return self.refuse_event(cx, queued);
        }
        // An answer to what was asked always has its place: there are no more than questions.
        let message = matches!(queued, Queued::Message { .. });
        if message && !self.status.takes_events() && self.queue.len() >= QUEUE_MAX {
            let full = format!(
                "the process is {} and {QUEUE_MAX} events wait for it; its owner has to resume it",
                self.status
            );
            return Err(Error::new(Class::Busy, full));
        }
        self.queue.push(queued);
        self.go_on(cx)
    }

    /// Lets happen what waits, as long as the process can take it.
    fn go_on(&mut self, cx: &mut Context<'_>) -> Result<()> {
        while self.status.takes_events() && !self.queue.is_empty() {
            let queued = self.queue.remove(0);
            let event = self.event(queued)?;
            self.advance(cx, event, Pace::Full)?;
        }
        while self.status.is_over() && !self.queue.is_empty() {
            let queued = self.queue.remove(0);
            self.refuse_event(cx, queued)?;
        }
        Ok(())
    }

    /// An event in the machine's terms.
    fn event(&mut self, queued: Queued) -> Result<Event> {
        let table = &mut self.table;
        let mut inward = |value| table.inward(value);
        Ok(match queued {
            Queued::Start { grants, args } => {
                for (name, cap) in grants {
                    table.grant(&name, cap)?;
                }
                let inward = |value| table.inward(value);
                Event::Start(args.into_iter().map(inward).collect::<Result<_>>()?)
            }
            Queued::Message { export, mut message, answer } => {
                let method = match message.first() {
                    Some(Value::Symbol(symbol)) => Some(symbol.as_str().to_owned()),
                    _ => None,
                };
                let rest = message.split_off(usize::from(method.is_some()));
                let arguments = rest.into_iter().map(inward).collect::<Result<_>>()?;
                Event::Deliver { export, method, arguments, answer: Some(answer) }
            }
            Queued::Settled { question, outcome } => {
                let outcome = match outcome {
                    Ok(value) => Ok(inward(value)?),
                    Err(error) => Err(inward(effects::reason(error))?),
                };
                table.questions.remove(&question);
                Event::Settled { question, outcome }
            }
        })
    }
}

#[hogshead_objects::object(
    name = "hogshead/script",
    version = 1,
    interfaces(Control, Revising, Copying),
    continuations
)]
impl Receiver for Process {
    fn receive(
        &mut self,
        cx: &mut Context<'_>,
        export: u32,
        message: Vec<Value>,
        _to: Cap<dyn FarMethods>,
    ) -> Result<Promise<Value>> {
        let (promise, resolver) = cx.promise()?;
        let answer = self.table.next_answer;
        self.table.next_answer = answer.wrapping_add(1);
        self.table.answers.insert(answer, resolver);
        self.take(cx, Queued::Message { export, message, answer })?;
        Ok(promise)
    }
}

#[hogshead_objects::continuations]
impl Process {
    /// A question was answered, or its promise broke.
    #[continuation]
    fn settled(
        &mut self,
        cx: &mut Context<'_>,
        outcome: Result<Value>,
        life: u64,
        question: u32,
    ) -> Result<()> {
        if life != self.life || !self.table.questions.contains_key(&question) {
            return Ok(());
        }
        self.take(cx, Queued::Settled { question, outcome })
    }

    /// The time of a question is over.
    #[continuation]
    fn expired(
        &mut self,
        cx: &mut Context<'_>,
        _now: Result<Timestamp>,
        life: u64,
        question: u32,
    ) -> Result<()> {
        if life != self.life || !self.table.questions.contains_key(&question) {
            return Ok(());
        }
        let outcome = Err(Error::new(Class::Failed, "no answer came within the time that was set"));
        self.take(cx, Queued::Settled { question, outcome })
    }

    fn write_log(&mut self, cx: &mut Context<'_>, mut text: String) -> Result<()> {
        if text.len() > LOG_LINE_BYTES_MAX {
            let end = (0..=LOG_LINE_BYTES_MAX).rev().find(|end| text.is_char_boundary(*end));
            text.truncate(end.unwrap_or(0));
            text.push('…');
        }
        let line = LogLine { at: cx.now(), text };
        let log = &mut self.log;
        log.push(cx, line)?;
        let first = log.end().saturating_sub(LOG_LINES_MAX);
        if first > log.start() {
            log.truncate_before(cx, first)?;
        }
        Ok(())
    }
}
