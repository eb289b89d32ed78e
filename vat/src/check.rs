//! The heap's own audit: every count, edge and sum recomputed from the rows.
//!
//! It shares no code with the counting of turns beyond the forms of the rows, so that it can find
//! their mistakes. `store check` and the tests run it.

mod grants;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use hogshead_objects::ids::{
    CollectionId, FacetId, ImportId, ObjectId, PromiseId, SessionId, Timestamp,
};
use hogshead_objects::records::{ReadRecords, table};
use hogshead_objects::reference::Ref;

use crate::error::VatError;
use crate::meter::Meter;
use crate::rows::{
    self, Action, DeliveryRow, Edge, FacetRow, ImportRow, ObjectRow, Payload, PromiseRow,
    PromiseState, SwissRow, UnsettledRow, VatRow,
};
use crate::steward::STEWARD_FACET;
use crate::turn::each_row;
use crate::vat::Trigger;

/// Something in the rows that does not agree with the rest.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// What it is about, such as `f7` or `the meter`.
    pub about: String,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.about, self.what)
    }
}

/// Recomputes every count and edge of a vat's heap and gives what does not agree.
///
/// `held` says how often sessions hold each reference; without it, a count may be larger than
/// what the heap explains, but never smaller.
pub fn audit(
    records: &dyn ReadRecords,
    held: Option<&BTreeMap<Ref, u64>>,
) -> Result<Vec<Difference>, VatError> {
    let mut audit = Audit::default();
    audit.read(records)?;
    for (reference, holders) in held.into_iter().flatten() {
        *audit.expected.entry((*reference).into()).or_default() += holders;
    }
    audit.compare_counts(held.is_some());
    audit.compare_meter(records)?;
    Ok(audit.differences)
}

#[derive(Default)]
struct Audit {
    stored: BTreeMap<Edge, u64>,
    expected: BTreeMap<Edge, u64>,
    /// Objects' facets with all methods, and facets' objects.
    whole: BTreeMap<ObjectId, FacetId>,
    objects: BTreeMap<FacetId, ObjectId>,
    settled: BTreeMap<PromiseId, bool>,
    /// Promises that drain, as long as no delivery was found that ends it.
    draining: BTreeSet<PromiseId>,
    /// The deliveries that promises say are let go with their last holder.
    watches: BTreeMap<PromiseId, Vec<u8>>,
    grants: grants::Grants,
    /// What waits of each session, by the deliveries.
    unsettled: BTreeMap<SessionId, UnsettledRow>,
    /// The collections whose entries are somebody's, or on their way out.
    collections: BTreeSet<(ObjectId, CollectionId)>,
    meter: Meter,
    /// The time of the first timer.
    due: Option<Timestamp>,
    newest: u64,
    differences: Vec<Difference>,
}

impl Audit {
    fn read(&mut self, records: &dyn ReadRecords) -> Result<(), VatError> {
        each_row(records, table::OBJECT, |key, bytes| self.object(key, bytes))?;
        each_row(records, table::FACET, |key, bytes| self.facet(key, bytes))?;
        each_row(records, table::PROMISE, |key, bytes| self.promise(key, bytes))?;
        each_row(records, table::IMPORT, |key, bytes| {
            let row: ImportRow = rows::decode(key, bytes)?;
            let id = self.note(key, bytes);
            self.stored.insert(Edge::Import(ImportId(id)), row.count);
            Ok(())
        })?;
        each_row(records, table::DELIVERY, |key, bytes| self.delivery(key, bytes))?;
        each_row(records, table::SWISS, |key, bytes| {
            let row: SwissRow = rows::decode(key, bytes)?;
            self.meter_row(key, bytes);
            self.expect([Edge::Facet(row.facet)]);
            Ok(())
        })?;
        each_row(records, table::PRIOR, |key, bytes| {
            let row: ObjectRow = rows::decode(key, bytes)?;
            self.meter_row(key, bytes);
            self.collections_of(ObjectId(id_at(key, 1)), &row.state);
            self.expect(row.state.edges);
            Ok(())
        })?;
        each_row(records, table::ENTRY, |key, bytes| self.entry(key, bytes))?;
        self.compare_unsettled(records)?;
        self.compare_grants(records)?;
        self.expect([Edge::Facet(STEWARD_FACET)]);
        for promise in std::mem::take(&mut self.watches).into_keys() {
            self.differ(promise, "the delivery that watches for it is not there".to_owned());
        }
        for promise in std::mem::take(&mut self.draining) {
            self.differ(promise, "it drains, and no flush of it is waited for".to_owned());
        }
        Ok(())
    }

