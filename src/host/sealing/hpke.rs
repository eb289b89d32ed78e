//! HPKE (RFC 9180), single-shot: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305, in base
//! and auth mode. One key pair of the sender's side for each message, and one message for each key:
//! so the sequence number is always zero, and no nonce meets its key twice.

use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use hkdf::Hkdf;
use sha2::Sha256;
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

/// Bytes of an encapsulated key.
pub(super) const ENC_BYTES: usize = 32;

/// Bytes that sealing adds: the encapsulated key and the tag.
pub(super) const OVERHEAD_BYTES: usize = ENC_BYTES + 16;

/// What goes wrong. Who opens something is not told what it was.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum HpkeError {
    /// A public key with which everybody shares the same secret (RFC 9180, 7.1.4).
    LowOrder,
    /// It does not open.
    Open,
}

/// Seals for a receiver: the encapsulated key, then the ciphertext. `sender` makes it the auth
/// mode. `ephemeral` is a new key for each call.
pub(super) fn seal(
    receiver: &PublicKey,
    sender: Option<&StaticSecret>,
    ephemeral: &StaticSecret,
    info: &[u8],
    plaintext: &[u8],
) -> Result<Vec<u8>, HpkeError> {
    let enc = PublicKey::from(ephemeral);
    let mut shared = Shared::new(&enc, receiver);
    shared.agree(ephemeral, receiver)?;
    if let Some(sender) = sender {
        shared.agree(sender, receiver)?;
        shared.context.extend_from_slice(PublicKey::from(sender).as_bytes());
    }
    let (cipher, nonce) = shared.schedule(mode(sender.is_some()), info);
    let sealed = cipher.encrypt(&nonce, plaintext).map_err(|_| HpkeError::Open)?;
    let mut out = Vec::with_capacity(ENC_BYTES + sealed.len());
    out.extend_from_slice(enc.as_bytes());
    out.extend_from_slice(&sealed);
    Ok(out)
}

