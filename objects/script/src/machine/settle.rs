//! How promises are settled, and what follows (ECMA-262, 27.2.1 and 27.2.5.4.1).

use super::heap::Cell;
use super::promise::{Job, PromiseCell, PromiseState, REACTION_BYTES, Reaction};
use super::{ErrorKind, Index, Machine, Val, atoms};
use crate::builtin::Builtin;

impl Machine {
    /// A promise that is not settled yet.
    pub fn new_promise(&mut self) -> Index {
        self.alloc(Cell::Promise(PromiseCell::pending()))
    }

    /// The cell of a value that is a promise.
    #[inline]
    pub fn promise_index(&self, value: Val) -> Option<Index> {
        match value {
            Val::Object(index) if matches!(self.cell(index), Cell::Promise(_)) => Some(index),
            _ => None,
        }
    }

    /// The value itself if it is a promise, else a promise that is resolved with it
    /// (PromiseResolve).
    pub fn promise_of(&mut self, value: Val) -> Index {
        self.promise_index(value).unwrap_or_else(|| {
            let promise = self.new_promise();
            self.resolve_promise(promise, value);
            promise
        })
    }

    /// Resolves a promise with a value: a promise or thenable is followed, in jobs of their own
    /// (Promise Resolve Functions). One that is settled stays as it is.
    pub fn resolve_promise(&mut self, promise: Index, value: Val) {
        if value == Val::Object(promise) {
            let message = "Chaining cycle detected for promise #<Promise>";
            let error = self.new_error(ErrorKind::TypeError, message);
            return self.reject_promise(promise, error);
        }
        match self.then_of(value) {
            Some(then) => {
                self.jobs.push_back(Job::Thenable { promise, thenable: value, then });
            }
            None => self.settle(promise, Ok(value)),
        }
    }

    /// Rejects a promise. One that is settled stays as it is.
    pub fn reject_promise(&mut self, promise: Index, reason: Val) {
        self.settle(promise, Err(reason));
    }

    /// Resolves or rejects.
    pub fn conclude(&mut self, promise: Index, outcome: Result<Val, Val>) {
        match outcome {
            Ok(value) => self.resolve_promise(promise, value),
            Err(reason) => self.reject_promise(promise, reason),
        }
    }

    /// The `then` that makes a value a thenable.
    pub fn then_of(&self, value: Val) -> Option<Val> {
        if self.promise_index(value).is_some() {
            return Builtin::named("Promise.prototype.then")
                .map(Val::Builtin)
                .or(Some(Val::Undefined));
        }
        self.get(value, atoms::THEN).filter(|&then| self.is_callable(then))
    }

    /// Has a reaction follow the settlement of a promise (PerformPromiseThen).
    pub fn react(&mut self, promise: Index, reaction: Reaction) {
        let Cell::Promise(cell) = self.heap.get_mut(promise) else { return };
        cell.handled = true;
        let outcome = match &mut cell.state {
            PromiseState::Pending(reactions) => {
                reactions.push(reaction);
                return self.heap.resized(0, REACTION_BYTES);
            }
            PromiseState::Fulfilled(value) => Ok(*value),
            PromiseState::Rejected(reason) => Err(*reason),
        };
        self.jobs.push_back(Job::React { reaction, outcome });
    }

    /// Fulfils or rejects a promise that is pending.
    fn settle(&mut self, promise: Index, outcome: Result<Val, Val>) {
        let Cell::Promise(cell) = self.heap.get_mut(promise) else { return };
        let PromiseState::Pending(reactions) = &mut cell.state else { return };
        let reactions = std::mem::take(reactions);
        let before = REACTION_BYTES * reactions.len();
        cell.question = None;
        cell.state = match outcome {
            Ok(value) => PromiseState::Fulfilled(value),
            Err(reason) => PromiseState::Rejected(reason),
        };
        let unhandled = outcome.is_err() && !cell.handled;
        self.heap.resized(before, 0);
        if unhandled {
            self.rejected.push(promise);
        }
        self.charge(reactions.len());
        let jobs = reactions.into_iter().map(|reaction| Job::React { reaction, outcome });
        self.jobs.extend(jobs);
    }
}
