//! sled 0.34 as the checkpoint's engine, with what it needs to be told.
//!
//! - Its `flush` is `sync_file_range` on Linux: no promise. So after each flush its files and its
//!   folder are fsynced here.
//! - A value near or above its segment size goes into a file of its own under `blobs/`, which is
//!   never synced and never freed. So values are cut into chunks, small enough that none appears.
//! - Killed while opening, it can leave `snap.*.generating` and then refuses to open. So that
//!   file is removed first, under the store's own lock.
//!
//! Keys: `0` the number of the last commit; `1 key` a row's head: its value, or where its chunks
//! stand; `2 commit index chunk` a chunk. A new value never writes over the chunks of an old one,
//! so a reader finds either the one or the other.

use std::fs::{self, Permissions};
use std::io;
use std::ops::Range;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use bytes::{Buf, BufMut, Bytes};
use hogshead_objects::ids::CommitNumber;
use sled::{Batch, Db, Tree};

use super::{Store, guarded};
use crate::changes::Changes;
use crate::disk::real::{DIR_MODE, FILE_MODE, sync_path};
use crate::error::{StoreError, is_full, way_out};

/// A sled database.
pub struct SledStore {
    rows: Tree,
    database: Db,
    // Dropped last: the others write when they are dropped.
    files: Files,
}

/// sled's folder. sled makes its files for everybody to read, within a folder that only the owner
/// may enter; whenever they are looked at they are made the owner's alone.
struct Files {
    dir: PathBuf,
}

/// What sled says when its file is locked, and how often and after which pause it is asked again.
const LOCKED: &str = "could not acquire lock";
const LOCK_TRIES: u32 = 500;
const LOCK_PAUSE: std::time::Duration = std::time::Duration::from_millis(10);

impl SledStore {
    /// Opens the database in a folder, or makes it. The caller holds the store's lock.
    pub fn open(dir: &Path, cache_bytes: usize) -> Result<Self, StoreError> {
        let files = Files { dir: dir.join(FOLDER) };
        remove_half_made_snapshots(&files.dir)?;
        let config = sled::Config::new()
            .path(&files.dir)
            .cache_capacity(cache_bytes as u64)
            .segment_size(SEGMENT_BYTES)
            .mode(sled::Mode::HighThroughput)
            // The checkpoint is flushed when the journal wants to drop something, not by a clock.
            .flush_every_ms(None);
        let mut patience = LOCK_TRIES;
        let (database, rows) = loop {
            let opened = guarded(NAME, || {
                let database = config.open().map_err(broken)?;
                let rows = database.open_tree(ROWS).map_err(broken)?;
                Ok((database, rows))
            });
            match opened {
                // The folder is ours by a lock of our own. sled's lock goes with the last of its
                // threads, a moment after a database of this process was dropped.
                Err(error) if patience > 0 && error.to_string().contains(LOCKED) => {
                    patience -= 1;
                    std::thread::sleep(LOCK_PAUSE);
                }
                opened => break opened?,
            }
        };
        sync_path(dir)
            .and_then(|()| files.sync())
            .map_err(|e| StoreError::io("syncing sled's files", e))?;
        Ok(Self { rows, database, files })
    }

    fn head(&self, key: &[u8]) -> Result<Option<Head>, StoreError> {
        match self.rows.get(head_key(key)).map_err(broken)? {
            Some(bytes) => Head::decode(&bytes).map(Some).ok_or_else(|| damaged(key)),
            None => Ok(None),
        }
    }

    /// The value of a head. `None` if its chunks are gone, because another value has come since.
    fn value(&self, head: Head) -> Result<Option<Bytes>, StoreError> {
        let (chunks, len) = match head {
            Head::Inline(value) => return Ok(Some(value)),
            Head::Chunked { chunks, len } => (chunks, len as usize),
        };
        let mut value = Vec::with_capacity(len);
        for chunk in 0..len.div_ceil(CHUNK_BYTES) {
            match self.rows.get(chunks.key(chunk as u32)).map_err(broken)? {
                Some(bytes) => value.extend_from_slice(&bytes),
                None => return Ok(None),
            }
        }
        Ok((value.len() == len).then(|| value.into()))
    }

