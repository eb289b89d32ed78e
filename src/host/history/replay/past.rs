//! One vat whose turns are run again: its rows as they were, and what was in memory.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use bytes::Bytes;
use hogshead_objects::Registry;
use hogshead_objects::ids::{CommitNumber, VatNumber};
use hogshead_objects::records::{ReadRecords, RecordsError, Row, table};
use hogshead_store::Changes;
use hogshead_vat::TurnMeta;

use super::Divergence;
use super::differ::{self, Both};
use super::names;
use super::worker::Found;
use crate::host::history::Facts;
use crate::host::history::description::Read;
use crate::host::local_keys::LocalKeys;
use crate::host::seal::Sealer;
use crate::host::slot::Slot;
use crate::host::turn::Stage;
use crate::host::vats::{Identity, decode};
use crate::host::{HostError, layout};

/// A vat of the past.
pub(super) struct Past<'p> {
    vat: VatNumber,
    rows: Rows<'p>,
    name: String,
    slot: Option<Arc<Slot>>,
    /// Whether sessions may be open of which only memory knew everything.
    uncertain: bool,
}

/// A vat's rows, as the store keeps them and under their whole keys.
struct Rows<'p> {
    vat: VatNumber,
    sealer: &'p Sealer,
    kept: BTreeMap<Bytes, Bytes>,
}

/// How a turn went when it was run again.
enum Again {
    /// What it changed.
    Ran(BTreeMap<Bytes, Option<Row>>),
    /// It did not come to its end, or not in the way it did.
    Amiss(String),
    /// What it was made from is in no record.
    Unfounded,
}

impl<'p> Past<'p> {
    pub fn new(vat: VatNumber, sealer: &'p Sealer, uncertain: bool) -> Self {
        let rows = Rows { vat, sealer, kept: BTreeMap::new() };
        Self { vat, rows, name: vat.to_string(), slot: None, uncertain }
    }

    /// The host was started: nothing is in memory, and from here on everything is known.
    pub fn start(&mut self) {
        self.slot = None;
        self.uncertain = false;
    }

    /// Takes rows over as they are.
    pub fn put(&mut self, rows: impl IntoIterator<Item = (Bytes, Option<Bytes>)>) {
        for (key, value) in rows {
            let key = Bytes::copy_from_slice(&key);
            match value {
                Some(value) => self.rows.kept.insert(key, Bytes::copy_from_slice(&value)),
                None => self.rows.kept.remove(&key),
            };
        }
    }

    /// Drops what was in memory of rows that have changed.
    pub fn forget(&mut self) {
        if let Some(slot) = &self.slot {
            slot.resident().forget();
        }
    }

    /// Runs a turn again and compares what it does with what it did; that counts from then on.
    pub fn turn(
        &mut self,
        number: CommitNumber,
        told: Read,
        changes: &Changes,
        world: (&Registry, &LocalKeys),
        found: &mut Found,
    ) -> Result<(), HostError> {
        let (turn, opaque) = (told.turn, told.is_opaque());
        let again = if opaque { None } else { Some(self.run_again(told, world)?) };
        let amiss = |about: &str, replayed: String| Divergence {
            commit: number.0,
            vat: self.name.clone(),
            turn: turn.0,
            about: about.to_owned(),
            field: String::new(),
            recorded: "that it was committed".to_owned(),
            replayed,
        };
        let differs = match again {
            None => {
                found.opaque += 1;
                true
            }
            Some(Again::Unfounded) => {
                found.unfounded += 1;
                true
            }
            Some(Again::Amiss(why)) => {
                found.turns += 1;
                found.note(vec![amiss("the turn", why)]);
                true
            }
            Some(Again::Ran(rows)) => {
                found.turns += 1;
                let differences = self.compare(changes, &rows, found)?;
                let differs = !differences.is_empty();
                let named = |difference: differ::Difference| Divergence {
                    about: difference.about,
                    field: difference.field,
                    recorded: difference.recorded,
                    replayed: difference.replayed,
                    ..amiss("", String::new())
                };
                found.note(differences.into_iter().map(named).collect());
                differs
            }
        };
        self.note_kinds(changes, world.0, found)?;
        let own = changes.iter().filter(|(key, _)| layout::vat_of(key) == Some(self.vat));
        let own: Vec<_> = own.map(|(key, value)| (key.clone(), value.clone())).collect();
        self.put(own);
        if differs {
            self.forget();
        }
        Ok(())
    }

