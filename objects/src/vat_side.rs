//! References made from a vat's own numbers, for the rooms that keep the tables behind them.
//!
//! A reference is authority: who could make one from a number could use every object of the vat.
//! Applications get references only by spawning, from messages and out of their own state. So the
//! facade does not export this module, nor [`Ref`] and the ids by name, and the documentation
//! does not show it.

use crate::cap::Cap;
use crate::ids::{FacetId, PromiseId};
use crate::promise::{Promise, Resolver};
use crate::reference::Ref;

/// The facet with this number.
pub fn cap<I: ?Sized>(facet: FacetId) -> Cap<I> {
    Cap::from(Ref::Facet(facet))
}

/// The promise with this number.
pub fn promise<T: ?Sized>(promise: PromiseId) -> Promise<T> {
    Promise::from_ref(Ref::Promise(promise))
}

/// The resolver of the promise with this number.
pub fn resolver<T: ?Sized>(promise: PromiseId) -> Resolver<T> {
    Resolver::from_ref(Ref::Resolver(promise))
}
