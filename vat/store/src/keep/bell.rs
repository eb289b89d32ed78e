//! A bell: a condition variable that costs its ringer nothing while nobody waits.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, MutexGuard, PoisonError};
use std::time::Duration;

/// Wakes whoever waits for a change of what one mutex guards. It is rung after the change, with
/// the mutex or without; whoever waits holds it. Waking up says nothing: what is waited for is
/// looked at again.
#[derive(Default)]
pub(super) struct Bell {
    condvar: Condvar,
    /// How many wait. Waking is a system call, asking is not. It changes under the mutex only, so
    /// that a change which a sleeper did not see finds it counted; and only sleepers change it:
    /// one that was rung for before it slept is still counted at the next ring.
    sleepers: AtomicUsize,
}

impl Bell {
    /// Waits until it is rung, or for no reason.
    pub(super) fn wait<'a, T>(&self, guard: MutexGuard<'a, T>) -> MutexGuard<'a, T> {
        self.sleeping(|| self.condvar.wait(guard).unwrap_or_else(PoisonError::into_inner))
    }

    /// The same, for so long at the most.
    pub(super) fn wait_for<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        time: Duration,
    ) -> MutexGuard<'a, T> {
        self.sleeping(|| {
            self.condvar.wait_timeout(guard, time).unwrap_or_else(PoisonError::into_inner).0
        })
    }

    fn sleeping<'a, T>(&self, sleep: impl FnOnce() -> MutexGuard<'a, T>) -> MutexGuard<'a, T> {
        self.sleepers.fetch_add(1, Ordering::Relaxed);
        let guard = sleep();
        self.sleepers.fetch_sub(1, Ordering::Relaxed);
        guard
    }

    /// Wakes all who wait.
    pub(super) fn ring(&self) {
        if self.sleepers.load(Ordering::Relaxed) > 0 {
            self.condvar.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;
    use std::sync::{Arc, Mutex, mpsc};
    use std::thread;

    use super::*;

    /// Changes that are waited for.
    const CHANGES: u32 = 50_000;
    /// How long nothing may happen on a slow machine.
    const STUCK: Duration = Duration::from_secs(20);

    #[test]
    fn a_ring_for_nothing_takes_no_other_ring_away() {
        let (bell, count) = (Arc::new(Bell::default()), Arc::new(Mutex::new(0)));
        let over = Arc::new(AtomicBool::new(false));

        // Rings all the time, for no reason, also between counting a sleeper and its sleep.
        let idle = thread::spawn({
            let (bell, over) = (Arc::clone(&bell), Arc::clone(&over));
            move || {
                while !over.load(Ordering::Relaxed) {
                    bell.ring();
                }
            }
        });
        let (seen, sees) = mpsc::channel();
        let sleeper = thread::spawn({
            let (bell, count) = (Arc::clone(&bell), Arc::clone(&count));
            move || {
                for wanted in 1..=CHANGES {
                    let mut guard = count.lock().unwrap();
                    while *guard < wanted {
                        guard = bell.wait(guard);
                    }
                    drop(guard);
                    if seen.send(wanted).is_err() {
                        return;
                    }
                }
            }
        });

        let mut stuck = None;
        for wanted in 1..=CHANGES {
            *count.lock().unwrap() = wanted;
            // Without other rings from here on, what was lost would stay lost.
            if wanted == CHANGES {
                over.store(true, Ordering::Relaxed);
            }
            bell.ring();
            if sees.recv_timeout(STUCK).is_err() {
                stuck = Some(wanted);
                break;
            }
        }
        over.store(true, Ordering::Relaxed);
        idle.join().unwrap();
        assert_eq!(stuck, None, "the sleeper was not woken");
        sleeper.join().unwrap();
    }
}
