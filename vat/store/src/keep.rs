//! The one commit order of a host: journal in front, checkpoint behind, overlay between.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, PoisonError};
use std::thread::JoinHandle;

use bytes::Bytes;
use hogshead_objects::ids::CommitNumber;
use hogshead_objects::mutation::{self, Mutation};
use hogshead_objects::records::{ReadRecords, RecordsError};

use crate::batch::{Batch, Changes};
use crate::disk::Disk;
use crate::disk::real::RealDisk;
use crate::disk::simulated::SimulatedDisk;
use crate::engine::memory::MemoryStore;
use crate::engine::{Engine, Store};
use crate::error::StoreError;
use crate::folder::{Folder, Identity};
use crate::journal::format::StoreId;
use crate::journal::{Journal, Segment, WriteError};
use crate::limits::{APPLY_BYTES, OVERLAY_BYTES, SEGMENT_BYTES};
use crate::snapshot::{self, Snapshot};

mod checkpointer;
mod committer;
mod shared;
mod stepper;

use shared::Shared;
pub use stepper::Stepper;

/// What is called when a commit is durable, or will never be.
pub type OnDurable = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

/// How a store is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Options {
    /// The checkpoint's engine, for [`Keep::create`]. A store that exists knows its own.
    pub engine: Engine,
    /// Bytes of the engine's cache.
    pub cache_bytes: usize,
    /// Bytes of commits that are not yet in the checkpoint. Reaching it slows commits.
    pub overlay_bytes: usize,
    /// Bytes after which the journal begins another segment.
    pub segment_bytes: u64,
    /// Bytes of free space below which the checkpoint is left alone and no commit is taken in, so
    /// that the engine never meets a full disk.
    pub reserve_bytes: u64,
    /// What of the journal is kept once a verified snapshot and the checkpoint hold it.
    pub retention: Retention,
    /// Whether the store has no threads and does its work when its [`Stepper`] is told to, for
    /// simulations and for processes of one thread. Commits never wait then; whoever waits for a
    /// commit does the work itself.
    pub stepped: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            engine: Engine::default(),
            cache_bytes: 64 << 20,
            overlay_bytes: OVERLAY_BYTES,
            segment_bytes: SEGMENT_BYTES,
            reserve_bytes: 64 << 20,
            retention: Retention::default(),
            stepped: false,
        }
    }
}

/// What of the journal is kept once a verified snapshot and the checkpoint hold it. Before there
/// is such a snapshot everything is kept, whatever this says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Retention {
    /// Everything, for history and replay.
    Everything,
    /// The newest segments, up to this number of bytes.
    Bytes(u64),
}

impl Default for Retention {
    fn default() -> Self {
        Self::Bytes(1 << 30)
    }
}

/// How a store is doing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Status {
    /// The newest commit.
    pub newest: CommitNumber,
    /// The newest commit that is durable.
    pub durable: CommitNumber,
    /// The newest commit that the checkpoint's engine was given.
    pub applied: CommitNumber,
    /// The newest commit with which the checkpoint is on the disk.
    pub flushed: CommitNumber,
    /// The newest verified snapshot.
    pub snapshot: Option<CommitNumber>,
    /// The oldest commit that the journal still has, or would have.
    pub oldest: CommitNumber,
    /// Bytes of the journal.
    pub journal_bytes: u64,
    /// Segments of the journal.
    pub journal_segments: usize,
    /// Bytes of commits that are not yet in the checkpoint.
    pub overlay_bytes: usize,
    /// Why no commit is taken in, if the disk is full.
    pub read_only: Option<String>,
    /// Why the store stopped, if it did.
    pub failed: Option<String>,
}

/// The one commit order of a host.
///
/// Any number of threads may use it at once, through a shared reference.
pub struct Keep {
    shared: Arc<Shared>,
    work: Work,
    id: StoreId,
    folder: Option<Folder>,
}

/// Who does the store's work.
enum Work {
    Threads { committer: JoinHandle<Option<Journal>>, checkpointer: JoinHandle<()> },
    Steps(Stepper),
    Stopped,
}

impl Keep {
    /// Makes a store in a folder that is empty or does not exist.
    pub fn create(dir: &Path, options: Options) -> Result<Self, StoreError> {
        if options.engine == Engine::Memory {
            return Ok(Self::memory(options));
        }
        let folder = Folder::make(dir)?;
        let identity = Identity { engine: options.engine, id: new_id()? };
        let disk = Arc::new(RealDisk::new(folder.journal()));
        let engine = folder.engine(identity.engine, options.cache_bytes)?;
        engine.flush()?;
        let mut keep = Self::create_over(disk, engine, identity.id, options)?;
        folder.finish(identity)?;
        keep.folder = Some(folder);
        Ok(keep)
    }

