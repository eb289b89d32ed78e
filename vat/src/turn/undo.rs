//! Savepoints: what a failed call must not leave behind.

use hogshead_objects::ids::{FacetId, ImportId, ObjectId, PromiseId};
use hogshead_objects::object::State;
use hogshead_objects::records::Savepoint;

use super::Turn;
use crate::cache::{Entry, Form};
use crate::meter::Meter;
use crate::rows::{FacetRow, GrantRow, ImportRow, ObjectHead, PromiseRow};

/// How something was before it changed.
pub(super) enum Undo {
    /// An object's state: as these bytes, or as its row has it.
    State {
        id: ObjectId,
        before: Option<State>,
    },
    /// What is kept of an object beside its state.
    Head {
        id: ObjectId,
        before: ObjectHead,
        dirty: bool,
    },
    /// The object was not there.
    Spawned {
        id: ObjectId,
    },
    Facet {
        id: FacetId,
        before: Option<Entry<FacetRow>>,
    },
    Promise {
        id: PromiseId,
        before: Option<Entry<PromiseRow>>,
    },
    Import {
        id: ImportId,
        before: Option<Entry<ImportRow>>,
    },
    /// What was done with a facet.
    Grant {
        id: FacetId,
        before: Entry<GrantRow>,
    },
}

/// A moment of a turn to which it can be rolled back.
pub(super) struct Mark {
    overlay: Savepoint,
    undo: usize,
    deltas: usize,
    unsettled: usize,
    outgoing: usize,
    outgoing_edges: usize,
    device_calls: usize,
    ready: usize,
    meter: Meter,
}

impl Mark {
    /// How many changes were noted before.
    pub(super) fn undo(&self) -> usize {
        self.undo
    }
}

impl Turn<'_, '_> {
    pub(super) fn mark(&self) -> Mark {
        Mark {
            overlay: self.overlay.savepoint(),
            undo: self.undo.len(),
            deltas: self.deltas.len(),
            unsettled: self.waiting.len(),
            outgoing: self.outgoing.len(),
            outgoing_edges: self.outgoing_edges.len(),
            device_calls: self.device_calls.len(),
            ready: self.ready.len(),
            meter: self.vat.row.meter,
        }
    }

    /// Undoes everything since `mark`. Ids that were drawn stay drawn: no id is used twice.
    pub(super) fn roll_back(&mut self, mark: &Mark) {
        self.overlay.roll_back(mark.overlay);
        self.deltas.truncate(mark.deltas);
        self.waiting.truncate(mark.unsettled);
        self.outgoing.truncate(mark.outgoing);
        self.outgoing_edges.truncate(mark.outgoing_edges);
        self.device_calls.truncate(mark.device_calls);
        self.ready.truncate(mark.ready);
        self.settled.clear();
        self.vat.row.meter = mark.meter;
        while self.undo.len() > mark.undo {
            if let Some(undo) = self.undo.pop() {
                self.undo_one(undo);
            }
        }
    }

    /// Forgets how things were: no mark is left to which the turn could be rolled back.
    pub(super) fn leave_no_way_back(&mut self) {
        self.undo.clear();
        self.undoable = false;
        self.overlay.forget_savepoints();
    }

    fn undo_one(&mut self, undo: Undo) {
        match undo {
            Undo::State { id, before } => {
                if let Some(slot) = self.vat.objects.get_mut(id) {
                    slot.pending = None;
                    slot.dirty_state = before.is_some();
                    slot.form = before.map_or(Form::Absent, Form::Encoded);
                }
            }
            Undo::Head { id, before, dirty } => {
                if let Some(slot) = self.vat.objects.get_mut(id) {
                    slot.head = before;
                    slot.dirty_head = dirty;
                }
            }
            Undo::Spawned { id } => {
                self.vat.objects.remove(id);
            }
            Undo::Facet { id, before: Some(entry) } => self.vat.facets.insert(id, entry),
            Undo::Facet { id, before: None } => self.vat.facets.remove(id),
            Undo::Promise { id, before: Some(entry) } => self.vat.promises.insert(id, entry),
            Undo::Promise { id, before: None } => self.vat.promises.remove(id),
            Undo::Import { id, before: Some(entry) } => self.vat.imports.insert(id, entry),
            Undo::Import { id, before: None } => self.vat.imports.remove(id),
            Undo::Grant { id, before } => self.vat.grants.insert(id, before),
        }
    }

    /// Notes how an object's head is before it changes.
    pub(super) fn undo_head(&mut self, id: ObjectId) {
        if !self.undoable {
            return;
        }
        if let Some(slot) = self.vat.objects.get(id) {
            let (before, dirty) = (slot.head.clone(), slot.dirty_head);
            self.undo.push(Undo::Head { id, before, dirty });
        }
    }
}
