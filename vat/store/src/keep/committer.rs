//! The committer: one thread that writes the commit order, a group of commits with each sync.
//!
//! Whoever has nothing better to do may write a group in its place ([`help`]), and need not wake
//! it. There is one journal, so whoever holds it is the only one who writes.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use bytes::Bytes;
use hogshead_objects::ids::CommitNumber;
use tracing::{error, warn};

use super::OnDurable;
use super::shared::{Phase, Shared, State};
use crate::journal::{Group, Journal, WriteError};
use crate::limits::{GROUP_BYTES_MAX, JOURNAL_WARN_BYTES};

/// The journal, for whoever writes it.
pub(super) type Desk = Mutex<Option<Writing>>;

/// The journal as it is written; absent once the store has failed.
pub(super) struct Writing {
    journal: Journal,
    /// What a helper found no space for: it is written before anything else.
    left: Option<Group>,
}

/// A journal to be written.
pub(super) fn desk(journal: Journal) -> Arc<Desk> {
    Arc::new(Mutex::new(Some(Writing { journal, left: None })))
}

/// The journal, once nobody writes it any more.
pub(super) fn journal(desk: &Desk) -> Option<Journal> {
    lock(desk).take().filter(|writing| writing.left.is_none()).map(|writing| writing.journal)
}

fn lock(desk: &Desk) -> MutexGuard<'_, Option<Writing>> {
    desk.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts the committer. It ends when it was told to close and all is written.
pub(super) fn start(shared: Arc<Shared>, desk: Arc<Desk>) -> JoinHandle<()> {
    Builder::new()
        .name("hog-committer".to_owned())
        .spawn(move || {
            if catch_unwind(AssertUnwindSafe(|| run(&shared, &desk))).is_err() {
                shared.fail("the committer panicked".to_owned());
            }
        })
        .expect("a host that cannot start a thread cannot start")
}

/// What there is to do at once.
struct Work {
    payloads: Vec<Bytes>,
    durable: CommitNumber,
    due: Vec<OnDurable>,
}

/// What became of a step.
pub(super) enum Step {
    Done,
    Idle,
    Failed,
}

/// Does what there is to do at once, without waiting for more, unless somebody else is at it.
pub(super) fn step(shared: &Shared, desk: &Desk) -> Step {
    // What is called may look at the store, but whoever steps from there finds nothing to do.
    let mut desk = match desk.try_lock() {
        Ok(desk) => desk,
        Err(TryLockError::Poisoned(desk)) => desk.into_inner(),
        Err(TryLockError::WouldBlock) => return Step::Idle,
    };
    let Some(writing) = desk.as_mut() else { return Step::Idle };
    let stepped = step_at(shared, writing);
    if matches!(stepped, Step::Failed) {
        *desk = None;
    }
    stepped
}

fn step_at(shared: &Shared, writing: &mut Writing) -> Step {
    let work = {
        let mut state = shared.state();
        if state.failed.is_some() {
            return Step::Failed;
        }
        take(&mut state)
    };
    let Some(work) = work else { return Step::Idle };
    write(shared, writing, work).map_or(Step::Failed, |()| Step::Done)
}

/// Writes a group in the committer's place, if there is one and nobody else writes. Whatever has
/// to wait is left to the committer. `false` if nothing was done.
pub(super) fn help(shared: &Shared, desk: &Desk) -> bool {
    let Ok(mut desk) = desk.try_lock() else { return false };
    let Some(writing) = desk.as_mut() else { return false };
    let work = {
        let mut state = shared.state();
        if state.failed.is_some() || state.unfinished {
            return false;
        }
        take(&mut state)
    };
    let Some(work) = work else { return false };
    let helped = catch_unwind(AssertUnwindSafe(|| write_once(shared, writing, work)));
    match helped {
        Ok(Ok(())) => {}
        Ok(Err(error)) => shared.fail(format!("{WRITING}: {error}")),
        Err(_) => shared.fail("whoever helped the committer panicked".to_owned()),
    }
    true
}

fn write_once(shared: &Shared, writing: &mut Writing, work: Work) -> Result<(), WriteError> {
    release(work.due);
    if work.payloads.is_empty() {
        return Ok(());
    }
    let group = writing.journal.frame(&work.payloads, work.durable);
    let full = match writing.journal.write(&group) {
        Ok(()) => {
            settle(shared, &writing.journal);
            writing.journal.is_segment_full()
        }
        Err(WriteError::Full(_)) => {
            writing.left = Some(group);
            true
        }
        Err(error) => return Err(error),
    };
    if full {
        shared.state().unfinished = true;
        shared.work.ring();
    }
    Ok(())
}

fn run(shared: &Shared, desk: &Desk) {
    while wait(shared) {
        let mut desk = lock(desk);
        let Some(writing) = desk.as_mut() else { return };
        let finished = finish(shared, writing);
        if finished.is_none() || matches!(step_at(shared, writing), Step::Failed) {
            *desk = None;
            return;
        }
    }
}

