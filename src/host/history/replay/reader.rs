//! Reading batches and giving each vat what concerns it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::mpsc::SyncSender;

use bytes::Bytes;
use hogshead_objects::ids::{CommitNumber, VatNumber};
use hogshead_store::history::Reader;
use hogshead_store::{Batch, StoreError};

use super::worker::{Job, Keys};
use super::{Replayed, place};
use crate::host::history::description::Read;
use crate::host::local_keys::LocalKeys;
use crate::host::seal::Sealer;
use crate::host::vats::{self, HostRow};
use crate::host::{HostError, layout};

/// Gives workers their jobs.
pub(super) struct Dispatch<'s> {
    sealer: &'s Sealer,
    workers: Vec<SyncSender<Job>>,
    /// Names that were asked for, and those that were found.
    wanted: BTreeSet<String>,
    found: BTreeSet<String>,
    /// The vats that are replayed, if not all are.
    chosen: BTreeSet<VatNumber>,
    starts: u32,
    replayed: Replayed,
    trouble: Option<HostError>,
}

impl<'s> Dispatch<'s> {
    pub fn new(
        sealer: &'s Sealer,
        workers: Vec<SyncSender<Job>>,
        wanted: &[String],
        from_snapshot: bool,
    ) -> Self {
        for worker in &workers {
            // The worker takes jobs before it does anything else.
            let _ = worker.send(Job::Begin { from_snapshot });
        }
        Self {
            sealer,
            workers,
            wanted: wanted.iter().cloned().collect(),
            found: BTreeSet::new(),
            chosen: BTreeSet::new(),
            starts: 0,
            replayed: Replayed::default(),
            trouble: None,
        }
    }

    /// Ends the workers' queues; what was counted, and why it stopped before the end, if it did.
    pub fn finish(mut self) -> (Replayed, Option<HostError>) {
        let missing = self.wanted.difference(&self.found).next().cloned();
        if let (None, Some(name)) = (&self.trouble, missing) {
            let why = format!("the journal knows no vat named {name}");
            self.trouble = Some(hogshead_objects::Error::bad_call(why).into());
        }
        (self.replayed, self.trouble)
    }

    fn is_chosen(&self, vat: VatNumber) -> bool {
        self.wanted.is_empty() || self.chosen.contains(&vat)
    }

    fn send(&self, vat: VatNumber, job: Job) -> Result<(), HostError> {
        let worker = self.workers.get(place(vat, self.workers.len()));
        let sent = worker.is_some_and(|worker| worker.send(job).is_ok());
        // The worker says itself why it has ended.
        if sent { Ok(()) } else { Err(HostError::Stopped) }
    }

    /// A row of the host's own: its key, names of vats, a start.
    fn note_host_row(&mut self, key: &Bytes, kept: &Bytes) -> Result<(), HostError> {
        if *key == layout::host_row() {
            let row = self.sealer.open_first(key, kept.clone())?;
            let row: HostRow = vats::decode(&row, "the host's row")?;
            if row.starts > self.starts {
                self.starts = row.starts;
                let secret = row.key.signing_key().to_bytes();
                let keys: Keys = Arc::new(LocalKeys::new(&secret));
                for worker in &self.workers {
                    worker.send(Job::Start(Arc::clone(&keys))).map_err(|_| HostError::Stopped)?;
                }
            }
            return Ok(());
        }
        let (from, to) = layout::vats_by_name();
        if !self.wanted.is_empty() && *key >= from && *key < to {
            let name = String::from_utf8_lossy(layout::host_suffix(key)).into_owned();
            if self.wanted.contains(&name) {
                let row = self.sealer.open(key, kept.clone())?;
                self.chosen.insert(VatNumber(vats::decode(&row, "an index of vats")?));
                self.found.insert(name);
            }
        }
        Ok(())
    }

    fn try_row(&mut self, key: Bytes, value: Bytes) -> Result<(), HostError> {
        match layout::vat_of(&key) {
            None => self.note_host_row(&key, &value),
            Some(vat) => {
                // The host's rows come last, so that it is not known yet who is chosen.
                let rows = vec![(key, Some(value))];
                self.send(vat, Job::Rows { vat, rows, theirs: false })
            }
        }
    }

    fn try_commit(&mut self, number: CommitNumber, batch: &Batch) -> Result<(), HostError> {
        for (key, value) in batch.changes() {
            if let (None, Some(value)) = (layout::vat_of(key), value) {
                self.note_host_row(key, value)?;
            }
        }
        let description = match batch.description() {
            none if none.is_empty() => None,
            some => Some(Read::open(some, self.sealer)?),
        };
        let of = description.as_ref().map(|description| description.vat);
        let mut others: BTreeMap<VatNumber, Vec<(Bytes, Option<Bytes>)>> = BTreeMap::new();
        for (key, value) in batch.changes() {
            match layout::vat_of(key) {
                Some(vat) if Some(vat) != of && self.is_chosen(vat) => {
                    others.entry(vat).or_default().push((key.clone(), value.clone()));
                }
                _ => {}
            }
        }
        for (vat, rows) in others {
            self.send(vat, Job::Rows { vat, rows, theirs: of.is_none() })?;
        }
        match description {
            None => self.replayed.host_batches += 1,
            Some(told) if self.is_chosen(told.vat) => {
                let changes = batch.changes().clone();
                self.send(told.vat, Job::Turn { number, told: Box::new(told), changes })?;
            }
            Some(_) => {}
        }
        Ok(())
    }

    fn noted(&mut self, done: Result<(), HostError>) -> Result<(), StoreError> {
        done.map_err(|trouble| {
            if !matches!(trouble, HostError::Stopped) {
                self.trouble = Some(trouble);
            }
            StoreError::Closed
        })
    }
}

impl Reader for Dispatch<'_> {
    fn row(&mut self, key: Bytes, value: Bytes) -> Result<(), StoreError> {
        let done = self.try_row(copied(&key), copied(&value));
        self.noted(done)
    }

    fn commit(&mut self, number: CommitNumber, batch: Batch) -> Result<(), StoreError> {
        let done = self.try_commit(number, &batch);
        self.noted(done)
    }
}

/// The bytes by themselves: what is read is a part of a whole segment.
fn copied(bytes: &Bytes) -> Bytes {
    Bytes::copy_from_slice(bytes)
}

impl Read {
    /// Whether nothing can be run again.
    pub fn is_opaque(&self) -> bool {
        self.cause.is_none()
    }
}
