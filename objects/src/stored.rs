//! Collections that keep a record an entry: maps, sets and logs larger than memory.
//!
//! ```text
//!   object's state ── number, length ──▶ StoredMap ── get, insert, range ──▶ Context
//!                                                                             │
//!   rows of the vat   [object][collection][key] ─▶ value, its references  ◀───┘
//! ```
//!
//! A collection is a field of an object's state, which holds its number and its length and nothing
//! else. Each entry is a record of its own in the vat's table of entries, with its references beside
//! it, so that they are counted and traced like those of a state. A method reads and writes the
//! entries that it touches; the others cost nothing.
//!
//! | | keys | |
//! | --- | --- | --- |
//! | [`StoredMap`] | any [`StoredKey`], in order | `get`, `insert`, `remove`, `range`, `first`, `last` |
//! | [`StoredSet`] | the same | `contains`, `insert`, `remove`, `range`, `first`, `last` |
//! | [`StoredLog`] | numbers, counted from zero | `push`, `get`, `range`, `truncate_before` |
//!
//! # Ranges and turns
//!
//! A range gives a [`Page`] with a [`Cursor`] to go on with, in this turn or any later one, also
//! after a restart: a cursor is data, which an object may keep or hand out. A turn reads and writes a
//! limited number of entries; beyond that every use is refused with
//! [`Class::Limit`](crate::Class::Limit), which an object may catch in order to go on in a next turn.
//!
//! # Whose it is
//!
//! Entries are their object's own. Another object cannot name them: a collection is written into a
//! state only, never into a message, and a state with a collection of another object is refused, as
//! is one with the same collection twice. What a failed turn or near call did to entries is undone
//! with all else. A collection that its object drops or [clears](StoredMap::clear), and those of an
//! object that is gone, are emptied, a few entries at once and the rest by later turns.

mod cursor;
mod handle;
mod key;
mod log;
mod map;
mod set;

pub use cursor::{Cursor, Page};
pub use key::StoredKey;
pub use log::StoredLog;
pub use map::StoredMap;
pub use set::StoredSet;

use bytes::Bytes;

use crate::object::State;

/// A part of a collection: encoded keys from one on, up to another.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Span {
    /// The first key that may be in it.
    pub from: Bytes,
    /// The first key beyond it; nothing is beyond the end.
    pub to: Option<Bytes>,
}

/// Entries as a turn gives them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Entries {
    /// Keys and values, in order.
    pub found: Vec<(Bytes, State)>,
    /// Whether the span has more.
    pub more: bool,
}
