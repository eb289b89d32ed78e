//! Restoring: a store as a snapshot has it, and nothing that came later.
//!
//! ```text
//!   snapshot ──▶ checkpoint     number N
//!                journal        begins with commit N + 1: what the caller declares by it
//! ```
//!
//! What others saw of the commits that are given up stays seen. So whoever restores says so in the
//! very first commit, and the store is one only when that commit is durable: no crash leaves a
//! restored store that looks as if it had never been another.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use hogshead_objects::ids::CommitNumber;

use crate::batch::Batch;
use crate::check::Gathered;
use crate::disk::real::RealDisk;
use crate::engine::Engine;
use crate::error::StoreError;
use crate::folder::{Folder, Identity, Swap, open_engine};
use crate::journal::Journal;
use crate::keep::{Keep, Options, new_id};
use crate::snapshot;

/// What was restored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Restored {
    /// The commit that the snapshot was of.
    pub number: CommitNumber,
    /// Folders with what was there before. They can be removed once the store is found good.
    pub set_aside: Vec<PathBuf>,
}

/// Makes the store in `dir` as a snapshot has it. What is there already is set aside, with the
/// commits after the snapshot's. `first` sees the snapshot's rows and gives the first commit.
///
/// The store has an id of its own from then on: commits of both have the same numbers, and no
/// snapshot of the one may be taken for one of the other. Whatever interrupts it leaves the store as
/// it was, or no store where there was none.
///
/// # Errors
///
/// A damaged snapshot, a store that is in use, whatever the disk says, and what `first` says.
pub fn restore<E: From<StoreError>>(
    dir: &Path,
    from: &Path,
    engine: Option<Engine>,
    first: impl FnOnce(&Keep) -> Result<Batch, E>,
) -> Result<Restored, E> {
    // Once without keeping anything, so that a damaged one is known before any work.
    let number = snapshot::read(from, &mut |_, _| Ok(()))?.number;
    let place = Place::open(dir, engine)?;
    let Place { folder, identity, .. } = &place;
    let options = Options { engine: identity.engine, ..Options::default() };
    let (journal, checkpoint) = place.parts()?;
    let rows = open_engine(&checkpoint, identity.engine, options.cache_bytes)?;
    let mut gathered = Gathered::into(&*rows);
    snapshot::read(from, &mut |key, value| gathered.row(key, value))?;
    gathered.finish(number)?;
    rows.flush()?;
    let disk = Arc::new(RealDisk::new(journal));
    let begin = CommitNumber(number.0 + 1);
    drop(Journal::create(disk.clone(), identity.id, begin, options.segment_bytes)?);
    let keep = Keep::open_over(disk, rows, identity.id, None, options)?;
    let declared = keep.commit(first(&keep)?)?;
    keep.wait_durable(declared)?;
    keep.close()?;
    let set_aside = match place.fresh {
        true => {
            folder.finish(*identity)?;
            Vec::new()
        }
        false => {
            folder.forget_snapshot_after(CommitNumber(0))?;
            folder.swap(*identity)?
        }
    };
    Ok(Restored { number, set_aside })
}

/// Where the store will be.
struct Place {
    folder: Folder,
    identity: Identity,
    /// Whether there was no store before.
    fresh: bool,
}

impl Place {
    fn open(dir: &Path, engine: Option<Engine>) -> Result<Self, StoreError> {
        let id = new_id()?;
        match Folder::open(dir) {
            Ok((folder, was)) => {
                let identity = Identity { engine: engine.unwrap_or(was.engine), id };
                Ok(Self { folder, identity, fresh: false })
            }
            Err(StoreError::Missing { .. } | StoreError::HalfMade { .. }) => {
                let identity = Identity { engine: engine.unwrap_or_default(), id };
                Ok(Self { folder: Folder::make_to_restore(dir)?, identity, fresh: true })
            }
            Err(error) => Err(error),
        }
    }

    /// The empty folders for journal and checkpoint.
    fn parts(&self) -> Result<(PathBuf, PathBuf), StoreError> {
        match self.fresh {
            true => Ok((self.folder.journal(), self.folder.checkpoint())),
            false => Ok((self.folder.fresh(Swap::JOURNAL)?, self.folder.fresh(Swap::CHECKPOINT)?)),
        }
    }
}
