//! What an open plain session has beside its rows, for whoever runs its turns again.

use std::collections::BTreeMap;

use ed25519_dalek::SigningKey;
use hogshead_objects::Error;
use hogshead_objects::locator::Locator;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroizing;

use super::hello::{Known, Sides, State};
use super::{Carrier, Config, Session};
use crate::crypto::PublicKey;
use crate::operation::locator_row;

/// What an open plain session knows that is in no row: who its two sides are, and what was
/// declined before its vat took it in. **Our key is in it**, so it is kept sealed.
#[derive(Clone, Serialize, Deserialize)]
pub struct Memory {
    #[serde(rename = "k")]
    key: Key,
    #[serde(rename = "l", with = "locator_row")]
    location: Locator,
    #[serde(rename = "p", with = "locator_row")]
    peer: Locator,
    #[serde(rename = "t")]
    peer_key: PublicKey,
    #[serde(rename = "d", default, skip_serializing_if = "BTreeMap::is_empty")]
    declined: BTreeMap<u64, Error>,
    #[serde(rename = "w")]
    wrong_guesses: u64,
    #[serde(rename = "o")]
    opened: bool,
}

/// A session's key. It is wiped from memory when dropped.
#[derive(Clone)]
struct Key(Zeroizing<[u8; 32]>);

impl Serialize for Key {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0.as_slice())
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let octets = serde_bytes::ByteArray::<32>::deserialize(deserializer)?;
        Ok(Self(Zeroizing::new(octets.into_array())))
    }
}

impl Session {
    /// What an open plain session has beside its rows. Nothing of one whose hellos are not over.
    pub fn memory(&self) -> Option<Memory> {
        let known = self.known().filter(|_| self.carrier == Carrier::Plain)?;
        Some(Memory {
            key: Key(known.secret.clone()),
            location: known.location.clone(),
            peer: known.peer.location.clone(),
            peer_key: known.peer.key,
            declined: self.declined.clone(),
            wrong_guesses: self.wrong_guesses,
            opened: self.opened,
        })
    }

    /// A plain session as it was when its [`memory`](Self::memory) was taken.
    pub fn remembered(config: Config, memory: Memory) -> Self {
        let Memory { key, location, peer, peer_key, declined, wrong_guesses, opened } = memory;
        let key = SigningKey::from_bytes(&key.0);
        let known = Box::new(Known::new(key, location, peer, peer_key));
        let session = Self::new(config, Carrier::Plain, State::Open(Sides::Known(known)));
        Self { declined, wrong_guesses, opened, ..session }
    }
}
