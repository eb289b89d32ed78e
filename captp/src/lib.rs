//! Sessions: the Capability Transport Protocol (CapTP) of OCapN, without I/O.
//!
//! ```text
//!             frame ──▶ syrup ──▶ Operation ──▶ Session ──deliver, hold, settle_to──▶ Heap
//!  netlayer     ▲                                │   ▲                               (vat)
//!   (bytes)     └────── syrup ◀── Operation ◀────┘   └─────────── Outgoing ────────────┘
//!                                                │
//!                                                └──▶ Records: exports, imports,
//!                                                     answers, questions
//! ```
//!
//! - [`syrup`] reads and writes the octets: canonical out, bounded in.
//! - [`operation`] is what sessions say; [`descriptor`] is how they name references.
//! - [`session`] is the state machine between a vat's heap and one peer.
//! - [`testing`] has a heap in memory and vats without a network.
//!
//! This crate does no I/O, reads no clock, draws no randomness and spawns nothing; keys and bytes
//! are arguments. It knows neither `vat` nor `netlayer`: what it needs of the heap it asks through
//! [`Heap`](hogshead_objects::heap::Heap), and what must be kept it keeps in
//! [`Records`](hogshead_objects::records::Records).

#![cfg_attr(
    not(test),
    warn(clippy::indexing_slicing, clippy::arithmetic_side_effects, clippy::as_conversions)
)]

pub mod crypto;
pub mod descriptor;
pub mod fuzzing;
pub mod limits;
pub mod operation;
pub mod session;
pub mod syrup;
pub mod testing;

pub use descriptor::{Descriptor, Import, Target};
pub use limits::Limits;
pub use operation::{DeliverForm, Dialect, GcLabels, Operation};
pub use session::{
    Bootstrap, Carrier, Config, Event, Hello, Peer, Session, SessionError, Violation,
};
