//! A batch: the changes of one turn, and their bytes in the journal.

use bytes::{Buf, BufMut, Bytes};

use crate::changes::Changes;
use crate::error::StoreError;
use crate::limits::{
    BATCH_BYTES_MAX, BATCH_ROWS_MAX, KEY_BYTES_MAX, OVERLAY_ROW_BYTES, VALUE_BYTES_MAX,
};

/// The changes of one turn: absolute puts and deletes, so that applying them twice is applying
/// them once, and a description of the turn that only history reads.
///
/// ```
/// let mut batch = hogshead_store::Batch::new();
/// batch.put("a", "1").delete("b").meta("turn 7");
/// assert_eq!(batch.len(), 2);
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Batch {
    changes: Changes,
    meta: Bytes,
}

impl Batch {
    /// A batch that changes nothing. Committing it is allowed: each turn has its number.
    pub fn new() -> Self {
        Self::default()
    }

    /// A batch of these changes.
    pub fn of(changes: Changes) -> Self {
        Self { changes, meta: Bytes::new() }
    }

    /// Sets a row. The last change of a key counts.
    pub fn put(&mut self, key: impl Into<Bytes>, value: impl Into<Bytes>) -> &mut Self {
        self.change(key.into(), Some(value.into()))
    }

    /// Removes a row; removing one that is not there is nothing.
    pub fn delete(&mut self, key: impl Into<Bytes>) -> &mut Self {
        self.change(key.into(), None)
    }

    /// Sets a row to a value, or removes it.
    pub fn change(&mut self, key: Bytes, value: Option<Bytes>) -> &mut Self {
        self.changes.insert(key, value);
        self
    }

    /// Describes the turn. The journal keeps it, the checkpoint does not.
    pub fn meta(&mut self, meta: impl Into<Bytes>) -> &mut Self {
        self.meta = meta.into();
        self
    }

    /// The changed rows.
    pub fn changes(&self) -> &Changes {
        &self.changes
    }

    /// The changed rows, moved out of it.
    pub(crate) fn into_changes(self) -> Changes {
        self.changes
    }

    /// The description of the turn.
    pub fn description(&self) -> &Bytes {
        &self.meta
    }

    /// The number of rows changed.
    pub fn len(&self) -> usize {
        self.changes.len()
    }

    /// Whether no row is changed.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Refuses what is beyond a limit; gives how long it is in the journal.
    pub(crate) fn check(&self) -> Result<usize, StoreError> {
        within("a batch's number of rows", self.changes.len(), BATCH_ROWS_MAX)?;
        for (key, value) in &self.changes {
            within("a key's number of bytes", key.len(), KEY_BYTES_MAX)?;
            let bytes = value.as_ref().map_or(0, Bytes::len);
            within("a value's number of bytes", bytes, VALUE_BYTES_MAX)?;
        }
        let length = self.encoded_len();
        within("a batch's number of bytes", length, BATCH_BYTES_MAX)?;
        Ok(length)
    }

    /// What the batch costs in the overlay.
    pub(crate) fn overlay_bytes(&self) -> usize {
        overlay_cost(self.encoded_len(), self.changes.len())
    }

    pub(crate) fn encoded_len(&self) -> usize {
        let row = |(key, value): (&Bytes, &Option<Bytes>)| {
            1 + 2 + key.len() + value.as_ref().map_or(0, |value| 4 + value.len())
        };
        1 + 4 + self.meta.len() + 4 + self.changes.iter().map(row).sum::<usize>()
    }

    /// Writes the payload of a journal record. The batch was [checked](Self::check).
    pub(crate) fn encode(&self, out: &mut Vec<u8>) {
        out.put_u8(PAYLOAD_VERSION);
        out.put_u32(self.meta.len() as u32);
        out.put_slice(&self.meta);
        out.put_u32(self.changes.len() as u32);
        for (key, value) in &self.changes {
            out.put_u8(if value.is_some() { PUT } else { DELETE });
            out.put_u16(key.len() as u16);
            out.put_slice(key);
            if let Some(value) = value {
                out.put_u32(value.len() as u32);
                out.put_slice(value);
            }
        }
    }

