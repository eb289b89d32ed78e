//! Channels that carry durable sessions: dialled, or opened by a peer that knocks.

use std::sync::Arc;

use bytes::Bytes;
use hogshead_captp::durable::{self, End, EndReason, Frame, Hello};
use hogshead_netlayer::{Channel, FrameReceiver, FrameSender};
use hogshead_objects::ids::{SessionId, VatId, VatNumber};
use hogshead_objects::locator::Locator;
use hogshead_objects::records::ReadRecords;
use hogshead_objects::{Class, Error};
use tokio::sync::{Semaphore, oneshot};

use super::{Arrived, Carrier};
use crate::host::carrier::Outbox;
use crate::host::core::Core;
use crate::host::network::{VatDoor, gone, internal, lost, next_frame, send_all};
use crate::host::peers::PeerKey;
use crate::host::sessions::{SessionKind, SessionRow};
use crate::host::slot::Input;
use crate::host::vats::decode;
use crate::host::view::VatView;
use crate::host::wishes::Wishes;
use crate::host::{HostError, layout};
use crate::limits::{KNOCKS_MAX, SESSION_IN_FLIGHT_BYTES, STRANGER_FRAME_BYTES_MAX};

/// A channel of which the table of peers is to decide.
struct Coming {
    vat: VatNumber,
    peer: VatId,
    us: VatId,
    epoch: u64,
    dialled: bool,
    hello: Option<Box<Hello>>,
    tx: FrameSender,
    rx: FrameReceiver,
}

impl Core {
    /// Hands a channel that we dialled over to its vat.
    pub(crate) fn carry_dialled(
        self: &Arc<Self>,
        vat: VatNumber,
        channel: Channel,
    ) -> Result<(), Error> {
        let Channel { peer, us, tx, rx, .. } = channel;
        let proof = peer.proof.ok_or_else(unproven)?;
        let (peer, epoch) = (proof.vat, proof.epoch.0);
        self.carry(Coming { vat, peer, us, epoch, dialled: true, hello: None, tx, rx })
    }

    /// Takes a peer in that has a session with the vat, or shows that it knows something there.
    /// Nothing is written or revived for anybody else.
    pub(crate) async fn meet_durable(self: &Arc<Self>, channel: Channel) -> Result<(), Error> {
        let Channel { peer, us, tx, mut rx, .. } = channel;
        let proof = peer.proof.ok_or_else(unproven)?;
        let frame_bytes_max = rx.set_limit(STRANGER_FRAME_BYTES_MAX);
        let vat = self.number_of(&us).map_err(internal)?.ok_or_else(gone)?;
        for _ in 0..KNOCKS_MAX {
            let frame = next_frame(&mut rx).await?;
            let hello = match Frame::decode(&frame) {
                Ok(Frame::Hello(hello)) => hello,
                Ok(_) => return Err(Error::new(Class::Severed, "no hello came first")),
                Err(violation) => return Err(Error::from(&violation)),
            };
            if self.is_let_in(vat, &proof.vat, &hello).map_err(internal)? {
                rx.set_limit(frame_bytes_max);
                let (peer, epoch) = (proof.vat, proof.epoch.0);
                let hello = Some(hello);
                return self.carry(Coming { vat, peer, us, epoch, dialled: false, hello, tx, rx });
            }
            send_all(&tx, vec![turned_away(&hello).encode()]).await?;
        }
        Err(Error::new(Class::Limit, "it knocked too often"))
    }

    /// Whether a peer has a session with a vat or knows something there: point reads.
    fn is_let_in(&self, vat: VatNumber, peer: &VatId, hello: &Hello) -> Result<bool, HostError> {
        if self.has_durable(vat, peer)? {
            return Ok(true);
        }
        let Some(knock) = &hello.knock else { return Ok(false) };
        if hello.theirs.is_some() {
            return Ok(false);
        }
        let door = VatDoor(VatView::new(self, vat));
        let us = self.identity(vat)?.ok_or(HostError::NoSuchVat)?.id;
        let ours =
            |locator: &Locator| locator.is_hog() && locator.vat().is_ok_and(|named| named == us);
        Ok(durable::judge_knock(knock, &ours, &door)?)
    }

