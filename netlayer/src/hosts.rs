//! What a netlayer needs to know of the host that it serves.

use std::fmt;

use ed25519_dalek::{Signature, Signer as _, SigningKey};
use hogshead_objects::ids::{Epoch, HostId, Timestamp, VatId};
use hogshead_objects::keys::HostingCertificate;
use hogshead_objects::location::LocationRecord;

/// What the host answers about the vats that it hosts.
///
/// Strangers can cause each of these calls, so an answer must be cheap (one point read) and may
/// neither revive nor write anything.
pub trait Vats: Send + Sync {
    /// The certificate under which this host speaks for `vat`; none if the vat is unknown or is to
    /// look so. Both get the same answer on the wire.
    fn certificate(&self, vat: &VatId) -> Option<HostingCertificate>;

    /// Where `vat` is, if this host does not host it and keeps a forwarding record of it: whoever
    /// asks for the vat is told. Asked only where [`Vats::certificate`] has given none.
    fn forward(&self, vat: &VatId) -> Option<LocationRecord> {
        let _ = vat;
        None
    }

    /// The highest epoch of `peer` that `our_vat` has seen. Lower ones are refused.
    fn seen_epoch(&self, our_vat: &VatId, peer: &VatId) -> Option<Epoch>;

    /// The time by which certificates expire.
    fn now(&self) -> Timestamp;
}

/// The host's own key: TLS authenticates it, and it signs the preface of each session.
#[derive(Clone)]
pub struct HostKey(SigningKey);

impl HostKey {
    /// The key from its 32 secret bytes.
    pub fn from_secret(secret: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(secret))
    }

    /// The host's name: the public half.
    pub fn id(&self) -> HostId {
        HostId::from(self.0.verifying_key())
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Signature {
        self.0.sign(message)
    }

    /// Bytes for another secret of the same host, the same at each start.
    pub(crate) fn derive(&self, purpose: &str) -> [u8; 32] {
        use sha2::{Digest, Sha256};
        let inner = Sha256::new()
            .chain_update(b"hogshead host key derivation 1\0")
            .chain_update(self.0.as_bytes())
            .chain_update(purpose)
            .finalize();
        // Hashing twice keeps the length of `purpose` from being extended.
        Sha256::digest(inner).into()
    }
}

impl From<SigningKey> for HostKey {
    fn from(key: SigningKey) -> Self {
        Self(key)
    }
}

impl fmt::Debug for HostKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HostKey({:?})", self.id())
    }
}
