//! The forms in which references and encoded states stand in rows.

use std::fmt;

use bytes::Bytes;
use hogshead_objects::heap::Part;
use hogshead_objects::ids::{CollectionId, FacetId, ImportId, ObjectId, PromiseId, VatId};
use hogshead_objects::object::State;
use hogshead_objects::reference::Ref;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a record can hold: a reference, or an object itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Edge {
    /// An object: held by its facets, its continuations and its prior records' keeper.
    Object(ObjectId),
    /// A facet.
    Facet(FacetId),
    /// A promise.
    Promise(PromiseId),
    /// The right to settle a promise.
    Resolver(PromiseId),
    /// An import.
    Import(ImportId),
}

impl From<Ref> for Edge {
    fn from(reference: Ref) -> Self {
        match reference {
            Ref::Facet(id) => Self::Facet(id),
            Ref::Promise(id) => Self::Promise(id),
            Ref::Resolver(id) => Self::Resolver(id),
            Ref::Import(id) => Self::Import(id),
        }
    }
}

impl Edge {
    /// The reference, unless it is an object itself.
    pub(crate) fn reference(self) -> Option<Ref> {
        match self {
            Self::Object(_) => None,
            Self::Facet(id) => Some(Ref::Facet(id)),
            Self::Promise(id) => Some(Ref::Promise(id)),
            Self::Resolver(id) => Some(Ref::Resolver(id)),
            Self::Import(id) => Some(Ref::Import(id)),
        }
    }

    fn pair(self) -> (u8, u64) {
        match self {
            Self::Object(id) => (0, id.0),
            Self::Facet(id) => (1, id.0),
            Self::Promise(id) => (2, id.0),
            Self::Resolver(id) => (3, id.0),
            Self::Import(id) => (4, id.0),
        }
    }
}

impl fmt::Display for Edge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Object(id) => id.fmt(f),
            Self::Facet(id) => id.fmt(f),
            Self::Promise(id) => id.fmt(f),
            Self::Resolver(id) => write!(f, "the resolver of {id}"),
            Self::Import(id) => id.fmt(f),
        }
    }
}

impl Serialize for Edge {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.pair().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Edge {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match <(u8, u64)>::deserialize(deserializer)? {
            (0, id) => Ok(Self::Object(ObjectId(id))),
            (1, id) => Ok(Self::Facet(FacetId(id))),
            (2, id) => Ok(Self::Promise(PromiseId(id))),
            (3, id) => Ok(Self::Resolver(PromiseId(id))),
            (4, id) => Ok(Self::Import(ImportId(id))),
            (kind, _) => Err(D::Error::custom(format!("no reference has the kind {kind}"))),
        }
    }
}

/// An encoded state or value, its references beside it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Payload {
    #[serde(rename = "b", with = "bytes_form")]
    pub bytes: Bytes,
    #[serde(rename = "e", default, skip_serializing_if = "Vec::is_empty")]
    pub edges: Vec<Edge>,
    #[serde(rename = "s", default, skip_serializing_if = "std::ops::Not::not")]
    pub secret: bool,
    /// The collections of an object's state.
    #[serde(rename = "k", default, skip_serializing_if = "Vec::is_empty")]
    pub collections: Vec<CollectionId>,
}

impl From<State> for Payload {
    fn from(state: State) -> Self {
        let edges = state.edges.iter().copied().map(Edge::from).collect();
        let State { bytes, secret, collections, .. } = state;
        Self { bytes, edges, secret, collections }
    }
}

impl From<Payload> for State {
    fn from(payload: Payload) -> Self {
        let edges = payload.edges.iter().copied().filter_map(Edge::reference).collect();
        let Payload { bytes, secret, collections, .. } = payload;
        Self { bytes, edges, secret, collections }
    }
}

/// Who sent a message.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Caller {
    /// The vat itself: its own objects, its timers, its owner.
    #[default]
    Own,
    /// The vat whose session brought it.
    Vat(VatId),
    /// A peer without a key.
    Unknown,
}

impl Caller {
    pub(crate) fn is_own(&self) -> bool {
        *self == Self::Own
    }
}

/// The key, or nothing in its place.
impl Serialize for Caller {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Vat(vat) => Some(vat).serialize(serializer),
            Self::Own | Self::Unknown => None::<VatId>.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Caller {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Self::Unknown, Self::Vat))
    }
}

/// A part of a value, as kept.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) enum PartForm {
    /// A field of a struct.
    #[serde(rename = "f")]
    Field(String),
    /// An item of a list.
    #[serde(rename = "i")]
    Item(u64),
    /// What is tagged.
    #[serde(rename = "u")]
    Untagged(String),
}

impl From<Part> for PartForm {
    fn from(part: Part) -> Self {
        match part {
            Part::Field(name) => Self::Field(name),
            Part::Item(index) => Self::Item(index),
            Part::Untagged(tag) => Self::Untagged(tag),
        }
    }
}

impl From<PartForm> for Part {
    fn from(part: PartForm) -> Self {
        match part {
            PartForm::Field(name) => Self::Field(name),
            PartForm::Item(index) => Self::Item(index),
            PartForm::Untagged(tag) => Self::Untagged(tag),
        }
    }
}

mod bytes_form {
    use bytes::Bytes;
    use serde::{Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(bytes: &Bytes, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_bytes(bytes)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Bytes, D::Error> {
        serde_bytes::deserialize::<Vec<u8>, D>(d).map(Bytes::from)
    }
}

/// Caveats as the codec of rows writes them, which knows the values in them.
pub(super) mod caveats {
    use std::sync::Arc;

    use hogshead_objects::codec;
    use hogshead_objects::grant::Caveats;
    use serde::de::Error as _;
    use serde::ser::Error as _;
    use serde::{Deserializer, Serializer};

    pub(in crate::rows) fn serialize<S: Serializer>(
        caveats: &Option<Arc<Caveats>>,
        s: S,
    ) -> Result<S::Ok, S::Error> {
        match caveats {
            Some(caveats) => {
                let row = codec::encode_row(&**caveats).map_err(S::Error::custom)?;
                s.serialize_bytes(&row.bytes)
            }
            None => s.serialize_none(),
        }
    }

    pub(in crate::rows) fn deserialize<'de, D: Deserializer<'de>>(
        d: D,
    ) -> Result<Option<Arc<Caveats>>, D::Error> {
        let bytes = serde_bytes::deserialize::<Vec<u8>, D>(d)?;
        codec::decode_row(&bytes).map(|caveats| Some(Arc::new(caveats))).map_err(D::Error::custom)
    }
}
