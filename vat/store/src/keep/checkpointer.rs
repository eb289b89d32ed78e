//! The checkpointer: one thread that brings durable commits into the engine, in large batches, and
//! drops the journal's segments that nobody needs any more.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};

use hogshead_objects::ids::CommitNumber;
use hogshead_objects::mutation::{self, Mutation};
use tracing::warn;

use super::Retention;
use super::shared::{Pending, Phase, Shared, State};
use crate::batch::Changes;
use crate::error::StoreError;
use crate::journal;
use crate::limits::{APPLY_BYTES, FLUSH_BYTES};

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
        let (batches, last) = next(shared, &unflushed);
        if !batches.is_empty() {
            if !apply(shared, &batches)? {
                return Ok(());
            }
            unflushed.bytes += batches.iter().map(|p| p.batch.overlay_bytes()).sum::<usize>();
            unflushed.since.get_or_insert_with(Instant::now);
        }
        if unflushed.is_due(shared) {
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
        let (batches, _) = take(&shared.state());
        if batches.is_empty() {
            break;
        }
        enough_space(shared)?;
        apply_once(shared, &batches)?;
    }
    if to_disk {
        flush(shared)?;
    }
    drop_segments(shared)
}

/// Waits until there is something to apply or to flush; says whether this is the last of it.
fn next(shared: &Shared, unflushed: &Unflushed) -> (Vec<Pending>, bool) {
    let mut state = shared.state();
    let mut waited = false;
    loop {
        let (batches, bytes) = take(&state);
        let ends = state.failed.is_some() || state.phase == Phase::Draining;
        let more = batches.last().is_some_and(|last| last.number < state.durable);
        let pressed = waited
            || ends
            || state.crowded > 0
            || bytes >= APPLY_BYTES / 2
            || state.flush_wanted > state.flushed;
        if state.failed.is_some() {
            return (Vec::new(), true);
        }
        if !batches.is_empty() && pressed {
            return (batches, ends && !more);
        }
        if ends {
            return (batches, true);
        }
        let flush_due = state.flush_wanted > state.flushed && state.durable >= state.flush_wanted
            || unflushed.since.is_some_and(|since| since.elapsed() >= FLUSH_EVERY)
            || may_drop(&state, shared).is_some();
        if flush_due {
            return (batches, false);
        }
        // Waiting a little makes one application of many commits.
        let time = match (batches.is_empty(), unflushed.since) {
            (false, _) => Some(APPLY_AFTER),
            (true, Some(since)) => Some(FLUSH_EVERY.saturating_sub(since.elapsed())),
            (true, None) => None,
        };
        waited = !batches.is_empty();
        drop(batches);
        state = match time {
            Some(time) => {
                let waiting = shared.durable_work.wait_timeout(state, time);
                waiting.unwrap_or_else(PoisonError::into_inner).0
            }
            None => shared.wait(&shared.durable_work, state),
        };
    }
}

/// The oldest durable commits that are not applied, about as many as are applied at once.
fn take(state: &State) -> (Vec<Pending>, usize) {
    let mut bytes = 0;
    let mut batches = Vec::new();
    let unsynced = mutation::has(Mutation::ApplyUnsynced);
    for pending in state.pending.iter().take_while(|p| unsynced || p.number <= state.durable) {
        if bytes >= APPLY_BYTES {
            break;
        }
        bytes += pending.batch.overlay_bytes();
        batches.push(pending.clone());
    }
    (batches, bytes)
}

/// Applies commits as one. Waits while the disk is full; `false` if the store ends meanwhile.
fn apply(shared: &Shared, batches: &[Pending]) -> Result<bool, StoreError> {
    loop {
        let applied = enough_space(shared).and_then(|()| apply_once(shared, batches));
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

fn apply_once(shared: &Shared, batches: &[Pending]) -> Result<(), StoreError> {
    let Some(last) = batches.last() else { return Ok(()) };
    let mut changes = Changes::new();
    for pending in batches {
        let rows = pending.batch.changes().iter();
        changes.extend(rows.map(|(key, value)| (key.clone(), value.clone())));
    }
    let _gate = shared.gate.lock().unwrap_or_else(PoisonError::into_inner);
    shared.engine.apply(&changes, last.number)?;
    shared.applied(batches);
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
    shared.progress.notify_all();
    if state.failed.is_some() || state.phase > Phase::Open {
        return false;
    }
    let waited = shared.durable_work.wait_timeout(state, RETRY);
    drop(waited.unwrap_or_else(PoisonError::into_inner));
    true
}

impl Unflushed {
    fn is_due(&self, shared: &Shared) -> bool {
        let state = shared.state();
        self.bytes >= FLUSH_BYTES
            || state.phase == Phase::Draining
            || (state.flush_wanted > state.flushed && state.applied >= state.flush_wanted)
            || self.since.is_some_and(|since| since.elapsed() >= FLUSH_EVERY)
    }
}

fn flush(shared: &Shared) -> Result<(), StoreError> {
    let applied = shared.state().applied;
    shared.engine.flush()?;
    shared.state().flushed = applied;
    shared.progress.notify_all();
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
    let held: CommitNumber = state.flushed.min(state.snapshot?);
    let dispensable = state.status().journal_bytes.saturating_sub(oldest.bytes) >= keep;
    (dispensable && journal::is_behind(next, held)).then_some(oldest)
}

/// How long a commit may be durable before the checkpoint gets it.
const APPLY_AFTER: Duration = Duration::from_millis(20);
/// How long the checkpoint may be behind on the disk.
const FLUSH_EVERY: Duration = Duration::from_secs(10);
/// How long a full disk is left alone.
const RETRY: Duration = Duration::from_millis(200);
