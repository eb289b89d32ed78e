//! The stock patterns, typed and untyped, each against the attacks that it is for.

#![expect(
    clippy::panic,
    reason = "helpers of tests say by panicking that a story went another way"
)]

#[path = "patterns/agent.rs"]
mod agent;
#[path = "patterns/deputy.rs"]
mod deputy;
#[path = "patterns/lazy.rs"]
mod lazy;
#[path = "patterns/membrane.rs"]
mod membrane;
#[path = "patterns/once.rs"]
mod once;
#[path = "patterns/swappable.rs"]
mod swappable;
#[path = "patterns/warding.rs"]
mod warding;
