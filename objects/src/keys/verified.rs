//! Signatures that were verified not long ago. Peers show the same certificate and the same record
//! of where they are at each connection.

use std::cell::RefCell;

use ed25519_dalek::Signature;
use sha2::{Digest, Sha256};

use crate::ids::VatId;

/// Whether a vat's root key has signed these bytes.
pub(crate) fn is_signed(vat: VatId, signed: &[u8], signature: &Signature) -> bool {
    let name = name(vat, signed, signature);
    let place = usize::from(name[0]) % PLACES;
    if VERIFIED.with_borrow(|verified| verified.get(place) == Some(&Some(name))) {
        return true;
    }
    let is_signed = vat.verifying_key().verify_strict(signed, signature).is_ok();
    if is_signed {
        VERIFIED.with_borrow_mut(|verified| {
            verified.resize(PLACES, None);
            if let Some(held) = verified.get_mut(place) {
                *held = Some(name);
            }
        });
    }
    is_signed
}

/// One name for one key, one text and one signature: key and signature have fixed lengths.
fn name(vat: VatId, signed: &[u8], signature: &Signature) -> [u8; 32] {
    let hash = Sha256::new().chain_update(vat.as_bytes()).chain_update(signature.to_bytes());
    hash.chain_update(signed).finalize().into()
}

thread_local! {
    /// What is in it changes how long an answer takes, never the answer. What was refused is not
    /// in it, so nobody can crowd out others with what is not signed.
    static VERIFIED: RefCell<Vec<Option<[u8; 32]>>> = const { RefCell::new(Vec::new()) };
}

/// How many signatures a thread knows at the most, of 33 bytes each.
const PLACES: usize = 256;

#[cfg(test)]
mod tests {
    use ed25519_dalek::{Signer, SigningKey};

    use super::*;

    #[test]
    fn what_was_verified_holds_for_this_key_this_text_and_this_signature_alone() {
        let (key, other) = (SigningKey::from_bytes(&[7; 32]), SigningKey::from_bytes(&[8; 32]));
        let (vat, another) = (key.verifying_key().into(), other.verifying_key().into());
        let signature = key.sign(b"text");
        for _ in 0..2 {
            assert!(is_signed(vat, b"text", &signature));
            assert!(!is_signed(vat, b"another text", &signature));
            assert!(!is_signed(another, b"text", &signature));
            assert!(!is_signed(vat, b"text", &other.sign(b"text")));
            let mut torn = signature.to_bytes();
            torn[63] ^= 1;
            assert!(!is_signed(vat, b"text", &Signature::from_bytes(&torn)));
        }
        for text in 0..1_000_u32 {
            let signature = key.sign(&text.to_be_bytes());
            assert!(is_signed(vat, &text.to_be_bytes(), &signature));
            assert!(!is_signed(another, &text.to_be_bytes(), &signature));
        }
        assert!(is_signed(vat, b"text", &signature), "whoever has taken its place");
    }
}
