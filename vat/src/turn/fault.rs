//! Rows and objects into memory, and objects of older versions up to today's.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hogshead_objects::error::{Class, Error, Result};
use hogshead_objects::ids::{FacetId, ImportId, ObjectId, PromiseId};
use hogshead_objects::message::Message;
use hogshead_objects::object::{Kind, State};
use hogshead_objects::records::{ReadRecords, Records};

use super::Turn;
use super::failure::{inside, panic_text};
use super::undo::Undo;
use crate::cache::{Entry, Form, Slot};
use crate::error::VatError;
use crate::rows::{self, Edge, FacetRow, ImportRow, ObjectRow, Payload, PromiseRow};

/// Gives the functions that load, make and change the rows of one table.
macro_rules! table_functions {
    ($table:ident, $id:ty, $row:ty, $undo:ident, $edge:ident, $key:path,
     $load:ident, $create:ident, $modify:ident) => {
        /// The row, read if it is not warm.
        pub(super) fn $load(&mut self, id: $id) -> Result<Option<&$row>, VatError> {
            if self.vat.$table.get(id).is_none() {
                let key = $key(id);
                let Some(bytes) = self.overlay.get(&key)? else { return Ok(None) };
                let row = Some(rows::decode(&key, &bytes)?);
                let (stored, used) = (key.len() + bytes.len(), self.vat.clock);
                self.vat.$table.insert(id, Entry { row, stored, dirty: false, used });
            }
            let clock = self.vat.clock;
            Ok(self.vat.$table.get_mut(id).and_then(|entry| {
                entry.used = clock;
                entry.row.as_ref()
            }))
        }

        /// Adds a row, held by nobody yet.
        pub(super) fn $create(&mut self, row: $row) -> $id {
            let id = <$id>::from(Drawn(self.vat.draw_id()));
            if self.undoable {
                self.undo.push(Undo::$undo { id, before: None });
            }
            let used = self.vat.clock;
            self.vat.$table.insert(id, Entry { row: Some(row), stored: 0, dirty: true, used });
            self.touched.push(Edge::$edge(id));
            self.deltas.push((Edge::$edge(id), 0));
            id
        }

        /// The row, to be changed; it must be there.
        pub(super) fn $modify(&mut self, id: $id) -> Result<&mut Entry<$row>, VatError> {
            self.$load(id)?;
            let Some(entry) = self.vat.$table.get_mut(id) else {
                return Err(rows::damaged(&$key(id), "it is not there".into()).into());
            };
            if self.undoable {
                self.undo.push(Undo::$undo { id, before: Some(entry.clone()) });
            }
            if !std::mem::replace(&mut entry.dirty, true) {
                self.touched.push(Edge::$edge(id));
            }
            Ok(entry)
        }
    };
}

/// A number just drawn from the vat's counter.
struct Drawn(u64);

macro_rules! from_drawn {
    ($($id:ident),*) => {
        $(impl From<Drawn> for $id {
            fn from(drawn: Drawn) -> Self {
                Self(drawn.0)
            }
        })*
    };
}

from_drawn!(FacetId, PromiseId, ImportId);

impl Turn<'_, '_> {
    table_functions!(
        facets,
        FacetId,
        FacetRow,
        Facet,
        Facet,
        rows::facet_key,
        load_facet,
        create_facet_row,
        modify_facet
    );
    table_functions!(
        promises,
        PromiseId,
        PromiseRow,
        Promise,
        Promise,
        rows::promise_key,
        load_promise,
        create_promise_row,
        modify_promise
    );
    table_functions!(
        imports,
        ImportId,
        ImportRow,
        Import,
        Import,
        rows::import_key,
        load_import,
        create_import_row,
        modify_import
    );

    /// The object's slot, its row read if it is not warm.
    pub(crate) fn load_slot(&mut self, id: ObjectId) -> Result<Option<&mut Slot>, VatError> {
        if self.vat.objects.get(id).is_none() {
            let key = rows::object_key(id);
            let Some(bytes) = self.overlay.get(&key)? else { return Ok(None) };
            let row: ObjectRow = rows::decode(&key, &bytes)?;
            let slot = Slot {
                head: row.head,
                edges: row.state.edges.clone(),
                collections: row.state.collections.clone(),
                form: Form::Encoded(State::from(row.state)),
                pending: None,
                stored: key.len() + bytes.len(),
                dirty_head: false,
                dirty_state: false,
                used: self.vat.clock,
            };
            self.vat.objects.insert(id, slot);
        }
        let clock = self.vat.clock;
        let Some(slot) = self.vat.objects.get_mut(id) else { return Ok(None) };
        slot.used = clock;
        Ok(Some(slot))
    }

    /// The state in an object's row.
    pub(super) fn stored_state(&self, id: ObjectId) -> Result<Payload, VatError> {
        let key = rows::object_key(id);
        match self.overlay.get(&key)? {
            Some(bytes) => Ok(rows::decode::<ObjectRow>(&key, &bytes)?.state),
            None => Err(rows::damaged(&key, "it is not there".into()).into()),
        }
    }

