//! What a cause makes a vat do: the same when it happens and when it is run again.

use hogshead_captp::{Operation, Session};
use hogshead_objects::Ref;
use hogshead_objects::heap::Heap;
use hogshead_objects::ids::{VatId, VatNumber};

use super::told::{Cause, Opening, Told, With};
use crate::host::HostError;
use crate::host::core::Core;
use crate::host::layout;
use crate::host::peers::PeerKey;
use crate::host::slot::LiveCarrier;
use crate::host::turn::{Release, Work};

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
            Cause::Inbox(_)
            | Cause::Frame { .. }
            | Cause::Opened(_)
            | Cause::Called(_)
            | Cause::ParkInbox { .. } => {
                Err(HostError::Internal("a cause that comes with more than it says".to_owned()))
            }
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
        self.turn.records().delete(layout::inbox(number));
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
        Told::of(&Cause::Opened(Box::new(opening)))
    }
}
