//! The rows of the heap: their keys and their forms.
//!
//! A row is one byte of format version and canonical CBOR. References are never inside of what
//! is kept of a state or a value: they stand beside it as edges, so that counts, the collector
//! and `store check` need to know no types.
//!
//! ```text
//!   OBJECT   object id            what it is, its composition, its state and edges
//!   FACET    facet id             object, methods, label, caveats, parent, revoked, count
//!   PROMISE  promise id           pending, far, or settled with a value; counts
//!   IMPORT   import id            session and place, count
//!   DELIVERY trigger, its key, id the message or continuation that waits
//!   SWISS    SHA-256 of a number  facet, label, share id
//!   PRIOR    object id, version   an object's row before its upgrade
//!   ENTRY    object, collection, key an entry's value and its edges
//!   UNSETTLED session id          how many of its deliveries wait, and their bytes
//!   GRANT    facet id             how often a granted facet was used, and denied
//!   DERIVED  facet id, facet id   that the second was derived from the first
//!   AWAITED  facet id, promise id an answer awaited over a facet, and its delivery
//!   VAT                           counters, meter, quota, epoch
//! ```

mod form;
mod key;

use std::sync::Arc;

use hogshead_objects::codec;
use hogshead_objects::error::{Error, Result};
use hogshead_objects::grant::{Caveats, Tally};
use hogshead_objects::ids::{
    CollectionId, FacetId, ObjectId, PromiseId, SessionId, Timestamp, TurnNumber,
};
use hogshead_objects::object::State;
use hogshead_objects::records::{RecordsError, Row};
use hogshead_objects::reference::Far;
use hogshead_objects::stock::clock::CatchUp;
use hogshead_objects::value::Value;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

pub use form::Caller;
pub(crate) use form::{Edge, PartForm, Payload};
pub(crate) use key::{
    VAT_KEY, awaited_key, awaited_range, delivery_key, delivery_range, derived_key, derived_range,
    due_range, entries_of, entry_key, entry_range, facet_key, grant_key, id_of_key, import_key,
    key_of_entry, object_key, parse_delivery_key, parse_entry_key, prior_key, prior_range,
    promise_key, swiss_key, table_range, unsettled_key,
};

use crate::error::VatError;
use crate::meter::{Meter, Quota};

/// The format of every row of this crate. A later format is read by a later program.
pub(crate) const FORMAT: u8 = 1;

/// The vat's own row.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct VatRow {
    #[serde(rename = "i")]
    pub next_id: u64,
    #[serde(rename = "t")]
    pub turn: u64,
    #[serde(rename = "z", default, skip_serializing_if = "is_false")]
    pub paused: bool,
    #[serde(rename = "m")]
    pub meter: Meter,
    #[serde(rename = "q")]
    pub quota: Quota,
    /// Versions of kinds, above the first, and the id from which on messages are of that version.
    #[serde(rename = "k", default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<(String, u32, u64)>,
    /// The time of the first timer that may fire: none of a paused vat.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Timestamp>,
    /// The latest time that a turn saw which wrote anything: for grants, time does not go back.
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Timestamp>,
    /// How often the vat was declared to be restored from an older store.
    #[serde(rename = "e", default, skip_serializing_if = "is_zero")]
    pub epoch: u64,
}

/// What a vat keeps of an object beside its state.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct ObjectHead {
    #[serde(rename = "k")]
    pub kind: String,
    #[serde(rename = "v")]
    pub version: u32,
    /// The object whose composition this one belongs to; its own id if it is on its own.
    #[serde(rename = "r")]
    pub root: ObjectId,
    /// The facet with all methods, while there is one.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub whole: Option<FacetId>,
    /// How many facets and continuations are of this object.
    #[serde(rename = "c")]
    pub count: u64,
    /// How many prior records are kept.
    #[serde(rename = "p", default, skip_serializing_if = "is_zero")]
    pub priors: u64,
}

/// An object.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct ObjectRow {
    #[serde(rename = "h")]
    pub head: ObjectHead,
    #[serde(rename = "s")]
    pub state: Payload,
}

/// A facet. What never changes is first; what is done with it is in a row of its own.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct FacetRow {
    #[serde(rename = "o")]
    pub object: ObjectId,
    /// The names of the methods, ascending; nothing means all of them.
    #[serde(rename = "m", default, skip_serializing_if = "Option::is_none")]
    pub methods: Option<Vec<String>>,
    #[serde(rename = "l", default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    #[serde(rename = "z", default, skip_serializing_if = "is_false")]
    pub revoked: bool,
    #[serde(rename = "c")]
    pub count: u64,
    /// The facet that it was derived from, which it holds.
    #[serde(rename = "g", default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<FacetId>,
    /// The conditions beside the methods and the label.
    #[serde(
        rename = "x",
        default,
        skip_serializing_if = "Option::is_none",
        with = "form::caveats"
    )]
    pub caveats: Option<Arc<Caveats>>,
    /// Whether what is derived from it is revoked as well.
    #[serde(rename = "d", default, skip_serializing_if = "is_false")]
    pub deep: bool,
    /// The object that granted it; nothing if the owner did.
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    pub grantor: Option<ObjectId>,
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    pub created: Option<Timestamp>,
}