    fn run_again(
        &mut self,
        told: Read,
        (registry, keys): (&Registry, &LocalKeys),
    ) -> Result<Again, HostError> {
        let Some(cause) = told.cause else { return Ok(Again::Unfounded) };
        let slot = self.slot()?;
        let mut resident = slot.resident();
        let facts = Facts::past(keys, told.facts);
        let entropy = || told.entropy;
        let meta = TurnMeta { now: told.now, entropy: &entropy };
        let stage = Stage { facts: &facts, registry, records: &self.rows, meta };
        let ran = stage.run(&slot, &mut resident, |work| work.perform(cause));
        if facts.has_lost() && self.uncertain {
            return Ok(Again::Unfounded);
        }
        Ok(match ran {
            Ok(_) if facts.left() > 0 => {
                Again::Amiss("that it asks its host for less than it did".to_owned())
            }
            Ok(run) => {
                resident.note_sent(run.sent);
                Again::Ran(run.rows.into_iter().collect())
            }
            // Which channels were open when the snapshot was made is not known.
            Err(_) if self.uncertain => Again::Unfounded,
            Err(error) => Again::Amiss(format!("that it fails: {error}")),
        })
    }

    /// The vat's place in memory.
    fn slot(&mut self) -> Result<Arc<Slot>, HostError> {
        if let Some(slot) = &self.slot {
            return Ok(Arc::clone(slot));
        }
        let row = self.rows.get(&layout::identity())?;
        let row = row.ok_or_else(|| {
            HostError::Damaged(format!("the journal does not say who {} is", self.vat))
        })?;
        let identity: Identity = decode(&row, "the identity of a vat")?;
        self.name = identity.name;
        let slot = Slot::new(self.vat, identity.id);
        self.slot = Some(Arc::clone(&slot));
        Ok(slot)
    }

    fn compare(
        &self,
        recorded: &Changes,
        replayed: &BTreeMap<Bytes, Option<Row>>,
        found: &mut Found,
    ) -> Result<Vec<differ::Difference>, HostError> {
        let keys: std::collections::BTreeSet<&Bytes> =
            recorded.keys().chain(replayed.keys()).collect();
        let mut differences = Vec::new();
        for key in keys {
            found.rows += 1;
            let was = recorded.get(key);
            let recorded = match was {
                Some(Some(kept)) => Some(Some(self.rows.sealer.row(key, kept.clone())?)),
                Some(None) => Some(None),
                None => None,
            };
            let replayed = replayed.get(key).cloned();
            if recorded != replayed {
                let (vat, rest) = (layout::vat_of(key), names::within(key));
                let kind = names::kind_of(vat, rest, &recorded, &replayed);
                let both = Both { recorded, replayed };
                differences.push(differ::difference(vat, self.vat, rest, kind, &both));
            }
        }
        // What an object holds says more than the counters that follow from it.
        differences.sort_by_key(|difference| difference.rank);
        Ok(differences)
    }

    /// Notes kinds of objects that nobody here knows.
    fn note_kinds(
        &self,
        changes: &Changes,
        registry: &Registry,
        found: &mut Found,
    ) -> Result<(), HostError> {
        for (key, value) in changes {
            let rest = names::within(key);
            let (Some(kept), Some(&table::OBJECT)) = (value, rest.first()) else { continue };
            if layout::vat_of(key) != Some(self.vat) {
                continue;
            }
            let row = self.rows.sealer.row(key, kept.clone())?;
            if let Some(kind) = names::kind_in(&row.bytes)
                && registry.kind(&kind).is_none()
                && !names::is_built_in(&kind)
            {
                found.unknown_kinds.insert(kind);
            }
        }
        Ok(())
    }
}

impl ReadRecords for Rows<'_> {
    fn get(&self, key: &[u8]) -> Result<Option<Bytes>, RecordsError> {
        let key = layout::in_vat(self.vat, key);
        self.kept.get(&key).map(|kept| self.sealer.open(&key, kept.clone())).transpose()
    }

    fn range(
        &self,
        from: &[u8],
        to: &[u8],
        limit: usize,
    ) -> Result<Vec<(Bytes, Bytes)>, RecordsError> {
        let (from, to) = (layout::in_vat(self.vat, from), layout::in_vat(self.vat, to));
        if from >= to {
            return Ok(Vec::new());
        }
        let bounds = (Bound::Included(&from), Bound::Excluded(&to));
        let found = self.kept.range::<Bytes, _>(bounds).take(limit);
        let open = |(key, kept): (&Bytes, &Bytes)| {
            Ok((key.slice(4..), self.sealer.open(key, kept.clone())?))
        };
        found.map(open).collect()
    }
}