    /// Opens the store in a folder, after whatever happened to it.
    pub fn open(dir: &Path, options: Options) -> Result<Self, StoreError> {
        let (folder, identity) = Folder::open(dir)?;
        let engine = folder.engine(identity.engine, options.cache_bytes)?;
        let disk = Arc::new(RealDisk::new(folder.journal()));
        let snapshot = folder.snapshot()?;
        let options = Options { engine: identity.engine, ..options };
        let mut keep = Self::open_over(disk, engine, identity.id, snapshot, options)?;
        keep.folder = Some(folder);
        Ok(keep)
    }

    /// A store in memory, gone when it is closed.
    pub fn memory(options: Options) -> Self {
        let options = Options { retention: Retention::Bytes(0), reserve_bytes: 0, ..options };
        let disk = Arc::new(SimulatedDisk::new());
        let engine = Box::new(MemoryStore::new());
        let keep = Self::create_over(disk, engine, StoreId([0; 16]), options)
            .expect("a disk in memory has no faults unless they are planned");
        // Nothing is to be recovered, so nothing has to be kept for it.
        keep.shared.state().snapshot = Some(CommitNumber(u64::MAX));
        keep
    }

    /// Makes a store over any disk and any engine: the seam for tests and simulations.
    pub fn create_over(
        disk: Arc<dyn Disk>,
        engine: Box<dyn Store>,
        id: StoreId,
        options: Options,
    ) -> Result<Self, StoreError> {
        let journal = Journal::create(disk.clone(), id, CommitNumber(1), options.segment_bytes)?;
        Ok(Self::start(disk, engine, id, journal, Vec::new(), None, options))
    }

    /// Opens a store over any disk and any engine: the seam for tests and simulations.
    pub fn open_over(
        disk: Arc<dyn Disk>,
        engine: Box<dyn Store>,
        id: StoreId,
        snapshot: Option<CommitNumber>,
        options: Options,
    ) -> Result<Self, StoreError> {
        let (journal, closed) = recover(disk.clone(), &*engine, &id, options.segment_bytes)?;
        Ok(Self::start(disk, engine, id, journal, closed, snapshot, options))
    }

    /// The engine of the checkpoint, as chosen when the store was made.
    pub fn engine(&self) -> Engine {
        self.shared.options.engine
    }

    /// The row under `key`, as the newest commit left it.
    pub fn get(&self, key: &[u8]) -> Result<Option<Bytes>, StoreError> {
        self.shared.get(key)
    }

    /// The rows with `from <= key < to` in ascending order, at most `limit` of them.
    pub fn range(
        &self,
        from: &[u8],
        to: &[u8],
        limit: usize,
    ) -> Result<Vec<(Bytes, Bytes)>, StoreError> {
        self.shared.range(from, to, limit)
    }

    /// Commits a batch: it gets the next number and is read by everybody at once. It is not yet
    /// durable. Blocks only while the overlay or the queue is full.
    pub fn commit(&self, batch: Batch) -> Result<CommitNumber, StoreError> {
        self.shared.commit(batch, || false)
    }

    /// Commits a batch as [`commit`](Self::commit) does, but waits while the disk is full, as long
    /// as `patient` says so. `patient` is asked now and then, and must answer at once.
    pub fn commit_patiently(
        &self,
        batch: Batch,
        patient: impl Fn() -> bool,
    ) -> Result<CommitNumber, StoreError> {
        self.shared.commit(batch, patient)
    }

    /// Calls `f` once every commit up to `number` is durable, in commit order; or with the error
    /// that keeps them from it. It is called on the committer's thread: it must be quick, and must
    /// neither commit nor wait.
    pub fn on_durable(&self, number: CommitNumber, f: OnDurable) {
        self.shared.on_durable(number, f);
    }

    /// Returns once every commit up to `number` is durable.
    pub fn wait_durable(&self, number: CommitNumber) -> Result<(), StoreError> {
        if let Work::Steps(stepper) = &self.work {
            let failed = || self.shared.state().can_become_durable(number).is_err();
            stepper.sync_until(|| self.durable() >= number || failed());
        }
        self.shared.wait_durable(number)
    }

    /// Drives the store, if it is one that is [stepped](Options::stepped).
    pub fn stepper(&self) -> Option<Stepper> {
        match &self.work {
            Work::Steps(stepper) => Some(stepper.clone()),
            _ => None,
        }
    }

    /// The newest commit that is durable.
    pub fn durable(&self) -> CommitNumber {
        self.shared.state().durable
    }

    /// The newest commit.
    pub fn newest(&self) -> CommitNumber {
        self.shared.state().newest
    }

    /// How the store is doing.
    pub fn status(&self) -> Status {
        self.shared.state().status()
    }

    /// Brings the checkpoint up to the newest commit and onto the disk.
    pub fn flush(&self) -> Result<CommitNumber, StoreError> {
        if let Work::Steps(stepper) = &self.work {
            stepper.sync_until(|| false);
            stepper.checkpoint(true)?;
        }
        self.shared.flush()
    }

