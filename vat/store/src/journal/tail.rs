//! The end of the segment that is written.
//!
//! ```text
//!   header │ records … │ group │ zeros
//!                      end     └─ room: written with a group that found none
//! ```
//!
//! A group that fits into the room changes neither the file's length nor its blocks, so that its
//! sync carries its bytes and nothing else: on a file system with a journal of its own that takes
//! a quarter to two fifths less. Zeros are no record, and a reader takes them for the end.

use super::WriteError;
use crate::disk::DiskFile;
use crate::limits::{ROOM_BYTES, ROOM_GROUP_BYTES_MAX};

pub(super) struct Tail {
    file: Box<dyn DiskFile>,
    /// Where the next group goes.
    end: u64,
    /// Where the zeros behind it end.
    room: u64,
    /// Where no more room is made: the segment is full.
    full: u64,
    /// Whether the disk had no space for room: none is tried again in this segment.
    crowded: bool,
}

impl Tail {
    /// The tail of a file that ends at `end`.
    pub(super) fn new(file: Box<dyn DiskFile>, end: u64, full: u64) -> Self {
        Self { file, end, room: end, full, crowded: false }
    }

    /// The tail of the segment after this one, whose file ends at `end`.
    pub(super) fn next(&self, file: Box<dyn DiskFile>, end: u64) -> Self {
        Self::new(file, end, self.full)
    }

    /// Where the next group goes.
    pub(super) fn end(&self) -> u64 {
        self.end
    }

    /// Whether the segment is long enough.
    pub(super) fn is_full(&self) -> bool {
        self.end >= self.full
    }

    /// Writes what [`wrote`](Self::wrote) then counts. After an error any part of it may be there.
    pub(super) fn write(&mut self, group: &[u8]) -> Result<(), WriteError> {
        let end = self.end + group.len() as u64;
        let room = (end + ROOM_BYTES).min(self.full);
        let small = group.len() <= ROOM_GROUP_BYTES_MAX;
        if self.room < end && end < room && small && !self.crowded {
            let mut longer = Vec::with_capacity((room - self.end) as usize);
            longer.extend_from_slice(group);
            longer.resize((room - self.end) as usize, 0);
            match self.file.write_at(self.end, &longer) {
                Ok(()) => {
                    self.room = room;
                    return Ok(());
                }
                // There may be space for the group alone.
                Err(error) if crate::error::is_full(&error) => self.crowded = true,
                Err(error) => return Err(WriteError::Write(error)),
            }
        }
        self.file.write_at(self.end, group).map_err(WriteError::write)
    }

    /// Returns once everything written is on the disk.
    pub(super) fn sync(&mut self) -> Result<(), WriteError> {
        self.file.sync().map_err(WriteError::Sync)
    }

    /// So many bytes were written and are on the disk.
    pub(super) fn wrote(&mut self, bytes: usize) {
        self.end += bytes as u64;
    }

