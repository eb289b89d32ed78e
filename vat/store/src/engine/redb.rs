//! redb 4 as the checkpoint's engine: one file, copy on write, its own fsync.

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use bytes::Bytes;
use hogshead_objects::ids::CommitNumber;
use redb::{Database, Durability, ReadableDatabase, TableDefinition};

use super::{Store, guarded};
use crate::changes::Changes;
use crate::disk::real::{FILE_MODE, sync_path};
use crate::error::{StoreError, is_full};

/// A redb database.
pub struct RedbStore {
    database: Database,
}

impl RedbStore {
    /// Opens the database in a folder, or makes it.
    pub fn open(dir: &Path, cache_bytes: usize) -> Result<Self, StoreError> {
        let path = dir.join(FILE);
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(FILE_MODE)
            .open(&path)
            .map_err(|e| StoreError::io(format!("opening {}", path.display()), e))?;
        let database = guarded(NAME, || {
            let mut builder = redb::Builder::new();
            let database = builder.set_cache_size(cache_bytes).create_file(file).map_err(broken)?;
            let write = database.begin_write().map_err(broken)?;
            write.open_table(ROWS).map_err(broken)?;
            write.open_table(META).map_err(broken)?;
            write.commit().map_err(broken)?;
            Ok(database)
        })?;
        sync_path(dir).map_err(|e| StoreError::io("syncing the checkpoint's folder", e))?;
        Ok(Self { database })
    }
}

impl Store for RedbStore {
    fn get(&self, key: &[u8]) -> Result<Option<Bytes>, StoreError> {
        guarded(NAME, || self.read(key))
    }

    fn range(
        &self,
        from: &[u8],
        to: Option<&[u8]>,
        limit: usize,
    ) -> Result<Vec<(Bytes, Bytes)>, StoreError> {
        if to.is_some_and(|to| from >= to) {
            return Ok(Vec::new());
        }
        guarded(NAME, || self.read_range(from, to, limit))
    }

    fn apply(&self, changes: &Changes, number: CommitNumber) -> Result<(), StoreError> {
        guarded(NAME, || self.write(changes, number))
    }

    fn number(&self) -> Result<CommitNumber, StoreError> {
        guarded(NAME, || self.read_number())
    }

    fn flush(&self) -> Result<(), StoreError> {
        // An empty commit of the durable kind takes every commit before it along.
        guarded(NAME, || {
            let mut write = self.database.begin_write().map_err(broken)?;
            write.set_durability(Durability::Immediate).map_err(broken)?;
            write.commit().map_err(broken)
        })
    }
}

impl RedbStore {
    fn read(&self, key: &[u8]) -> Result<Option<Bytes>, StoreError> {
        let read = self.database.begin_read().map_err(broken)?;
        let rows = read.open_table(ROWS).map_err(broken)?;
        let row = rows.get(key).map_err(broken)?;
        Ok(row.map(|value| Bytes::copy_from_slice(value.value())))
    }

    fn read_range(
        &self,
        from: &[u8],
        to: Option<&[u8]>,
        limit: usize,
    ) -> Result<Vec<(Bytes, Bytes)>, StoreError> {
        let read = self.database.begin_read().map_err(broken)?;
        let rows = read.open_table(ROWS).map_err(broken)?;
        let found = match to {
            Some(to) => rows.range::<&[u8]>(from..to),
            None => rows.range::<&[u8]>(from..),
        };
        let mut out = Vec::new();
        for row in found.map_err(broken)?.take(limit) {
            let (key, value) = row.map_err(broken)?;
            out.push((Bytes::copy_from_slice(key.value()), Bytes::copy_from_slice(value.value())));
        }
        Ok(out)
    }

    fn write(&self, changes: &Changes, number: CommitNumber) -> Result<(), StoreError> {
        let mut write = self.database.begin_write().map_err(broken)?;
        write.set_durability(Durability::None).map_err(broken)?;
        {
            let mut rows = write.open_table(ROWS).map_err(broken)?;
            for (key, value) in changes {
                match value {
                    Some(value) => rows.insert(&**key, &**value).map_err(broken)?,
                    None => rows.remove(&**key).map_err(broken)?,
                };
            }
            let mut meta = write.open_table(META).map_err(broken)?;
            meta.insert(NUMBER, number.0).map_err(broken)?;
        }
        write.commit().map_err(broken)
    }

    fn read_number(&self) -> Result<CommitNumber, StoreError> {
        let read = self.database.begin_read().map_err(broken)?;
        let meta = read.open_table(META).map_err(broken)?;
        let number = meta.get(NUMBER).map_err(broken)?;
        Ok(CommitNumber(number.map_or(0, |number| number.value())))
    }
}

fn broken(error: impl Into<redb::Error>) -> StoreError {
    match error.into() {
        redb::Error::Io(source) if is_full(&source) => {
            StoreError::io("writing the redb checkpoint", source)
        }
        error => StoreError::Engine { engine: NAME, why: error.to_string() },
    }
}

const NAME: &str = "redb";
const FILE: &str = "redb";
const ROWS: TableDefinition<'_, &[u8], &[u8]> = TableDefinition::new("rows");
const META: TableDefinition<'_, &str, u64> = TableDefinition::new("meta");
const NUMBER: &str = "number";
