//! Sessions with the world: peers that come, peers that are dialled, and the owner.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use bytes::Bytes;
use ed25519_dalek::SigningKey;
use hogshead_captp::{Bootstrap, Event, Hello, Operation, Session, Target};
use hogshead_netlayer::{Channel, FrameReceiver, FrameSender, Mode, Netlayer, quic};
use hogshead_objects::ids::{VatId, VatNumber};
use hogshead_objects::locator::{Locator, SwissNumber};
use hogshead_objects::records::{ReadRecords, table};
use hogshead_objects::{Class, Error};

use super::carrier::{Outbox, read_frames};
use super::core::Core;
use super::seal::fill_random;
use super::slot::{Input, LiveCarrier};
use super::view::VatView;
use super::{HostError, VAT_ZERO};
use crate::limits::{OWNERS_MAX, STRANGER_TIME};

impl Core {
    /// The addresses that our locators carry.
    pub(crate) fn advertised(&self) -> Vec<String> {
        if !self.settings.advertise.is_empty() {
            return self.settings.advertise.clone();
        }
        let netlayers = self.netlayers.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        let quic = netlayers.iter().filter(|netlayer| netlayer.name() == quic::NAME);
        quic.flat_map(|netlayer| netlayer.local_addresses()).collect()
    }

    fn hello(&self, us: VatId, expected_peer: Option<Locator>) -> Hello {
        let mut seed = [0; 32];
        fill_random(&mut seed);
        let location = Locator::hog(us, self.advertised());
        Hello { key: SigningKey::from_bytes(&seed), location, expected_peer }
    }

    /// Takes in what peers open, until the netlayer shuts down.
    pub(crate) async fn accept_peers(self: Arc<Self>, netlayer: Arc<dyn Netlayer>) {
        while let Some(channel) = netlayer.accept().await {
            let Ok(permit) = Arc::clone(&self.strangers).try_acquire_owned() else {
                tracing::warn!(peer = %channel.peer, "too many strangers; one was turned away");
                continue;
            };
            let core = Arc::clone(&self);
            self.spawn(async move {
                let peer = channel.peer.to_string();
                let met = tokio::time::timeout(STRANGER_TIME, core.meet(channel)).await;
                drop(permit);
                match met {
                    Ok(Ok(())) => {}
                    Ok(Err(why)) => tracing::info!(%peer, %why, "a stranger left"),
                    Err(_) => tracing::info!(%peer, "a stranger took too long"),
                }
            });
        }
    }

    /// Talks with a stranger until it fetches something. Nothing is written or revived before.
    async fn meet(self: &Arc<Self>, channel: Channel) -> Result<(), Error> {
        let Channel { peer, us, tx, mut rx, .. } = channel;
        let peer = peer.proof.ok_or_else(unproven)?;
        let vat = self.number_of(&us).map_err(internal)?.ok_or_else(gone)?;
        let id = self.next_session();
        let config = self.session_config(id, Bootstrap::Fetch);
        let mut session = Session::accept(config, self.hello(us, None));
        loop {
            let frame = next_frame(&mut rx).await?;
            let event = session.handle_frame(&frame);
            send_all(&tx, session.take_frames()).await?;
            match event.map_err(|v| Error::from(&v))? {
                Event::Established(said) if said.location.designator != peer.vat.to_string() => {
                    session.abort("this is not the vat that the connection authenticated");
                    send_all(&tx, session.take_frames()).await?;
                    return Err(Error::new(Class::Severed, "a false location in its hello"));
                }
                Event::Established(_) => {}
                Event::Aborted(reason) => return Err(Error::new(Class::Severed, reason)),
                Event::Operation(operation) => {
                    let view = VatView::new(self, vat);
                    let mut known = |swiss: &[u8]| {
                        let hash = SwissNumber::new(swiss.to_vec()).hash();
                        let mut key = vec![table::SWISS];
                        key.extend_from_slice(&hash.0);
                        Ok(view.get(&key)?.is_some())
                    };
                    let rest = match session.handle_stranger(operation, &mut known) {
                        Ok(rest) => rest,
                        Err(error) => {
                            session.abort(&error.to_string());
                            send_all(&tx, session.take_frames()).await?;
                            return Err(Error::new(Class::Severed, error.to_string()));
                        }
                    };
                    let answers = session.take_operations();
                    let frames = answers.iter().map(|op| session.encode(op)).collect();
                    send_all(&tx, frames).await?;
                    match rest {
                        // Only what fetches something that is there comes back as a delivery to
                        // the bootstrap object.
                        Some(Operation::Deliver(deliver)) if deliver.to == Target::Export(0) => {
                            let first = Some(Operation::Deliver(deliver));
                            return self.welcome(
                                vat,
                                session,
                                peer.vat,
                                peer.epoch.0,
                                tx,
                                rx,
                                first,
                            );
                        }
                        None | Some(Operation::GcExports(_) | Operation::GcAnswers(_)) => {}
                        Some(_) => {
                            let why = "an operation on what was not exported";
                            session.abort(why);
                            send_all(&tx, session.take_frames()).await?;
                            return Err(Error::new(Class::Severed, why));
                        }
                    }
                }
            }
        }
    }

