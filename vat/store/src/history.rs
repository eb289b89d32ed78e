//! Reading what a store has been: the rows that it began with, or those of a snapshot, and every
//! commit after them. Nobody may have it open meanwhile, and nothing is changed.

use std::path::Path;

use bytes::Bytes;
use hogshead_objects::ids::CommitNumber;

use crate::batch::Batch;
use crate::disk::real::RealDisk;
use crate::error::StoreError;
use crate::folder::{Folder, Identity};
use crate::journal::walk::walk;
use crate::snapshot;

/// A store's history, locked for as long as this lives.
#[derive(Debug)]
pub struct History {
    folder: Folder,
    identity: Identity,
}

/// Takes what a history holds, in its order.
pub trait Reader {
    /// A row of the snapshot that it begins with.
    fn row(&mut self, key: Bytes, value: Bytes) -> Result<(), StoreError>;

    /// A commit after that.
    fn commit(&mut self, number: CommitNumber, batch: Batch) -> Result<(), StoreError>;
}

/// What was read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Past {
    /// The commit that was begun with: a snapshot's, or 0 for the beginning.
    pub from: CommitNumber,
    /// The last commit.
    pub newest: CommitNumber,
}

impl History {
    /// Opens the history of a store.
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        let (folder, identity) = Folder::open(dir)?;
        Ok(Self { folder, identity })
    }

    /// Reads everything, from the beginning or from a snapshot, which is verified first.
    ///
    /// Fails with [`StoreError::Gone`] if the journal does not reach back far enough, and with
    /// whatever is damaged once everything before that was given.
    pub fn read(
        &self,
        snapshot: Option<&Path>,
        reader: &mut dyn Reader,
    ) -> Result<Past, StoreError> {
        let from = match snapshot {
            Some(path) => self.read_snapshot(path, reader)?,
            None => CommitNumber(0),
        };
        let disk = RealDisk::new(self.folder.journal());
        let mut newest = from;
        let walked = walk(&disk, &self.identity.id, from, from, &mut |number, batch| {
            if number.0 != newest.0 + 1 {
                return Err(StoreError::Gone { first: number });
            }
            newest = number;
            reader.commit(number, batch)
        })?;
        match walked.damage {
            Some(damage) => Err(damage),
            None if walked.first.0 > from.0 + 1 => Err(StoreError::Gone { first: walked.first }),
            None => Ok(Past { from, newest }),
        }
    }

    fn read_snapshot(
        &self,
        path: &Path,
        reader: &mut dyn Reader,
    ) -> Result<CommitNumber, StoreError> {
        // Once without keeping anything, so that a damaged one is known before any work.
        let found = snapshot::read(path, &mut |_, _| Ok(()))?;
        if found.store != self.identity.id {
            return Err(StoreError::OtherStore { file: path.to_owned() });
        }
        snapshot::read(path, &mut |key, value| reader.row(key, value))?;
        Ok(found.number)
    }
}
