//! The sessions of a vat within a turn: found, begun, ended.

mod command;
mod find;
mod goodbye;

use std::sync::{Arc, LazyLock};

pub(crate) use self::command::SessionCommand;
pub(crate) use self::find::Meant;
use hogshead_captp::durable::{self, EndReason, Link, Parties};
use hogshead_captp::handoff::Identity;
use hogshead_captp::{Bootstrap, Config, Dialect, Limits, Operation, Session};
use hogshead_objects::heap::Heap;
use hogshead_objects::ids::{SessionId, Timestamp, VatId, VatNumber};
use hogshead_objects::{Class, Error, Ref};
use hogshead_vat::Caller;
use serde::{Deserialize, Deserializer, Serialize};
use serde_bytes::ByteArray;
use tokio::time::Instant;

use super::peers::PeerKey;
use super::slot::{Live, LiveCarrier};
use super::turn::Work;
use super::vats::{decode, encode, epoch_row};
use super::{HostError, layout};
use crate::limits::{LOCAL_TABLE_MAX, WRONG_GUESSES_MAX};

/// What the host keeps of a session beside the session's own tables.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct SessionRow {
    pub kind: SessionKind,
    /// The peer, if it is a vat. It was found sound when the session began.
    #[serde(default, deserialize_with = "own_key")]
    pub peer: Option<VatId>,
    /// The peer on another network, without the ways to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elsewhere: Option<String>,
    /// When it began; rows of earlier versions do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub began: Option<Timestamp>,
    /// Of a durable one, when its peer was last known to be there: written when a channel comes,
    /// when one goes, and when the vat goes cold, not as frames arrive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heard: Option<Timestamp>,
}

fn own_key<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<VatId>, D::Error> {
    let key = Option::<ByteArray<32>>::deserialize(deserializer)?;
    Ok(key.map(|key| VatId::from_own(key.into_array())))
}

impl SessionRow {
    /// A session that begins now.
    pub fn new(kind: SessionKind, peer: Option<VatId>, now: Timestamp) -> Self {
        Self { kind, peer, elsewhere: None, began: Some(now), heard: None }
    }
}

/// How a session is carried.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) enum SessionKind {
    /// Between vats of this host: it lasts as long as they do.
    Local { number: VatNumber },
    /// Over a connection: it ends with it, at the latest when the host starts again.
    Plain,
    /// With a vat of another host, whatever connections there are.
    Durable,
    /// An owner's.
    Owner,
}

