//! Stories of a vat: each is run three times (kept warm, evicted after each turn, loaded anew
//! after each turn), must leave the same rows, and is audited after every turn.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests say by panicking that a story went another way"
)]

mod cast;
mod world;

mod breaking;
mod collecting;
mod collections;
mod composition;
mod constants;
mod coordination;
mod devices;
mod entropy;
mod facets;
mod failing;
mod flushing;
mod grants;
mod identity;
mod parking;
mod parts;
mod promises;
mod quotas;
mod random;
mod reading;
mod secrets;
mod sessions;
mod severing;
mod timers;
mod unsettled;
mod wanted;
