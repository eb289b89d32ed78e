//! What made a vat take a turn, as the journal says it.

mod read;

use bytes::Bytes;
use hogshead_captp::durable::{Evidence, Frame, Link};
use hogshead_captp::{Operation, SessionMemory};
use hogshead_objects::codec;
use hogshead_objects::ids::{DeliveryId, FacetId, PromiseId, SessionId, VatId};
use hogshead_objects::{Error, Result as Answer, Value};
use serde::{Deserialize, Serialize};

use super::write;
use crate::admin::QuotaChange;
use crate::host::peers::PeerKey;
use crate::host::sessions::SessionCommand;

/// What makes a vat take a turn: an input, or something that a start puts in order.
#[derive(Clone)]
pub(crate) enum Cause {
    /// A ready delivery of the vat's own.
    Ready(DeliveryId),
    /// A row of its inbox.
    Inbox(u64),
    /// A frame of a plain session, and whether what it says is a secret.
    Frame { session: SessionId, bytes: Bytes, secret: bool },
    /// A plain session has begun.
    Opened(Box<Opening>),
    /// A session ends.
    Closed { session: SessionId, why: Error },
    /// A peer could not be reached.
    Unreachable { peer: PeerKey, why: Error },
    /// What waits for a peer that had just been reached is broken, if anything is left.
    Denied { peer: PeerKey, why: Error },
    /// What waits for a peer looks for it anew.
    WishAgain(PeerKey),
    /// A device was called; the call is a row.
    Called(DeliveryId),
    /// A device has answered.
    Answered { delivery: DeliveryId, outcome: Answer<Value> },
    /// The owner commands, by a device call of vat zero.
    Command { delivery: DeliveryId, command: Command },
    /// A channel has come for a durable session.
    Carried(Box<Carried>),
    /// A frame of such a channel.
    Link { peer: VatId, bytes: Bytes },
    /// Such a channel is gone; `in_order` if the peer closed it.
    Uncarried { peer: VatId, in_order: bool },
    /// A peer broke the protocol, or the session has forked.
    EndDurable { peer: VatId, why: Error, evidence: Option<Evidence> },
    /// What waited for peers when the host stopped goes on.
    ResumeWishes,
    /// What peers had not taken when the host stopped is looked at.
    LookAtOutboxes,
    /// What peers have acknowledged is let go of before the vat goes cold.
    SettleAcks,
    /// These sessions have something to send while the vat is cold.
    MarkUnsent(Vec<SessionId>),
    /// Gifts that nobody withdrew in time are let go.
    ExpireGifts,
    /// Another vat of this host was removed.
    Part(VatId),
    /// A peer was found by this record of its own.
    Located { peer: VatId, record: Bytes },
    /// The process that made the vat's device calls is gone.
    ForgetCalls,
    /// A delivery may have killed the process.
    Park { delivery: DeliveryId, cause: Error },
    /// A row of the inbox may have.
    ParkInbox { number: u64, cause: Error },
    /// A row of the inbox is refused by its session.
    GiveUpInbox(u64),
    /// The admin object is made, at the first start.
    MakeAdmin,
    /// Timers are due, of which so many may fire at once.
    FireDue(usize),
    /// Several in one turn; after each, what is ready runs, at most so many in all.
    Together { causes: Vec<Cause>, most: usize },
}

/// A plain session as it is handed to its vat.
#[derive(Clone)]
pub(crate) struct Opening {
    pub session: SessionId,
    /// What the session has in memory. Its key is in it.
    pub memory: SessionMemory,
    /// The peer, or the admin object if it is an owner's.
    pub with: With,
    pub epoch: Option<u64>,
    pub first: Option<Operation>,
}

/// A channel as it is handed to its vat.
#[derive(Clone)]
pub(crate) struct Carried {
    pub peer: VatId,
    pub number: u64,
    pub dialled: bool,
    pub epoch: u64,
    /// What the peer said, if it was the one to dial: a frame.
    pub hello: Option<Bytes>,
}

/// Who has the other side of a plain session.
#[derive(Clone)]
pub(crate) enum With {
    Peer(PeerKey),
    Owner(FacetId),
}

/// What the owner commands a vat.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) enum Command {
    #[serde(rename = "p")]
    Pause,
    #[serde(rename = "r")]
    Resume,
    #[serde(rename = "y")]
    RetryParked(DeliveryId),
    #[serde(rename = "d")]
    DropParked(DeliveryId),
    #[serde(rename = "c")]
    Collect,
    #[serde(rename = "t")]
    CancelTimer(PromiseId),
    #[serde(rename = "l")]
    Location,
    /// About one of its sessions.
    #[serde(rename = "s")]
    Session(SessionId, SessionCommand),
    #[serde(rename = "q")]
    Quota(QuotaChange),
    /// It is to be removed: its peers are told.
    #[serde(rename = "g")]
    Remove,
}

