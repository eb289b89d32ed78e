//! Frames of durable sessions: each operation is applied in one turn, once, and acknowledged when
//! that turn is durable.

use std::sync::Arc;

use bytes::Bytes;
use hogshead_captp::Violation;
use hogshead_captp::durable::{
    self, Cause, Chain, End, EndReason, Evidence, Frame, Link, Mark, Order, needs_credit,
};
use hogshead_objects::heap::Heap;
use hogshead_objects::ids::{SessionId, Timestamp, VatId};
use hogshead_objects::{Class, Error};
use serde::{Deserialize, Serialize};

use crate::host::core::Core;
use crate::host::history::Cause as TurnCause;
use crate::host::peers::PeerKey;
use crate::host::slot::{LiveCarrier, Resident, Slot};
use crate::host::turn::Work;
use crate::host::vats::encode;
use crate::host::{HostError, layout};
use crate::limits::FORKS_KEPT_MAX;

/// That a fork was found, and with whom.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Found {
    pub peer: VatId,
    pub at: Timestamp,
}

impl Core {
    /// A frame of a peer's carrier.
    pub(crate) fn run_link(
        &self,
        slot: &Arc<Slot>,
        resident: &mut Resident,
        (peer, number): (VatId, u64),
        bytes: &Bytes,
    ) -> Result<(), HostError> {
        if resident.carriers.get(&peer).is_none_or(|carrier| carrier.number != number) {
            return Ok(());
        }
        let done = match Frame::decode(bytes) {
            Ok(frame) => self.run_link_frame(slot, resident, peer, (bytes, frame)),
            Err(violation) => Err(violation.into()),
        };
        self.after_link(slot, resident, (peer, number), done)
    }

    fn run_link_frame(
        &self,
        slot: &Arc<Slot>,
        resident: &mut Resident,
        peer: VatId,
        (bytes, frame): (&Bytes, Frame),
    ) -> Result<(), HostError> {
        if let Frame::Ack { received, credit } = &frame
            && !self.note_ack(slot, resident, peer, (*received, *credit))?
        {
            return Ok(());
        }
        let told = self.tell(&TurnCause::Link { peer, bytes: bytes.clone() });
        self.turn_as(slot, resident, &told, |work| work.take_frame(peer, frame)).map(|_| ())
    }

    /// Notes what the peer has committed; `true` if there is something to be done about it now.
    /// Otherwise the next turn of the session does it, and nothing is lost if there is none.
    fn note_ack(
        &self,
        slot: &Arc<Slot>,
        resident: &mut Resident,
        peer: VatId,
        (received, credit): (Mark, u64),
    ) -> Result<bool, HostError> {
        let behind = resident.carriers.get(&peer).is_some_and(|carrier| carrier.behind);
        let id = resident.by_peer.get(&PeerKey::Vat(peer));
        let Some(live) = id.and_then(|id| resident.sessions.get_mut(id)) else { return Ok(true) };
        let LiveCarrier::Durable { link, .. } = &mut live.carrier else { return Ok(false) };
        let view = crate::host::view::VatView::new(self, slot.number);
        let due = link.note_ack(received, credit, &view)? || behind;
        resident.between.note_ack(link.id(), received, credit);
        Ok(due)
    }

    /// What a peer did wrong ends its session; what only its channel got wrong ends that.
    pub(crate) fn after_link(
        &self,
        slot: &Arc<Slot>,
        resident: &mut Resident,
        (peer, number): (VatId, u64),
        done: Result<(), HostError>,
    ) -> Result<(), HostError> {
        let (why, evidence) = match done {
            Err(HostError::Gap) => {
                let why = Error::new(Class::Severed, "frames are missing on the channel");
                return self.lose_carrier(slot, resident, (peer, number), &why, false);
            }
            Err(HostError::Violation(violation)) => {
                (format!("the peer broke the protocol: {violation}"), None)
            }
            Err(HostError::Fork(evidence)) => {
                (format!("the session has forked: {evidence}"), Some(*evidence))
            }
            other => return other,
        };
        tracing::warn!(vat = %slot.number, %peer, %why, "a durable session was ended");
        self.revive(slot, resident)?;
        let why = Error::new(Class::Severed, why);
        self.take_turn(slot, resident, TurnCause::EndDurable { peer, why, evidence })
    }

