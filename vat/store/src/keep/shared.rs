//! What the callers, the committer and the checkpointer share.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};
use std::time::Duration;

use bytes::Bytes;
use hogshead_objects::ids::CommitNumber;
use hogshead_objects::records::merged;

use super::bell::Bell;
use super::overlay::{self, Overlay};
use super::{OnDurable, Options, Status};
use crate::batch::{Batch, overlay_cost};
use crate::changes::Changes;
use crate::disk::Disk;
use crate::engine::Store;
use crate::error::StoreError;
use crate::journal::{Journal, Segment};
use crate::limits::{GATHER_BYTES, QUEUE_COMMITS_MAX};

/// What the callers, the committer and the checkpointer share.
///
/// Locks are taken in this order: gate, state, overlay.
pub(super) struct Shared {
    pub(super) disk: Arc<dyn Disk>,
    pub(super) engine: Box<dyn Store>,
    pub(super) options: Options,
    /// Held while the engine is changed, and while it must not be.
    pub(super) gate: Mutex<()>,
    state: Mutex<State>,
    /// Whether it has failed or is closed, for readers, who have no other reason to wait for the
    /// state.
    ended: AtomicBool,
    overlay: RwLock<Overlay>,
    /// How often rows have left the overlay. Counted before they do, under its lock.
    forgotten: AtomicU64,
    /// The committer waits here for work.
    pub(super) work: Bell,
    /// The checkpointer waits here for work.
    pub(super) durable_work: Bell,
    /// Commits wait here for room, and whoever waits for a number to be durable or flushed.
    pub(super) progress: Bell,
    /// Whom to tell of work, if the store is stepped.
    pub(super) driver: OnceLock<Box<dyn Fn() + Send + Sync>>,
}

pub(super) struct State {
    pub(super) newest: CommitNumber,
    pub(super) durable: CommitNumber,
    pub(super) applied: CommitNumber,
    pub(super) flushed: CommitNumber,
    /// The same a little earlier: the journal is not needed up to here.
    pub(super) held: CommitNumber,
    pub(super) snapshot: Option<CommitNumber>,
    /// Payloads to be journalled; the last is of the newest commit.
    pub(super) queue: VecDeque<Bytes>,
    /// Whether somebody who wrote a group in the committer's place has left it something to do.
    pub(super) unfinished: bool,
    /// Commits that are not applied; the last is the newest commit.
    pub(super) pending: VecDeque<Pending>,
    pub(super) overlay_bytes: usize,
    /// The checkpointer waits for more, and wants to hear only when it should not.
    pub(super) gathering: bool,
    pub(super) waiters: BTreeMap<CommitNumber, Vec<OnDurable>>,
    /// Commits that wait for room, in threads.
    pub(super) crowded: usize,
    /// The checkpoint is asked to be on the disk with this commit.
    pub(super) flush_wanted: CommitNumber,
    pub(super) closed_segments: VecDeque<Segment>,
    pub(super) segment: Segment,
    pub(super) journal_full: Option<String>,
    pub(super) checkpoint_full: Option<String>,
    pub(super) failed: Option<String>,
    pub(super) phase: Phase,
}

/// A commit on its way to the checkpoint.
#[derive(Clone)]
pub(super) struct Pending {
    pub(super) number: CommitNumber,
    pub(super) batch: Arc<Batch>,
    /// What it takes of the overlay.
    pub(super) cost: usize,
}

/// How far the store is with closing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Phase {
    Open,
    /// No commit is taken in; the committer writes what is queued.
    Closing,
    /// The committer has ended; the checkpointer applies what is durable.
    Draining,
    Closed,
}

