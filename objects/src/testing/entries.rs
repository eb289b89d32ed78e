//! Collections on the bench.

use std::collections::BTreeSet;
use std::ops::Bound;

use bytes::Bytes;

use super::world::Tables;
use crate::error::{Error, Result};
use crate::ids::{CollectionId, ObjectId};
use crate::object::State;
use crate::stored::{Entries, Span};

impl Tables {
    pub(super) fn new_collection(&mut self, owner: ObjectId) -> CollectionId {
        self.last_id += 1;
        let id = CollectionId(self.last_id);
        self.collections.insert(id, owner);
        id
    }

    pub(super) fn entry(
        &self,
        owner: ObjectId,
        of: CollectionId,
        key: &[u8],
    ) -> Result<Option<State>> {
        self.own(owner, of)?;
        Ok(self.entries.get(&(of, Bytes::copy_from_slice(key))).cloned())
    }

    pub(super) fn put_entry(
        &mut self,
        owner: ObjectId,
        of: CollectionId,
        key: &[u8],
        entry: State,
    ) -> Result<Option<State>> {
        self.own(owner, of)?;
        Ok(self.entries.insert((of, Bytes::copy_from_slice(key)), entry))
    }

    pub(super) fn remove_entry(
        &mut self,
        owner: ObjectId,
        of: CollectionId,
        key: &[u8],
    ) -> Result<Option<State>> {
        self.own(owner, of)?;
        Ok(self.entries.remove(&(of, Bytes::copy_from_slice(key))))
    }

    pub(super) fn entries_in(
        &self,
        owner: ObjectId,
        of: CollectionId,
        span: &Span,
        limit: usize,
    ) -> Result<Entries> {
        self.own(owner, of)?;
        let from = (of, span.from.clone());
        let to = span.to.clone().map_or((CollectionId(of.0 + 1), Bytes::new()), |to| (of, to));
        if from >= to {
            return Ok(Entries::default());
        }
        let mut rest = self.entries.range((Bound::Included(from), Bound::Excluded(to)));
        let found = rest.by_ref().take(limit).map(|((_, key), entry)| (key.clone(), entry.clone()));
        let found = found.collect();
        Ok(Entries { found, more: rest.next().is_some() })
    }

    pub(super) fn last_entry(
        &self,
        owner: ObjectId,
        of: CollectionId,
    ) -> Result<Option<(Bytes, State)>> {
        Ok(self.entries_in(owner, of, &Span::default(), usize::MAX)?.found.pop())
    }

    pub(super) fn drop_entries_before(
        &mut self,
        owner: ObjectId,
        of: CollectionId,
        key: &[u8],
    ) -> Result<()> {
        self.own(owner, of)?;
        self.entries.retain(|(id, other), _| *id != of || other.as_ref() >= key);
        Ok(())
    }

    /// Checks that a state has no collections but its object's own, each once, and drops those that
    /// it has no more.
    pub(super) fn keep_collections(&mut self, owner: ObjectId, state: &State) -> Result<()> {
        let mut kept = BTreeSet::new();
        for id in &state.collections {
            self.own(owner, *id)?;
            if !kept.insert(*id) {
                return Err(Error::bad_call("a state has the same collection twice"));
            }
        }
        self.collections.retain(|id, of| *of != owner || kept.contains(id));
        let collections = &self.collections;
        self.entries.retain(|(id, _), _| collections.contains_key(id));
        Ok(())
    }

    fn own(&self, owner: ObjectId, of: CollectionId) -> Result<()> {
        if self.collections.get(&of) == Some(&owner) {
            return Ok(());
        }
        Err(Error::bad_call("the collection is another object's; its entries stay with that one"))
    }
}