    /// The value of `key` whose head was read before. Values change while others read.
    fn settle(&self, key: &[u8], mut head: Option<Head>) -> Result<Option<Bytes>, StoreError> {
        for _ in 0..READ_TRIES {
            let Some(read) = head else { return Ok(None) };
            if let Some(value) = self.value(read.clone())? {
                return Ok(Some(value));
            }
            head = self.head(key)?;
            if head.as_ref() == Some(&read) {
                return Err(damaged(key));
            }
        }
        Err(damaged(key))
    }
}

impl SledStore {
    fn read_range(
        &self,
        heads: Range<Vec<u8>>,
        limit: usize,
    ) -> Result<Vec<(Bytes, Bytes)>, StoreError> {
        let mut out = Vec::new();
        for row in self.rows.range(heads) {
            if out.len() == limit {
                break;
            }
            let (key, head) = row.map_err(broken)?;
            let key = Bytes::copy_from_slice(key.get(1..).unwrap_or_default());
            let head = Head::decode(&head).ok_or_else(|| damaged(&key))?;
            if let Some(value) = self.settle(&key, Some(head))? {
                out.push((key, value));
            }
        }
        Ok(out)
    }
}

impl Store for SledStore {
    fn get(&self, key: &[u8]) -> Result<Option<Bytes>, StoreError> {
        guarded(NAME, || self.settle(key, self.head(key)?))
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
        let end = to.map_or(vec![CHUNK], head_key);
        guarded(NAME, || self.read_range(head_key(from)..end, limit))
    }

    fn apply(&self, changes: &Changes, number: CommitNumber) -> Result<(), StoreError> {
        let mut batch = Batch::default();
        for (index, (key, value)) in changes.iter().enumerate() {
            let head_key = head_key(key);
            let before = self.rows.get(&head_key).map_err(broken)?;
            // What was put and deleted since the last time was never here, and is not sought again.
            if before.is_none() && value.is_none() {
                continue;
            }
            if before.as_ref().is_some_and(|before| before.first() != Some(&INLINE))
                && let Some(Head::Chunked { chunks, len }) = self.head(key)?
            {
                for chunk in 0..(len as usize).div_ceil(CHUNK_BYTES) {
                    batch.remove(chunks.key(chunk as u32));
                }
            }
            let Some(value) = value else {
                batch.remove(head_key);
                continue;
            };
            let mut head = Head::Inline(value.clone());
            if value.len() > CHUNK_BYTES {
                let chunks = Chunks { number, index: index as u32 };
                head = Head::Chunked { chunks, len: value.len() as u32 };
                for (chunk, bytes) in value.chunks(CHUNK_BYTES).enumerate() {
                    batch.insert(chunks.key(chunk as u32), bytes);
                }
            }
            batch.insert(head_key, head.encode());
        }
        batch.insert(&[NUMBER], &number.0.to_be_bytes());
        guarded(NAME, || self.rows.apply_batch(batch).map_err(broken))
    }

    fn number(&self) -> Result<CommitNumber, StoreError> {
        let Some(bytes) = guarded(NAME, || self.rows.get([NUMBER]).map_err(broken))? else {
            return Ok(CommitNumber(0));
        };
        let bytes: [u8; 8] = bytes.as_ref().try_into().map_err(|_| damaged(b"its number"))?;
        Ok(CommitNumber(u64::from_be_bytes(bytes)))
    }

    fn flush(&self) -> Result<(), StoreError> {
        guarded(NAME, || self.database.flush().map_err(broken))?;
        self.files.sync().map_err(|e| StoreError::io("syncing sled's files", e))
    }
}

/// What stands under a row's key.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Head {
    /// The value itself.
    Inline(Bytes),
    /// The value is in chunks.
    Chunked { chunks: Chunks, len: u32 },
}

/// Where the chunks of a value stand: the commit that put it, and which row of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Chunks {
    number: CommitNumber,
    index: u32,
}

