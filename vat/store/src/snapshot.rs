//! Snapshots: a plain dump of every row as of one commit, verified before it counts.
//!
//! `docs/storage.md` describes the bytes. A snapshot is one file, `<number>.snapshot`; it is made
//! under another name, synced, read back from the disk, and only then gets its own.

use std::fs::{self, File};
use std::io::{BufReader, Read, Write};
use std::path::{Path, PathBuf};

use bytes::{Buf, BufMut, Bytes};
use hogshead_objects::ids::CommitNumber;
use rustix::fs::{Advice, fadvise};

use crate::disk::real::{create_dir_if_missing, create_file, sync_path};
use crate::engine::Store;
use crate::error::{StoreError, way_out};
use crate::journal::format::{StoreId, u32_at, u64_at};
use crate::limits::{KEY_BYTES_MAX, SCAN_ROWS, SNAPSHOT_BLOCK_BYTES, VALUE_BYTES_MAX};

/// A snapshot that was verified.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Snapshot {
    /// Where it is.
    pub path: PathBuf,
    /// The store that it is of.
    pub store: StoreId,
    /// The commit whose rows it holds.
    pub number: CommitNumber,
    /// The number of rows.
    pub rows: u64,
    /// The file's size.
    pub bytes: u64,
}

/// Dumps an engine's rows, which nobody may change meanwhile, into a file in `dir`.
pub(crate) fn write(
    dir: &Path,
    store: StoreId,
    number: CommitNumber,
    engine: &dyn Store,
) -> Result<Snapshot, StoreError> {
    let path = dir.join(format!("{:020}.snapshot", number.0));
    let half = path.with_extension("snapshot.new");
    let io = |e| StoreError::io(format!("writing {}", half.display()), e);
    create_dir_if_missing(dir).map_err(io)?;
    if half.exists() {
        fs::remove_file(&half).map_err(io)?;
    }
    let mut writer = Writer { file: create_file(&half).map_err(io)?, chain: 0, rows: 0 };
    writer.file.write_all(&header(store, number)).map_err(io)?;
    let mut block = Vec::new();
    let mut from = Bytes::new();
    loop {
        let rows = engine.range(&from, None, SCAN_ROWS)?;
        for (key, value) in &rows {
            block.put_u16(key.len() as u16);
            block.put_slice(key);
            block.put_u32(value.len() as u32);
            block.put_slice(value);
            writer.rows += 1;
            if block.len() >= SNAPSHOT_BLOCK_BYTES {
                writer.block(&block).map_err(io)?;
                block.clear();
            }
        }
        match rows.last() {
            Some((key, _)) => from = [key, &[0][..]].concat().into(),
            None => break,
        }
    }
    if !block.is_empty() {
        writer.block(&block).map_err(io)?;
    }
    writer.end().map_err(io)?;
    let file = writer.file;
    file.sync_all().map_err(io)?;
    // So that it is read back from the disk. Advice may be ignored, and is no error then.
    let _ = fadvise(&file, 0, None, Advice::DontNeed);
    drop(file);
    let verified = read(&half, &mut |_, _| Ok(()))?;
    fs::rename(&half, &path).and_then(|()| sync_path(dir)).map_err(io)?;
    Ok(Snapshot { path, ..verified })
}

/// Reads a snapshot, gives its rows in order, and answers only if all of it is whole.
pub(crate) fn read(
    path: &Path,
    row: &mut dyn FnMut(Bytes, Bytes) -> Result<(), StoreError>,
) -> Result<Snapshot, StoreError> {
    let io = |e| StoreError::io(format!("reading {}", path.display()), e);
    let file = File::open(path).map_err(io)?;
    let bytes = file.metadata().map_err(io)?.len();
    let mut reader = Reader { path, file: BufReader::new(file) };
    let head = reader.take(HEADER_LEN)?;
    let (store, number) = reader.header(&head)?;
    let (mut chain, mut rows, mut last) = (0, 0_u64, Bytes::new());
    loop {
        let head = reader.take(8)?;
        let (len, sum) = (u32_at(&head, 0) as usize, u32_at(&head, 4));
        if (len, sum) == (0, 0) {
            break;
        }
        if len > SNAPSHOT_BLOCK_BYTES + KEY_BYTES_MAX + VALUE_BYTES_MAX + 6 {
            return Err(reader.damaged("a block is too long"));
        }
        let mut block = Bytes::from(reader.take(len)?);
        if sum != block_sum(chain, &block) {
            return Err(reader.damaged("the checksum of a block does not fit"));
        }
        chain = sum;
        while !block.is_empty() {
            let (key, value) =
                next_row(&mut block).ok_or_else(|| reader.damaged("a row is cut off"))?;
            if rows > 0 && key <= last {
                return Err(reader.damaged("the rows are out of order"));
            }
            last = key.clone();
            rows += 1;
            row(key, value)?;
        }
    }
    let end = reader.take(FOOTER_LEN - 8)?;
    let whole = u64_at(&end, 0) == rows
        && u32_at(&end, 8) == chain
        && u32_at(&end, 12) == crc32fast::hash(&end[..12]);
    if !whole || reader.file.read(&mut [0]).map_err(io)? != 0 {
        return Err(reader.damaged("its end is not the end of a snapshot"));
    }
    Ok(Snapshot { path: path.to_owned(), store, number, rows, bytes })
}

