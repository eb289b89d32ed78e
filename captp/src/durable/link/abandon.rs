//! Giving up what waits, as the owner may.

use std::collections::BTreeSet;

use hogshead_objects::Error;
use hogshead_objects::heap::Heap;

use super::row::{self, WAITING};
use super::{Link, LinkError};
use crate::operation::Operation;
use crate::session::{Session, rows};

/// What was dropped from an outbox.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Dropped {
    /// Operations that were dropped.
    pub operations: u64,
    /// How many of them were questions, whose answers broke.
    pub questions: u64,
}

impl Link {
    /// Drops what waits for credit, within a turn: its questions break with `why`, and whatever it
    /// exported is let go. What has a number stays, since it may have been applied; so do answers
    /// that the peer waits for and positions that it may let go of.
    pub fn drop_outbox(
        &mut self,
        session: &mut Session,
        why: &Error,
        heap: &mut dyn Heap,
    ) -> Result<Dropped, LinkError> {
        let (mut dropped, mut kept) = (Dropped::default(), Vec::new());
        let mut lost = BTreeSet::new();
        for sequence in self.row.waiting_from..self.row.waiting_to {
            let key = rows::key(self.id, WAITING, sequence);
            let row = heap.records().get(&key)?;
            let row = row.ok_or_else(|| row::damaged(&key, "a waiting operation is missing"))?;
            let (cause, operation) = row::read_waiting_row(&key, &row)?;
            heap.records().delete(key);
            let asks = match &operation {
                Operation::Deliver(deliver) => deliver.answer.is_some(),
                operation => matches!(operation, Operation::Derive(_)),
            };
            match session.unsend(operation, &mut lost, why, heap)? {
                Some(operation) => kept.push((cause, operation)),
                None => {
                    dropped.operations = dropped.operations.saturating_add(1);
                    dropped.questions = dropped.questions.saturating_add(u64::from(asks));
                }
            }
        }
        self.row.waiting_from = self.row.waiting_to;
        self.row.waiting_bytes = 0;
        self.more = false;
        self.changed = true;
        for (cause, operation) in kept {
            self.queue(operation, cause, heap.records())?;
        }
        Ok(dropped)
    }
}
