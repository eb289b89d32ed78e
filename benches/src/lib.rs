//! What all benchmarks share, and the rows of the performance report.
//!
//! ```text
//!   machine   what it runs on ─────────────────────────────┐
//!   measure   ours, a peer, ours, a peer … ─▶ Spread ─▶ report ─▶ a section of docs/performance.md
//!   stage     hosts, vats, a caller and an echo ──┐
//!   peers     quinn, capnp-rpc, ractor, … ────────┴─▶ rows
//! ```
//!
//! A row is measured beside its peers **in the same run**, one round of each in turn, so that what
//! the machine does besides is in all of them. A figure is the median of the rounds with the
//! quartiles as its spread, never the best of them.

pub mod machine;
pub mod measure;
pub mod one_vat;
pub mod peers;
pub mod plot;
pub mod processes;
pub mod report;
pub mod results;
pub mod rows;
pub mod stage;
