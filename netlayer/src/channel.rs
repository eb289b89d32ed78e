//! What a netlayer hands out: one channel a session, both ends proven.

use std::fmt;

use hogshead_objects::ids::{Epoch, HostId, VatId};
pub use hogshead_objects::preface::Mode;

pub use crate::frames::{FrameReceiver, FrameSender, TrySendError};

/// A stream between two vats. On `hog` both have proven themselves ([`PeerInfo::proof`]).
#[derive(Debug)]
pub struct Channel {
    /// Who is at the other end.
    pub peer: PeerInfo,
    /// Our vat.
    pub us: VatId,
    /// What the session speaks.
    pub mode: Mode,
    /// Who opened it.
    pub role: Role,
    /// Sends frames.
    pub tx: FrameSender,
    /// Receives frames.
    pub rx: FrameReceiver,
}

/// The other end of a channel.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PeerInfo {
    /// Who it is, as far as the netlayer has proof: always on `hog`, never where the netlayer
    /// authenticates nobody. Then the peer is whoever its hello says, and that is worth no more
    /// than the network is.
    pub proof: Option<Proof>,
    /// Where it is, for logs: what was dialled, or whence it came.
    pub address: String,
    /// Which netlayer carries it: its [`Netlayer::name`](crate::Netlayer::name).
    pub netlayer: &'static str,
}

/// What the other end has proven.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Proof {
    /// The vat, proven by its certificate.
    pub vat: VatId,
    /// The host that speaks for it, proven by the connection.
    pub host: HostId,
    /// Of its certificate. Keep the highest one seen.
    pub epoch: Epoch,
}

/// For logs: `<vat> at <address> (<netlayer>)`.
impl fmt::Display for PeerInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.proof {
            Some(proof) => write!(f, "{}", proof.vat)?,
            None => f.write_str("somebody")?,
        }
        write!(f, " at {} ({})", self.address, self.netlayer)
    }
}

/// Who opened a channel.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// We did.
    Dialled,
    /// The peer did.
    Accepted,
}

/// Why one side ends a session.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CloseReason {
    /// All is said. What was queued is still sent.
    Done,
    /// The host goes down. What was queued is still sent.
    GoingDown,
    /// The peer broke the protocol.
    Violation,
    /// A limit was reached.
    Limit,
    /// The session is no longer wanted: refused, severed by its owner, superseded.
    Severed,
    /// A code that this version does not know.
    Unknown(u32),
}

impl CloseReason {
    /// Whether what is queued is sent first.
    pub(crate) fn is_graceful(self) -> bool {
        matches!(self, Self::Done | Self::GoingDown)
    }

    pub(crate) fn code(self) -> u32 {
        match self {
            Self::Done => 0,
            Self::GoingDown => 1,
            Self::Violation => 2,
            Self::Limit => 3,
            Self::Severed => 4,
            Self::Unknown(code) => code,
        }
    }

    pub(crate) fn from_code(code: u64) -> Self {
        match code {
            0 => Self::Done,
            1 => Self::GoingDown,
            2 => Self::Violation,
            3 => Self::Limit,
            4 => Self::Severed,
            other => Self::Unknown(u32::try_from(other).unwrap_or(u32::MAX)),
        }
    }
}

impl fmt::Display for CloseReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Done => f.write_str("done"),
            Self::GoingDown => f.write_str("the host goes down"),
            Self::Violation => f.write_str("we broke the protocol"),
            Self::Limit => f.write_str("a limit was reached"),
            Self::Severed => f.write_str("severed"),
            Self::Unknown(code) => write!(f, "code {code}"),
        }
    }
}
