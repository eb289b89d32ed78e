//! Starting again: what an earlier process left is put in order before anything new runs.
//!
//! A vat that may have had something to do has its active mark. After an unclean stop the first
//! delivery of each is a suspect: it may be what killed the process. Each suspect runs alone,
//! after a flushed mark that names it; a start that finds such a mark parks that delivery.

mod leave;

use std::sync::Arc;
use std::sync::atomic::Ordering;

use bytes::Bytes;
use hogshead_captp::Operation;
use hogshead_objects::heap::Heap;
use hogshead_objects::ids::{DeliveryId, FacetId, VatId, VatNumber};
use hogshead_objects::records::ReadRecords;
use hogshead_objects::{Cap, Class, Error, Ref, Untyped};
use hogshead_store::Batch;
use hogshead_vat::Caller;
use hogshead_vat::Vat;
use serde::{Deserialize, Serialize};

use super::core::Core;
use super::devices::{ENLIVEN_DEVICE, HOST_DEVICE};
use super::history::Cause;
use super::sealing::SEALING_DEVICE;
use super::slot::{Input, Resident, Slot};
use super::turn::{Effects, Work};
use super::vats::{decode, encode};
use super::view::VatView;
use super::{HostError, VAT_ZERO, layout};
use crate::admin::Owner;

/// A delivery that may kill the process.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
enum Suspect {
    /// A ready delivery of the vat's own.
    Delivery(DeliveryId),
    /// A row of its inbox.
    Inbox(u64),
}

impl Core {
    /// Puts the store in order and fills the slots of vats that have something to do.
    pub(crate) fn recover(self: &Arc<Self>) -> Result<(), HostError> {
        self.make_vat_zero()?;
        let mut slots = Vec::new();
        for vat in self.marked(layout::actives())? {
            let Some(slot) = self.slot(vat)? else {
                self.forget_removed(vat)?;
                continue;
            };
            slot.marked_active.store(true, Ordering::Release);
            slot.look_for_dead.store(true, Ordering::Release);
            // All inboxes before any turn: what a turn here sends to another vat must come to
            // stand behind what waits there already.
            self.load_inbox(&slot)?;
            slots.push(slot);
        }
        let parked = self.park_suspects()?;
        for slot in slots {
            let mut resident = slot.resident();
            self.revive(&slot, &mut resident)?;
            self.forget_device_calls(&slot, &mut resident)?;
            if !self.was_clean {
                self.try_suspects(&slot, &mut resident)?;
            }
            slot.inputs().ready = true;
            drop(resident);
            self.wake(slot.number);
        }
        self.finish_removals()?;
        // Flushed before anything else runs: a start that dies later finds other suspects than
        // this one did, so that a host which dies again and again comes to the guilty one. And a
        // death from now on leaves no mark on those that ran well.
        self.keep.wait_durable(self.keep.newest())?;
        if parked > 0 {
            tracing::warn!(parked, "deliveries that may have killed the host were parked");
        }
        Ok(())
    }

    fn marked(&self, (from, to): (Bytes, Bytes)) -> Result<Vec<VatNumber>, HostError> {
        let rows = self.keep.range(&from, &to, usize::MAX)?;
        Ok(rows.iter().filter_map(|(key, _)| layout::number_in(key)).collect())
    }

    /// Vat zero with its device and its admin object, made at the first start.
    fn make_vat_zero(&self) -> Result<(), HostError> {
        if self.identity(VAT_ZERO)?.is_none() {
            self.create_vat("host")?;
        }
        let admin = self.numbers().row.admin;
        if let Some(admin) = admin {
            let _ = self.admin.set(Ref::Facet(hogshead_objects::ids::FacetId(admin)));
            return Ok(());
        }
        let slot = self.slot(VAT_ZERO)?.ok_or(HostError::NoSuchVat)?;
        let mut resident = slot.resident();
        self.revive(&slot, &mut resident)?;
        let told = self.tell(&Cause::MakeAdmin);
        let (facet, _) = self.turn_as(&slot, &mut resident, &told, |work| work.make_admin())?;
        self.numbers().row.admin = Some(facet.0);
        let _ = self.admin.set(Ref::Facet(facet));
        Ok(())
    }

