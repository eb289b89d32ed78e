//! What a disk may hold after the power failed.
//!
//! A recording [`SimulatedDisk`] knows every call and its order. Here the power is cut after any
//! number of them. What was synced by then is there. What was not may be there or not, each call
//! by itself and in any order, because a disk and a file system write when they like; of one
//! write any of its sectors may be there. Names are judged as the contents are: without a synced
//! folder a new file may be gone with everything in it, a removed one may be back.

use std::collections::{BTreeMap, BTreeSet};

use super::simulated::{FileId, Op, SimulatedDisk};

/// Bytes that a disk writes whole.
pub const SECTOR: u64 = 512;

/// What became of a call that was not synced.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fate {
    /// It is on the disk.
    Kept,
    /// It never happened.
    Lost,
    /// Of a write, only these of its sectors are there, counted from its first. The file is as long
    /// as if all were; the others hold what was there before, or zeros, or this byte where the
    /// file was shorter: blocks that were never written can hold anything.
    Torn {
        /// Which sectors are there.
        kept: BTreeSet<u64>,
        /// What is where the file did not reach before.
        garbage: u8,
    },
}

/// A record of calls, cut at one of them.
pub struct PowerCut<'a> {
    log: &'a [Op],
    unsynced: Vec<usize>,
}

impl<'a> PowerCut<'a> {
    /// Cuts the power after the first `cut` calls.
    pub fn after(log: &'a [Op], cut: usize) -> Self {
        let log = &log[..cut.min(log.len())];
        let mut synced_files: BTreeMap<FileId, usize> = BTreeMap::new();
        let mut synced_dir = 0;
        for (at, op) in log.iter().enumerate() {
            match op {
                Op::SyncFile { file } => {
                    synced_files.insert(*file, at);
                }
                Op::SyncDir => synced_dir = at,
                _ => {}
            }
        }
        let is_unsynced = |(at, op): &(usize, &Op)| match op {
            Op::Write { file, .. } | Op::Truncate { file, .. } => {
                synced_files.get(file).is_none_or(|synced| synced < at)
            }
            Op::Create { .. } | Op::Rename { .. } | Op::Remove { .. } => *at >= synced_dir,
            Op::SyncFile { .. } | Op::SyncDir | Op::Mark(_) => false,
        };
        let unsynced = log.iter().enumerate().filter(is_unsynced).map(|(at, _)| at).collect();
        Self { log, unsynced }
    }

    /// The calls that were not synced, in their order.
    pub fn unsynced(&self) -> impl ExactSizeIterator<Item = &Op> {
        self.unsynced.iter().map(|at| &self.log[*at])
    }

    /// The greatest mark that was noted before the cut.
    pub fn mark(&self) -> Option<u64> {
        let mark = |op: &Op| if let Op::Mark(mark) = op { Some(*mark) } else { None };
        self.log.iter().filter_map(mark).max()
    }

    /// The number of sectors that a write touches; none for other calls.
    pub fn sectors(op: &Op) -> u64 {
        match op {
            Op::Write { offset, bytes, .. } if !bytes.is_empty() => {
                (offset + bytes.len() as u64 - 1) / SECTOR - offset / SECTOR + 1
            }
            _ => 0,
        }
    }

    /// The disk after the cut, if each unsynced call had the fate that `fates` says for its place
    /// among them.
    pub fn disk(&self, mut fates: impl FnMut(usize) -> Fate) -> SimulatedDisk {
        let mut state = Remains::default();
        let mut unsynced = self.unsynced.iter().copied().peekable();
        let mut place = 0;
        for (at, op) in self.log.iter().enumerate() {
            let fate = match unsynced.next_if_eq(&at) {
                Some(_) => {
                    place += 1;
                    fates(place - 1)
                }
                None => Fate::Kept,
            };
            state.suffer(op, &fate);
        }
        SimulatedDisk::holding(state.into_files())
    }
}

/// What is on the disk.
#[derive(Default)]
struct Remains {
    names: BTreeMap<String, FileId>,
    files: BTreeMap<FileId, Vec<u8>>,
}

