//! Identifiers, each its own type so that none can stand where another is meant.
//!
//! Ids that name something inside a vat (objects, facets, promises, imports, deliveries) are drawn
//! from one counter of that vat and are never used again. Keys name vats and hosts everywhere.

use std::fmt;

use data_encoding::BASE32_NOPAD;
use ed25519_dalek::VerifyingKey;
use serde::{Deserialize, Serialize};

mod sound;

pub use self::sound::sound_key;

macro_rules! number_id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal, $inner:ty) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub $inner);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "{}"), self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
    };
}

number_id!(
    /// Names an object inside its vat.
    ObjectId, "o", u64
);
number_id!(
    /// Names a facet inside its vat: an object seen through an interface and caveats.
    FacetId, "f", u64
);
number_id!(
    /// Names a promise inside its vat.
    PromiseId, "p", u64
);
number_id!(
    /// Names an object of another vat, as held in this one.
    ImportId, "i", u64
);
number_id!(
    /// Names a delivery inside its vat.
    DeliveryId, "d", u64
);
number_id!(
    /// Names a collection of an object inside its vat.
    CollectionId, "k", u64
);
number_id!(
    /// Names a session inside one of its two vats. The other vat has a number of its own for it.
    SessionId, "s", u64
);
number_id!(
    /// The host's own short number for a vat: the prefix of the vat's rows in the store. Vat zero
    /// is the host vat. Numbers are never used again.
    VatNumber, "v", u32
);
number_id!(
    /// The place of a turn in its vat's history, counted from one.
    TurnNumber, "t", u64
);
number_id!(
    /// The place of a batch in the host's one commit order, counted from one.
    CommitNumber, "c", u64
);
number_id!(
    /// The number of a hosting certificate: a peer refuses a lower one than it has seen.
    Epoch, "e", u64
);

/// A point in time: milliseconds since 1970-01-01T00:00:00Z.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(pub u64);

macro_rules! key_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 32]);

        impl $name {
            /// Takes in a public key, refusing what is not a point of the curve and the weak keys
            /// of small order, under which anybody can sign.
            pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, KeyError> {
                sound_key(bytes)?;
                Ok(Self(*bytes))
            }

            /// Takes in a key that was found sound before, and comes from where nobody else can have
            /// written it: a row that is sealed, say. To see it again takes longer than to read it.
            pub fn from_own(bytes: [u8; 32]) -> Self {
                Self(bytes)
            }

            /// The key's 32 bytes.
            pub fn as_bytes(&self) -> &[u8; 32] {
                &self.0
            }

            /// The key as a verifier of signatures. Use `verify_strict`.
            pub fn verifying_key(&self) -> VerifyingKey {
                let key = sound_key(&self.0).or_else(|_| VerifyingKey::from_bytes(&self.0));
                key.expect("checked when the id was made")
            }
        }

        impl From<VerifyingKey> for $name {
            fn from(key: VerifyingKey) -> Self {
                Self(key.to_bytes())
            }
        }

        /// Lower-case base32 (RFC 4648) without padding: 52 characters.
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&BASE32_NOPAD.encode(&self.0).to_ascii_lowercase())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let text = self.to_string();
                write!(f, concat!(stringify!($name), "({}…)"), &text[..8])
            }
        }

        /// Reads the one canonical form that `Display` writes; upper case is refused.
        impl std::str::FromStr for $name {
            type Err = KeyError;

            fn from_str(text: &str) -> Result<Self, KeyError> {
                Self::from_bytes(&parse_base32(text)?)
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde_bytes::Bytes::new(&self.0).serialize(serializer)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let bytes = serde_bytes::ByteArray::<32>::deserialize(deserializer)?;
                Self::from_bytes(&bytes).map_err(serde::de::Error::custom)
            }
        }
    };
}

key_id!(
    /// Names a vat: its ed25519 root key.
    VatId
);
key_id!(
    /// Names a host: its ed25519 key, which TLS authenticates.
    HostId
);

/// Says why 32 bytes or a text are not a key.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum KeyError {
    /// The text is not 52 characters of lower-case base32 without padding.
    #[error("a key is 52 characters of a-z and 2-7")]
    Text,
    /// The bytes are not a point of the curve.
    #[error("these 32 bytes are not an ed25519 public key")]
    NotAPoint,
    /// The key has small order: anyone can forge signatures under it.
    #[error("this ed25519 key is weak: anybody can sign for it")]
    Weak,
}

fn parse_base32(text: &str) -> Result<[u8; 32], KeyError> {
    if text.bytes().any(|b| b.is_ascii_uppercase()) {
        return Err(KeyError::Text);
    }
    let bytes =
        BASE32_NOPAD.decode(text.to_ascii_uppercase().as_bytes()).map_err(|_| KeyError::Text)?;
    bytes.try_into().map_err(|_| KeyError::Text)
}
