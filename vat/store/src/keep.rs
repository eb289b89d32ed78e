//! The one commit order of a host: journal in front, checkpoint behind, overlay between.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use hogshead_objects::ids::CommitNumber;
use hogshead_objects::records::{ReadRecords, RecordsError};

use crate::batch::Batch;
use crate::disk::Disk;
use crate::disk::real::RealDisk;
use crate::engine::{Engine, Store};
use crate::error::StoreError;
use crate::folder::{Folder, Identity};
use crate::journal::format::StoreId;
use crate::limits::{OVERLAY_BYTES, RESERVE_BYTES, SEGMENT_BYTES};
use crate::snapshot::Snapshot;

mod bell;
mod checkpointer;
mod committer;
mod ephemeral;
mod lasting;
mod overlay;
mod shared;
mod stepper;

use ephemeral::Ephemeral;
use lasting::Lasting;
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
            reserve_bytes: RESERVE_BYTES,
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
    kept: Kept,
}

/// Where the commits go.
enum Kept {
    Lasting(Lasting),
    Ephemeral(Ephemeral),
}

impl Keep {
    /// Whether a folder holds a store to [`open`](Self::open). One whose making was interrupted is
    /// none yet: [`create`](Self::create) makes it again.
    ///
    /// # Errors
    ///
    /// A folder that holds parts of a store, but not the file that says what it is; and one in which a
    /// restore was interrupted, which has to be repeated.
    pub fn exists(dir: &Path) -> Result<bool, StoreError> {
        Folder::holds_store(dir)
    }

    /// Makes a store in a folder that is empty, does not exist, or holds what was left of the making
    /// of one.
    pub fn create(dir: &Path, options: Options) -> Result<Self, StoreError> {
        if options.engine == Engine::Memory {
            return Ok(Self::memory());
        }
        let folder = Folder::make(dir)?;
        let identity = Identity { engine: options.engine, id: new_id()? };
        let disk = Arc::new(RealDisk::new(folder.journal()));
        let engine = folder.engine(identity.engine, options.cache_bytes)?;
        engine.flush()?;
        let mut lasting = Lasting::create(disk, engine, identity.id, options)?;
        folder.finish(identity)?;
        lasting.lies_in(folder);
        Ok(Self { kept: Kept::Lasting(lasting) })
    }

    /// Opens the store in a folder, after whatever happened to it.
    pub fn open(dir: &Path, options: Options) -> Result<Self, StoreError> {
        let (folder, identity) = Folder::open(dir)?;
        let engine = folder.engine(identity.engine, options.cache_bytes)?;
        let disk = Arc::new(RealDisk::new(folder.journal()));
        let snapshot = folder.snapshot()?;
        let options = Options { engine: identity.engine, ..options };
        let mut lasting = Lasting::open(disk, engine, identity.id, snapshot, options)?;
        lasting.lies_in(folder);
        Ok(Self { kept: Kept::Lasting(lasting) })
    }

    /// An ephemeral store: rows in memory and nothing else, gone when it is closed. A commit is
    /// its rows put in their places, all of them or none; it is as durable as it ever will be at
    /// once. There is no journal and so no history, no checkpoint, no snapshot, and no thread.
    pub fn memory() -> Self {
        Self { kept: Kept::Ephemeral(Ephemeral::new()) }
    }

    /// Makes a store over any disk and any engine: the seam for tests and simulations.
    pub fn create_over(
        disk: Arc<dyn Disk>,
        engine: Box<dyn Store>,
        id: StoreId,
        options: Options,
    ) -> Result<Self, StoreError> {
        Ok(Self { kept: Kept::Lasting(Lasting::create(disk, engine, id, options)?) })
    }

    /// Opens a store over any disk and any engine: the seam for tests and simulations.
    pub fn open_over(
        disk: Arc<dyn Disk>,
        engine: Box<dyn Store>,
        id: StoreId,
        snapshot: Option<CommitNumber>,
        options: Options,
    ) -> Result<Self, StoreError> {
        let lasting = Lasting::open(disk, engine, id, snapshot, options)?;
        Ok(Self { kept: Kept::Lasting(lasting) })
    }

    /// The engine of the checkpoint, as chosen when the store was made.
    pub fn engine(&self) -> Engine {
        match &self.kept {
            Kept::Lasting(lasting) => lasting.shared.options.engine,
            Kept::Ephemeral(_) => Engine::Memory,
        }
    }

    /// Whether nothing of it lasts: nobody will ever read a description of its commits.
    pub fn is_ephemeral(&self) -> bool {
        matches!(self.kept, Kept::Ephemeral(_))
    }

    /// The row under `key`, as the newest commit left it.
    pub fn get(&self, key: &[u8]) -> Result<Option<Bytes>, StoreError> {
        match &self.kept {
            Kept::Lasting(lasting) => lasting.shared.get(key),
            Kept::Ephemeral(ephemeral) => ephemeral.get(key),
        }
    }

    /// The rows with `from <= key < to` in ascending order, at most `limit` of them.
    pub fn range(
        &self,
        from: &[u8],
        to: &[u8],
        limit: usize,
    ) -> Result<Vec<(Bytes, Bytes)>, StoreError> {
        match &self.kept {
            Kept::Lasting(lasting) => lasting.shared.range(from, to, limit),
            Kept::Ephemeral(ephemeral) => ephemeral.range(from, to, limit),
        }
    }

    /// Commits a batch: it gets the next number and is read by everybody at once. It is not yet
    /// durable. Blocks only while the overlay or the queue is full.
    pub fn commit(&self, batch: Batch) -> Result<CommitNumber, StoreError> {
        self.commit_patiently(batch, || false)
    }

