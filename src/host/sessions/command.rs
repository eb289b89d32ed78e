//! What an owner does with sessions: `session …`.

use hogshead_captp::durable::EndReason;
use hogshead_objects::codec::to_value;
use hogshead_objects::heap::Heap;
use hogshead_objects::ids::{DeliveryId, SessionId, VatId, VatNumber};
use hogshead_objects::{Class, Error, Ref, Result as Answer, Value};
use serde::{Deserialize, Serialize};

use super::{Meant, SessionKind, SessionRow};
use crate::admin::{OutboxDropped, SessionEnded, SessionInfo};
use crate::host::core::Core;
use crate::host::devices::{Args, Then};
use crate::host::durable::Found;
use crate::host::history::Command;
use crate::host::peers::PeerKey;
use crate::host::slot::LiveCarrier;
use crate::host::turn::{Release, Work};
use crate::host::vats::decode;
use crate::host::{HostError, VAT_ZERO, layout};

/// What the owner commands about a session.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) enum SessionCommand {
    /// It is to end; of one that has forked, the evidence is to be forgotten.
    #[serde(rename = "e")]
    End,
    /// What was never sent is to be dropped.
    #[serde(rename = "o")]
    DropOutbox,
    /// What this vat holds at a position of the peer's is to be given up.
    #[serde(rename = "i")]
    Expire(u64),
    /// What the peer holds at a position is to be taken back.
    #[serde(rename = "x")]
    ExpireExport(u64),
}

impl Work<'_, '_, '_> {
    /// The host device's methods about sessions.
    pub(in crate::host) fn session_device(
        &mut self,
        method: &str,
        mut args: Args,
        delivery: DeliveryId,
    ) -> Result<Then, HostError> {
        let core = self.core;
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
        let command = match method {
            "session_show" => {
                core.answer_later(delivery, move |core| core.session_details(vat, &peer));
                return Ok(Then::Later);
            }
            "session_end" => SessionCommand::End,
            "session_drop_outbox" => SessionCommand::DropOutbox,
            "session_expire" => SessionCommand::Expire(args.next()?),
            "session_expire_export" => SessionCommand::ExpireExport(args.next()?),
            other => {
                return Err(Error::bad_call(format!("there is no method `{other}`")).into());
            }
        };
        core.effect(|core| core.command_session((vat, peer), delivery, command));
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
        self.core.answer_later(delivery, move |core| match who {
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
        Ok(decode::<SessionRow>(&row, "a session")?.peer)
    }

    /// Does what the owner commands about a session of this vat.
    pub(in crate::host) fn tend_session(
        &mut self,
        id: SessionId,
        command: SessionCommand,
    ) -> Result<Answer<Value>, HostError> {
        match command {
            SessionCommand::End => Ok(to_value(&self.end_for_owner(id)?)),
            SessionCommand::DropOutbox => Ok(to_value(&self.drop_outbox(id)?)),
            SessionCommand::Expire(import) => Ok(to_value(&self.expire_import(id, import)?)),
            SessionCommand::ExpireExport(export) => Ok(to_value(&self.revoke_export(id, export)?)),
        }
    }

    /// The row of a session. It may have ended since the owner named it.
    fn row_of(&mut self, id: SessionId) -> Result<SessionRow, HostError> {
        let Some(row) = self.turn.records().get(&layout::session(id))? else {
            let over = format!("session {id} has ended; `hogshead session ls` lists what there is");
            return Err(Error::new(Class::Severed, over).into());
        };
        decode(&row, "a session")
    }

    fn drop_outbox(&mut self, id: SessionId) -> Result<OutboxDropped, HostError> {
        let row = self.row_of(id)?;
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

    fn expire_import(&mut self, id: SessionId, position: u64) -> Result<(), HostError> {
        self.make_live(id)?;
        let why = "the owner of this vat gave up what it held of the peer";
        let why = Error::new(Class::Stopped, why);
        let Some(live) = self.sessions.get_mut(&id) else { return Ok(()) };
        Ok(live.session.expire_import(position, &why, self.turn)??)
    }

    fn revoke_export(&mut self, id: SessionId, position: u64) -> Result<(), HostError> {
        self.make_live(id)?;
        let why = Error::new(Class::Revoked, "the owner of the vat took it back");
        let Some(live) = self.sessions.get_mut(&id) else { return Ok(()) };
        Ok(live.session.revoke_export(position, &why, self.turn)??)
    }

    /// Makes sure that a session in which something is held is in memory.
    fn make_live(&mut self, id: SessionId) -> Result<(), HostError> {
        self.row_of(id)?;
        if !self.load_session(id)? {
            let why = "the peer has not been reached yet: nobody holds anything of the other";
            return Err(Error::bad_call(why).into());
        }
        self.touched.insert(id);
        Ok(())
    }
}

impl Core {
    /// Has a vat do what its owner commands about a session. The peer of a durable one that is to
    /// end is looked for, to be told.
    fn command_session(
        &self,
        (vat, peer): (VatNumber, String),
        delivery: DeliveryId,
        command: SessionCommand,
    ) {
        let core = self.arc();
        self.spawn(async move {
            let looking = core.arc();
            let meant = core.blocking(move || looking.meant(vat, &peer)).await;
            let meant = meant.unwrap_or_else(|panic| Err(HostError::Internal(panic.to_string())));
            let id = match meant {
                Ok(Meant::Open(id, SessionRow { kind, peer, .. })) => {
                    if let (SessionKind::Durable, Some(peer), SessionCommand::End) =
                        (kind, peer, command)
                    {
                        core.reach_peers(vat, &[peer]).await;
                    }
                    id
                }
                Ok(Meant::Forked(id, _)) => id,
                Err(error) => return core.refuse_call(delivery, error),
            };
            core.command(vat, delivery, Command::Session(id, command));
        });
    }
}

impl Work<'_, '_, '_> {
    fn end_for_owner(&mut self, id: SessionId) -> Result<SessionEnded, HostError> {
        if let Some(row) = self.turn.records().get(&layout::fork(id))? {
            let found: Found = decode(&row, "a fork")?;
            self.forget_fork(id);
            return Ok(SessionEnded { id: id.0, peer: found.peer.to_string(), told: false });
        }
        let row = self.row_of(id)?;
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
                let vat = self.slot.number;
                self.core.effect(|core| core.redial.reached(vat, peer));
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
