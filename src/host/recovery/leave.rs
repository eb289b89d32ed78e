//! What a stop in good order leaves to the next start: the vats that have something to do.
//!
//! Every vat with a turn since it was cold has its active mark, and nearly all of them have nothing
//! left to do when the host stops. Those lose it here, in memory for the most part, so that the
//! next start looks at the others alone. After any other stop all marks are there.

use std::sync::atomic::Ordering;

use hogshead_store::Batch;
use hogshead_vat::Vat;

use crate::host::core::Core;
use crate::host::slot::{LiveCarrier, Resident, Slot};
use crate::host::turn::Effects;
use crate::host::view::VatView;
use crate::host::{HostError, VAT_ZERO, layout};

impl Core {
    /// Takes their active marks from vats at rest. No turn thread may run any more, and all that
    /// follows commits must have run.
    pub(crate) fn let_rest(&self) -> Result<(), HostError> {
        // An eviction that was under way may still take turns, and send to a vat that is at rest.
        let _asleep = self.asleep();
        for slots in self.all_slots().chunks(MARKS_A_BATCH) {
            let mut resting = Vec::new();
            for slot in slots {
                if slot.marked_active.load(Ordering::Acquire) && self.is_at_rest(slot)? {
                    resting.push(slot);
                }
            }
            if resting.is_empty() {
                continue;
            }
            let rows = resting.iter().map(|slot| (layout::active(slot.number), None)).collect();
            self.commit(Batch::new(), Effects { rows, ..Effects::default() })?;
            resting.iter().for_each(|slot| slot.marked_active.store(false, Ordering::Release));
        }
        Ok(())
    }

    /// Whether the next start has nothing to do for a vat. In doubt it looks itself.
    fn is_at_rest(&self, slot: &Slot) -> Result<bool, HostError> {
        // Vat zero has owners' sessions, and is looked at anyway.
        if slot.number == VAT_ZERO || slot.look_for_dead.load(Ordering::Acquire) {
            return Ok(false);
        }
        if !slot.inputs().is_empty() {
            return Ok(false);
        }
        // Whoever has it waits for this to end.
        let Some(resident) = slot.try_resident() else { return Ok(false) };
        Ok(!has_channels(&resident)
            && !self.has_work(slot, &resident)?
            // What such a session still has to say is seen when it is read.
            && !self.has_durable_peer(slot.number)?
            && !self.has_unsent(slot)?)
    }

    /// Whether deliveries are ready, or wait for a device that will not answer.
    fn has_work(&self, slot: &Slot, resident: &Resident) -> Result<bool, HostError> {
        let view = VatView::new(self, slot.number);
        let meter = match &resident.vat {
            Some(vat) => vat.meter(),
            None => match Vat::load(&view)? {
                Some(vat) => vat.meter(),
                None => return Ok(true),
            },
        };
        let calls = meter.deliveries > 0 && !Vat::device_calls(&view, 1)?.is_empty();
        Ok(calls || meter.ready > 0)
    }
}

/// Whether sessions end with the process, or lead to other hosts.
fn has_channels(resident: &Resident) -> bool {
    let leads_elsewhere = |carrier: &LiveCarrier| !matches!(carrier, LiveCarrier::Local { .. });
    resident.has_carriers()
        || !resident.carriers.is_empty()
        || resident.sessions.values().any(|live| leads_elsewhere(&live.carrier))
}

/// Vats that are looked at together: their marks go in one batch.
const MARKS_A_BATCH: usize = 10_000;
