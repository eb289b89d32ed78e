//! Third-party handoffs: how a reference of one peer is given to another.
//!
//! ```text
//!            ┌─────────────── exporter ───────────────┐
//!   1 deposit-gift: its id, the reference      3 withdraw-gift: the give, signed by the receiver
//!            │                                        ▲
//!         gifter ──── 2 give: where, which gift ──▶ receiver
//!                       signed by the gifter
//! ```
//!
//! Three vats, three sessions, and a module of [`session`](crate::session) a role: `gifter`,
//! `receiver`, `exporter`, and `gifts` for the rows. A session knows its own two sides only, so
//! what it needs of another one is handed to it by the host:
//!
//! - The gifter's [`Session::send`](crate::Session::send) is told of the sessions with exporters
//!   by [`Introducers`]. The deposit is a message of that session, put out through the heap.
//! - The receiver's session with the gifter puts out an [`Introduction`]. The host finds or dials
//!   the exporter and hands it to that session's [`withdraw`](crate::Session::withdraw), or to
//!   [`fail`]; from then on the promise that was in the message leads to the answer.
//! - The exporter keeps a gift in the rows of the gifter's session, and finds that session by its
//!   name when the receiver comes. What waits too long goes by [`expire_gifts`]. A stranger is
//!   judged through a [`Door`], by point reads.
//!
//! Whatever goes wrong breaks the one promise.
//!
//! ```
//! use hogshead_captp::Limits;
//! use hogshead_captp::testing::Trio;
//! use hogshead_objects::heap::{Heap, Resolution};
//! use hogshead_objects::{Message, Ref, Value};
//!
//! let mut trio = Trio::plain(Limits::default());
//! trio.vats[Trio::CAROL].turn(|heap| {
//!     let clock = heap.object(|_, _| Ok(Value::from("noon")));
//!     heap.share(b"clock", clock);
//! });
//! // Bob asks whatever he is sent for the time.
//! trio.vats[Trio::BOB].turn(|heap| {
//!     let bob = heap.object(|heap, message| {
//!         let [Value::Ref(clock)] = message.values[..] else { return Ok(Value::Undefined) };
//!         let time = heap.ask(clock, Message::new("now", []));
//!         Ok(Value::Ref(Ref::Promise(time)))
//!     });
//!     heap.share(b"bob", bob);
//! });
//! // Alice has both, and gives the clock to Bob.
//! let [clock, bob] = [(Trio::CAROL, "clock"), (Trio::BOB, "bob")].map(|(peer, swiss)| {
//!     let session = Trio::session(Trio::ALICE, peer);
//!     let fetched = trio.vats[Trio::ALICE].session_turn(session, |session, heap| {
//!         let bootstrap = session.bootstrap(heap).unwrap();
//!         heap.ask(bootstrap, Message::new("fetch", [Value::Bytes(swiss.into())]))
//!     });
//!     Ref::Promise(fetched.unwrap())
//! });
//! trio.run().unwrap();
//! let alice = &mut trio.vats[Trio::ALICE];
//! let Ok(Resolution::Ref(clock)) = alice.heap.resolution(clock) else { panic!("it is shared") };
//! let time = alice.turn(|heap| heap.ask(bob, Message::apply(vec![Value::Ref(clock)])));
//! trio.run().unwrap();
//! let told = trio.vats[Trio::ALICE].heap.outcome(time);
//! assert_eq!(told, Some(&Ok(Value::from("noon"))));
//! ```

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use ed25519_dalek::SigningKey;
use hogshead_objects::heap::Heap;
use hogshead_objects::ids::{PromiseId, SessionId, Timestamp, VatId};
use hogshead_objects::locator::Locator;
use hogshead_objects::records::{ReadRecords, RecordsError, Row};
use hogshead_objects::{Error, Ref};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::crypto::{PublicId, PublicKey, SessionHash, Signature};
use crate::descriptor::HandoffGive;
use crate::limits::Limits;
use crate::session::{gifts, receiver, rows};

/// Who the two sides of a session are, where no hello says so: between two vats of one host.
#[derive(Clone)]
pub struct Identity {
    /// Our key for this session alone.
    pub key: SigningKey,
    /// Where we are reached.
    pub location: Locator,
    /// Where the peer is reached.
    pub peer: Locator,
    /// The peer's key for this session.
    pub peer_key: PublicKey,
}

/// Who the two sides of a session between vats of one host are. The host can make the keys of
/// both; it is asked for them when a handoff first needs some, and most sessions see none.
#[derive(Clone)]
pub struct Neighbours {
    /// Our vat.
    pub us: VatId,
    /// The peer.
    pub peer: VatId,
    /// What makes the keys.
    pub secrets: Arc<dyn Secrets>,
}

/// Makes the keys of sessions between vats of one host: for the same two vats always the same.
pub trait Secrets: Send + Sync {
    /// The secret of the key of `us` in its session with `peer`, and for no other use.
    fn secret(&self, us: &VatId, peer: &VatId) -> Zeroizing<[u8; 32]>;
}

impl Neighbours {
    /// The same with keys. Where the two are reached may be another place tomorrow: whoever passes
    /// a reference on looks it up then.
    pub fn identity(&self) -> Identity {
        let key = |of, with| SigningKey::from_bytes(&self.secrets.secret(of, with));
        let location = |vat| Locator::hog(vat, std::iter::empty::<String>());
        Identity {
            key: key(&self.us, &self.peer),
            location: location(self.us),
            peer: location(self.peer),
            peer_key: key(&self.peer, &self.us).verifying_key().into(),
        }
    }
}

