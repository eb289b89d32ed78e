//! A map with a record an entry.

use std::fmt;
use std::marker::PhantomData;
use std::ops::RangeBounds;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::handle::{self, Handle};
use super::{Cursor, Page, StoredKey, key};
use crate::context::Context;
use crate::error::Result;

/// An ordered map in an object's state that keeps a record an entry.
///
/// It is made empty, by `default` or `new`, and filled by methods of its object. See the
/// [module](super) for what it shares with the other collections.
///
/// ```
/// use hogshead_objects::testing::Bench;
/// use hogshead_objects::{Context, Cursor, Page, Result, StoredMap};
/// use serde::{Deserialize, Serialize};
///
/// #[hogshead_objects::interface]
/// pub trait Library {
///     fn lend(&mut self, cx: &mut Context<'_>, book: String, to: String) -> Result<Option<String>>;
///     fn on_loan(
///         &self,
///         cx: &mut Context<'_>,
///         after: Option<Cursor>,
///     ) -> Result<Page<(String, String)>>;
/// }
///
/// #[derive(Serialize, Deserialize, Default)]
/// struct Shelves {
///     readers: StoredMap<String, String>,
/// }
///
/// #[hogshead_objects::object(name = "shelves", version = 1)]
/// impl Library for Shelves {
///     fn lend(&mut self, cx: &mut Context<'_>, book: String, to: String) -> Result<Option<String>> {
///         self.readers.insert(cx, book, to)
///     }
///
///     fn on_loan(
///         &self,
///         cx: &mut Context<'_>,
///         after: Option<Cursor>,
///     ) -> Result<Page<(String, String)>> {
///         match after {
///             None => self.readers.range(cx, .., 2),
///             Some(cursor) => self.readers.resume(cx, .., &cursor, 2),
///         }
///     }
/// }
///
/// let mut bench = Bench::new();
/// let library = bench.spawn_apart(Shelves::default());
/// let pages = bench.turn(|cx| {
///     for book in ["Emma", "Ulysses", "Walden"] {
///         library.tell(cx).lend(book.into(), "Alice".into())?;
///     }
///     library.send(cx).on_loan(None)
/// })?;
/// bench.run();
/// let first = bench.answer(pages)?;
/// assert_eq!(first.entries[1], ("Ulysses".to_owned(), "Alice".to_owned()));
///
/// // Any later turn goes on where this page ended.
/// let rest = bench.turn(|cx| library.send(cx).on_loan(first.next))?;
/// bench.run();
/// let rest = bench.answer(rest)?;
/// assert_eq!(rest.entries, [("Walden".to_owned(), "Alice".to_owned())]);
/// assert_eq!(rest.next, None);
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
pub struct StoredMap<K, V> {
    handle: Handle,
    len: u64,
    types: PhantomData<fn(K) -> V>,
}

impl<K: StoredKey, V: Serialize + DeserializeOwned> StoredMap<K, V> {
    /// The value under a key.
    pub fn get(&self, cx: &mut Context<'_>, key: &K) -> Result<Option<V>> {
        self.handle.get(cx, &key::encode(key)?)
    }

    /// Sets the value under a key; gives the one that was there.
    ///
    /// A key of more than [`ENTRY_KEY_BYTES_MAX`](crate::limits::ENTRY_KEY_BYTES_MAX) bytes, or a
    /// value of more than [`ENTRY_BYTES_MAX`](crate::limits::ENTRY_BYTES_MAX), is refused with
    /// [`Class::Limit`](crate::Class::Limit).
    pub fn insert(&mut self, cx: &mut Context<'_>, key: K, value: V) -> Result<Option<V>> {
        let before = self.handle.put(cx, &key::encode(&key)?, &value)?;
        self.len += u64::from(before.is_none());
        before.map(|entry| handle::value(&entry)).transpose()
    }

    /// Removes a key; gives the value that was there.
    pub fn remove(&mut self, cx: &mut Context<'_>, key: &K) -> Result<Option<V>> {
        let before = self.handle.remove(cx, &key::encode(key)?)?;
        self.len = self.len.saturating_sub(u64::from(before.is_some()));
        before.map(|entry| handle::value(&entry)).transpose()
    }

    /// The entries whose keys are in `range`, in order, at most `limit` and
    /// [`PAGE_ENTRIES_MAX`](crate::limits::PAGE_ENTRIES_MAX) of them.
    pub fn range(
        &self,
        cx: &mut Context<'_>,
        range: impl RangeBounds<K>,
        limit: usize,
    ) -> Result<Page<(K, V)>> {
        self.handle.page(cx, &handle::span(range)?, limit, item)
    }

    /// Goes on behind a cursor with the entries of `range`. A cursor that is from elsewhere gives
    /// entries of `range` nevertheless.
    pub fn resume(
        &self,
        cx: &mut Context<'_>,
        range: impl RangeBounds<K>,
        cursor: &Cursor,
        limit: usize,
    ) -> Result<Page<(K, V)>> {
        self.handle.page(cx, &cursor.rest_of(handle::span(range)?)?, limit, item)
    }

    /// The entry with the smallest key.
    pub fn first(&self, cx: &mut Context<'_>) -> Result<Option<(K, V)>> {
        Ok(self.range(cx, .., 1)?.entries.pop())
    }

    /// The entry with the largest key. It is looked for, in a few reads for each byte of the key.
    pub fn last(&self, cx: &mut Context<'_>) -> Result<Option<(K, V)>> {
        self.handle.last(cx, item)
    }
}

impl<K: StoredKey, V> StoredMap<K, V> {
    /// A map without entries.
    pub const fn new() -> Self {
        Self { handle: Handle::new(), len: 0, types: PhantomData }
    }

    /// The number of entries.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether it has no entries.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether there is an entry under a key.
    pub fn contains(&self, cx: &mut Context<'_>, key: &K) -> Result<bool> {
        self.handle.contains(cx, &key::encode(key)?)
    }

    /// Drops all entries, however many: their records go by and by.
    pub fn clear(&mut self) {
        *self = Self::new();
    }
}

fn item<K, V: DeserializeOwned>(key: K, entry: &crate::State) -> Result<(K, V)> {
    Ok((key, handle::value(entry)?))
}

impl<K: StoredKey, V> Default for StoredMap<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

/// The number of entries: what they are is in the vat's records.
impl<K, V> fmt::Debug for StoredMap<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StoredMap({} entries)", self.len)
    }
}

/// Only into a state: its number and length.
impl<K, V> Serialize for StoredMap<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (&self.handle, self.len).serialize(serializer)
    }
}

impl<'de, K, V> Deserialize<'de> for StoredMap<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (handle, len) = <(Handle, u64)>::deserialize(deserializer)?;
        Ok(Self { handle, len, types: PhantomData })
    }
}
