//! Files in memory, for tests and for stores that need not last.
//!
//! A recording disk keeps every call in order, so that [`power_cut`](super::power_cut) can say
//! what a disk may hold after the power fails at any of them. Faults can be planned: no space from
//! some byte on, an error at some call.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Disk, DiskFile};

/// Names a file of a simulated disk through all of its names.
pub type FileId = u64;

/// A call that a recording disk has seen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Op {
    /// A file was made.
    Create {
        /// Its name.
        name: String,
        /// The file.
        file: FileId,
    },
    /// Bytes were written.
    Write {
        /// The file.
        file: FileId,
        /// Where.
        offset: u64,
        /// What.
        bytes: Vec<u8>,
    },
    /// A file was cut.
    Truncate {
        /// The file.
        file: FileId,
        /// The bytes left.
        len: u64,
    },
    /// A file was synced.
    SyncFile {
        /// The file.
        file: FileId,
    },
    /// The folder was synced.
    SyncDir,
    /// A file got another name.
    Rename {
        /// Its name before.
        from: String,
        /// Its name since.
        to: String,
        /// The file.
        file: FileId,
    },
    /// A name was removed.
    Remove {
        /// The name.
        name: String,
        /// The file that had it.
        file: FileId,
    },
    /// The test noted something, such as "everything up to this number was reported durable".
    Mark(u64),
}

/// What a simulated disk does wrong, and when.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Faults {
    /// The bytes that may still be written; then there is no space. A write that does not fit
    /// leaves its first part.
    pub space: Option<u64>,
    /// The number of syncs (of files and of the folder) that still succeed; later ones fail.
    pub syncs: Option<u64>,
    /// The number of writes that still succeed; the next one leaves half of its bytes and fails.
    pub writes: Option<u64>,
    /// The number of calls that change something or sync which still happen; later ones find the
    /// process killed and fail.
    pub calls: Option<u64>,
    /// Syncs return at once and do nothing: a disk that lies, to test the tests.
    pub sync_lies: bool,
    /// As `sync_lies`, for syncs of the folder.
    pub sync_dir_lies: bool,
}

/// A folder of files in memory. Clones share it.
#[derive(Clone, Default)]
pub struct SimulatedDisk {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    names: BTreeMap<String, FileId>,
    files: BTreeMap<FileId, Vec<u8>>,
    last_file: FileId,
    log: Option<Vec<Op>>,
    faults: Faults,
    dead: bool,
}

impl SimulatedDisk {
    /// An empty disk that records nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty disk that records every call.
    pub fn recording() -> Self {
        let disk = Self::default();
        disk.state().log = Some(Vec::new());
        disk
    }

    /// A disk that holds these files.
    pub fn holding(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let disk = Self::default();
        for (name, bytes) in files {
            let mut state = disk.state();
            let file = state.new_file(&name);
            state.files.insert(file, bytes);
        }
        disk
    }

    /// A disk that records every call from now on, on top of these files, which are synced.
    pub fn recording_over(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let disk = Self::recording();
        for (name, bytes) in files {
            let mut state = disk.state();
            let file = state.new_file(&name);
            state.files.insert(file, bytes.clone());
            state.record(Op::Create { name, file });
            state.record(Op::Write { file, offset: 0, bytes });
            state.record(Op::SyncFile { file });
        }
        disk.state().record(Op::SyncDir);
        disk
    }

    /// What was recorded so far.
    pub fn log(&self) -> Vec<Op> {
        self.state().log.clone().unwrap_or_default()
    }

    /// Notes something in the record.
    pub fn mark(&self, mark: u64) {
        self.state().record(Op::Mark(mark));
    }

    /// Plans what goes wrong from now on.
    pub fn plan(&self, faults: Faults) {
        self.state().faults = faults;
    }

