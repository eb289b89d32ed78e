//! The checkpointer: one thread that brings durable commits into the engine, in large batches, and
//! drops the journal's segments that nobody needs any more.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};

use bytes::Bytes;
use hogshead_objects::ids::CommitNumber;
use hogshead_objects::mutation::{self, Mutation};
use tracing::warn;

use super::Retention;
use super::shared::{Pending, Phase, Shared, State};
use crate::changes::Changes;
use crate::error::StoreError;
use crate::journal;
use crate::limits::{APPLY_BYTES, APPLY_COMMITS, APPLY_ROWS, FLUSH_BYTES};

/// Starts the checkpointer. It ends when the committer has ended and all is applied and flushed.
pub(super) fn start(shared: Arc<Shared>) -> JoinHandle<()> {
    Builder::new()
        .name("hog-checkpointer".to_owned())
        .spawn(move || {
            let ran = catch_unwind(AssertUnwindSafe(|| run(&shared)));
            match ran {
                Ok(Ok(())) => {}
                Ok(Err(error)) => shared.fail(format!("the checkpoint: {error}")),
                Err(_) => shared.fail("the checkpointer panicked".to_owned()),
            }
        })
        .expect("a host that cannot start a thread cannot start")
}

/// What is applied and not flushed.
#[derive(Default)]
struct Unflushed {
    bytes: usize,
    since: Option<Instant>,
}

fn run(shared: &Shared) -> Result<(), StoreError> {
    let mut unflushed = Unflushed::default();
    loop {
        let ends = wait(shared, &unflushed);
        let gathered = Gathered::of(take(shared));
        if !gathered.commits.is_empty() {
            if !apply(shared, &gathered)? {
                return Ok(());
            }
            unflushed.bytes += gathered.cost;
            unflushed.since.get_or_insert_with(Instant::now);
        }
        let last = {
            let state = shared.state();
            if state.failed.is_some() {
                return Ok(());
            }
            ends && state.applied >= state.durable
        };
        if last || unflushed.is_due(shared) {
            flush(shared)?;
            unflushed = Unflushed::default();
        }
        drop_segments(shared)?;
        if last {
            return Ok(());
        }
    }
}

/// Applies all that is durable, flushes if it is told to, and drops segments; never waits.
pub(super) fn step(shared: &Shared, to_disk: bool) -> Result<(), StoreError> {
    loop {
        let gathered = Gathered::of(take(shared));
        if gathered.commits.is_empty() {
            break;
        }
        enough_space(shared)?;
        apply_once(shared, &gathered)?;
    }
    if to_disk {
        flush(shared)?;
    }
    drop_segments(shared)
}

/// Waits until there is something to apply, to flush or to drop; says whether the store ends.
fn wait(shared: &Shared, unflushed: &Unflushed) -> bool {
    let mut state = shared.state();
    // Since when something waits to be applied.
    let mut since = None;
    loop {
        let ends = state.failed.is_some() || state.phase == Phase::Draining;
        let flush_due = state.flush_wanted > state.flushed && state.durable >= state.flush_wanted
            || unflushed.since.is_some_and(|since| since.elapsed() >= FLUSH_EVERY)
            || may_drop(&state, shared).is_some();
        if ends || flush_due {
            return ends;
        }
        // Waiting a little makes one application of many commits, and none of what is overwritten
        // or deleted meanwhile.
        let waits = state.durable > state.applied;
        let time = if waits {
            let since = *since.get_or_insert_with(Instant::now);
            APPLY_AFTER.checked_sub(since.elapsed())
        } else {
            Some(
                FLUSH_EVERY.saturating_sub(unflushed.since.map_or(Duration::ZERO, |s| s.elapsed())),
            )
        };
        let Some(time) = time.filter(|_| !(waits && shared.presses_checkpoint(&state))) else {
            return false;
        };
        state.gathering = waits;
        state = match waits || unflushed.since.is_some() {
            true => shared.durable_work.wait_for(state, time),
            false => shared.durable_work.wait(state),
        };
        state.gathering = false;
    }
}

/// The oldest durable commits that are not applied.
fn take(shared: &Shared) -> Vec<Pending> {
    let state = shared.state();
    let unsynced = mutation::has(Mutation::ApplyUnsynced);
    let durable = state.pending.iter().take_while(|p| unsynced || p.number <= state.durable);
    durable.take(APPLY_COMMITS).cloned().collect()
}

/// Commits that are applied as one.
struct Gathered {
    commits: Vec<Pending>,
    /// The last change of each row.
    changes: Changes,
    /// What they take of the overlay.
    cost: usize,
}

