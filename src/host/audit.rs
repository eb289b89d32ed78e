//! The audit of a running host's vats: every count recomputed from the rows.

use hogshead_vat::check;

use super::core::Core;
use super::view::VatView;
use super::{Host, HostError};
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
                for difference in check::audit(&VatView::new(self, vat), None)? {
                    found.push(format!("vat {name}: {difference}"));
                }
            }
        }
    }
}