/// A cause in bytes.
pub(crate) struct Told {
    /// CBOR: an array of a tag and what belongs to it.
    pub cause: Vec<u8>,
    /// Whether there is a secret in it.
    pub secret: bool,
}

impl Told {
    /// What cannot be said: whoever runs the history again takes the turn's rows as they are.
    pub fn opaque() -> Self {
        Self { cause: vec![0x81, tag::OPAQUE], secret: false }
    }

    /// Whether this says nothing.
    pub fn is_opaque(&self) -> bool {
        self.cause == [0x81, tag::OPAQUE]
    }

    /// Says what a cause is.
    pub fn of(cause: &Cause) -> Self {
        Self::try_of(cause).unwrap_or_else(|| {
            tracing::debug!("the cause of a turn cannot be described");
            Self::opaque()
        })
    }

    fn try_of(cause: &Cause) -> Option<Self> {
        match cause {
            Cause::Ready(id) => plain(&(tag::READY, id)),
            Cause::Inbox(number) => plain(&(tag::INBOX, number)),
            Cause::Frame { session, bytes, secret } => {
                let told = plain(&(tag::FRAME, session, serde_bytes::Bytes::new(bytes)))?;
                Some(Self { secret: *secret, ..told })
            }
            Cause::Opened(opening) => opened(opening),
            Cause::Closed { session, why } => plain(&(tag::CLOSED, session, Why::from(why))),
            Cause::Unreachable { peer, why } => {
                plain(&(tag::UNREACHABLE, Named::from(peer), Why::from(why)))
            }
            Cause::Denied { peer, why } => plain(&(tag::DENIED, Named::from(peer), Why::from(why))),
            Cause::WishAgain(peer) => plain(&(tag::WISH_AGAIN, Named::from(peer))),
            Cause::Called(delivery) => plain(&(tag::CALLED, delivery)),
            Cause::Answered { delivery, outcome } => answered(*delivery, outcome),
            Cause::Command { delivery, command } => plain(&(tag::COMMAND, delivery, command)),
            Cause::Carried(carried) => {
                let Carried { peer, number, dialled, epoch, hello } = &**carried;
                let hello = hello.as_deref().map(serde_bytes::Bytes::new);
                let told = plain(&(tag::CARRIED, peer, number, dialled, epoch, hello))?;
                // Whoever knocks says what it knows.
                Some(Self { secret: hello.is_some(), ..told })
            }
            Cause::Link { peer, bytes } => {
                let told = plain(&(tag::LINK, peer, serde_bytes::Bytes::new(bytes)))?;
                Some(Self { secret: is_secret(bytes), ..told })
            }
            Cause::Uncarried { peer, in_order } => plain(&(tag::UNCARRIED, peer, in_order)),
            Cause::EndDurable { peer, why, evidence } => {
                let evidence = evidence.map(|evidence| evidence.to_octets());
                let evidence = evidence.as_deref().map(serde_bytes::Bytes::new);
                plain(&(tag::END_DURABLE, peer, Why::from(why), evidence))
            }
            Cause::ResumeWishes => plain(&(tag::RESUME_WISHES,)),
            Cause::LookAtOutboxes => plain(&(tag::LOOK_AT_OUTBOXES,)),
            Cause::SettleAcks => plain(&(tag::SETTLE_ACKS,)),
            Cause::MarkUnsent(sessions) => plain(&(tag::MARK_UNSENT, sessions)),
            Cause::ExpireGifts => plain(&(tag::EXPIRE_GIFTS,)),
            Cause::Part(vat) => plain(&(tag::PART, vat)),
            Cause::Located { peer, record } => {
                plain(&(tag::LOCATED, peer, serde_bytes::Bytes::new(record)))
            }
            Cause::ForgetCalls => plain(&(tag::FORGET_CALLS,)),
            Cause::Park { delivery, cause } => plain(&(tag::PARK, delivery, Why::from(cause))),
            Cause::ParkInbox { number, cause } => {
                plain(&(tag::PARK_INBOX, number, Why::from(cause)))
            }
            Cause::GiveUpInbox(number) => plain(&(tag::GIVE_UP_INBOX, number)),
            Cause::MakeAdmin => plain(&(tag::MAKE_ADMIN,)),
            Cause::FireDue(limit) => plain(&(tag::FIRE_DUE, limit)),
            Cause::Together { causes, most } => together(causes, *most),
        }
    }
}