/// Opens what [`seal`] made. With `sender` it must be of the auth mode and that sender's.
pub(super) fn open(
    receiver: &StaticSecret,
    sender: Option<&PublicKey>,
    info: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, HpkeError> {
    let (enc, ciphertext) = sealed.split_first_chunk::<ENC_BYTES>().ok_or(HpkeError::Open)?;
    let enc = PublicKey::from(*enc);
    let mut shared = Shared::new(&enc, &PublicKey::from(receiver));
    shared.agree(receiver, &enc)?;
    if let Some(sender) = sender {
        shared.agree(receiver, sender)?;
        shared.context.extend_from_slice(sender.as_bytes());
    }
    let (cipher, nonce) = shared.schedule(mode(sender.is_some()), info);
    cipher.decrypt(&nonce, ciphertext).map(Zeroizing::new).map_err(|_| HpkeError::Open)
}

/// RFC 9180, 5: `mode_base` and `mode_auth`.
fn mode(authenticated: bool) -> u8 {
    if authenticated { 2 } else { 0 }
}

/// `"KEM" || I2OSP(0x0020, 2)` (RFC 9180, 4.1).
const KEM_SUITE: &[u8] = b"KEM\x00\x20";

/// `"HPKE" || kem_id || kdf_id || aead_id` (RFC 9180, 5.1).
const HPKE_SUITE: &[u8] = b"HPKE\x00\x20\x00\x01\x00\x03";

/// Both sides' way to the shared secret: `Encap`, `AuthEncap` and their reverse (RFC 9180, 4.1).
struct Shared {
    dh: Zeroizing<Vec<u8>>,
    /// `kem_context`: every public key that had a part.
    context: Vec<u8>,
}

impl Shared {
    fn new(enc: &PublicKey, receiver: &PublicKey) -> Self {
        let context = [enc.as_bytes().as_slice(), receiver.as_bytes()].concat();
        Self { dh: Zeroizing::new(Vec::with_capacity(64)), context }
    }

    fn agree(&mut self, secret: &StaticSecret, public: &PublicKey) -> Result<(), HpkeError> {
        let shared = secret.diffie_hellman(public);
        if !shared.was_contributory() {
            return Err(HpkeError::LowOrder);
        }
        self.dh.extend_from_slice(shared.as_bytes());
        Ok(())
    }

    /// `ExtractAndExpand`.
    fn secret(&self) -> Zeroizing<[u8; 32]> {
        let prk = extract(KEM_SUITE, &[], b"eae_prk", &self.dh);
        expand(KEM_SUITE, &prk, b"shared_secret", &self.context)
    }

    /// `KeySchedule` without a pre-shared key (RFC 9180, 5.1), and the nonce of the one message.
    fn schedule(&self, mode: u8, info: &[u8]) -> (ChaCha20Poly1305, Nonce) {
        let psk_id_hash = digest(extract_prk(HPKE_SUITE, &[], b"psk_id_hash", &[]));
        let info_hash = digest(extract_prk(HPKE_SUITE, &[], b"info_hash", info));
        let context = [[mode].as_slice(), &psk_id_hash, &info_hash].concat();
        let secret = extract(HPKE_SUITE, self.secret().as_slice(), b"secret", &[]);
        let key: Zeroizing<[u8; 32]> = expand(HPKE_SUITE, &secret, b"key", &context);
        let nonce: Zeroizing<[u8; 12]> = expand(HPKE_SUITE, &secret, b"base_nonce", &context);
        let cipher = ChaCha20Poly1305::new(Key::from_slice(key.as_slice()));
        (cipher, *Nonce::from_slice(nonce.as_slice()))
    }
}

type Prk = hkdf::hmac::digest::Output<Sha256>;

fn digest(prk: Prk) -> [u8; 32] {
    prk.into()
}

/// `LabeledExtract` (RFC 9180, 4).
fn extract_prk(suite: &[u8], salt: &[u8], label: &[u8], ikm: &[u8]) -> Prk {
    let labelled = Zeroizing::new([b"HPKE-v1", suite, label, ikm].concat());
    Hkdf::<Sha256>::extract(Some(salt), &labelled).0
}

fn extract(suite: &[u8], salt: &[u8], label: &[u8], ikm: &[u8]) -> Hkdf<Sha256> {
    let prk = Zeroizing::new(digest(extract_prk(suite, salt, label, ikm)));
    Hkdf::from_prk(prk.as_slice()).expect("what was extracted is as long as the hash")
}

/// `LabeledExpand` (RFC 9180, 4).
fn expand<const N: usize>(
    suite: &[u8],
    prk: &Hkdf<Sha256>,
    label: &[u8],
    info: &[u8],
) -> Zeroizing<[u8; N]> {
    let length = u16::try_from(N).expect("keys and nonces are short").to_be_bytes();
    let mut out = Zeroizing::new([0; N]);
    let labelled = [length.as_slice(), b"HPKE-v1", suite, label, info];
    prk.expand_multi_info(&labelled, out.as_mut_slice()).expect("it is shorter than 255 hashes");
    out
}

#[cfg(test)]
mod tests {
    use data_encoding::HEXLOWER;

    use super::*;

    fn bytes(hex: &str) -> Vec<u8> {
        HEXLOWER.decode(hex.as_bytes()).unwrap()
    }

    fn array(hex: &str) -> [u8; 32] {
        bytes(hex).try_into().unwrap()
    }

    /// The form of RFC 9180's vectors, whose additional data is "Count-0"; ours is empty.
    struct Vector {
        ephemeral: &'static str,
        receiver: &'static str,
        sender: Option<&'static str>,
        enc: &'static str,
        shared_secret: &'static str,
        key_of: &'static str,
        ciphertext: &'static str,
    }

    /// Appendix A.2.1.
    const BASE: Vector = Vector {
        ephemeral: "f4ec9b33b792c372c1d2c2063507b684ef925b8c75a42dbcbf57d63ccd381600",
        receiver: "8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb",
        sender: None,
        enc: "1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a",
        shared_secret: "0bbe78490412b4bbea4812666f7916932b828bba79942424abb65244930d69a7",
        key_of: "4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a",
        ciphertext: "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81\
                     883d2dd1b51a28",
    };

    /// Appendix A.2.3.
    const AUTH: Vector = Vector {
        ephemeral: "c94619e1af28971c8fa7957192b7e62a71ca2dcdde0a7cc4a8a9e741d600ab13",
        receiver: "3ca22a6d1cda1bb9480949ec5329d3bf0b080ca4c45879c95eddb55c70b80b82",
        sender: Some("2def0cb58ffcf83d1062dd085c8aceca7f4c0c3fd05912d847b61f3e54121f05"),
        enc: "f7674cc8cd7baa5872d1f33dbaffe3314239f6197ddf5ded1746760bfc847e0e",
        shared_secret: "d2d67828c8bc9fa661cf15a31b3ebf1febe0cafef7abfaaca580aaf6d471e3eb",
        key_of: "1a478716d63cb2e16786ee93004486dc151e988b34b475043d3e0175bdb01c44",
        ciphertext: "ab1a13c9d4f01a87ec3440dbd756e2677bd2ecf9df0ce7ed73869b98e00c09be111cb9fdf077\
                     347aeb88e61bdf",
    };

    const INFO: &str = "4f6465206f6e2061204772656369616e2055726e";
    const PLAINTEXT: &str = "4265617574792069732074727574682c20747275746820626561757479";

    fn secret(hex: &str) -> StaticSecret {
        StaticSecret::from(array(hex))
    }

    #[test]
    fn the_vectors_of_rfc_9180_come_out() {
        for vector in [BASE, AUTH] {
            let (ephemeral, receiver) = (secret(vector.ephemeral), secret(vector.receiver));
            let sender = vector.sender.map(secret);
            let public = PublicKey::from(&receiver);
            assert_eq!(public.as_bytes(), &array(vector.key_of));
            let enc = PublicKey::from(&ephemeral);
            assert_eq!(enc.as_bytes(), &array(vector.enc));
            let mut shared = Shared::new(&enc, &public);
            shared.agree(&ephemeral, &public).unwrap();
            if let Some(sender) = &sender {
                shared.agree(sender, &public).unwrap();
                shared.context.extend_from_slice(PublicKey::from(sender).as_bytes());
            }
            assert_eq!(*shared.secret(), array(vector.shared_secret));
            let (cipher, nonce) = shared.schedule(mode(sender.is_some()), &bytes(INFO));
            let payload =
                chacha20poly1305::aead::Payload { msg: &bytes(PLAINTEXT), aad: b"Count-0" };
            let sealed = cipher.encrypt(&nonce, payload).unwrap();
            assert_eq!(HEXLOWER.encode(&sealed), vector.ciphertext);
        }
    }

    #[test]
    fn what_is_sealed_opens_for_its_receiver_and_from_its_sender_only() {
        let (receiver, other) = (secret(BASE.receiver), secret(AUTH.receiver));
        let (sender, ephemeral) = (secret(AUTH.ephemeral), secret(BASE.ephemeral));
        let (to, from) = (PublicKey::from(&receiver), PublicKey::from(&sender));
        for authenticated in [false, true] {
            let (ours, theirs) = (authenticated.then_some(&sender), authenticated.then_some(&from));
            let sealed = seal(&to, ours, &ephemeral, b"info", b"hello").unwrap();
            assert_eq!(sealed.len(), OVERHEAD_BYTES + 5);
            assert_eq!(open(&receiver, theirs, b"info", &sealed).unwrap().as_slice(), b"hello");
            let wrong = if authenticated { None } else { Some(&from) };
            let attempts = [
                open(&other, theirs, b"info", &sealed),
                open(&receiver, theirs, b"other", &sealed),
                open(&receiver, wrong, b"info", &sealed),
                open(&receiver, Some(&to), b"info", &sealed),
            ];
            assert!(attempts.into_iter().all(|opened| opened == Err(HpkeError::Open)));
            for at in 0..sealed.len() {
                for bit in [1, 0x80] {
                    let mut changed = sealed.clone();
                    changed[at] ^= bit;
                    assert!(open(&receiver, theirs, b"info", &changed).is_err(), "octet {at}");
                }
                assert!(open(&receiver, theirs, b"info", &sealed[..at]).is_err());
            }
            assert!(open(&receiver, theirs, b"info", &[&sealed[..], &[0]].concat()).is_err());
        }
    }

    #[test]
    fn keys_of_low_order_are_refused_on_either_side() {
        // Zero, one, and a point of order eight (RFC 7748 has no others that matter here).
        let of_order_eight = "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800";
        let ones = [0_u8, 1].map(|first| {
            let mut point = [0; 32];
            point[0] = first;
            point
        });
        let (receiver, ephemeral) = (secret(BASE.receiver), secret(BASE.ephemeral));
        for point in [ones[0], ones[1], array(of_order_eight)] {
            let weak = PublicKey::from(point);
            assert_eq!(seal(&weak, None, &ephemeral, b"", b""), Err(HpkeError::LowOrder));
            let sealed = [point.as_slice(), &[0; 16]].concat();
            assert_eq!(open(&receiver, None, b"", &sealed), Err(HpkeError::LowOrder));
            let to = PublicKey::from(&receiver);
            let good = seal(&to, Some(&ephemeral), &ephemeral, b"", b"").unwrap();
            assert_eq!(open(&receiver, Some(&weak), b"", &good), Err(HpkeError::LowOrder));
        }
    }
}
