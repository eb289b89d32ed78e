//! How much of what each session brought waits.
//!
//! Every delivery that a session brought names it as long as it is a row, wherever it is moved to.
//! Changes are noted as rows come and go, so that a failed method takes its own back, and are added
//! to the session's record when the turn settles. The record lasts as long as there is such a row,
//! also beyond the session: nobody asks for it then, since a session's number is never used again.

use std::collections::BTreeMap;

use hogshead_objects::error::Class;
use hogshead_objects::heap::Unsettled;
use hogshead_objects::ids::SessionId;
use hogshead_objects::records::{ReadRecords, Records};
use hogshead_objects::reference::Ref;

use super::Turn;
use super::post::End;
use crate::clock;
use crate::error::VatError;
use crate::invitation;
use crate::rows::{self, UnsettledRow};
use crate::steward::DEVICE_KIND;
use crate::vat::Vat;

impl Turn<'_, '_> {
    /// Notes that a delivery of a session has become a row of so many bytes, or is one no more.
    pub(super) fn count_unsettled(
        &mut self,
        session: Option<SessionId>,
        change: i64,
        stored: usize,
    ) {
        if let Some(session) = session {
            let bytes = i64::try_from(stored).unwrap_or(i64::MAX);
            self.waiting.push((session, change, change.saturating_mul(bytes)));
        }
    }

    /// Brings the records of sessions up to date.
    pub(super) fn write_unsettled(&mut self) -> Result<(), VatError> {
        let mut net: BTreeMap<SessionId, (i64, i64)> = BTreeMap::new();
        for (session, count, bytes) in std::mem::take(&mut self.waiting) {
            let change = net.entry(session).or_default();
            *change = (change.0.saturating_add(count), change.1.saturating_add(bytes));
        }
        for (session, change) in net {
            if change == (0, 0) {
                continue;
            }
            let row = added(self.unsettled_row(session)?, change);
            let key = rows::unsettled_key(session);
            if row == UnsettledRow::default() {
                self.overlay.delete(key);
            } else {
                self.overlay.put(key, rows::encode(&row, false));
            }
        }
        Ok(())
    }

    /// How much of a session waits at this moment of the turn.
    pub(super) fn unsettled_of(&self, session: SessionId) -> Result<Unsettled, VatError> {
        if self.vat.row.meter.deliveries == 0 {
            return Ok(Unsettled::default());
        }
        let mut row = self.unsettled_row(session)?;
        for (of, count, bytes) in &self.waiting {
            if *of == session {
                row = added(row, (*count, *bytes));
            }
        }
        Ok(Unsettled { count: row.count, bytes: row.bytes })
    }

    /// Whether a message that a session brought now would become a row at its target.
    pub(super) fn waits_at(&mut self, target: Ref) -> Result<bool, VatError> {
        let facet = match self.end_of(target)? {
            End::Pending(_) => return Ok(true),
            End::Facet(facet) => facet,
            End::Far(..) | End::Import(_) | End::Resolver(_) | End::Data(_) | End::Broken(_) => {
                return Ok(false);
            }
        };
        if self.vat.row.paused || self.vat.row.meter.ready > 0 {
            return Ok(true);
        }
        if self.ended(facet)?.is_some() {
            return Ok(false);
        }
        let Some(object) = self.load_facet(facet)?.map(|row| row.object) else {
            return Ok(false);
        };
        if Vat::is_steward(object) {
            return Ok(false);
        }
        if clock::is_timer(self.load_slot(object)?)
            || invitation::is_invitation(self.load_slot(object)?)
        {
            return Ok(false);
        }
        if self.load_slot(object)?.is_some_and(|slot| slot.head.kind == DEVICE_KIND) {
            return Ok(true);
        }
        // What cannot be brought to life has its messages parked.
        Ok(self.enliven(object)?.is_err_and(|cause| cause.class() != Class::NotFound))
    }

    fn unsettled_row(&self, session: SessionId) -> Result<UnsettledRow, VatError> {
        let key = rows::unsettled_key(session);
        match self.overlay.get(&key)? {
            Some(bytes) => rows::decode(&key, &bytes),
            None => Ok(UnsettledRow::default()),
        }
    }
}

fn added(row: UnsettledRow, (count, bytes): (i64, i64)) -> UnsettledRow {
    UnsettledRow {
        count: row.count.saturating_add_signed(count),
        bytes: row.bytes.saturating_add_signed(bytes),
    }
}
