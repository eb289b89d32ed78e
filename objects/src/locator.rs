//! Locators: where a peer is, and sturdyrefs: a reference as text ("Locators" of the OCapN draft
//! specifications).

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::codec::{self, Mode};
use crate::value::{Symbol, Value};

/// The transport of our own network.
pub const HOG: &str = "hog";

/// Where a peer is: `ocapn://<designator>.<transport>?hint=value…`.
///
/// Two locators name the same peer if designator and transport agree ([`Locator::peer`]); hints
/// only say how to reach it. Equality compares everything.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Locator {
    /// How the network names the peer; for `hog` the vat's root key in base32.
    pub designator: String,
    /// The transport; contains no dot.
    pub transport: Symbol,
    /// The ways to reach the peer. Absent and empty differ on the wire, so both are kept.
    pub hints: Option<BTreeMap<String, String>>,
}

/// A swiss number: whoever knows it may fetch the object.
///
/// Its `Debug` shows nothing, it is wiped from memory when dropped, and it is compared in
/// constant time through its hash only.
#[derive(Clone)]
pub struct SwissNumber(Zeroizing<Vec<u8>>);

/// What is kept of a swiss number of our own: its SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SwissHash(pub [u8; 32]);

impl SwissNumber {
    /// A swiss number from bytes of any origin.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The bytes. They are a secret.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// The hash under which the vat that minted it finds the object.
    pub fn hash(&self) -> SwissHash {
        SwissHash(Sha256::digest(self.0.as_slice()).into())
    }
}

impl PartialEq for SwissNumber {
    fn eq(&self, other: &Self) -> bool {
        self.hash() == other.hash()
    }
}

impl Eq for SwissNumber {}

impl fmt::Debug for SwissNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SwissNumber(…)")
    }
}

/// A reference written down: `ocapn://<vat key>.hog/s/<swiss number>?quic=<host:port>…`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SturdyRef {
    /// The vat that has the object.
    pub peer: Locator,
    /// Which object.
    pub swiss: SwissNumber,
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
