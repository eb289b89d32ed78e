//! The audit of grants: what was derived from what, what is awaited, what was counted.

use std::collections::BTreeMap;

use hogshead_objects::ids::{FacetId, PromiseId};
use hogshead_objects::limits::GRANT_DEPTH_MAX;
use hogshead_objects::records::{ReadRecords, table};

use super::Audit;
use crate::error::VatError;
use crate::rows::{self, Action, DeliveryRow, FacetRow, GrantRow};
use crate::turn::each_row;

/// What the rows say of grants.
#[derive(Default)]
pub(super) struct Grants {
    /// Facets that were made for somebody, and what they were derived from.
    facets: BTreeMap<FacetId, Option<FacetId>>,
    /// The deliveries that give answers over facets.
    answers: BTreeMap<(FacetId, PromiseId), Vec<u8>>,
    /// The deliveries that tell of facets elsewhere, by the promises that know them.
    pub(super) notices: BTreeMap<PromiseId, Vec<u8>>,
}

impl Audit {
    pub(super) fn note_granted(&mut self, id: FacetId, row: &FacetRow) {
        if row.is_grant() {
            self.grants.facets.insert(id, row.parent);
        }
        self.unless(row.revoked || !row.deep, id, "what was derived is revoked and it is not");
        let below = row.parent.is_none_or(|parent| parent < id);
        self.unless(below, id, "it was made before what it was derived from");
    }

    pub(super) fn note_answer(&mut self, key: &[u8], row: &DeliveryRow) {
        let Some(answer) = row.answer else { return };
        match &row.action {
            Action::Answer { over, .. } => {
                self.grants.answers.insert((*over, answer), key.to_vec());
            }
            Action::Notice { .. } => {
                let known = self.grants.notices.remove(&answer);
                let fine = known.as_deref() == Some(key);
                self.unless(fine, answer, "it knows of no such notice");
            }
            _ => {}
        }
    }

    pub(super) fn compare_grants(&mut self, records: &dyn ReadRecords) -> Result<(), VatError> {
        let Grants { facets, answers, notices } = std::mem::take(&mut self.grants);
        for promise in notices.into_keys() {
            self.differ(promise, "the notice that it knows of is not there".to_owned());
        }
        for id in facets.keys() {
            let line = std::iter::successors(Some(*id), |id| facets.get(id).copied().flatten());
            let depth = line.take(GRANT_DEPTH_MAX + 1).count();
            self.unless(depth <= GRANT_DEPTH_MAX, id, "it is derived too often");
        }
        self.compare_derived(records, &facets)?;
        let awaited = self.compare_awaited(records, answers)?;
        each_row(records, table::GRANT, |key, bytes| {
            let row: GrantRow = rows::decode(key, bytes)?;
            self.meter_row(key, bytes);
            let id = FacetId(rows::id_of_key(key).unwrap_or_default());
            self.unless(facets.contains_key(&id), id, "it has counts and is not granted");
            let found = awaited.get(&id).copied().unwrap_or_default();
            let what = "it counts other answers than are awaited over it";
            self.unless(row.awaited == found, id, what);
            Ok(())
        })
    }

    fn compare_derived(
        &mut self,
        records: &dyn ReadRecords,
        facets: &BTreeMap<FacetId, Option<FacetId>>,
    ) -> Result<(), VatError> {
        let mut derived: BTreeMap<_, _> =
            facets.iter().filter_map(|(id, parent)| Some((*id, (*parent)?))).collect();
        each_row(records, table::DERIVED, |key, bytes| {
            self.meter_row(key, bytes);
            let id = FacetId(rows::id_of_key(key).unwrap_or_default());
            let parent = key.len().checked_sub(8).and_then(|end| rows::id_of_key(&key[..end]));
            let known = derived.remove(&id);
            self.unless(known == parent.map(FacetId), id, "it is listed under another parent");
            Ok(())
        })?;
        for id in derived.into_keys() {
            self.differ(id, "its parent does not list it".to_owned());
        }
        Ok(())
    }

    fn compare_awaited(
        &mut self,
        records: &dyn ReadRecords,
        mut answers: BTreeMap<(FacetId, PromiseId), Vec<u8>>,
    ) -> Result<BTreeMap<FacetId, u64>, VatError> {
        let mut counts: BTreeMap<FacetId, u64> = BTreeMap::new();
        each_row(records, table::AWAITED, |key, bytes| {
            self.meter_row(key, bytes);
            let at: serde_bytes::ByteBuf = rows::decode(key, bytes)?;
            let answer = PromiseId(rows::id_of_key(key).unwrap_or_default());
            let over = key.len().checked_sub(8).and_then(|end| rows::id_of_key(&key[..end]));
            let over = FacetId(over.unwrap_or_default());
            *counts.entry(over).or_default() += 1;
            let known = answers.remove(&(over, answer));
            let fine = known.as_deref() == Some(at.as_slice());
            self.unless(fine, answer, "nothing gives it the answer that is awaited");
            Ok(())
        })?;
        for (over, answer) in answers.into_keys() {
            self.differ(answer, format!("it is not listed as awaited over {over}"));
        }
        Ok(counts)
    }
}
