//! Scripts whose paused state is plain bytes.
//!
//! ```text
//!   source ──front──▶ Code (content-addressed)
//!                       │
//!   event ──▶ step(code, state) ──▶ effects        state ◀──state──▶ bytes (canonical CBOR)
//! ```
//!
//! A script is written in a strict subset of JavaScript in the tradition of Jessie. It runs on a
//! machine whose whole state is data: nothing of it is on the host's stack, so a script that waits
//! for a week needs nothing to wait with.

pub mod builtin;
pub mod code;
pub mod error;
pub mod front;
pub mod fuzzing;
pub mod limits;
pub mod machine;
pub mod object;
pub mod prelude;
pub mod process;
pub mod regexp;
pub mod state;