    /// Reads the payload of a journal record, whose checksum held. Says what is wrong with it.
    pub(crate) fn decode(mut bytes: Bytes) -> Result<Self, &'static str> {
        let short = "its payload ends too early";
        if bytes.try_get_u8().map_err(|_| short)? != PAYLOAD_VERSION {
            return Err("its payload has an unknown version");
        }
        let meta = take(&mut bytes, |b| b.try_get_u32().ok().map(|n| n as usize)).ok_or(short)?;
        let count = bytes.try_get_u32().map_err(|_| short)?;
        let mut changes = Changes::new();
        for _ in 0..count {
            let op = bytes.try_get_u8().map_err(|_| short)?;
            let key = take(&mut bytes, |b| b.try_get_u16().ok().map(usize::from)).ok_or(short)?;
            let value = match op {
                DELETE => None,
                PUT => Some(
                    take(&mut bytes, |b| b.try_get_u32().ok().map(|n| n as usize)).ok_or(short)?,
                ),
                _ => return Err("its payload has an unknown operation"),
            };
            if !changes.push(key, value) {
                return Err("its rows are out of order");
            }
        }
        if bytes.is_empty() { Ok(Self { changes, meta }) } else { Err("its payload is too long") }
    }
}

/// What a batch of so many bytes and rows costs in the overlay.
pub(crate) fn overlay_cost(length: usize, rows: usize) -> usize {
    length + OVERLAY_ROW_BYTES * (1 + rows)
}

/// Takes a counted run of bytes without copying it.
fn take(bytes: &mut Bytes, count: impl Fn(&mut Bytes) -> Option<usize>) -> Option<Bytes> {
    let count = count(bytes)?;
    (bytes.len() >= count).then(|| bytes.split_to(count))
}

fn within(what: &'static str, found: usize, max: usize) -> Result<(), StoreError> {
    if found <= max {
        return Ok(());
    }
    Err(StoreError::Limit { what, found: found as u64, max: max as u64 })
}

const PAYLOAD_VERSION: u8 = 1;
const DELETE: u8 = 0;
const PUT: u8 = 1;

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Batch {
        let mut batch = Batch::new();
        batch.put("b", "2").put("a", "").delete("c").put("b", "3").meta("turn");
        batch
    }

    #[test]
    fn a_batch_survives_its_bytes() {
        for batch in [Batch::new(), sample()] {
            let mut bytes = Vec::new();
            batch.encode(&mut bytes);
            assert_eq!(bytes.len(), batch.encoded_len());
            assert_eq!(Batch::decode(bytes.into()), Ok(batch));
        }
    }

    #[test]
    fn every_shortened_payload_is_refused() {
        let mut bytes = Vec::new();
        sample().encode(&mut bytes);
        let bytes = Bytes::from(bytes);
        for end in 0..bytes.len() {
            assert!(Batch::decode(bytes.slice(..end)).is_err(), "{end} bytes were accepted");
        }
    }

    #[test]
    fn what_is_beyond_a_limit_is_refused_and_names_it() {
        let refused = |batch: Batch| batch.check().unwrap_err().to_string();
        let mut batch = Batch::new();
        batch.put(vec![0; KEY_BYTES_MAX], vec![0; VALUE_BYTES_MAX]);
        assert!(batch.check().is_ok());

        batch.put(vec![0; KEY_BYTES_MAX + 1], "");
        assert!(refused(batch).starts_with("a key's number of bytes is 1025"));

        let mut batch = Batch::new();
        batch.put("a", vec![0; VALUE_BYTES_MAX + 1]);
        assert!(refused(batch).starts_with("a value's number of bytes"));

        let mut batch = Batch::new();
        for key in ["a", "b", "c", "d", "e"] {
            batch.put(key, vec![0; VALUE_BYTES_MAX]);
        }
        assert!(refused(batch).starts_with("a batch's number of bytes"));

        let mut batch = Batch::new();
        for row in 0..=BATCH_ROWS_MAX as u32 {
            batch.delete(row.to_be_bytes().to_vec());
        }
        assert!(refused(batch).starts_with("a batch's number of rows"));
    }
}