    /// A channel is gone. What is not acknowledged stays in the outbox, and is sent by another.
    pub(crate) fn lose_carrier(
        &self,
        slot: &Arc<Slot>,
        resident: &mut Resident,
        (peer, number): (VatId, u64),
        why: &Error,
        in_order: bool,
    ) -> Result<(), HostError> {
        if resident.carriers.get(&peer).is_none_or(|carrier| carrier.number != number) {
            return Ok(());
        }
        resident.carriers.remove(&peer);
        resident.between.uncarried.insert(peer);
        self.peers.uncarried(slot.number, &peer, number);
        tracing::debug!(vat = %slot.number, %peer, %why, "a channel was lost");
        if in_order && resident.has_sent_all(peer) {
            return Ok(());
        }
        self.revive(slot, resident)?;
        self.take_turn(slot, resident, TurnCause::Uncarried { peer, in_order })
    }
}

impl Work<'_, '_, '_> {
    /// Takes a frame of a carrier's.
    pub fn take_frame(&mut self, peer: VatId, frame: Frame) -> Result<(), HostError> {
        match frame {
            Frame::Operation { number, chain, cause, payload } => {
                self.take_operation(peer, (number, chain, cause, payload))
            }
            Frame::Ack { received, credit } => self.settle_acks(peer, (received, credit)),
            Frame::Hello(hello) => self.take_hello(peer, &hello),
            Frame::End(end) => self.take_end(peer, &end),
            Frame::Declined { reason } => self.declined(peer, &reason),
        }
    }

    fn take_operation(
        &mut self,
        peer: VatId,
        (number, chain, cause, payload): (u64, Chain, Cause, Bytes),
    ) -> Result<(), HostError> {
        let known = self.durable_session(&peer)?;
        let Some(id) = known else { return Err(Violation::BeforeHello.into()) };
        if !self.load_session(id)? {
            return Err(Violation::BeforeHello.into());
        }
        self.acks.insert(id);
        self.touched.insert(id);
        match self.link_mut(id)?.receive(number, &chain)? {
            Order::Again => return Ok(()),
            Order::Next => {}
        }
        let operation = Link::operation(&payload)?;
        let is_delivery = needs_credit(&operation);
        // The peer has kept what may have killed this host, and brings it again: it must become a
        // delivery of the vat's own before it runs, so that it can be suspected.
        let carriers = &mut *self.carriers;
        let first =
            || carriers.get_mut(&peer).is_some_and(|c| !std::mem::replace(&mut c.tried, true));
        if self.core.may_have_killed(first)? {
            self.take_in(id, operation)?;
            self.turn.keep_delivered()?;
        } else {
            self.apply(id, operation)?;
        }
        // The session may be over by what it was told.
        if self.sessions.contains_key(&id) {
            self.link_mut(id)?.advance(number, &cause, &payload, is_delivery)?;
        }
        Ok(())
    }

    /// Lets go of what the peer has, and sends what it takes now.
    fn settle_acks(
        &mut self,
        peer: VatId,
        (received, credit): (Mark, u64),
    ) -> Result<(), HostError> {
        let Some(id) = self.durable_session(&peer)? else { return Ok(()) };
        if !self.load_session(id)? {
            return Err(Violation::BeforeHello.into());
        }
        self.touched.insert(id);
        // Noted before, unless the session was not in memory.
        self.note_ack(id, received, credit)?;
        let Some(carrier) = self.carriers.get(&peer) else { return Ok(()) };
        let through = carrier.sent_through;
        if carrier.behind && carrier.outbox.bytes() <= crate::limits::CARRIER_QUEUE_BYTES_MAX {
            self.resend(id, peer, through)?;
        }
        Ok(())
    }

    fn note_ack(&mut self, id: SessionId, received: Mark, credit: u64) -> Result<(), HostError> {
        let Some(live) = self.sessions.get_mut(&id) else { return Ok(()) };
        let LiveCarrier::Durable { link, .. } = &mut live.carrier else { return Ok(()) };
        link.note_ack(received, credit, self.turn.records())?;
        Ok(())
    }

    /// The peer has ended a session. It may be one that we know no more.
    fn take_end(&mut self, peer: VatId, end: &End) -> Result<(), HostError> {
        let Some(id) = self.durable_session(&peer)? else { return Ok(()) };
        let (ours, theirs) = if self.load_session(id)? {
            let link = self.link_mut(id)?;
            (link.ours(), link.theirs())
        } else {
            let link = self.stored_link(id, peer)?;
            (link.ours(), link.theirs())
        };
        if end.theirs != ours || theirs.is_some_and(|theirs| theirs != end.ours) {
            return Ok(());
        }
        let by = match end.why {
            EndReason::Unknown => "the peer does not know this session any more",
            EndReason::Fork => "the peer has proof that the session has forked",
            EndReason::Violation => "the peer found that we broke the protocol",
            _ => "the peer's owner ended the session",
        };
        let why = Error::new(Class::Severed, format!("{by}: {}", end.text));
        tracing::warn!(vat = %self.slot.number, %peer, %why, "the peer ended a durable session");
        if let Some(evidence) = end.evidence {
            self.keep_evidence(id, peer, &evidence.mirrored())?;
        }
        self.forget_session(id, &why)?;
        if self.has_wishes(&PeerKey::Vat(peer))? {
            self.open_link(peer)?;
            return self.send_hello(peer);
        }
        self.drop_carrier(peer)
    }

    /// Ends a durable session and tells the peer why.
    pub fn end_durable(
        &mut self,
        peer: VatId,
        why: &Error,
        reason: EndReason,
        evidence: Option<Evidence>,
    ) -> Result<(), HostError> {
        let Some(id) = self.durable_session(&peer)? else { return self.drop_carrier(peer) };
        if let Some(evidence) = &evidence {
            self.keep_evidence(id, peer, evidence)?;
        }
        let link = match self.load_session(id)? {
            true => self.link_mut(id).map(|link| (link.ours(), link.theirs()))?,
            false => {
                let link = self.stored_link(id, peer)?;
                (link.ours(), link.theirs())
            }
        };
        if let (ours, Some(theirs)) = link {
            let text = why.message().to_owned();
            let end = End { ours, theirs, why: reason, text, evidence };
            self.release_link(peer, vec![Frame::End(Box::new(end)).encode()]);
        }
        self.forget_session(id, why)?;
        if reason == EndReason::Owner {
            self.deny_all(&PeerKey::Vat(peer), why)?;
        }
        self.drop_carrier(peer)
    }

    /// Keeps what proves a fork, for the owner to see.
    fn keep_evidence(
        &mut self,
        id: SessionId,
        peer: VatId,
        evidence: &Evidence,
    ) -> Result<(), HostError> {
        let (from, to) = layout::forks();
        let kept = self.turn.records().range(&from, &to, FORKS_KEPT_MAX)?;
        if kept.len() >= FORKS_KEPT_MAX
            && let Some(oldest) = kept.first().and_then(|(key, _)| layout::session_in(key))
        {
            self.forget_fork(oldest);
        }
        durable::put_evidence(id, evidence, self.turn.records());
        let found = Found { peer, at: self.turn.now() };
        self.turn.records().put(layout::fork(id), encode(&found, false)?);
        Ok(())
    }

    /// Forgets that a session has forked.
    pub fn forget_fork(&mut self, id: SessionId) {
        durable::delete_evidence(id, self.turn.records());
        self.turn.records().delete(layout::fork(id));
    }

    /// After a channel is gone: whether another one is wanted.
    pub fn look_for_carrier(&mut self, peer: VatId, in_order: bool) -> Result<(), HostError> {
        let key = PeerKey::Vat(peer);
        let Some(id) = self.durable_session(&peer)? else { return Ok(()) };
        self.note_heard(id)?;
        let waits = if self.load_session(id)? {
            let questions = self.waits_for_answers(id)?;
            // A peer that leaves in good order comes back when it has an answer.
            self.link_mut(id)?.has_unsent() || (questions && !in_order)
        } else {
            self.has_wishes(&key)?
        };
        if waits {
            self.effects.retry.push(peer);
        }
        Ok(())
    }
}
