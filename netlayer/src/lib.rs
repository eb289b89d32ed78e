//! Carries Hogshead's sessions between hosts: QUIC and sockets over Noise as ways of `hog`, the same
//! in memory and simulated, TCP for tests with other implementations, and the owner's socket.
//!
//! ```text
//!        dial(from, locator)                                accept()
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
//!
//! All ways of `hog` lead to the same peers, whom the preface proves. A netlayer of another
//! transport ([`tcp_testing`], or one made elsewhere of [`frames::over`]) leads to peers of its
//! own, and says in [`PeerInfo::proof`] what it has proven of them, which may be nothing.

mod admission;
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
#[cfg_attr(
    not(test),
    warn(clippy::indexing_slicing, clippy::arithmetic_side_effects, clippy::as_conversions)
)]
pub mod noise;
mod pipe;
#[cfg_attr(
    not(test),
    warn(clippy::indexing_slicing, clippy::arithmetic_side_effects, clippy::as_conversions)
)]
pub mod preface;
pub mod quic;
pub mod sim;
pub mod tcp_testing;
pub mod trail;
pub mod unix;
pub mod way;
pub mod websocket;

use std::future::Future;
use std::pin::Pin;

use hogshead_objects::ids::VatId;
use hogshead_objects::locator::{HOG, Locator};

pub use channel::{
    Channel, CloseReason, FrameReceiver, FrameSender, Mode, PeerInfo, Proof, Role, TrySendError,
};
pub use error::{ChannelError, DialError, PrefaceError};
pub use hosts::{HostKey, Vats};
pub use limits::Limits;

/// A future on the heap, so that netlayers can stand behind `dyn Netlayer`.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A way to other hosts.
pub trait Netlayer: Send + Sync {
    /// The transport of the peers that this netlayer reaches. All ways of `hog` reach the same
    /// peers, whatever their names; a peer of another transport is another peer.
    fn transport(&self) -> &'static str {
        HOG
    }

    /// The netlayer's name, different from any other's that a host has. For a way of `hog`, the
    /// hint of a locator under which its addresses stand: `quic` in `?quic=…`.
    fn name(&self) -> &'static str;

    /// Opens a session from our vat `from` to the peer `to`.
    ///
    /// A way of `hog` reads its own addresses and the vat from the locator ([`way::Way`]), and
    /// tries the addresses in order until a host proves that it speaks for that vat.
    ///
    /// `mode` is the most that we want; [`Channel::mode`] says what the session speaks. The future
    /// ends within [`Limits::dial_time`]. Dropping it gives the attempt up.
    fn dial<'a>(
        &'a self,
        from: VatId,
        to: &'a Locator,
        mode: Mode,
    ) -> BoxFuture<'a, Result<Channel, DialError>>;

    /// The next session that a peer opened, proven as far as the netlayer proves; nothing after
    /// shutdown. Several callers may wait; each channel goes to one of them.
    fn accept(&self) -> BoxFuture<'_, Option<Channel>>;

    /// Where this host can be reached, as addresses for other hosts' `dial`. The host joins those
    /// of all ways of `hog` into one locator ([`way::hog_locator`]).
    fn local_addresses(&self) -> Vec<String>;

    /// The one locator under which a netlayer of a transport of its own announces our vat `vat`;
    /// nothing if it does not carry that vat, and for ways of `hog`. It stays the same as long as
    /// the netlayer lives, since peers expect in a hello what they dialled.
    fn locator(&self, vat: VatId) -> Option<Locator> {
        let _ = vat;
        None
    }

    /// Stops accepting and dialling and ends all connections. Close sessions before, and wait for
    /// [`FrameSender::closed`], if what is queued shall arrive. Returns when the peers have been
    /// told, or after a second.
    fn shutdown(&self) -> BoxFuture<'_, ()>;
}
