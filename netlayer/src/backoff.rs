//! Pauses after failures: doubling, with jitter, so that many hosts do not return at once.

use std::time::Duration;

use crate::limits::{BACKOFF_FIRST, BACKOFF_MAX};

/// A row of growing pauses. The same seed gives the same row.
#[derive(Clone, Debug)]
pub struct Backoff {
    next: Duration,
    random: Random,
}

impl Backoff {
    /// A row that begins at the first pause. Take the seed from the host's entropy, or a number
    /// in tests.
    pub fn new(seed: u64) -> Self {
        Self { next: BACKOFF_FIRST, random: Random::new(seed) }
    }

    /// The pause after one more failure: between half and the whole of a value that doubles up to
    /// [`BACKOFF_MAX`].
    pub fn pause(&mut self) -> Duration {
        let whole = self.next;
        self.next = whole.saturating_mul(2).min(BACKOFF_MAX);
        let half = whole / 2;
        let spread = u64::try_from(half.as_nanos()).unwrap_or(u64::MAX);
        half + Duration::from_nanos(self.random.below(spread.max(1)))
    }

    /// Begins again after a success.
    pub fn reset(&mut self) {
        self.next = BACKOFF_FIRST;
    }
}

/// A small generator for jitter and simulations (splitmix64). Nothing secret may come from it.
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`, or zero. The bias is of no matter here.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.next().checked_rem(bound).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_with_jitter_up_to_the_longest() {
        let mut backoff = Backoff::new(7);
        let mut whole = BACKOFF_FIRST;
        for _ in 0..20 {
            let pause = backoff.pause();
            assert!(pause >= whole / 2 && pause <= whole, "{pause:?} of {whole:?}");
            whole = (whole * 2).min(BACKOFF_MAX);
        }
        backoff.reset();
        assert!(backoff.pause() <= BACKOFF_FIRST);
    }

    #[test]
    fn the_seed_decides_the_jitter() {
        let row = |seed| {
            let mut backoff = Backoff::new(seed);
            (0..8).map(|_| backoff.pause()).collect::<Vec<_>>()
        };
        assert_eq!(row(1), row(1));
        assert_ne!(row(1), row(2));
    }
}
