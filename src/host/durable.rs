//! Durable sessions: conversations with vats of other hosts that outlive connections and processes.
//!
//! ```text
//!   wish, outbox ──▶ redial ──dial──▶ carriers ──Input::Carrier──▶ hello ─┐   resume, establish
//!   a peer dials ──▶ knock (strangers) ──────────────────────────▶ hello ─┤
//!                                                                         ▼
//!   turn ──operations──▶ send: outbox rows ──durable──▶ frames ──▶ carrier ──▶ peer
//!   peer ──▶ frames ──Input::Link──▶ turn: applied once ──durable──▶ acknowledgement
//! ```
//!
//! A session's numbers, chains and outbox are rows (`captp::durable`); a **carrier** is a channel
//! of a netlayer that happens to be open. Losing one severs nothing. Whoever has something to send
//! dials, at growing intervals for a while, and again when there is something new or the peer
//! appears. A vat that is evicted keeps no carrier.

mod carriers;
mod frames;
mod hello;
mod redial;
mod rest;
mod send;

use hogshead_captp::Violation;
use hogshead_captp::durable::{Hello, Link, LinkError, Parties};
use hogshead_objects::heap::Heap;
use hogshead_objects::ids::{SessionId, VatId};
use tokio::sync::oneshot;

use super::carrier::Outbox;
use super::sessions::{SessionKind, SessionRow};
use super::turn::Work;
use super::vats::decode;
use super::{HostError, layout};

pub(crate) use self::frames::Found;
pub(crate) use self::redial::Redial;
pub(crate) use self::send::is_full;

/// A channel with a peer, as its vat has it.
pub(crate) struct Carrier {
    /// Which one, in the table of peers.
    pub number: u64,
    pub outbox: Outbox,
    /// Whether we dialled it: then we speak first.
    pub dialled: bool,
    /// Whether the peer's hello was taken in, so that frames may be sent.
    pub greeted: bool,
    /// The last number that was given to the channel.
    pub sent_through: u64,
    /// Whether some were left out, to be read from the outbox's rows when the peer has had what is
    /// under way.
    pub behind: bool,
    /// Of the peer's certificate.
    pub epoch: u64,
    /// How often the peer has found that it does not know what we wanted.
    pub declined: u64,
    /// Whether a second hello of whoever dialled was asked for.
    pub again: bool,
    /// Whether an operation that came over it has been taken in.
    pub tried: bool,
    /// Ends the reader when the vat lets go of the channel.
    pub _reader: oneshot::Sender<()>,
}

impl Carrier {
    /// A channel that nothing was said on.
    pub fn new(
        number: u64,
        (outbox, reader): (Outbox, oneshot::Sender<()>),
        dialled: bool,
        epoch: u64,
    ) -> Self {
        Self {
            number,
            outbox,
            dialled,
            greeted: false,
            sent_through: 0,
            behind: false,
            epoch,
            declined: 0,
            again: false,
            tried: false,
            _reader: reader,
        }
    }
}

/// A channel that is new to its vat.
pub(crate) struct Arrived {
    pub peer: VatId,
    pub carrier: Carrier,
    /// What the peer said, if it was the one to dial.
    pub hello: Option<Box<Hello>>,
}

impl Work<'_, '_, '_> {
    fn parties(&self, peer: VatId) -> Parties {
        Parties { us: self.slot.id, peer }
    }

    /// The durable session with a peer, established or not.
    pub fn durable_session(&mut self, peer: &VatId) -> Result<Option<SessionId>, HostError> {
        let records = self.turn.records();
        let Some(row) = records.get(&layout::session_by_peer(peer))? else { return Ok(None) };
        let id = SessionId(decode(&row, "an index of sessions")?);
        let Some(row) = records.get(&layout::session(id))? else { return Ok(None) };
        let row: SessionRow = decode(&row, "a session")?;
        Ok((row.kind == SessionKind::Durable).then_some(id))
    }

    /// Where the numbering of a session stands, from its rows.
    fn stored_link(&mut self, id: SessionId, peer: VatId) -> Result<Link, HostError> {
        let parties = self.parties(peer);
        let link = Link::load(id, parties, self.turn.records())?;
        link.ok_or_else(|| HostError::Damaged(format!("session {id} has no link")))
    }
}

impl From<LinkError> for HostError {
    fn from(error: LinkError) -> Self {
        match error {
            LinkError::Records(error) => Self::Records(error),
            LinkError::Violation(violation) => Self::Violation(violation),
            LinkError::Fork(evidence) => Self::Fork(evidence),
            LinkError::Gap { .. } => Self::Gap,
            LinkError::Unknown => Self::Violation(Violation::HelloMarks),
        }
    }
}
