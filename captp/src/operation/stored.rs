//! Operations as rows: how one waits in the inbox of a vat of the same host.
//!
//! Syrup is for the wire alone; a row is CBOR, like everything that is kept.

use bytes::Bytes;
use hogshead_objects::codec::{self, Reference};
use hogshead_objects::heap::Part;
use hogshead_objects::records::Row;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Deliver, Operation};
use crate::crypto::{PublicId, PublicKey, SessionHash, Signature};
use crate::descriptor::Descriptor;

impl Operation {
    /// The operation as a row, marked if it must be sealed.
    ///
    /// Fails only for what decoding or sending would have refused: nesting beyond all limits.
    pub fn to_row(&self) -> hogshead_objects::Result<Row> {
        let mut row = codec::encode_row(self)?;
        row.secret |= self.is_secret();
        Ok(row)
    }

    /// Reads the bytes of a row that [`Operation::to_row`] wrote.
    pub fn from_row(bytes: &Bytes) -> hogshead_objects::Result<Self> {
        codec::decode_row(bytes)
    }
}

impl Reference for Descriptor {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }
}

/// A message is a list of its fields: it is the row of which there are most, and names of fields
/// would be half of it.
impl Serialize for Deliver {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { to, message, answer, resolver } = self;
        (to, message, answer, resolver).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Deliver {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (to, message, answer, resolver) = Deserialize::deserialize(deserializer)?;
        Ok(Self { to, message, answer, resolver })
    }
}

/// The shape of a [`Part`] in a row.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Part")]
pub(super) enum PartRow {
    Field(String),
    Item(u64),
    Untagged(String),
}

/// The shape of a locator in a row.
pub(crate) mod locator {
    use hogshead_objects::Symbol;
    use hogshead_objects::locator::{Hints, Locator};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(locator: &Locator, serializer: S) -> Result<S::Ok, S::Error> {
        let Locator { designator, transport, hints } = locator;
        (designator, transport.as_str(), hints).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Locator, D::Error> {
        type Fields = (String, String, Option<Hints>);
        let (designator, transport, hints) = Fields::deserialize(deserializer)?;
        Ok(Locator { designator, transport: Symbol::from(transport), hints })
    }
}

macro_rules! as_octets {
    ($($name:ident: $size:literal, |$v:ident| $bytes:expr, |$a:ident| $make:expr;)*) => {
        $(
            impl Serialize for $name {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    let $v = self;
                    serializer.serialize_bytes($bytes)
                }
            }

            impl<'de> Deserialize<'de> for $name {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    let octets = serde_bytes::ByteArray::<$size>::deserialize(deserializer)?;
                    let $a = octets.into_array();
                    $make.ok_or_else(|| serde::de::Error::custom("not a sound ed25519 key"))
                }
            }
        )*
    };
}

as_octets!(
    PublicKey: 32, |v| v.as_bytes(), |a| PublicKey::from_bytes(&a);
    Signature: 64, |v| &v.0, |a| Some(Signature(a));
    PublicId: 32, |v| &v.0, |a| Some(PublicId(a));
    SessionHash: 32, |v| &v.0, |a| Some(SessionHash(a));
);
