//! What a vat holds, as its owner sees it: read from records, touching nothing.

use std::collections::BTreeMap;

use hogshead_objects::ids::{FacetId, ObjectId};
use hogshead_objects::records::{ReadRecords, table};

use super::Vat;
use crate::error::VatError;
use crate::rows::{self, FacetRow, ObjectRow, SwissRow};

/// A facet that was made for somebody: one with a label, fewer methods, or a share.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Grant {
    /// The facet.
    pub facet: FacetId,
    /// The object that it is a facet of.
    pub object: ObjectId,
    /// The label it was made under.
    pub label: String,
    /// The methods that it grants; all if absent.
    pub methods: Option<Vec<String>>,
    /// Whether it was revoked.
    pub revoked: bool,
    /// How many sturdyrefs lead to it.
    pub shares: u64,
}

/// An object at a glance.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ObjectSummary {
    /// The object.
    pub id: ObjectId,
    /// Its kind.
    pub kind: String,
    /// The version of its state.
    pub version: u32,
    /// Bytes of its record.
    pub bytes: u64,
}

impl Vat {
    /// The facets that were made for somebody, in the order they were made, at most `limit` of
    /// those among the first `limit` shares and facets.
    pub fn grants(records: &dyn ReadRecords, limit: usize) -> Result<Vec<Grant>, VatError> {
        let mut shares: BTreeMap<FacetId, u64> = BTreeMap::new();
        let (from, to) = rows::table_range(table::SWISS);
        for (key, bytes) in records.range(&from, &to, limit)? {
            let row: SwissRow = rows::decode(&key, &bytes)?;
            *shares.entry(row.facet).or_default() += 1;
        }
        let (from, to) = rows::table_range(table::FACET);
        let mut grants = Vec::new();
        for (key, bytes) in records.range(&from, &to, limit)? {
            let row: FacetRow = rows::decode(&key, &bytes)?;
            let facet = FacetId(rows::id_of_key(&key).unwrap_or_default());
            let shares = shares.get(&facet).copied().unwrap_or_default();
            if shares == 0 && row.label.is_empty() && row.methods.is_none() {
                continue;
            }
            grants.push(Grant {
                facet,
                object: row.object,
                label: row.label,
                methods: row.methods,
                revoked: row.revoked,
                shares,
            });
        }
        Ok(grants)
    }

    /// The objects in the order they were made, at most `limit`.
    pub fn objects(
        records: &dyn ReadRecords,
        limit: usize,
    ) -> Result<Vec<ObjectSummary>, VatError> {
        let (from, to) = rows::table_range(table::OBJECT);
        let mut objects = Vec::new();
        for (key, bytes) in records.range(&from, &to, limit)? {
            let row: ObjectRow = rows::decode(&key, &bytes)?;
            objects.push(ObjectSummary {
                id: ObjectId(rows::id_of_key(&key).unwrap_or_default()),
                kind: row.head.kind,
                version: row.head.version,
                bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            });
        }
        Ok(objects)
    }
}