impl Work<'_, '_, '_> {
    /// Makes sure that a session is in memory; `false` if it has ended.
    pub fn load_session(&mut self, id: SessionId) -> Result<bool, HostError> {
        if self.sessions.contains_key(&id) {
            return Ok(true);
        }
        let Some(row) = self.turn.records().get(&layout::session(id))? else { return Ok(false) };
        let row: SessionRow = decode(&row, "a session")?;
        match (row.kind, row.peer) {
            (SessionKind::Local { number }, Some(peer)) => {
                self.insert_local(id, number, peer)?;
                Ok(true)
            }
            (SessionKind::Durable, Some(peer)) => self.load_durable(id, peer),
            _ => {
                self.core.lose_session();
                Ok(false)
            }
        }
    }

    /// Reads a durable session; `false` if it is not established yet.
    fn load_durable(&mut self, id: SessionId, peer: VatId) -> Result<bool, HostError> {
        // Only of a vat elsewhere is the key ever used as one.
        let peer = VatId::from_bytes(peer.as_bytes())
            .map_err(|error| HostError::Damaged(format!("the peer of session {id}: {error}")))?;
        let parties = Parties { us: self.slot.id, peer };
        let link = Link::load(id, parties, self.turn.records())?;
        let Some(link) = link.filter(Link::is_established) else { return Ok(false) };
        let identity = durable::identity(id, self.turn.records())?;
        let identity =
            identity.ok_or_else(|| HostError::Damaged(format!("session {id} has no identity")))?;
        if self.turn.records().get(&layout::unsent(id))?.is_some() {
            self.unsent.insert(id);
        }
        self.insert_durable(id, peer, link, identity);
        Ok(true)
    }

    /// The session with a peer, if there is one.
    pub fn known_session(&mut self, peer: &VatId) -> Result<Option<SessionId>, HostError> {
        if let Some(id) = self.by_peer.get(&PeerKey::Vat(*peer)) {
            return Ok(Some(*id));
        }
        let Some(row) = self.turn.records().get(&layout::session_by_peer(peer))? else {
            return Ok(None);
        };
        let id = SessionId(decode(&row, "an index of sessions")?);
        Ok(self.load_session(id)?.then_some(id))
    }

    /// The session with another vat of this host, begun if there is none.
    pub fn local_session(
        &mut self,
        number: VatNumber,
        peer: VatId,
    ) -> Result<SessionId, HostError> {
        if let Some(id) = self.known_session(&peer)? {
            return Ok(id);
        }
        let index = layout::session_by_peer(&peer);
        let id = self.core.next_session()?;
        let kind = SessionKind::Local { number };
        let row = encode(&SessionRow::new(kind, Some(peer), self.turn.now()), false)?;
        self.turn.records().put(layout::session(id), row);
        self.turn.records().put(index, encode(&id.0, false)?);
        self.insert_local(id, number, peer)?;
        Ok(id)
    }

    fn insert_local(
        &mut self,
        id: SessionId,
        number: VatNumber,
        peer: VatId,
    ) -> Result<(), HostError> {
        // The owner reaches a vat's steward from vat zero, and nobody else does.
        let bootstrap = match number {
            VatNumber(0) => Bootstrap::Object(self.turn.steward()),
            _ => Bootstrap::Fetch,
        };
        let sides = self.core.local_keys.neighbours(self.slot.id, peer);
        let session = Session::neighbour(local_config(id, bootstrap), sides);
        let carrier = LiveCarrier::Local { peer: number, id: peer };
        self.sessions.insert(id, Live::new(session, carrier));
        self.by_peer.insert(PeerKey::Vat(peer), id);
        Ok(())
    }

    /// Takes in a plain session that has begun.
    pub fn open_session(
        &mut self,
        session: Session,
        carrier: LiveCarrier,
        epoch: Option<u64>,
    ) -> Result<SessionId, HostError> {
        let id = session.id();
        let mut row = SessionRow::new(SessionKind::Owner, None, self.turn.now());
        if let LiveCarrier::Plain { peer, .. } = &carrier {
            row.kind = SessionKind::Plain;
            row.peer = peer.vat();
            row.elsewhere = peer.vat().is_none().then(|| peer.to_string());
            // The peer speaks plain OCapN only: what was prepared for it is of no use.
            self.drop_opening(peer)?;
            self.by_peer.insert(peer.clone(), id);
        }
        self.turn.records().put(layout::session(id), encode(&row, false)?);
        self.turn.records().put(layout::carried_session(id), super::vats::mark());
        if let (Some(peer), Some(epoch)) = (row.peer, epoch) {
            self.turn.records().put(layout::seen_epoch(&peer), epoch_row(epoch)?);
        }
        self.sessions.insert(id, Live::new(session, carrier));
        self.touched.insert(id);
        Ok(id)
    }

    /// Applies an operation of a peer, and runs the delivery that it may be.
    pub fn apply(&mut self, id: SessionId, operation: Operation) -> Result<(), HostError> {
        self.take_in(id, operation)?;
        self.turn.run_delivered()?;
        Ok(())
    }

    /// Applies an operation of a peer without running the delivery that it may be.
    pub fn take_in(&mut self, id: SessionId, operation: Operation) -> Result<(), HostError> {
        if let Operation::Abort(reason) = &operation {
            let why = format!("the other vat ended the session: {reason}");
            if let Some(live) = self.sessions.get_mut(&id) {
                // It has ended already, so that the other side is not told in turn.
                live.session.abort("");
            }
            return self.end_session(id, &Error::new(Class::Severed, why));
        }
        let Some(live) = self.sessions.get_mut(&id) else { return Ok(()) };
        live.last_used = Instant::now();
        self.touched.insert(id);
        self.turn.set_caller(live.carrier.caller());
        live.session.handle_operation(operation, self.turn)?;
        self.turn.set_caller(Caller::Own);
        self.withdraw_gifts(id)
    }

    /// The peer of a durable session is there, or was until now.
    pub fn note_heard(&mut self, id: SessionId) -> Result<(), HostError> {
        let key = layout::session(id);
        let Some(row) = self.turn.records().get(&key)? else { return Ok(()) };
        let mut row: SessionRow = decode(&row, "a session")?;
        row.heard = Some(self.turn.now());
        self.turn.records().put(key, encode(&row, false)?);
        Ok(())
    }

    /// Ends a session: what the peer held is released, what it owed is broken. The peer of one that
    /// outlives connections is told.
    pub fn end_session(&mut self, id: SessionId, why: &Error) -> Result<(), HostError> {
        if let Some(row) = self.turn.records().get(&layout::session(id))?
            && let SessionRow { kind: SessionKind::Durable, peer: Some(peer), .. } =
                decode(&row, "a session")?
        {
            return self.end_durable(peer, why, EndReason::Owner, None);
        }
        self.forget_session(id, why)
    }

    /// Ends our side of a session.
    pub fn forget_session(&mut self, id: SessionId, why: &Error) -> Result<(), HostError> {
        match self.sessions.remove(&id) {
            Some(mut live) => {
                if let LiveCarrier::Plain { peer, .. } = &live.carrier {
                    self.core.session_ended(self.slot.number, peer, id);
                }
                live.session.sever(why, self.turn)?;
                self.hand_over_last(&mut live)?;
            }
            None => hogshead_captp::session::sever_rows(id, why, self.turn)?,
        }
        self.by_peer.retain(|_, known| *known != id);
        let key = layout::session(id);
        if let Some(row) = self.turn.records().get(&key)? {
            let row: SessionRow = decode(&row, "a session")?;
            let lasting = matches!(row.kind, SessionKind::Local { .. } | SessionKind::Durable);
            if let (SessionKind::Durable, Some(peer)) = (row.kind, row.peer) {
                self.announce_to(&peer, false)?;
                self.count_durable(-1)?;
            }
            if let (true, Some(peer)) = (lasting, row.peer) {
                self.turn.records().delete(layout::session_by_peer(&peer));
            }
            self.turn.records().delete(key);
        }
        self.turn.records().delete(layout::carried_session(id));
        self.starved.remove(&id);
        if self.unsent.remove(&id) {
            self.turn.records().delete(layout::unsent(id));
        }
        Ok(())
    }

    /// The vat of this host that has what `reference` leads to, and the session to it.
    pub fn home_of(&mut self, reference: Ref) -> Result<Option<(VatNumber, SessionId)>, HostError> {
        let Some(far) = self.turn.far(reference)? else { return Ok(None) };
        if !self.load_session(far.session)? {
            return Ok(None);
        }
        Ok(self.sessions.get(&far.session).and_then(|live| match live.carrier {
            LiveCarrier::Local { peer, .. } => Some((peer, far.session)),
            _ => None,
        }))
    }
}

