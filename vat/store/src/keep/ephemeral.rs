//! An ephemeral store: rows in memory, and nothing else.
//!
//! ```text
//!   commit ──▶ number, rows in their places
//!   get, range ──────▶ rows
//! ```
//!
//! What a commit changes is moved into one ordered map under one lock, so that nobody sees a part
//! of it. It is never encoded, journalled or copied, and there is nothing that it could wait for.

use bytes::Bytes;
use hogshead_objects::ids::CommitNumber;

use super::Status;
use crate::batch::Batch;
use crate::engine::Store as _;
use crate::engine::memory::MemoryStore;
use crate::error::StoreError;

/// Rows that are gone when this is dropped.
pub(super) struct Ephemeral {
    rows: MemoryStore,
}

impl Ephemeral {
    pub(super) fn new() -> Self {
        Self { rows: MemoryStore::new() }
    }

    pub(super) fn get(&self, key: &[u8]) -> Result<Option<Bytes>, StoreError> {
        self.rows.get(key)
    }

    pub(super) fn range(
        &self,
        from: &[u8],
        to: &[u8],
        limit: usize,
    ) -> Result<Vec<(Bytes, Bytes)>, StoreError> {
        self.rows.range(from, Some(to), limit)
    }

    /// Takes in a batch, all of it or nothing. Its description is for nobody.
    pub(super) fn commit(&self, batch: Batch) -> Result<CommitNumber, StoreError> {
        batch.check()?;
        Ok(self.rows.take_in(batch.into_changes()))
    }

    pub(super) fn newest(&self) -> CommitNumber {
        self.rows.newest()
    }

    /// Whether there is such a commit.
    pub(super) fn has(&self, number: CommitNumber) -> Result<(), StoreError> {
        let newest = self.newest();
        if number > newest {
            return Err(StoreError::NoSuchCommit { number, newest });
        }
        Ok(())
    }

    pub(super) fn status(&self) -> Status {
        let newest = self.newest();
        Status {
            newest,
            durable: newest,
            applied: newest,
            flushed: newest,
            snapshot: None,
            oldest: CommitNumber(newest.0 + 1),
            journal_bytes: 0,
            journal_segments: 0,
            overlay_bytes: 0,
            read_only: None,
            failed: None,
        }
    }
}
