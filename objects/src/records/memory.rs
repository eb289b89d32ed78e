//! Rows in memory.

use std::collections::BTreeMap;
use std::ops::Bound;

use super::{ReadRecords, Records, RecordsError, Row};
use bytes::Bytes;

/// Rows in memory and nothing else: of a client, whose heap dies with it, and of tests.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct MemoryRecords {
    rows: BTreeMap<Bytes, Row>,
}

impl MemoryRecords {
    /// Takes in the changes of a turn, as [`Overlay::into_changes`](super::Overlay::into_changes)
    /// gives them.
    pub fn apply(&mut self, changes: BTreeMap<Bytes, Option<Row>>) {
        for (key, change) in changes {
            match change {
                Some(row) => self.put(key, row),
                None => self.delete(key),
            }
        }
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is a row under `key` that is sealed at rest.
    pub fn is_secret(&self, key: &[u8]) -> bool {
        self.rows.get(key).is_some_and(|row| row.secret)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl ReadRecords for MemoryRecords {
    fn get(&self, key: &[u8]) -> Result<Option<Bytes>, RecordsError> {
        Ok(self.rows.get(key).map(|row| row.bytes.clone()))
    }

    fn range(
        &self,
        from: &[u8],
        to: &[u8],
        limit: usize,
    ) -> Result<Vec<(Bytes, Bytes)>, RecordsError> {
        if from >= to {
            return Ok(Vec::new());
        }
        let rows = self.rows.range::<[u8], _>((Bound::Included(from), Bound::Excluded(to)));
        Ok(rows.take(limit).map(|(key, row)| (key.clone(), row.bytes.clone())).collect())
    }
}

impl Records for MemoryRecords {
    fn put(&mut self, key: Bytes, row: Row) {
        self.rows.insert(key, row);
    }

    fn delete(&mut self, key: Bytes) {
        self.rows.remove(&key);
    }
}
