//! The entries of an object's collections: read and written by its methods, let go when the object
//! or its collection is gone.
//!
//! ```text
//!   a method     ──▶ entry, put_entry, entries …   checked: the running object's own; budget; quota
//!   a new state  ──▶ keep_collections              which it has; none of another object's
//!   what is gone ──▶ sweep                         some at once, the rest by deliveries
//! ```
//!
//! Nothing of an entry stays in memory: rows go through the turn's overlay and are undone with it.

use std::collections::BTreeSet;

use bytes::Bytes;
use hogshead_objects::error::{Class, Error, Result};
use hogshead_objects::ids::{CollectionId, ObjectId};
use hogshead_objects::object::State;
use hogshead_objects::records::{ReadRecords, RecordsError};
use hogshead_objects::stored::{Entries, Span};

use super::Turn;
use super::undo::Undo;
use crate::error::VatError;
use crate::limits;
use crate::rows::{self, Action, Caller, DeliveryRow, ObjectRow, Payload, Sweep};
use crate::vat::Trigger;

/// What a turn has done with entries.
#[derive(Default)]
pub(super) struct EntriesUsed {
    /// Entries that methods have read and written.
    entries: usize,
    /// Their bytes.
    bytes: usize,
    /// Entries that were let go with what they belonged to.
    swept: usize,
    /// Their bytes.
    swept_bytes: usize,
    /// Collections that were made since their objects' states were written last.
    made: BTreeSet<(ObjectId, CollectionId)>,
}

impl Turn<'_, '_> {
    pub(super) fn make_collection(&mut self) -> Result<CollectionId> {
        let this = self.this;
        let id = CollectionId(self.vat.draw_id());
        self.entries_used.made.insert((this, id));
        // Also in a method that changes nothing, so that it is let go unless the state has it.
        if let Some(slot) = self.vat.objects.get_mut(this)
            && !std::mem::replace(&mut slot.dirty_state, true)
        {
            self.changed.push(this);
            self.undo.push(Undo::State { id: this, before: None });
        }
        Ok(id)
    }

    pub(super) fn read_entry(&mut self, of: CollectionId, key: &[u8]) -> Result<Option<State>> {
        let this = self.own(of)?;
        self.spend(1)?;
        let found = self.stored_entry(&rows::entry_key(this, of, key));
        match found.map_err(|trouble| self.visible(trouble))? {
            Some((entry, stored)) => {
                self.entries_used.bytes += stored;
                Ok(Some(entry.into()))
            }
            None => Ok(None),
        }
    }

    pub(super) fn write_entry(
        &mut self,
        of: CollectionId,
        key: &[u8],
        entry: State,
    ) -> Result<Option<State>> {
        let this = self.own(of)?;
        let key = rows::entry_key(this, of, key);
        let entry = Payload::from(entry);
        let row = rows::encode(&entry, entry.secret);
        let size = key.len() + row.bytes.len();
        self.spend(1)?;
        self.entries_used.bytes += size;
        let found = self.stored_entry(&key).map_err(|trouble| self.visible(trouble))?;
        let before = found.as_ref().map_or(0, |(_, stored)| *stored);
        let (quota, meter) = (self.vat.row.quota, self.vat.row.meter);
        if before == 0 {
            quota.admit_record(&meter)?;
        } else if size > before {
            quota.admit_bytes(&meter)?;
        }
        let old = found.map(|(old, _)| old);
        let edges = old.iter().flat_map(|old| &old.edges);
        self.deltas.extend(edges.map(|edge| (*edge, -1)));
        self.deltas.extend(entry.edges.iter().map(|edge| (*edge, 1)));
        self.put_row(key, row, before);
        Ok(old.map(State::from))
    }

