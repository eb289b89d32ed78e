//! What a state holds of a collection, and what is done by it.

use std::ops::{Bound, RangeBounds};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::cursor::just_behind;
use super::key::{self, StoredKey};
use super::{Cursor, Page, Span};
use crate::codec::{self, Mode};
use crate::context::Context;
use crate::error::{Class, Error, Result};
use crate::ids::CollectionId;
use crate::limits::{ENTRY_BYTES_MAX, PAGE_ENTRIES_MAX};
use crate::object::State;

/// A collection's number, once it has had an entry. It is no `Clone`: two of one collection would
/// disagree about its length.
#[derive(PartialEq, Eq, Debug, Default)]
pub(super) struct Handle(Option<CollectionId>);

impl Handle {
    pub(super) const fn new() -> Self {
        Self(None)
    }

    pub(super) fn get<V: DeserializeOwned>(
        &self,
        cx: &mut Context<'_>,
        key: &[u8],
    ) -> Result<Option<V>> {
        let Some(id) = self.0 else { return Ok(None) };
        cx.turn().entry(id, key)?.map(|entry| value(&entry)).transpose()
    }

    pub(super) fn contains(&self, cx: &mut Context<'_>, key: &[u8]) -> Result<bool> {
        let Some(id) = self.0 else { return Ok(false) };
        Ok(cx.turn().entry(id, key)?.is_some())
    }

    /// Sets an entry; gives what was there, as it was kept.
    pub(super) fn put<V: Serialize>(
        &mut self,
        cx: &mut Context<'_>,
        key: &[u8],
        value: &V,
    ) -> Result<Option<State>> {
        let entry = entry(value)?;
        let id = match self.0 {
            Some(id) => id,
            None => *self.0.insert(cx.turn().new_collection()?),
        };
        cx.turn().put_entry(id, key, entry)
    }

    pub(super) fn remove(&mut self, cx: &mut Context<'_>, key: &[u8]) -> Result<Option<State>> {
        let Some(id) = self.0 else { return Ok(None) };
        cx.turn().remove_entry(id, key)
    }

    pub(super) fn drop_before(&mut self, cx: &mut Context<'_>, key: &[u8]) -> Result<()> {
        let Some(id) = self.0 else { return Ok(()) };
        cx.turn().drop_entries_before(id, key)
    }

    /// A page of a span, each entry as `item` makes it of key and value.
    pub(super) fn page<K: StoredKey, T>(
        &self,
        cx: &mut Context<'_>,
        span: &Span,
        limit: usize,
        item: impl Fn(K, &State) -> Result<T>,
    ) -> Result<Page<T>> {
        let Some(id) = self.0 else { return Ok(Page { entries: Vec::new(), next: None }) };
        let read = cx.turn().entries(id, span, limit.clamp(1, PAGE_ENTRIES_MAX))?;
        let last = read.found.last().filter(|_| read.more);
        let next = last.map(|(key, _)| Cursor::behind(key));
        let made = read.found.iter().map(|(key, entry)| item(key::decode(key)?, entry));
        Ok(Page { entries: made.collect::<Result<_>>()?, next })
    }

    pub(super) fn last<K: StoredKey, T>(
        &self,
        cx: &mut Context<'_>,
        item: impl Fn(K, &State) -> Result<T>,
    ) -> Result<Option<T>> {
        let Some(id) = self.0 else { return Ok(None) };
        let last = cx.turn().last_entry(id)?;
        last.map(|(key, entry)| item(key::decode(&key)?, &entry)).transpose()
    }
}

impl Serialize for Handle {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        codec::note_collection(self.0).map_err(serde::ser::Error::custom)?;
        self.0.serialize(serializer)
    }
}

/// The number is plain data; a turn lets an object use only those that are its own.
impl<'de> Deserialize<'de> for Handle {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if codec::mode() != Mode::Decode {
            let why = "a collection is read from the state of its own object only";
            return Err(serde::de::Error::custom(why));
        }
        Option::deserialize(deserializer).map(Self)
    }
}

/// A kept value.
pub(super) fn value<V: DeserializeOwned>(entry: &State) -> Result<V> {
    codec::decode_state(entry)
}

/// A range of keys as a span.
pub(super) fn span<K: StoredKey>(range: impl RangeBounds<K>) -> Result<Span> {
    let from = match range.start_bound() {
        Bound::Included(key) => key::encode(key)?.into(),
        // No key goes on where another ends.
        Bound::Excluded(key) => just_behind(&key::encode(key)?),
        Bound::Unbounded => Default::default(),
    };
    let to = match range.end_bound() {
        Bound::Included(key) => Some(just_behind(&key::encode(key)?)),
        Bound::Excluded(key) => Some(key::encode(key)?.into()),
        Bound::Unbounded => None,
    };
    Ok(Span { from, to })
}

/// A value as it is kept.
fn entry<V: Serialize>(value: &V) -> Result<State> {
    let entry = codec::encode_state(value)?;
    if !entry.collections.is_empty() {
        let why = "a collection cannot be an entry of another; use a key of two parts";
        return Err(Error::bad_call(why));
    }
    if entry.bytes.len() > ENTRY_BYTES_MAX {
        let (bytes, max) = (entry.bytes.len(), ENTRY_BYTES_MAX);
        let why = format!("an entry of {bytes} bytes; one of a collection has at most {max}");
        return Err(Error::new(Class::Limit, why));
    }
    Ok(entry)
}
