//! Calls in progress.

use super::value::{Index, Val};

/// A call in progress. Its slots, and then its operands, are on the machine's stack from `base` on.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The code, among those of the state.
    pub code: u32,
    /// The function, among those of the code.
    pub function: u32,
    /// The next instruction.
    pub pc: u32,
    /// Where its slots begin.
    pub base: u32,
    /// The closure, for its captures.
    pub closure: Option<Index>,
    /// Of an async function: the promise that the caller has.
    pub promise: Option<Index>,
    /// What becomes of what it returns or throws.
    pub then: Then,
}

/// What becomes of what a call returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// It is pushed; the caller goes on.
    Push,
    /// It is put in that place of the stack, and the caller does its instruction again.
    Replace(u32),
    /// It resolves a promise, and what is thrown rejects it: a job's call.
    Settle(Index),
    /// It is dropped, and what is thrown rejects the promise, which is pushed: `new Promise`.
    Executor(Index),
    /// It is dropped, and what is thrown rejects the promise (unless that was resolved before, as
    /// the function cell says): the job of a thenable.
    Thenable(Index),
    /// It is dropped: a module's body.
    Drop,
}

/// A call of an async function that waits: its frame (with base 0), slots and operands.
#[derive(Clone, Debug)]
pub struct Coroutine {
    /// The frame.
    pub frame: Frame,
    /// Its slots, then its operands.
    pub values: Vec<Val>,
}
