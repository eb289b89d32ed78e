//! Sessions with the world: how this host announces its vats, and who is let in.
//!
//! ```text
//!   netlayers ──accept──▶ meet (strangers) ──┐
//!   wishes ─────dial────▶ dial ──────────────┼─▶ welcome ──▶ Input::Opened, reader, writer
//!   private socket ─────▶ owner ─────────────┘
//! ```

mod dial;
mod meet;
mod owner;

use std::sync::Arc;

use bytes::Bytes;
use ed25519_dalek::SigningKey;
use hogshead_captp::{Bootstrap, Config, Dialect, Hello, Operation, Session};
use hogshead_netlayer::way::hog_locator;
use hogshead_netlayer::{ChannelError, FrameReceiver, FrameSender, Mode, Netlayer, PeerInfo, quic};
use hogshead_objects::ids::{SessionId, VatId, VatNumber};
use hogshead_objects::locator::{HOG, Locator};
use hogshead_objects::{Class, Error};

pub(super) use self::meet::VatDoor;
use super::HostError;
use super::carrier::{Outbox, read_frames};
use super::core::Core;
use super::peers::PeerKey;
use super::sessions::session_config;
use super::slot::{Input, LiveCarrier};

/// A session that its vat is to take in.
struct Arrival {
    vat: VatNumber,
    peer: PeerKey,
    session: Session,
    /// Of the peer's certificate, if it has proven itself by one.
    epoch: Option<u64>,
    tx: FrameSender,
    rx: FrameReceiver,
    /// What the peer asked first, if it did.
    first: Option<Operation>,
}

impl Core {
    /// The most that sessions with other hosts speak.
    pub(crate) fn mode(&self) -> Mode {
        if self.settings.durable { Mode::Durable } else { Mode::Plain }
    }

    /// The ways to other hosts.
    pub(crate) fn ways(&self) -> Vec<Arc<dyn Netlayer>> {
        self.netlayers.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// The QUIC addresses that our locators carry.
    pub(crate) fn advertised(&self) -> Vec<String> {
        let locator = self.ways().into_iter().filter(|way| way.name() == quic::NAME);
        if !self.settings.advertise.is_empty() {
            return self.settings.advertise.clone();
        }
        locator.flat_map(|way| way.local_addresses()).collect()
    }

    /// Where a vat is reached on our own network, by every way that there is.
    pub(crate) fn hog_location(&self, vat: VatId) -> Locator {
        let ways = self.ways();
        let others = ways.iter().filter(|way| way.transport() == HOG && way.name() != quic::NAME);
        let others = others.map(|way| (way.name(), way.local_addresses()));
        hog_locator(vat, std::iter::once((quic::NAME, self.advertised())).chain(others))
    }

    /// Where a vat is reached by peers of a netlayer: what our hello says there, always the same.
    fn location(&self, vat: VatId, netlayer: &dyn Netlayer) -> Locator {
        netlayer.locator(vat).unwrap_or_else(|| self.hog_location(vat))
    }

    fn hello(&self, location: Locator, expected_peer: Option<Locator>) -> Hello {
        let mut seed = zeroize::Zeroizing::new([0; 32]);
        self.entropy.fill(seed.as_mut_slice());
        Hello { key: SigningKey::from_bytes(&seed), location, expected_peer }
    }

    /// How sessions with peers of a netlayer are set up.
    fn config(&self, id: SessionId, netlayer: &dyn Netlayer) -> Config {
        let dialect = self.settings.dialects.get(netlayer.transport()).copied();
        let config = session_config(id, Bootstrap::Fetch);
        Config { dialect: dialect.unwrap_or_else(Dialect::default), ..config }
    }

    /// Hands an open session over to its vat. The table of peers has its place already.
    fn welcome(self: &Arc<Self>, arrival: Arrival) -> Result<(), Error> {
        let Arrival { vat, peer, session, epoch, tx, rx, first } = arrival;
        let place = Arc::clone(&self.plain_sessions)
            .try_acquire_owned()
            .map_err(|_| Error::new(Class::Busy, "this host has as many sessions as it takes"))?;
        let outbox = Outbox::new(tx);
        let carrier = LiveCarrier::Plain { peer, outbox, _place: Some(place) };
        let id = session.id();
        self.push(vat, Input::Opened { session: Box::new(session), carrier, first, epoch });
        self.spawn(read_frames(Arc::clone(self), vat, id, rx));
        Ok(())
    }

    /// Ends what the table of peers knows of a session that its vat never got.
    fn leave(&self, vat: VatNumber, peer: &PeerKey, session: SessionId, why: &Error) {
        if self.peers.ended(vat, peer, session) {
            self.push(vat, Input::Unreachable { peer: peer.clone(), why: why.clone() });
        }
    }
}

/// Whether a hello names the peer that the connection has proven; one that proves nothing is
/// taken at its word.
fn names_proven(location: &Locator, info: &PeerInfo) -> bool {
    match &info.proof {
        Some(proof) => location.is_hog() && location.designator == proof.vat.to_string(),
        None => !location.is_hog(),
    }
}

pub(super) async fn next_frame(rx: &mut FrameReceiver) -> Result<Bytes, Error> {
    match rx.recv().await {
        Ok(Some(frame)) => Ok(frame),
        Ok(None) => Err(Error::new(Class::Severed, "the peer closed the session")),
        // The peer's fault, which it may as well be told.
        Err(error @ ChannelError::FrameTooLarge { .. }) => {
            Err(Error::new(Class::Limit, error.to_string()))
        }
        Err(error) => Err(lost(&error)),
    }
}

pub(super) async fn send_all(tx: &FrameSender, frames: Vec<Bytes>) -> Result<(), Error> {
    tx.send_many(frames).await.map_err(|error| lost(&error))
}

/// What a vat is told of a connection that failed, and may tell its peers; the log gets the rest.
pub(super) fn lost(error: &impl std::fmt::Display) -> Error {
    Error::new(Class::Severed, "the connection was lost").with_detail(error.to_string())
}

/// Tells the peer why its session ends.
async fn abort(session: &mut Session, tx: &FrameSender, why: &str) -> Error {
    session.abort(why);
    // A peer that is gone needs no telling.
    let _ = send_all(tx, session.take_frames()).await;
    Error::new(Class::Severed, why)
}

pub(super) fn internal(error: HostError) -> Error {
    tracing::error!(%error, "a stranger could not be met");
    Error::new(Class::Failed, "internal")
}

pub(super) fn gone() -> Error {
    Error::new(Class::NotFound, "the vat is gone")
}
