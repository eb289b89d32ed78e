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
pub mod convert;
mod error;
pub mod event;
pub mod frame;
pub mod heap;
pub mod native;
pub mod promise;
mod value;

pub use error::ErrorKind;
pub use native::Numeric;
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
#[derive(Debug, Default)]
pub struct Machine {
    /// Its heap.
    pub heap: heap::Heap,
    /// The names of properties. Not written with the state.
    pub atoms: atoms::Atoms,
    /// Slots and operands of all calls in progress.
    pub stack: Vec<Val>,
    /// What is left of this step's fuel. Not written with the state.
    pub fuel: i64,
    /// How large the heap may be in this step, in bytes. Not written with the state.
    pub heap_bytes_max: usize,
}
