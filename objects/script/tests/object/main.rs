//! Scripts as objects of a vat: started, called, held up, taken back, copied and revised.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test says by panicking what went wrong, and reads and writes files of its own"
)]

mod stage;

mod control;
mod life;
mod passage;
