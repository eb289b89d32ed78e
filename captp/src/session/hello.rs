//! The hello of plain sessions: `op:start-session` and what is checked in it.

use std::cell::OnceCell;

use ed25519_dalek::SigningKey;
use hogshead_objects::locator::Locator;
use zeroize::Zeroizing;

use super::{Session, Violation};
use crate::crypto::{PublicId, PublicKey, SessionHash, Signature};
use crate::handoff::{Identity, Neighbours};
use crate::operation::{Operation, StartSession, VERSION};
use crate::syrup::write;

/// What a plain session needs in order to say hello.
#[derive(Clone)]
pub struct Hello {
    /// The key of this session alone, from fresh entropy. It is wiped when dropped.
    pub key: SigningKey,
    /// Where we are reached: exactly the locator that peers dial, hints included.
    pub location: Locator,
    /// Whom we dialled, if we did. Hints may differ in the answer; the peer may not.
    pub expected_peer: Option<Locator>,
}

impl std::fmt::Debug for Hello {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hello")
            .field("location", &self.location)
            .field("expected_peer", &self.expected_peer)
            .finish_non_exhaustive()
    }
}

/// The other side of an established session.
#[derive(Clone, Debug)]
pub struct Peer {
    /// Where it says it is reached: signed in its hello, or what the host says of its own vats.
    pub location: Locator,
    /// Its key for this session.
    pub key: PublicKey,
    /// The name of its side.
    pub id: PublicId,
    /// The name of our side.
    pub our_id: PublicId,
    /// The session's name, known to both sides.
    pub session: SessionHash,
}

/// What is known of both sides of an established session.
pub(super) struct Known {
    /// The secret of our key in it, which takes a quarter of the memory of the whole.
    pub secret: Zeroizing<[u8; 32]>,
    /// Our key in it.
    pub our_key: PublicKey,
    /// Where we are reached, as the peer was told.
    pub location: Locator,
    /// The other side.
    pub peer: Peer,
}

impl Known {
    pub(super) fn new(
        key: SigningKey,
        location: Locator,
        peer: Locator,
        peer_key: PublicKey,
    ) -> Self {
        let our_key = PublicKey::from(key.verifying_key());
        let (our_id, id) = (our_key.id(), peer_key.id());
        let session = SessionHash::new(our_id, id);
        let peer = Peer { location: peer, key: peer_key, id, our_id, session };
        Self { secret: Zeroizing::new(key.to_bytes()), our_key, location, peer }
    }

    /// Our key, to sign with.
    pub(super) fn key(&self) -> SigningKey {
        SigningKey::from_bytes(&self.secret)
    }
}

impl From<Identity> for Known {
    fn from(identity: Identity) -> Self {
        let Identity { key, location, peer, peer_key } = identity;
        Self::new(key, location, peer, peer_key)
    }
}

/// The sides of an established session.
pub(super) enum Sides {
    /// A session without identities, which a local one may be.
    Unknown,
    /// Both are known, and their keys.
    Known(Box<Known>),
    /// Both are vats of this host. The keys are made when they are first asked for.
    Neighbours(Neighbours, OnceCell<Box<Known>>),
}

impl Sides {
    pub(super) fn known(&self) -> Option<&Known> {
        match self {
            Self::Unknown => None,
            Self::Known(known) => Some(known),
            Self::Neighbours(sides, known) => {
                Some(known.get_or_init(|| Box::new(sides.identity().into())))
            }
        }
    }

    /// The session's name and the peer's key. What else is known of neighbours is not kept for it:
    /// most of their sessions are asked for no more.
    pub(super) fn name(&self) -> Option<(SessionHash, PublicKey)> {
        match self {
            Self::Neighbours(sides, known) if known.get().is_none() => {
                let Peer { session, key, .. } = Known::from(sides.identity()).peer;
                Some((session, key))
            }
            _ => self.known().map(|known| (known.peer.session, known.peer.key)),
        }
    }

    pub(super) fn are_known(&self) -> bool {
        !matches!(self, Self::Unknown)
    }
}

impl From<Option<Identity>> for Sides {
    fn from(identity: Option<Identity>) -> Self {
        identity.map_or(Self::Unknown, |identity| Self::Known(Box::new(identity.into())))
    }
}

impl std::fmt::Debug for Sides {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name = match self {
            Self::Unknown => "Unknown",
            Self::Known(_) => "Known",
            Self::Neighbours(..) => "Neighbours",
        };
        f.write_str(name)
    }
}

/// How far a session is.
#[derive(Debug)]
pub(super) enum State {
    /// Waiting for the peer's hello. The side that dialled has said its own already.
    Greeting { hello: Box<Hello>, dialled: bool },
    /// Established.
    Open(Sides),
    /// Over.
    Ended,
}

/// Which of two crossed sessions goes on: whether our outbound one survives the peer's inbound
/// one (section "Crossed Hellos Resolution": the higher public identifier wins).
///
/// `outbound` is our side of the session that we dialled, `inbound` the peer's side of the one
/// that it dialled.
pub fn outbound_survives(outbound: PublicId, inbound: PublicId) -> bool {
    outbound > inbound
}

impl Session {
    pub(super) fn queue_hello(&mut self) {
        let State::Greeting { hello, .. } = &self.state else { return };
        let start = start_session(&hello.key, &hello.location);
        let frame = Operation::StartSession(Box::new(start)).encode(self.dialect);
        self.frames.push(frame);
    }

    /// Judges the peer's hello (section "`op:start-session`", "Receiving").
    pub(super) fn judge_hello(&mut self, theirs: StartSession) -> Result<Peer, Violation> {
        let State::Greeting { hello: ours, dialled } = &self.state else {
            return Err(Violation::SecondHello);
        };
        let (their_key, their_location) = verified_start(theirs)?;
        let our_key = PublicKey::from(ours.key.verifying_key());
        if our_key == their_key {
            return Err(Violation::OwnKey);
        }
        if ours.expected_peer.as_ref().is_some_and(|wanted| !same_peer(wanted, &their_location)) {
            return Err(Violation::WrongPeer);
        }
        let (key, location) = (ours.key.clone(), ours.location.clone());
        let known = Known::new(key, location, their_location, their_key);
        let peer = known.peer.clone();
        if !dialled {
            self.queue_hello();
        }
        self.state = State::Open(Sides::Known(Box::new(known)));
        Ok(peer)
    }
}

/// What a side says of itself: its key and, signed by it, its location.
pub(crate) fn start_session(key: &SigningKey, location: &Locator) -> StartSession {
    StartSession {
        version: VERSION.to_owned(),
        key: PublicKey::from(key.verifying_key()),
        location: location.clone(),
        signature: Signature::sign(key, &signed_location(location)),
    }
}

/// The key and the location of a side whose version and signature are right.
pub(crate) fn verified_start(start: StartSession) -> Result<(PublicKey, Locator), Violation> {
    if start.version != VERSION {
        return Err(Violation::Version(start.version));
    }
    if !start.key.verifies(&signed_location(&start.location), &start.signature) {
        return Err(Violation::LocationSignature);
    }
    Ok((start.key, start.location))
}

/// Two locators name one peer if designator and transport agree (Locators, "Peer Locator").
fn same_peer(one: &Locator, other: &Locator) -> bool {
    one.designator == other.designator && one.transport == other.transport
}

/// What the location's signature covers: the record `my-location`, not the bare location.
fn signed_location(location: &Locator) -> Vec<u8> {
    let mut bytes = b"<11'my-location".to_vec();
    write::locator(&mut bytes, location);
    bytes.push(b'>');
    bytes
}
