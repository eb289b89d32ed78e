//! Regular expressions: the same as Node's, in bounded time, and refused with a reason otherwise.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

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
