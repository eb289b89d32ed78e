//! Reading causes back.

use bytes::Bytes;
use ciborium::Value;
use hogshead_captp::Operation;
use hogshead_captp::durable::Evidence;
use hogshead_objects::locator::Peer;
use hogshead_objects::{Error, Symbol, codec};
use serde::de::DeserializeOwned;
use serde_bytes::ByteBuf;

use super::{Carried, Cause, Named, Opening, Why, With, tag};
use crate::host::peers::PeerKey;

impl Cause {
    /// The cause that an array says. Nothing of one that is opaque, or that this version does not
    /// know.
    pub fn read(told: &Value) -> Option<Self> {
        let Value::Array(fields) = told else { return None };
        let number = fields.first()?.as_integer()?;
        Some(match u8::try_from(number).ok()? {
            tag::READY => Self::Ready(one(fields)?),
            tag::INBOX => Self::Inbox(one(fields)?),
            tag::FRAME => {
                let (session, bytes): (_, ByteBuf) = rest(fields)?;
                Self::Frame { session, bytes: bytes.into_vec().into(), secret: false }
            }
            tag::OPENED => Self::Opened(Box::new(opened(fields)?)),
            tag::CLOSED => {
                let (session, why): (_, Why) = rest(fields)?;
                Self::Closed { session, why: why.into() }
            }
            tag::UNREACHABLE => {
                let (peer, why): (Named, Why) = rest(fields)?;
                Self::Unreachable { peer: peer.key()?, why: why.into() }
            }
            tag::DENIED => {
                let (peer, why): (Named, Why) = rest(fields)?;
                Self::Denied { peer: peer.key()?, why: why.into() }
            }
            tag::WISH_AGAIN => Self::WishAgain(one::<Named>(fields)?.key()?),
            tag::CALLED => Self::Called(one(fields)?),
            tag::ANSWERED => answered(fields)?,
            tag::COMMAND => {
                let (delivery, command) = rest(fields)?;
                Self::Command { delivery, command }
            }
            tag::EXPIRE_GIFTS => Self::ExpireGifts,
            tag::PART => Self::Part(one(fields)?),
            tag::FORGET_CALLS => Self::ForgetCalls,
            tag::PARK => {
                let (delivery, cause): (_, Why) = rest(fields)?;
                Self::Park { delivery, cause: cause.into() }
            }
            tag::PARK_INBOX => {
                let (number, cause): (_, Why) = rest(fields)?;
                Self::ParkInbox { number, cause: cause.into() }
            }
            tag::GIVE_UP_INBOX => Self::GiveUpInbox(one(fields)?),
            tag::MAKE_ADMIN => Self::MakeAdmin,
            tag::FIRE_DUE => Self::FireDue(one(fields)?),
            tag::TOGETHER => {
                let [_, most, Value::Array(causes)] = fields.as_slice() else { return None };
                let causes = causes.iter().map(Self::read).collect::<Option<_>>()?;
                Self::Together { causes, most: most.deserialized().ok()? }
            }
            other => return durable(other, fields),
        })
    }
}

/// What durable sessions bring.
fn durable(number: u8, fields: &[Value]) -> Option<Cause> {
    Some(match number {
        tag::CARRIED => {
            let (peer, number, dialled, epoch, hello): (_, _, _, _, Option<ByteBuf>) =
                rest(fields)?;
            let hello = hello.map(|hello| hello.into_vec().into());
            Cause::Carried(Box::new(Carried { peer, number, dialled, epoch, hello }))
        }
        tag::LINK => {
            let (peer, bytes): (_, ByteBuf) = rest(fields)?;
            Cause::Link { peer, bytes: bytes.into_vec().into() }
        }
        tag::UNCARRIED => {
            let (peer, in_order) = rest(fields)?;
            Cause::Uncarried { peer, in_order }
        }
        tag::END_DURABLE => {
            let (peer, why, evidence): (_, Why, Option<ByteBuf>) = rest(fields)?;
            let evidence = match evidence {
                Some(octets) => Some(Evidence::from_octets(&octets.into_vec().into())?),
                None => None,
            };
            Cause::EndDurable { peer, why: why.into(), evidence }
        }
        tag::RESUME_WISHES => Cause::ResumeWishes,
        tag::LOOK_AT_OUTBOXES => Cause::LookAtOutboxes,
        tag::SETTLE_ACKS => Cause::SettleAcks,
        tag::MARK_UNSENT => Cause::MarkUnsent(one(fields)?),
        tag::LOCATED => {
            let (peer, record): (_, ByteBuf) = rest(fields)?;
            Cause::Located { peer, record: record.into_vec().into() }
        }
        _ => return None,
    })
}

fn opened(fields: &[Value]) -> Option<Opening> {
    type Fields<S, M> = (S, M, Option<Named>, Option<hogshead_objects::ids::FacetId>, Option<u64>);
    let (head, last) = fields.get(1..)?.split_at_checked(5)?;
    let (session, memory, peer, admin, epoch): Fields<_, _> =
        Value::Array(head.to_vec()).deserialized().ok()?;
    let first: Option<ByteBuf> = last.first()?.deserialized().ok()?;
    let with = match (peer, admin) {
        (Some(peer), None) => With::Peer(peer.key()?),
        (None, Some(admin)) => With::Owner(admin),
        _ => return None,
    };
    let first = match first {
        Some(row) => Some(Operation::from_row(&row.into_vec().into()).ok()?),
        None => None,
    };
    Some(Opening { session, memory, with, epoch, first })
}

fn answered(fields: &[Value]) -> Option<Cause> {
    let (delivery, value, why): (_, Option<ByteBuf>, Option<Why>) = rest(fields)?;
    let outcome = match (value, why) {
        (Some(value), None) => Ok(codec::decode_row(&Bytes::from(value.into_vec())).ok()?),
        (None, Some(why)) => Err(why.into()),
        _ => return None,
    };
    Some(Cause::Answered { delivery, outcome })
}

/// The one field that follows the number.
fn one<T: DeserializeOwned>(fields: &[Value]) -> Option<T> {
    match fields {
        [_, field] => field.deserialized().ok(),
        _ => None,
    }
}

/// The fields that follow the number.
fn rest<T: DeserializeOwned>(fields: &[Value]) -> Option<T> {
    Value::Array(fields.get(1..)?.to_vec()).deserialized().ok()
}

impl From<Why> for Error {
    fn from(Why(error, has_detail): Why) -> Self {
        // What it was is in the log of then; that there was one decides what the caller is told.
        if has_detail { error.with_detail("in the log of that time") } else { error }
    }
}

impl Named {
    fn key(self) -> Option<PeerKey> {
        match self {
            Self(Some(vat), None) => Some(PeerKey::Vat(vat)),
            Self(None, Some((designator, transport))) => {
                Some(PeerKey::Other(Peer { designator, transport: Symbol::from(transport) }))
            }
            _ => None,
        }
    }
}
