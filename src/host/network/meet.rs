//! Strangers: peers that dialled us and have yet to show that they know anything.
//!
//! Nothing is written or revived for one before it fetches what is there, withdraws a gift with
//! good certificates, or the vat itself wants to speak with it.

use std::sync::Arc;

use bytes::Bytes;
use hogshead_captp::crypto::SessionHash;
use hogshead_captp::handoff::{self, Door, Gifter};
use hogshead_captp::{Event, Operation, Session, SessionError, Target};
use hogshead_netlayer::{Channel, FrameReceiver, FrameSender, Mode, Netlayer};
use hogshead_objects::ids::VatNumber;
use hogshead_objects::locator::SwissNumber;
use hogshead_objects::records::{ReadRecords, RecordsError, table};
use hogshead_objects::{Class, Error};
use tokio::time::Instant;

use super::dial::CROSSED;
use super::{Arrival, abort, gone, internal, names_proven, next_frame, send_all};
use crate::host::core::Core;
use crate::host::peers::{Caller, PeerKey, Signal, Verdict};
use crate::host::slot::Input;
use crate::host::view::VatView;
use crate::limits::{OVERTAKEN_TIME, STRANGER_FRAME_BYTES_MAX, STRANGER_TIME, TAKEN_TIME};

/// A stranger that has said hello. Its place in the table of peers goes with it.
struct Stranger {
    core: Arc<Core>,
    vat: VatNumber,
    peer: PeerKey,
    epoch: Option<u64>,
    session: Option<Session>,
    tx: FrameSender,
    rx: Option<FrameReceiver>,
    /// The limit of frames once the vat has taken it in.
    frame_bytes_max: usize,
    signal: Arc<Signal>,
    why: Error,
}

/// What a stranger's frame leads to.
enum Next {
    Stay,
    TakeIn(Option<Operation>),
}

impl Core {
    /// Takes in what peers open, until the netlayer shuts down.
    pub(crate) async fn accept_peers(self: Arc<Self>, netlayer: Arc<dyn Netlayer>) {
        while let Some(channel) = netlayer.accept().await {
            let Ok(permit) = Arc::clone(&self.strangers).try_acquire_owned() else {
                tracing::warn!(peer = %channel.peer, "too many strangers; one was turned away");
                continue;
            };
            let core = Arc::clone(&self);
            let netlayer = Arc::clone(&netlayer);
            self.spawn(async move {
                let peer = channel.peer.to_string();
                let met = tokio::time::timeout(STRANGER_TIME, core.meet(channel, netlayer)).await;
                drop(permit);
                match met {
                    Ok(Ok(())) => {}
                    Ok(Err(why)) => tracing::info!(%peer, %why, "a stranger left"),
                    Err(_) => tracing::info!(%peer, "a stranger took too long"),
                }
            });
        }
    }

    async fn meet(
        self: &Arc<Self>,
        channel: Channel,
        netlayer: Arc<dyn Netlayer>,
    ) -> Result<(), Error> {
        if channel.mode == Mode::Durable {
            return self.meet_durable(channel).await;
        }
        let stranger = self.greet_stranger(channel, netlayer).await?;
        match stranger {
            Some(mut stranger) => stranger.stay().await,
            None => Ok(()),
        }
    }

