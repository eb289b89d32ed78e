//! Running turns again: one thread, for its share of the vats.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use bytes::Bytes;
use hogshead_objects::Registry;
use hogshead_objects::ids::{CommitNumber, VatNumber};
use hogshead_store::Changes;

use super::Divergence;
use super::past::Past;
use crate::host::HostError;
use crate::host::history::description::Read;
use crate::host::local_keys::LocalKeys;
use crate::host::seal::Sealer;
use crate::limits::DIVERGENCES_MAX;

/// What makes the keys of sessions within the host. They are the host's secret.
pub(super) type Keys = Arc<LocalKeys>;

/// What a worker is given, in the order of commits.
pub(super) enum Job {
    /// Before everything else.
    Begin { from_snapshot: bool },
    /// The host was started: nothing is in memory.
    Start(Keys),
    /// Rows that somebody else has written into a vat. `theirs` if that was no turn of a vat, so
    /// that anything may have changed.
    Rows { vat: VatNumber, rows: Vec<(Bytes, Option<Bytes>)>, theirs: bool },
    /// A turn.
    Turn { number: CommitNumber, told: Box<Read>, changes: Changes },
}

/// What a worker has found.
#[derive(Default)]
pub(super) struct Found {
    pub turns: u64,
    pub rows: u64,
    pub opaque: u64,
    pub unfounded: u64,
    pub unknown_kinds: BTreeSet<String>,
    pub divergences: Vec<Divergence>,
    pub more: u64,
}

impl Found {
    /// Notes differences; the first of them are kept.
    pub fn note(&mut self, divergences: Vec<Divergence>) {
        for divergence in divergences {
            if self.divergences.len() < DIVERGENCES_MAX {
                self.divergences.push(divergence);
            } else {
                self.more += 1;
            }
        }
    }
}

/// A thread's vats.
pub(super) struct Worker<'w> {
    registry: &'w Registry,
    sealer: &'w Sealer,
    keys: Option<Keys>,
    from_snapshot: bool,
    vats: BTreeMap<VatNumber, Past<'w>>,
    found: Found,
}

impl<'w> Worker<'w> {
    pub fn new(registry: &'w Registry, sealer: &'w Sealer) -> Self {
        let (keys, vats, found) = (None, BTreeMap::new(), Found::default());
        Self { registry, sealer, keys, from_snapshot: false, vats, found }
    }

    /// Does one job after another, until there are no more.
    pub fn work(mut self, jobs: &Receiver<Job>) -> Result<Found, HostError> {
        for job in jobs {
            self.run(job)?;
        }
        Ok(self.found)
    }

    fn run(&mut self, job: Job) -> Result<(), HostError> {
        match job {
            Job::Begin { from_snapshot } => self.from_snapshot = from_snapshot,
            Job::Start(keys) => {
                // The first one of a snapshot is the start that was running when it was made.
                if self.keys.replace(keys).is_some() || !self.from_snapshot {
                    self.vats.values_mut().for_each(Past::start);
                    self.from_snapshot = false;
                }
            }
            Job::Rows { vat, rows, theirs } => {
                let past = self.past(vat);
                past.put(rows);
                if theirs {
                    past.forget();
                }
            }
            Job::Turn { number, told, changes } => {
                let (sealer, registry) = (self.sealer, self.registry);
                let keys = self.keys.clone().ok_or_else(|| {
                    HostError::Damaged("a turn stands before the host's first start".to_owned())
                })?;
                let from_snapshot = self.from_snapshot;
                let past = self
                    .vats
                    .entry(told.vat)
                    .or_insert_with(|| Past::new(told.vat, sealer, from_snapshot));
                past.turn(number, *told, &changes, (registry, &keys), &mut self.found)?;
            }
        }
        Ok(())
    }

    fn past(&mut self, vat: VatNumber) -> &mut Past<'w> {
        let (sealer, from_snapshot) = (self.sealer, self.from_snapshot);
        self.vats.entry(vat).or_insert_with(|| Past::new(vat, sealer, from_snapshot))
    }
}
