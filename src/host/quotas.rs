//! What a vat may use: shown to its owner, and changed by him.

use hogshead_objects::codec::to_value;
use hogshead_objects::ids::VatNumber;
use hogshead_objects::{Error, Result, Value};
use hogshead_vat::{Meter, Quota, Vat};

use super::core::Core;
use super::turn::Work;
use super::view::VatView;
use super::{HostError, VAT_ZERO};
use crate::admin::{Allowance, QuotaChange, QuotaInfo};

impl Core {
    /// What a vat uses and what it may use.
    pub(super) fn quota_info(&self, vat: VatNumber) -> Result<QuotaInfo, HostError> {
        let loaded = Vat::load(&VatView::new(self, vat))?.ok_or(HostError::NoSuchVat)?;
        let identity = self.identity(vat)?.ok_or(HostError::NoSuchVat)?;
        Ok(info(identity.name, &loaded.meter(), &loaded.quota()))
    }
}

impl Work<'_, '_, '_> {
    /// Changes what this vat may use; gives what it uses and may use now.
    pub(super) fn change_quota(&mut self, change: QuotaChange) -> Result<Result<Value>, HostError> {
        self.turn.set_quota(changed(self.turn.quota(), change));
        // What waits for room may find some now.
        self.core.push_ready(self.slot);
        match self.core.glance(self.slot.number) {
            Some(vat) => Ok(to_value(&info(vat?.name, &self.turn.meter(), &self.turn.quota()))),
            None => Ok(Ok(Value::Undefined)),
        }
    }
}

/// Refuses to leave vat zero less than a new vat has: the owner's commands are its deliveries.
pub(super) fn admit_change(vat: VatNumber, change: QuotaChange) -> Result<()> {
    let least = Quota::default();
    if vat != VAT_ZERO || at_least(least, changed(least, change)) {
        return Ok(());
    }
    Err(Error::bad_call(format!(
        "vat zero takes your commands, and keeps at least {} bytes, {} records, {} deliveries and \
         {} timers",
        least.bytes, least.records, least.deliveries, least.timers,
    )))
}

fn at_least(least: Quota, quota: Quota) -> bool {
    quota.bytes >= least.bytes
        && quota.records >= least.records
        && quota.deliveries >= least.deliveries
        && quota.timers >= least.timers
}

fn changed(before: Quota, change: QuotaChange) -> Quota {
    Quota {
        bytes: change.bytes.unwrap_or(before.bytes),
        records: change.records.unwrap_or(before.records),
        deliveries: change.deliveries.unwrap_or(before.deliveries),
        timers: change.timers.unwrap_or(before.timers),
        ..before
    }
}

fn info(vat: String, meter: &Meter, quota: &Quota) -> QuotaInfo {
    QuotaInfo {
        vat,
        bytes: Allowance { used: meter.bytes, quota: quota.bytes },
        records: Allowance { used: meter.records, quota: quota.records },
        deliveries: Allowance { used: meter.deliveries, quota: quota.deliveries },
        timers: Allowance { used: meter.timers, quota: quota.timers },
    }
}
