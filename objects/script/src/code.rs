//! Code: what the compiler makes of one source text, named by the hash of its encoding.
//!
//! ```text
//!   Code ─┬─ functions[0]   the module's body (async)      Func ─┬─ ops      fixed-size instructions
//!         ├─ functions[n]   every other function                 ├─ handlers where exceptions go
//!         ├─ constants      names, strings, numbers              ├─ captures what a closure takes along
//!         ├─ imports        other codes, by hash                 ├─ awaits   where it may pause
//!         └─ source         for `show`, line by line             └─ lines, slots: for people
//! ```

mod decode;
pub(crate) mod effect;
mod encode;
mod leb;
mod op;
mod opcode;
mod verify;

pub use op::Op;
pub(crate) use opcode::random_op;
pub use verify::{Kinds, Verified};

use num_bigint::BigInt;
use serde::{Deserialize, Serialize};

/// The BLAKE3 hash of a code's encoding, by which it is stored, imported and named in every state.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CodeHash(#[serde(with = "serde_bytes")] pub [u8; 32]);

impl std::fmt::Display for CodeHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&data_encoding::HEXLOWER.encode(&self.0))
    }
}

impl std::fmt::Debug for CodeHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}

/// One compiled source text.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    /// A name for people, such as the file's.
    pub name: String,
    /// The text that it was compiled from.
    pub source: String,
    /// The codes that it imports from, in the order of their first mention.
    pub imports: Vec<CodeHash>,
    /// What it exports, in the order of mention; `default` is a name as others are.
    pub exports: Vec<String>,
    /// Names, strings and numbers that the instructions mention.
    pub constants: Vec<Constant>,
    /// The functions; the first is the module's body.
    pub functions: Vec<Func>,
}

impl Code {
    /// Whether it exports what a process is started by.
    pub fn has_main(&self) -> bool {
        self.exports.iter().any(|name| name == "main" || name == "default")
    }
}

/// A constant.
#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    /// A number.
    Number(f64),
    /// A string or a property's name, in UTF-16.
    String(Vec<u16>),
    /// An integer of any size.
    BigInt(BigInt),
    /// A regular expression: pattern and flags.
    RegExp(Vec<u16>, String),
}

/// One function.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Func {
    /// Its name, empty if it has none: what `name` gives.
    pub name: String,
    /// Its path for people and for revising, such as `main/helper/1`: the names of the functions
    /// around it and its own; one without a name has its number among its siblings. Unique in a
    /// code.
    pub path: String,
    /// Parameters before the first one with a default or a rest: what `length` gives.
    pub length: u16,
    /// Arguments that the caller's are made to be: fewer are filled up with `undefined`, more are
    /// dropped, or gathered in the next slot if there is a rest parameter. They are the first slots.
    pub parameters: u16,
    /// Whether the slot after the parameters gets an array of what is left over.
    pub rest: bool,
    /// Whether calling it gives a promise.
    pub is_async: bool,
    /// Whether it is an arrow or a method, and so on: what `new` and `toString` would ask. Unused
    /// by the machine.
    pub is_arrow: bool,
    /// Slots: parameters, rest, variables, temporaries.
    pub slots: u16,
    /// Operands that it has on the stack at the most, beyond the slots.
    pub operands_max: u16,
    /// What a closure of it takes along when it is made.
    pub captures: Vec<Capture>,
    /// The instructions.
    pub ops: Vec<Op>,
    /// Where exceptions go; inner ones stand before outer ones.
    pub handlers: Vec<Handler>,
    /// Where it may pause.
    pub awaits: Vec<AwaitPoint>,
    /// From which instruction on which place in the source, ascending.
    pub lines: Vec<Place>,
    /// What the slots and captures are called, and where.
    pub variables: Vec<Variable>,
}

/// Where a closure gets a captured variable from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capture {
    /// A slot of the function that makes it: the value, or the shared variable that is in it.
    Slot(u16),
    /// A capture of the function that makes it.
    Capture(u16),
}

/// A range of instructions whose exceptions are caught.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handler {
    /// The first instruction.
    pub start: u32,
    /// The one after the last.
    pub end: u32,
    /// Where to go on, with what was thrown on top of the operands.
    pub target: u32,
    /// Operands that are kept below it.
    pub operands: u16,
}

/// An await.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwaitPoint {
    /// The instruction.
    pub pc: u32,
    /// The label of the statement that holds this await and no other.
    pub label: Option<String>,
}

/// A place in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The first instruction that stands there.
    pub pc: u32,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in UTF-16 code units.
    pub column: u32,
}

/// The name of a slot or capture, over a range of instructions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// As written. One that begins with `%` is the compiler's own: nobody wrote it, but a call needs
    /// it to go on.
    pub name: String,
    /// Where it is.
    pub at: Capture,
    /// Whether a shared variable (`Cell::Var`) is there rather than the value.
    pub shared: bool,
    /// The first instruction at which it is in scope.
    pub start: u32,
    /// The one after the last.
    pub end: u32,
}

impl Variable {
    /// Whether it is the compiler's own rather than written.
    pub fn is_hidden(&self) -> bool {
        self.name.starts_with('%')
    }
}
