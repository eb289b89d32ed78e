//! Records: how the heap and the sessions of a vat keep what they know.
//!
//! ```text
//!   turn ──put/delete──▶ Overlay ──commit: one batch──▶ store
//!     ◀──────get/range──────┘ └──what it has not changed──▶ store
//! ```
//!
//! A row is a key and bytes. Keys order as bytes; the first byte of a key within a vat names its
//! table ([`table`]). The overlay is opened for a turn, carries its savepoints, and becomes one
//! batch at its end, so that a session's tables and the heap can never disagree.

mod memory;
mod merge;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::ops::Bound;

use bytes::Bytes;

pub use memory::MemoryRecords;
pub use merge::merged;

/// The tables of a vat: the first byte of every key, and which room owns it.
pub mod table {
    /// The vat's own row: format, counters, meter. Owner: `vat`.
    pub const VAT: u8 = 0x01;
    /// Objects by id. Owner: `vat`.
    pub const OBJECT: u8 = 0x10;
    /// Facets by id. Owner: `vat`.
    pub const FACET: u8 = 0x11;
    /// Promises by id. Owner: `vat`.
    pub const PROMISE: u8 = 0x12;
    /// Imports by id. Owner: `vat`.
    pub const IMPORT: u8 = 0x13;
    /// Deliveries by trigger, then id. Owner: `vat`.
    pub const DELIVERY: u8 = 0x14;
    /// Swiss numbers by hash. Owner: `vat`.
    pub const SWISS: u8 = 0x15;
    /// Prior records of upgraded objects. Owner: `vat`.
    pub const PRIOR: u8 = 0x16;
    /// How much of what each session delivered is unsettled.
    pub const UNSETTLED: u8 = 0x17;
    /// Entries of objects' collections, by object and collection, in the order of their keys.
    /// Owner: `vat`.
    pub const ENTRY: u8 = 0x19;
    /// What was done with a facet that was granted, by facet. Owner: `vat`.
    pub const GRANT: u8 = 0x1A;
    /// Facets by the facet that they were derived from. Owner: `vat`.
    pub const DERIVED: u8 = 0x1B;
    /// Answers that are awaited over a granted facet, by facet. Owner: `vat`.
    pub const AWAITED: u8 = 0x1C;
    /// Session rows, by session and then whatever the session keeps. Owner: `captp`.
    pub const SESSION: u8 = 0x20;
    /// What handoffs are found by: sessions by their names, gifts by their age. Owner: `captp`.
    pub const HANDOFF: u8 = 0x21;
    /// Operations that arrived from a vat of the same host, in their order. Owner: the host.
    pub const INBOX: u8 = 0x30;
    /// Whatever the host keeps about the vat: key, certificate, name. Owner: the host.
    pub const HOST: u8 = 0x31;
}

/// Why a record could not be read. The host stops the vat or itself; nothing is guessed.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum RecordsError {
    /// The store could not be read.
    #[error("the store could not be read: {0}")]
    Store(String),
    /// A row is there but is not what its table holds.
    #[error("row {key} is damaged: {what}; run `hogshead store check`")]
    Damaged {
        /// The row's key in hexadecimal.
        key: String,
        /// What is wrong with it.
        what: String,
    },
}

/// A row to be kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// The encoded record.
    pub bytes: Bytes,
    /// Whether the record holds a secret (a sturdyref, a key): such rows are sealed at rest.
    pub secret: bool,
}

/// Reads rows: a store, a view of one vat within it, or an overlay.
pub trait ReadRecords {
    /// The row under `key`.
    fn get(&self, key: &[u8]) -> Result<Option<Bytes>, RecordsError>;

    /// The rows with `from <= key < to` in ascending order, at most `limit` of them.
    fn range(
        &self,
        from: &[u8],
        to: &[u8],
        limit: usize,
    ) -> Result<Vec<(Bytes, Bytes)>, RecordsError>;
}

/// Reads and changes rows within a turn.
pub trait Records: ReadRecords {
    /// Sets a row.
    fn put(&mut self, key: Bytes, row: Row);

    /// Removes a row; removing one that is not there is nothing.
    fn delete(&mut self, key: Bytes);
}

/// The changes of one turn over what the store holds.
pub struct Overlay<'a> {
    base: &'a dyn ReadRecords,
    changes: BTreeMap<Bytes, Option<Row>>,
    undo: Vec<(Bytes, Option<Option<Row>>)>,
    written: usize,
    /// Whether there is a savepoint: what is changed while there is none can never be undone.
    marked: Cell<bool>,
}

/// A place in an overlay's history to which it can be rolled back.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Savepoint(usize);

impl<'a> Overlay<'a> {
    /// An overlay without changes.
    pub fn new(base: &'a dyn ReadRecords) -> Self {
        let (changes, undo) = (BTreeMap::new(), Vec::new());
        Self { base, changes, undo, written: 0, marked: Cell::new(false) }
    }

    /// Marks this moment.
    pub fn savepoint(&self) -> Savepoint {
        self.marked.set(true);
        Savepoint(self.undo.len())
    }

