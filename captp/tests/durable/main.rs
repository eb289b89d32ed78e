//! Durable sessions: frames, numbering, credit, forks, and two vats through whatever happens.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

mod forks;
mod frames;
mod knocks;
mod limits;
mod outbox;
mod random;
mod side;
mod tables;
mod turns;
mod vats;
mod world;
