//! A vat, as far as it is warm.

use bytes::Bytes;
use hogshead_objects::error::Error;
use hogshead_objects::ids::{DeliveryId, ObjectId, PromiseId, SessionId, Timestamp, TurnNumber};
use hogshead_objects::object::Registry;
use hogshead_objects::records::{Overlay, ReadRecords};
use hogshead_objects::reference::Ref;

use crate::error::VatError;
use crate::meter::{Meter, Quota};
use crate::turn::{Turn, TurnMeta};

/// What is warm of one vat: its own row, and caches of objects and rows.
///
/// Only right while every turn that was opened on it was closed and committed: if a commit
/// fails, drop the `Vat` and load it anew.
pub struct Vat {
    pub(crate) meter: Meter,
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
}

/// A delivery that has not run, as `vat show` prints it.
#[derive(Clone, PartialEq, Debug)]
pub struct Waiting {
    /// The delivery.
    pub id: DeliveryId,
    /// What it waits for.
    pub trigger: Trigger,
    /// The target and the method or continuation; no arguments, which may be secret.
    pub what: String,
    /// The object that it is for, if it is known.
    pub object: Option<ObjectId>,
    /// Why it is parked, if it is.
    pub cause: Option<Error>,
    /// The turn that sent it.
    pub sent: TurnNumber,
}

impl Vat {
    /// Makes a vat in `overlay`: its row, the steward and the facet of the steward.
    pub fn create(overlay: &mut Overlay<'_>, options: VatOptions) -> Result<Self, VatError> {
        todo!()
    }

    /// The vat whose rows these are, or nothing if there is none: exactly one point read.
    pub fn load(records: &dyn ReadRecords) -> Result<Option<Self>, VatError> {
        todo!()
    }

    /// The facet of the steward, with all its methods: the owner's way in.
    pub fn steward(&self) -> Ref {
        todo!()
    }

    /// Opens a turn over `overlay`, which must have been opened over this vat's rows.
    pub fn open<'t, 'b>(
        &'t mut self,
        overlay: &'t mut Overlay<'b>,
        registry: &'t Registry,
        meta: TurnMeta,
    ) -> Turn<'t, 'b> {
        todo!()
    }

    /// The first deliveries that can run now, in order, at most `limit` of them; none of a
    /// paused vat.
    pub fn ready(
        &self,
        records: &dyn ReadRecords,
        limit: usize,
    ) -> Result<Vec<DeliveryId>, VatError> {
        todo!()
    }

    /// The first delivery that can run now.
    pub fn next_ready(&self, records: &dyn ReadRecords) -> Result<Option<DeliveryId>, VatError> {
        todo!()
    }

    /// What the vat waits for: deliveries by trigger, after the cursor that the last page ended
    /// with, at most `limit`; and the cursor of the next page, if there may be one.
    pub fn waits(
        records: &dyn ReadRecords,
        after: Option<Bytes>,
        limit: usize,
    ) -> Result<(Vec<Waiting>, Option<Bytes>), VatError> {
        todo!()
    }

    /// The parked deliveries, oldest first, at most `limit`.
    pub fn parked(records: &dyn ReadRecords, limit: usize) -> Result<Vec<Waiting>, VatError> {
        todo!()
    }

    /// The device calls that have not been completed, oldest first. After a crash their outcome
    /// is unknown.
    pub fn device_calls(records: &dyn ReadRecords, limit: usize) -> Result<Vec<Waiting>, VatError> {
        todo!()
    }

    /// Drops everything that is warm but the vat's own row.
    pub fn evict(&mut self) {
        todo!()
    }

    /// Drops what was used longest ago until at most about `budget_bytes` are used.
    pub fn trim(&mut self, budget_bytes: usize) {
        todo!()
    }

    /// About how many bytes of memory the warm part takes.
    pub fn memory_bytes(&self) -> usize {
        todo!()
    }

    /// What the vat uses.
    pub fn meter(&self) -> Meter {
        todo!()
    }

    /// What the vat may use.
    pub fn quota(&self) -> Quota {
        todo!()
    }

    /// Whether its owner has paused it.
    pub fn paused(&self) -> bool {
        todo!()
    }

    /// The number of its last turn.
    pub fn turn(&self) -> TurnNumber {
        todo!()
    }
}
