//! Scripts as objects of a vat: started, called, held up, taken back, copied and revised.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests say by panicking that a story went wrong"
)]

mod stage;

mod control;
mod life;
mod passage;
