//! Regular expressions: the same as Node's, in bounded time, and refused with a reason otherwise.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test says by panicking what went wrong, and reads and writes files of its own"
)]

#[path = "regexp/against_node.rs"]
mod against_node;
#[path = "regexp/bounds.rs"]
mod bounds;
#[path = "regexp/refused.rs"]
mod refused;

/// The code units of a text.
fn units(text: &str) -> Vec<u16> {
    text.encode_utf16().collect()
}
