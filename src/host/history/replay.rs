//! Replay: a store's history is run again, and every row compared.
//!
//! ```text
//!   journal ──reader──▶ batches, by vat ──▶ worker 1 ──▶ Past: rows, memory ─▶ Stage::run
//!                          │                worker 2         compared with the batch,
//!                          └─ in order ───▶ worker N         whose rows then count
//! ```
//!
//! A vat's turns follow from its own rows and what their descriptions say, so vats are run again
//! on as many threads as there are, and whatever the number the result is the same. After a
//! difference the vat goes on from what was recorded: each is found by itself.

mod differ;
mod names;
mod past;
mod reader;
mod worker;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use hogshead_objects::Registry;
use hogshead_objects::ids::VatNumber;
use hogshead_store::history::{History, Past as Span};
use serde::Serialize;

use self::reader::Dispatch;
use self::worker::{Found, Job, Worker};
use crate::host::HostError;
use crate::host::entropy::SystemEntropy;
use crate::host::seal::Sealer;
use crate::limits::{DIVERGENCES_MAX, REPLAY_QUEUE_MAX, REPLAY_THREADS_MAX, TURN_STACK_BYTES};

/// What to replay, and how.
#[derive(Clone, Debug, Default)]
pub struct Replay {
    /// The names of the vats; all of them if there is none.
    pub vats: Vec<String>,
    /// The snapshot to begin with; the journal's first commit if there is none.
    pub from: Option<PathBuf>,
    /// On how many threads; one if it is 0.
    pub threads: usize,
}

/// What a replay has found.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Replayed {
    /// The commit that it began with: a snapshot's, or 0.
    pub from: u64,
    /// The last commit of the journal.
    pub newest: u64,
    /// Turns that were run again and compared.
    pub turns: u64,
    /// Rows that were compared.
    pub rows: u64,
    /// Turns of which the journal does not say what made them: their rows were taken as they are.
    pub opaque: u64,
    /// Turns of sessions that had begun before the snapshot, of which no record has everything:
    /// their rows were taken as they are.
    pub unfounded: u64,
    /// Batches of the host itself, which are no turns.
    pub host_batches: u64,
    /// Kinds of objects that this program does not know. Where they are, turns differ.
    pub unknown_kinds: BTreeSet<String>,
    /// The first differences, in the order of commits.
    pub divergences: Vec<Divergence>,
    /// Further differences that are not listed.
    pub more_divergences: u64,
}

/// A row, or a turn as a whole, that is not what was recorded.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub struct Divergence {
    /// The commit.
    pub commit: u64,
    /// The vat's name.
    pub vat: String,
    /// The turn.
    pub turn: u64,
    /// What the row is of, such as `object 7 (shop/order)`, or `the turn`.
    pub about: String,
    /// The field within the row; empty if it is the row as a whole.
    pub field: String,
    /// What was recorded, shortly. Secrets are not shown.
    pub recorded: String,
    /// What came of it now.
    pub replayed: String,
}

impl std::fmt::Display for Divergence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { commit, vat, turn, about, field, recorded, replayed } = self;
        write!(f, "commit {commit}, vat {vat}, turn {turn}: {about}")?;
        if !field.is_empty() {
            write!(f, ", {field}")?;
        }
        write!(f, ": recorded {recorded}, replayed {replayed}")
    }
}

impl Replayed {
    /// Whether every turn that was run again wrote what it had written.
    pub fn agrees(&self) -> bool {
        self.divergences.is_empty() && self.more_divergences == 0
    }

    fn add(&mut self, found: Found) {
        self.turns += found.turns;
        self.rows += found.rows;
        self.opaque += found.opaque;
        self.unfounded += found.unfounded;
        self.unknown_kinds.extend(found.unknown_kinds);
        self.divergences.extend(found.divergences);
        self.more_divergences += found.more;
    }

    fn settle(&mut self, span: Span) {
        (self.from, self.newest) = (span.from.0, span.newest.0);
        self.divergences.sort();
        let beyond = self.divergences.len().saturating_sub(DIVERGENCES_MAX);
        self.divergences.truncate(DIVERGENCES_MAX);
        self.more_divergences += beyond as u64;
    }
}

/// Replays the store in `data`, whose host must be stopped. Nothing is changed.
pub(crate) fn replay(
    data: &Path,
    key_file: &Path,
    registry: &Registry,
    asked: &Replay,
) -> Result<Replayed, HostError> {
    let threads = asked.threads.clamp(1, REPLAY_THREADS_MAX);
    let history = History::open(&data.join("store"))?;
    let sealer = Sealer::open_file(key_file, Arc::new(SystemEntropy))?;
    std::thread::scope(|scope| {
        let mut queues = Vec::with_capacity(threads);
        let mut workers = Vec::with_capacity(threads);
        for nth in 0..threads {
            let (queue, jobs) = std::sync::mpsc::sync_channel::<Job>(REPLAY_QUEUE_MAX);
            let worker = Worker::new(registry, &sealer);
            let thread = std::thread::Builder::new()
                .name(format!("hogshead-replay-{nth}"))
                .stack_size(TURN_STACK_BYTES)
                .spawn_scoped(scope, move || worker.work(&jobs))
                .map_err(|e| HostError::Internal(format!("no thread could be started: {e}")))?;
            queues.push(queue);
            workers.push(thread);
        }
        let mut dispatch = Dispatch::new(&sealer, queues, &asked.vats, asked.from.is_some());
        let read = history.read(asked.from.as_deref(), &mut dispatch);
        let (mut replayed, trouble) = dispatch.finish();
        let mut found = Vec::with_capacity(threads);
        for worker in workers {
            let done = worker
                .join()
                .map_err(|_| HostError::Internal("a panic while turns were replayed".to_owned()))?;
            found.push(done?);
        }
        // What a worker or the reader stopped for says more than that the reading stopped.
        if let Some(trouble) = trouble {
            return Err(trouble);
        }
        let span = read?;
        found.into_iter().for_each(|found| replayed.add(found));
        replayed.settle(span);
        Ok(replayed)
    })
}

/// The worker that runs a vat's turns.
fn place(vat: VatNumber, workers: usize) -> usize {
    vat.0 as usize % workers.max(1)
}
