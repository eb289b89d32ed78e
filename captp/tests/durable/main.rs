//! Durable sessions: frames, numbering, credit, forks, and two vats through whatever happens.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

mod frames;
mod limits;
mod side;
mod tables;
mod turns;
