//! What a world has met, and what it must have met before it counts.

use std::fmt;
use std::ops::AddAssign;

/// What a world has met.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Coverage {
    /// Hosts that died.
    pub crashes: u64,
    /// Of these, how many at a call to the disk.
    pub deaths_at_the_disk: u64,
    /// Hosts that died while they recovered.
    pub deaths_in_recovery: u64,
    /// Hosts that stopped in good order.
    pub stops: u64,
    /// Pairs of machines that were kept apart.
    pub partitions: u64,
    /// References that one vat gave to another, of a third.
    pub handoffs: u64,
    /// Of these, how many between three machines.
    pub far_handoffs: u64,
    /// Vats that were dropped from memory by their owners.
    pub evictions: u64,
    /// Runs of the collector that freed something.
    pub collections: u64,
    /// Sharings that were revoked.
    pub revocations: u64,
    /// Letters that were heard.
    pub letters: u64,
    /// Of these, how many by a promise.
    pub pipelined: u64,
    /// Alarms that rang.
    pub alarms: u64,
    /// Stores that came to have two histories.
    pub forks: u64,
    /// Whether nothing more is to go wrong.
    pub faults_are_over: bool,
}

/// What each seed must reach.
pub const MINIMUM: Coverage = Coverage {
    crashes: 5,
    deaths_at_the_disk: 2,
    deaths_in_recovery: 0,
    stops: 0,
    partitions: 1,
    handoffs: 5,
    far_handoffs: 1,
    evictions: 5,
    collections: 1,
    revocations: 1,
    letters: 30,
    pipelined: 3,
    alarms: 2,
    forks: 0,
    faults_are_over: true,
};

impl Coverage {
    /// Each count with its name.
    pub fn counts(&self) -> [(&'static str, u64); 14] {
        [
            ("crashes", self.crashes),
            ("deaths at a call to the disk", self.deaths_at_the_disk),
            ("deaths in recovery", self.deaths_in_recovery),
            ("stops", self.stops),
            ("partitions", self.partitions),
            ("handoffs", self.handoffs),
            ("handoffs between three machines", self.far_handoffs),
            ("evictions", self.evictions),
            ("collections", self.collections),
            ("revocations", self.revocations),
            ("letters", self.letters),
            ("pipelined letters", self.pipelined),
            ("alarms", self.alarms),
            ("stores with two histories", self.forks),
        ]
    }

    /// What is less than it must be, in words.
    pub fn lacks(&self) -> Vec<String> {
        let pairs = self.counts().into_iter().zip(MINIMUM.counts());
        let short = pairs.filter(|((_, met), (_, least))| met < least);
        short.map(|((name, met), (_, least))| format!("{met} of {least} {name}")).collect()
    }

    /// The smaller of each count.
    pub fn least(self, other: Self) -> Self {
        Self {
            crashes: self.crashes.min(other.crashes),
            deaths_at_the_disk: self.deaths_at_the_disk.min(other.deaths_at_the_disk),
            deaths_in_recovery: self.deaths_in_recovery.min(other.deaths_in_recovery),
            stops: self.stops.min(other.stops),
            partitions: self.partitions.min(other.partitions),
            handoffs: self.handoffs.min(other.handoffs),
            far_handoffs: self.far_handoffs.min(other.far_handoffs),
            evictions: self.evictions.min(other.evictions),
            collections: self.collections.min(other.collections),
            revocations: self.revocations.min(other.revocations),
            letters: self.letters.min(other.letters),
            pipelined: self.pipelined.min(other.pipelined),
            alarms: self.alarms.min(other.alarms),
            forks: self.forks.min(other.forks),
            faults_are_over: true,
        }
    }
}

impl AddAssign for Coverage {
    fn add_assign(&mut self, other: Self) {
        self.crashes += other.crashes;
        self.deaths_at_the_disk += other.deaths_at_the_disk;
        self.deaths_in_recovery += other.deaths_in_recovery;
        self.stops += other.stops;
        self.partitions += other.partitions;
        self.handoffs += other.handoffs;
        self.far_handoffs += other.far_handoffs;
        self.evictions += other.evictions;
        self.collections += other.collections;
        self.revocations += other.revocations;
        self.letters += other.letters;
        self.pipelined += other.pipelined;
        self.alarms += other.alarms;
        self.forks += other.forks;
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = self.counts().map(|(name, count)| format!("{count} {name}"));
        f.write_str(&counts.join(", "))
    }
}