    /// Exchanges hellos, and finds a place in the table of peers.
    async fn greet_stranger(
        self: &Arc<Self>,
        channel: Channel,
        netlayer: Arc<dyn Netlayer>,
    ) -> Result<Option<Stranger>, Error> {
        let Channel { peer: info, us, tx, mut rx, .. } = channel;
        let frame_bytes_max = rx.set_limit(STRANGER_FRAME_BYTES_MAX);
        let vat = self.number_of(&us).map_err(internal)?.ok_or_else(gone)?;
        let config = self.config(self.next_session(), &*netlayer);
        let hello = self.hello(self.location(us, &*netlayer), None);
        let mut session = Session::accept(config, hello);
        let frame = next_frame(&mut rx).await?;
        let said = match session.handle_frame(&frame) {
            Ok(Event::Established(said)) if names_proven(&said.location, &info) => said,
            Ok(Event::Established(_)) => {
                let why = "this is not the vat that the connection authenticated";
                return Err(refuse(&mut session, &tx, why).await);
            }
            Ok(Event::Aborted(reason)) => return Err(Error::new(Class::Severed, reason)),
            Ok(Event::Operation(_)) => {
                return Err(abort(&mut session, &tx, "an operation before the hello").await);
            }
            Err(violation) => {
                send_all(&tx, session.take_frames()).await?;
                return Err(Error::from(&violation));
            }
        };
        let peer = match PeerKey::of(&said.location) {
            Ok(peer) => peer,
            Err(error) => return Err(refuse(&mut session, &tx, &error.to_string()).await),
        };
        let proven = info.proof.is_some();
        let (id, theirs) = (session.id(), said.id);
        let mut caller = Caller { vat, peer, session: id, theirs, proven, insists: false };
        if self.peers.may_have_crossed(&caller) {
            match tokio::time::timeout(TAKEN_TIME, next_frame(&mut rx)).await {
                // What a peer says before our hello is that it has seen the other one.
                Ok(heard) => return heard.and(Err(refuse(&mut session, &tx, CROSSED).await)),
                Err(_) => caller.insists = true,
            }
        }
        let signal = match self.place(&caller).await {
            Ok(signal) => signal,
            Err(why) => return Err(refuse(&mut session, &tx, why).await),
        };
        let mut stranger = Stranger {
            core: Arc::clone(self),
            vat,
            peer: caller.peer,
            epoch: info.proof.map(|proof| proof.epoch.0),
            session: Some(session),
            tx,
            rx: Some(rx),
            frame_bytes_max,
            signal,
            why: Error::new(Class::Severed, "the peer took too long"),
        };
        stranger.send_frames().await?;
        Ok(Some(stranger))
    }

    /// The place of a session in the table of peers, or why there is none. Waits a moment for an
    /// earlier session of the same peer to end: its abort may be under way.
    async fn place(&self, caller: &Caller) -> Result<Arc<Signal>, &'static str> {
        let begun = Instant::now();
        let mut crossed = false;
        loop {
            match self.peers.meet(caller) {
                Verdict::Go(signal) => return Ok(signal),
                Verdict::Instead(earlier, signal) => {
                    let why = Error::new(Class::Severed, "the peer began another session");
                    self.push(caller.vat, Input::Closed { session: earlier, why });
                    return Ok(signal);
                }
                Verdict::Crossed => {
                    // It may have ended the session that we dialled before it began this one, and
                    // that has not been read yet.
                    let is_open = !self.peers.is_dialling(caller.vat, &caller.peer);
                    if is_open || begun.elapsed() >= OVERTAKEN_TIME {
                        return Err(CROSSED);
                    }
                    crossed = true;
                    self.peers.change(TAKEN_TIME / 20).await;
                }
                Verdict::Taken if crossed => return Err(CROSSED),
                Verdict::Taken if begun.elapsed() < TAKEN_TIME => {
                    self.peers.change(TAKEN_TIME / 20).await;
                }
                Verdict::Taken => return Err("there is a session with this peer already"),
            }
        }
    }
}

impl Stranger {
    /// Talks until the vat takes it in or it leaves.
    async fn stay(&mut self) -> Result<(), Error> {
        let stayed = self.talk().await;
        if let Err(why) = &stayed {
            self.why = why.clone();
        }
        stayed
    }

    async fn talk(&mut self) -> Result<(), Error> {
        let signal = Arc::clone(&self.signal);
        loop {
            let (Some(session), Some(rx)) = (&mut self.session, &mut self.rx) else {
                return Ok(());
            };
            let next = tokio::select! {
                // What the host says comes first, however much the stranger sends.
                biased;
                () = signal.give_up.notified() => {
                    return Err(abort(session, &self.tx, "the peer began another session").await);
                }
                () = signal.adopt.notified() => Next::TakeIn(None),
                frame = next_frame(rx) => match frame {
                    Ok(frame) => self.handle(&frame).await?,
                    // Whoever is still there hears what it did.
                    Err(why) => return Err(abort(session, &self.tx, why.message()).await),
                },
            };
            if let Next::TakeIn(first) = next {
                return self.take_in(first);
            }
        }
    }