    /// The files' names and bytes.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let state = self.state();
        state.names.iter().map(|(name, file)| (name.clone(), state.files[file].clone())).collect()
    }

    /// Whether the planned number of calls was exceeded.
    pub fn is_dead(&self) -> bool {
        self.state().dead
    }

    /// Changes the bytes of a file behind the journal's back.
    pub fn damage(&self, name: &str, change: impl FnOnce(&mut Vec<u8>)) {
        let mut state = self.state();
        let file = state.names.get(name).copied();
        if let Some(bytes) = file.and_then(|file| state.files.get_mut(&file)) {
            change(bytes);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn new_file(&mut self, name: &str) -> FileId {
        self.last_file += 1;
        self.names.insert(name.to_owned(), self.last_file);
        self.files.insert(self.last_file, Vec::new());
        self.last_file
    }

    fn record(&mut self, op: Op) {
        if let Some(log) = &mut self.log {
            log.push(op);
        }
    }

    fn file(&self, name: &str) -> io::Result<FileId> {
        self.names.get(name).copied().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    /// Counts a call; an error if it comes after the last one.
    fn count_call(&mut self) -> io::Result<()> {
        match &mut self.faults.calls {
            Some(0) => {
                self.dead = true;
                Err(io::Error::other("simulated: the process was killed"))
            }
            Some(calls) => {
                *calls -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// How much of a write succeeds, and what it answers.
    fn admit(&mut self, count: usize) -> (usize, io::Result<()>) {
        if let Err(dead) = self.count_call() {
            return (0, Err(dead));
        }
        if let Some(writes) = &mut self.faults.writes {
            if *writes == 0 {
                return (count / 2, Err(io::Error::other("simulated: write failed")));
            }
            *writes -= 1;
        }
        let Some(space) = &mut self.faults.space else { return (count, Ok(())) };
        let fits = usize::try_from(*space).unwrap_or(usize::MAX).min(count);
        *space -= fits as u64;
        if fits == count {
            return (count, Ok(()));
        }
        (fits, Err(io::ErrorKind::StorageFull.into()))
    }

    fn admit_sync(&mut self) -> io::Result<()> {
        self.count_call()?;
        match &mut self.faults.syncs {
            Some(0) => Err(io::Error::other("simulated: sync failed")),
            Some(syncs) => {
                *syncs -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }
}

impl Disk for SimulatedDisk {
    fn create(&self, name: &str) -> io::Result<Box<dyn DiskFile>> {
        let mut state = self.state();
        if state.names.contains_key(name) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        state.count_call()?;
        let file = state.new_file(name);
        state.record(Op::Create { name: name.to_owned(), file });
        Ok(Box::new(SimulatedFile { disk: self.clone(), file }))
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn DiskFile>> {
        let file = self.state().file(name)?;
        Ok(Box::new(SimulatedFile { disk: self.clone(), file }))
    }

    fn read(&self, name: &str, offset: u64, count: usize) -> io::Result<Vec<u8>> {
        let state = self.state();
        let bytes = &state.files[&state.file(name)?];
        let start = usize::try_from(offset).unwrap_or(usize::MAX).min(bytes.len());
        let end = start.saturating_add(count).min(bytes.len());
        Ok(bytes[start..end].to_vec())
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        let mut state = self.state();
        let file = state.file(name)?;
        state.count_call()?;
        state.names.remove(name);
        // A recording keeps the bytes of removed files in its log.
        state.files.remove(&file);
        state.record(Op::Remove { name: name.to_owned(), file });
        Ok(())
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        let mut state = self.state();
        let file = state.file(from)?;
        state.count_call()?;
        state.names.remove(from);
        if let Some(replaced) = state.names.insert(to.to_owned(), file) {
            state.files.remove(&replaced);
        }
        state.record(Op::Rename { from: from.to_owned(), to: to.to_owned(), file });
        Ok(())
    }

    fn list(&self) -> io::Result<Vec<(String, u64)>> {
        let state = self.state();
        let size = |file: &FileId| state.files[file].len() as u64;
        Ok(state.names.iter().map(|(name, file)| (name.clone(), size(file))).collect())
    }

    fn sync_dir(&self) -> io::Result<()> {
        let mut state = self.state();
        state.admit_sync()?;
        if !state.faults.sync_dir_lies {
            state.record(Op::SyncDir);
        }
        Ok(())
    }

    fn free_bytes(&self) -> io::Result<u64> {
        Ok(self.state().faults.space.unwrap_or(u64::MAX))
    }
}

struct SimulatedFile {
    disk: SimulatedDisk,
    file: FileId,
}

impl DiskFile for SimulatedFile {
    fn write_at(&mut self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.disk.state();
        let (fits, answer) = state.admit(bytes.len());
        let start = usize::try_from(offset).map_err(|_| io::ErrorKind::InvalidInput)?;
        if fits > 0
            && let Some(file) = state.files.get_mut(&self.file)
        {
            file.resize(file.len().max(start + fits), 0);
            file[start..start + fits].copy_from_slice(&bytes[..fits]);
            // What is not recorded is not copied.
            if let Some(log) = &mut state.log {
                log.push(Op::Write { file: self.file, offset, bytes: bytes[..fits].to_vec() });
            }
        }
        answer
    }

    fn truncate(&mut self, len: u64) -> io::Result<()> {
        let mut state = self.disk.state();
        state.count_call()?;
        if let Some(file) = state.files.get_mut(&self.file) {
            file.resize(usize::try_from(len).map_err(|_| io::ErrorKind::InvalidInput)?, 0);
        }
        state.record(Op::Truncate { file: self.file, len });
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        let mut state = self.disk.state();
        state.admit_sync()?;
        if !state.faults.sync_lies {
            state.record(Op::SyncFile { file: self.file });
        }
        Ok(())
    }
}
