//! What a script tries that was given nothing, or next to nothing: a test each. It is rejected with
//! a reason, catches an error, or is suspended; its neighbours in the vat do not notice.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test says by panicking what went wrong, and reads and writes files of its own"
)]

mod arena;
#[path = "../object/stage.rs"]
#[allow(dead_code, reason = "a part of it is used here")]
mod stage;

mod border;
mod endless;
mod giants;
mod reach;
mod tricks;
