//! Calls in progress.

use super::value::{Index, Val};

/// A call in progress. Its slots, and then its operands, are on the machine's stack from `base` on.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// The code, among those of the state.
    pub code: u32,
    /// The function, among those of the code.
    pub function: u32,
    /// The next instruction. Of a call that waits for another one, this is the instruction after
    /// the call; if it waits for a primitive value ([`Then::Replace`]), the one that needs it.
    pub pc: u32,
    /// Where its slots begin.
    pub base: u32,
    /// How many values below the slots go with it when it ends: the function, the receiver.
    pub under: u32,
    /// The closure, for its captures; functions of the prelude have none.
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
    /// It becomes that element of an array, and the caller does its instruction again.
    Item(Index, u32),
    /// It resolves a promise, and what is thrown rejects it: a job's call.
    Settle(Index),
    /// It is dropped. What is thrown goes to the `reject` of this `resolve` function, and the
    /// function's promise is pushed: `new Promise`.
    Executor(Index),
    /// It is dropped. What is thrown goes to the `reject` of this `resolve` function: the job of a
    /// thenable.
    Thenable(Index),
    /// It is dropped: a module's body, or an async function that goes on after an await, whose
    /// promise has what it ends with.
    Drop,
}

/// A call of an async function that waits: its frame (with base 0), slots and operands.
#[derive(Clone, Debug)]
pub struct Coroutine {
    /// The frame: `pc` is the instruction after the await, `then` is [`Then::Drop`].
    pub frame: Frame,
    /// Its slots, then its operands without what it awaits.
    pub values: Vec<Val>,
}
