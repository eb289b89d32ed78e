//! Entropy for objects, which the vat itself serves from its turn's: see
//! [`stock::entropy`](hogshead_objects::stock::entropy).

use hogshead_objects::error::{Error, Result};
use hogshead_objects::message::Message;
use hogshead_objects::value::Value;
use sha2::{Digest, Sha256};

use crate::turn::Turn;

/// Runs a method of an entropy capability.
pub(crate) fn call(turn: &mut Turn<'_, '_>, message: &Message) -> Result<Value> {
    match (message.symbol(), message.values.len()) {
        (Some("octets"), 1) => {
            // An object learns nothing of what else is made of this turn's entropy.
            let mut hasher = Sha256::new();
            hasher.update(b"hogshead octets for an object 1\0");
            hasher.update(turn.fresh_entropy());
            Ok(Value::Bytes(hasher.finalize().to_vec().into()))
        }
        _ => Err(Error::bad_call("an entropy capability has the method octets, without arguments")),
    }
}
