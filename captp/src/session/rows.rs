//! The rows of a session: their keys, and how they are written down.
//!
//! ```text
//!   [SESSION][session u64 BE][0]                       head
//!   [SESSION][session u64 BE][1][position u64 BE]      export: reference, times sent
//!   [SESSION][session u64 BE][2][kind u8][id u64 BE]   the position of an exported reference
//!   [SESSION][session u64 BE][3][position u64 BE]      import: reference, times received, waits
//!   [SESSION][session u64 BE][4][position u64 BE]      answer that we owe
//!   [SESSION][session u64 BE][5][promise u64 BE]       answer that we wait for
//!   [SESSION][session u64 BE][6]                       what its handoffs amount to
//!   [SESSION][session u64 BE][7][SHA-256 of gift id]   gift of this gifter, there or waited for
//!   [SESSION][session u64 BE][8][count u64 BE]         handoff count used out of order
//!   [SESSION][session u64 BE][9..]                     of a durable session: see `durable/row.rs`
//!
//!   [HANDOFF][0][session's name]                       the session, the peer's key
//!   [HANDOFF][1][until u64 BE][session][SHA-256]       a gift by the end of its age
//! ```
//!
//! Each row is CBOR. A reference in a row is one that the session holds through the heap, so the
//! collector does not need to read these rows.

use bytes::Bytes;
use hogshead_objects::ids::{FacetId, ImportId, PromiseId, SessionId};
use hogshead_objects::records::{RecordsError, table};
use hogshead_objects::{Error, Ref, codec};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::crypto::{PublicKey, SessionHash};

/// The version of the rows' form, kept in the head.
pub(super) const FORMAT: u8 = 1;

pub(super) const HEAD: u8 = 0;
pub(super) const EXPORT: u8 = 1;
pub(super) const POSITION: u8 = 2;
pub(super) const IMPORT: u8 = 3;
pub(super) const ANSWER: u8 = 4;
pub(super) const QUESTION: u8 = 5;
pub(super) const HANDOFFS: u8 = 6;
pub(super) const GIFT: u8 = 7;
pub(super) const COUNT: u8 = 8;

/// The parts of the table of handoffs.
const NAME: u8 = 0;
const EXPIRY: u8 = 1;

/// What a session is about, and how full its tables are.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Head {
    pub format: u8,
    /// Whether it outlives the host's process, as a local or a durable one does.
    pub durable: bool,
    /// Whether it is a durable one, between two hosts.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub linked: bool,
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
    /// When the peer got it first, in milliseconds since 1970; absent in rows of earlier versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<u64>,
}

/// A reference that the peer lets us use.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Import {
    pub reference: RefRow,
    pub received: u64,
    /// Outcomes that this import waits to be told of.
    pub waits: u64,
    /// Whether it waits for an answer that the peer has asked for: it is told also if the peer lets
    /// go of the promise as an export. Absent in rows of earlier versions.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub asked: bool,
    /// When we got it first, likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<u64>,
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
    /// Whether a gift is asked for.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withdrawal: bool,
}

/// What a session's handoffs amount to: of most sessions the name alone. It has no cache: the
/// session of a receiver changes it in the rows of its gifter's.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(super) struct Handoffs {
    /// The session's name, if it is found by it.
    pub name: Option<SessionHash>,
    /// Gifts of the peer that are there.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub gifts: u64,
    /// Gifts of the peer that somebody waits for.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub awaited: u64,
    /// Every handoff count below this one was used by the peer.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub counts_below: u64,
    /// How many above it were: each has a row.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub counts_above: u64,
    /// The handoff count that we use next.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub next_count: u64,
    /// Gifts that we have asked the peer for and not got.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub withdrawals: u64,
}

fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// What finds a session by its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Name {
    pub session: u64,
    pub key: PublicKey,
    pub local: bool,
}

/// A gift, in the rows of the gifter's session.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) enum Gift {
    /// It was deposited: the reference is held by the session until then.
    Deposited { reference: RefRow, until: u64 },
    /// It was asked for first: the promise of it, whose resolver is held by the session.
    Awaited { promise: PromiseId, receiver: PublicKey, until: u64 },
}

impl Gift {
    /// Where its kind is counted. The kinds do not share a limit: who asks again and again for
    /// what it has had already must not keep the gifter from depositing.
    pub fn counted(self, about: &mut Handoffs) -> &mut u64 {
        match self {
            Self::Deposited { .. } => &mut about.gifts,
            Self::Awaited { .. } => &mut about.awaited,
        }
    }