    /// Undoes every change since `savepoint`, latest first.
    pub fn roll_back(&mut self, savepoint: Savepoint) {
        while self.undo.len() > savepoint.0 {
            let Some((key, before)) = self.undo.pop() else { return };
            match before {
                Some(change) => self.changes.insert(key, change),
                None => self.changes.remove(&key),
            };
        }
    }

    /// Forgets all savepoints: what was changed until now stays, and so does what is changed before
    /// the next one. One that was forgotten is of no use any more.
    pub fn forget_savepoints(&mut self) {
        self.undo.clear();
        self.marked.set(false);
    }

    /// The changes, in key order: a row to put, or `None` to delete.
    pub fn into_changes(self) -> BTreeMap<Bytes, Option<Row>> {
        self.changes
    }

    /// The changes with `from <= key < to`: a row that was put, or `None` for one that was deleted.
    pub fn changed(&self, from: &[u8], to: &[u8]) -> impl Iterator<Item = (&Bytes, Option<&Row>)> {
        // A tree has no range that ends before it begins.
        let bounds = (Bound::Included(from), Bound::Excluded(to.max(from)));
        self.changes.range::<[u8], _>(bounds).map(|(key, change)| (key, change.as_ref()))
    }

    /// The number of rows changed.
    pub fn len(&self) -> usize {
        self.changes.len()
    }

    /// Whether nothing was changed.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Octets of all rows that were put, also of those that were put over or rolled back since.
    pub fn written(&self) -> usize {
        self.written
    }

    fn change(&mut self, key: Bytes, change: Option<Row>) {
        let octets = change.as_ref().map_or(0, |row| row.bytes.len());
        self.written = self.written.saturating_add(key.len()).saturating_add(octets);
        if !self.marked.get() {
            self.changes.insert(key, change);
            return;
        }
        if self.undo.capacity() == 0 {
            self.undo.reserve(16);
        }
        let before = self.changes.insert(key.clone(), change);
        self.undo.push((key, before));
    }
}

impl ReadRecords for Overlay<'_> {
    fn get(&self, key: &[u8]) -> Result<Option<Bytes>, RecordsError> {
        match self.changes.get(key) {
            Some(change) => Ok(change.as_ref().map(|row| row.bytes.clone())),
            None => self.base.get(key),
        }
    }

    fn range(
        &self,
        from: &[u8],
        to: &[u8],
        limit: usize,
    ) -> Result<Vec<(Bytes, Bytes)>, RecordsError> {
        if from >= to || limit == 0 {
            return Ok(Vec::new());
        }
        if self.changed(from, to).next().is_none() {
            return self.base.range(from, to, limit);
        }
        // Each deletion can hide one row of the base.
        let hidden = self.changed(from, to).filter(|(_, change)| change.is_none()).count();
        let mut asked = limit.saturating_add(hidden);
        loop {
            let below = self.base.range(from, to, asked)?;
            let is_all = below.len() < asked;
            let changed = self.changed(from, to).map(|(key, row)| (key, row.map(|row| &row.bytes)));
            if let Some(rows) = merged(changed, below, is_all, limit) {
                return Ok(rows);
            }
            asked = asked.saturating_mul(2);
        }
    }
}

impl Records for Overlay<'_> {
    fn put(&mut self, key: Bytes, row: Row) {
        self.change(key, Some(row));
    }

    fn delete(&mut self, key: Bytes) {
        self.change(key, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &'static str) -> Row {
        Row { bytes: Bytes::from_static(text.as_bytes()), secret: false }
    }

    fn key(text: &'static str) -> Bytes {
        Bytes::from_static(text.as_bytes())
    }

    fn read(overlay: &Overlay<'_>) -> Vec<(Bytes, Bytes)> {
        overlay.range(b"a", b"z", 10).unwrap()
    }

    #[test]
    fn a_roll_back_undoes_what_came_after_its_savepoint() {
        let mut base = MemoryRecords::default();
        base.put(key("b"), row("base"));
        let mut overlay = Overlay::new(&base);
        overlay.put(key("a"), row("before"));
        let savepoint = overlay.savepoint();
        overlay.put(key("a"), row("after"));
        overlay.delete(key("b"));
        overlay.put(key("c"), row("after"));
        overlay.delete(key("c"));
        assert_eq!(read(&overlay), [(key("a"), row("after").bytes)]);
        overlay.roll_back(savepoint);
        let was = [(key("a"), row("before").bytes), (key("b"), row("base").bytes)];
        assert_eq!(read(&overlay), was);
        assert_eq!(overlay.into_changes().len(), 1);
    }

    #[test]
    fn what_was_changed_before_savepoints_were_forgotten_stays() {
        let base = MemoryRecords::default();
        let mut overlay = Overlay::new(&base);
        overlay.savepoint();
        overlay.put(key("a"), row("first"));
        overlay.forget_savepoints();
        overlay.put(key("b"), row("between"));
        let savepoint = overlay.savepoint();
        overlay.put(key("a"), row("second"));
        overlay.delete(key("b"));
        overlay.roll_back(savepoint);
        assert_eq!(
            read(&overlay),
            [(key("a"), row("first").bytes), (key("b"), row("between").bytes)]
        );
    }
}
