//! A vat, as far as it is warm.

mod inspect;
mod waits;

use std::cell::Cell;

use hogshead_objects::ids::{
    DeliveryId, FacetId, ImportId, ObjectId, PromiseId, SessionId, Timestamp, TurnNumber,
};
use hogshead_objects::object::Registry;
use hogshead_objects::records::{Overlay, ReadRecords, Records};
use hogshead_objects::reference::Ref;

use crate::cache::{Lately, Slots, Table};
use crate::error::VatError;
use crate::meter::{Meter, Quota};
use crate::rows::{
    self, Edge, FacetRow, GrantRow, ImportRow, ObjectHead, ObjectRow, PromiseRow, VatRow,
};
use crate::steward::{STEWARD, STEWARD_FACET, STEWARD_KIND};
use crate::turn::{Turn, TurnMeta};

pub use inspect::{Grant, ObjectSummary, ReferenceSummary};
pub use waits::Waiting;

/// What is warm of one vat: its own row, and caches of objects and rows.
///
/// Only right while every turn that was opened on it was closed and committed: if a turn or its
/// commit fails, drop the `Vat` and load it anew. All turns of one `Vat` use one registry.
pub struct Vat {
    pub(crate) row: VatRow,
    pub(crate) kinds_checked: bool,
    pub(crate) objects: Slots,
    pub(crate) facets: Table<FacetId, FacetRow>,
    pub(crate) promises: Table<PromiseId, PromiseRow>,
    pub(crate) imports: Table<ImportId, ImportRow>,
    /// By facet; an entry without a row says that there is none.
    pub(crate) grants: Table<FacetId, GrantRow>,
    pub(crate) lately: Lately,
    /// Counts turns since loading, for what was used longest ago.
    pub(crate) clock: u64,
    /// No delivery that can run has an id below this. Later ones draw higher ids, so a look for the
    /// next begins here, and not among the rows of those that have run: a store that has not yet
    /// applied their deletion would step over each of them.
    ready_from: Cell<u64>,
}

/// What a vat is made with.
#[derive(Clone, Copy, Default, Debug)]
pub struct VatOptions {
    /// What it may use.
    pub quota: Quota,
}

/// What a delivery waits for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Trigger {
    /// Nothing: it runs when the vat's turn comes.
    Now,
    /// A promise to settle.
    Promise(PromiseId),
    /// A time.
    Time(Timestamp),
    /// An event of a session.
    Session(SessionId),
    /// A device to say how it went.
    Device,
    /// The owner: it could not run.
    Parked,
    /// A facet to be revoked.
    Revoked(FacetId),
}

impl Vat {
    /// Makes a vat in `overlay`: its row, the steward and the facet of the steward.
    pub fn create(overlay: &mut Overlay<'_>, options: VatOptions) -> Result<Self, VatError> {
        if overlay.get(rows::VAT_KEY)?.is_some() {
            return Err(VatError::Exists);
        }
        let head = ObjectHead {
            kind: STEWARD_KIND.to_owned(),
            version: 1,
            root: STEWARD,
            whole: Some(STEWARD_FACET),
            count: 1,
            priors: 0,
        };
        let object = ObjectRow { head, state: rows::Payload::default() };
        let facet = FacetRow { count: 1, ..FacetRow::whole(STEWARD) };
        let mut meter = Meter::default();
        for (key, row) in [
            (rows::object_key(STEWARD), rows::encode(&object, false)),
            (rows::facet_key(STEWARD_FACET), rows::encode(&facet, false)),
        ] {
            meter.records += 1;
            meter.bytes += (key.len() + row.bytes.len()) as u64;
            overlay.put(key, row);
        }
        let row = VatRow {
            next_id: STEWARD_FACET.0 + 1,
            turn: 0,
            paused: false,
            meter,
            quota: options.quota,
            kinds: Vec::new(),
            due: None,
            seen: None,
            epoch: 0,
        };
        overlay.put(rows::VAT_KEY.into(), rows::encode(&row, false));
        Ok(Self::warm(row))
    }

    /// The vat whose rows these are, or nothing if there is none: exactly one point read.
    pub fn load(records: &dyn ReadRecords) -> Result<Option<Self>, VatError> {
        match records.get(rows::VAT_KEY)? {
            Some(bytes) => Ok(Some(Self::warm(rows::decode(rows::VAT_KEY, &bytes)?))),
            None => Ok(None),
        }
    }

    /// The facet of the steward, with all its methods: the owner's way in.
    pub fn steward(&self) -> Ref {
        Ref::Facet(STEWARD_FACET)
    }

    /// Opens a turn over `overlay`, which must have been opened over this vat's rows.
    pub fn open<'t, 'b>(
        &'t mut self,
        overlay: &'t mut Overlay<'b>,
        registry: &'t Registry,
        meta: TurnMeta<'t>,
    ) -> Turn<'t, 'b> {
        Turn::open(self, overlay, registry, meta)
    }

