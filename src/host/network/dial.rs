//! Dialling a peer for a vat that wants something of it.

use std::sync::Arc;

use hogshead_captp::{Event, Session};
use hogshead_netlayer::{Channel, DialError, Mode, Netlayer};
use hogshead_objects::ids::{VatId, VatNumber};
use hogshead_objects::location::LocationRecord;
use hogshead_objects::locator::{HOG, Locator};
use hogshead_objects::{Class, Error};
use tokio::task::JoinSet;

use super::{Arrival, abort, names_proven, next_frame, send_all};
use crate::host::VAT_ZERO;
use crate::host::core::Core;
use crate::host::locations::Missed;
use crate::host::peers::{Attempt, PeerKey};
use crate::host::slot::Input;
use crate::limits::{OVERTAKEN_TIME, STRANGER_TIME, WAY_HEAD_START};

/// Who dials whom.
struct Dial {
    vat: VatNumber,
    us: VatId,
    peer: PeerKey,
    to: Locator,
    attempt: Attempt,
    errand: Errand,
}

/// What a dial is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Errand {
    /// The vat waits for it.
    Wish,
    /// Nobody waits for it but an outbox.
    Outbox,
    /// The peer is to hear where we are.
    Word,
}

impl Core {
    /// Dials a peer for a vat; the vat is told how it went.
    pub(crate) fn spawn_dial(
        &self,
        us: (VatNumber, VatId),
        peer: PeerKey,
        to: Locator,
        attempt: Attempt,
    ) {
        self.start_dial(us, peer, to, attempt, Errand::Wish);
    }

    /// Dials a peer for what is in an outbox. If that fails it is tried again later, and the vat
    /// need not know, unless something of its own has come to wait for this dial.
    pub(crate) fn spawn_redial(
        &self,
        us: (VatNumber, VatId),
        peer: PeerKey,
        to: Locator,
        attempt: Attempt,
    ) {
        self.start_dial(us, peer, to, attempt, Errand::Outbox);
    }

    /// Dials a peer for the sake of the hello. If that fails nobody need know, unless something has
    /// come to wait for this dial.
    pub(crate) fn spawn_hail(
        &self,
        us: (VatNumber, VatId),
        peer: PeerKey,
        to: Locator,
        attempt: Attempt,
    ) {
        self.start_dial(us, peer, to, attempt, Errand::Word);
    }

    fn start_dial(
        &self,
        (vat, us): (VatNumber, VatId),
        peer: PeerKey,
        to: Locator,
        attempt: Attempt,
        errand: Errand,
    ) {
        let core = self.arc();
        let dial = Dial { vat, us, peer, to, attempt, errand };
        self.spawn(async move {
            let signal = Arc::clone(&dial.attempt.signal);
            // A dial that has said nothing yet may simply be dropped.
            let channel = tokio::select! {
                biased;
                channel = core.reach(&dial) => channel,
                () = signal.give_up.notified() => return,
            };
            let greeted = match channel {
                Ok((_, channel)) if channel.mode == Mode::Durable => {
                    core.carry_dialled(dial.vat, channel)
                }
                Ok((netlayer, channel)) => core.greet(&dial, netlayer, channel).await,
                Err(why) => Err(why),
            };
            let Dial { vat, peer, attempt, errand, .. } = dial;
            if let Err(why) = greeted
                && core.peers.failed(vat, &peer, attempt.number)
            {
                tracing::info!(%vat, %peer, %why, "a peer could not be reached");
                match peer {
                    PeerKey::Vat(peer) if errand != Errand::Wish && !core.wishes_wait(vat) => {
                        if errand == Errand::Outbox || core.redial.is_wanted(vat, peer) {
                            core.redial.retry(vat, peer);
                        }
                    }
                    peer => core.push(vat, Input::Unreachable { peer, why: for_vat(vat, why) }),
                }
            }
        });
    }

    /// Whether a vat may wait for a peer to be reached. One that does is in memory.
    fn wishes_wait(&self, vat: VatNumber) -> bool {
        let Some(slot) = self.slot_if_any(vat) else { return false };
        slot.try_resident().is_none_or(|resident| resident.wishes.are_waiting())
    }

    /// Opens a channel by whatever way leads to the peer first, wherever it has moved. Each has a
    /// head start before the next, so that a dead one does not cost its whole time.
    async fn reach(&self, dial: &Dial) -> Result<(Arc<dyn Netlayer>, Channel), Error> {
        self.find(dial.vat, &dial.to, |to| self.reach_at(dial.us, to)).await
    }

