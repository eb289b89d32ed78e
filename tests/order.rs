//! Order per reference: whatever a promise turns out to be, and wherever that lies, what was sent
//! to it arrives in the order in which it was sent.
//!
//! Real vats with real sessions between them, on one thread: a test says which operation travels
//! next, so that every race can be had.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests say by panicking that a story went another way"
)]

mod order {
    pub mod cast;
    pub mod world;

    mod random;
    mod stories;
}