/// What was done with a facet that was granted.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub(crate) struct GrantRow {
    #[serde(rename = "t")]
    pub tally: Tally,
    /// The vat's epoch in which it was made, or confirmed.
    #[serde(rename = "e", default, skip_serializing_if = "is_zero")]
    pub epoch: u64,
    /// How many answers are awaited over it.
    #[serde(rename = "p", default, skip_serializing_if = "is_zero")]
    pub awaited: u64,
}

/// A promise.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(crate) struct PromiseRow {
    #[serde(rename = "s")]
    pub state: PromiseState,
    /// Holders of the promise.
    #[serde(rename = "c")]
    pub count: u64,
    /// Holders of its resolver.
    #[serde(rename = "r")]
    pub resolvers: u64,
    /// The key of the delivery that settles it when a session ends, a time has come, or what a
    /// continuation waits for only as long as somebody wants it is known. It is let go with the
    /// promise's last holder.
    #[serde(rename = "w", default, skip_serializing_if = "Option::is_none")]
    pub watch: Option<serde_bytes::ByteBuf>,
    /// The key of another one, which settles it when a facet of another vat is revoked there.
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<serde_bytes::ByteBuf>,
    /// Whether it stands for an object of a third peer until that one is known.
    #[serde(rename = "i", default, skip_serializing_if = "is_false")]
    pub stand_in: bool,
    /// Whether a message was sent to the place of a peer that it is: what takes another path
    /// later must not overtake it.
    #[serde(rename = "u", default, skip_serializing_if = "is_false")]
    pub used: bool,
}

/// What is known of a promise.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(crate) enum PromiseState {
    /// Nothing; this vat will settle it.
    #[serde(rename = "p")]
    Pending,
    /// Nothing; the peer will settle it, and takes messages for it at this place.
    #[serde(rename = "f")]
    Far(Far),
    /// Nothing; the peer will settle it, and has been told that it is not held here any more.
    #[serde(rename = "d")]
    Dropped,
    /// It is known, and pending for everybody until what was sent to the peer has arrived: a flush
    /// follows it, which a delivery waits for.
    #[serde(rename = "w")]
    Draining {
        /// Where the peer took messages for it.
        #[serde(rename = "f")]
        far: Far,
        /// What it will lead to.
        #[serde(rename = "t")]
        to: Edge,
    },
    /// It leads to this reference.
    #[serde(rename = "r")]
    Ref(Edge),
    /// It is this value.
    #[serde(rename = "v")]
    Data(Payload),
    /// It is broken.
    #[serde(rename = "e")]
    Broken(Error),
}

/// An object of another vat.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct ImportRow {
    #[serde(rename = "f")]
    pub far: Far,
    #[serde(rename = "c")]
    pub count: u64,
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    pub severed: Option<Error>,
}

/// A delivery. Its trigger is in its key.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(crate) struct DeliveryRow {
    #[serde(rename = "a")]
    pub action: Action,
    /// The promise that the outcome settles.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<PromiseId>,
    /// The id it was first put down under: its age, which changes of trigger leave alone.
    #[serde(rename = "b")]
    pub born: u64,
    /// The turn that sent it.
    #[serde(rename = "t")]
    pub turn: TurnNumber,
    /// Why it is parked.
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Error>,
    /// The session that brought it and that it is counted for. Nothing for what the vat's own
    /// objects send, for sessions without a limit, and in rows of earlier versions.
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
    /// Who sent it; nothing if it was the vat itself.
    #[serde(rename = "v", default, skip_serializing_if = "Caller::is_own")]
    pub caller: Caller,
}

/// How much waits of what a session brought: the sum over the rows of deliveries that name it. It
/// is there as long as one does, also when the session has ended, and is no row of the meter's.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub(crate) struct UnsettledRow {
    #[serde(rename = "n")]
    pub count: u64,
    #[serde(rename = "b")]
    pub bytes: u64,
}