    /// Writes a verified snapshot of every row into a folder. Commits go on, until the overlay is
    /// full; they are not in it. From then on the journal needs to be kept only after it.
    pub fn snapshot(&self, dir: &Path) -> Result<Snapshot, StoreError> {
        self.flush()?;
        let shared = &self.shared;
        let snapshot = {
            let _gate = shared.gate.lock().unwrap_or_else(PoisonError::into_inner);
            let number = shared.engine.number()?;
            snapshot::write(dir, self.id, number, &*shared.engine)?
        };
        if let Some(folder) = &self.folder {
            folder.note_snapshot(snapshot.number)?;
        }
        let mut state = shared.state();
        state.snapshot = state.snapshot.max(Some(snapshot.number));
        drop(state);
        shared.durable_work.notify_one();
        Ok(snapshot)
    }

    /// Makes everything durable, brings the checkpoint up to it, and marks the journal as closed.
    pub fn close(mut self) -> Result<(), StoreError> {
        self.stop(true)
    }

    /// Stops at once: what is not durable is lost, as if the process had been killed. For tests.
    pub fn crash(mut self) {
        self.shared.fail("it was told to crash".to_owned());
        let _ = self.stop(false);
    }

    fn start(
        disk: Arc<dyn Disk>,
        engine: Box<dyn Store>,
        id: StoreId,
        journal: Journal,
        closed: Vec<Segment>,
        snapshot: Option<CommitNumber>,
        options: Options,
    ) -> Self {
        let shared = Arc::new(Shared::new(disk, engine, &journal, closed, snapshot, options));
        let work = if shared.options.stepped {
            Work::Steps(Stepper::new(shared.clone(), journal))
        } else {
            let committer = committer::start(shared.clone(), journal);
            Work::Threads { committer, checkpointer: checkpointer::start(shared.clone()) }
        };
        Self { shared, work, id, folder: None }
    }

    fn stop(&mut self, in_order: bool) -> Result<(), StoreError> {
        self.shared.begin_closing();
        let journal = match std::mem::replace(&mut self.work, Work::Stopped) {
            Work::Threads { committer, checkpointer } => {
                let journal = committer.join().ok().flatten();
                self.shared.committer_stopped();
                let _ = checkpointer.join();
                journal
            }
            Work::Steps(stepper) if in_order => {
                stepper.sync_until(|| false);
                self.shared.committer_stopped();
                stepper.checkpoint(true)?;
                stepper.take_journal()
            }
            Work::Steps(_) | Work::Stopped => None,
        };
        if let (true, Some(mut journal)) = (in_order, journal) {
            self.shared.alive()?;
            match journal.close() {
                // The mark is a convenience of the next start.
                Ok(()) | Err(WriteError::Full(_)) => {}
                Err(error) => return Err(StoreError::Failed { why: error.to_string() }),
            }
        }
        self.shared.closed()
    }
}

impl Drop for Keep {
    fn drop(&mut self) {
        match &self.work {
            Work::Threads { .. } => {
                if let Err(error) = self.stop(true) {
                    tracing::error!(%error, "the store was not closed in order");
                }
            }
            // Whoever drives it says when something reaches the disk.
            Work::Steps(stepper) => stepper.crash(),
            Work::Stopped => {}
        }
    }
}

impl fmt::Debug for Keep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keep").field("status", &self.status()).finish_non_exhaustive()
    }
}

impl ReadRecords for Keep {
    fn get(&self, key: &[u8]) -> Result<Option<Bytes>, RecordsError> {
        Ok(self.shared.get(key)?)
    }

    fn range(
        &self,
        from: &[u8],
        to: &[u8],
        limit: usize,
    ) -> Result<Vec<(Bytes, Bytes)>, RecordsError> {
        Ok(self.shared.range(from, to, limit)?)
    }
}

/// Applies the journal's rest to the checkpoint, and opens the journal for writing.
fn recover(
    disk: Arc<dyn Disk>,
    engine: &dyn Store,
    id: &StoreId,
    segment_bytes: u64,
) -> Result<(Journal, Vec<Segment>), StoreError> {
    let checkpoint = engine.number()?;
    let mut applied = checkpoint;
    let mut gathered = Changes::new();
    let mut bytes = 0;
    let opened = Journal::open(disk, *id, checkpoint, segment_bytes, &mut |number, batch| {
        bytes += batch.overlay_bytes();
        applied = number;
        if mutation::has(Mutation::ForgetJournal) {
            return Ok(());
        }
        gathered.extend(batch.changes().iter().map(|(k, v)| (k.clone(), v.clone())));
        if bytes < APPLY_BYTES {
            return Ok(());
        }
        bytes = 0;
        engine.apply(&std::mem::take(&mut gathered), number)
    })?;
    if applied > checkpoint {
        tracing::info!(%checkpoint, newest = %applied, "applied the journal's rest");
        engine.apply(&gathered, applied)?;
    }
    Ok(opened)
}

pub(crate) fn new_id() -> Result<StoreId, StoreError> {
    let mut id = [0; 16];
    getrandom::fill(&mut id).map_err(|e| {
        StoreError::io("drawing the store's id", std::io::Error::other(e.to_string()))
    })?;
    Ok(StoreId(id))
}
