//! Whole hosts in one process, as their owners and the objects in them meet them.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests fail by panicking, and an actor panics when it is told to"
)]

mod host {
    pub mod cast;

    mod busy;
    mod durable;
    mod ephemeral;
    mod eviction;
    mod handoffs;
    pub mod home;
    pub mod inline;
    mod local;
    mod locations;
    mod moving;
    mod ocapn;
    mod opening;
    mod order;
    mod owner;
    mod patterns;
    mod peers;
    mod replay;
    mod restart;
    mod scripts;
    mod sessions;
    mod severing;
    mod sharing;
    mod tending;
    mod timers;
    mod values;
    mod vats;
    mod ways;
    mod wishes;
}
