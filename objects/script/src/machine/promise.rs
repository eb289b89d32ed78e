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
    /// With this value.
    Fulfilled(Val),
    /// With this reason.
    Rejected(Val),
}

/// What happens when a promise settles.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reaction {
    /// A waiting call goes on.
    Resume(Index),
    /// A function is called, or the settlement passed on; `derived` is the promise of `then`.
    Call {
        /// The promise that `then` gave.
        derived: Option<Index>,
        /// The function for a value; not callable: the value is passed on.
        fulfilled: Val,
        /// The function for a reason; not callable: the reason is passed on.
        rejected: Val,
    },
    /// An answer to the outside.
    Answer(u32),
    /// A promise that was passed out is settled there.
    Export(u32),
    /// The body of the main module is done: `main` is next, with the start's arguments.
    Start,
    /// What `main` gave is settled: so has the process its outcome.
    Finish,
    /// A message to what it is fulfilled with: `E(promise).method(…)` of a local promise. The
    /// letter holds options, method and arguments.
    Forward {
        /// What becomes of the answer.
        derived: Index,
        /// An array: method (a string, or undefined to call the target itself), arguments,
        /// options, whether it is from outside.
        letter: Index,
    },
}

/// A job in the queue.
#[derive(Clone, Debug)]
pub enum Job {
    /// A reaction with what the promise was settled with.
    React {
        /// The reaction.
        reaction: Reaction,
        /// What the promise was settled with.
        outcome: Result<Val, Val>,
    },
    /// A thenable's `then` is called with functions that resolve the promise.
    Thenable {
        /// The promise.
        promise: Index,
        /// The thenable.
        thenable: Val,
        /// Its `then`.
        then: Val,
    },
    /// A message to a local target: what it answers resolves the promise.
    Deliver {
        /// The promise.
        promise: Index,
        /// The target.
        target: Val,
        /// The method; none: the target itself is called.
        method: Option<super::Atom>,
        /// The arguments.
        arguments: Vec<Val>,
        /// It is from outside, where only objects made by `Far` can be called.
        outside: bool,
    },
}

impl PromiseCell {
    /// A promise that is not settled yet.
    pub fn pending() -> Self {
        Self {
            state: PromiseState::Pending(Vec::new()),
            handled: false,
            question: None,
            export: None,
            frozen: false,
        }
    }

    /// Bytes that it counts for, besides its cell.
    pub fn size_bytes(&self) -> usize {
        match &self.state {
            PromiseState::Pending(reactions) => REACTION_BYTES * reactions.len(),
            PromiseState::Fulfilled(_) | PromiseState::Rejected(_) => 0,
        }
    }
}

/// Bytes that a reaction counts for.
pub const REACTION_BYTES: usize = 48;