    pub(super) fn delete_entry(&mut self, of: CollectionId, key: &[u8]) -> Result<Option<State>> {
        let this = self.own(of)?;
        self.spend(1)?;
        let key = rows::entry_key(this, of, key);
        let found = self.stored_entry(&key).map_err(|trouble| self.visible(trouble))?;
        let Some((old, stored)) = found else { return Ok(None) };
        self.deltas.extend(old.edges.iter().map(|edge| (*edge, -1)));
        self.delete_row(key, stored);
        Ok(Some(old.into()))
    }

    /// Reads a page: fewer entries than asked for if the turn may not read so many, or if they are
    /// large.
    pub(super) fn read_entries(
        &mut self,
        of: CollectionId,
        span: &Span,
        limit: usize,
    ) -> Result<Entries> {
        let this = self.own(of)?;
        self.spend(1)?;
        let left = limits::TURN_ENTRIES_MAX - self.entries_used.entries;
        let limit = limit.min(left + 1);
        let mut range = rows::entry_range(this, of, span);
        let mut found = Vec::new();
        let mut size = 0;
        loop {
            let used = self.entries_used.bytes + size;
            let full = found.len() >= limit
                || size >= limits::PAGE_ENTRY_BYTES_MAX
                || used >= limits::TURN_ENTRY_BYTES_MAX;
            // One more than there may be says whether there are more.
            let asked = if full { 1 } else { (limit - found.len()).min(limits::ENTRIES_A_READ) };
            let read = self.overlay.range(&range.0, &range.1, asked);
            let read = read.map_err(|trouble| self.visible(trouble.into()))?;
            if full || read.is_empty() {
                self.entries_used.entries += found.len().saturating_sub(1);
                self.entries_used.bytes = used;
                return Ok(Entries { found, more: full && !read.is_empty() });
            }
            for (key, bytes) in read {
                let entry = decode(&key, &bytes).map_err(|trouble| self.visible(trouble))?;
                size += key.len() + bytes.len();
                range.0 = just_behind(&key);
                found.push((rows::key_of_entry(&key), State::from(entry)));
            }
        }
    }

    pub(super) fn read_last_entry(&mut self, of: CollectionId) -> Result<Option<(Bytes, State)>> {
        let this = self.own(of)?;
        let (from, to) = rows::entry_range(this, of, &Span::default());
        let mut reads = 0;
        let last = last_in(&*self.overlay, from, &to, &mut reads);
        self.spend(reads)?;
        let last = last.map_err(|trouble| self.visible(trouble.into()))?;
        let Some((key, bytes)) = last else { return Ok(None) };
        self.entries_used.bytes += key.len() + bytes.len();
        let entry = decode(&key, &bytes).map_err(|trouble| self.visible(trouble))?;
        Ok(Some((rows::key_of_entry(&key), entry.into())))
    }

    pub(super) fn drop_entries(&mut self, of: CollectionId, before: &[u8]) -> Result<()> {
        let object = self.own(of)?;
        let before = Some(before.to_vec().into());
        let sweep = Sweep { object, collection: of, before };
        self.sweep(sweep).map_err(|trouble| self.visible(trouble))
    }

    /// The running object, if the collection is its own.
    fn own(&self, collection: CollectionId) -> Result<ObjectId> {
        let this = self.this;
        let slot = self.vat.objects.get(this);
        let owned = slot.is_some_and(|slot| slot.collections.contains(&collection))
            || self.entries_used.made.contains(&(this, collection));
        if owned { Ok(this) } else { Err(foreign()) }
    }

    /// Counts what the turn does with entries, or refuses more of it. Bytes are added afterwards:
    /// the last that are allowed may be one read too many.
    fn spend(&mut self, entries: usize) -> Result<()> {
        let used = &mut self.entries_used;
        let entries = used.entries.saturating_add(entries);
        if entries > limits::TURN_ENTRIES_MAX || used.bytes >= limits::TURN_ENTRY_BYTES_MAX {
            let (max, mib) = (limits::TURN_ENTRIES_MAX, limits::TURN_ENTRY_BYTES_MAX >> 20);
            let why = format!(
                "a turn reads and writes at most {max} entries of collections, of {mib} MiB \
                 together; go on in a next turn, with the range's cursor"
            );
            return Err(Error::new(Class::Limit, why));
        }
        used.entries = entries;
        Ok(())
    }