    fn has_durable(&self, vat: VatNumber, peer: &VatId) -> Result<bool, HostError> {
        Ok(self.session_with(vat, peer)?.is_some())
    }

    /// The durable session of a vat with a peer, established or not, by its rows.
    pub(super) fn session_with(
        &self,
        vat: VatNumber,
        peer: &VatId,
    ) -> Result<Option<SessionId>, HostError> {
        let view = VatView::new(self, vat);
        let Some(row) = view.get(&layout::session_by_peer(peer))? else { return Ok(None) };
        let id = SessionId(decode(&row, "an index of sessions")?);
        let Some(row) = view.get(&layout::session(id))? else { return Ok(None) };
        let row: SessionRow = decode(&row, "a session")?;
        Ok((row.kind == SessionKind::Durable).then_some(id))
    }

    fn carry(self: &Arc<Self>, coming: Coming) -> Result<(), Error> {
        let Coming { vat, peer, us, epoch, dialled, hello, tx, rx } = coming;
        let number = self.next_arrival();
        if !self.peers.carried(vat, (us, peer), number, dialled) {
            return Ok(());
        }
        let outbox = Outbox::new(tx);
        let (reader, let_go) = oneshot::channel();
        let carrier = Carrier::new(number, (outbox, reader), dialled, epoch);
        self.push(vat, Input::Carrier(Box::new(Arrived { peer, carrier, hello })));
        self.spawn(read_link(Arc::clone(self), vat, (peer, number), rx, let_go));
        Ok(())
    }

    /// Where a peer was last: what is dialled when there is no sturdyref at hand.
    pub(crate) fn last_location(
        &self,
        vat: VatNumber,
        peer: VatId,
    ) -> Result<Option<Locator>, HostError> {
        let view = VatView::new(self, vat);
        let Some(row) = view.get(&layout::session_by_peer(&peer))? else { return Ok(None) };
        let id = SessionId(decode(&row, "an index of sessions")?);
        if let Some(identity) = durable::identity(id, &view)? {
            return Ok(Some(identity.peer));
        }
        let mut wishes = Wishes::default();
        let waiting = wishes.load(&view)?.get(&PeerKey::Vat(peer));
        let first = waiting.and_then(|waiting| waiting.first());
        Ok(first.map(|kept| kept.wish.peer().clone()))
    }
}

/// What a stranger hears that knows nothing here, or speaks of a session that there is not.
fn turned_away(hello: &Hello) -> Frame {
    match hello.theirs {
        Some(ours) => Frame::End(Box::new(End {
            ours,
            theirs: hello.ours,
            why: EndReason::Unknown,
            text: "there is no such session here".to_owned(),
            evidence: None,
        })),
        None => Frame::Declined { reason: "no object has this swiss number".to_owned() },
    }
}

fn unproven() -> Error {
    Error::new(Class::Severed, "a durable session needs a way that proves who is there")
}

/// Reads frames into the vat's inputs until the channel ends.
async fn read_link(
    core: Arc<Core>,
    vat: VatNumber,
    (peer, number): (VatId, u64),
    mut receiver: FrameReceiver,
    mut let_go: oneshot::Receiver<()>,
) {
    let permits = Arc::new(Semaphore::new(SESSION_IN_FLIGHT_BYTES));
    let (why, in_order) = loop {
        let received = tokio::select! {
            biased;
            _ = &mut let_go => return,
            received = receiver.recv() => received,
        };
        match received {
            Ok(Some(bytes)) => {
                let Some(permit) = weigh(&permits, &bytes).await else { return };
                core.push(vat, Input::Link { peer, carrier: number, bytes, permit });
            }
            Ok(None) => break (Error::new(Class::Severed, "the peer closed the channel"), true),
            Err(error) => break (lost(&error), false),
        }
    };
    core.push(vat, Input::Uncarried { peer, carrier: number, why, in_order });
}

async fn weigh(
    permits: &Arc<Semaphore>,
    bytes: &Bytes,
) -> Option<tokio::sync::OwnedSemaphorePermit> {
    let weight = bytes.len().clamp(64, SESSION_IN_FLIGHT_BYTES);
    let weight = u32::try_from(weight).unwrap_or(u32::MAX);
    Arc::clone(permits).acquire_many_owned(weight).await.ok()
}