    async fn handle(&mut self, frame: &Bytes) -> Result<Next, Error> {
        let Some(session) = &mut self.session else { return Ok(Next::Stay) };
        let operation = match session.handle_frame(frame) {
            Ok(Event::Operation(operation)) => operation,
            Ok(Event::Established(_)) => return Ok(Next::Stay),
            Ok(Event::Aborted(reason)) => return Err(Error::new(Class::Severed, reason)),
            Err(violation) => {
                self.send_frames().await?;
                return Err(Error::from(&violation));
            }
        };
        let door = VatDoor(VatView::new(&self.core, self.vat));
        let rest = match session.handle_stranger(operation, &door) {
            Ok(rest) => rest,
            Err(SessionError::Violation(violation)) => {
                return Err(abort(session, &self.tx, &violation.to_string()).await);
            }
            Err(SessionError::Records(error)) => {
                let why = internal(error.into());
                return Err(abort(session, &self.tx, why.message()).await);
            }
        };
        let answers = session.take_operations();
        let frames = answers.iter().map(|operation| session.encode(operation)).collect();
        send_all(&self.tx, frames).await?;
        match rest {
            // Only what fetches or withdraws something comes back as a delivery to the bootstrap.
            Some(Operation::Deliver(deliver)) if deliver.to == Target::Export(0) => {
                Ok(Next::TakeIn(Some(Operation::Deliver(deliver))))
            }
            None | Some(Operation::GcExports(_) | Operation::GcAnswers(_)) => Ok(Next::Stay),
            Some(_) => Err(abort(session, &self.tx, "an operation on what was not exported").await),
        }
    }

    fn take_in(&mut self, first: Option<Operation>) -> Result<(), Error> {
        let (Some(session), Some(mut rx)) = (self.session.take(), self.rx.take()) else {
            return Ok(());
        };
        rx.set_limit(self.frame_bytes_max);
        let (vat, id) = (self.vat, session.id());
        if !self.core.peers.admitted(vat, &self.peer, id) {
            return Err(Error::new(Class::Severed, "the peer began another session"));
        }
        let (peer, tx) = (self.peer.clone(), self.tx.clone());
        let arrival = Arrival { vat, peer, session, epoch: self.epoch, tx, rx, first };
        self.core.welcome(arrival).inspect_err(|why| {
            self.core.peers.ended(vat, &self.peer, id);
            let peer = self.peer.clone();
            self.core.push(vat, Input::Unreachable { peer, why: why.clone() });
        })
    }

    async fn send_frames(&mut self) -> Result<(), Error> {
        match &mut self.session {
            Some(session) => send_all(&self.tx, session.take_frames()).await,
            None => Ok(()),
        }
    }
}

/// Ends a session after the peer's hello and without our own: after that one the peer would take
/// the session for an open one.
async fn refuse(session: &mut Session, tx: &FrameSender, why: &str) -> Error {
    drop(session.take_frames());
    abort(session, tx, why).await
}

/// What a stranger's first call is judged by: point reads of the vat's rows.
pub(in crate::host) struct VatDoor<'a>(pub VatView<'a>);

impl Door for VatDoor<'_> {
    fn is_shared(&self, swiss: &[u8]) -> Result<bool, RecordsError> {
        let mut key = vec![table::SWISS];
        key.extend_from_slice(&SwissNumber::new(swiss.to_vec()).hash().0);
        Ok(self.0.get(&key)?.is_some())
    }

    fn gifter(&self, session: SessionHash) -> Result<Option<Gifter>, RecordsError> {
        handoff::gifter(session, &self.0)
    }
}

impl Drop for Stranger {
    fn drop(&mut self) {
        if let Some(session) = &self.session {
            self.core.leave(self.vat, &self.peer, session.id(), &self.why);
        }
    }
}