struct Writer {
    file: File,
    chain: u32,
    rows: u64,
}

impl Writer {
    fn block(&mut self, block: &[u8]) -> std::io::Result<()> {
        self.chain = block_sum(self.chain, block);
        let mut head = Vec::with_capacity(8 + block.len());
        head.put_u32(block.len() as u32);
        head.put_u32(self.chain);
        head.put_slice(block);
        self.file.write_all(&head)
    }

    fn end(&mut self) -> std::io::Result<()> {
        let mut end = vec![0; 8];
        end.put_u64(self.rows);
        end.put_u32(self.chain);
        let sum = crc32fast::hash(&end[8..]);
        end.put_u32(sum);
        self.file.write_all(&end)
    }
}

struct Reader<'a> {
    path: &'a Path,
    file: BufReader<File>,
}

impl Reader<'_> {
    fn take(&mut self, count: usize) -> Result<Vec<u8>, StoreError> {
        let mut bytes = vec![0; count];
        match self.file.read_exact(&mut bytes) {
            Ok(()) => Ok(bytes),
            Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => {
                Err(self.damaged("it ends too early"))
            }
            Err(e) => Err(StoreError::io(format!("reading {}", self.path.display()), e)),
        }
    }

    fn header(&self, bytes: &[u8]) -> Result<(StoreId, CommitNumber), StoreError> {
        if bytes[..8] != MAGIC || u32_at(bytes, HEADER_LEN - 4) != crc32fast::hash(&bytes[..60]) {
            return Err(self.damaged("its first bytes are not those of a snapshot"));
        }
        let found = u32_at(bytes, 8);
        if found != FORMAT_VERSION {
            let file = self.path.display().to_string();
            return Err(StoreError::Newer { file, found, known: FORMAT_VERSION });
        }
        let mut id = [0; 16];
        id.copy_from_slice(&bytes[12..28]);
        Ok((StoreId(id), CommitNumber(u64_at(bytes, 28))))
    }

    fn damaged(&self, what: &str) -> StoreError {
        StoreError::Damaged {
            file: self.path.display().to_string(),
            what: what.to_owned(),
            way_out: way_out::SNAPSHOT,
        }
    }
}

fn header(store: StoreId, number: CommitNumber) -> [u8; HEADER_LEN] {
    let mut bytes = [0; HEADER_LEN];
    bytes[..8].copy_from_slice(&MAGIC);
    bytes[8..12].copy_from_slice(&FORMAT_VERSION.to_be_bytes());
    bytes[12..28].copy_from_slice(&store.0);
    bytes[28..36].copy_from_slice(&number.0.to_be_bytes());
    let sum = crc32fast::hash(&bytes[..60]);
    bytes[60..].copy_from_slice(&sum.to_be_bytes());
    bytes
}

fn next_row(block: &mut Bytes) -> Option<(Bytes, Bytes)> {
    let key = usize::from(block.try_get_u16().ok()?);
    let key = (block.len() >= key).then(|| block.split_to(key))?;
    let value = block.try_get_u32().ok()? as usize;
    let value = (block.len() >= value).then(|| block.split_to(value))?;
    Some((key, value))
}

/// Each block's checksum covers the one before it.
fn block_sum(chain: u32, block: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&chain.to_be_bytes());
    hasher.update(block);
    hasher.finalize()
}

const MAGIC: [u8; 8] = *b"hogsnap\0";
const FORMAT_VERSION: u32 = 1;
const HEADER_LEN: usize = 64;
const FOOTER_LEN: usize = 24;
