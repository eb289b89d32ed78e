//! The seam behind which the checkpoint is kept.
//!
//! ```text
//!   journal ──durable batches, in order──▶ Store ──▶ sled | redb | memory (| faulty around one)
//! ```

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::str::FromStr;

use bytes::Bytes;
use hogshead_objects::ids::CommitNumber;

use crate::changes::Changes;
use crate::error::StoreError;

pub mod faulty;
pub mod memory;
pub mod redb;
pub mod sled;

/// Keeps rows, and the number of the last commit that changed them.
///
/// One thread applies; any thread reads at any time. What was applied but not flushed may be lost
/// by a crash, all of it or a later part of it, never the middle.
pub trait Store: Send + Sync {
    /// The row under `key`.
    fn get(&self, key: &[u8]) -> Result<Option<Bytes>, StoreError>;

    /// The rows with `from <= key < to` in ascending order, at most `limit` of them. `None` as
    /// `to` has no end.
    fn range(
        &self,
        from: &[u8],
        to: Option<&[u8]>,
        limit: usize,
    ) -> Result<Vec<(Bytes, Bytes)>, StoreError>;

    /// Applies changes and the number of the commit that they lead to, all or nothing. Of all that is
    /// applied to a store only changes of nothing may have a number that others had.
    fn apply(&self, changes: &Changes, number: CommitNumber) -> Result<(), StoreError>;

    /// The number of the last commit applied; zero if none was.
    fn number(&self) -> Result<CommitNumber, StoreError>;

    /// Returns once everything applied before the call is on the disk.
    fn flush(&self) -> Result<(), StoreError>;
}

/// Which engine keeps a checkpoint. It is chosen when a store is made.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Engine {
    /// sled 0.34.
    #[default]
    Sled,
    /// redb 4.
    Redb,
    /// Nothing lasts: for ephemeral vats and tests.
    Memory,
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sled => "sled",
            Self::Redb => "redb",
            Self::Memory => "memory",
        })
    }
}

impl FromStr for Engine {
    type Err = UnknownEngine;

    fn from_str(text: &str) -> Result<Self, UnknownEngine> {
        match text {
            "sled" => Ok(Self::Sled),
            "redb" => Ok(Self::Redb),
            "memory" => Ok(Self::Memory),
            _ => Err(UnknownEngine(text.to_owned())),
        }
    }
}

/// The text names no engine.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("there is no engine {0:?}; there are sled, redb and memory")]
pub struct UnknownEngine(pub String);

/// Runs a call into an engine. They panic on some damaged files; to their callers that is damage
/// as any other.
fn guarded<T>(
    engine: &'static str,
    act: impl FnOnce() -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    catch_unwind(AssertUnwindSafe(act)).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str);
        let said = said.or_else(|| panic.downcast_ref::<&str>().copied());
        let why = format!("it panicked: {}", said.unwrap_or("it did not say why"));
        Err(StoreError::Engine { engine, why })
    })
}