/// A session as the gifter of what its peer exports.
#[derive(Clone)]
pub struct Introducer {
    /// Where the exporter is reached: what the receiver is told.
    pub exporter: Locator,
    /// The session of gifter and exporter.
    pub session: SessionHash,
    /// Our side of it.
    pub gifter: PublicId,
    /// Our key in it, which signs.
    pub key: SigningKey,
    /// Whether the exporter is a vat of this host.
    pub local: bool,
    /// Whether the exporter has sent us what it exports at position 0. Else that is its bootstrap
    /// object, which is made for the session and no gift.
    pub gives_first: bool,
}

/// The sessions that a vat can introduce others to, by its numbers for them.
pub type Introducers = BTreeMap<SessionId, Introducer>;

/// What a receiver has been given and has not asked the exporter for yet.
#[derive(Clone)]
pub struct Introduction {
    /// Where the exporter is.
    pub exporter: Locator,
    /// What the message held in place of the reference. Its resolver is held until the
    /// introduction is withdrawn or has failed.
    pub promise: PromiseId,
    /// The gifter's certificate.
    pub give: HandoffGive,
    /// The gifter's signature; a gifter on this host gives none.
    pub signature: Option<Signature>,
    /// Our key in the session with the gifter, which proves that we are meant.
    pub key: SigningKey,
    /// Our number for the session with the gifter.
    pub gifter: SessionId,
}

/// An introduction as a row: for a receiver that waits longer than its process lives. It holds a
/// key, so the row is to be sealed.
#[derive(Serialize, Deserialize)]
struct IntroductionRow {
    promise: u64,
    give: HandoffGive,
    signature: Option<Signature>,
    key: serde_bytes::ByteArray<32>,
    gifter: u64,
}

impl Introduction {
    /// The introduction as the bytes of a row, which must be sealed at rest.
    pub fn to_row(&self) -> Row {
        let row = IntroductionRow {
            promise: self.promise.0,
            give: self.give.clone(),
            signature: self.signature,
            key: serde_bytes::ByteArray::new(self.key.to_bytes()),
            gifter: self.gifter.0,
        };
        Row { bytes: rows::encode(&row), secret: true }
    }

    /// Reads the bytes that [`Introduction::to_row`] wrote; `key` names the row if it is damaged.
    pub fn from_row(key: &[u8], bytes: &[u8]) -> Result<Self, RecordsError> {
        let row: IntroductionRow = rows::decode(key, bytes)?;
        Ok(Self {
            exporter: row.give.exporter.clone(),
            promise: PromiseId(row.promise),
            give: row.give,
            signature: row.signature,
            key: SigningKey::from_bytes(&row.key.into_array()),
            gifter: SessionId(row.gifter),
        })
    }
}

/// Breaks the promise of an introduction that came to nothing, and lets go of its resolver. It
/// takes the promise's number, so that a host can keep that and nothing else.
pub fn fail(promise: PromiseId, why: &Error, heap: &mut dyn Heap) -> Result<(), RecordsError> {
    heap.settle(promise, Err(why.clone()))?;
    heap.release(Ref::Resolver(promise))
}

/// Takes a gift that this very vat exports, for an introduction whose exporter is ourselves by
/// another name than the one that the session with the gifter knows.
pub fn withdraw_own(
    introduction: Introduction,
    limits: &Limits,
    heap: &mut dyn Heap,
) -> Result<(), RecordsError> {
    receiver::withdraw_own(introduction, limits, heap)
}

/// The gifter's side of the session with this name, for a [`Door`]: one point read.
pub fn gifter(
    session: SessionHash,
    records: &dyn ReadRecords,
) -> Result<Option<Gifter>, RecordsError> {
    gifts::gifter(session, records)
}

/// Lets go of the gifts of a vat's sessions that nobody withdrew in time, and breaks the
/// withdrawals whose gift did not come in time, by the turn's time. Some of them, if there are
/// very many: [`next_expiry`] says whether it is to be called again.
pub fn expire_gifts(heap: &mut dyn Heap) -> Result<(), RecordsError> {
    gifts::expire(heap)
}

/// When [`expire_gifts`] has something to do next, for all sessions of a vat: one read.
pub fn next_expiry(records: &dyn ReadRecords) -> Result<Option<Timestamp>, RecordsError> {
    Ok(gifts::next_expiry(records)?.map(Timestamp))
}

/// The gifter's side of a session, as the exporter knows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Gifter {
    /// Our number for the session.
    pub session: SessionId,
    /// The gifter's key in it.
    pub key: PublicKey,
    /// Whether the gifter is a vat of this host.
    pub local: bool,
}

/// The point reads by which a stranger's first call is judged, without writing or reviving.
pub trait Door {
    /// Whether something is shared under a swiss number.
    fn is_shared(&self, swiss: &[u8]) -> Result<bool, RecordsError>;

    /// The gifter's side of the session with this name, if this vat has such a session.
    fn gifter(&self, session: SessionHash) -> Result<Option<Gifter>, RecordsError>;
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity")
            .field("location", &self.location)
            .field("peer", &self.peer)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Introducer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Introducer")
            .field("exporter", &self.exporter)
            .field("session", &self.session)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Introduction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Introduction")
            .field("exporter", &self.exporter)
            .field("promise", &self.promise)
            .finish_non_exhaustive()
    }
}