    /// Brings an object to life: reads it, upgrades it, decodes it. The inner error says why its
    /// delivery must be parked.
    pub(super) fn enliven(&mut self, id: ObjectId) -> Result<Result<()>, VatError> {
        let Some(slot) = self.load_slot(id)? else {
            return Ok(Err(Error::new(Class::NotFound, "there is no such object")));
        };
        if matches!(slot.form, Form::Live(_) | Form::Running) {
            return Ok(Ok(()));
        }
        let (name, version) = (slot.head.kind.clone(), slot.head.version);
        if matches!(slot.form, Form::Absent) {
            let state = self.stored_state(id)?;
            if let Some(slot) = self.load_slot(id)? {
                slot.edges.clone_from(&state.edges);
                slot.collections.clone_from(&state.collections);
                slot.form = Form::Encoded(State::from(state));
            }
        }
        let Some(kind) = self.registry.kind(&name) else {
            return Ok(Err(park(format!("this host knows no kind of object named {name}"))));
        };
        if version > kind.version {
            return Ok(Err(park(format!(
                "the object has version {version} of {name}, and this host knows up to {}",
                kind.version
            ))));
        }
        if version == kind.version {
            return self.decode(id, kind);
        }
        // An upgrade to a state that cannot be read must leave no trace.
        let mark = self.mark();
        let outer = std::mem::replace(&mut self.undoable, true);
        let outcome = match self.upgrade(id, kind)? {
            Ok(()) => self.decode(id, kind)?,
            Err(cause) => Err(cause),
        };
        if outcome.is_err() {
            self.roll_back(&mark);
        }
        if !outer {
            self.leave_no_way_back();
        }
        Ok(outcome)
    }

    fn decode(&mut self, id: ObjectId, kind: &'static Kind) -> Result<Result<()>, VatError> {
        let Some(slot) = self.load_slot(id)? else { return Ok(Ok(())) };
        let Form::Encoded(state) = &slot.form else { return Ok(Ok(())) };
        match guarded(|| (kind.decode)(state)) {
            Ok(object) => {
                slot.form = Form::Live(object);
                Ok(Ok(()))
            }
            Err(error) => Ok(Err(park(format!(
                "the state of this {} cannot be read: {}",
                kind.name,
                error.message()
            )))),
        }
    }

    /// Brings an object's state up to the version that the host knows, a step at a time. The row
    /// that it had is kept until the owner confirms the upgrade.
    fn upgrade(&mut self, id: ObjectId, kind: &'static Kind) -> Result<Result<()>, VatError> {
        let Some(slot) = self.load_slot(id)? else { return Ok(Ok(())) };
        let Form::Encoded(before) = &slot.form else { return Ok(Ok(())) };
        let mut state = before.clone();
        let old = slot.head.version;
        for version in old..kind.version {
            let Some(step) = kind.upgrades.iter().find(|step| step.from == version) else {
                return Ok(Err(park(format!(
                    "there is no upgrade of {} from version {version}",
                    kind.name
                ))));
            };
            match guarded(|| (step.state)(state)) {
                Ok(next) => state = next,
                Err(error) => {
                    return Ok(Err(park(format!(
                        "the upgrade of {} from version {version} failed: {}",
                        kind.name,
                        error.message()
                    ))));
                }
            }
        }
        self.keep_prior(id, old)?;
        self.undo_head(id);
        if self.undoable {
            self.undo.push(Undo::State { id, before: None });
        }
        self.touched.push(Edge::Object(id));
        self.changed.push(id);
        if let Some(slot) = self.vat.objects.get_mut(id) {
            slot.head.version = kind.version;
            slot.head.priors += 1;
            slot.dirty_head = true;
            slot.dirty_state = true;
            slot.form = Form::Encoded(state);
        }
        Ok(Ok(()))
    }

    fn keep_prior(&mut self, id: ObjectId, version: u32) -> Result<(), VatError> {
        let Some(bytes) = self.overlay.get(&rows::object_key(id))? else { return Ok(()) };
        let row: ObjectRow = rows::decode(&rows::object_key(id), &bytes)?;
        for edge in &row.state.edges {
            self.deltas.push((*edge, 1));
        }
        let row = rows::encode(&row, row.state.secret);
        self.put_row(rows::prior_key(id, version), row, 0);
        Ok(())
    }

    /// Brings a message that was sent to an older version up to the one that the host knows.
    pub(super) fn upgrade_message(
        &self,
        kind: &'static Kind,
        born: u64,
        mut message: Message,
    ) -> Result<Message> {
        if kind.version == 1 {
            return Ok(message);
        }
        let steps =
            self.vat.row.kinds.iter().filter(|(n, _, since)| n == kind.name && *since <= born);
        let from = steps.map(|(_, version, _)| *version).max().unwrap_or(1);
        for step in (from..kind.version)
            .filter_map(|version| kind.upgrades.iter().find(|step| step.from == version))
        {
            message = guarded(|| (step.message)(message))
                .map_err(|error| inside("the upgrade of a message", &error))?;
        }
        Ok(message)
    }

    /// Puts a row of the heap and meters it; `before` is what it took until now.
    pub(super) fn put_row(
        &mut self,
        key: bytes::Bytes,
        row: hogshead_objects::records::Row,
        before: usize,
    ) -> usize {
        let meter = &mut self.vat.row.meter;
        let stored = key.len() + row.bytes.len();
        meter.records += u64::from(before == 0);
        meter.bytes = meter.bytes.saturating_sub(before as u64) + stored as u64;
        self.overlay.put(key, row);
        stored
    }

    /// Removes a row of the heap that took `before` bytes.
    pub(super) fn delete_row(&mut self, key: bytes::Bytes, before: usize) {
        let meter = &mut self.vat.row.meter;
        meter.records = meter.records.saturating_sub(1);
        meter.bytes = meter.bytes.saturating_sub(before as u64);
        self.overlay.delete(key);
    }
}

/// Runs application code that is no method: a panic in it is an error, whose text is for the owner
/// and for [`inside`].
pub(super) fn guarded<T>(run: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(run))
        .unwrap_or_else(|panic| Err(Error::new(Class::Failed, panic_text(&*panic))))
}

fn park(cause: String) -> Error {
    Error::new(Class::Parked, cause)
}
