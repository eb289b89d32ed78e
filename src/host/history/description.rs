//! Reading descriptions back.

use bytes::Bytes;
use ciborium::Value;
use hogshead_objects::ids::{Timestamp, TurnNumber, VatNumber};
use serde_bytes::ByteArray;

use super::{Cause, FORMAT, SEALED_FOR};
use crate::host::HostError;
use crate::host::seal::Sealer;

/// A description as it is in the journal.
pub(super) struct Read {
    pub vat: VatNumber,
    pub turn: TurnNumber,
    pub now: Timestamp,
    /// Nothing if the turn is opaque.
    pub cause: Option<Cause>,
    pub facts: Vec<Value>,
    /// Zeros if the turn made nothing of it.
    pub entropy: [u8; 32],
}

impl Read {
    pub fn open(kept: &Bytes, sealer: &Sealer) -> Result<Self, HostError> {
        let bytes = sealer.open(SEALED_FOR, kept.clone())?;
        let damaged = |what: &str| HostError::Damaged(format!("the description of a turn: {what}"));
        let fields: Vec<Value> =
            ciborium::from_reader(&*bytes).map_err(|error| damaged(&error.to_string()))?;
        let [format, vat, turn, now, cause, rest @ ..] = fields.as_slice() else {
            return Err(damaged("it is too short"));
        };
        let number = |value: &Value| {
            let number = value.as_integer().and_then(|number| u64::try_from(number).ok());
            number.ok_or_else(|| damaged("a number is missing"))
        };
        if number(format)? != FORMAT {
            return Err(damaged("its format is not known here"));
        }
        let vat = u32::try_from(number(vat)?).map_err(|_| damaged("its vat is no vat"))?;
        let (facts, entropy) = match rest {
            [Value::Array(facts), entropy] => (facts.clone(), entropy),
            [] => (Vec::new(), &Value::Null),
            _ => return Err(damaged("its fields are not those of a description")),
        };
        let entropy: Option<ByteArray<32>> =
            entropy.deserialized().map_err(|_| damaged("its entropy has another length"))?;
        Ok(Self {
            vat: VatNumber(vat),
            turn: TurnNumber(number(turn)?),
            now: Timestamp(number(now)?),
            cause: Cause::read(cause),
            facts,
            entropy: entropy.map_or([0; 32], ByteArray::into_array),
        })
    }
}