    /// When it has waited long enough, in milliseconds since 1970.
    pub fn until(self) -> u64 {
        match self {
            Self::Deposited { until, .. } | Self::Awaited { until, .. } => until,
        }
    }
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
pub(crate) fn prefix(id: SessionId) -> Vec<u8> {
    room(id, 0)
}

/// The same with room for so many octets behind it, and no more: octets made of more room than
/// they fill take another allocation.
fn room(id: SessionId, behind: usize) -> Vec<u8> {
    let mut key = Vec::with_capacity(9_usize.saturating_add(behind));
    key.push(table::SESSION);
    key.extend_from_slice(&id.0.to_be_bytes());
    key
}

/// The key of a part that is one row.
pub(crate) fn single_key(id: SessionId, part: u8) -> Bytes {
    let mut key = room(id, 1);
    key.push(part);
    key.into()
}

/// The key of the head.
pub(super) fn head_key(id: SessionId) -> Bytes {
    single_key(id, HEAD)
}

/// The key of a row under a position or a promise's number.
pub(crate) fn key(id: SessionId, part: u8, position: u64) -> Bytes {
    let mut key = room(id, 9);
    key.push(part);
    key.extend_from_slice(&position.to_be_bytes());
    key.into()
}

/// The key of the row that finds an exported reference's position.
pub(super) fn position_key(id: SessionId, RefRow(kind, number): RefRow) -> Bytes {
    let mut key = room(id, 10);
    key.extend_from_slice(&[POSITION, kind]);
    key.extend_from_slice(&number.to_be_bytes());
    key.into()
}

/// The key of what a session's handoffs amount to.
pub(super) fn handoffs_key(id: SessionId) -> Bytes {
    single_key(id, HANDOFFS)
}

/// The key of a gift. Peers choose its id, of any length.
pub(super) fn gift_key(id: SessionId, gift: &[u8]) -> Bytes {
    let mut key = room(id, 33);
    key.push(GIFT);
    key.extend_from_slice(&Sha256::digest(gift));
    key.into()
}

/// The key that finds a session by its name.
pub(super) fn name_key(name: SessionHash) -> Bytes {
    let mut key = vec![table::HANDOFF, NAME];
    key.extend_from_slice(&name.0);
    key.into()
}

/// The key that finds a gift by the end of its age; `gift` is its own key.
pub(super) fn expiry_key(until: u64, gift: &[u8]) -> Bytes {
    let mut key = vec![table::HANDOFF, EXPIRY];
    key.extend_from_slice(&until.to_be_bytes());
    if let Some((id, rest)) = split_key(gift) {
        key.extend_from_slice(&id.0.to_be_bytes());
        key.extend_from_slice(rest.get(1..).unwrap_or_default());
    }
    key.into()
}

/// The half-open range of the gifts whose age ends by `until`, and of all if there is none.
pub(super) fn expiry_range(until: Option<u64>) -> (Vec<u8>, Vec<u8>) {
    let from = vec![table::HANDOFF, EXPIRY];
    let mut to = vec![table::HANDOFF, EXPIRY];
    match until.and_then(|until| until.checked_add(1)) {
        Some(end) => to.extend_from_slice(&end.to_be_bytes()),
        None => to = vec![table::HANDOFF, EXPIRY.saturating_add(1)],
    }
    (from, to)
}

/// What [`expiry_key`] was made from: the time, the session, and the gift's key.
pub(super) fn split_expiry(key: &[u8]) -> Option<(u64, SessionId, Bytes)> {
    let rest = key.strip_prefix(&[table::HANDOFF, EXPIRY])?;
    let (until, rest) = rest.split_first_chunk::<8>()?;
    let (id, hash) = rest.split_first_chunk::<8>()?;
    let id = SessionId(u64::from_be_bytes(*id));
    let mut gift = prefix(id);
    gift.push(GIFT);
    gift.extend_from_slice(hash);
    Some((u64::from_be_bytes(*until), id, gift.into()))
}

/// The half-open range of keys of one part of a session.
pub(crate) fn part_range(id: SessionId, part: u8) -> (Vec<u8>, Vec<u8>) {
    let mut from = room(id, 1);
    from.push(part);
    let mut to = room(id, 1);
    to.push(part.saturating_add(1));
    (from, to)
}

/// The session that a key of the table belongs to, and the rest of the key.
pub(crate) fn split_key(key: &[u8]) -> Option<(SessionId, &[u8])> {
    let rest = key.strip_prefix(&[table::SESSION])?;
    let (id, rest) = rest.split_first_chunk::<8>()?;
    Some((SessionId(u64::from_be_bytes(*id)), rest))
}

/// The position at the end of a key.
pub(crate) fn key_position(key: &[u8]) -> Option<u64> {
    key.last_chunk::<8>().map(|position| u64::from_be_bytes(*position))
}

pub(crate) fn encode<T: Serialize>(row: &T) -> Bytes {
    codec::cbor_behind(&[], row).expect("a row is plain data")
}

pub(crate) fn decode<T: DeserializeOwned>(key: &[u8], bytes: &[u8]) -> Result<T, RecordsError> {
    codec::read_cbor(bytes).map_err(|error| damaged(key, error.message()))
}

pub(crate) fn damaged(key: &[u8], what: &str) -> RecordsError {
    let mut hex = String::with_capacity(key.len().saturating_mul(2));
    for octet in key {
        hex.push_str(&format!("{octet:02x}"));
    }
    RecordsError::Damaged { key: hex, what: what.to_owned() }
}

#[cfg(test)]
mod tests {
    use hogshead_objects::{Class, Error};

    use super::*;

    fn check(row: &(impl Serialize + std::fmt::Debug)) {
        let mut theirs = Vec::new();
        ciborium::into_writer(row, &mut theirs).unwrap();
        assert_eq!(encode(row), theirs, "{row:?}");
    }

    #[test]
    fn rows_are_the_bytes_that_ciborium_writes() {
        let numbers = [0, 1, 23, 24, 255, 256, 65_535, 65_536, u64::from(u32::MAX), 1 << 32];
        for n in numbers.into_iter().chain([u64::MAX]) {
            check(&n);
            let reference = RefRow((n % 4) as u8, n);
            for (flag, since) in [(false, None), (true, None), (false, Some(n)), (true, Some(7))] {
                check(&Head {
                    format: 1,
                    durable: flag,
                    linked: since.is_some(),
                    bootstrap: flag.then_some(reference),
                    next_export: n,
                    exports: n / 2,
                    imports: n / 3,
                    answers: n / 5,
                    questions: n / 7,
                    pending: n / 11,
                });
                check(&Export { reference, sent: n, indexed: flag, since });
                check(&Import { reference, received: n, waits: n / 2, asked: flag, since });
                check(&Question { resolver: n, withdrawal: flag });
            }
            check(&Answer::Promise(PromiseId(n)));
        }
        check(&Answer::Broken(Error::new(Class::Severed, "gone")));
    }
}
