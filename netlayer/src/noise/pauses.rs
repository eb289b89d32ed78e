//! Pauses before an address that failed is tried again.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::backoff::Backoff;
use crate::limits::{REMEMBERED_ADDRESSES_MAX, after};

/// What is remembered of addresses.
pub(super) struct Pauses(Mutex<State>);

struct State {
    failures: BTreeMap<String, Failures>,
    seed: u64,
}

struct Failures {
    backoff: Backoff,
    until: Instant,
}

impl Pauses {
    pub(super) fn new(seed: u64) -> Self {
        Self(Mutex::new(State { failures: BTreeMap::new(), seed }))
    }

    /// How long to wait before `address` is tried again.
    pub(super) fn pause(&self, address: &str, now: Instant) -> Duration {
        let state = self.state();
        state.failures.get(address).map_or(Duration::ZERO, |f| f.until.duration_since(now))
    }

    pub(super) fn record_failure(&self, address: &str, now: Instant) {
        let mut state = self.state();
        let State { failures, seed } = &mut *state;
        if failures.len() >= REMEMBERED_ADDRESSES_MAX && !failures.contains_key(address) {
            // Whose pause ends first has failed least lately or least often.
            let first = failures.iter().min_by_key(|(_, f)| f.until).map(|(a, _)| a.clone());
            first.and_then(|address| failures.remove(&address));
        }
        *seed = seed.wrapping_add(1);
        let seed = *seed;
        let failed = failures
            .entry(address.to_owned())
            .or_insert_with(|| Failures { backoff: Backoff::new(seed), until: now });
        failed.until = after(now, failed.backoff.pause());
    }

    pub(super) fn record_success(&self, address: &str) {
        self.state().failures.remove(address);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remembered_failures_are_bounded_and_pauses_grow() {
        let pauses = Pauses::new(1);
        let now = Instant::now();
        for n in 0..2 * REMEMBERED_ADDRESSES_MAX {
            pauses.record_failure(&format!("host:{n}"), now);
        }
        assert_eq!(pauses.state().failures.len(), REMEMBERED_ADDRESSES_MAX);
        for _ in 0..6 {
            pauses.record_failure("host:1", now);
        }
        assert!(pauses.pause("host:1", now) > Duration::from_secs(1));
        pauses.record_success("host:1");
        assert_eq!(pauses.pause("host:1", now), Duration::ZERO);
    }
}
