//! The rows of a durable session, beside those of its tables.
//!
//! ```text
//!   [SESSION][session u64 BE][9]                       link: marks, credit, counts
//!   [SESSION][session u64 BE][10][number u64 BE]       operation that has its number
//!   [SESSION][session u64 BE][11][sequence u64 BE]     operation that waits for one
//!   [SESSION][session u64 BE][12]                      who the two sides are (sealed)
//!   [SESSION][session u64 BE][13]                      our key before the peer is known (sealed)
//!   [SESSION][session u64 BE][14]                      evidence of a fork; outlives the others
//! ```
//!
//! Link and outbox rows are fixed fields, since one is written each turn and an acknowledgement
//! looks at their first octets alone. An operation in them is the row that a neighbour would get.

use bytes::Bytes;
use hogshead_objects::records::{RecordsError, Row};

use super::octets::{Cursor, put_long, put_mark};
use super::{Cause, Chain, Incarnation, Mark};
use crate::operation::Operation;
pub(super) use crate::session::rows::{damaged, single_key};

pub(crate) const LINK: u8 = 9;
pub(crate) const OUTBOX: u8 = 10;
pub(crate) const WAITING: u8 = 11;
pub(crate) const IDENTITY: u8 = 12;
pub(crate) const KEY: u8 = 13;
pub(crate) const EVIDENCE: u8 = 14;

/// The version of the link row's form.
const FORMAT: u8 = 1;

/// What a side knows of how far the session is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct LinkRow {
    pub ours: Incarnation,
    pub theirs: Option<Incarnation>,
    /// What we have sent.
    pub sent: Mark,
    /// What of that the peer has acknowledged, and rows are deleted for.
    pub acked: Mark,
    /// What we have received.
    pub received: Mark,
    /// How many of what we have sent needed credit.
    pub spent: u64,
    /// How many of what we have received did.
    pub taken: u64,
    /// What the peer is ready to take, counted like `spent`.
    pub credit: u64,
    /// Bytes of all rows that got a number, and of those among them that are acknowledged.
    pub sent_bytes: u64,
    pub acked_bytes: u64,
    /// Waiting rows have the sequences from the first of these to before the second.
    pub waiting_from: u64,
    pub waiting_to: u64,
    pub waiting_bytes: u64,
}

impl LinkRow {
    pub fn new(ours: Incarnation) -> Self {
        Self {
            ours,
            theirs: None,
            sent: Mark::NONE,
            acked: Mark::NONE,
            received: Mark::NONE,
            spent: 0,
            taken: 0,
            credit: 0,
            sent_bytes: 0,
            acked_bytes: 0,
            waiting_from: 0,
            waiting_to: 0,
            waiting_bytes: 0,
        }
    }

    pub fn to_row(self) -> Row {
        let mut out = Vec::with_capacity(256);
        out.push(FORMAT);
        out.extend_from_slice(&self.ours.0);
        match self.theirs {
            Some(theirs) => {
                out.push(1);
                out.extend_from_slice(&theirs.0);
            }
            None => out.push(0),
        }
        for mark in [&self.sent, &self.acked, &self.received] {
            put_mark(&mut out, mark);
        }
        let Self { spent, taken, credit, sent_bytes, acked_bytes, .. } = self;
        let Self { waiting_from, waiting_to, waiting_bytes, .. } = self;
        let counts = [spent, taken, credit, sent_bytes, acked_bytes];
        for count in counts.into_iter().chain([waiting_from, waiting_to, waiting_bytes]) {
            put_long(&mut out, count);
        }
        Row { bytes: out.into(), secret: false }
    }

    pub fn read(key: &[u8], bytes: &Bytes) -> Result<Self, RecordsError> {
        let mut cursor = Cursor::new(bytes);
        if cursor.octet() != Some(FORMAT) {
            return Err(damaged(key, "a durable session of another format"));
        }
        let row = Self::read_fields(&mut cursor).filter(|_| cursor.is_empty());
        row.ok_or_else(|| damaged(key, "not a durable session"))
    }

    fn read_fields(cursor: &mut Cursor<'_>) -> Option<Self> {
        Some(Self {
            ours: cursor.incarnation()?,
            theirs: match cursor.octet()? {
                0 => None,
                1 => Some(cursor.incarnation()?),
                _ => return None,
            },
            sent: cursor.mark()?,
            acked: cursor.mark()?,
            received: cursor.mark()?,
            spent: cursor.long()?,
            taken: cursor.long()?,
            credit: cursor.long()?,
            sent_bytes: cursor.long()?,
            acked_bytes: cursor.long()?,
            waiting_from: cursor.long()?,
            waiting_to: cursor.long()?,
            waiting_bytes: cursor.long()?,
        })
    }

    /// How many rows wait.
    pub fn waiting(&self) -> u64 {
        self.waiting_to.saturating_sub(self.waiting_from)
    }
}

/// What stands before the operation in an outbox row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Numbered {
    /// The chain before the operation.
    pub chain: Chain,
    /// Bytes of all rows that got a number before it.
    pub bytes_before: u64,
    pub cause: Cause,
}

/// An operation that has its number.
pub(super) fn outbox_row(numbered: &Numbered, operation: &Row) -> Row {
    let mut out = Vec::with_capacity(operation.bytes.len().saturating_add(56));
    out.extend_from_slice(&numbered.chain.0);
    put_long(&mut out, numbered.bytes_before);
    out.extend_from_slice(&numbered.cause.0);
    out.extend_from_slice(&operation.bytes);
    Row { bytes: out.into(), secret: operation.secret }
}

/// What stands before the operation, and the operation's row.
pub(super) fn read_outbox_row(
    key: &[u8],
    bytes: &Bytes,
) -> Result<(Numbered, Bytes), RecordsError> {
    let mut cursor = Cursor::new(bytes);
    let mut read = || {
        let (chain, bytes_before) = (cursor.chain()?, cursor.long()?);
        Some(Numbered { chain, bytes_before, cause: cursor.cause()? })
    };
    let numbered = read().ok_or_else(|| damaged(key, "not an operation of an outbox"))?;
    Ok((numbered, cursor.rest()))
}

/// An operation that waits.
pub(super) fn waiting_row(cause: &Cause, operation: &Row) -> Row {
    let mut out = Vec::with_capacity(operation.bytes.len().saturating_add(16));
    out.extend_from_slice(&cause.0);
    out.extend_from_slice(&operation.bytes);
    Row { bytes: out.into(), secret: operation.secret }
}

/// What a waiting row holds.
pub(super) fn read_waiting_row(
    key: &[u8],
    bytes: &Bytes,
) -> Result<(Cause, Operation), RecordsError> {
    let mut cursor = Cursor::new(bytes);
    let cause = cursor.cause().ok_or_else(|| damaged(key, "not a waiting operation"))?;
    Ok((cause, read_operation(key, &cursor.rest())?))
}

pub(super) fn read_operation(key: &[u8], bytes: &Bytes) -> Result<Operation, RecordsError> {
    Operation::from_row(bytes).map_err(|error| damaged(key, error.message()))
}

/// The operation as a row within ours.
pub(super) fn operation_row(key: &[u8], operation: &Operation) -> Result<Row, RecordsError> {
    // What is nested too deeply was refused before it came here.
    operation.to_row().map_err(|error| damaged(key, error.message()))
}

/// The length of a row, as it is counted.
pub(super) fn length(row: &Bytes) -> u64 {
    u64::try_from(row.len()).unwrap_or(u64::MAX)
}
