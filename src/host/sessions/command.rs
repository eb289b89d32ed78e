//! What an owner does with sessions: `session …`.

use std::sync::Arc;

use hogshead_captp::durable::EndReason;
use hogshead_objects::ids::{DeliveryId, SessionId, VatId, VatNumber};
use hogshead_objects::{Class, Error, Ref, Value};

use super::{Meant, SessionKind, SessionRow};
use crate::admin::{OutboxDropped, SessionEnded, SessionInfo};
use crate::host::core::Core;
use crate::host::devices::{Args, Then};
use crate::host::peers::PeerKey;
use crate::host::slot::LiveCarrier;
use crate::host::turn::{Release, Work};
use crate::host::{HostError, VAT_ZERO, layout};
use hogshead_objects::heap::Heap;

impl Work<'_, '_, '_> {
    /// The host device's methods about sessions.
    pub(in crate::host) fn session_device(
        &mut self,
        method: &str,
        mut args: Args,
        delivery: DeliveryId,
    ) -> Result<Then, HostError> {
        let core = self.core.arc();
        if method == "awaited" {
            let target = args.next_value()?;
            return self.awaited(target, delivery);
        }
        let vat = core.named(&args.next::<String>()?)?;
        if method == "session_ls" {
            let (after, limit) = (args.next()?, args.next()?);
            core.answer_later(delivery, move |core| core.session_list(vat, after, limit));
            return Ok(Then::Later);
        }
        let peer: String = args.next()?;
        match method {
            "session_show" => {
                core.answer_later(delivery, move |core| core.session_details(vat, &peer));
            }
            "session_end" => {
                let ending = Arc::clone(&core);
                core.answer_with(delivery, async move { ending.session_end(vat, &peer).await });
            }
            "session_drop_outbox" => {
                core.answer_from(vat, delivery, move |work| work.drop_outbox(&peer));
            }
            "session_expire" => {
                let import = args.next()?;
                core.answer_from(vat, delivery, move |work| work.expire_import(&peer, import));
            }
            "session_expire_export" => {
                let export = args.next()?;
                core.answer_from(vat, delivery, move |work| work.revoke_export(&peer, export));
            }
            other => {
                return Err(Error::bad_call(format!("there is no method `{other}`")).into());
            }
        }
        Ok(Then::Later)
    }

    /// Whom an answer of something may be waiting for.
    fn awaited(&mut self, target: Value, delivery: DeliveryId) -> Result<Then, HostError> {
        enum Who {
            Peer(VatId),
            PeersOf(VatNumber),
            Nobody,
        }
        let who = match target {
            Value::Ref(reference) => match self.home_of(reference)? {
                Some((vat, _)) => Who::PeersOf(vat),
                None => self.peer_of(reference)?.map_or(Who::Nobody, Who::Peer),
            },
            Value::SturdyRef(sturdyref) => match sturdyref.peer.vat() {
                Ok(peer) => match self.core.number_of(&peer)? {
                    Some(vat) => Who::PeersOf(vat),
                    None => Who::Peer(peer),
                },
                // A peer of another transport is never waited for.
                Err(_) => Who::Nobody,
            },
            _ => return Err(Error::bad_call("awaited takes a reference or a sturdyref").into()),
        };
        self.core.arc().answer_later(delivery, move |core| match who {
            Who::Peer(peer) => Ok(core.absent_peer(VAT_ZERO, &peer)?.into_iter().collect()),
            Who::PeersOf(vat) => core.absent_peers(vat),
            Who::Nobody => Ok(Vec::<SessionInfo>::new()),
        });
        Ok(Then::Later)
    }

    fn peer_of(&mut self, reference: Ref) -> Result<Option<VatId>, HostError> {
        let Some(far) = self.turn.far(reference)? else { return Ok(None) };
        let Some(row) = self.turn.records().get(&layout::session(far.session))? else {
            return Ok(None);
        };
        Ok(crate::host::vats::decode::<SessionRow>(&row, "a session")?.peer)
    }

    fn drop_outbox(&mut self, peer: &str) -> Result<OutboxDropped, HostError> {
        let (id, row) = self.core.meant_open(self.slot.number, peer)?;
        let (SessionKind::Durable, Some(peer)) = (row.kind, row.peer) else {
            let why = "only a durable session has an outbox; end this one, if it should let go";
            return Err(Error::bad_call(why).into());
        };
        let why = "the owner dropped the outbox: this was never sent";
        let why = Error::new(Class::Stopped, why);
        let wishes = self.give_up_wishes(peer, &why)?;
        let (mut operations, mut questions, mut left) = Default::default();
        if self.load_session(id)? {
            self.touched.insert(id);
            if let Some(live) = self.sessions.get_mut(&id)
                && let LiveCarrier::Durable { link, .. } = &mut live.carrier
            {
                let dropped = link.drop_outbox(&mut live.session, &why, self.turn)?;
                (operations, questions) = (dropped.operations, dropped.questions);
                left = link.outstanding().into();
            }
        }
        Ok(OutboxDropped { operations, questions, wishes, left })
    }

    fn give_up_wishes(&mut self, peer: VatId, why: &Error) -> Result<u64, HostError> {
        let key = PeerKey::Vat(peer);
        let wishes = self.wishes.load(self.turn.records())?.get(&key).map_or(0, Vec::len);
        if wishes > 0 {
            self.deny_all(&key, why)?;
        }
        Ok(wishes as u64)
    }

    fn expire_import(&mut self, peer: &str, position: u64) -> Result<(), HostError> {
        let id = self.live_session(peer)?;
        let why = "the owner of this vat gave up what it held of the peer";
        let why = Error::new(Class::Stopped, why);
        let Some(live) = self.sessions.get_mut(&id) else { return Ok(()) };
        Ok(live.session.expire_import(position, &why, self.turn)??)
    }

    fn revoke_export(&mut self, peer: &str, position: u64) -> Result<(), HostError> {
        let id = self.live_session(peer)?;
        let why = Error::new(Class::Revoked, "the owner of the vat took it back");
        let Some(live) = self.sessions.get_mut(&id) else { return Ok(()) };
        Ok(live.session.revoke_export(position, &why, self.turn)??)
    }

    /// A session that an owner names, in memory.
    fn live_session(&mut self, peer: &str) -> Result<SessionId, HostError> {
        let (id, _) = self.core.meant_open(self.slot.number, peer)?;
        if !self.load_session(id)? {
            let why = "the peer has not been reached yet: nobody holds anything of the other";
            return Err(Error::bad_call(why).into());
        }
        self.touched.insert(id);
        Ok(id)
    }
}

