//! What the steward needs of a turn: shares, facets and fresh numbers.

use hogshead_objects::error::Result;
use hogshead_objects::ids::{FacetId, Timestamp};
use hogshead_objects::locator::SwissHash;
use hogshead_objects::records::ReadRecords;
use sha2::{Digest, Sha256};

use super::Turn;
use crate::error::VatError;
use crate::limits;
use crate::rows::{self, Edge, FacetRow, SwissRow};

impl Turn<'_, '_> {
    pub(crate) fn draw_id(&mut self) -> u64 {
        self.vat.draw_id()
    }

    pub(crate) fn created(&self) -> Timestamp {
        self.meta.now
    }

    /// Entropy that no other call of this turn gets.
    pub(crate) fn fresh_entropy(&mut self) -> [u8; 32] {
        self.minted += 1;
        let mut hasher = Sha256::new();
        hasher.update((self.meta.entropy)());
        hasher.update(self.minted.to_be_bytes());
        hasher.finalize().into()
    }

    /// Keeps a share: its row holds the facet. Only the hash of the number is kept, so the row
    /// holds no secret.
    pub(crate) fn put_share(&mut self, hash: &SwissHash, row: &SwissRow) {
        self.deltas.push((Edge::Facet(row.facet), 1));
        self.put_row(rows::swiss_key(hash), rows::encode(row, false), 0);
    }

    pub(crate) fn drop_share(&mut self, hash: &SwissHash, row: &SwissRow) {
        self.deltas.push((Edge::Facet(row.facet), -1));
        let key = rows::swiss_key(hash);
        let stored = key.len() + rows::encode(row, false).bytes.len();
        self.delete_row(key, stored);
    }

    pub(crate) fn share_by_hash(&self, hash: &SwissHash) -> Result<Option<SwissRow>, VatError> {
        let key = rows::swiss_key(hash);
        match self.overlay.get(&key)? {
            Some(bytes) => Ok(Some(rows::decode(&key, &bytes)?)),
            None => Ok(None),
        }
    }

    pub(crate) fn facet_row(&mut self, id: FacetId) -> Result<Option<FacetRow>, VatError> {
        Ok(self.load_facet(id)?.cloned())
    }

    /// Walks a table as the overlay has it, a page at a time.
    pub(crate) fn each_row(
        &self,
        table: u8,
        mut each: impl FnMut(&[u8], &[u8]) -> Result<(), VatError>,
    ) -> Result<(), VatError> {
        each_row(&*self.overlay, table, |key, bytes| each(key, bytes))
    }
}

/// Walks a table, a page at a time.
pub(crate) fn each_row(
    records: &dyn ReadRecords,
    table: u8,
    mut each: impl FnMut(&[u8], &[u8]) -> Result<(), VatError>,
) -> Result<(), VatError> {
    let (mut from, to) = rows::table_range(table);
    loop {
        let page = records.range(&from, &to, limits::PAGE_ROWS)?;
        for (key, bytes) in &page {
            each(key, bytes)?;
        }
        match page.last() {
            Some((key, _)) if page.len() == limits::PAGE_ROWS => {
                let mut next = key.to_vec();
                next.push(0);
                from = next.into();
            }
            _ => return Ok(()),
        }
    }
}
