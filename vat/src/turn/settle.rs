//! The end of a turn's work: counts, freeing what nobody holds, writing what changed.

use std::collections::BTreeSet;

use hogshead_objects::error::{Class, Error, Result};
use hogshead_objects::heap::Outgoing;
use hogshead_objects::ids::{FacetId, ImportId, ObjectId, PromiseId};
use hogshead_objects::mutation::{self, Mutation};
use hogshead_objects::records::ReadRecords;

use super::Turn;
use super::failure::inside;
use super::fault::guarded;
use crate::cache::{Form, Slot};
use crate::error::VatError;
use crate::limits;
use crate::rows::{self, Edge, ObjectRow, Payload, PromiseState};
use crate::vat::Vat;

impl Turn<'_, '_> {
    /// Brings counts up to date and frees what nobody holds; may add outgoing. What comes and goes
    /// within a turn never becomes a row: rows are written when the turn closes, or when they are
    /// looked at.
    pub fn settle(&mut self) -> Result<(), VatError> {
        loop {
            self.encode_changed().map_err(VatError::Command)?;
            if self.deltas.is_empty() {
                break;
            }
            for edge in self.apply_deltas()? {
                match edge {
                    Edge::Facet(id) => self.free_facet(id)?,
                    Edge::Object(id) => self.free_object(id)?,
                    Edge::Promise(id) | Edge::Resolver(id) => self.free_promise(id)?,
                    Edge::Import(id) => self.free_import(id)?,
                }
            }
        }
        self.write_unsettled()
    }

    /// Encodes the objects whose methods may have changed them, and notes what they hold now.
    pub(super) fn encode_changed(&mut self) -> Result<()> {
        let mut ids = std::mem::take(&mut self.changed);
        ids.sort_unstable();
        ids.dedup();
        for id in ids {
            let Some(slot) = self.vat.objects.get_mut(id) else { continue };
            if !slot.dirty_state {
                continue;
            }
            let state = match &slot.form {
                Form::Live(object) => {
                    guarded(|| object.encode()).map_err(|error| inside("its state", &error))?
                }
                Form::Encoded(state) => state.clone(),
                Form::Absent | Form::Running => continue,
            };
            if state.bytes.len() > limits::STATE_BYTES_MAX {
                return Err(Error::new(
                    Class::Limit,
                    format!("an object's state would be over {} bytes", limits::STATE_BYTES_MAX),
                )
                .with_detail(format!("it would take {} bytes", state.bytes.len())));
            }
            let payload = Payload::from(state);
            self.keep_collections(id, &payload.collections)?;
            let Some(slot) = self.vat.objects.get_mut(id) else { continue };
            if payload.edges != slot.edges {
                self.deltas.extend(slot.edges.iter().map(|edge| (*edge, -1)));
                let forgotten = usize::from(mutation::has(Mutation::ForgetEdge));
                self.deltas.extend(payload.edges.iter().skip(forgotten).map(|edge| (*edge, 1)));
                slot.edges.clone_from(&payload.edges);
            }
            slot.pending = Some(payload);
            slot.dirty_state = false;
            self.touched.push(Edge::Object(id));
        }
        Ok(())
    }

    /// Applies the changes of counts; gives what may be held by nobody now.
    fn apply_deltas(&mut self) -> Result<Vec<Edge>, VatError> {
        let mut deltas = std::mem::take(&mut self.deltas);
        deltas.sort_unstable();
        let mut candidates = Vec::with_capacity(deltas.len());
        for same in deltas.chunk_by(|(one, _), (other, _)| one == other) {
            let Some((edge, _)) = same.first() else { continue };
            let change = same.iter().map(|(_, change)| change).sum();
            if change != 0 {
                self.adjust(*edge, change)?;
            }
            candidates.push(match *edge {
                Edge::Resolver(id) => Edge::Promise(id),
                edge => edge,
            });
        }
        candidates.sort_unstable();
        candidates.dedup();
        Ok(candidates)
    }