    fn object(&mut self, key: &[u8], bytes: &[u8]) -> Result<(), VatError> {
        let row: ObjectRow = rows::decode(key, bytes)?;
        let id = ObjectId(self.note(key, bytes));
        self.stored.insert(Edge::Object(id), row.head.count);
        self.whole.extend(row.head.whole.map(|facet| (id, facet)));
        self.collections_of(id, &row.state);
        self.expect(row.state.edges);
        Ok(())
    }

    fn collections_of(&mut self, object: ObjectId, state: &Payload) {
        for id in &state.collections {
            self.newest = self.newest.max(id.0);
            self.collections.insert((object, *id));
        }
    }

    fn entry(&mut self, key: &[u8], bytes: &[u8]) -> Result<(), VatError> {
        let row: Payload = rows::decode(key, bytes)?;
        self.meter_row(key, bytes);
        let Some((object, collection)) = rows::parse_entry_key(key) else {
            return Err(rows::damaged(key, "it is not an entry's key".into()).into());
        };
        if !self.collections.contains(&(object, collection)) {
            let what = format!("it has an entry, but {object} has no such collection");
            self.differ(collection, what);
        }
        self.unless(row.collections.is_empty(), collection, "an entry of it has a collection");
        self.expect(row.edges);
        Ok(())
    }

    fn facet(&mut self, key: &[u8], bytes: &[u8]) -> Result<(), VatError> {
        let row: FacetRow = rows::decode(key, bytes)?;
        let id = FacetId(self.note(key, bytes));
        self.stored.insert(Edge::Facet(id), row.count);
        self.objects.insert(id, row.object);
        self.expect(row.edges());
        self.note_granted(id, &row);
        let sorted = row.methods.iter().all(|methods| methods.is_sorted());
        self.unless(sorted, id, "its methods are not in order");
        Ok(())
    }

    fn promise(&mut self, key: &[u8], bytes: &[u8]) -> Result<(), VatError> {
        let row: PromiseRow = rows::decode(key, bytes)?;
        let id = PromiseId(self.note(key, bytes));
        self.stored.insert(Edge::Promise(id), row.count);
        self.stored.insert(Edge::Resolver(id), row.resolvers);
        let stuck = matches!(row.state, PromiseState::Pending) && row.resolvers == 0;
        self.unless(!stuck, id, "it is pending, and nobody can settle it");
        self.settled.insert(id, !row.unsettled());
        if matches!(row.state, PromiseState::Draining { .. }) {
            self.draining.insert(id);
        }
        self.watches.extend(row.watch.clone().map(|key| (id, key.into_vec())));
        self.grants.notices.extend(row.notice.clone().map(|key| (id, key.into_vec())));
        self.expect(row.edges().iter().copied());
        Ok(())
    }

    fn delivery(&mut self, key: &[u8], bytes: &[u8]) -> Result<(), VatError> {
        let row: DeliveryRow = rows::decode(key, bytes)?;
        self.note(key, bytes);
        let Some((trigger, id)) = rows::parse_delivery_key(key) else {
            return Err(rows::damaged(key, "it is not a delivery's key".into()).into());
        };
        self.meter.deliveries += 1;
        if let Some(session) = row.session {
            let unsettled = self.unsettled.entry(session).or_default();
            unsettled.count += 1;
            unsettled.bytes += (key.len() + bytes.len()) as u64;
        }
        let mut awaited = None;
        match trigger {
            Trigger::Now => self.meter.ready += 1,
            Trigger::Time(due) => {
                self.meter.timers += 1;
                self.due = self.due.map_or(Some(due), |first| Some(first.min(due)));
            }
            Trigger::Parked => {
                self.meter.parked += 1;
                self.unless(row.cause.is_some(), id, "it is parked without a cause");
            }
            Trigger::Promise(promise) => {
                awaited = Some(promise);
                let waits = self.settled.get(&promise) == Some(&false);
                self.unless(waits, id, "it waits for a promise that is settled or gone");
            }
            Trigger::Session(_) | Trigger::Device | Trigger::Revoked(_) => {}
        }
        self.note_answer(key, &row);
        if let Action::Watch { .. } | Action::Alarm(_) | Action::Answer { .. } = &row.action {
            let known = row.answer.and_then(|promise| self.watches.remove(&promise));
            self.unless(known.as_deref() == Some(key), id, "its promise knows of no such watch");
        }
        if let (Action::Continue { .. }, Some(answer)) = (&row.action, row.answer)
            && let Some(known) = self.watches.remove(&answer)
        {
            self.unless(known == key, id, "its promise knows of another delivery");
        }
        if let Action::Sweep(sweep) = &row.action {
            self.collections.insert((sweep.object, sweep.collection));
        }
        if let Action::Drain { awaited: flush } = &row.action {
            let drains = row.answer.is_some_and(|promise| self.draining.remove(&promise));
            self.unless(drains, id, "its promise does not drain");
            let waits = awaited.map(Edge::Promise) == Some(*flush);
            self.unless(waits, id, "it waits for something else than its flush");
        }
        self.expect(row.edges(awaited));
        Ok(())
    }

