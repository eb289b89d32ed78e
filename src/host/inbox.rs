//! Rows of a vat's inbox: operations from other vats of the same host.

use hogshead_captp::Operation;
use hogshead_objects::codec;
use hogshead_objects::ids::{VatId, VatNumber};
use hogshead_objects::records::Row;
use serde::{Deserialize, Serialize};

use super::HostError;

/// The form of a row, format version first.
#[derive(Serialize, Deserialize)]
struct Arrived<O>(u8, VatNumber, VatId, O);

const FORMAT: u8 = 1;

/// Encodes an operation with its sender. One that carries a secret makes a row to be sealed.
pub(crate) fn encode(from: (VatNumber, VatId), operation: &Operation) -> Result<Row, HostError> {
    let mut row = codec::encode_row(&Arrived(FORMAT, from.0, from.1, operation))?;
    row.secret |= operation.is_secret();
    Ok(row)
}

/// Decodes what [`encode`] wrote.
pub(crate) fn decode(row: &[u8]) -> Result<(VatNumber, VatId, Operation), HostError> {
    let damaged = |what: String| HostError::Damaged(format!("a row of an inbox: {what}"));
    let Arrived(format, number, id, operation): Arrived<Operation> =
        codec::decode_row(row).map_err(|e| damaged(e.to_string()))?;
    if format != FORMAT {
        return Err(damaged(format!("format {format} is not known here")));
    }
    Ok((number, id, operation))
}
