//! Rows in memory, gone with the process.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{PoisonError, RwLock};

use bytes::Bytes;
use hogshead_objects::ids::CommitNumber;

use super::Store;
use crate::batch::Changes;
use crate::error::StoreError;

/// Rows in memory.
pub struct MemoryStore {
    state: RwLock<(BTreeMap<Bytes, Bytes>, CommitNumber)>,
}

impl MemoryStore {
    /// No rows, at commit zero.
    pub fn new() -> Self {
        Self { state: RwLock::new((BTreeMap::new(), CommitNumber(0))) }
    }

    /// Applies the changes of the next commit without copying them, and gives its number.
    pub(crate) fn take_in(&self, changes: Changes) -> CommitNumber {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        set(&mut state.0, changes);
        state.1.0 += 1;
        state.1
    }

    /// The number of the last commit applied.
    pub(crate) fn newest(&self) -> CommitNumber {
        self.state.read().unwrap_or_else(PoisonError::into_inner).1
    }
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self::new()
    }
}

impl Store for MemoryStore {
    fn get(&self, key: &[u8]) -> Result<Option<Bytes>, StoreError> {
        Ok(self.state.read().unwrap_or_else(PoisonError::into_inner).0.get(key).cloned())
    }

    fn range(
        &self,
        from: &[u8],
        to: Option<&[u8]>,
        limit: usize,
    ) -> Result<Vec<(Bytes, Bytes)>, StoreError> {
        if to.is_some_and(|to| from >= to) {
            return Ok(Vec::new());
        }
        let bounds = (Bound::Included(from), to.map_or(Bound::Unbounded, Bound::Excluded));
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        let rows = state.0.range::<[u8], _>(bounds).take(limit);
        Ok(rows.map(|(key, value)| (key.clone(), value.clone())).collect())
    }

    fn apply(&self, changes: &Changes, number: CommitNumber) -> Result<(), StoreError> {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        set(&mut state.0, changes.clone());
        state.1 = number;
        Ok(())
    }

    fn number(&self) -> Result<CommitNumber, StoreError> {
        Ok(self.newest())
    }

    fn flush(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

fn set(rows: &mut BTreeMap<Bytes, Bytes>, changes: Changes) {
    for (key, value) in changes {
        match value {
            Some(value) => rows.insert(key, value),
            None => rows.remove(&key),
        };
    }
}