    fn adjust(&mut self, edge: Edge, change: i64) -> Result<(), VatError> {
        match edge {
            Edge::Facet(id) if self.load_facet(id)?.is_some() => {
                if let Some(row) = &mut self.modify_facet(id)?.row {
                    row.count = row.count.saturating_add_signed(change);
                }
            }
            Edge::Promise(id) if self.load_promise(id)?.is_some() => {
                if let Some(row) = &mut self.modify_promise(id)?.row {
                    row.count = row.count.saturating_add_signed(change);
                }
            }
            Edge::Resolver(id) if self.load_promise(id)?.is_some() => {
                if let Some(row) = &mut self.modify_promise(id)?.row {
                    row.resolvers = row.resolvers.saturating_add_signed(change);
                }
            }
            Edge::Import(id) if self.load_import(id)?.is_some() => {
                if let Some(row) = &mut self.modify_import(id)?.row {
                    row.count = row.count.saturating_add_signed(change);
                }
            }
            Edge::Object(id) => {
                if let Some(slot) = self.load_slot(id)? {
                    slot.head.count = slot.head.count.saturating_add_signed(change);
                    slot.dirty_head = true;
                    self.touched.push(edge);
                }
            }
            // What the collector has freed may still be mentioned by what it frees next.
            _ => {}
        }
        Ok(())
    }

    fn free_facet(&mut self, id: FacetId) -> Result<(), VatError> {
        if self.load_facet(id)?.is_some_and(|row| row.count == 0) {
            self.remove_facet(id)?;
        }
        Ok(())
    }

    pub(crate) fn remove_facet(&mut self, id: FacetId) -> Result<(), VatError> {
        let Some(row) = self.modify_facet(id)?.row.take() else { return Ok(()) };
        self.freed += 1;
        self.deltas.push((Edge::Object(row.object), -1));
        if row.is_grant() {
            self.remove_grant(id, row.parent)?;
        }
        if self.load_slot(row.object)?.is_some_and(|slot| slot.head.whole == Some(id)) {
            self.set_whole(row.object, None);
        }
        Ok(())
    }

    fn free_object(&mut self, id: ObjectId) -> Result<(), VatError> {
        if self.load_slot(id)?.is_some_and(|slot| slot.head.count == 0) && !Vat::is_steward(id) {
            self.remove_object(id)?;
        }
        Ok(())
    }

    pub(crate) fn remove_object(&mut self, id: ObjectId) -> Result<(), VatError> {
        if matches!(self.load_slot(id)?, Some(Slot { form: Form::Absent, .. })) {
            // What a failed turn left of it is not what its record holds.
            self.vat.objects.remove(id);
            self.load_slot(id)?;
        }
        let Some(slot) = self.vat.objects.remove(id) else { return Ok(()) };
        self.freed += 1;
        self.deltas.extend(slot.edges.iter().map(|edge| (*edge, -1)));
        for collection in &slot.collections {
            self.drop_collection(id, *collection)?;
        }
        if slot.head.priors > 0 {
            self.drop_priors(id)?;
        }
        if slot.stored > 0 {
            self.delete_row(rows::object_key(id), slot.stored);
        }
        Ok(())
    }

    /// Deletes the rows that an object had before its upgrades; gives how many there were.
    pub(super) fn drop_priors(&mut self, id: ObjectId) -> Result<u64, VatError> {
        let (from, to) = rows::prior_range(id);
        let mut dropped = 0;
        let mut collections = BTreeSet::new();
        for (key, bytes) in self.overlay.range(&from, &to, limits::PAGE_ROWS)? {
            let row: ObjectRow = rows::decode(&key, &bytes)?;
            self.deltas.extend(row.state.edges.iter().map(|edge| (*edge, -1)));
            self.delete_row(key.clone(), key.len() + bytes.len());
            collections.extend(row.state.collections);
            dropped += 1;
        }
        let has = |id| self.vat.objects.get(id).map(|slot| slot.collections.clone());
        let kept = has(id).unwrap_or_default();
        for collection in collections.into_iter().filter(|id| !kept.contains(id)) {
            self.drop_collection(id, collection)?;
        }
        Ok(dropped)
    }

    fn free_promise(&mut self, id: PromiseId) -> Result<(), VatError> {
        let Some(row) = self.load_promise(id)? else { return Ok(()) };
        let (readers, resolvers, far) = (row.count, row.resolvers, row.state.clone());
        if readers == 0
            && let Some(watch) = row.watch.clone()
        {
            self.stop_watching(id, &watch)?;
        }
        if readers == 0 {
            self.stop_notice(id)?;
        }
        match far {
            PromiseState::Far(far) if readers == 0 => {
                if let Some(row) = &mut self.modify_promise(id)?.row {
                    row.state = PromiseState::Dropped;
                }
                self.send_out(Outgoing::Drop { far });
            }
            PromiseState::Pending if resolvers == 0 && readers > 0 => {
                let why = Error::new(Class::Failed, "nobody is left who could resolve the promise");
                return self.settle_promise(id, Err(why));
            }
            _ => {}
        }
        if readers == 0 && resolvers == 0 {
            self.remove_promise(id)?;
        }
        Ok(())
    }