    /// Commits a batch as [`commit`](Self::commit) does, but waits while the disk is full, as long
    /// as `patient` says so. `patient` is asked now and then, and must answer at once.
    pub fn commit_patiently(
        &self,
        batch: Batch,
        patient: impl Fn() -> bool,
    ) -> Result<CommitNumber, StoreError> {
        let number = self.commit_quietly(batch, patient, None)?;
        self.nudge();
        Ok(number)
    }

    /// Commits a batch as [`commit_patiently`](Self::commit_patiently) does, and calls `then` as
    /// [`on_durable`](Self::on_durable) would. Nobody hears of it: the caller has to
    /// [`nudge`](Self::nudge) or to [`help`](Self::help) at once, when it has done what is more
    /// urgent. If it errs, `then` is not called.
    pub fn commit_quietly(
        &self,
        batch: Batch,
        patient: impl Fn() -> bool,
        then: Option<OnDurable>,
    ) -> Result<CommitNumber, StoreError> {
        match &self.kept {
            Kept::Lasting(lasting) => lasting.shared.commit(batch, patient, then),
            Kept::Ephemeral(ephemeral) => {
                let number = ephemeral.commit(batch)?;
                if let Some(then) = then {
                    then(Ok(()));
                }
                Ok(number)
            }
        }
    }

    /// Has what was committed quietly written now.
    pub fn nudge(&self) {
        if let Kept::Lasting(lasting) = &self.kept {
            lasting.shared.tell_committer();
        }
    }

    /// Writes and syncs what is committed, on this thread, unless somebody does already; calls what
    /// waited for that. For threads that have nothing else to do: nobody has to be woken for
    /// it. `false` if nothing was done, as always if the store is stepped or ephemeral.
    pub fn help(&self) -> bool {
        match &self.kept {
            Kept::Lasting(lasting) => lasting.help(),
            Kept::Ephemeral(_) => false,
        }
    }

    /// Calls `f` once every commit up to `number` is durable, in commit order; or with the error
    /// that keeps them from it. It is called on the committer's thread or that of who
    /// [helps](Self::help), and for an ephemeral store on the caller's, at once: it must be quick,
    /// and must neither commit nor wait.
    pub fn on_durable(&self, number: CommitNumber, f: OnDurable) {
        match &self.kept {
            Kept::Lasting(lasting) => lasting.shared.on_durable(number, f),
            Kept::Ephemeral(ephemeral) => f(ephemeral.has(number)),
        }
    }

    /// Returns once every commit up to `number` is durable.
    pub fn wait_durable(&self, number: CommitNumber) -> Result<(), StoreError> {
        match &self.kept {
            Kept::Lasting(lasting) => lasting.wait_durable(number),
            Kept::Ephemeral(ephemeral) => ephemeral.has(number),
        }
    }

    /// Drives the store, if it is one that is [stepped](Options::stepped).
    pub fn stepper(&self) -> Option<Stepper> {
        match &self.kept {
            Kept::Lasting(lasting) => lasting.stepper().cloned(),
            Kept::Ephemeral(_) => None,
        }
    }

    /// The newest commit that is durable.
    pub fn durable(&self) -> CommitNumber {
        match &self.kept {
            Kept::Lasting(lasting) => lasting.shared.state().durable,
            Kept::Ephemeral(ephemeral) => ephemeral.newest(),
        }
    }

    /// The newest commit.
    pub fn newest(&self) -> CommitNumber {
        match &self.kept {
            Kept::Lasting(lasting) => lasting.shared.state().newest,
            Kept::Ephemeral(ephemeral) => ephemeral.newest(),
        }
    }

    /// How the store is doing.
    pub fn status(&self) -> Status {
        match &self.kept {
            Kept::Lasting(lasting) => lasting.shared.state().status(),
            Kept::Ephemeral(ephemeral) => ephemeral.status(),
        }
    }

    /// Brings the checkpoint up to the newest commit and onto the disk.
    pub fn flush(&self) -> Result<CommitNumber, StoreError> {
        match &self.kept {
            Kept::Lasting(lasting) => lasting.flush(),
            Kept::Ephemeral(ephemeral) => Ok(ephemeral.newest()),
        }
    }

    /// Writes a verified snapshot of every row into a folder. Commits go on, until the overlay is
    /// full; they are not in it. From then on the journal needs to be kept only after it. There is
    /// none of an ephemeral store.
    pub fn snapshot(&self, dir: &Path) -> Result<Snapshot, StoreError> {
        match &self.kept {
            Kept::Lasting(lasting) => lasting.snapshot(dir),
            Kept::Ephemeral(_) => Err(StoreError::Ephemeral),
        }
    }

    /// Makes everything durable, brings the checkpoint up to it, and marks the journal as closed.
    pub fn close(self) -> Result<(), StoreError> {
        match self.kept {
            Kept::Lasting(mut lasting) => lasting.stop(true),
            Kept::Ephemeral(_) => Ok(()),
        }
    }

    /// Stops at once: what is not durable is lost, as if the process had been killed. For tests.
    pub fn crash(self) {
        if let Kept::Lasting(mut lasting) = self.kept {
            lasting.shared.fail("it was told to crash".to_owned());
            let _ = lasting.stop(false);
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
        Ok(Keep::get(self, key)?)
    }

    fn range(
        &self,
        from: &[u8],
        to: &[u8],
        limit: usize,
    ) -> Result<Vec<(Bytes, Bytes)>, RecordsError> {
        Ok(Keep::range(self, from, to, limit)?)
    }
}

pub(crate) fn new_id() -> Result<StoreId, StoreError> {
    let mut id = [0; 16];
    getrandom::fill(&mut id).map_err(|e| {
        StoreError::io("drawing the store's id", std::io::Error::other(e.to_string()))
    })?;
    Ok(StoreId(id))
}
