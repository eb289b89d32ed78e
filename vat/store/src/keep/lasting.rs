//! A store that lasts: a journal, and a checkpoint behind it.

use std::path::Path;
use std::sync::{Arc, PoisonError};
use std::thread::JoinHandle;

use hogshead_objects::ids::CommitNumber;
use hogshead_objects::mutation::{self, Mutation};

use super::committer::Desk;
use super::shared::Shared;
use super::{Options, Stepper, checkpointer, committer};
use crate::changes::Change;
use crate::disk::Disk;
use crate::engine::Store;
use crate::error::StoreError;
use crate::folder::Folder;
use crate::journal::format::StoreId;
use crate::journal::{Journal, Segment, WriteError};
use crate::limits::{APPLY_BYTES, CLOSED_SEGMENT_BYTES};
use crate::snapshot::{self, Snapshot};

/// A store that lasts, and who does its work.
pub(super) struct Lasting {
    pub(super) shared: Arc<Shared>,
    work: Work,
    id: StoreId,
    folder: Option<Folder>,
}

/// Who does the store's work.
enum Work {
    Threads { desk: Arc<Desk>, committer: JoinHandle<()>, checkpointer: JoinHandle<()> },
    Steps(Stepper),
    Stopped,
}

impl Lasting {
    /// A store over a disk and an engine that have nothing of it yet.
    pub(super) fn create(
        disk: Arc<dyn Disk>,
        engine: Box<dyn Store>,
        id: StoreId,
        options: Options,
    ) -> Result<Self, StoreError> {
        let journal = Journal::create(disk.clone(), id, CommitNumber(1), options.segment_bytes)?;
        Ok(Self::start(disk, engine, id, journal, Vec::new(), None, options))
    }

    /// A store over a disk and an engine that have it, after whatever happened to them.
    pub(super) fn open(
        disk: Arc<dyn Disk>,
        engine: Box<dyn Store>,
        id: StoreId,
        snapshot: Option<CommitNumber>,
        options: Options,
    ) -> Result<Self, StoreError> {
        let (journal, closed) = recover(disk.clone(), &*engine, &id, options.segment_bytes)?;
        Ok(Self::start(disk, engine, id, journal, closed, snapshot, options))
    }

    /// Has the store be the one in a folder.
    pub(super) fn lies_in(&mut self, folder: Folder) {
        self.folder = Some(folder);
    }

    pub(super) fn stepper(&self) -> Option<&Stepper> {
        match &self.work {
            Work::Steps(stepper) => Some(stepper),
            _ => None,
        }
    }

    /// Writes a group in the committer's place; `false` if there was nothing to do.
    pub(super) fn help(&self) -> bool {
        match &self.work {
            Work::Threads { desk, .. } => committer::help(&self.shared, desk),
            Work::Steps(_) | Work::Stopped => false,
        }
    }

    pub(super) fn wait_durable(&self, number: CommitNumber) -> Result<(), StoreError> {
        if let Work::Steps(stepper) = &self.work {
            let state = || self.shared.state();
            let ended = || state().can_become_durable(number).is_err();
            stepper.sync_until(|| state().durable >= number || ended());
        }
        self.shared.wait_durable(number)
    }

    pub(super) fn flush(&self) -> Result<CommitNumber, StoreError> {
        if let Work::Steps(stepper) = &self.work {
            stepper.sync_until(|| false);
            stepper.checkpoint(true)?;
        }
        self.shared.flush()
    }

    pub(super) fn snapshot(&self, dir: &Path) -> Result<Snapshot, StoreError> {
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
        shared.durable_work.ring();
        Ok(snapshot)
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
            let desk = committer::desk(journal);
            let committer = committer::start(shared.clone(), Arc::clone(&desk));
            Work::Threads { desk, committer, checkpointer: checkpointer::start(shared.clone()) }
        };
        Self { shared, work, id, folder: None }
    }

    pub(super) fn stop(&mut self, in_order: bool) -> Result<(), StoreError> {
        self.shared.begin_closing();
        let journal = match std::mem::replace(&mut self.work, Work::Stopped) {
            Work::Threads { desk, committer, checkpointer } => {
                let _ = committer.join();
                let journal = committer::journal(&desk);
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
            // A short segment for the mark: the next start reads the last one, whole. Both are a
            // convenience of that start.
            let Segment { first, bytes } = journal.segment();
            let long = bytes > CLOSED_SEGMENT_BYTES && first < journal.next();
            let rotated = if long { journal.rotate().map(drop) } else { Ok(()) };
            match rotated.and_then(|()| journal.close()) {
                Ok(()) | Err(WriteError::Full(_)) => {}
                Err(error) => return Err(StoreError::Failed { why: error.to_string() }),
            }
        }
        self.shared.closed()
    }
}

impl Drop for Lasting {
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

/// Applies the journal's rest to the checkpoint, and opens the journal for writing.
fn recover(
    disk: Arc<dyn Disk>,
    engine: &dyn Store,
    id: &StoreId,
    segment_bytes: u64,
) -> Result<(Journal, Vec<Segment>), StoreError> {
    let checkpoint = engine.number()?;
    let mut applied = checkpoint;
    let mut gathered: Vec<Change> = Vec::new();
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
        engine.apply(&std::mem::take(&mut gathered).into(), number)
    })?;
    if applied > checkpoint {
        tracing::info!(%checkpoint, newest = %applied, "applied the journal's rest");
        engine.apply(&gathered.into(), applied)?;
    }
    Ok(opened)
}
