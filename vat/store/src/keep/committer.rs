//! The committer: one thread that writes the commit order, a group of commits with each sync.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use bytes::Bytes;
use hogshead_objects::ids::CommitNumber;
use tracing::{error, warn};

use super::OnDurable;
use super::shared::{Phase, Shared, State};
use crate::journal::{Journal, WriteError};
use crate::limits::{GROUP_BYTES_MAX, JOURNAL_WARN_BYTES};

/// Starts the committer. It answers the journal when it was told to close and all is written.
pub(super) fn start(shared: Arc<Shared>, journal: Journal) -> JoinHandle<Option<Journal>> {
    Builder::new()
        .name("hog-committer".to_owned())
        .spawn(move || {
            let ran = catch_unwind(AssertUnwindSafe(|| run(&shared, journal)));
            ran.unwrap_or_else(|_| {
                shared.fail("the committer panicked".to_owned());
                None
            })
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

/// Does what there is to do at once, without waiting for more.
pub(super) fn step(shared: &Shared, journal: &mut Journal) -> Step {
    let work = {
        let mut state = shared.state();
        if state.failed.is_some() {
            return Step::Failed;
        }
        take(&mut state)
    };
    let Some(work) = work else { return Step::Idle };
    write(shared, journal, work).map_or(Step::Failed, |()| Step::Done)
}

fn run(shared: &Shared, mut journal: Journal) -> Option<Journal> {
    while let Some(work) = next(shared) {
        write(shared, &mut journal, work)?;
    }
    shared.alive().is_ok().then_some(journal)
}

/// Writes a group and says so. `None` if the store cannot go on.
fn write(shared: &Shared, journal: &mut Journal, work: Work) -> Option<()> {
    release(work.due);
    if work.payloads.is_empty() {
        return Some(());
    }
    let group = journal.frame(&work.payloads, work.durable);
    persist(shared, "writing the journal", || journal.write(&group))?;
    settle(shared, journal);
    if journal.is_segment_full() {
        let closed = persist(shared, "beginning a journal segment", || journal.rotate())?;
        let mut state = shared.state();
        state.closed_segments.push_back(closed);
        state.segment = journal.segment();
        warn_if_large(&state);
    }
    Some(())
}

/// Waits for work. `None` once the store is closing and all is written, or it has failed.
fn next(shared: &Shared) -> Option<Work> {
    let mut state = shared.state();
    loop {
        if state.failed.is_some() {
            return None;
        }
        if let Some(work) = take(&mut state) {
            return Some(work);
        }
        if state.phase > Phase::Open {
            return None;
        }
        state = shared.work.wait(state);
    }
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