/// Waits for work. `false` once the store is closing and all is written, or it has failed.
fn wait(shared: &Shared) -> bool {
    let mut state = shared.state();
    loop {
        if state.failed.is_some() {
            return false;
        }
        if state.has_work() {
            return true;
        }
        if state.phase > Phase::Open {
            return false;
        }
        state = shared.work.wait(state);
    }
}

/// Does what a helper has left.
fn finish(shared: &Shared, writing: &mut Writing) -> Option<()> {
    if !std::mem::take(&mut shared.state().unfinished) {
        return Some(());
    }
    if let Some(group) = &writing.left {
        persist(shared, WRITING, || writing.journal.write(group))?;
        settle(shared, &writing.journal);
    }
    writing.left = None;
    rotate_if_full(shared, &mut writing.journal)
}

/// Writes a group and says so. `None` if the store cannot go on.
fn write(shared: &Shared, writing: &mut Writing, work: Work) -> Option<()> {
    release(work.due);
    if work.payloads.is_empty() {
        return Some(());
    }
    let journal = &mut writing.journal;
    let group = journal.frame(&work.payloads, work.durable);
    persist(shared, WRITING, || journal.write(&group))?;
    settle(shared, journal);
    rotate_if_full(shared, journal)
}

fn rotate_if_full(shared: &Shared, journal: &mut Journal) -> Option<()> {
    if journal.is_segment_full() {
        let closed = persist(shared, "beginning a journal segment", || journal.rotate())?;
        let mut state = shared.state();
        state.closed_segments.push_back(closed);
        state.segment = journal.segment();
        warn_if_large(&state);
    }
    Some(())
}

/// Takes what there is to do at once, if there is anything.
fn take(state: &mut State) -> Option<Work> {
    let due = take_due(state);
    let payloads = take_group(state);
    let work = Work { payloads, durable: state.durable, due };
    (!work.due.is_empty() || !work.payloads.is_empty()).then_some(work)
}

/// Takes what is queued, up to the size of a group: a lone commit is a group of one, at once.
fn take_group(state: &mut State) -> Vec<Bytes> {
    let mut bytes = 0;
    let fits = |payload: &&Bytes| {
        let first = bytes == 0;
        bytes += payload.len().max(1);
        first || bytes <= GROUP_BYTES_MAX
    };
    let count = state.queue.iter().take_while(fits).count();
    state.queue.drain(..count).collect()
}

fn take_due(state: &mut State) -> Vec<OnDurable> {
    let later = state.waiters.split_off(&CommitNumber(state.durable.0 + 1));
    std::mem::replace(&mut state.waiters, later).into_values().flatten().collect()
}

/// The journal holds a group: says so, in commit order.
fn settle(shared: &Shared, journal: &Journal) {
    let mut state = shared.state();
    state.durable = CommitNumber(journal.next().0 - 1);
    state.segment = journal.segment();
    let due = take_due(&mut state);
    let wanted = !state.gathering || shared.presses_checkpoint(&state);
    drop(state);
    shared.progress.ring();
    if wanted {
        shared.durable_work.ring();
    }
    release(due);
}

fn release(due: Vec<OnDurable>) {
    for f in due {
        if catch_unwind(AssertUnwindSafe(|| f(Ok(())))).is_err() {
            error!("what was to run after a commit panicked");
        }
    }
}

/// Does something with the disk until there is space for it. `None` if it failed otherwise, or if
/// the store is closed while it waits.
fn persist<T>(
    shared: &Shared,
    what: &str,
    mut act: impl FnMut() -> Result<T, WriteError>,
) -> Option<T> {
    loop {
        let error = match act() {
            Ok(done) => {
                shared.state().journal_full = None;
                return Some(done);
            }
            Err(error) => error,
        };
        // A store that is stepped has nobody who could wait for space.
        if !matches!(error, WriteError::Full(_)) || shared.options.stepped {
            shared.fail(format!("{what}: {error}"));
            return None;
        }
        let mut state = shared.state();
        if state.journal_full.is_none() {
            warn!(%what, "the disk is full: the store takes no writes until there is space");
        }
        state.journal_full = Some(format!("{what}: {error}"));
        shared.progress.ring();
        if state.phase > Phase::Open || state.failed.is_some() {
            return None;
        }
        drop(shared.work.wait_for(state, RETRY));
    }
}

fn warn_if_large(state: &State) {
    let bytes = state.status().journal_bytes;
    if bytes > JOURNAL_WARN_BYTES && state.snapshot.is_none() {
        warn!(
            bytes,
            "the journal is kept whole until there is a snapshot; \
            `hogshead store snapshot` makes one"
        );
    }
}

/// How long a full disk is left alone.
const RETRY: Duration = Duration::from_millis(200);
const WRITING: &str = "writing the journal";