impl Remains {
    fn suffer(&mut self, op: &Op, fate: &Fate) {
        if *fate == Fate::Lost {
            return;
        }
        match op {
            Op::Create { name, file } => {
                self.names.insert(name.clone(), *file);
            }
            Op::Write { file, offset, bytes } => {
                let held = self.files.entry(*file).or_default();
                write(held, *offset, bytes, fate);
            }
            Op::Truncate { file, len } => {
                let held = self.files.entry(*file).or_default();
                held.resize(usize::try_from(*len).unwrap_or(usize::MAX), 0);
            }
            // A name stands for a file, whatever became of the calls that gave and took it before.
            Op::Rename { from, to, file } => {
                self.names.retain(|name, named| name != from || named != file);
                self.names.insert(to.clone(), *file);
            }
            Op::Remove { name, file } => {
                self.names.retain(|held, named| held != name || named != file);
            }
            Op::SyncFile { .. } | Op::SyncDir | Op::Mark(_) => {}
        }
    }

    fn into_files(mut self) -> Vec<(String, Vec<u8>)> {
        let names = std::mem::take(&mut self.names).into_iter();
        names.map(|(name, file)| (name, self.files.remove(&file).unwrap_or_default())).collect()
    }
}

fn write(held: &mut Vec<u8>, offset: u64, bytes: &[u8], fate: &Fate) {
    let start = usize::try_from(offset).unwrap_or(usize::MAX);
    let (end, before) = (start + bytes.len(), held.len());
    if before < end {
        held.resize(end, 0);
    }
    let Fate::Torn { kept, garbage } = fate else {
        held[start..end].copy_from_slice(bytes);
        return;
    };
    for (at, byte) in bytes.iter().enumerate() {
        let sector = (offset + at as u64) / SECTOR - offset / SECTOR;
        let place = start + at;
        if kept.contains(&sector) {
            held[place] = *byte;
        } else if place >= before {
            held[place] = *garbage;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::Disk;

    fn record(act: impl Fn(&SimulatedDisk)) -> Vec<Op> {
        let disk = SimulatedDisk::recording();
        act(&disk);
        disk.log()
    }

    #[test]
    fn only_what_was_synced_is_sure() {
        let log = record(|disk| {
            let mut file = disk.create("a").unwrap();
            file.write_at(0, b"one").unwrap();
            file.sync().unwrap();
            disk.sync_dir().unwrap();
            disk.mark(1);
            file.write_at(3, b"two").unwrap();
            disk.create("b").unwrap();
        });
        let cut = PowerCut::after(&log, log.len());
        assert_eq!(cut.unsynced().len(), 2);
        assert_eq!(cut.mark(), Some(1));
        let files = |fate: Fate| cut.disk(|_| fate.clone()).files();
        assert_eq!(files(Fate::Lost), [("a".to_owned(), b"one".to_vec())].into());
        assert_eq!(files(Fate::Kept)["a"], b"onetwo");
        assert_eq!(files(Fate::Kept)["b"], b"");
        let torn = Fate::Torn { kept: BTreeSet::new(), garbage: b'?' };
        assert_eq!(files(torn)["a"], b"one???");

        // Before the folder was synced, not even the name is sure.
        let cut = PowerCut::after(&log, 3);
        assert_eq!(cut.disk(|_| Fate::Lost).files(), BTreeMap::new());
        assert_eq!(cut.mark(), None);
    }

    #[test]
    fn a_torn_write_keeps_whole_sectors() {
        let log = record(|disk| {
            let mut file = disk.create("a").unwrap();
            disk.sync_dir().unwrap();
            file.write_at(500, &[7; 600]).unwrap();
        });
        let cut = PowerCut::after(&log, log.len());
        assert_eq!(cut.unsynced().map(PowerCut::sectors).collect::<Vec<_>>(), [3]);
        let disk = cut.disk(|_| Fate::Torn { kept: [1].into(), garbage: 0 });
        let bytes = &disk.files()["a"];
        assert_eq!(bytes.len(), 1100);
        assert_eq!(bytes.iter().position(|b| *b == 7), Some(512));
        assert_eq!(bytes.iter().filter(|b| **b == 7).count(), 512);
    }
}
