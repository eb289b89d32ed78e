//! History: the journal's batches say which turn they are, so that it can be run again.
//!
//! ```text
//!   input ──▶ Told (what it was) ───┐
//!   Work ──asks──▶ Facts ──notes──▶ Tape ──▶ Description ──Batch::meta──▶ journal
//!   Turn ──▶ did it draw entropy? ──┘
//! ```
//!
//! A turn is made of its vat's records, its input and what it asks of the host: with the same of
//! all three it writes the same rows. The records follow from the batches before, and the two
//! others are in the description. `docs/storage.md` has its bytes.

mod between;
mod description;
mod facts;
mod perform;
mod replay;
mod told;

use hogshead_objects::codec;
use hogshead_objects::ids::{Timestamp, TurnNumber, VatNumber};
use hogshead_objects::records::Row;
use serde::Serialize;

pub(crate) use self::between::Between;
pub(crate) use self::facts::Facts;
use self::facts::Tape;
pub(crate) use self::replay::replay;
pub use self::replay::{Divergence, Replay, Replayed};
pub(crate) use self::told::{Carried, Cause, Command, Told};
use super::seal::Sealer;
use crate::limits::DESCRIPTION_BYTES_MAX;

/// What is written of a turn beside its rows.
pub(super) struct Description<'d> {
    pub vat: VatNumber,
    /// The turn's number, or that of the one before if it wrote nothing.
    pub turn: TurnNumber,
    pub now: Timestamp,
    pub told: &'d Told,
    pub tape: Tape,
    /// What the turn drew numbers from, if it did.
    pub entropy: Option<[u8; 32]>,
}

const FORMAT: u64 = 1;

/// What descriptions are sealed for: they have no key of their own in the store.
const SEALED_FOR: &[u8] = b"hogshead description of a turn";

impl Description<'_> {
    /// The bytes for the journal, sealed if there is a secret among them. One that is too long
    /// says no more than whose turn it was.
    pub fn close(&self, sealer: &Sealer) -> bytes::Bytes {
        let mut bytes = self.encode(self.told);
        let mut secret = self.told.secret || self.tape.secret || self.entropy.is_some();
        if bytes.len() > DESCRIPTION_BYTES_MAX {
            bytes = self.encode(&Told::opaque());
            secret = false;
        }
        sealer.close(SEALED_FOR, Row { bytes: bytes.into(), secret })
    }

    fn encode(&self, told: &Told) -> Vec<u8> {
        let mut out = Vec::with_capacity(64 + told.cause.len() + self.tape.bytes.len());
        // What nobody can run again needs nothing of what follows.
        let opaque = told.is_opaque();
        codec::write_cbor_array(if opaque { 5 } else { 7 }, &mut out);
        for number in [FORMAT, self.vat.0.into(), self.turn.0, self.now.0] {
            write(&number, &mut out);
        }
        out.extend_from_slice(&told.cause);
        if opaque {
            return out;
        }
        codec::write_cbor_array(self.tape.count, &mut out);
        out.extend_from_slice(&self.tape.bytes);
        write(&self.entropy.as_ref().map(|drawn| serde_bytes::Bytes::new(drawn)), &mut out);
        out
    }
}

/// Appends plain data.
fn write(data: &impl Serialize, out: &mut Vec<u8>) {
    codec::write_cbor(data, out).expect("plain data is written, and memory takes all of it");
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ciborium::Value;
    use hogshead_objects::ids::DeliveryId;

    use super::*;
    use crate::host::entropy::SystemEntropy;

    fn describe(told: &Told, entropy: Option<[u8; 32]>) -> bytes::Bytes {
        let tape = Tape { bytes: vec![0xf5, 0xf4], count: 2, secret: false };
        let (vat, turn, now) = (VatNumber(3), TurnNumber(300), Timestamp(1_700_000_000_000));
        let description = Description { vat, turn, now, told, tape, entropy };
        description.close(&Sealer::new(&[7; 32], Arc::new(SystemEntropy)))
    }

    fn opened(kept: &bytes::Bytes) -> Value {
        let sealer = Sealer::new(&[7; 32], Arc::new(SystemEntropy));
        let bytes = sealer.open(SEALED_FOR, kept.clone()).unwrap();
        ciborium::from_reader(&*bytes).unwrap()
    }

    #[test]
    fn an_ordinary_turn_takes_few_bytes_and_none_of_its_entropy() {
        let told = Told::of(&Cause::Ready(DeliveryId(7)));
        let kept = describe(&told, None);
        assert!(kept.len() < 40, "{} bytes", kept.len());
        let cause = Value::Array(vec![1.into(), 7.into()]);
        let facts = Value::Array(vec![Value::Bool(true), Value::Bool(false)]);
        let numbers = [1.into(), 3.into(), 300.into(), 1_700_000_000_000_u64.into()];
        let mut expected = Vec::from(numbers);
        expected.extend([cause, facts, Value::Null]);
        assert_eq!(opened(&kept), Value::Array(expected));
    }

    #[test]
    fn entropy_is_in_no_journal_in_clear() {
        let told = Told::of(&Cause::Ready(DeliveryId(7)));
        let kept = describe(&told, Some([0xab; 32]));
        assert!(!kept.windows(4).any(|four| four == [0xab; 4]));
        let Value::Array(fields) = opened(&kept) else { panic!("it is an array") };
        assert_eq!(fields[6], Value::Bytes(vec![0xab; 32]));
    }

    #[test]
    fn a_description_beyond_the_limit_says_only_whose_turn_it_was() {
        let frame = |length: usize| Cause::Frame {
            session: hogshead_objects::ids::SessionId(1),
            bytes: vec![0; length].into(),
            secret: false,
        };
        let within = describe(&Told::of(&frame(DESCRIPTION_BYTES_MAX - 100)), None);
        assert!(within.len() > DESCRIPTION_BYTES_MAX - 100);
        let beyond = describe(&Told::of(&frame(DESCRIPTION_BYTES_MAX)), None);
        let Value::Array(fields) = opened(&beyond) else { panic!("it is an array") };
        assert_eq!(fields[4..], [Value::Array(vec![0.into()])]);
        assert_eq!(fields[1], 3.into());
    }
}
