//! `Context`: the only authority that a method is handed.

use std::any::Any;

use crate::error::{Error, Result};
use crate::ids::{ObjectId, PromiseId, Timestamp};
use crate::message::Message;
use crate::object::{MethodInfo, Object};
use crate::reference::Ref;
use crate::value::Value;

/// What a method may do besides changing its own object. `vat` stands behind it.
///
/// Nothing done through a context happens before the method's turn has committed, and nothing of
/// it remains if the turn fails.
pub struct Context<'a> {
    turn: &'a mut dyn Turn,
}

/// The side of a turn that faces the objects: implemented by `vat`.
pub trait Turn {
    /// The turn's logged timestamp.
    fn now(&self) -> Timestamp;

    /// The object whose method is running.
    fn this(&self) -> ObjectId;

    /// The near call, typed: `call` carries the arguments in and the result out.
    ///
    /// Reaches only objects of the caller's own composition. An `Err` (unless it keeps the turn)
    /// undoes everything below the call; the caller goes on.
    fn near(
        &mut self,
        target: Ref,
        method: &'static MethodInfo,
        call: &mut dyn Any,
    ) -> Result<()>;

    /// The near call, untyped.
    fn near_message(&mut self, target: Ref, message: Message) -> Result<Value>;

    /// Sends after the turn; gives the promise of the answer.
    fn send(&mut self, target: Ref, message: Message) -> Result<PromiseId>;

    /// Sends after the turn; nobody waits for an answer.
    fn tell(&mut self, target: Ref, message: Message) -> Result<()>;

    /// Adds an object to the caller's composition; gives the facet that has all its methods.
    fn spawn(&mut self, object: Box<dyn Object>) -> Result<Ref>;

    /// A promise; its resolver is `Ref::Resolver` of the same id.
    fn promise(&mut self) -> Result<PromiseId>;

    /// Runs the running object's `continuation` with `captured` when `promise` settles; gives the
    /// promise of what the continuation returns.
    fn then(
        &mut self,
        promise: Ref,
        continuation: &'static str,
        captured: Value,
    ) -> Result<PromiseId>;

    /// The running object with all its methods.
    fn self_ref(&mut self) -> Result<Ref>;

    /// A new facet of the running object that grants `methods` only, under `label`.
    fn facet(&mut self, methods: &[&str], label: &str) -> Result<Ref>;

    /// Revokes a facet of the running object: every use from now on is refused.
    fn revoke(&mut self, facet: Ref) -> Result<()>;

    /// Moves an object of the caller's composition into the composition of `to`, which the caller
    /// must be able to reach near as well.
    fn hand_over(&mut self, object: Ref, to: Ref) -> Result<()>;
}

impl<'a> Context<'a> {
    /// A context over an open turn.
    pub fn new(turn: &'a mut dyn Turn) -> Self {
        Self { turn }
    }

    /// The turn's logged timestamp: the same on every replay.
    pub fn now(&self) -> Timestamp {
        self.turn.now()
    }

    /// Refuses and still remembers: the turn commits, and the caller gets `error`.
    ///
    /// A caller in the same turn that passes the error on with `?` commits as well.
    pub fn refuse(&self, error: Error) -> Error {
        error.keeping_turn()
    }

    /// The turn behind the context, for the clients that the macros write and the untyped way.
    pub fn turn(&mut self) -> &mut dyn Turn {
        self.turn
    }
}
