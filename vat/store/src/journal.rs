//! The journal: the host's commit order on disk.
//!
//! ```text
//!   00000000000000000001.journal   header │ record 1 │ record 2 │ …            dropped by retention
//!   00000000000000004711.journal   header │ record 4711 │ …
//!   00000000000000009020.journal   header │ record 9020 │ … │ (torn tail)      written
//! ```
//!
//! Each record carries its number, the checksum of the record before it, and the newest commit
//! that was durable when it was written. A group of records is one write and one sync, and the
//! next group is written only after that sync. So after a crash exactly a prefix of the commit
//! order can be read, and a hole that is no crash's work is told from one that is.

use std::io;
use std::sync::Arc;

use bytes::{BufMut, Bytes};
use hogshead_objects::ids::CommitNumber;
use hogshead_objects::mutation::{self, Mutation};
use tracing::{info, warn};

use crate::batch::Batch;
use crate::disk::{Disk, DiskFile};
use crate::error::StoreError;

pub(crate) mod format;
pub(crate) mod scan;
mod tail;
pub(crate) mod walk;

use format::{HeaderError, Place, RecordHeader, RecordKind, SegmentHeader, StoreId};
use scan::{Rest, Scan};
use tail::Tail;

/// The journal, open for writing.
pub(crate) struct Journal {
    disk: Arc<dyn Disk>,
    store: StoreId,
    first: CommitNumber,
    tail: Tail,
    /// The checksum that the next record carries.
    chain: u32,
    next: CommitNumber,
}

/// A segment that is not written any more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Segment {
    /// The number of its first record.
    pub(crate) first: CommitNumber,
    /// Its size.
    pub(crate) bytes: u64,
}

/// Takes the commits that recovery reads, in their order.
pub(crate) type Replay<'a> = &'a mut dyn FnMut(CommitNumber, Batch) -> Result<(), StoreError>;

impl Journal {
    /// Begins a journal whose first commit will be `next`.
    pub(crate) fn create(
        disk: Arc<dyn Disk>,
        store: StoreId,
        next: CommitNumber,
        segment_bytes: u64,
    ) -> Result<Self, StoreError> {
        let header = SegmentHeader { store, first: next, chain: 0 };
        let (file, chain) = create_segment(&*disk, &header)
            .map_err(|e| StoreError::io("making the first journal segment", e))?;
        let tail = Tail::new(file, SegmentHeader::LEN as u64, segment_bytes);
        Ok(Self { disk, store, first: next, tail, chain, next })
    }

    /// Opens a journal after whatever happened, and gives every commit after `checkpoint`. Answers
    /// the segments that are closed, oldest first, beside the journal that goes on in the last.
    ///
    /// A tail that a crash cut is cut off. What could be read but may never have reached the disk
    /// is written again and synced before it is given: after a failed sync the operating system
    /// may show bytes as clean which the disk does not have.
    pub(crate) fn open(
        disk: Arc<dyn Disk>,
        store: StoreId,
        checkpoint: CommitNumber,
        segment_bytes: u64,
        replay: Replay<'_>,
    ) -> Result<(Self, Vec<Segment>), StoreError> {
        let found = list(&*disk)?;
        let (found, unfinished) = without_unfinished(&*disk, found, &store)?;
        let Some(last) = found.last().copied() else {
            return Err(StoreError::journal("the journal", "it has no segment"));
        };
        check_reach(&found, checkpoint)?;
        let mut chain = None;
        for (segment, after) in found.iter().zip(found.iter().skip(1)) {
            if after.first.0 > checkpoint.0 + 1 {
                chain = Some(replay_closed(&*disk, &store, *segment, *after, checkpoint, replay)?);
            }
        }
        let read = Read::segment(&*disk, &store, last, chain)?;
        let sealed = unfinished.is_some() || read.scan.next <= checkpoint;
        if read.scan.rest == Rest::Damaged || (sealed && read.scan.rest == Rest::Torn) {
            return Err(read.damage());
        }
        if read.scan.next.0 <= checkpoint.0 {
            let what = format!(
                "it ends before commit {}, but the checkpoint holds {checkpoint}",
                read.scan.next
            );
            return Err(StoreError::journal(name(last.first), what));
        }
        // A process that was killed as it made or removed a segment has not synced its name.
        let file = disk.sync_dir().and_then(|()| mend(&*disk, &read));
        let file = file.map_err(|e| StoreError::io("mending the journal", e))?;
        if let Some(segment) = unfinished {
            remove_unfinished(&*disk, &read, segment)?;
        }
        read.replay(checkpoint, replay)?;
        let tail = Tail::new(file, read.scan.end as u64, segment_bytes);
        let (chain, next) = (read.scan.chain, read.scan.next);
        let journal = Self { disk, store, first: last.first, tail, chain, next };
        Ok((journal, found[..found.len() - 1].to_vec()))
    }

