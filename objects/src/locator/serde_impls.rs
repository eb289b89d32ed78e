//! Locators and sturdyrefs as `serde` data.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Locator, SturdyRef, SwissNumber};
use crate::codec::{self, Mode};
use crate::value::Value;

/// A locator is its text everywhere.
impl Serialize for Locator {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Locator {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A SturdyRef in a Value; a tuple in the vat's rows, which are sealed then; refused elsewhere.
impl Serialize for SturdyRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if codec::mode() == Mode::ToValue {
            let value = Value::SturdyRef(Box::new(self.clone()));
            return codec::serialize_slot(value, serializer);
        }
        codec::note_secret().map_err(serde::ser::Error::custom)?;
        let swiss = serde_bytes::Bytes::new(self.swiss.expose());
        let Locator { designator, transport, hints } = &self.peer;
        // Not as text: what arrived by the wire must be read back, whatever its length.
        (designator, transport, hints, swiss).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for SturdyRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::{Error, Unexpected};
        match codec::mode() {
            Mode::FromValue => match codec::deserialize_slot(codec::STURDY, deserializer)? {
                Value::SturdyRef(sturdy) => Ok(*sturdy),
                other => {
                    let found = Unexpected::Other(other.type_name());
                    Err(D::Error::invalid_type(found, &"sturdyref"))
                }
            },
            Mode::Decode | Mode::DecodeRow => {
                let (designator, transport, hints, swiss) = Deserialize::deserialize(deserializer)?;
                let swiss: serde_bytes::ByteBuf = swiss;
                let peer = Locator { designator, transport, hints };
                Ok(Self { peer, swiss: SwissNumber::new(swiss.into_vec()) })
            }
            _ => Err(D::Error::custom("a sturdyref is read only by the vat's own codec")),
        }
    }
}
