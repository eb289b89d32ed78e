//! Keys, signatures and the names made from them (section "Cryptography").

use std::fmt;

use ed25519_dalek::{Signer, SigningKey, VerifyingKey};
use hogshead_objects::ids::sound_key;
use sha2::{Digest, Sha256};

use crate::syrup::write;

/// The public half of a per-session key: a sound ed25519 key. Weak ones are refused at the door.
///
/// It is kept as its 32 bytes: to unfold it takes less than a tenth of a verification, and six
/// times the memory.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey([u8; 32]);

/// An ed25519 signature, as bytes; it says nothing until it is verified.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Signature(pub [u8; 64]);

/// The name of one side of a session (section "Public Identifier"): the key's Syrup, hashed twice.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublicId(pub [u8; 32]);

/// The name of a session that both sides know (section "Session ID").
///
/// Not to be confused with [`SessionId`](hogshead_objects::ids::SessionId), by which one vat
/// numbers its sessions.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionHash(pub [u8; 32]);

impl PublicKey {
    /// Takes a key in. Not every 32 bytes are a key, and a key of small order is refused: anybody
    /// can sign for it.
    pub fn from_bytes(bytes: &[u8; 32]) -> Option<Self> {
        sound_key(bytes).ok().map(Self::from)
    }

    /// The key's 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Whether `signature` over `message` is this key's.
    pub fn verifies(&self, message: &[u8], signature: &Signature) -> bool {
        let signature = ed25519_dalek::Signature::from_bytes(&signature.0);
        let key = VerifyingKey::from_bytes(&self.0);
        key.is_ok_and(|key| key.verify_strict(message, &signature).is_ok())
    }

    /// The public identifier of the side that has this key.
    pub fn id(&self) -> PublicId {
        let mut bytes = Vec::with_capacity(128);
        write::public_key(&mut bytes, self);
        PublicId(twice(&bytes))
    }
}

impl From<VerifyingKey> for PublicKey {
    fn from(key: VerifyingKey) -> Self {
        Self(key.to_bytes())
    }
}

impl Signature {
    /// Signs `message`.
    pub fn sign(key: &SigningKey, message: &[u8]) -> Self {
        Self(key.sign(message).to_bytes())
    }
}

impl SessionHash {
    /// The name of the session between two sides, the same whichever comes first.
    pub fn new(one: PublicId, other: PublicId) -> Self {
        let (low, high) = if one <= other { (one, other) } else { (other, one) };
        let mut bytes = b"prot0".to_vec();
        bytes.extend_from_slice(&low.0);
        bytes.extend_from_slice(&high.0);
        Self(twice(&bytes))
    }
}

fn twice(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(Sha256::digest(bytes)).into()
}

macro_rules! debug_as_hex {
    ($($name:ident: $self:ident => $bytes:expr),*) => {
        $(impl fmt::Debug for $name {
            fn fmt(&$self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "("))?;
                for byte in $bytes.iter().take(4) {
                    write!(f, "{byte:02x}")?;
                }
                f.write_str("…)")
            }
        })*
    };
}

debug_as_hex!(
    PublicKey: self => self.as_bytes(),
    Signature: self => self.0,
    PublicId: self => self.0,
    SessionHash: self => self.0
);