    /// Gives back what room there is, when nothing more is written. It need not reach the disk, nor
    /// succeed: zeros at the end of a segment are nothing to whoever reads it.
    pub(super) fn cut(&mut self) {
        if self.room > self.end {
            match self.file.truncate(self.end) {
                Ok(()) => self.room = self.end,
                Err(error) => tracing::warn!(%error, "a journal segment keeps the room behind it"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use bytes::Bytes;
    use hogshead_objects::ids::CommitNumber;

    use super::super::{Group, Journal, StoreId, walk};
    use super::*;
    use crate::batch::Batch;
    use crate::disk::Disk;
    use crate::disk::simulated::{Faults, SimulatedDisk};
    use crate::limits::SEGMENT_BYTES;

    const ID: StoreId = StoreId([5; 16]);

    fn journal(disk: &SimulatedDisk, segment_bytes: u64) -> Journal {
        Journal::create(Arc::new(disk.clone()), ID, CommitNumber(1), segment_bytes).unwrap()
    }

    fn group(journal: &Journal, value: usize) -> Group {
        let mut batch = Batch::new();
        batch.put("row", vec![7; value]);
        let mut payload = Vec::new();
        batch.encode(&mut payload);
        journal.frame(&[Bytes::from(payload)], CommitNumber(journal.next().0 - 1))
    }

    fn write(journal: &mut Journal, value: usize) {
        let group = group(journal, value);
        journal.write(&group).unwrap();
    }

    fn length(disk: &SimulatedDisk) -> u64 {
        disk.list().unwrap().last().unwrap().1
    }

    /// Opens the journal again: the newest commit, and the bytes that a crash left half written.
    fn reopened(disk: &SimulatedDisk) -> (u64, u64) {
        let none = CommitNumber(0);
        let walk = walk::walk(disk, &ID, none, none, &mut |_, _| Ok(())).unwrap();
        assert!(walk.damage.is_none(), "{walk:?}");
        let disk = Arc::new(disk.clone());
        let (journal, _) =
            Journal::open(disk, ID, none, SEGMENT_BYTES, &mut |_, _| Ok(())).unwrap();
        assert_eq!(walk.next, journal.next());
        (walk.newest().0, walk.torn_bytes)
    }

    #[test]
    fn groups_that_find_room_leave_the_length_alone() {
        let disk = SimulatedDisk::new();
        let mut journal = journal(&disk, SEGMENT_BYTES);
        write(&mut journal, 100);
        let (end, room) = (journal.segment().bytes, length(&disk));
        assert_eq!(room, end + ROOM_BYTES);
        while journal.segment().bytes + 200 < room {
            write(&mut journal, 100);
            assert_eq!(length(&disk), room);
        }
        write(&mut journal, 200);
        assert_eq!(length(&disk), journal.segment().bytes + ROOM_BYTES, "more room is made");
        drop(journal);
        // Zeros are no record, and nothing that was torn.
        let newest = reopened(&disk);
        assert!(newest.0 > 1000 && newest.1 == 0, "{newest:?}");
        assert_eq!(reopened(&disk), newest);
    }

    #[test]
    fn what_is_torn_in_the_room_is_told_from_the_room() {
        let disk = SimulatedDisk::new();
        let mut journal = journal(&disk, SEGMENT_BYTES);
        write(&mut journal, 100);
        let group = group(&journal, 100);
        let half = &group.bytes[..90];
        journal.tail.write(half).unwrap();
        drop(journal);
        assert_eq!(reopened(&disk), (1, 90));
        assert_eq!(reopened(&disk), (1, 0));
    }

    #[test]
    fn a_close_leaves_no_room_and_a_large_group_makes_none() {
        let disk = SimulatedDisk::new();
        let mut journal = journal(&disk, SEGMENT_BYTES);
        write(&mut journal, ROOM_GROUP_BYTES_MAX);
        assert_eq!(length(&disk), journal.segment().bytes);
        write(&mut journal, 1);
        assert_eq!(length(&disk), journal.segment().bytes + ROOM_BYTES);
        journal.close().unwrap();
        assert_eq!(length(&disk), journal.segment().bytes);
        assert_eq!(reopened(&disk), (2, 0));
    }

    #[test]
    fn room_ends_with_the_segment() {
        let disk = SimulatedDisk::new();
        let mut journal = journal(&disk, 1000);
        write(&mut journal, 100);
        assert_eq!(length(&disk), 1000);
        while !journal.is_segment_full() {
            write(&mut journal, 100);
        }
        assert_eq!(length(&disk), journal.segment().bytes);
    }

    #[test]
    fn a_disk_that_has_space_for_the_group_alone_takes_it() {
        let disk = SimulatedDisk::new();
        let mut journal = journal(&disk, SEGMENT_BYTES);
        let group = group(&journal, 100);
        let space = Some(group.bytes.len() as u64);
        disk.plan(Faults { space, ..Faults::default() });
        // What was tried took the space that there was.
        assert!(matches!(journal.write(&group), Err(WriteError::Full(_))));
        disk.plan(Faults { space, ..Faults::default() });
        journal.write(&group).unwrap();
        disk.plan(Faults::default());
        assert_eq!(reopened(&disk), (1, 0));
    }

    #[test]
    fn zeros_where_commits_were_are_no_room_if_something_followed_them() {
        let disk = SimulatedDisk::new();
        let mut journal = journal(&disk, SEGMENT_BYTES);
        write(&mut journal, 100);
        let end = journal.segment().bytes as usize;
        write(&mut journal, 100);
        drop(journal);
        let mut files = disk.files();
        files.values_mut().for_each(|bytes| bytes[end..].fill(0));
        // A crash left it half made: it was to begin with the third commit.
        files.insert("00000000000000000003.journal".to_owned(), b"half".to_vec());
        let none = CommitNumber(0);
        let walk = walk::walk(&SimulatedDisk::holding(files), &ID, none, none, &mut |_, _| Ok(()));
        let damage = walk.unwrap().damage.expect("a commit is missing").to_string();
        assert!(damage.contains("does not follow"), "{damage}");
    }
}
