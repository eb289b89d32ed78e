//! The audit of a running host's vats: every count recomputed from the rows.

use hogshead_objects::ids::VatNumber;
use hogshead_vat::{Vat, check};

use super::core::Core;
use super::view::VatView;
use super::{Host, HostError, layout};
use crate::limits::DETAILS_PAGE_MAX;

impl Host {
    /// What does not agree in the records of the vats, a line each; empty if all is well. A vat
    /// takes no turn while it is looked at.
    #[doc(hidden)]
    pub async fn audit(&self) -> Result<Vec<String>, HostError> {
        let core = self.core.arc();
        let auditing = self.core.arc();
        core.blocking(move || auditing.audit())
            .await
            .map_err(|e| HostError::Internal(e.to_string()))?
    }
}

impl Core {
    fn audit(&self) -> Result<Vec<String>, HostError> {
        let mut found = Vec::new();
        let mut after = String::new();
        loop {
            let page = self.vats_after(&after, DETAILS_PAGE_MAX)?;
            let Some((last, _)) = page.last() else { return Ok(found) };
            after.clone_from(last);
            for (name, vat) in page {
                let slot = self.slot_if_any(vat);
                // Rows change in turns only, and a turn needs this lock.
                let _still = slot.as_ref().map(|slot| slot.resident());
                if let Some(difference) = self.audit_due(vat)? {
                    found.push(format!("vat {name}: {difference}"));
                }
                for difference in check::audit(&VatView::new(self, vat), None)? {
                    found.push(format!("vat {name}: {difference}"));
                }
            }
        }
    }

    /// Whether the index of timers has a vat under the time of its first timer, and no other.
    fn audit_due(&self, vat: VatNumber) -> Result<Option<String>, HostError> {
        let due = Vat::load(&VatView::new(self, vat))?.and_then(|vat| vat.due());
        let (from, to) = layout::dues();
        let rows = self.keep.range(&from, &to, usize::MAX)?;
        let entries = rows.iter().filter_map(|(key, _)| layout::due_in(key));
        let found: Vec<_> = entries.filter(|(_, of)| *of == vat).map(|(due, _)| due).collect();
        let differs = found != Vec::from_iter(due);
        Ok(differs.then(|| format!("its first timer is {due:?}, but the index says {found:?}")))
    }
}
