//! The keys of sessions between vats of this host.
//!
//! Such a session has no hello, yet each side has a key in it like in any other, so that a vat
//! elsewhere can be introduced to one here and the other way round. The keys are derived from the
//! host's secret and the two vats' names: both sides are known without a row and without asking.
//!
//! They stay the same for a pair of vats as long as the host's key does, so a session that is begun
//! anew has its old name. Nothing of the old one can be used in it: gifts went with it, and their
//! ids are random.

use std::sync::Arc;

use hogshead_captp::handoff::{Neighbours, Secrets};
use hogshead_objects::ids::VatId;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// Derives the keys.
pub(crate) struct LocalKeys(Arc<Base>);

/// What they are derived from.
struct Base(Zeroizing<[u8; 32]>);

impl LocalKeys {
    pub fn new(host_secret: &[u8; 32]) -> Self {
        Self(Arc::new(Base(digest(&[b"hogshead local session keys 1\0", host_secret]))))
    }

    /// The two sides of a session, of which the first is ours.
    pub fn neighbours(&self, us: VatId, peer: VatId) -> Neighbours {
        Neighbours { us, peer, secrets: self.0.clone() }
    }

    /// An opaque name for what a turn of ours sent: who reads it learns nothing.
    pub fn cause(&self, us: &VatId, turn: u64, nth: u64) -> [u8; 16] {
        let parts = [self.0.0.as_slice(), us.as_bytes(), &turn.to_be_bytes(), &nth.to_be_bytes()];
        let mut cause = [0; 16];
        cause.copy_from_slice(&digest(&parts)[..16]);
        cause
    }
}

impl Secrets for Base {
    fn secret(&self, us: &VatId, peer: &VatId) -> Zeroizing<[u8; 32]> {
        let inner = digest(&[self.0.as_slice(), us.as_bytes(), peer.as_bytes()]);
        // Hashed twice: nobody who learns one key can go on hashing towards another.
        digest(&[inner.as_slice()])
    }
}

fn digest(parts: &[&[u8]]) -> Zeroizing<[u8; 32]> {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    Zeroizing::new(hasher.finalize().into())
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::SigningKey;

    use super::*;

    fn vat(seed: u8) -> VatId {
        VatId::from(SigningKey::from_bytes(&[seed; 32]).verifying_key())
    }

    #[test]
    fn every_side_of_every_session_has_a_key_of_its_own() {
        let keys = LocalKeys::new(&[7; 32]);
        let made = [(1, 2), (2, 1), (1, 3), (3, 1)];
        let made: std::collections::BTreeSet<[u8; 32]> =
            made.iter().map(|(us, peer)| *keys.0.secret(&vat(*us), &vat(*peer))).collect();
        assert_eq!(made.len(), 4);
        let again = LocalKeys::new(&[7; 32]).0.secret(&vat(1), &vat(2));
        assert_eq!(again, keys.0.secret(&vat(1), &vat(2)), "the same at each start");
        assert_ne!(again, LocalKeys::new(&[8; 32]).0.secret(&vat(1), &vat(2)));
    }
}