    fn stored_entry(&self, key: &[u8]) -> Result<Option<(Payload, usize)>, VatError> {
        match self.overlay.get(key)? {
            Some(bytes) => Ok(Some((decode(key, &bytes)?, key.len() + bytes.len()))),
            None => Ok(None),
        }
    }

    /// Notes the collections of an object's new state, and lets those go that it has no more. One
    /// that a record from before an upgrade has is kept until the upgrade is confirmed.
    pub(super) fn keep_collections(&mut self, id: ObjectId, now: &[CollectionId]) -> Result<()> {
        let Some(slot) = self.vat.objects.get(id) else { return Ok(()) };
        let made: Vec<_> = self.entries_used.made.range(of_object(id)).copied().collect();
        if made.is_empty() && slot.collections == now {
            return Ok(());
        }
        let before: BTreeSet<_> =
            slot.collections.iter().copied().chain(made.iter().map(|(_, id)| *id)).collect();
        let after: BTreeSet<_> = now.iter().copied().collect();
        if after.len() < now.len() {
            return Err(Error::bad_call("a state has the same collection twice"));
        }
        if !after.is_subset(&before) {
            return Err(foreign());
        }
        let priors = slot.head.priors > 0;
        if let Some(slot) = self.vat.objects.get_mut(id) {
            slot.collections = now.to_vec();
        }
        for made in &made {
            self.entries_used.made.remove(made);
        }
        let gone: Vec<_> = before.difference(&after).copied().collect();
        if gone.is_empty() {
            return Ok(());
        }
        let kept = if priors { self.in_priors(id) } else { Ok(BTreeSet::new()) };
        let kept = kept.map_err(|trouble| self.visible(trouble))?;
        for collection in gone.into_iter().filter(|gone| !kept.contains(gone)) {
            self.drop_collection(id, collection).map_err(|trouble| self.visible(trouble))?;
        }
        Ok(())
    }

    /// What a method made, sent and used before this one is none of its business. What is let go is
    /// limited for the turn as a whole: it costs whoever waits for the turn.
    pub(super) fn begin_limits(&mut self) {
        (self.sends, self.spawns) = (0, 0);
        let used = std::mem::take(&mut self.entries_used);
        let (swept, swept_bytes) = (used.swept, used.swept_bytes);
        self.entries_used = EntriesUsed { swept, swept_bytes, ..EntriesUsed::default() };
    }

    fn in_priors(&self, id: ObjectId) -> Result<BTreeSet<CollectionId>, VatError> {
        let (from, to) = rows::prior_range(id);
        let mut found = BTreeSet::new();
        for (key, bytes) in self.overlay.range(&from, &to, limits::PAGE_ROWS)? {
            found.extend(rows::decode::<ObjectRow>(&key, &bytes)?.state.collections);
        }
        Ok(found)
    }

    /// Lets the entries of a collection go that nobody has any more.
    pub(super) fn drop_collection(
        &mut self,
        object: ObjectId,
        collection: CollectionId,
    ) -> Result<(), VatError> {
        self.sweep(Sweep { object, collection, before: None })
    }

