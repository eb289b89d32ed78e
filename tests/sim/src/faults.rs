//! Faults put in on purpose: each must be found, and by which checker.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

#[cfg(feature = "mutations")]
use hogshead_objects::mutation;
use hogshead_objects::mutation::Mutation;

/// How a fault came to light.
#[derive(Clone, Debug)]
pub struct Caught {
    /// The fault.
    pub mutation: Mutation,
    /// The first seed whose findings are its [`checker`]'s as well, and all that found something;
    /// nothing if there was none.
    pub by: Option<(u64, BTreeSet<String>)>,
    /// What the first of them said.
    pub said: String,
}

/// The seeds of which one must show a fault.
pub const SEEDS: RangeInclusive<u64> = 1..=24;

/// Looks for a fault.
#[cfg(feature = "mutations")]
pub fn find(mutation: Mutation) -> Caught {
    find_with(mutation, mutation::set)
}

/// Looks for every fault.
#[cfg(feature = "mutations")]
pub fn find_all() -> Vec<Caught> {
    mutation::ALL.into_iter().map(find).collect()
}

/// The checker that must find a fault, whoever else does.
pub fn checker(mutation: Mutation) -> &'static str {
    use Mutation as M;
    match mutation {
        M::SkipSync | M::KeepFailed => "acknowledged",
        M::ReleaseEarly => "phantom",
        M::ApplyUnsynced | M::ForgetJournal | M::AcknowledgeEarly => "lost",
        M::ForgetDuplicates | M::KeepInput => "twice",
        M::ForgetOutbox | M::ForgetEdge | M::ForgetGift | M::ForgetDue => "rest",
        M::IgnoreChain => "fork",
        M::SkipFlush => "order",
        M::ForgetRelease => "balance",
        M::ForgetChange => "memory",
        M::ForgetRevocation => "authority",
        M::FireEarly => "alarms",
    }
}

/// Looks for a fault that `set` puts in and takes out.
pub fn find_with(mutation: Mutation, set: impl Fn(Option<Mutation>)) -> Caught {
    set(Some(mutation));
    let found = SEEDS.into_iter().find_map(|seed| {
        let findings = crate::run(seed).findings.into_iter();
        let findings: Vec<_> = findings.filter(|what| !what.starts_with("coverage")).collect();
        let expected = findings.iter().any(|what| what.starts_with(checker(mutation)));
        expected.then_some((seed, findings))
    });
    set(None);
    let Some((seed, findings)) = found else {
        return Caught { mutation, by: None, said: String::new() };
    };
    let by = findings.iter().filter_map(|what| what.split(':').next());
    let by = by.map(str::to_owned).collect();
    Caught { mutation, by: Some((seed, by)), said: findings.first().cloned().unwrap_or_default() }
}
