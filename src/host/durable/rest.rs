//! What becomes of durable sessions when their vat goes cold, and when it comes back.

use std::collections::BTreeMap;
use std::sync::Arc;

use hogshead_captp::durable::{Link, Parties};
use hogshead_objects::heap::Heap;
use hogshead_objects::ids::{SessionId, VatId, VatNumber};
use hogshead_objects::records::ReadRecords;

use crate::host::core::Core;
use crate::host::history::Cause;
use crate::host::peers::PeerKey;
use crate::host::slot::{Live, LiveCarrier, Resident, Slot};
use crate::host::turn::Work;
use crate::host::vats::mark;
use crate::host::view::VatView;
use crate::host::{HostError, layout};

impl Core {
    /// Goes on with what an earlier process left: wishes, and outboxes that peers have not taken.
    pub(crate) fn take_up_again(
        &self,
        slot: &Arc<Slot>,
        resident: &mut Resident,
    ) -> Result<(), HostError> {
        let view = VatView::new(self, slot.number);
        let (from, to) = layout::wishes();
        if !view.range(&from, &to, 1)?.is_empty() {
            self.take_turn(slot, resident, Cause::ResumeWishes)?;
        }
        if self.has_durable_peer(slot.number)? {
            self.take_turn(slot, resident, Cause::LookAtOutboxes)?;
        }
        Ok(())
    }

    /// Whether a vat has a session that lasts with a vat elsewhere.
    pub(crate) fn has_durable_peer(&self, vat: VatNumber) -> Result<bool, HostError> {
        let (from, to) = layout::durable_peers_of(vat);
        Ok(!self.keep.range(&from, &to, 1)?.is_empty())
    }

    /// The vats elsewhere with which a vat has such sessions, by the host's index: vat zero has a
    /// session of the other kind with every vat of this host.
    pub(crate) fn durable_peers(&self, vat: VatNumber) -> Result<Vec<VatId>, HostError> {
        let (from, to) = layout::durable_peers_of(vat);
        let rows = self.keep.range(&from, &to, usize::MAX)?;
        let peers = rows.iter().filter_map(|(key, _)| layout::durable_peer_in(key));
        Ok(peers.map(|(_, peer)| peer).collect())
    }

    /// Brings durable sessions to rest before their vat goes cold: what peers have is let go of,
    /// what they have not is marked, and the channels are closed.
    pub(crate) fn rest_sessions(
        &self,
        slot: &Arc<Slot>,
        resident: &mut Resident,
    ) -> Result<(), HostError> {
        let has_acks = resident.sessions.values().any(Live::has_noted_acks);
        let has_news = has_acks || !resident.carriers.is_empty();
        if resident.vat.is_some() && has_news {
            self.take_turn(slot, resident, Cause::SettleAcks)?;
        }
        let carried = std::mem::take(&mut resident.carriers);
        resident.between.uncarried.extend(carried.keys());
        for (peer, carrier) in &carried {
            self.peers.uncarried(slot.number, peer, carrier.number);
        }
        self.open_elsewhere(slot, resident, carried.keys())?;
        let mut unsent = Vec::new();
        for (id, peer) in self.unsent(slot, resident, carried.keys())? {
            if !resident.unsent.contains(&id) {
                unsent.push(id);
            } else if carried.contains_key(&peer) {
                // It has the mark already, from when the vat was cold before. That it was reached
                // is no news of what it has taken.
                self.redial.want(slot.number, peer);
            }
        }
        if unsent.is_empty() {
            return Ok(());
        }
        self.revive(slot, resident)?;
        self.take_turn(slot, resident, Cause::MarkUnsent(unsent))
    }

    /// The sessions with something that their peers are not known to have: of those in memory, and
    /// of those with a channel, which may have been dropped from memory and have it still.
    fn unsent<'a>(
        &self,
        slot: &Slot,
        resident: &Resident,
        carried: impl Iterator<Item = &'a VatId>,
    ) -> Result<BTreeMap<SessionId, VatId>, HostError> {
        let mut unsent = BTreeMap::new();
        for (id, live) in &resident.sessions {
            if let LiveCarrier::Durable { peer, link } = &live.carrier
                && link.has_unsent()
            {
                unsent.insert(*id, *peer);
            }
        }
        let view = VatView::new(self, slot.number);
        for peer in carried.filter(|peer| !resident.by_peer.contains_key(&PeerKey::Vat(**peer))) {
            if let Some(id) = self.session_with(slot.number, peer)?
                && let Some(link) = Link::load(id, Parties { us: slot.id, peer: *peer }, &view)?
                && link.is_established()
                && link.has_unsent()
            {
                unsent.insert(id, *peer);
            }
        }
        Ok(unsent)
    }

    /// Has those dialled again whose channel is let go of before they have answered the hello that
    /// something waits for: nobody else would say it again before the next start.
    fn open_elsewhere<'a>(
        &self,
        slot: &Slot,
        resident: &mut Resident,
        carried: impl Iterator<Item = &'a VatId>,
    ) -> Result<(), HostError> {
        let view = VatView::new(self, slot.number);
        for peer in carried {
            if resident.wishes.load(&view)?.contains_key(&PeerKey::Vat(*peer)) {
                self.redial.retry(slot.number, *peer);
            }
        }
        Ok(())
    }

    /// Whether a cold vat has something that peers have not taken, or waits for some to be
    /// reached: then the next start looks at it.
    pub(crate) fn has_unsent(&self, slot: &Slot) -> Result<bool, HostError> {
        let view = VatView::new(self, slot.number);
        for (from, to) in [layout::unsents(), layout::wishes()] {
            if !view.range(&from, &to, 1)?.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl Work<'_, '_, '_> {
    /// Has peers dialled for which an earlier process left something.
    pub fn look_at_outboxes(&mut self) -> Result<(), HostError> {
        for peer in self.core.durable_peers(self.slot.number)? {
            if let Some(id) = self.durable_session(&peer)?
                && self.load_session(id)?
                && self.has_reason_to_dial(id)?
            {
                self.effects.redial.push(peer);
            }
        }
        Ok(())
    }

    /// Lets go of what peers have acknowledged, and notes that those with a channel were there.
    pub fn come_to_rest(&mut self) -> Result<(), HostError> {
        self.touched.extend(self.sessions.keys());
        let carried: Vec<_> = self.carriers.keys().copied().collect();
        for peer in self.core.remembered(carried)? {
            if let Some(id) = self.durable_session(&peer)? {
                self.note_heard(id)?;
            }
        }
        Ok(())
    }

    /// Marks sessions that have something to send while their vat is cold.
    pub fn mark_unsent(&mut self, unsent: Vec<SessionId>) -> Result<(), HostError> {
        for id in unsent {
            if !self.load_session(id)? {
                continue;
            }
            self.turn.records().put(layout::unsent(id), mark());
            self.unsent.insert(id);
            if let Some(LiveCarrier::Durable { peer, .. }) =
                self.sessions.get(&id).map(|live| &live.carrier)
            {
                self.effects.redial.push(*peer);
            }
        }
        Ok(())
    }

    /// Whether a session that is not carried should be.
    pub fn has_reason_to_dial(&mut self, id: SessionId) -> Result<bool, HostError> {
        Ok(self.link_mut(id)?.has_unsent() || self.waits_for_answers(id)?)
    }

    /// Whether the peer owes answers.
    pub fn waits_for_answers(&mut self, id: SessionId) -> Result<bool, HostError> {
        match self.sessions.get_mut(&id) {
            Some(live) => Ok(live.session.waits_for_answers(self.turn.records())?),
            None => Ok(false),
        }
    }
}