    /// Hands an open session over to its vat.
    #[expect(clippy::too_many_arguments, reason = "all that a session is made of, handed on once")]
    fn welcome(
        self: &Arc<Self>,
        vat: VatNumber,
        session: Session,
        peer: VatId,
        epoch: u64,
        tx: FrameSender,
        rx: FrameReceiver,
        first: Option<Operation>,
    ) -> Result<(), Error> {
        let place = Arc::clone(&self.plain_sessions)
            .try_acquire_owned()
            .map_err(|_| Error::new(Class::Busy, "this host has as many sessions as it takes"))?;
        let outbox = Outbox::new(&self.runtime, tx);
        let carrier = LiveCarrier::Plain { peer, outbox, _place: place };
        let id = session.id();
        self.push(vat, Input::Opened { session: Box::new(session), carrier, first, epoch });
        self.spawn(read_frames(Arc::clone(self), vat, id, rx));
        Ok(())
    }

    /// Dials a peer for a vat; the vat is told how it went.
    pub(crate) fn spawn_dial(
        &self,
        vat: VatNumber,
        us: VatId,
        peer: VatId,
        addresses: Vec<String>,
    ) {
        let core = self.arc();
        self.spawn(async move {
            if let Err(why) = core.dial(vat, us, peer, &addresses).await {
                core.push(vat, Input::Unreachable { peer, why });
            }
        });
    }

    async fn dial(
        self: &Arc<Self>,
        vat: VatNumber,
        us: VatId,
        to: VatId,
        addresses: &[String],
    ) -> Result<(), Error> {
        let netlayer = {
            let netlayers =
                self.netlayers.read().unwrap_or_else(std::sync::PoisonError::into_inner);
            netlayers.iter().find(|netlayer| netlayer.name() == quic::NAME).cloned()
        };
        let netlayer = netlayer.ok_or_else(|| {
            Error::new(
                Class::Severed,
                "this host does not listen, so it cannot call out: start it with --listen",
            )
        })?;
        if addresses.is_empty() {
            return Err(Error::new(Class::Severed, "the sturdyref carries no address"));
        }
        let expected = Locator::hog(to, addresses.to_vec());
        let channel = netlayer
            .dial(us, &expected, Mode::Plain)
            .await
            .map_err(|e| Error::new(Class::Severed, e.to_string()))?;
        let Channel { peer, tx, mut rx, .. } = channel;
        let peer = peer.proof.ok_or_else(unproven)?;
        let config = self.session_config(self.next_session(), Bootstrap::Fetch);
        let mut session = Session::dial(config, self.hello(us, Some(expected)));
        send_all(&tx, session.take_frames()).await?;
        let greeted = tokio::time::timeout(STRANGER_TIME, async {
            let frame = next_frame(&mut rx).await?;
            session.handle_frame(&frame).map_err(|v| Error::from(&v))
        });
        match greeted.await {
            Ok(Ok(Event::Established(_))) => {}
            Ok(Ok(Event::Aborted(reason))) => return Err(Error::new(Class::Severed, reason)),
            Ok(Ok(Event::Operation(_))) => return Err(Error::new(Class::Severed, "no hello came")),
            Ok(Err(why)) => return Err(why),
            Err(_) => return Err(Error::new(Class::Severed, "the peer did not say hello in time")),
        }
        self.welcome(vat, session, peer.vat, peer.epoch.0, tx, rx, None)
    }

    /// Serves one owner: a session with vat zero whose bootstrap is the admin object.
    pub(crate) async fn serve_owner(self: Arc<Self>, tx: FrameSender, mut rx: FrameReceiver) {
        let Some(admin) = self.admin.get().copied() else { return };
        if self.owners.fetch_add(1, Ordering::AcqRel) >= OWNERS_MAX {
            self.owners.fetch_sub(1, Ordering::AcqRel);
            tracing::warn!("too many owners are connected; one was turned away");
            return;
        }
        let id = self.next_session();
        let config = self.session_config(id, Bootstrap::Object(admin));
        let us = self.identity(VAT_ZERO).ok().flatten().map(|identity| identity.id);
        if let Some(us) = us {
            let mut session = Session::accept(config, self.hello(us, None));
            let greeted = tokio::time::timeout(STRANGER_TIME, async {
                let frame = next_frame(&mut rx).await?;
                let event = session.handle_frame(&frame).map_err(|v| Error::from(&v))?;
                send_all(&tx, session.take_frames()).await?;
                Ok::<_, Error>(matches!(event, Event::Established(_)))
            });
            if matches!(greeted.await, Ok(Ok(true))) {
                let outbox = Outbox::new(&self.runtime, tx);
                let carrier = LiveCarrier::Owner { outbox };
                let session = Box::new(session);
                self.push(VAT_ZERO, Input::Opened { session, carrier, first: None, epoch: 0 });
                read_frames(Arc::clone(&self), VAT_ZERO, id, rx).await;
            }
        }
        self.owners.fetch_sub(1, Ordering::AcqRel);
    }
}

async fn next_frame(rx: &mut FrameReceiver) -> Result<Bytes, Error> {
    match rx.recv().await {
        Ok(Some(frame)) => Ok(frame),
        Ok(None) => Err(Error::new(Class::Severed, "the peer closed the session")),
        Err(error) => Err(Error::new(Class::Severed, error.to_string())),
    }
}

async fn send_all(tx: &FrameSender, frames: Vec<Bytes>) -> Result<(), Error> {
    tx.send_many(frames).await.map_err(|e| Error::new(Class::Severed, e.to_string()))
}

fn internal(error: HostError) -> Error {
    tracing::error!(%error, "a stranger could not be met");
    Error::new(Class::Failed, "internal")
}

fn unproven() -> Error {
    Error::new(Class::Severed, "the peer has not proven who it is")
}

fn gone() -> Error {
    Error::new(Class::NotFound, "the vat is gone")
}
