//! Pages of a range, and where to go on.

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::{Span, StoredKey, key};
use crate::error::{Error, Result};
use crate::limits::ENTRY_KEY_BYTES_MAX;

/// A part of a range.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug)]
pub struct Page<T> {
    /// What is in it, in order.
    pub entries: Vec<T>,
    /// Where to go on; nothing if this was the last of the range.
    pub next: Option<Cursor>,
}

/// Where a range goes on: behind the last entry that was given.
///
/// It is data: it may be kept in a state, sent and brought back, in any later turn. Entries that come
/// or go meanwhile are met or not, as their keys lie behind it or before; none is met twice. It holds
/// the bytes of a key and no authority; whoever brings it says with
/// [`resume`](super::StoredMap::resume) in which range it may go on, so that one which a peer has
/// made up leads nowhere else.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug)]
#[serde(transparent)]
pub struct Cursor(Bytes);

impl Cursor {
    /// Behind a key, as if it had been the last of a page.
    pub fn after<K: StoredKey>(key: &K) -> Result<Self> {
        Ok(Self::behind(&key::encode(key)?))
    }

    /// The key that it is behind.
    pub fn last<K: StoredKey>(&self) -> Result<K> {
        let key = self.0.strip_suffix(&[0]).and_then(|key| key::decode(key).ok());
        key.ok_or_else(|| Error::bad_call("this is no cursor of this collection"))
    }

    /// Behind this key.
    pub(super) fn behind(key: &[u8]) -> Self {
        Self(just_behind(key))
    }

    /// The rest of a span.
    pub(super) fn rest_of(&self, span: Span) -> Result<Span> {
        if self.0.len() > ENTRY_KEY_BYTES_MAX + 1 {
            return Err(Error::bad_call("this is no cursor of a collection"));
        }
        Ok(Span { from: span.from.max(self.0.clone()), to: span.to })
    }
}

/// The first key that may follow.
pub(super) fn just_behind(key: &[u8]) -> Bytes {
    [key, &[0]].concat().into()
}
