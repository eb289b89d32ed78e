//! Sending: operations become rows of the outbox, and frames once the turn is durable.

use hogshead_captp::Operation;
use hogshead_captp::durable::{Cause, Link};
use hogshead_objects::heap::Heap;
use hogshead_objects::ids::{SessionId, VatId};
use hogshead_objects::mutation::{self, Mutation};

use crate::host::HostError;
use crate::host::slot::LiveCarrier;
use crate::host::turn::Work;
use crate::limits::{CARRIER_QUEUE_BYTES_MAX, OUTBOX_BYTES_MAX};

impl Work<'_, '_, '_> {
    /// The numbering of an established session in memory.
    pub fn link_mut(&mut self, id: SessionId) -> Result<&mut Link, HostError> {
        match self.sessions.get_mut(&id).map(|live| &mut live.carrier) {
            Some(LiveCarrier::Durable { link, .. }) => Ok(link),
            _ => Err(HostError::Internal(format!("session {id} is not durable"))),
        }
    }

    /// Puts what a durable session has to say into its outbox, and gives the carrier what it may
    /// send.
    pub fn hand_over_durable(
        &mut self,
        id: SessionId,
        peer: VatId,
        operations: Vec<Operation>,
    ) -> Result<(), HostError> {
        let settled = {
            let Some(live) = self.sessions.get_mut(&id) else { return Ok(()) };
            let LiveCarrier::Durable { link, .. } = &mut live.carrier else { return Ok(()) };
            let turn = self.turn.number().0;
            for (nth, operation) in operations.into_iter().enumerate() {
                let cause = Cause(self.core.local_keys.cause(&self.slot.id, turn, nth as u64));
                link.queue(operation, cause, self.turn.records())?;
            }
            link.settle_acks(self.turn.records())?;
            !link.has_unsent()
        };
        let tell = self.give_credit(id)? | self.acks.remove(&id);
        if !settled {
            self.sending.insert(id);
        }
        if settled && self.unsent.remove(&id) {
            self.turn.records().delete(crate::host::layout::unsent(id));
        }
        let Some(live) = self.sessions.get_mut(&id) else { return Ok(()) };
        let LiveCarrier::Durable { link, .. } = &mut live.carrier else { return Ok(()) };
        link.flush(self.turn.records());
        let mut frames = link.take_frames();
        let (sent, has_backlog) = (link.sent().number, link.has_unsent());
        let ack = tell.then(|| link.ack());
        let Some(carrier) = self.carriers.get(&peer).filter(|carrier| carrier.greeted) else {
            if has_backlog && !self.carriers.contains_key(&peer) {
                self.effects.redial.push(peer);
            }
            return Ok(());
        };
        let (through, behind) =
            self.sent.get(&peer).copied().unwrap_or((carrier.sent_through, carrier.behind));
        if behind || carrier.outbox.bytes() > CARRIER_QUEUE_BYTES_MAX {
            // They are rows: the rest is read from there when the peer has caught up.
            frames.clear();
            self.sent.insert(peer, (through, true));
        } else if !frames.is_empty() {
            self.sent.insert(peer, (sent, false));
        }
        if mutation::has(Mutation::AcknowledgeEarly) {
            let _ = carrier.outbox.send(ack.clone().into_iter().collect());
        }
        frames.extend(ack);
        self.release_link(peer, frames);
        Ok(())
    }

    /// Says how many more deliveries a session may bring; `true` if the peer waits to be told.
    pub fn give_credit(&mut self, id: SessionId) -> Result<bool, HostError> {
        let unsettled = self.turn.unsettled(id)?;
        let full = self.turn.is_full();
        let Some(live) = self.sessions.get_mut(&id) else { return Ok(false) };
        let limits = live.session.limits();
        let LiveCarrier::Durable { link, .. } = &mut live.carrier else { return Ok(false) };
        let room = if full || unsettled.bytes >= limits.unsettled_bytes_max {
            0
        } else {
            limits.unsettled_max.saturating_sub(unsettled.count)
        };
        if room == 0 {
            self.starved.insert(id);
        } else {
            self.starved.remove(&id);
        }
        Ok(link.grant(room))
    }

    /// Whether a session's outbox takes no more questions.
    pub fn is_outbox_full(&self, id: SessionId) -> Result<bool, HostError> {
        let Some(live) = self.sessions.get(&id) else { return Ok(false) };
        let LiveCarrier::Durable { link, .. } = &live.carrier else { return Ok(false) };
        Ok(is_full(link, self.core.outbox_rows()?))
    }
}

/// Whether an outbox has reached one of its limits.
pub(crate) fn is_full(link: &Link, rows_max: u64) -> bool {
    let backlog = link.backlog();
    backlog.rows() >= rows_max || backlog.bytes() >= OUTBOX_BYTES_MAX
}
