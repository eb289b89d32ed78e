//! The device that seals data to a vat's key, and opens what was sealed to the vat's own.
//!
//! ```text
//!   sealed = 1 ‖ HPKE base, to the receiver, of ─┬─ 0 ‖ data
//!                                               └─ 1 ‖ sender's key ‖ HPKE auth, of data
//!   info   = label ‖ mode ‖ receiver's key ‖ [sender's key] ‖ context
//! ```
//!
//! Data is written in Syrup, as on the wire. Who sealed something is inside, so that whoever carries
//! the bytes sees neither end. X25519 keys are the vats' ed25519 keys on the other form of the
//! curve (RFC 7748, 4.1). One key for both is safe here: signatures hash with SHA-512 what begins
//! with a label of ours, and the KEM hashes with HKDF-SHA256 what begins with `HPKE-v1`, so neither
//! gives what the other could use (Thormarker, "On using the same key pair for Ed25519 and an
//! X25519 based KEM", 2021). The other form forgets a sign, so both keys are in `info` as they are.

mod hpke;

use std::sync::Arc;

use bytes::Bytes;
use ed25519_dalek::SigningKey;
use hogshead_captp::Descriptor;
use hogshead_captp::syrup::{read, write};
use hogshead_objects::ids::{DeliveryId, VatId, VatNumber};
use hogshead_objects::{Class, Error, Message, Result, Value};
use hogshead_vat::DeviceCall;
use sha2::{Digest, Sha256};
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

use self::hpke::HpkeError;
use super::HostError;
use super::core::Core;
use super::devices::Args;
use super::entropy::Entropy;
use super::slot::Input;
use super::turn::Work;
use crate::limits::{SEALED_DATA_BYTES_MAX, SEALING_CONTEXT_BYTES_MAX};

/// The name of the device that seals and opens, in any vat.
pub(crate) const SEALING_DEVICE: &str = "sealing";

impl Work<'_, '_, '_> {
    /// Takes a call of the device. It is answered by another turn, so that what the host did and
    /// drew for it is not part of this one.
    pub(super) fn call_sealing(&self, call: DeviceCall) {
        let (vat, DeviceCall { delivery, message, .. }) = (self.slot.number, call);
        self.core.effect(|core| core.seal_later(vat, delivery, message));
    }
}

impl Core {
    fn seal_later(&self, vat: VatNumber, delivery: DeliveryId, message: Message) {
        let core = self.arc();
        self.spawn(async move {
            let working = Arc::clone(&core);
            let done = core.blocking(move || working.seal_or_open(vat, message)).await;
            let failed = |_| Err(Error::new(Class::Failed, "the host could not do this").into());
            let outcome = match done.unwrap_or_else(failed) {
                Ok(value) => Ok(value),
                Err(error) => match HostError::for_caller(error) {
                    Ok(error) => Err(error),
                    Err(fatal) => return core.fail(fatal),
                },
            };
            core.push(vat, Input::DeviceDone { delivery, outcome });
        });
    }

    fn seal_or_open(&self, vat: VatNumber, message: Message) -> Result<Value, HostError> {
        let gone = || Error::new(Class::NotFound, "this vat is gone");
        let identity = self.identity(vat)?.ok_or_else(gone)?;
        let root = root_of(identity.root.signing_key(), &identity.id)?;
        Ok(Post { root, entropy: &*self.entropy }.take(message)?)
    }
}

/// The root key of a vat, if it is here. A vat whose root key is kept elsewhere is certified here and
/// can be spoken for; its secrets stay where the key is.
fn root_of(key: SigningKey, vat: &VatId) -> Result<SigningKey> {
    if VatId::from(key.verifying_key()) != *vat {
        let why = "the root key of this vat is not on this host: seal and open where the key is";
        return Err(Error::refused(why));
    }
    Ok(key)
}

/// Seals and opens with a vat's key.
struct Post<'e> {
    root: SigningKey,
    entropy: &'e dyn Entropy,
}

/// The form of sealed bytes.
const FORMAT: u8 = 1;
const ANONYMOUS: u8 = 0;
const SIGNED: u8 = 1;

/// Begins every `info`: what was sealed for anything else is nothing here.
const LABEL: &[u8] = b"hogshead sealing 1\0";

/// Bytes that sealing as oneself adds to data, at the most.
const AROUND_BYTES: usize = 2 + 32 + 2 * hpke::OVERHEAD_BYTES;

