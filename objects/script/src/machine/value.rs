//! What is in a slot.

use crate::builtin::Builtin;

/// A value: itself if it is small, the number of a cell of the heap otherwise.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Val {
    /// A variable before its initialization. Never an operand.
    Uninit,
    Undefined,
    Null,
    Bool(bool),
    Number(f64),
    /// A string: `Cell::Text` or `Cell::Rope`.
    Text(Index),
    /// A big integer: `Cell::BigInt`.
    BigInt(Index),
    /// Whatever else has identity.
    Object(Index),
    /// A built-in function, constructor or namespace.
    Builtin(Builtin),
    /// A shared variable: `Cell::Var`. Only in slots and captures.
    Var(Index),
}

/// The number of a cell of the heap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Index(pub u32);