    fn compare_unsettled(&mut self, records: &dyn ReadRecords) -> Result<(), VatError> {
        let mut counted = std::mem::take(&mut self.unsettled);
        each_row(records, table::UNSETTLED, |key, bytes| {
            let row: UnsettledRow = rows::decode(key, bytes)?;
            let session = SessionId(rows::id_of_key(key).unwrap_or(0));
            let found = counted.remove(&session).unwrap_or_default();
            if row != found || row.count == 0 {
                let what = format!("{row:?} waits, but the rows say {found:?}");
                self.differ(session, what);
            }
            Ok(())
        })?;
        for (session, found) in counted {
            self.differ(session, format!("it has no record, but the rows say {found:?}"));
        }
        Ok(())
    }

    fn compare_counts(&mut self, exactly: bool) {
        let stored = std::mem::take(&mut self.stored);
        let mut all = std::mem::take(&mut self.expected);
        for edge in stored.keys() {
            all.entry(*edge).or_default();
        }
        for (edge, expected) in all {
            match stored.get(&edge) {
                None => self.differ(edge, format!("held {expected} times, but there is no row")),
                Some(found) if *found < expected => {
                    self.differ(edge, format!("count {found}, but held {expected} times"));
                }
                Some(found) if exactly && *found != expected => {
                    self.differ(edge, format!("count {found}, but held only {expected} times"));
                }
                Some(_) => {}
            }
        }
        for (edge, count) in &stored {
            let free = match edge {
                Edge::Resolver(_) => false,
                Edge::Promise(id) => *count == 0 && stored.get(&Edge::Resolver(*id)) == Some(&0),
                _ => *count == 0,
            };
            if free {
                self.differ(edge, "nobody holds it, but it was not freed".to_owned());
            }
        }
        for (object, facet) in std::mem::take(&mut self.whole) {
            let agrees = self.objects.get(&facet) == Some(&object);
            self.unless(agrees, object, "its facet with all methods is gone or another's");
        }
    }

    fn compare_meter(&mut self, records: &dyn ReadRecords) -> Result<(), VatError> {
        let Some(bytes) = records.get(rows::VAT_KEY)? else {
            self.differ("the vat", "it has no row".to_owned());
            return Ok(());
        };
        let row: VatRow = rows::decode(rows::VAT_KEY, &bytes)?;
        if row.meter != self.meter {
            let what = format!("it says {:?}, but the rows say {:?}", row.meter, self.meter);
            self.differ("the meter", what);
        }
        let due = self.due.filter(|_| !row.paused);
        if row.due != due {
            self.differ(
                "the vat",
                format!("its first timer is {due:?}, but it says {:?}", row.due),
            );
        }
        self.unless(row.next_id > self.newest, "the vat", "its counter is behind its ids");
        Ok(())
    }

    fn note(&mut self, key: &[u8], bytes: &[u8]) -> u64 {
        self.meter_row(key, bytes);
        let id = rows::id_of_key(key).unwrap_or(0);
        self.newest = self.newest.max(id);
        id
    }

    fn meter_row(&mut self, key: &[u8], bytes: &[u8]) {
        self.meter.records += 1;
        self.meter.bytes += (key.len() + bytes.len()) as u64;
    }

    fn expect(&mut self, edges: impl IntoIterator<Item = Edge>) {
        for edge in edges {
            *self.expected.entry(edge).or_default() += 1;
        }
    }

    fn unless(&mut self, fine: bool, about: impl fmt::Display, what: &str) {
        if !fine {
            self.differ(about, what.to_owned());
        }
    }

    fn differ(&mut self, about: impl fmt::Display, what: String) {
        self.differences.push(Difference { about: about.to_string(), what });
    }
}

/// The number that begins at a place of a key.
fn id_at(key: &[u8], place: usize) -> u64 {
    key.get(..place + 8).and_then(rows::id_of_key).unwrap_or(0)
}
