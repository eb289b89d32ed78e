//! Who says what when in a preface, as a pure state machine.
//!
//! ```text
//!   dialler:   Dialling ──ListenerProof──▶ AwaitingAnswer ──Accepted──▶ Agreed
//!   listener:  Listening ──Want──▶ AwaitingProof ──DiallerProof──▶ Agreed
//! ```
//!
//! A dialler that is refused because there is no such vat waits for one more message or the end of
//! the stream: the message says where the vat is ([`read_moved`]).
//!
//! Each state is a value that the next message consumes, so nothing can happen twice or out of
//! order. No state does I/O; what ties the preface to its connection comes in as a [`Binding`],
//! so that carriers with another handshake than TLS, tests and fuzzers run the same code.

mod dialler;
mod listener;

use ed25519_dalek::Signature;
use hogshead_objects::ids::HostId;
use hogshead_objects::keys::HostingCertificate;
pub use hogshead_objects::preface::{Binding, Mode};
use hogshead_objects::preface::{Refusal, Signer, Transcript};

pub use dialler::{AwaitingAnswer, Dialling, read_moved};
pub use listener::{AwaitingProof, Listening};

use crate::error::PrefaceError;

/// What both sides know when a preface has ended well.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Agreed {
    /// Our vat's certificate.
    pub us: HostingCertificate,
    /// The peer's, verified.
    pub peer: HostingCertificate,
    /// What the session speaks.
    pub mode: Mode,
}

/// Why a preface ended badly, and what to tell the peer before the stream is closed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    /// For us.
    pub error: PrefaceError,
    /// For the peer; diallers say nothing.
    pub answer: Option<Vec<u8>>,
    /// For the peer after that, if it asked for a vat that was hosted here: where it is now.
    pub moved: Option<Vec<u8>>,
}

impl From<PrefaceError> for Failure {
    fn from(error: PrefaceError) -> Self {
        Self { error, answer: None, moved: None }
    }
}

fn verify(
    transcript: &Transcript<'_>,
    signer: Signer,
    host: &HostId,
    signature: &Signature,
) -> Result<(), PrefaceError> {
    host.verifying_key()
        .verify_strict(&transcript.signed_bytes(signer), signature)
        .map_err(|_| PrefaceError::Signature)
}

/// What a listener tells a peer about an error of the peer's.
fn refusal(error: &PrefaceError) -> Refusal {
    use hogshead_objects::keys::CertificateError;
    match error {
        PrefaceError::NoSuchVat(_) => Refusal::NoSuchVat,
        PrefaceError::Version(_) => Refusal::Version,
        PrefaceError::Certificate(CertificateError::Expired) => Refusal::Expired,
        PrefaceError::Certificate(CertificateError::OldEpoch) => Refusal::OldEpoch,
        PrefaceError::Certificate(_) | PrefaceError::Signature => Refusal::NotProven,
        _ => Refusal::Malformed,
    }
}
