//! Why a dial failed or a channel ended: which step, whose move it is, and what to do.

use std::fmt;
use std::sync::Arc;

use hogshead_objects::ids::{HostId, VatId};
use hogshead_objects::keys::CertificateError;
use hogshead_objects::location::{LocationError, LocationRecord};
use hogshead_objects::locator::{Locator, LocatorError, Peer};
use hogshead_objects::preface::{Malformed, Refusal};

use crate::channel::CloseReason;

/// Why a channel carries nothing any more.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ChannelError {
    /// The peer ended the session and said why.
    #[error("the peer ended the session: {0}")]
    Closed(CloseReason),
    /// The connection beneath is gone.
    #[error("the connection is gone: {0}")]
    Connection(Arc<str>),
    /// The peer announced a frame over the limit. Its fault.
    #[error("the peer announced a frame of {announced} bytes; the limit is {limit}")]
    FrameTooLarge {
        /// The announced length in bytes.
        announced: u64,
        /// The limit in bytes.
        limit: usize,
    },
    /// The peer's bytes cannot be split into frames. Its fault.
    #[error("what the peer sends cannot be told apart: {0}")]
    Unframed(Arc<str>),
    /// A frame began and did not end in time.
    #[error("the peer took too long over a frame")]
    FrameTooSlow,
    /// The stream ended within a frame.
    #[error("the session ended in the middle of a frame")]
    Truncated,
    /// The peer does not read.
    #[error("the peer has stopped reading")]
    Stalled,
    /// The frame is over our own limit: the caller's mistake.
    #[error("a frame of {bytes} bytes is over the limit of {limit}")]
    OversizedSend {
        /// The frame's length in bytes.
        bytes: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// We closed it.
    #[error("the session was closed here")]
    ClosedHere,
}

/// Why a preface did not lead to a session.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PrefaceError {
    /// The peer refused.
    #[error("{0}")]
    Refused(Refusal),
    /// A message that cannot be read.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// A message that does not belong there.
    #[error("the peer sent a message of the preface that does not belong there")]
    Unexpected,
    /// A version that we do not speak.
    #[error("the peer speaks version {0} of the preface, we speak 1")]
    Version(u8),
    /// The peer's certificate does not hold.
    #[error("{0}")]
    Certificate(#[from] CertificateError),
    /// The peer's host key did not sign this preface on this stream.
    #[error("the peer's signature does not belong to this connection")]
    Signature,
    /// The peer wants to speak more than was asked for.
    #[error("the peer chose a protocol that was not asked for")]
    Mode,
    /// The peer wants a vat that we do not show.
    #[error("the peer wants the vat {0}, which is unknown here or refused")]
    NoSuchVat(VatId),
    /// The peer does not host the vat, and has the vat's word for where it is.
    #[error("the vat has moved to {}", .0.locator())]
    Moved(Box<LocationRecord>),
    /// What the peer says of where the vat is does not hold.
    #[error("it says that the vat has moved, and cannot show that: {0}")]
    Location(#[from] LocationError),
}

/// A step of dialling.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// Reading the address and looking its name up.
    Resolve,
    /// Reaching the host and its TLS handshake.
    Connect,
    /// Opening a stream on the connection.
    Open,
    /// The preface.
    Preface,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Resolve => "resolving the address",
            Self::Connect => "connecting",
            Self::Open => "opening a stream",
            Self::Preface => "proving who is who",
        })
    }
}

/// Why a step of dialling failed.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Cause {
    /// The address is not of this netlayer's form.
    #[error("{0}: check the address")]
    Address(Arc<str>),
    /// The address has a name that could not be looked up.
    #[error("its name is not known: check the address and that this host is online")]
    Name,
    /// No answer in time.
    #[error("no answer in time: check that the host runs and that its port is open")]
    Timeout,
    /// The connection could not be made, or broke.
    #[error("{0}")]
    Connection(Arc<str>),
    /// There is a host, but not one that we talk to: this is us.
    #[error("the address leads back to this host: remove it from the reference")]
    Ourselves,
    /// The host at the address did not prove that it hosts the vat.
    #[error("the host {host} answers there, but {error}{}", hint(error))]
    Preface {
        /// Who answered.
        host: HostId,
        /// What was wrong.
        error: PrefaceError,
    },
    /// The connection carries as many sessions as the host there allows.
    #[error("the host there takes no more sessions for now: try again later")]
    Full,
    /// The address failed a moment ago, and its pause is longer than a dial may take.
    #[error("it failed before; the next attempt is in {0} ms")]
    Backoff(u64),
}

impl Cause {
    /// Whether the same address may answer later, with nothing changed on our side.
    fn is_transient(&self) -> bool {
        match self {
            Self::Address(_) | Self::Ourselves => false,
            Self::Preface { error: PrefaceError::Refused(refusal), .. } => {
                *refusal == Refusal::Busy
            }
            Self::Preface { error, .. } => !matches!(
                error,
                PrefaceError::Version(_) | PrefaceError::Moved(_) | PrefaceError::Location(_)
            ),
            Self::Name | Self::Timeout | Self::Connection(_) | Self::Full | Self::Backoff(_) => {
                true
            }
        }
    }
}

fn hint(error: &PrefaceError) -> &'static str {
    match error {
        PrefaceError::Refused(Refusal::NoSuchVat) | PrefaceError::Certificate(_) => {
            ": ask the vat's owner for a newer reference, or that the host renews its certificate"
        }
        PrefaceError::Refused(Refusal::Expired | Refusal::NotProven | Refusal::OldEpoch) => {
            ": renew the certificate of our vat with its root key, and check this host's clock"
        }
        PrefaceError::Refused(Refusal::Version) | PrefaceError::Version(_) => {
            ": update the older of both hosts"
        }
        PrefaceError::Signature => ": somebody may stand between us and the host",
        _ => "",
    }
}

