//! Stepping: the store's work done by whoever drives it, where there may be no threads.
//!
//! ```text
//!   commit ──▶ queue ──sync──▶ journal, on_durable ──checkpoint──▶ engine
//!                      ▲                                ▲
//!                      └──────── the driver, when it likes
//! ```

use std::fmt;
use std::sync::Arc;

use super::committer::Desk;
use super::shared::Shared;
use super::{checkpointer, committer};
use crate::error::StoreError;
use crate::journal::Journal;

/// Drives a store that has no threads of its own: see [`Options::stepped`](super::Options).
/// Clones drive the same store.
#[derive(Clone)]
pub struct Stepper {
    shared: Arc<Shared>,
    desk: Arc<Desk>,
}

impl Stepper {
    pub(super) fn new(shared: Arc<Shared>, journal: Journal) -> Self {
        Self { shared, desk: committer::desk(journal) }
    }

    /// Has `tell` called whenever there is something to sync. It is called within commits, so it
    /// must be quick and must not step. Only the first one that is given counts.
    pub fn on_work(&self, tell: impl Fn() + Send + Sync + 'static) {
        let _ = self.shared.driver.set(Box::new(tell));
    }

    /// Writes a group of commits and syncs it, and calls what waited for that. `false` if there
    /// was nothing to do, or the store has failed.
    pub fn sync(&self) -> bool {
        matches!(committer::step(&self.shared, &self.desk), committer::Step::Done)
    }

    /// Brings what is durable into the checkpoint, and with `flush` onto the disk, and drops
    /// segments that nobody needs.
    pub fn checkpoint(&self, flush: bool) -> Result<(), StoreError> {
        let done = checkpointer::step(&self.shared, flush);
        if let Err(error) = &done {
            self.shared.fail(format!("the checkpoint: {error}"));
        }
        done
    }

    /// Stops at once, as if the process had been killed: whoever waits is told, and nothing more
    /// reaches the disk.
    pub fn crash(&self) {
        self.shared.fail("it was told to crash".to_owned());
        drop(self.take_journal());
    }

    /// Whether the store has failed.
    pub fn has_failed(&self) -> bool {
        self.shared.state().failed.is_some()
    }

    /// Syncs until `done` or there is nothing more to do.
    pub(super) fn sync_until(&self, done: impl Fn() -> bool) {
        while !done() && self.sync() {}
    }

    pub(super) fn take_journal(&self) -> Option<Journal> {
        committer::journal(&self.desk)
    }
}

impl fmt::Debug for Stepper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stepper").field("status", &self.shared.state().status()).finish()
    }
}