    pub(crate) fn remove_promise(&mut self, id: PromiseId) -> Result<(), VatError> {
        if let Some(row) = self.modify_promise(id)?.row.take() {
            self.freed += 1;
            self.deltas.extend(row.edges().iter().map(|edge| (*edge, -1)));
            if let PromiseState::Far(far) | PromiseState::Draining { far, .. } = row.state {
                self.send_out(Outgoing::Drop { far });
            }
        }
        Ok(())
    }

    fn free_import(&mut self, id: ImportId) -> Result<(), VatError> {
        if self.load_import(id)?.is_some_and(|row| row.count == 0) {
            self.remove_import(id)?;
        }
        Ok(())
    }

    pub(crate) fn remove_import(&mut self, id: ImportId) -> Result<(), VatError> {
        if let Some(row) = self.modify_import(id)?.row.take() {
            self.freed += 1;
            if row.severed.is_none() {
                self.send_out(Outgoing::Drop { far: row.far });
            }
        }
        Ok(())
    }

    /// Writes the objects and facets that this turn has changed: a method that fails falls back on
    /// the rows of objects, and one that lists facets walks theirs. Other rows are changed in memory
    /// and put back there.
    pub(super) fn write_what_methods_read(&mut self) -> Result<(), VatError> {
        let is_read = |edge: &Edge| matches!(edge, Edge::Object(_) | Edge::Facet(_));
        if !self.touched.iter().any(is_read) {
            return Ok(());
        }
        let touched = std::mem::take(&mut self.touched);
        let (read, others): (Vec<_>, Vec<_>) = touched.into_iter().partition(is_read);
        self.touched = read;
        self.write_rows()?;
        self.touched = others;
        Ok(())
    }

    /// Writes every row that differs from the overlay's, once.
    pub(crate) fn write_rows(&mut self) -> Result<(), VatError> {
        let mut touched = std::mem::take(&mut self.touched);
        touched.sort_unstable();
        touched.dedup();
        for edge in touched {
            match edge {
                Edge::Object(id) => self.write_object(id)?,
                Edge::Facet(id) => {
                    self.write_facet(id);
                    self.write_grant(id);
                }
                Edge::Promise(id) | Edge::Resolver(id) => self.write_promise(id),
                Edge::Import(id) => self.write_import(id),
            }
        }
        Ok(())
    }

    fn write_object(&mut self, id: ObjectId) -> Result<(), VatError> {
        let Some(slot) = self.vat.objects.get_mut(id) else { return Ok(()) };
        if slot.pending.is_none() && !slot.dirty_head {
            return Ok(());
        }
        slot.dirty_head = false;
        let (head, stored, pending) = (slot.head.clone(), slot.stored, slot.pending.take());
        let state = match pending {
            Some(state) => state,
            None => self.stored_state(id)?,
        };
        let secret = state.secret;
        let row = rows::encode(&ObjectRow { head, state }, secret);
        if stored > 0 && mutation::has(Mutation::ForgetChange) {
            return Ok(());
        }
        let stored = self.put_row(rows::object_key(id), row, stored);
        self.vat.objects.set_stored(id, stored);
        Ok(())
    }
}

/// Gives the function that writes a row of one table.
macro_rules! write_function {
    ($name:ident, $table:ident, $id:ty, $key:path, $secret:expr) => {
        impl Turn<'_, '_> {
            fn $name(&mut self, id: $id) {
                let Some(entry) = self.vat.$table.get_mut(id) else { return };
                if !std::mem::replace(&mut entry.dirty, false) {
                    return;
                }
                let stored = entry.stored;
                match &entry.row {
                    Some(row) => {
                        let row = rows::encode(row, $secret(row));
                        let stored = self.put_row($key(id), row, stored);
                        self.vat.$table.set_stored(id, stored);
                    }
                    None => {
                        self.vat.$table.remove(id);
                        if stored > 0 {
                            self.delete_row($key(id), stored);
                        }
                    }
                }
            }
        }
    };
}

write_function!(write_facet, facets, FacetId, rows::facet_key, |_| false);
write_function!(write_promise, promises, PromiseId, rows::promise_key, rows::PromiseRow::secret);
write_function!(write_grant, grants, FacetId, rows::grant_key, |_| false);
write_function!(write_import, imports, ImportId, rows::import_key, |_| false);
