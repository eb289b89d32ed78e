//! Carries Hogshead's sessions between hosts: QUIC, in memory, simulated, and a private socket.
//!
//! ```text
//!        dial(from, to, addresses)                          accept()
//!                 │                                             ▲
//!                 ▼                                             │ Channel: peer, mode, tx, rx
//!   pool ──▶ connection ──▶ stream ══▶ preface ══▶ stream ──────┘
//!   one a     TLS 1.3:      one a      each side proves that its host speaks for its vat,
//!   host      host keys     session    bound to this stream; the listener first
//!                              │
//!                              ▼
//!        frames: u32 length, bytes ── tx: queue ▶ one write │ rx: chunk ▶ slices
//! ```
//!
//! A netlayer knows hosts, vats' names and bytes. It does not know what frames say, what a vat
//! holds, or where certificates are kept: for the last it asks [`Vats`]. The preface
//! ([`preface`]) and the splitting of frames are pure; only the carriers do I/O.

pub mod backoff;
pub mod channel;
pub mod error;
#[cfg_attr(
    not(test),
    warn(clippy::indexing_slicing, clippy::arithmetic_side_effects, clippy::as_conversions)
)]
pub mod frames;
mod handshake;
pub mod hosts;
mod inprocess;
pub mod limits;
pub mod local;
pub mod memory;
mod pipe;
#[cfg_attr(
    not(test),
    warn(clippy::indexing_slicing, clippy::arithmetic_side_effects, clippy::as_conversions)
)]
pub mod preface;
pub mod quic;
pub mod sim;

use std::future::Future;
use std::pin::Pin;

use hogshead_objects::ids::VatId;

pub use channel::{
    Channel, CloseReason, FrameReceiver, FrameSender, Mode, PeerInfo, Role, TrySendError,
};
pub use error::{ChannelError, DialError, PrefaceError};
pub use hosts::{HostKey, Vats};
pub use limits::Limits;

/// A future on the heap, so that netlayers can stand behind `dyn Netlayer`.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A way to other hosts.
pub trait Netlayer: Send + Sync {
    /// The hint of a locator under which this netlayer's addresses stand: `quic` in `?quic=…`.
    fn name(&self) -> &'static str;

    /// Opens a session from our vat `from` to the vat `to` at the first of `addresses` where a
    /// host proves that it speaks for it.
    ///
    /// `mode` is the most that we want; [`Channel::mode`] says what the session speaks. The future
    /// ends within [`Limits::dial_time`]. Dropping it gives the attempt up.
    fn dial<'a>(
        &'a self,
        from: VatId,
        to: VatId,
        addresses: &'a [String],
        mode: Mode,
    ) -> BoxFuture<'a, Result<Channel, DialError>>;

    /// The next session that a peer opened and that both sides have proven; nothing after
    /// shutdown. Several callers may wait; each channel goes to one of them.
    fn accept(&self) -> BoxFuture<'_, Option<Channel>>;

    /// Where this host can be reached, as addresses for other hosts' `dial`.
    fn local_addresses(&self) -> Vec<String>;

    /// Stops accepting and dialling and ends all connections. Close sessions before, and wait for
    /// [`FrameSender::closed`], if what is queued shall arrive. Returns when the peers have been
    /// told, or after a second.
    fn shutdown(&self) -> BoxFuture<'_, ()>;
}