    /// The number that the next commit gets.
    pub(crate) fn next(&self) -> CommitNumber {
        self.next
    }

    /// The segment that is written.
    pub(crate) fn segment(&self) -> Segment {
        Segment { first: self.first, bytes: self.tail.end() }
    }

    /// Frames payloads as the records that follow, without writing them. `durable` is the newest
    /// commit that is durable now.
    pub(crate) fn frame(&self, payloads: &[Bytes], durable: CommitNumber) -> Group {
        let bytes = payloads.iter().map(|payload| RecordHeader::LEN + payload.len()).sum();
        let mut group =
            Group { bytes: Vec::with_capacity(bytes), chain: self.chain, next: self.next };
        for payload in payloads {
            let number = group.next;
            self.record(&mut group, RecordKind::Batch, number, durable, payload);
            group.next = CommitNumber(number.0 + 1);
        }
        group
    }

    /// Writes a group and returns once it is durable. After an error of [`Full`](WriteError::Full)
    /// the same group must be written again, nothing else; after any other the journal must be
    /// opened again.
    pub(crate) fn write(&mut self, group: &Group) -> Result<(), WriteError> {
        self.tail.write(&group.bytes)?;
        if !mutation::has(Mutation::SkipSync) {
            self.tail.sync()?;
        }
        self.tail.wrote(group.bytes.len());
        self.chain = group.chain;
        self.next = group.next;
        Ok(())
    }

    /// Whether the segment is long enough.
    pub(crate) fn is_segment_full(&self) -> bool {
        self.tail.is_full()
    }

    /// Begins the next segment and answers the one before. Everything written is durable, because
    /// writing waits for that.
    pub(crate) fn rotate(&mut self) -> Result<Segment, WriteError> {
        self.tail.cut();
        let header = SegmentHeader { store: self.store, first: self.next, chain: self.chain };
        let made = create_segment(&*self.disk, &header);
        // Without this a second try would find the name taken.
        if made.is_err() && self.first < self.next {
            let _ = self.disk.remove(&name(self.next));
        }
        let (file, chain) = made.map_err(WriteError::write)?;
        let closed = self.segment();
        self.first = self.next;
        self.tail = self.tail.next(file, SegmentHeader::LEN as u64);
        self.chain = chain;
        Ok(closed)
    }

    /// Marks that the store was closed in order.
    pub(crate) fn close(&mut self) -> Result<(), WriteError> {
        let newest = CommitNumber(self.next.0 - 1);
        let mut group = Group { bytes: Vec::new(), chain: self.chain, next: self.next };
        self.record(&mut group, RecordKind::Close, newest, newest, &Bytes::new());
        self.write(&group)?;
        self.tail.cut();
        Ok(())
    }

    fn record(
        &self,
        group: &mut Group,
        kind: RecordKind,
        number: CommitNumber,
        durable: CommitNumber,
        payload: &Bytes,
    ) {
        let offset = self.tail.end() + group.bytes.len() as u64;
        let header = RecordHeader {
            kind,
            number,
            durable,
            payload_len: payload.len() as u32,
            payload_sum: crc32fast::hash(payload),
            chain: group.chain,
        };
        let (bytes, sum) = header.encode(Place { store: self.store, first: self.first, offset });
        group.bytes.put_slice(&bytes);
        group.bytes.put_slice(payload);
        group.chain = sum;
    }
}

/// Records that are written and synced together.
pub(crate) struct Group {
    bytes: Vec<u8>,
    chain: u32,
    next: CommitNumber,
}

/// Why a group is not durable.
#[derive(Debug)]
pub(crate) enum WriteError {
    /// There was no space: the same may be tried again.
    Full(io::Error),
    /// The write failed.
    Write(io::Error),
    /// The sync failed: what the disk holds is not known.
    Sync(io::Error),
}

impl std::fmt::Display for WriteError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Full(e) | Self::Write(e) => write!(f, "{e}"),
            Self::Sync(e) => write!(f, "the sync failed: {e}"),
        }
    }
}