impl Core {
    /// Ends a session on its owner's word. The peer of a durable one is looked for, to be told.
    async fn session_end(
        self: &Arc<Self>,
        vat: VatNumber,
        peer: &str,
    ) -> Result<SessionEnded, HostError> {
        let id = match self.meant(vat, peer)? {
            Meant::Open(id, row) => {
                if let (SessionKind::Durable, Some(peer)) = (row.kind, row.peer) {
                    self.reach_peers(vat, &[peer]).await;
                }
                id
            }
            Meant::Forked(id, _) => id,
        };
        let ended = self.in_turn(vat, move |work| work.end_for_owner(id)).await?;
        Ok(ended)
    }
}

impl Work<'_, '_, '_> {
    fn end_for_owner(&mut self, id: SessionId) -> Result<SessionEnded, HostError> {
        // It may have ended meanwhile, so it is looked for again.
        let row = match self.core.meant(self.slot.number, &id.0.to_string())? {
            Meant::Open(_, row) => row,
            Meant::Forked(id, found) => {
                self.forget_fork(id);
                let peer = found.peer.to_string();
                return Ok(SessionEnded { id: id.0, peer, told: false });
            }
        };
        let why = Error::new(Class::Severed, "the owner ended the session");
        let mut told = true;
        match (row.kind, row.peer) {
            (SessionKind::Owner, _) => {
                let why = "this is an owner's own connection: it ends with the owner's program";
                return Err(Error::bad_call(why).into());
            }
            (SessionKind::Local { number }, _)
                if number == VAT_ZERO || self.slot.number == VAT_ZERO =>
            {
                let why = "the owner's names lead over this session; forget them by `hogshead name \
                           rm`, or remove the vat";
                return Err(Error::bad_call(why).into());
            }
            (SessionKind::Local { .. }, _) => self.end_session(id, &why)?,
            (SessionKind::Durable, Some(peer)) => {
                self.give_up_wishes(peer, &why)?;
                told = self.carriers.contains_key(&peer);
                self.end_durable(peer, &why, EndReason::Owner, None)?;
                self.core.redial.reached(self.slot.number, peer);
            }
            (SessionKind::Plain | SessionKind::Durable, _) => self.end_plain(id, &why)?,
        }
        Ok(SessionEnded { id: id.0, peer: row.peer_text(), told })
    }

    fn end_plain(&mut self, id: SessionId, why: &Error) -> Result<(), HostError> {
        if let Some(live) = self.sessions.get_mut(&id) {
            live.session.abort(why.message());
            let frames = live.session.take_frames();
            if let Some(outbox) = live.carrier.closer() {
                let vat = self.slot.number;
                self.effects.release.push(Release::Frames { outbox, frames, vat, session: id });
            }
        }
        self.end_session(id, why)
    }
}
