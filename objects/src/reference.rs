//! What a reference is inside a vat, and the names by which sessions know one.

use serde::{Deserialize, Serialize};

use crate::ids::{FacetId, ImportId, PromiseId, SessionId};

/// A reference as a vat's heap knows it: whoever holds one may use it.
///
/// It is plain data with no meaning outside its vat. It does not implement `Serialize`: a
/// reference is written down only by the vat's codec, into a record's edge list
/// ([`codec`](crate::codec)), so that it can neither be forged from data nor hidden from the
/// collector.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Ref {
    /// An object of this vat, seen through a facet.
    Facet(FacetId),
    /// A promise of this vat, or one that stands in for a peer's promise.
    Promise(PromiseId),
    /// The resolver of a promise of this vat: an object with the methods `fulfill` and `break`.
    Resolver(PromiseId),
    /// An object of another vat, reached through a session.
    Import(ImportId),
}

/// What a [`Ref::Import`] or a remote promise stands for: a place in a session.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Far {
    /// The session, by this vat's number for it.
    pub session: SessionId,
    /// The place at the peer.
    pub place: Place,
}

/// A place in the tables of the peer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Place {
    /// What the peer exported at this position.
    Export(u64),
    /// The answer that the peer owes us under this position.
    Answer(u64),
}
