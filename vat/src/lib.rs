//! Vats: turns over a transactional heap of objects that is kept in records.
//!
//! ```text
//!  ready delivery ─┐                               ┌─▶ changed rows ─▶ Overlay ─▶ one batch
//!  session's op  ──┼─▶ Turn: check the facet,      │
//!  device's end  ──┤   fault the object in, run ───┼─▶ Outgoing ─▶ the session it names
//!  owner's wish  ──┘   the method, hold effects    │
//!                        │ Err, panic, limit:      └─▶ device calls, after the commit
//!                        ▼ as if it had not run
//!                      settle: counts, what nobody holds is freed, ready deliveries
//! ```
//!
//! A [`Vat`] is what is warm of one vat: decoded objects and rows that were read, all of which
//! may be dropped between turns. What is true is in its rows. A [`Turn`] is opened over an
//! overlay, faces objects as [`objects::Turn`](hogshead_objects::Turn) and sessions as
//! [`Heap`](hogshead_objects::heap::Heap), and ends as changes of rows.
//!
//! This crate does no I/O, reads no clock, draws no randomness and spawns nothing; it knows no
//! sessions, no network and no store beyond the traits of `hogshead-objects`.

#![deny(clippy::disallowed_methods)]

mod cache;
pub mod check;
mod clock;
mod collect;
mod entropy;
pub mod error;
mod invitation;
pub mod limits;
pub mod meter;
mod rows;
pub mod scheduler;
mod steward;
mod turn;
mod vat;

pub use error::VatError;
pub use meter::{Meter, Quota};
pub use rows::Caller;
pub use turn::{DeviceCall, Failure, Fired, Ran, Turn, TurnMeta, TurnOutput, Weight};
pub use vat::{Grant, ObjectSummary, ReferenceSummary, Trigger, Vat, VatOptions, Waiting};
