//! What is warm: rows that were read, and objects that were decoded.

mod by_id;

use std::hash::Hash;

use hogshead_objects::ids::{CollectionId, DeliveryId, ObjectId};
use hogshead_objects::object::{Object, State};

use self::by_id::ById;
use crate::limits::{LATELY_BYTES_MAX, LATELY_MAX};
use crate::rows::{DeliveryRow, Edge, ObjectHead, Payload};

/// Rows of one table by id, those only that were touched.
pub(crate) struct Table<K, R> {
    entries: ById<K, Entry<R>>,
    stored: usize,
}

/// A row in memory.
#[derive(Clone)]
pub(crate) struct Entry<R> {
    /// The row, or nothing if this turn removes it.
    pub row: Option<R>,
    /// Bytes that the row takes in the store, key included; 0 if it is not there.
    pub stored: usize,
    /// Whether the store does not know it as it is here.
    pub dirty: bool,
    /// The turn that used it last.
    pub used: u64,
}

/// An object in memory.
pub(crate) struct Slot {
    pub head: ObjectHead,
    pub form: Form,
    /// The references in the state as it was encoded last.
    pub edges: Vec<Edge>,
    /// The collections in it.
    pub collections: Vec<CollectionId>,
    /// Encoded after a method, not yet written.
    pub pending: Option<Payload>,
    pub stored: usize,
    pub dirty_head: bool,
    /// Whether a method may have changed the state since it was encoded last.
    pub dirty_state: bool,
    pub used: u64,
}

/// How an object is there.
pub(crate) enum Form {
    /// Not: its row must be read again.
    Absent,
    /// As bytes.
    Encoded(State),
    /// As a Rust value.
    Live(Box<dyn Object>),
    /// On the stack of the running turn.
    Running,
}

/// Objects by id, those only that were touched.
#[derive(Default)]
pub(crate) struct Slots {
    slots: ById<ObjectId, Slot>,
    weight: usize,
}

/// Deliveries as they were put down lately. The row of one is never changed, so what is here is what
/// the row says, as long as there is one.
#[derive(Default)]
pub(crate) struct Lately {
    rows: ById<DeliveryId, DeliveryRow>,
}

impl Lately {
    /// Keeps a delivery whose row takes `stored` bytes.
    pub(crate) fn keep(&mut self, id: DeliveryId, row: DeliveryRow, stored: usize) {
        if stored > LATELY_BYTES_MAX {
            return;
        }
        if self.rows.len() >= LATELY_MAX {
            self.rows.clear();
        }
        self.rows.insert(id, row);
    }

    pub(crate) fn get(&self, id: DeliveryId) -> Option<&DeliveryRow> {
        self.rows.get(id)
    }

    pub(crate) fn take(&mut self, id: DeliveryId) -> Option<DeliveryRow> {
        self.rows.remove(id)
    }
}

/// Memory that an entry takes beside its data, in bytes, roughly.
pub(crate) const ENTRY_OVERHEAD: usize = 160;

impl<K, R> Default for Table<K, R> {
    fn default() -> Self {
        Self { entries: ById::default(), stored: 0 }
    }
}

impl<K: Copy + Eq + Hash + Ord, R> Table<K, R> {
    pub(crate) fn get(&self, id: K) -> Option<&Entry<R>> {
        self.entries.get(id)
    }

    pub(crate) fn get_mut(&mut self, id: K) -> Option<&mut Entry<R>> {
        self.entries.get_mut(id)
    }

    pub(crate) fn insert(&mut self, id: K, entry: Entry<R>) {
        self.stored += entry.stored;
        if let Some(old) = self.entries.insert(id, entry) {
            self.stored = self.stored.saturating_sub(old.stored);
        }
    }

    pub(crate) fn remove(&mut self, id: K) {
        if let Some(old) = self.entries.remove(id) {
            self.stored = self.stored.saturating_sub(old.stored);
        }
    }

    pub(crate) fn set_stored(&mut self, id: K, stored: usize) {
        if let Some(entry) = self.entries.get_mut(id) {
            self.stored = self.stored.saturating_sub(entry.stored) + stored;
            entry.stored = stored;
        }
    }

    pub(crate) fn clear(&mut self) {
        self.entries.clear();
        self.stored = 0;
    }

    /// About how much memory the rows take.
    pub(crate) fn weight(&self) -> usize {
        self.entries.len() * ENTRY_OVERHEAD + self.stored
    }

    /// Ids with the turn of their last use and their weight.
    pub(crate) fn ages(&self) -> impl Iterator<Item = (u64, K, usize)> + '_ {
        self.entries.iter().map(|(id, e)| (e.used, id, ENTRY_OVERHEAD + e.stored))
    }
}

impl Slots {
    pub(crate) fn get(&self, id: ObjectId) -> Option<&Slot> {
        self.slots.get(id)
    }

    pub(crate) fn get_mut(&mut self, id: ObjectId) -> Option<&mut Slot> {
        self.slots.get_mut(id)
    }

    pub(crate) fn insert(&mut self, id: ObjectId, slot: Slot) {
        self.weight += slot.weight();
        if let Some(old) = self.slots.insert(id, slot) {
            self.weight = self.weight.saturating_sub(old.weight());
        }
    }

    pub(crate) fn remove(&mut self, id: ObjectId) -> Option<Slot> {
        let slot = self.slots.remove(id)?;
        self.weight = self.weight.saturating_sub(slot.weight());
        Some(slot)
    }

    pub(crate) fn set_stored(&mut self, id: ObjectId, stored: usize) {
        if let Some(slot) = self.slots.get_mut(id) {
            self.weight = self.weight.saturating_sub(slot.weight());
            slot.stored = stored;
            self.weight += slot.weight();
        }
    }

    pub(crate) fn weight(&self) -> usize {
        self.weight
    }

    /// Ids with the turn of their last use and their weight.
    pub(crate) fn ages(&self) -> impl Iterator<Item = (u64, ObjectId, usize)> + '_ {
        self.slots.iter().map(|(id, slot)| (slot.used, id, slot.weight()))
    }
}

impl Slot {
    /// About how much memory the object takes: decoded states are about twice their bytes.
    pub(crate) fn weight(&self) -> usize {
        ENTRY_OVERHEAD + self.stored * 3
    }
}