/// What a delivery does.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(crate) enum Action {
    /// Delivers a message.
    #[serde(rename = "m")]
    Message {
        #[serde(rename = "t")]
        target: Edge,
        #[serde(rename = "m")]
        message: Payload,
    },
    /// Runs a continuation.
    #[serde(rename = "c")]
    Continue {
        #[serde(rename = "o")]
        object: ObjectId,
        #[serde(rename = "w")]
        awaited: Edge,
        #[serde(rename = "n")]
        name: String,
        #[serde(rename = "c")]
        captured: Payload,
    },
    /// Tells a resolver.
    #[serde(rename = "t")]
    Tell {
        #[serde(rename = "w")]
        awaited: Edge,
        #[serde(rename = "r")]
        resolver: Edge,
        /// The promise that the resolver asked about, which may lead to the one that is awaited; a
        /// session that lets go of it wants to be told no more. Nothing in rows of earlier versions.
        #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
        of: Option<PromiseId>,
    },
    /// Takes a part of a value.
    #[serde(rename = "d")]
    Derive {
        #[serde(rename = "w")]
        awaited: Edge,
        #[serde(rename = "p")]
        part: PartForm,
    },
    /// Says that the session of a reference has ended: of this promise as long as it waits for the
    /// promise, and then of the one that it waits for.
    #[serde(rename = "s")]
    Watch {
        #[serde(rename = "w", default, skip_serializing_if = "Option::is_none")]
        awaited: Option<Edge>,
    },
    /// Says that a time has come.
    #[serde(rename = "a")]
    Alarm(Alarm),
    /// Lets entries go of an object or a collection that is gone.
    #[serde(rename = "g")]
    Sweep(Sweep),
    /// Lets a promise lead to what it was settled with: the flush behind what was sent to it
    /// before is answered.
    #[serde(rename = "f")]
    Drain {
        #[serde(rename = "w")]
        awaited: Edge,
    },
    /// Gives a call over a granted facet its answer, unless the facet is revoked before.
    #[serde(rename = "q")]
    Answer {
        #[serde(rename = "w")]
        awaited: Edge,
        #[serde(rename = "o")]
        over: FacetId,
    },
    /// Says that a facet of another vat was revoked there, once that vat says so.
    #[serde(rename = "k")]
    Notice {
        #[serde(rename = "w")]
        awaited: Edge,
    },
    /// Goes on to end what was derived from a facet that was revoked with all of that: after these,
    /// each derived from the one before it.
    #[serde(rename = "u")]
    Uproot {
        #[serde(rename = "p")]
        path: Vec<FacetId>,
    },
}

/// A timer. Its time is in the delivery's key.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Alarm {
    /// The facet of the clock that set it, without which it does not fire.
    #[serde(rename = "k")]
    pub clock: FacetId,
    /// Who gets a tick; without it, only the promise is told.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Edge>,
    /// If it fires again and again: the period in milliseconds, and what becomes of missed ticks.
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    pub every: Option<(u64, CatchUp)>,
    /// The time that it was set for, if it was put off since then.
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
}

/// Entries that nobody has any more.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Sweep {
    /// Whose they were; it may be gone.
    #[serde(rename = "o")]
    pub object: ObjectId,
    #[serde(rename = "k")]
    pub collection: CollectionId,
    /// Only those before this key, of a collection that is still there.
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    pub before: Option<serde_bytes::ByteBuf>,
}

/// A shared facet.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct SwissRow {
    #[serde(rename = "f")]
    pub facet: FacetId,
    #[serde(rename = "l")]
    pub label: String,
    #[serde(rename = "i")]
    pub share: u64,
    #[serde(rename = "n")]
    pub created: Timestamp,
}

impl FacetRow {
    /// A facet that grants every method of `object`, held by nobody yet.
    pub(crate) fn whole(object: ObjectId) -> Self {
        Self {
            object,
            methods: None,
            label: String::new(),
            revoked: false,
            count: 0,
            parent: None,
            caveats: None,
            deep: false,
            grantor: None,
            created: None,
        }
    }

    /// Whether it was made for somebody: then answers over it are kept in view.
    pub(crate) fn is_grant(&self) -> bool {
        self.parent.is_some() || self.methods.is_some() || self.is_tallied()
    }

    /// Whether it is written down what is done with it.
    pub(crate) fn is_tallied(&self) -> bool {
        self.caveats.is_some() || !self.label.is_empty()
    }

    /// Whether it counts: what a restored store must not give again.
    pub(crate) fn counts(&self) -> bool {
        self.caveats.as_ref().is_some_and(|caveats| caveats.counts())
    }

    /// What the facet holds.
    pub(crate) fn edges(&self) -> impl Iterator<Item = Edge> + use<> {
        [Some(Edge::Object(self.object)), self.parent.map(Edge::Facet)].into_iter().flatten()
    }

    /// Whether the facet grants a method of that name.
    #[inline]
    pub(crate) fn allows(&self, method: &str) -> bool {
        match &self.methods {
            None => true,
            Some(methods) => methods.binary_search_by(|m| m.as_str().cmp(method)).is_ok(),
        }
    }
}

impl Alarm {
    /// One that fires once and tells its promise.
    pub(crate) fn at(clock: FacetId) -> Self {
        Self { clock, target: None, every: None, since: None }
    }
}

