//! The rows of a session: their keys, and how they are written down.
//!
//! ```text
//!   [SESSION][session u64 BE][0]                       head
//!   [SESSION][session u64 BE][1][position u64 BE]      export: reference, times sent
//!   [SESSION][session u64 BE][2][kind u8][id u64 BE]   the position of an exported reference
//!   [SESSION][session u64 BE][3][position u64 BE]      import: reference, times received, waits
//!   [SESSION][session u64 BE][4][position u64 BE]      answer that we owe
//!   [SESSION][session u64 BE][5][promise u64 BE]       answer that we wait for
//! ```
//!
//! Each row is CBOR. A reference in a row is one that the session holds through the heap, so the
//! collector does not need to read these rows.

use bytes::Bytes;
use hogshead_objects::ids::{FacetId, ImportId, PromiseId, SessionId};
use hogshead_objects::records::{RecordsError, table};
use hogshead_objects::{Error, Ref};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The version of the rows' form, kept in the head.
pub(super) const FORMAT: u8 = 1;

pub(super) const HEAD: u8 = 0;
pub(super) const EXPORT: u8 = 1;
pub(super) const POSITION: u8 = 2;
pub(super) const IMPORT: u8 = 3;
pub(super) const ANSWER: u8 = 4;
pub(super) const QUESTION: u8 = 5;

/// What a session is about, and how full its tables are.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Head {
    pub format: u8,
    pub durable: bool,
    pub bootstrap: Option<RefRow>,
    pub next_export: u64,
    pub exports: u64,
    pub imports: u64,
    pub answers: u64,
    pub questions: u64,
    pub pending: u64,
}

/// A reference that the peer may use.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Export {
    pub reference: RefRow,
    pub sent: u64,
    /// Whether the reference has a row by which its position is found.
    pub indexed: bool,
}

/// A reference that the peer lets us use.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Import {
    pub reference: RefRow,
    pub received: u64,
    /// Outcomes that this import waits to be told of.
    pub waits: u64,
}

/// An answer that we owe.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) enum Answer {
    /// The promise of it, held by the session.
    Promise(PromiseId),
    /// It was an error from the start.
    Broken(Error),
}

/// An answer that we wait for: the position at which its resolver was exported.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Question {
    pub resolver: u64,
}

/// A reference as a session's row spells it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub(super) struct RefRow(u8, u64);

impl From<Ref> for RefRow {
    fn from(reference: Ref) -> Self {
        match reference {
            Ref::Facet(id) => Self(0, id.0),
            Ref::Promise(id) => Self(1, id.0),
            Ref::Resolver(id) => Self(2, id.0),
            Ref::Import(id) => Self(3, id.0),
        }
    }
}

impl RefRow {
    /// The reference, unless the row is damaged.
    pub fn reference(self) -> Result<Ref, RecordsError> {
        match self {
            Self(0, id) => Ok(Ref::Facet(FacetId(id))),
            Self(1, id) => Ok(Ref::Promise(PromiseId(id))),
            Self(2, id) => Ok(Ref::Resolver(PromiseId(id))),
            Self(3, id) => Ok(Ref::Import(ImportId(id))),
            Self(kind, _) => Err(RecordsError::Damaged {
                key: "in the session table".to_owned(),
                what: format!("no kind of reference has the number {kind}"),
            }),
        }
    }
}

/// The start of every key of a session.
pub(super) fn prefix(id: SessionId) -> Vec<u8> {
    let mut key = Vec::with_capacity(18);
    key.push(table::SESSION);
    key.extend_from_slice(&id.0.to_be_bytes());
    key
}

/// The key of the head.
pub(super) fn head_key(id: SessionId) -> Bytes {
    let mut key = prefix(id);
    key.push(HEAD);
    key.into()
}

/// The key of a row under a position or a promise's number.
pub(super) fn key(id: SessionId, part: u8, position: u64) -> Bytes {
    let mut key = prefix(id);
    key.push(part);
    key.extend_from_slice(&position.to_be_bytes());
    key.into()
}

/// The key of the row that finds an exported reference's position.
pub(super) fn position_key(id: SessionId, RefRow(kind, number): RefRow) -> Bytes {
    let mut key = prefix(id);
    key.extend_from_slice(&[POSITION, kind]);
    key.extend_from_slice(&number.to_be_bytes());
    key.into()
}

/// The half-open range of keys of one part of a session.
pub(super) fn part_range(id: SessionId, part: u8) -> (Vec<u8>, Vec<u8>) {
    let mut from = prefix(id);
    from.push(part);
    let mut to = prefix(id);
    to.push(part.saturating_add(1));
    (from, to)
}

/// The session that a key of the table belongs to, and the rest of the key.
pub(super) fn split_key(key: &[u8]) -> Option<(SessionId, &[u8])> {
    let rest = key.strip_prefix(&[table::SESSION])?;
    let (id, rest) = rest.split_first_chunk::<8>()?;
    Some((SessionId(u64::from_be_bytes(*id)), rest))
}

/// The position at the end of a key.
pub(super) fn key_position(key: &[u8]) -> Option<u64> {
    key.last_chunk::<8>().map(|position| u64::from_be_bytes(*position))
}

pub(super) fn encode<T: Serialize>(row: &T) -> Bytes {
    let mut bytes = Vec::with_capacity(32);
    ciborium::into_writer(row, &mut bytes).expect("a row is plain data and a vector takes it");
    bytes.into()
}

pub(super) fn decode<T: DeserializeOwned>(key: &[u8], bytes: &[u8]) -> Result<T, RecordsError> {
    ciborium::from_reader(bytes).map_err(|error| damaged(key, &error.to_string()))
}

pub(super) fn damaged(key: &[u8], what: &str) -> RecordsError {
    let mut hex = String::with_capacity(key.len().saturating_mul(2));
    for octet in key {
        hex.push_str(&format!("{octet:02x}"));
    }
    RecordsError::Damaged { key: hex, what: what.to_owned() }
}