fn opened(opening: &Opening) -> Option<Told> {
    let with = match &opening.with {
        With::Peer(peer) => (Some(Named::from(peer)), None),
        With::Owner(admin) => (None, Some(*admin)),
    };
    let first = match &opening.first {
        Some(operation) => Some(serde_bytes::ByteBuf::from(operation.to_row().ok()?.bytes)),
        None => None,
    };
    let Opening { session, memory, epoch, .. } = opening;
    let told = plain(&(tag::OPENED, session, memory, with.0, with.1, epoch, first))?;
    Some(Told { secret: true, ..told })
}

fn together(causes: &[Cause], most: usize) -> Option<Told> {
    let mut told = Told { cause: Vec::with_capacity(32), secret: false };
    codec::write_cbor_array(3, &mut told.cause);
    write(&tag::TOGETHER, &mut told.cause);
    write(&most, &mut told.cause);
    codec::write_cbor_array(causes.len(), &mut told.cause);
    for cause in causes {
        let one = Told::try_of(cause)?;
        told.cause.extend_from_slice(&one.cause);
        told.secret |= one.secret;
    }
    Some(told)
}

/// An answer with references has no form outside of its vat; devices give none.
fn answered(delivery: DeliveryId, outcome: &Answer<Value>) -> Option<Told> {
    match outcome {
        Ok(value) => {
            let row = codec::encode_row(value).ok()?;
            let value = serde_bytes::Bytes::new(&row.bytes);
            let told = plain(&(tag::ANSWERED, delivery, value, None::<Why>))?;
            Some(Told { secret: row.secret, ..told })
        }
        Err(why) => plain(&(tag::ANSWERED, delivery, None::<u8>, Why::from(why))),
    }
}

/// Whether what a frame of a durable session says is a secret. Hellos may knock.
fn is_secret(frame: &Bytes) -> bool {
    match Frame::decode(frame) {
        Ok(Frame::Operation { payload, .. }) => {
            Link::operation(&payload).is_ok_and(|operation| operation.is_secret())
        }
        Ok(Frame::Hello(_)) => true,
        _ => false,
    }
}

fn plain(cause: &impl Serialize) -> Option<Told> {
    let mut bytes = Vec::with_capacity(24);
    codec::write_cbor(cause, &mut bytes).ok()?;
    Some(Told { cause: bytes, secret: false })
}

/// An error, and whether it has a detail: then whoever is told of it gets a cause to search the
/// log by. What the detail is stays in the log.
#[derive(Serialize, Deserialize)]
struct Why(Error, bool);

impl From<&Error> for Why {
    fn from(error: &Error) -> Self {
        Self(error.clone(), error.detail().is_some())
    }
}

/// A peer: by its key, or as another network names it.
#[derive(Serialize, Deserialize)]
struct Named(Option<VatId>, Option<(String, String)>);

impl From<&PeerKey> for Named {
    fn from(peer: &PeerKey) -> Self {
        match peer {
            PeerKey::Vat(vat) => Self(Some(*vat), None),
            PeerKey::Other(peer) => {
                Self(None, Some((peer.designator.clone(), peer.transport.as_str().to_owned())))
            }
        }
    }
}

/// What an array of a cause begins with.
mod tag {
    pub const OPAQUE: u8 = 0;
    pub const READY: u8 = 1;
    pub const INBOX: u8 = 2;
    pub const FRAME: u8 = 3;
    pub const OPENED: u8 = 4;
    pub const CLOSED: u8 = 5;
    pub const UNREACHABLE: u8 = 6;
    pub const WISH_AGAIN: u8 = 7;
    pub const CALLED: u8 = 8;
    pub const ANSWERED: u8 = 9;
    pub const COMMAND: u8 = 10;
    pub const EXPIRE_GIFTS: u8 = 11;
    pub const PART: u8 = 12;
    pub const DENIED: u8 = 13;
    pub const FORGET_CALLS: u8 = 14;
    pub const PARK: u8 = 15;
    pub const PARK_INBOX: u8 = 16;
    pub const GIVE_UP_INBOX: u8 = 17;
    pub const MAKE_ADMIN: u8 = 18;
    pub const FIRE_DUE: u8 = 19;
    pub const CARRIED: u8 = 20;
    pub const LINK: u8 = 21;
    pub const UNCARRIED: u8 = 22;
    pub const END_DURABLE: u8 = 23;
    pub const RESUME_WISHES: u8 = 24;
    pub const LOOK_AT_OUTBOXES: u8 = 25;
    pub const SETTLE_ACKS: u8 = 26;
    pub const MARK_UNSENT: u8 = 27;
    pub const LOCATED: u8 = 32;
    pub const TOGETHER: u8 = 33;
}
