//! The machine: a state that is plain data, and the one function that takes it on.
//!
//! ```text
//!            ┌────────────────── Machine ──────────────────┐
//!   Event ──▶│ jobs ─▶ frames + stack ─▶ heap, promises    │──▶ Effects: sends, answers, log, end
//!            │          ▲ run: Op by Op, fuel by fuel      │
//!            └──────────┼──────────────────────────────────┘
//!                     codes
//! ```

pub mod atoms;
pub mod bigint;
pub mod border;
pub mod codes;
pub mod convert;
mod error;
pub mod event;
pub mod frame;
mod gc;
pub mod heap;
mod jobs;
pub mod native;
pub mod promise;
mod property;
pub mod question;
mod run;
mod settle;
mod start;
pub mod step;
mod value;

use std::collections::{BTreeMap, VecDeque};

use crate::code::CodeHash;

pub use error::ErrorKind;
pub use native::Numeric;
pub use question::{Question, Questions};
pub use value::{Index, Val};

/// The name of a property, interned: equal names have equal atoms within one process of the host.
/// States are written with the names themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Atom(pub u32);

/// A reference from outside: its place in the table that the process's owner holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Port(pub u32);

/// The arguments of a native function: a range of the machine's stack.
#[derive(Clone, Copy, Debug)]
pub struct Args {
    /// Where they begin.
    pub start: usize,
    /// How many there are.
    pub len: usize,
}

/// Why an instruction did not end as usual.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Trap {
    /// It throws.
    Throw(Val),
    /// The value at this place of the stack must be made primitive first; then it is done again.
    Coerce {
        /// The place, counted from the bottom of the stack.
        at: usize,
        /// What for.
        hint: Hint,
    },
    /// The fuel does not suffice; it is done again when there is more. Nothing was changed.
    OutOfFuel,
    /// The heap does not suffice; after a collection it is done again. Nothing was changed.
    OutOfHeap,
}

/// What a primitive value is wanted for (ECMA-262, 7.1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Hint {
    Default,
    Number,
    String,
}

/// A process in memory.
#[derive(Clone, Debug, Default)]
pub struct Machine {
    /// The codes that it is made of: the prelude, then the modules in the order in which they are
    /// evaluated, then what revisions brought.
    pub codes: Vec<CodeHash>,
    /// Of each code, what it has exported so far.
    pub modules: Vec<Module>,
    /// Which of the codes is the one that was started.
    pub main: u32,
    /// How far the start has come.
    pub phase: Phase,
    /// What `main` will be called with. Empty once it was.
    pub arguments: Vec<Val>,
    /// Its heap.
    pub heap: heap::Heap,
    /// Slots and operands of all calls in progress. Empty unless it is suspended.
    pub stack: Vec<Val>,
    /// The calls in progress. None unless it is suspended.
    pub frames: Vec<frame::Frame>,
    /// What is to be done next, in order.
    pub jobs: VecDeque<promise::Job>,
    /// Promises that were rejected when nobody looked, since the jobs began.
    pub rejected: Vec<Index>,
    /// What it has asked and not been told yet: awaiting is data.
    pub questions: Questions,
    /// The number of the next question.
    pub next_question: u32,
    /// What it has passed out: objects made by `Far`, and promises.
    pub exports: BTreeMap<u32, Val>,
    /// The number of the next export.
    pub next_export: u32,
    /// Events that came while it was suspended.
    pub inbox: VecDeque<event::Event>,
    /// Why it stands still in the middle of something.
    pub suspended: Option<Reason>,
    /// It was cancelled, for this reason.
    pub cancelled: Option<String>,
    /// What `main` came to.
    pub outcome: Option<Result<event::Datum, event::Datum>>,

    /// The names of properties. Not written with the state, as all that follows.
    pub atoms: atoms::Atoms,
    /// The cell of each reference from outside, so that equal ones are the same.
    pub remotes: BTreeMap<Port, Index>,
    /// What is left of this step's fuel.
    pub fuel: i64,
    /// How large the heap may be in this step, in bytes.
    pub heap_bytes_max: usize,
    /// How many bytes [`Trap::OutOfHeap`] was about.
    pub heap_bytes_wanted: usize,
    /// The time of this step, in milliseconds since 1970, as the owner says.
    pub now_ms: u64,
    /// What this step has to say so far.
    pub effects: Vec<event::Effect>,
    /// Regular expressions that were compiled so far.
    pub compiled: crate::builtin::regexp::Compiled,
}

/// What a module has exported so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Module {
    /// Names and values, in the order in which they were initialized.
    pub exports: Vec<(Atom, Val)>,
}

/// How far the start has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// It was not started.
    #[default]
    New,
    /// The bodies of the codes before this one are evaluated.
    Modules(u32),
    /// The body of the main module is being evaluated.
    Main,
    /// It is evaluated; when all jobs are done that it left, `main` is called.
    Ready,
    /// `main` was called.
    Started,
}

/// Why a process stands still in the middle of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The step's fuel is used up.
    Fuel,
    /// The heap is as large as the owner allows, garbage aside.
    Heap,
    /// The step was to go no further than to the next line.
    Line,
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Fuel => "out of fuel",
            Self::Heap => "out of room",
            Self::Line => "between two lines",
        })
    }
}

#[cfg(test)]
mod tests;