/// One address that was tried.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attempt {
    /// The address as given.
    pub address: String,
    /// How far it went.
    pub step: Step,
    /// What went wrong.
    pub cause: Cause,
}

impl fmt::Display for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.address, self.step, self.cause)
    }
}

/// Why a dial gave no channel.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum DialError {
    /// Each address failed, in the order tried.
    #[error("{peer} cannot be reached: {}", list(attempts))]
    Unreachable {
        /// The wanted peer.
        peer: Peer,
        /// What was tried.
        attempts: Vec<Attempt>,
    },
    /// No address gave a session, and a host at one of them has the vat's word for where it is.
    /// Whoever dials decides whether to follow: see [`Trail`](crate::trail::Trail).
    #[error("{peer} is not where it was: {}", list(attempts))]
    Moved {
        /// The wanted peer.
        peer: Peer,
        /// Its word; the newest, if there were several.
        record: Box<LocationRecord>,
        /// What was tried, in that order.
        attempts: Vec<Attempt>,
    },
    /// There is nothing to try.
    #[error("the reference to {peer} has no `{netlayer}` address")]
    NoAddress {
        /// The wanted peer.
        peer: Peer,
        /// The netlayer that was asked.
        netlayer: &'static str,
    },
    /// The locator is of a network that the netlayer does not reach. The caller's mistake.
    #[error("{peer} is not reached by `{netlayer}`: it is of another network")]
    Transport {
        /// The wanted peer.
        peer: Peer,
        /// The netlayer that was asked.
        netlayer: &'static str,
    },
    /// The locator's designator names nobody on its network.
    #[error("{peer} names nobody: {error}")]
    Designator {
        /// The wanted peer.
        peer: Peer,
        /// What is wrong with it.
        error: LocatorError,
    },
    /// This host has no certificate for the dialling vat, or an expired one.
    #[error("this host may not speak for its vat {vat}: {reason}; renew its certificate")]
    OwnCertificate {
        /// The dialling vat.
        vat: VatId,
        /// Why not.
        reason: OwnCertificate,
    },
    /// The netlayer does not carry the dialling vat. The caller's mistake.
    #[error("`{netlayer}` does not speak for the vat {vat}")]
    OtherVat {
        /// The dialling vat.
        vat: VatId,
        /// The netlayer that was asked.
        netlayer: &'static str,
    },
    /// This netlayer has been shut down.
    #[error("the netlayer is shut down")]
    ShutDown,
}

impl DialError {
    /// The failure of a dial that had one address to try.
    pub fn unreachable(to: &Locator, address: &str, step: Step, cause: Cause) -> Self {
        let attempts = vec![Attempt { address: address.to_owned(), step, cause }];
        Self::Unreachable { peer: to.peer(), attempts }
    }

    /// The failure of a dial that has tried all of its addresses, in their order: of several words
    /// on where the vat is now the newest counts.
    pub(crate) fn tried(to: &Locator, attempts: Vec<Attempt>) -> Self {
        let words = attempts.iter().filter_map(|attempt| match &attempt.cause {
            Cause::Preface { error: PrefaceError::Moved(record), .. } => Some(record),
            _ => None,
        });
        let newest = words.max_by_key(|record| record.number).cloned();
        let peer = to.peer();
        match newest {
            Some(record) => Self::Moved { peer, record, attempts },
            None => Self::Unreachable { peer, attempts },
        }
    }

    /// Whether trying again later, with nothing changed on our side, may help: at one address at
    /// least nobody answered, the connection was refused or lost, the host was full, or it could
    /// not prove itself. Then a host may keep what waits for the peer and dial again after a
    /// [`Backoff`].
    ///
    /// It is false where only a change helps: of the reference (no address, another network,
    /// addresses that cannot be read or lead back here, a host that does not know the vat) or on
    /// our side (a certificate that was refused, an old version, a netlayer that is down). Then what
    /// waits is to be told at once.
    ///
    /// [`Backoff`]: crate::backoff::Backoff
    ///
    /// ```
    /// use hogshead_netlayer::DialError;
    /// use hogshead_netlayer::error::{Cause, Step};
    /// use hogshead_objects::locator::Locator;
    ///
    /// let to: Locator = "ocapn://abc.tcp-testing-only?host=127.0.0.1&port=1".parse()?;
    /// let failed = |step, cause| DialError::unreachable(&to, "127.0.0.1:1", step, cause);
    /// assert!(failed(Step::Connect, Cause::Timeout).is_transient());
    /// assert!(failed(Step::Resolve, Cause::Name).is_transient());
    /// assert!(!failed(Step::Resolve, Cause::Ourselves).is_transient());
    /// assert!(!DialError::NoAddress { peer: to.peer(), netlayer: "quic" }.is_transient());
    /// # Ok::<(), hogshead_objects::locator::LocatorError>(())
    /// ```
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Unreachable { attempts, .. } => attempts.iter().any(|a| a.cause.is_transient()),
            _ => false,
        }
    }
}

/// What is wrong with a certificate of ours.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum OwnCertificate {
    /// There is none.
    #[error("it has no hosting certificate for it")]
    Missing,
    /// There is one, and peers would refuse it.
    #[error("{0}")]
    Invalid(CertificateError),
}

fn list(attempts: &[Attempt]) -> String {
    attempts.iter().map(Attempt::to_string).collect::<Vec<_>>().join("; ")
}
