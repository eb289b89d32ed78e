//! Seeds: a failure prints its own, and `DURABLE_SEED=<seed>` runs that one again;
//! `DURABLE_RUNS=<n>` runs so many of each suite.

/// SplitMix64: small, good enough, and the same everywhere.
pub struct Random(u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap()).unwrap()
    }

    pub fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    pub fn pick<T: Clone>(&mut self, items: &[T]) -> Option<T> {
        if items.is_empty() { None } else { Some(items[self.below(items.len())].clone()) }
    }
}

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|value| value.parse().expect("a number"))
}

/// Runs `try_one` for many seeds, or for the one of the environment.
pub fn seeds(usual: u64, try_one: impl Fn(&mut Random) + std::panic::RefUnwindSafe) {
    let seeds = match setting("DURABLE_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..setting("DURABLE_RUNS").unwrap_or(usual),
    };
    for seed in seeds {
        let tried = std::panic::catch_unwind(|| try_one(&mut Random(seed)));
        assert!(tried.is_ok(), "failed with DURABLE_SEED={seed}");
    }
}

/// Whether not the usual seeds are run, so that nothing can be said of all.
pub fn is_unusual() -> bool {
    setting("DURABLE_SEED").or_else(|| setting("DURABLE_RUNS")).is_some()
}
