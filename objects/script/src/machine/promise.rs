//! Promises and jobs (ECMA-262, 27.2 and 9.5).

use super::value::{Index, Val};

/// A promise.
#[derive(Clone, Debug)]
pub struct PromiseCell {
    /// Whether and how it is settled.
    pub state: PromiseState,
    /// Somebody looks at how it is settled.
    pub handled: bool,
    /// The question to the outside that settles it, if one does.
    pub question: Option<u32>,
    /// Its number outside, once it was passed out.
    pub export: Option<u32>,
    /// It was frozen.
    pub frozen: bool,
}

/// Whether and how a promise is settled.
#[derive(Clone, Debug)]
pub enum PromiseState {
    /// Not yet; what happens then.
    Pending(Vec<Reaction>),
    Fulfilled(Val),
    Rejected(Val),
}

/// What happens when a promise settles.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reaction {
    /// A waiting call goes on.
    Resume(Index),
    /// A function is called, or the settlement passed on; `derived` is the promise of `then`.
    Call { derived: Option<Index>, fulfilled: Val, rejected: Val },
    /// An answer to the outside.
    Answer(u32),
    /// A promise that was passed out is settled there.
    Export(u32),
    /// A message to what it is fulfilled with: `E(promise).method(…)` of a local promise. The
    /// letter holds options, method and arguments.
    Forward { derived: Index, letter: Index },
}

/// A job in the queue.
#[derive(Clone, Debug)]
pub enum Job {
    /// A reaction with what the promise was settled with.
    React { reaction: Reaction, outcome: Result<Val, Val> },
    /// A thenable's `then` is called with functions that resolve the promise.
    Thenable { promise: Index, thenable: Val, then: Val },
    /// A message to a local target: what it answers resolves the promise.
    Deliver { promise: Index, target: Val, method: Option<super::Atom>, arguments: Vec<Val> },
}
