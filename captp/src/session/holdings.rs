//! What a session holds, for the owner's eyes.

use hogshead_objects::ids::SessionId;
use hogshead_objects::records::{ReadRecords, RecordsError};

use super::rows;
use crate::limits::HOLDINGS_COUNTED_MAX;

/// How much two sides hold of each other.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Holdings {
    /// References of ours that the peer holds.
    pub exports: u64,
    /// References of the peer's that we hold.
    pub imports: u64,
    /// Answers that the peer owes us.
    pub questions: u64,
    /// Answers that we owe the peer.
    pub answers: u64,
}

/// Counts what a session holds, each table up to [`HOLDINGS_COUNTED_MAX`].
pub fn holdings(id: SessionId, records: &dyn ReadRecords) -> Result<Holdings, RecordsError> {
    let count = |part| {
        let (from, to) = rows::part_range(id, part);
        let found = records.range(&from, &to, HOLDINGS_COUNTED_MAX)?;
        Ok::<_, RecordsError>(u64::try_from(found.len()).unwrap_or(u64::MAX))
    };
    Ok(Holdings {
        exports: count(rows::EXPORT)?,
        imports: count(rows::IMPORT)?,
        questions: count(rows::QUESTION)?,
        answers: count(rows::ANSWER)?,
    })
}
