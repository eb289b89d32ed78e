//! Who runs next: a fair queue of vats that have something to do.
//!
//! ```text
//!   wake(vat) ──▶ [ a | b | c ] ──next()──▶ a turn thread runs up to a round of a's inputs
//!                      ▲                              │
//!                      └────── done(a, more) ─────────┘  at the back again
//! ```

use std::collections::{BTreeSet, VecDeque};

/// A round robin over vats with runnable inputs. A vat that a thread has is handed to no other,
/// and gets at most a round of inputs before all others that wait have had theirs.
#[derive(Debug)]
pub struct FairQueue<K> {
    waiting: VecDeque<K>,
    queued: BTreeSet<K>,
    running: BTreeSet<K>,
    woken: BTreeSet<K>,
    round: usize,
}

/// A vat to run, and how many of its inputs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Slice<K> {
    /// The vat.
    pub vat: K,
    /// Inputs that it may run before others are served.
    pub inputs: usize,
}

impl<K: Ord + Copy> FairQueue<K> {
    /// A queue that gives each vat `round` inputs at a time, at least one.
    pub fn new(round: usize) -> Self {
        Self {
            waiting: VecDeque::new(),
            queued: BTreeSet::new(),
            running: BTreeSet::new(),
            woken: BTreeSet::new(),
            round: round.max(1),
        }
    }

    /// Says that `vat` has something to run. Saying it again changes nothing.
    pub fn wake(&mut self, vat: K) {
        if self.running.contains(&vat) {
            self.woken.insert(vat);
        } else if self.queued.insert(vat) {
            self.waiting.push_back(vat);
        }
    }

    /// The vat whose turn it is. It must be given back by [`done`](Self::done).
    pub fn next_slice(&mut self) -> Option<Slice<K>> {
        let vat = self.waiting.pop_front()?;
        self.queued.remove(&vat);
        self.running.insert(vat);
        Some(Slice { vat, inputs: self.round })
    }

    /// Gives a vat back; `more` says whether it has something left to run. What woke it
    /// meanwhile counts as well.
    pub fn done(&mut self, vat: K, more: bool) {
        self.running.remove(&vat);
        if self.woken.remove(&vat) || more {
            self.wake(vat);
        }
    }

    /// Forgets a vat that is gone. One that is running is forgotten when it is given back
    /// without more to do.
    pub fn remove(&mut self, vat: K) {
        if self.queued.remove(&vat) {
            self.waiting.retain(|other| *other != vat);
        }
        self.woken.remove(&vat);
    }

    /// The number of vats that wait for a thread.
    pub fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Whether no vat waits for a thread.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_vat_does_not_starve_a_quiet_one() {
        let mut queue = FairQueue::new(3);
        let mut left = [("busy", 1000_usize), ("quiet", 2)];
        for (vat, _) in left {
            queue.wake(vat);
        }
        let mut log = Vec::new();
        while let Some(slice) = queue.next_slice() {
            let entry = left.iter_mut().find(|(vat, _)| *vat == slice.vat).unwrap();
            let ran = entry.1.min(slice.inputs);
            entry.1 -= ran;
            log.push((slice.vat, ran));
            let more = entry.1 > 0;
            queue.done(slice.vat, more);
        }
        assert_eq!(&log[..3], &[("busy", 3), ("quiet", 2), ("busy", 3)]);
        assert_eq!(log.iter().map(|(_, ran)| ran).sum::<usize>(), 1002);
    }

    #[test]
    fn ten_vats_with_endless_work_get_equal_shares() {
        let mut queue = FairQueue::new(4);
        let mut shares = [0_usize; 10];
        (0..10).for_each(|vat| queue.wake(vat));
        for _ in 0..100 {
            let slice = queue.next_slice().unwrap();
            shares[slice.vat] += slice.inputs;
            queue.done(slice.vat, true);
        }
        assert_eq!(shares, [40; 10]);
    }

    #[test]
    fn a_vat_is_on_one_thread_at_a_time_and_its_wake_up_is_not_lost() {
        let mut queue = FairQueue::new(1);
        queue.wake(7);
        queue.wake(7);
        assert_eq!(queue.next_slice().map(|s| s.vat), Some(7));
        queue.wake(7);
        assert_eq!(queue.next_slice(), None);
        queue.done(7, false);
        assert_eq!(queue.next_slice().map(|s| s.vat), Some(7));
        queue.done(7, false);
        assert!(queue.is_empty());
    }

    #[test]
    fn a_removed_vat_is_not_run() {
        let mut queue = FairQueue::new(1);
        queue.wake(1);
        queue.wake(2);
        queue.remove(1);
        assert_eq!(queue.next_slice().map(|s| s.vat), Some(2));
        assert_eq!(queue.len(), 0);
    }
}
