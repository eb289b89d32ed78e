//! What a cause makes a vat do: the same when it happens and when it is run again.

use bytes::Bytes;
use hogshead_captp::durable::{EndReason, Frame};
use hogshead_captp::{Bootstrap, Event, Operation, Session};
use hogshead_objects::Ref;
use hogshead_objects::heap::Heap;
use hogshead_objects::ids::{SessionId, VatId, VatNumber};
use hogshead_objects::mutation::{self, Mutation};

use tokio::sync::oneshot;

use super::told::{Carried, Cause, Opening, Told, With};
use crate::host::carrier::Outbox;
use crate::host::core::Core;
use crate::host::durable::Carrier;
use crate::host::layout;
use crate::host::peers::PeerKey;
use crate::host::sessions::{owner_config, session_config};
use crate::host::slot::LiveCarrier;
use crate::host::turn::{Release, Work};
use crate::host::{HostError, inbox};

impl Work<'_, '_, '_> {
    /// Does what a cause makes the vat do.
    pub(crate) fn perform(&mut self, cause: Cause) -> Result<(), HostError> {
        match cause {
            Cause::Ready(id) => {
                self.turn.run(id)?;
                Ok(())
            }
            Cause::Closed { session, why } => {
                let carrier = self.sessions.get(&session).map(|live| live.carrier.closer());
                self.effects.release.push(Release::Then(Box::new(move || drop(carrier))));
                self.end_session(session, &why)
            }
            Cause::Unreachable { peer, why } => self.unreachable(&peer, &why),
            Cause::Denied { peer, why } => match self.has_wishes(&peer)? {
                true => self.unreachable(&peer, &why),
                false => Ok(()),
            },
            Cause::WishAgain(peer) => self.wish_again(&peer),
            Cause::Answered { delivery, outcome } => self.answer_device(delivery, outcome),
            Cause::Command { delivery, command } => self.obey(delivery, command),
            Cause::Part(gone) => self.part_with(&gone),
            Cause::Located { peer, record } => self.note_location(peer, &record),
            Cause::ForgetCalls => self.forget_calls(),
            Cause::Park { delivery, cause } => self.park(delivery, cause),
            Cause::GiveUpInbox(number) => {
                self.turn.records().delete(layout::inbox(number));
                Ok(())
            }
            Cause::MakeAdmin => self.make_admin().map(|_| ()),
            Cause::ExpireGifts => self.expire_gifts(),
            Cause::FireDue(limit) => {
                self.turn.fire_due(limit)?;
                Ok(())
            }
            Cause::Inbox(number) => match self.arrived(number)? {
                Some((from, peer, operation)) => self.take_arrived(number, from, peer, operation),
                None => Ok(()),
            },
            Cause::ParkInbox { number, cause } => match self.arrived(number)? {
                Some((from, peer, operation)) => {
                    self.park_arrived(number, (from, peer), operation, &cause)
                }
                None => Ok(()),
            },
            Cause::Frame { session, bytes, .. } => self.take_plain_frame(session, &bytes),
            Cause::Together { causes, most } => {
                self.take_together(causes, most, Self::perform).map(|_| ())
            }
            Cause::Opened(opening) => self.open_again(*opening),
            Cause::Called(delivery) => match self.turn.device_call(delivery)? {
                Some(call) => self.call_device(call),
                None => Ok(()),
            },
            durable => self.perform_durable(durable),
        }
    }

    /// Does what durable sessions make the vat do.
    fn perform_durable(&mut self, cause: Cause) -> Result<(), HostError> {
        match cause {
            Cause::Carried(carried) => self.carry_again(*carried),
            Cause::Link { peer, bytes } => self.take_frame(peer, Frame::decode(&bytes)?),
            Cause::Uncarried { peer, in_order } => self.look_for_carrier(peer, in_order),
            Cause::EndDurable { peer, why, evidence } => {
                let reason =
                    if evidence.is_some() { EndReason::Fork } else { EndReason::Violation };
                self.end_durable(peer, &why, reason, evidence)
            }
            Cause::ResumeWishes => self.resume_wishes(),
            Cause::LookAtOutboxes => self.look_at_outboxes(),
            Cause::SettleAcks => self.come_to_rest(),
            Cause::MarkUnsent(sessions) => self.mark_unsent(sessions),
            _ => Err(HostError::Internal("a cause that nobody knows".to_owned())),
        }
    }

    /// What waits in the inbox under a number.
    fn arrived(&mut self, number: u64) -> Result<Option<(VatNumber, VatId, Operation)>, HostError> {
        let row = self.turn.records().get(&layout::inbox(number))?;
        row.map(|row| inbox::decode(&row)).transpose()
    }

    /// Takes a frame of a plain session, which was found to be an operation when it came.
    fn take_plain_frame(&mut self, session: SessionId, bytes: &Bytes) -> Result<(), HostError> {
        let Some(live) = self.sessions.get_mut(&session) else {
            self.core.lose_session();
            return Ok(());
        };
        match live.session.handle_frame(bytes)? {
            Event::Operation(operation) => self.apply(session, operation),
            _ => Err(HostError::Internal("a frame is another one than it was".to_owned())),
        }
    }

    /// Takes in a plain session as it was handed to the vat.
    fn open_again(&mut self, opening: Opening) -> Result<(), HostError> {
        let Opening { session: id, memory, with, epoch, first } = opening;
        let (config, carrier) = match with {
            With::Peer(peer) => {
                let carrier = LiveCarrier::Plain { peer, outbox: Outbox::nowhere(), _place: None };
                (session_config(id, Bootstrap::Fetch), carrier)
            }
            With::Owner(admin) => {
                let carrier = LiveCarrier::Owner { outbox: Outbox::nowhere() };
                (owner_config(id, Ref::Facet(admin)), carrier)
            }
        };
        self.welcome(Session::remembered(config, memory), carrier, epoch, first)
    }

    /// Takes up a channel as it was handed to the vat.
    fn carry_again(&mut self, carried: Carried) -> Result<(), HostError> {
        let Carried { peer, number, dialled, epoch, hello } = carried;
        let (reader, _) = oneshot::channel();
        let carrier = Carrier::new(number, (Outbox::nowhere(), reader), dialled, epoch);
        self.carriers.insert(peer, carrier);
        match hello {
            None => self.greet(peer, None),
            Some(hello) => match Frame::decode(&hello)? {
                Frame::Hello(hello) => self.greet(peer, Some(&hello)),
                _ => Err(HostError::Internal("a hello is another frame than it was".to_owned())),
            },
        }
    }

    /// Takes in an operation that arrived from a vat of this host.
    pub(crate) fn take_arrived(
        &mut self,
        number: u64,
        from: VatNumber,
        peer: VatId,
        operation: Operation,
    ) -> Result<(), HostError> {
        let id = self.local_session(from, peer)?;
        if self.core.keeps_inboxes() && !mutation::has(Mutation::KeepInput) {
            self.turn.records().delete(layout::inbox(number));
        }
        self.apply(id, operation)
    }

    /// Takes in a plain session, with what its peer said first; what waited for it goes on.
    pub(crate) fn welcome(
        &mut self,
        session: Session,
        carrier: LiveCarrier,
        epoch: Option<u64>,
        first: Option<Operation>,
    ) -> Result<(), HostError> {
        let peer = match &carrier {
            LiveCarrier::Plain { peer, .. } => Some(peer.clone()),
            _ => None,
        };
        let id = self.open_session(session, carrier, epoch)?;
        if let Some(first) = first {
            self.apply(id, first)?;
        }
        peer.map_or(Ok(()), |peer| self.grant_all(&peer, id))
    }
}

impl Core {
    /// Says how a plain session begins.
    pub(crate) fn told_opening(
        &self,
        session: &Session,
        peer: Option<&PeerKey>,
        epoch: Option<u64>,
        first: Option<&Operation>,
    ) -> Told {
        let with = match (peer, self.admin.get()) {
            (Some(peer), _) => With::Peer(peer.clone()),
            (None, Some(Ref::Facet(admin))) => With::Owner(*admin),
            _ => return Told::opaque(),
        };
        let Some(memory) = session.memory() else { return Told::opaque() };
        let (session, first) = (session.id(), first.cloned());
        let opening = Opening { session, memory, with, epoch, first };
        self.tell(&Cause::Opened(Box::new(opening)))
    }
}
