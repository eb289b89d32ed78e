//! The handshake as a pure state machine; only the fresh keys come from the system's entropy.
//!
//! ```text
//!   dialler:   Initiator ──e, ee, host──▶ Secured
//!   listener:  Responder ──e──▶ AwaitingName ──host──▶ Secured
//! ```

use std::fmt;
use std::sync::Arc;

use hogshead_objects::ids::HostId;
use hogshead_objects::preface::Binding;
use snow::{Builder, HandshakeState, StatelessTransportState};

use super::seal::{Opener, Sealer};
use crate::limits::NOISE_TAG_BYTES;

/// The protocol's name as Noise has it (section 8).
const PATTERN: &str = "Noise_NN_25519_ChaChaPoly_SHA256";

/// What both sides hash first, so that no other use of the same pattern can be taken for ours.
const PROLOGUE: &[u8] = b"hogshead noise 1\0";

/// Bytes of a public key, of a host's name, and of a handshake hash.
const KEY_BYTES: usize = 32;

/// Bytes of the second message: a key, and a sealed name.
const ANSWER_BYTES: usize = 2 * KEY_BYTES + NOISE_TAG_BYTES;

/// Why a handshake or a message of its channel failed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NoiseError {
    /// A message of the handshake that is none, or was changed.
    #[error("the peer speaks another protocol, or somebody changed what it said")]
    Handshake,
    /// The peer names a host by what is no key, or a weak one.
    #[error("the peer names a host by a key that anybody can sign for, or by none")]
    Name,
    /// A message does not open: it was changed, left out, repeated or moved on its way.
    #[error("a message was changed on its way")]
    Sealed,
    /// A message opens and is not what the peer may send there. The peer's fault.
    #[error("the peer sent a message that does not belong there")]
    Unexpected,
    /// The system gave no entropy, or the channel has sent as many messages as its keys allow.
    #[error("no fresh keys can be had")]
    Keys,
}

/// The dialler has sent its fresh key.
pub struct Initiator {
    state: HandshakeState,
    us: HostId,
}

/// The listener waits for the dialler's fresh key.
pub struct Responder {
    state: HandshakeState,
    us: HostId,
}

/// The listener has named its host and waits for the name of the dialler's.
pub struct AwaitingName {
    hash: [u8; KEY_BYTES],
    us: HostId,
    sealer: Sealer,
    opener: Opener,
}

/// A channel that is secret, and whose other end has proven nothing yet: the preface comes next.
pub struct Secured {
    /// Seals what we send.
    pub sealer: Sealer,
    /// Opens what the peer sends.
    pub opener: Opener,
    /// What the preface signs over. The peer's host is the one it named, until its signature says
    /// so.
    pub binding: Binding,
}

impl Initiator {
    /// Begins: gives the state and the first message.
    pub fn new(us: HostId) -> Result<(Self, Vec<u8>), NoiseError> {
        let mut state = builder()?.build_initiator().map_err(|_| NoiseError::Keys)?;
        let message = write(&mut state, &[], KEY_BYTES)?;
        Ok((Self { state, us }, message))
    }

    /// Takes the listener's key and name, and gives ours to send.
    pub fn handle_message(mut self, bytes: &[u8]) -> Result<(Secured, Vec<u8>), NoiseError> {
        let listener = name(&read(&mut self.state, bytes, ANSWER_BYTES)?)?;
        let (hash, mut sealer, opener) = split(self.state)?;
        let message = sealer.seal_name(&self.us)?;
        let binding = Binding { exporter: hash, stream: 0, dialler: self.us, listener };
        Ok((Secured { sealer, opener, binding }, message))
    }
}

impl Responder {
    /// Begins on a connection that a stranger has made.
    pub fn new(us: HostId) -> Result<Self, NoiseError> {
        let state = builder()?.build_responder().map_err(|_| NoiseError::Keys)?;
        Ok(Self { state, us })
    }

    /// Takes the dialler's key, and gives our own and our host's name to send.
    pub fn handle_message(mut self, bytes: &[u8]) -> Result<(AwaitingName, Vec<u8>), NoiseError> {
        read(&mut self.state, bytes, KEY_BYTES)?;
        let message = write(&mut self.state, self.us.as_bytes(), ANSWER_BYTES)?;
        let (hash, sealer, opener) = split(self.state)?;
        Ok((AwaitingName { hash, us: self.us, sealer, opener }, message))
    }
}

impl AwaitingName {
    /// Takes the name of the dialler's host.
    pub fn handle_message(mut self, bytes: &[u8]) -> Result<Secured, NoiseError> {
        let dialler = name(&self.opener.open_name(bytes)?)?;
        let binding = Binding { exporter: self.hash, stream: 0, dialler, listener: self.us };
        Ok(Secured { sealer: self.sealer, opener: self.opener, binding })
    }
}

fn builder() -> Result<Builder<'static>, NoiseError> {
    let params = PATTERN.parse().map_err(|_| NoiseError::Keys)?;
    Builder::new(params).prologue(PROLOGUE).map_err(|_| NoiseError::Keys)
}

/// Writes a message of the handshake of exactly `length` bytes.
fn write(state: &mut HandshakeState, name: &[u8], length: usize) -> Result<Vec<u8>, NoiseError> {
    // Room for a tag is asked for also where nothing is sealed yet.
    let mut message = vec![0; length.saturating_add(NOISE_TAG_BYTES)];
    match state.write_message(name, &mut message) {
        Ok(written) if written == length => {}
        _ => return Err(NoiseError::Keys),
    }
    message.truncate(length);
    Ok(message)
}

/// Reads a message of the handshake of exactly `length` bytes; gives what was sealed in it.
fn read(state: &mut HandshakeState, bytes: &[u8], length: usize) -> Result<Vec<u8>, NoiseError> {
    if bytes.len() != length {
        return Err(NoiseError::Handshake);
    }
    let mut name = vec![0; length];
    let read = state.read_message(bytes, &mut name).map_err(|_| NoiseError::Handshake)?;
    name.truncate(read);
    Ok(name)
}

fn name(bytes: &[u8]) -> Result<HostId, NoiseError> {
    let bytes = <&[u8; KEY_BYTES]>::try_from(bytes).map_err(|_| NoiseError::Name)?;
    HostId::from_bytes(bytes).map_err(|_| NoiseError::Name)
}

/// The handshake's hash, and the two directions of its channel.
fn split(state: HandshakeState) -> Result<([u8; KEY_BYTES], Sealer, Opener), NoiseError> {
    let hash = state.get_handshake_hash().try_into().map_err(|_| NoiseError::Keys)?;
    let keys: Arc<StatelessTransportState> =
        Arc::new(state.into_stateless_transport_mode().map_err(|_| NoiseError::Keys)?);
    Ok((hash, Sealer::new(Arc::clone(&keys)), Opener::new(keys)))
}

impl fmt::Debug for Initiator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Initiator")
    }
}

impl fmt::Debug for Responder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Responder")
    }
}

impl fmt::Debug for AwaitingName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AwaitingName")
    }
}

impl fmt::Debug for Secured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secured({:?} to {:?})", self.binding.dialler, self.binding.listener)
    }
}
