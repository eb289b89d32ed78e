//! The session keys of one incarnation: they sign the handoffs of a durable session, as those of a
//! plain one do, and are kept in its rows.

use bytes::Bytes;
use ed25519_dalek::SigningKey;
use hogshead_objects::ids::SessionId;
use hogshead_objects::locator::Locator;
use hogshead_objects::records::{ReadRecords, Records, RecordsError, Row};
use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use super::row;
use crate::crypto::PublicKey;
use crate::handoff::Identity;
use crate::limits;
use crate::operation::{Dialect, Operation};
use crate::session::{Violation, rows, start_session, verified_start};

/// The `op:start-session` that says our key and where we are, in Syrup.
pub fn start(key: &SigningKey, location: &Locator) -> Bytes {
    let start = start_session(key, location);
    Operation::StartSession(Box::new(start)).encode(Dialect::default())
}

/// Judges the peer's `op:start-session`: its form, its version and its signature. That the
/// location is the peer's is for the host to say.
pub fn judge_start(bytes: &Bytes) -> Result<(PublicKey, Locator), Violation> {
    if bytes.len() > limits::HELLO_BYTES_MAX {
        let max = limits::HELLO_BYTES_MAX;
        return Err(Violation::FrameTooLong { bytes: bytes.len(), max });
    }
    let Operation::StartSession(start) = Operation::decode(bytes)? else {
        return Err(Violation::BeforeHello);
    };
    verified_start(*start)
}

/// Our side before the peer is known.
#[derive(Serialize, Deserialize)]
struct KeyRow {
    key: Secret,
    #[serde(with = "crate::operation::locator_row")]
    location: Locator,
}

#[derive(Serialize, Deserialize)]
struct IdentityRow {
    key: Secret,
    #[serde(with = "crate::operation::locator_row")]
    location: Locator,
    #[serde(with = "crate::operation::locator_row")]
    peer: Locator,
    peer_key: PublicKey,
}

/// A signing key's octets, wiped when dropped.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct Secret(serde_bytes::ByteArray<32>);

impl Secret {
    fn new(key: &SigningKey) -> Self {
        Self(serde_bytes::ByteArray::new(key.to_bytes()))
    }

    fn key(&self) -> SigningKey {
        SigningKey::from_bytes(&self.0)
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// Keeps who the two sides of a session are, in a row that is sealed at rest. The key that was kept
/// before the peer was known is part of it.
pub fn put_identity(id: SessionId, identity: &Identity, records: &mut dyn Records) {
    let Identity { key, location, peer, peer_key } = identity;
    let row = IdentityRow {
        key: Secret::new(key),
        location: location.clone(),
        peer: peer.clone(),
        peer_key: *peer_key,
    };
    put(id, row::IDENTITY, &row, records);
    records.delete(row::single_key(id, row::KEY));
}

/// Who the two sides of a session are, once both are known.
pub fn identity(
    id: SessionId,
    records: &dyn ReadRecords,
) -> Result<Option<Identity>, RecordsError> {
    let key = row::single_key(id, row::IDENTITY);
    let Some(bytes) = records.get(&key)? else { return Ok(None) };
    let IdentityRow { key, location, peer, peer_key } = rows::decode(&key, &bytes)?;
    Ok(Some(Identity { key: key.key(), location, peer, peer_key }))
}

/// Keeps our key and where we are, for a session whose peer has not answered yet.
pub fn put_key(id: SessionId, key: &SigningKey, location: &Locator, records: &mut dyn Records) {
    let row = KeyRow { key: Secret::new(key), location: location.clone() };
    put(id, row::KEY, &row, records);
}

/// Our key and where we are, of a session whose peer has not answered yet.
pub fn key(
    id: SessionId,
    records: &dyn ReadRecords,
) -> Result<Option<(SigningKey, Locator)>, RecordsError> {
    let row_key = row::single_key(id, row::KEY);
    let Some(bytes) = records.get(&row_key)? else { return Ok(None) };
    let KeyRow { key, location } = rows::decode(&row_key, &bytes)?;
    Ok(Some((key.key(), location)))
}

fn put<T: Serialize>(id: SessionId, part: u8, row: &T, records: &mut dyn Records) {
    records.put(row::single_key(id, part), Row { bytes: rows::encode(row), secret: true });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{MemoryRecords, key as test_key, locator};

    #[test]
    fn a_start_is_judged_by_whoever_gets_it() {
        let start = start(&test_key(1), &locator("alice"));
        let (key, location) = judge_start(&start).unwrap();
        assert_eq!(key, PublicKey::from(test_key(1).verifying_key()));
        assert_eq!(location, locator("alice"));
        let forged = String::from_utf8_lossy(&start).replace("5\"alice", "5\"mafia");
        assert!(judge_start(&forged.into_bytes().into()).is_err());
        let other = Operation::GcAnswers(vec![1]).encode(Dialect::default());
        assert_eq!(judge_start(&other), Err(Violation::BeforeHello));
        let long = Bytes::from(vec![b'<'; limits::HELLO_BYTES_MAX + 1]);
        assert!(matches!(judge_start(&long), Err(Violation::FrameTooLong { .. })));
    }

    #[test]
    fn keys_and_identities_survive_their_rows_which_are_sealed() {
        let (id, mut records) = (SessionId(4), MemoryRecords::default());
        assert!(key(id, &records).unwrap().is_none());
        put_key(id, &test_key(1), &locator("alice"), &mut records);
        let (kept, location) = key(id, &records).unwrap().unwrap();
        assert_eq!((kept.to_bytes(), &location), (test_key(1).to_bytes(), &locator("alice")));

        let peer_key = PublicKey::from(test_key(2).verifying_key());
        let whole = Identity { key: kept, location, peer: locator("bob"), peer_key };
        put_identity(id, &whole, &mut records);
        assert!(key(id, &records).unwrap().is_none(), "it is part of the identity");
        let kept = identity(id, &records).unwrap().unwrap();
        assert_eq!(kept.key.to_bytes(), whole.key.to_bytes());
        assert_eq!((kept.location, kept.peer), (whole.location, whole.peer));
        assert_eq!(kept.peer_key, whole.peer_key);
        assert!(records.is_secret(&row::single_key(id, row::IDENTITY)));
    }
}
