//! A log with a record an entry.

use std::fmt;
use std::marker::PhantomData;
use std::ops::RangeBounds;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::handle::{self, Handle};
use super::{Cursor, Page, key};
use crate::State;
use crate::context::Context;
use crate::error::{Class, Error, Result};

/// A list in an object's state that grows at its end and is cut off at its beginning, with a record
/// an entry. Entries are numbered from zero, and keep their numbers.
///
/// ```
/// use hogshead_objects::testing::Bench;
/// use hogshead_objects::{Context, Result, StoredLog};
/// use serde::{Deserialize, Serialize};
///
/// #[hogshead_objects::interface]
/// pub trait Diary {
///     fn note(&mut self, cx: &mut Context<'_>, line: String) -> Result<u64>;
///     fn forget_before(&mut self, cx: &mut Context<'_>, number: u64) -> Result<Vec<(u64, String)>>;
/// }
///
/// #[derive(Serialize, Deserialize, Default)]
/// struct Notebook {
///     lines: StoredLog<String>,
/// }
///
/// #[hogshead_objects::object(name = "notebook", version = 1)]
/// impl Diary for Notebook {
///     fn note(&mut self, cx: &mut Context<'_>, line: String) -> Result<u64> {
///         self.lines.push(cx, line)
///     }
///
///     fn forget_before(&mut self, cx: &mut Context<'_>, number: u64) -> Result<Vec<(u64, String)>> {
///         self.lines.truncate_before(cx, number)?;
///         Ok(self.lines.range(cx, .., 10)?.entries)
///     }
/// }
///
/// let mut bench = Bench::new();
/// let left = bench.turn(|cx| {
///     let diary = cx.spawn(Notebook::default())?;
///     for line in ["rain", "sun", "snow"] {
///         diary.near(cx).note(line.into())?;
///     }
///     diary.near(cx).forget_before(2)
/// })?;
/// assert_eq!(left, [(2, "snow".to_owned())]);
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
pub struct StoredLog<V> {
    handle: Handle,
    start: u64,
    end: u64,
    types: PhantomData<fn() -> V>,
}

impl<V: Serialize + DeserializeOwned> StoredLog<V> {
    /// Appends an entry; gives its number. A value of more than
    /// [`ENTRY_BYTES_MAX`](crate::limits::ENTRY_BYTES_MAX) bytes is refused with
    /// [`Class::Limit`].
    pub fn push(&mut self, cx: &mut Context<'_>, value: V) -> Result<u64> {
        let number = self.end;
        let end = number.checked_add(1);
        let end = end.ok_or_else(|| Error::new(Class::Limit, "the log has no numbers left"))?;
        self.handle.put(cx, &key::encode(&number)?, &value)?;
        self.end = end;
        Ok(number)
    }

    /// The entry with a number; nothing if there is none, or none any more.
    pub fn get(&self, cx: &mut Context<'_>, number: u64) -> Result<Option<V>> {
        if !(self.start..self.end).contains(&number) {
            return Ok(None);
        }
        self.handle.get(cx, &key::encode(&number)?)
    }

    /// The entries whose numbers are in `range`, in order and with their numbers, at most `limit`
    /// and [`PAGE_ENTRIES_MAX`](crate::limits::PAGE_ENTRIES_MAX) of them.
    pub fn range(
        &self,
        cx: &mut Context<'_>,
        range: impl RangeBounds<u64>,
        limit: usize,
    ) -> Result<Page<(u64, V)>> {
        self.handle.page(cx, &self.span(range)?, limit, item)
    }

    /// Goes on behind a cursor with the entries of `range`.
    pub fn resume(
        &self,
        cx: &mut Context<'_>,
        range: impl RangeBounds<u64>,
        cursor: &Cursor,
        limit: usize,
    ) -> Result<Page<(u64, V)>> {
        self.handle.page(cx, &cursor.rest_of(self.span(range)?)?, limit, item)
    }

    /// The oldest entry.
    pub fn first(&self, cx: &mut Context<'_>) -> Result<Option<(u64, V)>> {
        self.numbered(cx, self.start)
    }

    /// The newest entry.
    pub fn last(&self, cx: &mut Context<'_>) -> Result<Option<(u64, V)>> {
        self.numbered(cx, self.end.saturating_sub(1))
    }

    fn numbered(&self, cx: &mut Context<'_>, number: u64) -> Result<Option<(u64, V)>> {
        Ok(self.get(cx, number)?.map(|value| (number, value)))
    }

    /// Entries before the start may still be there: they are on their way out.
    fn span(&self, range: impl RangeBounds<u64>) -> Result<super::Span> {
        let mut span = handle::span(range)?;
        span.from = span.from.max(key::encode(&self.start)?.into());
        Ok(span)
    }
}

impl<V> StoredLog<V> {
    /// A log without entries.
    pub const fn new() -> Self {
        Self { handle: Handle::new(), start: 0, end: 0, types: PhantomData }
    }

    /// The number of entries.
    pub fn len(&self) -> u64 {
        self.end - self.start
    }

    /// Whether it has no entries.
    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// The number of its first entry, or of the next one if there is none.
    pub fn start(&self) -> u64 {
        self.start
    }

    /// The number that the next entry will have.
    pub fn end(&self) -> u64 {
        self.end
    }

    /// Drops the entries with smaller numbers, however many: their records go by and by.
    pub fn truncate_before(&mut self, cx: &mut Context<'_>, number: u64) -> Result<()> {
        let start = number.clamp(self.start, self.end);
        if start > self.start {
            self.handle.drop_before(cx, &key::encode(&start)?)?;
            self.start = start;
        }
        Ok(())
    }
}

fn item<V: DeserializeOwned>(number: u64, entry: &State) -> Result<(u64, V)> {
    Ok((number, handle::value(entry)?))
}

impl<V> Default for StoredLog<V> {
    fn default() -> Self {
        Self::new()
    }
}

/// Which numbers its entries have: what they are is in the vat's records.
impl<V> fmt::Debug for StoredLog<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StoredLog({}..{})", self.start, self.end)
    }
}

/// Only into a state: its number, and those of its first and next entry.
impl<V> Serialize for StoredLog<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (&self.handle, self.start, self.end).serialize(serializer)
    }
}

impl<'de, V> Deserialize<'de> for StoredLog<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (handle, start, end) = <(Handle, u64, u64)>::deserialize(deserializer)?;
        if start > end {
            return Err(serde::de::Error::custom("a log begins behind its end"));
        }
        Ok(Self { handle, start, end, types: PhantomData })
    }
}
