//! Durable sessions: operations that are applied exactly once, whatever becomes of carriers and
//! processes.
//!
//! ```text
//!   turn ──queue──▶ Link ──credit? number, chain──▶ outbox rows ──durable──▶ Frame ──▶ carrier
//!                    │ └──none: waiting rows            ▲                                │
//!                    │                                  │ settle_acks                    ▼
//!                    └◀──────────── Ack{received, credit} ◀──durable◀── advance ◀── receive
//! ```
//!
//! A durable session is two vat keys and one random [`Incarnation`] from each side. What carries it
//! comes and goes; its rows, the [`Link`], are part of the vat's batches. Each side numbers what it
//! sends and hashes it into a [`Chain`], so a [`Mark`] (number, chain) says everything about a
//! history: sides whose marks agree go on from there, and marks that cannot both be true prove that
//! a store was copied or rolled back ([`Evidence`]).
//!
//! - [`frame`] is what is on the stream; [`mod@start`] the keys of one incarnation; [`knock`] what a
//!   stranger shows.
//! - [`link`] is one side's numbering: outbox, credit, resumption.
//! - [`mod@evidence`] is what a fork leaves behind.
//!
//! Nothing here knows carriers, time or when rows are durable. The host sends frames and acks when
//! the turn that made them is durable, in the order of the turns, and handles no frame of an older
//! carrier once it has made a hello for a newer one.

pub mod evidence;
pub mod frame;
pub mod knock;
pub mod link;
mod octets;
pub(crate) mod row;
pub mod start;

use std::fmt;

use hogshead_objects::ids::VatId;
use sha2::{Digest, Sha256};

pub use self::evidence::{Comparison, Evidence, delete_evidence, evidence, put_evidence};
pub use self::frame::{End, EndReason, Frame, FrameError, Hello, Knock, is_ack, is_operation};
pub use self::knock::judge_knock;
pub use self::link::{Backlog, Dropped, Link, LinkError, Order, Queued, needs_credit, queued};
pub use self::start::{identity, judge_start, key, put_identity, put_key, start};

/// One side's part in the name of a session: 16 random octets, drawn when the side opens it and
/// never used again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Incarnation(pub [u8; 16]);

/// A hash over every operation that one side has sent before, and over whose session it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Chain(pub [u8; 32]);

/// How far one direction of a session is: so many operations, with this hash.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Mark {
    /// The number of the last operation; the first one has number 1.
    pub number: u64,
    /// The hash of all up to that one.
    pub chain: Chain,
}

/// What an operation was caused by, as the sending host names it: opaque to the other side.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cause(pub [u8; 16]);

/// The two vats of a session, as one side sees them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Parties {
    /// This vat.
    pub us: VatId,
    /// The other one.
    pub peer: VatId,
}

/// Told apart from whatever else is hashed anywhere.
const SEED_LABEL: &[u8] = b"hogshead durable session 1";
const LINK_LABEL: &[u8] = b"hogshead durable operation 1";

impl Chain {
    /// What stands for a chain while the peer's incarnation is not known.
    pub const NONE: Self = Self([0; 32]);

    /// Where the chain of one direction begins.
    pub fn seed(sender: (VatId, Incarnation), receiver: (VatId, Incarnation)) -> Self {
        let mut hash = Sha256::new_with_prefix(SEED_LABEL);
        for (vat, _) in [&sender, &receiver] {
            hash.update(vat.as_bytes());
        }
        for (_, incarnation) in [&sender, &receiver] {
            hash.update(incarnation.0);
        }
        Self(hash.finalize().into())
    }

    /// The chain after one more operation. Everything before the payload has a fixed length, so no
    /// two operations hash the same octets.
    pub fn after(&self, number: u64, cause: &Cause, payload: &[u8]) -> Self {
        let mut hash = Sha256::new_with_prefix(LINK_LABEL);
        hash.update(self.0);
        hash.update(number.to_be_bytes());
        hash.update(cause.0);
        hash.update(payload);
        Self(hash.finalize().into())
    }
}

impl Mark {
    /// The mark of a session whose peer is not known yet.
    pub const NONE: Self = Self { number: 0, chain: Chain::NONE };
}

macro_rules! debug_as_hex {
    ($($name:ident),*) => {
        $(
            impl fmt::Debug for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    write!(f, concat!(stringify!($name), "({}…)"), hex(&self.0, 4))
                }
            }

            /// All of it, in hexadecimal.
            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str(&hex(&self.0, self.0.len()))
                }
            }
        )*
    };
}

debug_as_hex!(Incarnation, Chain, Cause);

fn hex(octets: &[u8], length: usize) -> String {
    octets.iter().take(length).map(|octet| format!("{octet:02x}")).collect()
}
