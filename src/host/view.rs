//! One vat's rows as its heap and sessions see them: without prefix and unsealed.

use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use hogshead_objects::ids::VatNumber;
use hogshead_objects::records::{ReadRecords, RecordsError};
use hogshead_store::Keep;

use super::core::Core;
use super::layout;
use super::seal::Sealer;

/// A view of one vat's rows.
pub(crate) struct VatView<'a> {
    keep: &'a Keep,
    sealer: &'a Sealer,
    reads: &'a Reads,
    vat: VatNumber,
}

/// How much was read, for tests and the inspector.
#[derive(Default, Debug)]
pub(crate) struct Reads {
    pub points: AtomicU64,
    pub ranges: AtomicU64,
}

impl<'a> VatView<'a> {
    pub fn new(core: &'a Core, vat: VatNumber) -> Self {
        Self { keep: &core.keep, sealer: &core.sealer, reads: &core.reads, vat }
    }
}

impl ReadRecords for VatView<'_> {
    fn get(&self, key: &[u8]) -> Result<Option<Bytes>, RecordsError> {
        self.reads.points.fetch_add(1, Ordering::Relaxed);
        let key = layout::in_vat(self.vat, key);
        match self.keep.get(&key).map_err(|e| RecordsError::Store(e.to_string()))? {
            Some(kept) => self.sealer.open(&key, kept).map(Some),
            None => Ok(None),
        }
    }

    fn range(
        &self,
        from: &[u8],
        to: &[u8],
        limit: usize,
    ) -> Result<Vec<(Bytes, Bytes)>, RecordsError> {
        self.reads.ranges.fetch_add(1, Ordering::Relaxed);
        let (from, to) = (layout::in_vat(self.vat, from), layout::in_vat(self.vat, to));
        let rows =
            self.keep.range(&from, &to, limit).map_err(|e| RecordsError::Store(e.to_string()))?;
        let open = |(key, kept): (Bytes, Bytes)| {
            let opened = self.sealer.open(&key, kept)?;
            Ok((key.slice(4..), opened))
        };
        rows.into_iter().map(open).collect()
    }
}