impl Gathered {
    /// As many of these as put about as many rows as are applied at once.
    fn of(mut commits: Vec<Pending>) -> Self {
        let (mut changes, mut cost, mut count) = (BTreeMap::new(), 0, 0);
        let (mut rows, mut bytes) = (0, 0);
        for pending in &commits {
            if bytes >= APPLY_BYTES || rows >= APPLY_ROWS {
                break;
            }
            for (key, value) in pending.batch.changes() {
                rows += usize::from(value.is_some());
                bytes += value.as_ref().map_or(0, Bytes::len);
                let before: Option<Bytes> = changes.insert(key.clone(), value.clone()).flatten();
                rows -= usize::from(before.is_some());
                bytes -= before.map_or(0, |before| before.len());
            }
            cost += pending.cost;
            count += 1;
        }
        commits.truncate(count);
        Self { commits, changes: changes.into_iter().collect(), cost }
    }
}

/// Applies commits as one. Waits while the disk is full; `false` if the store ends meanwhile.
fn apply(shared: &Shared, gathered: &Gathered) -> Result<bool, StoreError> {
    loop {
        let applied = enough_space(shared).and_then(|()| apply_once(shared, gathered));
        match applied {
            Ok(()) => return Ok(true),
            Err(error) if error.is_full() => {
                if !wait_for_space(shared, error) {
                    return Ok(false);
                }
            }
            Err(error) => return Err(error),
        }
    }
}

fn apply_once(shared: &Shared, gathered: &Gathered) -> Result<(), StoreError> {
    let Gathered { commits, changes, .. } = gathered;
    let Some(last) = commits.last() else { return Ok(()) };
    let _gate = shared.gate.lock().unwrap_or_else(PoisonError::into_inner);
    shared.engine.apply(changes, last.number)?;
    shared.applied(commits, changes);
    Ok(())
}

/// The engines do not take a full disk well, so they never meet one.
fn enough_space(shared: &Shared) -> Result<(), StoreError> {
    let free =
        shared.disk.free_bytes().map_err(|e| StoreError::io("asking for the free space", e))?;
    if free >= shared.options.reserve_bytes {
        return Ok(());
    }
    let why = format!("{free} bytes are free, {} are the reserve", shared.options.reserve_bytes);
    Err(StoreError::ReadOnly { why })
}

fn wait_for_space(shared: &Shared, error: StoreError) -> bool {
    let mut state = shared.state();
    if state.checkpoint_full.is_none() {
        warn!(%error, "the disk is full: the checkpoint waits for space");
    }
    state.checkpoint_full = Some(match error {
        StoreError::ReadOnly { why } => why,
        error => error.to_string(),
    });
    shared.progress.ring();
    if state.failed.is_some() || state.phase > Phase::Open {
        return false;
    }
    drop(shared.durable_work.wait_for(state, RETRY));
    true
}

impl Unflushed {
    fn is_due(&self, shared: &Shared) -> bool {
        let state = shared.state();
        self.bytes >= FLUSH_BYTES
            || (state.flush_wanted > state.flushed && state.applied >= state.flush_wanted)
            || self.since.is_some_and(|since| since.elapsed() >= FLUSH_EVERY)
    }
}

fn flush(shared: &Shared) -> Result<(), StoreError> {
    let applied = shared.state().applied;
    shared.engine.flush()?;
    shared.state().held = applied;
    // Whoever waits for the flush finds the journal as it leaves it.
    drop_segments(shared)?;
    shared.state().flushed = applied;
    shared.progress.ring();
    Ok(())
}

/// Drops the journal's oldest segments, one by one, as far as the owner's retention, the newest
/// snapshot and the checkpoint allow it.
fn drop_segments(shared: &Shared) -> Result<(), StoreError> {
    loop {
        let state = shared.state();
        let Some(segment) = may_drop(&state, shared) else { return Ok(()) };
        drop(state);
        journal::drop_oldest(&*shared.disk, segment)
            .map_err(|e| StoreError::io("dropping a journal segment", e))?;
        shared.state().closed_segments.pop_front();
    }
}

fn may_drop(state: &State, shared: &Shared) -> Option<journal::Segment> {
    let Retention::Bytes(keep) = shared.options.retention else { return None };
    let oldest = *state.closed_segments.front()?;
    let next = state.closed_segments.get(1).map_or(state.segment.first, |segment| segment.first);
    let held: CommitNumber = state.held.min(state.snapshot?);
    let dispensable = state.status().journal_bytes.saturating_sub(oldest.bytes) >= keep;
    (dispensable && journal::is_behind(next, held)).then_some(oldest)
}

/// How long a commit may be durable before the checkpoint gets it.
const APPLY_AFTER: Duration = Duration::from_millis(100);
/// How long the checkpoint may be behind on the disk.
const FLUSH_EVERY: Duration = Duration::from_secs(10);
/// How long a full disk is left alone.
const RETRY: Duration = Duration::from_millis(200);