impl WriteError {
    fn write(error: io::Error) -> Self {
        if crate::error::is_full(&error) { Self::Full(error) } else { Self::Write(error) }
    }
}

/// Whether a segment holds nothing but commits up to `number`, by where the next one begins.
pub(crate) fn is_behind(next_first: CommitNumber, number: CommitNumber) -> bool {
    next_first.0 <= number.0 + 1
}

/// Drops the oldest segment. They go one by one: a crash must not bring back an older segment
/// than one that is gone.
pub(crate) fn drop_oldest(disk: &dyn Disk, segment: Segment) -> io::Result<()> {
    info!(segment = %name(segment.first), "dropping a journal segment");
    disk.remove(&name(segment.first))?;
    disk.sync_dir()
}

/// The name of the segment whose first record is `first`.
pub(crate) fn name(first: CommitNumber) -> String {
    format!("{:020}{SUFFIX}", first.0)
}

/// The segments of a folder, in their order. Other files are not ours to judge.
pub(crate) fn list(disk: &dyn Disk) -> Result<Vec<Segment>, StoreError> {
    let files = disk.list().map_err(|e| match e.kind() {
        io::ErrorKind::NotFound => StoreError::journal("the journal", "its folder is missing"),
        _ => StoreError::io("listing the journal", e),
    })?;
    let segment = |(name, bytes): (String, u64)| {
        let digits = name.strip_suffix(SUFFIX).filter(|digits| digits.len() == 20)?;
        Some(Segment { first: CommitNumber(digits.parse().ok()?), bytes })
    };
    Ok(files.into_iter().filter_map(segment).collect())
}

/// A segment's bytes and what they hold.
pub(crate) struct Read {
    name: String,
    header: SegmentHeader,
    bytes: Bytes,
    pub(crate) scan: Scan,
}

impl Read {
    /// Reads a whole segment. `chain` is the checksum of the record before it, where known.
    pub(crate) fn segment(
        disk: &dyn Disk,
        store: &StoreId,
        segment: Segment,
        chain: Option<u32>,
    ) -> Result<Self, StoreError> {
        let name = name(segment.first);
        let bytes = disk
            .read(&name, 0, usize::MAX)
            .map_err(|e| StoreError::io(format!("reading {name}"), e))?;
        let header = header(&name, &bytes, store, segment.first)?;
        if chain.is_some_and(|chain| chain != header.chain) {
            return Err(StoreError::journal(name, "it does not follow the segment before it"));
        }
        let scan = scan::scan(&bytes, &header);
        Ok(Self { name, header, bytes: bytes.into(), scan })
    }

    /// Gives the commits after `checkpoint`.
    pub(crate) fn replay(
        &self,
        checkpoint: CommitNumber,
        replay: Replay<'_>,
    ) -> Result<(), StoreError> {
        for (number, payload) in &self.scan.commits {
            if *number > checkpoint {
                let batch = Batch::decode(self.bytes.slice(payload.clone()))
                    .map_err(|what| self.broken(*number, what))?;
                replay(*number, batch)?;
            }
        }
        Ok(())
    }

    /// Goes on behind damage, if all commits that it hit are known from elsewhere, up to `held`.
    pub(crate) fn pass_damage(&mut self, held: CommitNumber) -> bool {
        match scan::resume(&self.bytes, &self.header, &self.scan, held) {
            Some(scan) if self.scan.next <= held => {
                self.scan = scan;
                true
            }
            _ => false,
        }
    }

    /// The bytes after the last whole record, without the room behind them.
    pub(crate) fn torn_bytes(&self) -> u64 {
        scan::without_room(&self.bytes[self.scan.end..]).len() as u64
    }

    /// The error that says where the segment is damaged.
    pub(crate) fn damage(&self) -> StoreError {
        self.broken(self.scan.next, "it was durable once and cannot be read")
    }

    fn broken(&self, number: CommitNumber, what: &str) -> StoreError {
        StoreError::journal(
            &self.name,
            format!("commit {number} at byte {}: {what}", self.scan.end),
        )
    }
}

/// Reads a segment that has a successor, so that every byte of it was durable.
fn replay_closed(
    disk: &dyn Disk,
    store: &StoreId,
    segment: Segment,
    after: Segment,
    checkpoint: CommitNumber,
    replay: Replay<'_>,
) -> Result<u32, StoreError> {
    let read = Read::segment(disk, store, segment, None)?;
    if read.scan.rest != Rest::Nothing {
        return Err(read.damage());
    }
    if read.scan.next != after.first {
        let what = format!("it ends before commit {}, not {}", read.scan.next, after.first);
        return Err(StoreError::journal(read.name, what));
    }
    read.replay(checkpoint, replay)?;
    Ok(read.scan.chain)
}