impl Post<'_> {
    fn take(&self, message: Message) -> Result<Value> {
        let mut args = Args::new(message)?;
        let method = args.method().to_owned();
        match method.as_str() {
            "own_key" => Ok(self.id().to_string().into()),
            "seal" | "seal_as_me" => {
                let to: String = args.next()?;
                let to = to.parse::<VatId>().map_err(|why| Error::bad_call(why.to_string()))?;
                let context = context(args.next()?)?;
                let data = encode(args.next_value()?)?;
                self.seal(&to, &context, &data, method == "seal_as_me").map(Value::Bytes)
            }
            "open" => {
                let context = context(args.next()?)?;
                match args.next_value()? {
                    Value::Bytes(sealed) => self.open(&context, &sealed),
                    _ => Err(Error::bad_call("what was sealed is bytes")),
                }
            }
            other => Err(Error::bad_call(format!(
                "sealing has no method `{other}`; it has own_key, seal, seal_as_me, open"
            ))),
        }
    }

    fn id(&self) -> VatId {
        VatId::from(self.root.verifying_key())
    }

    fn secret(&self) -> StaticSecret {
        StaticSecret::from(self.root.to_scalar_bytes())
    }

    /// A key that is used once.
    fn ephemeral(&self) -> StaticSecret {
        let mut bytes = Zeroizing::new([0; 32]);
        self.entropy.fill(bytes.as_mut_slice());
        StaticSecret::from(*bytes)
    }

    fn seal(&self, to: &VatId, context: &str, data: &[u8], signed: bool) -> Result<Bytes> {
        let receiver = public(to);
        let useless = |_| Error::refused("nothing can be sealed to this key");
        let mut inner = Zeroizing::new(Vec::with_capacity(data.len() + AROUND_BYTES));
        if signed {
            let (us, info) = (self.id(), info(to, Some(&self.id()), context));
            let (secret, ephemeral) = (self.secret(), self.ephemeral());
            let sealed = hpke::seal(&receiver, Some(&secret), &ephemeral, &info, data);
            inner.push(SIGNED);
            inner.extend_from_slice(us.as_bytes());
            inner.extend_from_slice(&sealed.map_err(useless)?);
        } else {
            inner.push(ANONYMOUS);
            inner.extend_from_slice(data);
        }
        let info = info(to, None, context);
        let sealed = hpke::seal(&receiver, None, &self.ephemeral(), &info, &inner);
        Ok([&[FORMAT], sealed.map_err(useless)?.as_slice()].concat().into())
    }

    fn open(&self, context: &str, sealed: &Bytes) -> Result<Value> {
        let Some((&FORMAT, outer)) = sealed.split_first() else {
            return Err(Error::bad_call(
                "these bytes were not sealed by this device, or by a newer",
            ));
        };
        if outer.len() > SEALED_DATA_BYTES_MAX + AROUND_BYTES {
            return Err(too_large("what was sealed", SEALED_DATA_BYTES_MAX));
        }
        let (us, secret) = (self.id(), self.secret());
        let inner = hpke::open(&secret, None, &info(&us, None, context), outer);
        let inner = inner.map_err(closed)?;
        let (from, data) = match inner.split_first() {
            Some((&ANONYMOUS, data)) => (None, Zeroizing::new(data.to_vec())),
            Some((&SIGNED, rest)) => {
                let (from, sealed) = rest.split_first_chunk().ok_or_else(unreadable)?;
                let from = VatId::from_bytes(from).map_err(|_| unreadable())?;
                let info = info(&us, Some(&from), context);
                let data = hpke::open(&secret, Some(&public(&from)), &info, sealed);
                (Some(from), data.map_err(closed)?)
            }
            _ => return Err(unreadable()),
        };
        let from = from.map_or(Value::Null, |from| from.to_string().into());
        let id = Bytes::copy_from_slice(&Sha256::digest(sealed));
        Ok(Value::structure([("data", decode(&data)?), ("from", from), ("id", Value::Bytes(id))]))
    }
}

/// A vat's key on the curve's other form.
fn public(vat: &VatId) -> PublicKey {
    PublicKey::from(vat.verifying_key().to_montgomery().to_bytes())
}

fn info(to: &VatId, from: Option<&VatId>, context: &str) -> Vec<u8> {
    let mode = if from.is_some() { SIGNED } else { ANONYMOUS };
    let from = from.map_or(&[][..], |from| from.as_bytes());
    [LABEL, &[mode], to.as_bytes(), from, context.as_bytes()].concat()
}

fn context(context: String) -> Result<String> {
    if context.len() > SEALING_CONTEXT_BYTES_MAX {
        return Err(too_large("a context", SEALING_CONTEXT_BYTES_MAX));
    }
    Ok(context)
}

fn encode(data: Value) -> Result<Zeroizing<Vec<u8>>> {
    let data = data.try_map(&mut |_| {
        let why = "references cannot be sealed: share what is meant, and seal the sturdyref";
        Err::<Descriptor, _>(Error::bad_call(why))
    })?;
    let mut octets = Zeroizing::new(Vec::new());
    write::value(&mut octets, &data);
    if octets.len() > SEALED_DATA_BYTES_MAX {
        return Err(too_large("data to be sealed", SEALED_DATA_BYTES_MAX));
    }
    Ok(octets)
}

fn decode(octets: &[u8]) -> Result<Value> {
    let octets = Bytes::copy_from_slice(octets);
    let mut reader = read::Reader::new(&octets);
    let data = reader.value(0).map_err(|_| unreadable())?;
    reader.finish().map_err(|_| unreadable())?;
    data.try_map(&mut |_| Err(unreadable()))
}

fn closed(_: HpkeError) -> Error {
    Error::refused(
        "it does not open: it is for another vat or another context, or it was changed on its way",
    )
}

/// It opened, so whoever made it is to blame.
fn unreadable() -> Error {
    Error::refused("it opens, but what is in it is not data")
}

fn too_large(what: &str, max: usize) -> Error {
    Error::new(Class::Limit, format!("{what} has at most {max} bytes"))
}

#[cfg(test)]
mod tests;
