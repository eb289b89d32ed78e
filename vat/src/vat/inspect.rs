//! What a vat holds, as its owner sees it: read from records, touching nothing.

use std::collections::BTreeMap;

use hogshead_objects::error::Error;
use hogshead_objects::ids::{FacetId, ObjectId};
use hogshead_objects::records::{ReadRecords, table};
use hogshead_objects::reference::Ref;

use super::Vat;
use crate::error::VatError;
use crate::rows::{self, FacetRow, ImportRow, ObjectRow, PromiseRow, PromiseState, SwissRow};

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
    /// What it allows by itself, in words.
    pub words: String,
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

/// What a reference is, at a glance.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReferenceSummary {
    /// In words: an object's kind, a promise and whether it is settled.
    pub what: String,
    /// The object, if it is one of this vat's.
    pub object: Option<ObjectId>,
    /// How many hold it: objects, deliveries, sessions.
    pub holders: u64,
    /// Why it is broken, if it is.
    pub broken: Option<Error>,
}

impl ReferenceSummary {
    fn new(what: impl Into<String>, holders: u64) -> Self {
        Self { what: what.into(), object: None, holders, broken: None }
    }
}

impl Vat {
    /// What a reference is: a few point reads; nothing if there is no such thing.
    pub fn reference(
        records: &dyn ReadRecords,
        reference: Ref,
    ) -> Result<Option<ReferenceSummary>, VatError> {
        match reference {
            Ref::Facet(id) => {
                let key = rows::facet_key(id);
                let Some(bytes) = records.get(&key)? else { return Ok(None) };
                Self::facet_summary(records, &rows::decode(&key, &bytes)?).map(Some)
            }
            Ref::Import(id) => {
                let key = rows::import_key(id);
                let Some(bytes) = records.get(&key)? else { return Ok(None) };
                let row: ImportRow = rows::decode(&key, &bytes)?;
                let summary = ReferenceSummary::new("an object", row.count);
                Ok(Some(ReferenceSummary { broken: row.severed, ..summary }))
            }
            Ref::Promise(id) | Ref::Resolver(id) => {
                let key = rows::promise_key(id);
                let Some(bytes) = records.get(&key)? else { return Ok(None) };
                let row: PromiseRow = rows::decode(&key, &bytes)?;
                if matches!(reference, Ref::Resolver(_)) {
                    let what = "where an answer is to go";
                    return Ok(Some(ReferenceSummary::new(what, row.resolvers)));
                }
                let (what, broken) = match row.state {
                    PromiseState::Broken(why) => ("a broken promise", Some(why)),
                    PromiseState::Ref(_) | PromiseState::Data(_) => ("a kept promise", None),
                    _ => ("a promise", None),
                };
                let summary = ReferenceSummary::new(what, row.count);
                Ok(Some(ReferenceSummary { broken, ..summary }))
            }
        }
    }

    fn facet_summary(
        records: &dyn ReadRecords,
        row: &FacetRow,
    ) -> Result<ReferenceSummary, VatError> {
        let key = rows::object_key(row.object);
        let kind = match records.get(&key)? {
            Some(bytes) => rows::decode::<ObjectRow>(&key, &bytes)?.head.kind,
            None => "an object".to_owned(),
        };
        let what = match (Self::has_ended(records, row)?, row.label.is_empty()) {
            (true, _) => format!("{kind}, revoked"),
            (false, true) => kind,
            (false, false) => format!("{kind}, shared as {}", row.label),
        };
        let summary = ReferenceSummary::new(what, row.count);
        Ok(ReferenceSummary { object: Some(row.object), ..summary })
    }

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
            let plain = row.label.is_empty() && row.methods.is_none() && row.caveats.is_none();
            if shares == 0 && plain {
                continue;
            }
            let revoked = Self::has_ended(records, &row)?;
            let caveats = row.caveats.as_deref().cloned().unwrap_or_default();
            let words = match &row.methods {
                Some(methods) => caveats.methods(methods.iter().cloned()).to_string(),
                None => caveats.to_string(),
            };
            grants.push(Grant {
                words,
                facet,
                object: row.object,
                label: row.label,
                revoked,
                methods: row.methods,
                shares,
            });
        }
        Ok(grants)
    }

    /// Whether a facet was revoked, alone or with what it was derived from.
    fn has_ended(records: &dyn ReadRecords, row: &FacetRow) -> Result<bool, VatError> {
        let (mut ended, mut parent) = (row.revoked, row.parent);
        while let Some(id) = parent.filter(|_| !ended) {
            let key = rows::facet_key(id);
            let Some(bytes) = records.get(&key)? else { return Ok(true) };
            let above: FacetRow = rows::decode(&key, &bytes)?;
            (ended, parent) = (above.deep, above.parent);
        }
        Ok(ended)
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