fn header(
    name: &str,
    bytes: &[u8],
    store: &StoreId,
    first: CommitNumber,
) -> Result<SegmentHeader, StoreError> {
    let header = SegmentHeader::decode(bytes).map_err(|error| match error {
        HeaderError::Newer(found) => {
            StoreError::Newer { file: name.to_owned(), found, known: format::FORMAT_VERSION }
        }
        HeaderError::Damaged => StoreError::journal(name, "its first bytes are not a header"),
    })?;
    if header.store != *store {
        return Err(StoreError::journal(name, "it belongs to another store"));
    }
    if header.first != first {
        let what = format!("its name says commit {first}, its header {}", header.first);
        return Err(StoreError::journal(name, what));
    }
    Ok(header)
}

/// Takes away a last segment that a crash left before it was made: at most a header's bytes, and
/// no valid header. Records are written only after the header is durable, so it never held any.
fn without_unfinished(
    disk: &dyn Disk,
    mut found: Vec<Segment>,
    store: &StoreId,
) -> Result<(Vec<Segment>, Option<Segment>), StoreError> {
    let Some(last) = found.last().copied() else { return Ok((found, None)) };
    if found.len() < 2 || last.bytes > SegmentHeader::LEN as u64 {
        return Ok((found, None));
    }
    let name = name(last.first);
    let bytes = disk
        .read(&name, 0, SegmentHeader::LEN)
        .map_err(|e| StoreError::io(format!("reading {name}"), e))?;
    match SegmentHeader::decode(&bytes) {
        Err(HeaderError::Damaged) => {
            found.pop();
            Ok((found, Some(last)))
        }
        _ => header(&name, &bytes, store, last.first).map(|_| (found, None)),
    }
}

/// Removes what a crash between two segments left; the next rotation makes it again.
fn remove_unfinished(disk: &dyn Disk, before: &Read, segment: Segment) -> Result<(), StoreError> {
    if segment.first != before.scan.next {
        return Err(does_not_follow(segment));
    }
    let name = name(segment.first);
    disk.remove(&name)
        .and_then(|()| disk.sync_dir())
        .map_err(|e| StoreError::io(format!("removing the empty {name}"), e))
}

/// The error of a segment that begins with another commit than the one before it leads to.
fn does_not_follow(segment: Segment) -> StoreError {
    StoreError::journal(name(segment.first), "it does not follow the segment before it")
}

/// Refuses a journal that begins after the checkpoint ends.
fn check_reach(found: &[Segment], checkpoint: CommitNumber) -> Result<(), StoreError> {
    match found.first() {
        Some(first) if first.first.0 > checkpoint.0 + 1 => {
            let what = format!(
                "it begins with commit {}, but the checkpoint ends with {checkpoint}",
                first.first
            );
            Err(StoreError::journal("the journal", what))
        }
        _ => Ok(()),
    }
}

/// Opens the last segment for writing: cuts off a torn tail, and makes durable what no record
/// vouches for.
fn mend(disk: &dyn Disk, read: &Read) -> io::Result<Box<dyn DiskFile>> {
    let mut file = disk.open(&read.name)?;
    let longer = read.bytes.len() > read.scan.end;
    if read.scan.rest != Rest::Nothing {
        warn!(segment = %read.name, bytes = read.torn_bytes(), next = %read.scan.next,
            "cutting off what a crash left half written");
    }
    if longer {
        file.truncate(read.scan.end as u64)?;
    }
    if longer || read.scan.unvouched < read.scan.end {
        let unvouched = &read.bytes[read.scan.unvouched..read.scan.end];
        file.write_at(read.scan.unvouched as u64, unvouched)?;
        file.sync()?;
    }
    Ok(file)
}

/// Makes a segment, durable with its name before any record is written to it.
fn create_segment(disk: &dyn Disk, header: &SegmentHeader) -> io::Result<(Box<dyn DiskFile>, u32)> {
    let mut file = disk.create(&name(header.first))?;
    let bytes = header.encode();
    file.write_at(0, &bytes)?;
    file.sync()?;
    disk.sync_dir()?;
    Ok((file, format::u32_at(&bytes, SegmentHeader::LEN - 4)))
}

const SUFFIX: &str = ".journal";
