//! A set with a record an entry.

use std::ops::RangeBounds;

use serde::{Deserialize, Serialize};

use super::{Cursor, Page, StoredKey, StoredMap};
use crate::context::Context;
use crate::error::Result;

/// An ordered set in an object's state that keeps a record an entry: a [`StoredMap`] without
/// values.
#[derive(Serialize, Deserialize, Debug)]
#[serde(transparent, bound = "")]
pub struct StoredSet<K: StoredKey> {
    map: StoredMap<K, ()>,
}

impl<K: StoredKey> StoredSet<K> {
    /// A set without entries.
    pub const fn new() -> Self {
        Self { map: StoredMap::new() }
    }

    /// The number of entries.
    pub fn len(&self) -> u64 {
        self.map.len()
    }

    /// Whether it has no entries.
    pub fn is_empty(&self) -> bool {
        self.map.is_empty()
    }

    /// Whether a key is in it.
    pub fn contains(&self, cx: &mut Context<'_>, key: &K) -> Result<bool> {
        self.map.contains(cx, key)
    }

    /// Puts a key in; `false` if it was in it. See [`StoredMap::insert`] for the limits.
    pub fn insert(&mut self, cx: &mut Context<'_>, key: K) -> Result<bool> {
        Ok(self.map.insert(cx, key, ())?.is_none())
    }

    /// Takes a key out; `false` if it was not in it.
    pub fn remove(&mut self, cx: &mut Context<'_>, key: &K) -> Result<bool> {
        Ok(self.map.remove(cx, key)?.is_some())
    }

    /// The keys in `range`, in order, at most `limit` and
    /// [`PAGE_ENTRIES_MAX`](crate::limits::PAGE_ENTRIES_MAX) of them.
    pub fn range(
        &self,
        cx: &mut Context<'_>,
        range: impl RangeBounds<K>,
        limit: usize,
    ) -> Result<Page<K>> {
        self.map.range(cx, range, limit).map(keys)
    }

    /// Goes on behind a cursor with the keys of `range`.
    pub fn resume(
        &self,
        cx: &mut Context<'_>,
        range: impl RangeBounds<K>,
        cursor: &Cursor,
        limit: usize,
    ) -> Result<Page<K>> {
        self.map.resume(cx, range, cursor, limit).map(keys)
    }

    /// The smallest key.
    pub fn first(&self, cx: &mut Context<'_>) -> Result<Option<K>> {
        Ok(self.map.first(cx)?.map(|(key, ())| key))
    }

    /// The largest key. It is looked for, in a few reads for each of its bytes.
    pub fn last(&self, cx: &mut Context<'_>) -> Result<Option<K>> {
        Ok(self.map.last(cx)?.map(|(key, ())| key))
    }

    /// Drops all entries, however many: their records go by and by.
    pub fn clear(&mut self) {
        self.map.clear();
    }
}

impl<K: StoredKey> Default for StoredSet<K> {
    fn default() -> Self {
        Self::new()
    }
}

fn keys<K>(page: Page<(K, ())>) -> Page<K> {
    let entries = page.entries.into_iter().map(|(key, ())| key).collect();
    Page { entries, next: page.next }
}