impl Shared {
    pub(super) fn new(
        disk: Arc<dyn Disk>,
        engine: Box<dyn Store>,
        journal: &Journal,
        closed: Vec<Segment>,
        snapshot: Option<CommitNumber>,
        options: Options,
    ) -> Self {
        let newest = CommitNumber(journal.next().0 - 1);
        let state = State {
            newest,
            durable: newest,
            applied: newest,
            flushed: CommitNumber(0),
            held: CommitNumber(0),
            snapshot,
            queue: VecDeque::new(),
            unfinished: false,
            pending: VecDeque::new(),
            overlay_bytes: 0,
            gathering: false,
            waiters: BTreeMap::new(),
            crowded: 0,
            flush_wanted: CommitNumber(0),
            closed_segments: closed.into(),
            segment: journal.segment(),
            journal_full: None,
            checkpoint_full: None,
            failed: None,
            phase: Phase::Open,
        };
        Self {
            disk,
            engine,
            options,
            gate: Mutex::new(()),
            state: Mutex::new(state),
            ended: AtomicBool::new(false),
            overlay: RwLock::default(),
            forgotten: AtomicU64::new(0),
            work: Bell::default(),
            durable_work: Bell::default(),
            progress: Bell::default(),
            driver: OnceLock::new(),
        }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn get(&self, key: &[u8]) -> Result<Option<Bytes>, StoreError> {
        self.alive()?;
        if let Some((_, value)) = self.read_overlay().get(key) {
            return Ok(value.clone());
        }
        self.engine.get(key)
    }

    pub(super) fn range(
        &self,
        from: &[u8],
        to: &[u8],
        limit: usize,
    ) -> Result<Vec<(Bytes, Bytes)>, StoreError> {
        self.alive()?;
        if from >= to || limit == 0 {
            return Ok(Vec::new());
        }
        let mut asked = limit;
        loop {
            // A row leaves the overlay only after the engine has it, and what was read of the
            // engine before is read again then.
            let forgotten = self.forgotten.load(Ordering::Acquire);
            let below = self.engine.range(from, Some(to), asked)?;
            let is_all = below.len() < asked;
            let overlay = self.read_overlay();
            if self.forgotten.load(Ordering::Acquire) != forgotten {
                continue;
            }
            let changes = overlay::changes(&overlay, from, to);
            if let Some(rows) = merged(changes, below, is_all, limit) {
                return Ok(rows);
            }
            asked = asked.saturating_mul(4);
        }
    }

    /// Takes in a commit, and calls `then` once it is durable. Waits for a full disk as long as
    /// `patient` says so. The committer hears of it when it is [told](Self::tell_committer).
    pub(super) fn commit(
        &self,
        batch: Batch,
        patient: impl Fn() -> bool,
        then: Option<OnDurable>,
    ) -> Result<CommitNumber, StoreError> {
        let length = batch.check()?;
        let mut payload = Vec::with_capacity(length);
        batch.encode(&mut payload);
        let cost = overlay_cost(length, batch.len());
        let mut state = self.state();
        loop {
            match state.takes_commits() {
                Ok(()) => {}
                Err(StoreError::ReadOnly { .. }) if !self.options.stepped && patient() => {
                    state = self.progress.wait_for(state, PATIENCE_CHECK);
                    continue;
                }
                Err(error) => return Err(error),
            }
            // Where the caller is the one who steps, nobody would make room while it waits.
            if self.options.stepped || state.has_room(cost, self.options.overlay_bytes) {
                break;
            }
            state.crowded += 1;
            self.durable_work.ring();
            self.work.ring();
            state = self.progress.wait(state);
            state.crowded -= 1;
        }
        let number = CommitNumber(state.newest.0 + 1);
        state.newest = number;
        state.overlay_bytes += cost;
        state.queue.push_back(payload.into());
        if let Some(then) = then {
            state.waiters.entry(number).or_default().push(then);
        }
        let mut overlay = self.overlay.write().unwrap_or_else(PoisonError::into_inner);
        for (key, value) in batch.changes() {
            overlay.insert(key.clone(), (number, value.clone()));
        }
        drop(overlay);
        state.pending.push_back(Pending { number, batch: Arc::new(batch), cost });
        Ok(number)
    }

    /// Has the committer look, if there is something to write.
    pub(super) fn tell_committer(&self) {
        match self.driver.get() {
            Some(driver) => driver(),
            None if self.state().has_work() => self.work.ring(),
            None => {}
        }
    }

    pub(super) fn on_durable(&self, number: CommitNumber, f: OnDurable) {
        let mut state = self.state();
        if let Err(error) = state.can_become_durable(number) {
            drop(state);
            return f(Err(error));
        }
        state.waiters.entry(number).or_default().push(f);
        let due = number <= state.durable;
        drop(state);
        if due {
            self.tell_committer();
        }
    }

    pub(super) fn wait_durable(&self, number: CommitNumber) -> Result<(), StoreError> {
        self.work.ring();
        let mut state = self.state();
        while state.durable < number {
            state.can_become_durable(number)?;
            state = self.progress.wait(state);
        }
        Ok(())
    }

    pub(super) fn flush(&self) -> Result<CommitNumber, StoreError> {
        let mut state = self.state();
        let wanted = state.newest;
        state.flush_wanted = state.flush_wanted.max(wanted);
        self.durable_work.ring();
        self.work.ring();
        while state.flushed < wanted {
            state.can_become_durable(wanted)?;
            state = self.progress.wait(state);
        }
        Ok(wanted)
    }

    /// Forgets what the engine has by now: these commits, which have changed these rows.
    pub(super) fn applied(&self, applied: &[Pending], changes: &Changes) {
        let Some(last) = applied.last() else { return };
        let mut keys = changes.keys();
        let overlay = self.overlay.write().unwrap_or_else(PoisonError::into_inner);
        self.forgotten.fetch_add(1, Ordering::AcqRel);
        drop(overlay);
        // In portions, so that no reader waits long.
        while keys.len() > 0 {
            let mut overlay = self.overlay.write().unwrap_or_else(PoisonError::into_inner);
            for key in keys.by_ref().take(FORGOTTEN_AT_ONCE) {
                if overlay.get(key).is_some_and(|(number, _)| *number <= last.number) {
                    overlay.remove(key);
                }
            }
        }
        let mut state = self.state();
        state.applied = last.number;
        state.checkpoint_full = None;
        for pending in applied {
            state.overlay_bytes -= pending.cost;
        }
        state.pending.drain(..applied.len());
        drop(state);
        self.progress.ring();
    }

    /// Whether the checkpoint is to be made without waiting for more.
    pub(super) fn presses_checkpoint(&self, state: &State) -> bool {
        let enough = GATHER_BYTES.min(self.options.overlay_bytes / 2);
        state.crowded > 0 || state.flush_wanted > state.flushed || state.overlay_bytes >= enough
    }

    /// Stops everything: nothing more is released.
    pub(super) fn fail(&self, why: String) {
        let mut state = self.state();
        if state.failed.is_none() {
            tracing::error!(%why, "the store failed; restart to recover");
            state.failed = Some(why);
        }
        self.ended.store(true, Ordering::Release);
        let waiters = std::mem::take(&mut state.waiters);
        let error = state.dead();
        drop(state);
        self.work.ring();
        self.durable_work.ring();
        self.progress.ring();
        for f in waiters.into_values().flatten() {
            f(Err(error.clone()));
        }
    }

    pub(super) fn alive(&self) -> Result<(), StoreError> {
        if self.ended.load(Ordering::Acquire) { Err(self.state().dead()) } else { Ok(()) }
    }

    pub(super) fn begin_closing(&self) {
        self.enter(Phase::Closing);
    }

    pub(super) fn committer_stopped(&self) {
        self.enter(Phase::Draining);
    }

    /// Ends; says whether everything committed is kept.
    pub(super) fn closed(&self) -> Result<(), StoreError> {
        self.enter(Phase::Closed);
        let mut state = self.state();
        let waiters = std::mem::take(&mut state.waiters);
        let error = state.dead();
        let lost = state.durable < state.newest || state.failed.is_some();
        drop(state);
        for f in waiters.into_values().flatten() {
            f(Err(error.clone()));
        }
        if lost { Err(error) } else { Ok(()) }
    }

    fn enter(&self, phase: Phase) {
        let mut state = self.state();
        state.phase = state.phase.max(phase);
        if state.phase == Phase::Closed {
            self.ended.store(true, Ordering::Release);
        }
        drop(state);
        self.work.ring();
        self.durable_work.ring();
        self.progress.ring();
    }

    fn read_overlay(&self) -> std::sync::RwLockReadGuard<'_, Overlay> {
        self.overlay.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    pub(super) fn status(&self) -> Status {
        let closed: u64 = self.closed_segments.iter().map(|segment| segment.bytes).sum();
        Status {
            newest: self.newest,
            durable: self.durable,
            applied: self.applied,
            flushed: self.flushed,
            snapshot: self.snapshot,
            oldest: self.closed_segments.front().map_or(self.segment.first, |s| s.first),
            journal_bytes: closed + self.segment.bytes,
            journal_segments: self.closed_segments.len() + 1,
            overlay_bytes: self.overlay_bytes,
            read_only: self.full().cloned(),
            failed: self.failed.clone(),
        }
    }

    /// Whether there is something for the committer to do.
    pub(super) fn has_work(&self) -> bool {
        let first = self.waiters.first_key_value();
        let is_due = || first.is_some_and(|(number, _)| *number <= self.durable);
        self.unfinished || !self.queue.is_empty() || is_due()
    }

    fn full(&self) -> Option<&String> {
        self.journal_full.as_ref().or(self.checkpoint_full.as_ref())
    }

    fn takes_commits(&self) -> Result<(), StoreError> {
        if self.failed.is_some() || self.phase != Phase::Open {
            return Err(self.dead());
        }
        match self.full() {
            Some(why) => Err(StoreError::ReadOnly { why: why.clone() }),
            None => Ok(()),
        }
    }

    /// A batch always fits into an empty overlay, however small the owner has made that.
    fn has_room(&self, cost: usize, overlay_bytes_max: usize) -> bool {
        let fits = self.overlay_bytes == 0 || self.overlay_bytes + cost <= overlay_bytes_max;
        fits && self.queue.len() < QUEUE_COMMITS_MAX
    }

    pub(super) fn can_become_durable(&self, number: CommitNumber) -> Result<(), StoreError> {
        if self.failed.is_some() || self.phase == Phase::Closed {
            return Err(self.dead());
        }
        if number > self.newest {
            return Err(StoreError::NoSuchCommit { number, newest: self.newest });
        }
        Ok(())
    }

    /// Why nothing works any more.
    pub(super) fn dead(&self) -> StoreError {
        match (&self.failed, self.full()) {
            (Some(why), _) => StoreError::Failed { why: why.clone() },
            (None, Some(why)) => StoreError::ReadOnly { why: why.clone() },
            (None, None) => StoreError::Closed,
        }
    }
}

/// How often somebody who waits for a full disk is asked whether it still does.
const PATIENCE_CHECK: Duration = Duration::from_millis(100);
/// Rows of the overlay that are forgotten while readers wait.
const FORGOTTEN_AT_ONCE: usize = 256;