    /// Whoever called a device is told that it is not known what came of it.
    fn forget_device_calls(
        &self,
        slot: &Arc<Slot>,
        resident: &mut Resident,
    ) -> Result<(), HostError> {
        let calls = Vat::device_calls(&VatView::new(self, slot.number), usize::MAX)?;
        if calls.is_empty() {
            return Ok(());
        }
        let told = self.tell(&Cause::ForgetCalls);
        self.turn_as(slot, resident, &told, |work| work.forget_calls()).map(|_| ())
    }

    fn load_inbox(&self, slot: &Slot) -> Result<(), HostError> {
        let (from, to) = layout::inboxes();
        let rows = VatView::new(self, slot.number).range(&from, &to, usize::MAX)?;
        let numbers = rows.iter().filter_map(|(key, _)| layout::inbox_number(key));
        let waiting = numbers.map(|number| Input::Inbox { number, arrived: None });
        let mut inputs = slot.inputs();
        inputs.queue.extend(waiting);
        let waiting = inputs.waiting();
        drop(inputs);
        self.note_if_crowded(slot, waiting);
        Ok(())
    }

    /// Runs what could have been running when the process died, one at a time and alone.
    fn try_suspects(
        self: &Arc<Self>,
        slot: &Arc<Slot>,
        resident: &mut Resident,
    ) -> Result<(), HostError> {
        let view = VatView::new(self, slot.number);
        let ready = match &resident.vat {
            Some(vat) => vat.next_ready(&view)?,
            None => None,
        };
        if let Some(id) = ready {
            self.mark_suspect(slot.number, Suspect::Delivery(id))?;
            self.take_turn(slot, resident, Cause::Ready(id))?;
            self.clear_suspect(slot.number)?;
        }
        let first = slot.inputs().queue.front().and_then(|input| match input {
            Input::Inbox { number, .. } => Some(*number),
            _ => None,
        });
        if let Some(number) = first {
            self.mark_suspect(slot.number, Suspect::Inbox(number))?;
            slot.inputs().queue.pop_front();
            self.revive(slot, resident)?;
            self.run_inbox(slot, resident, number, None)?;
            self.clear_suspect(slot.number)?;
        }
        Ok(())
    }

    fn mark_suspect(&self, vat: VatNumber, suspect: Suspect) -> Result<(), HostError> {
        let rows = vec![(layout::suspect(vat), Some(encode(&suspect, false)?))];
        let number = self.commit(Batch::new(), Effects { rows, ..Effects::default() })?;
        Ok(self.keep.wait_durable(number)?)
    }

    fn clear_suspect(&self, vat: VatNumber) -> Result<(), HostError> {
        let rows = vec![(layout::suspect(vat), None)];
        self.commit(Batch::new(), Effects { rows, ..Effects::default() })?;
        Ok(())
    }

    /// Parks what an earlier start named as a suspect and did not survive.
    fn park_suspects(self: &Arc<Self>) -> Result<usize, HostError> {
        let mut parked = 0;
        for vat in self.marked(layout::suspects())? {
            let Some(slot) = self.slot(vat)? else { continue };
            let mut resident = slot.resident();
            self.revive(&slot, &mut resident)?;
            let key = layout::suspect(vat);
            let Some(kept) = self.keep.get(&key)? else { continue };
            let suspect = decode(&self.sealer.open(&key, kept)?, "a suspect's mark")?;
            let cause = "the host died twice when this could have been running";
            let cause = Error::new(Class::Parked, cause);
            match suspect {
                Suspect::Delivery(id) => {
                    self.take_turn(&slot, &mut resident, Cause::Park { delivery: id, cause })?;
                }
                Suspect::Inbox(number) => {
                    self.park_inbox(&slot, &mut resident, number, &cause)?;
                    self.clear_suspect(vat)?;
                }
            }
            parked += 1;
        }
        Ok(parked)
    }

