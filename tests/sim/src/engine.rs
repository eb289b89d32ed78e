//! A checkpoint that loses what was not flushed, as engines do when the power goes.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use hogshead_objects::ids::CommitNumber;
use hogshead_store::{Changes, Store, StoreError};

use crate::random::Random;

/// A checkpoint in memory. Clones share it.
#[derive(Clone, Default)]
pub struct SimEngine(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    now: Rows,
    flushed: Rows,
    /// What was applied since the last flush, in order.
    since: Vec<(Changes, CommitNumber)>,
}

#[derive(Clone, Default)]
struct Rows {
    rows: BTreeMap<Bytes, Bytes>,
    number: Option<CommitNumber>,
}

impl SimEngine {
    /// What a crash leaves: all that was flushed, and some of the rest, in order.
    pub fn after_crash(&self, random: &mut Random) -> Self {
        let state = self.state();
        let mut rows = state.flushed.clone();
        let kept = random.index(state.since.len() + 1);
        for (changes, number) in state.since.iter().take(kept) {
            rows.apply(changes, *number);
        }
        Self::holding(rows)
    }

    /// A copy of what is flushed now, as somebody who copies the files gets it.
    pub fn copy(&self) -> Self {
        Self::holding(self.state().flushed.clone())
    }

    fn holding(rows: Rows) -> Self {
        let state = State { now: rows.clone(), flushed: rows, since: Vec::new() };
        Self(Arc::new(Mutex::new(state)))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Rows {
    fn apply(&mut self, changes: &Changes, number: CommitNumber) {
        for (key, value) in changes {
            match value {
                Some(value) => self.rows.insert(key.clone(), value.clone()),
                None => self.rows.remove(key),
            };
        }
        self.number = Some(number);
    }
}

impl Store for SimEngine {
    fn get(&self, key: &[u8]) -> Result<Option<Bytes>, StoreError> {
        Ok(self.state().now.rows.get(key).cloned())
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
        let state = self.state();
        let rows = state.now.rows.range::<[u8], _>(bounds).take(limit);
        Ok(rows.map(|(key, value)| (key.clone(), value.clone())).collect())
    }

    fn apply(&self, changes: &Changes, number: CommitNumber) -> Result<(), StoreError> {
        let mut state = self.state();
        state.now.apply(changes, number);
        state.since.push((changes.clone(), number));
        Ok(())
    }

    fn number(&self) -> Result<CommitNumber, StoreError> {
        Ok(self.state().now.number.unwrap_or(CommitNumber(0)))
    }

    fn flush(&self) -> Result<(), StoreError> {
        let mut state = self.state();
        for (changes, number) in std::mem::take(&mut state.since) {
            state.flushed.apply(&changes, number);
        }
        Ok(())
    }
}