    /// Lets entries go: as many as a turn may at once, and the rest by a delivery, which does the
    /// same.
    pub(super) fn sweep(&mut self, sweep: Sweep) -> Result<(), VatError> {
        let span =
            Span { from: Bytes::new(), to: sweep.before.clone().map(|b| b.into_vec().into()) };
        let (mut from, to) = rows::entry_range(sweep.object, sweep.collection, &span);
        loop {
            let read = self.overlay.range(&from, &to, limits::ENTRIES_A_READ)?;
            let Some((last, _)) = read.last() else { return Ok(()) };
            let full = self.entries_used.swept >= limits::TURN_SWEPT_MAX
                || self.entries_used.swept_bytes >= limits::TURN_SWEPT_BYTES_MAX;
            if full {
                let (action, turn) = (Action::Sweep(sweep), self.number());
                let born = self.vat.row.next_id;
                let (answer, cause, session) = (None, None, None);
                let caller = Caller::Own;
                let row = DeliveryRow { action, answer, born, turn, cause, session, caller };
                return self.put_delivery(Trigger::Now, row).map(drop);
            }
            from = just_behind(last);
            for (key, bytes) in read {
                let entry = decode(&key, &bytes)?;
                self.deltas.extend(entry.edges.iter().map(|edge| (*edge, -1)));
                let stored = key.len() + bytes.len();
                self.delete_row(key, stored);
                self.entries_used.swept += 1;
                self.entries_used.swept_bytes += stored;
            }
        }
    }

    /// Whether these objects have more entries than one turn lets go.
    pub(crate) fn too_many_entries(
        &self,
        objects: impl Iterator<Item = ObjectId>,
    ) -> Result<bool, VatError> {
        let (mut entries, mut bytes) = (self.entries_used.swept, self.entries_used.swept_bytes);
        for object in objects {
            let (mut from, to) = rows::entries_of(object);
            loop {
                let read = self.overlay.range(&from, &to, limits::ENTRIES_A_READ)?;
                let Some((last, _)) = read.last() else { break };
                from = just_behind(last);
                entries += read.len();
                bytes += read.iter().map(|(key, row)| key.len() + row.len()).sum::<usize>();
                if entries > limits::TURN_SWEPT_MAX || bytes > limits::TURN_SWEPT_BYTES_MAX {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Lets all entries of an object go, though it is still there.
    pub(crate) fn empty_object(&mut self, id: ObjectId) -> Result<(), VatError> {
        let collections = self.load_slot(id)?.map(|slot| slot.collections.clone());
        for collection in collections.unwrap_or_default() {
            self.drop_collection(id, collection)?;
        }
        Ok(())
    }
}

/// The last row of a range, found by bisection of each octet of its key; `reads` counts.
fn last_in(
    records: &dyn ReadRecords,
    from: Bytes,
    to: &Bytes,
    reads: &mut usize,
) -> Result<Option<(Bytes, Bytes)>, RecordsError> {
    let mut first = |from: &[u8]| {
        *reads += 1;
        Ok::<_, RecordsError>(records.range(from, to, 1)?.pop())
    };
    let mut place = from.len();
    let Some(mut last) = first(&from)? else { return Ok(None) };
    loop {
        let Some(next) = first(&just_behind(&last.0))? else { return Ok(Some(last)) };
        last = next;
        // The largest octet at this place that some key reaches.
        let (mut low, mut high) = (octet(&last.0, place), 256);
        while high - low > 1 {
            let middle = (low + high) / 2;
            let mut probe = last.0.get(..place).unwrap_or(&last.0).to_vec();
            probe.push(u8::try_from(middle).unwrap_or(u8::MAX));
            match first(&probe)? {
                Some(found) => {
                    low = octet(&found.0, place).max(middle);
                    last = found;
                }
                None => high = middle,
            }
        }
        place += 1;
    }
}

fn octet(key: &[u8], place: usize) -> u16 {
    key.get(place).copied().map_or(0, u16::from)
}

fn of_object(id: ObjectId) -> std::ops::RangeInclusive<(ObjectId, CollectionId)> {
    (id, CollectionId(0))..=(id, CollectionId(u64::MAX))
}

fn just_behind(key: &[u8]) -> Bytes {
    [key, &[0]].concat().into()
}

fn decode(key: &[u8], bytes: &[u8]) -> Result<Payload, VatError> {
    rows::decode(key, bytes)
}

fn foreign() -> Error {
    Error::bad_call("the collection is another object's; its entries stay with that one")
}