    /// Takes an operation in without running its delivery.
    fn park_inbox(
        &self,
        slot: &Arc<Slot>,
        resident: &mut Resident,
        number: u64,
        cause: &Error,
    ) -> Result<(), HostError> {
        let Some((from, peer, operation)) = self.inbox_row(slot, number)? else { return Ok(()) };
        let told = self.tell(&Cause::ParkInbox { number, cause: cause.clone() });
        let parked = self.turn_as(slot, resident, &told, |work| {
            work.park_arrived(number, (from, peer), operation, cause)
        });
        match parked {
            // What the session refuses can't be parked, and must not stop every start from now on.
            Err(HostError::Violation(violation)) => {
                self.give_up_inbox(slot, resident, number, &violation)
            }
            other => other.map(|_| ()),
        }
    }
}

impl Work<'_, '_, '_> {
    /// Makes the host's device and the admin object of vat zero.
    pub(crate) fn make_admin(&mut self) -> Result<FacetId, HostError> {
        let device = self.turn.create_device(HOST_DEVICE)?;
        let owner = Owner::new(Cap::<Untyped>::from(device));
        let admin = self.turn.spawn_from_host(Box::new(owner))?;
        // The owner's socket holds it for as long as the host is.
        self.turn.hold(admin)?;
        let Ref::Facet(facet) = admin else {
            return Err(HostError::Internal("a spawned object has no facet".to_owned()));
        };
        let row = self.core.host_row_with(facet)?;
        self.effects.rows.push((layout::host_row(), Some(row)));
        Ok(facet)
    }

    /// Tells those who called devices that it is not known what came of it.
    pub(crate) fn forget_calls(&mut self) -> Result<(), HostError> {
        let calls = Vat::device_calls(self.turn.records(), usize::MAX)?;
        let wished = self.wished()?;
        for call in calls.iter().filter(|call| !wished.contains(&call.id)) {
            if let Some(again) = self.turn.device_call(call.id)?
                && [ENLIVEN_DEVICE, SEALING_DEVICE].contains(&again.device.as_str())
            {
                // Asking twice where something is harms nobody, nor does sealing it twice.
                self.core.push(self.slot.number, || Input::Device(Box::new(again)));
                continue;
            }
            let why = "the host stopped before the device had answered";
            self.answer_device(call.id, Err(Error::new(Class::OutcomeUnknown, why)))?;
        }
        Ok(())
    }

    /// Parks a delivery that may have killed the process.
    pub(crate) fn park(&mut self, delivery: DeliveryId, cause: Error) -> Result<(), HostError> {
        let known = self.turn.park(delivery, cause);
        self.effects.rows.push((layout::suspect(self.slot.number), None));
        match known {
            // It may have run to its end before the mark could be cleared.
            Ok(_) | Err(hogshead_vat::VatError::Command(_)) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes in an operation that may have killed the process, and parks what it delivers.
    pub(crate) fn park_arrived(
        &mut self,
        number: u64,
        (from, peer): (VatNumber, VatId),
        operation: Operation,
        cause: &Error,
    ) -> Result<(), HostError> {
        let id = self.local_session(from, peer)?;
        self.turn.records().delete(layout::inbox(number));
        self.touched.insert(id);
        let Some(live) = self.sessions.get_mut(&id) else { return Ok(()) };
        self.turn.set_caller(live.carrier.caller());
        live.session.handle_operation(operation, self.turn)?;
        self.turn.set_caller(Caller::Own);
        self.withdraw_gifts(id)?;
        self.turn.park_delivered(cause.clone())?;
        Ok(())
    }
}
