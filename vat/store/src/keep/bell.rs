//! A bell: a condition variable that costs its ringer nothing while nobody waits.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, MutexGuard, PoisonError};
use std::time::Duration;

/// Wakes whoever waits for a change of what one mutex guards. It is rung after the change, with
/// the mutex or without; whoever waits holds it. Waking up says nothing: what is waited for is
/// looked at again.
#[derive(Default)]
pub(super) struct Bell {
    condvar: Condvar,
    /// Whether somebody waits who was not rung for yet. Set under the mutex, so that a change
    /// which the sleeper did not see finds it set. Waking is a system call, asking is not.
    awaited: AtomicBool,
}

impl Bell {
    /// Waits until it is rung, or for no reason.
    pub(super) fn wait<'a, T>(&self, guard: MutexGuard<'a, T>) -> MutexGuard<'a, T> {
        self.awaited.store(true, Ordering::Release);
        self.condvar.wait(guard).unwrap_or_else(PoisonError::into_inner)
    }

    /// The same, for so long at the most.
    pub(super) fn wait_for<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        time: Duration,
    ) -> MutexGuard<'a, T> {
        self.awaited.store(true, Ordering::Release);
        self.condvar.wait_timeout(guard, time).unwrap_or_else(PoisonError::into_inner).0
    }

    /// Wakes all who wait.
    pub(super) fn ring(&self) {
        if self.awaited.load(Ordering::Acquire) && self.awaited.swap(false, Ordering::AcqRel) {
            self.condvar.notify_all();
        }
    }
}