    /// The first deliveries that can run now, in order, at most `limit` of them; none of a
    /// paused vat.
    pub fn ready(
        &self,
        records: &dyn ReadRecords,
        limit: usize,
    ) -> Result<Vec<DeliveryId>, VatError> {
        if self.row.paused || self.row.meter.ready == 0 {
            return Ok(Vec::new());
        }
        let before = self.ready_from.get().checked_sub(1).map(DeliveryId);
        let (from, to) = rows::delivery_range(Trigger::Now, before);
        let found = records.range(&from, &to, limit)?;
        let found: Vec<_> =
            found.iter().filter_map(|(key, _)| rows::id_of_key(key)).map(DeliveryId).collect();
        if let Some(first) = found.first() {
            self.ready_from.set(first.0);
        }
        Ok(found)
    }

    /// The first delivery that can run now.
    pub fn next_ready(&self, records: &dyn ReadRecords) -> Result<Option<DeliveryId>, VatError> {
        Ok(self.ready(records, 1)?.first().copied())
    }

    /// Drops everything that is warm but the vat's own row.
    pub fn evict(&mut self) {
        self.objects = Slots::default();
        self.facets.clear();
        self.promises.clear();
        self.imports.clear();
        self.grants.clear();
        self.lately = Lately::default();
    }

    /// If more than about `budget_bytes` are used, drops what was used longest ago until a quarter
    /// of them is free: all that is warm is looked at for it, which must not be so after each turn
    /// of a vat that has reached its budget.
    pub fn trim(&mut self, budget_bytes: usize) {
        let mut used = self.memory_bytes();
        if used <= budget_bytes {
            return;
        }
        let kept = budget_bytes - budget_bytes / 4;
        self.lately = Lately::default();
        let mut ages: Vec<(u64, Edge, usize)> = Vec::new();
        ages.extend(self.objects.ages().map(|(used, id, w)| (used, Edge::Object(id), w)));
        ages.extend(self.facets.ages().map(|(used, id, w)| (used, Edge::Facet(id), w)));
        ages.extend(self.grants.ages().map(|(used, id, w)| (used, Edge::Facet(id), w)));
        ages.extend(self.promises.ages().map(|(used, id, w)| (used, Edge::Promise(id), w)));
        ages.extend(self.imports.ages().map(|(used, id, w)| (used, Edge::Import(id), w)));
        ages.sort_unstable();
        for (_, edge, weight) in ages {
            if used <= kept {
                return;
            }
            self.forget(edge);
            used = used.saturating_sub(weight);
        }
    }

    /// About how many bytes of memory the warm part takes.
    pub fn memory_bytes(&self) -> usize {
        self.objects.weight()
            + self.facets.weight()
            + self.promises.weight()
            + self.imports.weight()
            + self.grants.weight()
    }

    /// What the vat uses.
    pub fn meter(&self) -> Meter {
        self.row.meter
    }

    /// What the vat may use.
    pub fn quota(&self) -> Quota {
        self.row.quota
    }

    /// Whether what a session brings now would be refused: deliveries are ready, and there are as
    /// many as the quota allows. Once some have run there is room again.
    pub fn is_full(&self) -> bool {
        self.row.meter.ready > 0 && self.row.quota.admit_delivery(&self.row.meter).is_err()
    }

    /// Whether its owner has paused it.
    pub fn paused(&self) -> bool {
        self.row.paused
    }

    /// The time of its first timer, at which [`Turn::fire_due`] has something to do; none of a
    /// paused vat.
    pub fn due(&self) -> Option<Timestamp> {
        self.row.due
    }

    /// The number of its last turn.
    pub fn turn(&self) -> TurnNumber {
        TurnNumber(self.row.turn)
    }

    fn warm(row: VatRow) -> Self {
        Self {
            row,
            kinds_checked: false,
            objects: Slots::default(),
            facets: Table::default(),
            promises: Table::default(),
            imports: Table::default(),
            grants: Table::default(),
            lately: Lately::default(),
            clock: 0,
            ready_from: Cell::new(0),
        }
    }

    fn forget(&mut self, edge: Edge) {
        match edge {
            Edge::Object(id) => {
                self.objects.remove(id);
            }
            Edge::Facet(id) => {
                self.facets.remove(id);
                self.grants.remove(id);
            }
            Edge::Promise(id) | Edge::Resolver(id) => self.promises.remove(id),
            Edge::Import(id) => self.imports.remove(id),
        }
    }

    /// Draws an id, never to be used again.
    pub(crate) fn draw_id(&mut self) -> u64 {
        let id = self.row.next_id;
        self.row.next_id += 1;
        id
    }

    /// Whether the object is one that has no kind of a registry.
    pub(crate) fn is_steward(object: ObjectId) -> bool {
        object == STEWARD
    }
}
