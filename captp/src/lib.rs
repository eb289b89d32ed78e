//! Sessions: the Capability Transport Protocol (CapTP) of OCapN, without I/O.
//!
//! ```text
//!             frame ──▶ syrup ──▶ Operation ──▶ Session ──deliver, hold, settle_to──▶ Heap
//!  netlayer     ▲                                │   ▲                               (vat)
//!   (bytes)     └────── syrup ◀── Operation ◀────┘   └─────────── Outgoing ────────────┘
//!      │                              ▲          │
//!      └── durable frame ◀──▶ Link ◀──┘          └──▶ Records: exports, imports,
//!                               └──▶ Records: outbox       answers, questions
//! ```
//!
//! - [`syrup`] reads and writes the octets: canonical out, bounded in.
//! - [`operation`] is what sessions say; [`descriptor`] is how they name references.
//! - [`session`] is the state machine between a vat's heap and one peer.
//! - [`handoff`] is what the sessions of three vats need of each other.
//! - [`durable`] numbers and chains what a session says, so that it outlives its connections.
//! - [`testing`] has a heap in memory and vats without a network.
//!
//! Two vats without a network, one message from one to the other:
//!
//! ```
//! use hogshead_captp::testing::plain_pair;
//! use hogshead_captp::{Dialect, Limits};
//! use hogshead_objects::{Message, Value};
//!
//! let (mut vats, wire) = plain_pair(Dialect::default(), Limits::default());
//! vats[1].turn(|heap| {
//!     let greeter = heap.object(|_, _| Ok(Value::from("Hello, Alice")));
//!     heap.share(b"greeter", greeter);
//! });
//! let hello = vats[0].session_turn(wire.ends[0], |session, heap| {
//!     let bootstrap = session.bootstrap(heap).unwrap();
//!     let swiss = Value::Bytes(b"greeter".as_slice().into());
//!     let greeter = heap.ask(bootstrap, Message::new("fetch", [swiss]));
//!     // Pipelined: sent before the greeter has arrived.
//!     heap.ask(hogshead_objects::Ref::Promise(greeter), Message::new("greet", []))
//! });
//! wire.run(&mut vats).unwrap();
//! let outcome = vats[0].heap.outcome(hello.unwrap());
//! assert_eq!(outcome, Some(&Ok(Value::from("Hello, Alice"))));
//! ```
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
pub mod durable;
pub mod fuzzing;
pub mod handoff;
pub mod limits;
pub mod operation;
pub mod session;
pub mod syrup;
pub mod testing;

pub use descriptor::{Descriptor, Import, Target};
pub use handoff::{Door, Identity, Introducer, Introducers, Introduction};
pub use limits::Limits;
pub use operation::{DeliverForm, Dialect, GcLabels, Operation};
pub use session::{
    Bootstrap, Carrier, Config, Event, Hello, Memory as SessionMemory, Peer, Session, SessionError,
    Violation,
};