impl DeliveryRow {
    /// Everything that the delivery holds.
    pub(crate) fn edges(&self, trigger: Option<PromiseId>) -> Vec<Edge> {
        let mut edges = Vec::new();
        match &self.action {
            Action::Message { target, message } => {
                edges.push(*target);
                edges.extend(&message.edges);
            }
            Action::Continue { object, awaited, captured, .. } => {
                edges.push(Edge::Object(*object));
                edges.push(*awaited);
                edges.extend(&captured.edges);
            }
            Action::Tell { awaited, resolver, .. } => edges.extend([*awaited, *resolver]),
            Action::Derive { awaited, .. }
            | Action::Drain { awaited }
            | Action::Notice { awaited } => edges.push(*awaited),
            Action::Answer { awaited, over } => edges.extend([*awaited, Edge::Facet(*over)]),
            Action::Uproot { .. } => {}
            Action::Watch { awaited } => edges.extend(*awaited),
            Action::Sweep(_) => {}
            Action::Alarm(alarm) => {
                edges.push(Edge::Facet(alarm.clock));
                if let Some(target) = alarm.target {
                    edges.push(target);
                    // It goes on although nobody waits for it.
                    edges.extend(self.answer.map(Edge::Promise));
                }
            }
        }
        edges.extend(trigger.map(Edge::Promise));
        edges.extend(self.answer.map(Edge::Resolver));
        edges
    }

    /// Whether a secret is inside.
    pub(crate) fn secret(&self) -> bool {
        match &self.action {
            Action::Message { message, .. } => message.secret,
            Action::Continue { captured, .. } => captured.secret,
            Action::Tell { .. }
            | Action::Derive { .. }
            | Action::Watch { .. }
            | Action::Alarm(_)
            | Action::Sweep(_)
            | Action::Drain { .. }
            | Action::Answer { .. }
            | Action::Notice { .. }
            | Action::Uproot { .. } => false,
        }
    }
}

impl PromiseRow {
    /// A promise that nobody holds yet.
    pub(crate) fn new(state: PromiseState) -> Self {
        Self {
            state,
            count: 0,
            resolvers: 0,
            watch: None,
            notice: None,
            stand_in: false,
            used: false,
        }
    }

    /// What the promise holds.
    pub(crate) fn edges(&self) -> &[Edge] {
        match &self.state {
            PromiseState::Ref(edge) | PromiseState::Draining { to: edge, .. } => {
                std::slice::from_ref(edge)
            }
            PromiseState::Data(payload) => &payload.edges,
            _ => &[],
        }
    }

    /// Whether it is pending for whoever holds it.
    pub(crate) fn unsettled(&self) -> bool {
        self.undecided() || matches!(self.state, PromiseState::Draining { .. })
    }

    /// Whether it waits for this vat or a peer to settle it.
    pub(crate) fn undecided(&self) -> bool {
        matches!(self.state, PromiseState::Pending | PromiseState::Far(_) | PromiseState::Dropped)
    }

    /// Whether a secret is inside.
    pub(crate) fn secret(&self) -> bool {
        matches!(&self.state, PromiseState::Data(payload) if payload.secret)
    }
}

/// A row as bytes.
pub(crate) fn encode<T: Serialize>(row: &T, secret: bool) -> Row {
    let bytes = codec::cbor_behind(&[FORMAT], row).expect("rows are plain data");
    Row { bytes, secret }
}

/// A row from the bytes under `key`.
pub(crate) fn decode<T: DeserializeOwned>(key: &[u8], bytes: &[u8]) -> Result<T, VatError> {
    match bytes.split_first() {
        Some((&FORMAT, rest)) => {
            codec::read_cbor(rest).map_err(|e| damaged(key, e.message().to_owned()).into())
        }
        Some((&found, _)) if found > FORMAT => Err(VatError::Format { found, known: FORMAT }),
        _ => Err(damaged(key, "it has no known format".into()).into()),
    }
}

/// Says that the row under `key` is not what its table holds.
pub(crate) fn damaged(key: &[u8], what: String) -> RecordsError {
    use std::fmt::Write as _;
    let mut hex = String::with_capacity(key.len() * 2);
    for byte in key {
        let _ = write!(hex, "{byte:02x}");
    }
    RecordsError::Damaged { key: hex, what }
}

/// Values as they are kept.
pub(crate) fn payload(values: &Vec<Value>) -> Result<Payload> {
    // Whoever said them is told no more than that: the codec speaks of rows.
    let state = codec::encode_state(values).map_err(|error| Error::internal(error.message()))?;
    Ok(Payload::from(state))
}

/// Kept values.
pub(crate) fn values(payload: &Payload) -> Result<Vec<Value>> {
    codec::decode_state(&State::from(payload.clone()))
}

fn is_false(flag: &bool) -> bool {
    !flag
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}
