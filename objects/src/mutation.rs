//! Faults put in on purpose, so that a test can show that it would see them.
//!
//! Each is a place where the house would break one of its promises. Without the feature `mutations`,
//! which only tests turn on, nothing of this is in a program: [`has`] is `false` when it is compiled.
//! With it a fault is there on the threads that ask for it, and on no others.

/// A fault.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Mutation {
    /// The journal is written and not synced.
    SkipSync,
    /// The checkpoint gets commits that the journal has not synced.
    ApplyUnsynced,
    /// A start leaves out what the journal has beyond the checkpoint.
    ForgetJournal,
    /// What a turn sends leaves before its commit is durable.
    ReleaseEarly,
    /// What a peer has sent is acknowledged before it is durable here.
    AcknowledgeEarly,
    /// What was acknowledged in part is sent again as a whole, and applied again.
    ForgetDuplicates,
    /// What a session sends is not kept until the peer has it.
    ForgetOutbox,
    /// Histories are not compared by their hashes.
    IgnoreChain,
    /// An operation between vats of one host stays in the inbox when it has run.
    KeepInput,
    /// A promise leads another way although what went the old one is still under way.
    SkipFlush,
    /// Of the references that a changed object holds the first is not counted.
    ForgetEdge,
    /// Peers are not told what is let go of.
    ForgetRelease,
    /// A change of an object stays in memory.
    ForgetChange,
    /// What a failed method did stays.
    KeepFailed,
    /// A revoked facet works on.
    ForgetRevocation,
    /// A gift is not kept for who withdraws it.
    ForgetGift,
    /// The host's index of due times is not kept.
    ForgetDue,
    /// A timer fires when the host looks, whatever the time.
    FireEarly,
}

/// Every fault.
pub const ALL: [Mutation; 18] = [
    Mutation::SkipSync,
    Mutation::ApplyUnsynced,
    Mutation::ForgetJournal,
    Mutation::ReleaseEarly,
    Mutation::AcknowledgeEarly,
    Mutation::ForgetDuplicates,
    Mutation::ForgetOutbox,
    Mutation::IgnoreChain,
    Mutation::KeepInput,
    Mutation::SkipFlush,
    Mutation::ForgetEdge,
    Mutation::ForgetRelease,
    Mutation::ForgetChange,
    Mutation::KeepFailed,
    Mutation::ForgetRevocation,
    Mutation::ForgetGift,
    Mutation::ForgetDue,
    Mutation::FireEarly,
];

/// Whether faults can be put into this program.
pub const COMPILED_IN: bool = cfg!(feature = "mutations");

#[cfg(feature = "mutations")]
thread_local! {
    static PRESENT: std::cell::Cell<Option<Mutation>> = const { std::cell::Cell::new(None) };
}

/// Whether the fault is there, on this thread.
#[cfg(feature = "mutations")]
pub fn has(mutation: Mutation) -> bool {
    PRESENT.get() == Some(mutation)
}

/// Whether the fault is there: never, in a program that was built without them.
#[cfg(not(feature = "mutations"))]
#[inline(always)]
pub const fn has(_mutation: Mutation) -> bool {
    false
}

/// Puts a fault into what this thread runs from now on, in place of the one before.
#[cfg(feature = "mutations")]
pub fn set(mutation: Option<Mutation>) {
    PRESENT.set(mutation);
}
