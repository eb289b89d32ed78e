//! Hogshead: a capability-secure object system.
//!
//! ```text
//!   your types ──#[interface], #[object]──▶ objects in vats ──▶ Host ──▶ disk and network
//!   callers ──Client, Handle──────────────▶   (turns, durable)            (QUIC, CapTP)
//! ```
//!
//! This crate is where the rooms of the house meet: [`Host`] runs vats, keeps them in its store
//! and connects them; [`Client`] and [`Handle`] are the way in from outside. Everything that
//! objects are written with is re-exported here.

extern crate self as hogshead;

pub mod admin;
mod client;
pub mod host;
pub mod limits;

pub use client::{Client, Handle};
pub use hogshead_captp::{DeliverForm, Dialect, GcLabels};
pub use hogshead_macros::{continuations, interface, object};
pub use hogshead_objects::face::*;
pub use hogshead_objects::json;
pub use host::{
    Clock, Divergence, Engine, Entropy, Host, HostBuilder, HostError, Replay, Replayed, Restore,
    Retention, SystemClock, SystemEntropy, TcpFraming, VirtualClock,
};

/// Registers the kinds that every host knows.
pub(crate) fn register_stock(registry: &mut Registry) -> Result<()> {
    stock::register(registry)?;
    script::register(registry)?;
    registry.register::<admin::Owner>()?;
    Ok(())
}

/// Programs whose paused state is plain bytes.
pub mod script {
    pub use hogshead_script::object::*;
    pub use hogshead_script::*;
}

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
