//! What a grantor is shown of a grant.

use serde::{Deserialize, Serialize};

use super::{Caveats, Denial};
use crate::ids::Timestamp;

/// A facet that was made for somebody, as whoever granted it is shown it: an entry of the tree of
/// grants. The entries of a tree come in the order in which they were made, so that a parent stands
/// before what was derived from it.
///
/// As a [`Value`](crate::Value) it is a Struct of these fields.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct GrantInfo {
    /// Its number in the vat, by which it can be revoked and confirmed.
    pub facet: u64,
    /// The number of the object.
    pub object: u64,
    /// The facet that it was derived from; nothing if it was made of the object itself.
    pub parent: Option<u64>,
    /// The object that granted it; nothing if the vat's owner did.
    pub grantor: Option<u64>,
    /// The label it was made under; empty if there is none.
    pub label: String,
    /// The methods that it grants by itself; nothing means all that its parent does.
    pub methods: Option<Vec<String>>,
    /// The other conditions.
    pub caveats: Caveats,
    /// All conditions in words.
    pub words: String,
    /// When it was made.
    pub created: Option<Timestamp>,
    /// The number of the first sturdyref that leads to it; nothing if none does.
    pub share: Option<u64>,
    /// The numbers of all sturdyrefs that lead to it.
    pub shares: Vec<u64>,
    /// How many hold it: objects, messages, facets derived from it, sturdyrefs, sessions.
    pub holders: u64,
    /// Whether it was revoked, by itself or with what it was derived from.
    pub revoked: bool,
    /// Whether it waits for the owner to confirm it since the vat was restored.
    pub suspended: bool,
    /// How often it was used, and what was derived from it.
    pub used: u64,
    /// When that was last.
    pub last: Option<Timestamp>,
    /// How many uses are left of those that it is for; nothing if they are not counted.
    pub left: Option<u64>,
    /// How often it was used in vain.
    pub denied: u64,
    /// The last of these, the latest last.
    pub denials: Vec<Denial>,
}
