//! Rows in memory, gone with the process.
//!
//! Keys of a host have the vat's number in their first four bytes and the table in the fifth. Rows
//! of one table lie together, so that a million objects make the search for a session's rows no
//! longer.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use bytes::Bytes;
use hogshead_objects::ids::CommitNumber;

use super::Store;
use crate::changes::Changes;
use crate::error::StoreError;

/// Rows in memory.
#[derive(Default)]
pub struct MemoryStore {
    state: RwLock<State>,
}

#[derive(Default)]
struct State {
    tables: Tables,
    /// The number of the last commit.
    newest: u64,
}

/// Rows by the byte of their keys at [`TABLE`], then by their keys.
#[derive(Default)]
struct Tables(BTreeMap<Option<u8>, Table>);

/// Keys are as small as they can be: of most rows they are half of all that there is.
type Table = BTreeMap<Box<[u8]>, Bytes>;

/// Where in a key its table is.
const TABLE: usize = 4;

impl MemoryStore {
    /// No rows, at commit zero.
    pub fn new() -> Self {
        Self::default()
    }

    fn state(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn state_mut(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Applies the changes of the next commit without copying them, and gives its number.
    pub(crate) fn take_in(&self, changes: Changes) -> CommitNumber {
        let mut state = self.state_mut();
        state.tables.set(changes);
        state.newest += 1;
        CommitNumber(state.newest)
    }

    /// The number of the last commit applied.
    pub(crate) fn newest(&self) -> CommitNumber {
        CommitNumber(self.state().newest)
    }
}

impl Store for MemoryStore {
    fn get(&self, key: &[u8]) -> Result<Option<Bytes>, StoreError> {
        let state = self.state();
        let table = state.tables.0.get(&key.get(TABLE).copied());
        Ok(table.and_then(|rows| rows.get(key)).cloned())
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
        Ok(self.state().tables.range(from, to, limit))
    }

    fn apply(&self, changes: &Changes, number: CommitNumber) -> Result<(), StoreError> {
        let mut state = self.state_mut();
        state.tables.set(changes.clone());
        state.newest = number.0;
        Ok(())
    }

    fn number(&self) -> Result<CommitNumber, StoreError> {
        Ok(self.newest())
    }

    fn flush(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

impl Tables {
    fn set(&mut self, changes: Changes) {
        for (key, value) in changes {
            let table = self.0.entry(key.get(TABLE).copied()).or_default();
            match value {
                // A key that nobody else has is taken over as it is.
                Some(value) => table.insert(Vec::from(key).into_boxed_slice(), value),
                None => table.remove(&key[..]),
            };
        }
    }

    fn range(&self, from: &[u8], to: Option<&[u8]>, limit: usize) -> Vec<(Bytes, Bytes)> {
        let bounds = (Bound::Included(from), to.map_or(Bound::Unbounded, Bound::Excluded));
        let within = |rows: &Table| -> Vec<_> {
            let rows = rows.range::<[u8], _>(bounds).take(limit);
            rows.map(|(key, value)| (Bytes::copy_from_slice(key), value.clone())).collect()
        };
        if is_of_one_table(from, to) {
            return self.0.get(&from.get(TABLE).copied()).map(within).unwrap_or_default();
        }
        let mut all: Vec<_> = self.0.values().flat_map(within).collect();
        all.sort_unstable_by(|one, other| one.0.cmp(&other.0));
        all.truncate(limit);
        all
    }
}

/// Whether all keys of a range begin as its first does, the table included.
fn is_of_one_table(from: &[u8], to: Option<&[u8]>) -> bool {
    let (Some(first), Some(to)) = (from.get(..=TABLE), to) else { return false };
    let next = || to.len() == first.len() && to[..TABLE] == first[..TABLE];
    to.starts_with(first) || next() && first[TABLE].checked_add(1) == Some(to[TABLE])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(bytes: &[u8]) -> Bytes {
        Bytes::copy_from_slice(bytes)
    }

    #[test]
    fn ranges_are_in_the_order_of_keys_whatever_tables_they_cross() {
        let store = MemoryStore::new();
        let mut flat = BTreeMap::new();
        for vat in 0..3 {
            for table in [0, 1, 0x20, 0xff] {
                for rest in [&[][..], &[0], &[7, 7], &[0xff]] {
                    flat.insert(key(&[&[0, 0, 0, vat, table], rest].concat()), Bytes::new());
                }
            }
        }
        flat.extend([&[][..], &[0], &[0, 0, 0, 1], &[9]].map(|short| (key(short), Bytes::new())));
        store.take_in(flat.iter().map(|(key, row)| (key.clone(), Some(row.clone()))).collect());

        let mut bounds: Vec<Bytes> = flat.keys().cloned().collect();
        bounds.extend([key(&[0, 0, 0, 1, 2]), key(&[0, 0, 0, 2]), key(&[0, 0, 1])]);
        for from in &bounds {
            assert_eq!(store.get(from).unwrap().is_some(), flat.contains_key(from));
            for to in bounds.iter().map(Some).chain([None]) {
                let wanted =
                    flat.keys().filter(|key| *key >= from && to.is_none_or(|to| *key < to));
                let wanted: Vec<_> = wanted.cloned().collect();
                for limit in [0, 1, 5, usize::MAX] {
                    let found = store.range(from, to.map(|to| &to[..]), limit).unwrap();
                    let found: Vec<_> = found.into_iter().map(|(key, _)| key).collect();
                    let wanted = &wanted[..wanted.len().min(limit)];
                    assert_eq!(found, wanted, "{from:?} to {to:?}, at most {limit}");
                }
            }
        }
        for from in &bounds {
            store.take_in([(from.clone(), None)].into());
        }
        assert_eq!(store.range(&[], None, usize::MAX).unwrap(), []);
    }
}
