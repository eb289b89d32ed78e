//! What waits in an outbox, as its owner sees it: read from records.

use hogshead_objects::ids::SessionId;
use hogshead_objects::records::{ReadRecords, RecordsError};

use super::row::{self, OUTBOX, WAITING};
use super::{Backlog, Link};
use crate::operation::Operation;
use crate::session::rows;

/// An operation that the peer is not known to have.
#[derive(Clone, PartialEq, Debug)]
pub struct Queued {
    /// Its number, unless it waits for credit: then it may still be taken back.
    pub number: Option<u64>,
    /// The operation.
    pub operation: Operation,
    /// Bytes of its row.
    pub bytes: u64,
}

/// The outbox of a session after what is acknowledged up to `acknowledged`, in the order in which
/// it will be sent, at most `limit`.
pub fn queued(
    id: SessionId,
    acknowledged: u64,
    limit: usize,
    records: &dyn ReadRecords,
) -> Result<Vec<Queued>, RecordsError> {
    let from = rows::key(id, OUTBOX, acknowledged.saturating_add(1));
    let (_, to) = rows::part_range(id, OUTBOX);
    let mut found = Vec::new();
    for (key, bytes) in records.range(&from, &to, limit)? {
        let (_, operation) = row::read_outbox_row(&key, &bytes)?;
        let operation = row::read_operation(&key, &operation)?;
        found.push(Queued {
            number: rows::key_position(&key),
            operation,
            bytes: row::length(&bytes),
        });
    }
    let (from, to) = rows::part_range(id, WAITING);
    for (key, bytes) in records.range(&from, &to, limit.saturating_sub(found.len()))? {
        let (_, operation) = row::read_waiting_row(&key, &bytes)?;
        found.push(Queued { number: None, operation, bytes: row::length(&bytes) });
    }
    Ok(found)
}

impl Link {
    /// How much the outbox holds that the peer is not known to have: less than
    /// [`Link::backlog`] by what was acknowledged and not settled.
    pub fn outstanding(&self) -> Backlog {
        let Backlog { waiting, waiting_bytes, .. } = self.backlog();
        let bytes = self.noted.map_or(self.row.acked_bytes, |(_, bytes)| bytes);
        Backlog {
            numbered: self.row.sent.number.saturating_sub(self.acknowledged()),
            numbered_bytes: self.row.sent_bytes.saturating_sub(bytes),
            waiting,
            waiting_bytes,
        }
    }
}