    /// Tries each way once.
    async fn reach_at(
        &self,
        us: VatId,
        to: Locator,
    ) -> Result<(Arc<dyn Netlayer>, Channel), Missed> {
        let transport = to.transport.as_str();
        let mut ways = self.ways();
        ways.retain(|way| way.transport() == transport);
        if ways.is_empty() {
            let how = match transport {
                HOG => "start it with --listen, --listen-unix or --listen-ws",
                _ => "a netlayer for it must be named at the start",
            };
            let why = format!("this host has no way to peers of `{transport}`: {how}");
            return Err(Missed { moved: None, why: Error::new(Class::Severed, why) });
        }
        let (mut tried, mut under_way) = (Vec::new(), JoinSet::new());
        let mut moved: Option<Box<LocationRecord>> = None;
        let mut waiting = ways.iter();
        let mode = self.mode();
        loop {
            if let Some(way) = waiting.next() {
                let (way, to) = (Arc::clone(way), to.clone());
                under_way.spawn(async move {
                    let dialled = way.dial(us, &to, mode).await;
                    (way, dialled)
                });
            }
            let done = tokio::select! {
                biased;
                done = under_way.join_next() => done,
                () = tokio::time::sleep(WAY_HEAD_START), if waiting.len() > 0 => continue,
            };
            match done {
                Some(Ok((way, Ok(channel)))) => return Ok((way, channel)),
                // A locator shows the ways that there are; not all of them are ours.
                Some(Ok((_, Err(DialError::NoAddress { .. })))) => {}
                Some(Ok((_, Err(error)))) => {
                    tried.push(error.to_string());
                    if let DialError::Moved { record, .. } = error
                        && moved.as_ref().is_none_or(|known| record.is_newer_than(known))
                    {
                        moved = Some(record);
                    }
                }
                Some(Err(panic)) => tracing::error!(%panic, "a netlayer failed"),
                None => break,
            }
        }
        if tried.is_empty() {
            tried.push(nothing_shared(&to, &ways));
        }
        Err(Missed { moved, why: Error::new(Class::Severed, tried.join("; ")) })
    }

    /// Says hello, and hands the session over once the peer has answered with its own.
    async fn greet(
        self: &Arc<Self>,
        dial: &Dial,
        netlayer: Arc<dyn Netlayer>,
        channel: Channel,
    ) -> Result<(), Error> {
        let Dial { vat, us, peer, to, attempt, .. } = dial;
        let Channel { peer: info, tx, mut rx, .. } = channel;
        let config = self.config(self.next_session(), &*netlayer);
        let hello = self.hello(self.location(*us, &*netlayer), Some(to.clone()));
        let ours = hogshead_captp::crypto::PublicKey::from(hello.key.verifying_key()).id();
        let mut session = Session::dial(config, hello);
        if !self.peers.greets(*vat, peer, attempt.number, ours) {
            return Ok(());
        }
        send_all(&tx, session.take_frames()).await?;
        let greeted = async {
            let frame = next_frame(&mut rx).await?;
            match session.handle_frame(&frame) {
                Ok(Event::Established(said)) if names_proven(&said.location, &info) => Ok(()),
                Ok(Event::Established(_)) => {
                    Err(Error::new(Class::Severed, "a false location in its hello"))
                }
                Ok(Event::Aborted(reason)) => Err(Error::new(Class::Severed, reason)),
                Ok(Event::Operation(_)) => Err(Error::new(Class::Severed, "no hello came")),
                Err(violation) => Err(Error::from(&violation)),
            }
        };
        let greeted = tokio::select! {
            biased;
            greeted = tokio::time::timeout(STRANGER_TIME, greeted) => greeted,
            () = attempt.signal.give_up.notified() => {
                abort(&mut session, &tx, CROSSED).await;
                return Ok(());
            }
        };
        let greeted = greeted.unwrap_or_else(|_| {
            Err(Error::new(Class::Severed, "the peer did not say hello in time"))
        });
        if let Err(why) = greeted {
            abort(&mut session, &tx, why.message()).await;
            // The peer may have ended this session for its own, of which we have not heard yet.
            self.peers.rebuffed(*vat, peer, attempt.number);
            let overtaken = attempt.signal.give_up.notified();
            if tokio::time::timeout(OVERTAKEN_TIME, overtaken).await.is_ok() {
                return Ok(());
            }
            return Err(why);
        }
        if !self.peers.established(*vat, peer, attempt.number, session.id()) {
            abort(&mut session, &tx, CROSSED).await;
            return Ok(());
        }
        let id = session.id();
        let epoch = info.proof.as_ref().map(|proof| proof.epoch.0);
        let arrival =
            Arrival { vat: *vat, peer: peer.clone(), session, epoch, tx, rx, first: None };
        self.welcome(arrival).inspect_err(|why| {
            self.peers.ended(*vat, peer, id);
            self.push(*vat, Input::Unreachable { peer: peer.clone(), why: why.clone() });
        })
    }
}

/// What a vat is told of a dial that failed. The owner, who speaks through vat zero, sees why. Who
/// asked another vat may be a peer, and must not explore the network by it.
fn for_vat(vat: VatNumber, why: Error) -> Error {
    if vat == VAT_ZERO {
        return why;
    }
    Error::new(Class::Severed, "the peer could not be reached").with_detail(why.message())
}

/// Says that a locator shows other ways than this host has.
fn nothing_shared(to: &Locator, ways: &[Arc<dyn Netlayer>]) -> String {
    let shown = to.hints.iter().flatten().map(|(name, _)| name.as_str()).collect::<Vec<_>>();
    let shown = if shown.is_empty() { "no way".to_owned() } else { shown.join(", ") };
    let ours = ways.iter().map(|way| way.name()).collect::<Vec<_>>().join(", ");
    format!(
        "the reference shows {shown}, this host has {ours}: open a way that both have, and share \
         anew"
    )
}

/// What the peer of the losing session is told (section "Crossed Hellos Resolution").
pub(super) const CROSSED: &str = "crossed hellos: the other session goes on";