/// How this host's sessions are set up.
pub(crate) fn session_config(id: SessionId, bootstrap: Bootstrap) -> Config {
    static LIMITS: LazyLock<Arc<Limits>> = LazyLock::new(|| plain_limits().into());
    let limits = Arc::clone(&LIMITS);
    Config { id, dialect: Dialect::default(), bootstrap, limits, identity: None, handoffs: true }
}

/// How sessions between vats of this host are set up: their tables may be far larger, since
/// whoever fills them has a quota.
pub(crate) fn local_config(id: SessionId, bootstrap: Bootstrap) -> Config {
    static LIMITS: LazyLock<Arc<Limits>> = LazyLock::new(|| local_limits().into());
    let limits = Arc::clone(&LIMITS);
    Config { limits, ..session_config(id, bootstrap) }
}

fn plain_limits() -> Limits {
    Limits { wrong_guesses_max: WRONG_GUESSES_MAX, ..Limits::default() }
}

fn local_limits() -> Limits {
    Limits {
        exports_max: LOCAL_TABLE_MAX,
        imports_max: LOCAL_TABLE_MAX,
        answers_max: LOCAL_TABLE_MAX,
        questions_max: LOCAL_TABLE_MAX,
        pending_max: LOCAL_TABLE_MAX,
        unsettled_max: u64::MAX,
        unsettled_bytes_max: u64::MAX,
        gifts_max: LOCAL_TABLE_MAX,
        withdrawals_max: LOCAL_TABLE_MAX,
        // A vat that is paused for a month must find its gifts.
        gift_age_ms_max: u64::MAX,
        withdrawal_wait_ms_max: u64::MAX,
        handoffs_max: hogshead_vat::limits::MESSAGE_REFS_MAX,
        ..Limits::default()
    }
}

/// How durable sessions are set up. A peer may be away for a year, so what waits for it has no
/// age.
pub(crate) fn durable_config(id: SessionId, identity: Identity) -> Config {
    static LIMITS: LazyLock<Arc<Limits>> = LazyLock::new(|| {
        let (gift_age_ms_max, withdrawal_wait_ms_max) = (u64::MAX, u64::MAX);
        Limits { gift_age_ms_max, withdrawal_wait_ms_max, ..plain_limits() }.into()
    });
    let limits = Arc::clone(&LIMITS);
    Config { limits, identity: Some(identity), ..session_config(id, Bootstrap::Fetch) }
}

/// How owners' sessions are set up. An owner's process dials nobody, so what it is given is
/// proxied by vat zero; and what it asks for waits as long as it must, within vat zero's quota.
pub(crate) fn owner_config(id: SessionId, admin: Ref) -> Config {
    static LIMITS: LazyLock<Arc<Limits>> = LazyLock::new(|| {
        let (unsettled_max, unsettled_bytes_max) = (u64::MAX, u64::MAX);
        Limits { unsettled_max, unsettled_bytes_max, ..plain_limits() }.into()
    });
    let limits = Arc::clone(&LIMITS);
    Config { handoffs: false, limits, ..session_config(id, Bootstrap::Object(admin)) }
}