impl Head {
    fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        match self {
            Self::Inline(value) => {
                bytes.reserve_exact(1 + value.len());
                bytes.put_u8(INLINE);
                bytes.put_slice(value);
            }
            Self::Chunked { chunks, len } => {
                bytes.put_u8(CHUNKED);
                bytes.put_u64(chunks.number.0);
                bytes.put_u32(chunks.index);
                bytes.put_u32(*len);
            }
        }
        bytes
    }

    fn decode(mut bytes: &[u8]) -> Option<Self> {
        match bytes.try_get_u8().ok()? {
            INLINE => Some(Self::Inline(Bytes::copy_from_slice(bytes))),
            CHUNKED => {
                let number = CommitNumber(bytes.try_get_u64().ok()?);
                let index = bytes.try_get_u32().ok()?;
                let len = bytes.try_get_u32().ok()?;
                Some(Self::Chunked { chunks: Chunks { number, index }, len })
            }
            _ => None,
        }
    }
}

impl Chunks {
    fn key(&self, chunk: u32) -> Vec<u8> {
        let mut key = vec![CHUNK];
        key.put_u64(self.number.0);
        key.put_u32(self.index);
        key.put_u32(chunk);
        key
    }
}

fn head_key(key: &[u8]) -> Vec<u8> {
    let mut head = Vec::with_capacity(1 + key.len());
    head.push(HEAD);
    head.extend_from_slice(key);
    head
}

/// Removes what a kill while sled opened has left, and what would keep it from opening.
fn remove_half_made_snapshots(dir: &Path) -> Result<(), StoreError> {
    let Ok(entries) = fs::read_dir(dir) else { return Ok(()) };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with("snap.") && name.ends_with(".generating") {
            fs::remove_file(entry.path())
                .map_err(|e| StoreError::io(format!("removing sled's half made {name}"), e))?;
        }
    }
    Ok(())
}

impl Files {
    fn sync(&self) -> io::Result<()> {
        each_path(&self.dir, &|path| {
            restrict(path)?;
            sync_path(path)
        })
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        if let Err(error) = each_path(&self.dir, &restrict) {
            tracing::warn!(%error, "sled's files could not be made the owner's alone");
        }
    }
}

/// Acts on every file below a folder, and then on the folder.
fn each_path(dir: &Path, act: &dyn Fn(&Path) -> io::Result<()>) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let acted = match entry.file_type() {
            Ok(kind) if kind.is_dir() => each_path(&entry.path(), act),
            Ok(_) => act(&entry.path()),
            Err(error) => Err(error),
        };
        match acted {
            // sled replaces its snapshot files whenever it likes.
            Err(e) if e.kind() == io::ErrorKind::NotFound => {}
            acted => acted?,
        }
    }
    act(dir)
}

fn restrict(path: &Path) -> io::Result<()> {
    let permissions = fs::metadata(path)?.permissions();
    let mode = if path.is_dir() { DIR_MODE } else { FILE_MODE };
    if permissions.mode() & 0o777 == mode {
        return Ok(());
    }
    fs::set_permissions(path, Permissions::from_mode(mode))
}

fn broken(error: sled::Error) -> StoreError {
    match error {
        sled::Error::Io(source) if is_full(&source) => {
            StoreError::io("writing the sled checkpoint", source)
        }
        error => StoreError::Engine { engine: NAME, why: error.to_string() },
    }
}

fn damaged(key: &[u8]) -> StoreError {
    StoreError::Damaged {
        file: "the sled checkpoint".to_owned(),
        what: format!("the row {} has lost its chunks", key.escape_ascii()),
        way_out: way_out::CHECKPOINT,
    }
}

const NAME: &str = "sled";
const FOLDER: &str = "sled";
const ROWS: &str = "rows";
/// Bytes of a chunk, and of sled's segments. By experiment blobs appear from chunks of a 64th of a
/// segment on, and never at a 128th; this is half of that.
const CHUNK_BYTES: usize = 8 << 10;
const SEGMENT_BYTES: usize = 2 << 20;
/// How often a value is looked for again that changes while it is read.
const READ_TRIES: usize = 1000;
const NUMBER: u8 = 0;
const HEAD: u8 = 1;
const CHUNK: u8 = 2;
const INLINE: u8 = 0;
const CHUNKED: u8 = 1;
